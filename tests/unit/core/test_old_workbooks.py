"""Old workbooks whose chains, sizes or cells would take all memory are refused by name."""

from __future__ import annotations

import struct
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from ghgcalc.cli.app import app
from ghgcalc.core.text.old_workbooks import unsound_xls
from support.raw_books import book

if TYPE_CHECKING:
    from collections.abc import Callable

GRID = Path(__file__).parents[2] / "fuzz/grid.xls"
SECTOR = 512
COMPANY = """
ghgcalc: 1
organization: {name: A, country: GB, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz-2024]
facilities: {leeds: {country: GB}}
tables:
  bills:
    files: bills.xls
    read: {header_row: 2}
    columns: {quantity: Year}
    constants: {facility: leeds, item: power, unit: kWh, period: 2024}
    items: {power: {category: purchased_electricity}}
"""


def put(raw: bytearray, at: int, form: str, *values: int) -> None:
    struct.pack_into(f"<{form}", raw, at, *values)


def number(raw: bytearray, at: int) -> int:
    return int(struct.unpack_from("<I", raw, at)[0])


def sector(which: int) -> int:
    """Where a sector stands."""
    return (which + 1) * SECTOR


def record(raw: bytearray, kind: int, length: int) -> int:
    """Where the content of the first record of a kind stands."""
    at = raw.find(struct.pack("<HH", kind, length))
    assert at > 0, kind
    return at + 4


def table_at(raw: bytearray) -> int:
    return sector(number(raw, 0x4C))


def own_tail(raw: bytearray) -> None:
    """The chain of the directory leads back into itself."""
    first = number(raw, 0x30)
    put(raw, table_at(raw) + 4 * first, "I", first)


def workbook_tail(raw: bytearray) -> None:
    """The chain of the records leads back to its beginning."""
    entry = raw.find("Workbook".encode("utf-16-le"))
    at = first = number(raw, entry + 116)
    while number(raw, table_at(raw) + 4 * at) < 0xFFFFFFFA:
        at = number(raw, table_at(raw) + 4 * at)
    put(raw, table_at(raw) + 4 * at, "I", first)


def table_tail(raw: bytearray) -> None:
    """The chain of the tables leads back into itself."""
    put(raw, 0x44, "I", 0)
    put(raw, sector(0) + 508, "I", 0)


def many_tables(raw: bytearray) -> None:
    put(raw, 0x2C, "I", 0x7FFFFFFF)


def long_stream(raw: bytearray) -> None:
    put(raw, raw.find("Workbook".encode("utf-16-le")) + 120, "I", 0xFFFFFFF0)


def beyond(raw: bytearray) -> None:
    put(raw, 0x30, "I", 0x00FFFFFF)


def many_texts(raw: bytearray) -> None:
    at = raw.find(b"\xfc\x00")
    put(raw, at + 8, "I", 0x7FFFFFFF)


def far_column(raw: bytearray) -> None:
    put(raw, record(raw, 0x0203, 14) + 2, "H", 0xFFFF)


def far_cell(raw: bytearray) -> None:
    put(raw, record(raw, 0x0203, 14), "HH", 65_535, 255)


def large(raw: bytearray) -> None:
    put(raw, record(raw, 0x0200, 14), "II", 0, 0xFFFFFFFF)


@pytest.mark.parametrize(("damage", "said"), [
    (own_tail, "a chain of sectors that leads back into itself"),
    (workbook_tail, "a chain of sectors that leads back into itself"),
    (table_tail, "a chain of sectors that leads back into itself"),
    (many_tables, "states a part of 1,099,511,627,264 bytes"),
    (long_stream, "states a part of 4,294,967,280 bytes"),
    (beyond, "a chain of sectors that leads back into itself or out of it"),
    (many_texts, "states 2,147,483,647 texts"),
    (far_column, "a cell in column 65,536 of 256"),
    (far_cell, "a sheet of 65,536 rows and 256 columns, more than 5,000,000 cells"),
    (large, "states a sheet of 4,294,967,295 rows"),
])  # fmt: skip
def test_a_structure_that_does_not_hold(
    damage: Callable[[bytearray], None], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = bytearray(GRID.read_bytes())
    damage(raw)
    monkeypatch.chdir(tmp_path)
    Path("bills.xls").write_bytes(raw)
    assert said in unsound_xls(Path("bills.xls"))
    Path("company.yaml").write_text(COMPANY, "utf-8")
    done = CliRunner().invoke(app, ["compute"])
    assert done.exit_code == 1
    assert "bills.xls:1:1: error[bad-workbook]" in done.stderr
    assert said.partition(",")[0] in done.stderr


def test_a_sound_one_is_read() -> None:
    assert unsound_xls(GRID) == ""


def test_no_damage_escapes_the_guard(tmp_path: Path) -> None:
    rng, whole = Random(16), GRID.read_bytes()
    for _ in range(300):
        raw = bytearray(whole)
        at = rng.randrange(len(raw))
        raw[at : at + 4] = rng.randbytes(4)
        made = tmp_path / "a.xls"
        made.write_bytes(raw[: rng.choice([len(raw), rng.randrange(len(raw))])])
        assert isinstance(unsound_xls(made), str)


def test_a_far_cell_of_a_new_workbook(tmp_path: Path) -> None:
    source = tmp_path / "far.xlsx"
    book(source, '<row r="1"><c r="A1"><v>1</v></c></row>'
                 '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')  # fmt: skip
    words = ["factors", "import", "desnz", str(source), "-o", str(tmp_path / "out")]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 1
    assert "1,048,576 rows and 16,384 columns" in done.stderr
