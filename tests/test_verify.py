"""A saved inventory recomputed: changed cells by name, net and gross misstatement, materiality."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ghgcalc.render.xlsx.read import Read, workbook_changes
from support.command import run, verified
from support.companies import COMPANY, PACK
from support.workbook_formulas import Workbook, edit


@pytest.fixture
def company(tmp_path: Path) -> Path:
    (tmp_path / "own.yaml").write_text(PACK, "utf-8")
    path = tmp_path / "company.yaml"
    path.write_text(COMPANY, "utf-8")
    return path


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company's workbook, written once: tests change copies of it."""
    folder = tmp_path_factory.mktemp("written")
    (folder / "own.yaml").write_text(PACK, "utf-8")
    (folder / "company.yaml").write_text(COMPANY, "utf-8")
    done = run("compute", folder / "company.yaml", "-o", folder / "book.xlsx")
    assert done.exit_code == 0, done.output
    return folder / "book.xlsx"


@pytest.fixture
def book(company: Path, written: Path) -> Path:
    return Path(shutil.copy(written, company.with_name("book.xlsx")))


def figure(found: dict[str, Any], name: str, method: str = "location_based") -> dict[str, Any]:
    (one,) = [f for f in found["figures"] if (f["figure"], f["method"]) == (name, method)]
    return one


@pytest.mark.parametrize("suffix", [".xlsx", ".json"])
def test_an_untouched_file_is_as_recomputed(suffix: str, company: Path) -> None:
    path = company.with_name(f"saved{suffix}")
    assert run("compute", company, "-o", path).exit_code == 0
    code, found = verified(path, company, "--materiality", "5%")
    assert code == 0
    assert found["changes"] == []
    assert found["sources"] == []
    assert all(f["net"] == f["gross"] == 0 for f in found["figures"])


@pytest.mark.parametrize("name", ["minimal", "luxshare", "opulent"])
def test_the_examples_verify(name: str, tmp_path: Path) -> None:
    """Instruments, own packs, tables, expectations: nothing differs in a fresh file."""
    company = Path(__file__).parents[1] / "examples" / name / "company.yaml"
    for suffix in (".xlsx", ".json"):
        path = tmp_path / f"saved{suffix}"
        run("compute", company, "-o", path)
        code, found = verified(path, company, "--materiality", "5%")
        assert (code, found["changes"], found["sources"]) == (0, [], [])


