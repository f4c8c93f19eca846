"""Steam, cold, losses and CHP as printed steps before the factor (R22, R23, R24, R25).

Steam in tonnes becomes GJ by its enthalpy; cold becomes the power of its chiller; delivered
power becomes what the grid lost on the way; heat or power of a CHP plant takes its share of the
plant's emissions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ghgcalc.core.numbers import in_full, significant
from ghgcalc.core.step import Step
from ghgcalc.core.units import Quantity, Unit, mass_of, parse_unit, ratio
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.factors.model import Factor, GasValue
from ghgcalc.factors.stated import stated_pack
from ghgcalc.methods.steam_table import look_up, refused

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.company.activity import Activity
    from ghgcalc.company.table import Item
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.methods.energy_keys import Chp, SteamState

KILOJOULE = 1000  # J


@dataclass(frozen=True, slots=True)
class EnergyForm:
    """Steps before the factor, the unit after them, and the MWh of one unit where it is a mass."""

    steps: tuple[Step, ...]
    after: Unit
    mwh: Fraction | None = None


def energy_form(activity: Activity | Item, unit: Unit, catalog: FactorCatalog) -> EnergyForm | None:
    """The steps of an energy line; None for a line that needs none.

    Raises:
        ConversionError: `unit-mismatch` where a mass or an energy was needed, `bad-steam-state`.
    """
    if activity.steam_state is not None:
        form = _steam(activity.steam_state, unit, catalog)
    else:
        form = EnergyForm((), unit)
    if activity.cop is not None:
        _energy(unit, "cop")
        form = EnergyForm((_cold(activity.cop, unit),), unit)
    if activity.losses is not None:
        _energy(unit, "losses")
        rate = activity.losses.rate
        shown = f"{in_full(rate * 100)} %"
        if activity.losses.of == "generation":
            value, text = rate / (1 - rate), f"{shown} ÷ (100 % − {shown})"
        else:
            value, text = rate, shown
        cited = _cited(f"grid losses of {activity.losses.of}", activity.losses.evidence)
        form = EnergyForm((Step(value, text, unit.text, cited),), unit)
    if activity.chp is not None:
        share, words = heat_share(activity.chp)
        step = Step(share, f"{in_full(share * 100)} %", form.after.text, words)
        form = EnergyForm((*form.steps, step), form.after, form.mwh)
    return form if form.steps else None


def _energy(unit: Unit, key: str) -> None:
    if unit.dimension != "J":
        raise ConversionError(
            "unit-mismatch",
            f"`{key}` beside a quantity in {unit.text}, no energy",
            "state an energy",
        )


def _cold(cop: Fraction, unit: Unit) -> Step:
    return Step(1 / cop, f"÷ {in_full(cop)}", unit.text, "coefficient of performance: power")


def _cited(text: str, evidence: tuple[str, ...]) -> str:
    return f"{text} ({', '.join(evidence)})" if evidence else text


def _steam(state: SteamState, unit: Unit, catalog: FactorCatalog) -> EnergyForm:
    if unit.dimension != "kg":
        raise ConversionError(
            "conflicting-keys",
            f"`steam_state` beside a quantity in {unit.text}, which is no mass",
            "remove `steam_state`, or write tonnes of steam",
        )
    gigajoule = parse_unit("GJ")
    where = " ".join(word for word in (state.pressure, state.temperature) if word)
    source, ref = f"enthalpy of the steam{', ' + where if where else ''}", ""
    if state.enthalpy is not None:
        net = state.enthalpy.value * state.enthalpy.unit.size
        text = str(state.enthalpy)
    else:
        found = look_up(catalog, state)
        net = found.value * KILOJOULE
        text = f"{in_full(found.value)} kJ/kg"
        source, ref = f"{source}: {found.source}", found.ref
    if state.returned is not None:
        net -= state.gone
        text = f"({text} − {state.returned})"
    if net <= 0:
        raise refused(f"the enthalpy {text} is not above what returns", "correct `returned:`")
    value = net * unit.size / gigajoule.size
    step = Step(value, text, gigajoule.text, _cited(source, state.evidence), ref)
    return EnergyForm((step,), gigajoule, value * ratio(gigajoule, parse_unit("MWh")))


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
    return heat / (heat + power), _cited(f"share by {method}: {words}", chp.evidence)


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
