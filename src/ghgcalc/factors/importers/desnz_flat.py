"""DESNZ conversion factors: reading the publisher's flat file, all layouts since 2019."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ghgcalc.core.text.compiled_books import BookRefused, compiled_book
from ghgcalc.factors.importers.common import ImportSourceError, exact
from ghgcalc.factors.importers.desnz_files import LEFT_OUT, PARTS, TOTAL
from ghgcalc.factors.importers.desnz_keys import Group

SHEET, FRONT = "Factors by Category", "Front page"
_LEVELS = ("Scope", "Level 1", "Level 2", "Level 3", "Level 4", "Column Text")


class Layout(NamedTuple):
    """Where the heading stands, what the columns are called, and the GWP set by edition."""

    heading: int
    columns: tuple[str, ...]
    editions: dict[str, str]


_LAYOUTS = (
    Layout(
        6,
        ("ID", *_LEVELS, "UOM", "GHG/Unit"),
        {"2023": "AR5", "2024": "AR5", "2025": "AR5"},
    ),
    Layout(5, (*_LEVELS, "UOM", "GHG/Unit"), {"2022": "AR4"}),
    Layout(
        5,
        (*_LEVELS, "UOM (simple)", "UOM", "GHG", "Lookup"),
        {"2019": "AR4", "2020": "AR4", "2021": "AR4"},
    ),
)
_VALUE = "GHG Conversion Factor"
GASES = {
    "kg CO2e": TOTAL,
    "kg CO2": PARTS[0],  # 2019 to 2021: CO2e of the gas all the same
    "kg CH4": PARTS[1],
    "kg N2O": PARTS[2],
    "kg CO2e of CO2": PARTS[0],
    "kg CO2e of CH4": PARTS[1],
    "kg CO2e of N2O": PARTS[2],
    "kg CO2e of CO2 per unit": PARTS[0],
    "kg CO2e of CH4 per unit": PARTS[1],
    "kg CO2e of N2O per unit": PARTS[2],
}


class FlatFile(NamedTuple):
    """A flat file as read; `valued`: cells with a value, `foreign`: sheets that are not its own."""

    edition: str
    gwp_set: str
    valued: int
    groups: list[Group]
    front: list[list[Any]]
    foreign: list[str]
    gas_labels: bool


class _Line(NamedTuple):
    number: int
    cells: dict[str, str]
    value: Any


def read(path: Path) -> FlatFile:
    """Read a flat file (.xls or .xlsx).

    Raises:
        ImportSourceError: the file, a sheet, a heading or a value is not the expected one.
    """
    sheets = _sheets(path)
    rows = sheets[SHEET]
    layout, edition = _layout(rows, path.name)
    letter = _letter(len(layout.columns))
    lines = list(_lines(rows, layout))
    valued = sum(1 for line in lines if line.value != "")
    labelled = any(line.cells.get("gas") == "kg CH4" for line in lines)
    foreign = [name for name in sheets if name not in (SHEET, FRONT)]
    return FlatFile(
        edition,
        layout.editions[edition],
        valued,
        _groups(lines, letter),
        sheets[FRONT],
        foreign,
        gas_labels=labelled,
    )


def _sheets(path: Path) -> dict[str, list[list[Any]]]:
    try:
        with compiled_book(path) as book:
            sheets: dict[str, list[list[Any]]] = {
                name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                for name in book.sheet_names
            }
    except (BookRefused, OSError) as error:
        raise ImportSourceError(f"{path.name}: {error}") from error
    for name in (SHEET, FRONT):
        if name not in sheets:
            raise ImportSourceError(f"{path.name}: no sheet {name!r}; sheets: {list(sheets)}")
    return sheets


def _layout(rows: list[list[Any]], source: str) -> tuple[Layout, str]:
    """The layout whose heading fits best; its first cell that does not fit is an error."""

    def heading(layout: Layout) -> list[str]:
        row = rows[layout.heading - 1] if len(rows) >= layout.heading else []
        return [str(text).strip() for text in row] + [""] * (len(layout.columns) + 1)

    def fitting(layout: Layout) -> int:
        return sum(a == b for a, b in zip(layout.columns, heading(layout), strict=False))

    layout = max(_LAYOUTS, key=fitting)
    for index, name in enumerate(layout.columns):
        found = heading(layout)[index]
        if found != name:
            where = f"{source}: {SHEET}!{_letter(index)}{layout.heading}"
            raise ImportSourceError(f"{where}: expected {name!r}, found {found!r}")
    width = len(layout.columns)
    prefix, _, year = heading(layout)[width].rpartition(" ")
    where = f"{source}: {SHEET}!{_letter(width)}{layout.heading}"
    if prefix != _VALUE:
        raise ImportSourceError(f"{where}: expected the edition, found {prefix!r}")
    if year not in layout.editions:
        raise ImportSourceError(f"{where}: edition {year} is not known in this layout")
    return layout, year


def _letter(index: int) -> str:
    return chr(ord("A") + index)


def _text(value: Any) -> str:
    return exact(value, "text") if isinstance(value, float) else str(value).strip()


def _lines(rows: list[list[Any]], layout: Layout) -> Iterator[_Line]:
    """Rows with a Level 1 up to END."""
    width = len(layout.columns)
    names = [{"GHG": "gas", "GHG/Unit": "gas"}.get(name, name) for name in layout.columns]
    for number, row in enumerate(rows[layout.heading :], start=layout.heading + 1):
        cells = dict(zip(names, (_text(value) for value in row[:width]), strict=True))
        if cells["Level 4"] == "0":  # 2021: a link to an empty cell
            cells["Level 4"] = ""
        if "END" in (cells["Scope"], cells["Level 1"]):
            return
        if cells["Level 1"]:
            yield _Line(number, cells, row[width])
        elif row[width] != "":
            raise ImportSourceError(f"{SHEET} row {number}: a value without levels")
    raise ImportSourceError(f"{SHEET}: the row END is missing")


def _groups(lines: list[_Line], letter: str) -> list[Group]:
    found: dict[tuple[str, ...], list[_Line]] = {}
    for line in lines:
        cells = line.cells
        key = tuple(cells[name] for name in (*_LEVELS[1:], "UOM"))
        if cells["Level 1"] in LEFT_OUT:  # counted, never read further
            key = (*key, str(line.number))
        found.setdefault(key, []).append(line)
    return [_group(key, members, letter) for key, members in found.items()]


def _group(key: tuple[str, ...], lines: list[_Line], letter: str) -> Group:
    values: dict[str, str] = {}
    for line in lines:
        if line.value == "":
            continue
        where = f"{SHEET}!{letter}{line.number}"
        if key[0] in LEFT_OUT:
            values[str(line.number)] = str(line.value)
            continue
        gas = GASES.get(line.cells["gas"])
        if gas is None:
            raise ImportSourceError(f"{where}: unexpected GHG/Unit {line.cells['gas']!r}")
        if gas in values:
            raise ImportSourceError(f"{where}: a second value of {key}")
        values[gas] = exact(line.value, where)
    level_1, level_2, label, detail, column, unit = key[:6]
    cells = _cells([line.number for line in lines], letter)
    return Group(level_1, level_2, label, detail, column, unit, values, cells)


def _cells(numbers: list[int], letter: str) -> str:
    """`Factors by Category!J7:J10`; several runs are joined."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = (f"{letter}{r[0]}" + (f":{letter}{r[-1]}" if len(r) > 1 else "") for r in runs)
    return f"{SHEET}!{', '.join(texts)}"
