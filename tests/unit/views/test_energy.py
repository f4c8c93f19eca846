"""The energy block: MWh, shares and the bridge, by hand arithmetic."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from io import StringIO
from pathlib import Path

import pytest

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.core.vocabulary.technology import source_of
from ghgcalc.inventory.inventory import Inventory
from ghgcalc.pipeline.run import compute
from ghgcalc.views.energy import Energy, energy_of
from support import command

ROOT = Path(__file__).resolve().parents[3]
LUXSHARE = ROOT / "examples" / "luxshare" / "company.yaml"
MET = "criteria_met: {1: x, 2: x, 3: x, 4: x, 5: x, 6: x, 7: x}"
OWN = """
pack: own
title: Factors of the example
factors:
  grid: {category: purchased_electricity, region: XX, per: MWh, gases: {CO2: 0.5 t}, source: table}
  residual:
    {category: purchased_electricity, kind: residual_mix, region: XX, per: MWh, gases: {CO2: 0.6 t},
     source: table}
  heat: {category: purchased_heat, region: XX, per: GJ, gases: {CO2: 0.1 t}, source: table}
"""
HEAD = """
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [./own.yaml]
facilities: {a: {country: XX}, b: {country: XX}}
boundaries: {only-a: {facilities: [a]}}
"""
BODY = f"""
activities:
  power-a: {{facility: a, category: purchased_electricity, quantity: 600 MWh, period: 2023}}
  power-b: {{facility: b, category: purchased_electricity, quantity: 400 MWh, period: 2023}}
  roof: {{facility: a, category: self_generated_electricity, attributes: kept, technology: solar,
         quantity: 100 MWh, period: 2023}}
  sold: {{facility: a, category: self_generated_electricity, attributes: sold, technology: solar,
         quantity: 50 MWh, period: 2023}}
  heat: {{facility: b, category: purchased_heat, quantity: 360 GJ, period: 2023}}
instruments:
  gec: {{type: GEC, market: XX, facilities: [b], volume: 250 MWh, generated: 2023,
        emission_rate: {{CO2: 0 kg/MWh}}, {MET}}}
  nuclear: {{type: GO, market: XX, facilities: [a], volume: 60 MWh, generated: 2023,
        technology: nuclear, emission_rate: {{CO2: 0 kg/MWh}}, {MET}}}
  unknown: {{type: PPA, market: XX, facilities: [a], volume: 40 MWh, generated: 2023,
        emission_rate: {{CO2: 100 kg/MWh}}, {MET}}}
  open: {{type: GEC, market: XX, volume: 30 MWh, generated: 2023, emission_rate: {{CO2: 0 kg/MWh}}}}
"""


def inventory(folder: Path, body: str, boundary: str | None = None) -> Inventory:
    (folder / "company.yaml").write_text(HEAD + body, "utf-8")
    (folder / "own.yaml").write_text(OWN, "utf-8")
    run = compute(folder / "company.yaml", boundary=boundary)
    assert run.inventory is not None, run.diagnostics
    return run.inventory


def bridge(energy: Energy) -> Fraction:
    return sum((t.difference for t in energy.tranches), Fraction(0))


def test_luxshare_prints_the_figures_of_the_report() -> None:
    run = compute(LUXSHARE, period="2023", boundary="sbt")
    assert run.inventory is not None
    energy = energy_of(run.inventory)
    assert energy.share.numerator == 78_656 + 755_797 + 788_326 == 1_622_779
    assert energy.share.consumed == 2_518_754 + 78_656
    assert round(energy.share.value * 100, 1) == Fraction("62.5")  # type: ignore[operator]
    assert round(energy.share.with_unapplied * 100, 1) == Fraction("64.1")  # type: ignore[operator]
    assert energy.attributed.tonnes == 1_622_779 * Fraction("0.6226")
    assert round(energy.attributed.tonnes) == 1_010_342
    assert round(Fraction(1_010_366, 1_622_779), 6) == Fraction("0.622615")
    totals = run.inventory.totals.scope_2
    assert bridge(energy) == totals[LOCATION] - totals[MARKET]
    assert round(bridge(energy)) == 961_371


def test_shares_and_bridge(tmp_path: Path) -> None:
    found = inventory(tmp_path, BODY)
    energy = energy_of(found)
    electricity, heat = energy.carriers()["electricity"], energy.carriers()["heat"]
    assert (electricity.purchased, electricity.kept, electricity.sold) == (1000, 100, 50)
    assert (heat.purchased, heat.total) == (100, 100)
    share = energy.share
    assert (share.instruments, share.own, share.consumed) == (250, 100, 1150)
    assert share.value == Fraction(350, 1150)
    assert (share.unapplied, share.not_stated) == (30, 40)
    # 1,150 - 100 kept: 310 certificates, 40 contract, 700 residual mix; heat at its own factor
    levels = energy.by_level()
    assert levels == {
        ("electricity", 0): 100,
        ("electricity", 1): 310,
        ("electricity", 2): 40,
        ("electricity", 4): 700,
        ("heat", 5): 100,
    }
    assert energy.by_type() == {
        ("electricity", "GEC"): 250,
        ("electricity", "GO"): 60,
        ("electricity", "PPA"): 40,
    }
    differences = {t.name: t.difference for t in energy.tranches if t.instrument}
    # at facility a 50 of 650 MWh are own power at 0: the instruments there meet both alike
    assert differences["gec"] == 125
    totals = found.totals.scope_2
    assert bridge(energy) == totals[LOCATION] - totals[MARKET]
    # renewable: 250 MWh of GEC and the roof's 100, all at 0.5
    assert (energy.attributed.mwh, energy.attributed.tonnes) == (350, 175)


def test_a_boundary_selects_and_the_bridge_still_adds_up(tmp_path: Path) -> None:
    found = inventory(tmp_path, BODY, "only-a")
    energy = energy_of(found)
    assert energy.carriers()["electricity"].total == 750
    assert bridge(energy) == found.totals.scope_2[LOCATION] - found.totals.scope_2[MARKET]


def test_no_electricity_has_no_share(tmp_path: Path) -> None:
    body = """
