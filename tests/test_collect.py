"""Templates for sites: what they ask, what an import makes of them, every bad cell by its name."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from ghgcalc.company.collect.rows import COLUMNS, DATA, GUIDE
from ghgcalc.pipeline.run import compute
from support.command import run
from support.companies import SITE, activities_of

ROOT = Path(__file__).parents[1]
OPULENT = ROOT / "examples" / "opulent" / "company.yaml"


@pytest.fixture
def company(tmp_path: Path) -> Path:
    path = tmp_path / "company.yaml"
    path.write_text(SITE, "utf-8")
    return path


@pytest.fixture
def book(company: Path) -> Path:
    path = company.with_name("leeds.xlsx")
    done = run("template", company, "-o", path, "--facility", "leeds", "--period", "2024")
    assert done.exit_code == 0, done.output
    return path


def fill(path: Path, cells: dict[str, object]) -> None:
    filled = load_workbook(path)
    for cell, value in cells.items():
        filled[DATA][cell] = value
        if isinstance(value, str):
            filled[DATA][cell].data_type = "s"
    filled.save(path)


def cell(key: str, row: int) -> str:
    return f"{chr(64 + COLUMNS[key])}{row}"


@pytest.mark.parametrize("facility", ["kunshan", "bacninh", "austin", "naila", "hq", "newco"])
@pytest.mark.parametrize("period", ["2023", "2024"])
def test_a_round_trip_loses_nothing(facility: str, period: str, tmp_path: Path) -> None:
    """Template and import without a keystroke give back every activity, key for key."""
    book, back = tmp_path / "site.xlsx", tmp_path / "site.yaml"
    done = run("template", OPULENT, "-o", book, "--facility", facility, "--period", period)
    assert done.exit_code == 0, done.output
    done = run("import", book, OPULENT, "-o", back)
    assert done.exit_code == 0, done.output
    assert "changed" not in done.output.replace("unchanged", "")
    known = activities_of(OPULENT)
    wanted = {name: tree for name, tree in known.items()
              if tree.get("facility") == facility and tree["period"][:4] == period}  # fmt: skip
    assert (activities_of(back) or {}) == wanted


def test_texts_survive(company: Path, book: Path) -> None:
    """Quotes, colons, equals signs, commas in names of documents, trailing zeros."""
    back = company.with_name("back.yaml")
    assert run("import", book, company, "-o", back).exit_code == 0
    assert activities_of(back) == {"boiler": activities_of(company)["boiler"]}


def test_what_a_template_asks(book: Path) -> None:
    """The period's lines, last year's sources with their value, drop-downs, locked labels."""
    made = load_workbook(book)
    sheet = made[DATA]
    ids = [sheet[cell("id", row)].value for row in range(2, 6)]
    assert ids == ["boiler", "meter-2024", "pv-2024", None]
    assert sheet[cell("number", 3)].value is None
    assert sheet[cell("last", 3)].value == "250 MWh"
    assert sheet.protection.sheet
    assert made[GUIDE].protection.sheet
    assert sheet[cell("id", 2)].protection.locked
    assert sheet[cell("last", 3)].protection.locked
    assert not sheet[cell("number", 2)].protection.locked
    rules = {rule.type for rule in sheet.data_validations.dataValidation}
    assert rules == {"list", "decimal"}
    assert len(sheet.data_validations.dataValidation) == 4


def test_filled_rows_become_activities(company: Path, book: Path) -> None:
    """250 MWh → 260.5 MWh for 2024 and a new source; the cell is cited; the file computes."""
    fill(book, {
        cell("number", 3): 260.5, cell("unit", 3): "MWh", cell("evidence", 3): "bill.pdf",
        cell("number", 4): 11, cell("unit", 4): "MWh",
        cell("category", 5): "mobile_combustion", cell("fuel", 5): "diesel",
        cell("period", 5): "2024", cell("number", 5): 900, cell("unit", 5): "L",
        cell("number", 2): 100000,
    })  # fmt: skip
    back = company.with_name("back.yaml")
    done = run("import", book, company, "-o", back)
    assert done.exit_code == 0, done.output
    assert "new: meter-2024" in done.output
    assert "quantity 120_000.250 kWh gross → 100000 kWh gross" in done.output
    found = activities_of(back)
    assert found["meter-2024"]["quantity"] == "260.5 MWh"
    assert list(found["meter-2024"]["evidence"]) == ["bill.pdf", "leeds.xlsx:Activity data!J3"]
    assert found["pv-2024"]["attributes"] == "kept"
    assert found["leeds-diesel-2024"]["quantity"] == "900 L"
    head = SITE.partition("activities:")[0]
    company.write_text(f"{head}include: [back.yaml]\n", "utf-8")
    result = compute(company, period="2024")
    assert result.inventory is not None, [item.message for item in result.diagnostics]
    quantities = {line.activity: line.quantity for line in result.inventory.lines}
    assert quantities["meter-2024"] * 2 == 521
    assert quantities["boiler"] == 100_000


@pytest.mark.parametrize(
    ("cells", "place", "code"),
    [
        ({"number": "12,5", "unit": "MWh"}, "Activity data!J3", "not-a-number"),
        ({"number": 5, "unit": "MWhh"}, "Activity data!J3", "unknown-unit"),
        ({"number": "12 500", "unit": "MWh"}, "Activity data!J3", "not-a-number"),
        ({"number": "12\u202f500", "unit": "MWh"}, "Activity data!J3", "not-a-number"),
        ({"number": 5, "unit": "kWp"}, "Activity data!J3", "unit-mismatch"),
        ({"number": 5, "unit": None}, "Activity data!J3", "missing-unit"),
        ({"number": None, "unit": "GWh"}, "Activity data!J3", "number"),
        ({"number": 5, "unit": "MWh", "category": "power"}, "Activity data!B3", "unknown-value"),
        ({"number": 5, "unit": "MWh", "period": "soon"}, "Activity data!I3", "bad-date"),
        ({"number": 5, "unit": "MWh", "id": "a b"}, "Activity data!A3", "bad-id"),
        ({"number": 5, "unit": "MWh", "id": "boiler"}, "Activity data!A3", "duplicate-key"),
        ({"number": 5, "unit": "MWh", "id": "other"}, "Activity data!A3", "duplicate-key"),
        ({"number": -5, "unit": "MWh"}, "Activity data!J3", "negative-quantity"),
        ({"number": 5, "unit": "L", "fuel": "disel"}, "Activity data!C3", "unknown-fuel"),
    ],
)  # fmt: skip
def test_every_bad_cell_is_named(
    cells: dict[str, object], place: str, code: str, company: Path, book: Path
) -> None:
    """`leeds.xlsx:Sheet!C7`, the code of the company file, and nothing written."""
    fill(book, {cell(key, 3): value for key, value in cells.items()})
    back = company.with_name("back.yaml")
    done = run("import", book, company, "-o", back)
    assert done.exit_code == 1, done.output
    assert f"{book}:{place}" in done.output
    assert code in done.output
    assert not back.exists()


def test_all_bad_cells_at_once(company: Path, book: Path) -> None:
    """Two rows with faults give two findings."""
    fill(book, {cell("number", 3): "x", cell("unit", 3): "MWh",
                cell("number", 4): 1, cell("unit", 4): "gallonx"})  # fmt: skip
    done = run("import", book, company)
    assert "Activity data!J3" in done.output
    assert "Activity data!J4" in done.output


def test_other_workbooks_are_refused(company: Path, tmp_path: Path) -> None:
    """No template, no workbook, a heading that was overwritten."""
    other = tmp_path / "other.xlsx"
    assert run("compute", company, "--period", "2024", "-o", other).exit_code == 0
    assert "is not a template of ghgcalc" in run("import", other, company).output
    text = tmp_path / "text.xlsx"
    text.write_text("no zip", "utf-8")
    assert "unreadable-file" in run("import", text, company).output
    book = tmp_path / "leeds.xlsx"
    run("template", company, "-o", book, "--facility", "leeds", "--period", "2024")
    fill(book, {"J1": "Amount"})
    done = run("import", book, company)
    assert f"{book}:Activity data!J1" in done.output
    assert done.exit_code == 1


def test_templates_are_deterministic(company: Path, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        run("template", company, "-o", tmp_path / name, "--facility", "leeds", "--period", "2024")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_usage(company: Path, tmp_path: Path) -> None:
    """What is missing on the command line is said, exit 2."""
    target = tmp_path / "x.xlsx"
    for args, words in (
        (["template", company, "--facility", "leeds", "--period", "2024"], "-o site.xlsx"),
        (["template", company, "-o", target, "--facility", "leeds"], "--period 2024"),
        (["template", company, "-o", target, "--facility", "x", "--period", "2024"], "leeds, york"),
        (["import", tmp_path / "none.xlsx", company], "does not exist"),
    ):
        done = run(*args)
        assert done.exit_code == 2, done.output
        assert words in done.output


def test_yaml_is_plain(company: Path, book: Path) -> None:
    """Any YAML reader gets the same texts."""
    done = run("import", book, company)
    loaded = yaml.load(done.stdout, Loader=yaml.BaseLoader)
    assert loaded["activities"]["boiler"]["evidence"] == ["a.pdf", "b, c.pdf"]
