"""The whole workbook, sheet by sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.arguments import INVENTORY, mapping_of, path_of, taken
from ghgcalc.factors.catalogue import FactorCatalog
from ghgcalc.inventory.filed import Filed
from ghgcalc.inventory.inventory import Inventory
from ghgcalc.render.xlsx.block import gases_of
from ghgcalc.render.xlsx.book import Book, created_at, judge_rows
from ghgcalc.render.xlsx.cells import Cells
from ghgcalc.render.xlsx.charts import write_charts
from ghgcalc.render.xlsx.checks import write_checks
from ghgcalc.render.xlsx.energy import write_energy
from ghgcalc.render.xlsx.exact import SEALED, parts_of, write_exact
from ghgcalc.render.xlsx.lines import LinesSheet
from ghgcalc.render.xlsx.records import (
    write_control_totals,
    write_expectations,
    write_gaps,
    write_instruments,
    write_provenance,
    write_scope_3,
)
from ghgcalc.render.xlsx.summary import Places, Summary
from ghgcalc.render.xlsx.totals import (
    BY_FACILITY,
    BY_GAS,
    write_categories,
    write_facilities,
    write_gases,
    write_iso,
)
from ghgcalc.render.xlsx.tranches import TranchesSheet, tranche_rows
from ghgcalc.render.xlsx.values import write_conversions, write_factors, write_gwps
from ghgcalc.render.xlsx.years import write_years
from ghgcalc.views.amounts import by_gas, weigh
from ghgcalc.views.energy import energy_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ghgcalc.inventory.filed import Year


def rows_needed(inventory: Inventory) -> int:
    """Rows of the longest sheet, its headings included."""
    tranches = sum(len(line.market_based) for line in inventory.lines if line.scope == 2)
    exact = sum(1 for line in inventory.lines for _ in parts_of(line))
    return 1 + max(exact, tranches)


def workbook_form(filed: Filed, target: Path) -> None:
    """An inventory in the format `xlsx`.

    Raises:
        TypeError: it is not what `filed_of` gave, or the target is no path.
        TooLarge: beyond the rows of a sheet; no other year is computed then.
    """
    taken(filed, Filed, "filed", "the value of what `filed_of` gave")
    judge_rows(rows_needed(filed.inventory))
    write_workbook(
        filed.inventory, filed.catalog, target, filed.digests,
        years=filed.years(), values_only=filed.values_only,
    )  # fmt: skip


def write_workbook(
    inventory: Inventory,
    catalog: FactorCatalog,
    target: Path,
    digests: Mapping[str, str | None],
    *,
    years: Sequence[Year] = (),
    values_only: bool = False,
) -> None:
    """Write parts of a workbook; `workbook_form` writes all that the command does.

    Args:
        inventory: what was computed.
        catalog: GWP sets and the factors that name others for their gases.
        target: the file to write.
        digests: sha256 of the source documents, None where there is no such file.
        years: the reporting years of the file, this one among them; shown where there are several.
        values_only: values instead of formulas, for archives.

    Raises:
        TypeError: an argument is of another kind.
        TooLarge: beyond the rows of a sheet.
    """
    taken(inventory, Inventory, "inventory", INVENTORY)
    taken(catalog, FactorCatalog, "catalog", "the `catalog` of a project")
    mapping_of(digests, "digests", "digests by document, such as those of `evidence_digests`")
    target = path_of(target, "target", "the file to write, as text or `Path`")
    judge_rows(rows_needed(inventory))
    title = f"{inventory.name}, GHG inventory {inventory.period}"
    book = Book(target, created_at(inventory.span.last), title, values_only=values_only)
    book.seal(*SEALED)
    cells = Cells(book, catalog)
    cells.register(inventory)
    weighed = weigh(inventory.lines)
    gases = gases_of(inventory)
    summary = Summary(book, inventory, weighed)
    facilities = write_facilities(book, inventory, weighed)
    categories = write_categories(book, inventory, weighed)
    write_iso(book, weighed)
    write_gases(book, inventory)
    shown = list(years) if len(years) > 1 else []
    if shown:
        write_years(book, shown, inventory.period)
    places = Places(categories, facilities, shown)
    summary.write(places)
    write_charts(summary, places)
    LinesSheet(book, cells, gases).write(inventory, tranche_rows(inventory))
    energy = energy_of(inventory)
    TranchesSheet(book, cells, gases).write(inventory, energy)
    write_instruments(book, inventory)
    write_factors(book, cells)
    write_conversions(book, cells)
    write_gwps(book, cells, inventory)
    bridge = write_energy(book, inventory, energy)
    _records(book, inventory, digests)
    rows = {BY_FACILITY: len(facilities), BY_GAS: len(by_gas(inventory))}
    write_checks(book, inventory, rows, bridge)
    book.close()


def _records(book: Book, inventory: Inventory, digests: Mapping[str, str | None]) -> None:
    """Sheets of records; a new one (uncertainty) takes its place in this order."""
    write_scope_3(book, inventory)
    write_gaps(book, inventory)
    write_expectations(book, inventory)
    write_control_totals(book, inventory)
    write_exact(book, inventory)
    write_provenance(book, inventory, digests)
