"""`ghgcalc mcp`: the library for assistants, over the Model Context Protocol."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Annotated

import typer

from ghgcalc.cli.output import usage


def mcp(
    folder: Annotated[
        Path, typer.Argument(help="The folder whose files may be read; nothing outside it is.")
    ] = Path(),
) -> None:
    """Serve factors, checks, totals, explanations and changes to assistants, read-only, on stdio.

    Needs the extra `mcp`: `pip install 'ghgcalc[mcp]'`.

    Example of a client's settings: command `ghgcalc`, arguments `mcp path/to/inventory`
    """
    from ghgcalc.cli.assistant.folder import Folder

    if not folder.is_dir():
        usage(f"{folder} is not a folder; name the one that holds the company file")
    try:
        from ghgcalc.cli.assistant.server import server_of
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in {"mcp", "mcp_types"}:
            raise
        usage("the server needs the extra `mcp`: `pip install 'ghgcalc[mcp]'`")
    root = folder.resolve()
    os.chdir(root)  # findings name files as they stand in the folder
    gc.enable()  # a session may be long
    server_of(Folder(root)).run("stdio")
