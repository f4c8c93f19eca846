"""The short way for large plain files: one pass of the engine while the bytes are surveyed.

It holds where every quantity is a plain number, every time text can be read and every line has
the header's cells; otherwise nothing of it is used and the files are read with care. Both ways
give the same sums.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.model.period import Span
from ghgcalc.tables import grouping, quantities
from ghgcalc.tables.files import PACKED, kind_of
from ghgcalc.tables.readers import packed
from ghgcalc.tables.records import SEPARATOR
from ghgcalc.tables.scan import survey
from ghgcalc.tables.shape import wanted_columns

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from ghgcalc.tables.plan import Plan
    from ghgcalc.tables.readers import Sources

# below this the pass over the bytes costs less than a thread is worth
SMALLEST = 4 << 20
_LONGEST_HEADER = 1 << 16


class Quick(NamedTuple):
    """What one pass gave: the groups, the parts of time, and the time texts read."""

    groups: pl.DataFrame
    parts: grouping.Parts
    spans: dict[tuple[str, ...], Span]


class _PartNumbers:
    """Numbers the parts of time as their texts appear; `part` in groups is looked up later."""

    def __init__(self, plan: Plan, names: list[str]) -> None:
        self._plan, self._names, self._lock = plan, names, Lock()
        self._known: dict[str, int] = {}
        self._numbers: dict[tuple[Span, bool], int] = {}
        self.spans: dict[tuple[str, ...], Span] = {}

    def __call__(self, texts: pl.Series) -> pl.Series:
        import polars as pl

        distinct = texts.unique()
        with self._lock:
            numbers = [self._number(text) for text in distinct]
        return texts.replace_strict(distinct, numbers, return_dtype=pl.Int32)

    def _number(self, text: str) -> int:
        """The number of a text's part; -1 where it is not a time."""
        if text not in self._known:
            cells = text.split(SEPARATOR)
            if len(self._names) == 1:  # both ends of the bill stand in one column
                cells *= len(self._plan.times)
            span = None
            if len(cells) == len(self._plan.times):
                span = self._plan.keys.times.read(dict(zip(self._plan.times, cells, strict=True)))
            self._known[text] = -1
            if isinstance(span, Span):
                self.spans[tuple(cells)] = span
                key = grouping.part_of(span, self._plan)
                self._known[text] = self._numbers.setdefault(key, len(self._numbers))
        return self._known[text]

    def parts(self) -> grouping.Parts:
        """The parts, under the numbers given."""
        return grouping.parts_of(self.spans, self._plan, self._numbers)


def quick_groups(plan: Plan, paths: list[Path], sources: Sources) -> Quick | None:
    """Group large plain files in one pass; None where they must be read with care.

    The surveys of the files are kept in `sources` either way.
    """
    frames = _frames(plan, paths)
    if frames is None:
        return None
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
    if quick is None or not whole or int(quick.groups["rows"].sum()) != sum(e.rows for e in known):
        return None
    return quick


def _frames(plan: Plan, paths: list[Path]) -> list[pl.LazyFrame] | None:
    table = plan.places.table
    read = table.read
    plain = not (table.unpivot or table.filter) and read.empty_quantities == "refuse"
    if not plain or read.encoding != "utf-8" or read.header_row != 1 or not paths:
        return None
    try:
        if sum(path.stat().st_size for path in paths) < SMALLEST:
            return None
        if any(kind_of(p.name) != "text" or p.name.lower().endswith(PACKED) for p in paths):
            return None
        frames = [_frame(plan, index, path) for index, path in enumerate(paths)]
    except (OSError, UnicodeError):
        return None
    known = [frame for frame in frames if frame is not None]
    return known if len(known) == len(frames) else None


def _frame(plan: Plan, index: int, path: Path) -> pl.LazyFrame | None:
    import polars as pl

    delimiter = plan.places.table.read.delimiter_of(path.name)
    with path.open(encoding="utf-8-sig", newline="\n") as source:
        header = source.readline(_LONGEST_HEADER).rstrip("\r\n").split(delimiter)
    names = [name.strip() for name in header]
    wanted = wanted_columns(plan.places.table)
    if any(names.count(theirs.strip()) != 1 for theirs in wanted.values()):
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
    cells = [pl.col(f"c{names.index(theirs.strip())}").alias(o) for o, theirs in wanted.items()]
    return frame.select(position, *cells)


def _grouped(frames: list[pl.LazyFrame], plan: Plan) -> Quick | None:
    import polars as pl

    names = plan.times
    if len({plan.columns[name].strip() for name in names}) == 1:
        names = names[:1]
    numbers = _PartNumbers(plan, names)
    rows = grouping.derived(pl.concat(frames), plan, plain=True)
    if names:
        cells = [pl.col(name).fill_null("") for name in names]
        time = pl.concat_str(cells, separator=SEPARATOR) if len(cells) > 1 else cells[0]
        part = time.map_batches(numbers, return_dtype=pl.Int32, is_elementwise=True)
    else:
        numbers.spans = {(): plan.span} if plan.span else {}
        part = pl.lit(0, pl.Int32)
    odd = quantities.is_plain(plan.decimal).not_().sum().cast(pl.Int64).alias("odd")
    try:
        groups = grouping.by_part(rows.with_columns(part=part), plan, odd)
    except pl.exceptions.PolarsError:
        return None
    if groups.filter((pl.col("odd") > 0) | (pl.col("part") < 0)).height:
        return None
    if not names:
        return Quick(groups, grouping.parts_of(numbers.spans, plan, {}), numbers.spans)
    return Quick(groups, numbers.parts(), numbers.spans)
