"""Estimates are shown everywhere, by category and facility, and change no figure.

The factor of every line is 0.20705 kg CO2e/kWh (DESNZ 2024, UK electricity), so that 1,000 kWh are
0.20705 t; shares are worked out by hand beside each test.
"""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from ghgcalc.activity_data.tables.marks import meaning
from ghgcalc.activity_data.tables.polars_engine import quick
from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.company.table import Table
from ghgcalc.pipeline.rows import write_lines
from ghgcalc.pipeline.run import Run, compute
from ghgcalc.render.csv import render_csv
from ghgcalc.render.json.inventory import render_json
from ghgcalc.render.markdown import render_markdown
from ghgcalc.render.terminal import render_report, render_terminal
from ghgcalc.views.energy_report import energy_report
from ghgcalc.views.estimates import SHOWN, estimates_of
from ghgcalc.views.explain import explain_line
from ghgcalc.views.report import report_of

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.inventory.inventory import Inventory

HEAD = """ghgcalc: 1
organization: {name: Example Ltd, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
scope_3: {fuel_and_energy_related: {derive: off, reason: not the point of this test}}
facilities:
  leeds: {country: GB}
  york: {country: GB}
"""
TABLE = """tables:
  bills:
    files: bills.csv
    columns: {facility: site, item: item, quantity: qty, unit: unit, from: from, to: to, estimated: est}
    items: {power: {category: purchased_electricity}}
"""  # noqa: E501
ROWS = "site,item,qty,unit,from,to,est\n"
KG = Fraction("0.20705")


def run(folder: Path, body: str, rows: str = "") -> Run:
    (folder / "company.yaml").write_text(HEAD + body, "utf-8")
    if rows:
        (folder / "bills.csv").write_text(ROWS + rows, "utf-8")
    return compute(folder / "company.yaml")


def inventory_of(folder: Path, body: str, rows: str = "") -> Inventory:
    done = run(folder, body, rows)
    assert done.inventory is not None, [item.message for item in done.diagnostics]
    return done.inventory


def months(site: str, *cells: str, qty: int = 1000) -> str:
    """A row a month of 2024, each with its mark."""
    return "".join(
        f"{site},power,{qty},kWh,2024-{month:02}-01,2024-{month:02}-28,{cell}\n"
        for month, cell in enumerate(cells, 1)
    )


def table(**more: Any) -> Table:
    columns = {"facility": "f", "item": "i", "quantity": "q", "unit": "u", "period": "p",
               "estimated": "e"}  # fmt: skip
    items = {"power": {"category": "purchased_electricity"}}
    return Table.model_validate({"files": "a.csv", "columns": columns, "items": items, **more})


class TestWords:
    @pytest.mark.parametrize(
        "text", ["", " ", "no", "No", "NO", "false", "FALSE", "0", "n", "N", "否", " no "]
    )
    def test_no(self, text: str) -> None:
        assert meaning(table(), text) is False
        assert meaning(table(estimated_words=["ja"]), text) is False

    @pytest.mark.parametrize("text", ["yes", "A", "x", "Real", "Geschat", "1", "是", "none"])
    def test_any_other_text_is_yes(self, text: str) -> None:
        assert meaning(table(), text) is True
        assert meaning(table(estimated_words=["ja"]), text) is None

    def test_stated_words_in_any_case(self) -> None:
        stated = table(estimated_words=["Geschat"], names={"estimated": {"Real": "no", "E": "yes"}})
        cells = ["geschat", "GESCHAT ", "Real", "E", "real"]
        assert [meaning(stated, cell) for cell in cells] == [True, True, False, True, None]

    def test_a_word_left_open_is_refused_at_its_row_and_the_hint_mends_it(
        self, tmp_path: Path
    ) -> None:
        rows = months("leeds", "Estimada", "Real", "")
        words = TABLE + "    estimated_words: [Estimada]\n"
        done = run(tmp_path, words, rows)
        (found,) = done.diagnostics
        assert (found.code, str(found.location)) == ("unknown-value", "bills.csv:3:44")
        assert done.inventory is None
        assert "`estimated: {Real: no}`" in str(found.hint)
        mended = inventory_of(tmp_path, words + "    names: {estimated: {Real: no}}\n", rows)
        assert estimates_of(mended).total.share(LOCATION) == Fraction(1, 3)  # type: ignore[union-attr]

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("    estimated_words: [No]\n", "conflicting-keys"),
            ("    names: {estimated: {Real: maybe}}\n", "unknown-value"),
        ],
    )
    def test_words_that_contradict(self, tmp_path: Path, text: str, code: str) -> None:
        done = run(tmp_path, TABLE + text, months("leeds", ""))
        assert [item.code for item in done.diagnostics] == [code]

    def test_words_without_a_column(self, tmp_path: Path) -> None:
        plain = TABLE.replace(", estimated: est", "") + "    estimated_words: [x]\n"
        done = run(tmp_path, plain, months("leeds", ""))
        assert [item.code for item in done.diagnostics] == ["missing-key"]

    def test_a_note_counts_them(self, tmp_path: Path) -> None:
        found = inventory_of(tmp_path, TABLE, months("leeds", "No", "Yes", "A", "0", "", "Yes"))
        assert found.notes[-1] == (
            "column `est` of table `bills` marks as estimated: `Yes` 2 rows, `A` 1 row;"
            " not estimated: empty 1 row, `0` 1 row, `No` 1 row"
        )


