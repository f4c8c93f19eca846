"""The sheets Summary, Causes, CDP reasons, Like for like and Sides of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.analysis.compare.causes import CDP, NOT_LIKE_FOR_LIKE
from ghgcalc.analysis.compare.snapshot import METHODS, evaluated
from ghgcalc.calculation.results.line import LOCATION
from ghgcalc.core.numbers import ZERO
from ghgcalc.core.version import __version__
from ghgcalc.render.xlsx.book import Column, cell, letter
from ghgcalc.render.xlsx.comparison.names import (
    AMBER,
    CAUSES_SHEET,
    CDP_SHEET,
    GREEN,
    GREY,
    LIKE,
    SIDES,
    SUMMARY,
    amounts,
    define,
    slug,
)
from ghgcalc.render.xlsx.styles import SMALL, TONNES
from ghgcalc.render.xlsx.unknown import DASH, all_known, none_missing, write
from ghgcalc.views.difference import FIGURES, differences_of
from ghgcalc.views.words import METHOD_WORDS, plain_id

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.analysis.compare.difference import Difference, Figure
    from ghgcalc.analysis.compare.snapshot import Snapshot
    from ghgcalc.render.xlsx.book import Book, Sheet
    from ghgcalc.render.xlsx.comparison.names import Compared

_PARTS = {
    "scope_1_2": ("scope_1", "scope_2"), "all_scopes": ("scope_1", "scope_2", "scope_3"),
}  # fmt: skip
_SIGNED = "+0.0%;-0.0%;0.0%"
# columns of Causes: scopes, and Scope 1 + 2 and all scopes under each method
_SCOPES = ((1, LOCATION), (2, LOCATION), (2, "market_based"), (3, LOCATION))
WHOLE = {method: 2 + place for place, method in enumerate(METHODS)}
BOTH_SCOPES = {method: 8 + place for place, method in enumerate(METHODS)}


def named(side: str, figure: str, method: str | None) -> str:
    """The name of a total on Summary: `CHANGE_SCOPE_1_2_MARKET_BASED`."""
    words = (side, figure, method) if method else (side, figure)
    return slug("_".join(words))


# ---- Summary ---------------------------------------------------------------------------------


def write_summary(book: Book, compared: Compared) -> Sheet:
    """Totals of both sides by SUMIFS over Lines; returns the sheet, to which the chart goes."""
    sheet = book.sheet(SUMMARY, tab=AMBER)
    raw = sheet.raw
    raw.fit_to_pages(1, 1)
    found = compared.found
    for column, width in enumerate((48, 26, 26, 26, 16)):
        raw.set_column(column, column, width)
    raw.set_row(0, 28)
    names = " → ".join(dict.fromkeys([found.before.name, found.after.name]))
    raw.write_string(0, 0, names, sheet.style("title"))
    raw.write_string(1, 0, _subtitle(found.before, found.after), sheet.style("subtitle"))
    heads = ("tCO2e", found.before.label, found.after.label, "Change", "%")
    for column, head in enumerate(heads):
        sheet.text(3, column, head, "header_number" if column else "header")
    raw.freeze_panes(4, 1)
    for row, figure in enumerate(found.figures, 4):
        _figure(book, sheet, row, figure, compared)
    row = 4 + len(found.figures)
    sheet.text(row, 0, "The causes add up to the change", "label")
    for column, method in enumerate(METHODS, 1):
        place = cell(max(len(compared.causes), 1) + 4, WHOLE[method])
        verdict = "agrees" if found.computed(method) else DASH
        sheet.formula(row, column, f"={CAUSES_SHEET}!{place}", verdict, "good")
    for column in (3, 4):
        sheet.text(row, column, "")
    return sheet


def _subtitle(before: Snapshot, after: Snapshot) -> str:
    pairs = (
        (before.period, after.period), (plain_id(before.approach), plain_id(after.approach)),
        (before.gwp_set, after.gwp_set),
        (before.boundary or "every line", after.boundary or "every line"),
    )  # fmt: skip
    return " · ".join(" → ".join(dict.fromkeys(pair)) for pair in pairs)


def _figure(book: Book, sheet: Sheet, row: int, figure: Figure, compared: Compared) -> None:
    method = f", {METHOD_WORDS[figure.method]}" if figure.method else ""
    strong = figure.name in _PARTS
    sheet.text(row, 0, f"{FIGURES[figure.name]}{method}", "strong" if strong else "label")
    kind = "output_strong" if strong else "output"
    for side, (word, value) in enumerate((("before", figure.before), ("after", figure.after)), 1):
        snapshot = (compared.found.before, compared.found.after)[side - 1]
        text, known = _total(figure, side, word, evaluated(snapshot.lines, 3))
        write(sheet, row, side, text, value, known, kind, compared.format)
        _name(book, named(word, figure.name, figure.method), row, side)
    place = row + 1
    pair = (f"$C{place}", f"$B{place}")
    write(sheet, row, 3, "=" + "-".join(pair), figure.change, all_known(*pair), kind,
          compared.signed)  # fmt: skip
    _name(book, named("change", figure.name, figure.method), row, 3)
    if figure.share is not None:
        sheet.formula(row, 4, f"=$D{place}/$B{place}", figure.share, kind, _SIGNED)
    else:
        sheet.text(row, 4, "–", "good")


def _total(figure: Figure, side: int, word: str, scope_3: bool) -> tuple[str, str]:
    """The formula of a total, and the question whether it is known.

    Scope 3 that the side does not evaluate (not `scope_3`) is a dash, which SUM leaves out.
    """
    if figure.name in _PARTS:
        parts = [
            named(word, part, figure.method if part == "scope_2" else None)
            for part in _PARTS[figure.name]
        ]
        if "scope_3" in _PARTS[figure.name] and not scope_3:
            return f"=SUM({','.join(parts)})", all_known(*parts[:-1])
        return "=" + "+".join(parts), all_known(*parts)
    area = f"LINES_{(figure.method or LOCATION).upper()}"
    keys = f"LINES_SIDE,{side},LINES_SCOPE,{figure.name[-1]}"
    if figure.name == "scope_3" and not scope_3:
        return f"=SUMIFS({area},{keys})", f"COUNTIFS({keys})"
    return f"=SUMIFS({area},{keys})", none_missing(area, keys)


def _name(book: Book, name: str, row: int, column: int) -> None:
    made = book.name(name)
    assert made == name
    book.define(name, SUMMARY, cell(row, column))


# ---- Causes ----------------------------------------------------------------------------------


def write_causes(book: Book, compared: Compared) -> None:
    """One row per cause, summed over Sources; below, the sum against the change of Summary."""
    columns = (
        Column("Cause", 24), Column("CDP reason", 36),
        *(Column(f"All scopes, {METHOD_WORDS[m]} (tCO2e)", 16, True) for m in METHODS),
        Column("Scope 1", 14, True), Column("Scope 2, location-based", 14, True),
        Column("Scope 2, market-based", 14, True), Column("Scope 3", 14, True),
        *(Column(f"Scope 1 + 2, {METHOD_WORDS[m]}", 14, True) for m in METHODS),
    )  # fmt: skip
    sheet = book.sheet(CAUSES_SHEET, columns, tab=AMBER)
    for row, name in enumerate(compared.causes, 1):
        sheet.text(row, 0, name)
        sheet.text(row, 1, "" if compared.found.same_period else CDP[name])
        _cause(sheet, row, name, compared)
    if not compared.causes:
        sheet.text(1, 0, "no change")
    last = max(len(compared.causes), 1)
    sheet.filter(last)
    define(book, "CAUSES_REASON", sheet, 1, (1, last))
    for method in METHODS:
        column = BOTH_SCOPES[method]
        define(book, f"CAUSES_SCOPE_1_2_{method.upper()}", sheet, column, (1, last))
    _ties(sheet, last + 1, compared)


def _cause(sheet: Sheet, row: int, name: str, compared: Compared) -> None:
    found, place = compared.found, row + 1
    for method in METHODS:
        area = amounts(method, name)
        value = _tonnes(found, method, name, (1, 2, 3))
        write(sheet, row, WHOLE[method], f"=SUM({area})", value, none_missing(area),
              "output", TONNES)  # fmt: skip
    for column, (scope, method) in enumerate(_SCOPES, 4):
        area, keys = amounts(method, name), f"SOURCES_SCOPE,{scope}"
        value = _tonnes(found, method, name, (scope,))
        write(sheet, row, column, f"=SUMIFS({area},{keys})", value, none_missing(area, keys),
              "output", TONNES)  # fmt: skip
    for method in METHODS:
        cells = (f"$E{place}", f"${'F' if method == LOCATION else 'G'}{place}")
        value = _tonnes(found, method, name, (1, 2))
        write(sheet, row, BOTH_SCOPES[method], "=" + "+".join(cells), value, all_known(*cells),
              "output", TONNES)  # fmt: skip


def _tonnes(found: Difference, method: str, name: str, scopes: tuple[int, ...]) -> Fraction | None:
    """Tonnes of a cause; None of a change that is not known."""
    if not found.computed(method, scopes):
        return None
    return found.causes(method, scopes).get(name, ZERO)


def _ties(sheet: Sheet, row: int, compared: Compared) -> None:
    """The sum of the causes, the change of Summary, their difference, a verdict."""
    figures = {(f.name, f.method): f.change for f in compared.found.figures}
    names = [*((m, "all_scopes", m) for m in METHODS), *((m, f"scope_{s}", m if s == 2 else None)
             for s, m in _SCOPES), *((m, "scope_1_2", m) for m in METHODS)]  # fmt: skip
    for line, words in enumerate(("Sum", "Change on Summary", "Difference", "Verdict"), row):
        sheet.text(line, 0, words, "strong")
        sheet.text(line, 1, "")
        for column, (_, figure, method) in enumerate(names, 2):
            value = figures[figure, method]
            _tie(sheet, (row, line), column, value, named("change", figure, method))


def _tie(
    sheet: Sheet, rows: tuple[int, int], column: int, value: Fraction | None, total: str
) -> None:
    start, line = rows
    if value is None:
        sheet.text(line, column, DASH)
        return
    at, step = letter(column), line - start
    if step == 0:
        text = f"=SUM({at}2:{at}{max(start, 2)})"
        sheet.formula(line, column, text, value, "output_strong", TONNES)
    elif step == 1:
        sheet.formula(line, column, f"={total}", value, "output", TONNES)
    elif step == 2:
        text = f"=${at}${start + 1}-${at}${start + 2}"
        sheet.formula(line, column, text, ZERO, "calc", SMALL)
    else:
        # one millionth of a tonne, and what doubles lose of large sums
        limit = f"0.000001+ABS(${at}${start + 2})/1000000000"
        text = f'=IF(ABS(${at}${start + 3})<={limit},"agrees","differs")'
        sheet.formula(line, column, text, "agrees", "good")


# ---- what the standards ask ------------------------------------------------------------------


def write_cdp(book: Book, compared: Compared) -> None:
    """Reasons of CDP 7.10.1 over Scope 1 + 2, with their share of the emissions before."""
    columns = (
        Column("Reason (CDP 7.10.1)", 44),
        *(Column(f"Scope 1 + 2, {METHOD_WORDS[m]} (tCO2e)", 18, True) for m in METHODS),
        Column("Direction, market-based", 16), Column("% of before, market-based", 16, True),
        Column("Causes", 60),
    )  # fmt: skip
    sheet = book.sheet(CDP_SHEET, columns, tab=GREEN)
    sums = {m: compared.found.causes(m, (1, 2)) for m in METHODS}
    before = compared.found.total("scope_1_2", METHODS[-1]).before
    reasons = dict.fromkeys(CDP[name] for name in compared.causes)
    for row, reason in enumerate(reasons, 1):
        names = [name for name in compared.causes if CDP[name] == reason]
        sheet.text(row, 0, reason)
        for column, method in enumerate(METHODS, 1):
            value = None
            if compared.found.computed(method, (1, 2)):
                value = sum((sums[method].get(name, ZERO) for name in names), ZERO)
            area, key = f"CAUSES_SCOPE_1_2_{method.upper()}", f"CAUSES_REASON,$A{row + 1}"
            text, known = f"=SUMIFS({area},{key})", none_missing(area, key)
            write(sheet, row, column, text, value, known, "output", TONNES)
        if value is None:
            sheet.text(row, 3, "not computed")
        else:
            way = "increased" if value > 0 else "decreased"
            sheet.text(row, 3, way if value else "no change")
        if before and value is not None:
            text = f"=$C{row + 1}/{named('before', 'scope_1_2', METHODS[-1])}"
            sheet.formula(row, 4, text, value / before, "output", _SIGNED)
        else:
            sheet.text(row, 4, "")
        sheet.text(row, 5, ", ".join(names))
    sheet.filter(max(len(reasons), 1))


def write_like_for_like(book: Book, compared: Compared) -> None:
    """The change less what changed in the inventory and not in the emissions."""
    columns = (Column("Like for like, all scopes", 44),
               *(Column(f"{METHOD_WORDS[m].capitalize()} (tCO2e)", 20, True) for m in METHODS),
               Column("What it is", 60))  # fmt: skip
    sheet = book.sheet(LIKE, columns, tab=GREEN)
    out = [(row, name) for row, name in enumerate(compared.causes, 1) if name in NOT_LIKE_FOR_LIKE]
    _like(sheet, 1, "Change as reported", "of Summary", [
        (f"={named('change', 'all_scopes', m)}", _figure_of(compared, m).change) for m in METHODS
    ])  # fmt: skip
    for row, (place, name) in enumerate(out, 2):
        _like(sheet, row, f"of which {name}", "the inventory changed, not the emissions", [
            (f"={CAUSES_SHEET}!{cell(place, WHOLE[m])}",
             _tonnes(compared.found, m, name, (1, 2, 3))) for m in METHODS
        ])  # fmt: skip
    last = len(out) + 1
    _like(sheet, last + 1, "Like for like", "the change without these causes", [
        (_less(letter(column), last), compared.found.like_for_like(m))
        for column, m in enumerate(METHODS, 1)
    ], "output_strong")  # fmt: skip
    _like(sheet, last + 2, "Before, restated", "before, with the causes left out", [
        (f"={named('after', 'all_scopes', m)}-${letter(column)}${last + 2}",
         compared.found.restated(m))
        for column, m in enumerate(METHODS, 1)
    ])  # fmt: skip
    sheet.text(last + 3, 0, "% of before, restated")
    sheet.text(last + 3, 3, "")
    for column, method in enumerate(METHODS, 1):
        base, moved = compared.found.restated(method), compared.found.like_for_like(method)
        if base is not None and moved is not None and base > 0:
            text = f"=${letter(column)}${last + 2}/${letter(column)}${last + 3}"
            share = moved / base
            sheet.formula(last + 3, column, text, share, "output", _SIGNED)
        else:
            sheet.text(last + 3, column, "–", "good")
    sheet.filter(last + 3)


def _less(at: str, last: int) -> str:
    return f"={at}2-SUM({at}3:{at}{last + 1})" if last > 1 else f"={at}2"


def _figure_of(compared: Compared, method: str) -> Figure:
    return compared.found.total("all_scopes", method)


def _like(
    sheet: Sheet, row: int, words: str, remark: str, cells: list[tuple[str, Fraction | None]],
    kind: str = "output",
) -> None:  # fmt: skip
    sheet.text(row, 0, words, "strong" if kind == "output_strong" else "text")
    for column, (text, value) in enumerate(cells, 1):
        if value is None:
            sheet.text(row, column, DASH)
        else:
            sheet.formula(row, column, text, value, kind, TONNES)
    sheet.text(row, 3, remark)


# ---- the sides -------------------------------------------------------------------------------


def write_sides(book: Book, compared: Compared) -> None:
    """What each side is, and the notes of the comparison."""
    found = compared.found
    columns = (Column("What", 26), Column("Before", 60), Column("After", 60))
    sheet = book.sheet(SIDES, columns, tab=GREY)
    sides = (found.before, found.after)
    rows = [
        ("side", *(side.label for side in sides)), ("organization", *(side.name for side in sides)),
        ("period", *(side.period for side in sides)),
        ("days", *(f"{side.span.first} to {side.span.last}" for side in sides)),
        ("boundary", *(side.boundary or "every line" for side in sides)),
        ("consolidation approach", *(plain_id(side.approach) for side in sides)),
        ("GWP set", *(side.gwp_set for side in sides)),
        ("lines", *(f"{len(side.lines):,}" for side in sides)),
    ]  # fmt: skip
    notes = dict.fromkeys([*found.before.notes, *found.after.notes, *differences_of(found)])
    rows += [("note", note, "") for note in notes] + [("ghgcalc", __version__, "")]
    for row, texts in enumerate(rows, 1):
        sheet.heighten(row, list(enumerate(texts)))
        for column, text in enumerate(texts):
            sheet.text(row, column, text, "wrap")
    sheet.filter(len(rows))
