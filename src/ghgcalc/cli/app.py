"""`ghgcalc`: the commands, the exit codes, and the one net for bugs.

Exit codes: 0 fine; 1 the data has errors, or an expectation fails; 2 usage; 3 internal error.
"""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
import warnings
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from ghgcalc.cli.group import Group
from ghgcalc.cli.output import DATA, INTERNAL
from ghgcalc.core.progress import show_on_terminal
from ghgcalc.core.scratch import NoScratch
from ghgcalc.core.version import __version__

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EBADF}  # EBADF: a standard stream is closed
# name: module and function of the command, in the order of the help
COMMANDS = {
    "base-year": ("base_year", "base_year"),
    "check": ("check", "check"),
    "ci": ("ci", "ci"),
    "compute": ("compute", "compute"),
    "diff": ("diff", "diff"),
    "energy": ("energy", "energy"),
    "evidence": ("evidence", "evidence"),
    "explain": ("explain", "explain"),
    "explain-error": ("explain_error", "explain_error"),
    "import": ("collect", "import_"),
    "init": ("init", "init"),
    "lines": ("lines", "lines"),
    "list": ("list_words", "list_"),
    "lock": ("lock", "lock"),
    "lsp": ("lsp", "lsp"),
    "mcp": ("mcp", "mcp"),
    "query": ("query", "query"),
    "schema": ("schema", "schema"),
    "table": ("table", "table"),
    "template": ("collect", "template"),
    "verify": ("verify", "verify"),
    "factors": ("factors", "app"),
}


def command_line(asked: str = "") -> typer.Typer:
    """The command line; only the command `asked` where it is one, since each costs its start."""
    made = typer.Typer(
        name="ghgcalc",
        cls=Group,
        help="Plain-text greenhouse gas accounting: YAML in, a verifiable inventory out.",
        epilog="Exit codes: 0 fine; 1 the data has errors or an expectation fails; 2 usage;"
        " 3 internal error.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    made.callback()(_options)
    for name in (asked,) if asked in COMMANDS else COMMANDS:
        module, attribute = COMMANDS[name]
        command = getattr(import_module(f"ghgcalc.cli.{module}"), attribute)
        if isinstance(command, typer.Typer):
            made.add_typer(command, name=name)
        else:
            made.command(name)(command)
    return made


def __getattr__(name: str) -> Any:
    """`app`, the command line with every command, for whoever asks for it."""
    if name == "app":
        return command_line()
    raise AttributeError(name)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"ghgcalc {__version__}")
        raise typer.Exit


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
    # no plugin of another package may change how data is read; looking for one costs 10 ms, too
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    traceback = "--traceback" in sys.argv or os.environ.get("GHGCALC_TRACEBACK") == "1"
    arguments = [text for text in sys.argv[1:] if text != "--traceback"]
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", newline="\n")
    show_on_terminal()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # a library's: standard error holds findings alone
    try:
        asked = next(iter(arguments), "")
        command_line(asked)(args=arguments, prog_name="ghgcalc")
    except Exception as error:  # noqa: BLE001 - the last net: a bug, never bad user data
        if isinstance(error, OSError) and error.errno in _FULL:
            typer.echo(f"Error: cannot write: {error.strerror}", err=True)
            raise SystemExit(DATA) from None
        if isinstance(error, NoScratch):
            typer.echo(f"Error: {error}", err=True)
            raise SystemExit(DATA) from None
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


class _Closed(io.TextIOBase):
    """In place of a standard output that the caller closed: a result is not lost unsaid."""

    def write(self, text: str) -> int:
        raise OSError(errno.EBADF, "standard output is closed")


def _open_streams() -> None:
    """Stand in for closed standard streams; no file that is opened later takes their numbers."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    if sys.stderr is None:  # nobody listens
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = _Closed()


def script() -> NoReturn:
    """The installed command: `main`, then the end of the process without any taking apart.

    Everything a run leaves behind was closed where it was opened; freeing its objects one by one
    would take longer than a small run's imports.
    """
    status: object = 0
    _open_streams()
    try:
        main()
    except SystemExit as ended:
        status = ended.code
    if status is not None and not isinstance(status, int):
        typer.echo(status, err=True)
        status = DATA
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # the reader has gone, or the disk is full
            status = status or DATA
    os._exit(status or 0)
