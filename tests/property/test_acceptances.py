"""An acceptance opens the nearest door, and only where none was open: over every bundled pack.

A candidate is a row that the other entries of the file admit. Whatever those are, one more entry

- about years changes no line that has a candidate of its exact year on the level of region taken;
- about regions changes no line that has a candidate of its own region;
- of any other kind changes no line that resolved without a departure, and elsewhere only towards
  a nearer region, then a nearer year, then fewer other departures: the printed order of choice.

Rows are sampled by their place in the pack, so the same ones are asked each time.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.calculation.resolve.candidates import Question, Resolved, comparable
from ghgcalc.calculation.resolve.resolve import Resolver
from ghgcalc.company.gaps import AcceptBook
from ghgcalc.company.instrument import Accept
from ghgcalc.core.period import ReportingYear, Span
from ghgcalc.core.vocabulary.categories import ELECTRICITY
from ghgcalc.factors.catalogue import FactorCatalog
from ghgcalc.factors.library import open_bundled, open_gwp_set
from ghgcalc.factors.pack import bundled_packs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.factors.model import Factor

YEARS = ("earlier_year", "later_year")
REGIONS = ("wider_region", "foreign_region")
OTHERS = ("other_gwp_set", "co2e_without_gases", "other_publisher_property")
GAPS = (*YEARS, *REGIONS, *OTHERS)
BASES = (frozenset[str](), frozenset(OTHERS), frozenset({*OTHERS, *YEARS}), frozenset(GAPS))
ROWS = 3  # of each pack; of one of several editions, one
MANY = 100  # candidates: one question where hundreds of regions answer
PUBLISHERS = sorted({folder.parent.name for folder in bundled_packs().values()})


class Outcome(NamedTuple):
    """What a line got: the factor and its departures; `ref` is "" where it was refused."""

    ref: str
    departs: bool
    level: int
    distance: int
    others: int


@cache
def catalogue(publisher: str) -> FactorCatalog:
    ids = sorted((p for p, f in bundled_packs().items() if f.parent.name == publisher),
                 reverse=True)  # fmt: skip
    packs = [open_bundled(name) for name in ids]
    pack, gwp = open_gwp_set("AR6")
    opened = [pack for pack in packs if pack is not None]
    return FactorCatalog(opened, gwp, pack)


def book(gaps: frozenset[str]) -> AcceptBook:
    entries = {
        index: Accept.model_validate({"gap": gap, "reason": "x"})
        for index, gap in enumerate(sorted(gaps))
    }
    return AcceptBook(SimpleNamespace(accept=entries, year=ReportingYear()))  # type: ignore[arg-type]


def needs(publisher: str) -> Iterator[Question]:
    """Questions that sampled rows answer: in their year and beside it, at home and next door."""
    catalog = catalogue(publisher)
    count = ROWS if len(catalog.packs) == 1 else 1
    for turn, pack in enumerate(catalog.packs, 1):
        ids = pack.ids()
        for place in sorted({len(ids) * n // count for n in range(turn % 2, count + turn % 2)}):
            row = pack.factor(ids[min(place, len(ids) - 1)]) if ids else None
            asked = [] if row is None else list(_asking(row))
            many = bool(asked) and len(comparable(asked[0], catalog)) > MANY
            if not many:
                yield from asked
            elif turn == 1:
                yield asked[-1]


def _asking(row: Factor) -> Iterator[Question]:
    category = min(row.categories)
    kind = (row.kind or "grid_average") if category in ELECTRICITY else None
    country = row.region.partition("-")[0]
    home = tuple(dict.fromkeys(r for r in (row.region, country) if r)) or ("GB",)
    year = row.year or 2024
    for at, asked in [
        (home, year), (home, year + 1), ((f"{country or 'GB'}-X", country or "GB"), year - 1),
        (("ZZ",), year),
    ]:  # fmt: skip
        yield Question(category, row.fuel, row.item, row.per, at, asked, kind, row.sector,
                   row.technology, row.vehicle)  # fmt: skip


def level(need: Question, factor: Factor) -> int:
    if factor.region in need.regions:
        return need.regions.index(factor.region)
    return 9 if factor.region else 8


def distance(need: Question, factor: Factor) -> int:
    compared = factor.year is not None and factor.year_rule != "any"
    return abs((factor.year or 0) - need.year) if compared else 0


def answer(catalog: FactorCatalog, need: Question, gaps: frozenset[str]) -> Outcome:
    days = Span(date(need.year, 1, 1), date(need.year, 12, 31))
    got = Resolver(catalog, book(gaps), "AR6").resolve(need, days)
    if not isinstance(got, Resolved):
        return Outcome("", False, 99, 99, 99)
    factor = got.resolution.factor
    assert factor is not None
    kinds = [gap.kind for gap in got.resolution.gaps]
    others = sum(kind not in YEARS for kind in kinds)
    return Outcome(factor.ref, bool(kinds), level(need, factor), distance(need, factor), others)


def admitted(catalog: FactorCatalog, need: Question, gaps: frozenset[str]) -> list[Factor]:
    days = Span(date(need.year, 1, 1), date(need.year, 12, 31))
    judge = Resolver(catalog, book(gaps), "AR6").admission.judge
    rows: Any = comparable(need, catalog)
    return [row for row in rows if hasattr(judge(need, row, days), "conversion")]


def broken(need: Question, catalog: FactorCatalog, base: frozenset[str], gap: str,
           before: Outcome, after: Outcome) -> bool:  # fmt: skip
    """Whether one more entry displaced what it may not."""
    if before == after or not before.ref:
        return False
    if gap in YEARS:
        exact = [row for row in admitted(catalog, need, base) if distance(need, row) == 0]
        return any(level(need, row) == after.level for row in exact)
    if gap in REGIONS:
        return any(level(need, row) == 0 for row in admitted(catalog, need, base))
    return not before.departs or after[2:] > before[2:]


def pairs() -> Iterator[tuple[frozenset[str], str]]:
    """Each entry beside the entries of a file, once."""
    yield from {(base - {gap}, gap): None for base in BASES for gap in GAPS}


def test_one_more_entry_displaces_nothing() -> None:
    asked: Counter[str] = Counter()
    opened: Counter[str] = Counter()
    wrong: list[str] = []
    for publisher in PUBLISHERS:
        catalog = catalogue(publisher)
        for need in needs(publisher):
            asked[publisher] += 1
            answers: dict[frozenset[str], Outcome] = {}
            for base, gap in pairs():
                for gaps in (base, base | {gap}):
                    if gaps not in answers:
                        answers[gaps] = answer(catalog, need, gaps)
                before, after = answers[base], answers[base | {gap}]
                opened[gap] += before != after
                if broken(need, catalog, base, gap, before, after):
                    wrong.append(f"{gap} on {sorted(base)}: {need} {before} {after}")
    assert not wrong, "\n".join(wrong[:5])
    assert sum(asked.values()) >= 230
    assert len(asked) >= 29
    # each kind was really tried; a property of another publisher needs one in the catalogue
    untried = {gap for gap in GAPS if not opened[gap]} - {"other_publisher_property"}
    assert not untried, opened
