"""A Scope 2 statement of one method: the other one is missing, and every sum that holds it."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from ghgcalc.analysis.compare.difference import difference
from ghgcalc.analysis.compare.saved import snapshot_of_json
from ghgcalc.analysis.compare.snapshot import snapshot
from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.calculation.scope_2.statements import CODE, open_days
from ghgcalc.pipeline.check import check
from ghgcalc.pipeline.lock import lock_years
from ghgcalc.pipeline.run import compute
from ghgcalc.render.json.inventory import render_json
from ghgcalc.render.lock import render_lock
from ghgcalc.render.xlsx.saved import snapshot_of_workbook
from support import command
from support.strategies import company, power, text_of
from support.workbook_formulas import Workbook, recalculated, write

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.pipeline.run import Run

# power is 0.4 t per MWh under both methods: no residual mix, no instruments
PACK = """\
pack: own
title: Own
factors:
  power: {category: purchased_electricity, kind: grid_average, per: MWh, gases: {CO2: 400 kg},
          source: hand}
"""
OTHER = {LOCATION: MARKET, MARKET: LOCATION}


def heat(method: str, tonnes: str = "12.5 tCO2e", period: str = "2024", **more: Any) -> Any:
    return {"facility": "ks", "category": "purchased_heat", "reported": tonnes, "method": method,
            "by": "the landlord", "gwp_set": "AR6", "period": period, **more}  # fmt: skip


def file_of(folder: Path, lines: dict[str, Any], **sections: Any) -> Path:
    data = company(
        lines, accept=[{"gap": "co2e_without_gases", "reason": "the landlord states CO2e only"}],
        **sections,
    )  # fmt: skip
    data["facilities"] = {
        name: {**site, **sections.get("life", {}).get(name, {})}
        for name, site in data["facilities"].items()
    }
    data.pop("life", None)
    (folder / "own.yaml").write_text(PACK, "utf-8")
    path = folder / "company.yaml"
    path.write_text(text_of(data), "utf-8")
    return path


def run_of(folder: Path, lines: dict[str, Any], **sections: Any) -> Run:
    return compute(file_of(folder, lines, **sections))


def inventory(folder: Path, lines: dict[str, Any], **sections: Any) -> Inventory:
    found = run_of(folder, lines, **sections).inventory
    assert found is not None
    return found


def warnings(run: Run) -> list[Any]:
    return [item for item in run.diagnostics if item.code == CODE]


BESIDE = {"power": power("dg", "50 MWh", "2024")}  # 20 t under both methods


# ---- totals -----------------------------------------------------------------------------------


@pytest.mark.parametrize("method", [LOCATION, MARKET])
def test_the_other_method_is_missing_and_not_0(tmp_path: Path, method: str) -> None:
    """12.5 t stated beside 20 t of power: 32.5 t under the one method, nothing under the other."""
    run = run_of(tmp_path, {"landlord": heat(method), **BESIDE})
    assert run.inventory is not None
    totals, other = run.inventory.totals, OTHER[method]
    stated = Fraction("32.5")
    assert totals.scope_2 == {method: stated, other: None}
    assert (totals.scope_1_2(method), totals.scope_1_2(other)) == (stated, None)
    assert (totals.all_scopes(method), totals.all_scopes(other)) == (stated, None)
    (found,) = warnings(run)
    assert "`landlord`" in found.message
    assert found.severity.value == "warning"


def test_every_group_of_the_json_that_holds_the_line(tmp_path: Path) -> None:
    """Null where the line stands, a figure where it does not."""
    metrics = {"revenue": {"unit": "million GBP", "values": {"2024": 10}}}
    found = inventory(tmp_path, {"landlord": heat(LOCATION), **BESIDE}, metrics=metrics)
    data = json.loads(render_json(found))
    assert data["totals"]["scope_2"] == {LOCATION: 32.5, MARKET: None}
    assert data["totals"]["scope_1_2"][MARKET] is data["totals"]["all_scopes"][MARKET] is None
    assert data["not_stated"] == {LOCATION: [], MARKET: ["landlord"]}
    by = {item["facility"]: item for item in data["by_facility"]}
    assert by["ks"]["scope_2"] == {LOCATION: 12.5, MARKET: None}
    assert by["ks"]["all_scopes"][MARKET] is None
    assert by["dg"]["scope_2"] == {LOCATION: 20, MARKET: 20}
    kinds = {item["category"]: item[MARKET] for item in data["by_category"]}
    assert kinds == {"purchased_heat": None, "purchased_electricity": 20}
    assert all(item["scope_2"][MARKET] is None for item in data["by_month"])
    assert [item[MARKET] for item in data["by_country"] for item in [item["scope_2"]]] == [None]
    gases = {item["gas"]: item["scope_2"] for item in data["by_gas"]}
    assert gases["CO2"] == {LOCATION: 20, MARKET: 20}  # no gas of the statement is known anyway
    assert gases[None] == {LOCATION: 12.5, MARKET: None}
    (intensity,) = data["intensities"]
    assert (intensity[LOCATION], intensity[MARKET]) == (3.25, None)
    assert data["energy"]["reported_by_others"] == {LOCATION: 12.5, MARKET: None}
    (finding,) = [item for item in data["diagnostics"] if item["code"] == CODE]
    assert "landlord" in finding["message"]


@pytest.mark.parametrize("by", [None, "facility", "country", "month", "gas", "scope"])
def test_reports_print_a_dash(tmp_path: Path, by: str | None) -> None:
    path = file_of(tmp_path, {"landlord": heat(LOCATION), **BESIDE})
    for style in ("table", "markdown"):
        more = ["--by", by] if by else []
        done = command.run("compute", path, "--format", style, *more)
        assert done.exit_code == 0, done.output
        (row,) = re.findall(r"^.*Scope 2\W.*32\.50.*$", done.stdout, re.MULTILINE)
        assert "–" in row
        assert "market-based not stated" in row
    energy = command.run("energy", path).stdout
    (row,) = re.findall(r"^Scope 2 .*$", energy, re.MULTILINE)
    assert row.split()[-3:] == ["32.50", "–", "–"]


def test_a_location_based_figure_may_be_missing_as_well(tmp_path: Path) -> None:
    found = inventory(tmp_path, {"landlord": heat(MARKET)})
    data = json.loads(render_json(found))
    assert data["totals"]["scope_2"] == {LOCATION: None, MARKET: 12.5}
    assert data["not_stated"][LOCATION] == ["landlord"]


def test_what_does_not_hold_the_line_is_known(tmp_path: Path) -> None:
    """Another boundary, another period, Scope 1: nothing of them is missing."""
    lines = {"landlord": heat(LOCATION, period="2024-12"), **BESIDE}
    path = file_of(tmp_path, lines, boundaries={"rest": {"facilities": ["dg"]}})
    rest = compute(path, boundary="rest").inventory
    early = compute(path, period="2024-Q1")
    assert rest is not None
    assert early.inventory is not None
    assert rest.totals.scope_2 == {LOCATION: 20, MARKET: 20}
    assert None not in early.inventory.totals.scope_2.values()
    assert not warnings(early)


# ---- two lines ----------------------------------------------------------------------------------


def closed(folder: Path, lines: dict[str, Any]) -> dict[str, Fraction | None]:
    run = run_of(folder, lines)
    assert run.inventory is not None
    scope_2 = run.inventory.totals.scope_2
    assert bool(warnings(run)) == (None in scope_2.values())
    return scope_2


def test_the_second_line_closes_the_gap(tmp_path: Path) -> None:
    pair = {"lb": heat(LOCATION), "mb": heat(MARKET, "10 tCO2e")}
    assert closed(tmp_path, pair) == {LOCATION: Fraction("12.5"), MARKET: 10}


@pytest.mark.parametrize(
    ("change", "known"),
    [
        ({"by": "somebody else"}, True),
        ({"facility": "dg"}, False),
        ({"category": "purchased_steam"}, False),
        ({"period": "2024-Q1"}, False),
        ({"period": "2023"}, False),
    ],
)
def test_only_one_source_is_closed(tmp_path: Path, change: dict[str, str], known: bool) -> None:
    second = heat(MARKET, "10 tCO2e") | change
    found = closed(tmp_path, {"lb": heat(LOCATION), "mb": second})
    assert (found[MARKET] is not None) is known


def test_quarters_close_a_year(tmp_path: Path) -> None:
    quarters = {f"q{n}": heat(MARKET, "2 tCO2e", f"2024-Q{n}") for n in (1, 2, 3, 4)}
    assert closed(tmp_path, {"lb": heat(LOCATION), **quarters}) == {
        LOCATION: Fraction("12.5"), MARKET: 8,
    }  # fmt: skip
    del quarters["q3"]
    assert closed(tmp_path, {"lb": heat(LOCATION), **quarters})[MARKET] is None


def test_one_second_line_closes_one_first_line(tmp_path: Path) -> None:
    """Of two landlords one states both methods: the other one's market-based figure is missing."""
    lines = {"a": heat(LOCATION), "a-m": heat(MARKET), "b": heat(LOCATION, by="the other")}
    run = run_of(tmp_path, lines)
    (found,) = warnings(run)
    assert "`b` states Scope 2 location-based alone" in found.message
    assert "`a`" not in found.message


