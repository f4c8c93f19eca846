"""Bad rows that the company file accepts with a reason: warnings instead of errors (promise 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.activity_data.tables.places import Places
    from ghgcalc.activity_data.tables.sums import TableSums

# these do not reject their row: leaving it out would change a sum that was read
_NOT_REJECTING = frozenset({
    "duplicate-row", "calendar-gap", "calendar-overlap", "trailing-delimiter", "header-elsewhere",
    "equal-rows", "rising-quantities", "decimal-sign-doubtful", "subtotal-row",
    "estimate-and-actual", "nested-rows", "bill-twice", "replaces-unclear", "sum-of-others",
    "column-passed-over", "running-total", "number-format",
})  # fmt: skip


def accept_rejected(
    found: Iterable[Diagnostic], places: Places, result: TableSums
) -> tuple[list[Diagnostic], str]:
    """Weigh the findings of bad rows by the table's `accept_rejected:`.

    Returns:
        The findings, and the sentence for every report; empty where nothing is accepted.
    """
    rule, found = places.table.accept_rejected, list(found)
    if rule is None:
        return found, ""
    matching = [
        item
        for item in found
        if item.code not in _NOT_REJECTING and (not rule.codes or item.code in rule.codes)
    ]
    where = places.at("accept_rejected")
    if not matching:
        message = f"no row of table `{places.name}` is rejected as `accept_rejected` describes"
        unused = Diagnostic("accept-unused", message, where, hint="remove `accept_rejected:`",
                            severity=Severity.WARNING)  # fmt: skip
        return [*found, unused], ""
    rows = f"{result.rows_rejected:,} of {result.rows_read:,} rows"
    if rule.at_most is not None and result.rows_rejected > rule.at_most:
        message = f"table `{places.name}` rejects {rows}; `at_most` accepts {rule.at_most:,}"
        hint = "correct the rows, or raise `at_most:` knowingly"
        return [*found, Diagnostic("rows-rejected", message, where, hint=hint)], ""
    kept = [
        replace(item, severity=Severity.WARNING, notes=(*item.notes, f"accepted: {rule.reason}"))
        if item in matching
        else item
        for item in found
    ]
    said = f"table `{places.name}`: {rows} are rejected and left out: {rule.reason}"
    hint = "correct the rows when you can, then remove `accept_rejected:`"
    told = Diagnostic("rows-rejected", said, where, hint=hint, severity=Severity.WARNING)
    return [*kept, told], said
