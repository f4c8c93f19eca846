"""Workbooks recalculate to ghgcalc's figures; they are safe, legible to programs, deterministic.

The proof needs no spreadsheet: `workbook_formulas` evaluates every formula cell from inputs alone.
Where LibreOffice is installed, it recalculates the examples too.
"""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel

from ghgcalc.pipeline.run import compute
from support import command
from support.companies import cases, example_run
from support.workbook_formulas import Workbook, example, near, recalculated, write

ROOT = Path(__file__).parents[1]
EXAMPLES = ("minimal", "luxshare", "opulent")
SHEETS = [
    "Summary", "By facility", "By category", "ISO 14064-1", "By gas", "Lines", "Tranches",
    "Instruments", "Factors", "Conversions", "GWP", "Energy", "Scope 3 status",
    "Accepted gaps", "Expectations", "Control totals", "Exact figures", "Provenance",
    "Checks",
]  # fmt: skip
TABLES = [name for name in SHEETS if name != "Summary"]


def _cases() -> list[Any]:
    found = []
    for name, case in cases().items():
        wanted = next((run for run in case["runs"] if "expect" in run), None)
        if wanted is not None:
            found.append(pytest.param(case, wanted, id=name))
    return found


@pytest.mark.parametrize(("case", "wanted"), _cases())
def test_every_worked_example_recalculates(
    case: dict[str, Any], wanted: dict[str, Any], tmp_path: Path
) -> None:
    """Masses, blends, carbon, CO2e per gas, totals, tranches: formulas give ghgcalc's tonnes."""
    for name, text in {**case.get("files", {}), "company.yaml": case["company"]}.items():
        (tmp_path / name).write_text(text, "utf-8")
    run = compute(
        tmp_path / "company.yaml", period=str(wanted["period"]),
        boundary=wanted.get("boundary"), approach=wanted.get("approach"),
    )  # fmt: skip
    write(run, tmp_path / "book.xlsx")
    assert not recalculated(tmp_path / "book.xlsx")


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_recalculate(name: str, tmp_path: Path) -> None:
    """Cached values are ghgcalc's: the totals are those of the inventory, the rest follows."""
    inventory = example(name, tmp_path / "book.xlsx")
    assert not recalculated(tmp_path / "book.xlsx")
    book = Workbook.read(tmp_path / "book.xlsx")
    assert near(book.named("SCOPE_1_LOCATION_BASED"), float(inventory.totals.scope_1))
    for method in ("location_based", "market_based"):
        whole = float(inventory.totals.all_scopes(method))
        assert near(book.named(f"ALL_SCOPES_{method.upper()}"), whole)


def row_of(book: Workbook, sheet: str, column: str, text: str) -> int:
    rows = [int(cell[len(column) :]) for (title, cell), value in book.inputs.items()
            if title == sheet and re.fullmatch(rf"{column}\d+", cell)
            and value == text]  # fmt: skip
    assert len(rows) == 1, f"{text} stands in rows {rows} of {sheet}"
    return rows[0]


def test_a_changed_factor_moves_the_totals(tmp_path: Path) -> None:
    """A verifier doubles Viet Nam's grid factor: 9,400 MWh × 659.2 kg/MWh come on top."""
    example("opulent", tmp_path / "book.xlsx")
    book = Workbook.read(tmp_path / "book.xlsx")
    before = book.named("SCOPE_2_LOCATION_BASED")
    row = row_of(book, "Factors", "B", "own/vn-grid")
    assert book.value("Factors", f"E{row}") == pytest.approx(659.2)
    book.change("Factors", f"E{row}", 2 * 659.2)
    assert book.named("SCOPE_2_LOCATION_BASED") - before == pytest.approx(9400 * 659.2 / 1000)
    facility = row_of(book, "By facility", "A", "bacninh")
    assert book.value("By facility", f"D{facility}") == pytest.approx(2 * 9400 * 659.2 / 1000)


