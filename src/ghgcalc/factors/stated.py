"""Values stated in the company file (`emission_rate:`) as factors of their own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ghgcalc.core.gas_units import one_unit, split_rate
from ghgcalc.core.numbers import exact_decimal
from ghgcalc.core.units import Quantity, Unit, mass_of, parse_unit, ratio
from ghgcalc.factors.model import Evidence, Factor, GasValue, PackHeader, PackInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ghgcalc.core.diagnostics import Location


@cache
def stated_pack() -> PackInfo:
    """The pack that values of the company file itself belong to."""
    header = PackHeader(pack="stated", title="stated in the company file")
    return PackInfo(header, True, "", "")


def stated_factor(
    name: str,
    rates: Mapping[str, Quantity],
    category: str,
    location: Location,
    *,
    fuel: str | None = None,
    gwp_set: str | None = None,
    source: str = "",
) -> Factor:
    """A factor from an `emission_rate:` block; every gas is brought to the first one's unit.

    Raises:
        UnitError: `unit-mismatch` when a rate is not mass per unit, or the units differ in kind;
            `basis-mismatch` when their heating values differ.
    """
    for _, slip in one_unit(rates):
        raise slip
    per: Unit | None = None
    gases: dict[str, GasValue] = {}
    for gas, rate in rates.items():
        mass, unit = split_rate(rate)
        if per is None:
            per = unit
        as_co2e = mass.unit.dimension == "kgCO2e" and gas != "CO2e"
        amount = Quantity(mass.number, mass_of(mass.unit))
        gases[gas] = GasValue(_brought(amount, unit, per), as_co2e)
    assert per is not None, "an emission rate has at least one gas"
    return Factor(
        pack=stated_pack(),
        id=name,
        name=f"rate stated for {name}",
        categories=frozenset({category}),
        per=per,
        gases=gases,
        fuel=fuel,
        gwp_set=gwp_set,
        locator=source or str(location),
        evidence=Evidence(),
        location=location,
    )


def _brought(amount: Quantity, unit: Unit, per: Unit) -> Quantity:
    """The amount per `per` that equals `amount` per `unit`, in a unit whose text says so."""
    scale = ratio(per, unit)
    if scale == 1:
        return amount
    try:
        return Quantity(exact_decimal(amount.value * scale), amount.unit)
    except ValueError:  # no finite decimals: the ratio goes into the unit
        return Quantity(amount.number, parse_unit(f"{amount.unit.text}·{per.text}/{unit.text}"))
