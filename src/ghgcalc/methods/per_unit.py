"""One unit of what was stated, on its way through the methods that its keys ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.factors.bridges import ENERGY, ConversionError

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from ghgcalc.core.step import Step
    from ghgcalc.core.units import Quantity, Unit
    from ghgcalc.factors.catalogue import FactorCatalog


class PerUnit(NamedTuple):
    """An elementary amount per unit of what was stated.

    Attributes:
        unit: of the stated quantity.
        name: which of several amounts it is, such as a leg; "" where it is the only one.
        category: where it is another one than the line's.
        says: keys of the line that are others for this amount, such as `item` and `vehicle`.
        priced_as: the category whose factors price it; "" for its own.
        region: where its factor is asked for, `VN` or `CN-JS`; "" where the line is.
        notes: what `explain` says beside.
        at: the keys below the line's where it stands, such as `trips`, `car`.
        fuel: the fuel, by its id in the vocabulary or in an own pack.
        steps: printed steps before the factor.
        after: the unit after them; None where there are none.
        mwh: MWh of one unit, where the amount is a mass of steam.
        gas: of what is a mass of gas in kg after the steps, for which no factor is asked.
    """

    unit: Unit
    fuel: str | None = None
    steps: tuple[Step, ...] = ()
    after: Unit | None = None
    mwh: Fraction | None = None
    name: str = ""
    category: str | None = None
    says: tuple[tuple[str, Any], ...] = ()
    priced_as: str = ""
    region: str = ""
    notes: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    gas: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """A calculation method of one unit of activity data.

    Attributes:
        name: its name in `docs/methods.md`.
        keys: the keys of activities and items that it reads.
        categories: where these keys may stand; empty where any category takes them.
        expand: one amount in, one or more out (legs, hubs, upstream), each with its printed
            steps; takes the activity or item, of which it reads its keys alone. None for a method
            that gives the amount itself. Raises ConversionError.
        prices: whether it also decides the factor, so that no other way to one may stand beside.
        unasked: whether it judges lines that state none of its keys as well.
        amount: the amount that its keys state themselves, in place of `quantity`; None where they
            state none. Takes the activity.
        amount_key: the key under which that amount stands.
        words: the words of Scope 3 (`method:`) that it computes, the one it stands for first.
        steps: of a method that takes a share of any amount (also of masses of gas, and of another
            party's figure): its printed steps, which leave the unit as it is.
        notes: what `explain` says beside; takes the line, and the figure that it reports if any.
        implies: the word of `words` that a line stands for, of its dimension; "" for none.
        alone: refuses what may not stand beside its keys; takes the activity or item.
        misplaced: the hint where its keys stand on another category; "" for one of `categories`.
    """

    name: str
    keys: tuple[str, ...]
    categories: tuple[str, ...] = ()
    expand: Callable[[PerUnit, Any, FactorCatalog], tuple[PerUnit, ...]] | None = None
    prices: bool = False
    unasked: bool = False
    amount: Callable[[Any], Quantity | None] | None = None
    amount_key: str = ""
    words: tuple[str, ...] = ()
    misplaced: str = ""
    steps: Callable[[Any, Unit], tuple[Step, ...]] | None = None
    notes: Callable[[Any, Quantity | None], tuple[str, ...]] | None = None
    implies: Callable[[Any, str], str] | None = None
    alone: Callable[[Any], None] | None = None


def need_energy(unit: Unit, key: str) -> None:
    """Refuse a key that speaks of energy beside another quantity."""
    if unit.dimension != ENERGY:
        raise ConversionError(
            "unit-mismatch",
            f"`{key}` beside a quantity in {unit.text}, no energy",
            "state an energy",
        )


def cited(text: str, evidence: tuple[str, ...]) -> str:
    """A source with the documents it is taken from."""
    return f"{text} ({', '.join(evidence)})" if evidence else text
