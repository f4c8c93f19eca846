"""`ghgcalc lines`: every row with its factor and tonnes, as CSV or Parquet."""

from __future__ import annotations

from pathlib import Path

import typer

from ghgcalc.cli.options import (
    BoundaryOption,
    CompanyFile,
    FindingsOption,
    LedgerOutput,
    PeriodOption,
)
from ghgcalc.cli.output import (
    DATA,
    company_file,
    inputs_of,
    judge_period,
    replace_file,
    report_run,
    usage,
)
from ghgcalc.render.registry import TEXT, ledger_suffixes


def lines(
    output: LedgerOutput,
    company: CompanyFile = Path("company.yaml"),
    period: PeriodOption = None,
    boundary: BoundaryOption = None,
    diagnostics: FindingsOption = TEXT,
) -> None:
    """Write the row-level ledger: each activity and each row of a table, factor and tonnes.

    Example: `ghgcalc lines company.yaml -o lines.parquet`
    """
    from ghgcalc.pipeline.rows import write_lines
    from ghgcalc.pipeline.run import compute

    if output.suffix.lower() not in ledger_suffixes():
        usage(f"-o {output}: unknown suffix; write one of {', '.join(ledger_suffixes())}")
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
