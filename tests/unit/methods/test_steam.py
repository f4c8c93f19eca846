"""Steam tables: points as printed, between them by hand arithmetic, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.calculation.results.line import LOCATION
from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
ghgcalc: 1
organization: {name: A, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [%s]
facilities:
  suzhou: {country: CN, region: CN-JS}
activities:
  steam: {facility: suzhou, category: purchased_steam, quantity: 1_000 t, period: 2023,
          steam_state: {evidence: contract.pdf, %s}}
"""
PACK = "gbt-32151-34-2024"


def run(folder: Path, state: str, packs: str = PACK) -> Run:
    (folder / "company.yaml").write_text(HEAD % (packs, state), "utf-8")
    return compute(folder / "company.yaml", period="2023")


@pytest.mark.parametrize(
    ("state", "enthalpy"),
    [
        # printed points of Table C.4 and C.5
        ("pressure: 1.0 MPa absolute, temperature: saturated", "2777.0"),
        ("pressure: 1000 kPa absolute, temperature: saturated", "2777.0"),
        ("pressure: 10 bar absolute, temperature: Saturated", "2777.0"),
        ("pressure: 0.9 MPa gauge, atmospheric_pressure: 100 kPa, temperature: saturated", "2777"),
        ("pressure: 1 MPa absolute, temperature: 300 degC", "3051.3"),
        ("pressure: 1 MPa absolute, temperature: 573.15 K", "3051.3"),
        ("pressure: 25 MPa absolute, temperature: 450 degC", "2952.1"),
        # 1.75 MPa: halfway between 2,793.8 and 2,795.1
        ("pressure: 1.75 MPa absolute, temperature: saturated", "2794.45"),
        # 0.9 MPa gauge + 0.101325 = 1.001325 MPa: 2,777.0 + 3.4 x 0.01325
        ("pressure: 0.9 MPa gauge, atmospheric_pressure: 101.325 kPa, temperature: saturated",
         "2777.04505"),
        # 310 degC at 1 MPa: 3,051.3 + (3,157.7 - 3,051.3) x 10/50
        ("pressure: 1 MPa absolute, temperature: 310 degC", "3072.58"),
        # 2 MPa, halfway between 1 and 3: (3,051.3 + 2,994.2) / 2
        ("pressure: 2 MPa absolute, temperature: 300 degC", "3022.75"),
        # both: (3,072.58 + 2,994.2 + (3,115.7 - 2,994.2) x 10/50) / 2 = (3,072.58 + 3,018.5) / 2
        ("pressure: 2 MPa absolute, temperature: 310 degC", "3045.54"),
        # minus feed water of 20 degC
        ("pressure: 1.0 MPa absolute, temperature: saturated, returned: 83.74 kJ/kg", "2693.26"),
    ],
)  # fmt: skip
def test_enthalpies(tmp_path: Path, state: str, enthalpy: str) -> None:
    """1,000 t at h kJ/kg are h GJ, at 0.11 t/GJ of Table C.3."""
    inventory = run(tmp_path, state).inventory
    assert inventory is not None
    assert inventory.totals.scope_2[LOCATION] == Fraction(enthalpy) * Fraction("0.11")
    assert [use.id for use in inventory.packs] == [PACK, "gwp-ar6"]


