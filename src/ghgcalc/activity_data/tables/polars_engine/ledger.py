"""The row-level ledger: every row of a table with its line, factor and tonnes, as it is read.

Rows go from the files to the target through the engine, which holds a bounded part of them on the
way (about 1 GiB). Tonnes per unit come from the computed lines, so that the rows of a line add up
to it but for the rounding of each row.
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.files import find_files
from ghgcalc.activity_data.tables.findings import Tally
from ghgcalc.activity_data.tables.places import Places
from ghgcalc.activity_data.tables.plan import TablePlan, make_plan
from ghgcalc.activity_data.tables.polars_engine import grouping
from ghgcalc.activity_data.tables.polars_engine.marks import with_mark
from ghgcalc.activity_data.tables.polars_engine.meter_readings import differences
from ghgcalc.activity_data.tables.polars_engine.products import Products
from ghgcalc.activity_data.tables.polars_engine.readers import read_file
from ghgcalc.activity_data.tables.polars_engine.replacing import find_replaced
from ghgcalc.activity_data.tables.polars_engine.shared_days import without
from ghgcalc.activity_data.tables.polars_engine.sources import Sources
from ghgcalc.activity_data.tables.positions import ROW_BITS, WIDE_BITS
from ghgcalc.activity_data.tables.sums import DECIMALS
from ghgcalc.activity_data.tables.verdict import Verdict
from ghgcalc.company.estimate import Estimate
from ghgcalc.core.scratch import scratch_folder
from ghgcalc.core.text.controls import replaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import polars as pl

    from ghgcalc.activity_data.tables.row_ledger import Entry, Rate, Source
    from ghgcalc.activity_data.tables.sums import KeyedSum

TONNE_DECIMALS = 12
ROW_GROUP = 1 << 17
ESTIMATE = ("estimated", "estimate_method", "estimate_reason")
COLUMNS = ("line", "file", "row", "facility", "item", "supplier", "from", "to", "quantity", "unit",
           "location_based_factors", "market_based_factors", "location_based_tco2e",
           "market_based_tco2e", *ESTIMATE)  # fmt: skip

TEXTS = ("line", "file", "facility", "item", "supplier", "unit", "location_based_factors",
         "market_based_factors", "estimate_method", "estimate_reason")  # fmt: skip
SHOWN = ("shown_facility", "shown_item", "shown_supplier")
NONE = Estimate(Fraction(0))


def write_ledger(entries: Iterable[Entry], sources: Iterable[Source], target: Path) -> None:
    """Write the ledger as CSV or Parquet, by the target's name.

    Raises:
        OSError: when it cannot be written.
    """
    import polars as pl

    with scratch_folder() as temporary:
        parquet = target.name.lower().endswith(".parquet")
        frames = [(_entries(entries), DECIMALS)]
        for index, source in enumerate(sources):
            folder = temporary / str(index)
            folder.mkdir()
            frames += _rows(source, folder)
        whole = pl.concat(_of_one_type(frames, parquet=parquet))
        try:
            if parquet:
                whole.sink_parquet(target, row_group_size=ROW_GROUP)
            else:
                whole.with_columns(_harmless(name) for name in TEXTS).sink_csv(target)
        except pl.exceptions.ComputeError as error:  # the engine's word for a full disk
            raise OSError(str(error).splitlines()[0]) from error


def _of_one_type(frames: list[tuple[pl.LazyFrame, int]], *, parquet: bool) -> list[pl.LazyFrame]:
    """Quantities of one type: with the decimals of each table as text, or with the most of all."""
    import polars as pl

    most = max(decimals for _, decimals in frames)
    quantity = pl.col("quantity")
    return [
        frame.with_columns(
            quantity.cast(pl.Decimal(38, most))
            if parquet or most == DECIMALS
            else quantity.cast(pl.Decimal(38, decimals)).cast(pl.String)
        )
        for frame, decimals in frames
    ]


def _harmless(name: str) -> pl.Expr:
    """A text that no spreadsheet takes for a formula (XL-04)."""
    import polars as pl

    text = pl.col(name)
    return (
        pl.when(text.str.contains(r"^[=+\-@\t\r]"))
        .then(pl.lit("'") + text)
        .otherwise(text)
        .alias(name)
    )


def _seen(*texts: str) -> list[str]:
    """Texts without signs that nobody sees; each distinct one of a table is made so once."""
    return [replaced(text) for text in texts]


def _entries(entries: Iterable[Entry]) -> pl.LazyFrame:
    import polars as pl

    lines = [
        (
            *_seen(entry.line, entry.file), entry.row,
            *_seen(entry.facility, entry.item, entry.supplier),
            entry.first, entry.last, rounded(entry.quantity, DECIMALS), entry.unit,
            *_seen(*entry.factors),
            *(None if each is None else rounded(each, TONNE_DECIMALS) for each in entry.tonnes),
            entry.estimate is not None, *_seen(*(entry.estimate or NONE)[1:3]),
        )
        for entry in entries
    ]  # fmt: skip
    kinds: dict[str, pl.DataType] = dict.fromkeys(COLUMNS, pl.String())
    kinds |= {"row": pl.Int64(), "from": pl.Date(), "to": pl.Date(),
              "estimated": pl.Boolean()}  # fmt: skip
    return _typed(pl.LazyFrame(lines, schema=kinds, orient="row"))


def _typed(frame: pl.LazyFrame) -> pl.LazyFrame:
    import polars as pl

    return frame.with_columns(
        pl.col("location_based_tco2e", "market_based_tco2e").cast(pl.Decimal(38, TONNE_DECIMALS)),
    ).select(COLUMNS)


def rounded(value: Fraction, decimals: int) -> str:
    """A plain decimal text, rounded half away from zero."""
    scaled = abs(value) * 10**decimals
    whole, part = divmod((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator),
                         10**decimals)  # fmt: skip
    return f"{'-' if value < 0 else ''}{whole}.{part:0{decimals}d}"


def _rows(source: Source, temporary: Path) -> list[tuple[pl.LazyFrame, int]]:
    """The rows of a table, and the decimals of its quantities."""
    import polars as pl

    places = Places(source.name, source.table, source.locate)
    plan = make_plan(places, source.cuts, source.facilities, source.year)
    files = Sources(places, source.folder, temporary, Tally(source.name))
    for path in find_files(places, source.folder)[0]:
        read_file(files, path, source.shown(path))
    if not files.frames or not source.rates:
        return []
    plan.decimals = source.rates[0][0].decimals
    rows = grouping.derived(pl.concat(files.frames), plan)
    if source.table.reads:
        rows = differences(rows, plan, files)
    if source.table.replaces is not None:
        verdict = Verdict()
        grouping.read_parts(rows, plan, verdict)
        rows = without(rows, find_replaced(rows, plan, verdict, files).positions)
    rows = rows.filter("good")
    return [(_typed(_priced(_cut(rows, plan), plan, source.rates, files)), plan.decimals)]


def _cut(rows: pl.LazyFrame, plan: TablePlan) -> pl.LazyFrame:
    """Each row once per segment that its bill touches, with its piece as a count."""
    import polars as pl

    verdict = Verdict()
    grouping.read_parts(rows, plan, verdict)
    pieces = grouping.pieces_of(plan, verdict, whole=True)
    if not plan.times or pieces.height != len(verdict.spans):
        return grouping.cut(rows, plan, pieces)
    # no bill crosses a segment's end: nothing to divide
    texts = [pl.col(name).fill_null("") for name in plan.times]
    return _looked_up(rows.with_columns(*texts, piece="scaled"), pieces, plan.times)


def _looked_up(rows: pl.LazyFrame, known: pl.DataFrame, on: list[str]) -> pl.LazyFrame:
    """Rows with what is known of their key, in their order; others are left out.

    A join streams its left side; `replace_strict` on a whole frame would hold every row.
    """
    return rows.join(
        known.lazy(), on=on, how="inner", maintain_order="left_right", nulls_equal=True
    )


def _ours(rows: pl.LazyFrame, plan: TablePlan, name: str) -> pl.LazyFrame:
    """Add our text for theirs; rows where it cannot be read are left out."""
    import polars as pl

    rows = rows.with_columns(pl.col(name).fill_null(""))
    distinct = rows.select(name).unique().collect(engine="streaming").to_series().to_list()
    known = [
        (text, plan.keys.ours(name, text))
        for text in sorted(distinct)
        if plan.keys.code(name, text) is None
    ]
    schema = {name: pl.String, f"our_{name}": pl.String}
    return _looked_up(rows, pl.DataFrame(known, schema=schema, orient="row"), [name])


def _rates(rates: Sequence[tuple[KeyedSum, Rate]]) -> pl.DataFrame:
    """The line, the number of its rate and its factors, by key."""
    import polars as pl

    lines = [
        (
            e.facility,
            e.item,
            e.unit,
            e.supplier,
            *e.span,
            number,
            *_seen(rate.line, *rate.factors, e.facility, e.item, e.supplier or ""),
        )
        for number, (e, rate) in enumerate(rates)
    ]
    schema = {
        **dict.fromkeys(grouping.KEYS, pl.String),
        **dict.fromkeys(grouping.SEGMENT, pl.Date),
        "rate": pl.Int32,
        **dict.fromkeys(("line", "by_location", "by_market", *SHOWN), pl.String),
    }
    return pl.DataFrame(lines, schema=schema, orient="row")


def _priced(
    rows: pl.LazyFrame, plan: TablePlan, rates: Sequence[tuple[KeyedSum, Rate]], files: Sources
) -> pl.LazyFrame:
    import polars as pl

    rows = rows.with_columns(
        pl.lit(text, pl.String).alias(f"our_{name}") for name, text in plan.constants.items()
    )
    for name in plan.named:
        rows = _ours(rows, plan, name)
    rows = _looked_up(rows, _rates(rates), grouping.KEYS)
    shown = pl.DataFrame(
        {"index": range(len(files.shown)), "file": _seen(*files.shown)},
        schema={"index": pl.Int64, "file": pl.String},
    )
    index = pl.col("position") // (1 << (ROW_BITS + WIDE_BITS))
    rows = _looked_up(rows.with_columns(index=index), shown, ["index"])
    rows = with_mark(rows, plan)
    tonnes = [rate.tonnes for _, rate in rates]
    texts = partial(_texts, plan.decimals)
    row = (pl.col("position") // (1 << WIDE_BITS)) % (1 << ROW_BITS)
    return rows.select(
        "line",
        "file",
        row.alias("row"),
        *(pl.col(f"shown_{name}").alias(name) for name in ("facility", "item", "supplier")),
        pl.col("piece_first").alias("from"),
        pl.col("piece_last").alias("to"),
        texts([rate.part for _, rate in rates], plan.decimals).alias("quantity"),
        pl.col("our_unit").alias("unit"),
        pl.col("by_location").alias("location_based_factors"),
        pl.col("by_market").alias("market_based_factors"),
        texts([each[0] for each in tonnes], TONNE_DECIMALS).alias("location_based_tco2e"),
        texts([each[1] for each in tonnes], TONNE_DECIMALS).alias("market_based_tco2e"),
        *ESTIMATE,
    )


def _texts(counted: int, rates: list[Fraction], decimals: int) -> pl.Expr:
    """Piece times rate as decimal text, rounded half away from zero."""
    import polars as pl

    products = Products(rates, decimals, counted)

    def write(batch: pl.Series) -> pl.Series:
        return products.texts(batch.struct.field("piece"), batch.struct.field("rate"))

    piece = pl.struct("piece", "rate")
    return piece.map_batches(write, return_dtype=pl.String, is_elementwise=True)
