"""The calculation methods, in the order in which they apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.methods.allocation import ALLOCATION
from ghgcalc.methods.chp import CHP
from ghgcalc.methods.combustion import BURNT
from ghgcalc.methods.contained import CONTAINED
from ghgcalc.methods.cooling import COOLING
from ghgcalc.methods.electronics import LOGIC_IC, MEMORY
from ghgcalc.methods.gas_volume import GAS_VOLUME
from ghgcalc.methods.hybrid import HYBRID
from ghgcalc.methods.investment import INVESTMENT
from ghgcalc.methods.losses import LOSSES
from ghgcalc.methods.parts import PARTS
from ghgcalc.methods.sample import SAMPLE
from ghgcalc.methods.sold import EACH, SOLD
from ghgcalc.methods.spend import SPEND
from ghgcalc.methods.steam import STEAM
from ghgcalc.methods.storage import STORAGE
from ghgcalc.methods.travel import OCCUPANCY, SURVEY, TRIPS
from ghgcalc.methods.treatments import TREATMENTS
from ghgcalc.methods.uses import USES
from ghgcalc.methods.wastewater import WASTEWATER

if TYPE_CHECKING:
    from ghgcalc.core.step import Step
    from ghgcalc.core.units import Quantity, Unit
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.methods.keys import MethodKeys
    from ghgcalc.methods.per_unit import Method, PerUnit

METHODS: tuple[Method, ...] = (
    PARTS,
    SPEND,
    STEAM,
    COOLING,
    LOSSES,
    CHP,
    GAS_VOLUME,
    STORAGE,
    SOLD,
    CONTAINED,
    USES,
    SURVEY,
    TRIPS,
    OCCUPANCY,
    SAMPLE,
    INVESTMENT,
    HYBRID,
    LOGIC_IC,
    MEMORY,
    BURNT,
    EACH,
    TREATMENTS,
    WASTEWATER,
    ALLOCATION,
)
# a line that states one of them shares its plan with no other
KEYS = frozenset(key for method in METHODS for key in method.keys)
# those that stand on some categories alone, or that price a line
PLACED = tuple(method for method in METHODS if method.categories)
PLACED_KEYS = frozenset(key for method in PLACED for key in method.keys)
# those that take a share of any amount
_SHARING = tuple(method for method in METHODS if method.steps is not None)
# those that make no other amount of a mass of gas or of another party's figure
SHARE_KEYS = frozenset(key for method in _SHARING for key in method.keys)
# those whose keys state the amount themselves
_STATING = tuple(method for method in METHODS if method.amount is not None)


def amounts_stated(keys: MethodKeys) -> dict[str, Quantity]:
    """The amounts that methods read of their own keys in place of `quantity:`, by key."""
    found = ((m.amount_key, m.amount(keys)) for m in _STATING if m.amount is not None)
    return {key: amount for key, amount in found if amount is not None}


def stated_amount(keys: MethodKeys) -> Quantity | None:
    """The amount that the keys of a method state in place of `quantity:`, if one does."""
    return next(iter(amounts_stated(keys).values()), None)


def asked(keys: MethodKeys) -> tuple[Method, ...]:
    """The methods that the keys of a line ask for."""
    stated = keys.model_fields_set
    return tuple(method for method in METHODS if not stated.isdisjoint(method.keys))


def implied_word(keys: MethodKeys, dimension: str) -> str | None:
    """The word of `method:` that the keys of a line stand for; None where they name no method."""
    if KEYS.isdisjoint(keys.model_fields_set):
        return None
    for method in asked(keys):
        if method.words:
            implied = method.implies
            return method.words[0] if implied is None else implied(keys, dimension) or None
    return None


def share_steps(keys: MethodKeys, unit: Unit) -> tuple[Step, ...]:
    """The printed steps of the shares that a line takes of its amount."""
    return tuple(
        step for method in _SHARING if method.steps is not None for step in method.steps(keys, unit)
    )


def method_notes(keys: MethodKeys, reported: Quantity | None = None) -> tuple[str, ...]:
    """What the methods of a line say beside it."""
    if KEYS.isdisjoint(keys.model_fields_set):
        return ()
    return tuple(
        note
        for method in asked(keys)
        if method.notes is not None
        for note in method.notes(keys, reported)
    )


def check_alone(keys: MethodKeys) -> None:
    """Refuse what may not stand beside the keys of a method.

    Raises:
        PydanticCustomError: `conflicting-keys`, `missing-key`.
    """
    if KEYS.isdisjoint(keys.model_fields_set):
        return
    for method in asked(keys):
        if method.alone is not None:
            method.alone(keys)


def expand(amount: PerUnit, keys: MethodKeys, catalog: FactorCatalog) -> tuple[PerUnit, ...]:
    """One unit of what was stated, by every method that its keys ask for.

    Raises:
        ConversionError: `unit-mismatch`, `gas-state-missing`, `bad-steam-state` …
    """
    amounts: tuple[PerUnit, ...] = (amount,)
    stated = keys.model_fields_set
    for method in METHODS:
        if method.expand is None or not (method.unasked or not stated.isdisjoint(method.keys)):
            continue
        amounts = tuple(made for each in amounts for made in method.expand(each, keys, catalog))
    notes = method_notes(keys)
    return tuple(_shared(each, keys, notes) for each in amounts)


def _shared(amount: PerUnit, keys: MethodKeys, notes: tuple[str, ...]) -> PerUnit:
    """An amount with the shares that its line takes, which come last."""
    after = amount.after or amount.unit
    shares = share_steps(keys, after)
    if not shares and not notes:
        return amount
    return amount._replace(
        steps=(*amount.steps, *shares),
        after=after if shares else amount.after,
        notes=(*amount.notes, *notes),
    )
