"""Balances and leak rates show their terms in the units of the file, and are never "measured"."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.pipeline.rows import write_lines
from ghgcalc.pipeline.run import Run, compute
from ghgcalc.render.csv import render_csv
from ghgcalc.render.explain import render_explanation
from ghgcalc.render.json.inventory import render_json
from ghgcalc.render.xlsx.workbook import write_workbook
from ghgcalc.views.explain import explain_line, matching

if TYPE_CHECKING:
    from pathlib import Path

FILE = """
ghgcalc: 1
organization: {name: X, consolidation_approach: equity_share, gwp_set: AR5}
units: {own_bottle: 12 kg}
facilities: {site: {country: GB, history: {2020-01-01: {economic_interest: 50%}}}}
activities:
  screening: {facility: site, category: fugitive_emissions, gas: HFC-134a, period: 2024,
    leakage: {charge: 120 kg, annual_rate: 15%}}
  january: {facility: site, category: fugitive_emissions, gas: HFC-134a, period: 2024-01,
    leakage: {charge: 120 kg, annual_rate: 15%}}
  life: {facility: site, category: fugitive_emissions, gas: HFC-134a, period: 2024,
    leakage: {charge: 264 lb, annual_rate: 15%, installed: 10 kg, installation_rate: 2%,
      disposed: 30 kg, remaining: 80%, recovery: 50%}}
  balance: {facility: site, category: fugitive_emissions, gas: HFC-134a, period: 2024,
    mass_balance: {inventory_start: 50 lb, inventory_end: 30 lb, acquired: 20 lb,
      capacity_added: 25 lb, capacity_retired: 5 lb}}
  mixed: {facility: site, category: fugitive_emissions, gas: HFC-134a, period: 2024,
    mass_balance: {inventory_start: 5 own_bottle, inventory_end: 10 kg}}
  service: {facility: site, category: fugitive_emissions, gas: HFC-134a, period: 2024,
    service_balance: {new_charge: 11 kg, new_capacity: 10 kg, recharge: 3 kg,
      disposed_capacity: 8 kg, recovered: 6 kg}}
  pounds: {facility: site, category: fugitive_emissions, gas: HFC-134a, quantity: 10 lb,
    period: 2024}
  measured: {facility: site, category: process_emissions, gas_masses: {SF6: 500 g, NF3: 1 kg},
    period: 2024}
  fiscal: {facility: site, category: fugitive_emissions, gas: HFC-134a,
    period: 2023-07-01/2024-06-30, mass_balance: {inventory_start: 40 kg, inventory_end: 3.4 kg}}
