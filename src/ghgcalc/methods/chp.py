"""Heat or power of a combined plant takes its share of the plant's emissions (S2-12, R23)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal, Protocol

from pydantic import Field, model_validator

from ghgcalc.core.numbers import in_full, significant
from ghgcalc.core.schema import Amount, Model, PathTexts, Share, Text, need_amount, refuse
from ghgcalc.core.step import Step
from ghgcalc.core.units import Quantity, Unit, mass_of
from ghgcalc.factors.model import Factor, GasValue
from ghgcalc.factors.stated import stated_pack
from ghgcalc.methods.per_unit import Method, PerUnit, cited

if TYPE_CHECKING:
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.factors.catalogue import FactorCatalog


class Chp(Model):
    """A supplier's combined heat and power plant, its emissions shared between both (R23)."""

    method: Literal["efficiency", "energy_content", "work_potential"]
    emissions: Annotated[dict[Text, Amount], Field(min_length=1)]
    heat: Amount
    power: Amount
    heat_efficiency: Share | None = None
    power_efficiency: Share | None = None
    heat_work: Amount | None = None
    evidence: PathTexts

    @model_validator(mode="after")
    def _complete(self) -> Chp:
        for key in ("heat", "power", "heat_work"):
            need_amount(getattr(self, key), "J", key, "state an energy")
        for gas, mass in self.emissions.items():
            if mass.unit.dimension != "kg" or mass.number < 0:
                text = f"emissions of `{gas}` are not a mass: `{mass}`"
                raise refuse("unit-mismatch", text, "state the mass of each gas")
        if not self.heat.number or not self.power.number:
            raise refuse("out-of-bounds", "`heat` or `power` is zero", "state both outputs")
        needs = {
            "efficiency": ("heat_efficiency", "power_efficiency"),
            "energy_content": (),
            "work_potential": ("heat_work",),
        }[self.method]
        for key in needs:
            if not getattr(self, key):
                raise refuse("missing-key", f"method {self.method} needs `{key}`", f"add `{key}:`")
        return self


def heat_share(chp: Chp) -> tuple[Fraction, str]:
    """The heat's share of a plant's emissions, and the method in words (S2-12, R23).

    Efficiency: (H ÷ eH) ÷ (H ÷ eH + P ÷ eP). Energy content: H ÷ (H + P). Work potential: the
    stated available work of the heat ÷ (that work + P).
    """
    heat = chp.heat.value * chp.heat.unit.size
    power = chp.power.value * chp.power.unit.size
    words = f"CHP heat {chp.heat}, power {chp.power}"
    if chp.method == "efficiency":
        assert chp.heat_efficiency
        assert chp.power_efficiency
        heat, power = heat / chp.heat_efficiency, power / chp.power_efficiency
        words += f" at {significant(chp.heat_efficiency * 100)} %"
        words += f" and {significant(chp.power_efficiency * 100)} %"
    elif chp.method == "work_potential":
        assert chp.heat_work is not None
        heat = chp.heat_work.value * chp.heat_work.unit.size
        words += f", work of the heat {chp.heat_work}"
    method = chp.method.replace("_", " ")
    return heat / (heat + power), cited(f"share by {method}: {words}", chp.evidence)


def chp_factor(name: str, chp: Chp, category: str, location: Location) -> Factor:
    """The plant's emissions per its heat; the heat's share is a step of the line."""
    per = Unit(str(chp.heat), "J", chp.heat.value * chp.heat.unit.size)
    gases = {
        gas: GasValue(Quantity(mass.number, mass_of(mass.unit)))
        for gas, mass in chp.emissions.items()
    }
    return Factor(
        pack=stated_pack(),
        id=name,
        name=f"CHP plant of {name}",
        categories=frozenset({category}),
        per=per,
        gases=gases,
        locator="; ".join(chp.evidence),
        location=location,
    )


class _Keys(Protocol):
    chp: Chp | None


def _expand(amount: PerUnit, keys: _Keys, _: FactorCatalog) -> tuple[PerUnit, ...]:
    if keys.chp is None:
        return (amount,)
    share, words = heat_share(keys.chp)
    after = amount.after or amount.unit
    step = Step(share, f"{in_full(share * 100)} %", after.text, words)
    return (amount._replace(steps=(*amount.steps, step), after=after),)


CHP = Method("chp", ("chp",), ("purchased_heat", "purchased_steam"), expand=_expand, prices=True)
