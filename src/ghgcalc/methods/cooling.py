"""Cold by the power of its chiller: ÷ coefficient of performance (R24)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Protocol

from pydantic import BeforeValidator

from ghgcalc.core.numbers import in_full
from ghgcalc.core.schema import read_number, refuse
from ghgcalc.core.step import Step
from ghgcalc.methods.per_unit import Method, PerUnit, need_energy

if TYPE_CHECKING:
    from ghgcalc.factors.catalogue import FactorCatalog


def _ratio(value: Any) -> Any:
    number = Fraction(read_number(value))
    if number <= 0:
        raise refuse(
            "out-of-bounds",
            "`cop` is not above zero",
            "write `cop: …`, the cold by the power that makes it",
        )
    return number


Ratio = Annotated[Fraction, BeforeValidator(_ratio)]


class _Keys(Protocol):
    cop: Ratio | None


def _expand(amount: PerUnit, keys: _Keys, _: FactorCatalog) -> tuple[PerUnit, ...]:
    if keys.cop is None:
        return (amount,)
    need_energy(amount.unit, "cop")
    source = "coefficient of performance: power"
    step = Step(1 / keys.cop, f"÷ {in_full(keys.cop)}", amount.unit.text, source)
    return (amount._replace(steps=(step,), after=amount.unit),)


COOLING = Method("cooling", ("cop",), ("purchased_cooling",), expand=_expand, prices=True)
