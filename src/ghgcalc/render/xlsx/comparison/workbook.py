"""The workbook of a comparison, sheet by sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.render.xlsx.book import Book, created_at, judge_rows
from ghgcalc.render.xlsx.comparison.lines import write_lines, write_sources, write_unmatched
from ghgcalc.render.xlsx.comparison.names import Compared
from ghgcalc.render.xlsx.comparison.overview import (
    write_causes,
    write_cdp,
    write_like_for_like,
    write_sides,
    write_summary,
)
from ghgcalc.render.xlsx.comparison.waterfall import write_waterfall

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.analysis.compare.difference import Difference


def rows_needed(found: Difference) -> int:
    """Rows of the longest sheet, its headings included."""
    return 1 + len(found.before.lines) + len(found.after.lines)


def workbook_form(found: Difference, target: Path) -> None:
    """A comparison in the format `xlsx`.

    Raises:
        TooLarge: beyond the rows of a sheet.
    """
    judge_rows(rows_needed(found))
    write_comparison(found, target)


def write_comparison(found: Difference, target: Path) -> None:
    """Write a comparison as a workbook; two runs give the same bytes.

    Args:
        found: what was compared.
        target: the file to write.
    """
    compared = Compared.of(found)
    names = " → ".join(dict.fromkeys([found.before.name, found.after.name]))
    title = f"{names}, {found.before.label} → {found.after.label}"
    last = max(found.before.span.last, found.after.span.last)
    book = Book(target, created_at(last), title, values_only=False)
    summary = write_summary(book, compared)
    write_waterfall(book, compared, summary)
    write_causes(book, compared)
    if not found.same_period:  # a correction is no change from one year to the next
        write_cdp(book, compared)
    write_like_for_like(book, compared)
    write_unmatched(book, compared)
    write_sources(book, compared)
    write_lines(book, compared)
    write_sides(book, compared)
    book.close()
