"""Nothing could be chosen: the nearest candidate with all that it departs in, and what to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING

from ghgcalc.calculation.accept_hints import Departure
from ghgcalc.calculation.resolve.candidates import (
    Choice,
    Question,
    Refusal,
    Unresolved,
    bridged,
    grouped_reasons,
    shortened,
    words,
)
from ghgcalc.calculation.resolve.fuel_hints import called, called_elsewhere
from ghgcalc.calculation.resolve.offers import (
    bridged_packs,
    bridging_packs,
    offered_packs,
    only_kind,
    without_basis,
)
from ghgcalc.calculation.resolve.order import at_home, here, in_order, year_distance
from ghgcalc.calculation.resolve.stated_properties import QUALIFIERS, not_offered, unheard
from ghgcalc.calculation.resolve.ties import told_by
from ghgcalc.core.diagnostics import Related
from ghgcalc.core.gases import known_gas
from ghgcalc.core.refusal import ON_LINE
from ghgcalc.core.vocabulary.categories import CATEGORIES, ELECTRICITY
from ghgcalc.core.vocabulary.fuels import FUELS
from ghgcalc.core.vocabulary.said import folded, meant
from ghgcalc.factors.holes import ANY, hole_of
from ghgcalc.factors.price_year import not_deflated
from ghgcalc.methods.spend import CODE as SPEND

if TYPE_CHECKING:
    from ghgcalc.calculation.resolve.judge import Admission
    from ghgcalc.company.gaps import Accepts
    from ghgcalc.company.gaps import GapQuestion as AskedGap
    from ghgcalc.core.period import Span
    from ghgcalc.factors.model import Factor

CONVERSION_CODES = frozenset(
    {"basis-missing", "unit-mismatch", "basis-mismatch", "ambiguous-property", "out-of-bounds",
     SPEND}
)  # fmt: skip
MISSING = -1  # the entry of a gap that the file does not accept
_ITEMS = 6
MOST = 40  # names of items that a note lists


class Opened:
    """The acceptances of a file, and each departure that it does not accept as `MISSING`."""

    def __init__(self, accept: Accepts, *, foreign: bool) -> None:
        from ghgcalc.company.gaps import EVERYTHING

        self.accept = accept
        self.kinds = EVERYTHING.kinds if foreign else accept.kinds

    def allows(self, gap: str, asked: AskedGap, *, years: int = 0) -> int | None:
        """The entry of the file, or `MISSING`."""
        known = self.accept.allows(gap, asked, years=years)
        return MISSING if known is None else known


@dataclass(frozen=True, slots=True)
class Explanation:
    """Says why nothing was chosen for a need."""

    admission: Admission
    need: Question
    days: Span

    def problem(self, refused: list[tuple[Factor, Refusal]]) -> Unresolved:
        """The finding, by the candidates and why each was refused."""
        if not refused:
            return self._absent()
        need = self.need
        near = [factor for factor, _ in refused if here(need, factor)]
        asked = [name for name in QUALIFIERS if name in need.stated or _told(near, name)]
        odd = unheard(need, near, asked) if near else None
        if odd is not None:  # not here; rows of another region may have the words
            known = [factor for factor, _ in refused]
            strange = unheard(need, known, asked)
            if strange is not None:
                return not_offered(need, near if strange == odd else known, strange, known)
            refused = [pair for pair in refused if unheard(need, (pair[0],), asked) is None]
        order = self.admission.catalog.order
        nearest = sorted(
            refused, key=lambda pair: (-pair[1].nearness, order(pair[0].pack), pair[0].ref)
        )
        absent = all(refusal.unrelated for _, refusal in refused)
        return replace(self._unit(nearest) or self._departs(nearest), absent=absent)

    def pinned(self, factor: Factor, refusal: Refusal) -> Unresolved:
        """The finding of a pinned factor, with all that it departs in."""
        full = self._missing(factor, pinned=True)
        departures = refusal.gaps if full is None else tuple(d for d, _ in full)
        other = refusal.hint or ("" if departures else "remove the pin or pin a fitting factor")
        said = refusal.text if full is None else "; ".join(text for _, text in full)
        return Unresolved(
            refusal.code or "pinned-factor-refused",
            f"{{line}} pins `{factor.ref}`: {said}",
            (),
            other,
            _place(factor),
            gaps=departures,
        )

    # ---- candidates that depart in something -------------------------------------------------

    def _unit(self, nearest: list[tuple[Factor, Refusal]]) -> Unresolved | None:
        """The nearest candidates cannot be reached from the line's unit."""
        factor, refusal = nearest[0]
        same_place = [(f, r) for f, r in nearest if r.nearness == refusal.nearness]
        if refusal.code not in CONVERSION_CODES:
            return None
        if any(r.code != refusal.code for _, r in same_place):
            return None
        units = sorted({str(f.per) for f, _ in same_place})
        text = refusal.text
        if len(units) > 1:
            text = f"{refusal.quantity or text}; factors are per {', '.join(units)}"
        return Unresolved(
            refusal.code,
            f"{{line}}: {text}",
            (),
            refusal.hint,
            _place(factor),
            offer=partial(self._properties, factor, refusal.hint) if self.need.fuel else None,
            gaps=refusal.gaps,
            suppose=refusal.suppose,
        )

    def _properties(self, factor: Factor, hint: str) -> str:
        """What the line may state, or packs whose fuel properties stand in for it."""
        named = bridging_packs(self.admission, self.need, self.days, factor)
        packs = " or ".join(f"`{name}`" for name in named[:2])
        other = f"add {packs} to `factor_packs` for the fuel properties printed there"
        return "; or ".join(filter(None, (hint, other if named else "")))

    def _departs(self, nearest: list[tuple[Factor, Refusal]]) -> Unresolved:
        """The candidate that would be chosen if each departure were accepted, first."""
        text = f"no factor for {{line}} ({words(self.need)})"
        first = self._best([factor for factor, _ in nearest])
        if not first:
            unmeasured = self._unmeasured(nearest)
            if unmeasured is not None:
                return unmeasured
            factor, refusal = nearest[0]
            offer = None if refusal.hint else partial(self._offer, needed=True)
            notes = grouped_reasons(nearest)
            return Unresolved(
                "missing-factor",
                text,
                notes,
                refusal.hint,
                _place(factor),
                offer=offer,
                named=self._supposed,
            )
        best = first[0]
        missing = self._missing(best.factor) or ()
        hint = next(refusal.hint for factor, refusal in nearest if factor is best.factor)
        told = Refusal("; ".join(detail for _, detail in missing), 0)
        rest = [pair for pair in nearest if pair[0] is not best.factor]
        departures = tuple(departure for departure, _ in missing)
        foreign = not at_home(self.need, best.factor)
        dated = bool(year_distance(self.need, best.factor))
        wider = [each for each in departures if each.kind == "wider_region"]
        left = tuple(each for each in departures if each not in wider) if wider and hint else ()
        offer = None
        if foreign or dated:
            offer = partial(self._offer, needed=foreign, hint="" if left else hint)
        return Unresolved(
            "missing-factor", text, grouped_reasons([(best.factor, told), *rest]), hint,
            _place(best.factor), offer=offer, gaps=departures, left=left,
            named=self._supposed,
            then=told_by(self.need, first) if len(first) > 1 else "",
            prices="" if self.need.spent else not_deflated(best.factor, self.need.year),
        )  # fmt: skip

    def _unmeasured(self, nearest: list[tuple[Factor, Refusal]]) -> Unresolved | None:
        """Energy without net or gross, which no factor of any place or year could take."""
        for factor, _ in nearest:
            verdict = self._judge(factor)
            if isinstance(verdict, Refusal) and verdict.code == "basis-missing":
                return Unresolved(
                    verdict.code, f"{{line}}: {verdict.text}", grouped_reasons(nearest),
                    verdict.hint, _place(factor), suppose=verdict.suppose,
                )  # fmt: skip
        return None

    def _judge(self, factor: Factor, *, pinned: bool = False) -> Choice | Refusal:
        """A candidate under all acceptances; no power of another country's grid is offered."""
        foreign = pinned or self.need.category not in ELECTRICITY
        opened = Opened(self.admission.accept, foreign=foreign)
        if not foreign and not at_home(self.need, factor):
            return Refusal("", 0)
        judge = replace(self.admission, accept=opened).judge
        return judge(self.need, factor, self.days, pinned=pinned)

    def _best(self, factors: list[Factor]) -> list[Choice]:
        """Those that would be chosen if each departure were accepted; several fit equally well."""
        judged = (self._judge(factor) for factor in factors)
        admissible = [verdict for verdict in judged if isinstance(verdict, Choice)]
        ranked = in_order(self.need, admissible)
        return [each.choice for each in ranked if each.rank == ranked[0].rank]

    def _missing(
        self, factor: Factor, *, pinned: bool = False
    ) -> tuple[tuple[Departure, str], ...] | None:
        """What a candidate departs in beyond what the file accepts; None where more is amiss."""
        verdict = self._judge(factor, pinned=pinned)
        if isinstance(verdict, Refusal):
            return None
        years = abs(year_distance(self.need, factor))
        return tuple(
            (
                Departure(gap.kind, years if gap.kind.endswith("_year") else 0),
                gap.detail.removeprefix(f"{factor.ref}: "),
            )
            for gap in verdict.gaps
            if gap.entry == MISSING
        )

    # ---- what to do instead ---------------------------------------------------------------------

    def _offer(self, *, needed: bool, hint: str = "") -> str:
        """Bundled packs with a fitting factor; where `needed` and none is, what to add."""
        need = self.need
        other = called(need, self.admission.catalog)
        named = self._packs(need)
        packs = "add " + " or ".join(f"`{name}`" for name in named[:3]) + " to `factor_packs`"
        said = "; or ".join(part for part in (hint, other, packs if named else "") if part)
        if named or other or not needed:
            return said
        other = called_elsewhere(need, self._packs) or self._over_properties()
        if other:
            return other
        place = need.regions[-1] if need.regions else "the region"
        hole = hole_of(place, "electricity", need.year) if need.category in ELECTRICITY else None
        if hole is not None and ANY not in hole.places and need.kind == "grid_average":
            return f"{hole.do}; or state `emission_rate:` on the line ({hole.why})"
        what = need.category.replace("_", " ")
        return (
            f"add an own pack with {what} for {place}, such as `./factors/own.yaml`, or state"
            f" `emission_rate:`{ON_LINE}"
        )

    def _packs(self, need: Question) -> list[str]:
        found = offered_packs(self.admission, need, self.days)
        gross = None if found else without_basis(need)
        return found if gross is None else offered_packs(self.admission, gross, self.days)

    def _bridged(self) -> list[tuple[str, list[str]]]:
        """Packs that serve the line with fuel properties of others, where none serves as it is."""
        return bridged_packs(self.admission, without_basis(self.need) or self.need, self.days)

    def _over_properties(self) -> str:
        """The first of those packs, and what leads from the line's unit to its factor."""
        for name, others in self._bridged()[:1]:
            packs = " or ".join(f"`{other}`" for other in others[:2])
            return (f"add `{name}` to `factor_packs`, and {packs} for the fuel properties printed"
                    f" there, or state `fuel_properties:`{ON_LINE}")  # fmt: skip
        return ""

    def _supposed(self) -> list[str]:
        """Packs as if named, to see what else is amiss."""
        return self._packs(self.need) or [name for name, _ in self._bridged()]

    def _absent(self) -> Unresolved:
        """No row of the packs named is for the fuel or item."""
        need, catalog = self.need, self.admission.catalog
        column = "fuel" if need.fuel else "item"
        if need.fuel and need.item and catalog.candidates(need.category, need.fuel, None):
            return self._no_item_of_fuel()
        fits = partial(bridged, need)
        offered = catalog.names(need.category, column, fits)
        packs = ", ".join(pack.info.id for pack in catalog.packs) or "none"
        notes = [f"packs of this file: {packs}"]
        if offered:
            notes.append(f"{column}s on offer per {need.unit}: {shortened(offered, MOST)}")
        asked = getattr(need, column) or ""
        hint = self._named(asked, offered)
        near = _near_items(asked, offered) if hint and need.item else []
        by_name = need.item and CATEGORIES[need.category].scope == 3 and not hint
        if by_name and not self._packs(need):
            return self._item_by_name(tuple(notes))
        return Unresolved(
            "missing-factor",
            f"no factor for {{line}} ({words(need)})",
            tuple(notes),
            hint,
            offer=None if hint else partial(self._elsewhere, offered),
            named=self._supposed,
            suppose=(asked, near[0]) if near else ("", ""),
        )

    def _named(self, asked: str, offered: list[str]) -> str:
        """What the packs named have instead; "" where other packs are to be looked for."""
        catalog = self.admission.catalog
        if called(self.need, catalog):
            return ""  # the offer says it
        if self.need.category == "fugitive_emissions" and (
            catalog.blend(asked) or known_gas(asked, catalog.gwp)
        ):
            return f"a leaked gas is stated by `gas: {asked}`"
        spelt = asked not in FUELS  # `diesel` is no slip for `biodiesel`
        near = _near_items(asked, offered) if spelt else []
        if near:
            return "did you mean " + " or ".join(f"`{n}`" for n in near) + "?"
        if not catalog.packs:
            return "name packs under `factor_packs:`, such as `factor_packs: [ipcc-2006, desnz]`"
        if self._lacks_item() and offered:
            return (
                f"state `item:`{ON_LINE}, such as {', '.join(f'`{n}`' for n in offered[:_ITEMS])}"
            )
        return ""

    def _lacks_item(self) -> bool:
        need = self.need
        return not need.fuel and not need.item and CATEGORIES[need.category].scope == 3

    def _elsewhere(self, offered: list[str], first: str = "") -> str:
        """Where the packs named have no such row: packs that do, with their items, or an own one.

        Args:
            offered: what the packs named have in the line's unit.
            first: another way, said before.
        """
        if not self._lacks_item():
            other = "; or ".join(filter(None, (first, self._offer(needed=True))))
            listed = bool(offered) and not self.need.fuel and not other.endswith("`factor_packs`")
            return f"state one of the `item:` on offer{ON_LINE}, or {other}" if listed else other
        named = offered_packs(self.admission, self.need, self.days, any_item=True)
        if not named:
            return f"state `item:`{ON_LINE}, and a pack with factors per {self.need.unit}"
        packs = " or ".join(f"`{name}`" for name in named[:3])
        return f"add {packs} to `factor_packs`, and state `item:`{ON_LINE}"

    def _item_by_name(self, notes: tuple[str, ...]) -> Unresolved:
        """An item that no pack of the file has: how it is found by what it is called."""
        need = self.need
        called_so = (need.item or "").replace("_", " ")
        search = f"ghgcalc factors search {called_so} --category {need.category}"
        if need.spent is None:  # whatever its currency
            search += f" --unit {need.unit}"
        find = f"find the `item:` and its pack with `{search}`"
        alike = only_kind(self.admission, need, self._judge)
        gaps = () if alike is None else self._missing(alike.factor) or ()
        return Unresolved(
            "missing-factor", f"no factor for {{line}} ({words(need)})", notes,
            find, offer=partial(self._elsewhere, [], "" if gaps else find),
            left=tuple(departure for departure, _ in gaps),
        )  # fmt: skip

    def _no_item_of_fuel(self) -> Unresolved:
        need = self.need
        rows = self.admission.catalog.of_fuel(need.category, need.fuel or "")
        offered = sorted({row.item for row in rows if row.item is not None})
        near = get_close_matches(need.item or "", offered, n=2, cutoff=0.6)
        hint = f"remove `item:`: `{need.fuel}` alone is on offer"
        if near:
            hint = "did you mean " + " or ".join(f"`{n}`" for n in near) + "?"
        return Unresolved(
            "missing-factor",
            f"no factor for {{line}} ({words(need)}) has item `{need.item}`",
            (f"on offer as `item:` of {need.fuel}: {shortened(offered) or 'none'}",),
            hint,
            absent=False,
            blamed="item",
        )


def _near_items(asked: str, offered: list[str]) -> list[str]:
    """Items that hold the word asked for or another for it, else those that are spelt like it."""
    holding = [name for name in offered if asked and asked.casefold() in name.split("_")]
    if not holding:
        ways = [set(folded(way)) for way in meant("item", asked)]
        same = [name for name in offered if set(folded(name)) in ways]
        holding = same or [name for name in offered
                           if any(way <= set(folded(name)) for way in ways)]  # fmt: skip
    return holding[:_ITEMS] or get_close_matches(asked, offered, n=2, cutoff=0.6)


def _told(rows: list[Factor], name: str) -> bool:
    """Whether rows are told apart by a word."""
    return any(getattr(row, name) is not None for row in rows)


def _place(factor: Factor) -> tuple[Related, ...]:
    return (Related(factor.location, factor.ref),) if factor.location else ()
