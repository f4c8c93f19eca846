"""`ghgcalc table`: look at a file and propose how a company file reads it."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Annotated

import typer

from ghgcalc.cli.options import FindingsOption, LookFormat
from ghgcalc.cli.output import DATA, report, usage, write_out
from ghgcalc.render.registry import DEFAULT, TEXT, format_named, pieces


def table(
    file: Annotated[
        Path, typer.Argument(help="CSV, TSV, .gz, .xlsx, .xls, Parquet; Green Button, NEM12.")
    ],
    format_: LookFormat = DEFAULT.name,
    diagnostics: FindingsOption = TEXT,
) -> None:
    """Look at a file and print a `tables:` block to review; nothing is computed from the guesses.

    What only you know stands as `…`, which is refused until it is filled in; what the file does
    not tell (01/02/2024: day or month first) is asked, with both readings.

    Example: `ghgcalc table bills-2024.csv`
    """
    from ghgcalc.activity_data.tables.files import FileRefused
    from ghgcalc.activity_data.tables.looking.of_portal import look_at_portal
    from ghgcalc.activity_data.tables.looking.sheets import look_asking_sheet
    from ghgcalc.core.diagnostics import Diagnostic, Location

    if not file.is_file():
        usage(f"{file} is no file; name one, such as bills-2024.csv")
    shown = file.as_posix()
    try:
        found = look_at_portal(file) or look_asking_sheet(file)
    except FileRefused as error:
        text, where = f"`{shown}` {error.message}", Location(shown, error.line, 1)
        refused = Diagnostic(error.code, text, where, hint=error.hint)
        report([refused], [], shown, diagnostics, computed=False)
        raise typer.Exit(DATA) from None
    except OSError as error:
        usage(f"{file} cannot be read: {error.strerror or error}")
    from ghgcalc.activity_data.tables.looking.proposal import naming

    named = _from_here(file)
    begins = tuple(
        f"format:{line.partition(':')[2]} reads the whole file; `ghgcalc init DIR --from"
        f" {shlex.quote(shown)}` begins a repository from it, with a facility for each meter or"
        " property"
        for line in found.proposal if line.startswith("      format: ")
    )  # fmt: skip
    found = found._replace(
        proposal=naming(found.proposal, named), questions=(*begins, *found.questions)
    )
    write_out(pieces(format_named(format_), "look", found))


def _from_here(file: Path) -> str:
    """The file as a company file in the working folder names it; outside of it, its bare name."""
    if file.is_absolute() and not file.is_relative_to(Path.cwd()):
        return file.name
    name = Path(os.path.relpath(file))
    return file.name if ".." in name.parts else name.as_posix()
