"""One factor per need: the order of choice, and nothing in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ghgcalc.core.diagnostics import Severity
from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from pathlib import Path

LINE = {"facility": "ks", "category": "purchased_electricity", "quantity": "1 MWh",
        "period": "2023"}  # fmt: skip
POWER: dict[str, Any] = {"category": "purchased_electricity", "kind": "grid_average", "per": "kWh",
                         "gases": {"CO2": "1 kg"}, "source": "x"}  # fmt: skip


def run(folder: Path, factors: dict[str, dict[str, Any]], line: dict[str, Any] | None = None,
        facility: dict[str, Any] | None = None, header: dict[str, Any] | None = None,
        **sections: Any) -> Run:  # fmt: skip
    pack = {"pack": "own", "title": "Own", **(header or {}),
            "factors": {name: {**POWER, **row} for name, row in factors.items()}}  # fmt: skip
    data = {
        "ghgcalc": "1", "organization": {"name": "X", "gwp_set": "AR6",
                                         "consolidation_approach": "operational_control"},
        "factor_packs": ["./own.yaml"],
        "facilities": {"ks": facility or {"country": "GB", "region": "GB-ENG"}},
        "activities": {"a": {**LINE, **(line or {})}}, **sections,
    }  # fmt: skip
    (folder / "own.yaml").write_text(yaml.safe_dump(pack))
    (folder / "company.yaml").write_text(yaml.safe_dump(data))
    return compute(folder / "company.yaml")


def chosen(found: Run) -> str:
    assert found.inventory is not None, [d.message for d in found.diagnostics]
    factor = found.inventory.lines[0].location_based[0].plan.resolution.factor
    assert factor is not None
    return factor.id


def refused(found: Run) -> list[str]:
    assert found.inventory is None
    return [d.code for d in found.diagnostics if d.severity is Severity.ERROR and not d.supposing]


def test_the_most_specific_region_wins(tmp_path: Path) -> None:
    rows = {"world": {}, "gb": {"region": "GB"}, "eng": {"region": "GB-ENG"},
            "fr": {"region": "FR"}}  # fmt: skip
    assert chosen(run(tmp_path, rows)) == "eng"
    assert chosen(run(tmp_path, rows, facility={"country": "GB"})) == "gb"
    assert chosen(run(tmp_path, rows, facility={"country": "DE"})) == "world"


def test_another_region_is_never_taken(tmp_path: Path) -> None:
    assert refused(run(tmp_path, {"fr": {"region": "FR"}})) == ["missing-factor"]


@pytest.mark.parametrize("kind", ["residual_mix", "fossil_only", "marginal", "nonbaseload"])
def test_another_kind_never_serves_the_location_based_method(tmp_path: Path, kind: str) -> None:
    assert refused(run(tmp_path, {"x": {"kind": kind}})) == ["missing-factor"]


@pytest.mark.parametrize("lifecycle", ["upstream", "lifecycle", "t_and_d"])
def test_lifecycle_factors_never_serve_scope_2(tmp_path: Path, lifecycle: str) -> None:
    rows = {"x": {"lifecycle": lifecycle}}
    assert refused(run(tmp_path, rows)) == ["missing-factor"]
    assert refused(run(tmp_path, rows, {"factor": "own/x"})) == ["pinned-factor-refused"]


def test_years_need_an_accepted_gap(tmp_path: Path) -> None:
    header = {"year_rule": "data_year"}
    rows = {"y21": {"year": "2021"}, "y22": {"year": "2022"}}
    assert refused(run(tmp_path, rows, header=header)) == ["missing-factor"]
    gap = [{"gap": "earlier_year", "reason": "x"}]
    assert chosen(run(tmp_path, rows, header=header, accept=gap)) == "y22"
    strict = [{"gap": "earlier_year", "reason": "x", "max_years": "1"}]
    assert chosen(run(tmp_path, rows, header=header, accept=strict)) == "y22"
    assert refused(run(tmp_path, {"y21": rows["y21"]}, header=header, accept=strict)) == [
        "missing-factor"]  # fmt: skip
    later = {"y24": {"year": "2024"}}
    assert refused(run(tmp_path, later, header=header, accept=gap)) == ["missing-factor"]


def test_two_left_is_an_error_that_names_both(tmp_path: Path) -> None:
    found = run(tmp_path, {"one": {}, "two": {"gases": {"CO2": "2 kg"}}})
    assert refused(found) == ["ambiguous-factor"]
    notes = " ".join(found.diagnostics[0].notes)
    assert "own/one" in notes
    assert "own/two" in notes
    assert chosen(run(tmp_path, {"one": {}, "two": {}}, {"factor": "own/two"})) == "two"


def test_an_unknown_pin_names_the_near_one(tmp_path: Path) -> None:
    found = run(tmp_path, {"power": {}}, {"factor": "own/powr"})
    assert refused(found) == ["unknown-factor"]
    assert "own/power" in (found.diagnostics[0].hint or "")


def test_a_total_without_gases_needs_two_gaps_in_another_set(tmp_path: Path) -> None:
    rows = {"x": {"gases": {"CO2e": "1 kgCO2e"}}}
    header = {"gwp_set": "AR5"}
    assert refused(run(tmp_path, rows, header=header))
    both = [{"gap": gap, "reason": "x"} for gap in ("co2e_without_gases", "other_gwp_set")]
    for entry in both:
        assert refused(run(tmp_path, rows, header=header, accept=[entry]))
    assert chosen(run(tmp_path, rows, header=header, accept=both)) == "x"


def test_what_was_rejected_is_kept(tmp_path: Path) -> None:
    found = run(tmp_path, {"gb": {"region": "GB"}, "fr": {"region": "FR"}, "world": {}})
    assert found.inventory is not None
    resolution = found.inventory.lines[0].location_based[0].plan.resolution
    assert {item.ref for item in resolution.rejected} == {"own/fr", "own/world"}
    assert all(item.reason for item in resolution.rejected)


def test_a_wrong_unit_says_so_even_beside_factors_of_other_kinds(tmp_path: Path) -> None:
    rows = {"grid": {}, "residual": {"kind": "residual_mix"}}
    assert refused(run(tmp_path, rows, {"quantity": "5 kg"})) == ["unit-mismatch"]
