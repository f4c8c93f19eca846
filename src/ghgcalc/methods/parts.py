"""A blend in parts: E10 is petrol and bioethanol, each with its own factor."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol

from pydantic import AfterValidator

from ghgcalc.core.numbers import in_full
from ghgcalc.core.schema import Share, Text, refuse
from ghgcalc.core.step import Step
from ghgcalc.core.vocabulary.fuels import canonical_fuel
from ghgcalc.factors.bridges import ENERGY, ConversionError
from ghgcalc.methods.per_unit import Method, PerUnit

if TYPE_CHECKING:
    from ghgcalc.factors.catalogue import FactorCatalog

Basis = Literal["volume", "mass", "energy"]
_DIMENSIONS = {"volume": "m3", "mass": "kg", "energy": ENERGY}
_WORDS = {dimension: word for word, dimension in _DIMENSIONS.items()}
# what says what a line is of, or prices it: the parts do
INSTEAD = ("fuel", "item", "gas", "factor", "emission_rate", "fuel_properties")
TWO = 2


def _whole(parts: dict[str, Fraction]) -> dict[str, Fraction]:
    named = {canonical_fuel(fuel) for fuel in parts}
    if len(parts) < TWO or len(named) < len(parts):
        hint = "name each fuel once, and state `fuel:` for one alone"
        raise refuse("wrong-shape", "`parts` does not name two fuels or more", hint)
    total = sum(parts.values(), Fraction(0))
    if total != 1 or min(parts.values()) <= 0:
        raise refuse(
            "out-of-bounds",
            f"the shares of `parts` sum to {in_full(total * 100)} %",
            "state every part, above 0 %, so that they sum to 100 %",
        )
    return parts


Parts = Annotated[dict[Text, Share], AfterValidator(_whole)]


def check_parts(line: Any) -> None:
    """A line in parts says nothing else of what it is, and how much of it there was.

    Raises:
        PydanticCustomError: `conflicting-keys`, `missing-key`.
    """
    if line.parts is None:
        if line.parts_by is not None:
            raise refuse("missing-key", "`parts_by` without `parts`", "add `parts:`, or remove it")
        return
    other = next((key for key in INSTEAD if getattr(line, key) is not None), None)
    if other is not None:
        raise refuse(
            "conflicting-keys",
            f"`{other}` stands beside `parts`, which say what the line is of",
            f"remove `{other}:`",
        )


class _Keys(Protocol):
    parts: dict[str, Fraction] | None
    parts_by: Basis | None


def _expand(amount: PerUnit, keys: _Keys, _: FactorCatalog) -> tuple[PerUnit, ...]:
    """One amount per part: its share of the quantity, by what the quantity measures."""
    if keys.parts is None:
        return (amount,)
    unit = amount.unit
    measured = _WORDS.get(unit.dimension)
    if measured is None or keys.parts_by not in {None, measured}:
        raise ConversionError(
            "unit-mismatch",
            f"shares by {keys.parts_by or 'volume, mass or energy'} of a quantity in {unit.text}",
            f"state the shares by {measured}, or the quantity in the terms of the shares"
            if measured
            else "state a volume, a mass or an energy",
        )
    return tuple(
        amount._replace(
            name=fuel,
            fuel=canonical_fuel(fuel),
            steps=(Step(share, f"{in_full(share * 100)} %", unit.text,
                        f"share of {fuel} by {measured}"),),
        )
        for fuel, share in keys.parts.items()
    )  # fmt: skip


PARTS = Method("parts", ("parts", "parts_by"), expand=_expand)