class TestShares:
    def test_marked_rows(self, tmp_path: Path) -> None:
        """2,000 of 5,000 kWh at Leeds and none at York: 0.4141 of 1.03525 + 0.6212 t."""
        rows = months("leeds", "No", "Yes", "A", "0", "") + months("york", "", "", "n")
        found = estimates_of(inventory_of(tmp_path, TABLE, rows))
        assert found is not None
        assert found.total.part == {LOCATION: 2 * KG, MARKET: 2 * KG}
        assert found.total.share(MARKET) == Fraction(2, 8)
        (category,) = found.by_category
        assert (category.scope, category.category) == (2, "purchased_electricity")
        assert category.quantity == (2000, 8000, "kWh")
        (site,) = found.by_facility
        assert (site.facility, site.share(LOCATION)) == ("leeds", Fraction(2, 5))

    def test_certificates_move_the_market_based_share(self, tmp_path: Path) -> None:
        """The estimated MWh are covered at 0 kg: 25 % location-based, 0 of 0.62115 t else."""
        body = """activities:
  a: {facility: leeds, category: purchased_electricity, quantity: 1 MWh, period: 2024,
      estimated: {method: floor area, reason: no meter}}
  b: {facility: york, category: purchased_electricity, quantity: 3_000 kWh, period: 2024}
instruments:
  rego:
    {type: REGO, market: GB, facilities: [leeds], volume: 1 MWh, emission_rate: {CO2: 0 kg/MWh},
     generated: 2024, retired: {date: 2024-12-20, beneficiary: Example Ltd},
     criteria_met: {1: a.pdf, 2: a.pdf, 3: a.pdf, 4: a.pdf, 5: a.pdf}}
"""
        found = estimates_of(inventory_of(tmp_path, body))
        assert found is not None
        assert (found.total.share(LOCATION), found.total.share(MARKET)) == (Fraction(1, 4), 0)
        assert found.by_category[0].quantity == (1000, 4000, "kWh")

    def test_a_bill_over_two_months_marks_both(self, tmp_path: Path) -> None:
        """310 kWh over 31 days: 160 in January; in February 150 beside 150 that were read."""
        rows = (
            "leeds,power,310,kWh,2024-01-16,2024-02-15,x\n"
            "leeds,power,150,kWh,2024-02-16,2024-02-29,\n"
        )
        lines = inventory_of(tmp_path, TABLE, rows).lines
        shares = {line.id: line.estimate and line.estimate.share for line in lines}
        assert shares == {"bills/leeds/power/2024-01": 1,
                          "bills/leeds/power/2024-02": Fraction(1, 2)}  # fmt: skip

    def test_a_correction_leaves_no_more_than_there_is(self, tmp_path: Path) -> None:
        """1,000 kWh estimated, 400 taken back by a row without a mark: all 600 are estimated."""
        rows = (
            "leeds,power,1000,kWh,2024-01-01,2024-01-31,x\n"
            "leeds,power,-400,kWh,2024-01-01,2024-01-31,\n"
        )
        body = TABLE + "    corrections: {negative: true}\n"
        (line,) = inventory_of(tmp_path, body, rows).lines
        assert (line.quantity, line.estimate and line.estimate.share) == (600, 1)

    def test_sums_of_a_year_and_their_lines_agree(self, tmp_path: Path) -> None:
        rows = months("leeds", *"x.y.z".replace(".", "0")) + months("york", "", "1", qty=7)
        found = inventory_of(tmp_path, TABLE, rows)
        assert any(whole.split is not None for whole in found.wholes)
        known = estimates_of(found)
        assert known is not None
        by_line = [line.co2e(MARKET) * line.estimate.share for line in found.lines if line.estimate]
        assert len(by_line) == 4
        assert known.total.part[MARKET] == sum(by_line) == KG * Fraction(3007, 1000)

    def test_an_item_is_estimated_whole_and_storage_too(self, tmp_path: Path) -> None:
        item = "{category: purchased_electricity, estimated: {method: m, reason: r}}"
        body = TABLE.replace("{category: purchased_electricity}", item)
        (line,) = inventory_of(tmp_path, body, months("leeds", "No")).lines
        assert line.estimate == (1, "m", "r", "")
        stored = TABLE.replace(
            "items: {power: {category: purchased_electricity}}",
            "items: {in: {category: purchased_electricity, storage: charged},"
            " out: {category: purchased_electricity, storage: discharged}}",
        )
        rows = ("leeds,in,100,kWh,2024-01-01,2024-01-31,\n"
                "leeds,out,80,kWh,2024-01-01,2024-01-31,x\n")  # fmt: skip
        (line,) = inventory_of(tmp_path, stored, rows).lines
        assert (line.quantity, line.estimate) == (20, (1, "", "", "est"))

    def test_activities_of_one_estimate_are_one_sum(self, tmp_path: Path) -> None:
        body = "activities:\n" + "".join(
            f"  m{month}: {{facility: leeds, category: purchased_electricity, quantity: 100 kWh,"
            f" period: 2024-0{month}{mark}}}\n"
            for month, mark in enumerate(
                ["", "", *[", estimated: {method: m, reason: r}"] * 2, ""], 1
            )
        )
        found = inventory_of(tmp_path, body)
        assert [len(whole.others) for whole in found.wholes] == [2, 1]
        assert [line.id for line in found.lines if line.estimate] == ["m3", "m4"]
        assert estimates_of(found).total.share(LOCATION) == Fraction(2, 5)  # type: ignore[union-attr]

    def test_no_figure_moves(self, tmp_path: Path) -> None:
        rows = months("leeds", "x", "", "y")
        marked = inventory_of(tmp_path, TABLE, rows)
        plain = inventory_of(tmp_path, TABLE.replace(", estimated: est", ""), rows)
        assert marked.totals == plain.totals
        assert [(a.id, a.quantity, a.rows) for a in marked.lines] == [
            (b.id, b.quantity, b.rows) for b in plain.lines
        ]
        assert estimates_of(plain) is None

    def test_one_pass_of_the_engine_gives_the_same(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows = months("leeds", "x", "No", "y") + months("york", " ", "x", "0", qty=3)
        careful = run(tmp_path, TABLE, rows)
        monkeypatch.setattr(quick, "SMALLEST", 0)
        taken = []
        whole = quick._grouped
        monkeypatch.setattr(
            quick, "_grouped", lambda *a, **k: taken.append(whole(*a, **k)) or taken[-1]
        )
        again = run(tmp_path, TABLE, rows)
        assert taken[0] is not None
        assert careful.project is not None
        assert again.project is not None
        assert careful.project.tables["bills"].sums == again.project.tables["bills"].sums
        assert careful.project.tables["bills"].marks == again.project.tables["bills"].marks == {
            ("", False): 1, ("0", False): 1, ("No", False): 1, ("x", True): 2, ("y", True): 1,
        }  # fmt: skip


BOTH = (
    TABLE
    + """activities:
  m: {facility: york, category: purchased_electricity, quantity: 1_000 kWh, period: 2024,
      estimated: {method: floor area, reason: bill missing}}
"""
)


class TestOutputs:
    """Leeds: 3,000 of 4,000 kWh; York: 1,000 of 1,000; all: 4,000 of 5,000 kWh, 0.8282 t."""

    @pytest.fixture
    def done(self, tmp_path: Path) -> Run:
        done = run(tmp_path, BOTH, months("leeds", "No", "Yes", "Yes", "Yes"))
        assert done.inventory is not None
        return done

    @pytest.fixture
    def found(self, done: Run) -> Inventory:
        assert done.inventory is not None
        return done.inventory

    def test_terminal(self, found: Inventory) -> None:
        block = render_terminal(found).partition("\nEstimated")[2].partition("\n\n")[0]
        rows = [line.split() for line in block.splitlines()[2:]]
        assert rows == [
            ["All", "scopes", "0.828", "80.0", "0.828", "80.0"],
            ["Purchased", "electricity", "0.828", "80.0", "0.828", "80.0", "80.0"],
            ["By", "facility"],
            ["leeds", "0.621", "75.0", "0.621", "75.0"],
            ["york", "0.207", "100.0", "0.207", "100.0"],
            ["marked", "in", "column", "est", "(0.621", "tCO2e", "market-based)"],
            ["floor", "area:", "bill", "missing", "(0.207", "tCO2e", "market-based)"],
        ]

    def test_markdown(self, found: Inventory) -> None:
        assert "| &emsp;leeds | 0.621 | 75.0 | 0.621 | 75.0 |  |" in render_markdown(found)

    def test_files_list_every_facility(self, tmp_path: Path) -> None:
        names = [f"s{number:02}" for number in range(SHOWN + 3)]
        sites = "".join(f"  {name}: {{country: GB}}\n" for name in names)
        rows = "".join(months(name, "x") for name in names)
        found = inventory_of(tmp_path, sites + TABLE, rows)
        assert "3 others" in render_report(report_of(found))
        assert "s10" not in render_report(report_of(found)).partition("\nEstimated")[2]
        assert "s10" in render_report(report_of(found, whole=True)).partition("\nEstimated")[2]

    def test_json(self, found: Inventory) -> None:
        data = json.loads(render_json(found))
        block = data["estimated"]
        both = {"tco2e": 0.8282, "share": 0.8}
        assert block["all_scopes"] == {LOCATION: both, MARKET: both}
        assert block["by_category"][0]["quantity"] == {"value": 4000, "unit": "kWh", "share": 0.8}
        assert [(r["facility"], r[MARKET]["share"]) for r in block["by_facility"]] == [
            ("leeds", 0.75), ("york", 1),
        ]  # fmt: skip
        assert [r["method"] for r in block["methods"]] == [None, "floor area"]
        assert block["words"][0]["not_estimated"] == {"No": 1}
        lines = {line["id"]: line["estimated"] for line in data["lines"]}
        assert lines["bills/leeds/power/2024-01"] is None
        assert lines["m"] == {"share": 1, "quantity": 1000, "method": "floor area",
                              "reason": "bill missing", "column": None}  # fmt: skip
        assert data["energy"]["estimated"] == [
            {"carrier": "electricity", "facility": "leeds", "mwh": 3},
            {"carrier": "electricity", "facility": "york", "mwh": 1},
        ]

    def test_csv(self, found: Inventory) -> None:
        names = ("estimated_share", "estimate_method", "estimate_reason")
        rows = csv.DictReader(render_csv(found).splitlines())
        assert [tuple(row[name] for name in names) for row in rows] == [
            ("1", "floor area", "bill missing"), ("0", "", ""),
            *[("1", "marked in column est", "")] * 3,
        ]  # fmt: skip

    def test_explain(self, found: Inventory) -> None:
        facts = {
            line.id: dict(explain_line(found, line, (LOCATION,), {}).facts).get("estimated")
            for line in found.lines
        }
        assert facts["m"] == "floor area: bill missing"
        assert facts["bills/leeds/power/2024-01"] is None
        assert facts["bills/leeds/power/2024-02"] == "rows marked in est"

    def test_a_part_of_a_line_is_explained(self, tmp_path: Path) -> None:
        rows = months("leeds", "x", qty=3) + months("leeds", "", qty=9)
        found = inventory_of(tmp_path, TABLE, rows)
        facts = dict(explain_line(found, found.lines[0], (LOCATION,), {}).facts)
        assert facts["estimated"] == "3 of 12 kWh (25 %), rows marked in est"

    def test_energy(self, found: Inventory) -> None:
        text = render_report(energy_report(found))
        assert "Estimated             electricity: 4.000 of 5.000 MWh (80.0 %)" in text

    def test_ledger(self, done: Run, found: Inventory, tmp_path: Path) -> None:
        assert done.project is not None
        write_lines(done.project, found, tmp_path / "out.csv")
        rows = [row.split(",") for row in (tmp_path / "out.csv").read_text("utf-8").splitlines()]
        assert [[row[2], *row[-3:]] for row in rows[1:]] == [
            ["14", "true", "floor area", "bill missing"] if row[0] == "m"
            else [row[2], "false" if row[2] == "2" else "true", '""', '""']
            for row in rows[1:]
        ]  # fmt: skip
        assert len(rows) == 6

    def test_workbook(self, done: Run, found: Inventory, tmp_path: Path) -> None:
        from openpyxl import load_workbook

        from ghgcalc.render.xlsx.workbook import write_workbook

        assert done.project is not None
        write_workbook(found, done.project.catalog, tmp_path / "b.xlsx", {})
        book = load_workbook(tmp_path / "b.xlsx", data_only=True)
        summary = {row[0]: row[1:3] for row in book["Summary"].iter_rows(values_only=True)}
        assert summary["Estimated, all scopes"] == pytest.approx((0.8282, 0.8282))
        assert summary["Share estimated"] == pytest.approx((0.8, 0.8))
        for sheet, wanted in (("By facility", [("leeds", 0.75), ("york", 1), ("Total", 0.8)]),
                              ("By category", [("Purchased electricity", 0.8)])):  # fmt: skip
            head, *rows = book[sheet].iter_rows(values_only=True)
            column = head.index("Share")
            assert [(row[0], round(row[column], 9)) for row in rows] == wanted
        head, *rows = book["Lines"].iter_rows(values_only=True)
        said = {row[0]: row[head.index("How and why estimated")] for row in rows}
        assert said["m"] == "floor area: bill missing"
        assert said["bills/leeds/power/2024-01"] is None
