"""Where the headings stand, what is above them, and which rows add up others."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.headings import folded, header_of
from ghgcalc.activity_data.tables.looking.blank_rows import Blanks, of_numbers, without_blanks
from ghgcalc.activity_data.tables.looking.blocks import Again, without_headings
from ghgcalc.activity_data.tables.looking.kinds import (
    MISSING,
    day_forms,
    is_unit,
    is_year,
    month_forms,
    number_form,
)
from ghgcalc.activity_data.tables.looking.words import adds_up
from ghgcalc.activity_data.tables.said_units import is_unit_row
from ghgcalc.activity_data.tables.total_rows import is_total

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEARCHED = 60
_PART = 0.6
_PARTICULARS = 2
_MONEY = re.compile(r"(?i)(?:\w*[0-9])?([£$€¥₹₩₫]|ct|cents?|eur|usd|gbp|chf|cny|inr|pln|元|円|zł)")
_PER = re.compile(
    r"(?i)(?:\b(?:per|pro|par|je|por)\s|(?:[£$€¥₹₩₫元円]|\b(?:ct|cents?|eur|usd|gbp|chf|inr|pln|zł))"
    r"\s?/\s?)([^\s/()\[\]]+)"
)
_FORM = re.compile(r"(?i)[ymdjath]{1,4}(?:[-./ :]?[ymdjaths]{1,4}){1,5}|date|datum|-+|[–—]")
_BRACKETS = re.compile(r"[(\[（【［]([^()\[\]（）【】［］]+)[)\]）】］]")
_NUMERALS = frozenset("一二三四五六七八九十百千万萬亿億兆0123456789")
Row = tuple[int, list[str]]


class Shape(NamedTuple):
    """The parts of a sheet.

    Attributes:
        header: rows of the headings, from 1; none where there are no headings.
        names: the columns as `columns:` names them.
        rows: rows of data, without those that add up others.
        totals: such rows, by the column that says so.
        notes: the last rows that hold one text alone, by its column.
        above: rows with something in them above the headings.
        blanks: rows of numbers alone, which may add up others.
        again: headings among the rows.
    """

    header: tuple[int, ...]
    names: list[str]
    rows: list[Row]
    totals: dict[int, list[Row]]
    notes: dict[int, list[Row]]
    above: list[Row]
    blanks: Blanks = Blanks()
    again: Again = Again()


def shape_of(rows: Sequence[Row]) -> Shape:
    """Find headings and data."""
    filled = [row for row in rows if any(row[1])]
    width = _width(filled)
    at = _header_at(filled, width)
    at = at if at is None else _below_particulars(filled, at, width)
    if at is None:
        first = next(i for i, (_, cells) in enumerate(filled) if _count(cells) >= _PART * width)
        header: list[Row] = []
        data = filled[first:]
    else:
        two = _second(filled, at)
        header = filled[at : at + 1 + two]
        data, first = filled[at + 1 + two :], at
    longest = max((len(cells) for _, cells in [*header, *data[:_SEARCHED]]), default=0)
    names = _names([cells for _, cells in header], longest)
    data, again = without_headings(data, [cells for _, cells in header])
    data, notes = _without_notes(data, width)
    kept, totals = _without_totals(data)
    kept, blanks = without_blanks(kept)
    return Shape(tuple(row for row, _ in header), names, kept, totals, notes, filled[:first],
                 blanks, again)  # fmt: skip


def value_like(cell: str) -> bool:
    """Whether a cell is a day or a number, no heading."""
    return bool(day_forms([cell])) or number_form([cell]) is not None


def _count(cells: Sequence[str]) -> int:
    return sum(map(bool, cells))


def _width(rows: Sequence[Row]) -> int:
    counts = Counter(_count(cells) for _, cells in rows[:500])
    return max(counts, key=lambda n: (counts[n], n)) if counts else 1


def _label(cell: str) -> bool:
    """Whether a cell may head a column: a text, a month or a year."""
    return is_year(cell) or bool(month_forms([cell])) or not value_like(cell)


def _header_at(rows: Sequence[Row], width: int) -> int | None:
    for at, (_, cells) in enumerate(rows[:_SEARCHED]):
        if _count(cells) < max(1, _PART * width):
            continue
        heads = [cell for cell in cells if cell]
        if heads[0].endswith((":", "：")):
            continue  # `Unit:;MWh` above the headings
        if is_unit_row(heads) and _heads_follow(rows, at, len(heads)):
            continue  # `户号:3201,,单位：万千瓦时` above the headings
        if not all(map(_label, heads)) or all(cell.casefold() in MISSING for cell in heads):
            if len(heads) < width:
                continue  # `Faktor;40` above the headings
            return None
        below = rows[at + 1 : at + 8]
        if not below or any(
            value_like(other[place])
            for _, other in below for place, head in enumerate(cells)
            if place < len(other) and other[place] and not value_like(head)
        ):  # fmt: skip
            return at
        if all(is_year(h) or month_forms([h]) for h in heads[1:]) and len(heads) > 2:
            return at
    return None


def _heads_follow(rows: Sequence[Row], at: int, count: int) -> bool:
    """Whether the next row has headings of its own, as many or more."""
    cells = [cell for cell in rows[at + 1][1] if cell] if at + 2 < len(rows) else []
    return len(cells) >= count and all(map(_label, cells))


def _below_particulars(rows: Sequence[Row], at: int, width: int) -> int:
    """The headings of the data below wider ones of a row or two of particulars: a load profile's.

    `Horodate;Valeur` below the meter, unit and step of the file, which have headings of their own.
    """
    wider = {place for place, cell in enumerate(rows[at][1]) if cell}
    if len(wider) <= width:
        return at
    for later in range(at + 2, min(at + 2 + _PARTICULARS, len(rows) - 1)):
        cells = [cell for cell in rows[later][1] if cell]
        below = [row for _, row in rows[later + 1 : later + 8]]
        if len(cells) != width or any(map(value_like, cells)) or not all(
            _count(row) == width and any(map(value_like, row)) for row in below
        ):  # fmt: skip
            continue
        if any(_count(row) > width for _, row in rows[at + 1 : later]):
            return later
    return at


def _second(rows: Sequence[Row], at: int) -> int:
    """1 where a second row of headings follows: units, or names below groups."""
    if at + 2 >= len(rows):
        return 0
    upper, lower = rows[at][1], rows[at + 1][1]
    labels = [cell for cell in lower if cell]
    if not labels or any(map(value_like, labels)) or not any(map(value_like, rows[at + 2][1])):
        return 0
    if any(value_like(cell) for cell in upper if cell and not is_year(cell)):
        return 0
    grouped = len({cell for cell in upper if cell}) < _count(lower)
    units = _of_units(labels)
    return int(grouped or units or _split(upper, lower))


def _of_units(labels: Sequence[str]) -> bool:
    """Whether cells are units, beside money and forms of days: `(yyyy-mm-dd)`, `Mcf`, `€`."""
    bare = [text.strip("()[] ") for text in labels]
    units = {text for text in bare if not _FORM.fullmatch(text) and not _MONEY.fullmatch(text)}
    return is_unit(units)


def _split(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a heading goes on over an empty cell, with names below both: a merged one."""
    pairs = zip_longest(upper, lower, fillvalue="")
    return any(
        above and below and beside and not empty
        for (above, below), (empty, beside) in pairwise(pairs)
    )


