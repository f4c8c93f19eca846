"""Tables that hold no factors: what lint says of them, and that they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.factors.library import open_bundled
from ghgcalc.factors.lint import lint_pack
from ghgcalc.factors.model import PackHeader, PackInfo
from ghgcalc.factors.pack import Pack
from ghgcalc.factors.values import value_row
from ghgcalc.render.factors import render_pack, render_value

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "id,equipment,phase,low,high,value,unit,locator\n"


def messages(folder: Path, text: str, holds: str = "leak_rates") -> list[str]:
    (folder / "t.csv").write_text(text, encoding="utf-8")
    table = {"file": "t.csv", "holds": holds}
    header = PackHeader.model_validate({"pack": "p-1", "title": "P", "tables": [table]})
    pack = Pack(PackInfo(header, False, "", str(folder)), folder, "p/1")
    return [item.message for item in lint_pack(pack)]


def test_a_good_table(tmp_path: Path) -> None:
    rows = "a.annual,a,annual,1,2,,%,T\nb.annual,b,annual,,,0.1,fraction,T\n"
    assert messages(tmp_path, HEAD + rows) == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a.annual,a,annual,2,1,,%,T", "`a.annual`: the lower bound 2 is above the upper one 1"),
        ("a.annual,a,annual,,,,%,T", "`a.annual`: neither a value nor a range"),
        ("a.annual,a,yearly,1,2,,%,T", "`a.annual`: `yearly` is not a phase of a leak rate"),
        ("a.annual,a,annual,1,2,,kg,T", "`a.annual`: `kg` is not a unit of a leak rate"),
        ("a.annual,,annual,1,2,,%,T", "row `a.annual` has no `equipment`"),
        ("a.annual,a,annual,1,2,,%,", "`a.annual` has no locator"),
        ("a.annual,a,annual,x,2,,%,T", "`a.annual`: `x` is not a number"),
    ],
)
def test_findings(tmp_path: Path, row: str, message: str) -> None:
    (found,) = messages(tmp_path, HEAD + row)
    assert found.startswith(message)


def test_the_same_id_twice(tmp_path: Path) -> None:
    row = "a.annual,a,annual,1,2,,%,T\n"
    assert messages(tmp_path, HEAD + row + row) == ["id `a.annual` appears twice"]


def test_records_are_shown() -> None:
    pack = open_bundled("gbt-32151-34-2024")
    assert pack is not None
    row = value_row(pack, "saturated_steam.0_10_mpa")
    assert row is not None
    text = render_value(pack, row)
    assert "kJ/kg" in text
    assert "Table C.4" in text
    assert value_row(pack, "diesel.tj") is None
    assert "steam enthalpy" in render_pack(pack)
