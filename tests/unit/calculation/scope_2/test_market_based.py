"""Market-based Scope 2: what an instrument's record says, and what differs between markets."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.inventory.inventory import Inventory

F = Fraction
HEAD = """\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [./own.yaml]
"""
OWN = """\
pack: own
title: Own
factors:
  grid: {category: purchased_electricity, kind: grid_average, region: NO, per: MWh,
    gases: {CO2: 0.4 t}, source: hand}
  mix: {category: purchased_electricity, kind: residual_mix, region: NO, per: MWh,
    gases: {CO2: 0.7 t}, source: hand}
"""
MET = "criteria_met: {1: x, 2: x, 3: x, 4: x, 5: x}"


def run(folder: Path, text: str, own: str = OWN) -> Run:
    (folder / "own.yaml").write_text(own, "utf-8")
    (folder / "company.yaml").write_text(HEAD + text, "utf-8")
    return compute(folder / "company.yaml", period="2025")


def inventory(made: Run) -> Inventory:
    assert made.inventory is not None, made.diagnostics
    return made.inventory


def test_the_tonnes_of_an_instrument_are_its_used_mwh_times_its_rate(tmp_path: Path) -> None:
    """40 of 50 MWh are used, at 0.25 t: 10 t; the record is what the report prints."""
    text = f"""\
facilities: {{a: {{country: NO}}}}
activities:
  power: {{facility: a, category: purchased_electricity, quantity: 40 MWh, period: 2025}}
instruments:
  go: {{type: GO, market: NO, volume: 50 MWh, generated: 2025, {MET},
    emission_rate: {{CO2: 250 kg/MWh}}}}
"""
    found = inventory(run(tmp_path, text))
    (use,) = found.instruments
    assert (use.used, use.surplus, use.co2e) == (40, 10, 10)
    assert found.totals.scope_2["market_based"] == 10


def test_lines_of_a_table_keep_to_the_market_of_their_days(tmp_path: Path) -> None:
    """The place leaves its market in July; only there the residual mix may be left aside.

    One grid factor serves both: 6 × 10 MWh at 0.4 t, then 6 × 10 MWh at 0.7 t: 24 + 42 t.
    """
    text = """\
facilities: {a: {country: NO}}
markets:
  JOINT:
    members: [NO, SE]
    history: {2025-07-01: {members: [SE], reason: left}}
    evidence: [members.pdf]
accept:
  - {gap: residual_mix_not_used, for: {market: JOINT}, reason: agreed}
tables:
  bills:
    files: bills.csv
    columns: {period: month, quantity: mwh}
    constants: {facility: a, unit: MWh, item: p}
    items: {p: {category: purchased_electricity}}
"""
    rows = "".join(f"2025-{month:02d},10\n" for month in range(1, 13))
    (tmp_path / "bills.csv").write_text(f"month,mwh\n{rows}", "utf-8")
    found = inventory(run(tmp_path, text))
    assert [line.co2e("market_based") for line in found.lines] == [4] * 6 + [7] * 6
    assert found.totals.scope_2["market_based"] == 66
    assert found.totals.scope_2["location_based"] == 48
    (entry,) = found.accepted
    assert entry.details == ("JOINT: own/mix not used",)
    # 60 MWh × (0.7 − 0.4) t more
    assert entry.effect.endswith("market-based is 84 tCO2e instead of 66")


def test_a_residual_mix_of_zero_is_told_at_its_row(tmp_path: Path) -> None:
    text = """\
facilities: {a: {country: NO}}
activities:
  power: {facility: a, category: purchased_electricity, quantity: 40 MWh, period: 2025}
"""
    made = run(tmp_path, text, OWN.replace("0.7 t", "0 t"))
    assert made.inventory is None
    (found,) = [each for each in made.diagnostics if each.code == "zero-residual-mix"]
    assert found.location is not None
    assert (found.location.path, found.location.line) == ("own.yaml", 6)
    assert "residual mix `own/mix` is 0" in found.message


@pytest.mark.parametrize(
    ("mwh", "volume", "parts"),
    [
        ("40", "50", [("go", 40)]),  # covered in full: no rest of 0 MWh
        ("40", "30", [("go", 30), (None, 10)]),
        ("0", "30", [(None, 0)]),
    ],
)
def test_the_parts_of_a_line_are_what_covers_it(
    tmp_path: Path, mwh: str, volume: str, parts: list[tuple[str | None, int]]
) -> None:
    text = f"""\
facilities: {{a: {{country: NO}}}}
activities:
  power: {{facility: a, category: purchased_electricity, quantity: {mwh} MWh, period: 2025}}
instruments:
  go: {{type: GO, market: NO, volume: {volume} MWh, generated: 2025, {MET},
    emission_rate: {{CO2: 0 kg/MWh}}}}
"""
    (line,) = inventory(run(tmp_path, text)).lines
    assert [(part.instrument, part.quantity) for part in line.market_based] == parts


def test_an_own_unit_is_as_large_as_its_file_says(tmp_path: Path) -> None:
    """1,000 blocks of 2 MWh, then of 5 MWh, in one process: 1,400 t and 3,500 t."""
    text = """\
facilities: {a: {country: NO}}
units: {own_block: 2 MWh}
activities:
  power: {facility: a, category: purchased_electricity, quantity: 1000 own_block, period: 2025}
"""
    for size, tonnes in (("2", 1400), ("5", 3500), ("2", 1400)):
        found = inventory(run(tmp_path, text.replace("2 MWh", f"{size} MWh")))
        assert found.totals.scope_2["market_based"] == tonnes
        (line,) = found.lines
        assert line.energy is not None
        assert line.energy.mwh_each == int(size)
