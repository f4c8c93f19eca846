"""Readings of counters to differences: a row for each reading after a meter's first one.

The rows of a table of readings are sorted by meter and day, which takes memory that grows with
rows. A difference stands in the row of its later reading; a first reading gives a start alone. A
reading below the one before is refused unless a rollover or a replacement is stated.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.findings import SHOWN_PER_CODE, RowFinding, shown_cell
from ghgcalc.activity_data.tables.marks import MARK, meaning
from ghgcalc.activity_data.tables.polars_engine import refused_readings
from ghgcalc.activity_data.tables.polars_engine.multipliers import multiplied
from ghgcalc.activity_data.tables.polars_engine.replaced_meters import (
    of_several,
    with_replacements,
    without_readings,
)
from ghgcalc.activity_data.tables.reading_times import ReadingTimes, days_between
from ghgcalc.activity_data.tables.sums import to_decimal
from ghgcalc.company.readings import ALL, Readings
from ghgcalc.core.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources

_FALL = (
    "correct the reading; state under `readings:` a meter that starts at 0 again as"
    " `rollover: …` (the count after its highest: 100_000 of five digits), an exchanged one under"
    " `replacements:`"
)


class Refusal(NamedTuple):
    """A kind of refusal of a difference: its code, what it is of, and what is said."""

    code: str
    which: pl.Expr
    message: str
    hint: str


# what is known of a reading beside its row
ADDED = ("on", "clock", "counter", "named")


def differences(rows: pl.LazyFrame, plan: TablePlan, sources: Sources) -> pl.LazyFrame:
    """Derived rows of readings as rows of what was used between two of them.

    Rows that cannot be read keep what is wrong with them. Diagnosed into the tally of `sources`:
    `empty-cell`, `falling-reading`, `unclear-reading`.
    """
    import polars as pl

    table = plan.places.table
    rules = table.readings or Readings()
    frame = _with_meters(_with_days(rows.collect(), plan), plan, sources)
    frame = refused_readings.with_names(frame, plan)
    readable = pl.col("good") & pl.col("on").is_not_null() & pl.col("named")
    bad = frame.filter(~readable).with_columns(good=pl.lit(value=False))
    bad = refused_readings.with_days(bad, frame.filter(readable), _keys(plan), plan)
    good = with_replacements(frame.filter(readable), rules, plan.decimals)
    sources.found.extend(without_readings(good, rules, plan))
    sources.found.extend(of_several(good, _keys(plan), rules, plan))
    _tell_single(good, plan, sources)
    pairs = _paired(good, plan, rules)
    pairs = multiplied(_checked(pairs, plan, sources, rules), plan, sources)
    none = {name: pl.lit(None, pl.Date) for name in refused_readings.COLUMNS}
    made = pairs.with_columns(scaled="used", **none).select(bad.drop(*ADDED).columns)
    return pl.concat([made, bad.drop(*ADDED)]).lazy()


def _with_days(frame: pl.DataFrame, plan: TablePlan) -> pl.DataFrame:
    """Add `on` and `clock`, day and time of the reading; null where they cannot be read."""
    import polars as pl

    times = plan.keys.times
    assert isinstance(times, ReadingTimes)
    frame = frame.with_columns(pl.col("from").fill_null(""), pl.col("to").fill_null(""))
    texts = frame["from"].unique().to_list()
    known = {text: times.taken_at(text) for text in texts}
    if times.settle():
        known = {text: times.taken_at(text) for text in texts}
    days = pl.DataFrame(
        [(text, at.day if at else None, at.time if at else None) for text, at in known.items()],
        schema={"from": pl.String, "on": pl.Date, "clock": pl.Time},
        orient="row",
    )
    return frame.join(days, on="from", how="left", maintain_order="left")


def _with_meters(frame: pl.DataFrame, plan: TablePlan, sources: Sources) -> pl.DataFrame:
    """Add `counter`: the meter where there is a column, else what else tells rows apart."""
    import polars as pl

    frame = frame.with_columns(counter=pl.lit(ALL))
    if "meter" not in plan.columns:
        return frame
    frame = frame.with_columns(counter=pl.col("meter").fill_null("").str.strip_chars())
    empty = frame.filter(pl.col("counter") == "").sort("position")
    if empty.height:
        found = [
            _at(position, plan, sources, "meter", Diagnostic(
                "empty-cell", f"column `{plan.columns['meter']}`: the cell is empty",
                hint="state the meter; a difference is of readings of one meter",
            ))
            for position in empty["position"].head(SHOWN_PER_CODE + 1)
        ]  # fmt: skip
        _reject(sources, "empty-cell", empty.height, found, None)
    return frame.filter(pl.col("counter") != "")


def _keys(plan: TablePlan) -> list[str]:
    named = [name for name in ("facility", "item") if name in plan.columns]
    unit = ["unit"] if "unit" in plan.columns and "meter" not in plan.columns else []
    return ["counter", *named, *unit]


def _paired(frame: pl.DataFrame, plan: TablePlan, rules: Readings) -> pl.DataFrame:
    """Each reading with the one before of its counter, and `used`: what it counted since.

    Readings of one day stand by their time of day, or in the order in which they rise.
    """
    import polars as pl

    keys = _keys(plan)
    kept = [name for name in ("unit", "multiplier", MARK) if name in frame.columns]
    cells = [pl.col(name).fill_null("").str.strip_chars() for name in keys]
    before = {"on": "since", "from": "start", "scaled": "old", "stage": "old_stage",
              "offset": "old_offset", "beyond": "was_beyond",
              **{name: f"old_{name}" for name in kept}}  # fmt: skip
    ordered = frame.with_columns(cells).sort(*keys, "on", "stage", "clock", "scaled", "position")
    ordered = ordered.with_columns(
        pl.col(name).shift(1).over(keys).alias(old) for name, old in before.items()
    )
    ordered = ordered.with_columns(
        many=pl.col("scaled").n_unique().over(*keys, "on", "stage", "clock") > 1
    )
    ordered = ordered.with_columns(
        first_on=pl.col("on").shift(2).over(keys), last_on=pl.col("on").shift(-1).over(keys)
    )
    step = (pl.col("scaled") + pl.col("offset")) - (pl.col("old") + pl.col("old_offset"))
    ordered = ordered.with_columns(used=step, round=_round(rules, plan.decimals))
    falls = (pl.col("used") < 0) & pl.col("round").is_not_null()
    ordered = ordered.with_columns(
        wraps=falls.fill_null(value=False),
        used=pl.when(falls).then(pl.col("used") + pl.col("round")).otherwise("used"),
    )
    pairs = ordered.filter(pl.col("since").is_not_null())
    return _with_marks(pairs.with_columns(pl.col("start").alias("from")), plan)


def _tell_single(frame: pl.DataFrame, plan: TablePlan, sources: Sources) -> None:
    """Warn of counters with one reading: it is a start, and nothing says what was used."""
    import polars as pl

    groups = frame.group_by(_keys(plan)).agg(
        pl.len().alias("rows"), pl.col("position").min(), pl.col("on").first()
    )
    for line in groups.filter(pl.col("rows") == 1).sort("position").iter_rows(named=True):
        meter = f"meter `{shown_cell(line['counter'])}`: " if line["counter"] else ""
        finding = Diagnostic(
            "calendar-gap",
            f"{meter}column `{plan.columns['quantity']}`: one reading alone, of {line['on']}",
            hint="add the next reading: what was used is the difference",
            days=(line["on"], line["on"]),
            severity=Severity.WARNING,
        )
        sources.tally.add(_at(line["position"], plan, sources, "quantity", finding))


def _round(rules: Readings, decimals: int) -> pl.Expr:
    """The count after which the counter starts at 0; null where none is stated."""
    import polars as pl

    found = pl.lit(None, pl.Int128)
    if ALL in rules.rollover:
        found = pl.lit(counts(rules.rollover[ALL], decimals), pl.Int128)
    for meter, number in rules.rollover.items():
        if meter != ALL:
            one = pl.lit(counts(number, decimals), pl.Int128)
            found = pl.when(pl.col("counter") == meter.strip()).then(one).otherwise(found)
    return found


def counts(number: Decimal, decimals: int) -> int:
    """A stated number in the counts of the rows."""
    return int(number * 10**decimals)


def _with_marks(pairs: pl.DataFrame, plan: TablePlan) -> pl.DataFrame:
    """A difference is an estimate where one of its two readings is."""
    import polars as pl

    if MARK not in pairs.columns:
        return pairs
    table = plan.places.table
    texts = pairs[MARK].fill_null("").unique().to_list()
    plain = [text for text in texts if meaning(table, text) is False]
    later = pl.col(MARK).fill_null("")
    return pairs.with_columns(
        pl.when(later.is_in(plain)).then(pl.col(f"old_{MARK}").fill_null("")).otherwise(later)
        .alias(MARK)
    )  # fmt: skip


def _checked(
    pairs: pl.DataFrame, plan: TablePlan, sources: Sources, rules: Readings
) -> pl.DataFrame:
    """Pairs of which a difference can be taken; the others are told."""
    import polars as pl

    for kind in _kinds(pairs, rules):
        wrong = pairs.filter(kind.which.fill_null(value=False)).sort("position")
        if not wrong.height:
            continue
        found = [
            _told(row, kind, plan, sources)
            for row in wrong.head(SHOWN_PER_CODE + 1).iter_rows(named=True)
        ]
        days = wrong.select(
            pl.col("first_on").fill_null(pl.col("since")).min(),
            pl.col("last_on").fill_null(pl.col("on")).max(),
        ).row(0)
        _reject(sources, kind.code, wrong.height, found, days)
        pairs = pairs.filter(~kind.which.fill_null(value=False))
    return pairs


def _kinds(pairs: pl.DataFrame, rules: Readings) -> list[Refusal]:
    import polars as pl

    falls, wraps = pl.col("used") < 0, pl.col("wraps")
    changed: list[Refusal] = []
    for name in ("unit", "multiplier"):
        if name in pairs.columns:
            old, new = (pl.col(each).fill_null("").str.strip_chars()
                        for each in (f"old_{name}", name))  # fmt: skip
            changed.append(Refusal(
                "unclear-reading", old != new,
                f"the meter was read in another {name} before: {{old}}, then {{new}}",
                "give the readings before and after tables of their own, with one reading in both",
            ))  # fmt: skip
    one_day = "state the time of day in the file, or leave one reading of the day out by `filter:`"
    kinds = [
        Refusal("unclear-reading", pl.col("unplaced"),
                "the reading {new} of the day of a replacement is neither `last` nor `first`",
                "state what the meters showed, as the file has it"),
        Refusal("falling-reading", pl.col("beyond") | pl.col("was_beyond"),
                "the reading {new} does not fit the replacement stated between it and {old}",
                "correct `last`, `first` or `day` under `replacements:`"),
        Refusal("unclear-reading", (falls | wraps) & pl.col("many"),
                "more than one reading of this day is below the one before, {old}", one_day),
        Refusal("falling-reading", falls, "the reading falls from {old} to {new}", _FALL),
    ]  # fmt: skip
    if rules.rollover:
        kinds.append(Refusal(
            "unclear-reading", (pl.col("scaled") >= pl.col("round")),
            "the reading {new} is not below the stated `rollover:`",
            "state the count after the highest one that the meter shows",
        ))  # fmt: skip
        kinds.append(Refusal(
            "falling-reading", wraps & (pl.col("used") * 2 > pl.col("round")),
            "the reading falls from {old} to {new}, which as a rollover is more than half a round",
            "correct the reading, or state the exchange of the meter under `replacements:`",
        ))  # fmt: skip
    return [*changed, *kinds]


def _told(
    row: Mapping[str, object], kind: Refusal, plan: TablePlan, sources: Sources
) -> RowFinding:
    old, new = (
        f"{to_decimal(int(str(row[name])), plan.decimals):,f}" for name in ("old", "scaled")
    )
    meter = f"meter `{shown_cell(str(row['counter']))}`: " if row["counter"] else ""
    text = kind.message.format(old=f"{old} ({row['since']})", new=f"{new} ({row['on']})")
    # either of the two may be the wrong one: the spans before and after them hang on it as well
    since, until = row["first_on"] or row["since"], row["last_on"] or row["on"]
    assert isinstance(since, date)
    assert isinstance(until, date)
    taken = (plan.places.table.readings or Readings()).taken
    span = days_between(since, until, taken)
    finding = Diagnostic(
        kind.code, f"column `{plan.columns['quantity']}`: {meter}{text}",
        hint=kind.hint, days=(span.first, span.last),
        related=(Related(plan.places.at("columns", "reading"), "read as counts of a meter"),),
    )  # fmt: skip
    return _at(int(str(row["position"])), plan, sources, "quantity", finding)


def _at(
    position: int, plan: TablePlan, sources: Sources, column: str, finding: Diagnostic
) -> RowFinding:
    from dataclasses import replace

    where = sources.place(position, column)
    notes = sources.notes(position, column, ())
    return RowFinding(position, replace(finding, location=where, notes=notes))


def _reject(
    sources: Sources, code: str, count: int, found: list[RowFinding],
    days: tuple[date, date] | None,
) -> None:  # fmt: skip
    """Tell rows that are left out, and count them as rejected."""
    sources.tally.add_many(code, count, found, days)
    sources.rejected += count
    sources.rows -= count
