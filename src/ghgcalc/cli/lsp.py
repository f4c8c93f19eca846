"""`ghgcalc lsp`: the library for editors, over the Language Server Protocol."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import redirect_stdout
from typing import Annotated

import typer

from ghgcalc.cli.output import usage


def lsp(
    stdio: Annotated[
        bool, typer.Option("--stdio", hidden=True, help="What some editors add; the only way.")
    ] = True,
) -> None:
    """Serve findings, completion, figures and sources to an editor as one types, on stdio.

    Reads what an editor has open, saved or not, and the project's files; writes no file. Needs
    the extra `lsp`: `pip install 'ghgcalc[lsp]'`.

    Example of an editor's settings: command `ghgcalc`, argument `lsp`
    """
    try:
        from ghgcalc.cli.editor.server import server_of
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in {"pygls", "lsprotocol"}:
            raise
        usage("the server needs the extra `lsp`: `pip install 'ghgcalc[lsp]'`")
    gc.enable()  # a session may be long
    # standard output speaks the protocol alone; the server closes its own copy when it is done
    protocol = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with redirect_stdout(sys.stderr):
        server_of().start_io(sys.stdin.buffer, protocol)
