"""Writing an inventory as a workbook: the limit of a sheet, and the other years beside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghgcalc.cli.output import replace_file, usage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.pipeline.run import Run
    from ghgcalc.render.xlsx.years import Year


def write_xlsx(
    run: Run,
    inventory: Inventory,
    company: Path,
    output: Path,
    inputs: Iterable[Path],
    values_only: bool,
    digests: dict[str, str | None],
) -> None:
    """Write the workbook; exit 2 beyond the rows of a sheet."""
    from ghgcalc.render.xlsx.book import MAX_ROWS
    from ghgcalc.render.xlsx.workbook import rows_needed, write_workbook

    needed = rows_needed(inventory)
    if needed > MAX_ROWS:
        usage(
            f"-o {output}: {needed:,} rows are more than the {MAX_ROWS:,} of an Excel sheet;"
            f" write the ledger with `ghgcalc lines {company} -o lines.parquet`"
        )
    assert run.project is not None
    catalog = run.project.catalog
    years = years_of(run, inventory)
    replace_file(
        output,
        inputs,
        lambda draft: write_workbook(
            inventory, catalog, draft, digests, years=years, values_only=values_only
        ),
    )


def years_of(run: Run, inventory: Inventory) -> list[Year]:
    """Every reporting year with activity data, if the inventory is one of a whole year."""
    from ghgcalc.inventory.standing import InventoryAsked
    from ghgcalc.pipeline.run import compute_period
    from ghgcalc.render.xlsx.years import Year, year_of

    project = run.project
    assert project is not None
    rule = project.company.year
    if rule.span(rule.name_of(inventory.span.last)) != inventory.span:
        return []
    found = []
    for name in sorted({rule.name_of(amount.span.last) for amount in project.amounts}):
        span = rule.span(name)
        if span == inventory.span:
            found.append(year_of(inventory))
            continue
        asked = InventoryAsked(span, str(name), inventory.boundary, inventory.approach)
        other = compute_period(replace(project, found=()), asked).inventory
        found.append(Year(str(name), None) if other is None else year_of(other))
    return found
