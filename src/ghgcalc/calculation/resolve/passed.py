"""Rows that the file's `accept:` entries admit and the order of choice passes over (DESIGN §5).

An entry permits and prefers nothing: a row without a gap goes first, be it of a wider region. What
is passed over so is told, for whoever wrote the entry meant the other row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.resolve.order import region_rank, why_not
from ghgcalc.calculation.results.plan import Passed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.calculation.resolve.candidates import Question
    from ghgcalc.calculation.resolve.order import Ranked


def passed_over(need: Question, ranked: Sequence[Ranked]) -> tuple[Passed, ...]:
    """Of each entry that only rows behind the first need, the first of these, in order of choice.

    And the first one that is nearer in region than what is taken, whatever entry it needs.
    """
    first = ranked[0]
    place = region_rank(need, first.choice.factor)
    open_ = {gap.entry for gap in first.choice.gaps}
    found: list[Passed] = []
    nearer_told = False
    for each in ranked[1:]:
        choice = each.choice
        entries = {gap.entry for gap in choice.gaps}
        beaten = each.rank[:2] == first.rank[:2] and each.rank.departs > first.rank.departs
        nearer = beaten and region_rank(need, choice.factor) < place
        if entries <= open_ and (nearer_told or not nearer):
            continue
        found.append(
            Passed(
                choice.factor, choice.conversion, choice.gaps, why_not(need, each, first), nearer
            )
        )
        open_ |= entries
        nearer_told = nearer_told or nearer
    return tuple(found)
