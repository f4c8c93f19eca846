"""Gases that products contain and release in use (Technical Guidance, category 11, 11.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from pydantic import model_validator

from ghgcalc.core.numbers import ONE, in_full
from ghgcalc.core.schema import Amount, Model, PathTexts, Share, Text, refuse
from ghgcalc.core.step import Step
from ghgcalc.core.units import parse_unit, ratio
from ghgcalc.core.vocabulary.dimensions import MASS
from ghgcalc.methods.per_unit import Method, PerUnit, cited
from ghgcalc.methods.sold import USE, need_products

if TYPE_CHECKING:
    from ghgcalc.factors.catalogue import FactorCatalog

WORD = "contained_gases"
_KG = parse_unit("kg")
_ALL = "share released over the life is not stated: all of it is (11.3)"


class Contained(Model):
    """The gas that one product holds, and the share of it that is released over its life."""

    gas: Text
    charge: Amount
    released: Share | None = None
    evidence: PathTexts = ()

    @model_validator(mode="after")
    def _mass(self) -> Contained:
        if self.charge.unit.dimension != MASS or self.charge.number < 0:
            text = f"`charge` of `contains` is no mass: `{self.charge}`"
            raise refuse("unit-mismatch", text, "state the mass of gas in one product, in kg")
        return self


class _Keys(Protocol):
    contains: Contained | None
    uses: object
    method: str | None


def _expand(amount: PerUnit, keys: _Keys, _: FactorCatalog) -> tuple[PerUnit, ...]:
    """The mass of gas that one product releases; beside what its uses take, where these stand."""
    held = keys.contains
    if held is None:
        return (amount,)
    need_products(amount.unit, "contains")
    share = ONE if held.released is None else held.released
    said = "released over the life" if held.released is not None else _ALL
    kg = held.charge.value * ratio(held.charge.unit, _KG)
    source = cited("charge of one product", held.evidence)
    gas = amount._replace(
        fuel=None,
        name="gas" if keys.uses is not None else "",
        steps=(
            *amount.steps,
            Step(kg, f"{held.charge} of {held.gas}/{amount.unit.text}", "kg", source),
            Step(share, f"{in_full(share * 100)} %", "kg", said),
        ),
        after=_KG,
        says=(*amount.says, ("method", keys.method or WORD)),
        notes=(*amount.notes, _ALL) if held.released is None else amount.notes,
        at=("contains",),
        gas=held.gas,
    )
    return (gas,) if keys.uses is None else (gas, amount)


def _alone(line: Any) -> None:
    """No factor prices a gas; what uses take is priced beside."""
    if line.contains is None:
        return
    instead = ("gas",) if line.uses is not None else ("gas", "fuel", "factor", "emission_rate")
    other = next((key for key in instead if getattr(line, key) is not None), None)
    if other is not None:
        raise refuse(
            "conflicting-keys",
            f"`{other}` stands beside `contains`, whose gas is weighed by its GWP",
            f"remove `{other}:`",
        )


def _implied(line: Any, _: str) -> str:
    """What the line stands for beside the gas, whose own line says its word."""
    if line.uses is None:
        return WORD
    return "direct_use" if line.uses.scenarios is None else "indirect_use"


CONTAINED = Method(
    "contains", ("contains",), (USE,), expand=_expand, words=(WORD,), implies=_implied,
    alone=_alone,
)  # fmt: skip
