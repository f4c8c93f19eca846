"""Newer editions of the packs in use, and the tonnes that lines would move with them.

A year is computed twice: as it stands, and with every newer bundled edition of the publishers in
use, the lock's answers set aside. Nothing is written, and no choice of the file changes.

Newer is what is of the same source: a later edition of the publisher, or of the one that continues
its series. Of these a line takes what it would take if the file named them: that of its year first.
So what is named here is what `check` names where nothing covers the year.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.line import LOCATION, MARKET, plus
from ghgcalc.core.diagnostics import Severity
from ghgcalc.core.numbers import ZERO
from ghgcalc.factors.catalogue import FactorCatalog
from ghgcalc.factors.editions import age, replaced
from ghgcalc.factors.library import library
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.factors.status import CURRENT, continued_by, superseded_by
from ghgcalc.pipeline.run import compute_period, year_asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ghgcalc.calculation.lock.model import Lock
    from ghgcalc.calculation.results.line import Line
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.factors.model import Factor, PackInfo
    from ghgcalc.factors.pack import Pack
    from ghgcalc.pipeline.project import Project
    from ghgcalc.pipeline.run import Run

CHOSEN = frozenset({"gwp", "refrigerants"})  # a set is chosen in the file, not by its age


class Named(NamedTuple):
    """A pack in a version, by id."""

    id: str
    version: str

    @property
    def ref(self) -> str:
        """`id@version`."""
        return f"{self.id}@{self.version}"


class Moved(NamedTuple):
    """Lines that a newer edition would serve; tonnes are new less old, None where not known."""

    location: Fraction | None
    market: Fraction | None
    lines: tuple[str, ...]


NOTHING = Moved(ZERO, ZERO, ())
BEHIND = "a newer one serves its lines"


@dataclass(frozen=True, slots=True)
class Used:
    """A pack in use in a reporting year, and a newer edition that would serve some of its lines.

    Attributes:
        status, by: its status in words, and what superseded it.
        newer: None where no line would go to a newer edition.
        problem: why the newer editions cannot be computed with; "" where they can.
    """

    year: int
    pack: Named
    status: str
    by: str
    newer: Named | None = None
    moved: Moved = NOTHING
    problem: str = ""

    @property
    def word(self) -> str:
        """Superseded, behind a newer one for its lines, or current."""
        if self.by:
            return f"superseded by {self.by}"
        return CURRENT if self.newer is None else BEHIND

    @property
    def text(self) -> str:
        """Its status in one line, with limits and holes."""
        return "; ".join(filter(None, (self.word, self.status.partition("; ")[2])))


@dataclass(slots=True)
class Outdated:
    """Every pack in use by reporting year; `totals` move by year, None where not known."""

    name: str
    used: list[Used] = field(default_factory=list)
    totals: dict[int, Moved] = field(default_factory=dict)


class NewerCatalog(FactorCatalog):
    """A catalogue with newer editions, in which a pin means its row in the newest of the year."""

    year: int = 0

    def pinned(self, ref: str) -> Factor | None:
        """The pinned row, or that of the same id in a newer edition for this year."""
        stands = super().pinned(ref)
        if stands is None or stands.pack.own:
            return stands
        found = [stands]
        for pack in self.packs:
            other = pack.factor(stands.id) if _of_source(pack.info, stands.pack) else None
            fits = other is not None and (other.year_rule == "any" or other.year == self.year)
            if other is not None and fits and _later(pack.info, stands.pack):
                found.append(other)
        publisher = stands.pack.publisher
        return max(found, key=lambda each: (each.pack.publisher != publisher, age(each.pack)))


def _of_source(pack: PackInfo, of: PackInfo) -> bool:
    """Whether a pack is of the publisher of another, or of the one that continues its series."""
    return pack.publisher in (of.publisher, continued_by(of.publisher))


def _later(pack: PackInfo, than: PackInfo) -> bool:
    """Whether a pack of the same source is the later one: who continues a series comes after it."""
    return pack.publisher != than.publisher or age(pack) > age(than)


def outdated(project: Project, years: Sequence[int]) -> tuple[Outdated, tuple[Diagnostic, ...]]:
    """The packs in use and what newer editions would move.

    Args:
        project: the file as it was read; its lock is not touched.
        years: the reporting years to compute.

    Returns:
        What was found, and the findings of the years that cannot be computed as they stand.
    """
    found = Outdated(project.company.organization.name)
    problems: list[Diagnostic] = []
    for year in years:
        run = compute_period(project, year_asked(project, year))
        if run.inventory is None:
            problems += run.diagnostics
            continue
        found.used += _of_year(project, run, year)
        found.totals[year] = _sum(each.moved for each in found.used if each.year == year)
    return found, tuple(problems)


def _of_year(project: Project, run: Run, year: int) -> list[Used]:
    assert run.inventory is not None
    packs = {Named(use.id, use.version): use.status for use in run.inventory.packs if not use.own}
    before = {line.id: line for line in run.lines}
    families = _newer_families(project)
    every = {pack.info.id: pack for packs_of in families.values() for pack in packs_of}
    moved, failed = _what_if(project, before, every.values(), year)
    problems: dict[str, str] = {}
    if failed:  # one family may spoil the others: each by itself, each line moved once
        moved = {}
        for name, packs_of in families.items():
            one, failed = _what_if(project, before, packs_of, year)
            taken = {line for each in moved.values() for line in each.lines}
            moved |= {pair: each for pair, each in one.items() if not taken & set(each.lines)}
            problems |= {name: failed} if failed else {}
    return [*_rows(packs, moved, problems, year)]


def _rows(
    packs: dict[Named, str],
    moved: dict[tuple[Named, Named], Moved],
    problems: dict[str, str],
    year: int,
) -> Iterator[Used]:
    for pack, status in packs.items():
        folder = bundled_packs().get(pack.id)
        problem = problems.get(folder.parent.name, "") if folder is not None else ""
        pairs = [(new, each) for (old, new), each in moved.items() if old == pack]
        by = superseded_by(*pack)
        for newer, each in pairs:
            yield Used(year, pack, status, by, newer, each)
        if not pairs:
            yield Used(year, pack, status, by, problem=problem)


def _newer_families(project: Project) -> dict[str, list[Pack]]:
    """Bundled editions of a source that are newer than its oldest one named, by publisher named."""
    named = [pack for pack in project.catalog.packs if not pack.info.own]
    oldest: dict[str, tuple[int, ...]] = {}
    for pack in named:
        publisher = pack.info.publisher
        oldest[publisher] = min(age(pack.info), oldest.get(publisher, age(pack.info)))
    known = {pack.info.id for pack in named}
    found: dict[str, list[Pack]] = {name: [] for name in oldest if name not in CHOSEN}
    for pack_id, folder in bundled_packs().items():
        publisher = folder.parent.name
        for name in found:
            if pack_id in known or publisher not in (name, continued_by(name)):
                continue
            pack = library(pack_id)
            if publisher != name or age(pack.info) > oldest[name]:
                found[name].append(pack)
    return found


def _what_if(
    project: Project, before: dict[str, Line], more: Iterable[Pack], year: int
) -> tuple[dict[tuple[Named, Named], Moved], str]:
    """What lines move with more editions, by old and new pack; or the error that stands in the way.

    The publishers' own places in the file's order stay: editions of one are one entry of it.
    """
    catalog = project.catalog
    packs = [*catalog.packs, *more]
    newer = NewerCatalog(
        packs, catalog.gwp, catalog.gwp_pack, catalog.sources,
        pins_only=frozenset(replaced([pack.info for pack in packs])),
    )  # fmt: skip
    newer.year = year
    lock = None if project.lock is None else _unanswered(project.lock)
    run = compute_period(replace(project, catalog=newer, lock=lock), year_asked(project, year))
    if run.inventory is None:
        errors = [each.message for each in run.diagnostics if each.severity is Severity.ERROR]
        return {}, errors[0] if errors else "cannot be computed"
    named = {Named(p.info.id, p.info.header.version) for p in catalog.packs}
    pairs: dict[tuple[Named, Named], list[tuple[Line, Line]]] = {}
    for line in run.lines:
        old = before.get(line.id)
        pair = None if old is None else _pair(_packs_of(old), _packs_of(line), named)
        if old is not None and pair is not None:
            pairs.setdefault(pair, []).append((old, line))
    return {pair: _moved(lines) for pair, lines in pairs.items()}, ""


def _unanswered(lock: Lock) -> Lock:
    """A lock without its answers: the rules that a year was locked under stay."""
    nothing: dict[str, object] = {"resolutions": {}, "absent": ()}
    sections = {
        year: replace(section, values=section.values.model_copy(update=nothing))
        for year, section in lock.sections.items()
    }
    return replace(lock, sections=sections)


def _packs_of(line: Line) -> dict[Named, PackInfo | None]:
    """The bundled packs that a line rests on, its factors' first."""
    found: dict[Named, PackInfo | None] = {}
    steps: dict[Named, PackInfo | None] = {}
    for part in (*line.location_based, *line.market_based):
        for factor in (part.plan.resolution.factor, part.plan.complement):
            if factor is not None and not factor.pack.own:
                found[Named(factor.pack.id, factor.pack.header.version)] = factor.pack
        for ref in (step.ref.partition("/")[0] for step in part.plan.steps):
            if ref in bundled_packs():
                info = library(ref).info
                steps[Named(ref, info.header.version)] = info
    return {**found, **{name: info for name, info in steps.items() if name not in found}}


