"""Checks of what compares years: renamed ids, figures as published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.company.checks.names import near_hint
from ghgcalc.company.figure_names import ENERGY_FIGURES, FigureError, parse_figure
from ghgcalc.core.diagnostics import Diagnostic, Related
from ghgcalc.core.text.source import Map

if TYPE_CHECKING:
    from ghgcalc.company.base_year import Stated
    from ghgcalc.company.company import Company
    from ghgcalc.core.diagnostics import Location


def check_renames(company: Company) -> list[Diagnostic]:
    """A renamed id leads to an activity, table or facility that exists."""
    known: set[str] = set()
    for section in ("activities", "tables", "facilities"):
        node = company.document.root.get(section)
        known |= set(node) if isinstance(node, Map) else set()
    return [
        Diagnostic(
            "unknown-line",
            f"`renames:` leads from `{old}` to `{new}`, which is not defined",
            company.document.locate(("renames", old)),
            hint=near_hint(new, known, "write the id of an activity, table or facility"),
        )
        for old, new in company.renames.items()
        if new not in known and new.partition("/")[0] not in known
    ]


def check_stated(company: Company) -> list[Diagnostic]:
    """Published figures name a boundary that exists and are tonnes where they must be."""
    return [
        finding
        for index, item in company.stated.items()
        for finding in _stated(company, index, item)
    ]


def check_proxy(company: Company) -> list[Diagnostic]:
    """Nothing stands in for a market-based base year that is stated (R35)."""
    base = company.base_year
    if base is None or base.market_based_proxy is None:
        return []
    for index, item in company.stated.items():
        same = item.period.text == base.year and item.boundary == base.boundary
        if same and item.figure == "scope_2.market_based":
            return [
                Diagnostic(
                    "conflicting-keys",
                    "`market_based_proxy` beside a stated market-based base year",
                    company.document.locate(("base_year", "market_based_proxy"), key=True),
                    related=(Related(company.document.locate(("stated", index)), "stated here"),),
                    hint="remove one of them",
                )
            ]
    return []


def _stated(company: Company, index: int, item: Stated) -> list[Diagnostic]:
    def place(key: str) -> Location:
        return company.document.locate(("stated", index, key))

    found: list[Diagnostic] = []
    if item.boundary is not None and not company.defines("boundaries", item.boundary):
        text = f"boundary `{item.boundary}` is not defined"
        hint = near_hint(item.boundary, company.boundaries, "add it to `boundaries:`")
        found.append(Diagnostic("unknown-boundary", text, place("boundary"), hint=hint))
    if item.figure in ENERGY_FIGURES:
        return found
    try:
        figure = parse_figure(item.figure, company.metrics)
    except FigureError:  # `check_expectations` says it
        return found
    dimension = item.value.unit.dimension
    if figure.metric is None and dimension not in ("kg", "kgCO2e"):
        text = f"`{item.figure}` is stated in {item.value.unit}, not in tonnes"
        hint = "state it as a mass of CO2e"
        found.append(Diagnostic("unit-mismatch", text, place("value"), hint=hint))
    return found
