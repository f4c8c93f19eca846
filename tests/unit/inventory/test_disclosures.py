"""What a Scope 2 report says in words: each note appears with its cause and not without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ghgcalc.pipeline.run import compute

HEAD = """
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [./own.yaml]
facilities: {a: {country: XX}}
activities:
  power: {facility: a, category: purchased_electricity, quantity: 100 MWh, period: 2023}
"""
OWN = """
pack: own
title: Factors of the example
factors:
  grid:
    {category: purchased_electricity, region: XX, per: MWh, gases: {CO2: 0.5 t%s}, source: table%s}
  residual:
    {category: purchased_electricity, kind: residual_mix, region: XX, per: MWh, gases: {CO2: 0.6 t},
     source: table}
"""
MET = "criteria_met: {1: x, 2: x, 3: x, 4: x, 5: x}"
CERTIFICATE = """
instruments:
  go: {type: GO, market: XX, volume: 30 MWh, generated: 2023, emission_rate: {CO2: 0 kg/MWh}%s}
"""


def notes(folder: Path, tail: str, gases: str = "", more: str = "") -> list[str]:
    (folder / "company.yaml").write_text(HEAD + tail, "utf-8")
    (folder / "own.yaml").write_text(OWN % (gases, more), "utf-8")
    run = compute(folder / "company.yaml")
    assert run.inventory is not None, run.diagnostics
    return run.inventory.notes


def test_instruments_that_meet_the_criteria(tmp_path: Path) -> None:
    found = notes(tmp_path, CERTIFICATE % f", {MET}")
    assert (
        "Scope 2 market-based: all 30 MWh of instruments meet the Scope 2 Quality Criteria (R4)"
    ) in found


def test_instruments_whose_criteria_are_assumed(tmp_path: Path) -> None:
    accept = "accept:\n  - {gap: criteria_assumed, for: {instrument: go}, reason: not public}\n"
    found = notes(tmp_path, accept + CERTIFICATE % "")
    assert (
        "Scope 2 market-based: 0 of 30 MWh of instruments meet the Scope 2 Quality Criteria; for"
        " 30 MWh they are assumed: go (R4)"
    ) in found


def test_no_instrument_no_statement(tmp_path: Path) -> None:
    assert not any("Quality Criteria" in note for note in notes(tmp_path, ""))


def test_targets_name_their_method(tmp_path: Path) -> None:
    targets = """
targets:
  near: {kind: absolute, scopes: [1, 2], scope_2: market_based, by: 2030}
  far: {kind: absolute, scopes: [1, 2], by: 2050}
  fuel: {kind: absolute, scopes: [1], by: 2030}
"""
    assert ("Scope 2 method of targets: market-based: near; not stated: far (S2-09)") in notes(
        tmp_path, targets
    )


@pytest.mark.parametrize(("gases", "silent"), [("", True), (", CO2_biogenic: 0.1 t", False)])
def test_biogenic_part_of_the_grid(tmp_path: Path, gases: str, silent: bool) -> None:
    found = notes(tmp_path, "", gases)
    text = "biogenic CO2 of grid electricity not available in own (R28)"
    assert (text in found) is silent
    # the residual mix gives none: 100 MWh x 0.1 t stand location-based only
    both = "biogenic CO2 of Scope 2, outside the scopes: location-based 10.000 t, market-based"
    assert any(note.startswith(both) for note in found) is not silent


def test_factors_that_include_losses(tmp_path: Path) -> None:
    text = "own/grid includes grid losses: Scope 2 holds them, category 3 does not (R26)"
    assert text in notes(tmp_path, "", more=", includes_losses: true")
    assert text not in notes(tmp_path, "")
