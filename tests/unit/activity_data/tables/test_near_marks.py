"""Words of corrections that differ from a stated one in case or blanks are asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Location
from ghgcalc.core.period import ReportingYear

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.activity_data.tables.sums import TableSums
    from ghgcalc.core.diagnostics import Outcome

ROWS = "p,q,t\n2024-01,1000,INV\n2024-02,1000,INV\n2024-02,900,{}\n"


def run(folder: Path, word: str, *marks: str) -> Outcome[TableSums]:
    (folder / "t.csv").write_text(ROWS.format(word), "utf-8")
    table = Table.model_validate({
        "files": "t.csv", "columns": {"quantity": "q", "period": "p"},
        "constants": {"facility": "ks", "item": "el", "unit": "kWh"},
        "items": {"el": {"category": "purchased_electricity"}},
        "corrections": {"column": "t", "equals": list(marks), "sign": "reversed"},
    })  # fmt: skip
    return collapse(
        "t", table, folder, cuts=[], facilities={"ks"}, year=ReportingYear(),
        locate=lambda _: Location("company.yaml", 1, 1),
    )  # fmt: skip


def test_a_word_in_another_case_is_asked_about(tmp_path: Path) -> None:
    """Added it gives 2900, taken away 1100."""
    for word, mark in (
        ("Crn", "CRN"),
        ("CREDIT  NOTE", "Credit note"),
        ("Creditnote", "Credit note"),
    ):
        (found,) = run(tmp_path, word, mark).diagnostics
        assert (found.code, found.location and found.location.line) == ("unknown-value", 4)


def test_the_hint_and_other_words(tmp_path: Path) -> None:
    stated = run(tmp_path, "Crn", "CRN", "Crn")
    assert not stated.diagnostics
    assert sum(each.quantity for each in stated.value.sums) == 1100
    other = run(tmp_path, "EST", "CRN")
    assert not other.diagnostics
    assert sum(each.quantity for each in other.value.sums) == 2900
