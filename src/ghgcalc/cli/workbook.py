"""Writing an inventory to a file for good, such as a workbook, with the other years beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.cli.output import inputs_of, write_binary

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.inventory.filed import Filed
    from ghgcalc.pipeline.run import Run
    from ghgcalc.render.registry import Format


def write_filed(form: Format, run: Run, filed: Filed, company: Path, output: Path) -> None:
    """Write an inventory in a binary format; exit 2 where the format cannot hold it."""
    ledger = f"write the ledger with `ghgcalc lines {company} -o lines.parquet`"
    write_binary(form, "inventory", filed, output, inputs_of(run, company), ledger)
