"""UK Government conversion factors: totals typed from the full set of an edition (CSV).

Columns: table, key (our words), unit, printed kg CO2e, and the sheet and row of the full set. A
total has no gases and is never split. A 0 here stands for a blank: it is refused, not taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from ghgcalc.factors.importers import desnz_goods as goods
from ghgcalc.factors.importers import desnz_labels as labels
from ghgcalc.factors.importers.common import ImportSourceError, Row, exact, lookup, read_csv
from ghgcalc.factors.importers.desnz_files import TOTAL
from ghgcalc.factors.importers.desnz_keys import Group

_NEEDED = ("table", "key", "per", "CO2e_kg", "full_set_sheet_and_row")
_PRINTED = {  # our unit -> printed unit
    "t": "tonnes", "kg": "kg", "L": "litres", "GJ": "GJ", "kWh": "kWh", "pkm": "passenger.km",
    "night": "Room per night", "person hour": "per FTE Working Hour",
}  # fmt: skip
_BOTH_WAYS = " (with and without RF)"  # one printed value under two headings


class _Sheet(NamedTuple):
    """The levels of a table, and the words of a key's parts: label, detail, column."""

    level_1: str
    level_2: str
    words: tuple[Mapping[str, str], ...]
    fills: tuple[str, ...] = ("label",)


def _turned(table: Mapping[str, str]) -> dict[str, str]:
    """Our word -> the publisher's label, the latest of several."""
    return {word: label for label, word in table.items()}


_BIO = {**_turned(labels.BIOENERGY), "biodiesel": "Biodiesel ME",
        "biodiesel_used_cooking_oil": "Biodiesel ME (from used cooking oil)",
        "biodiesel_tallow": "Biodiesel ME (from tallow)"}  # fmt: skip
_HOTELS = {**_turned(goods.HOTELS), "cn": "China", "kr": "Korea"}
_FLIGHT = (_turned(labels.HAULS), _turned(labels.CLASSES), _turned(labels.FORCING))
_SEAT = ("label", "detail", "column")
_CELL = ("label", "column")
_SHEETS = {
    "bioenergy": _Sheet("Bioenergy", "Biofuel", (_BIO,)),
    "travel_air": _Sheet("Business travel- air", "Flights", _FLIGHT, _SEAT),
    "wtt_travel_air": _Sheet("WTT- business travel- air", "WTT- flights", _FLIGHT, _SEAT),
    "hotel": _Sheet("Hotel stay", "Hotel stay", (_HOTELS,)),
    "homeworking": _Sheet("Homeworking", "", (_turned(labels.HOMEWORKING),)),
    "materials": _Sheet(
        "Material use", "Other", (_turned(goods.MATERIALS), _turned(goods.ROUTES)), _CELL
    ),
    "waste": _Sheet(
        "Waste disposal", "Other", (_turned(goods.WASTES), _turned(goods.TREATMENTS)), _CELL
    ),
}


def groups(path: Path) -> list[Group]:
    """The totals as groups of one value each; a value under two headings gives two.

    Raises:
        ImportSourceError: an unknown table, word or unit, or a value of 0.
    """
    found = []
    for number, row in enumerate(read_csv(path, _NEEDED), start=2):
        where = f"{path.name} row {number}"
        both = row["full_set_sheet_and_row"].endswith(_BOTH_WAYS)
        for end in (".with_rf", ".without_rf") if both else ("",):
            found.append(_group(row, row["key"] + end, where))
    return found


def _group(row: Row, key: str, where: str) -> Group:
    value = exact(row["CO2e_kg"], where)
    if not Decimal(value):
        raise ImportSourceError(f"{where}: 0 stands for a blank here, which is no factor")
    if row["table"] not in _SHEETS:
        raise ImportSourceError(f"{where}: unknown table {row['table']!r}")
    sheet = _SHEETS[row["table"]]
    parts = key.split(".")
    if len(parts) != len(sheet.words):
        raise ImportSourceError(f"{where}: unexpected key {key!r}")
    texts = [lookup(table, part, where) for table, part in zip(sheet.words, parts, strict=True)]
    said = dict(zip(sheet.fills, texts, strict=True))
    return Group(
        sheet.level_1, sheet.level_2 or said["label"], said["label"], said.get("detail", ""),
        said.get("column", ""), lookup(_PRINTED, row["per"], where), {TOTAL: value},
        f"full set, sheet {_place(row['full_set_sheet_and_row'])}",
    )  # fmt: skip


def _place(text: str) -> str:
    """`Bioenergy row 20` as `'Bioenergy', row 20`."""
    name, found, row = text.removesuffix(_BOTH_WAYS).partition(" row ")
    return f"'{name}', row {row}" if found else f"'{name}'"
