"""What a line asks, what a candidate answers, and how candidates are compared (DESIGN §5)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.accept_hints import Departure, entries, with_entries
from ghgcalc.core.diagnostics import Diagnostic, Related
from ghgcalc.core.unit_table import CURRENCIES
from ghgcalc.core.vocabulary.categories import CATEGORIES, ELECTRICITY
from ghgcalc.factors.bridges import BRIDGED, Edge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ghgcalc.calculation.conversion import Conversion
    from ghgcalc.calculation.results.plan import Resolution, UsedGap
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.period import Span
    from ghgcalc.core.units import Unit
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.factors.editions import Place
    from ghgcalc.factors.model import Factor
    from ghgcalc.methods.spend import SpendTerms


MAX_SHOWN = 3
MAX_KEY = 300  # longer questions end in a digest: YAML keys have at most 1,024 characters


class Question(NamedTuple):
    """What a line asks of the catalogue; equal needs share one resolution.

    `stated` names the qualifiers that the line or item says itself: some row must have them;
    `spent` says of money at which prices it is, so that it can be brought to a factor's.
    `lifecycle` is the only one that serves, "" where any may; rows of `publisher` go first.
    """

    category: str
    fuel: str | None
    item: str | None
    unit: Unit
    regions: tuple[str, ...]
    year: int
    kind: str | None = None
    sector: str | None = None
    technology: str | None = None
    vehicle: str | None = None
    pin: str | None = None
    facility: str = ""
    activity: str = ""
    edges: tuple[Edge, ...] = ()
    as_asked: bool = False
    stated: tuple[str, ...] = ()
    spent: SpendTerms | None = None
    lifecycle: str = ""
    publisher: str = ""


class Choice(NamedTuple):
    """An admissible candidate with its way and gaps, and where its pack stands."""

    factor: Factor
    conversion: Conversion
    gaps: tuple[UsedGap, ...]
    place: Place


@dataclass(slots=True)
class Resolved:
    """A resolution and the conversion to the chosen factor's unit."""

    resolution: Resolution
    conversion: Conversion


@dataclass(slots=True)
class Unresolved:
    """Why nothing could be chosen: turned into a diagnostic at each line that asked.

    `gaps` are the departures that entries would have to allow, beside or after `hint`.

    `absent` says that no pack has such a factor at all; `offer` finds the hint when it is shown;
    `blamed` is the key of the line to point at, "" where the code says it; `left` are the gaps
    that stay where `hint` is followed, beside which `offer` is another way; `named` gives the
    bundled packs that `offer` names, `then` is what is to be stated beside the gaps, `prices` what
    becomes of spend of another year, `suppose` a word that may be meant (see `Refused`).
    """

    code: str
    message: str
    notes: tuple[str, ...]
    hint: str
    related: tuple[Related, ...] = ()
    absent: bool = True
    offer: Callable[[], str] | None = None
    blamed: str = ""
    gaps: tuple[Departure, ...] = ()
    left: tuple[Departure, ...] = ()
    suppose: tuple[str, str] = ("", "")
    named: Callable[[], list[str]] | None = None
    then: str = ""
    prices: str = ""

    def at(self, where: Location, subject: str, days: Span, scope: Mapping[str, str]) -> Diagnostic:
        """The finding for one line; `scope` narrows an entry to it."""
        other = self.offer() if self.offer is not None else self.hint
        if self.left:
            first = f"{self.hint}, and {entries(self.left, scope)}"
            other = "; or ".join(part for part in (first, other) if part and part != self.hint)
        hint = with_entries(other, self.gaps, scope) + (f"; then {self.then}" if self.then else "")
        hint += f"; the factor is {self.prices}" if self.prices else ""
        packs = self.named() if self.offer is not None and self.named is not None else []
        return Diagnostic(
            self.code,
            self.message.replace("{line}", subject),
            where,
            notes=self.notes,
            hint=hint,
            related=self.related,
            days=(days.first, days.last),
            suppose=self.suppose,
            packs=tuple(packs[:1]),
        )


class Refusal(NamedTuple):
    """Why a candidate was refused: text, and how near it was (bigger is nearer).

    `gaps` are the departures that an entry would allow, `hint` is what to do instead, `quantity`
    says the reason without the candidate, where it lies in the line's own unit.
    """

    text: str
    nearness: int
    hint: str = ""
    code: str = ""
    unrelated: bool = False
    gaps: tuple[Departure, ...] = ()
    quantity: str = ""
    suppose: tuple[str, str] = ("", "")


def foreign_refusal(need: Question, factor: Factor) -> Refusal:
    """A factor of another region, which only `foreign_region` could accept."""
    shown = " → ".join(need.regions) or "no region"
    text = f"region {factor.region}, facility is {shown}"
    return Refusal(text, -8, "", "gap-not-accepted", gaps=(Departure("foreign_region"),))


def joined(refusals: list[Refusal]) -> Refusal:
    """One refusal for all reasons; the more that fits, the nearer the candidate."""
    worst = min(refusals, key=lambda r: r.nearness)
    hints = [r.hint for r in refusals if r.hint]
    return Refusal(
        "; ".join(r.text for r in refusals),
        20 + sum(r.nearness for r in refusals),
        worst.hint or (hints[0] if hints else ""),
        worst.code,
        any(r.unrelated for r in refusals),
        tuple(departure for r in refusals for departure in r.gaps),
        _of_quantity(refusals),
        next((each.suppose for each in refusals if each.suppose[0]), ("", "")),
    )


