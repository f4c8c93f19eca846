"""Checks of `scope_3:`: the facilities that it names exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.company.checks.names import unknown_facility

if TYPE_CHECKING:
    from ghgcalc.company.company import Company
    from ghgcalc.core.diagnostics import Diagnostic


def check_scope_3(company: Company) -> list[Diagnostic]:
    """What is said of category 3 by facility names facilities that exist."""
    said = company.scope_3.fuel_and_energy_related if company.scope_3 is not None else None
    path = ("scope_3", "fuel_and_energy_related", "facilities")
    return [
        unknown_facility(
            name, company.facilities, company.document.locate((*path, name), key=True), "`scope_3`"
        )
        for name in (said.facilities if said is not None else ())
        if not company.defines("facilities", name)
    ]