def test_the_points_are_printed(tmp_path: Path) -> None:
    inventory = run(tmp_path, "pressure: 1.75 MPa absolute, temperature: saturated").inventory
    assert inventory is not None
    (step, *_) = inventory.lines[0].location_based[0].plan.steps
    assert step.text == "2,794.45 kJ/kg"
    assert step.source == (
        "enthalpy of the steam, 1.75 MPa absolute saturated: gbt-32151-34-2024@1.2, interpolated"
        " between Table C.4, 1.70 MPa: 2,793.8 kJ/kg; Table C.4, 1.80 MPa: 2,795.1 kJ/kg"
        " (contract.pdf)"
    )
    assert step.ref == "gbt-32151-34-2024/saturated_steam.1_70_mpa"


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ("pressure: 1.0 MPa, temperature: saturated",
         "pressure `1.0 MPa` does not say whether it is absolute or read at a gauge"),
        ("pressure: 0.9 MPa gauge, temperature: saturated",
         "`0.9 MPa gauge` is above a pressure of the air that is not stated"),
        ("pressure: 1 MPa absolute, atmospheric_pressure: 100 kPa, temperature: saturated",
         "`atmospheric_pressure` beside an absolute pressure"),
        ("pressure: 0 MPa absolute, temperature: saturated", "pressure `0 MPa` is not above zero"),
        ("pressure: 1 kg absolute, temperature: saturated", "`kg` is mass, `MPa` is pressure"),
        ("pressure: 1 MPa absolute, temperature: hot", "`hot` is not a temperature"),
        ("pressure: 22.5 MPa absolute, temperature: saturated",
         "pressure 22.5 MPa lies outside the table"),
        ("pressure: 1 MPa absolute, temperature: 179 degC",
         "179 °C is not above the 179.88 °C at which water boils at 1 MPa"),
        ("pressure: 1 MPa absolute, temperature: 601 degC",
         "temperature 601 °C lies outside the table"),
        ("pressure: 31 MPa absolute, temperature: 500 degC",
         "pressure 31 MPa lies outside the table"),
        # saturated steam of 2 MPa boils at 212.37: at 3 MPa and 220 degC there is water
        ("pressure: 2 MPa absolute, temperature: 230 degC",
         "the table has no steam at 3 MPa and 220 °C, a neighbour of the state"),
        # a misprint of the table is left out
        ("pressure: 0.5 MPa absolute, temperature: 400 degC",
         "the table has no steam at 0.5 MPa and 400 °C, a neighbour of the state"),
        ("pressure: 1.0 MPa absolute, temperature: saturated, returned: 2_777 kJ/kg",
         "the enthalpy (2,777 kJ/kg − 2,777 kJ/kg) is not above what returns"),
    ],
)  # fmt: skip
def test_unclear_states_are_refused(tmp_path: Path, state: str, message: str) -> None:
    made = run(tmp_path, state)
    assert made.inventory is None
    (found,) = made.diagnostics
    assert (found.code, found.message) == ("bad-steam-state", f"`steam`: {message}")
    assert found.hint


def test_a_pack_without_a_table(tmp_path: Path) -> None:
    made = run(tmp_path, "pressure: 1 MPa absolute, temperature: saturated", "mee-china")
    assert made.diagnostics[0].message == "`steam`: no factor pack of the file has a steam table"


@pytest.mark.parametrize("key", ["pressure: 1 MPa absolute", "temperature: saturated", "note: x"])
def test_half_a_state_is_refused(tmp_path: Path, key: str) -> None:
    made = run(tmp_path, key)
    assert made.inventory is None
    assert made.diagnostics[0].code in ("missing-key", "unknown-key")


def test_an_own_table_says_its_unit(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "pack: own\ntitle: T\ntables:\n  - {file: s.csv, holds: steam_enthalpy}\n"
        "factors:\n  heat: {category: purchased_steam, per: GJ, gases: {CO2: 0.1 t}, source: t}\n"
    )
    text = "id,pressure_mpa,temperature_c,value,unit,locator\n"
    (tmp_path / "s.csv").write_text(text + "a,1,180,2.7,GJ/t,p. 1\n")
    state = "pressure: 1 MPa absolute, temperature: saturated"
    inventory = run(tmp_path, state, "./own.yaml").inventory
    assert inventory is not None
    assert inventory.totals.scope_2[LOCATION] == 270
    assert run(tmp_path, state.replace("saturated", "300 degC"), "./own.yaml").inventory is None
    (tmp_path / "s.csv").write_text(text + "a,0,180,2.7,GJ,p. 1\n")
    found = {item.message for item in run(tmp_path, state, "./own.yaml").diagnostics}
    assert {"`a`: an enthalpy in `GJ`", "`a`: `pressure_mpa` 0 is not above 0"} < found
