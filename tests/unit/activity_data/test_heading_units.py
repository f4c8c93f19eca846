"""Units that headings name, beside those that are stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from ghgcalc.activity_data.heading_units import unit_of_heading
from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = """
ghgcalc: 1
organization: {name: T, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [own.yaml]
facilities: {leeds: {country: GB}}
UNITS
tables:
  bills:
    files: bills.csv
    columns: {quantity: "HEADING", period: month}
    constants: {facility: leeds, item: it, CONSTANTS}
    MORE
    items: {it: {category: purchased_electricity}}
"""
OWN = """
pack: own
title: O
factors:
  el: {category: purchased_electricity, kind: grid_average, per: kWh, gases: {CO2: 1 kg}, source: s}
"""


def codes(folder: Path, heading: str, constants: str, more: str = "", units: str = "") -> list[str]:
    text = COMPANY.replace("HEADING", heading).replace("CONSTANTS", constants)
    (folder / "own.yaml").write_text(OWN, "utf-8")
    (folder / "company.yaml").write_text(
        text.replace("MORE", more).replace("UNITS", units), "utf-8"
    )
    (folder / "bills.csv").write_text(f'month,"{heading}"\n2024-01,5\n', "utf-8")
    return [found.code for found in compute(folder / "company.yaml").diagnostics]


@pytest.mark.parametrize(
    ("heading", "unit"),
    [("Verbrauch MWh", "MWh"), ("Wirkleistung [kW]", "kW"), ("Issued (Litre)", "litre"),
     ("Issued to DG (Ltr)", "L"), ("HSD Ltrs.", "L"),
     ("gas_m3", "m3"), ("Usage, kWh", "kWh"), ("Fuel (L)", "L"), ("Use 1000 kWh", "1000 kWh"),
     ("Tenant A", None), ("kWh/m3", None), ("kWh per day", None), ("Amount", None),
     ("Tsd. kWh", None), ("Zeit (h)", None), ("MWh", "MWh"), ("x40 kWh", None),
     ("In 10^3 kWh", "10^3 kWh"), ("site", None),
     ("Jan 2024 kWh", "kWh"), ("2024 MWh", "MWh")],
)  # fmt: skip
def test_units_of_headings(heading: str, unit: str | None) -> None:
    found = unit_of_heading(heading)
    assert (found and found.text) == unit


@pytest.mark.parametrize(
    ("heading", "constants"),
    [("Use MWh", "unit: kWh"), ("Load [kW]", "unit: kWh"), ("Use (GJ)", "unit: MWh"),
     ("Use 1000 kWh", "unit: kWh")],
)  # fmt: skip
def test_another_unit_is_doubted(tmp_path: Path, heading: str, constants: str) -> None:
    assert codes(tmp_path, heading, constants) == ["heading-unit"]


@pytest.mark.parametrize(
    ("heading", "constants"),
    [("Use MWh", "unit: MWh"), ("Use kWh", "unit: 40 kWh"), ("Use kWh", "unit: kWh gross"),
     ("Use", "unit: kWh"), ("Units", "unit: kWh")],
)  # fmt: skip
def test_the_same_is_not(tmp_path: Path, heading: str, constants: str) -> None:
    assert codes(tmp_path, heading, constants) == []


def test_choices_of_the_file_are_not(tmp_path: Path) -> None:
    own = "units: {own_qh: 0.25 kWh}"
    assert codes(tmp_path, "Load [kW]", "unit: own_qh", units=own) == []
    assert codes(tmp_path, "Load [kW]", "unit: kW", "names: {unit: {kW: own_qh}}", own) == []
    assert codes(tmp_path, "Load [kW]", "unit: kW", "names: {unit: {kW: kWh}}") == []
    assert codes(tmp_path, "Use MWh", "unit: MWh", "names: {unit: {MWh: kWh}}") == []


def test_headings_of_wide_tables(tmp_path: Path) -> None:
    text = COMPANY.replace('quantity: "HEADING", ', "").replace(", CONSTANTS", "")
    wide = "unpivot: {Power MWh: {unit: kWh}, Heat MWh: {unit: kWh}, Hall kWh: {unit: kWh}}"
    (tmp_path / "own.yaml").write_text(OWN, "utf-8")
    text = text.replace("MORE", wide).replace("UNITS", "")
    (tmp_path / "company.yaml").write_text(text, "utf-8")
    rows = "month,Power MWh,Heat MWh,Hall kWh\n2024-01,5,6,7\n"
    (tmp_path / "bills.csv").write_text(rows, "utf-8")
    doubts = [x for x in compute(tmp_path / "company.yaml").diagnostics if x.code == "heading-unit"]
    assert len(doubts) == 1
    assert "heading `Power MWh` names `MWh`" in doubts[0].message
    assert "one more heading" in doubts[0].message


@pytest.mark.parametrize(("multiplier", "doubted"), [(1000, False), (40, True)])
def test_a_multiplier_makes_one_of_the_other(
    tmp_path: Path, multiplier: int, *, doubted: bool
) -> None:
    text = COMPANY.replace('quantity: "HEADING", period: month', "reading: Stand MWh, day: day")
    text = text.replace("CONSTANTS", f"unit: kWh, multiplier: {multiplier}")
    (tmp_path / "own.yaml").write_text(OWN, "utf-8")
    (tmp_path / "company.yaml").write_text(text.replace("MORE", "").replace("UNITS", ""), "utf-8")
    (tmp_path / "bills.csv").write_text("day,Stand MWh\n2024-01-01,5\n2024-02-01,6\n", "utf-8")
    found = [each.code for each in compute(tmp_path / "company.yaml").diagnostics]
    assert ("heading-unit" in found) is doubted


# ---- lines above the headings -------------------------------------------------------------------


def beside(folder: Path, line: str, heading: str, constants: str, names: str = "") -> list[str]:
    """The hints on a table of 5 in January below a line, and a blank one."""
    text = COMPANY.replace("HEADING", heading).replace("CONSTANTS", constants)
    text = text.replace("MORE", f"read: {{header_row: 3}}\n    {names}").replace("UNITS", "")
    (folder / "own.yaml").write_text(OWN, "utf-8")
    (folder / "company.yaml").write_text(text, "utf-8")
    (folder / "bills.csv").write_text(f'{line}\n\nmonth,"{heading}"\n2024-01,5\n', "utf-8")
    run = compute(folder / "company.yaml")
    assert {found.code for found in run.diagnostics} <= {"heading-unit"}
    return [found.hint or "" for found in run.diagnostics]


@pytest.mark.parametrize(("line", "heading", "right"), [
    ("Alle Angaben in Tsd. kWh", "Use", '"1000 kWh"'), ("Units: MWh", "Use", "MWh"),
    ("Alle Angaben in Tsd. kWh", "Use (kWh)", '"1000 kWh"'),
    ("单位：万千瓦时", "Use", "万千瓦时"), ("in Tausend", "Use", '"1000 kWh"'),
    ("Amounts in GJ", "Use", "GJ"),
])  # fmt: skip
def test_a_line_that_says_another_unit_is_doubted(
    tmp_path: Path, line: str, heading: str, right: str
) -> None:
    (hint,) = beside(tmp_path, line, heading, "unit: kWh")
    assert hint.startswith(f"state `constants: {{unit: {right}}}`; ")
    assert beside(tmp_path, line, heading, f"unit: {right}") == []


def test_the_hint_for_a_wrong_line_settles_it(tmp_path: Path) -> None:
    line = "Alle Angaben in Tsd. kWh"
    names = 'names: {unit: {"Tsd. kWh": kWh}}'
    (hint,) = beside(tmp_path, line, "Use", "unit: kWh")
    assert hint.endswith(f'state `constants: {{unit: "Tsd. kWh"}}` and `{names}`')
    assert beside(tmp_path, line, "Use", 'unit: "Tsd. kWh"', names) == []


@pytest.mark.parametrize(("line", "heading", "constants"), [
    ("Alle Angaben in Tsd. kWh", "Use", "unit: MWh"),  # 1000 kWh
    ("Alle Angaben in kWh", "Use", "unit: 40 kWh"), ("Cost in EUR", "Use", "unit: kWh"),
    ("Report 2024", "Use", "unit: kWh"), ("in Tausend", "Use", "unit: 1000 kWh"),
    ("Electricity in MWh", "Use (kWh)", "unit: kWh"),  # what the heading says is nearer
    ("Alle Angaben in EUR", "Use (kWh)", "unit: kWh"),
])  # fmt: skip
def test_a_line_that_agrees_or_is_about_another_thing(
    tmp_path: Path, line: str, heading: str, constants: str
) -> None:
    assert beside(tmp_path, line, heading, constants) == []


def test_a_line_of_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["Report"], ["Units:", "MWh"], ["month", "Use"], ["2024-01", 5]):
        book.active.append(row)
    book.save(tmp_path / "bills.xlsx")
    text = COMPANY.replace("HEADING", "Use").replace("CONSTANTS", "unit: kWh").replace("UNITS", "")
    text = text.replace("MORE", "read: {header_row: 3}").replace("bills.csv", "bills.xlsx")
    (tmp_path / "own.yaml").write_text(OWN, "utf-8")
    (tmp_path / "company.yaml").write_text(text, "utf-8")
    (found,) = compute(tmp_path / "company.yaml").diagnostics
    assert found.message == (
        "table `bills`: row 2 of `bills.xlsx` says `MWh`, and the quantities are read in `kWh`"
    )