def _names(header: list[list[str]], width: int) -> list[str]:
    """Headings as `columns:` names them; repeated ones numbered, empty ones by place."""
    cells = header_of(header).cells if header else ()
    texts = [folded(cells[place]) if place < len(cells) else "" for place in range(width)]
    often, seen = Counter(texts), Counter[str]()
    names = []
    for place, text in enumerate(texts):
        seen[text] += 1
        name = text if often[text] == 1 else f"{text}#{seen[text]}"
        taken = not text or (often[text] > 1 and name in often)  # a heading of its own
        names.append(f"#{place + 1}" if taken else name)
    return names


def _without_notes(data: list[Row], width: int) -> tuple[list[Row], dict[int, list[Row]]]:
    """The rows above the closing notes of a sheet, each of which is one text in one cell.

    A number alone below others is no note: it may be their sum.
    """
    end = len(data)
    while end > 1 and width > 2 and _count(data[end - 1][1]) == 1:
        end -= 1
    notes: dict[int, list[Row]] = {}
    kept = data[:end]
    for row in data[end:]:
        place = next(i for i, cell in enumerate(row[1]) if cell)
        if number_form([row[1][place]]) is not None and of_numbers(data[:end], place):
            kept.append(row)
        else:
            notes.setdefault(place, []).append(row)
    return kept, notes


def _without_totals(data: list[Row]) -> tuple[list[Row], dict[int, list[Row]]]:
    kept: list[Row] = []
    totals: dict[int, list[Row]] = {}
    for row in data:
        sums = (i for i, cell in enumerate(row[1]) if is_total(cell, ()) or adds_up(cell))
        place = next(sums, None)
        if place is None:
            kept.append(row)
        else:
            totals.setdefault(place, []).append(row)
    return kept, totals


def is_rate(heading: str) -> bool:
    """Whether a heading has a unit or money per unit: `kWh/m³`, `ct / kWh`, `Usage per day`.

    `day / kWh` is a heading of two rows, and no rate.
    """
    upper = [(m[1], m[2]) for m in re.finditer(r"([^\s/()\[\]]+)/([^\s/()\[\]]+)", heading)]
    if any(is_unit({below}) and (is_unit({above}) or _MONEY.fullmatch(above))
           for above, below in upper):  # fmt: skip
        return True
    return any(is_unit({match[1]}) for match in _PER.finditer(heading))


def unit_in(heading: str) -> str | None:
    """The unit that a heading names: `Usage (kWh)`, `Verbrauch in kWh`, `gas_m3`, `用电量万千瓦时`.

    A letter alone is one within brackets only: the A of `Tenant A` is no unit.
    """
    heading = re.sub(r"(?<=.)#[0-9]+$", "", heading)  # of repeated ones
    inside = [text.strip() for text in _BRACKETS.findall(heading)]
    words = [text.strip() for text in re.split(r"[\s_/,:]+", heading)[::-1][:2]]
    wide = re.search(r"\(([^()]*\([^()]*\)[^()]*)\)", heading)  # `(kg/(t·km))`
    tries = [*([wide[1].strip()] if wide else []), *inside,
             *(text for text in words if len(text) > 1)]  # fmt: skip
    found = next((text for text in tries if is_unit({text})), None)
    return found or next(filter(None, map(_unspaced, words)), None)


def _unspaced(word: str) -> str | None:
    """The longest unit that ends a word of a script without spaces, of two signs or more."""
    if not word or word[-1] < "\u2e80":
        return None
    for at in range(1, len(word) - 1):
        if is_unit({word[at:]}):
            return None if word[at - 1] in _NUMERALS else word[at:]
    return None


def without_unit(heading: str) -> str:
    """A heading without the unit that it names, whose own multiplier (`万千瓦时`) is part of it."""
    unit = unit_in(heading)
    return heading if unit is None else heading.replace(unit, " ", 1)
