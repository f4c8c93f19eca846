"""Lines of several units, particulars and rows of units: what is proposed, and what is doubted."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.activity_data.tables.looking.look import look
from ghgcalc.activity_data.tables.particulars import particulars_in
from ghgcalc.activity_data.tables.said_units import said_in, said_unit
from ghgcalc.core.units import parse_unit, ratio
from ghgcalc.pipeline.run import compute
from support.looked import sums_of

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = """
ghgcalc: 1
organization: {name: T, consolidation_approach: operational_control, gwp_set: AR5}
facilities: {leeds: {country: GB}}
tables:
  t:
    files: t.csv
    read: {header_row: HEADER, READ delimiter: ";"}
    columns: {COLUMNS}
    constants: {facility: leeds, item: it, unit: UNIT}
    items: {it: {category: purchased_electricity, emission_rate: {CO2: 1 kg/kWh}, citation: x}}
"""
MONTHS = "Month;Consumption;Cost\n2024-01;8.5;655\n2024-02;7.25;586\n2024-03;9;601\n"
CURVE = (
    "PRM;Type;Grandeur;Metier;Unite;Pas en minutes\n3000;Courbe;Energie active;Conso;W;STEP\n"
    "Horodate;Valeur;Nature\n"
    "2024-01-02T00:30:00+01:00;3000;R\n2024-01-02T01:00:00+01:00;5000;R\n"
    "2024-01-02T01:30:00+01:00;1000;R\n2024-01-02T02:00:00+01:00;4000;R\n"
)


def found_by(folder: Path, rows: str, unit: str, **of: str) -> tuple[list[str], str]:
    """The codes and hints of a table of one header row, read in a unit."""
    (folder / "t.csv").write_text(rows, "utf-8")
    text = COMPANY.replace("UNIT", unit).replace("HEADER", of.get("header", "3"))
    columns = of.get("columns", "quantity: Consumption, period: Month")
    text = text.replace("READ", of.get("read", "")).replace("COLUMNS", columns)
    (folder / "company.yaml").write_text(text, "utf-8")
    found = [each for each in compute(folder / "company.yaml").diagnostics
             if each.code == "heading-unit" or each.severity.value == "error"]  # fmt: skip
    return [each.code for each in found], " ".join(each.hint or "" for each in found)


@pytest.mark.parametrize("line", [
    "All figures in MWh and EUR", "Electricity: MWh / Cost: EUR", "Einheit: MWh bzw. EUR",
    "(MWh; EUR)", "Energy in MWh, cost in k€", "单位：MWh、元", "单位：MWh/元",
    "计量单位:MWh 金额单位:元", "金额单位:元 计量单位:MWh", "（电量单位：MWh；金额单位：元）",
    "注：电量单位为MWh",
    "Strom (MWh), Kosten (EUR)",
])  # fmt: skip
def test_the_unit_beside_money_is_that_of_the_quantity(tmp_path: Path, line: str) -> None:
    rows = f"Overview\n{line}\n{MONTHS}"
    codes, hint = found_by(tmp_path, rows, "kWh")
    assert codes == ["heading-unit"]
    assert "state `constants: {unit: MWh}`" in hint
    assert found_by(tmp_path, rows, "MWh")[0] == []
    found = look(tmp_path / "t.csv")
    assert "      unit: MWh" in found.proposal
    assert "      header_row: 3" in found.proposal
    assert any("row 2 says `MWh`" in text for text in found.questions)


def test_money_read_as_money_is_not_doubted(tmp_path: Path) -> None:
    said = said_unit("All figures in MWh and EUR")
    assert said is not None
    assert (said.units, said.money) == (("MWh",), True)
    rows = f"Overview\nAll figures in MWh and EUR\n{MONTHS}"
    assert "heading-unit" not in found_by(tmp_path, rows, "EUR")[0]


def test_several_units_are_left_open_and_told(tmp_path: Path) -> None:
    rows = f"Overview\nAngaben in MWh bzw. m3\n{MONTHS}"
    assert found_by(tmp_path, rows, "kWh")[0] == ["heading-unit"]
    assert found_by(tmp_path, rows, "MWh")[0] == []
    found = look(tmp_path / "t.csv")
    assert "      unit: …  # MWh or m3" in found.proposal
    assert any("says `MWh, m3`: is it that" in text for text in found.questions)


@pytest.mark.parametrize("line", ["Price in EUR / MWh", "Einheit: kWh/m3", "Preis (ct/kWh)"])
def test_rates_are_no_units_of_quantities(line: str) -> None:
    assert said_unit(line) is None


def test_a_line_of_units_in_the_last_cell_is_no_heading(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("国网电费清单,,\n户号:3201,,单位：万千瓦时\n年月,用电量,电费\n"
                    "2024年1月,42.2424,615642\n2024年2月,40.031,250251\n", "utf-8")  # fmt: skip
    found = look(file)
    for line in ("header_row: 3", "quantity: 用电量", "unit: 万千瓦时"):
        assert f"      {line}" in found.proposal


def test_money_below_a_unit_is_no_quantity(tmp_path: Path) -> None:
    """A joined heading whose lower part is money, whatever unit the group above names."""
    file = tmp_path / "t.csv"
    file.write_text(
        "Period;Grid kWh;\nMonth;Used;Cost\n2024-01;42.5;615\n2024-02;40;250\n", "utf-8"
    )
    assert "      quantity: Grid kWh / Used" in look(file).proposal


def test_a_row_of_units_below_the_headings_is_joined_to_them(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("Date,Gas,Power,Cost\n(yyyy-mm-dd),Mcf,kWh,€\n2024-01-01,111,72167,9\n"
                    "2024-02-01,660,42858,7\n2024-03-01,433,45872,8\n", "utf-8")  # fmt: skip
    found = look(file)
    assert "      header_row: [1, 2]" in found.proposal
    unit = next(line for line in found.proposal if line.startswith("      unit:"))
    assert "Mcf for Gas / Mcf, kWh for Power / kWh" in unit
    assert not any("not_equals" in line for line in found.proposal)


@pytest.mark.parametrize(("step", "unit"), [("30", '"0.5 Wh"'), ("", '"0.5 Wh"'), ("60", "Wh")])
def test_a_power_among_particulars_is_energy_by_its_step(
    tmp_path: Path, step: str, unit: str
) -> None:
    """Without a stated step that of the rows counts: half an hour."""
    file = tmp_path / "t.csv"
    file.write_text(CURVE.replace("STEP", step), "utf-8")
    found = look(file)
    assert f"      unit: {unit}" in found.proposal


@pytest.mark.parametrize("step", ["30", ""])
def test_a_power_read_as_energy_is_doubted(tmp_path: Path, step: str) -> None:
    of = {"read": 'date: "YYYY-MM-DDThh:mm:ssoffset", to: exclusive,',
          "columns": "quantity: Valeur, from: Horodate, to: Horodate"}  # fmt: skip
    rows = CURVE.replace("STEP", step)
    codes, hint = found_by(tmp_path, rows, "kWh", **of)
    assert codes == ["heading-unit"]
    assert '`constants: {unit: "0.5 Wh"}`' in hint
    assert found_by(tmp_path, rows, "0.5 Wh", **of)[0] == []
    # (3000 + 5000 + 1000 + 4000) W x 0.5 h = 6500 Wh = 13,000 times 0.5 Wh, the unit of the rows
    assert [*sums_of(tmp_path / "t.csv", to="exclusive").values()] == [13_000]
    assert ratio(parse_unit("0.5 Wh"), parse_unit("kWh")) * 13_000 == Fraction("6.5")


def test_particulars_of_energy() -> None:
    rows = [(1, ["Meter", "Unit", "Interval"]), (2, ["7", "MWh", "PT15M"])]
    (found,) = particulars_in(rows)
    assert (found.row, found.unit, found.said().unit) == (2, "MWh", "MWh")
    assert [*particulars_in([(1, ["Unit", "Use"]), (2, ["Leeds", "5"])])] == []
    assert said_in(["Unit", "kWh", "m3"]) is None