def test_a_changed_gwp_moves_only_its_gas(tmp_path: Path) -> None:
    """GWP of SF6 doubled: its row of By gas doubles, the others stay."""
    example("opulent", tmp_path / "book.xlsx")
    book = Workbook.read(tmp_path / "book.xlsx")
    sf6, co2 = (row_of(book, "By gas", "A", gas) for gas in ("SF6", "CO2"))
    before = {row: book.value("By gas", f"H{row}") for row in (sf6, co2)}
    row = row_of(book, "GWP", "A", "GWP_SF6")
    book.change("GWP", f"D{row}", 2 * book.value("GWP", f"D{row}"))
    assert book.value("By gas", f"H{sf6}") == pytest.approx(2 * before[sf6])
    assert book.value("By gas", f"H{co2}") == before[co2]


def test_a_changed_quantity_reaches_its_tranches(tmp_path: Path) -> None:
    """A Scope 2 quantity doubled doubles both methods of its line; the shares stay."""
    example("opulent", tmp_path / "book.xlsx")
    book = Workbook.read(tmp_path / "book.xlsx")
    row = row_of(book, "Lines", "A", "bn-power-2024")
    before = [book.value("Lines", f"{column}{row}") for column in "OP"]
    book.change("Lines", f"K{row}", 2 * book.value("Lines", f"K{row}"))
    after = [book.value("Lines", f"{column}{row}") for column in "OP"]
    assert after == pytest.approx([2 * value for value in before])


def test_layout(tmp_path: Path) -> None:
    """Sheets in order; frozen headings, autofilter, print titles; nothing hidden, merged, live."""
    example("opulent", tmp_path / "book.xlsx")
    book = load_workbook(tmp_path / "book.xlsx")
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_state == "visible"
        assert not sheet.protection.sheet
        assert sheet.freeze_panes is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    for name in TABLES:
        assert book[name].freeze_panes == "B2"
        assert book[name].auto_filter.ref
        assert book[name].print_title_rows == "$1:$1"
        assert all(cell.value for cell in book[name][1]), name
    with zipfile.ZipFile(tmp_path / "book.xlsx") as parts:
        text = " ".join(parts.namelist())
    assert "vbaProject" not in text
    assert "externalLink" not in text
    assert text.count("xl/charts/chart") == 3


def test_formulas_hold_no_figures(tmp_path: Path) -> None:
    """Constants stand in named cells; digits in formulas are rows, scopes and facility numbers."""
    example("opulent", tmp_path / "book.xlsx")
    for (sheet, cell), formula in Workbook.read(tmp_path / "book.xlsx").formulas.items():
        bare = re.sub(r"\"[^\"]*\"|\$?[A-Z]{1,3}\$?\d+|[A-Za-z_][\w.]*", "", formula)
        if "SUMIFS" in formula:
            bare = re.sub(r",,\d+", "", re.sub(r"\s", "", bare))
        assert not re.search(r"\d", bare), f"{sheet}!{cell} {formula}"


def test_colours_tell_inputs_from_results(tmp_path: Path) -> None:
    """Quantities, printed values and GWPs have the input colour, tonnes the output colour."""
    example("opulent", tmp_path / "book.xlsx")
    book = load_workbook(tmp_path / "book.xlsx")
    places = {"Lines": "K2", "Factors": "E2", "GWP": "D2"}
    inputs = {book[sheet][cell].fill.fgColor.rgb for sheet, cell in places.items()}
    outputs = {book["Lines"]["O2"].fill.fgColor.rgb, book["By facility"]["C2"].fill.fgColor.rgb}
    assert len(inputs) == len(outputs) == 1
    assert inputs != outputs


