"""Checks that a line measures what its category counts: no MWh come of kWp, no litres of money."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghgcalc.company.table_units import PEAK, POWER
from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.units import dimension_label
from ghgcalc.core.vocabulary.dimensions import ENERGY, taken, takes

if TYPE_CHECKING:
    from ghgcalc.company.activity import Activity
    from ghgcalc.company.company import Company
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.units import Unit


def fits(activity: Activity) -> bool:
    """Whether the quantity of an activity is of a kind that its category takes."""
    quantity, category = activity.quantity, activity.category
    return quantity is None or category is None or takes(category, quantity.unit.dimension)


def check_dimension(company: Company, name: str, activity: Activity) -> list[Diagnostic]:
    """`unit-mismatch` of an activity that does not fit."""
    if fits(activity):
        return []
    assert activity.quantity is not None
    assert activity.category is not None
    where = company.document.locate(("activities", name, "quantity"))
    slip = mismatch(name, activity.category, activity.quantity.unit, where)
    span = company.span_of(activity.period)
    return [replace(slip, days=(span.first, span.last))]


def mismatch(name: str, category: str, unit: Unit, where: Location) -> Diagnostic:
    """`unit-mismatch` of what is measured in a unit that a category does not take."""
    kind = dimension_label(unit.dimension)
    shown = f"{unit} ({kind})" if kind != unit.text else str(unit)
    hint = f"state {taken(category)}"
    if unit.dimension == POWER and takes(category, ENERGY):
        hint += f"; {PEAK}"
    if unit.dimension == "kgCO2e":
        hint = "state another party's CO2e as `reported:`; " + hint
    return Diagnostic(
        "unit-mismatch",
        f"`{name}` is in {shown}, which is no activity data of {category}",
        where,
        hint=hint,
    )
