"""Settings of an item: a table and the same rows as activities give the same inventory."""

from __future__ import annotations

import csv
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.company.table import Item
from ghgcalc.pipeline.rows import write_lines
from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from decimal import Decimal

HEAD = """\
ghgcalc: 1
organization: {name: A, consolidation_approach: equity_share, gwp_set: AR6}
factor_packs: [./own.yaml]
facilities:
  leeds: {country: GB}
  york:
    country: GB
    history:
      2020-01-01: {relation: subsidiary, economic_interest: 60%, operated: true, reason: bought}
instruments:
  wind: {type: REGO, market: GB, volume: 700 kWh, emission_rate: {CO2: 0 kg/MWh}, generated: 2024,
         criteria_met: {1: x, 2: x, 3: x, 4: x, 5: x}}
"""
PACK = """\
pack: own
title: Factors of the example
factors:
  grid: {category: purchased_electricity, region: GB, per: MWh, kind: grid_average,
         gases: {CO2: 207.07 kg, CH4: 0.03 kg, N2O: 0.004 kg}, source: table 1}
  mix: {category: purchased_electricity, region: GB, per: MWh, kind: residual_mix,
        gases: {CO2: 365 kg}, source: table 2}
  heat: {category: purchased_steam|purchased_heat, region: GB, per: GJ, gases: {CO2: 61.1 kg},
         source: table 3}
"""
STEAM = "steam_state: {enthalpy: 2_777 kJ/kg, returned: 83.74 kJ/kg, evidence: contract.pdf}"
CHP = """chp: {method: efficiency, emissions: {CO2: 900 t, CH4: 40 kg}, heat: 3_000 MWh,
          power: 1_700 MWh, heat_efficiency: 80%, power_efficiency: 35%, evidence: plant.pdf}"""
# the units a row may have, and the keys that stand on the item as on the activity
KINDS = {
    "cold": (("MWh", "kWh"), "category: purchased_cooling, cop: 4.3"),
    "lost": (("MWh", "kWh"), "category: fuel_and_energy_related, item: losses,"
             " losses: {rate: 7.3%, evidence: bill.pdf}"),
    "lost-of": (("kWh",), "category: fuel_and_energy_related, item: losses,"
                " losses: {rate: 7.3%, of: consumption}"),
    "steam": (("t", "kg"), f"category: purchased_steam, {STEAM}"),
    "steam-own": (("t",), f"category: purchased_steam, {STEAM}, emission_rate: {{CO2: 70 kg/GJ}}"),
    "shared": (("GJ", "MWh"), f"category: purchased_heat, {CHP}"),
    "shared-steam": (("t",), f"category: purchased_steam, {STEAM}, {CHP}"),
    "direct": (("kWh",), "category: purchased_electricity, attributes: kept, technology: solar,"
               " emission_rate: {CO2: 1 kg/MWh}, citation: contract, uncertainty: 5%,"
               " data_quality: {time: 2}, status: reviewed, evidence: [meter.pdf]"),
    "sold": (("MWh",), "category: self_generated_electricity, technology: solar, attributes: sold"),
}  # fmt: skip
BATTERY = "category: purchased_electricity"
MONTHS = {"2024-01": 31, "2024-03": 31, "2024-06": 30}


class Row(NamedTuple):
    """A row; `given` is what storage gave back, None for every other item."""

    site: str
    item: str
    amount: Decimal
    unit: str
    month: str
    given: Decimal | None = None


AMOUNT = st.decimals(0, 10**5, places=3)
WHERE = st.tuples(st.sampled_from(["leeds", "york"]), st.sampled_from(sorted(MONTHS)))
PLAIN = st.tuples(WHERE, st.sampled_from(sorted(KINDS)), AMOUNT, st.integers(0, 1)).map(
    lambda it: Row(it[0][0], it[1], it[2], KINDS[it[1]][0][it[3] % len(KINDS[it[1]][0])], it[0][1])
)
STORED = st.tuples(WHERE, AMOUNT, st.integers(0, 10), st.sampled_from(["kWh", "MWh"])).map(
    lambda it: Row(it[0][0], "battery", it[1], it[3], it[0][1], it[1] * it[2] / 10)
)


