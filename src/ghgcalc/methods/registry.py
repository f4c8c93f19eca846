"""The calculation methods, in the order in which they apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.methods.chp import CHP
from ghgcalc.methods.cooling import COOLING
from ghgcalc.methods.gas_volume import GAS_VOLUME
from ghgcalc.methods.losses import LOSSES
from ghgcalc.methods.parts import PARTS
from ghgcalc.methods.steam import STEAM
from ghgcalc.methods.storage import STORAGE

if TYPE_CHECKING:
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.methods.keys import MethodKeys
    from ghgcalc.methods.per_unit import Method, PerUnit

METHODS: tuple[Method, ...] = (PARTS, STEAM, COOLING, LOSSES, CHP, GAS_VOLUME, STORAGE)
# a line that states one of them shares its plan with no other
KEYS = frozenset(key for method in METHODS for key in method.keys)
# those that stand on some categories alone, or that price a line
PLACED = tuple(method for method in METHODS if method.categories)
PLACED_KEYS = frozenset(key for method in PLACED for key in method.keys)


def expand(amount: PerUnit, keys: MethodKeys, catalog: FactorCatalog) -> tuple[PerUnit, ...]:
    """One unit of what was stated, by every method that its keys ask for.

    Raises:
        ConversionError: `unit-mismatch`, `gas-state-missing`, `bad-steam-state` …
    """
    amounts: tuple[PerUnit, ...] = (amount,)
    asked = keys.model_fields_set
    for method in METHODS:
        if method.expand is None or not (method.unasked or not asked.isdisjoint(method.keys)):
            continue
        amounts = tuple(made for each in amounts for made in method.expand(each, keys, catalog))
    return amounts
