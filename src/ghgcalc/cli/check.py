"""`ghgcalc check`: judge the whole file, every reporting year and every expectation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ghgcalc.cli.output import DATA, Findings, company_file, report

if TYPE_CHECKING:
    from ghgcalc.diagnostics import Diagnostic
    from ghgcalc.model.period import Span
    from ghgcalc.pipeline import Project


def check(
    company: Annotated[Path, typer.Argument(help="The company file.")] = Path("company.yaml"),
    diagnostics: Annotated[
        Findings, typer.Option("--diagnostics", help="How findings are written to stderr.")
    ] = Findings.TEXT,
    strict: Annotated[
        bool, typer.Option("--strict", help="Warnings fail as well (exit 1).")
    ] = False,
) -> None:
    """Judge the whole file: every reporting year and every expectation.

    Examples: `ghgcalc check`, `ghgcalc check acme/company.yaml --strict`
    """
    from ghgcalc.diagnostics import Severity, in_order
    from ghgcalc.pipeline import open_project
    from ghgcalc.source import collector_paused

    path = company_file(company)
    with collector_paused():
        project, document, found = open_project(path)
        years = 0
        if project is not None:
            years, found = _judge(project, found)
    ordered = in_order(found)
    if project is not None:
        sources = project.sources
    else:
        sources = document.files if document is not None else []
    report(ordered, sources, path, diagnostics, closing=False)
    typer.echo(_summary(path, project, years, ordered))
    levels = {item.severity for item in ordered}
    if Severity.ERROR in levels or (strict and Severity.WARNING in levels):
        raise typer.Exit(DATA)


def _judge(project: Project, found: list[Diagnostic]) -> tuple[int, list[Diagnostic]]:
    """Compute every reporting year and every period that an expectation speaks of."""
    from ghgcalc.pipeline import compute_period
    from ghgcalc.views.expectations import as_diagnostics

    years = reporting_years(project)
    periods: dict[Span, str] = {project.company.year.span(year): str(year) for year in years}
    for item in project.company.expect.values():
        periods.setdefault(project.company.year.resolve(item.period), str(item.period))
    everything = list(found)
    for span, name in periods.items():
        run = compute_period(project, span, name, None, None, list(found))
        everything.extend(run.diagnostics)
        if run.inventory is not None:
            everything.extend(as_diagnostics(run.inventory.expectations))
    return len(years), everything


def reporting_years(project: Project) -> list[int]:
    """The reporting years that activity data touch."""
    year = project.company.year
    found: set[int] = set()
    for amount in project.amounts:
        found.update(range(year.name_of(amount.span.first), year.name_of(amount.span.last) + 1))
    return sorted(found)


def _summary(path: str, project: Project | None, years: int, found: tuple[Diagnostic, ...]) -> str:
    from ghgcalc.render.diagnostics import counted
    from ghgcalc.render.text import plural, safe

    words: list[str] = []
    if project is not None:
        company = project.company
        words.append(plural(len(company.activities), "activity", "activities"))
        if company.tables:
            words.append(plural(len(company.tables), "table"))
        words.append(plural(years, "reporting year"))
        if company.expect:
            words.append(plural(len(company.expect), "expectation"))
    return f"{safe(path)}: {', '.join([*words, *counted(found, zeros=True)])}"
