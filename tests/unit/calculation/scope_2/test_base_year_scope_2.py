"""Scope 2 of the base year: both methods, stated, computed, missing or by proxy (S2-09, R35)."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.analysis.base_year import Decision, decide
from ghgcalc.pipeline.project import open_project
from ghgcalc.pipeline.run import compute
from support import command

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.core.diagnostics import Diagnostic

HEAD = """\
ghgcalc: 1
organization: {name: A, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [mee-china]
facilities:
  suzhou: {country: CN, region: CN-JS}
activities:
  power: {facility: suzhou, category: purchased_electricity, quantity: 100 MWh, period: 2023}
"""
OLD = "  - {period: 2015, figure: scope_2.%s, value: %s t}\n"
LB, MB = OLD % ("location_based", "1_200"), OLD % ("market_based", "1_500")
PROXY = "  market_based_proxy: {reason: no contracts were kept, evidence: memo.pdf}\n"


def write(folder: Path, stated: str, more: str = "", year: str = "2015",
          figure: str = "scope_2.market_based") -> Path:  # fmt: skip
    path = folder / "company.yaml"
    text = HEAD + (f"stated:\n{stated}" if stated else "")
    text += f"base_year:\n  year: {year}\n  reason: r\n  figure: {figure}\n"
    path.write_text(text + f"  significance_threshold: 5%\n{more}", "utf-8")
    return path


def notes(path: Path) -> list[str]:
    inventory = compute(path, period="2023").inventory
    assert inventory is not None
    return [note for note in inventory.notes if "base year" in note]


def decided(path: Path) -> tuple[Decision | None, list[Diagnostic]]:
    opened = open_project(path)
    project = opened.value.project
    assert project is not None, opened.diagnostics
    decision = decide(project)
    return decision.value, [*decision.diagnostics]


def told(path: Path) -> list[tuple[str, Fraction | None, str]]:
    decision, _ = decided(path)
    assert decision is not None
    return [tuple(total) for total in decision.scope_2]  # type: ignore[misc]


METHOD = "Scope 2 method of the base year 2015: market-based (S2-09)"


def test_both_stated(tmp_path: Path) -> None:
    path = write(tmp_path, LB + MB)
    assert told(path) == [("location_based", 1200, "previously stated"),
                          ("market_based", 1500, "previously stated")]  # fmt: skip
    assert notes(path) == [METHOD, "Scope 2 of the base year 2015: location-based 1,200 t,"
                           " previously stated; market-based 1,500 t, previously stated"
                           " (S2-09, R35)"]  # fmt: skip
    assert decided(path)[1] == []


def test_a_restated_total_goes_first(tmp_path: Path) -> None:
    now = LB.replace("t}", "t, status: currently_stated}").replace("1_200", "1_100")
    assert told(write(tmp_path, now + LB + MB))[0] == (
        "location_based", 1100, "currently stated")  # fmt: skip


def test_market_based_missing(tmp_path: Path) -> None:
    path = write(tmp_path, LB, figure="scope_2.location_based")
    _, found = decided(path)
    assert [item.code for item in found] == ["base-year-method-missing"]
    assert notes(path)[1] == (
        "Scope 2 of the base year 2015: location-based 1,200 t, previously stated; market-based"
        " missing: state it under `stated:`, or write `base_year: market_based_proxy:` with a"
        " reason (S2-09, R35)"
    )


def test_location_based_has_no_proxy(tmp_path: Path) -> None:
    path = write(tmp_path, MB)
    assert [item.message for item in decided(path)[1]] == [
        "the base year 2015 has no `scope_2.location_based`"
    ]
    assert "location-based missing: state it under `stated:`; market-based 1,500 t" in (
        notes(path)[1])  # fmt: skip


def test_proxy_only_where_it_is_said(tmp_path: Path) -> None:
    decision, found = decided(write(tmp_path, LB))
    assert decision is None
    assert [item.code for item in found] == ["base-year-without-data"]
    path = write(tmp_path, LB, PROXY)
    decision, found = decided(path)
    assert decision is not None
    assert found == []
    assert (decision.figure, decision.emissions, decision.origin) == (
        "scope_2.location_based", 1200,
        "previously stated, location-based as proxy for market-based",
    )  # fmt: skip
    assert told(path)[1] == (
        "market_based", 1200, "location-based as proxy: no contracts were kept")  # fmt: skip
    assert notes(path)[1].endswith(
        "market-based 1,200 t, location-based as proxy: no contracts were kept (S2-09, R35)"
    )


def test_a_stated_total_needs_no_proxy(tmp_path: Path) -> None:
    run = compute(write(tmp_path, LB + MB, PROXY), period="2023")
    assert run.inventory is None
    assert [item.code for item in run.diagnostics] == ["conflicting-keys"]


def test_nothing_known(tmp_path: Path) -> None:
    path = write(tmp_path, "  - {period: 2015, figure: scope_1, value: 5 t}\n", figure="scope_1")
    decision, found = decided(path)
    assert decision is not None
    assert found == []
    assert [total.tonnes for total in decision.scope_2] == [None, None]
    (note,) = notes(path)
    assert note.count("missing") == 2


def test_computed_from_activities(tmp_path: Path) -> None:
    # Jiangsu 2023: 100 MWh at 0.5827 and at the residual mix of 0.6096
    path = write(tmp_path, "", year="2023")
    assert told(path) == [("location_based", Fraction("58.27"), "computed"),
                          ("market_based", Fraction("60.96"), "computed")]  # fmt: skip
    assert notes(path) == [METHOD.replace("2015", "2023")]
    # a proxy says that the market-based data are not good: what is computed does not count
    path = write(tmp_path, "", PROXY, year="2023")
    assert [total[1] for total in told(path)] == [Fraction("58.27")] * 2
    assert notes(path)[1] == (
        "Scope 2 of the base year 2023: location-based computed from its activities;"
        " market-based: location-based as proxy: no contracts were kept (S2-09, R35)"
    )


def test_no_scope_2_no_note(tmp_path: Path) -> None:
    path = write(tmp_path, LB)
    path.write_text(path.read_text("utf-8").replace("purchased_electricity", "employee_commuting")
                    .replace("quantity: 100 MWh", "item: x, quantity: 1 kg, emission_rate:"
                             " {CO2: 1 kg/kg}"), "utf-8")  # fmt: skip
    assert notes(path) == []


@pytest.mark.parametrize("style", ["table", "markdown"])
def test_formats_show_both(tmp_path: Path, style: str) -> None:
    path = write(tmp_path, LB, PROXY)
    done = command.run("base-year", path, "--format", style)
    assert done.exit_code == 0, done.output
    assert "location-based as proxy: no contracts were kept" in done.stdout
    read = json.loads(command.run("base-year", path, "--format", "json").stdout)
    assert [item["tco2e"] for item in read["scope_2"]] == [1200, 1200]
