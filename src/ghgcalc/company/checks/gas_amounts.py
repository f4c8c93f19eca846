"""Checks of what is stated of gases: the mass of the gas itself, rates in one kind of unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.gas_units import check_mass_of, one_unit
from ghgcalc.core.units import Quantity, UnitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ghgcalc.company.company import Company
    from ghgcalc.core.text.document import KeyPath

    Stated = tuple[KeyPath, str, Mapping[str, Quantity]]  # where, whose, by gas


def stated_rates(company: Company) -> Iterator[Stated]:
    """Every `emission_rate:` of the file: of lines, items, instruments and suppliers."""
    for name, activity in company.activities.items():
        if activity.emission_rate is not None:
            yield ("activities", name, "emission_rate"), name, activity.emission_rate
    for name, table in company.tables.items():
        for text, item in table.items.items():
            if item.emission_rate is not None:
                path: KeyPath = ("tables", name, "items", text, "emission_rate")
                yield path, f"{name}/{text}", item.emission_rate
    for name, instrument in company.instruments.items():
        yield ("instruments", name, "emission_rate"), name, instrument.emission_rate
    for name, supplier in company.suppliers.items():
        for period, rate in supplier.rates.items():
            path = ("suppliers", name, "rates", period, "emission_rate")
            yield path, name, rate.emission_rate


def stated_masses(company: Company) -> Iterator[tuple[KeyPath, str, str, Quantity]]:
    """Every mass of a gas that the file states: where, whose, the gas, the mass."""
    for name, activity in company.activities.items():
        path: KeyPath = ("activities", name)
        for gas, mass in (activity.gas_masses or {}).items():
            yield (*path, "gas_masses", gas), name, gas, mass
        if activity.gas is not None:
            if activity.quantity is not None:
                yield (*path, "quantity"), name, activity.gas, activity.quantity
            for key in ("mass_balance", "service_balance", "leakage"):
                for term, mass in getattr(activity, key) or ():
                    if isinstance(mass, Quantity):
                        yield (*path, key, term), name, activity.gas, mass
        if activity.chp is not None:
            for gas, mass in activity.chp.emissions.items():
                yield (*path, "chp", "emissions", gas), name, gas, mass
    for name, table in company.tables.items():
        for text, item in table.items.items():
            for gas, mass in (item.chp.emissions if item.chp else {}).items():
                path = ("tables", name, "items", text, "chp", "emissions", gas)
                yield path, f"{name}/{text}", gas, mass
    for path, name, rates in stated_rates(company):
        for gas, rate in rates.items():
            yield (*path, gas), name, gas, rate


def check_gas_amounts(company: Company) -> list[Diagnostic]:
    """Masses are of the gas itself; all gases of a rate are per one unit, on one heating value."""
    found = _units(company)
    for path, name, gas, mass in stated_masses(company):
        try:
            check_mass_of(gas, mass.unit)
        except UnitError as slip:
            if path[0] in ("activities", "tables"):
                company.faulty.add(name)
            found.append(_placed(company, path, name, slip))
    return found


def _units(company: Company) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for path, name, rates in stated_rates(company):
        slips = list(one_unit(rates))
        if path[0] == "instruments":  # that their rates are per energy is another check's
            slips = [slip for slip in slips if slip[1].code != "unit-mismatch"]
        if slips and path[0] in ("activities", "tables"):
            company.faulty.add(name)
        found.extend(_placed(company, (*path, gas), name, slip) for gas, slip in slips)
    return found


def _placed(company: Company, path: KeyPath, name: str, slip: UnitError) -> Diagnostic:
    where = company.document.locate(path)
    return Diagnostic(slip.code, f"`{name}`: {slip.message}", where, hint=slip.hint)
