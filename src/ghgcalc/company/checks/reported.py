"""Checks of `reported:` lines: another party's statement needs scope, method and unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.numbers import exact_decimal
from ghgcalc.core.units import parse_unit
from ghgcalc.core.vocabulary.categories import CATEGORIES

if TYPE_CHECKING:
    from ghgcalc.company.activity import Activity
    from ghgcalc.company.company import Company
    from ghgcalc.core.units import Quantity


def check_reported(company: Company, name: str, activity: Activity) -> list[Diagnostic]:
    """Findings of a line without category, or with `reported:`."""
    if activity.reported is None:
        return [
            _finding(company, name, None, "missing-key", "has no `category`", "add `category:`")
        ]
    found = _amount(company, name, activity)
    found += _scope(company, name, activity)
    scope, category = activity.scope, activity.category
    natural = CATEGORIES[category].scope if category is not None else None
    if 2 in (scope, natural) and activity.method is None:
        hint = "add `method: location_based` or `method: market_based`, one line for each"
        text = "reports scope 2 without its method"
        found.append(_finding(company, name, "method", "missing-key", text, hint))
    return found


def _amount(company: Company, name: str, activity: Activity) -> list[Diagnostic]:
    reported = activity.reported
    assert reported is not None
    found: list[Diagnostic] = []
    if reported.unit.dimension != "kgCO2e":
        text = f"reports {reported.unit}, not CO2e"
        hint = _as_co2e(reported)
        found.append(_finding(company, name, "reported", "unit-mismatch", text, hint))
    if reported.number < 0 and activity.corrects is None:
        hint = "gross means gross: removals and credits stand apart"
        text = "reports a negative amount"
        found.append(_finding(company, name, "reported", "negative-quantity", text, hint))
    return found


def _as_co2e(reported: Quantity) -> str:
    """A mass is the same amount of CO2e where CO2e is asked; nothing else is."""
    if reported.unit.dimension != "kg":
        return f"state an amount of CO2e; what was used is `quantity: {reported}`"
    same = [name for name in ("kgCO2e", "tCO2e", "ktCO2e", "MtCO2e", "gCO2e")
            if parse_unit(name).size == reported.unit.size]  # fmt: skip
    if same:
        return f"write `{reported.number:f} {same[0]}`"
    return f"write `{exact_decimal(reported.value * reported.unit.size):f} kgCO2e`"


def _scope(company: Company, name: str, activity: Activity) -> list[Diagnostic]:
    scope, category = activity.scope, activity.category
    if scope is None:
        if category is not None:
            return []
        text, hint = "has neither category nor scope", "add `scope:` or `category:`"
        return [_finding(company, name, None, "missing-key", text, hint)]
    if scope not in (1, 2, 3):
        text = f"names scope `{scope}`, which does not exist"
        return [_finding(company, name, "scope", "unknown-value", text, "write 1, 2 or 3")]
    if category is None:
        if scope != 3:
            return []
        text, hint = "is scope 3 and names no category", "add `category:`"
        return [_finding(company, name, None, "missing-key", text, hint)]
    natural = CATEGORIES[category].scope
    if natural == scope:
        return []
    text = f"says scope {scope}, but `{category}` belongs to scope {natural}"
    hint = f"write `scope: {natural}` or drop it"
    return [_finding(company, name, "scope", "conflicting-keys", text, hint)]


def _finding(
    company: Company, name: str, key: str | None, code: str, text: str, hint: str
) -> Diagnostic:
    path = ("activities", name) if key is None else ("activities", name, key)
    where = company.document.locate(path, key=key is None)
    return Diagnostic(code, f"activity `{name}` {text}", where, hint=hint)
