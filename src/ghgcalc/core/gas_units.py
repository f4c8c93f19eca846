"""The units of what is stated of gases: a mass, or a mass per something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghgcalc.core.gases import BIOGENIC, UNSPECIFIED, canonical_gas
from ghgcalc.core.units import Quantity, Unit, UnitError, dimension_label, own_units, parse_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MASSES = ("kg", "kgCO2e")  # dimensions: of a gas, and of its CO2e
CARBON = "C"  # the gas id of carbon in packs
_OF_CARBON = re.compile(r"(?<!\w)(?:kg|t) ?C(?!\w)")
_OF_CO2 = re.compile(r"(?<!\w)(?:kg|t) ?CO2(?!\w)")
_OWN_UNIT = re.compile(r"own_[a-z0-9_]+")
# mass of the molecule over that of its carbon, 12 g/mol
_OVER_CARBON = {"CO2": "44/12", BIOGENIC: "44/12", "CH4": "16/12"}


def check_mass_of(gas: str, unit: Unit) -> None:
    """Refuse the mass of another substance where that of a gas is asked.

    `tC` and `kgC` are masses of carbon, `tCO2` and `kgCO2` of CO2; a rate is judged by what stands
    above its stroke, an own unit by what it is.

    Raises:
        UnitError: `unit-mismatch`, with the factor between the two where it is known.
    """
    text = unit.text.partition("/")[0]
    if "C" not in text and "own_" not in text:
        return
    while (named := _OWN_UNIT.search(text)) and named[0] in own_units():
        own = own_units()[named[0]].unit.text.partition("/")[0]
        text = f"{text[: named.start()]} {own} {text[named.end() :]}"
    name = canonical_gas(gas, ("CO2",)) or gas
    if _OF_CARBON.search(text) and name != CARBON:
        times = _OVER_CARBON.get("CH4" if name.startswith("CH4_") else name)
        message = f"`{unit}` is a mass of carbon, not of {gas}"
        hint = f"state the mass of {gas}" + (f": that of its carbon × {times}" if times else "")
        raise UnitError("unit-mismatch", f"{message}: × {times}" if times else message, hint)
    if _OF_CO2.search(text) and name not in ("CO2", BIOGENIC):
        message = f"`{unit}` is a mass of CO2, not of {gas}"
        hint = f"state the mass of {gas} itself, in kg or t"
        if gas == UNSPECIFIED:
            hint = "state it under `CO2`, or the CO2e of all gases in kgCO2e or tCO2e"
        raise UnitError("unit-mismatch", message, hint)


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
        "write a mass per amount: `… kg/L`",
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
