"""Items of tables: what they may not say, and storage read at two items."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.calculation.results.line import LOCATION
from ghgcalc.company.activity import Activity
from ghgcalc.company.table import Item
from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
ghgcalc: 1
organization: {name: A, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [mee-china]
facilities:
  suzhou: {country: CN, region: CN-JS}
tables:
  meter:
    files: meter.csv
    columns: {item: what, quantity: amount, unit: unit, period: month}
    constants: {facility: suzhou}
    items:
"""
BATTERY = """\
      in: {category: purchased_electricity, storage: charged}
      out: {category: purchased_electricity, storage: discharged}
"""


def run(folder: Path, items: str, rows: str) -> Run:
    (folder / "company.yaml").write_text(HEAD + items, "utf-8")
    (folder / "meter.csv").write_text("what,amount,unit,month\n" + rows, "utf-8")
    return compute(folder / "company.yaml", period="2023")


def findings(run: Run) -> list[tuple[str, str]]:
    return [(found.code, found.message) for found in run.diagnostics if found.code != "note"]


def test_the_keys_of_activities_that_items_lack() -> None:
    """Every key of an activity stands on an item or is told where it belongs."""
    assert set(Activity.model_fields) - set(Item.model_fields) == set(Item.ELSEWHERE)


@pytest.mark.parametrize("key", sorted(Item.ELSEWHERE))
def test_a_key_of_rows_is_refused_with_its_place(tmp_path: Path, key: str) -> None:
    items = f"      power: {{category: purchased_electricity, {key}: x}}\n"
    (found,) = [d for d in run(tmp_path, items, "").diagnostics if d.code == "unknown-key"]
    assert found.message == f"unknown key `{key}` in table `meter`"
    assert found.hint == Item.ELSEWHERE[key]
    assert found.location is not None
    assert found.location.line == 12


def test_storage_loses_what_it_does_not_give_back(tmp_path: Path) -> None:
    rows = "in,300,MWh,2023-01\nout,120000,kWh,2023-01\nin,200,MWh,2023-02\nout,150,MWh,2023-02\n"
    rows += "out,160,MWh,2023-01\n"
    inventory = run(tmp_path, BATTERY, rows).inventory
    assert inventory is not None
    shown = {
        line.id: (line.quantity, line.unit.text, line.rows.replace(f"{tmp_path}/", ""))
        for line in inventory.lines
    }
    assert shown == {
        "meter/suzhou/in/2023-01": (
            Fraction(20), "MWh", "meter.csv:2; meter.csv:6; meter.csv:3"),
        "meter/suzhou/in/2023-02": (Fraction(50), "MWh", "meter.csv:4; meter.csv:5"),
    }  # fmt: skip
    # 70 MWh of Jiangsu 2023, as in tests/cases/scope2-s2-08-storage.yaml
    assert inventory.totals.scope_2[LOCATION] == Fraction("40.789")


def test_storage_gives_back_no_more_than_it_takes(tmp_path: Path) -> None:
    made = run(tmp_path, BATTERY, "in,3,MWh,2023-01\nout,4,MWh,2023-01\nout,1,MWh,2023-02\n")
    assert made.inventory is None
    assert findings(made) == [
        ("negative-quantity",
         "`meter/suzhou/in/2023-01`: storage gave back 1 MWh more than it took in"),
        ("negative-quantity",
         "`meter/suzhou/out/2023-02`: storage gave back 1 MWh more than it took in"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("items", "code", "text"),
    [
        ("      out: {category: purchased_electricity, storage: discharged}\n", "missing-key",
         "no item of table `meter` is what the storage of `out` took in"),
        (BATTERY + "      more: {category: purchased_electricity, storage: charged}\n",
         "conflicting-keys", "`in` and `more` of table `meter` are both what storage took in"),
        (BATTERY.replace("storage: discharged", "storage: discharged, factor: a/b"),
         "conflicting-keys", "`factor` of `out` has no effect: `in` prices the storage"),
        ("      in: {category: purchased_heat, storage: charged}\n", "conflicting-keys",
         "`storage` of `meter/in` does not fit category purchased_heat"),
        ("      in: {category: purchased_heat, cop: 3}\n", "conflicting-keys",
         "`cop` of `meter/in` does not fit category purchased_heat"),
        ("      in: {category: purchased_cooling, cop: 3, emission_rate: {CO2: 1 kg/MWh}}\n",
         "conflicting-keys", "`cop` and `emission_rate` of `meter/in` both price the line"),
        ("      in: {category: self_generated_electricity, technology: solar}\n", "missing-key",
         "item `meter/in` does not say who keeps the attributes"),
        ("      in: {category: self_generated_electricity, technology: 储能, attributes: kept}\n",
         "storage-is-not-generation",
         "`meter/in` enters what storage gives back as own generation"),
    ],
)  # fmt: skip
def test_items_are_judged_like_activities(tmp_path: Path, items: str, code: str, text: str) -> None:
    made = run(tmp_path, items, f"{items.split(':')[0].strip()},3,MWh,2023-01\n")
    assert made.inventory is None
    assert findings(made) == [(code, text)]


def test_storage_is_read_in_energy(tmp_path: Path) -> None:
    made = run(tmp_path, BATTERY, "in,3,MWh,2023-01\nout,1,t,2023-01\n")
    assert [code for code, _ in findings(made)] == ["unit-mismatch"]
    made = run(tmp_path, BATTERY, "in,3,t,2023-01\nout,1,t,2023-01\n")
    assert findings(made) == [
        ("unit-mismatch", "`meter/suzhou/in/2023-01`: storage is read in t, no energy")
    ]


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("category: purchased_cooling, cop: 3", "`cop` beside a quantity in t, no energy"),
        ("category: fuel_and_energy_related, losses: {rate: 4%}",
         "`losses` beside a quantity in t, no energy"),
    ],
)  # fmt: skip
def test_units_of_rows_fit_the_settings(tmp_path: Path, item: str, text: str) -> None:
    made = run(tmp_path, f"      in: {{{item}}}\n", "in,3,t,2023-01\n")
    assert findings(made) == [("unit-mismatch", f"`meter/suzhou/in/2023-01`: {text}")]
