"""A line of a pack's CSV that holds no text is no row, wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.factors.model import PackHeader, PackInfo
from ghgcalc.factors.pack import Pack

if TYPE_CHECKING:
    from pathlib import Path

HEAD, ROW = "id,region,CO2 [kg],name\n", "a,GB,0.5,one\n"


def _pack(folder: Path, text: str) -> Pack:
    (folder / "t.csv").write_bytes(text.encode())
    constants = {"category": "purchased_electricity", "per": "kWh"}
    table = {"file": "t.csv", "holds": "factors", "constants": constants}
    header = PackHeader.model_validate({"pack": "p-1", "title": "P", "tables": [table]})
    return Pack(PackInfo(header, False, "", str(folder)), folder, "p/1")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEAD + ROW, 2),
        (HEAD + "\n" + ROW, 3),
        ("\n,,\n" + HEAD + ",,,\n" + ROW + "\n\n", 5),
        ((HEAD + "\n" + ROW).replace("\n", "\r\n"), 3),
        (HEAD + '"b\nb",GB,1,"two\nlines"\n\n' + ROW, 6),
    ],
)
def test_only_rows_with_text_count(tmp_path: Path, text: str, line: int) -> None:
    pack = _pack(tmp_path, text)
    found = pack.factors("purchased_electricity", None, None)
    assert found[-1].id == "a"
    assert len(found) == 1 + ("two" in text)
    (table,) = pack.holding("factors")
    row = table.of_id("a")
    assert row is not None
    assert row.line == line


@pytest.mark.parametrize("text", ["", "\n\n", HEAD, HEAD + "\n\n"])
def test_a_file_without_rows_has_no_factor(tmp_path: Path, text: str) -> None:
    assert _pack(tmp_path, text).factors("purchased_electricity", None, None) == []
