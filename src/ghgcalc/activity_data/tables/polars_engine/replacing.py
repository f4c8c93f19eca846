"""The rows that `replaces: estimated` leaves out, what is told of them, and what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.findings import RowFinding
from ghgcalc.activity_data.tables.marks import MARK, meaning
from ghgcalc.activity_data.tables.nesting import Row
from ghgcalc.activity_data.tables.polars_engine.supplies import LONGEST_CLOCK, has_clock
from ghgcalc.activity_data.tables.replacing import Doubt, Estimate, estimates_beside
from ghgcalc.activity_data.tables.sums import to_decimal
from ghgcalc.core.diagnostics import Diagnostic, Related

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources
    from ghgcalc.activity_data.tables.verdict import Verdict

_SHOWN = 20
_WHY = {
    Doubt.PARTLY: (
        "only some days of the estimate for {span} stand in other rows of the meter",
        "leave it out by a `filter:` where they replace it whole, else correct its days",
    ),
    Doubt.SEVERAL: (
        "several estimates share days of {span}, and other rows do not replace one each",
        "leave out by a `filter:` the estimates that others replace, or map what tells meters"
        " apart as `meter:`",
    ),
    Doubt.CORRECTED: (
        "a correction stands over the days of the estimate for {span}: does it take it back?",
        "leave the estimate and its correction out by a `filter:`; where corrections take all"
        " estimates back, remove `replaces:`",
    ),
    Doubt.CLOCK: (
        "rows of times within a day share days: whether one replaces the estimate of {span} is"
        " not known",
        "leave out by a `filter:` the estimates that others replace, and remove `replaces:`",
    ),
}


class Replaced(NamedTuple):
    """The estimates left out, by position; those asked about; and the sentence of reports."""

    positions: frozenset[int] = frozenset()
    doubts: tuple[Estimate, ...] = ()
    told: str = ""


def find_replaced(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict, sources: Sources
) -> Replaced:
    """The estimates of a meter over whose days others of its rows stand; nothing if not stated.

    Args:
        rows: the derived rows.
        plan: the table's rules.
        verdict: the time texts read.
        sources: the files.
    """
    if plan.places.table.replaces is None:
        return Replaced()
    found, units = _estimates(rows, plan, verdict)
    gone = [each.row for each in found if each.doubt is None]
    return Replaced(
        frozenset(row.position for row in gone),
        tuple(each for each in found if each.doubt is not None),
        _told(gone, units, plan, sources),
    )


def replaceable(rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict) -> frozenset[int]:
    """The estimates that `replaces: estimated` would leave out; none where it would ask instead.

    A hint that names the key is then right as it is typed.
    """
    if plan.places.table.replaces is not None or not {"meter", MARK} <= set(plan.columns):
        return frozenset()
    found, _ = _estimates(rows, plan, verdict)
    if any(each.doubt is not None for each in found):
        return frozenset()
    return frozenset(each.row.position for each in found)


def _estimates(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict
) -> tuple[list[Estimate], dict[int, str]]:
    """The estimates beside other rows of their meter, and their units by position."""
    longest = LONGEST_CLOCK if has_clock(plan) else 0
    found: list[Estimate] = []
    units: dict[int, str] = {}
    for unit_of, several in _meters(rows, plan, verdict):
        for each in estimates_beside(several, longest):
            found.append(each)
            units[each.row.position] = unit_of[each.row.position]
    return sorted(found, key=lambda each: each.row.position), units


def report_doubts(replaced: Replaced, plan: TablePlan, sources: Sources) -> None:
    """Put the estimates asked about into the tally, as errors."""
    for row, other, doubt in replaced.doubts:
        assert doubt is not None
        message, hint = _WHY[doubt]
        span = f"{row.span.first} … {row.span.last}"
        related = "the correction" if doubt is Doubt.CORRECTED else "the other row"
        finding = Diagnostic(
            "replaces-unclear",
            f"table `{plan.places.name}`: {message.format(span=span)}",
            sources.place(row.position, MARK),
            related=(Related(sources.place(other.position, "quantity"), related),),
            notes=sources.notes(row.position, MARK, ()),
            hint=hint,
            days=(row.span.first, row.span.last),
        )
        sources.tally.add(RowFinding(row.position, finding))


def _meters(
    rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict
) -> list[tuple[dict[int, str], list[Row]]]:
    """The rows of each meter that has estimates and others, with their units by position."""
    import polars as pl

    keys = ["meter", *(name for name in ("facility", "item") if name in plan.columns)]
    units = ["unit"] if "unit" in plan.columns else []
    texts = list(dict.fromkeys([*keys, MARK, *plan.times, *units]))
    frame = rows.filter("good").select(
        "position", "scaled", "corrects", *(pl.col(name).fill_null("") for name in texts)
    )
    frame = frame.with_columns(pl.col("meter").str.strip_chars())
    both = frame.select("meter", MARK).unique().group_by("meter").len().filter(pl.col("len") > 1)
    frame = frame.join(both, on="meter", how="semi")
    unit = plan.constants.get("unit") or ""
    found: dict[tuple[str, ...], tuple[dict[int, str], list[Row]]] = {}
    for line in frame.collect(engine="streaming").sort("position").iter_rows(named=True):
        span = verdict.spans.get(tuple(line[name] for name in plan.times))
        ours = [plan.keys.ours(name, line[name]) or "" for name in keys[1:]]
        marked = meaning(plan.places.table, line[MARK])
        if span is None or not line["meter"] or marked is None:
            continue
        of_unit, several = found.setdefault((line["meter"], *ours), ({}, []))
        several.append(Row(span, line["position"], int(line["scaled"]), line["corrects"], marked))
        of_unit[line["position"]] = plan.keys.ours("unit", line["unit"]) or "" if units else unit
    return list(found.values())


def _told(gone: Sequence[Row], units: dict[int, str], plan: TablePlan, sources: Sources) -> str:
    """The sentence of every report: how many rows, how much, and which."""
    start = f"table `{plan.places.name}`: `replaces: estimated` leaves out"
    if not gone:
        return f"{start} no row"
    sums: dict[str, int] = {}
    for row in gone:
        unit = units[row.position]
        sums[unit] = sums.get(unit, 0) + row.scaled
    amounts = ", ".join(
        f"{to_decimal(scaled, plan.decimals):,f} {unit}" for unit, scaled in sorted(sums.items())
    )
    shown = [sources.place(row.position) for row in gone[:_SHOWN]]
    places = ", ".join(f"{place.path}:{place.line}" for place in shown)
    more = f" and {len(gone) - _SHOWN:,} more" if len(gone) > _SHOWN else ""
    count = "1 estimate" if len(gone) == 1 else f"{len(gone):,} estimates"
    which = "which rows" if len(gone) > 1 else "which a row"
    return (
        f"{start} {count}, {amounts}, {which} of the same meter and days"
        f" {'replace' if len(gone) > 1 else 'replaces'}: {places}{more}"
    )
