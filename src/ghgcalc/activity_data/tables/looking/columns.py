"""The columns of a file, each with its kind and how its cells are written."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.looking.kinds import (
    MISSING,
    Number,
    bare_month_forms,
    day_forms,
    is_flag,
    is_unit,
    is_year,
    month_forms,
    names_in,
    number_form,
    range_forms,
)
from ghgcalc.activity_data.tables.looking.words import names_currency
from ghgcalc.core.units import UnitError, parse_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.tables.looking.shape import Shape

_FITTING = 0.9
_ENOUGH = 6
_MOST, _FEW = 0.6, 3  # of days and months: misfits are named, and refused by reading
_SAMPLE = 40
_CODE = re.compile(r"[A-Z]{3}")


class Column(NamedTuple):
    """A column: place from 0, name, kind, formats or form of numbers, what does not fit.

    `cells` are those with something in them, by row number, without words for no value, and without
    `misfits`, which are of another kind. `names` are those of months that are not English,
    `labels` how many labels stand once for the rows below them, which `cells` then have as well.
    """

    place: int
    name: str
    kind: str
    cells: list[tuple[int, str]]
    forms: tuple[str, ...] = ()
    number: Number | None = None
    missing: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()
    empty: int = 0
    between: str = ""
    misfits: tuple[tuple[int, str], ...] = ()
    names: tuple[str, ...] = ()
    labels: int = 0


def columns_of(shape: Shape) -> list[Column]:
    """Each column with its kind."""
    return [_column(place, name, shape) for place, name in enumerate(shape.names)]


def _column(place: int, name: str, shape: Shape) -> Column:
    every = [(row, cells[place] if place < len(cells) else "") for row, cells in shape.rows]
    cells = [item for item in every if item[1]]
    empty = len(every) - len(cells)
    values = [item for item in cells if item[1].casefold() not in MISSING]
    words = tuple(dict.fromkeys(text for _, text in cells if text.casefold() in MISSING))
    if not cells or (words and not values):
        return Column(place, name, "empty", cells, missing=words, empty=empty)
    kind, forms, number, odd = _kind([*dict.fromkeys(text for _, text in values)], len(values))
    if kind == "text":
        return Column(place, name, _of_texts(cells), cells, empty=empty)
    wrong = tuple(f"`{text}` (row {row})" for row, text in values if text in odd)
    kept = [item for item in values if item[1] not in odd]
    between = range_forms([text for _, text in kept])[0] if kind == "range" else ""
    misfits = tuple(item for item in values if item[1] in odd)
    names = names_in(forms, [text for _, text in kept], months=kind == "month")
    return Column(place, name, kind, kept, forms, number, words, wrong, empty, between, misfits,
                  names)  # fmt: skip


def _kind(
    texts: Sequence[str], count: int
) -> tuple[str, tuple[str, ...], Number | None, frozenset[str]]:
    """Kind, formats, form of numbers and what does not fit; a few cells may not."""
    found = _whole(texts)
    if found is not None or count < _FEW:
        return (*(found or ("text", (), None)), frozenset())
    sample = texts[:: max(len(texts) // _SAMPLE, 1)]
    if sum(_whole([text]) is not None for text in sample) * 2 < len(sample):
        return "text", (), None, frozenset()
    by_itself = [(text, _whole([text])) for text in texts]
    for kind in ("day", "month", "range", "number"):
        fitting = [text for text, own in by_itself if own is not None and own[0] == kind]
        part, few = (_FITTING, _ENOUGH) if kind == "number" else (_MOST, _FEW)
        if len(fitting) >= part * len(texts) and count >= few and len(fitting) >= _FEW:
            again = _whole(fitting)
            if again is not None and again[0] == kind:
                return (*again, frozenset(texts) - set(fitting))
    return "text", (), None, frozenset()


def _whole(texts: Sequence[str]) -> tuple[str, tuple[str, ...], Number | None] | None:
    if not texts:
        return None
    if all(map(is_year, texts)):
        return "year", (), None
    if days := day_forms(texts):
        return "day", days, None
    if months := month_forms(texts):
        return "month", months, None
    if between := range_forms(texts)[1]:
        return "range", between, None
    if bare := bare_month_forms(texts):
        return "month", bare, None
    number = number_form(texts)
    return None if number is None else ("number", (), number)


def _of_texts(cells: list[tuple[int, str]]) -> str:
    texts = {text for _, text in cells}
    if is_flag(texts):
        return "flag"
    if is_unit(texts):
        return "unit"
    return "id" if len(texts) == len(cells) and len(cells) >= _ENOUGH else "text"


def value_of(column: Column, text: str) -> Decimal | None:
    """A cell as a number, for looking at how a column runs; None where it is none."""
    if column.number is None:
        return None
    decimal, thousands = column.number.signs[0]
    bare = text.replace(thousands, "") if thousands else text
    try:
        return Decimal(bare.replace(decimal, "."))
    except InvalidOperation:
        return None


def is_currency(column: Column) -> bool:
    """Whether a column holds currencies, by its heading or by every text."""
    if column.kind not in ("unit", "text", "id", "flag"):
        return False
    texts = {text for _, text in column.cells}
    return names_currency(column.name) or all(map(_currency, texts))


def _currency(text: str) -> bool:
    if not _CODE.fullmatch(text):
        return False
    try:
        return parse_unit(text).dimension == text
    except UnitError:
        return False
