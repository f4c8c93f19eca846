"""`ghgcalc init --from FILE`: a repository that begins from files of data."""

from __future__ import annotations

import os
import shlex
import sys
from typing import TYPE_CHECKING

import typer

from ghgcalc.cli.output import DATA, report, usage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ghgcalc.pipeline.starter.from_files import FromFiles, Open
    from ghgcalc.pipeline.starter.looks import Looked
    from ghgcalc.pipeline.starter.starter import Gate

_MOST_SHOWN = 24


def begin_from(
    folder: Path, files: Sequence[Path], name: str | None, facility: str | None,
    country: str | None, region: str | None, year: int | None, ci: Gate,
) -> None:  # fmt: skip
    """Write the repository; say what was found, what is open and what comes next."""
    from ghgcalc.pipeline.starter.from_files import open_places, repository_from
    from ghgcalc.render.look import found_form

    looked = _looked(files)
    start = _start(folder, looked, name, facility, country, region, year, ci)
    made = repository_from(start)
    kept = {each.copy for each in looked if _is_there(folder / each.copy, each.path)}
    write_new(folder, {each: data for each, data in made.items() if each not in kept})
    for each in looked:
        typer.echo("")
        for table in each.tables:
            typer.echo(found_form(table), nl=False)
        for text in each.passed_over:
            typer.echo(f"  not taken: {text}")
    company = (folder / "company.yaml").as_posix()
    _close(company, open_places(made["company.yaml"].decode()), year)


def _close(company: str, places: Sequence[Open], year: int | None) -> None:
    if places:
        typer.echo(f"\nto fill in, `…` in {company} ({len(places):,}):")
    else:
        typer.echo("\nnothing is open: review what was found")
    for place in places[:_MOST_SHOWN]:
        typer.echo(f"  {company}:{place.line}: {place.text}")
    if len(places) > _MOST_SHOWN:
        typer.echo(f"  and {len(places) - _MOST_SHOWN:,} more")
    first, second = ("check", "compute") if places else ("compute", "check")
    of = {"compute": f" --period {year}"} if year else {}
    typer.echo(f"\nnext: ghgcalc {first} {shlex.quote(company)}{of.get(first, '')}")
    typer.echo(f"      ghgcalc {second} {shlex.quote(company)}{of.get(second, '')}")


def _looked(files: Sequence[Path]) -> tuple[Looked, ...]:
    """A look at each file; ends where one cannot be taken."""
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.pipeline.starter.looks import look_at, same_names
    from ghgcalc.render.registry import TEXT

    found: list[Looked] = []
    for file in files:
        if not file.is_file():
            usage(f"{file} is no file; name one, such as bills-2024.csv")
        try:
            looked = look_at(file)
        except OSError as error:
            usage(f"{file} cannot be read: {error.strerror or error}")
        if isinstance(looked, Diagnostic):
            report([looked], [], file.as_posix(), TEXT, computed=False)
            raise typer.Exit(DATA)
        found.append(looked)
    same = same_names(found)
    if same is not None:
        usage(f"{same[0].path} and {same[1].path} would both be kept as {same[1].copy};"
              " name each once, or rename one")  # fmt: skip
    return tuple(found)


def _start(
    folder: Path, files: tuple[Looked, ...], name: str | None, facility: str | None,
    country: str | None, region: str | None, year: int | None, ci: Gate,
) -> FromFiles:  # fmt: skip
    """What was said by options, then on a terminal; what nobody said stays open."""
    from ghgcalc.core.text.scripts import id_of
    from ghgcalc.pipeline.starter.from_files import FromFiles, name_facilities
    from ghgcalc.pipeline.starter.starter import unknown_place, unreadable

    asks = asks_here()
    named = name_facilities(files)
    if facility and named:
        usage("--facility: every row names its facility; edit the ids in company.yaml afterwards")
    name = name or answer(asks, "Organisation", folder.resolve().name or "My company")
    if not named and facility is None:
        facility = answer(asks, "Id of the facility of rows that name none (empty: later)", "")
    if country is None:
        country = answer(asks, "Country of the facilities (GB, CN, US; empty: later)", "")
    if region is None and country:
        region = answer(asks, "Their region or grid (CN-JS, US-ERCT …)", "")
    country, region = country.upper(), region or ""
    if region and not country:
        usage("--region holds in a country: state --country, too")
    wrong = (unknown_place(country, region) if country else "") or unreadable("--name", name)
    wrong = wrong or unreadable("--region", region)
    if wrong:
        usage(wrong)
    return FromFiles(name, id_of(facility or ""), country, region, year, ci, files)


def _is_there(target: Path, source: Path) -> bool:
    """Whether a file lies already where the repository keeps it."""
    return target.exists() and target.samefile(source)


def asks_here() -> bool:
    """Whether questions can be asked: on a terminal alone."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def answer(asks: bool, question: str, default: str) -> str:
    """The answer to a question, or its default where none is asked."""
    return str(typer.prompt(question, default=default)).strip() if asks else default


def write_new(folder: Path, made: Mapping[str, bytes]) -> None:
    """Write new files and name each; ends before the first where one exists."""
    from ghgcalc.core.text.whole_files import write_whole

    there = [each for each in made if os.path.lexists(folder / each)]
    if there:
        usage(f"{folder / there[0]} exists and is not overwritten; name another folder")
    try:
        for each, data in made.items():
            path = folder / each
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, lambda draft, data=data: draft.write_bytes(data))  # type: ignore[misc]
    except OSError as error:
        usage(f"{folder} cannot be written: {error.strerror or error}")
    for each in made:
        typer.echo(f"  {(folder / each).as_posix()}")
