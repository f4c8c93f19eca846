"""An import holds a workbook to its own form: period, rows asked, what a reader would not see."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ghgcalc.company.collect.labels import LABELS, label_of, text_of
from ghgcalc.company.collect.rows import COLUMNS, DATA, LISTS
from support.command import run
from support.companies import activities_of

HEAD = """
ghgcalc: 1
organization: {name: Test, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities: {leeds: {country: GB}}
activities:
"""
SITE = (
    HEAD
    + """
  meter-2023: {facility: leeds, category: purchased_electricity, period: 2023, quantity: 250 MWh}
  boiler-2023: {facility: leeds, category: stationary_combustion, fuel: natural_gas, period: 2023,
                quantity: 120_000 m3, emission_rate: {CO2: 2 kg/m3},
                billed_as: {correction: 1.02264, calorific_value: 39.5 MJ/m3 gross}}
  steam-2023: {facility: leeds, category: purchased_steam, period: 2023, quantity: 40 t,
               steam_state: {enthalpy: 2778 kJ/kg, returned: 84 kJ/kg, evidence: [s.pdf]}}
  flights-2023: {category: business_travel, item: hotel_stay, period: 2023, quantity: 12 night}
"""
)


def made(tmp_path: Path, text: str = SITE, *asks: str, name: str = "leeds.xlsx") -> Path:
    """The form of 2024 of a company file."""
    company = tmp_path / "company.yaml"
    company.write_text(text, "utf-8")
    book = tmp_path / name
    done = run("template", company, "-o", book, "--period", "2024",
               *(asks or ("--facility", "leeds")))  # fmt: skip
    assert done.exit_code == 0, done.output
    return book


def edit(book: Path, cells: dict[tuple[str, int], Any], **rows: int) -> None:
    """Fill cells by key and row; `hide=3` hides a row, `delete=3` deletes one."""
    filled = load_workbook(book)
    sheet = filled[DATA]
    for (key, row), value in cells.items():
        sheet.cell(row, COLUMNS[key]).value = value
    if "hide" in rows:
        sheet.row_dimensions[rows["hide"]].hidden = True
    if "delete" in rows:
        sheet.delete_rows(rows["delete"])
    filled.save(book)


def imported(book: Path, *more: str) -> Any:
    return run("import", book, book.with_name("company.yaml"), *more)


METER, BOILER, SPARE = 2, 3, 10
POWER = {("number", METER): 260}
DIESEL = {("category", SPARE): "Mobile combustion", ("fuel", SPARE): "Diesel (mineral)",
          ("number", SPARE): 900, ("unit", SPARE): "L"}  # fmt: skip


def test_the_period_of_the_form_is_the_default(tmp_path: Path) -> None:
    """A row without period is of the form's; that of an asked row stands there already."""
    book = made(tmp_path)
    edit(book, DIESEL | POWER | {("period", METER): None})
    found = activities_of(_written(imported(book, "-o", tmp_path / "back.yaml"), tmp_path))
    assert found["leeds-diesel-2024"]["period"] == "2024"
    assert found["meter-2024"]["period"] == "2024"


def _written(done: Any, tmp_path: Path) -> Path:
    assert done.exit_code == 0, done.output
    return tmp_path / "back.yaml"


@pytest.mark.parametrize("period", ["2023", "2025-01", "2024-12-15/2025-01-14", "2023-06/2024-12"])
def test_a_row_of_another_period_is_refused(period: str, tmp_path: Path) -> None:
    book = made(tmp_path)
    edit(book, POWER | {("period", METER): period})
    done = imported(book, "-o", tmp_path / "back.yaml")
    assert done.exit_code == 1
    assert "leeds.xlsx:Activity data!I2: error[" in done.output
    assert not (tmp_path / "back.yaml").exists()
    if period != "2023-06/2024-12":  # no period at all
        assert f"`{period}` lies outside 2024, the period of this form" in done.output


def test_a_bill_across_the_first_day_belongs_here_and_is_kept(tmp_path: Path) -> None:
    """15 December to 14 January: in the form of its last day, also when it is imported again."""
    book = made(tmp_path)
    edit(book, POWER | {("period", METER): "2023-12-15/2024-01-14"})
    _written(imported(book, "-o", tmp_path / "back.yaml"), tmp_path)
    (tmp_path / "company.yaml").write_text(
        SITE.replace("activities:", "include: back.yaml\nactivities:")
    )
    edit(book, {}, delete=METER)
    done = imported(book, "-o", tmp_path / "back.yaml")
    assert "kept, not in the workbook: meter-2024" in done.output
    assert activities_of(tmp_path / "back.yaml")["meter-2024"]["quantity"] == "260 MWh"


def test_an_activity_of_another_year_is_not_moved(tmp_path: Path) -> None:
    """The id of last year's line in a row of this year's form would take it from there."""
    book = made(tmp_path)
    edit(book, POWER | {("id", METER): "meter-2023"})
    done = imported(book)
    assert done.exit_code == 1
    assert "`meter-2023` is an activity of 2023" in done.output


def test_rows_that_did_not_come_back_are_said(tmp_path: Path) -> None:
    """Deleted and unknown yet; one that came under another id is not missing."""
    book = made(tmp_path)
    edit(book, POWER | {("id", METER): "power-2024"}, delete=BOILER)
    done = imported(book)
    assert done.exit_code == 0
    assert "warning[asked-row-missing]: asked, not in the workbook: boiler-2024\n" in done.output
    assert "in the workbook: meter-2024" not in done.output


def test_a_form_that_does_not_say_what_it_asked(tmp_path: Path) -> None:
    """Forms of older versions: what would be asked today stands in."""
    book = made(tmp_path)
    filled = load_workbook(book)
    filled[LISTS].delete_cols(5)
    filled.save(book)
    edit(book, POWER, delete=BOILER)
    assert "asked, not in the workbook: boiler-2024" in imported(book).output


def test_what_a_reader_would_not_see(tmp_path: Path) -> None:
    """Hidden rows that hold something, formulas without a value: as in tables, at their cells."""
    book = made(tmp_path)
    edit(book, POWER | {("number", BOILER): "=100*3"}, hide=METER)
    done = imported(book)
    assert done.exit_code == 1
    assert "leeds.xlsx:Activity data!A2: error[workbook-layout]" in done.output
    assert "leeds.xlsx:Activity data!J3: error[formula-without-value]" in done.output
    assert "the formula of `J3` has no stored value" in done.output


def test_an_empty_hidden_row_hides_nothing(tmp_path: Path) -> None:
    book = made(tmp_path)
    edit(book, POWER, hide=SPARE)
    assert imported(book).exit_code == 0


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    """Rows with and without id, with and without documents: the second import finds its own."""
    book = made(tmp_path)
    more = {(key, SPARE + 1): value for (key, _), value in DIESEL.items()}
    edit(book, POWER | DIESEL | more | {("evidence", METER): "b.pdf; c.pdf"})
    back = _written(imported(book, "-o", tmp_path / "back.yaml"), tmp_path)
    first = back.read_bytes()
    assert sorted(activities_of(back)) == ["leeds-diesel-2024", "leeds-diesel-2024-2", "meter-2024"]
    company = tmp_path / "company.yaml"
    company.write_text(SITE.replace("activities:", "include: back.yaml\nactivities:", 1))
    done = imported(book, "-o", back)
    assert "3 unchanged" in done.output
    assert not any(line.startswith(("new", "changed", "kept")) for line in done.output.splitlines())
    assert back.read_bytes() == first
    edit(book, {("number", SPARE): 950})  # a correction in the very cell
    done = imported(book)
    assert "changed: leeds-diesel-2024\n  quantity 900 L → 950 L" in done.output
    assert "2 unchanged" in done.output


def test_another_workbook_with_the_same_row_is_asked_about(tmp_path: Path) -> None:
    """900 L of diesel, 2024, from another file: the same delivery again, or a second one."""
    book = made(tmp_path)
    edit(book, DIESEL)
    back = _written(imported(book, "-o", tmp_path / "back.yaml"), tmp_path)
    company = tmp_path / "company.yaml"
    company.write_text(SITE.replace("activities:", "include: back.yaml\nactivities:", 1))
    other = book.rename(tmp_path / "leeds-new.xlsx")
    done = imported(other)
    assert done.exit_code == 1
    assert "leeds-new.xlsx:Activity data!A10: error[row-without-id]" in done.output
    assert "hint: write `leeds-diesel-2024` into the row" in done.output
    edit(other, {("id", SPARE): "leeds-diesel-2024"})
    assert "1 unchanged" in imported(other).output
    edit(other, {("id", SPARE): "second"})
    assert "new: second" in imported(other).output
    assert activities_of(back)["leeds-diesel-2024"]["quantity"] == "900 L"


def test_facts_of_the_source_are_carried_and_said(tmp_path: Path) -> None:
    """State of steam, how gas is billed; last year's own rate is not, and is named."""
    book = made(tmp_path)
    sheet = load_workbook(book)[DATA]
    also = sheet.cell(BOILER, COLUMNS["also"]).value
    assert also == "as in boiler-2023: billed_as; without emission_rate"
    assert [sheet.cell(row, COLUMNS["unit"]).value for row in (2, 3, 4)] == ["MWh", "m3", "t"]
    edit(book, {("number", BOILER): 110000, ("number", 4): 41})
    done = imported(book, "-o", tmp_path / "back.yaml")
    found = activities_of(_written(done, tmp_path))
    assert found["steam-2024"]["steam_state"]["enthalpy"] == "2778 kJ/kg"
    assert found["steam-2024"]["quantity"] == "41 t"
    assert found["boiler-2024"]["billed_as"]["correction"] == "1.02264"
    assert "emission_rate" not in found["boiler-2024"]
    assert "as in boiler-2023: billed_as {correction: 1.02264" in done.output
    assert "not taken over from boiler-2023: emission_rate" in done.output
    assert "not filled in: meter-2024" in done.output  # its unit alone is no answer


def test_what_turns_a_quantity_into_another_is_carried(tmp_path: Path) -> None:
    """A row without last year's share or occupancy would count the whole, or every seat alone."""
    site = (
        HEAD
        + """
  floor-2023: {facility: leeds, category: purchased_goods_and_services, period: 2023, item: x,
               quantity: 4 t, method: average_data,
               allocation: {method: area, share: 200 m2 of 800 m2}}
  reps-2023: {facility: leeds, category: business_travel, item: car, vehicle: car_average,
              technology: petrol, period: 2023, quantity: 900 pkm, occupancy: 1.5}
  fleet-2023: {facility: leeds, category: mobile_combustion, period: 2023, quantity: 90 L,
               parts: {petrol: 90 %, bioethanol: 10 %}, parts_by: volume}
  staff-2023: {facility: leeds, category: employee_commuting, period: 2023, quantity: 30 person,
               trips: {walk: {share: 100 %}}}
"""
    )
    book = made(tmp_path, site)
    edit(book, {("number", row): 70 + row for row in range(2, 6)})
    done = imported(book, "-o", tmp_path / "back.yaml")
    found = activities_of(_written(done, tmp_path))
    assert found["floor-2024"]["allocation"]["share"] == "200 m2 of 800 m2"
    assert found["floor-2024"]["method"] == "average_data"
    assert found["reps-2024"]["occupancy"] == "1.5"
    assert found["fleet-2024"]["parts"] == {"petrol": "90 %", "bioethanol": "10 %"}
    assert found["fleet-2024"]["parts_by"] == "volume"
    assert "trips" not in found["staff-2024"]
    assert "not taken over from staff-2023: trips" in done.output


def test_a_model_that_is_gone_is_asked_for(tmp_path: Path) -> None:
    book = made(tmp_path)
    (tmp_path / "company.yaml").write_text(SITE.replace("boiler-2023", "kettle-2023"), "utf-8")
    edit(book, {("number", BOILER): 110000})
    done = imported(book)
    assert done.exit_code == 1
    assert "leeds.xlsx:Activity data!O3: error[unknown-line]" in done.output


def test_lines_of_no_facility(tmp_path: Path) -> None:
    """Travel that belongs to no site has a form of its own, and comes back without one."""
    book = made(tmp_path, SITE, "--no-facility", name="travel.xlsx")
    edit(book, {("number", 2): 14})
    found = activities_of(_written(imported(book, "-o", tmp_path / "back.yaml"), tmp_path))
    assert found == {"flights-2024": {
        "category": "business_travel", "item": "hotel_stay", "period": "2024",
        "quantity": "14 night", "evidence": ["travel.xlsx:Activity data!J2"],
    }}  # fmt: skip
    done = run("template", tmp_path / "company.yaml", "-o", book, "--period", "2024",
               "--no-facility", "--facility", "leeds")  # fmt: skip
    assert done.exit_code == 2


def test_labels_stand_for_ids(tmp_path: Path) -> None:
    """The form shows reports' words; ids, as people and older forms wrote them, count as well."""
    sheet = load_workbook(made(tmp_path))[DATA]
    assert sheet.cell(BOILER, COLUMNS["category"]).value == "Stationary combustion"
    assert sheet.cell(BOILER, COLUMNS["fuel"]).value == "Natural gas"
    for key, labels in LABELS.items():
        assert len({label.casefold() for label in labels.values()}) == len(labels)
        for name in labels:
            assert text_of(key, label_of(key, name)) == text_of(key, name) == name
    assert text_of("fuel", "disel") == "disel"


def test_a_facility_whose_data_are_in_tables(tmp_path: Path) -> None:
    """The command and the instructions name the table that is not asked for."""
    (tmp_path / "t.csv").write_text("m,q\n2023-01,5\n", "utf-8")
    company = tmp_path / "company.yaml"
    company.write_text(HEAD.replace("activities:\n", "") + """
tables:
  bills:
    files: t.csv
    columns: {period: m, quantity: q}
    constants: {facility: leeds, item: power, unit: kWh}
    items: {power: {category: purchased_electricity}}
""", "utf-8")  # fmt: skip
    book = tmp_path / "leeds.xlsx"
    done = run("template", company, "-o", book, "--facility", "leeds", "--period", "2024")
    assert "0 rows asked of leeds, 2024" in done.output
    assert "not asked: data of leeds come from `bills` (t.csv)" in done.output
    texts = [row[1].value for row in load_workbook(book)["Instructions"].iter_rows()]
    assert "what comes from tables of the company file: bills (t.csv)" in texts


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("300_000 MWh", "300,000 MWh is 1,200 times the 250 MWh of the year before"),
        ("110 kWh", "110 kWh is 1/2,273 of the 250 MWh of the year before"),
        ("2_500 MWh", "2,500 MWh is 10 times the 250 MWh"),
        ("25 MWh", "25 MWh is 1/10 of the 250 MWh"),
        ("2_499 MWh", ""),
        ("25.1 MWh", ""),
        ("900 GJ", ""),  # 250 MWh
        ("0 MWh", ""),  # nothing used is no slip
    ],
)
def test_a_quantity_far_from_last_years(amount: str, said: str, tmp_path: Path) -> None:
    """The bound is 10 times, or a tenth: 2,500 or 25 MWh after 250 MWh."""
    book = made(tmp_path)
    number, _, unit = amount.partition(" ")
    edit(book, {("number", METER): int(number) if number.isdigit() else float(number),
                ("unit", METER): unit})  # fmt: skip
    done = imported(book)
    assert done.exit_code == 0
    assert ("far-from-last-year" in done.output) == bool(said)
    assert said in done.output
    if said:
        assert "leeds.xlsx:Activity data!J2: warning[" in done.output
