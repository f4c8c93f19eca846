"""One company file in a change: judged, computed, and compared with what it was at the base."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal

from ghgcalc.activity_data.periods import blocked
from ghgcalc.analysis.compare.difference import Difference, difference
from ghgcalc.analysis.compare.revisions import git, unpack
from ghgcalc.analysis.compare.snapshot import snapshot
from ghgcalc.analysis.gate.factors import FactorChange, factor_changes
from ghgcalc.analysis.gate.files import ChangedFile, changed_files
from ghgcalc.analysis.gate.relocked import Relocked, relocked_years
from ghgcalc.analysis.gate.renamed import former_files
from ghgcalc.analysis.gate.thresholds import NO_LIMIT, Breach, Limit, breaches
from ghgcalc.core.diagnostics import Severity, in_order
from ghgcalc.core.scratch import scratch_folder
from ghgcalc.pipeline.check import check
from ghgcalc.pipeline.project import open_project, reporting_years
from ghgcalc.pipeline.project_files import files_of
from ghgcalc.pipeline.run import compute, gone_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ghgcalc.analysis.gate.base import Base
    from ghgcalc.calculation.lock.model import Section
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.core.text.source import SourceFile
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.pipeline.project import Project
    from ghgcalc.pipeline.run import Run

State = Literal["compared", "no base", "new", "broken base", "broken head"]


@dataclass(frozen=True, slots=True)
class YearChange:
    """A reporting year on both sides; None where a side has no data of it, or errors block it.

    Attributes:
        found: the comparison, where both sides have an inventory.
        factors: whose factors changed.
        blocked: `head` or `base` where errors block its total.
    """

    year: int
    before: bool
    after: bool
    found: Difference | None = None
    factors: tuple[FactorChange, ...] = ()
    blocked: str = ""


@dataclass(frozen=True, slots=True)
class FileJudged:
    """What a change does to one company file.

    Attributes:
        path: the company file as named.
        state: what could be compared.
        run: the newest reporting year as it is now; None where there is none.
        diagnostics: of every reporting year, those under its lock among them.
        holds: whether no error stands, and nothing was left unjudged.
        base: the errors of the base, as lines of text.
        locked: the reporting years that a lock holds now.
        unlocked: those that it held at the base only.
        relocked: those whose section is another one than at the base.
        under_lock: the locked years that were computed.
        former: the company files of the base that it may have been, where it has another name;
            one is compared with.
        breaches: the totals that moved further than they may; `gone` the years that went, which no
            limit allows.
    """

    path: str
    state: State
    run: Run | None
    diagnostics: tuple[Diagnostic, ...]
    sources: tuple[SourceFile, ...]
    holds: bool
    years: tuple[YearChange, ...] = ()
    files: tuple[ChangedFile, ...] = ()
    base: tuple[str, ...] = ()
    locked: tuple[int, ...] = ()
    unlocked: tuple[int, ...] = ()
    relocked: tuple[Relocked, ...] = ()
    under_lock: tuple[int, ...] = ()
    former: tuple[str, ...] = ()
    breaches: tuple[Breach, ...] = ()
    gone: tuple[int, ...] = ()
    limit: Limit = NO_LIMIT


@dataclass(frozen=True, slots=True)
class _Side:
    """Every reporting year of one side; `runs` by year."""

    project: Project | None
    runs: dict[int, Run]
    diagnostics: tuple[Diagnostic, ...]
    read: tuple[Path, ...]


def judge_file(path: str, base: Base | None, limit: Limit, files: bool = True) -> FileJudged:
    """Judge every reporting year of a company file, and compare it with the base.

    A reporting year that the lock holds is computed as with `--locked`.

    Args:
        path: the company file.
        base: what it is compared with; None for nothing.
        limit: how far its totals may move.
        files: whether the changed files are wanted.

    Raises:
        RevisionError: git cannot give what the base holds.
    """
    judged = check(path)
    head = _years_of(judged.project, locked=True)
    found = _heaviest((*judged.diagnostics, *head.diagnostics))
    holds = judged.holds and not any(d.severity is Severity.ERROR for d in found)
    newest = head.runs[max(head.runs)] if head.runs else None
    held = _sections(judged.project)
    made = FileJudged(
        path, "no base", newest, found, tuple(judged.sources), holds, limit=limit,
        locked=tuple(sorted(held)), under_lock=tuple(sorted(head.runs.keys() & held)),
    )  # fmt: skip
    return made if base is None else _compared(made, head, base, files=files)


def _compared(made: FileJudged, head: _Side, base: Base, *, files: bool) -> FileJudged:
    company = Path(made.path).resolve()
    inside = company.relative_to(base.root)
    with scratch_folder() as scratch:
        if not _holds(base, inside):
            former = former_files(base, PurePosixPath(inside.as_posix()))
            made = replace(made, former=tuple(map(str, former)))
            if len(former) != 1:
                return replace(made, state="new", files=_touched(base, company, head.read, files))
            inside = Path(former[0])
        unpack(base.commit, base.root, inside.parent, scratch)
        file = scratch / inside
        if not file.is_file():
            return replace(made, state="new", files=_touched(base, company, head.read, files))
        opened = open_project(file)
        old = _years_of(opened.value.project, locked=False)
        there = scratch.resolve()
        read = (*head.read, *(base.root / each.resolve().relative_to(there) for each in old.read
                              if each.resolve().is_relative_to(there)))  # fmt: skip
        errors = _errors((*opened.diagnostics, *old.diagnostics))
        years = tuple(_year_changes(head, old, base.label))
    before, now = _sections(old.project), _sections(head.project)
    state: State = "compared"
    if old.project is None or any(year.blocked == "base" for year in years):
        state = "broken base"
    elif head.project is None:
        state = "broken head"
    return replace(
        made, state=state, years=years, base=errors,
        files=_touched(base, company, read, files),
        unlocked=tuple(sorted(before.keys() - now)) if head.project is not None else (),
        relocked=relocked_years(before, now),
        breaches=tuple(
            each for year in years if year.found is not None
            for each in breaches(year.year, year.found.figures, made.limit)
        ),
        gone=tuple(
            each.year for each in years
            if made.limit and each.before and not each.after and not each.blocked
        ),
    )  # fmt: skip


def _sections(project: Project | None) -> Mapping[int, Section]:
    """What the lock of a project holds, by reporting year; nothing where it is of another file."""
    lock = project.lock if project is not None else None
    return lock.sections if lock is not None and not lock.foreign else {}


def _holds(base: Base, inside: Path) -> bool:
    """Whether the base has a file of this name."""
    done = git(["cat-file", "-t", f"{base.commit}:{inside.as_posix()}"], base.root)
    return done.stdout.strip() == b"blob"


def _touched(
    base: Base, company: Path, read: Sequence[Path], wanted: bool
) -> tuple[ChangedFile, ...]:
    return changed_files(base, company.parent, read) if wanted else ()


def _years_of(project: Project | None, *, locked: bool) -> _Side:
    """Every reporting year with activity data; under its lock where one holds it.

    A locked year without data is an error of the side whose years are judged under the lock.
    """
    if project is None:
        return _Side(None, {}, (), ())
    held = project.lock.sections if locked and project.lock is not None else {}
    runs = {
        year: compute(project, period=str(year), locked=year in held)
        for year in reporting_years(project.company, project.amounts)
    }
    said = tuple(item for year in runs if not locked or year in held
                 for item in runs[year].diagnostics)  # fmt: skip
    gone = gone_years(project, strict=True) if locked else ()
    return _Side(project, runs, (*said, *gone), tuple(files_of(project)))


def _heaviest(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings once: what a lock makes heavier is said with the greater weight alone."""
    order = list(Severity)
    kept: dict[tuple[object, ...], Diagnostic] = {}
    for item in found:
        key = (item.code, item.location, item.message)
        known = kept.get(key)
        if known is None or order.index(item.severity) < order.index(known.severity):
            kept[key] = item
    return in_order(kept.values())


