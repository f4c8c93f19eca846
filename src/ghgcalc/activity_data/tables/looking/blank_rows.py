"""Rows of numbers alone below rows with labels: sums that no word tells, left out by no value.

A bill has a label or days of its own. A row that has neither, such as `,,,10000`, may add up the
rows above; a filter by its number would leave out each bill of the same number as well.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.looking.kinds import (
    MISSING,
    day_forms,
    is_year,
    month_forms,
    number_form,
)

if TYPE_CHECKING:
    pass

_SAMPLE = 40
Row = tuple[int, list[str]]


class Blanks(NamedTuple):
    """Rows of numbers alone.

    Attributes:
        rows: these rows.
        place: of a column that is empty in them and in no other row, by which they are left out.
        sums: whether each is the sum of rows before it.
    """

    rows: tuple[Row, ...] = ()
    place: int = 0
    sums: bool = False


def without_blanks(data: list[Row]) -> tuple[list[Row], Blanks]:
    """The rows with a text or a time of their own, and those of numbers alone.

    Where these are more than the others, or no column tells them apart, all rows are kept.
    """
    keys = [place for place in range(max((len(cells) for _, cells in data), default=0))
            if not of_numbers(data, place)]  # fmt: skip
    bare = [row for row in data if _bare(row[1], keys)]
    gone = {row for row, _ in bare}
    kept = [row for row in data if row[0] not in gone]
    places = [place for place in keys if all(_at(cells, place) for _, cells in kept)]
    if not bare or not places or len(bare) > len(kept):
        return data, Blanks()
    return kept, Blanks(tuple(bare), places[0], _all_sums(data, bare))


def _at(cells: list[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _bare(cells: list[str], keys: list[int]) -> bool:
    """Whether a row has numbers, and nothing where others have texts and times."""
    rest = [cell for place, cell in enumerate(cells) if cell and place not in keys]
    return bool(rest) and not any(_at(cells, place) for place in keys) and all(
        cell.casefold() in MISSING or number_form([cell]) is not None for cell in rest)  # fmt: skip


def of_numbers(data: list[Row], place: int) -> bool:
    """Whether most cells of a column are numbers, and not all of them times; or none is filled."""
    texts = [text for _, cells in data if (text := _at(cells, place))]
    texts = [*dict.fromkeys(texts)][:_SAMPLE]
    numbers = [text for text in texts if number_form([text]) is not None]
    if len(numbers) * 2 <= len(texts):
        return not texts
    timed = sum(is_year(t) or bool(day_forms([t])) or bool(month_forms([t])) for t in numbers)
    return timed * 2 < len(numbers)


def _all_sums(data: list[Row], bare: list[Row]) -> bool:
    """Whether each row of numbers alone adds up its group, all rows so far or the sums so far."""
    marked = {row for row, _ in bare}
    places = sorted({place for _, cells in bare for place, cell in enumerate(cells) if cell})
    seen: dict[int, list[int]] = {row: [0, 0] for row in marked}
    for place in places:
        values = _values(data, place)
        group, every = Decimal(0), Decimal(0)
        for (row, _), value in zip(data, values, strict=True):
            if row not in marked:
                group, every = group + (value or 0), every + (value or 0)
                continue
            if value:
                seen[row][0] += 1
                seen[row][1] += value in (group, every)
            group = Decimal(0)
    return all(filled and fitting * 2 >= filled for filled, fitting in seen.values())


def _values(data: list[Row], place: int) -> list[Decimal | None]:
    texts = [_at(cells, place) for _, cells in data]
    form = number_form([*dict.fromkeys(text for text in texts if text)])
    decimal, thousands = form.signs[0] if form is not None else (".", ",")
    if form is not None and len(form.signs) > 1:  # `12,000` adds up alike by either
        decimal, thousands = next((pair for pair in form.signs if pair[1]), form.signs[0])
    return [_number(text.replace(thousands, "") if thousands else text, decimal) for text in texts]


def _number(text: str, decimal: str) -> Decimal | None:
    try:
        return Decimal(text.replace(decimal, ".")) if text else None
    except InvalidOperation:
        return None
