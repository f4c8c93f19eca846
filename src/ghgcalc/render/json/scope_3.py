"""The standing of Scope 3 in the JSON: statuses, the screening, what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.core.vocabulary.scope_3_boundaries import MINIMUM
from ghgcalc.render.json.text import number

if TYPE_CHECKING:
    from ghgcalc.inventory.inventory import Inventory


def scope_3_records(inventory: Inventory) -> list[tuple[str, Any]]:
    """The keys `scope_3_status`, `scope_3_screening` and `scope_3_left_out`."""
    standing = inventory.scope_3
    screening, left = standing.screening, standing.left_out
    return [
        ("scope_3_status", [
            {
                "category": each.category, "number": CATEGORIES[each.category].number,
                "status": each.status, "stated": each.stated, "lines": each.lines,
                "tco2e": number(each.tonnes), "exclusion": each.exclusion,
                "justification": each.justification or None,
                "estimated_share": number(each.share),
                "estimate_tco2e": number(each.estimate),
                "screening_tco2e": number(each.screening),
                "minimum_boundary": MINIMUM[each.category].boundary,
                "optional": MINIMUM[each.category].optional or None,
            }
            for each in standing.categories
        ]),
        ("scope_3_screening", None if screening is None else {
            "date": str(screening.date), "method": screening.method,
            "evidence": list(screening.evidence), "citation": screening.citation,
        }),
        ("scope_3_left_out", None if left is None else {
            "tco2e": number(left.tonnes), "required_tco2e": number(left.required),
            "share": number(left.share),
        }),
    ]  # fmt: skip


def quality_record(inventory: Inventory, category: str) -> dict[str, Any]:
    """The scores of a category by indicator, with the share of its tonnes that has one."""
    return {
        name: {"score": number(score.mean), "share": number(score.share)}
        for name, score in inventory.data_quality.get(category, {}).items()
    }
