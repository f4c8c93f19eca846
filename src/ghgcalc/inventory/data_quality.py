"""How good the data of Scope 3 are: mean scores by category, weighed by emissions (S3-08)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.plan_sums import PlanSums
from ghgcalc.core.numbers import ZERO
from ghgcalc.core.vocabulary.data_quality import INDICATORS, TIME, time_score

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import Plan


class Score(NamedTuple):
    """The mean score of an indicator, 1 very good to 4 poor, and the share of tonnes that has one.

    `mean` is None where no tonne has a score.
    """

    mean: Fraction | None
    share: Fraction | None


def data_quality(lines: Iterable[Line], year: int) -> dict[str, dict[str, Score]]:
    """The scores of each Scope 3 category that has a line, by indicator.

    Time is the stated score, else that of the year of the line's factor; the others as stated.
    Tonnes weigh by their size, so that one that is taken off weighs as one that is emitted.
    """
    sums: PlanSums[tuple[str, tuple[tuple[str, int], ...]]] = PlanSums()
    for line in lines:
        if line.scope == 3:
            said = tuple(sorted((line.quality or {}).items()))
            sums.add((line.category, said), line.location_based or line.market_based)
    whole: dict[str, Fraction] = {}
    found: dict[tuple[str, str], list[Fraction]] = {}
    for (category, said), plan, quantity in sums.items():
        size = abs(plan.tonnes * quantity)
        whole[category] = whole.get(category, ZERO) + size
        for indicator, score in {TIME: score_of_time(plan, year), **dict(said)}.items():
            held = found.setdefault((category, indicator), [ZERO, ZERO])
            held[0] += size
            held[1] += size * score
    return {
        category: {name: _score(found.get((category, name)), size) for name in INDICATORS}
        for category, size in whole.items()
    }


def score_of_time(plan: Plan, year: int) -> int:
    """The score of time by the year of a plan's factor."""
    factor = plan.resolution.factor
    return time_score(year, factor.year if factor is not None else None)


def _score(held: list[Fraction] | None, whole: Fraction) -> Score:
    if held is None or not whole:
        return Score(None, ZERO if whole else None)
    scored, weighed = held
    return Score(weighed / scored if scored else None, scored / whole)
