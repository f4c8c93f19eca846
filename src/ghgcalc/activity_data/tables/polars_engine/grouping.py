"""Expressions on rows and groups: derive, group, join the keys read, split, merge."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.day_masks import day_mask
from ghgcalc.activity_data.tables.keys import read_times
from ghgcalc.activity_data.tables.polars_engine import quantities, rounding
from ghgcalc.activity_data.tables.polars_engine.marks import with_marks
from ghgcalc.activity_data.tables.polars_engine.quantity_terms import summed
from ghgcalc.activity_data.tables.polars_engine.starts import with_starts
from ghgcalc.activity_data.tables.polars_engine.words import differs
from ghgcalc.activity_data.tables.sums import DECIMALS
from ghgcalc.activity_data.tables.verdict import Verdict
from ghgcalc.company.quantity_terms import terms_of

if TYPE_CHECKING:
    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.core.period import Span

SEGMENT = ["seg_first", "seg_last"]
# the part of times that are none, as the short way numbers them
UNREAD = (1 << 32) - 1
KEYS = ["our_facility", "our_item", "our_unit", "our_supplier", *SEGMENT]
MEASURES = ["count", "total", "estimated", "spread", "first", "last", "days"]


def derived(rows: pl.LazyFrame, plan: TablePlan) -> pl.LazyFrame:
    """Add `text`, `scaled` (a count), `corrects`, `differs` and `good` to the rows."""
    import polars as pl

    if plan.places.table.read.from_ is not None:
        rows = with_starts(rows, plan)
    table, rule = plan.places.table, plan.places.table.corrections
    if terms_of(table.columns):
        rows = summed(rows, plan)
    unit = None if "unit" in plan.columns else table.constants.unit or ""
    rows = rows.with_columns(
        text=quantities.cleaned(pl.col("quantity"), plan.form),
        differs=differs(plan.form, unit, table.names.unit),
    )
    rows = rows.with_columns(scaled=quantities.scaled(pl.col("text"), plan.form, plan.decimals))
    rows = rows.with_columns(
        corrects=quantities.is_correction(rule), scaled=quantities.signed(rule)
    )
    good = quantities.has_its_sign(rule).fill_null(value=False)
    if plan.form.signs:
        good &= ~pl.col("differs")
    return rows.with_columns(good=good)


class Parts(NamedTuple):
    """What the time texts came to.

    Attributes:
        of: the good time texts, each with the number of its part and its days in it.
        all: the parts: a segment, whether its bills run beyond it, first and last day of them.
    """

    of: pl.DataFrame
    all: pl.DataFrame


def read_parts(rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict) -> Parts:
    """Read the distinct time texts, so that the rows can be grouped by segment."""
    import polars as pl

    verdict.spans = {(): plan.span} if plan.span else {}
    if plan.times:
        counts = rows.group_by(plan.times).agg(pl.len()).collect(engine="streaming")
        counts = counts.with_columns(pl.col(name).fill_null("") for name in plan.times)
        lines = counts.rows()
        verdict.spans, bad = read_times((line[:-1] for line in lines), plan.times, plan.keys.times)
        for *texts, count in lines:
            for slip in bad.get(tuple(texts), ()):
                verdict.refuse(slip.column, slip.code, tuple(texts), count)
    return parts_of(verdict.spans, plan, {})


def part_of(span: Span, plan: TablePlan) -> tuple[Span, bool]:
    """The segment in which a bill starts, and whether it runs beyond it."""
    segment = plan.calendar.segment(span.first)
    return segment, span.last > segment.last


def mask_of(span: Span, plan: TablePlan) -> int:
    """The days of a bill in the segment in which it starts, as bits."""
    return day_mask(span.first, min(span.last, plan.calendar.segment(span.first).last))


def parts_of(
    spans: dict[tuple[str, ...], Span], plan: TablePlan, numbers: dict[tuple[Span, bool], int]
) -> Parts:
    """The parts of time that the texts come to, under the numbers given or new ones."""
    import polars as pl

    found: list[tuple[object, ...]] = []
    for cells, span in spans.items():
        segment, crosses = part_of(span, plan)
        part = numbers.setdefault((segment, crosses), len(numbers))
        found.append((*cells, part, mask_of(span, plan), *segment, crosses, *span))
    schema = {**dict.fromkeys(plan.times, pl.String), "part": pl.Int32, "mask": pl.Int64,
              **dict.fromkeys(SEGMENT, pl.Date), "crosses": pl.Boolean,
              "day_first": pl.Date, "day_last": pl.Date}  # fmt: skip
    table = pl.DataFrame(found, schema=schema, orient="row")
    parts = table.group_by("part", *SEGMENT, "crosses").agg(
        pl.col("day_first").min(), pl.col("day_last").max()
    )
    return Parts(table.select(*plan.times, "part", "mask"), parts)


def grouped(rows: pl.LazyFrame, plan: TablePlan, parts: Parts) -> pl.DataFrame:
    """Sum the rows by the texts of their keys and their part of time: one pass over all files."""
    import polars as pl

    if plan.times:
        rows = rows.join(parts.of.lazy(), on=plan.times, how="left", maintain_order="none")
    else:
        mask = mask_of(plan.span, plan) if plan.span else 0
        rows = rows.with_columns(part=pl.lit(0, pl.Int32), mask=pl.lit(mask, pl.Int64))
    return by_part(rows, plan)


def by_part(rows: pl.LazyFrame, plan: TablePlan) -> pl.DataFrame:
    """Sum derived rows with a `part` by the texts of their keys and that part."""
    import polars as pl

    good = rows.with_columns(
        value=pl.when("good").then("scaled"),
        place=pl.when("good").then("position"),
        mask=pl.when(pl.col("good") & (pl.col("scaled") >= 0)).then("mask"),
    )
    groups = (
        good.group_by([*plan.texts, "part"])
        .agg(
            pl.len().cast(pl.Int64).alias("rows"),
            pl.col("good").sum().cast(pl.Int64).alias("count"),
            *_measures(pl.col("value"), pl.col("place")),
            *rounding.measures(plan.form, plan.places.table.corrections),
        )
        .collect(engine="streaming")
    )
    return groups.with_columns(pl.col(name).fill_null("") for name in plan.texts)


def by_part_if_good(rows: pl.LazyFrame, plan: TablePlan, good: pl.Expr) -> pl.DataFrame | None:
    """The same for rows with `scaled` and `part` of which all are good; None where one is not."""
    import polars as pl

    groups = (
        rows.group_by([*plan.texts, "part"])
        .agg(
            pl.len().cast(pl.Int64).alias("rows"),
            *_measures(pl.col("scaled"), pl.col("position")),
            good.all().alias("good"),
        )
        .collect(engine="streaming")
    )
    if not groups["good"].all() or (groups["part"] == UNREAD).any():
        return None
    return groups.drop("good").with_columns(
        pl.col("part").cast(pl.Int32),
        pl.col("rows").alias("count"),
        *(pl.col(name).fill_null("") for name in plan.texts),
    )


def _measures(value: pl.Expr, place: pl.Expr) -> list[pl.Expr]:
    import polars as pl

    return [
        value.sum().alias("total"),
        place.min().alias("first"),
        place.max().alias("last"),
        pl.col("mask").bitwise_or().fill_null(0).alias("days"),
    ]


def with_names(groups: pl.DataFrame, plan: TablePlan, verdict: Verdict) -> pl.DataFrame:
    """Add our texts for theirs, what is estimated, and `known`: whether all could be read."""
    import polars as pl

    groups = groups.with_columns(
        pl.lit(value=True).alias("known"),
        *(pl.lit(text, pl.String).alias(f"our_{name}") for name, text in plan.constants.items()),
    )
    for name in plan.named:
        ours: list[tuple[str, str | None, bool]] = []
        for text, count in groups.group_by(name).agg(pl.col("rows").sum()).rows():
            code = plan.keys.code(name, text)
            ours.append((text, None if code else plan.keys.ours(name, text), code is None))
            if code:
                verdict.refuse(name, code, (text,), count)
        schema = {name: pl.String, f"our_{name}": pl.String, "ok": pl.Boolean}
        lookup = pl.DataFrame(ours, schema=schema, orient="row")
        groups = groups.join(lookup, on=name, how="left", maintain_order="none")
        groups = groups.with_columns(known=pl.col("known") & pl.col("ok")).drop("ok")
    return with_marks(groups, plan, verdict)


def with_times(groups: pl.DataFrame, parts: Parts, verdict: Verdict) -> pl.DataFrame:
    """Add the segment and `crosses`; refuse groups without a readable time."""
    import polars as pl

    groups = groups.join(parts.all, on="part", how="left", maintain_order="none")
    groups = groups.with_columns(known=pl.col("known") & pl.col("day_first").is_not_null())
    _bound_days(groups, verdict)
    return groups


def _bound_days(groups: pl.DataFrame, verdict: Verdict) -> None:
    """First and last day of everything refused, if all of it can be placed."""
    import polars as pl

    refused = groups.filter(~pl.col("known") | (pl.col("count") < pl.col("rows")))
    if refused.height and not refused["day_first"].null_count():
        days = refused.select(pl.col("day_first").min(), pl.col("day_last").max()).row(0)
        verdict.days = (days[0], days[1])


def split(rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict) -> pl.DataFrame:
    """Split each bill of the crossing spans by days and sum the pieces by segment."""
    import polars as pl

    pieces = cut(rows.filter("good"), plan, pieces_of(plan, verdict))
    groups = (
        pieces.group_by([*plan.texts, *SEGMENT])
        .agg(
            pl.len().cast(pl.Int64).alias("rows"),
            pl.len().cast(pl.Int64).alias("count"),
            *_measures(pl.col("piece"), pl.col("position")),
        )
        .collect(engine="streaming")
    )
    groups = groups.with_columns(pl.col(name).fill_null("") for name in plan.texts)
    named = with_names(groups, plan, Verdict()).filter("known")
    return named.with_columns(pl.col("total").alias("spread")).select(*KEYS, *MEASURES)


def cut(rows: pl.LazyFrame, plan: TablePlan, pieces: pl.DataFrame) -> pl.LazyFrame:
    """Split each bill by days, as `model.period.split_quantity` does; rows keep their order.

    Piece k is round9(q·days≤k/days) − round9(q·days≤k−1/days), half away from zero, in whole
    counts (128 bits hold 2·10^30·10^5); the last piece is what is left of the bill.
    """
    import polars as pl

    if plan.times:
        texts = [pl.col(name).fill_null("") for name in plan.times]
        rows = rows.with_columns(texts).join(
            pieces.lazy(), on=plan.times, how="inner", maintain_order="left_right"
        )
    else:
        rows = rows.join(pieces.lazy(), how="cross", maintain_order="left_right")
    size = pl.col("scaled").abs()

    step = 10 ** (plan.decimals - DECIMALS)  # counts in a rounded one

    def upto(days: str) -> pl.Expr:
        whole = pl.col("days") * step
        pieces: pl.Expr = (size * (pl.col(days) * 2) + whole) // (whole * 2) * step
        if step == 1:
            return pieces
        rest: pl.Expr = pl.when(pl.col(days) == pl.col("days")).then(size).otherwise(pieces)
        return rest

    sign = pl.when(pl.col("scaled") < 0).then(-1).otherwise(1)
    return rows.with_columns(piece=(upto("passed") - upto("before")) * sign)


def crossing_bills(rows: pl.LazyFrame, plan: TablePlan, verdict: Verdict) -> dict[Span, int]:
    """How many good rows each bill span has, for the spans that cross a cut or a month end."""
    import polars as pl

    from ghgcalc.core.period import Span

    lines = [
        (*texts, span.first, span.last)
        for texts, span in verdict.spans.items()
        if len(plan.calendar.pieces(span)) > 1
    ]
    schema = {**dict.fromkeys(plan.times, pl.String), "bill_first": pl.Date, "bill_last": pl.Date}
    bills = pl.DataFrame(lines, schema=schema, orient="row").lazy()
    good = rows.filter("good")
    joined = (
        good.join(bills, on=plan.times, how="inner", maintain_order="none")
        if plan.times
        else good.join(bills, how="cross")
    )
    groups = (
        joined.group_by([*plan.texts, "bill_first", "bill_last"])
        .agg(pl.len().cast(pl.Int64).alias("rows"))
        .collect(engine="streaming")
    )
    groups = groups.with_columns(pl.col(name).fill_null("") for name in plan.texts)
    known = with_names(groups, plan, Verdict()).filter("known")
    counted: dict[Span, int] = {}
    for first, last, count in known.select("bill_first", "bill_last", "rows").rows():
        counted[Span(first, last)] = counted.get(Span(first, last), 0) + int(count)
    return counted


def pieces_of(plan: TablePlan, verdict: Verdict, *, whole: bool = False) -> pl.DataFrame:
    """The pieces of every span that crosses a cut or a month end; `whole`: of every span."""
    import polars as pl

    lines = []
    for texts, span in verdict.spans.items():
        passed, pieces = 0, plan.calendar.pieces(span)
        for piece in pieces if whole or len(pieces) > 1 else ():
            before, passed = passed, passed + piece.days
            segment = plan.calendar.segment(piece.first)
            mask = day_mask(piece.first, piece.last)
            lines.append((*texts, before, passed, span.days, mask, *segment, *piece))
    schema = {
        **dict.fromkeys(plan.times, pl.String),
        **dict.fromkeys(["before", "passed", "days"], pl.Int128),
        "mask": pl.Int64,
        **dict.fromkeys([*SEGMENT, "piece_first", "piece_last"], pl.Date),
    }
    return pl.DataFrame(lines, schema=schema, orient="row")


def merged(groups: pl.DataFrame) -> pl.DataFrame:
    """Bring groups of the same key and segment together."""
    import polars as pl

    return groups.group_by(KEYS).agg(
        pl.col("count", "total", "estimated", "spread").sum(),
        pl.col("first").min(),
        pl.col("last").max(),
        pl.col("days").bitwise_or(),
    )