HOSTILE = """
ghgcalc: 1
organization: {name: "=HYPERLINK(\\"http://x\\")&A1", country: GB, gwp_set: AR5,
               consolidation_approach: operational_control}
factor_packs: [desnz-2024]
facilities: {"1001": {country: GB}, "A": {country: GB}, "a": {country: GB}}
activities:
  one: {category: stationary_combustion, facility: "1001", period: 2024, fuel: natural_gas,
        quantity: 1000 kWh gross, evidence: ["=cmd|' /C calc'!A0"]}
  two: {category: stationary_combustion, facility: A, period: 2024, fuel: natural_gas,
        quantity: 2000 kWh gross, evidence: ["+1+1", "@SUM(1)", "https://example.org/a"]}
  three: {category: stationary_combustion, facility: a, period: 2024, fuel: natural_gas,
          quantity: 4000 kWh gross, evidence: ["{=1}"]}
"""


def test_user_text_is_never_a_formula(tmp_path: Path) -> None:
    """Texts that look like formulas or links are strings; ids that look alike are told apart."""
    company = tmp_path / "company.yaml"
    company.write_text(HOSTILE, "utf-8")
    write(compute(company), tmp_path / "book.xlsx")
    book = load_workbook(tmp_path / "book.xlsx")
    assert book["Summary"]["A1"].value == '=HYPERLINK("http://x")&A1'
    assert book["Summary"]["A1"].data_type == "s"
    cells = [cell for row in book["Lines"].iter_rows() for cell in row]
    shown = [cell for cell in cells if str(cell.value).startswith(("=cmd", "+1+1", "{=1}"))]
    assert len(shown) == 6  # three lines, and what is upstream of each
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in shown)
    assert not recalculated(tmp_path / "book.xlsx")
    made = Workbook.read(tmp_path / "book.xlsx")
    values = {made.value("By facility", f"A{row}"): made.value("By facility", f"C{row}")
              for row in (2, 3, 4)}  # fmt: skip
    assert values["A"] == pytest.approx(2 * values["1001"])
    assert values["a"] == pytest.approx(4 * values["1001"])


