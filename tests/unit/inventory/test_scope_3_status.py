"""Statuses of Scope 3 categories, what is left out, the screening, `check --complete`."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from ghgcalc.core.vocabulary.categories import CATEGORIES, SCOPE_3_BY_NUMBER
from ghgcalc.core.vocabulary.scope_3_boundaries import MINIMUM
from ghgcalc.pipeline.check import check
from ghgcalc.pipeline.run import compute
from ghgcalc.render.json.inventory import render_json
from ghgcalc.render.terminal import render_terminal
from ghgcalc.render.xlsx.workbook import write_workbook

if TYPE_CHECKING:
    from ghgcalc.inventory.scope_3_status import Scope3Standing

STEEL, SCRAP, TRIPS = "purchased_goods_and_services", "waste_generated", "business_travel"
END_USE = ("downstream_transportation", "processing_of_sold_products", "use_of_sold_products",
           "end_of_life_treatment")  # fmt: skip
HEAD = """\
ghgcalc: 1
organization: {name: Parts, consolidation_approach: operational_control, gwp_set: AR6}
facilities: {york: {country: GB}, bath: {country: GB}}
boundaries: {york: {facilities: [york]}}
activities:
  steel: {category: purchased_goods_and_services, method: supplier_specific, facility: york,
          reported: 900 tCO2e, gwp_set: AR6, by: the mill, period: 2024}
  scrap: {category: waste_generated, facility: bath,
          reported: 50 tCO2e, gwp_set: AR6, by: the yard, period: 2024}
"""
WHY = "justification: why"


def write(folder: Path, text: str) -> Path:
    path = folder / "company.yaml"
    path.write_text(HEAD + text, "utf-8")
    return path


def standing(folder: Path, text: str, **asked: str) -> Scope3Standing:
    run = compute(write(folder, text), **asked)  # type: ignore[arg-type]
    assert run.inventory is not None, run.diagnostics
    return run.inventory.scope_3


def codes(folder: Path, text: str, **asked: str) -> list[str]:
    run = compute(write(folder, text), **asked)  # type: ignore[arg-type]
    assert run.inventory is None
    return [item.code for item in run.diagnostics]


def test_every_category_of_the_vocabulary_has_a_minimum_boundary() -> None:
    assert list(MINIMUM) == [row.id for row in CATEGORIES.values() if row.scope == 3]
    # section 6.4: transport, processing, use and end of life of intermediate products
    assert tuple(c for c in SCOPE_3_BY_NUMBER.values() if MINIMUM[c].end_use) == END_USE


def test_the_page_prints_every_minimum_boundary() -> None:
    page = (Path(__file__).parents[3] / "docs" / "scope-3.md").read_text("utf-8")
    for number, category in SCOPE_3_BY_NUMBER.items():
        row = next(line for line in page.split("\n") if line.startswith(f"| `{category}` |"))
        assert f"| {number}: {MINIMUM[category].boundary}" in row
        assert MINIMUM[category].optional in row


def test_a_category_with_lines_is_calculated_and_one_without_is_not_evaluated(
    tmp_path: Path,
) -> None:
    found = standing(tmp_path, "")
    by = {each.category: each for each in found.categories}
    assert (by[STEEL].status, by[STEEL].lines, by[STEEL].tonnes) == ("relevant_calculated", 1, 900)
    assert by[TRIPS] == (TRIPS, "not_evaluated", False, 0, None, None, "", None, None, None)
    assert not found.told
    assert found.left_out is None


def test_stated_statuses_stand(tmp_path: Path) -> None:
    found = standing(tmp_path, f"""
scope_3:
  waste_generated: {{status: not_relevant_calculated}}
  business_travel: {{status: not_relevant_explained, {WHY}}}
  employee_commuting: {{status: relevant_not_yet_calculated}}
  franchises: {{exclusion: not_applicable, {WHY}}}
  capital_goods: {{status: not_evaluated}}
""")  # fmt: skip
    assert [found.status(c) for c in (SCRAP, TRIPS, "employee_commuting", "franchises")] == [
        "not_relevant_calculated", "not_relevant_explained", "relevant_not_yet_calculated",
        "not_relevant_explained",
    ]  # fmt: skip
    assert found.left_out is None  # nothing is sized


def test_left_out_is_of_all_that_is_required(tmp_path: Path) -> None:
    # c = 950, e = 20 + 10 of `exclusions:`, s = 2 %: (950 + 30) / 0.98 = 1000 t, 50 t left out
    found = standing(tmp_path, f"""
