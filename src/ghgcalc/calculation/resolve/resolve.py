"""Choose one factor per distinct key, with the reason and what was rejected (DESIGN §5).

Candidates pass category, fuel or item, kind, lifecycle, qualifiers; then region, year, basis,
GWP set and conversion are judged (`admit`), each departure needing an `accept:` entry. What is
left is put in order (`order`); two left is an error.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING

from ghgcalc.calculation.conversion import node
from ghgcalc.calculation.heating_values import LINE
from ghgcalc.calculation.resolve.candidates import (
    Choice,
    Question,
    Refusal,
    Resolved,
    Unresolved,
    comparable,
    lock_key,
)
from ghgcalc.calculation.resolve.judge import Admission
from ghgcalc.calculation.resolve.locked import from_lock
from ghgcalc.calculation.resolve.order import at_home, here, in_order, other_vehicle, why, why_not
from ghgcalc.calculation.resolve.passed import passed_over
from ghgcalc.calculation.resolve.stated_properties import not_offered, not_used, unheard
from ghgcalc.calculation.resolve.ties import tie
from ghgcalc.calculation.resolve.unresolved import Explanation
from ghgcalc.calculation.results.plan import Rejected, Resolution
from ghgcalc.company.gaps import EVERYTHING

if TYPE_CHECKING:
    from ghgcalc.calculation.lock.model import Sections
    from ghgcalc.company.gaps import AcceptBook
    from ghgcalc.core.period import Span
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.factors.model import Factor


@dataclass(slots=True)
class Resolver:
    """Resolves needs against a catalogue and remembers the answers."""

    catalog: FactorCatalog
    accept: AcceptBook
    gwp_set: str
    cache: dict[tuple[Question, Span], Resolved | Unresolved | None] = field(default_factory=dict)
    lock: Sections | None = None

    @property
    def admission(self) -> Admission:
        """What judges single candidates."""
        return Admission(self.catalog, self.accept, self.gwp_set)

    def resolve(
        self, need: Question, days: Span, *, optional: bool = False
    ) -> Resolved | Unresolved | None:
        """Choose the factor for a need.

        None only where `optional` and no pack of the file has such a factor for the region; one
        that exists and is refused (an earlier year not accepted) stays a problem.
        """
        key = (need, days)
        if key not in self.cache:
            fresh = self._resolve(need, days)
            if isinstance(fresh, Resolved):
                fresh.resolution = replace(fresh.resolution, asked=lock_key(need))
            self.cache[key] = (
                fresh if self.lock is None else self._locked(self.lock, need, days, fresh)
            )
        answer = self.cache[key]
        if optional and isinstance(answer, Unresolved) and answer.absent:
            return None
        return answer

    def _locked(
        self, lock: Sections, need: Question, days: Span, fresh: Resolved | Unresolved
    ) -> Resolved | Unresolved:
        return from_lock(self.admission, lock, need, days, fresh)

    def _resolve(self, need: Question, days: Span) -> Resolved | Unresolved:
        if need.pin is not None:
            return self._pinned(need, days)
        candidates = comparable(need, self.catalog)
        admissible, refused = self._judged(need, candidates, days)
        if not admissible:
            return Explanation(self.admission, need, days).problem(refused)
        odd = self._unheard(need, candidates, admissible, days)
        if odd is not None:
            return odd
        ranked = in_order(need, admissible)
        chosen = ranked[0].choice
        best = [each.choice for each in ranked if each.rank == ranked[0].rank]
        best += [each.choice for each in ranked if other_vehicle(need, each.choice, chosen)]
        if len(best) > 1:
            return tie(need, best)
        left = not_used(need, chosen, admissible, partial(at_home, need))
        if left is not None:
            return left
        others = [Rejected(r.choice.factor.ref, why_not(need, r, ranked[0])) for r in ranked[1:]]
        others += [Rejected(f.ref, r.text) for f, r in sorted(refused, key=lambda p: p[0].ref)]
        published = [r.choice.factor for r in ranked[1:] if not r.choice.factor.pack.own]
        alternative = published[0] if chosen.factor.pack.own and published else None
        resolution = Resolution(
            chosen.factor, why(need, chosen), chosen.gaps, tuple(others), alternative,
            passed=passed_over(need, ranked),
        )  # fmt: skip
        return Resolved(resolution, chosen.conversion)

    def _judged(
        self, need: Question, candidates: list[Factor], days: Span
    ) -> tuple[list[Choice], list[tuple[Factor, Refusal]]]:
        """The admissible candidates, and the others with their reasons.

        Rows in the line's own kind of unit put aside those of the same pack and place in others,
        but where the line states a property that only these could use.
        """
        admissible: list[Choice] = []
        refused: list[tuple[Factor, Refusal]] = []
        settled: set[tuple[str, str, str | None]] = set()
        measured = any(edge.tier == LINE for edge in need.edges)
        for factor in sorted(candidates, key=lambda f: node(f.per) != node(need.unit)):
            place = (factor.pack.id, factor.region, factor.kind)
            if place in settled and node(factor.per) != node(need.unit):
                refused.append((factor, Refusal("another row of the pack has the line's unit", 0)))
                continue
            verdict = self.admission.judge(need, factor, days)
            if isinstance(verdict, Refusal):
                refused.append((factor, verdict))
                continue
            if verdict.conversion.direct and not verdict.gaps and not measured:
                settled.add(place)
            admissible.append(verdict)
        return admissible, refused

    def _unheard(
        self, need: Question, candidates: list[Factor], admissible: list[Choice], days: Span
    ) -> Unresolved | None:
        """A word of the line that no candidate of its place and year has, whatever it departs in.

        Rows without the word would else serve a line that asks for another thing.
        """
        if unheard(need, (choice.factor for choice in admissible), need.stated) is None:
            return None
        judge = Admission(self.catalog, EVERYTHING, self.gwp_set).judge
        rows = [
            factor
            for factor in candidates
            if here(need, factor) and isinstance(judge(need, factor, days, pinned=True), Choice)
        ]
        rows += [choice.factor for choice in admissible if choice.factor not in rows]
        name = unheard(need, rows, need.stated)
        return None if name is None else not_offered(need, rows, name)

    def _pinned(self, need: Question, days: Span) -> Resolved | Unresolved:
        assert need.pin is not None
        factor = self.catalog.pinned(need.pin)
        if factor is None:
            refs = self.catalog.refs()
            near = get_close_matches(need.pin, refs, n=2, cutoff=0.5)
            hint = (
                "did you mean " + " or ".join(f"`{n}`" for n in near) + "?"
                if near
                else ("name the pack under `factor_packs` and the id as `pack/id`")
            )
            return Unresolved(
                "unknown-factor",
                f"{{line}} pins `{need.pin}`, which is not in the packs of this file",
                (),
                hint,
            )
        verdict = self.admission.judge(need, factor, days, pinned=True)
        if isinstance(verdict, Refusal):
            return Explanation(self.admission, need, days).pinned(factor, verdict)
        left = not_used(need, verdict, (), partial(at_home, need))
        if left is not None:
            return left
        chosen = "pinned"
        if need.category not in factor.categories:
            printed = ", ".join(sorted(factor.categories)).replace("_", " ")
            chosen = f"pinned: an average vehicle, printed for {printed}"
        return Resolved(Resolution(factor, chosen, verdict.gaps), verdict.conversion)