@pytest.mark.parametrize("suffix", [".xlsx", ".json"])
def test_from_another_folder(suffix: str, company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Places are named from where the command runs; that is no change."""
    path = company.with_name(f"saved{suffix}")
    assert run("compute", company, "-o", path).exit_code == 0
    monkeypatch.chdir(company.parent)
    code, found = verified(path.name, company.name)
    assert (code, found["changes"], found["sources"]) == (0, [], [])


def test_a_changed_choice(company: Path, book: Path) -> None:
    """The head of the inventory is compared too."""
    rows = {row[1].value: row[2].coordinate for row in load_workbook(book)["Provenance"]}
    edit(book, {("Provenance", rows["organization"]): "Other"})
    _, found = verified(book, company)
    assert [c["place"] for c in found["changes"]] == [f"Provenance!{rows['organization']}"]


def test_a_changed_quantity(company: Path, book: Path) -> None:
    """1,000 kg → 1,100 kg × 2 kg CO2/kg: +0.2 t of 3 t in Scope 1, 6.67 %, and of 33 t in all."""
    edit(book, {("Lines", "K2"): 1100})
    code, found = verified(book, company, "--materiality", "5%")
    assert [change["place"] for change in found["changes"]] == ["Lines!K2"]
    assert found["changes"][0] | {"place": ""} == {
        "place": "", "stated": "1100", "recomputed": "1000"}  # fmt: skip
    one, whole = figure(found, "scope_1"), figure(found, "scope_1_2_3")
    assert one["recomputed"] == pytest.approx(3)
    assert one["net"] == pytest.approx(0.2)
    assert one["gross"] == pytest.approx(0.2)
    assert one["material"] is True
    assert whole["recomputed"] == pytest.approx(33)
    assert whole["material"] is False
    assert [item["line"] for item in one["items"]] == ["process"]
    assert code == 1
    assert verified(book, company, "--materiality", "7%")[0] == 0


def test_net_and_gross(company: Path, book: Path) -> None:
    """+200 kg and −200 kg cancel: net 0, gross 0.4 + 0.4 = 0.8 t."""
    edit(book, {("Lines", "K2"): 1200, ("Lines", "K3"): 300})
    _, found = verified(book, company)
    one = figure(found, "scope_1")
    assert one["net"] == pytest.approx(0, abs=1e-9)
    assert one["gross"] == pytest.approx(0.8)
    assert one["material"] is None


def test_a_changed_factor_and_a_text(company: Path, book: Path) -> None:
    """Grid factor 300 → 330 kg/MWh: +3 t in Scope 2 under both methods; the text is named too."""
    rows = Workbook.read(book)
    row = next(int(cell[1:]) for (sheet, cell), value in rows.inputs.items()
               if sheet == "Factors" and cell[0] == "E" and value == 300)  # fmt: skip
    edit(book, {("Factors", f"E{row}"): 330, ("Lines", "D4"): "york"})
    _, found = verified(book, company)
    assert {c["place"] for c in found["changes"]} == {f"Factors!E{row}", "Lines!D4"}
    for method in ("location_based", "market_based"):
        assert figure(found, "scope_2", method)["net"] == pytest.approx(3)


def test_a_formula_overwritten_by_a_number(company: Path, book: Path) -> None:
    """A line's tonnes and a total typed over: both cells are named, both count."""
    edit(book, {("Lines", "O2"): 1.5, ("Summary", "B5"): 2.0})
    _, found = verified(book, company)
    assert {c["place"] for c in found["changes"]} == {"Lines!O2", "Summary!B5"}
    one = figure(found, "scope_1")
    assert [i["tco2e"] for i in one["items"]] == pytest.approx([-0.5, -0.5])
    assert one["stated"] == pytest.approx(2)
    assert "total" in one["items"][1]["line"]


def test_lines_added_and_removed_at_the_source(company: Path, book: Path) -> None:
    """A line that the file lacks is an omission; the company file's digest has changed."""
    text = COMPANY.replace("  other:", "  more: {facility: york, category: process_emissions,"
                           " item: etch, period: 2024, quantity: 250 kg}\n  other:")  # fmt: skip
    company.write_text(text, "utf-8")
    _, found = verified(book, company)
    assert figure(found, "scope_1")["net"] == pytest.approx(-0.5)
    assert any("company.yaml has changed" in text for text in found["sources"])
    assert any(c["recomputed"] == "more" for c in found["changes"])


def test_added_rows_are_named_in_their_order() -> None:
    """Rows that a fresh workbook lacks stand as they do in the sheet, on every run."""
    names = [f"row {number}" for number in range(40)]
    stated, fresh = ({"Lines": [[name, 1] for name in some]} for some in (names, names[:1]))
    changes = workbook_changes(Read(stated, stated, {}), Read(fresh, fresh, {}))
    assert [c.place for c in changes] == [f"Lines!A{number}" for number in range(2, 41)]
    assert [c.stated for c in changes] == names[1:]


def test_a_changed_json(company: Path) -> None:
    """Each value by its path; tonnes of a line count, a total that is no sum counts."""
    path = company.with_name("saved.json")
    run("compute", company, "-o", path)
    data = json.loads(path.read_text("utf-8"))
    data["lines"][0]["location_based"]["tco2e"] = 2.5
    data["by_facility"][0]["scope_1"] = 9
    path.write_text(json.dumps(data), "utf-8")
    code, found = verified(path, company)
    places = [c["place"] for c in found["changes"]]
    assert "lines[process].location_based.tco2e" in places
    assert "by_facility[leeds].scope_1" in places
    assert len(places) == 2
    one = figure(found, "scope_1")
    assert one["gross"] == pytest.approx(1.0)
    assert code == 1


def test_materiality_of_the_file(company: Path, book: Path) -> None:
    """`materiality:` of the period's assurance is the threshold."""
    more = "assurance:\n  - {period: 2024, level: limited, materiality: 10%}\n"
    company.write_text(COMPANY + more, "utf-8")
    run("compute", company, "-o", book)
    edit(book, {("Lines", "K2"): 1100})
    code, found = verified(book, company)
    assert found["materiality"] == pytest.approx(0.1)
    assert code == 0
    edit(book, {("Lines", "K2"): 1200})
    assert verified(book, company)[0] == 1


def test_the_text(company: Path, book: Path) -> None:
    """Cells by file, sheet and address; the verdict in words."""
    edit(book, {("Lines", "K2"): 1100})
    done = run("verify", book, company, "--materiality", "5%")
    assert f"{book}:Lines!K2" in done.output
    assert "stated 1100, recomputed 1000" in done.output
    assert "material, 5.0 %" in done.output
    assert "below 5.0 %" in done.output
    assert "process: +0.200" in done.output
    assert "no materiality is stated" in run("verify", book, company).output


def test_refusals(company: Path, book: Path, tmp_path: Path) -> None:
    """No such file, other files, formulas without values, a share that is none."""
    assert run("verify", tmp_path / "none.xlsx", company).exit_code == 2
    assert run("verify", company, company).exit_code == 2
    assert run("verify", book, company, "--materiality", "5").exit_code == 2
    text = tmp_path / "text.xlsx"
    text.write_text("no zip", "utf-8")
    done = run("verify", text, company)
    assert done.exit_code == 1
    assert "is not a readable workbook" in done.output
    other = tmp_path / "other.json"
    other.write_text("{}", "utf-8")
    assert "is no saved inventory" in run("verify", other, company).output
    bare = load_workbook(book)
    bare.save(tmp_path / "bare.xlsx")
    assert "formulas without values" in run("verify", tmp_path / "bare.xlsx", company).output


def test_an_archive_verifies(company: Path) -> None:
    path = company.with_name("archive.xlsx")
    assert run("compute", company, "-o", path, "--values-only").exit_code == 0
    assert verified(path, company, "--materiality", "5%") == (0, verified(path, company)[1] | {
        "materiality": 0.05,
        "figures": [f | {"material": False} for f in verified(path, company)[1]["figures"]],
    })  # fmt: skip
