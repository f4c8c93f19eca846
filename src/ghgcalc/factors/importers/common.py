"""What all importers share: exact numbers, source checks, and writing a pack folder.

A table is a list of rows (column -> text). Its CSV has the columns that any row fills, in the
contract's order; an empty cell means that the publisher prints no value.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import openpyxl
import yaml
from openpyxl.utils.exceptions import InvalidFileException

from ghgcalc.core.text.sheet_layout import DAMAGED, damage, unsound
from ghgcalc.factors.importers.pack_files import PACK_FILE, replace_pack

Row = dict[str, str]
Meta = dict[str, Any]

_LEADING = (
    "id", "gas", "name", "category", "fuel", "item", "also", "sector", "technology", "vehicle",
    "region", "year", "kind", "lifecycle", "basis", "per", "property", "value", "unit", "low",
    "high", "formula", "gwp", "group", "blend", "component", "mass_percent",
    "equipment", "phase", "currency", "series", "share_of", "state", "pressure_mpa",
    "temperature_c",
)  # fmt: skip
_TRAILING = ("oxidation", "with", "locator", "note")
_GASES = ("CO2e", "CO2e:CO2", "CO2e:CH4", "CO2e:N2O", "CO2", "CO2_biogenic", "CH4", "N2O", "C")
_GAS_COLUMN = re.compile(r"^(?P<gas>[^\[\]]+?)( \[[^\]]+\]| low| high)$")


class ImportSourceError(ValueError):
    """The file is not what the importer expects; the message names the sheet and cell or row."""


@dataclass(frozen=True)
class Table:
    """One CSV of a pack: its rows, the columns all rows share, and what it overrides."""

    file: str
    holds: str
    rows: list[Row]
    constants: Mapping[str, str] = field(default_factory=dict)
    overrides: Mapping[str, Any] = field(default_factory=dict)


def exact(value: object, where: str) -> str:
    """The shortest exact decimal text of a stored number.

    Raises:
        ImportSourceError: `value` is not a number.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ImportSourceError(f"{where}: expected a number, found {value!r}")
    text = repr(value) if isinstance(value, float) else str(value).strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ImportSourceError(f"{where}: expected a number, found {value!r}") from None
    if not number.is_finite():
        raise ImportSourceError(f"{where}: expected a number, found {value!r}")
    plain = format(number, "f")
    return plain.removesuffix(".0") if isinstance(value, float) else plain


def percent(fraction: str) -> str:
    """A fraction as printed, such as 0.042, as the percentage that it is, 4.2."""
    number = (Decimal(fraction) * 100).normalize()
    return format(number, "f")


def slug(text: str) -> str:
    """Lower-case ASCII words joined by `_`."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", ascii_text.lower()).strip("_")


def sha256(path: Path) -> str:
    """The file's SHA-256 in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def lookup(table: Mapping[str, str], label: str, where: str) -> str:
    """The id of a publisher's label; an unknown label is an error, never a guess.

    Raises:
        ImportSourceError: `label` is not in `table`.
    """
    if label not in table:
        raise ImportSourceError(f"{where}: unknown label {label!r}")
    return table[label]


def one_file(files: Sequence[Path], what: str) -> Path:
    """The only source file.

    Raises:
        ImportSourceError: there are none or several.
    """
    if len(files) != 1:
        raise ImportSourceError(f"expected one file ({what}), got {len(files)}")
    return files[0]


