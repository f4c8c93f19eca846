"""The units of what is stated of gases: a mass, or a mass per something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.units import Quantity, Unit, UnitError, dimension_label, parse_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MASSES = ("kg", "kgCO2e")  # dimensions: of a gas, and of its CO2e


def split_rate(rate: Quantity) -> tuple[Quantity, Unit]:
    """Split `2.66 kgCO2e/L` into the mass `2.66 kgCO2e` and the unit `L` (with its basis).

    Raises:
        UnitError: `unit-mismatch` when it is not a mass per something.
    """
    above, slash, below = rate.unit.text.partition("/")
    if slash:
        mass = parse_unit(above.strip())
        if mass.dimension in MASSES:
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
