"""Trips by any order, unit and splitting give the same tonnes, exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

HEAD = """\
ghgcalc: 1
organization: {name: A, consolidation_approach: operational_control, gwp_set: AR6, country: DE}
factor_packs: [./own.yaml]
activities:
"""
PACK = """\
pack: own
title: Own
factors:
  car: {category: business_travel, item: car, per: km,
        gases: {CO2: 1 kg, CH4: 0 kg, N2O: 0 kg}, source: hand}
  bus: {category: business_travel, item: bus, per: pkm,
        gases: {CO2: 3 kg, CH4: 0 kg, N2O: 0 kg}, source: hand}
"""


def _tonnes(folder: Path, activities: list[str]) -> Fraction:
    (folder / "own.yaml").write_text(PACK, "utf-8")
    (folder / "company.yaml").write_text(HEAD + "\n".join(activities) + "\n", "utf-8")
    run = compute(folder / "company.yaml")
    assert run.inventory is not None, [str(d) for d in run.diagnostics]
    return sum(
        (line.co2e("location_based") or Fraction(0) for line in run.inventory.lines), Fraction(0)
    )


def _activity(name: str, trips: list[str]) -> str:
    return f"  {name}: {{category: business_travel, period: 2024, trips: {{{', '.join(trips)}}}}}"


@settings(max_examples=15, deadline=None)
@given(
    st.integers(1, 500), st.integers(1, 500), st.integers(1, 3_000), st.integers(1, 60),
    st.integers(10, 70),
)  # fmt: skip
def test_order_unit_and_splitting(
    tmp_path_factory: pytest.TempPathFactory,
    drive: int,
    ride: int,
    km: int,
    times: int,
    tenths: int,
) -> None:
    folder = tmp_path_factory.mktemp("trips")
    occupancy = f"{tenths / 10:.1f}"
    car = f"item: car, times: {times}, occupancy: {occupancy}"
    first = f"car: {{people: {drive}, one_way: {km} km, {car}}}"
    second = f"bus: {{people: {ride}, distance: {km} km, item: bus}}"
    # drive × times × 2 km ÷ occupancy × 1 kg, and ride × km × 3 kg
    expected = Fraction(drive * times * 2 * km * 10, tenths * 1000) + Fraction(ride * km * 3, 1000)
    assert _tonnes(folder, [_activity("a", [first, second])]) == expected
    assert _tonnes(folder, [_activity("a", [second, first])]) == expected
    assert _tonnes(folder, [_activity("a", [first]), _activity("b", [second])]) == expected
    metres = f"car: {{people: {drive}, distance: {2000 * km} m, {car}}}"
    assert _tonnes(folder, [_activity("a", [metres, second])]) == expected
