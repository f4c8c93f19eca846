"""`ghgcalc energy`: MWh, renewable share, coverage and the bridge between both Scope 2 methods."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ghgcalc.cli.options import (
    ApproachOption,
    BoundaryOption,
    CompanyFile,
    FindingsOption,
    FormatOption,
    PeriodOption,
)
from ghgcalc.cli.output import (
    DATA,
    Findings,
    Format,
    company_file,
    format_of,
    inputs_of,
    judge_period,
    report_run,
    wants_color,
    write_file,
)

if TYPE_CHECKING:
    from ghgcalc.inventory.inventory import Inventory


def energy(
    company: CompanyFile = Path("company.yaml"),
    period: PeriodOption = None,
    boundary: BoundaryOption = None,
    consolidation: ApproachOption = None,
    format_: FormatOption = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Write to FILE: .json, .csv, .md or .txt."),
    ] = None,
    diagnostics: FindingsOption = Findings.TEXT,
) -> None:
    """Show energy in MWh: carriers, renewable share, coverage, criteria, bridge.

    Examples: `ghgcalc energy company.yaml --period 2023`,
    `ghgcalc energy company.yaml --format json`
    """
    from ghgcalc.pipeline.run import compute as run_compute

    style = format_of(output, format_)
    path = company_file(company)
    judge_period(period)
    run = run_compute(path, period=period, boundary=boundary, approach=consolidation)
    inventory = run.inventory
    report_run(run, path, diagnostics, shown=True)
    if inventory is None:
        raise typer.Exit(DATA)
    text = _render(inventory, style, color=output is None and wants_color())
    if output is not None:
        write_file(output, text, inputs_of(run, company))
    else:
        typer.echo(text, nl=False)


def _render(inventory: Inventory, style: Format, *, color: bool) -> str:
    if style is Format.JSON:
        from ghgcalc.render.json.energy import render_energy_json

        return render_energy_json(inventory)
    if style is Format.CSV:
        from ghgcalc.render.json.energy import render_energy_csv

        return render_energy_csv(inventory)
    from ghgcalc.views.energy_report import energy_report

    if style is Format.MARKDOWN:
        from ghgcalc.render.markdown import report_markdown

        return report_markdown(energy_report(inventory))
    from ghgcalc.render.terminal import render_report

    return render_report(energy_report(inventory), color=color)
