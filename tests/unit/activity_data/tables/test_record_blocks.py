"""Records are read in blocks that memory holds, however long their lines are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.records import Block, open_records

if TYPE_CHECKING:
    from pathlib import Path


def _blocks(path: Path, text: str) -> list[Block]:
    path.write_text(text, "utf-8")
    with open_records(path, "utf-8", ",") as records:
        found = list(records.rest(2))
    assert all(isinstance(each, Block) for each in found)
    return [each for each in found if isinstance(each, Block)]


def test_short_lines_come_ten_thousand_at_a_time(tmp_path: Path) -> None:
    found = _blocks(tmp_path / "a.csv", "a,1\n" * 25_000)
    assert [(each.row, len(each.records)) for each in found] == [
        (1, 10_000), (10_001, 10_000), (20_001, 5_000)]  # fmt: skip


def test_long_lines_come_fewer_at_a_time(tmp_path: Path) -> None:
    """100 lines of 65,538 signs pass 4 Mi; 250 of them are three blocks, and no row is lost."""
    found = _blocks(tmp_path / "a.csv", ("x" * 65_535 + ",1\n") * 250)
    assert [(each.row, len(each.records)) for each in found] == [(1, 100), (101, 100), (201, 50)]
