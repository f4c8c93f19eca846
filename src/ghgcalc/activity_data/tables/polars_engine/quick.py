"""The short way for large plain files: one pass of the engine while the bytes are surveyed.

It holds where every quantity is a plain number, every time text can be read and every line has
the header's cells; otherwise nothing of it is used and the files are read with care. Both ways
give the same sums.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.columns import year_of_file
from ghgcalc.activity_data.tables.file_columns import file_columns
from ghgcalc.activity_data.tables.files import PACKED, FileRefused, digest, kind_of, year_in
from ghgcalc.activity_data.tables.headings import header_of
from ghgcalc.activity_data.tables.polars_engine import grouping, quantities
from ghgcalc.activity_data.tables.polars_engine.parquet import as_text, count_rows, open_parquet
from ghgcalc.activity_data.tables.positions import packed
from ghgcalc.activity_data.tables.records import SEPARATOR
from ghgcalc.activity_data.tables.scan import survey
from ghgcalc.activity_data.tables.sums import DECIMALS
from ghgcalc.activity_data.tables.words import may_differ
from ghgcalc.company.joined_columns import joined_of
from ghgcalc.company.quantity_terms import terms_of
from ghgcalc.core.panics import Panicked, panics_caught
from ghgcalc.core.period import Span

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources

# below this the pass over the bytes costs less than a thread is worth
SMALLEST = 4 << 20
_LONGEST_HEADER = 1 << 16
# beyond it, making the enumeration anew for each batch would cost more than it saves
_MOST_TEXTS = 20_000
# the days looked up by place, 1900 to 2199, counted from 1970; others are looked up by value
_FIRST_DAY, _DAYS = -25_567, 109_572
# beyond it, making the enumeration anew for each batch would cost more than it saves
_MOST_SEEN = 20_000


class Quick(NamedTuple):
    """What one pass gave: the groups, the parts of time, and the time texts read."""

    groups: pl.DataFrame
    parts: grouping.Parts
    spans: dict[tuple[str, ...], Span]


class _PartNumbers:
    """Numbers the parts of time as their texts appear; `part` in groups is looked up later.

    A number holds the part in its low 32 bits, and the days of the month above them.

    A batch whose times have all been met before costs one look at each row: texts are an
    enumeration of the engine, days of Parquet a window of them.
    """

    def __init__(self, plan: TablePlan, names: list[str]) -> None:
        self._plan, self._names, self._lock = plan, names, Lock()
        self._known: dict[str, int] = {}
        self._numbers: dict[tuple[Span, bool], int] = {}
        self._texts: tuple[pl.Enum, pl.Series] | None = None
        self._days: pl.Series | None = None
        self.spans: dict[tuple[str, ...], Span] = {}

    def __call__(self, times: pl.Series) -> pl.Series:
        import polars as pl

        days = times.dtype == pl.Date
        numbers = self._of_days(times) if days else self._of_texts(times)
        if numbers is not None and not numbers.null_count():
            return numbers
        times = times if days else times.fill_null("")
        distinct = times.unique()
        written = distinct
        if days:
            cell = as_text(times.name, times.dtype, self._plan.places.table.read)
            written = distinct.to_frame(times.name).select(cell.fill_null("")).to_series()
        with self._lock:
            values = [self._number(text) for text in written]
            if days:
                self._meet_days(distinct, pl.Series(values, dtype=pl.Int64))
            elif len(self._known) <= _MOST_TEXTS:
                known = pl.Series(list(self._known.values()), dtype=pl.Int64)
                self._texts = (pl.Enum(list(self._known)), known)
        return times.replace_strict(distinct, values, return_dtype=pl.Int64)

    def _of_texts(self, texts: pl.Series) -> pl.Series | None:
        """The numbers of texts, null for those not met before."""
        if self._texts is None:
            return None
        kind, numbers = self._texts
        return numbers.gather(texts.cast(kind, strict=False).to_physical())

    def _of_days(self, days: pl.Series) -> pl.Series | None:
        """The numbers of days, null for those not met before."""
        if self._days is None:
            return None
        places = days.to_physical() - _FIRST_DAY
        first, last = places.min(), places.max()
        if not isinstance(first, int) or first < 0 or not isinstance(last, int) or last >= _DAYS:
            return None
        return self._days.gather(places)

    def _meet_days(self, days: pl.Series, numbers: pl.Series) -> None:
        import polars as pl

        places = days.to_physical() - _FIRST_DAY
        inside = places.is_between(0, _DAYS - 1)
        known = self._days
        if known is None:
            known = pl.repeat(None, _DAYS, dtype=pl.Int64, eager=True)
        # a new one: another thread may read the old one
        self._days = known.clone().scatter(places.filter(inside), numbers.filter(inside))

    def _number(self, text: str) -> int:
        """The number of a text's part; `UNREAD` where it is not a time."""
        if text not in self._known:
            cells = text.split(SEPARATOR)
            if len(self._names) == 1:  # both ends of the bill stand in one column
                cells *= len(self._plan.times)
            span = None
            if len(cells) == len(self._plan.times):
                span = self._plan.keys.times.read(dict(zip(self._plan.times, cells, strict=True)))
            self._known[text] = grouping.UNREAD
            if isinstance(span, Span):
                self.spans[tuple(cells)] = span
                key = grouping.part_of(span, self._plan)
                part = self._numbers.setdefault(key, len(self._numbers))
                self._known[text] = grouping.mask_of(span, self._plan) << 32 | part
        return self._known[text]

    def parts(self) -> grouping.Parts:
        """The parts, under the numbers given."""
        return grouping.parts_of(self.spans, self._plan, self._numbers)


