"""Checks of contractual instruments that need no arithmetic (S2-10, S2-07)."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from ghgcalc.checks.names import unknown_facility
from ghgcalc.diagnostics import Diagnostic, Span
from ghgcalc.units import dimension_label, ratio

if TYPE_CHECKING:
    from ghgcalc.model.company import Company

_BIOMASS = re.compile(r"bio|wood|landfill|biogas", re.IGNORECASE)
_TAIL = re.compile(r"^(.*?)(\d{1,40})$", re.ASCII)


def check_instrument_facilities(company: Company) -> list[Diagnostic]:
    """Instruments name facilities that exist."""
    found: list[Diagnostic] = []
    for name, instrument in company.instruments.items():
        for index, facility in enumerate(instrument.facilities or ()):
            if facility not in company.facilities:
                where = company.document.locate(("instruments", name, "facilities", index))
                found.append(
                    unknown_facility(facility, company.facilities, where, f"instrument `{name}`")
                )
    return found


def check_allocations(company: Company) -> list[Diagnostic]:
    """An explicit `allocate:` names known facilities and gives away no more than the volume."""
    found: list[Diagnostic] = []
    for name, instrument in company.instruments.items():
        spent = Fraction(0)
        for facility, amount in (instrument.allocate or {}).items():
            where = company.document.locate(("instruments", name, "allocate", facility))
            if facility not in company.facilities:
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
                        hint="write a rate such as `0 kg/MWh`",
                    )
                )
        biomass = bool(_BIOMASS.search(instrument.technology or ""))
        if biomass and not {"CH4", "N2O"} <= set(instrument.emission_rate):
            found.append(
                Diagnostic(
                    "biomass-rate",
                    f"biomass instrument `{name}` states no CH4 and N2O",
                    company.document.locate(("instruments", name, "emission_rate"), key=True),
                    hint="biomass power is not zero: state `CH4` and `N2O`, CO2 as `CO2_biogenic`",
                )
            )
    return found


def check_serials(company: Company) -> list[Diagnostic]:
    """Serial ranges are disjoint across all instruments and years (S2-10)."""
    ranges: list[tuple[str, int, int, str, int]] = []
    found: list[Diagnostic] = []
    for name, instrument in company.instruments.items():
        for index, serials in enumerate(instrument.serials):
            first, last = _TAIL.match(serials.first), _TAIL.match(serials.last)
            where = company.document.locate(("instruments", name, "serials", index))
            if not first or not last or first[1] != last[1] or int(first[2]) > int(last[2]):
                found.append(
                    Diagnostic(
                        "bad-serials",
                        f"serials {serials.first} … {serials.last} of `{name}` are not a range",
                        where,
                        hint="first and last share a prefix and end in digits",
                    )
                )
                continue
            registry = f"{instrument.registry or instrument.market}:{first[1]}"
            ranges.append((registry, int(first[2]), int(last[2]), name, index))
    ranges.sort()
    for before, after in pairwise(ranges):
        if before[0] == after[0] and after[1] <= before[2]:
            where = company.document.locate(("instruments", after[3], "serials", after[4]))
            other = company.document.locate(("instruments", before[3], "serials", before[4]))
            found.append(
                Diagnostic(
                    "double-counted-serials",
                    f"serials of `{after[3]}` overlap those of `{before[3]}`",
                    where,
                    related=(Span(other, "also here"),),
                    hint="one certificate covers one MWh once; remove the repeated range",
                )
            )
    return found
