"""`ghgcalc table`: what a file does not tell is open; nothing is dropped or added unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

import ghgcalc
from ghgcalc.activity_data.tables.looking.look import look
from ghgcalc.activity_data.tables.looking.sheets import look_asking_sheet
from support.looked import completed, kwh_by_proposal, read_by_proposal

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path


def written(folder: Path, text: str) -> Path:
    file = folder / "bills.csv"
    file.write_text(text, "utf-8")
    return file


# ---- the unit of an open quantity ---------------------------------------------------------------


@pytest.mark.parametrize(("heads", "said"), [
    # diesel in litres must not be read in the kWh of the column beside it
    ("Issued (Litre),Generated (kWh)", "kWh for Generated (kWh), none known for Issued (Litre)"),
    ("Gas (m3),Power (kWh)", "m3 for Gas (m3), kWh for Power (kWh)"),
    ("Day (kWh),Night", "kWh for Day (kWh), none known for Night"),
])  # fmt: skip
def test_the_unit_is_open_where_the_quantity_is(tmp_path: Path, heads: str, said: str) -> None:
    file = written(tmp_path, f"Month,{heads}\n2024-01,412.5,1400\n2024-02,398.1,1300\n")
    assert f"      unit: …  # that of the quantity: {said}" in look(file).proposal


def test_one_unit_of_all_candidates_is_filled_in(tmp_path: Path) -> None:
    file = written(tmp_path, "Month,Day (kWh),Night (kWh)\n2024-01,5,6\n2024-02,7,8\n")
    found = look(file)
    assert any(line.startswith("      quantity: …") for line in found.proposal)
    assert "      unit: kWh" in found.proposal


# ---- sheets of a workbook -----------------------------------------------------------------------


def book(path: Path, *names: str) -> Path:
    """A sheet for each name, with 100, 200, 300 … kWh of the months of 2024."""
    made = Workbook()
    made.remove(made.active)
    for place, name in enumerate(names, 1):
        sheet = made.create_sheet(name)
        sheet.append(["Month", "Usage kWh"])
        sheet.append([f"2024-{place:02}", 100 * place])
    made.save(path)
    return path


@pytest.mark.parametrize("names", [
    ("Jan", "Feb", "Mar"), ("1月", "2月", "3月"), ("Leeds", "Hull", "York"),
])  # fmt: skip
def test_sheets_of_months_or_sites_are_asked_about(tmp_path: Path, names: tuple[str, ...]) -> None:
    file = book(tmp_path / "year.xlsx", *names)
    found = look_asking_sheet(file)
    assert f"      sheet: …  # {', '.join(names)}" in found.proposal
    assert found.questions[0].startswith("sheet: 3 sheets hold amounts: ")
    text = "\n".join(found.proposal)
    for place, name in enumerate(names, 1):  # and each sheet by itself is read as it is named
        line = f"      sheet: {name}" if name.isascii() else f'      sheet: "{name}"'
        company = text.replace(f"      sheet: …  # {', '.join(names)}", line)
        read = completed(found._replace(proposal=tuple(company.split("\n"))))
        assert sums_of_company(tmp_path, read) == {f"2024-{place:02}": 100 * place}


def sums_of_company(folder: Path, text: str) -> dict[str, Fraction]:
    (folder / "company.yaml").write_text(text, "utf-8")
    loaded = ghgcalc.load(folder / "company.yaml")
    assert loaded.project is not None, loaded.diagnostics
    (table,) = loaded.project.tables.values()
    return {f"{each.span.first:%Y-%m}": each.quantity for each in table.sums}


def test_the_open_sheet_is_refused(tmp_path: Path) -> None:
    found = look_asking_sheet(book(tmp_path / "year.xlsx", "Jan", "Feb"))
    text = completed(found, sheet="Jan").replace("sheet: Jan", "sheet: …")
    (tmp_path / "company.yaml").write_text(text, "utf-8")
    loaded = ghgcalc.load(tmp_path / "company.yaml")
    assert any(each.severity == "error" for each in loaded.diagnostics)


def test_one_sheet_of_amounts_is_not_asked_about(tmp_path: Path) -> None:
    file = book(tmp_path / "year.xlsx", "Data")
    made = Workbook()
    made.active.title = "Data"
    for row in (["Month", "Usage kWh"], ["2024-01", 5], ["2024-02", 6]):
        made.active.append(row)
    made.create_sheet("Notes")["A1"] = "none"
    made.save(file)
    assert "      sheet: Data" in look_asking_sheet(file).proposal
    assert read_by_proposal(file) == ({"2024-01": 5, "2024-02": 6}, [])


# ---- lines beside the table that state its unit -------------------------------------------------


@pytest.mark.parametrize(("line", "unit", "january"), [
    ("Alle Angaben in Tsd. kWh", '"1000 kWh"', 412_500),
    ("All values in 1000 kWh", '"1000 kWh"', 412_500),
    ("Units: MWh", "MWh", 412_500),
    ("单位：万千瓦时", "万千瓦时", 4_125_000),
    ("Valeurs en milliers de kWh", '"1000 kWh"', 412_500),
    ("Đơn vị: MWh", "MWh", 412_500),
    ("Werte in kWh × 1000", '"1000 kWh"', 412_500),
    ("Alle Angaben in 1.000 kWh", '"1000 kWh"', 412_500),
    ("Einheit:,MWh,Jahr:,2024", "MWh", 412_500),
])  # fmt: skip
def test_a_line_above_the_headings_states_the_unit(
    tmp_path: Path, line: str, unit: str, january: int
) -> None:
    """412.5 of them in January, in kWh; `万` is 10,000."""
    file = written(tmp_path, f"Report\n{line}\n\nMonth,Strom\n2024-01,412.5\n2024-02,398.1\n")
    found = look(file)
    assert f"      unit: {unit}" in found.proposal
    assert any(each.endswith(", and the unit is taken from it") for each in found.questions)
    assert kwh_by_proposal(file)[0]["2024-01"] == january


def test_a_note_below_states_the_unit_too(tmp_path: Path) -> None:
    rows = "2024-01,5,7\n2024-02,6,7\nAlle Angaben in MWh,,\n"
    found = look(written(tmp_path, f"Month,Strom,Gas\n{rows}"))
    assert any("row 4 says `MWh`" in each for each in found.questions)


@pytest.mark.parametrize(("line", "head", "said"), [
    ("Angaben in Tausend", "Strom", "…  # such as 1000 kWh as row 1 says"),
    ("Alle Angaben in Tsd. kWh", "Power (kWh)", "…  # kWh as headings say, or 1000 kWh as row 1"),
    ("Angaben in Tsd.", "Power (kWh)", "…  # kWh as headings say, or 1000 kWh as row 1 says"),
    ("Report 2024", "Power (kWh)", "kWh"),
    ("Alle Angaben in kWh", "Power (kWh)", "kWh"),
    ("Cost in EUR", "Power (kWh)", "kWh"),
    ("Mean values in kW", "Strom", "…  # kW"),
])  # fmt: skip
def test_what_lines_leave_open(tmp_path: Path, line: str, head: str, said: str) -> None:
    file = written(tmp_path, f"{line}\n\nMonth,{head}\n2024-01,412.5\n2024-02,398.1\n")
    (unit,) = [each for each in look(file).proposal if each.startswith("      unit: ")]
    assert unit.startswith(f"      unit: {said}")


def test_a_scale_beside_a_column_of_units_is_asked_about(tmp_path: Path) -> None:
    rows = "Month,Usage,Unit\n2024-01,412.5,kWh\n2024-02,398.1,kWh\n"
    found = look(written(tmp_path, f"All values in thousands\n\n{rows}"))
    assert "        kWh: …  # kWh, or 1000 kWh as row 1 says" in found.proposal
