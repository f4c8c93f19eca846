"""Own packs speak the vocabulary's words: a row under another name would never be found."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.core.vocabulary.fuels import FUELS
from ghgcalc.factors.own_packs import read_pack_file
from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

PACK = """pack: own
title: O
factors:
  a: {category: mobile_combustion, fuel: FUEL, region: REGION, per: L,
      gases: {GAS: 2 kg}, source: s}
fuel_properties:
  p: {fuel: petrol, property: density, value: 0.75 kg/L, source: s}
"""
COMPANY = """
ghgcalc: 1
organization: {name: T, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [own.yaml]
facilities: {leeds: {country: GB}}
activities:
  a: {facility: leeds, category: mobile_combustion, fuel: gasoline, quantity: 1000 L, period: 2024}
"""


def pack(fuel: str = "petrol", region: str = "GB", gas: str = "CO2") -> str:
    return PACK.replace("FUEL", fuel).replace("REGION", region).replace("GAS", gas)


@pytest.mark.parametrize(
    ("words", "code", "word"),
    [
        ({"fuel": "gasoline"}, "unknown-fuel", "petrol"),
        ({"fuel": "Petrol"}, "unknown-fuel", "petrol"),
        ({"fuel": "Natural Gas"}, "unknown-fuel", "natural_gas"),
        ({"region": "UK"}, "unknown-value", "GB"),
        ({"region": "gb"}, "unknown-value", "GB"),
        ({"region": "World"}, "unknown-value", "leave it out"),
        ({"gas": "CO3"}, "unknown-gas", "R- and the number"),
        ({"gas": "co2"}, "", ""),
        ({"gas": "R-134a"}, "", ""),
        ({"fuel": "sludge_oil"}, "", ""),
        ({"region": "GB-SCT"}, "", ""),
    ],
)
def test_words(tmp_path: Path, words: dict[str, str], code: str, word: str) -> None:
    (tmp_path / "own.yaml").write_text(pack(**words), "utf-8")
    found = read_pack_file(tmp_path / "own.yaml", "own.yaml").diagnostics
    assert [item.code for item in found] == ([code] if code else [])
    assert all(word in (item.hint or "") for item in found)


def test_the_word_of_the_hint_is_found(tmp_path: Path) -> None:
    """1000 L at 2 kg/L are 2 t, once the pack says what the hint of `lint` says."""
    (tmp_path / "company.yaml").write_text(COMPANY, "utf-8")
    (tmp_path / "own.yaml").write_text(pack("gasoline"), "utf-8")
    refused = compute(tmp_path / "company.yaml")
    assert "unknown-fuel" in [item.code for item in refused.diagnostics]
    assert refused.inventory is None
    (tmp_path / "own.yaml").write_text(pack("petrol"), "utf-8")
    run = compute(tmp_path / "company.yaml")
    assert run.inventory is not None
    assert run.inventory.totals.scope_1 == 2


def test_properties_of_a_pack(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(pack().replace("p: {fuel: petrol", "p: {fuel: gasoline"))
    found = read_pack_file(tmp_path / "own.yaml", "own.yaml").diagnostics
    assert [(item.code, item.location and item.location.line) for item in found] == [
        ("unknown-fuel", 7)
    ]


@pytest.mark.parametrize("name", ["petrol", "gasoline"])
def test_properties_of_a_facility_by_any_name(tmp_path: Path, name: str) -> None:
    """1000 kg at 0.5 kg/L are 2000 L, 4 t; by the pack's 0.75 kg/L they would be 2.667 t."""
    stated = (
        f"leeds: {{country: GB, fuel_properties: {{{name}: {{density: 0.5 kg/L, source: s}}}}}}"
    )
    text = COMPANY.replace("leeds: {country: GB}", stated).replace("1000 L", "1000 kg")
    (tmp_path / "company.yaml").write_text(text, "utf-8")
    (tmp_path / "own.yaml").write_text(pack(), "utf-8")
    run = compute(tmp_path / "company.yaml")
    assert run.inventory is not None, run.diagnostics
    assert run.inventory.totals.scope_1 == Fraction(4)


def test_properties_of_one_fuel_under_two_names(tmp_path: Path) -> None:
    both = "petrol: {density: 0.5 kg/L}, gasoline: {density: 0.7 kg/L}"
    text = COMPANY.replace("country: GB}", f"country: GB, fuel_properties: {{{both}}}}}")
    (tmp_path / "company.yaml").write_text(text, "utf-8")
    (tmp_path / "own.yaml").write_text(pack(), "utf-8")
    assert "conflicting-keys" in [i.code for i in compute(tmp_path / "company.yaml").diagnostics]


def test_every_other_name_is_told() -> None:
    """No fuel's other name is another fuel's id, so that the word to write is never in doubt."""
    names = [alias for fuel in FUELS.values() for alias in fuel.aliases]
    assert not set(names) & set(FUELS)
    assert len(names) == len(set(names))
