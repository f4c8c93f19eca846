"""Grid losses of delivered power, of what was generated or consumed (R25)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from pydantic import model_validator

from ghgcalc.core.numbers import in_full
from ghgcalc.core.schema import Model, PathTexts, Share, refuse
from ghgcalc.core.step import Step
from ghgcalc.methods.per_unit import Method, PerUnit, cited, need_energy

if TYPE_CHECKING:
    from ghgcalc.core.units import Unit
    from ghgcalc.factors.catalogue import FactorCatalog


class Losses(Model):
    """Grid losses of delivered power: `rate` of what was generated, or of what was consumed."""

    rate: Share
    of: Literal["generation", "consumption"] = "generation"
    evidence: PathTexts = ()

    @model_validator(mode="after")
    def _less_than_all(self) -> Losses:
        if not 0 <= self.rate < 1:
            hint = "write `rate: …%`, the lost share of what is fed in"
            raise refuse("out-of-bounds", "`rate` is not below 100 %", hint)
        return self


class _Keys(Protocol):
    losses: Losses | None


def _expand(amount: PerUnit, keys: _Keys, _: FactorCatalog) -> tuple[PerUnit, ...]:
    losses, unit = keys.losses, amount.unit
    if losses is None:
        return (amount,)
    need_energy(unit, "losses")
    return (amount._replace(steps=(loss_step(losses, unit),), after=unit),)


def loss_step(losses: Losses, unit: Unit) -> Step:
    """From what was delivered to what was lost on the way."""
    rate = losses.rate
    shown = f"{in_full(rate * 100)} %"
    if losses.of == "generation":
        value, text = rate / (1 - rate), f"{shown} ÷ (100 % − {shown})"
    else:
        value, text = rate, shown
    source = cited(f"grid losses of {losses.of}", losses.evidence)
    return Step(value, text, unit.text, source)


LOSSES = Method("losses", ("losses",), ("fuel_and_energy_related",), expand=_expand, prices=True)
