"""`ghgcalc lines`: every row with its factor and tonnes, as CSV or Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ghgcalc.cli.options import BoundaryOption, CompanyFile, FindingsOption, PeriodOption
from ghgcalc.cli.output import (
    DATA,
    Findings,
    company_file,
    inputs_of,
    judge_period,
    replace_file,
    report_run,
    usage,
)

SUFFIXES = (".csv", ".parquet")


def lines(
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Write to FILE: .csv or .parquet.")
    ],
    company: CompanyFile = Path("company.yaml"),
    period: PeriodOption = None,
    boundary: BoundaryOption = None,
    diagnostics: FindingsOption = Findings.TEXT,
) -> None:
    """Write the row-level ledger: each activity and each row of a table, factor and tonnes.

    Example: `ghgcalc lines company.yaml -o lines.parquet`
    """
    from ghgcalc.pipeline.rows import write_lines
    from ghgcalc.pipeline.run import compute

    if output.suffix.lower() not in SUFFIXES:
        usage(f"-o {output}: unknown suffix; write one of {', '.join(SUFFIXES)}")
    path = company_file(company)
    judge_period(period)
    run = compute(path, period=period, boundary=boundary)
    report_run(run, path, diagnostics)
    if run.inventory is None or run.project is None:
        raise typer.Exit(DATA)
    project, inventory = run.project, run.inventory
    suffix = output.suffix.lower()  # the writer goes by it
    replace_file(
        output,
        inputs_of(run, company),
        lambda draft: write_lines(project, inventory, draft),
        suffix=suffix,
    )
    if not inventory.holds:
        raise typer.Exit(DATA)
