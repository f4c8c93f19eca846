"""`ghgcalc init`: a reporting repository that computes at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ghgcalc.cli.output import usage

if TYPE_CHECKING:
    from ghgcalc.pipeline.starter.starter import Start

Gate = Literal["github", "gitlab", "none"]


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The new folder.")] = Path(),
    name: Annotated[str | None, typer.Option(help="Of the organisation.")] = None,
    facility: Annotated[str | None, typer.Option(help="Id of the first facility.")] = None,
    country: Annotated[str | None, typer.Option(help="Its country: GB, CN, US, DE.")] = None,
    region: Annotated[
        str | None, typer.Option(help="Its region or grid, such as CN-JS or US-ERCT.")
    ] = None,
    year: Annotated[
        int | None, typer.Option(min=1990, max=2100, help="The reporting year.")
    ] = None,
    ci: Annotated[Gate, typer.Option(help="Whose CI gates the repository.")] = "github",
) -> None:
    """Write a repository that computes at once: company file, activities, factors, CI, README.

    Asks what no option says, on a terminal alone. A file that exists is never overwritten.

    Examples: `ghgcalc init my-company`,
    `ghgcalc init my-company --country CN --region CN-JS --year 2023`
    """
    from ghgcalc.core.text.whole_files import write_whole
    from ghgcalc.pipeline.starter.starter import repository

    start = _start(folder, name, facility, country, region, year, ci)
    made = repository(start)
    there = [each for each in made if os.path.lexists(folder / each)]
    if there:
        usage(f"{folder / there[0]} exists and is not overwritten; name another folder")
    try:
        for each, text in made.items():
            path = folder / each
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, lambda draft, text=text: draft.write_bytes(text.encode()))  # type: ignore[misc]
    except OSError as error:
        usage(f"{folder} cannot be written: {error.strerror or error}")
    for each in made:
        typer.echo(f"  {(folder / each).as_posix()}")
    company = (folder / "company.yaml").as_posix()
    typer.echo(f"\nnext: ghgcalc compute {company}")
    typer.echo(f"      ghgcalc check {company}")


def _start(
    folder: Path, name: str | None, facility: str | None, country: str | None,
    region: str | None, year: int | None, ci: Gate,
) -> Start:  # fmt: skip
    """What was asked for, by options, then by questions on a terminal, then by default."""
    from ghgcalc.core.text.scripts import id_of
    from ghgcalc.pipeline.starter.starter import Start, newest_year, unknown_place

    asks = sys.stdin.isatty() and sys.stdout.isatty()
    name = name or _answer(asks, "Organisation", folder.resolve().name or "My company")
    facility = facility or _answer(asks, "Id of the first facility", id_of(name).lower())
    country = (country or _answer(asks, "Its country (GB, CN, US, DE …)", "GB")).upper()
    if region is None:
        region = _answer(asks, "Its region or grid (CN-JS, US-ERCT …)", "")
    wrong = unknown_place(country, region)
    if wrong:
        usage(wrong)
    if year is None:
        known = newest_year(country, region)
        newest = known or 2024
        year = int(typer.prompt("Reporting year", default=newest, type=int)) if asks else newest
    return Start(name, id_of(facility) or "plant", country, region, year, ci)


def _answer(asks: bool, question: str, default: str) -> str:
    return str(typer.prompt(question, default=default)).strip() if asks else default