"""
DERIVED = ("screening", "january", "life", "balance", "mixed", "service", "pounds")
# hand arithmetic of the rows, and the kilograms of the whole facility
ROWS: dict[str, tuple[list[str], str]] = {
    "screening": (["120 kg × 15 % = 18 kg"], "18"),
    # 18 × 31 ÷ 366
    "january": (["120 kg × 15 % × 31 ÷ 366 = 1.524590164 kg"], "1.524590163934"),
    "life": (
        [
            "264 lb × 15 % = 39.6 lb",
            "39.6 lb × 0.45359237 kg/lb = 17.962257852 kg",
            "10 kg × 2 % = 0.2 kg",
            "30 kg × 80 % × (100 % − 50 %) = 12 kg",
            "17.962257852 kg + 0.2 kg + 12 kg = 30.162257852 kg",
        ],
        "30.162257852",
    ),
    "balance": (
        ["50 lb − 30 lb + 20 lb − 25 lb + 5 lb = 20 lb", "20 lb × 0.45359237 kg/lb = 9.0718474 kg"],
        "9.0718474",
    ),
    "mixed": (["5 own_bottle × 12 kg/own_bottle = 60 kg", "60 kg − 10 kg = 50 kg"], "50"),
    "service": (["11 kg − 10 kg + 3 kg + 8 kg − 6 kg = 6 kg"], "6"),
    "pounds": (["10 lb × 0.45359237 kg/lb = 4.5359237 kg"], "4.5359237"),
}
METHODS = {
    "screening": "leak-rate screening, an estimate", "balance": "mass balance",
    "service": "service balance", "pounds": "stated gas mass", "measured": "measured gas masses",
}  # fmt: skip


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    path = tmp_path_factory.mktemp("derived") / "company.yaml"
    path.write_text(FILE.lstrip(), "utf-8")
    found = compute(path, period="2024")
    assert found.inventory is not None, [d.message for d in found.diagnostics]
    return found


def explained(run: Run, name: str) -> str:
    assert run.inventory is not None
    (line,) = matching(run.inventory, name)
    return render_explanation(explain_line(run.inventory, line, (LOCATION, MARKET), {}))


def records(run: Run) -> dict[str, Any]:
    assert run.inventory is not None
    return {line["activity"]: line for line in json.loads(render_json(run.inventory))["lines"]}


@pytest.mark.parametrize("name", DERIVED)
def test_explain_shows_every_term(name: str, run: Run) -> None:
    shown = " ".join(explained(run, name).split())
    for row in ROWS[name][0]:
        assert row in shown
    assert "measured" not in shown


@pytest.mark.parametrize("name", DERIVED)
def test_json_has_terms_and_steps(name: str, run: Run) -> None:
    found = records(run)[name]
    rows, kg = ROWS[name]
    derived = found["derivation"]
    assert derived["kg"] == pytest.approx(float(kg), abs=1e-11)
    texts = [f"{s['text']} = " for s in derived["steps"]]
    assert [row[: len(text)] for row, text in zip(rows, texts, strict=True)] == texts
    assert found["quantity"]["value"] == pytest.approx(float(Fraction(kg) / 2), abs=1e-9)
    assert "measured" not in json.dumps(found)


def test_json_names_the_terms_by_their_keys(run: Run) -> None:
    terms = {t["name"]: t["amount"] for t in records(run)["life"]["derivation"]["terms"]}
    assert terms == {
        "charge": "264 lb", "annual_rate": "15 %", "installed": "10 kg",
        "installation_rate": "2 %", "disposed": "30 kg", "remaining": "80 %", "recovery": "50 %",
    }  # fmt: skip


@pytest.mark.parametrize("name", METHODS)
def test_only_gas_masses_are_measured(name: str, run: Run) -> None:
    part = records(run)[name]["location_based"]["parts"][0]
    assert part["source"] == METHODS[name]
    assert part["chosen"] == f"{METHODS[name]}: no factor needed"
    assert ("measured" in explained(run, name)) == (name == "measured")


def test_csv_workbook_and_ledger_say_it_too(run: Run, tmp_path: Path) -> None:
    assert run.inventory is not None
    assert run.project is not None
    rows = {r["activity"]: r for r in csv.DictReader(StringIO(render_csv(run.inventory)))}
    wanted = "leak-rate screening, an estimate: 120 kg × 15 % = 18 kg"
    assert rows["screening"]["derivation"] == wanted
    write_workbook(run.inventory, run.project.catalog, tmp_path / "x.xlsx", {})
    sheet = load_workbook(tmp_path / "x.xlsx")["Lines"]
    head = {cell.value: cell.column for cell in sheet[1]}
    lines = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
    column = head["How the mass is derived"]
    assert sheet.cell(lines["screening"], column).value == wanted
    write_lines(run.project, run.inventory, tmp_path / "lines.csv")
    ledger = list(csv.DictReader(StringIO((tmp_path / "lines.csv").read_text("utf-8"))))
    text = next(str(row) for row in ledger if "screening" in row.values())
    assert "leak-rate screening" in text
    assert "measured" not in text


def test_days_and_share_of_a_line_are_steps(run: Run) -> None:
    shown = " ".join(explained(run, "fiscal").split())
    # 36.6 kg over 366 days, 182 of them in 2024, half of it ours
    assert "40 kg − 3.4 kg = 36.6 kg" in shown
    assert "36.6 kg × 182 ÷ 366 = 18.2 kg" in shown
    assert "18.2 kg × 50 % = 9.1 kg" in shown
