"""Choose one factor per distinct key, with the reason and what was rejected (DESIGN §5).

Candidates pass category, fuel or item, kind, lifecycle, qualifiers; then region, year, basis,
GWP set and conversion are judged, each departure needing an `accept:` entry. Order of choice:
explicit pin; own packs; no gap before an accepted one; most specific region; pack order; two left
is an error.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING

from ghgcalc.accept import Asked
from ghgcalc.bridges import ConversionError, pack_edges
from ghgcalc.candidates import (
    Choice,
    Need,
    Problem,
    Refusal,
    Resolved,
    comparable,
    foreign_refusal,
    grouped_reasons,
    joined,
    kind_refusal,
    lifecycle_refusal,
    lock_key,
    matched_qualifiers,
    not_offered,
    on_offer,
    other_vehicle,
    qualifier_refusal,
    rank,
    region_rank,
    why,
    why_not,
    words,
)
from ghgcalc.convert import Conversion, find_conversion, is_fuel, node
from ghgcalc.diagnostics import Span
from ghgcalc.heating_values import pair_missing
from ghgcalc.model.categories import CATEGORIES
from ghgcalc.model.fuels import phase_of
from ghgcalc.model.line import Rejected, Resolution, UsedGap
from ghgcalc.ties import tie

if TYPE_CHECKING:
    from ghgcalc.accept import AcceptBook
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.factors.model import Factor
    from ghgcalc.locked import Sections
    from ghgcalc.model.period import Span as Days

_LEVELS = {"world": 0, "country": 1, "grid": 2, "province": 2}
_CONVERSION_CODES = frozenset(
    {"basis-missing", "unit-mismatch", "basis-mismatch", "ambiguous-property"}
)


@dataclass(slots=True)
class Resolver:
    """Resolves needs against a catalogue and remembers the answers."""

    catalog: FactorCatalog
    accept: AcceptBook
    gwp_set: str
    cache: dict[tuple[Need, Days], Resolved | Problem | None] = field(default_factory=dict)
    lock: Sections | None = None

    def resolve(
        self, need: Need, days: Days, *, optional: bool = False
    ) -> Resolved | Problem | None:
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
        if optional and isinstance(answer, Problem) and answer.absent:
            return None
        return answer

    def _locked(
        self, lock: Sections, need: Need, days: Days, fresh: Resolved | Problem
    ) -> Resolved | Problem:
        from ghgcalc.locked import from_lock

        return from_lock(self, lock, need, days, fresh)

    def _resolve(self, need: Need, days: Days) -> Resolved | Problem:
        if need.pin is not None:
            return self._pinned(need, days)
        candidates = comparable(need, self.catalog)
        admissible: list[Choice] = []
        refused: list[tuple[Factor, Refusal]] = []
        settled: set[tuple[str, str, str | None]] = set()
        for factor in sorted(candidates, key=lambda f: node(f.per) != node(need.unit)):
            place = (factor.pack.id, factor.region, factor.kind)
            if place in settled and node(factor.per) != node(need.unit):
                refused.append((factor, Refusal("another row of the pack has the line's unit", 0)))
                continue
            verdict = self._judge(need, factor, days)
            if isinstance(verdict, Choice) and verdict.conversion.direct and not verdict.gaps:
                settled.add(place)
            if isinstance(verdict, Refusal):
                refused.append((factor, verdict))
            else:
                admissible.append(verdict)
        if not admissible:
            return self._nothing(need, refused)
        admissible.sort(key=rank)
        best = [choice for choice in admissible if rank(choice) == rank(admissible[0])]
        best += [choice for choice in admissible if other_vehicle(need, choice, best[0])]
        if len(best) > 1:
            return tie(need, best)
        others = [Rejected(c.factor.ref, why_not(c, best[0])) for c in admissible[1:]]
        others += [Rejected(f.ref, r.text) for f, r in sorted(refused, key=lambda p: p[0].ref)]
        chosen = best[0]
        published = [c.factor for c in admissible[1:] if not c.factor.pack.own]
        alternative = published[0] if chosen.factor.pack.own and published else None
        resolution = Resolution(
            chosen.factor, why(need, chosen), chosen.gaps, tuple(others), alternative
        )
        return Resolved(resolution, chosen.conversion)

    def _pinned(self, need: Need, days: Days) -> Resolved | Problem:
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
            return Problem(
                "unknown-factor",
                f"{{line}} pins `{need.pin}`, which is not in the packs of this file",
                (),
                hint,
            )
        verdict = self._judge(need, factor, days, pinned=True)
        if isinstance(verdict, Refusal):
            related = (Span(factor.location, factor.ref),) if factor.location else ()
            return Problem(
                verdict.code or "pinned-factor-refused",
                f"{{line}} pins `{need.pin}`: {verdict.text}",
                (),
                verdict.hint or "remove the pin or pin a fitting factor",
                related,
            )
        resolution = Resolution(factor, "pinned", verdict.gaps)
        return Resolved(resolution, verdict.conversion)

    # ---- judging one candidate -------------------------------------------------------------

    def _judge(
        self,
        need: Need,
        factor: Factor,
        days: Days,
        *,
        pinned: bool = False,
        known: Conversion | None = None,
    ) -> Choice | Refusal:
        refusal = lifecycle_refusal(need, factor) or kind_refusal(need, factor)
        if refusal is None and need.category not in factor.categories:
            refusal = Refusal(f"is for {', '.join(sorted(factor.categories))}", 0)
        if refusal is None and not pinned:
            refusal = qualifier_refusal(need, factor)
        if refusal is None:
            refusal = self._elsewhere(need, factor)
        if refusal is not None:
            return refusal
        asked = Asked(
            days,
            need.category,
            need.regions,
            need.facility,
            need.fuel or "",
            need.item or "",
            need.activity,
            factor.ref,
        )
        judged: list[UsedGap | Refusal | None] = [
            self._region(need, factor, asked),
            self._year(need, factor, asked),
        ]
        if any(isinstance(item, Refusal) for item in judged):
            return joined([item for item in judged if isinstance(item, Refusal)])
        conversion = known or self._conversion(need, factor)
        judged += [self._gwp(factor, asked), self._gases(need, factor, asked)]
        if isinstance(conversion, Refusal):
            judged.append(conversion)
        else:
            judged.append(self._property(need, factor, conversion, asked))
        refusals = [item for item in judged if isinstance(item, Refusal)]
        if refusals or isinstance(conversion, Refusal):
            return joined(refusals)
        gaps = [item for item in judged if isinstance(item, UsedGap)]
        return Choice(
            factor,
            conversion,
            tuple(gaps),
            region_rank(need, factor),
            matched_qualifiers(need, factor),
            (factor.per.dimension, factor.per.size) == (need.unit.dimension, need.unit.size),
        )

    def _elsewhere(self, need: Need, factor: Factor) -> Refusal | None:
        """Refuse another region at once where nothing could accept it: most candidates are."""
        if not factor.region or factor.region in need.regions:
            return None
        if need.kind == "residual_mix":  # a residual mix never leaves its market (S2-05)
            return Refusal(f"is the residual mix of {factor.region}", 0, unrelated=True)
        if "foreign_region" in self.accept.kinds:
            return None
        return joined([foreign_refusal(need, factor)])

    def _conversion(self, need: Need, factor: Factor) -> Conversion | Refusal:
        edges = list(need.edges)
        fuel = is_fuel(need.category, need.fuel, factor.per)
        if need.fuel is not None and node(need.unit) != node(factor.per):
            edges += pack_edges(self.catalog.properties(need.fuel), factor, need.year)
        try:
            return find_conversion(need.unit, factor.per, edges, fuel, phase_of(need.fuel))
        except ConversionError as error:
            hint = error.hint
            if need.category in ("purchased_steam", "purchased_heat"):
                hint = (
                    f"report the quantity in the factor's kind of unit, such as {factor.per.text}"
                )
                if need.unit.dimension == "kg":
                    hint = "add `steam_state: {enthalpy: … kJ/kg, evidence: …}`, or report GJ (R22)"
            return Refusal(error.message, 0, hint, error.code)

    def _region(self, need: Need, factor: Factor, asked: Asked) -> UsedGap | Refusal | None:
        region = factor.region
        if region and region not in need.regions:
            refusal = foreign_refusal(need, factor)
            return self._gap("foreign_region", asked, refusal.text, refusal.nearness)
        if factor.finest is None or factor.pack.own or need.as_asked:
            return None
        level = _LEVELS["country"] if "-" not in region else _LEVELS["province"]
        if _LEVELS.get(factor.finest, 0) > level and region:
            text = f"{region} is coarser than the {factor.finest} values of {factor.pack.id}"
            gap = self._gap("wider_region", asked, text, -1)
            if isinstance(gap, Refusal):
                key = "grid" if factor.finest == "grid" else "region"
                hint = (
                    f"add `{key}:` to the facility, such as `{key}: {region}-…`, or accept"
                    " `gap: wider_region`"
                )
                if region == "CN":
                    hint = (
                        "add `region: CN-…` to the facility, or set `cn_location: national`"
                        " in the organization"
                    )
                return gap._replace(hint=hint)
            return gap
        return None

    def _year(self, need: Need, factor: Factor, asked: Asked) -> UsedGap | Refusal | None:
        if factor.year is None or factor.year_rule == "any" or factor.year == need.year:
            return None
        years = abs(factor.year - need.year)
        kind = "earlier_year" if factor.year < need.year else "later_year"
        word = "edition" if factor.year_rule == "edition" else "data year"
        text = f"{word} {factor.year}, the line needs {need.year}"
        gap = self._gap(kind, asked, text, -min(years, 6), years)
        if isinstance(gap, Refusal) and kind == "later_year" and need.kind == "residual_mix":
            return gap._replace(unrelated=True)
        if isinstance(gap, Refusal):
            return gap._replace(
                hint=f"add an `accept:` entry `gap: {kind}` with a reason, or a"
                f" pack with {need.year}"
            )
        return gap

    def _gwp(self, factor: Factor, asked: Asked) -> UsedGap | Refusal | None:
        printed = factor.total_only or factor.total_with_masses
        if not printed or factor.zero or factor.gwp_set == self.gwp_set:
            return None
        stated = factor.gwp_set or "an unstated GWP set"
        rest = " with a part of no stated gas" if factor.total_with_masses else ""
        text = f"CO2e total{rest} under {stated}, inventory is {self.gwp_set}"
        return self._gap("other_gwp_set", asked, text, -1)

    def _gases(self, need: Need, factor: Factor, asked: Asked) -> UsedGap | Refusal | None:
        scoped = CATEGORIES[need.category].scope < 3
        if not factor.total_only or factor.zero or not scoped:
            return None
        return self._gap("co2e_without_gases", asked, "CO2e printed without its gases", -1)

    def _property(
        self, need: Need, factor: Factor, conversion: Conversion, asked: Asked
    ) -> UsedGap | Refusal | None:
        if not conversion.foreign:
            return None
        text = f"converted with {conversion.foreign} of another publisher"
        gap = self._gap("other_publisher_property", asked, text, -1)
        if isinstance(gap, Refusal) and need.unit.dimension == factor.per.dimension:
            # the bill's own pair of heating values is the better remedy
            own = pair_missing(need.unit, factor.per, list(need.edges), phase_of(need.fuel))
            return gap._replace(
                text=f"{own.message}; it could be {text}", hint=f"{own.hint}; or {gap.hint}",
                code=own.code,
            )  # fmt: skip
        return gap

    def _gap(
        self, kind: str, asked: Asked, text: str, nearness: int, years: int = 0
    ) -> UsedGap | Refusal:
        entry = self.accept.allows(kind, asked, years=years)
        if entry is not None:
            return UsedGap(kind, f"{asked.factor}: {text}", entry)
        return Refusal(
            text,
            nearness,
            f"add an `accept:` entry `gap: {kind}` with a reason",
            "gap-not-accepted",
        )

    # ---- nothing, or too much ----------------------------------------------------------------

    def _nothing(self, need: Need, refused: list[tuple[Factor, Refusal]]) -> Problem:
        what = words(need)
        if not refused:
            return self._absent(need, what)
        offered = on_offer(need, [factor for factor, _ in refused])
        if offered is not None:
            return not_offered(need, *offered)
        nearest = sorted(
            refused, key=lambda pair: (-pair[1].nearness, pair[0].pack.order, pair[0].ref)
        )
        factor, refusal = nearest[0]
        related = (Span(factor.location, factor.ref),) if factor.location else ()
        absent = all(r.unrelated for _, r in refused)
        same_place = [(f, r) for f, r in nearest if r.nearness == refusal.nearness]
        if refusal.code in _CONVERSION_CODES and all(r.code == refusal.code for _, r in same_place):
            units = sorted({str(f.per) for f, _ in same_place})
            text = refusal.text
            if len(units) > 1:
                text = f"{text.partition(', its factor')[0]}; factors are per {', '.join(units)}"
            return Problem(refusal.code, f"{{line}}: {text}", (), refusal.hint, related, absent)
        notes = grouped_reasons(nearest)
        asks = "foreign_region" in refusal.hint or not refusal.hint
        offer = partial(self._offer, need) if asks else None
        text = f"no factor for {{line}} ({what})"
        return Problem("missing-factor", text, notes, refusal.hint, related, absent, offer)

    def _offer(self, need: Need) -> str:
        """Name bundled packs that hold a fitting factor, or what to add."""
        place = need.regions[-1] if need.regions else "the region"
        named = self.catalog.offers(need.category, need.fuel, need.item, need.regions, need.kind)
        if named:
            return "add " + " or ".join(f"`{name}`" for name in named[:3]) + " to `factor_packs`"
        words = need.category.replace("_", " ")
        return (
            f"add an own pack with {words} for {place}, such as `./factors/own.yaml`, or state"
            " `emission_rate:` on the line"
        )

    def _absent(self, need: Need, what: str) -> Problem:
        column, asked = ("fuel", need.fuel) if need.fuel else ("item", need.item)
        offered = self.catalog.names(need.category, column)
        near = get_close_matches(asked or "", offered, n=2, cutoff=0.5)
        packs = ", ".join(pack.info.id for pack in self.catalog.packs) or "none"
        notes = [f"packs of this file: {packs}"]
        if offered:
            notes.append(
                f"{column}s on offer: {', '.join(offered[:12])}"
                + (" …" if len(offered) > 12 else "")
            )
        if near:
            hint = "did you mean " + " or ".join(f"`{n}`" for n in near) + "?"
        elif not self.catalog.packs:
            hint = "name packs under `factor_packs:`, such as `factor_packs: [ipcc-2006, desnz]`"
        else:
            hint = ""
        return Problem(
            "missing-factor",
            f"no factor for {{line}} ({what})",
            tuple(notes),
            hint,
            offer=None if hint else partial(self._offer, need),
        )
