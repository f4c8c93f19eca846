"""Totals over Lines: By facility, By category, ISO 14064-1, By gas; every one a SUMIFS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import LOCATION, MARKET, plus
from ghgcalc.core.gases import GROUP_HEADINGS
from ghgcalc.core.numbers import ZERO
from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.core.vocabulary.iso14064 import iso_category
from ghgcalc.render.xlsx.book import Column, cell, letter
from ghgcalc.render.xlsx.estimates import TOTAL_HEADS, write_share, write_total
from ghgcalc.render.xlsx.lines import facility_numbers, gas_name
from ghgcalc.render.xlsx.styles import TONNES, UNSEEN
from ghgcalc.render.xlsx.unknown import all_known, none_missing, write
from ghgcalc.views.amounts import Amounts, by_gas, group
from ghgcalc.views.estimates import estimates_of
from ghgcalc.views.words import NOT_FACILITY, heading_of

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.core.vocabulary.iso14064 import IsoCategory
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.render.xlsx.book import Book, Sheet
    from ghgcalc.views.amounts import Weighed
    from ghgcalc.views.estimates import Estimates

BY_FACILITY, BY_CATEGORY, ISO, BY_GAS = "By facility", "By category", "ISO 14064-1", "By gas"
LOC, MKT, BIO = "LINES_LOCATION_BASED", "LINES_MARKET_BASED", "LINES_BIOGENIC"
_SCOPES = ((1, LOC), (2, LOC), (2, MKT), (3, LOC))
_SCOPE_HEADS = (
    Column("Scope 1", 14, True), Column("Scope 2 location-based", 14, True),
    Column("Scope 2 market-based", 14, True), Column("Scope 3", 14, True),
)  # fmt: skip


def scope_values(amounts: Amounts) -> tuple[Fraction | None, ...]:
    """Scope 1, Scope 2 under both methods, Scope 3; None where one is not known."""
    scope_2 = amounts.scope_2
    return (amounts.scope_1, scope_2[LOCATION], scope_2[MARKET], amounts.scope_3)


def write_facilities(book: Book, inventory: Inventory, weighed: list[Weighed]) -> dict[str, int]:
    """By facility; returns the row of each facility, counted from 0."""
    columns = (Column("Facility", 28), Column("Facility no.", 9, True), *_SCOPE_HEADS,
               Column("All scopes, location-based", 15, True),
               Column("All scopes, market-based", 15, True),
               Column("Biogenic CO2 (t)", 13, True), *TOTAL_HEADS)  # fmt: skip
    sheet = book.sheet(BY_FACILITY, columns, tab="#3A8C6E")
    found = group(weighed, lambda line: line.facility)
    known = estimates_of(inventory)
    parts = {each.facility: each.part for each in known.by_facility} if known else {}
    rows = {}
    for row, (facility, number) in enumerate(facility_numbers(inventory).items(), 1):
        rows[facility or ""] = row
        sheet.text(row, 0, facility or NOT_FACILITY)
        sheet.number(row, 1, number)
        amounts = found[facility]
        key = f"LINES_FACILITY_NO,$B{row + 1}"
        pairs = zip(_SCOPES, scope_values(amounts), strict=True)
        for column, ((scope, area), value) in enumerate(pairs, 2):
            keys = f"LINES_SCOPE,{scope},{key}"
            text = f"=SUMIFS({area},{keys})"
            asked = none_missing(area, keys)
            _sum(sheet, row, column, text, value, asked, seen=scope in amounts.seen)
        place = row + 1
        for column, method in ((6, LOCATION), (7, MARKET)):
            second = "D" if method == LOCATION else "E"
            cells = (f"$C{place}", f"${second}{place}", f"$F{place}")
            _sum(sheet, row, column, f"={'+'.join(cells)}", amounts.total(method),
                 all_known(*cells))  # fmt: skip
        _sum(sheet, row, 8, f"=SUMIFS({BIO},{key})", amounts.biogenic)
        whole = {LOCATION: (6, amounts.total(LOCATION)), MARKET: (7, amounts.total(MARKET))}
        write_total(sheet, row, 9, key, parts.get(facility, {}), whole)
    _total(sheet, len(rows), [2, 3, 4, 5, 6, 7, 8], group(weighed, lambda line: ""))
    _total_estimated(sheet, len(rows), inventory, known)
    sheet.filter(len(rows))
    return rows


def _sum(
    sheet: Sheet, row: int, column: int, text: str, value: Fraction | None, known: str = "", *,
    seen: bool = True,
) -> None:  # fmt: skip
    write(sheet, row, column, text, value, known, "output", TONNES if seen else UNSEEN)


def _total(sheet: Sheet, count: int, columns: list[int], whole: dict[object, Amounts]) -> None:
    """The row of sums below the facilities."""
    amounts = whole.get("", Amounts())
    row = count + 1
    values = (*scope_values(amounts), amounts.total(LOCATION), amounts.total(MARKET),
              amounts.biogenic)  # fmt: skip
    sheet.text(row, 0, "Total", "strong")
    sheet.text(row, 1, "", "strong")
    for column, value in zip(columns, values, strict=True):
        area = f"{letter(column)}2:{letter(column)}{max(count, 1) + 1}"
        format_ = UNSEEN if column == 5 and 3 not in amounts.seen else TONNES
        known = none_missing(area)
        write(sheet, row, column, f"=SUM({area})", value, known, "output_strong", format_)


def _total_estimated(
    sheet: Sheet, count: int, inventory: Inventory, known: Estimates | None
) -> None:
    """The estimated tonnes of all facilities."""
    row = count + 1
    for column, of, method in ((9, 6, LOCATION), (11, 7, MARKET)):
        value = known.total.part[method] if known else ZERO
        area = f"{letter(column)}2:{letter(column)}{max(count, 1) + 1}"
        write(sheet, row, column, f"=SUM({area})", value, none_missing(area), "output_strong",
              TONNES)  # fmt: skip
        pair = (value, inventory.totals.all_scopes(method))
        write_share(sheet, row, column + 1, (letter(column), letter(of)), pair, "output_strong")


def ranked_categories(weighed: list[Weighed]) -> dict[tuple[int, str], Amounts]:
    """Amounts by scope and category, in the order of the standards."""
    found = group(weighed, lambda line: (line.scope, line.category))
    order = {name: index for index, name in enumerate(CATEGORIES)}
    keys = [key for key in found if isinstance(key, tuple)]
    keys.sort(key=lambda key: (key[0], order.get(key[1], 99), key[1]))
    return {key: found[key] for key in keys}


def write_categories(
    book: Book, inventory: Inventory, weighed: list[Weighed]
) -> dict[tuple[int, str], int]:
    """By category, with the ISO 14064-1 category beside; returns rows counted from 0."""
    columns = (Column("Category", 42), Column("Scope", 7, True), Column("Category id", 28),
               Column("tCO2e location-based", 16, True), Column("tCO2e market-based", 16, True),
               Column("Biogenic CO2 (t)", 13, True), Column("ISO 14064-1", 15),
               Column("ISO heading", 34), Column("Note", 66), *TOTAL_HEADS)  # fmt: skip
    sheet = book.sheet(BY_CATEGORY, columns, tab="#3A8C6E")
    known = estimates_of(inventory)
    parts = {(e.scope, e.category): e.part for e in known.by_category} if known else {}
    rows = {}
    for row, ((scope, category), amounts) in enumerate(ranked_categories(weighed).items(), 1):
        rows[scope, category] = row
        iso = iso_category(scope, category)
        sheet.text(row, 0, heading_of(category))
        sheet.number(row, 1, scope)
        sheet.text(row, 2, category)
        key = f"LINES_SCOPE,$B{row + 1},LINES_CATEGORY,$C{row + 1}"
        for column, (area, value) in enumerate(_areas(amounts, scope), 3):
            text = f"=SUMIFS({area},{key})"
            _sum(sheet, row, column, text, value, none_missing(area, key))
        for column, text in ((6, iso_label(iso)), (7, iso.heading), (8, iso.note)):
            sheet.text(row, column, text)
        whole = {m: (3 + place, amounts.of(scope, m))
                 for place, m in enumerate((LOCATION, MARKET))}  # fmt: skip
        write_total(sheet, row, 9, key, parts.get((scope, category), {}), whole)
    last = max(len(rows), 1)
    sheet.filter(last)
    names = {"CATEGORIES_LOCATION_BASED": 3, "CATEGORIES_MARKET_BASED": 4,
             "CATEGORIES_BIOGENIC": 5, "CATEGORIES_ISO": 6}  # fmt: skip
    for name, column in names.items():
        book.define(book.name(name), BY_CATEGORY, f"{cell(1, column)}:{cell(last, column)}")
    return rows


def _areas(amounts: Amounts, scope: int) -> tuple[tuple[str, Fraction | None], ...]:
    located, market = amounts.of(scope, LOCATION), amounts.of(scope, MARKET)
    return ((LOC, located), (MKT, market), (BIO, amounts.biogenic))


def iso_label(iso: IsoCategory) -> str:
    """`Category 4.1`: text that no SUMIFS can take for a number."""
    return f"Category {iso.code}"


def write_iso(book: Book, weighed: list[Weighed]) -> None:
    """ISO 14064-1:2018: the same tonnes by its categories; biogenic CO2 in its own column."""
    columns = (Column("ISO 14064-1:2018", 18), Column("Heading", 44),
               Column("tCO2e (category 2 location-based)", 18, True),
               Column("tCO2e with category 2 market-based", 18, True),
               Column("Biogenic CO2 (t)", 14, True))  # fmt: skip
    sheet = book.sheet(ISO, columns, tab="#3A8C6E")
    sums: dict[str, list[Fraction | None]] = {}
    headings: dict[str, str] = {}
    for (scope, category), amounts in ranked_categories(weighed).items():
        iso = iso_category(scope, category)
        headings[iso_label(iso)] = iso.heading
        held = sums.setdefault(iso_label(iso), [ZERO, ZERO, ZERO])
        for place, (_, value) in enumerate(_areas(amounts, scope)):
            held[place] = plus(held[place], value)
    areas = ("LOCATION_BASED", "MARKET_BASED", "BIOGENIC")
    for row, label in enumerate(sorted(sums), 1):
        sheet.text(row, 0, label)
        sheet.text(row, 1, headings[label])
        for column, (area, value) in enumerate(zip(areas, sums[label], strict=True), 2):
            key = f"CATEGORIES_ISO,$A{row + 1}"
            text = f"=SUMIFS(CATEGORIES_{area},{key})"
            _sum(sheet, row, column, text, value, none_missing(f"CATEGORIES_{area}", key))
    row = len(sums) + 1
    sheet.text(row, 0, "Total", "strong")
    sheet.text(row, 1, "", "strong")
    for place in range(3):
        column = place + 2
        whole: Fraction | None = ZERO
        for values in sums.values():
            whole = plus(whole, values[place])
        area = f"{letter(column)}2:{letter(column)}{max(len(sums), 1) + 1}"
        known = none_missing(area)
        write(sheet, row, column, f"=SUM({area})", whole, known, "output_strong", TONNES)
    sheet.filter(len(sums))


def write_gases(book: Book, inventory: Inventory) -> None:
    """By gas: tCO2e by scope and method; mass of the gas under the location-based method."""
    columns = (Column("Gas", 26), Column("Group", 22), *_SCOPE_HEADS,
               Column("Total, location-based", 15, True), Column("Total, market-based", 15, True),
               Column("Mass of gas, location-based (kg)", 17, True))  # fmt: skip
    sheet = book.sheet(BY_GAS, columns, tab="#3A8C6E")
    entries = by_gas(inventory)
    for row, entry in enumerate(entries, 1):
        sheet.text(row, 0, entry.gas or "CO2e without its gases")
        sheet.text(row, 1, GROUP_HEADINGS.get(entry.group, entry.group))
        values = scope_values(entry.amounts)
        lines, tranches = _gas_areas(entry.gas)
        for column, (scope, area) in enumerate(((1, lines), (2, lines), (2, ""), (3, lines)), 2):
            text = f"=SUMIFS({area},LINES_SCOPE,{scope})" if area else f"=SUM({tranches})"
            seen = scope in entry.amounts.seen
            known = none_missing(MKT if column == 4 else LOC, "LINES_SCOPE,2")
            _sum(sheet, row, column, text, values[column - 2], known, seen=seen)
        place = row + 1
        for column, second in ((6, "D"), (7, "E")):
            method = LOCATION if second == "D" else MARKET
            cells = (f"$C{place}", f"${second}{place}", f"$F{place}")
            _sum(sheet, row, column, f"={'+'.join(cells)}", entry.amounts.total(method),
                 all_known(*cells))  # fmt: skip
        if entry.gas:
            text = f"=SUM({gas_name('LINES', entry.gas, 'KG')})"
            _sum(sheet, row, 8, text, entry.kg[LOCATION])
    sheet.filter(max(len(entries), 1))


def _gas_areas(gas: str) -> tuple[str, str]:
    if not gas:
        return "LINES_UNSPECIFIED", "TRANCHES_UNSPECIFIED"
    return gas_name("LINES", gas, "TCO2E"), gas_name("TRANCHES", gas, "TCO2E")
