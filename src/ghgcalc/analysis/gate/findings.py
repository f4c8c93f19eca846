"""What speaks against a change beside its files' own findings, as findings of its own.

They stand at the company file or its lock, so that every format of findings holds what the verdict
rests on.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic, Location, Severity
from ghgcalc.core.numbers import plain
from ghgcalc.core.text.paths import LOCK_FILE
from ghgcalc.inventory.lock_figures import PLACES, signed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.analysis.gate.base import NoBase
    from ghgcalc.analysis.gate.judge import FileJudged
    from ghgcalc.analysis.gate.thresholds import Breach, Limit


def missing_base(path: str, error: NoBase) -> Diagnostic:
    """That the base which was named is not here, as an error at a company file."""
    return Diagnostic("base-missing", error.what, _start(path), hint=error.remedy)


def gate_findings(file: FileJudged, *, warn: bool) -> Iterator[Diagnostic]:
    """What speaks against a change of a company file, or could not be judged.

    Diagnosed: `base-unclear`, `lock-lost`, `year-relocked`, `threshold-exceeded`,
    `threshold-not-judged`.

    Args:
        file: the company file.
        warn: whether a total beyond its threshold is a warning rather than an error.
    """
    if len(file.former) > 1:
        yield _unclear(file)
    yield from _lost(file)
    yield from _relocked(file)
    weight = Severity.WARNING if warn else Severity.ERROR
    for year in dict.fromkeys(each.year for each in file.breaches):
        yield _beyond(file, year, weight)
    for year in file.gone:
        yield Diagnostic(
            "threshold-exceeded",
            f"`{file.path}` has no data of {year} any more, which is beyond every threshold",
            _start(file.path), severity=weight, periods=(year,), about=str(year),
            hint=f"restore the data of {year}, or set no threshold for this change",
        )  # fmt: skip
    if file.limit and file.state == "broken base":
        yield Diagnostic(
            "threshold-not-judged",
            f"not every total of `{file.path}` was held against its threshold, since the base has"
            " errors",
            _start(file.path), severity=Severity.WARNING, notes=file.base[:_SHOWN],
            hint="correct the base first, or compare the totals by hand",
        )  # fmt: skip


_SHOWN = 5  # errors of the base


def _start(path: str) -> Location:
    """The first sign of a company file, by its name beside itself."""
    return Location(Path(path).name, 1, 1)


def _unclear(file: FileJudged) -> Diagnostic:
    names = ", ".join(f"`{name}`" for name in file.former)
    return Diagnostic(
        "base-unclear",
        f"`{file.path}` is not held against anything: it may have been any of {names}",
        _start(file.path),
        hint="rename one file in a commit of its own, so that git sees which one it was",
    )


def _lost(file: FileJudged) -> Iterator[Diagnostic]:
    """Years locked at the base alone: an error where they moved, or the file was renamed."""
    moved = {
        each.year for each in file.years if each.found is not None
        and any(figure.before != figure.after for figure in each.found.figures)
    }  # fmt: skip
    for year in file.unlocked:
        heavy = bool(file.former) or year in moved
        lock = f"the lock of `{file.former[0]}`" if file.former else f"`{LOCK_FILE}`"
        also = ", and the year has moved" if year in moved else ""
        yield Diagnostic(
            "lock-lost",
            f"{file.path}: {lock} held {year} at the base, which no lock holds now{also}",
            _start(file.path),
            severity=Severity.ERROR if heavy else Severity.WARNING, periods=(year,),
            about=str(year),
            hint="write the new name behind `company:` in the lock" if file.former
            else f"restore `{LOCK_FILE}`; what is to move a locked year is"
            f" `ghgcalc lock --period {year}`",
        )  # fmt: skip


def _relocked(file: FileJudged) -> Iterator[Diagnostic]:
    for each in file.relocked:
        noun = "locked line has" if each.lines == 1 else "locked lines have"
        lines = f"{each.lines:,} {noun} other tonnes"
        yield Diagnostic(
            "year-relocked",
            f"`{LOCK_FILE}` holds {each.year} anew:"
            f" {'locked tonnes have moved' if each.moved else 'no locked tonne has moved'}",
            each.place,
            severity=Severity.WARNING if each.moved else Severity.NOTE, periods=(each.year,),
            notes=(*each.figures, *((lines,) if each.lines else ())),
            hint=f"check that {each.year} is to be restated; else restore `{LOCK_FILE}`",
        )  # fmt: skip


def _beyond(file: FileJudged, year: int, weight: Severity) -> Diagnostic:
    moved = [each for each in file.breaches if each.year == year]
    noun = "1 total" if len(moved) == 1 else f"{len(moved)} totals"
    return Diagnostic(
        "threshold-exceeded",
        f"{noun} of {year} in `{file.path}` moved beyond {limit_text(file.limit)}",
        _start(file.path),
        severity=weight,
        notes=tuple(map(_moved, moved)),
        hint="check each source that moved; what is meant needs another threshold in the workflow",
        periods=(year,),
        about=str(year),
    )


def limit_text(limit: Limit) -> str:
    """How far a total may move, in words."""
    bounds = [f"{plain(limit.tonnes, PLACES)} t"] if limit.tonnes is not None else []
    if limit.share is not None:
        bounds.append(f"{plain(limit.share * 100, PLACES)} %")
    return " or ".join(bounds)


def _moved(breach: Breach) -> str:
    figure = breach.figure
    name = figure.name if figure.method is None else f"{figure.name}.{figure.method}"
    assert figure.before is not None
    was = f"`{name}` was {plain(figure.before, PLACES)} tCO2e"
    if figure.after is None or figure.change is None:
        return f"{was} and is not computed any more"
    return f"{was} and is {plain(figure.after, PLACES)} tCO2e: {signed(figure.change)}"