def quick_groups(plan: TablePlan, paths: list[Path], sources: Sources) -> Quick | None:
    """Group large plain files in one pass; None where they must be read with care.

    The surveys of the files are kept in `sources` either way.
    """
    frames = _frames(plan, paths)
    if frames is None:
        return None
    if kind_of(paths[0].name) == "parquet":
        return _quick_parquet(plan, frames, paths, sources)
    with ThreadPoolExecutor(1) as pool:
        delimiters = [plan.places.table.read.delimiter_of(path.name) for path in paths]
        waiting = [
            pool.submit(survey, path, "utf-8", delimiter, sources.temporary / "unused")
            for path, delimiter in zip(paths, delimiters, strict=True)
        ]
        quick = _grouped(frames, plan)
        try:
            known = [each.result() for each in waiting]
        except OSError:
            return None  # said when the file is read with care
    sources.surveys = dict(zip(paths, known, strict=True))
    whole = all(each.exact for each in known)
    if plan.places.table.corrections and any(each.full_width for each in known):
        return None  # a mark may be one but for its full-width signs
    if quick is None or not whole or int(quick.groups["rows"].sum()) != sum(e.rows for e in known):
        return None
    return quick


def _quick_parquet(
    plan: TablePlan, frames: list[pl.LazyFrame], paths: list[Path], sources: Sources
) -> Quick | None:
    with ThreadPoolExecutor(1) as pool:
        waiting = [pool.submit(digest, path) for path in paths]
        try:
            with panics_caught():
                quick = _grouped(frames, plan, typed=True)
        except Panicked:  # damaged: said when the file is read with care
            quick = None
        try:
            sources.digests = {p: w.result() for p, w in zip(paths, waiting, strict=True)}
            rows = sum(count_rows(path) for path in paths)
        except OSError:
            return None
    return quick if quick is not None and int(quick.groups["rows"].sum()) == rows else None


def _frames(plan: TablePlan, paths: list[Path]) -> list[pl.LazyFrame] | None:
    table = plan.places.table
    read = table.read
    plain = not (table.unpivot or table.filter or read.empty or table.replaces)
    plain = plain and read.empty_quantities == "refuse"
    plain = plain and read.from_ is None and not (table.reads or terms_of(table.columns))
    plain = plain and not (joined_of(table.columns) or read.fill_down or read.last_row)
    plain = plain and not plan.keys.times.may_lose_zeros
    unit = None if "unit" in plan.columns else table.constants.unit or ""
    plain = plain and not may_differ(read.signs, unit, table.names.unit)
    kinds = {kind_of(path.name) for path in paths}
    if not plain or kinds not in ({"text"}, {"parquet"}):
        return None
    text = kinds == {"text"}
    if read.format or (text and (read.encoding != "utf-8" or read.header_row != (1,))):
        return None
    try:
        if sum(path.stat().st_size for path in paths) < (SMALLEST if text else 0):
            return None
        if any(path.name.lower().endswith(PACKED) for path in paths):
            return None
        made = _frame if text else _parquet_frame
        frames = [made(plan, index, path) for index, path in enumerate(paths)]
    except (OSError, UnicodeError, FileRefused):
        return None
    known = [frame for frame in frames if frame is not None]
    return known if len(known) == len(frames) else None


