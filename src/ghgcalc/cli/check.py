"""`ghgcalc check`: judge the whole file, every reporting year and every expectation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ghgcalc.cli.options import CompanyFile, FindingsOption, LockedOption
from ghgcalc.cli.output import DATA, Findings, company_file, folder_of, report

if TYPE_CHECKING:
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.pipeline.project import Project


def check(
    company: CompanyFile = Path("company.yaml"),
    diagnostics: FindingsOption = Findings.TEXT,
    strict: Annotated[
        bool, typer.Option("--strict", help="Warnings fail as well (exit 1).")
    ] = False,
    locked: LockedOption = False,
) -> None:
    """Judge the whole file: every reporting year and every expectation.

    Examples: `ghgcalc check`, `ghgcalc check acme/company.yaml --strict`
    """
    from ghgcalc.core.diagnostics import Severity
    from ghgcalc.pipeline.check import check as check_file

    path = company_file(company)
    found = check_file(path, locked=locked)
    said = found.diagnostics
    report(said, found.sources, path, diagnostics, closing=False, folder=folder_of(path))
    typer.echo(_summary(path, found.project, len(found.years), said))
    levels = {item.severity for item in said}
    if Severity.ERROR in levels or (strict and Severity.WARNING in levels):
        raise typer.Exit(DATA)


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
