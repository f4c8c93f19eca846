"""Plans: printed CO2e of one gas under another GWP set, and what a publisher does not print."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.calculation.results.plan import Plan

F = Fraction


GAS = "category: stationary_combustion, fuel: natural_gas"
POWER = "category: purchased_electricity"


def run(folder: Path, gases: str, gwp_set: str, printed: str = "AR5", what: str = GAS) -> Run:
    """100 MWh of gas or power, priced by an own factor."""
    per = "MWh net" if what == GAS else "MWh, kind: grid_average"
    (folder / "own.yaml").write_text(
        f"pack: own\ntitle: Own\ngwp_set: {printed}\nfactors:\n"
        f"  one: {{per: {per}, {what}, gases: {gases}, source: hand}}\n",
        "utf-8",
    )
    path = folder / "company.yaml"
    path.write_text(
        "ghgcalc: 1\norganization: {name: X, consolidation_approach: operational_control,"
        f" gwp_set: {gwp_set}}}\nfactor_packs: [./own.yaml]\nfacilities: {{a: {{country: XX}}}}\n"
        f"activities:\n  line: {{facility: a, {what}, period: 2025,"
        f" quantity: 100 MWh{' net' * (what == GAS)}}}\n",
        "utf-8",
    )
    return compute(path)


def plan(made: Run) -> Plan:
    assert made.inventory is not None, made.diagnostics
    (line,) = made.inventory.lines
    (part,) = line.location_based
    return part.plan


CO2E = "{CO2: 200 kgCO2e, CH4: 2.8 kgCO2e, N2O: 2.65 kgCO2e, HFC-134a: 2.6 kgCO2e}"


@pytest.mark.parametrize(
    ("gwp_set", "tonnes"),
    [
        # AR5 prints 28, 265 and 1,300: 0.1 kg CH4, 0.01 kg N2O and 0.002 kg of the HFC per MWh
        ("AR5", F("20.805")),
        ("AR6", (200 + F("0.1") * 27 + F("0.01") * 273 + F("0.002") * 1530) / 10),
    ],
)
def test_co2e_printed_per_gas_becomes_masses_in_their_groups(
    tmp_path: Path, gwp_set: str, tonnes: Fraction
) -> None:
    made = run(tmp_path, CO2E, gwp_set)
    assert [(rate.gas, rate.kg, rate.group) for rate in plan(made).gases] == [
        ("CO2", 200, "CO2"), ("CH4", F("0.1"), "CH4"), ("N2O", F("0.01"), "N2O"),
        ("HFC-134a", F("0.002"), "HFC"),
    ]  # fmt: skip
    assert made.inventory is not None
    assert made.inventory.totals.scope_1 == tonnes


@pytest.mark.parametrize(
    ("ours", "printed", "gas", "code", "words"),
    [
        # HFC-329p stands in AR6 alone, PFC-216 in AR5 alone
        ("AR4", "AR6", "HFC-329p", "gwp-missing", "AR4 gives no GWP for `HFC-329p`"),
        ("AR6", "AR4", "HFC-329p", "gwp-missing", "AR4 gives no GWP for `HFC-329p`"),
        ("AR4", "AR5", "XYZ-9", "unknown-gas", "CO2e of `XYZ-9`, which no GWP set lists"),
    ],
)
def test_co2e_of_a_gas_that_one_set_lacks(
    tmp_path: Path, ours: str, printed: str, gas: str, code: str, words: str
) -> None:
    made = run(tmp_path, f"{{CO2: 200 kg, {gas}: 5 kgCO2e}}", ours, printed)
    assert made.inventory is None
    (found,) = made.diagnostics
    assert found.code == code
    assert words in found.message


@pytest.mark.parametrize(
    ("gases", "missing"),
    [
        ("{CO2: 200 kg}", "CH4, N2O"),
        ("{CO2: 200 kg, CH4: 0 kg, N2O: 0 kg}", ""),
        ("{CO2: 0 kg}", ""),  # a zero is a zero of all gases
        ("{CO2e: 0 kg}", ""),
        ("{CO2_biogenic: 200 kg, CH4: 1 g}", "N2O"),
        ("{CO2: 200 kg, CO2e: 201 kg}", ""),  # the rest of its total holds them
    ],
)
def test_gases_that_a_publisher_does_not_print_are_named(
    tmp_path: Path, gases: str, missing: str
) -> None:
    assert plan(run(tmp_path, gases, "AR5", what=POWER)).partial == missing
