"""`ghgcalc init`: a reporting repository that computes at once."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ghgcalc.cli.init_from import answer, asks_here, begin_from, write_new
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
        int | None,
        typer.Option(
            min=1990,
            max=2100,
            help="The reporting year; with --from, whose factors"
            " are taken: rows of other years stay.",
        ),
    ] = None,
    ci: Annotated[Gate, typer.Option(help="Whose CI gates the repository.")] = "github",
    from_: Annotated[
        list[Path] | None,
        typer.Option("--from", metavar="FILE", help="A file of data to begin from; repeatable."),
    ] = None,
) -> None:
    """Write a repository that computes at once: company file, activities, factors, CI, README.

    Asks what no option says, on a terminal alone. A file that exists is never overwritten.
    `--from` copies files of data untouched and proposes how they are read; what only you know
    stands as `…`, which is refused until it is filled in. Country and region then hold for every
    facility that the files name.

    Examples: `ghgcalc init my-company`,
    `ghgcalc init my-company --country CN --region CN-JS --year 2023`,
    `ghgcalc init my-company --from bills-2024.xlsx --from gas.csv`
    """
    from ghgcalc.pipeline.starter.starter import repository

    if from_:
        begin_from(folder, from_, name, facility, country, region, year, ci)
        return
    start = _start(folder, name, facility, country, region, year, ci)
    made = repository(start)
    write_new(folder, {each: text.encode() for each, text in made.texts.items()})
    if year is None and not asks_here():
        typer.echo(f"\nyear: {start.year}, as none was stated; --year states another")
    if made.no_power[0]:
        why, what = made.no_power
        typer.echo(f"\nno power in this example, so its Scope 2 is 0 and no statement: {why}")
        typer.echo(f"      {what}; then uncomment its activity")
    company = shlex.quote((folder / "company.yaml").as_posix())
    typer.echo(f"\nnext: ghgcalc compute {company}")
    typer.echo(f"      ghgcalc check {company}")


def _start(
    folder: Path, name: str | None, facility: str | None, country: str | None,
    region: str | None, year: int | None, ci: Gate,
) -> Start:  # fmt: skip
    """What was asked for, by options, then by questions on a terminal, then by default."""
    from ghgcalc.core.text.scripts import id_of
    from ghgcalc.pipeline.starter.starter import Start, newest_year, unknown_place, unreadable

    asks = asks_here()
    name = name or answer(asks, "Organisation", folder.resolve().name or "My company")
    facility = facility or answer(asks, "Id of the first facility", id_of(name).lower())
    country = (country or answer(asks, "Its country (GB, CN, US, DE …)", "GB")).upper()
    if region is None:
        region = answer(asks, "Its region or grid (CN-JS, US-ERCT …)", "")
    wrong = (
        unreadable("--name", name)
        or unknown_place(country, region)
        or unreadable("--region", region)
    )
    if wrong:
        usage(wrong)
    if year is None:
        known = newest_year(country, region)
        newest = known or 2024
        year = int(typer.prompt("Reporting year", default=newest, type=int)) if asks else newest
    return Start(name, id_of(facility) or "plant", country, region, year, ci)
