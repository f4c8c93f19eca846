"""The workbook that a site fills in: instructions, activity data with drop-downs, lists."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ghgcalc.company.collect.labels import LABELS
from ghgcalc.company.collect.rows import (
    ASKED_AT,
    ASKED_HEAD,
    COLUMNS,
    DATA,
    FIELDS,
    FORM,
    GUIDE,
    LISTS,
    LOCKED,
)
from ghgcalc.core.numbers import plain
from ghgcalc.render.xlsx.book import close, letter
from ghgcalc.render.xlsx.clean import clean_workbook
from ghgcalc.render.xlsx.styles import HEAD, INPUT, LINE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from ghgcalc.company.collect.rows import AskedRow, Form

SPARE = 40
_UNITS = (
    "kWh", "MWh", "GJ", "kWh gross", "kWh net", "MWh gross", "MWh net", "GJ gross", "GJ net",
    "m3", "Nm3", "Sm3", "L", "kg", "t", "km", "tkm", "pkm", "night", "piece",
)  # fmt: skip
_STEPS = (
    "Fill in the yellow cells of the sheet Activity data: one row for each bill or meter.",
    "Type the quantity as a number and its unit as on the bill. A bare unit that has several"
    " meanings (m3 of gas, kWh of a fuel) is asked for again when the file is imported.",
    "The unit of last year is filled in; change it where the bill has another one.",
    "Leave the quantity of a row empty if it is not known yet; 0 means that nothing was used.",
    "New sources go into the empty rows; id and period may be left empty there: the period is then"
    " that of this form. Do not hide or delete rows.",
    "Name the source document. Several are separated by a semicolon.",
    "Choose category, fuel and unit from the lists; other units and items may be typed.",
    "Send the file back; nothing else is needed.",
)


def write_template(form: Form, target: Path, created: datetime) -> None:
    """Write the workbook of a form."""
    book = clean_workbook(
        target,
        {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties(
        {"title": f"{form.name}, {form.period}", "created": created, "comments": FORM}
    )
    styles = _styles(book)
    guide, data, lists = (book.add_worksheet(name) for name in (GUIDE, DATA, LISTS))
    _guide(guide, styles, form)
    _data(data, styles, form)
    _lists(lists, styles, form)
    data.activate()
    close(book)


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
    grid = {**base, "border": 1, "border_color": LINE}
    head = {**grid, "bold": True, "font_color": "#FFFFFF", "bg_color": HEAD, "text_wrap": True}
    inputs = {**grid, "bg_color": INPUT, "font_color": "#0B3D91", "locked": False}
    kinds = {
        "title": {**base, "font_size": 18, "bold": True, "font_color": HEAD},
        "text": {**base, "text_wrap": True}, "strong": {**base, "bold": True}, "head": head,
        "cell": grid, "input": {**inputs, "num_format": "@"},
        "number": {**inputs, "num_format": "#,##0.######", "align": "right"},
        "whole": {**inputs, "num_format": "#,##0", "align": "right"},
        "locked": {**grid, "font_color": "#5B6B73", "bg_color": "#F3F5F6"},
    }  # fmt: skip
    return {name: book.add_format(options) for name, options in kinds.items()}


def _guide(sheet: Any, styles: dict[str, Any], form: Form) -> None:
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 96)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, f"{form.name}: activity data {form.period}", styles["title"])
    facts = (("Form", FORM), ("Facility", form.facility), ("Period", form.period),
             ("Organization", form.organization))  # fmt: skip
    for row, (label, text) in enumerate(facts, 2):
        sheet.write_string(row, 0, label, styles["strong"])
        sheet.write_string(row, 1, text, styles["text"])
    row = 7
    for number, text in enumerate(_STEPS, 1):
        sheet.write_string(row, 0, f"Step {number}", styles["strong"])
        sheet.write_string(row, 1, text, styles["text"])
        sheet.set_row(row, 28 if len(text) > 105 else 15)
        row += 1
    for text in _not_asked(form):
        row += 1
        sheet.write_string(row, 0, "Not asked here", styles["strong"])
        sheet.write_string(row, 1, text, styles["text"])
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _not_asked(form: Form) -> Iterator[str]:
    if form.aside:
        words = "kept in the company file with balances, gas masses or reported figures: "
        yield words + ", ".join(form.aside)
    if form.tables:
        words = "what comes from tables of the company file: "
        yield words + ", ".join(f"{name} ({files})" for name, files in form.tables.items())


def _data(sheet: Any, styles: dict[str, Any], form: Form) -> None:
    sheet.set_row(0, 30)
    for place, field in enumerate(FIELDS):
        sheet.set_column(place, place, field.width)
        sheet.write_string(0, place, field.heading, styles["head"])
    for row, asked in enumerate(form.rows, 1):
        _row(sheet, styles, row, asked)
    last = len(form.rows) + SPARE
    for row in range(len(form.rows) + 1, last + 1):
        for place, field in enumerate(FIELDS):
            kind = "locked" if field.key in LOCKED else "input"
            sheet.write_blank(row, place, None, styles["number" if field.key == "number" else kind])
    _validate(sheet, last)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(2, 0)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.protect(
        "", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True}
    )


def _row(sheet: Any, styles: dict[str, Any], row: int, asked: AskedRow) -> None:
    for place, field in enumerate(FIELDS):
        fixed = field.key in LOCKED or (asked.known and field.key == "id")
        style = styles["locked" if fixed else "input"]
        if field.key == "number":
            _number(sheet, styles, row, place, asked)
            continue
        text = asked.last if field.key == "last" else asked.texts.get(field.key, "")
        if text:
            sheet.write_string(row, place, text, style)
        else:
            sheet.write_blank(row, place, None, style)


def _number(sheet: Any, styles: dict[str, Any], row: int, place: int, asked: AskedRow) -> None:
    """A number; one with more digits than a spreadsheet keeps is a text, which loses none."""
    if asked.quantity is None:
        sheet.write_blank(row, place, None, styles["number"])
        return
    value = Fraction(asked.quantity.number)
    style = styles["whole" if value.denominator == 1 else "number"]
    if len(plain(abs(value)).replace(".", "").lstrip("0")) <= 15:
        sheet.write_number(row, place, float(value), style)
    else:
        sheet.write_string(row, place, plain(value), style)


def _validate(sheet: Any, last: int) -> None:
    """Lists that guide, a number that is demanded; other units, items and fuels may be typed."""
    for key, column, title in (
        ("category", 0, "Category"),
        ("fuel", 1, "Fuel"),
        ("unit", 2, "Unit"),
    ):
        count = len(_listed()[column])
        source = f"={LISTS}!${letter(column)}$2:${letter(column)}${count + 1}"
        strict = key == "category"
        place = COLUMNS[key] - 1
        sheet.data_validation(1, place, last, place, {
            "validate": "list", "source": source, "error_title": title,
            "error_type": "stop" if strict else "information",
            "error_message": "Choose from the list." if strict
            else "Not in the list; keep it if the bill says so.",
        })  # fmt: skip
    place = COLUMNS["number"] - 1
    sheet.data_validation(1, place, last, place, {
        "validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15,
        "error_title": "Quantity", "error_message": "A number without its unit.",
        "input_title": "Quantity", "input_message": "The number as on the bill; 0 for nothing.",
    })  # fmt: skip


def _listed() -> tuple[list[str], list[str], list[str]]:
    return list(LABELS["category"].values()), sorted(LABELS["fuel"].values()), list(_UNITS)


def _lists(sheet: Any, styles: dict[str, Any], form: Form) -> None:
    for column, (head, texts) in enumerate(
        zip(("Categories", "Fuels", "Units"), _listed(), strict=True)
    ):
        sheet.set_column(column, column, 32)
        sheet.write_string(0, column, head, styles["head"])
        for row, text in enumerate(texts, 1):
            sheet.write_string(row, column, text, styles["cell"])
    top, column = ASKED_AT[0] - 1, ASKED_AT[1] - 1
    sheet.set_column(column, column, 32)
    for row, text in enumerate((ASKED_HEAD, *(asked.texts["id"] for asked in form.rows)), top):
        sheet.write_string(row, column, text, styles["head" if row == top else "cell"])
    sheet.freeze_panes(1, 0)
    sheet.protect("")
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
