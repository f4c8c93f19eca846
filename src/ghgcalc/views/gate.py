"""What a change does to inventories, as a reviewer reads it: the verdict, then file by file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.analysis.compare.snapshot import METHODS
from ghgcalc.calculation.results.line import MARKET
from ghgcalc.core.diagnostics import Severity
from ghgcalc.views.difference import FIGURES, difference_report, scope_3_apart
from ghgcalc.views.factor_values import headline
from ghgcalc.views.report import report_of
from ghgcalc.views.table import Column, Fact, Number, Report, Row, Table, places_for
from ghgcalc.views.words import METHOD_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from ghgcalc.analysis.gate.factors import FactorChange
    from ghgcalc.analysis.gate.judge import FileJudged, YearChange
    from ghgcalc.analysis.gate.thresholds import Breach
    from ghgcalc.analysis.gate.verdict import Verdict
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.factors.model import Factor
    from ghgcalc.views.table import Cell, Phrase

MOST_ROWS = 50  # findings, files and factors of one table; files beside the summary hold all
BASE_ERRORS = 5
# columns of the overview: figure and method
_SHOWN = (
    ("scope_1", None), ("scope_2", "location_based"), ("scope_2", "market_based"),
    ("scope_3", None), ("all_scopes", MARKET),
)  # fmt: skip
_OF_LOCKS = ("lock-lost", "year-relocked")
_STATES = {
    "new": "not in the base: a new company file",
    "broken base": "errors in the base: not compared",
    "broken head": "errors: not compared",
    "no base": "not compared",
}


class Section(NamedTuple):
    """A part of the summary that is shown whole or not at all; its name, and its report."""

    name: str
    report: Report


def gate_head(
    verdict: Verdict, judged: Sequence[FileJudged], found: Sequence[Diagnostic]
) -> Report:
    """The verdict, the change of each reporting year, and the findings.

    Args:
        verdict: what came of it.
        judged: every company file.
        found: the findings of all of them and of the change, with the places that the reader opens.
    """
    counts = [
        f"{len(items):,} {severity.value}{'' if len(items) == 1 else 's'}"
        for severity in Severity
        if (items := [item for item in found if item.severity is severity])
    ]
    beyond = [f"{verdict.beyond:,} beyond the threshold"] if verdict.beyond else []
    anew = sum(len(file.relocked) for file in judged)
    beyond += [f"{anew:,} year{'' if anew == 1 else 's'} locked anew"] if anew else []
    words = ("GHG inventory: passes" if verdict.passes else "GHG inventory: fails", *beyond,
             ", ".join(counts) or "no findings")  # fmt: skip
    tables = [table for table in (_overview(judged), _findings(found)) if table.rows]
    return Report(words, tuple(tables), tuple(_facts(verdict, judged)))


def gate_sections(judged: FileJudged) -> Iterator[Section]:
    """The comparison of each year that moved, changed factors, changed files; the newest first."""
    for year in judged.years:
        if year.found is not None and _moved(year):
            shown = difference_report(year.found, METHODS, None)
            factors = _factors(year.factors)
            tables = (*shown.tables, *([factors] if factors.rows else []))
            heading = (judged.path, str(year.year), *shown.heading)
            yield Section(f"{judged.path}, {year.year}", Report(heading, tables, shown.facts))
    inventory = judged.run.inventory if judged.run is not None else None
    if judged.state != "compared" and inventory is not None:
        report = report_of(inventory, whole=True)
        heading = (judged.path, *report.heading)
        yield Section(f"{judged.path}, the inventory now",
                      Report(heading, report.tables, report.facts))  # fmt: skip
    if judged.files:
        report = Report((judged.path, "changed files"), (_files(judged),), ())
        yield Section(f"{judged.path}, changed files", report)


def _moved(year: YearChange) -> bool:
    """Whether any tonne of any source moved, be it that the totals stand still, or a factor did."""
    assert year.found is not None
    moved = any(c.before != c.after or any(c.effects.values()) for c in year.found.changes)
    return moved or bool(year.factors)


# ---- the head -----------------------------------------------------------------------------------


def _overview(judged: Sequence[FileJudged]) -> Table:
    """The change of the totals of every reporting year; what could not be compared is said."""
    figures = [f for file in judged for y in file.years if y.found for f in y.found.figures]
    places = places_for(value for f in figures for value in (f.before, f.after))
    heads = [f"{FIGURES[name]}{f', {METHOD_WORDS[method]}' if method else ''}"
             for name, method in _SHOWN]  # fmt: skip
    last = heads[-1]
    heads = [
        *heads[:-1],
        f"{last}: base",
        *(f"1 + 2 + 3: {each}" for each in ("now", "change", "%")),
    ]
    columns = (Column(""), *(Column(head, True) for head in heads))
    rows = [row for file in judged for row in _rows(file, places)]
    return Table("Change, tCO2e", columns, tuple(rows))


def _rows(file: FileJudged, places: int) -> Iterator[Row]:
    empty: tuple[Cell, ...] = (None,) * (len(_SHOWN) + 3)
    if not file.years:
        yield Row((file.path, *empty), remark=_STATES.get(file.state, ""))
    for year in file.years:
        label = f"{file.path}, {year.year}"
        if year.found is None:
            yield Row((label, *empty), remark=_remark(year))
            continue
        totals = [year.found.total(*asked) for asked in _SHOWN]
        cells = [_number(figure.change, places, signed=True) for figure in totals]
        share = totals[-1].share
        both = [_number(value, places) for value in (totals[-1].before, totals[-1].after)]
        cells[-1:] = [*both, cells[-1]]
        remark = scope_3_apart(year.found) or ("" if _moved(year) else "no source moved")
        yield Row((label, *cells, None if share is None else Number(share * 100, 1, True)),
                  remark=remark)  # fmt: skip


def _number(value: Fraction | None, places: int, *, signed: bool = False) -> Number | None:
    return None if value is None else Number(value, places, signed)


def _remark(year: YearChange) -> str:
    if year.blocked:
        return "errors block its total" if year.blocked == "head" else "errors block it in the base"
    return "a new reporting year" if year.after else "no data any more"


def _findings(found: Sequence[Diagnostic]) -> Table:
    """The heaviest findings first, as many as people read."""
    ranked = sorted(found, key=lambda item: list(Severity).index(item.severity))
    rows = tuple(
        Row((f"{item.severity.value}: {item.code}", str(item.location or ""), item.message,
             item.hint or ""))
        for item in ranked[:MOST_ROWS]
    )  # fmt: skip
    columns = (Column("Finding"), Column("where"), Column("what"), Column("what to do"))
    return Table("Findings", columns, rows, _more(len(ranked), "findings"))


def _more(count: int, what: str) -> tuple[str, ...]:
    return (f"and {count - MOST_ROWS:,} more {what}",) if count > MOST_ROWS else ()


def _facts(verdict: Verdict, judged: Sequence[FileJudged]) -> Iterator[Fact]:
    if verdict.reasons:
        yield Fact("Why it fails", tuple((text,) for text in verdict.reasons), alert=True)
    beyond = tuple(_beyond(file, each) for file in judged for each in file.breaches)
    gone = tuple((f"{file.path}, {year}: the reporting year has no data any more",)
                 for file in judged for year in file.gone)  # fmt: skip
    if beyond or gone:
        yield Fact("Beyond the threshold", (*beyond, *gone), alert=True)
    locks = tuple((text,) for item in verdict.own for text in _of_lock(item))
    if locks:
        yield Fact("Locked years", locks, alert=True)
    if verdict.warnings:
        yield Fact("Not judged", tuple((text,) for text in verdict.warnings))
    for file in judged:
        if file.base:
            more = len(file.base) - BASE_ERRORS
            rest = [f"and {more:,} more"] if more > 0 else []
            said = (*file.base[:BASE_ERRORS], *rest)
            yield Fact(f"Errors in the base of {file.path}", tuple((text,) for text in said))
    notes = [(text,) for text in verdict.notes]
    if notes:
        yield Fact("Notes", tuple(notes))


def _of_lock(item: Diagnostic) -> Iterator[str]:
    """What a finding says of a locked year; its figures stand below it."""
    if item.code in _OF_LOCKS:
        path = item.location.path if item.location else ""
        yield f"{path}: {item.message}" if "/" in path else item.message
        yield from (f"  {note}" for note in item.notes)


def _beyond(file: FileJudged, breach: Breach) -> Phrase:
    """How far a total moved, beside how far it may."""
    figure, limit = breach.figure, breach.limit
    method = f", {METHOD_WORDS[figure.method]}" if figure.method else ""
    phrase: list[str | Number] = [f"{file.path}, {breach.year}: {FIGURES[figure.name]}{method} "]
    if figure.change is None:
        return (*phrase, "is not computed any more")
    places = places_for([figure.before, figure.after])
    phrase += ["moves by ", Number(figure.change, places, True), " tCO2e"]
    if figure.share is not None:
        phrase += [" (", Number(figure.share * 100, 1, True), " %)"]
    bounds: list[str | Number] = []
    if limit.tonnes is not None:
        bounds += [Number(limit.tonnes, places_for([limit.tonnes])), " t"]
    if limit.share is not None:
        bounds += [*([" and "] if bounds else []), Number(limit.share * 100, 1), " %"]
    lesser = "the lesser of " if len(bounds) > 2 else ""
    return (*phrase, f"; it may move by {lesser}", *bounds)


# ---- the sections -------------------------------------------------------------------------------


def _factors(changes: Sequence[FactorChange]) -> Table:
    columns = (Column("Changed factors"), Column("base"), Column("now"), Column("lines", True))
    rows = tuple(
        Row((_methods(each.methods), _named(each.before), _named(each.after),
             f"{len(each.lines):,}"), remark=", ".join(each.lines[:3]))
        for each in changes[:MOST_ROWS]
    )  # fmt: skip
    return Table("Changed factors", columns, rows, _more(len(changes), "changed factors"))


def _methods(names: Sequence[str]) -> str:
    return "both methods" if len(names) > 1 else METHOD_WORDS[names[0]]


def _named(factors: Sequence[Factor]) -> str:
    return "; ".join(
        f"{each.ref}@{each.pack.header.version}: {headline(each)} per {each.per}"
        for each in factors
    ) or "none"  # fmt: skip


def _files(judged: FileJudged) -> Table:
    ranked = sorted(judged.files, key=lambda each: (not each.read, each.name))
    rows = tuple(
        Row((each.name, each.what, "read" if each.read else "not read"))
        for each in ranked[:MOST_ROWS]
    )
    columns = (Column("File"), Column("change"), Column("by the inventory"))
    return Table("Files", columns, rows, _more(len(ranked), "files"))
