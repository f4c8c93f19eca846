"""Rows of one supply over the same days: subtotals, days that others cover, a bill sent twice.

Only tables in which one stretch of days lies inside another, or in which a meter has two rows of
the same days, are looked at row by row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.findings import RowFinding
from ghgcalc.activity_data.tables.nesting import Nest, contained, credited, nests
from ghgcalc.activity_data.tables.polars_engine.equal_days import report_equal_days
from ghgcalc.activity_data.tables.polars_engine.leaving_out import remedy
from ghgcalc.activity_data.tables.polars_engine.months_again import report_months_again
from ghgcalc.activity_data.tables.polars_engine.repeats import MOST_COMPARED
from ghgcalc.activity_data.tables.polars_engine.supplies import (
    LONGEST_CLOCK,
    has_clock,
    rows_by_supply,
)
from ghgcalc.activity_data.tables.polars_engine.total_terms import report_total_terms
from ghgcalc.activity_data.tables.sums import to_decimal
from ghgcalc.core.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import polars as pl

    from ghgcalc.activity_data.tables.nesting import Row
    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources
    from ghgcalc.activity_data.tables.polars_engine.supplies import Supply
    from ghgcalc.activity_data.tables.verdict import Verdict
    from ghgcalc.core.period import Span

_METER = "meter "
HONEST = "`accept_overlaps: {reason: …}`"


def report_overlaps(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict, sources: Sources
) -> frozenset[int]:
    """Put them into the tally; the positions of the rows told, which the calendar leaves out.

    So are bills that were credited as a whole: the bills made instead stand for their days.
    """
    if plan.places.table.reads or sources.rows > MOST_COMPARED:
        return frozenset()
    report_total_terms(rows, plan, sources)
    told = _of_days(rows, plan, verdict, sources)
    told |= report_equal_days(rows, plan, verdict, sources, told)
    report_months_again(rows, plan, verdict, sources, told)
    return told


def _of_days(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict, sources: Sources
) -> frozenset[int]:
    """Rows whose days lie inside one another, or are those of another bill of the meter."""
    if not plan.times:
        return frozenset()
    nested = contained(verdict.spans.values())
    twice = _of_meters(plan) and _repeat(rows, plan)
    corrected = plan.places.table.corrections is not None
    if not nested and not twice and not corrected:
        return frozenset()
    supplies = rows_by_supply(rows, plan, verdict)
    back: frozenset[int] = frozenset()
    if corrected:
        back = back.union(*(credited(several) for several in supplies.values()))
        supplies = {
            supply: [row for row in several if row.position not in back]
            for supply, several in supplies.items()
        }
    told = _nested(supplies, rows, plan, sources) if nested else frozenset()
    if twice:
        told |= _twice(supplies, plan, sources, told)
    return told | back


def _of_meters(plan: TablePlan) -> bool:
    """Whether rows are bills of meters; those that a last day alone dates may share it."""
    dated = plan.places.table.read.from_ is None
    return "meter" in plan.columns and dated and not has_clock(plan)


def _repeat(rows: pl.LazyFrame, plan: TablePlan) -> bool:
    """Whether a meter has two rows with the same texts for their days."""
    import polars as pl

    names = list(dict.fromkeys(["meter", *plan.named, *plan.times]))
    texts = [pl.col(name).fill_null("").str.strip_chars() for name in names]
    asked = rows.filter(pl.col("good") & ~pl.col("corrects")).select(texts)
    return bool(asked.select(pl.struct(names).is_duplicated().any()).collect().item())


def _nested(
    supplies: Mapping[Supply, list[Row]], rows: pl.LazyFrame, plan: TablePlan, sources: Sources
) -> frozenset[int]:
    least = LONGEST_CLOCK + 1 if has_clock(plan) else 1
    found = [
        (supply, nest)
        for supply, several in supplies.items()
        if contained(row.span for row in several)
        for nest in nests(several, least)
    ]
    if "meter" in plan.columns:
        found += _across_meters(supplies, found, least)
    sums = frozenset(nest.outer.position for _, nest in found if nest.equal)
    hint = remedy(rows, plan, sources, sums) if sums else ""
    for supply, nest in found:
        made = _subtotal(supply, nest, hint, plan, sources)
        sources.tally.add(made if nest.equal else _covered(supply, nest, plan, sources))
    return frozenset(nest.outer.position for _, nest in found)


def _across_meters(
    supplies: Mapping[Supply, list[Row]], found: list[tuple[Supply, Nest]], least: int
) -> list[tuple[Supply, Nest]]:
    """Rows that equal the sum of rows inside them whatever their meters: a total in their column.

    Only exact sums: bills of several meters overlap rightly.
    """
    told = {nest.outer.position for _, nest in found}
    groups: dict[Supply, list[Row]] = {}
    names: dict[int, Supply] = {}
    for supply, several in supplies.items():
        if supply[0].startswith(_METER):
            left = [row for row in several if row.scaled and row.position not in told]
            groups.setdefault(("", *supply[1:]), []).extend(left)
            names |= {row.position: supply for row in left}
    return [
        (names[nest.outer.position], nest)
        for several in groups.values()
        if contained(row.span for row in several)
        for nest in nests(sorted(several, key=lambda row: row.position), least)
        if nest.equal
    ]


def _amount(scaled: int, supply: Supply, plan: TablePlan) -> str:
    return f"{to_decimal(scaled, plan.decimals):,f} {supply[-1]}"


def whose(supply: Supply) -> str:
    """The meter of a supply, else its facility and item."""
    name, facility, item, _ = supply
    if name.startswith(_METER):
        return f"meter `{name.removeprefix(_METER)}`"
    return f"item `{item}` of `{facility}`"


def _subtotal(
    supply: Supply, nest: Nest, hint: str, plan: TablePlan, sources: Sources
) -> RowFinding:
    position, span = nest.outer.position, nest.outer.span
    finding = Diagnostic(
        "subtotal-row",
        f"{whose(supply)}: the row of {_stretch(span)}, {_amount(nest.outer.scaled, supply, plan)},"
        f" equals the sum of the {nest.inside:,} rows inside it: a subtotal?",
        sources.place(position, "quantity"),
        related=(Related(sources.place(nest.first, "quantity"), "the first row inside it"),),
        notes=sources.notes(position, "quantity", ()),
        hint=f"{hint}; where these rows count beside the others, state {HONEST}",
        days=(span.first, span.last),
    )
    return RowFinding(position, finding)


def _covered(supply: Supply, nest: Nest, plan: TablePlan, sources: Sources) -> RowFinding:
    position, span = nest.outer.position, nest.outer.span
    finding = Diagnostic(
        "nested-rows",
        f"{whose(supply)}: every day of {_stretch(span)} stands in this row,"
        f" {_amount(nest.outer.scaled, supply, plan)}, and in {nest.inside:,} others inside it,"
        f" {_amount(nest.sum, supply, plan)}; all of them count",
        sources.place(position, "quantity"),
        related=(Related(sources.place(nest.first, "quantity"), "the first row inside it"),),
        notes=sources.notes(position, "quantity", ()),
        hint=f"leave out by a `filter:` what repeats; {_apart_by(plan)}where all of them count,"
        f" state {HONEST}",
        days=(span.first, span.last),
        severity=Severity.WARNING,
    )
    return RowFinding(position, finding)


def _apart_by(plan: TablePlan) -> str:
    """What a table without meters may lack; types and totals in the place of one hide a double."""
    if "meter" in plan.columns:
        return ""
    return "map as `meter:` a column that names the meters, no column of types or totals; "


class _Pair(NamedTuple):
    """Two rows of one meter and the same days."""

    supply: Supply
    first: Row
    second: Row


def _twice(
    supplies: Mapping[Supply, list[Row]], plan: TablePlan, sources: Sources, told: frozenset[int]
) -> frozenset[int]:
    """Bills of a meter for the same days: refused where the quantity is the same too."""
    alike: list[_Pair] = []
    apart: list[_Pair] = []
    for supply, several in supplies.items():
        if supply[0].startswith(_METER):
            for pair in _pairs(supply, [row for row in several if row.position not in told]):
                same = pair.first.scaled == pair.second.scaled
                (alike if same and not plan.places.table.unique else apart).append(pair)
    for pair in alike:
        sources.tally.add(_repeated(pair, plan, sources))
    if apart:
        sources.tally.add(_apart(apart, plan, sources))
    return frozenset(pair.second.position for pair in alike)


def _pairs(supply: Supply, rows: list[Row]) -> Iterator[_Pair]:
    """Each row of more than a day with the row that it repeats; the same quantity goes first.

    An estimate beside a reading is told as such (`estimate-and-actual`).
    """
    by_span: dict[tuple[Span, bool], list[Row]] = {}
    for row in rows:
        if row.scaled and not row.corrects and row.span.days > 1:
            by_span.setdefault((row.span, row.estimated), []).append(row)
    for several in by_span.values():
        first_of: dict[int, Row] = {}
        for row in several:
            if row is not several[0]:
                yield _Pair(supply, first_of.get(row.scaled, several[0]), row)
            first_of.setdefault(row.scaled, row)


def _repeated(pair: _Pair, plan: TablePlan, sources: Sources) -> RowFinding:
    position, span = pair.second.position, pair.second.span
    finding = Diagnostic(
        "bill-twice",
        f"{whose(pair.supply)}: {_stretch(span)} is billed twice,"
        f" {_amount(pair.second.scaled, pair.supply, plan)} each",
        sources.place(position, "quantity"),
        related=(Related(sources.place(pair.first.position, "quantity"), "the other bill"),),
        notes=sources.notes(position, "quantity", ()),
        hint="remove the row or leave it out by a `filter:`; where both count, name under"
        f" `unique: [columns]` what tells the bills apart, or state {HONEST}",
        days=(span.first, span.last),
    )
    return RowFinding(position, finding)


def _apart(pairs: list[_Pair], plan: TablePlan, sources: Sources) -> RowFinding:
    first = min(pairs, key=lambda pair: pair.second.position)
    position = first.second.position
    bills = f"{len(pairs):,} bills have" if len(pairs) > 1 else "a bill has"
    amounts = (_amount(row.scaled, first.supply, plan) for row in (first.first, first.second))
    days = [day for pair in pairs for day in pair.second.span]
    finding = Diagnostic(
        "calendar-overlap",
        f"table `{plan.places.name}`: {bills} the meter and the days of another one;"
        f" {whose(first.supply)}, {_stretch(first.second.span)}: {' and '.join(amounts)}",
        sources.place(position, "quantity"),
        related=(Related(sources.place(first.first.position, "quantity"), "the other bill"),),
        notes=sources.notes(position, "quantity", ()),
        hint="leave out by a `filter:` the bill that another one replaces; where both count, as of"
        f" two tariffs, state {HONEST}",
        days=(min(days), max(days)),
        severity=Severity.WARNING,
    )
    return RowFinding(position, finding)


def _stretch(span: Span) -> str:
    return str(span.first) if span.days == 1 else f"{span.first} … {span.last}"
