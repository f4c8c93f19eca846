"""The sheets Sources, Lines and Unmatched: what was compared with what, nothing dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.analysis.compare.match import BY_ID, BY_KIND
from ghgcalc.analysis.compare.snapshot import METHODS
from ghgcalc.render.xlsx.book import Column, cell, letter
from ghgcalc.render.xlsx.comparison.names import (
    BLUE,
    GREEN,
    LINES,
    SOURCES,
    UNMATCHED,
    amounts,
    define,
)
from ghgcalc.render.xlsx.styles import PERCENT, TONNES
from ghgcalc.render.xlsx.unknown import DASH, all_known, none_missing, write
from ghgcalc.views.words import METHOD_WORDS, NOT_FACILITY, words_of

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.analysis.compare.difference import Change
    from ghgcalc.analysis.compare.snapshot import SnapLine
    from ghgcalc.render.xlsx.book import Book, Sheet
    from ghgcalc.render.xlsx.comparison.names import Compared

_MATCHED = {BY_ID: "id", BY_KIND: "kind", "": "not matched"}
_HEADS = (
    Column("Source no.", 8, True), Column("Scope", 7, True), Column("Category", 26),
    Column("Facility", 18), Column("Item", 18), Column("Matched by", 11),
)  # fmt: skip
_LINE_HEADS = (
    Column("Side no.", 7, True), Column("Side", 18), Column("Source no.", 8, True),
    Column("Matched by", 11), Column("Line", 36), Column("Scope", 7, True), Column("Category", 26),
    Column("Facility", 18), Column("Country", 9), Column("Item", 18),
    Column("Share of days held", 12, True), Column("Consolidation share", 12, True),
    Column("tCO2e location-based", 15, True), Column("tCO2e market-based", 15, True),
)  # fmt: skip
_SIDE, _SOURCE, _SCOPE, _FIRST_AMOUNT = 0, 2, 5, 12


def change_column(compared: Compared, method: str) -> int:
    """The column of Sources that holds the change under a method."""
    return len(_HEADS) + METHODS.index(method) * (3 + len(compared.causes)) + 2


def write_sources(book: Book, compared: Compared) -> None:
    """One row per source: before and after by SUMIFS over Lines, the change, and its causes."""
    heads = [*_HEADS]
    for method in METHODS:
        word = METHOD_WORDS[method]
        texts = ("Before", "After", "Change", *map(_capital, compared.causes))
        heads += [Column(f"{text} {word} (tCO2e)", 14, True) for text in texts]
    sheet = book.sheet(SOURCES, heads, tab=BLUE)
    for row, change in enumerate(compared.found.changes, 1):
        _source(sheet, row, change)
        for method in METHODS:
            _amounts(sheet, row, change, compared, method)
    last = len(compared.found.changes)
    sheet.filter(last)
    define(book, "SOURCES_SCOPE", sheet, 1, (1, last))
    for method in METHODS:
        start = change_column(compared, method) - 2
        for place, what in enumerate(("before", "after", "change", *compared.causes), start):
            define(book, amounts(method, what), sheet, place, (1, last))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _source(sheet: Sheet, row: int, change: Change) -> None:
    sheet.number(row, 0, row, "calc", "0")
    sheet.number(row, 1, change.scope)
    texts = (words_of(change.category), change.facility or NOT_FACILITY, change.item,
             _MATCHED[change.pair.by])  # fmt: skip
    for column, text in enumerate(texts, 2):
        sheet.text(row, column, text)


def _amounts(sheet: Sheet, row: int, change: Change, compared: Compared, method: str) -> None:
    start = change_column(compared, method) - 2
    area = f"LINES_{method.upper()}"
    sides = ((1, change.before[method]), (2, change.after[method]))
    for column, (side, value) in enumerate(sides, start):
        keys = f"LINES_SOURCE,$A{row + 1},LINES_SIDE,{side}"
        text, known = f"=SUMIFS({area},{keys})", none_missing(area, keys)
        write(sheet, row, column, text, value, known, "calc", TONNES)
    pair = (f"${letter(start + 1)}{row + 1}", f"${letter(start)}{row + 1}")
    moved = change.change(method)
    write(sheet, row, start + 2, "=" + "-".join(pair), moved, all_known(*pair), "output", TONNES)
    for column, name in enumerate(compared.causes, start + 3):
        if moved is None:
            sheet.text(row, column, DASH)
        else:
            sheet.number(row, column, change.cause(method, name), "calc", TONNES)


def write_lines(book: Book, compared: Compared) -> None:
    """Every line of both sides with the source that it belongs to."""
    sheet = book.sheet(LINES, _LINE_HEADS, tab=BLUE)
    found = compared.found
    row = 0
    for side, snapshot in enumerate((found.before, found.after), 1):
        for number, change in enumerate(found.changes, 1):
            matched = _MATCHED[change.pair.by]
            for line in change.pair.before if side == 1 else change.pair.after:
                row += 1
                sheet.number(row, 0, side, "calc", "0")
                sheet.text(row, 1, snapshot.label)
                sheet.number(row, 2, number, "calc", "0")
                sheet.text(row, 3, matched)
                _line(sheet, row, line)
    sheet.filter(row)
    for name, column in (("LINES_SIDE", _SIDE), ("LINES_SOURCE", _SOURCE), ("LINES_SCOPE", _SCOPE)):
        define(book, name, sheet, column, (1, row))
    for place, method in enumerate(METHODS, _FIRST_AMOUNT):
        define(book, f"LINES_{method.upper()}", sheet, place, (1, row))


def _line(sheet: Sheet, row: int, line: SnapLine) -> None:
    sheet.text(row, 4, line.id)
    sheet.number(row, 5, line.scope)
    texts = (words_of(line.category), line.facility or NOT_FACILITY, line.country, line.item)
    for column, text in enumerate(texts, 6):
        sheet.text(row, column, text)
    sheet.number(row, 10, line.held, "calc", PERCENT)
    sheet.number(row, 11, line.weight, "calc", PERCENT)
    located, market = (line.tonnes(method) for method in METHODS)
    _amount(sheet, row, _FIRST_AMOUNT, located)
    if line.scope == 2 or market is None:
        _amount(sheet, row, _FIRST_AMOUNT + 1, market)
    else:  # the methods differ in Scope 2 alone
        text = f"=${letter(_FIRST_AMOUNT)}{row + 1}"
        sheet.formula(row, _FIRST_AMOUNT + 1, text, market, "calc", TONNES)


def _amount(sheet: Sheet, row: int, column: int, value: Fraction | None) -> None:
    """Tonnes, or a dash where nobody states them."""
    if value is None:
        sheet.text(row, column, DASH)
    else:
        sheet.number(row, column, value, "input", TONNES)


def write_unmatched(book: Book, compared: Compared) -> None:
    """Every source of one side only, with the cause that its whole change has."""
    columns = (
        Column("Stands", 13), Column("Source no.", 8, True), Column("Scope", 7, True),
        Column("Category", 26), Column("Facility", 18), Column("Item", 18), Column("Lines", 34),
        Column("Cause", 18), Column("Change location-based (tCO2e)", 15, True),
        Column("Change market-based (tCO2e)", 15, True),
    )  # fmt: skip
    sheet = book.sheet(UNMATCHED, columns, tab=GREEN)
    row = 0
    for number, change in enumerate(compared.found.changes, 1):
        if change.pair.before and change.pair.after:
            continue
        row += 1
        lines = change.pair.after or change.pair.before
        names = sorted({name for method in METHODS for name, _ in change.effects[method]})
        ids = ", ".join(line.id for line in lines)
        sheet.heighten(row, [(6, ids)])
        sheet.text(row, 0, "only after" if change.pair.after else "only before")
        sheet.number(row, 1, number, "calc", "0")
        sheet.number(row, 2, change.scope)
        texts = (words_of(change.category), change.facility or NOT_FACILITY, change.item)
        for column, text in enumerate(texts, 3):
            sheet.text(row, column, text)
        sheet.text(row, 6, ids, "wrap")
        sheet.text(row, 7, ", ".join(names) or "no emissions")
        for column, method in enumerate(METHODS, 8):
            place = cell(number, change_column(compared, method))
            at = f"{SOURCES}!{place}"
            moved = change.change(method)
            write(sheet, row, column, f"={at}", moved, all_known(at), "output", TONNES)
    sheet.filter(max(row, 1))