scope_3:
  business_travel: {{status: not_relevant_explained, {WHY}, estimated_share: 2 %}}
  waste_generated: {{exclusion: partial, {WHY}, estimate: 20_000 kgCO2e}}
exclusions:
  - {{category: employee_commuting, estimate: 10 t, justification: few}}
  - {{category: stationary_combustion, estimate: 70 t, justification: of Scope 1}}
  - {{category: capital_goods, estimate: 5 kWh, justification: no tonnes}}
""")  # fmt: skip
    assert found.left_out == (50, 1000)
    assert found.left_out is not None
    assert found.left_out.share == Fraction(1, 20)
    assert found.status("employee_commuting") == "not_relevant_explained"


@pytest.mark.parametrize(("estimate", "warned"), [("50 t", False), ("50.01 t", True)])
def test_more_than_5_percent_is_a_warning(tmp_path: Path, estimate: str, warned: bool) -> None:
    # 950 t beside 50 t are 95 %
    text = f"scope_3: {{business_travel: {{exclusion: excluded, {WHY}, estimate: {estimate}}}}}\n"
    run = compute(write(tmp_path, text))
    assert ("excluded-share" in [item.code for item in run.diagnostics]) is warned
    part = compute(write(tmp_path, text), period="2024-01", boundary="york")
    assert part.inventory is not None
    assert part.inventory.scope_3.left_out is None  # the estimate is of the year and the company


@pytest.mark.parametrize(
    "said",
    [
        f"waste_generated: {{status: not_relevant_explained, {WHY}}}",
        "waste_generated: {status: relevant_not_yet_calculated}",
        "waste_generated: {status: not_evaluated}",
        f"waste_generated: {{exclusion: not_applicable, {WHY}}}",
        "business_travel: {status: relevant_calculated}",
        "business_travel: {status: not_relevant_calculated}",
        f"business_travel: {{exclusion: partial, {WHY}}}",
    ],
)
def test_a_status_that_contradicts_the_lines_is_an_error(tmp_path: Path, said: str) -> None:
    text = f"scope_3:\n  {said}\n"
    assert codes(tmp_path, text) == ["scope-3-status"]
    # of the whole company, whatever boundary is asked
    assert codes(tmp_path, text, boundary="york") == ["scope-3-status"]
    kept = text.replace("}", ", period: 2023}")
    assert standing(tmp_path, kept).status(SCRAP) == "relevant_calculated"


def test_a_part_of_a_year_without_lines_contradicts_nothing(tmp_path: Path) -> None:
    text = HEAD.replace("the yard, period: 2024", "the yard, period: 2024-07")
    path = tmp_path / "company.yaml"
    path.write_text(f"{text}scope_3: {{waste_generated: {{status: not_relevant_calculated}}}}\n")
    assert compute(path, period="2024-01").inventory is not None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("business_travel: {status: not_relevant_explained}", "missing-key"),
        ("business_travel: {exclusion: excluded}", "missing-key"),
        (f"business_travel: {{{WHY}, estimate: 5 t}}", "conflicting-keys"),
        (f"business_travel: {{exclusion: not_applicable, {WHY}, estimated_share: 1%}}",
         "conflicting-keys"),
        (f"business_travel: {{exclusion: excluded, {WHY}, estimated_share: 1%, estimate: 1 t}}",
         "conflicting-keys"),
        (f"waste_generated: {{status: relevant_calculated, exclusion: excluded, {WHY}}}",
         "conflicting-keys"),
        (f"business_travel: {{status: not_relevant_explained, exclusion: partial, {WHY}}}",
         "conflicting-keys"),
        ("waste_generated: {end_use_unknown: true}", "conflicting-keys"),
        (f"business_travel: {{status: not_relevant_explained, {WHY}, end_use_unknown: true}}",
         "conflicting-keys"),
        (f"business_travel: {{exclusion: excluded, {WHY}, estimate: 5 kWh}}", "unit-mismatch"),
        (f"business_travel: {{exclusion: excluded, {WHY}, estimate: -5 t}}", "negative-quantity"),
        (f"business_travel: {{exclusion: excluded, {WHY}, estimated_share: 100 %}}",
         "out-of-bounds"),
        ("business_trips: {status: not_evaluated}", "unknown-key"),
        ("business_travel: not_evaluated", "wrong-shape"),
        ("screening: {date: 2024-03-01, method: spend}", "missing-key"),
        ("screening: {date: 2024-03-01, method: spend, tonnes: {travel: 5 t}}", "unknown-value"),
        ("screening: {date: 2024-03-01, method: spend, tonnes: {business_travel: 5 km}}",
         "unit-mismatch"),
    ],
)  # fmt: skip
def test_what_cannot_act_is_refused(tmp_path: Path, said: str, code: str) -> None:
    assert codes(tmp_path, f"scope_3:\n  {said}\n") == [code]


def test_categories_of_the_end_use_go_together(tmp_path: Path) -> None:
    entry = f"{{status: not_relevant_explained, {WHY}, end_use_unknown: true}}"
    every = [f"  {category}: {entry}\n" for category in END_USE]
    whole = "scope_3:\n" + "".join(every)
    assert standing(tmp_path, whole).status(END_USE[2]) == "not_relevant_explained"
    assert codes(tmp_path, whole.replace(every[3], "")) == ["excluded-selectively"]
    other = every[3].replace("}", ", period: 2024}")
    assert codes(tmp_path, whole.replace(every[3], other)) == ["excluded-selectively"]


def test_complete_asks_for_every_answer(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    assert check(path).holds
    found = check(path, complete=True)
    assert [item.code for item in found.diagnostics] == ["category-unanswered", "method-not-stated"]
    assert "13 categories" in found.diagnostics[0].message
    assert "`scrap`" in found.diagnostics[1].message
    # asked for by name, it is asked
    (alone,) = check(path, select={"category-unanswered"}).diagnostics
    assert alone.code == "category-unanswered"


def test_a_complete_file_passes(tmp_path: Path) -> None:
    rest = [c for c in SCOPE_3_BY_NUMBER.values() if c not in (STEEL, SCRAP)]
    text = "scope_3:\n" + "".join(f"  {c}: {{exclusion: not_applicable, {WHY}}}\n" for c in rest)
    path = write(tmp_path, text)
    path.write_text(path.read_text("utf-8").replace(
        "waste_generated,", "waste_generated, method: supplier_specific,"), "utf-8")  # fmt: skip
    assert not check(path, complete=True).diagnostics


SCREENED = f"""
scope_3:
  screening: {{date: 2024-03-01, method: spend by sector, tonnes: {{business_travel: 30 t}}}}
  business_travel: {{status: not_relevant_explained, {WHY}, estimated_share: 5 %}}