def _frame(plan: TablePlan, index: int, path: Path) -> pl.LazyFrame | None:
    import polars as pl

    delimiter = plan.places.table.read.delimiter_of(path.name)
    with path.open(encoding="utf-8-sig", newline="\n") as source:
        header = source.readline(_LONGEST_HEADER).rstrip("\r\n").split(delimiter)
    columns = file_columns(plan.places.table, header_of([header]))
    if columns.unfound:
        return None
    frame = pl.scan_csv(
        path,
        has_header=False,
        skip_rows=1,
        schema={f"c{column}": pl.String for column in range(len(header))},
        separator=delimiter,
        quote_char=None,
        row_index_name="row",
        row_index_offset=2,
        glob=False,
    )
    position = packed(index, pl.col("row").cast(pl.Int64)).alias("position")
    cells = [pl.col(f"c{place}").alias(ours) for ours, place in columns.places.items()]
    if year_of_file(plan.places.table):
        cells.append(pl.lit(year_in(path.name)).alias("year"))
    return frame.select(position, *cells)


def _parquet_frame(plan: TablePlan, index: int, path: Path) -> pl.LazyFrame | None:
    """The columns wanted: whole or decimal quantities and days as they are, others as text."""
    import polars as pl

    frame, schema = open_parquet(path)
    columns = file_columns(plan.places.table, header_of([schema.names()]))
    if columns.unfound or plan.places.table.read.header_row != (1,):
        return None
    cells = []
    for ours, place in columns.places.items():
        name = schema.names()[place]
        kind = schema[name]
        if ours == "quantity":
            exact = kind.is_integer() or (isinstance(kind, pl.Decimal) and kind.scale <= DECIMALS)
            if not exact:
                return None
            cell = pl.col(name).cast(pl.Decimal(38, DECIMALS), strict=False)
        elif ours in plan.times and kind == pl.Date:
            cell = pl.col(name)
        else:
            cell = as_text(name, kind, plan.places.table.read)
        cells.append(cell.alias(ours))
    if year_of_file(plan.places.table):
        cells.append(pl.lit(year_in(path.name)).alias("year"))
    position = packed(index, pl.col("row").cast(pl.Int64)).alias("position")
    return frame.select(position, *cells)


def _time_cells(frame: pl.LazyFrame, names: list[str], plan: TablePlan) -> pl.Expr:
    """The time of a row as one text, or as the day of its only column."""
    import polars as pl

    if len(names) == 1 and frame.collect_schema()[names[0]] == pl.Date:
        return pl.col(names[0])
    kinds = frame.collect_schema()
    read = plan.places.table.read
    cells = [as_text(name, kinds[name], read) for name in names]
    if len(cells) == 1:
        return cells[0]
    return pl.concat_str([cell.fill_null("") for cell in cells], separator=SEPARATOR)


def _grouped(frames: list[pl.LazyFrame], plan: TablePlan, *, typed: bool = False) -> Quick | None:
    import polars as pl

    names = plan.times
    if len({plan.columns[name].strip() for name in names}) == 1:
        names = names[:1]
    numbers = _PartNumbers(plan, names)
    try:
        whole = pl.concat(frames)
        time = _time_cells(whole, names, plan) if names else None
    except pl.exceptions.PolarsError:  # files of different types
        return None
    if time is not None:
        part = time.map_batches(numbers, return_dtype=pl.Int64, is_elementwise=True)
    else:
        numbers.spans = {(): plan.span} if plan.span else {}
        mask = grouping.mask_of(plan.span, plan) if plan.span else 0
        part = pl.lit(mask << 32, pl.Int64)
    stated = not typed and plan.form.changes
    quantity = quantities.cleaned(pl.col("quantity"), plan.form) if stated else pl.col("quantity")
    if typed:  # a decimal number of nine places already
        scaled, good = quantity.to_physical(), quantities.is_held()
    else:
        scaled = quantities.counted(quantity, plan.form)
        good = quantities.is_plain(quantity, plan.form)
    rule = plan.places.table.corrections
    rows = whole.with_columns(scaled=scaled, code=part)
    low = pl.col("code") & grouping.UNREAD
    rows = rows.with_columns(part=low, mask=pl.col("code") // (1 << 32))
    if rule is not None:
        corrects = quantities.is_correction(rule)
        rows = rows.with_columns(corrects=corrects, scaled=quantities.signed(rule))
        rows = rows.with_columns(mask=pl.when(pl.col("scaled") >= 0).then("mask"))
    good &= pl.col("scaled") >= 0 if rule is None else quantities.has_its_sign(rule)
    try:
        groups = grouping.by_part_if_good(rows, plan, good.fill_null(value=False))
    except pl.exceptions.PolarsError:
        return None
    if groups is None:
        return None
    if not names:
        return Quick(groups, grouping.parts_of(numbers.spans, plan, {}), numbers.spans)
    return Quick(groups, numbers.parts(), numbers.spans)
