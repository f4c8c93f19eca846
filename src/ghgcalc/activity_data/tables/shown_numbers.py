"""Quantities of a workbook that show another number, or another unit, than is read.

`0" MWh"` below `unit: kWh` shows `5 MWh` where 5 kWh are read; `0,` shows 5 where 5,000 are read,
`0%` shows 5 % where 0.05 is. The stored number is what counts, so that each is said.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.heading_units import Stated, differs, read_unit, unit_hint
from ghgcalc.activity_data.tables.file_columns import WIDE
from ghgcalc.activity_data.tables.files import FileRefused
from ghgcalc.activity_data.tables.workbooks import column_letters
from ghgcalc.company.cell_words import CURRENCY_SIGNS
from ghgcalc.core.diagnostics import Diagnostic, Location, Related, Severity
from ghgcalc.core.text.number_formats import Cells, Shown, ShownCells
from ghgcalc.core.unit_table import CURRENCIES
from ghgcalc.core.units import parse_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.activity_data.tables.file_columns import FileColumns
    from ghgcalc.activity_data.tables.places import Places
    from ghgcalc.company.table import Table
    from ghgcalc.core.units import Unit

_THOUSAND = Fraction(1000)
_WORDS = {"k": _THOUSAND, "tsd": _THOUSAND, "thousand": _THOUSAND, "tausend": _THOUSAND,
          "mio": _THOUSAND**2, "mill": _THOUSAND**2, "million": _THOUSAND**2}  # fmt: skip
_WORD = re.compile(rf"(?i)({'|'.join(_WORDS)})\.?(?=$|[^\w])\s*")


_MIXED = (
    "other cells are shown otherwise: export the file with a column of units, or read each kind in"
    " a table of its own, told apart by a `filter:`; where the stored numbers are right as they are"
    " read, lower `number-format` under `checks:`"
)


_MULTIPLE = re.compile(r"([0-9][0-9_]*(?:\.[0-9_]+)?)\s")


class _Column(NamedTuple):
    """A column of quantities: its place, its heading, and the unit stated for it if any."""

    place: int
    heading: str
    stated: Stated | None


def letters_of(table: Table, columns: FileColumns) -> list[str]:
    """The letters of the columns of quantities."""
    return [column_letters(column.place) for column in _columns(table, columns)]


def judge_formats(
    places: Places, columns: FileColumns, cells: ShownCells, sheet: str, shown: str
) -> list[Diagnostic]:
    """The warning of a sheet whose quantities show otherwise.

    Diagnosed: `number-format`, once for a sheet.

    Args:
        places: where the table is written.
        columns: where the columns of the file stand.
        cells: the cells whose format tells.
        sheet: the name of the sheet.
        shown: the file.

    Raises:
        FileRefused: it shows percentages, and `percent:` does not say so.
    """
    found = []
    for column in _columns(places.table, columns):
        for form, of in cells.columns.get(column.place, {}).items():
            if form.percent:
                _refuse_percent(places.table, column, form, of, sheet)
            elif (told := _doubt(places.table, column, form)) is not None:
                found.append((column, form, of, told))
    if not found:
        return []
    column, form, of, (said, hint) = found[0]
    if any(cells.others.get(each.place) or len(cells.columns[each.place]) > 1
           for each, *_ in found) or len({each[3] for each in found}) > 1:  # fmt: skip
        hint = _MIXED
    count = sum(each[2].count for each in found) - 1
    others = f", and so do {count:,} more cells" if count > 1 else ""
    others = ", and so does one more cell" if count == 1 else others
    cell = f"{column_letters(column.place)}{of.row}"
    warning = Diagnostic(
        "number-format",
        f"table `{places.name}`: cell {cell} of sheet `{sheet}` in `{shown}` {said}{others}",
        Location(shown, of.row, column.place + 1),
        related=(Related(places.at(*_unit_path(places.table, column)), "the unit stated"),),
        notes=(f"cell {cell} of sheet `{sheet}`: {of.stored} in the format {form.code}",),
        hint=hint,
        severity=Severity.WARNING,
    )
    return [warning]


def _columns(table: Table, columns: FileColumns) -> Iterator[_Column]:
    at: tuple[str, ...]
    heading_at: tuple[str, ...]
    # a series of hours states its unit itself
    of_all: tuple[str, ...] = ("constants", "unit") if table.items else ("unit",)
    for ours, place in columns.places.items():
        kind, _, number = ours.partition(":")
        if ours.startswith(WIDE):
            wide = columns.wide[int(number)]
            theirs, at = wide.value(table, "unit"), ("unpivot", wide.key, "unit")
            if theirs is None:
                theirs, at = table.constants.unit, of_all
            heading, heading_at = wide.heading, ("unpivot", wide.key)
        elif kind == "quantity":
            theirs, at = table.constants.unit, of_all
            heading_at = ("columns", "reading" if table.reads else "quantity")
            heading = ours
        else:
            continue
        stated = None
        if theirs is not None and "unit" not in table.columns:
            stated = Stated(heading, theirs, table.names.unit.get(theirs, theirs), at, heading_at)
        yield _Column(place, heading, stated)


def _unit_path(table: Table, column: _Column) -> tuple[str, ...]:
    if column.stated is not None:
        return column.stated.unit_at
    return ("columns", "unit") if "unit" in table.columns else ("columns",)


def _refuse_percent(table: Table, column: _Column, form: Shown, of: Cells, sheet: str) -> None:
    if table.read.percent:
        return
    cell = f"{column_letters(column.place)}{of.row}"
    refused = FileRefused(
        "not-a-number",
        f"shows a percentage in cell {cell} of sheet `{sheet}`, in the format {form.code}, and"
        f" stores {of.stored}",
        f"state `read: {{percent: true}}` where {of.stored} is meant",
    )
    refused.line = of.row
    raise refused


def _doubt(table: Table, column: _Column, form: Shown) -> tuple[str, str] | None:
    """What a format shows, and what to state; None where it says what is read."""
    scale = Fraction(1, 1000**form.thousands)  # of the shown number, by the stored one
    text = form.text.strip("()[] ")
    word = _WORD.match(text)
    if word is not None and read_unit(text) is None:
        scale, text = scale * _WORDS[word[1].casefold()], text[word.end() :].strip("()[] ")
    if text.strip("'\"") == "%":
        return _scaled(table, column, form, scale / 100)
    names = CURRENCY_SIGNS.get(text, frozenset()) & CURRENCIES
    unit = _money(names, column.stated) if names else read_unit(text) if text else None
    if unit is None:
        return _scaled(table, column, form, scale)
    if column.stated is None:
        return None
    if scale != 1:
        unit = parse_unit(f"{_plain(scale)} {unit.text}")
    if not differs(unit, column.stated, table):
        return None
    said = f"shows `{form.text}` by its format, and is read in `{column.stated.ours}`"
    if len(names) > 1:
        return said, f"state the currency of `{form.text}` as `unit:`"
    return said, unit_hint(column.stated, unit, "format")


def _money(names: frozenset[str], stated: Stated | None) -> Unit:
    """The currency of a sign: of several the one that is stated, else any."""
    ours = stated.ours if stated is not None else ""
    return parse_unit(ours if ours in names else min(names))


def _scaled(table: Table, column: _Column, form: Shown, scale: Fraction) -> tuple[str, str] | None:
    """A number that is shown larger or smaller than it is stored, without a unit to compare."""
    ours = column.stated.ours if column.stated is not None else ""
    multiple = _MULTIPLE.match(ours)
    chosen = [Fraction(multiple[1].replace("_", ""))] if multiple else []
    chosen += [Fraction(table.constants.multiplier)] if table.constants.multiplier else []
    if scale == 1 or "multiplier" in table.columns or scale in chosen:
        return None
    shown = f"`{form.text}` beside its number" if form.text else (
        f"a {1000**form.thousands:,}th of its number"
    )  # fmt: skip
    said = f"shows {shown} by its format, and is read as it is stored"
    means = "the stored number is read; where the shown one is meant, state"
    if chosen or not ours:
        return said, f"{means} it in a multiple of the unit, as in `40 kWh`"
    assert column.stated is not None
    if table.reads:
        stated = f"constants: {{multiplier: {_plain(scale)}}}"
    else:
        stated = f"unit: {_plain(scale)} {ours}"
        stated = f"constants: {{{stated}}}" if column.stated.unit_at[0] == "constants" else stated
    return said, f"{means} `{stated}`, else lower `number-format` under `checks:`"


def _plain(value: Fraction) -> str:
    """A power of ten in digits."""
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
