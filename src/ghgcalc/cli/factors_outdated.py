"""`ghgcalc factors outdated`: newer editions of the packs in use, and what they would move."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ghgcalc.cli import shell
from ghgcalc.cli.options import CompanyFile, FindingsOption, OutdatedFormat
from ghgcalc.cli.output import DATA, company_file, folder_of, report, usage, wants_color, write_out
from ghgcalc.render.registry import DEFAULT, TEXT, format_named, pieces
from ghgcalc.render.style import Style

if TYPE_CHECKING:
    from ghgcalc.pipeline.project import Project


def outdated(
    company: CompanyFile = Path("company.yaml"),
    year: Annotated[
        int | None,
        typer.Option(
            help="A reporting year; default: each with activities.",
            autocompletion=shell.years,
        ),
    ] = None,
    format_: OutdatedFormat = DEFAULT.name,
    diagnostics: FindingsOption = TEXT,
) -> None:
    """Name newer editions of the packs in use, with the tonnes that they would move.

    Each year is computed with and without them; the lock is not touched and nothing is written.

    Examples: `ghgcalc factors outdated company.yaml`,
    `ghgcalc factors outdated company.yaml --year 2024 --format json`
    """
    from ghgcalc.analysis.outdated import outdated as find
    from ghgcalc.core.diagnostics import in_order
    from ghgcalc.pipeline.project import open_project
    from ghgcalc.views.outdated import outdated_report

    path = company_file(company)
    opened = open_project(path)
    project, found, result = opened.value.project, list(opened.diagnostics), None
    if project is not None:
        result, problems = find(project, _years(project, year))
        found += problems
    computed = result is not None and bool(result.totals)
    report(in_order(found), opened.value.sources, path, diagnostics, computed=computed,
           folder=folder_of(path))  # fmt: skip
    if result is None or not result.totals:
        raise typer.Exit(DATA)
    write_out(
        pieces(
            format_named(format_), "outdated", result, Style(color=wants_color()),
            view=lambda: outdated_report(result),
        )
    )  # fmt: skip


def _years(project: Project, year: int | None) -> list[int]:
    """The reporting years asked for."""
    from ghgcalc.pipeline.project import reporting_years

    known = reporting_years(project.company, project.amounts)
    if year is not None and year not in known:
        have = ", ".join(map(str, known)) or "none"
        usage(f"--year: no activity of the file is of {year}; years with activities: {have}")
    return known if year is None else [year]