def test_a_correction_of_a_statement_needs_no_second_line(tmp_path: Path) -> None:
    lines = {"lb": heat(LOCATION), "mb": heat(MARKET, "10 tCO2e"),
             "less": heat(LOCATION, "-0.5 tCO2e", corrects="lb")}  # fmt: skip
    assert closed(tmp_path, lines) == {LOCATION: 12, MARKET: 10}


def test_moved_to_scope_3_the_two_lines_count_once(tmp_path: Path) -> None:
    """30 % of an associate that we do not operate: 0.3 × 12.5 t in category 15."""
    life = {"ks": {"history": {"2020-01-01": {
        "relation": "associate", "economic_interest": "30%", "operated": False,
    }}}}  # fmt: skip
    for lines in ({"lb": heat(LOCATION), "mb": heat(MARKET, "10 tCO2e")}, {"lb": heat(LOCATION)}):
        run = run_of(tmp_path, {**lines, **BESIDE}, life=life)
        assert run.inventory is not None
        assert run.inventory.totals.scope_3 == Fraction("3.75")
        assert run.inventory.totals.scope_2 == {LOCATION: 20, MARKET: 20}
        assert not warnings(run)
        write(run, tmp_path / "moved.xlsx")
        assert not recalculated(tmp_path / "moved.xlsx")
        assert snapshot_of_workbook(tmp_path / "moved.xlsx", "x") == snapshot_of_json(
            render_json(run.inventory), "x"
        )


