"""Headings again among the rows: below them stands another table, or the next page of the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.headings import folded
from ghgcalc.activity_data.tables.looking.blank_rows import of_numbers
from ghgcalc.activity_data.tables.looking.kinds import (
    MISSING,
    day_forms,
    is_unit,
    is_year,
    month_forms,
    number_form,
)
from ghgcalc.activity_data.tables.paste import OPEN
from ghgcalc.activity_data.tables.total_rows import scalar

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = tuple[int, list[str]]
_PART = 0.6
_LEAST = 2
_MOST_NAMED = 5
_SAMPLE = 40


class Again(NamedTuple):
    """Headings below rows of data.

    Attributes:
        rows: of such headings, by number.
        last: the row of data above the first of them.
        place: of a column that they fill.
        texts: what they, and single cells right above them, have there.
        same: whether all repeat the headings of the table.
    """

    rows: tuple[int, ...] = ()
    last: int = 0
    place: int = 0
    texts: tuple[str, ...] = ()
    same: bool = True


def without_headings(data: list[Row], header: Sequence[Sequence[str]]) -> tuple[list[Row], Again]:
    """The rows of data without headings among them; those above the first one where they differ.

    Args:
        data: the rows below the headings.
        header: the cells of the rows of headings.
    """
    heads = [[folded(cell).casefold() for cell in cells] for cells in header]
    found = [place for place, (_, cells) in enumerate(data) if place and _repeats(cells, heads)]
    others = [] if not header else _others(data, {*found})
    places = sorted({*found, *others})
    if not places:
        return data, Again()
    gone = [*places, *(label for place in places for label in _labels(data, place))]
    first, same = min(gone), not others
    at = next(i for i, cell in enumerate(data[places[0]][1]) if cell)
    texts = dict.fromkeys(_at(data[place][1], at) for place in sorted(gone))
    again = Again(tuple(data[place][0] for place in places), data[first - 1][0] if first else 0, at,
                  tuple(filter(None, texts)), same)  # fmt: skip
    kept = [row for place, row in enumerate(data) if place not in gone]
    return (kept if same else data[:first]), again


def read_of_headings(again: Again) -> dict[str, str]:
    """`last_row:`, left open: whether what is below belongs to the table, only the reader knows."""
    if not again.rows:
        return {}
    return {"last_row": f"{OPEN}  # {again.last}, above the headings in row {again.rows[0]}"}


def asked_of_headings(again: Again, names: Sequence[str]) -> list[str]:
    """Whether what is below further headings is another table."""
    if not again.rows:
        return []
    listed = ", ".join(map(str, again.rows[:_MOST_NAMED]))
    listed += " …" if len(again.rows) > _MOST_NAMED else ""
    what = "repeats the headings" if again.same else "holds other headings"
    told = (
        f"rows: row {listed} {what}: a table of its own reads what is below, by"
        f" `header_row: {again.rows[0]}`, and `last_row: {again.last}` ends this one above"
    )
    if not again.same:
        return [told]
    texts = ", ".join(map(scalar, again.texts))
    return [
        f"{told}; where all rows measure the same, remove `last_row:` and leave the headings out by"
        f" `filter: {{{scalar(names[again.place])}: {{not_equals: [{texts}]}}}}`"
    ]


def _repeats(cells: Sequence[str], heads: Sequence[Sequence[str]]) -> bool:
    """Whether the cells are those of a row of headings, where both have one."""
    filled = [(place, cell) for place, cell in enumerate(cells) if cell]
    for row in heads:
        wanted = sum(map(bool, row))
        if len(filled) >= max(_LEAST, _PART * wanted) and all(
            place < len(row) and folded(cell).casefold() == row[place] for place, cell in filled
        ):
            return True
    return False


def _others(data: list[Row], known: set[int]) -> list[int]:
    """Rows of texts above numbers, in two columns or more that hold numbers and times."""
    valued = [place for place in range(max((len(cells) for _, cells in data), default=0))
              if _valued(data, place)]  # fmt: skip
    numbers = [place for place in valued if of_numbers(data, place)]
    found = []
    for at, (_, cells) in enumerate(data[:-1]):
        heads = [place for place in valued if _heads(_at(cells, place))]
        below = data[at + 1][1]
        if (
            at and at not in known and len(heads) >= max(_LEAST, _PART * len(valued))
            and any(place in numbers for place in heads)
            and not any(_is_value(_at(cells, place)) for place in valued)
            and all(_is_value(_at(below, place)) for place in heads if _at(below, place))
            and any(_at(below, place) for place in heads)
        ):  # fmt: skip
            found.append(at)
    return found


def _labels(data: list[Row], place: int) -> list[int]:
    """The rows of one cell right above a row of headings."""
    found = []
    for at in range(place - 1, -1, -1):
        if sum(map(bool, data[at][1])) != 1:
            break
        found.append(at)
    return found


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _heads(cell: str) -> bool:
    """Whether a cell may be a heading: a text without digits but for its unit's, and no month."""
    if not cell or cell[0].isdigit() or cell.casefold() in MISSING or month_forms([cell]):
        return False
    return not any(map(str.isdigit, cell)) or is_unit({cell.split()[-1].strip("()[]")})


def _is_value(cell: str) -> bool:
    return bool(cell) and (
        is_year(cell) or number_form([cell]) is not None or bool(day_forms([cell]))
        or bool(month_forms([cell]))
    )  # fmt: skip


def _valued(data: list[Row], place: int) -> bool:
    """Whether most cells of a column are numbers or times."""
    texts = [*dict.fromkeys(text for _, cells in data if (text := _at(cells, place)))][:_SAMPLE]
    return sum(map(_is_value, texts)) * 2 > len(texts)
