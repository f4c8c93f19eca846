"""`ghgcalc lines`: every row with its factor and tonnes, as CSV or Parquet."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ghgcalc.cli.options import BoundaryOption, CompanyFile, FindingsOption, PeriodOption
from ghgcalc.cli.output import DATA, Findings, company_file, judge_period, report_run, usage

if TYPE_CHECKING:
    from ghgcalc.model.inventory import Inventory
    from ghgcalc.pipeline import Project, Run

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
    from ghgcalc.pipeline import compute

    if output.suffix.lower() not in SUFFIXES:
        usage(f"-o {output}: unknown suffix; write one of {', '.join(SUFFIXES)}")
    path = company_file(company)
    judge_period(period)
    run = compute(path, period=period, boundary=boundary)
    report_run(run, path, diagnostics)
    if run.inventory is None or run.project is None:
        raise typer.Exit(DATA)
    _write(run, run.project, run.inventory, output, company)


def _write(run: Run, project: Project, inventory: Inventory, output: Path, company: Path) -> None:
    """Write beside the target first; an input is never overwritten."""
    from ghgcalc.ledger import write_lines

    target = output.resolve()
    folder = project.company.document.folder
    read = [*inventory.inputs, *(source.path for source in run.sources)]
    inputs = [company, *(folder / name for name in read)]
    if any(one.resolve() == target for one in inputs):
        usage(f"-o {output} is one of the inputs and is not overwritten")
    if not target.parent.is_dir():
        usage(f"-o {output}: the folder {output.parent} does not exist")
    draft = target.with_name(f".{os.getpid()}.{target.name}")
    try:
        write_lines(project, inventory, draft)
        draft.replace(target)
    except OSError as error:
        usage(f"-o {output} cannot be written: {error.strerror}")
    finally:
        draft.unlink(missing_ok=True)