def test_open_days_are_those_of_the_longer_statement(tmp_path: Path) -> None:
    run = run_of(tmp_path, {"lb": heat(LOCATION), "mb": heat(MARKET, period="2024-Q1")})
    assert run.project is not None
    days = open_days(run.project.company)
    assert {name: [str(span) for span in spans] for name, spans in days.items()} == {
        "lb": ["2024-04-01/2024-12-31"]
    }
    quarter = compute(tmp_path / "company.yaml", period="2024-Q1").inventory
    assert quarter is not None
    assert None not in quarter.totals.scope_2.values()


# ---- the warning --------------------------------------------------------------------------------


def test_there_is_exactly_one_warning(tmp_path: Path) -> None:
    lines = {
        "a": heat(LOCATION), "b": heat(MARKET, facility="dg"), "c": heat(LOCATION, period="2023"),
        **BESIDE,
    }  # fmt: skip
    expect = [{"period": "2024-Q1", "figure": "scope_1", "value": "0 t", "within": "1 t"}]
    path = file_of(tmp_path, lines, expect=expect)
    for found in (check(path).diagnostics, compute(path, period="2024").diagnostics):
        (warning,) = [item for item in found if item.code == CODE]
        assert "`b` states Scope 2 market-based alone" in warning.message
    (warning,) = [item for item in check(path).diagnostics if item.code == CODE]
    assert "`a` and `c` state Scope 2 location-based alone" in warning.message
    assert len(warning.related) == 2
    assert len(warning.notes) == 2


