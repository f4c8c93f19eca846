"""`ghgcalc diff A B -o diff.xlsx`: live totals that are ghgcalc's, ties, chart, safe texts."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from openpyxl import load_workbook

from ghgcalc.analysis.compare.difference import Difference, difference
from ghgcalc.analysis.compare.snapshot import METHODS, Snapshot
from ghgcalc.render.xlsx.comparison.workbook import write_comparison
from support.command import run
from support.snapshots import snapshots
from support.strategies import profile
from support.workbook_formulas import Workbook, near, recalculated

ROOT = Path(__file__).parents[1]
LUXSHARE = ROOT / "examples/luxshare/company.yaml"
SHEETS = ["Summary", "Waterfall", "Causes", "CDP reasons", "Like for like", "Unmatched", "Sources",
          "Lines", "Sides"]  # fmt: skip
TABLES = SHEETS[2:]
HOSTILE = """
ghgcalc: 1
organization: {name: "=HYPERLINK(\\"http://x\\")", gwp_set: AR5,
               consolidation_approach: operational_control}
factor_packs: [own.yaml]
facilities: {"1001": {country: GB}, A: {country: GB}, a: {country: GB, opened: 2024-02-01}}
activities:
  one-23: {category: process_emissions, item: etch, facility: "1001", period: 2023, quantity: 5 t}
  one-24: {category: process_emissions, item: etch, facility: "1001", period: 2024, quantity: 7 t}
  two-23: {category: process_emissions, item: "=1+1", facility: A, period: 2023, quantity: 2 t,
           emission_rate: {CO2: 1 t/t}}
  three: {category: process_emissions, item: etch, facility: a, period: 2024-03, quantity: 3 t}
"""
PACK = """
pack: own
title: Own
factors:
  etch: {category: process_emissions, item: etch, per: t, gases: {CO2: 1 t}, source: lab}
"""


def luxshare(target: Path) -> Workbook:
    args = ("2022", "2023", "--boundary", "sbt", "--company", LUXSHARE)
    done = run("diff", *args, "-o", target)
    assert done.exit_code == 0, done.output
    return Workbook.read(target)


def hostile(folder: Path) -> Workbook:
    (folder / "own.yaml").write_text(PACK, "utf-8")
    (folder / "company.yaml").write_text(HOSTILE, "utf-8")
    target = folder / "diff.xlsx"
    done = run("diff", "2023", "2024", "--company", folder / "company.yaml", "-o", target)
    assert done.exit_code == 0, done.output
    return Workbook.read(target)


def rows(book: Workbook, sheet: str, columns: str) -> dict[Any, tuple[Any, ...]]:
    """Rows of a table by their first cell, evaluated."""
    last = max(int(cell[1:]) for title, cell in book.inputs if title == sheet and cell[0] == "A")
    return {
        book.value(sheet, f"A{row}"): tuple(book.value(sheet, f"{c}{row}") for c in columns)
        for row in range(1, last + 1)
    }


def test_luxshare_as_published(tmp_path: Path) -> None:
    """−807,932 t market-based and −216,438 t location-based, recomputed from the lines alone."""
    book = luxshare(tmp_path / "diff.xlsx")
    assert not recalculated(tmp_path / "diff.xlsx")
    assert round(book.named("CHANGE_SCOPE_1_2_MARKET_BASED")) == -807_932
    assert round(book.named("CHANGE_SCOPE_1_2_LOCATION_BASED")) == -216_438
    done = run("diff", "2022", "2023", "--boundary", "sbt", "--company", LUXSHARE,
               "--format", "json")  # fmt: skip
    found = json.loads(done.stdout, parse_float=Decimal)["diff"]
    causes = rows(book, "Causes", "CD")
    for item in found["causes"]:
        located, market = causes[item["cause"]]
        assert near(located, float(item["location_based"]))
        assert near(market, float(item["market_based"]))
    assert causes["Verdict"] == ("agrees", "agrees")
    like = rows(book, "Like for like", "BC")["Like for like"]
    assert near(like[1], float(found["like_for_like"]["market_based"]))
    reasons = rows(book, "CDP reasons", "CDE")
    assert near(reasons["Change in output"][0], float(found["causes"][1]["market_based"]))
    assert reasons["Unidentified"][1] == "decreased"


def test_layout(tmp_path: Path) -> None:
    """Sheets in order, frozen headings, filters, print set-up, three charts, nothing hidden."""
    luxshare(tmp_path / "diff.xlsx")
    book = load_workbook(tmp_path / "diff.xlsx")
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_state == "visible"
        assert sheet.freeze_panes is not None
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    for name in TABLES:
        assert book[name].freeze_panes == "B2"
        assert book[name].auto_filter.ref
        assert book[name].print_title_rows == "$1:$1"
        assert all(cell.value for cell in book[name][1]), name
    with zipfile.ZipFile(tmp_path / "diff.xlsx") as parts:
        text = " ".join(parts.namelist())
        chart = parts.read("xl/charts/chart1.xml").decode()
    assert text.count("xl/charts/chart") == 3
    assert "vbaProject" not in text
    assert "externalLink" not in text
    assert '<c:grouping val="stacked"/>' in chart
    assert "<a:noFill/>" in chart  # the base


def test_the_waterfall_leads_from_before_to_after(tmp_path: Path) -> None:
    """Every level is the one before plus its change; columns stand on the lower of both."""
    book = luxshare(tmp_path / "diff.xlsx")
    found = rows(book, "Waterfall", "BCDEFG")
    assert round(found["2022"][1]) in (1_479_175, 1_849_052)
    cells = [(int(c[1:]), v) for (s, c), v in book.inputs.items() if s == "Waterfall"
             and c[0] == "A"]  # fmt: skip
    starts = [row for row, value in cells if value == "2022"]
    ends = [row for row, value in cells if value == "2023"]
    assert len(starts) == len(ends) == 2
    for start, end in zip(starts, ends, strict=True):
        level = book.value("Waterfall", f"C{start}")
        for row in range(start + 1, end):
            change, after, base, up, down = (
                book.value("Waterfall", f"{c}{row}") for c in "BCDFG"
            )  # fmt: skip
            assert near(after, level + change)
            assert near(base, min(level, after))
            assert near(up - down, change)
            assert min(up, down) == 0
            level = after
        assert near(level, book.value("Waterfall", f"C{end}"))


def test_user_text_is_never_a_formula(tmp_path: Path) -> None:
    made = hostile(tmp_path)
    assert not recalculated(tmp_path / "diff.xlsx")
    book = load_workbook(tmp_path / "diff.xlsx")
    shown = [cell for sheet in book for row in sheet.iter_rows() for cell in row
             if str(cell.value).startswith(("=1+1", "=HYPERLINK"))]  # fmt: skip
    assert len(shown) >= 4
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in shown)
    alone = rows(made, "Unmatched", "EHJ")
    assert set(alone) == {"Stands", "only before", "only after"}
    assert alone["only before"] == ("A", "ended", -2)
    assert alone["only after"] == ("a", "opened", 3)


def test_a_changed_line_moves_totals_and_breaks_the_tie(tmp_path: Path) -> None:
    """Totals follow the lines; causes are ghgcalc's, so that the verdict tells."""
    book = luxshare(tmp_path / "diff.xlsx")
    before = book.named("CHANGE_ALL_SCOPES_MARKET_BASED")
    assert rows(book, "Causes", "D")["Verdict"] == ("agrees",)
    assert (book.value("Lines", "A2"), book.value("Lines", "F2")) == (1, 1)
    book.change("Lines", "M2", book.value("Lines", "M2") + 1000)
    assert near(book.named("CHANGE_ALL_SCOPES_MARKET_BASED"), before - 1000)
    assert rows(book, "Causes", "D")["Verdict"] == ("differs",)


