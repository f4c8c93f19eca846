"""`ghgcalc`: the commands, the exit codes, and the one net for bugs.

Exit codes: 0 fine; 1 the data has errors, or an expectation fails; 2 usage; 3 internal error.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import Annotated

import typer

from ghgcalc import __version__
from ghgcalc.cli import (
    base_year,
    check,
    collect,
    compute,
    diff,
    energy,
    explain,
    explain_error,
    factors,
    lines,
    lock,
    verify,
)
from ghgcalc.cli.output import INTERNAL
from ghgcalc.progress import show_on_terminal

app = typer.Typer(
    name="ghgcalc",
    help="Plain-text greenhouse gas accounting: YAML in, a verifiable inventory out.",
    epilog="Exit codes: 0 fine; 1 the data has errors or an expectation fails; 2 usage;"
    " 3 internal error.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command("base-year")(base_year.base_year)
app.command("check")(check.check)
app.command("compute")(compute.compute)
app.command("diff")(diff.diff)
app.command("energy")(energy.energy)
app.command("explain")(explain.explain)
app.command("explain-error")(explain_error.explain_error)
app.command("import")(collect.import_)
app.command("lines")(lines.lines)
app.command("lock")(lock.lock)
app.command("template")(collect.template)
app.command("verify")(verify.verify)
app.add_typer(factors.app, name="factors")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"ghgcalc {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    traceback: Annotated[
        bool, typer.Option("--traceback", help="Show the traceback of an internal error.")
    ] = False,
) -> None:
    """Plain-text greenhouse gas accounting: YAML in, a verifiable inventory out."""


def main() -> None:
    """Run the command line; an exception that reaches this place is a bug."""
    collecting = gc.isenabled()
    gc.disable()  # a run is short and builds few cycles; collecting costs a tenth of it
    traceback = "--traceback" in sys.argv or os.environ.get("GHGCALC_TRACEBACK") == "1"
    arguments = [text for text in sys.argv[1:] if text != "--traceback"]
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", newline="\n")
    show_on_terminal()
    try:
        app(args=arguments, prog_name="ghgcalc")
    except Exception as error:  # noqa: BLE001 - the last net: a bug, never bad user data
        if traceback:
            from traceback import print_exc

            print_exc()
        typer.echo(
            f"internal error: {type(error).__name__}: {error}; this is a bug in ghgcalc"
            f" {__version__}: please report it with the output of `--traceback`",
            err=True,
        )
        raise SystemExit(INTERNAL) from None
    finally:
        gc.freeze()  # the process ends: no search for cycles in all that the run leaves
        if collecting:
            gc.enable()