def _errors(found: Iterable[Diagnostic]) -> tuple[str, ...]:
    errors = [item for item in _heaviest(found) if item.severity is Severity.ERROR]
    return tuple(
        f"{item.location}: {item.message}" if item.location else item.message for item in errors
    )


def _year_changes(head: _Side, old: _Side, label: str) -> Iterator[YearChange]:
    """Each reporting year that either side has, the newest first."""
    for year in sorted({*head.runs, *old.runs}, reverse=True):
        before, after = _inventory(old, year), _inventory(head, year)
        side = "head" if _blocked(head, year) else "base" if _blocked(old, year) else ""
        made = YearChange(year, year in old.runs, year in head.runs, blocked=side)
        if before is not None and after is not None:
            renames = head.project.company.renames if head.project is not None else {}
            found = difference(snapshot(before, f"base {label}"), snapshot(after, "now"), renames)
            made = replace(made, found=found, factors=factor_changes(found, before, after))
        yield made


def _blocked(side: _Side, year: int) -> bool:
    """Whether errors keep a side's total of a year from being known, or a line from being dated."""
    if side.project is None or year in side.runs:
        return _inventory(side, year) is None
    return blocked(side.project.found, side.project.company.year.span(year))


def _inventory(side: _Side, year: int) -> Inventory | None:
    run = side.runs.get(year)
    return run.inventory if run is not None else None
