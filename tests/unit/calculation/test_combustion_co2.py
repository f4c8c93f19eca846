"""A fossil fuel burnt counts its CO2, or says where; every figure by hand from the EPA's hub."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.core.gases import BIOGENIC, UNSPECIFIED
from ghgcalc.core.vocabulary.categories import COMBUSTION
from ghgcalc.core.vocabulary.fuels import FUELS
from ghgcalc.factors.library import open_bundled
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.pipeline.lock import lock_years
from ghgcalc.pipeline.run import compute
from ghgcalc.render.lock import render_lock

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.factors.model import Factor
    from ghgcalc.pipeline.run import Run

F = Fraction
HEAD = """\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [epa-hub]
facilities: {austin: {country: US}, dallas: {country: US}}
activities:
"""
CARS = "category: mobile_combustion, fuel: petrol, vehicle: passenger_cars"
MILES = f"miles: {{facility: austin, {CARS}, technology: model_year_2019, quantity: 10_000 mi,"
GALLONS = (
    "gas: {facility: austin, category: mobile_combustion, fuel: petrol,"
    " factor: epa-hub-2025/mobile.petrol.gal_us, quantity: 400 gal_us, period: 2025}"
)
# table 3, passenger cars of 2019: 0.0051 g CH4 and 0.0015 g N2O a mile; AR6: 27.0 and 273
MILES_T = 10_000 * (F("0.0051") * 27 + F("0.0015") * 273) / 10**6
GALLONS_T = 400 * F("8.78") / 1000  # table 2: 8.78 kg CO2 a gallon


def computed(folder: Path, *lines: str) -> Run:
    text = HEAD + "".join(f"  {line}\n" for line in lines)
    (folder / "company.yaml").write_text(text, encoding="utf-8")
    return compute(folder / "company.yaml")


def codes(run: Run) -> list[str]:
    return [item.code for item in run.diagnostics]


def test_miles_without_their_co2_are_refused_and_led_to_the_tables_that_have_it(
    tmp_path: Path,
) -> None:
    run = computed(tmp_path, f"{MILES} period: 2025}}")
    (found,) = run.diagnostics
    assert found.code == "combustion-without-co2"
    assert "CH4 and N2O and no CO2" in found.message
    (note,) = found.notes
    for row in ("travel.car.passenger_car.mi", "travel.car.light_duty_truck.mi",
                "freight.medium_and_heavy_duty_truck.mi"):  # fmt: skip
        assert f"epa-hub-2025/{row}" in note
    assert "_mi" not in note.replace("_mi.", "")  # nothing per passenger or ton


@pytest.mark.parametrize(("vehicle", "fuel", "row", "tonnes"), [
    # tables 10 and 8: kg CO2, g CH4, g N2O a vehicle-mile
    ("passenger_cars, technology: model_year_2019", "petrol", "travel.car.passenger_car.mi",
     F("2.97") + (F("0.059") * 27 + F("0.053") * 273) / 1000),
    ("light_duty_trucks, technology: model_year_2019", "petrol", "travel.car.light_duty_truck.mi",
     F("3.94") + (F("0.109") * 27 + F("0.088") * 273) / 1000),
    ("medium_and_heavy_duty_vehicles, technology: model_year_2007_2022", "diesel",
     "freight.medium_and_heavy_duty_truck.mi",
     F("12.98") + (F("0.115") * 27 + F("0.376") * 273) / 1000),
])  # fmt: skip
def test_the_hint_as_printed_gives_the_right_number(
    tmp_path: Path, vehicle: str, fuel: str, row: str, tonnes: Fraction
) -> None:
    line = (
        f"miles: {{facility: austin, category: mobile_combustion, fuel: {fuel},"
        f" vehicle: {vehicle}, quantity: 10_000 mi, period: 2025"
    )
    (found,) = computed(tmp_path, line + "}").diagnostics
    assert found.code == "combustion-without-co2"
    pin = re.match(r"pin `(factor: [^`]+)`", found.hint or "")
    assert pin is not None, found.hint
    assert pin[1] == f"factor: epa-hub-2025/{row}"
    run = computed(tmp_path, f"{line}, {pin[1]}}}")
    assert run.inventory is not None, run.diagnostics
    assert run.inventory.totals.scope_1 == tonnes
    (part,) = run.lines[0].location_based
    assert part.plan.resolution.chosen.startswith("pinned: an average vehicle, printed for ")


@pytest.mark.parametrize("line", [
    f"{CARS.replace('passenger_cars', 'buses')}, technology: x",  # no such row
    "category: mobile_combustion, fuel: cng, vehicle: buses",  # per mile, no average of gas buses
])  # fmt: skip
def test_no_average_of_another_vehicle_is_offered(tmp_path: Path, line: str) -> None:
    run = computed(tmp_path, f"miles: {{facility: austin, {line}, quantity: 1 mi, period: 2025}}")
    assert run.inventory is None
    assert all("pin `factor: epa-hub-2025/travel" not in (d.hint or "") for d in run.diagnostics)


@pytest.mark.parametrize(("line", "code"), [
    (f"{CARS}, factor: epa-hub-2025/travel.bus.person_mi, quantity: 1 person·mi",
     "pinned-factor-refused"),
    (f"{CARS}, factor: epa-hub-2025/freight.rail.short_ton_mi, quantity: 1 mi",
     "pinned-factor-refused"),
    ("category: stationary_combustion, fuel: petrol, quantity: 1 mi,"
     " factor: epa-hub-2025/travel.car.passenger_car.mi", "unit-mismatch"),
])  # fmt: skip
def test_rows_per_passenger_or_ton_and_other_categories_stay_closed(
    tmp_path: Path, line: str, code: str
) -> None:
    assert codes(computed(tmp_path, f"x: {{facility: austin, {line}, period: 2025}}")) == [code]


# ---- the method of the EPA: CO2 by the gallon, CH4 and N2O by the mile ---------------------------


@pytest.mark.parametrize("order", [1, -1])
def test_miles_may_name_the_line_of_their_fuel(tmp_path: Path, order: int) -> None:
    lines = [GALLONS, f"{MILES} co2_counted_in: gas, period: 2025}}"][::order]
    run = computed(tmp_path, *lines)
    assert run.inventory is not None, run.diagnostics
    assert run.inventory.totals.scope_1 == GALLONS_T + MILES_T


def test_monthly_bills_are_named_together(tmp_path: Path) -> None:
    months = [
        GALLONS.replace("gas:", f"gas-{month}:").replace("period: 2025", f"period: 2025-0{month}")
        for month in (1, 2, 3)
    ]
    names = "co2_counted_in: [gas-1, gas-2, gas-3]"
    run = computed(tmp_path, *months, f"{MILES} {names}, period: 2025}}")
    assert run.inventory is not None, run.diagnostics
    assert run.inventory.totals.scope_1 == 3 * GALLONS_T + MILES_T


@pytest.mark.parametrize(("gas", "named", "code"), [
    (GALLONS, "gass", "combustion-without-co2"),  # no such line
    (GALLONS.replace("austin", "dallas"), "gas", "combustion-without-co2"),
    (GALLONS.replace("2025}", "2024}").replace("hub-2025", "hub-2024"), "gas",
     "combustion-without-co2"),
    (GALLONS.replace("petrol", "diesel"), "gas", "combustion-without-co2"),
    (GALLONS, "miles", "conflicting-keys"),  # itself
    # table 5 completes its gallons with CH4 and N2O: they would count twice
    (GALLONS.replace("factor: epa-hub-2025/mobile.petrol.gal_us",
                     "vehicle: ships_and_boats, technology: two_stroke"), "gas",
     "conflicting-keys"),
])  # fmt: skip
def test_the_named_line_holds_the_fuel_of_the_same_place_and_year(
    tmp_path: Path, gas: str, named: str, code: str
) -> None:
    run = computed(tmp_path, gas, f"{MILES} co2_counted_in: {named}, period: 2025}}")
    assert codes(run) == [code], run.diagnostics
    assert run.inventory is None


def test_a_line_that_gives_its_own_co2_names_no_other(tmp_path: Path) -> None:
    boat = (
        "boat: {facility: austin, category: mobile_combustion, fuel: petrol, vehicle:"
        " ships_and_boats, technology: two_stroke, quantity: 1 gal_us, co2_counted_in: gas,"
        " period: 2025}"
    )
    assert codes(computed(tmp_path, GALLONS, boat)) == ["conflicting-keys"]


@pytest.mark.parametrize("line", [
    "power: {facility: austin, category: purchased_electricity, quantity: 1 MWh,"
    " co2_counted_in: gas, period: 2025}",
    "leak: {facility: austin, category: mobile_combustion, fuel: petrol, gas_masses: {CH4: 1 kg},"
    " co2_counted_in: gas, period: 2025}",
])  # fmt: skip
def test_the_key_stands_on_combustion_by_a_factor_alone(tmp_path: Path, line: str) -> None:
    assert "conflicting-keys" in codes(computed(tmp_path, GALLONS, line))


TABLE = """\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [epa-hub]
facilities: {austin: {country: US}, dallas: {country: US}}
tables:
  fleet:
    files: fleet.csv
    columns: {facility: site, item: item, quantity: amount, unit: unit, period: year}
    items:
      gasoline:
        category: mobile_combustion
        fuel: petrol
        factor: epa-hub-2025/mobile.petrol.gal_us
      miles:
        category: mobile_combustion
        fuel: petrol
        vehicle: passenger_cars
        technology: model_year_2019
        COUNTED