"""


def test_outputs_show_the_statuses_and_no_total_holds_the_screening(tmp_path: Path) -> None:
    run = compute(write(tmp_path, SCREENED))
    assert run.inventory is not None
    assert run.inventory.totals.scope_3 == 950
    text = render_terminal(run.inventory)
    assert "6 Business travel                           not relevant explained" in text
    assert "12 of 15 categories not evaluated" in text
    assert "Screening of 2024-03-01, spend by sector: in no total" in text
    told = json.loads(render_json(run.inventory))
    assert {each["category"]: each["status"] for each in told["by_category"]} == {
        STEEL: "relevant_calculated", SCRAP: "relevant_calculated",
    }  # fmt: skip
    travel = told["scope_3_status"][5]
    assert (travel["number"], travel["status"], travel["estimated_share"]) == (
        6, "not_relevant_explained", 0.05,
    )  # fmt: skip
    assert (travel["screening_tco2e"], travel["justification"]) == (30, "why")
    assert told["scope_3_screening"]["date"] == "2024-03-01"
    assert told["scope_3_left_out"] == {"tco2e": 50, "required_tco2e": 1000, "share": 0.05}


def test_the_sheet_holds_every_category(tmp_path: Path) -> None:
    run = compute(write(tmp_path, SCREENED))
    assert run.inventory is not None
    assert run.project is not None
    path = tmp_path / "inventory.xlsx"
    write_workbook(run.inventory, run.project.catalog, path, {})
    rows = list(openpyxl.load_workbook(path)["Scope 3 status"].iter_rows(values_only=True))
    travel = next(row for row in rows if row[1] == TRIPS)
    assert travel[2:4] == ("not_relevant_explained", 0)
    assert travel[5:10] == (30, "excluded", 0.05, None, "why")
    assert travel[10] == MINIMUM[TRIPS].boundary
    assert len(rows) == 1 + len(SCOPE_3_BY_NUMBER)
