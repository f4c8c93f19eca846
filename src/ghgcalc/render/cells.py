"""Cells as text: the one rounding, decimal alignment, and the check that rounded parts add up."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ghgcalc.core.numbers import grouped, rounded
from ghgcalc.render.text import safe
from ghgcalc.views.table import Bar, Number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.views.table import Cell, Phrase, Row, Table

NOT_APPLICABLE = "–"
ROUNDING_NOTE = "rounded rows may not add up to their rounded total"
_EIGHTHS = " ▏▎▍▌▋▊▉"


def cell_text(cell: Cell) -> str:
    """A cell: rounded number with a true minus sign, text, or `–` for not applicable."""
    if cell is None:
        return NOT_APPLICABLE
    if isinstance(cell, Number):
        return number_text(cell)
    return "" if isinstance(cell, Bar) else safe(cell)


def number_text(number: Number) -> str:
    """A number with thousands commas and a true minus sign; `<1` is not zero, nor is `>−1`."""
    text = grouped(number.value, number.places)
    if number.value < 0 or not rounded(number.value, number.places):
        return text.replace("-", "−")
    return f"+{text}" if number.signed else text


def phrase_text(phrase: Phrase) -> str:
    """A sentence with its numbers rounded."""
    return "".join(number_text(part) if isinstance(part, Number) else safe(part) for part in phrase)


def aligned(cells: Sequence[Cell]) -> list[str]:
    """Texts of one column, padded so that decimal points stand below each other."""
    texts = [cell_text(cell) for cell in cells]
    decimals = [
        len(text.partition(".")[2]) + ("." in text) if isinstance(cell, Number) else 0
        for cell, text in zip(cells, texts, strict=True)
    ]
    widest = max(decimals, default=0)
    padded = [text + " " * (widest - own) for text, own in zip(texts, decimals, strict=True)]
    width = max((len(text) for text in padded), default=0)
    return [text.rjust(width) for text in padded]


def bar_text(share: Bar, width: int = 20) -> str:
    """A bar of eighth blocks, at least a sliver for anything above zero."""
    eighths = int(rounded(share.share * width * 8, 0))
    if share.share > 0:
        eighths = max(eighths, 1)
    whole, part = divmod(eighths, 8)
    return "█" * whole + (_EIGHTHS[part] if part else "")


def adds_up(table: Table) -> bool:
    """Whether rounded detail rows add up to their rounded total in each column (CI-13)."""
    for index, row in enumerate(table.rows):
        if row.sums and not _row_adds_up(row, _children(table.rows[index + 1 :], row.level)):
            return False
    return True


def _children(rows: Sequence[Row], level: int) -> list[Row]:
    found = []
    for row in rows:
        if row.level <= level:
            break
        if row.level == level + 1:
            found.append(row)
    return found


def _row_adds_up(row: Row, children: list[Row]) -> bool:
    for index, cell in enumerate(row.cells):
        if not isinstance(cell, Number):
            continue
        shown = [child.cells[index] for child in children]
        numbers = [part for part in shown if isinstance(part, Number)]
        if not numbers or any(part.places != cell.places for part in numbers):
            continue
        total = sum((rounded(part.value, part.places) for part in numbers), Decimal(0))
        if total != rounded(cell.value, cell.places):
            return False
    return True
