"""Values stated in the company file (`emission_rate:`) as factors of their own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ghgcalc.factors.model import Evidence, Factor, GasValue, PackHeader, PackInfo
from ghgcalc.numbers import exact_decimal
from ghgcalc.units import Quantity, Unit, UnitError, dimension_label, mass_of, parse_unit, ratio

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ghgcalc.diagnostics import Location

_MASS = {"kg": False, "kgCO2e": True}


@cache
def stated_pack() -> PackInfo:
    """The pack that values of the company file itself belong to."""
    header = PackHeader(pack="stated", title="stated in the company file")
    return PackInfo(header, True, -1, "", "")


def split_rate(rate: Quantity) -> tuple[Quantity, Unit]:
    """Split `2.66 kgCO2e/L` into the mass `2.66 kgCO2e` and the unit `L` (with its basis).

    Raises:
        UnitError: `unit-mismatch` when it is not a mass per something.
    """
    above, slash, below = rate.unit.text.partition("/")
    if slash:
        mass = parse_unit(above.strip())
        if mass.dimension in _MASS:
            per = parse_unit(below.strip())  # an own unit may have a heating value of its own
            basis = rate.unit.basis or per.basis
            return Quantity(rate.number, mass), per._replace(basis=basis)
    raise UnitError(
        "unit-mismatch",
        f"`{rate}` is {dimension_label(rate.unit.dimension)}, not a gas mass per unit",
        "write a rate such as `2.66 kg/L`",
    )


def one_unit(rates: Mapping[str, Quantity]) -> Iterator[tuple[str, UnitError]]:
    """The gases whose rates are not per the kind of unit, or the heating value, of the first one.

    Rates that are no mass per unit are left to `split_rate`.
    """
    first: tuple[str, Unit] | None = None
    for gas, rate in rates.items():
        try:
            per = split_rate(rate)[1]
        except UnitError:
            continue
        if first is None:
            first = gas, per
            continue
        named, wanted = first
        text = f"the rate of `{gas}` is per {per}, that of `{named}` per {wanted}"
        if per.dimension != wanted.dimension:
            hint = "state all gases per the same kind of unit"
            yield gas, UnitError("unit-mismatch", text, hint)
        elif per.basis != wanted.basis:
            hint = "state all gases of a rate on one heating value, net or gross, each with it"
            yield gas, UnitError("basis-mismatch", text, hint)


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
        as_co2e = _MASS[mass.unit.dimension] and gas != "CO2e"
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
