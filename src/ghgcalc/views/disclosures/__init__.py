"""Disclosure tables by name: what a report of a framework asks for, made of inventories alone.

`DISCLOSURES` is closed; each entry is the address of a function of the period's inventory and of
the inventories of other reporting years, by year, that gives a report for every output format.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.views.table import Report


class Disclosure(Protocol):
    """A disclosure's tables and facts."""

    def __call__(self, inventory: Inventory, others: Mapping[int, Inventory], /) -> Report:
        """Make the report of an inventory beside those of other reporting years."""


# imported when one is asked for
DISCLOSURES: Final[Mapping[str, str]] = MappingProxyType(
    {"energy": "ghgcalc.views.energy_report:energy_report"}  # S2-04, S2-09, R36
)
NO_OTHERS: Final[Mapping[int, Inventory]] = MappingProxyType({})


def disclosure(name: str) -> Disclosure:
    """A disclosure by its name."""
    module, _, function = DISCLOSURES[name].partition(":")
    found: Disclosure = getattr(import_module(module), function)
    return found
