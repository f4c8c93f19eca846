"""Months and days that look like decimal numbers, and lose their last zero as one.

A spreadsheet keeps October, written `2023.10`, as the number 2023.1, which is how January is
written with one digit. No cell alone says which of the two it is; those beside it may.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.files import kind_of
from ghgcalc.activity_data.tables.findings import shown_cell

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_FORMAT = re.compile(r"(?:YYYY|YY|MM?|DD?)[.,](MM?|DD?)")
_SHORT = re.compile(r"[0-9]+[.,][0-9]")
# the last digits that may have had a zero behind them: of 10, and of 10, 20 and 30
_CUT = {"M": frozenset("1"), "D": frozenset("123")}


class Look(NamedTuple):
    """What a format ends in after its point, and whether one digit may stand there."""

    last: str
    loose: bool


def look_of(form: str) -> Look | None:
    """How a format of days or months looks like a decimal number; None where it does not."""
    found = _FORMAT.fullmatch(form)
    return Look(found[1][0], len(found[1]) == 1) if found else None


def hold_numbers(paths: Iterable[Path]) -> bool:
    """Whether some files keep numbers as such: the cells of workbooks and Parquet."""
    return any(kind_of(path.name) != "text" for path in paths)


def lost(form: str, texts: Iterable[str], *, numbers: bool) -> frozenset[str]:
    """The texts of a column that may have lost a zero, in a format that reads them all the same.

    Where another text ends in `0`, the column holds texts, and none is lost. Where another has a
    zero before its digit, the column holds both forms, and no text with one digit is read.
    """
    look = look_of(form)
    if look is None or not look.loose:
        return frozenset()
    tails = {text: re.split("[.,]", text)[-1] for text in texts}
    short = {text for text, tail in tails.items() if len(tail) == 1}
    if any(len(tail) > 1 and tail.startswith("0") for tail in tails.values()):
        return frozenset(short)
    if any(len(tail) > 1 and tail.endswith("0") for tail in tails.values()):
        return frozenset()
    if not numbers and len(short) == len(tails):
        return frozenset()
    return frozenset(text for text in short if tails[text] in _CUT[look.last])


def is_short(form: str, text: str) -> bool:
    """Whether a text lacks the second digit that its format asks for after the point."""
    look = look_of(form)
    return look is not None and not look.loose and bool(_SHORT.fullmatch(text))


def explain(form: str, text: str, what: str) -> tuple[str, str]:
    """Message and hint of such a cell; `what`: a month or a day."""
    look = look_of(form)
    two = form if look is None or not look.loose else form[:-1] + look.last * 2
    key = "period" if what == "month" else "date"
    whole = shown_cell(text) + "0"
    return (
        f"`{shown_cell(text)}` may be `{whole}`, a {what} whose last zero a number does not keep",
        f"write the column as text with two digits, as in `{whole}`, and state"
        f" `{key}: {two}` under `read:`",
    )