activities:
  heat: {facility: b, category: purchased_heat, quantity: 360 GJ, period: 2023}
"""
    energy = energy_of(inventory(tmp_path, body))
    assert energy.share.value is None
    assert energy.share.with_unapplied is None


def test_steam_by_mass_counts_its_enthalpy(tmp_path: Path) -> None:
    body = """
activities:
  steam: {facility: b, category: purchased_steam, quantity: 10 t, emission_rate: {CO2: 0.1 t/GJ},
          steam_state: {enthalpy: 2_880 kJ/kg, evidence: table.pdf}, period: 2023}
"""
    energy = energy_of(inventory(tmp_path, body))
    assert energy.carriers()["steam"].purchased == 8
    assert [t.location for t in energy.tranches] == [Fraction("2.88")]


def test_direct_lines_count_with_their_attributes(tmp_path: Path) -> None:
    body = """
activities:
  grid: {facility: a, category: purchased_electricity, quantity: 50 MWh, period: 2023}
  kept: {facility: a, category: purchased_electricity, quantity: 30 MWh, technology: solar,
         emission_rate: {CO2: 100 kg/MWh}, attributes: kept, period: 2023}
  gone: {facility: a, category: purchased_electricity, quantity: 20 MWh, technology: solar,
         emission_rate: {CO2: 0 kg/MWh}, attributes: sold, period: 2023}
"""
    found = inventory(tmp_path, body)
    energy = energy_of(found)
    assert (energy.share.direct, energy.share.value) == (30, Fraction(30, 100))
    assert energy.attributed.tonnes == 30 * (Fraction("0.5") - Fraction("0.1"))
    assert energy.by_level() == {("electricity", 2): 30, ("electricity", 4): 70}
    # 50 at 0.5 - 0.6 and 20 at 0 - 0.6; the kept line meets both methods alike
    assert bridge(energy) == -5 - 12
    assert bridge(energy) == found.totals.scope_2[LOCATION] - found.totals.scope_2[MARKET]


def test_reported_lines_stand_in_the_bridge_alone(tmp_path: Path) -> None:
    body = """
accept:
  - {gap: co2e_without_gases, reason: statement}
activities:
  lb: {facility: a, category: purchased_electricity, reported: 9 tCO2e, gwp_set: AR6, by: landlord,
       method: location_based, period: 2023}
  mb: {facility: a, category: purchased_electricity, reported: 4 tCO2e, gwp_set: AR6, by: landlord,
       method: market_based, period: 2023}
"""
    energy = energy_of(inventory(tmp_path, body))
    assert not energy.places
    assert energy.reported == {LOCATION: 9, MARKET: 4}


@pytest.mark.parametrize(
    ("technology", "kind", "source"),
    [
        ("wind", "GO", "renewable"),
        ("landfill gas", "REC", "renewable"),
        ("biogas", "PPA", "renewable"),
        ("natural gas", "PPA", "fossil"),
        ("coal", "GEC", "fossil"),
        ("nuclear", "GO", "nuclear"),
        ("光伏", "direct_purchase", "renewable"),
        (None, "GEC", "renewable"),
        (None, "GO", "not stated"),
        ("hydrogen", "PPA", "not stated"),
    ],
)
def test_sources(technology: str | None, kind: str, source: str) -> None:
    assert source_of(technology, kind) == source


def test_formats_hold_the_same_bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inventory(tmp_path, BODY)
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> str:
        done = command.run("energy", "company.yaml", *words)
        assert done.exit_code == 0, done.output
        return done.stdout

    read = json.loads(run("--format", "json"))
    assert read["schema"] == "ghgcalc-energy-1"
    rows = list(csv.DictReader(StringIO(run("--format", "csv"))))
    assert [row["name"] for row in rows] == [item["name"] for item in read["bridge"]]
    assert [float(row["difference_tco2e"]) for row in rows] == [
        item["difference"] for item in read["bridge"]
    ]
    whole = json.loads(command.run("compute", "--format", "json").stdout)
    assert whole["energy"]["bridge"] == read["bridge"]
    assert "| Electricity |" in run("--format", "markdown")
    text = run()
    assert "350 of 1,150 MWh electricity (30.4 %)" in text
    assert "with 30 MWh that are not applied it would be 33.0 %" in text
    run("-o", "energy.md")
    assert Path("energy.md").read_text("utf-8") == run("--format", "markdown")


def test_errors_end_with_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("company.yaml").write_text("ghgcalc: 1\n", "utf-8")
    assert command.run("energy", "company.yaml").exit_code == 1
    assert command.run("energy", "missing.yaml").exit_code == 2