"""
FUEL = "austin,gasoline,400,gal_us,2025\n"
DRIVEN = "austin,miles,10000,mi,2025\n"


def tabled(folder: Path, counted: str, rows: str) -> Run:
    text = "site,item,amount,unit,year\n" + rows
    (folder / "fleet.csv").write_text(text, encoding="utf-8")
    (folder / "company.yaml").write_text(TABLE.replace("COUNTED", counted), encoding="utf-8")
    return compute(folder / "company.yaml")


def test_items_of_a_table_name_each_other(tmp_path: Path) -> None:
    run = tabled(tmp_path, "co2_counted_in: fleet/gasoline", FUEL + DRIVEN)
    assert run.inventory is not None, run.diagnostics
    assert run.inventory.totals.scope_1 == GALLONS_T + MILES_T


@pytest.mark.parametrize(("counted", "rows"), [
    ("", FUEL + DRIVEN), ("co2_counted_in: fleet/gas", FUEL + DRIVEN),
    ("co2_counted_in: fleet/gasoline", DRIVEN),
    ("co2_counted_in: fleet/gasoline", FUEL.replace("austin", "dallas") + DRIVEN),
])  # fmt: skip
def test_rows_without_fuel_of_their_place_are_refused(
    tmp_path: Path, counted: str, rows: str
) -> None:
    run = tabled(tmp_path, counted, rows)
    assert set(codes(run)) == {"combustion-without-co2"}


# ---- other rates, locked years, and every bundled pack -------------------------------------------


@pytest.mark.parametrize(("rate", "refused"), [
    ("{CH4: 1 g/L, N2O: 1 g/L}", True), ("{CH4: 0 g/L}", True),
    ("{CO2_biogenic: 2 kg/L, CH4: 1 g/L}", True),  # petrol is no biomass
    ("{CO2: 0 kg/L, CH4: 1 g/L}", True),  # no fuel with fossil carbon burns to none
    ("{CO2e: 2 kgCO2e/L}", False),
])  # fmt: skip
def test_a_stated_rate_of_a_fossil_fuel_gives_its_co2(
    tmp_path: Path, rate: str, refused: bool
) -> None:
    line = f"x: {{facility: austin, {CARS}, quantity: 1 L, emission_rate: {rate}, period: 2025}}"
    assert ("combustion-without-co2" in codes(computed(tmp_path, line))) is refused


def test_biomass_stands_with_its_note(tmp_path: Path) -> None:
    line = (
        "x: {facility: austin, category: mobile_combustion, fuel: biodiesel, quantity: 1 L,"
        " emission_rate: {CH4: 1 g/L, N2O: 1 g/L}, period: 2025}"
    )
    assert computed(tmp_path, line).inventory is not None


def test_a_locked_year_stands(tmp_path: Path) -> None:
    """A lock written before its miles had to name their fuel keeps its year."""
    paired = computed(tmp_path, GALLONS, f"{MILES} co2_counted_in: gas, period: 2025}}")
    assert paired.inventory is not None
    text = render_lock("company.yaml", lock_years(tmp_path / "company.yaml", [2025]).sections)
    (tmp_path / "ghgcalc.lock").write_text(text, encoding="utf-8")
    alone = computed(tmp_path, GALLONS, f"{MILES} period: 2025}}")
    assert alone.inventory is not None, alone.diagnostics
    assert alone.inventory.totals == paired.inventory.totals


def _bare(factor: Factor) -> bool:
    gases = set(factor.gases)
    return not factor.with_ and gases.isdisjoint({"CO2", "C", BIOGENIC, UNSPECIFIED})


def test_of_the_bundled_packs_only_the_hub_prints_fossil_fuels_without_co2() -> None:
    """Rows of other packs that lack CO2 would be refused as well: this says that none does."""
    rows = [
        factor
        for name in bundled_packs()
        if (pack := open_bundled(name)) is not None
        for table in pack.holding("factors")
        if any(table.serves(category) for category in COMBUSTION)
        for factor in map(pack._from_row, table.all())
        if factor.categories & COMBUSTION and _bare(factor)
    ]
    fossil = [row for row in rows if not (row.fuel in FUELS and FUELS[row.fuel].biogenic)]
    assert {row.pack.publisher for row in fossil} == {"epa-hub"}
    assert {row.per.text for row in fossil} == {"mi"}
    assert len(fossil) >= 277  # 2024: 137, 2025: 140, and more with new editions


def test_zero_co2_of_a_fossil_fuel_is_no_figure(tmp_path: Path) -> None:
    gas = ("gas: {facility: austin, category: stationary_combustion, fuel: natural_gas,"
           " quantity: 1 GJ gross, period: 2025, emission_rate: {CO2: 0 kg/GJ gross}}")  # fmt: skip
    run = computed(tmp_path, gas)
    assert run.inventory is None
    (found,) = run.diagnostics
    assert (found.code, "gives 0 CO2" in found.message) == ("combustion-without-co2", True)
    hydrogen = gas.replace("natural_gas", "hydrogen")
    assert computed(tmp_path, hydrogen).inventory is not None  # it holds no carbon


def test_a_fuel_line_of_nothing_counts_no_co2(tmp_path: Path) -> None:
    none = GALLONS.replace("400 gal_us", "0 gal_us")
    run = computed(tmp_path, f"{MILES} co2_counted_in: gas, period: 2025}}", none)
    assert run.inventory is None
    assert "combustion-without-co2" in codes(run)
