"""Checks of contractual instruments that need no arithmetic (S2-10, S2-07)."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.company.checks.names import unknown_facility
from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.units import dimension_label, ratio

if TYPE_CHECKING:
    from ghgcalc.company.company import Company

_BIOMASS = re.compile(r"bio|wood|landfill|biogas", re.IGNORECASE)


def check_instrument_facilities(company: Company) -> list[Diagnostic]:
    """Instruments name facilities that exist."""
    found: list[Diagnostic] = []
    for name, instrument in company.instruments.items():
        for index, facility in enumerate(instrument.facilities or ()):
            if not company.defines("facilities", facility):
                where = company.document.locate(("instruments", name, "facilities", index))
                found.append(
                    unknown_facility(facility, company.facilities, where, f"instrument `{name}`")
                )
    return found


# certificates are matched over the reporting year, whatever the days of generation
CERTIFICATES = frozenset({"GEC", "GO", "REGO", "REC", "I-REC", "J-Credit", "LGC", "EAC"})


def check_supplied(company: Company) -> list[Diagnostic]:
    """Contracts and tariffs have days of supply; certificates have none."""
    return [
        Diagnostic(
            "conflicting-keys",
            f"`supplied` of `{name}` speaks of a contract or tariff; a {instrument.type} is matched"
            " over its reporting year",
            company.document.locate(("instruments", name, "supplied")),
            hint="remove `supplied:`, or state the type of the contract",
        )
        for name, instrument in company.instruments.items()
        if instrument.supplied is not None and instrument.type in CERTIFICATES
    ]


def check_allocations(company: Company) -> list[Diagnostic]:
    """An explicit `allocate:` names known facilities and gives away no more than the volume."""
    found: list[Diagnostic] = []
    for name, instrument in company.instruments.items():
        spent = Fraction(0)
        for facility, amount in (instrument.allocate or {}).items():
            where = company.document.locate(("instruments", name, "allocate", facility))
            if not company.defines("facilities", facility):
                found.append(
                    unknown_facility(facility, company.facilities, where, f"instrument `{name}`")
                )
            spent += amount.value * ratio(amount.unit, instrument.volume.unit)
        if spent > instrument.volume.value:
            found.append(
                Diagnostic(
                    "over-allocated",
                    f"`allocate` of `{name}` gives away more than its {instrument.volume}",
                    company.document.locate(("instruments", name, "allocate"), key=True),
                    hint="lower the volumes to the instrument's own",
                )
            )
    return found


def check_instrument_rates(company: Company) -> list[Diagnostic]:
    """Rates are gas mass per energy; a biomass instrument states CH4 and N2O (S2-07)."""
    found: list[Diagnostic] = []
    for name, instrument in company.instruments.items():
        for gas, rate in instrument.emission_rate.items():
            if rate.unit.dimension not in ("kg/J", "kgCO2e/J"):
                where = company.document.locate(("instruments", name, "emission_rate", gas))
                found.append(
                    Diagnostic(
                        "unit-mismatch",
                        f"rate of `{gas}` in `{name}` is "
                        f"{dimension_label(rate.unit.dimension)}, not mass per energy",
                        where,
                        hint="write a mass per energy: `… kg/MWh`",
                    )
                )
        biomass = bool(_BIOMASS.search(instrument.technology or ""))
        rates = instrument.emission_rate
        if biomass and not all(gas in rates and rates[gas].number for gas in ("CH4", "N2O")):
            found.append(
                Diagnostic(
                    "biomass-rate",
                    f"biomass instrument `{name}` states no CH4 and N2O",
                    company.document.locate(("instruments", name, "emission_rate"), key=True),
                    hint="biomass power is not zero: state `CH4` and `N2O`, CO2 as `CO2_biogenic`",
                )
            )
    return found
