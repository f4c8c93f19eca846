"""`ghgcalc template` and `ghgcalc import`: activity data by workbook, for sites without YAML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ghgcalc.cli.options import CompanyFile, FindingsOption
from ghgcalc.cli.output import (
    DATA,
    company_file,
    folder_of,
    judge_period,
    replace_file,
    report,
    same_file,
    usage,
    write_file,
)
from ghgcalc.core.text.controls import replaced
from ghgcalc.core.text.scripts import composed
from ghgcalc.render.registry import TEXT

if TYPE_CHECKING:
    from ghgcalc.company.collect.changes import Collected
    from ghgcalc.pipeline.project import Project

_WORDS = {
    "new": "new", "changed": "changed", "same": "unchanged", "kept": "kept, not in the workbook",
    "empty": "not filled in",
}  # fmt: skip


def template(
    company: CompanyFile = Path("company.yaml"),
    facility: Annotated[str, typer.Option(help="The facility that fills it in.")] = "",
    no_facility: Annotated[
        bool, typer.Option("--no-facility", help="Ask for lines of no facility: travel, spend.")
    ] = False,
    period: Annotated[str, typer.Option(help="What is asked for, such as 2024.")] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The workbook, such as kunshan.xlsx.")
    ] = None,
    diagnostics: FindingsOption = TEXT,
) -> None:
    """Write a workbook for people who do not write YAML; `ghgcalc import` reads it back.

    Example: `ghgcalc template company.yaml -o kunshan.xlsx --facility kunshan --period 2024`
    """
    from ghgcalc.company.collect.rows import NO_FACILITY, form_of
    from ghgcalc.core.period import parse_period_text
    from ghgcalc.pipeline.project_files import files_of
    from ghgcalc.render.xlsx.book import created_at
    from ghgcalc.render.xlsx.template import write_template

    if output is None or output.suffix.lower() != ".xlsx":
        usage("name the workbook: `-o site.xlsx`")
    if not period:
        usage("name the period: `--period 2024`")
    judge_period(period)
    project, facility = _open(company, diagnostics), composed(facility)
    known = project.company.facilities
    if no_facility and facility:
        usage("--facility and --no-facility ask for different lines; keep one")
    if not no_facility and facility not in known:
        usage(
            f"--facility {facility or '…'}: write one of {', '.join(known) or 'none'};"
            " --no-facility asks for travel and spend of no facility"
        )
    span = project.company.year.resolve(parse_period_text(period))
    form = form_of(project.company, NO_FACILITY if no_facility else facility, period, span)
    form.tables = _tables(project, None if no_facility else facility)
    inputs = [company, *files_of(project)]
    replace_file(output, inputs, lambda draft: write_template(form, draft, created_at(span.last)))
    asked = f"{output}: {len(form.rows)} rows asked of {form.facility}, {period}"
    _say(asked, diagnostics)
    if form.tables:
        named = ", ".join(f"`{name}` ({files})" for name, files in form.tables.items())
        _say(f"not asked: data of {form.facility} come from {named}", diagnostics)


def _say(text: str, diagnostics: str) -> None:
    """A line on stderr, where no program reads findings there."""
    if diagnostics == TEXT:
        typer.echo(replaced(text), err=True)


def _tables(project: Project, facility: str | None) -> dict[str, str]:
    """The tables that hold data of a facility, with their files."""
    found: dict[str, str] = {}
    for name, sums in project.tables.items():
        if any(entry.facility == facility for entry in sums.sums):
            files = project.company.tables[name].files
            found[name] = ", ".join(files)
    return found


def import_(
    file: Annotated[Path, typer.Argument(help="The filled-in workbook.")],
    company: CompanyFile = Path("company.yaml"),
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The activity file, such as kunshan.yaml.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace FILE although an older version wrote it.")
    ] = False,
    diagnostics: FindingsOption = TEXT,
) -> None:
    """Turn a filled-in template into YAML activities and show what changed.

    Every bad cell is named `file.xlsx:Sheet!C7`. The result holds all activities of the facility
    and period: those of the workbook, and those that it does not ask for, unchanged.

    Example: `ghgcalc import kunshan.xlsx company.yaml -o sites/kunshan-2024.yaml`
    """
    from ghgcalc.company.collect.read import read_template
    from ghgcalc.company.collect.write import activities_yaml

    if not file.is_file():
        usage(f"{file} does not exist; name the filled-in workbook")
    project = _open(company, diagnostics)
    outcome = read_template(file, file.as_posix(), project.company)
    report(outcome.diagnostics, project.sources, file.as_posix(), diagnostics, closing=False,
           folder=folder_of(company_file(company)))  # fmt: skip
    if outcome.value is None:
        if diagnostics == TEXT:
            typer.echo("not imported", err=True)
        raise typer.Exit(DATA)
    text = activities_yaml(outcome.value, file.name)
    if diagnostics == TEXT:
        _changes(outcome.value)
    if output is None:
        typer.echo(text, nl=False)
    else:
        write_file(output, text, [file, company, *_kept(output, project, older=replace)])


def _kept(output: Path, project: Project, *, older: bool) -> list[Path]:
    """The inputs that an import must not replace: all but the file that an import wrote."""
    from ghgcalc.company.collect.write import written_by_import
    from ghgcalc.pipeline.project_files import files_of

    others = files_of(project)
    if not output.exists():
        return others
    written = written_by_import(output)
    if written == "no":
        usage(
            f"-o {output} exists and was not written by `ghgcalc import`;"
            " it is not replaced: name another file"
        )
    if written == "older" and not older:
        usage(
            f"-o {output} was written by an older version, which did not mark its files;"
            " add --replace if it holds nothing that was added by hand"
        )
    return [path for path in others if not same_file(output.resolve(), [path])]


def _changes(collected: Collected) -> None:
    from ghgcalc.render.text import safe

    for change in collected.changes:
        if change.kind == "same":
            continue
        typer.echo(f"{_WORDS[change.kind]}: {safe(change.id)}", err=True)
        for text in change.details:
            typer.echo(f"  {safe(text)}", err=True)
    same = sum(change.kind == "same" for change in collected.changes)
    typer.echo(f"{same} unchanged", err=True)


def _open(company: Path, diagnostics: str) -> Project:
    """The company file; exit 1 where it has errors of its own."""
    from ghgcalc.pipeline.project import open_project

    path = company_file(company)
    opened = open_project(path)
    if opened.value.project is None:
        report(opened.diagnostics, opened.value.sources, path, diagnostics, computed=False,
               folder=folder_of(path))  # fmt: skip
        raise typer.Exit(DATA)
    return opened.value.project
