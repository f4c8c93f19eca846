"""Full-width signs are taken as stated or refused by name, never left out without a word."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.activity_data.tables.sums import TableSums
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Location, Outcome
from ghgcalc.core.period import ReportingYear
from ghgcalc.core.text.scripts import narrow

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = {"period": "month", "quantity": "q"}
ROWS = "month,q,mark\n2024-01,5,ｋｓ\n2024-01,6,ks\n2024-01,7,bn\n"


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


def run(folder: Path, text: str = "", **rules: Any) -> Outcome[TableSums]:
    if text:
        (folder / "t.csv").write_text(text, "utf-8")
    given = {"facility": "ks", "item": "el", "unit": "kWh"}
    stated = {
        "files": "t.*", "columns": COLUMNS,
        "items": {"el": {"category": "purchased_electricity"}}, **rules,
    }  # fmt: skip
    stated["constants"] = {k: v for k, v in given.items() if k not in stated["columns"]}
    return collapse(
        "t", Table.model_validate(stated), folder, cuts=(), facilities={"ks"}, year=ReportingYear(),
        locate=lambda path: Location("company.yaml", len(path), 1),
    )  # fmt: skip


def total(outcome: Outcome[TableSums]) -> int:
    assert not [each for each in outcome.diagnostics if each.severity.value == "error"]
    return int(sum(each.quantity for each in outcome.value.sums))


def errors(outcome: Outcome[TableSums]) -> list[tuple[str, int]]:
    return [
        (each.code, each.location.line if each.location else 0)
        for each in outcome.diagnostics
        if each.severity.value == "error"
    ]


@pytest.mark.parametrize(
    ("rule", "sums"),
    [
        # what is stated, and the sums with the cell stated as taken and as left out
        ({"equals": ["ks"]}, (11, 6)),
        ({"matches": ["k*"]}, (11, 6)),
        ({"not_equals": ["ks"]}, (None, 7)),
        ({"not_matches": ["ks"]}, (None, 7)),
    ],
)
def test_a_filter_judges_no_cell_by_its_width(
    tmp_path: Path, rule: dict[str, list[str]], sums: tuple[int | None, int]
) -> None:
    outcome = run(tmp_path, ROWS, filter={"mark": rule})
    assert errors(outcome) == [("unknown-value", 2)]
    assert "`ｋｓ` is `ks` in full-width signs" in outcome.diagnostics[0].message
    taken, left = sums
    if taken is not None:
        stated = {**rule, "equals": [*rule.get("equals", ()), "ｋｓ"]}
        stated |= {"equals": ["ks", "ｋｓ"]} if "matches" in rule else {}
        stated.pop("matches", None)
        assert total(run(tmp_path, ROWS, filter={"mark": stated})) == taken
    stated = {**rule, "not_equals": [*rule.get("not_equals", ()), "ｋｓ"]}
    assert total(run(tmp_path, ROWS, filter={"mark": stated})) == left


def test_cells_that_are_judged_alike_are_no_matter(tmp_path: Path) -> None:
    text = "month,q,mark\n2024-01,5,厂区（一）\n2024-01,6,厂区（二）\n"
    assert total(run(tmp_path, text, filter={"mark": {"equals": "厂区（一）"}})) == 5
    assert total(run(tmp_path, text, filter={"mark": {"not_matches": "合计*"}})) == 11


def test_sheets_and_encodings(tmp_path: Path) -> None:
    rule = {"filter": {"mark": {"equals": "ks"}}}
    (tmp_path / "t.csv").write_bytes(ROWS.encode("gb18030"))
    assert errors(run(tmp_path, read={"encoding": "gb18030"}, **rule)) == [("unknown-value", 2)]
    (tmp_path / "t.csv").unlink()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in ROWS.splitlines():
        sheet.append(line.split(","))
    book.save(tmp_path / "t.xlsx")
    assert errors(run(tmp_path, **rule)) == [("unknown-value", 2)]


def test_a_mark_of_corrections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # 5 was taken away, or added as it stands: by the width of three letters
    text = "month,q,mark\n2024-01,9,x\n2024-01,5,ＣＲＮ\n"
    rule: dict[str, Any] = {"column": "mark", "equals": ["CRN"], "sign": "reversed"}
    for smallest in (4 << 20, 1):
        monkeypatch.setattr("ghgcalc.activity_data.tables.polars_engine.quick.SMALLEST", smallest)
        outcome = run(tmp_path, text, corrections=rule)
        assert errors(outcome) == [("unknown-value", 3)]
        stated = {**rule, "equals": ["CRN", "ＣＲＮ"]}
        assert total(run(tmp_path, text, corrections=stated)) == 4


def test_headings(tmp_path: Path) -> None:
    text = "month,１月 kWh,２月 ｋＷｈ\n2024-01,5,7\n"
    rules: dict[str, Any] = {"columns": {"period": "month"}}
    key = {"supplier": "s"}
    outcome = run(tmp_path, text, unpivot={"* kWh": key}, **rules)
    assert errors(outcome) == [("unknown-column", 1)]
    assert "`２月 ｋＷｈ`" in outcome.diagnostics[0].message
    both = {"* kWh": key, "２月 ｋＷｈ": key}
    assert total(run(tmp_path, text, unpivot=both, **rules)) == 12
    outcome = run(tmp_path, "ｍonth,q\n2024-01,5\n")
    assert outcome.diagnostics[0].hint == "did you mean `ｍonth`?"


def test_days_and_names(tmp_path: Path) -> None:
    outcome = run(tmp_path, "month,q\n２０２４-０１,5\n")
    assert "is not a period: it has full-width digits" in outcome.diagnostics[0].message
    outcome = run(tmp_path, ROWS.replace("bn", "ks"), columns={**COLUMNS, "facility": "mark"})
    assert errors(outcome) == [("unknown-facility", 2)]
    assert "did you mean `ks`?" in (outcome.diagnostics[0].hint or "")


def test_narrow() -> None:
    assert narrow("１２　ｋＷｈ～") == "12 kWh~"
    assert narrow("ﬁ½㎏") == "ﬁ½㎏"  # other signs are not bent
