"""Checks of what compares years: renamed ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.checks.names import near_hint
from ghgcalc.diagnostics import Diagnostic
from ghgcalc.source import Map

if TYPE_CHECKING:
    from ghgcalc.model.company import Company


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