def test_two_runs_are_identical(tmp_path: Path) -> None:
    luxshare(tmp_path / "a.xlsx")
    luxshare(tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def _valid(side: Snapshot) -> Snapshot:
    """Both methods say the same outside Scope 2, as in every inventory."""
    lines = [
        line if line.scope == 2 else line._replace(
            parts=dict.fromkeys(METHODS, line.parts["location_based"])
        )
        for line in side.lines
    ]  # fmt: skip
    return replace(side, lines=tuple(lines))


inventories = snapshots().map(_valid)


def _shares_are_clear(found: Difference) -> bool:
    """Whether doubles can say the shares: what is left of far larger tonnes is noise to them."""
    largest = max(
        (abs(gas.kg * gas.gwp) / 1000 for side in (found.before, found.after)
         for line in side.lines for parts in line.parts.values() for part in parts
         for gas in part.gases), default=0,
    )  # fmt: skip
    bases = [base for method in METHODS for base in (
        found.restated(method), found.total("all_scopes", method).before,
        found.total("scope_1_2", method).before,
    ) if base]  # fmt: skip
    return all(abs(base) * 10**6 > largest for base in bases)


@profile(25)
@given(before=inventories, after=inventories)
def test_any_comparison_recalculates(
    tmp_path_factory: pytest.TempPathFactory, before: Snapshot, after: Snapshot
) -> None:
    """Arbitrary inventories, empty ones too: every formula gives ghgcalc's value, causes tie."""
    target = tmp_path_factory.mktemp("any") / "diff.xlsx"
    found = difference(before, after)
    assume(_shares_are_clear(found))
    write_comparison(found, target)
    assert not recalculated(target)
    book = Workbook.read(target)
    for method in METHODS:
        change = sum(found.causes(method).values())
        assert near(book.named(f"CHANGE_ALL_SCOPES_{method.upper()}"), float(change))
    # the column of Scope 3 has no change to agree with where a side does not evaluate it
    scope_3 = ["–" if found.not_evaluated else "agrees"]
    assert list(rows(book, "Causes", "H")["Verdict"]) == scope_3
    assert set(rows(book, "Causes", "CDEFGIJ")["Verdict"]) == {"agrees"}


def test_what_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    args = ("2022", "2023", "--company", LUXSHARE)
    done = run("diff", *args, "--format", "xlsx")
    assert done.exit_code == 2
    assert "a workbook is written to a file" in done.output
    saved = tmp_path / "2022.xlsx"
    run("compute", LUXSHARE, "--period", "2022", "-o", saved)
    raw = saved.read_bytes()
    done = run("diff", saved, "2023", "--company", LUXSHARE, "-o", saved)
    assert done.exit_code == 2
    assert "is one of the inputs" in done.output
    assert saved.read_bytes() == raw
    from ghgcalc.render.xlsx import book

    monkeypatch.setattr(book, "MAX_ROWS", 3)
    done = run("diff", *args, "-o", tmp_path / "diff.xlsx")
    assert done.exit_code == 2
    assert "are more than the 3 of an Excel sheet; write `-o diff.csv`" in done.output
    assert not (tmp_path / "diff.xlsx").exists()