def computed(folder: Path, text: str) -> Run:
    (folder / "own.yaml").write_text(PACK)
    (folder / "company.yaml").write_text(HEAD + text)
    run = compute(folder / "company.yaml", period="2024")
    assert run.inventory is not None, run.diagnostics
    return run


def as_activities(rows: list[Row]) -> str:
    text = "activities:\n"
    for number, row in enumerate(rows):
        amount = f"quantity: {row.amount:f} {row.unit}"
        if row.given is not None:
            charged, back = f"{row.amount:f} {row.unit}", f"{row.given:f} {row.unit}"
            amount = f"storage: {{charged: {charged}, discharged: {back}}}"
        keys = BATTERY if row.given is not None else KINDS[row.item][1]
        text += f"  a{number}: {{facility: {row.site}, {keys}, {amount}, period: {row.month}}}\n"
    return text


def as_table(folder: Path, rows: list[Row]) -> str:
    with (folder / "bills.csv").open("w", newline="") as target:
        out = csv.writer(target)
        out.writerow(["facility", "item", "quantity", "unit", "period"])
        for row in rows:
            out.writerow([row.site, row.item, f"{row.amount:f}", row.unit, row.month])
            if row.given is not None:
                out.writerow([row.site, "back", f"{row.given:f}", row.unit, row.month])
    items = "".join(f"      {name}: {{{keys}}}\n" for name, (_, keys) in KINDS.items())
    items += f"      battery: {{{BATTERY}, storage: charged}}\n"
    items += f"      back: {{{BATTERY}, storage: discharged}}\n"
    names = ("facility", "item", "quantity", "unit", "period")
    columns = ", ".join(f"{name}: {name}" for name in names)
    return (
        f"tables:\n  bills:\n    files: bills.csv\n    columns: {{{columns}}}\n    items:\n{items}"
    )


def facts(run: Run) -> object:
    """Totals, gases by facility, category and method, and energy of the lines."""
    assert run.inventory is not None
    found: dict[object, Fraction] = {}
    for line in run.inventory.lines:
        for method in (LOCATION, MARKET):
            for part in line.parts(method):
                # a rate of the file is called after its activity, or its item
                source = "stated" if part.source.startswith("stated") else part.source
                for rate in part.plan.gases:
                    key = (line.facility, line.category, method, rate.gas, source)
                    found[key] = found.get(key, Fraction(0)) + rate.kg * part.quantity
        if line.energy is not None and line.energy.mwh_each is not None:
            key = (line.facility, line.source_category, "MWh")
            found[key] = found.get(key, Fraction(0)) + line.energy.mwh_each * line.quantity
    totals = run.inventory.totals
    return totals.scope_2, totals.scope_3, {key: kg for key, kg in found.items() if kg}


@settings(max_examples=25, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.lists(st.one_of(PLAIN, STORED), min_size=1, max_size=8))
def test_items_say_what_activities_say(tmp_path: Path, rows: list[Row]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path))
        want = facts(computed(tmp_path, as_activities(rows)))
        run = computed(tmp_path, as_table(tmp_path, rows))
        assert facts(run) == want
        assert run.project is not None
        assert run.inventory is not None
        write_lines(run.project, run.inventory, tmp_path / "lines.csv")
        with (tmp_path / "lines.csv").open(newline="") as source:
            written = list(csv.DictReader(source))
        for method in (LOCATION, MARKET):
            total = sum(Fraction(row[f"{method}_tco2e"]) for row in written)
            lines = sum(line.co2e(method) for line in run.inventory.lines)
            assert abs(total - lines) <= Fraction(len(written), 10**12)


def test_every_key_of_the_settings_is_tried() -> None:
    """The kinds above use each key that an item took over from purchased energy."""
    text = " ".join(keys for _, keys in KINDS.values()) + " storage:"
    keys = ("steam_state", "cop", "losses", "chp", "storage", "attributes", "citation",
            "uncertainty", "data_quality", "status", "evidence")  # fmt: skip
    assert [key for key in keys if f"{key}:" not in text] == []
    assert set(keys) <= set(Item.model_fields)
