"""`ghgcalc base-year`: must the base year be recalculated?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ghgcalc.cli.options import CompanyFile, FindingsOption
from ghgcalc.cli.output import DATA, Findings, company_file, folder_of, report, wants_color

if TYPE_CHECKING:
    from ghgcalc.analysis.base_year import Decision

BaseFormat = Literal["table", "json", "markdown"]


def base_year(
    company: CompanyFile = Path("company.yaml"),
    gate: Annotated[
        bool, typer.Option("--gate", help="Exit 1 when a recalculation is due, or undecided.")
    ] = False,
    style: Annotated[
        BaseFormat, typer.Option("--format", help="table, json or markdown.")
    ] = "table",
    diagnostics: FindingsOption = Findings.TEXT,
) -> None:
    """Judge the changes since the base year against the significance threshold.

    Examples: `ghgcalc base-year company.yaml`, `ghgcalc base-year company.yaml --gate`
    """
    from ghgcalc.analysis.base_year import decide
    from ghgcalc.core.diagnostics import has_errors, in_order
    from ghgcalc.pipeline.project import open_project

    path = company_file(company)
    opened = open_project(path)
    project, found = opened.value.project, list(opened.diagnostics)
    decision = None
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
    typer.echo(_render(project.company.organization.name, decision, style), nl=False)
    if gate and (decision.due or decision.undecided):
        raise typer.Exit(DATA)


def _render(name: str, decision: Decision, style: BaseFormat) -> str:
    if style == "json":
        from ghgcalc.render.base_year import base_year_json

        return base_year_json(decision)
    from ghgcalc.views.base_year import base_year_report

    view = base_year_report(name, decision)
    if style == "markdown":
        from ghgcalc.render.markdown import report_markdown

        return report_markdown(view)
    from ghgcalc.render.terminal import render_report

    return render_report(view, color=wants_color())
