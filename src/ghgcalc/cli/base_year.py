"""`ghgcalc base-year`: must the base year be recalculated?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ghgcalc.cli.options import BaseYearFormat, CompanyFile, FindingsOption
from ghgcalc.cli.output import DATA, company_file, folder_of, report, wants_color, write_out
from ghgcalc.render.registry import DEFAULT, TEXT, format_named, pieces
from ghgcalc.render.style import Style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.analysis.base_year import Decision


def base_year(
    company: CompanyFile = Path("company.yaml"),
    gate: Annotated[
        bool, typer.Option("--gate", help="Exit 1 when a recalculation is due, or undecided.")
    ] = False,
    format_: BaseYearFormat = DEFAULT.name,
    diagnostics: FindingsOption = TEXT,
) -> None:
    """Judge the changes since the base year against the significance threshold.

    Examples: `ghgcalc base-year company.yaml`, `ghgcalc base-year company.yaml --gate`
    """
    from ghgcalc.analysis.base_year import decide
    from ghgcalc.core.diagnostics import has_errors, in_order
    from ghgcalc.pipeline.project import open_project
    from ghgcalc.pipeline.run import with_unused

    path = company_file(company)
    opened = open_project(path)
    project, found = opened.value.project, list(opened.diagnostics)
    decision = None
    if project is not None:
        project = with_unused(project)
        found = list(project.found)
    if project is not None and not has_errors(found):
        decided = decide(project)
        decision, found = decided.value, [*found, *decided.diagnostics]
    report(
        in_order(found),
        opened.value.sources,
        path,
        diagnostics,
        computed=decision is not None,
        folder=folder_of(path),
    )
    if decision is None or project is None:
        raise typer.Exit(DATA)
    write_out(_shown(project.company.organization.name, decision, format_))
    if gate and (decision.due or decision.undecided):
        raise typer.Exit(DATA)


def _shown(name: str, decision: Decision, format_: str) -> Iterable[str]:
    from ghgcalc.views.base_year import base_year_report

    return pieces(
        format_named(format_), "base-year", decision, Style(color=wants_color()),
        view=lambda: base_year_report(name, decision),
    )  # fmt: skip
