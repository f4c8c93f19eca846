"""What reports show: no false zero, whole lists in files, years of lines, ids, breakdowns."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from ghgcalc.analysis.compare.saved import snapshot_of_record
from ghgcalc.analysis.compare.saved_changes import Change
from ghgcalc.pipeline.run import compute
from ghgcalc.render.json.inventory import render_json
from ghgcalc.render.markdown import escaped, render_markdown
from ghgcalc.render.terminal import render_terminal
from ghgcalc.render.verification import Verification, render_text
from ghgcalc.views.facts import DETAILS_SHOWN
from support.command import run

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.inventory.inventory import Inventory

HEAD = """ghgcalc: 1
organization: {name: Example Ltd, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
scope_3: {fuel_and_energy_related: {derive: off, reason: not the point of this test}}
facilities:
  leeds: {country: GB}
"""
BIG = "  big: {facility: leeds, category: fugitive_emissions, gas_masses: {CO2: 60_000 t}, period: 2024}\n"  # noqa: E501
# 1,200 kWh × 0.20705 kg/kWh = 0.248 t, beside 60,000 t shown without decimals
SMALL = "  meter: {facility: leeds, category: purchased_electricity, quantity: 1_200 kWh, period: 2024}\n"  # noqa: E501
EXAMPLE = "examples/minimal/company.yaml"


def inventory_of(folder: Path, body: str, head: str = HEAD, period: str | None = None) -> Inventory:
    (folder / "company.yaml").write_text(head + body, "utf-8")
    done = compute(folder / "company.yaml", period=period)
    assert done.inventory is not None, [item.message for item in done.diagnostics]
    return done.inventory


class TestNoFalseZero:
    @pytest.fixture
    def found(self, tmp_path: Path) -> Inventory:
        return inventory_of(tmp_path, "activities:\n" + BIG + SMALL)

    def test_terminal_and_markdown(self, found: Inventory) -> None:
        rows = [line.split() for line in render_terminal(found).splitlines()]
        assert ["Scope", "2", "<1", "<1"] in rows
        assert ["Purchased", "electricity", "<1", "<1"] in rows
        assert ["Scope", "1", "60,000", "60,000"] in rows
        assert "| Scope 2 | \\<1 | \\<1 |" in render_markdown(found)

    def test_a_share(self, found: Inventory) -> None:
        """0.248 of 60,000 t are 0.0004 %."""
        (row,) = (line for line in render_terminal(found).splitlines() if "uncovered" in line)
        assert row.split()[-3:-1] == ["<1", "<0.1"]

    def test_what_is_nothing_stays_zero(self, tmp_path: Path) -> None:
        text = render_terminal(inventory_of(tmp_path, "activities:\n" + BIG))
        assert ["Scope", "2", "0", "0", "no", "activity", "data"] in [
            line.split() for line in text.splitlines()
        ]

    def test_notes(self, tmp_path: Path) -> None:
        """300 kWh are no 0 MWh."""
        body = "activities:\n" + SMALL.replace("1_200", "300")
        notes = inventory_of(tmp_path, body).notes
        assert any("grid average used for <1 MWh" in note for note in notes)

    def test_summary_of_the_workbook(self, found: Inventory, tmp_path: Path) -> None:
        from openpyxl import load_workbook

        from ghgcalc.render.xlsx.workbook import write_workbook

        project = compute(tmp_path / "company.yaml").project
        assert project is not None
        write_workbook(found, project.catalog, tmp_path / "b.xlsx", {})
        sheet = load_workbook(tmp_path / "b.xlsx")["Summary"]
        formats = {row[0].value: row[1].number_format for row in sheet.iter_rows(min_row=5)}
        assert (formats["Scope 1"], formats["Scope 2"]) == ("#,##0", "#,##0.000")


class TestNotes:
    def test_the_year_is_that_of_the_lines(self, tmp_path: Path) -> None:
        """40 MWh on 184 days of 2023, 20 MWh on the first half of 2024; nothing else is asked."""
        body = "activities:\n" + "".join(
            f"  {name}: {{facility: leeds, category: purchased_electricity, quantity: {mwh} MWh,"
            f" period: {days}}}\n"
            for name, mwh, days in [
                ("a", 40, "2023-07-01/2023-12-31"), ("b", 20, "2024-01-01/2024-06-30"),
                ("c", 7, "2024-07-01/2024-12-31"),
            ]
        )  # fmt: skip
        found = inventory_of(tmp_path, body, period="2023-07-01/2024-06-30")
        assert [note.partition(":")[0] for note in found.notes if "residual" in note] == [
            "no residual mix for GB, 2023", "no residual mix for GB, 2024",
        ]  # fmt: skip
        said = [note.partition("used for ")[2].partition(";")[0] for note in found.notes]
        assert said[:2] == ["40 MWh", "20 MWh"]

    def test_files_list_all_that_is_accepted(self, tmp_path: Path) -> None:
        fuels = ["natural_gas", "diesel", "petrol", "lpg", "coal_industrial"]
        units = ["kWh gross", "L", "L", "L", "t"]
        accept = ("accept:\n  - {gap: foreign_region, for: {region: IE},"
                  " reason: no Irish fuels are bundled}\n")  # fmt: skip
        body = (
            accept
            + "activities:\n"
            + "".join(
                f"  {fuel}: {{facility: leeds, category: stationary_combustion, fuel: {fuel},"
                f" quantity: 10 {unit}, period: 2024}}\n"
                for fuel, unit in zip(fuels[: DETAILS_SHOWN + 1], units, strict=False)
            )
        )
        found = inventory_of(tmp_path, body, HEAD.replace("GB", "IE"))
        assert len(found.accepted[0].details) == DETAILS_SHOWN + 1
        assert "and 1 more" in render_terminal(found)
        for text in (render_terminal(found, whole=True), render_markdown(found)):
            assert "and 1 more" not in text
            assert all(detail.partition(":")[0] in text for detail in found.accepted[0].details)


class TestIds:
    @pytest.mark.parametrize("text", ["uba-2025/de.grid_average.2024", "a__b", "no_2"])
    def test_underscores_inside_a_word_stay(self, text: str) -> None:
        assert escaped(text) == text

    @pytest.mark.parametrize(
        ("text", "wanted"), [("_x_", r"\_x\_"), ("a_ b", r"a\_ b"), ("a*b", r"a\*b")]
    )
    def test_what_would_be_a_mark_is_escaped(self, text: str, wanted: str) -> None:
        assert escaped(text) == wanted

    def test_exclusions(self, tmp_path: Path) -> None:
        body = ("activities:\n" + SMALL + "exclusions:\n"
                "  - {facility: leeds, justification: below the threshold}\n")  # fmt: skip
        head = HEAD.replace("leeds", "leeds_north")
        found = inventory_of(tmp_path, body.replace("leeds", "leeds_north"), head)
        assert "leeds_north: below the threshold" in render_terminal(found)

    def test_a_grid_factor_names_its_kind(self, tmp_path: Path) -> None:
        own = """pack: own
edition: "2024"
version: "1"
publisher: Example Ltd
title: Values of our own
factors:
  grid: {category: purchased_electricity, per: kWh, gases: {CO2: 0.2 kg, CH4: 0 kg, N2O: 0 kg},
         region: GB, year: 2024}
"""
        (tmp_path / "own.yaml").write_text(own, "utf-8")
        head = HEAD.replace("[desnz]", "[./own.yaml]")
        data = json.loads(render_json(inventory_of(tmp_path, "activities:\n" + SMALL, head)))
        assert [row["kind"] for row in data["factors"]] == ["grid_average"]


class TestCommands:
    @pytest.mark.parametrize("by", ["scope", "category", "facility", "gas", "country", "month"])
    def test_csv_is_the_breakdown(self, by: str) -> None:
        done = run("compute", EXAMPLE, "--format", "csv", "--by", by)
        assert done.exit_code == 0
        rows = list(csv.DictReader(done.stdout.splitlines()))
        whole = json.loads(run("compute", EXAMPLE, "--format", "json").stdout)[f"by_{by}"]
        assert len(rows) == len(whole)
        first = "gas" if by == "gas" else by
        wanted = [record[first] for record in whole]  # a total without gases has none: empty in CSV
        assert [row[first] for row in rows] == ["" if x is None else str(x) for x in wanted]
        scope_1 = [row for row in rows if row.get("scope_1")]
        if by in ("facility", "country", "month"):  # 120,000 kWh × 0.1829 kg = 21.948 t
            assert round(sum(float(row["scope_1"]) for row in scope_1), 6) == 21.948

    @pytest.mark.parametrize("style", ["json", "xlsx"])
    def test_what_holds_all_refuses_one(self, style: str, tmp_path: Path) -> None:
        done = run("compute", EXAMPLE, "--by", "gas", "-o", str(tmp_path / f"x.{style}"))
        assert done.exit_code == 2
        assert f"--by gas is not for {style}" in done.stderr
        assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize("style", ["json", "csv"])
    def test_diff_too(self, style: str) -> None:
        done = run("diff", "2023", "2024", "--by", "gas", "--format", style)
        assert done.exit_code == 2
        assert f"--by gas is not for {style}" in done.stderr

    @pytest.mark.parametrize(
        "words",
        [("compute", EXAMPLE, "--format", "html"), ("diff", "1", "2", "--by", "x"),
         ("factors", "search", "x", "--format", "y")],
    )  # fmt: skip
    def test_no_words_of_the_library(self, words: tuple[str, ...]) -> None:
        done = run(*words)
        assert done.exit_code == 2
        assert "is not one of" in done.stderr
        assert "Value error" not in done.stderr


@pytest.mark.parametrize(
    ("text", "code"), [("5_000 t", "unit-mismatch"), ("-5 MWh", "negative-quantity")]
)
def test_a_volume_is_marked_at_its_value(tmp_path: Path, text: str, code: str) -> None:
    body = f"""activities:
{SMALL}instruments:
  rego:
    type: REGO
    market: GB
    volume: {text}
    emission_rate: {{CO2: 0 kg/MWh}}
    generated: 2024
"""
    (tmp_path / "company.yaml").write_text(HEAD + body, "utf-8")
    (found,) = compute(tmp_path / "company.yaml").diagnostics
    place = found.location
    assert place is not None
    row = (HEAD + body).splitlines()[place.line - 1]
    assert (found.code, row[place.column - 1 :]) == (code, text)


@pytest.mark.parametrize(("count", "words"), [(1, "1 place differs:"), (2, "2 places differ:")])
def test_places_that_differ_agree_in_number(count: int, words: str) -> None:
    changes = [Change(f"Lines!A{number}", "1", "2") for number in range(count)]
    assert words in render_text(Verification("i.json", changes, [], [], None)).splitlines()


def test_saved_inventories_still_compare(tmp_path: Path) -> None:
    data = json.loads(render_json(inventory_of(tmp_path, "activities:\n" + SMALL)))
    assert snapshot_of_record(data, "x").period == "2024"