@contextmanager
def workbook(path: Path) -> Iterator[Any]:
    """The workbook's stored values, opened read-only.

    Raises:
        ImportSourceError: the file cannot be read as a workbook.
    """
    reason = unsound(path)
    if reason:
        raise ImportSourceError(f"{path.name}: {reason}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        try:
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        except (*DAMAGED, InvalidFileException) as error:
            raise ImportSourceError(f"{path.name}: {damage(error)}") from error
        try:
            yield book
        finally:
            book.close()


def sheet_rows(book: Any, sheet: str, source: str) -> list[list[Any]]:
    """All rows of a sheet as lists of values; row 1 is index 0.

    Raises:
        ImportSourceError: there is no such sheet.
    """
    if sheet not in book.sheetnames:
        raise ImportSourceError(f"{source}: no sheet {sheet!r}; sheets: {book.sheetnames}")
    return [list(row) for row in values_of(book[sheet], source)]


def values_of(sheet: Any, source: str) -> Iterator[tuple[Any, ...]]:
    """The values of a sheet, row by row from the first; the size it states is not believed.

    Raises:
        ImportSourceError: the sheet is damaged.
    """
    sheet.reset_dimensions()
    try:
        yield from sheet.iter_rows(values_only=True)
    except DAMAGED as error:
        raise ImportSourceError(f"{source}: {damage(error)}") from error


def cell(rows: Sequence[Sequence[Any]], number: int, column: str) -> Any:
    """The value of `column``number` (single letter), None outside of the sheet."""
    index = ord(column) - ord("A")
    row = rows[number - 1] if 0 < number <= len(rows) else ()
    return row[index] if index < len(row) else None


def read_csv(path: Path, columns: Sequence[str]) -> list[Row]:
    """The rows of a UTF-8 CSV that must have `columns`.

    Raises:
        ImportSourceError: the file is not CSV in UTF-8 or lacks a column.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ImportSourceError(f"{path.name}: {error}") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        raise ImportSourceError(f"{path.name}: row 1 lacks the columns {', '.join(missing)}")
    return [{key: value or "" for key, value in row.items() if key} for row in reader]


def unverified(row: Row) -> bool:
    """Whether the transcriber had no document for the figure; such rows never ship."""
    texts = (row.get("note", ""), row.get("source", ""), row.get("retrieved_from", ""))
    return any("from memory" in text or "(memory)" in text for text in texts)


def transcription(grade: str, table: str, via: str, **more: str) -> Meta:
    """Evidence of a figure that reached us through a transcription."""
    return {"class": "transcription", "grade": grade, "table": table, "via": via, **more}


def write_pack(folder: Path, meta: Meta, tables: Sequence[Table]) -> list[str]:
    """Write `pack.yaml` and the CSVs; the same input gives the same bytes.

    Raises:
        ImportSourceError: two rows of the pack have the same id, the folder holds something
            else, or it cannot be written.
    """
    _check_ids(tables)
    listed = []
    report = [f"{meta['pack']}: {folder}"]
    files: dict[str, bytes] = {}
    for table in tables:
        files[table.file] = _csv_bytes(table.rows)
        entry: Meta = {"file": table.file, "holds": table.holds}
        if table.constants:
            entry["constants"] = dict(table.constants)
        listed.append({**entry, **table.overrides})
        report.append(f"  {table.file}: {len(table.rows)} rows, {values(table.rows)} values")
    whole = {**meta, "tables": listed}
    text = yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=100)
    files[PACK_FILE] = text.encode()
    try:
        replace_pack(folder, str(meta["pack"]), files)
    except OSError as error:
        raise ImportSourceError(f"{folder}: {error.strerror or error}") from error
    return report


def values(rows: Sequence[Row]) -> int:
    """How many printed figures the rows hold (bounds are not counted)."""
    single = {"value", "gwp", "mass_percent"}
    cells = (pair for row in rows for pair in row.items())
    return sum(1 for key, text in cells if text and (key in single or "[" in key))


def _check_ids(tables: Sequence[Table]) -> None:
    seen: set[str] = set()
    for table in tables:
        for row in table.rows:
            name = row.get("id")
            if name is not None and name in seen:
                raise ImportSourceError(f"{table.file}: two rows have the id {name!r}")
            seen.add(name or "")


def _columns(rows: Sequence[Row]) -> list[str]:
    used = {key for row in rows for key, text in row.items() if text}
    named = {key for key in used if key in _LEADING or key in _TRAILING}
    gases = {key: match["gas"] for key in used - named if (match := _GAS_COLUMN.match(key))}
    unknown = used - named - set(gases)
    if unknown:
        raise ImportSourceError(f"columns unknown to the pack format: {sorted(unknown)}")
    first = {gas: index for index, gas in enumerate(_GASES)}

    def place(column: str) -> tuple[int, str, int, str]:
        gas = gases[column]
        bound = column.endswith(" low") + 2 * column.endswith(" high")
        return first.get(gas, len(first)), gas, bound, column

    return [
        *(key for key in _LEADING if key in used),
        *sorted(gases, key=place),
        *(key for key in _TRAILING if key in used),
    ]


def _csv_bytes(rows: Sequence[Row]) -> bytes:
    columns = _columns(rows)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(key, "") for key in columns] for row in rows)
    return out.getvalue().encode()
