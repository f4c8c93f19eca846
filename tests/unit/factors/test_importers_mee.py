"""Importers of China's announcements: annex, transcription and CPCD must agree; made-up figures."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
import yaml

from ghgcalc.factors.importers import IMPORTERS
from ghgcalc.factors.importers.common import ImportSourceError, Row

if TYPE_CHECKING:
    from pathlib import Path

GRID = """附件
           2023 年电力二氧化碳排放因子
           表1   2023 年全国电力平均二氧化碳排放因子
                        因子（kgCO2/kWh）
     全国                     0.1234
           表2   2023 年区域电力平均二氧化碳排放因子
                        因子（kgCO2/kWh)
     华东                     0.5500
                                        — 3 —
"""
FOOTPRINT = """附件
               2024 年全国电力碳足迹因子
               表1    2024 年全国电力平均碳足迹因子
       类   型                  因子（kgCO2e/kWh）
       全国                         0.7000
                                               — 3 —
"""
CPCD = ("产品ID", "产品名称", "核算边界", "碳足迹", "数据年份", "数据类型")


def cpcd(path: Path, *rows: tuple[str, str, str]) -> Path:
    """Name, footprint and year of each row."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(CPCD)
        writer.writerows([f"id{n}", a, "", b, c, ""] for n, (a, b, c) in enumerate(rows))
    return path


def grid(path: Path, value: str = "0.55") -> Path:
    both: list[Row] = [
        {"region_code": "CN", "region_name": "China", "value": "0.1234",
         "table": "全国电力平均二氧化碳排放因子"},
        {"region_code": "CN-R-EAST", "region_name": "East China grid 华东", "value": value,
         "table": "区域电力平均二氧化碳排放因子"},
    ]  # fmt: skip
    shared = {
        "year": "2023", "published": "2025-12-31", "gas": "CO2", "unit": "kgCO2/kWh",
        "kind": "location", "source": "MEE & NBS announcement 2025 No.47", "retrieved_from": "",
        "note": "",
    }  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*both[0], *shared])
        writer.writeheader()
        writer.writerows({**row, **shared} for row in both)
    return path


def annex(folder: Path, text: str) -> list[Path]:
    (folder / "a.pdf").write_bytes(b"%PDF")
    (folder / "a.txt").write_text(text, encoding="utf-8")
    return [folder / "a.pdf", folder / "a.txt"]


def test_the_annex_raises_the_evidence(tmp_path: Path) -> None:
    files = [grid(tmp_path / "grid.csv"), *annex(tmp_path, GRID)]
    IMPORTERS["mee-china"](files, tmp_path / "out")
    head = yaml.safe_load((tmp_path / "out/2023/pack.yaml").read_text("utf-8"))
    assert (head["version"], head["supersedes"]) == ("1.1", "mee-china-2023@1.0")
    assert head["evidence"]["class"] == "publisher_pdf"
    assert head["evidence"]["page"] == "3"
    with (tmp_path / "out/2023/electricity.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[1]["locator"] == "p. 3, 表2 区域电力平均二氧化碳排放因子, 华东"


def test_the_second_route_must_say_the_same(tmp_path: Path) -> None:
    names = ("2023年全国电力平均二氧化碳排放因子", "2023年区域电力平均二氧化碳排放因子-华东")
    table = cpcd(tmp_path / "core.csv", (names[0], "0.1234kgCO2e / 千瓦时", "2023"),
                 (names[1], "0.55kgCO2e / 千瓦时", "2023"))  # fmt: skip
    IMPORTERS["mee-china"]([grid(tmp_path / "grid.csv"), table], tmp_path / "out")
    with pytest.raises(ImportSourceError, match=r"row 3: 华东 0.56, CPCD \[Decimal\('0.55'\)\]"):
        IMPORTERS["mee-china"]([grid(tmp_path / "grid.csv", "0.56"), table], tmp_path / "out")


@pytest.mark.parametrize(
    ("text", "value", "message"),
    [
        (GRID, "0.56", "row 3: 华东 0.56 is not in the annex so"),
        (GRID.replace("     华东                     0.5500\n", ""), "0.55", "2 rows, the annex 1"),
        (GRID.replace("0.5500", "0.5500 *"), "0.55", "a.txt line 8: unexpected"),
        (GRID.replace("— 3 —", ""), "0.55", "tables on numbered pages"),
        (GRID.replace("表1", "表"), "0.55", "a figure outside of a table"),
    ],
)
def test_an_annex_that_differs_stops_the_import(
    tmp_path: Path, text: str, value: str, message: str
) -> None:
    files = [grid(tmp_path / "grid.csv", value), *annex(tmp_path, text)]
    with pytest.raises(ImportSourceError, match=message):
        IMPORTERS["mee-china"](files, tmp_path / "out")


def test_a_footprint_is_life_cycle_and_agrees_with_cpcd(tmp_path: Path) -> None:
    name = "2024年全国电力平均碳足迹因子"
    files = [
        *annex(tmp_path, FOOTPRINT),
        cpcd(tmp_path / "c.csv", (name, "0.7kgCO2e / 千瓦时", "2024")),
    ]
    IMPORTERS["mee-footprint"](files, tmp_path / "out")
    with (tmp_path / "out/2024/footprints.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["item"], row["lifecycle"], row["CO2e [kg]"]) == (
        "electricity_life_cycle", "lifecycle", "0.7000",
    )  # fmt: skip
    files[2] = cpcd(tmp_path / "c.csv", (name, "0.71kgCO2e / 千瓦时", "2024"))
    with pytest.raises(ImportSourceError, match=r"全国 0\.7000, CPCD"):
        IMPORTERS["mee-footprint"](files, tmp_path / "out")
