from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.core.gases import GwpSet, blend_id, known_gas
from ghgcalc.factors.library import open_gwp_set
from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

VALUES = {
    "CO2": 1,
    "CH4": 27,
    "CH4_fossil": 30,
    "N2O": 273,
    "HFC-134a": 1530,
    "HFC-32": 771,
    "PFC-14": 7380,
    "SF6": 24300,
    "HFC-1234ze(E)": 1,
    "HCFC-22": 1960,
    "HFO-1336mzz(Z)": 2,
}
AR6 = GwpSet("AR6", "gwp-ar6@1", {k: Fraction(v) for k, v in VALUES.items()},
             {"SF6": "SF6", "HCFC-22": "montreal"})  # fmt: skip


@pytest.mark.parametrize(("text", "gas"), [
    ("CO2", "CO2"), ("sf6", "SF6"), ("R-134a", "HFC-134a"), ("R134a", "HFC-134a"),
    ("hfc134A", "HFC-134a"), ("CF4", "PFC-14"), ("R-22", "HCFC-22"), ("R-744", "CO2"),
    ("R-32", "HFC-32"), ("CH2F2", "HFC-32"), ("CO2_biogenic", "CO2_biogenic"), ("R-410A", None),
    ("CO2e", None), ("", None), ("R-", None), ("X", None), ("R-1234ze(E)", "HFC-1234ze(E)"),
])  # fmt: skip
def test_names_users_write(text: str, gas: str | None) -> None:
    assert known_gas(text, AR6) == gas


@pytest.mark.parametrize(("text", "blend"), [
    ("R-410A", "R-410A"), ("R410A", "R-410A"), ("R-507A", "R-507A"), ("R-404", "R-404"),
    ("R-134a", None), ("HFC-410A", "R-410A"), ("R-4100A", None), ("", None), ("R-507", "R-507A"),
    ("r507", "R-507A"), ("hfc-404a", "R-404A"), ("HFC-41", None), ("HFC-43-10mee", None),
    ("HFE-449", None),
])  # fmt: skip
def test_blend_numbers(text: str, blend: str | None) -> None:
    assert blend_id(text) == blend


@pytest.mark.parametrize("name", ["AR4", "AR5", "AR6"])
@pytest.mark.parametrize(("text", "gas", "weight"), [
    ("C4F6", "CF2=CFCF=CF2", "0.004"), ("c4f6", "CF2=CFCF=CF2", "0.004"),
    ("CF2=CFCF=CF2", "CF2=CFCF=CF2", "0.004"), ("C5F8", "cyc(-CF2CF2CFCF2CF2-)", "78.1"),
    ("c-C5F8", "cyc(-CF2CF2CFCF2CF2-)", "78.1"), ("C-c5f8", "cyc(-CF2CF2CFCF2CF2-)", "78.1"),
    ("C4F8O", "C4F8O", None), ("cf4", "PFC-14", None), ("C-C4F8", "PFC-318", None),
])  # fmt: skip
def test_gases_of_etching(name: str, text: str, gas: str, weight: str | None) -> None:
    """AR6 Table 7.SM.7 prints 0.004 and 78.1; AR4 and AR5 know neither."""
    _, gwp = open_gwp_set(name)
    assert known_gas(text, gwp) == gas
    if not gas.startswith("PFC"):
        found = gwp.gwp(gas)
        assert found == (Fraction(weight) if weight and name == "AR6" else None)
        assert gwp.group(gas) in ("other", None)


@pytest.mark.parametrize(
    ("text", "gas", "weight"),
    [
        ("HFE-7100", "HFE-449s1", None),
        ("HFE-7200", "HFE-569sf2", 57),
        ("novec 649", "FK-5-1-12", 0.1),
    ],
)
def test_trade_names_that_publishers_print(text: str, gas: str, weight: float | None) -> None:
    """DESNZ prints `HFE-449sl (HFE-7100)`, the GWP packs `Novec 1230/649` beside FK-5-1-12."""
    _, gwp = open_gwp_set("AR5")
    assert known_gas(text, gwp) == gas
    assert (None if (found := gwp.gwp(gas)) is None else float(found)) == weight


def test_folding_joins_no_two_gases() -> None:
    for name in ("AR4", "AR5", "AR6"):
        _, gwp = open_gwp_set(name)
        assert all(known_gas(gas, gwp) == gas for gas in gwp.values)
        assert all(known_gas(gas.lower(), gwp) == gas for gas in gwp.values), name


@pytest.mark.parametrize(
    ("gwp", "words"),
    [("AR5", ("no GWP in this set",) * 2), ("AR6", ("0.003 tCO2e", "37.253 tCO2e"))],
)
def test_etching_gases_are_listed_in_kilograms(
    gwp: str, words: tuple[str, str], tmp_path: Path
) -> None:
    """773.952 kg × 0.004 = 3.1 kg; 476.985 kg × 78.1 = 37,252.5 kg of CO2e."""
    path = tmp_path / "company.yaml"
    path.write_text(
        "ghgcalc: 1\norganization: {name: X, consolidation_approach: operational_control,"
        f" gwp_set: {gwp}}}\nfacilities: {{a: {{country: GB}}}}\nactivities:\n"
        "  one: {facility: a, category: process_emissions, gas: C4F6, quantity: 773.952 kg,"
        " period: 2024}\n"
        "  two: {facility: a, category: process_emissions, gas_masses: {c-C5F8: 476.985 kg,"
        " NF3: 1 kg}, period: 2024}\n"
    )
    found = compute(path)
    assert found.inventory is not None, found.diagnostics
    assert found.inventory.totals.scope_1 == {"AR5": Fraction("16.1"), "AR6": Fraction("17.4")}[gwp]
    notes = [note for note in found.inventory.notes if "outside the seven" in note]
    assert notes == [
        f"C4F6 (CF2=CFCF=CF2) 773.952 kg ({words[0]}): outside the seven gases, not in any total",
        f"C5F8 (cyc(-CF2CF2CFCF2CF2-)) 476.985 kg ({words[1]}): outside the seven gases, not in any"
        " total",
    ]


def test_methane_by_origin() -> None:
    assert AR6.gwp("CH4") == 27
    assert AR6.gwp("CH4", "fossil") == 30
    assert AR6.gwp("CH4", "non_fossil") == 27
    chosen = GwpSet("AR6", "", AR6.values, {}, combustion_ch4="fossil")
    assert chosen.gwp("CH4", "combustion") == 30
    ar5 = GwpSet("AR5", "", {"CH4": Fraction(28), "CH4_fossil": Fraction(30)}, {})
    assert ar5.gwp("CH4", "fossil") == 28
    assert GwpSet("AR5", "", ar5.values, {}, ar5_fossil=True).gwp("CH4", "fossil") == 30


def test_groups() -> None:
    assert AR6.group("CH4_fossil") == "CH4"
    assert AR6.group("HCFC-22") == "montreal"
    assert AR6.group("none") is None
    assert AR6.gwp("none") is None
