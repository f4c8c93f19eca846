"""An inventory with all that a file for good, such as a workbook, holds beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ghgcalc.calculation.results.totals import Totals
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.inventory.inventory import Inventory


class Year(NamedTuple):
    """A reporting year: its totals, None where errors block them; whether Scope 3 has lines."""

    name: str
    totals: Totals | None
    scope_3: bool = False
    status: str = ""


def year_of(inventory: Inventory) -> Year:
    """An inventory as a year."""
    seen = any(line.scope == 3 for line in inventory.lines)
    return Year(inventory.period, inventory.totals, seen, inventory.status)


class Filed(NamedTuple):
    """An inventory with all that a file for good holds beside it.

    Attributes:
        inventory: what was computed.
        catalog: GWP sets and the factors that name others for their gases.
        digests: sha256 of the source documents, None where there is no such file.
        years: computes the reporting years of the file, this one among them.
        values_only: values instead of formulas, for archives.
    """

    inventory: Inventory
    catalog: FactorCatalog
    digests: Mapping[str, str | None]
    years: Callable[[], Sequence[Year]]
    values_only: bool = False
