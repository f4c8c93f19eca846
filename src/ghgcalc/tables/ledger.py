"""The row-level ledger: every row of a table with its line, factor and tonnes, as it is read.

Rows go from the files to the target through the engine, which holds some of them on the way
(0.8 GiB for 2.5 million rows, 2 GiB for 10 million). Tonnes per unit come from the computed lines,
so that the rows of a line add up to it but for the rounding of each row.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.tables import grouping
from ghgcalc.tables.checks import Verdict
from ghgcalc.tables.files import find_files
from ghgcalc.tables.findings import Tally
from ghgcalc.tables.places import Places
from ghgcalc.tables.plan import Plan, make_plan
from ghgcalc.tables.readers import ROW_BITS, WIDE_BITS, Sources, read_file
from ghgcalc.tables.records import SEPARATOR
from ghgcalc.tables.sums import DECIMALS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import date

    import polars as pl

    from ghgcalc.diagnostics import Location
    from ghgcalc.model.period import ReportingYear
    from ghgcalc.model.table import Table
    from ghgcalc.tables.sums import KeyedSum

TONNE_DECIMALS = 12
COLUMNS = ("line", "file", "row", "facility", "item", "supplier", "from", "to", "quantity", "unit",
           "location_based_factors", "market_based_factors", "location_based_tco2e",
           "market_based_tco2e")  # fmt: skip

TEXTS = ("line", "file", "facility", "item", "supplier", "unit", "location_based_factors",
         "market_based_factors")  # fmt: skip


class Rate(NamedTuple):
    """What a line says about each unit of its rows: its factors and tonnes CO2e, by method."""

    line: str
    factors: tuple[str, str]
    tonnes: tuple[Fraction, Fraction]


class Entry(NamedTuple):
    """A line that no table made, as one row; its quantity is weighted by consolidation."""

    rate: Rate
    file: str
    row: int
    facility: str
    item: str
    supplier: str
    first: date
    last: date
    quantity: Fraction
    unit: str


class Source(NamedTuple):
    """A table with what is needed to read it again; arguments as of `collapse`."""

    name: str
    table: Table
    folder: Path
    cuts: Sequence[date]
    facilities: Collection[str]
    year: ReportingYear
    locate: Callable[[tuple[str | int, ...]], Location]
    rates: dict[KeyedSum, Rate]
    shown: Callable[[Path], str]


def write_ledger(entries: Iterable[Entry], sources: Iterable[Source], target: Path) -> None:
    """Write the ledger as CSV or Parquet, by the target's name.

    Raises:
        OSError: when it cannot be written.
    """
    import polars as pl

    with TemporaryDirectory(prefix="ghgcalc-", ignore_cleanup_errors=True) as temporary:
        frames = [_entries(entries)]
        for index, source in enumerate(sources):
            folder = Path(temporary) / str(index)
            folder.mkdir()
            frames += _rows(source, folder)
        whole = pl.concat(frames)
        if target.name.lower().endswith((".parquet.part", ".parquet")):
            whole.sink_parquet(target)
        else:
            whole.with_columns(_harmless(name) for name in TEXTS).sink_csv(target)


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


def _entries(entries: Iterable[Entry]) -> pl.LazyFrame:
    import polars as pl

    lines = [
        (
            entry.rate.line, entry.file, entry.row, entry.facility, entry.item, entry.supplier,
            entry.first, entry.last, rounded(entry.quantity, DECIMALS), entry.unit,
            *entry.rate.factors,
            *(rounded(entry.quantity * rate, TONNE_DECIMALS) for rate in entry.rate.tonnes),
        )
        for entry in entries
    ]  # fmt: skip
    kinds: dict[str, pl.DataType] = dict.fromkeys(COLUMNS, pl.String())
    kinds |= {"row": pl.Int64(), "from": pl.Date(), "to": pl.Date()}
    return _typed(pl.LazyFrame(lines, schema=kinds, orient="row"))


def _typed(frame: pl.LazyFrame) -> pl.LazyFrame:
    import polars as pl

    return frame.with_columns(
        pl.col("quantity").cast(pl.Decimal(38, DECIMALS)),
        pl.col("location_based_tco2e", "market_based_tco2e").cast(pl.Decimal(38, TONNE_DECIMALS)),
    ).select(COLUMNS)


def rounded(value: Fraction, decimals: int) -> str:
    """A plain decimal text, rounded half away from zero."""
    scaled = abs(value) * 10**decimals
    whole, part = divmod((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator),
                         10**decimals)  # fmt: skip
    return f"{'-' if value < 0 else ''}{whole}.{part:0{decimals}d}"


def _rows(source: Source, temporary: Path) -> list[pl.LazyFrame]:
    import polars as pl

    places = Places(source.name, source.table, source.locate)
    plan = make_plan(places, source.cuts, source.facilities, source.year)
    files = Sources(places, source.folder, temporary, Tally(source.name))
    for path in find_files(places, source.folder)[0]:
        read_file(files, path, source.shown(path))
    if not files.frames or not source.rates:
        return []
    rows = grouping.derived(pl.concat(files.frames), plan).filter("good")
    return [_typed(_priced(_cut(rows, plan), plan, source.rates, files))]


def _cut(rows: pl.LazyFrame, plan: Plan) -> pl.LazyFrame:
    """Each row once per segment that its bill touches, with its piece in counts of 1e-9."""
    import polars as pl

    verdict = Verdict()
    grouping.read_parts(rows, plan, verdict)
    pieces = grouping.pieces_of(plan, verdict, whole=True)
    if not plan.times or pieces.height != len(verdict.spans):
        return grouping.cut(rows, plan, pieces)
    # no bill crosses a segment's end: looking the time up keeps rows streaming, a join holds them
    time = pl.concat_str([pl.col(name).fill_null("") for name in plan.times], separator=SEPARATOR)
    texts = pieces.select(time.alias("time")).to_series().to_list()
    number = time.replace_strict(texts, list(range(len(texts))), default=None,
                                 return_dtype=pl.Int32)  # fmt: skip
    rows = rows.with_columns(time=number, piece="scaled").filter(pl.col("time").is_not_null())
    return rows.with_columns(
        _looked_up("time", pieces[name].to_list(), pl.Date).alias(name)
        for name in (*grouping.SEGMENT, "piece_first", "piece_last")
    )


def _looked_up(column: str, values: list[Any], kind: type[pl.DataType]) -> pl.Expr:
    """The value that stands at the number in a column."""
    import polars as pl

    return pl.col(column).replace_strict(list(range(len(values))), values, return_dtype=kind)


def _ours(rows: pl.LazyFrame, plan: Plan, name: str) -> pl.Expr:
    """Our text for theirs; null where it cannot be read."""
    import polars as pl

    cell = pl.col(name).fill_null("")
    distinct = rows.select(cell).unique().collect(engine="streaming").to_series().to_list()
    known = sorted(text for text in distinct if plan.keys.code(name, text) is None)
    ours = [plan.keys.ours(name, text) or "" for text in known]
    return cell.replace_strict(known, ours, default=None, return_dtype=pl.String)


def _key(cells: Iterable[str | date | None]) -> str:
    return SEPARATOR.join("" if cell is None else str(cell) for cell in cells)


def _priced(
    rows: pl.LazyFrame, plan: Plan, rates: dict[KeyedSum, Rate], files: Sources
) -> pl.LazyFrame:
    import polars as pl

    rows = rows.with_columns(
        *(_ours(rows, plan, name).alias(f"our_{name}") for name in plan.named),
        *(pl.lit(text, pl.String).alias(f"our_{n}") for n, text in plan.constants.items()),
    ).filter(pl.all_horizontal(pl.col(f"our_{name}").is_not_null() for name in plan.named))
    keys = [_key((e.facility, e.item, e.unit, e.supplier, *e.span)) for e in rates]
    key = pl.concat_str(
        [pl.col(name).cast(pl.String).fill_null("") for name in grouping.KEYS], separator=SEPARATOR
    )
    number = key.replace_strict(keys, list(range(len(keys))), default=None, return_dtype=pl.Int32)
    rows = rows.with_columns(rate=number).filter(pl.col("rate").is_not_null())
    listed = list(rates.values())
    piece = pl.struct("piece", "rate")
    row = (pl.col("position") // (1 << WIDE_BITS)) % (1 << ROW_BITS)
    index = pl.col("position") // (1 << (ROW_BITS + WIDE_BITS))
    return rows.select(
        _looked_up("rate", [rate.line for rate in listed], pl.String).alias("line"),
        index.replace_strict(list(range(len(files.shown))), files.shown, return_dtype=pl.String)
        .alias("file"),
        row.alias("row"),
        pl.col("our_facility").alias("facility"),
        pl.col("our_item").alias("item"),
        pl.col("our_supplier").fill_null("").alias("supplier"),
        pl.col("piece_first").alias("from"),
        pl.col("piece_last").alias("to"),
        _texts(piece, [Fraction(1)] * len(listed), DECIMALS).alias("quantity"),
        pl.col("our_unit").alias("unit"),
        _looked_up("rate", [rate.factors[0] for rate in listed], pl.String)
        .alias("location_based_factors"),
        _looked_up("rate", [rate.factors[1] for rate in listed], pl.String)
        .alias("market_based_factors"),
        _texts(piece, [rate.tonnes[0] for rate in listed], TONNE_DECIMALS)
        .alias("location_based_tco2e"),
        _texts(piece, [rate.tonnes[1] for rate in listed], TONNE_DECIMALS)
        .alias("market_based_tco2e"),
    )  # fmt: skip


def _texts(piece: pl.Expr, rates: list[Fraction], decimals: int) -> pl.Expr:
    """Piece times rate as decimal text, in whole numbers of Python: no engine type holds them."""
    import polars as pl

    shift = 10**decimals
    scale = 10**DECIMALS
    factors = [(2 * abs(r.numerator) * shift, r.denominator * scale, r < 0) for r in rates]

    def write(batch: pl.Series) -> pl.Series:
        found = []
        for count, rate in zip(batch.struct.field("piece"), batch.struct.field("rate"),
                               strict=True):  # fmt: skip
            top, bottom, below = factors[rate]
            value = (abs(count) * top + bottom) // (2 * bottom)
            whole, part = divmod(value, shift)
            found.append(
                f"{'-' if (count < 0) != below and value else ''}{whole}.{part:0{decimals}d}"
            )
        return pl.Series(found, dtype=pl.String)

    return piece.map_batches(write, return_dtype=pl.String, is_elementwise=True)
