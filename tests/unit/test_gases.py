from __future__ import annotations

from fractions import Fraction

import pytest

from ghgcalc.gases import GwpSet, blend_id, known_gas

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
    ("R-134a", None), ("HFC-410A", None), ("R-4100A", None), ("", None),
])  # fmt: skip
def test_blend_numbers(text: str, blend: str | None) -> None:
    assert blend_id(text) == blend


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
