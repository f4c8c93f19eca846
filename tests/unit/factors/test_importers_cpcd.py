"""The importer of CPCD's core table: rows by id, units as printed; made-up figures."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from ghgcalc.factors.importers import IMPORTERS, cpcd, cpcd_rows
from ghgcalc.factors.importers.common import ImportSourceError

if TYPE_CHECKING:
    from pathlib import Path

HEAD = ("产品ID", "产品名称", "核算边界", "碳足迹", "数据年份", "数据类型")


def products() -> dict[str, list[str]]:
    """A row of each product that the importer takes, 1.5 kg per a unit of its table."""
    made: dict[str, list[str]] = {}
    for kind, per in zip(cpcd._KINDS, ("吉焦", "公吨·公里", "千米", "公吨", "千克"), strict=True):
        for name in cpcd_rows.words(kind.rows):
            made[name] = [name, "名", "摇篮到大门", f"1.5kgCO2e / {per}", "2024", "核心数据库"]
    made["64115X0052024C"][3] = "2kgCO2e / 万元人民币"
    # two units of one thing
    for name in ("64250X0012024C", "64250X0032024C", "64115X0072024C", "64115X0092024C"):
        made[name][3] = "2kgCO2e / 人·千米"
    made["63290X0012024C"][3] = "2kgCO2e / 晚"
    return made


def run(tmp_path: Path, rows: list[list[str]]) -> Path:
    with (tmp_path / "core.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    IMPORTERS["cpcd"]([tmp_path / "core.csv"], tmp_path / "out")
    return tmp_path / "out"


def test_rows_are_known_by_id_and_keep_their_units(tmp_path: Path) -> None:
    more = ["X", "方便面", "大门到大门", "2kgCO2e / 包", "2021", "核心数据库"]
    out = run(tmp_path, [more, *products().values()])
    with (out / "travel.csv").open(encoding="utf-8", newline="") as file:
        found = {row["id"]: row for row in csv.DictReader(file)}
    taxi = found["taxi.average.10000_cny"]
    assert (taxi["per"], taxi["CO2e [kg]"], taxi["technology"]) == ("10000 CNY", "2", "average")
    assert taxi["locator"] == "64115X0052024C, 名"
    with (out / "upstream.csv").open(encoding="utf-8", newline="") as file:
        assert {row["lifecycle"] for row in csv.DictReader(file)} == {"upstream"}


@pytest.mark.parametrize(
    ("name", "column", "text", "message"),
    [
        ("17300X0172025C", 3, "1kgCO2e / 千克", "heat.csv is not per 千克"),
        ("17300X0172025C", 3, "1kgCO2e / 卷", "unknown label '卷'"),
        ("17300X0172025C", 3, "about 1", "'about 1' is no footprint"),
        ("12010X0072024C", 0, "Y", "12010X0072024C stands 0 times"),
        ("12010X0072024C", 2, "", "unknown label ''"),
    ],
)
def test_a_surprise_stops_the_import(
    tmp_path: Path, name: str, column: int, text: str, message: str
) -> None:
    rows = products()
    rows[name][column] = text
    with pytest.raises(ImportSourceError, match=message):
        run(tmp_path, list(rows.values()))


def test_one_id_with_two_values_is_refused(tmp_path: Path) -> None:
    rows = products()
    twice = [*rows["12010X0072024C"]]
    twice[3] = "9kgCO2e / 公吨"
    with pytest.raises(ImportSourceError, match="stands 2 times, expected once"):
        run(tmp_path, [*rows.values(), twice])
