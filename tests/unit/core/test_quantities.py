"""Quantities wherever a company file, a pack or a form holds one: one reader, one rule."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = """\
ghgcalc: 1
organization: {name: T, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz-2024]
facilities: {leeds: {country: GB}}
"""
NOT_DERIVED = (
    "scope_3: {fuel_and_energy_related: {derive: off, reason: not the point of this test}}\n"
)
LINE = "activities:\n  a: {facility: leeds, period: 2024, category: %s}\n"
POWER = LINE % "purchased_electricity, quantity: 20_000 MWh"
# what stands in the file by the key that holds a quantity; QUANTITY is its number
FIELDS = {
    "quantity": (LINE % "purchased_electricity, quantity: QUANTITY kWh"),
    "gas_masses": (LINE % "process_emissions, gas_masses: {CH4: QUANTITY kg}"),
    "reported": (LINE % "purchased_heat, method: location_based, by: x, gwp_set: AR5,"
                        " reported: QUANTITY tCO2e"),
    "balance": (LINE % "fugitive_emissions, gas: HFC-134a,"
                       " mass_balance: {inventory_start: QUANTITY kg, inventory_end: 0 kg}"),
    "leakage": (LINE % "fugitive_emissions, gas: HFC-134a,"
                       " leakage: {charge: QUANTITY kg, annual_rate: 5%}"),
    "billed_as": (LINE % "stationary_combustion, fuel: natural_gas, quantity: 10 m3,"
                         " billed_as: {calorific_value: QUANTITY kJ/m3 gross}"),
    "gas_state": (LINE % "stationary_combustion, fuel: natural_gas, quantity: 10 m3,"
                         " gas_state: {temperature: 20 degC, pressure: QUANTITY Pa}"),
    "fuel_properties": (LINE % "stationary_combustion, fuel: diesel, quantity: 1 t,"
                               " fuel_properties: {ncv: QUANTITY MJ/t}"),
    "emission_rate": (LINE % "process_emissions, quantity: 1 t,"
                             " emission_rate: {CO2: QUANTITY g/t}"),
    "storage": (LINE % "purchased_electricity,"
                       " storage: {charged: QUANTITY kWh, discharged: 1 kWh}"),
    "volume": POWER + "instruments:\n  go: {type: REGO, market: GB, volume: QUANTITY MWh,"
                      " emission_rate: {CO2: 0 kg/MWh}, generated: 2024}\n",
    "expect": POWER + "expect:\n  - {period: 2024, figure: scope_1, value: QUANTITY t,"
                      " within: 1 t}\n",
    "within": POWER + "expect:\n  - {period: 2024, figure: scope_1, value: 1 t,"
                      " within: QUANTITY t}\n",
    "own unit": POWER + "units:\n  own_drum: QUANTITY L\n",
    "value of a metric": POWER + "metrics:\n  m: {unit: CNY, values: {2024: QUANTITY}}\n",
}  # fmt: skip


def run(folder: Path, text: str) -> Run:
    path = folder / "company.yaml"
    path.write_text(COMPANY + text, encoding="utf-8")
    return compute(str(path))


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("space", [" ", "\u202f"])
def test_digits_after_digits_are_refused_in_every_field(
    tmp_path: Path, name: str, space: str
) -> None:
    text = FIELDS[name]
    place = (COMPANY + text).split("QUANTITY")[0].count("\n") + 1
    found = run(tmp_path, text.replace("QUANTITY", f"12{space}500")).diagnostics
    (slip,) = [item for item in found if "12_500" in (item.hint or "")]
    assert slip.severity.name == "ERROR"
    assert slip.location is not None
    assert slip.location.line == place


def test_every_field_takes_the_number_of_the_hint(tmp_path: Path) -> None:
    """The same files with `12_500` have no fault in that number."""
    for name, text in FIELDS.items():
        found = run(tmp_path, text.replace("QUANTITY", "12_500")).diagnostics
        codes = {item.code for item in found}
        assert not codes & {"not-a-number", "missing-unit", "unknown-unit", "yaml-syntax"}, name


def test_own_packs_refuse_digits_after_digits(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "pack: own\ntitle: Own\nfactors:\n  x:\n    category: process_emissions\n    item: x\n"
        "    per: 1000 t\n    gases: {CO2: 98 500 g}\n    locator: here\n",
        encoding="utf-8",
    )
    path = tmp_path / "company.yaml"
    line = LINE % "process_emissions, item: x, quantity: 1 t"
    path.write_text((COMPANY + line).replace("desnz-2024", "./own.yaml"), encoding="utf-8")
    found = [item for item in compute(str(path)).diagnostics if item.code == "not-a-number"]
    assert [item.hint for item in found] == ["write `98_500 g`"]


SPELLINGS = ["400 L", "400 litres", "400 l", "400 升", "0.4 kL", "4 hL", "0.4 thousand L",
             "0.04 万L", "0.8 own_tank", "0.08 own_row", "400_000 mL"]  # fmt: skip


def test_litres_of_lpg_are_one_amount_however_they_are_spelled(tmp_path: Path) -> None:
    """All are 400 L: 0.8 tanks of 500 L, 0.08 rows of ten tanks."""
    lines = "".join(
        f"  a{n}: {{facility: leeds, category: stationary_combustion, fuel: lpg, period: 2024,"
        f" quantity: {text}}}\n"
        for n, text in enumerate(SPELLINGS)
    )
    units = "units: {own_row: 10 own_tank, own_tank: 500 L}\n"
    done = run(tmp_path, NOT_DERIVED + units + "activities:\n" + lines)
    assert done.inventory is not None, done.diagnostics
    tonnes = {line.id: line.co2e("location_based") for line in done.inventory.lines}
    assert len(tonnes) == len(SPELLINGS)
    assert set(tonnes.values()) == {tonnes["a0"]}
    # DESNZ 2024, LPG per litre: 1.55713 kg CO2e
    assert tonnes["a0"] == 400 * Fraction("1.55713") / 1000


def test_a_circle_of_own_units_is_placed_at_its_entry(tmp_path: Path) -> None:
    found = run(tmp_path, POWER + "units:\n  own_a: 2 own_b\n  own_b: 3 own_a\n").diagnostics
    places = [(item.code, item.location.line) for item in found if item.location]
    assert places == [("unit-cycle", 8)]
