"""Checks of what is stated of gases: one unit and one heating value for all gases of a rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.diagnostics import Diagnostic
from ghgcalc.gas_units import one_unit
from ghgcalc.units import UnitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ghgcalc.load import KeyPath
    from ghgcalc.model.company import Company
    from ghgcalc.units import Quantity

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


def check_gas_amounts(company: Company) -> list[Diagnostic]:
    """All gases of a rate are stated per the same kind of unit, on the same heating value."""
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