@pytest.mark.parametrize("said", ["the landlord", "A, B: C #1", 'said "so"', "1001", "房东"])
def test_the_hint_is_a_line_to_paste(tmp_path: Path, said: str) -> None:
    """As printed it is refused, with a number it is the other method's figure."""
    lines = {"landlord": heat(LOCATION, by=said, item="boiler, north"), **BESIDE}
    path = file_of(tmp_path, lines)
    (found,) = [item for item in compute(path).diagnostics if item.code == CODE]
    assert found.hint is not None
    pasted = re.search(r"`(.*)`$", found.hint)
    assert pasted is not None
    text = path.read_text("utf-8")
    path.write_text(f"{text}  {pasted[1]}\n", "utf-8")
    assert compute(path).inventory is None  # the tonnes are still to be written
    path.write_text(f"{text}  {pasted[1].replace('…', '10')}\n", "utf-8")
    run = compute(path)
    assert run.inventory is not None, run.diagnostics
    assert run.inventory.totals.scope_2 == {LOCATION: Fraction("32.5"), MARKET: 30}
    assert not warnings(run)


# ---- expectations -------------------------------------------------------------------------------


def test_an_expectation_on_it_fails_with_the_reason(tmp_path: Path) -> None:
    figures = {"scope_2.market_based": False, "scope_1_2.market_based": False,
               "all_scopes.market_based": False, "purchased_heat.market_based": False,
               "purchased_electricity.market_based": True, "scope_2.location_based": True,
               "scope_1": True}  # fmt: skip
    worth = {"purchased_electricity.market_based": "20 t", "scope_2.location_based": "32.5 t"}
    expect = [
        {"period": "2024", "figure": name, "value": worth.get(name, "0 t"), "within": "0 t"}
        for name in figures
    ]
    found = inventory(tmp_path, {"landlord": heat(LOCATION), **BESIDE}, expect=expect)
    assert {each.figure: each.holds for each in found.expectations} == figures
    for each in found.expectations:
        assert ("`landlord` states Scope 2 location-based alone" in each.reason) != each.holds
    done = command.run("check", tmp_path / "company.yaml")
    assert done.exit_code == 1
    assert "cannot be computed: `landlord` states Scope 2 location-based alone" in done.output


# ---- workbook, verify ---------------------------------------------------------------------------


def test_the_workbook_has_dashes_that_a_number_brings_to_life(tmp_path: Path) -> None:
    metrics = {"revenue": {"unit": "million GBP", "values": {"2024": 10}}}
    run = run_of(tmp_path, {"landlord": heat(LOCATION), **BESIDE}, metrics=metrics)
    target = tmp_path / "a.xlsx"
    write(run, target)
    assert not recalculated(target)
    checks = load_workbook(target, data_only=True)["Checks"].iter_rows(min_row=2, values_only=True)
    shown = {row[0]: (row[1], row[5]) for row in checks}
    assert {verdict for _, verdict in shown.values()} == {"agrees"}
    assert shown["Scope 2, market-based"][0] == "–"
    assert shown["Sum of Lines, market-based"][0] == "–"
    assert shown["Scope 2, location-based"][0] == 32.5
    book = Workbook.read(target)
    row = next(r for r in range(2, 9) if book.value("Lines", f"A{r}") == "landlord")
    assert book.value("Lines", f"P{row}") == "–"
    book.change("Lines", f"P{row}", 10)
    assert book.named("SCOPE_2_MARKET_BASED") == 30
    assert book.named("ALL_SCOPES_MARKET_BASED") == 30
    assert book.value("Checks", "F4") == "differs"  # ghgcalc still knows none


