"""Equally good factors: the hint offers the key that tells the kinds of machine apart first."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ghgcalc.calculation.resolve.ties import MACHINES
from ghgcalc.core.diagnostics import Severity
from ghgcalc.factors.library import open_bundled
from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from ghgcalc.factors.pack import Pack

FORMAT = Path(__file__).parents[4] / "docs" / "format.md"


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
    assert (
        told
        == "state `technology:` (four_stroke, two_stroke) or pin one with `factor:` on the line"
    )


TABLE_2 = {  # kg CO2 per gallon, CNG per scf; EPA hub, table 2, the same in 2024 and 2025
    "aviation_gasoline": "8.31", "biodiesel": "9.45", "cng": "0.05444", "diesel": "10.21",
    "bioethanol": "5.75", "jet_kerosene": "9.75", "lng": "4.50", "lpg": "5.68", "petrol": "8.78",
    "fuel_oil": "11.27",
}  # fmt: skip


@pytest.mark.parametrize("edition", ["2024", "2025"])
@pytest.mark.parametrize("fuel", TABLE_2)
def test_a_fleet_of_the_us_is_on_the_road(fuel: str, edition: str, tmp_path: Path) -> None:
    unit = "scf" if fuel == "cng" else "gal_us"
    line = f"fuel: {fuel}, vehicle: road, quantity: 100 {unit}, factor_year: {edition}"
    found = run(tmp_path, line, f"epa-hub-{edition}", "US")
    assert found.inventory is not None, found.diagnostics
    (part,) = found.inventory.lines[0].location_based
    wanted = Fraction(TABLE_2[fuel])
    biogenic = fuel in ("biodiesel", "bioethanol")
    assert (part.plan.total, part.plan.biogenic) == ((0, wanted) if biogenic else (wanted, 0))


def test_the_road_is_offered_for_every_tied_fuel_of_the_hub(tmp_path: Path) -> None:
    for fuel in ("aviation_gasoline", "diesel", "jet_kerosene", "lpg", "petrol", "fuel_oil"):
        told = hint(run(tmp_path, f"fuel: {fuel}, quantity: 1 gal_us", "epa-hub-2025", "US"))
        assert told.startswith(f"state `vehicle:` (road: {MACHINES['road']}; "), fuel


def test_the_documented_kinds_are_those_of_the_packs() -> None:
    """Every word of the packs' mobile combustion stands in docs/format.md, and no other."""
    text = FORMAT.read_text("utf-8").partition("<!-- kinds of machine -->")[2].partition("###")[0]
    written: dict[str, set[str]] = {}
    for line in text.splitlines():
        cells = [re.findall(r"`([\w-]+)`", cell) for cell in line.split("|")[1:3]]
        for name in cells[0] if cells else []:
            written.setdefault(name, set()).update(cells[1])
    assert written == {name: kinds(_pack(name)) for name in written}
    assert set(written) == {"ipcc-2006", "epa-hub-2024", "epa-hub-2025"}


def _pack(name: str) -> Pack:
    pack = open_bundled(name)
    assert pack is not None
    return pack


def kinds(pack: Pack) -> set[str]:
    rows = (row.cells for row in pack.rows("factors"))
    return {
        cells["vehicle"]
        for cells in rows
        if "mobile_combustion" in cells["category"].split("|") and "vehicle" in cells
    }
