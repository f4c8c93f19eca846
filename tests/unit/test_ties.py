"""Equally good factors: the hint offers the key that tells the kinds of machine apart first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from ghgcalc.diagnostics import Severity
from ghgcalc.pipeline import Run, compute
from ghgcalc.ties import MACHINES

if TYPE_CHECKING:
    from pathlib import Path


def run(folder: Path, line: str, pack: str, country: str = "DE") -> Run:
    path = folder / "company.yaml"
    path.write_text(
        "ghgcalc: 1\norganization: {name: X, consolidation_approach: operational_control,"
        f" gwp_set: AR6}}\nfactor_packs: [{pack}]\nfacilities: {{a: {{country: {country}}}}}\n"
        f"activities:\n  cars: {{facility: a, category: mobile_combustion, {line}, period: 2025}}\n"
    )
    return compute(path, period="2025")


def hint(found: Run) -> str:
    (error,) = [d for d in found.diagnostics if d.severity is Severity.ERROR]
    assert error.code == "ambiguous-factor"
    return error.hint or ""


def kilograms(found: Run) -> float:
    assert found.inventory is not None, found.diagnostics
    return float(found.inventory.totals.scope_1) * 1000


def test_company_cars_are_led_to_the_road(tmp_path: Path) -> None:
    """By hand: 9.5 t x 43 GJ/t x (74,100 + 3.9 x 27 + 3.9 x 273 kg/TJ) = 30,747.8 kg.

    `sector: industry`, offered first before, is an off-road engine: 33,505 kg.
    """
    cars = "fuel: diesel, quantity: 9_500 kg"
    told = hint(run(tmp_path, cars, "ipcc-2006"))
    assert told.startswith(f"state `vehicle:` (road: {MACHINES['road']}; navigation: ")
    assert "sector" not in told
    assert kilograms(run(tmp_path, f"{cars}, vehicle: road", "ipcc-2006")) == pytest.approx(
        9.5 * 0.043 * (74_100 + 3.9 * 27 + 3.9 * 273)
    )


@pytest.mark.parametrize("fuel", ["diesel", "petrol", "lpg", "kerosene"])
def test_every_word_offered_is_a_kind_that_rows_have(fuel: str, tmp_path: Path) -> None:
    line = f"fuel: {fuel}, quantity: 1 GJ net"
    told = hint(run(tmp_path, line, "ipcc-2006"))
    offered = re.findall(r"[(; ](\w+):", told)
    assert offered[0] == "road"
    for word in offered:
        found = run(tmp_path, f"{line}, vehicle: {word}", "ipcc-2006")
        if found.inventory is None:  # the next question is about the stated kind of machine
            assert re.match(r"state `(sector|technology):`", hint(found))


def test_kinds_of_machine_before_engines(tmp_path: Path) -> None:
    """Petrol of the EPA hub is told apart by vehicle and by engine: the vehicle is asked first."""
    told = hint(run(tmp_path, "fuel: petrol, quantity: 100 gal_us", "epa-hub-2025", "US"))
    assert told.startswith("state `vehicle:` (")
    boats = "fuel: petrol, vehicle: ships_and_boats, quantity: 100 gal_us"
    told = hint(run(tmp_path, boats, "epa-hub-2025", "US"))
    assert told == "state `technology:` (four_stroke, two_stroke) or pin one with `factor:`"
