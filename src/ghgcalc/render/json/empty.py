"""The JSON of a period without activity data: `null` for each figure, which is not `0`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.core.period import parse_period_text
from ghgcalc.core.version import __version__
from ghgcalc.render.diagnostics import as_record
from ghgcalc.render.json.inventory import SCHEMA
from ghgcalc.render.json.text import written

if TYPE_CHECKING:
    from ghgcalc.render.filed import WithoutData
    from ghgcalc.render.style import Style

LISTS = (
    "by_scope", "by_category", "by_facility", "by_gas", "by_country", "by_month", "intensities",
    "lines", "factors", "instruments", "accepted", "expectations", "control_totals", "packs",
    "inputs", "notes",
)  # fmt: skip


def json_form(asked: WithoutData, _: Style) -> str:
    """The head of an inventory, null totals, empty lists and the findings that say why."""
    company = asked.company
    span = company.year.resolve(parse_period_text(asked.period))
    both: dict[str, Any] = dict.fromkeys((LOCATION, MARKET))
    return written(
        [
            ("schema", SCHEMA),
            ("ghgcalc", __version__),
            ("organization", company.organization.name),
            ("period", {"name": asked.period, "first": str(span.first), "last": str(span.last)}),
            ("boundary", asked.boundary),
            ("consolidation_approach",
             asked.approach or company.organization.consolidation_approach),
            ("gwp_set", asked.gwp_set),
            ("holds", False),
            ("totals", {
                "unit": "tCO2e", "scope_1": None, "scope_2": both, "scope_1_2": both,
                "scope_3": None, "all_scopes": both, "biogenic_co2": None,
                "not_evaluated": ["scope_1", "scope_2", "scope_3", "biogenic_co2"],
            }),
            *((key, []) for key in LISTS),
            ("energy", None),
            ("estimated", None),
            ("diagnostics", [as_record(item) for item in asked.diagnostics]),
        ]
    )  # fmt: skip
