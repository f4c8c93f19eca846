"""The ids of the lines of a table: table, facility, item and segment, stable from run to run."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ghgcalc.activity_data.cut_dates import segment_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.tables.sums import KeyedSum
    from ghgcalc.company.company import Company


def line_ids(company: Company, name: str, sums: Sequence[KeyedSum]) -> list[str]:
    """The id of each sum's line: unit and supplier stand in it where they tell sums apart."""
    segments = {span: segment_name(company, span) for span in {entry.span for entry in sums}}
    plain = [f"{name}/{e.facility}/{e.item}/{segments[e.span]}" for e in sums]
    count = Counter(plain)
    if len(count) == len(plain):
        return plain
    return [
        line
        if count[line] == 1
        else "/".join(part for part in (line, entry.unit, entry.supplier) if part)
        for entry, line in zip(sums, plain, strict=True)
    ]