def test_saved_files_say_what_is_not_stated(tmp_path: Path) -> None:
    run = run_of(tmp_path, {"landlord": heat(LOCATION), **BESIDE})
    assert run.inventory is not None
    write(run, tmp_path / "a.xlsx")
    (tmp_path / "a.json").write_text(render_json(run.inventory), "utf-8")
    saved = snapshot_of_json((tmp_path / "a.json").read_text("utf-8"), "x")
    assert snapshot_of_workbook(tmp_path / "a.xlsx", "x") == saved
    assert [line.lacks for line in saved.lines] == [MARKET, ""]
    for name in ("a.xlsx", "a.json"):
        done = command.run("verify", tmp_path / name, tmp_path / "company.yaml")
        assert done.exit_code == 0, done.output
        assert "is as recomputed" in done.stdout
    text = (tmp_path / "a.json").read_text("utf-8")
    older = text.replace('"scope_2": {"location_based": 32.5, "market_based": null}',
                         '"scope_2": {"location_based": 32.5, "market_based": 20}', 1)  # fmt: skip
    assert older != text
    (tmp_path / "a.json").write_text(older, "utf-8")
    done = command.run("verify", tmp_path / "a.json", tmp_path / "company.yaml")
    assert done.exit_code == 1
    assert "the total is not known" in done.stdout


def test_an_estimate_of_what_is_not_stated_is_not_stated(tmp_path: Path) -> None:
    """12.5 t estimated of 32.5 t location-based; market-based no total and no share is known."""
    guess = {"method": "floor area", "reason": "no meter"}
    run = run_of(tmp_path, {"landlord": heat(LOCATION, estimated=guess), **BESIDE})
    assert run.inventory is not None
    whole = json.loads(render_json(run.inventory))["estimated"]["all_scopes"]
    assert whole[LOCATION] == {"tco2e": 12.5, "share": pytest.approx(12.5 / 32.5)}
    assert whole[MARKET] == {"tco2e": None, "share": None}
    write(run, tmp_path / "a.xlsx")
    assert not recalculated(tmp_path / "a.xlsx")
    done = command.run("compute", tmp_path / "company.yaml")
    assert re.search(r"All scopes +12\.50 +38\.5 +– +–", done.stdout)


# ---- comparisons, base year ---------------------------------------------------------------------


def test_no_change_is_computed_under_a_method_that_a_side_lacks(tmp_path: Path) -> None:
    lines = {
        "lb-23": heat(LOCATION, "12 tCO2e", "2023"), "mb-23": heat(MARKET, "10 tCO2e", "2023"),
        "lb": heat(LOCATION), "power": power("dg", "50 MWh", "2024"),
        "power-23": power("dg", "40 MWh", "2023"),
    }  # fmt: skip
    path = file_of(tmp_path, lines)
    sides = []
    for year in ("2023", "2024"):
        found = compute(path, period=year).inventory
        assert found is not None
        sides.append(snapshot(found, year))
    result = difference(*sides)
    # by hand: power (50 − 40) × 0.4 t, heat 12.5 − 12; two methods are no two shares
    assert result.causes(LOCATION) == {"activity": 4, "reported figure": Fraction(1, 2)}
    assert result.total("scope_2", MARKET).before == 26
    assert result.total("scope_2", MARKET).change is None
    assert result.causes(MARKET) == {}
    assert result.like_for_like(MARKET) is result.restated(MARKET) is None
    asked = ["diff", "2023", "2024", "--company", str(path)]
    data = json.loads(command.run(*asked, "--format", "json").stdout)["diff"]
    assert data["like_for_like"] == {LOCATION: 4.5, MARKET: None}
    assert data["not_computed"] == {LOCATION: [], MARKET: ["2024: lb"]}
    assert {item[MARKET] for item in data["causes"]} == {None}
    text = command.run(*asked).stdout
    assert "market-based: not stated of 2024: lb" in text
    assert command.run(*asked, "--method", "market_based").exit_code == 0
    assert command.run(*asked, "--format", "csv").exit_code == 0
    done = command.run(*asked, "-o", tmp_path / "d.xlsx")
    assert done.exit_code == 0, done.output
    assert not recalculated(tmp_path / "d.xlsx")
    cells = load_workbook(tmp_path / "d.xlsx", data_only=True)["Summary"].iter_rows(
        min_row=5, values_only=True
    )
    shown = {str(row[0]): row[1:4] for row in cells}
    assert shown["Scope 2, market-based"] == (26, "–", "–")
    assert shown["Scope 2, location-based"] == (28, 32.5, 4.5)