def _of_quantity(refusals: list[Refusal]) -> str:
    """The reasons up to the one that lies in the line's unit; "" where none does."""
    place = next((at for at, each in enumerate(refusals) if each.quantity), None)
    if place is None:
        return ""
    return "; ".join([*(each.text for each in refusals[:place]), refusals[place].quantity])


def grouped_reasons(refused: list[tuple[Factor, Refusal]]) -> tuple[str, ...]:
    """Refusals with the same reason and pack in one line, nearest first."""
    groups: dict[tuple[str, str], list[Factor]] = {}
    for factor, refusal in refused:
        groups.setdefault((factor.pack.id, refusal.text), []).append(factor)
    lines = [
        f"refused {members[0].ref}: {text}"
        if len(members) == 1
        else f"refused {len(members)} of {pack}: {text}"
        for (pack, text), members in groups.items()
    ]
    more = len(lines) - MAX_SHOWN
    return (*lines[:MAX_SHOWN], *([f"and {more} more"] if more > 0 else []))


def shortened(names: list[str], most: int = 12) -> str:
    """The first names of a list; `…` where there are more."""
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")


def told_apart(factor: Factor) -> str:
    """What tells a factor from its siblings: sector, vehicle, technology."""
    parts = [p for p in (factor.sector, factor.vehicle, factor.technology) if p]
    return f" ({', '.join(parts)})" if parts else ""


def lifecycle_refusal(need: Question, factor: Factor) -> Refusal | None:
    """Lifecycle and upstream factors never serve scopes 1 and 2 (R6), nor one the other's part."""
    if CATEGORIES[need.category].scope < 3 and factor.lifecycle != "combustion":
        return Refusal(f"lifecycle `{factor.lifecycle}` never serves scopes 1 and 2", 0)
    if need.lifecycle and factor.lifecycle != need.lifecycle:
        return Refusal(f"lifecycle is `{factor.lifecycle}`, not `{need.lifecycle}`", 0)
    return None


# per distance of a whole vehicle, printed for the trips of others
TRAVEL = ("business_travel", "employee_commuting", "upstream_transportation",
          "downstream_transportation")  # fmt: skip


def own_vehicle(category: str, factor: Factor) -> bool:
    """Whether a vehicle's combustion by the distance may serve vehicles of one's own, if pinned."""
    return (
        category == "mobile_combustion"
        and factor.lifecycle == "combustion"
        and factor.per.dimension == "km"
        and "CO2" in factor.gases
        and not factor.categories.isdisjoint(TRAVEL)
    )


def kind_refusal(need: Question, factor: Factor) -> Refusal | None:
    """Only the asked kind of electricity factor is a candidate."""
    if need.category not in ELECTRICITY:
        return None
    kind = factor.kind or "grid_average"
    if kind != need.kind:
        return Refusal(f"is a {kind.replace('_', ' ')} factor", 0, unrelated=True)
    return None


def qualifier_refusal(need: Question, factor: Factor) -> Refusal | None:
    """A stated sector, vehicle or technology must be the factor's."""
    for name in ("sector", "vehicle", "technology"):
        want, have = getattr(need, name), getattr(factor, name)
        if want is not None and have is not None and want != have:
            other = f"{name} {have}" if name == "sector" else f"another {name}"
            return Refusal(f"is for {other}, the line says {want}", 3)
    return None


def bridged(need: Question, per: Unit) -> bool:
    """Whether the line's unit could become that of a factor.

    A factor per km never serves litres: only energy, mass and volume are bridged by properties.
    """
    pair = {per.dimension, need.unit.dimension}
    if need.spent is not None and pair <= CURRENCIES:
        return True
    return len(pair) == 1 or pair <= BRIDGED


def comparable(need: Question, catalog: FactorCatalog) -> list[Factor]:
    """Candidates whose unit the line's could become; all where there is none."""
    asked = (need.category, need.fuel, need.item)
    return catalog.candidates(*asked, partial(bridged, need)) or catalog.candidates(*asked)


def words(need: Question) -> str:
    """A need in words, for messages."""
    kind = f" {need.kind.replace('_', ' ')}" if need.kind else ""
    what = need.fuel or need.item or ""
    where = " → ".join(need.regions) or "no region"
    return ", ".join(
        part
        for part in (
            need.category.replace("_", " ") + kind,
            what,
            where,
            str(need.year),
            f"per {need.unit}",
        )
        if part
    )


def lock_key(need: Question) -> str:
    """A need as the lock writes it; equal for needs that must get the same answer.

    Values of the file's own fuel properties are left out: they change a conversion, not a choice.
    """
    labelled = (
        ("", need.category), ("", need.kind), ("fuel", need.fuel), ("item", need.item),
        ("sector", need.sector), ("technology", need.technology), ("vehicle", need.vehicle),
        ("region", " > ".join(need.regions)), ("", str(need.year)), ("per", str(need.unit)),
        ("pinned", need.pin), ("facility", need.facility), ("activity", need.activity),
        ("stated", " ".join(sorted({f"{edge.per}>{edge.of}" for edge in need.edges}))),
        ("spend", "" if need.spent is None else _spend_key(need.spent)),
        ("lifecycle", need.lifecycle), ("publisher", need.publisher),
    )  # fmt: skip
    text = ", ".join(
        f"{label} {_escaped(value)}" if label else _escaped(value)
        for label, value in labelled
        if value
    )
    if len(text) <= MAX_KEY:
        return text
    from hashlib import sha256

    return f"{text[:MAX_KEY]}… {sha256(text.encode()).hexdigest()}"


def _spend_key(spent: SpendTerms) -> str:
    return f"{spent.year} {spent.basis}, VAT {spent.vat}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,")
