"""The decision of the base year as JSON (schema `ghgcalc-base-year-1`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.version import __version__
from ghgcalc.render.json.text import indented, number, place

if TYPE_CHECKING:
    from ghgcalc.analysis.base_year import Decision
    from ghgcalc.render.style import Style


def base_year_json(decision: Decision) -> str:
    """Emissions, every change with its effect and running sum, shares, verdict."""
    changes = [
        {
            "date": str(effect.change.date), "kind": effect.change.kind,
            "description": effect.change.description, "location": place(effect.location),
            "effect_tco2e": number(effect.tonnes),
            "computed": effect.computed and effect.tonnes is not None,
            "remark": effect.why or None,
            "standing": effect.standing, "running_sum_tco2e": number(effect.running),
            "evidence": list(effect.change.evidence),
        }
        for effect in decision.effects
    ]  # fmt: skip
    stated = [
        {
            "period": item.period, "figure": item.figure, "boundary": item.boundary,
            "status": item.status, "stated_tco2e": number(item.stated),
            "computed_tco2e": number(item.computed), "reason": item.reason or None,
            "location": place(item.location),
        }
        for item in decision.stated
    ]  # fmt: skip
    scope_2 = [
        {"method": total.method, "tco2e": number(total.tonnes), "origin": total.origin}
        for total in decision.scope_2
    ]
    return indented(
        {
            "schema": "ghgcalc-base-year-1",
            "ghgcalc": __version__,
            "base_year": decision.year,
            "figure": decision.figure,
            "boundary": decision.boundary,
            "emissions_tco2e": number(decision.emissions),
            "emissions_origin": decision.origin,
            "threshold": number(decision.threshold),
            "changes": changes,
            "largest_share": number(decision.largest),
            "sum_share": number(decision.sum_share),
            "sizes_share": number(decision.gross),
            "recalculation_due": None if decision.undecided else decision.due,
            "undecided": list(decision.undecided),
            "restated_tco2e": number(decision.restated) if decision.due else None,
            "stated": stated,
            "scope_2": scope_2,
        }
    )


def json_form(decision: Decision, _: Style) -> str:
    """A decision of the base year in the format `json`."""
    return base_year_json(decision)
