"""A saved workbook as a side of `diff`: as exact as the saved JSON, refused once it was changed."""

from __future__ import annotations

import json
import shutil
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from ghgcalc.analysis.compare.saved import SavedError, snapshot_of_json
from ghgcalc.render.json.inventory import render_json
from ghgcalc.render.xlsx.saved import snapshot_of_workbook
from ghgcalc.render.xlsx.workbook import write_workbook
from support.command import run
from support.companies import COMPANY, PACK
from support.strategies import activity, certificate, company, power, profile, run_of
from support.workbook_formulas import edit, example

ROOT = Path(__file__).parents[1]
OPULENT, LUXSHARE = (ROOT / f"examples/{name}/company.yaml" for name in ("opulent", "luxshare"))


def save(path: Path, *args: object) -> Path:
    done = run("compute", *args, "-o", path)
    assert path.exists(), done.output
    return path


def compared(*args: object) -> dict[str, Any]:
    """The comparison, without the names of the sides."""
    done = run("diff", *args, "--format", "json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    del found["before"]["label"], found["after"]["label"]
    return found


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company with its workbook, written once: tests change copies of the folder."""
    folder = tmp_path_factory.mktemp("written")
    (folder / "own.yaml").write_text(PACK, "utf-8")
    (folder / "company.yaml").write_text(COMPANY, "utf-8")
    save(folder / "book.xlsx", folder / "company.yaml")
    return folder


@pytest.fixture
def book(tmp_path: Path, written: Path) -> Path:
    shutil.copytree(written, tmp_path, dirs_exist_ok=True)
    return tmp_path / "book.xlsx"


@pytest.mark.parametrize("values", [(), ("--values-only",)])
@pytest.mark.parametrize(("source", "period"), [(OPULENT, "2024"), (LUXSHARE, "2023")])
def test_a_workbook_and_the_json_of_one_run_do_not_differ(
    source: Path, period: str, values: tuple[str, ...], tmp_path: Path
) -> None:
    """Own units, steam, instruments, tables: no cause, and every figure to its last digit."""
    book = save(tmp_path / "a.xlsx", source, "--period", period, *values)
    saved = save(tmp_path / "a.json", source, "--period", period)
    found = compared(book, saved)
    assert found["diff"]["causes"] == []
    assert all(line["matched_by"] == "id" for line in found["diff"]["lines"])
    assert snapshot_of_workbook(book, "x") == snapshot_of_json(saved.read_text("utf-8"), "x")


def test_years_of_workbooks_compare_as_those_of_json(tmp_path: Path) -> None:
    for year in ("2022", "2023"):
        save(tmp_path / f"{year}.xlsx", LUXSHARE, "--period", year, "--boundary", "sbt")
        save(tmp_path / f"{year}.json", LUXSHARE, "--period", year, "--boundary", "sbt")
    books = compared(tmp_path / "2022.xlsx", tmp_path / "2023.xlsx")
    assert books == compared(tmp_path / "2022.json", tmp_path / "2023.json")
    mixed = compared(tmp_path / "2022.xlsx", "2023", "--boundary", "sbt", "--company", LUXSHARE)
    assert mixed["diff"] == books["diff"]
    change = {(t["figure"], t["method"]): t["change"] for t in books["diff"]["totals"]}
    assert round(change["scope_1_2", "market_based"]) == -807_932
    assert round(change["scope_1_2", "location_based"]) == -216_438
    for style in ("table", "markdown"):
        texts = [
            run("diff", *(tmp_path / f"{year}.{kind}" for year in ("2022", "2023")),
                "--format", style).stdout.replace(f".{kind}", "")
            for kind in ("xlsx", "json")
        ]  # fmt: skip
        assert [line.split() for line in texts[0].splitlines()] == [
            line.split() for line in texts[1].splitlines()
        ]


@profile(15)
@given(
    st.dictionaries(st.sampled_from("abcdef"), activity(), min_size=1),
    st.integers(0, 10**6), st.sampled_from(["0 kg/MWh", "0.1234567 kg/kWh"]),
    st.dictionaries(st.sampled_from(["2023-03-01", "2023-07-01"]), st.sampled_from(
        [{"economic_interest": "33%"}, {"economic_interest": "0%", "operated": False}]
    )),
)  # fmt: skip
def test_any_inventory_comes_back_exactly(
    tmp_path_factory: pytest.TempPathFactory, lines: dict[str, Any], mwh: int, rate: str,
    history: dict[str, Any],
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("any")
    data = company(
        {**lines, "power": power("ks", "123_456.789 MWh")},
        instruments={"go": certificate(f"{mwh} MWh", rate)},
    )
    if history:
        data["facilities"]["dg"]["history"] = history
    found = run_of(folder, data, period="2023")
    assert found.inventory is not None
    assert found.project is not None
    write_workbook(found.inventory, found.project.catalog, folder / "a.xlsx", {})
    saved = snapshot_of_json(render_json(found.inventory), "x")
    assert snapshot_of_workbook(folder / "a.xlsx", "x") == saved


def place_of(book: Path, sheet: str, column: int, text: str) -> str:
    """The first cell of a column that shows a text."""
    rows = load_workbook(book)[sheet].iter_rows()
    return next(row[column].coordinate for row in rows if text in str(row[column].value))


CHANGES = [
    ("Lines", "K2", 1200, "Lines!K2 shows 1200, ghgcalc wrote 1000"),
    ("Lines", "J2", 0.5, "Lines!J2 shows 0.5, ghgcalc wrote 1"),
    ("Lines", "A2", "renamed", "Lines!A2 shows `renamed`, which `Exact figures` does not hold"),
    ("Lines", "O2", 3, "Lines!O2 shows 3, ghgcalc wrote 2"),
    ("Lines", "D2", "york", "a text or an input is not the one written"),
    ("Factors", "E2", 4, "Lines!O2 shows 4"),
    ("Exact figures", "K2", "1200", "ghgcalc wrote 1200"),
    ("Exact figures", "C2", "york", "a text or an input is not the one written"),
    ("Exact figures", "U2", "nonsense", "holds `nonsense`, which is no number as ghgcalc"),
    ("Exact figures", "K2", "1/0", "holds `1/0`, which is no number as ghgcalc"),
    ("Exact figures", "K2", "1e999999999", "holds `1e999999999`, which is no number"),
    ("Exact figures", "E2", "first", "has a cell that ghgcalc did not write"),
    ("Exact figures", "A1", "Row", "has other headings on `Exact figures`"),
    ("Summary", "B5", 7, "Summary shows 7 t in Scope 1 location-based"),
]


@pytest.mark.parametrize(("sheet", "cell", "value", "said"), CHANGES)
def test_a_changed_workbook_is_refused(
    sheet: str, cell: str, value: object, said: str, book: Path
) -> None:
    edit(book, {(sheet, cell): value})
    done = run("diff", book, book)
    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output


def test_a_changed_fact_is_refused(book: Path) -> None:
    for name, value, said in (
        ("GWP set", "AR4, 100 years", "a text or an input is not the one written"),
        ("days", "sometime", "does not say its days"),
        ("days", "2024-01-01 to soon", "a text or an input is not the one written"),
    ):
        other = shutil.copy(book, book.with_name("other.xlsx"))
        place = place_of(book, "Provenance", 1, name)
        edit(other, {("Provenance", place.replace("B", "C")): value})
        done = run("diff", other, book)
        assert done.exit_code == 2
        assert said in done.output


def test_a_stale_value_is_refused(book: Path) -> None:
    """An input changed in the file alone, as no spreadsheet does: the totals still stand."""
    parts = {}
    with zipfile.ZipFile(book) as old:
        for name in old.namelist():
            parts[name] = old.read(name)
    sheets = load_workbook(book).sheetnames
    name = f"xl/worksheets/sheet{sheets.index('Factors') + 1}.xml"
    changed = parts[name].replace(b"<v>300</v>", b"<v>900</v>", 1)
    assert changed != parts[name]
    parts[name] = changed
    with zipfile.ZipFile(book, "w") as new:
        for part, data in parts.items():
            new.writestr(part, data)
    with pytest.raises(SavedError, match="a text or an input is not the one written"):
        snapshot_of_workbook(book, "x")


def test_rows_may_be_sorted(book: Path) -> None:
    """Sorting the sheet of figures moves rows and changes none."""
    made = load_workbook(book)
    rows = [[cell.value for cell in row] for row in made["Exact figures"].iter_rows(min_row=2)]
    cells = {
        ("Exact figures", made["Exact figures"].cell(number, column).coordinate): value
        for number, row in enumerate(reversed(rows), 2)
        for column, value in enumerate(row, 1)
    }
    fresh = snapshot_of_workbook(book, "x")
    edit(book, cells)
    found = snapshot_of_workbook(book, "x")
    assert {line.id: line for line in found.lines} == {line.id: line for line in fresh.lines}


def _without(book: Path, change: str) -> None:
    made = load_workbook(book)
    match change:
        case "sheet":
            del made["Exact figures"]
        case "lines":
            made["Lines"].title = "Rows"
        case "row":
            made["Lines"].delete_rows(2)
        case "columns":
            made["Lines"].delete_cols(2, 3)
        case "seal":
            made["Provenance"].delete_rows(2, 100)
    made.save(book)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("sheet", "has no sealed sheet `Exact figures`"),
        ("lines", "it has no sheet `Lines`"),
        ("row", "formulas without values; save it from a spreadsheet first"),
        ("columns", "`Lines` has other headings"),
        ("seal", "`Provenance` names no period"),
    ],
)
def test_missing_parts_are_named(change: str, said: str, book: Path) -> None:
    _without(book, change)
    done = run("diff", book, book)
    assert done.exit_code == 2
    assert said in done.output


def _foreign(path: Path, kind: str) -> Path:
    if kind == "text":
        path.write_bytes(b"a bill, not a workbook")
    elif kind == "bomb":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", b"0" * 10 * 1024 * 1024)
    elif kind == "entities":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("xl/workbook.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>")
    elif kind == "empty":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("nothing.txt", b"")
    else:
        made = Workbook()
        assert made.active is not None
        made.active["A1" if kind == "other" else "XFD1048576"] = "=1+1"
        made.save(path)
    return path


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("text", "is not a readable workbook"),
        ("bomb", "which unpacks to more than 100 times its size"),
        ("entities", "declares a document type"),
        ("empty", "is not a readable workbook"),
        ("other", "is no inventory that `ghgcalc compute -o inventory.xlsx` wrote"),
        ("far", "1,048,576 rows and 16,384 columns, nearly all empty"),
    ],
)
@pytest.mark.parametrize("command", ["diff", "verify"])
def test_foreign_and_hostile_workbooks(command: str, kind: str, said: str, book: Path) -> None:
    path = _foreign(book.with_name("foreign.xlsx"), kind)
    done = run(command, path, book if command == "diff" else book.with_name("company.yaml"))
    assert done.exit_code == (2 if command == "diff" else 1)
    assert said in done.output
    assert "Traceback" not in done.output


def test_a_workbook_is_known_by_what_it_is(book: Path) -> None:
    """Whatever its name; a period or a revision of the same name would be refused as ambiguous."""
    plain = shutil.copy(book, book.with_name("inventory"))
    assert compared(plain, book)["diff"]["causes"] == []


@profile(24)
@given(st.data())
def test_broken_parts_are_refused_or_read(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Any part of the archive cut or overwritten: refused by name, or read; never a traceback."""
    folder = tmp_path_factory.mktemp("broken")
    book = folder / "a.xlsx"
    inventory = example("minimal", book)
    with zipfile.ZipFile(book) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    raw = parts[name]
    at = data.draw(st.integers(0, max(len(raw) - 1, 0)))
    parts[name] = data.draw(st.sampled_from([
        raw[:at], raw[:at] + b"\xff\x00<" + raw[at:], raw.replace(b"<v>", b"<v>9"),
        raw.replace(b't="n"', b't="s"'), raw.replace(b"Lines", b"Rows"), b"",
    ]))  # fmt: skip
    with zipfile.ZipFile(book, "w") as new:
        for part, content in parts.items():
            new.writestr(part, content)
    with suppress(SavedError):
        found = snapshot_of_workbook(book, "x")
        assert found == snapshot_of_json(render_json(inventory), "x")


def test_the_boundary_of_a_saved_side_is_its_own(tmp_path: Path) -> None:
    for name in ("a.xlsx", "a.json"):
        save(tmp_path / name, LUXSHARE, "--period", "2022", "--boundary", "sbt")
        args = ("2023", "--company", LUXSHARE, "--boundary", "operational")
        done = run("diff", tmp_path / name, *args)
        assert done.exit_code == 2
        assert "was saved with boundary `sbt`, not `operational`" in done.output
        assert f"--boundary operational -o {name}" in done.output
        assert run("diff", f"{tmp_path / name}@sbt", tmp_path / name).exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"tco2e": 2,', '"tco2e": 1e999999999,', "holds `1e999999999`, which is no number"),
        ('"tco2e": 2,', '"tco2e": Infinity,', "holds `Infinity`, which is no number"),
        ('"kg": 2000,', '"kg": "1/0",', "is not a complete inventory"),
        ('"kg": 2000,', '"kg": [],', "is not a complete inventory"),
        ('"lines": [', '"lines": ' + "[" * 100_000, "nested too deeply"),
    ],
)
def test_a_broken_json_is_refused(old: str, new: str, said: str, book: Path) -> None:
    saved = save(book.with_name("a.json"), book.with_name("company.yaml"))
    text = saved.read_text("utf-8")
    assert old in text
    saved.write_text(text.replace(old, new), "utf-8")
    done = run("diff", saved, book)
    assert "Traceback" not in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.exit_code == 2
    assert said in done.output