def test_the_base_year_is_undecided(tmp_path: Path) -> None:
    base = {"year": "2024", "reason": "first", "figure": "scope_1_2.market_based",
            "significance_threshold": "5%"}  # fmt: skip
    path = file_of(tmp_path, {"landlord": heat(LOCATION), **BESIDE}, base_year=base)
    done = command.run("base-year", path, "--gate", "--format", "json")
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    assert found["emissions_tco2e"] is None
    assert found["recalculation_due"] is None
    assert "landlord states Scope 2 location-based alone" in found["undecided"][0]
    base["figure"] = "scope_1_2.location_based"
    path = file_of(tmp_path, {"landlord": heat(LOCATION), **BESIDE}, base_year=base)
    assert command.run("base-year", path, "--gate").exit_code == 0


# ---- locked years -------------------------------------------------------------------------------


def locked(path: Path, *, older: bool) -> None:
    """Lock 2024; an older lock holds 0 t of the method that nobody states."""
    found = lock_years(path, [])
    assert found.project is not None
    sections = found.sections
    if older:
        totals, lines = sections[2024].totals, sections[2024].lines
        assert totals["scope_2.market_based"] is None
        assert lines["landlord"].market_based is None
        totals["scope_2.market_based"] = (
            totals["scope_2.location_based"] - lines["landlord"].location_based
        )  # type: ignore[operator]
        lines["landlord"] = lines["landlord"]._replace(market_based=type(totals["scope_1"])(0))
    text = render_lock(found.project.company.document.path, sections)
    (path.parent / "ghgcalc.lock").write_text(text, "utf-8")


def test_a_locked_year_keeps_its_figure_with_the_warning(tmp_path: Path) -> None:
    path = file_of(tmp_path, {"landlord": heat(LOCATION), **BESIDE})
    locked(path, older=True)
    run = compute(path, locked=True)
    assert run.inventory is not None, run.diagnostics
    assert run.inventory.totals.scope_2 == {LOCATION: Fraction("32.5"), MARKET: 20}
    (found,) = warnings(run)
    assert any("keeps the 0 t" in note for note in found.notes)
    assert not [item for item in run.diagnostics if item.code.startswith("lock-drift")]
    quarter = compute(path, period="2024-Q1").inventory
    assert quarter is not None
    assert None not in quarter.totals.scope_2.values()


def test_a_new_lock_says_that_it_is_not_stated(tmp_path: Path) -> None:
    path = file_of(tmp_path, {"landlord": heat(LOCATION), **BESIDE})
    locked(path, older=False)
    assert "scope_2.market_based: not stated" in (tmp_path / "ghgcalc.lock").read_text("utf-8")
    run = compute(path, locked=True)
    assert run.inventory is not None, run.diagnostics
    assert run.inventory.totals.scope_2[MARKET] is None
    text = path.read_text("utf-8")  # the second line is drift: a figure where there was none
    path.write_text(
        text + "  mb: {facility: ks, category: purchased_heat, reported: 10 tCO2e, method:"
        " market_based, gwp_set: AR6, period: 2024}\n", "utf-8",
    )  # fmt: skip
    drift = [item for item in compute(path).diagnostics if item.code == "lock-drift-figure"]
    assert "`scope_2.market_based` of 2024 is locked as not stated and is now 30 tCO2e" in (
        drift[0].message
    )
