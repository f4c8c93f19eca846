"""Writing an inventory to a file for good, such as a workbook, with the other years beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.cli.output import inputs_of, write_binary

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.pipeline.run import Run
    from ghgcalc.render.registry import Format
    from ghgcalc.render.xlsx.years import Year


def write_filed(
    form: Format,
    run: Run,
    inventory: Inventory,
    company: Path,
    output: Path,
    digests: dict[str, str | None],
    *,
    values_only: bool,
) -> None:
    """Write an inventory in a binary format; exit 2 where the format cannot hold it."""
    from ghgcalc.render.filed import Filed

    assert run.project is not None
    filed = Filed(inventory, run.project.catalog, digests, lambda: years_of(run, inventory),
                  values_only)  # fmt: skip
    ledger = f"write the ledger with `ghgcalc lines {company} -o lines.parquet`"
    write_binary(form, "inventory", filed, output, inputs_of(run, company), ledger)


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
        other = compute_period(project, asked).inventory
        found.append(Year(str(name), None) if other is None else year_of(other))
    return found
