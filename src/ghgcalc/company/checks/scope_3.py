"""Checks of `scope_3:`: the facilities and the regions that it names exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.company.checks.names import unknown_facility
from ghgcalc.core.diagnostics import Diagnostic

if TYPE_CHECKING:
    from ghgcalc.company.company import Company


def check_scope_3(company: Company) -> list[Diagnostic]:
    """What is said of category 3 names facilities, and regions that some facility lies in."""
    said = company.scope_3.fuel_and_energy_related if company.scope_3 is not None else None
    if said is None:
        return []
    path = ("scope_3", "fuel_and_energy_related")
    locate = company.document.locate
    found = [
        unknown_facility(
            name, company.facilities, locate((*path, "facilities", name), key=True), "`scope_3`"
        )
        for name in said.facilities
        if not company.defines("facilities", name)
    ]
    places = (place for facility in company.facilities.values()
              for place in (facility.country, facility.region, facility.grid))  # fmt: skip
    known = sorted({place for place in places if place})
    found += [
        Diagnostic(
            "unknown-value",
            f"no facility lies in `{region}`, whose losses are stated",
            locate((*path, "losses", region), key=True),
            hint=f"countries, regions and grids of the facilities: {', '.join(known) or 'none'}",
        )
        for region in said.losses
        if region not in known
    ]
    return found