def _pair(
    old: dict[Named, PackInfo | None],
    new: dict[Named, PackInfo | None],
    named: set[Named],
) -> tuple[Named, Named] | None:
    """The pack that a line leaves and the newer one that it goes to; None where it stays.

    It goes to an edition that the file does not name, or to a newer version of the locked one.
    """
    left = [name for name in old if name not in new]
    come = [name for name in new if name not in old]
    for name in come:
        same = [each for each in left if each.id == name.id]
        if same:
            return same[0], name
    come = [name for name in come if name not in named]
    if not come or not old:
        return None
    publisher = library(come[0].id).info.publisher
    of_it = [name for name in (left or old) if _publisher(name) == publisher]
    return (of_it or left or [*old])[0], come[0]


def _publisher(name: Named) -> str:
    folder = bundled_packs().get(name.id)
    return folder.parent.name if folder is not None else name.id


def _moved(lines: Sequence[tuple[Line, Line]]) -> Moved:
    ids = tuple(new.id for _, new in lines)
    location, market = (
        _difference((old.co2e(method), new.co2e(method)) for old, new in lines)
        for method in (LOCATION, MARKET)
    )
    return Moved(location, market, ids)


def _difference(pairs: Iterable[tuple[Fraction | None, Fraction | None]]) -> Fraction | None:
    total = ZERO
    for old, new in pairs:
        if old is None or new is None:
            return None
        total += new - old
    return total


def _sum(moved: Iterable[Moved]) -> Moved:
    """All that moves; None where a part of it is not known."""
    location: Fraction | None = ZERO
    market: Fraction | None = ZERO
    lines: list[str] = []
    for each in moved:
        location, market = plus(location, each.location), plus(market, each.market)
        lines += each.lines
    return Moved(location, market, tuple(lines))