@pytest.mark.parametrize("name", EXAMPLES)
def test_two_runs_are_identical(name: str, tmp_path: Path) -> None:
    """Byte for byte; the date of creation is the last day of the period."""
    example(name, tmp_path / "a.xlsx")
    inventory = write(compute(ROOT / f"examples/{name}/company.yaml"), tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    created = load_workbook(tmp_path / "a.xlsx").properties.created
    assert created.date() == inventory.span.last


def test_source_date_epoch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH sets the date of creation."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    write(example_run("minimal"), tmp_path / "book.xlsx")
    created = load_workbook(tmp_path / "book.xlsx").properties.created
    assert created == datetime(2023, 11, 14, 22, 13, 20)  # noqa: DTZ001 - openpyxl gives no zone


def test_values_only(tmp_path: Path) -> None:
    """An archive holds the same values and no formula."""
    example("opulent", tmp_path / "live.xlsx")
    write(example_run("opulent"), tmp_path / "values.xlsx", values_only=True)
    assert not Workbook.read(tmp_path / "values.xlsx").formulas
    live = load_workbook(tmp_path / "live.xlsx", data_only=True)
    values = load_workbook(tmp_path / "values.xlsx", data_only=True)
    for sheet in TABLES:
        for row in live[sheet].iter_rows():
            if row[0].value == "seal":  # of what is written as values, which is all of an archive
                continue
            for cell in row:
                found = values[sheet][cell.coordinate].value
                assert found == cell.value or near(found, cell.value), f"{sheet}!{cell.coordinate}"


def test_facilities_and_lines_agree(tmp_path: Path) -> None:
    """By facility adds to the inventory's totals exactly as the views do."""
    inventory = example("opulent", tmp_path / "book.xlsx")
    book = Workbook.read(tmp_path / "book.xlsx")
    last = row_of(book, "By facility", "A", "Total")
    assert near(book.value("By facility", f"C{last}"), float(inventory.totals.scope_1))
    shown = Fraction(book.value("By facility", f"I{last}"))
    assert near(float(shown), float(inventory.totals.biogenic_co2))


def energy_rows(book: Workbook, part: str) -> list[tuple[Any, ...]]:
    """Rows of a part of Energy, `Part` and `No.` apart: carrier, figure, type … remark."""
    last = max(int(cell[1:]) for sheet, cell in book.inputs if sheet == "Energy" and cell[0] == "A")
    return [
        tuple(book.value("Energy", f"{column}{row}") for column in "BCEFGHIJKLMNO")
        for row in range(2, last + 1)
        if book.value("Energy", f"A{row}") == part
    ]


def test_energy(tmp_path: Path) -> None:
    """Luxshare 2023: 2,518,754 MWh bought + 78,656 generated; 788,326 GEC and 755,797 direct.

    (788,326 + 755,797 + 78,656) / 2,597,410 = 62.48 %; instruments × 0.6226 t/MWh are the bridge.
    """
    company = ROOT / "examples" / "luxshare" / "company.yaml"
    write(compute(company, period="2023", boundary="sbt"), tmp_path / "book.xlsx")
    assert not recalculated(tmp_path / "book.xlsx")
    book = Workbook.read(tmp_path / "book.xlsx")
    used = {(row[1], row[2]): row[5] for row in energy_rows(book, "Consumption")}
    assert used["all facilities", "purchased"] == 2_518_754
    assert used["all facilities", "in all"] == 2_518_754 + 78_656
    share = {row[1]: row for row in energy_rows(book, "Renewable share")}
    assert share["numerator"][5] == 788_326 + 755_797 + 78_656
    assert share["denominator"][5] == 2_597_410
    assert share["renewable share"][7] == pytest.approx(1_622_779 / 2_597_410)
    wider = share["share if they were applied"][7]
    assert wider == pytest.approx((1_622_779 + 43_354) / 2_597_410)
    bridge = {row[1]: row for row in energy_rows(book, "Bridge")}
    assert bridge["gec-2023"][10] == pytest.approx(788_326 * 0.6226)
    assert bridge["direct-2023"][10] == pytest.approx(755_797 * 0.6226)
    for place, method in ((8, "LOCATION"), (9, "MARKET")):
        assert near(bridge["Scope 2"][place], book.named(f"SCOPE_2_{method}_BASED"))
        assert near(bridge["Summary minus this sum"][place], 0)
    levels = {row[3]: row[5] for row in energy_rows(book, "Coverage by level")}
    assert levels == {0: 78_656, 1: 788_326, 2: 755_797, 5: 2_518_754 - 788_326 - 755_797}
    (rejected,) = energy_rows(book, "Not applied")
    assert (rejected[1], rejected[5], rejected[11]) == ("fund-2023", 43_354, "not applied")
    assert "criteria 1, 2, 3, 4, 5 unanswered" in rejected[12]
    criteria = [row[11] for row in energy_rows(book, "Quality criteria") if row[1] == "fund-2023"]
    assert criteria == ["unanswered"] * 5


def bridge_of(book: Workbook) -> dict[str, tuple[Any, ...]]:
    """Rows of the bridge by name: MWh at 5, location- and market-based at 8 and 9."""
    return {row[1]: row for row in energy_rows(book, "Bridge")}


def test_energy_follows_lines(tmp_path: Path) -> None:
    """A bought quantity doubled on Lines: consumption, denominator and share go down to it."""
    example("luxshare", tmp_path / "book.xlsx")
    book = Workbook.read(tmp_path / "book.xlsx")
    row = next(row for row in range(2, 99) if book.value("Lines", f"B{row}") == 2
               and book.value("Lines", f"C{row}") == "purchased_electricity")  # fmt: skip
    tranches = [r for r in range(2, 99)
                if book.value("Tranches", f"A{r}") == book.value("Lines", f"A{row}")]  # fmt: skip
    mwh = sum(book.value("Tranches", f"P{r}") for r in tranches)
    assert mwh > 0
    before = {row[1]: row for row in energy_rows(book, "Renewable share")}
    facility = book.value("Tranches", f"T{tranches[0]}")
    place = next(r for r in range(2, 99) if book.value("Energy", f"D{r}") == facility
                 and book.value("Energy", f"E{r}") == "purchased")  # fmt: skip
    used = book.value("Energy", f"H{place}")
    book.change("Lines", f"K{row}", 2 * book.value("Lines", f"K{row}"))
    after = {row[1]: row for row in energy_rows(book, "Renewable share")}
    assert after["denominator"][5] == pytest.approx(before["denominator"][5] + mwh)
    assert book.value("Energy", f"H{place}") == pytest.approx(used + mwh)
    assert after["renewable share"][7] == pytest.approx(
        after["numerator"][5] / after["denominator"][5]
    )


@pytest.mark.parametrize("name", ["luxshare", "opulent"])
def test_a_changed_factor_moves_bridge_and_summary_together(name: str, tmp_path: Path) -> None:
    """Every printed value in turn, raised by a half: Summary, bridge and tie stay one figure."""
    inventory = example(name, tmp_path / "book.xlsx")
    book = Workbook.read(tmp_path / "book.xlsx")
    first = bridge_of(book)
    moved = set()
    rows = [int(cell[1:]) for sheet, cell in book.inputs if sheet == "Factors" and cell[0] == "A"]
    for row in sorted(rows)[1:]:
        printed = book.value("Factors", f"E{row}")
        book.change("Factors", f"E{row}", 1.5 * printed)
        bridge = bridge_of(book)
        for place, method in ((8, "location_based"), (9, "market_based")):
            summary = book.named(f"SCOPE_2_{method.upper()}")
            assert near(bridge["Scope 2"][place], summary)
            assert near(bridge["Summary minus this sum"][place], 0)
            parts = sum(r[place] for r in bridge.values() if r[3] is not None or r[2] == "reported")
            assert near(parts, summary)
            if not near(summary, float(inventory.totals.scope_2[method])):
                moved.add(method)
                assert any(not near(bridge[what][place], first[what][place]) for what in first
                           if first[what][3] is not None)  # fmt: skip
        book.change("Factors", f"E{row}", printed)
    assert moved == {"location_based", "market_based"}


def test_the_bridge_of_one_factor(tmp_path: Path) -> None:
    """Viet Nam's grid factor doubled: 9,400 MWh × 0.6592 t/MWh more in the bridge, by hand."""
    example("opulent", tmp_path / "book.xlsx")
    book = Workbook.read(tmp_path / "book.xlsx")
    before = bridge_of(book)
    row = row_of(book, "Factors", "B", "own/vn-grid")
    book.change("Factors", f"E{row}", 2 * 659.2)
    after = bridge_of(book)
    moved = after["Scope 2"][8] - before["Scope 2"][8]
    assert moved == pytest.approx(9400 * 0.6592)
    assert book.named("SCOPE_2_LOCATION_BASED") == pytest.approx(after["Scope 2"][8])
    assert near(after["Summary minus this sum"][8], 0)
    assert [row[5] for row in after.values()] == [row[5] for row in before.values()]
    checks = {book.value("Checks", f"A{row}"): book.value("Checks", f"F{row}")
              for row in range(2, 99)}  # fmt: skip
    assert checks["Bridge of Energy, location-based"] == "differs"  # as Summary does
    assert checks["Scope 2, location-based"] == "differs"


REPORTED_SIDES = """
ghgcalc: 1
organization: {name: T, country: GB, gwp_set: AR5, consolidation_approach: operational_control}
factor_packs: [desnz-2024]
facilities: {plant: {country: GB}}
accept:
  - {gap: residual_mix_not_used, reason: none is bundled}
  - {gap: co2e_without_gases, reason: statement}
activities:
  power: {category: purchased_electricity, facility: plant, period: 2024, quantity: 1000000 kWh,
          evidence: [bill.pdf]}
  theirs: {category: purchased_electricity, facility: plant, period: 2024, reported: 30 tCO2e,
           gwp_set: AR5, by: landlord, method: location_based, evidence: [letter.pdf]}
  theirs-too: {category: purchased_electricity, facility: plant, period: 2024,
               reported: 20 tCO2e, gwp_set: AR5, by: landlord, method: market_based,
               evidence: [letter.pdf]}
"""


def test_reported_tonnes_stand_in_the_bridge(tmp_path: Path) -> None:
    """30 t location-based and 20 t market-based from another party: a row by SUMIFS over Lines."""
    company = tmp_path / "company.yaml"
    company.write_text(REPORTED_SIDES, "utf-8")
    write(compute(company), tmp_path / "book.xlsx")
    assert not recalculated(tmp_path / "book.xlsx")
    book = Workbook.read(tmp_path / "book.xlsx")
    reported = bridge_of(book)["reported by another party"]
    assert reported[8:11] == pytest.approx((30, 20, 10))
    row = row_of(book, "Lines", "A", "theirs")
    book.change("Lines", f"K{row}", 60)
    after = bridge_of(book)
    assert after["reported by another party"][8:11] == pytest.approx((60, 20, 40))
    assert near(after["Summary minus this sum"][8], 0)


def test_sums_of_energy_are_formulas(tmp_path: Path) -> None:
    """MWh and tonnes of consumption, bridge, coverage and share: no value beside a formula.

    What stays is what no cell of the workbook holds: the grid's tonnes for own power.
    """
    company = ROOT / "examples" / "luxshare" / "company.yaml"
    write(compute(company, period="2023", boundary="sbt"), tmp_path / "book.xlsx")
    book = Workbook.read(tmp_path / "book.xlsx")
    parts = ("Consumption", "Bridge", "Not applied", "Coverage by level", "Coverage by type",
             "Renewable share", "Attributed")  # fmt: skip
    values = [
        f"{book.value('Energy', f'C{row}')}!{column}"
        for row in range(2, 99)
        if book.value("Energy", f"A{row}") in parts
        for column in "HJKLM"
        if ("Energy", f"{column}{row}") in book.inputs
    ]
    assert values == ["own generation and direct lines!M"]


def test_years(tmp_path: Path) -> None:
    """Each reporting year of the file; this one live, 2022 as its own inventory says."""
    company = str(ROOT / "examples" / "luxshare" / "company.yaml")
    target = tmp_path / "book.xlsx"
    result = command.run("compute", company, "-o", target)
    assert result.exit_code == 0, result.output
    assert load_workbook(target).sheetnames[5] == "By year"
    assert not recalculated(target)
    book = Workbook.read(target)
    assert [book.value("By year", f"A{row}") for row in (2, 3)] == ["2022", "2023"]
    assert book.formulas["By year", "D3"] == "=SCOPE_2_MARKET_BASED"
    before = compute(company, period="2022").inventory
    assert before is not None
    assert near(book.value("By year", "D2"), float(before.totals.scope_2["market_based"]))
    with zipfile.ZipFile(target) as parts:
        assert sum(name.startswith("xl/charts/chart") for name in parts.namelist()) == 4


def test_a_month_has_no_years(tmp_path: Path) -> None:
    """Part of a year is not set beside whole years."""
    company = str(ROOT / "examples" / "opulent" / "company.yaml")
    target = tmp_path / "book.xlsx"
    command.run("compute", company, "--period", "2024-03", "-o", target)
    assert "By year" not in load_workbook(target).sheetnames
    assert not recalculated(target)


def test_beyond_the_rows_of_a_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 2 and the command that writes the ledger instead; no file is left behind."""
    from ghgcalc.render.xlsx import book

    monkeypatch.setattr(book, "MAX_ROWS", 10)
    target = tmp_path / "book.xlsx"
    company = str(ROOT / "examples" / "opulent" / "company.yaml")
    result = command.run("compute", company, "-o", target)
    assert result.exit_code == 2
    assert "more than the 10 of an Excel sheet" in result.output
    assert f"ghgcalc lines {company} -o lines.parquet" in result.output
    assert not list(tmp_path.iterdir())


def test_a_workbook_needs_a_file() -> None:
    """No workbook on standard output."""
    company = str(ROOT / "examples" / "minimal" / "company.yaml")
    result = command.run("compute", company, "--format", "xlsx")
    assert result.exit_code == 2
    assert "-o inventory.xlsx" in result.output


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    """A workbook that a line cites as evidence stays."""
    bill = tmp_path / "bill.xlsx"
    bill.write_bytes(b"a bill")
    company = tmp_path / "company.yaml"
    company.write_text(HOSTILE.replace("@SUM(1)", "bill.xlsx"), "utf-8")
    result = command.run("compute", company, "-o", bill)
    assert result.exit_code == 2
    assert bill.read_bytes() == b"a bill"


def test_values_only_needs_a_workbook() -> None:
    """`--values-only` without a workbook is a mistake of usage."""
    company = str(ROOT / "examples" / "minimal" / "company.yaml")
    result = command.run("compute", company, "--values-only")
    assert result.exit_code == 2
    assert "-o inventory.xlsx" in result.output


def test_the_reader_of_these_tests_reads_what_openpyxl_reads(tmp_path: Path) -> None:
    """Formulas, names, inputs and the values beside formulas, of the largest example."""
    path = tmp_path / "book.xlsx"
    example("opulent", path)
    found, wanted = Workbook.read(path), load_workbook(path)
    cached = load_workbook(path, data_only=True)
    cells = [(cell, cached[sheet.title][cell.coordinate].value)
             for sheet in wanted for row in sheet.iter_rows() for cell in row]  # fmt: skip
    formulas, inputs, values = {}, {}, {}
    for cell, value in cells:
        place = (cell.parent.title, cell.coordinate)
        if cell.data_type == "f":
            formulas[place], values[place] = cell.value, value
        elif cell.value is not None:
            dated = isinstance(cell.value, datetime)  # the reader leaves days as numbers
            inputs[place] = to_excel(cell.value) if dated else cell.value
    assert found.formulas == formulas
    assert found.cached == values
    assert found.inputs == inputs
    assert found.names == {name: item.attr_text for name, item in wanted.defined_names.items()}


def test_a_year_with_errors_has_no_total(tmp_path: Path) -> None:
    """A line of 2023 in kilograms of power: the 10 MWh beside it are no total of the year."""
    (tmp_path / "company.yaml").write_text(
        "ghgcalc: 1\n"
        "organization: {name: A, consolidation_approach: operational_control, gwp_set: AR5}\n"
        "factor_packs: [desnz]\nfacilities: {a: {country: GB}}\nactivities:\n"
        "  p23: {facility: a, category: purchased_electricity, quantity: 10 MWh, period: 2023}\n"
        "  q23: {facility: a, category: purchased_electricity, quantity: 7 kg, period: 2023}\n"
        "  p24: {facility: a, category: purchased_electricity, quantity: 10 MWh, period: 2024}\n",
        "utf-8",
    )
    target = tmp_path / "year.xlsx"
    command.run("compute", tmp_path / "company.yaml", "--period", "2024", "-o", target)
    rows = list(load_workbook(target, data_only=True)["By year"].iter_rows(values_only=True))
    assert rows[1][:3] == ("2023", None, None)
    assert rows[1][-1] == "not computed: the year has errors"
    assert rows[2][2] == pytest.approx(2.0705)  # 10 MWh × 0.20705 kg/kWh
