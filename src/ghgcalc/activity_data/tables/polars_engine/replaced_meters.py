"""Replacements of meters: readings after one go on from where the old meter stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.company.readings import ALL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.company.readings import Readings, Replacement
    from ghgcalc.core.diagnostics import Diagnostic


def _of(one: Replacement) -> pl.Expr:
    import polars as pl

    return pl.lit(value=True) if one.meter == ALL else pl.col("counter") == one.meter.strip()


def with_replacements(frame: pl.DataFrame, rules: Readings, decimals: int) -> pl.DataFrame:
    """Add `stage`, the replacements before a reading, and `offset`, what to add to go on from them.

    A reading of the very day is the old meter's where it equals `last`, the new one's where it
    equals `first`; any other is `unplaced`. `beyond` are those that a replacement does not fit:
    the new meter shows less than `first`, or the old one more than `last`.
    """
    import polars as pl

    count, none = pl.lit(0, pl.Int32), pl.lit(value=False)
    stage, unplaced, beyond = count, none, none
    offset = pl.lit(0, pl.Int128)
    value = pl.col("scaled")
    ordered = sorted(rules.replacements, key=lambda one: one.day)
    for one in ordered:
        last, first = (int(number * 10**decimals) for number in (one.last, one.first))
        its, day = _of(one), pl.lit(one.day)
        same = its & (pl.col("on") == day)
        after = its & ((pl.col("on") > day) | (same & (value == first) & (value != last)))
        before = its & ((pl.col("on") < day) | (same & (value == last)))
        step = pl.lit(last - first, pl.Int128)
        stage = stage + after.cast(pl.Int32)
        offset = offset + pl.when(after).then(step).otherwise(pl.lit(0, pl.Int128))
        unplaced = unplaced | (same & (value != last) & (value != first))
        others = [each for each in ordered if each.meter == one.meter]
        nth = others.index(one)
        until = others[nth + 1].day if nth + 1 < len(others) else None
        since = others[nth - 1].day if nth else None
        ends = after if until is None else after & (pl.col("on") < pl.lit(until))
        starts = before if since is None else before & (pl.col("on") > pl.lit(since))
        if not rules.rollover:  # with one, less than the first reading may follow
            beyond = beyond | (ends & (value < first)) | (starts & (value > last))
    return frame.with_columns(stage=stage, offset=offset, unplaced=unplaced, beyond=beyond)


def without_readings(frame: pl.DataFrame, rules: Readings, plan: TablePlan) -> Iterator[Diagnostic]:
    """Replacements that no two readings of the meter enclose: they can do nothing."""
    import polars as pl

    for place, one in enumerate(rules.replacements):
        days = frame.filter(_of(one)).select(pl.col("on").min(), pl.col("on").max().alias("last"))
        first, last = days.row(0)
        if first is None or first > one.day or last < one.day:
            meter = f"meter `{one.meter}`" if one.meter != ALL else "the meter"
            yield plan.places.finding(
                "unknown-value",
                f"`replacements`: {meter} has no readings before and after {one.day}",
                "readings", "replacements", place,
                hint="write the meter as the file does, and the day of the exchange",
            )  # fmt: skip


def of_several(
    frame: pl.DataFrame, keys: Sequence[str], rules: Readings, plan: TablePlan
) -> Iterator[Diagnostic]:
    """Replacements without `meter` in a table of several: one meter alone was exchanged."""
    import polars as pl

    open_ones = [place for place, one in enumerate(rules.replacements) if one.meter == ALL]
    if not open_ones:
        return
    cells = [pl.col(name).fill_null("").str.strip_chars() for name in keys]
    count = frame.select(cells).unique().height
    if count <= 1:
        return
    if "meter" in plan.columns:
        hint = "state its `meter:` as the file does; an exchange of several is stated for each"
    else:
        hint = (
            "map the column of meters as `meter:` and state it at the replacement; without one give"
            " the exchanged meter a table of its own, by `filter:`"
        )
    for place in open_ones:
        yield plan.places.finding(
            "missing-key",
            f"a replacement says no meter, and the table has {count:,}",
            "readings", "replacements", place, hint=hint,
        )  # fmt: skip
