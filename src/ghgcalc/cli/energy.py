"""`ghgcalc energy`: MWh, renewable share, coverage and the bridge between both Scope 2 methods."""

from __future__ import annotations

from pathlib import Path

import typer

from ghgcalc.cli.options import (
    ApproachOption,
    BoundaryOption,
    CompanyFile,
    EnergyFormat,
    EnergyOutput,
    FindingsOption,
    PeriodOption,
)
from ghgcalc.cli.output import (
    DATA,
    company_file,
    format_of,
    inputs_of,
    judge_period,
    report_run,
    wants_color,
    write_file,
    write_out,
)
from ghgcalc.render.registry import TEXT, pieces
from ghgcalc.render.style import Style


def energy(
    company: CompanyFile = Path("company.yaml"),
    period: PeriodOption = None,
    boundary: BoundaryOption = None,
    consolidation: ApproachOption = None,
    format_: EnergyFormat = None,
    output: EnergyOutput = None,
    diagnostics: FindingsOption = TEXT,
) -> None:
    """Show energy in MWh: carriers, renewable share, coverage, criteria, bridge.

    Examples: `ghgcalc energy company.yaml --period 2023`,
    `ghgcalc energy company.yaml --format json`
    """
    from ghgcalc.pipeline.run import compute as run_compute
    from ghgcalc.views.disclosures import NO_OTHERS, disclosure

    form = format_of("energy", output, format_)
    path = company_file(company)
    judge_period(period)
    run = run_compute(path, period=period, boundary=boundary, approach=consolidation)
    inventory = run.inventory
    report_run(run, path, diagnostics, shown=True)
    if inventory is None:
        raise typer.Exit(DATA)
    style = Style(color=output is None and wants_color())
    text = pieces(form, "energy", inventory, style,
                  view=lambda: disclosure("energy")(inventory, NO_OTHERS))  # fmt: skip
    if output is not None:
        write_file(output, text, inputs_of(run, company))
    else:
        write_out(text)
