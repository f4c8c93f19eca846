"""Spend: VAT, exchange, price level and price basis, from what was paid to a factor's money."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.lock import lock_years
from ghgcalc.pipeline.run import compute
from ghgcalc.render.lock import render_lock

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.core.diagnostics import Diagnostic

HEAD = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [./own.yaml, ./money.yaml]
facilities: {hq: {country: DE}}
"""
GOODS = "category: purchased_goods_and_services, per: USD, source: x"
PACK = f"""\
pack: own
title: Example
gwp_set: AR6
prices: {{year: 2020, basis: purchaser, vat: excluded}}
factors:
  bolts: {{{GOODS}, item: bolts, gases: {{CO2e: 2 kgCO2e}}}}
  basic:
    {{{GOODS}, item: basic, gases: {{CO2e: 2 kgCO2e}},
      prices: {{year: 2020, basis: basic, vat: excluded}}}}
  taxed:
    {{{GOODS}, item: taxed, gases: {{CO2e: 2 kgCO2e}},
      prices: {{year: 2022, basis: purchaser, vat: included}}}}
  euros:
    category: purchased_goods_and_services
    item: euros
    per: EUR
    region: DE
    gases: {{CO2e: 2 kgCO2e}}
    source: x
"""
UNSAID = """\
pack: unsaid
title: Example
gwp_set: AR6
factors:
  plain:
    category: purchased_goods_and_services
    item: plain
    per: USD
    gases: {CO2e: 2 kgCO2e}
    source: x
"""
MONEY = """\
pack: money
title: Money
tables:
  - {file: rates.csv, holds: exchange_rates}
  - {file: prices.csv, holds: price_indices, constants: {unit: "%"}}
"""
RATES = """\
id,currency,year,value,unit,locator
cny.2022,CNY,2022,8,CNY/USD,row 1
eur.2022,EUR,2022,0.5,EUR/USD,row 2
"""
PRICES = """\
id,series,region,year,value,locator
us.2021,gdp_deflator,USA,2021,25,row 1
us.2022,gdp_deflator,USA,2022,-20,row 2
us.cpi.2021,cpi,USA,2021,60,row 3
us.cpi.2022,cpi,USA,2022,0,row 4
de.2021,gdp_deflator,DEU,2021,100,row 5
de.2022,gdp_deflator,DEU,2022,0,row 6
emu.2021,gdp_deflator,EMU,2021,300,row 7
emu.2022,gdp_deflator,EMU,2022,0,row 8
"""
PLAIN = "year: 2022, price_basis: purchaser, vat: excluded"


def _write(folder: Path, body: str) -> Path:
    files = {"own.yaml": PACK, "unsaid.yaml": UNSAID, "money.yaml": MONEY, "rates.csv": RATES,
             "prices.csv": PRICES, "company.yaml": HEAD + body}  # fmt: skip
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder / "company.yaml"


def _line(spend: str, item: str = "bolts", keys: str = "") -> str:
    return (
        f"activities:\n  a: {{facility: hq, category: purchased_goods_and_services, period: 2022,"
        f" item: {item}, spend: {{{spend}}}{keys}}}\n"
    )


def _kg(folder: Path, body: str) -> Fraction:
    run = compute(_write(folder, body))
    assert run.inventory is not None, [str(d) for d in run.diagnostics]
    assert {line.calculated_by for line in run.inventory.lines} == {"spend_based"}
    return sum(
        (1000 * (line.co2e("location_based") or 0) for line in run.inventory.lines), Fraction(0)
    )


def _found(folder: Path, body: str) -> list[Diagnostic]:
    return [*compute(_write(folder, body)).diagnostics]


@pytest.mark.parametrize(
    ("spend", "item", "kg"),
    [
        # prices of 2022 are 1.25 × 0.8 = 1 of those of 2020; 800 CNY ÷ 8 = 100 USD × 2 kg
        (f"amount: 800 CNY, {PLAIN}", "bolts", 200),
        (f"amount: 100 USD, {PLAIN}", "bolts", 200),
        # 1 EUR = 1 ÷ 0.5 USD
        (f"amount: 100 EUR, {PLAIN}", "bolts", 400),
        # 800 CNY ÷ 8 × 0.5 = 50 EUR; prices of Germany doubled (of the euro area ×4): 25 EUR
        (f"amount: 800 CNY, {PLAIN}", "euros", 50),
        # consumer prices ÷ 1.6
        (f"amount: 800 CNY, {PLAIN}, price_index: {{series: cpi}}", "bolts", 125),
        (f"amount: 800 CNY, {PLAIN}, price_index: {{region: EMU}}", "bolts", 50),
        # own level: × 90 ÷ 120
        (f"amount: 800 CNY, {PLAIN}, price_index: {{values: {{2020: 90, 2022: 120}}}}, source: x",
         "bolts", 150),
        # own rates, either way round: ÷ 10, × 0.2
        (f"amount: 800 CNY, {PLAIN}, exchange_rate: 10 CNY/USD, source: x", "bolts", 160),
        (f"amount: 800 CNY, {PLAIN}, exchange_rate: 0.2 USD/CNY, source: x", "bolts", 320),
        # 25 % VAT out of 1,000 CNY
        ("amount: 1000 CNY, year: 2022, price_basis: purchaser, vat: included, vat_rate: 25 %",
         "bolts", 200),
        # a factor with VAT keeps it, and adds it to spend without
        ("amount: 100 USD, year: 2022, price_basis: purchaser, vat: included", "taxed", 200),
        (f"amount: 100 USD, {PLAIN}, vat_rate: 25 %", "taxed", 250),
        # 10 % of the purchaser's price are margins
        (f"amount: 100 USD, {PLAIN}, margin_share: 10 %, source: x", "basic", 180),
        # 90 USD at the gate are 100 as paid
        ("amount: 90 USD, year: 2022, price_basis: basic, vat: excluded, margin_share: 10 %,"
         " source: x", "bolts", 200),
        (f"amount: 800 CNY, {PLAIN.replace('2022', 'period')}", "bolts", 200),
    ],
)  # fmt: skip
def test_each_step(tmp_path: Path, spend: str, item: str, kg: int) -> None:
    assert _kg(tmp_path, _line(spend, item)) == kg


def test_steps_are_printed_with_their_source(tmp_path: Path) -> None:
    run = compute(_write(tmp_path, _line(f"amount: 800 CNY, {PLAIN}")))
    assert run.inventory is not None
    steps = run.inventory.lines[0].location_based[0].plan.steps
    assert [step.text for step in steps] == [
        "÷ 8 CNY/USD", "÷ (100 % − 20 %)", "÷ (100 % + 25 %)",
    ]  # fmt: skip
    assert [step.ref for step in steps] == ["money/cny.2022", "money/us.2022", "money/us.2021"]
    assert "row 1" in steps[0].source


@pytest.mark.parametrize(
    ("spend", "item", "said"),
    [
        (f"amount: 8 JPY, {PLAIN}", "bolts", "exchange_rate: … JPY/USD"),
        ("amount: 8 USD, year: 2019, price_basis: purchaser, vat: excluded", "bolts",
         "price-index-worldbank-2024"),
        ("amount: 8 USD, year: 2022, price_basis: purchaser, vat: included", "bolts", "vat_rate"),
        (f"amount: 8 USD, {PLAIN}", "basic", "margin_share"),
        (f"amount: 8 USD, {PLAIN}, vat_rate: 10 %", "bolts", "remove `vat_rate`"),
        (f"amount: 8 USD, {PLAIN}, margin_share: 1 %, source: x", "bolts", "remove `margin_share`"),
        (f"amount: 8 USD, {PLAIN}, exchange_rate: 7 CNY/USD, source: x", "bolts",
         "remove `exchange_rate`"),
        (f"amount: 8 JPY, {PLAIN}, exchange_rate: 7 CNY/USD, source: x", "bolts", "… JPY/USD"),
        ("amount: 8 USD, year: 2020, price_basis: purchaser, vat: excluded, price_index:"
         " {series: cpi}", "bolts", "remove `price_index`"),
        (f"amount: 8 USD, {PLAIN}, price_index: {{values: {{2020: 1, 2021: 2}}}}, source: x",
         "bolts", "add `2022:`"),
    ],
)  # fmt: skip
def test_what_is_in_the_way_is_said(tmp_path: Path, spend: str, item: str, said: str) -> None:
    (found,) = _found(tmp_path, _line(spend, item))
    assert found.code == "spend-not-converted"
    assert found.hint is not None
    assert said in found.hint


def test_a_factor_that_states_no_prices(tmp_path: Path) -> None:
    body = _line(f"amount: 8 USD, {PLAIN}", "plain")
    path = _write(tmp_path, body)
    path.write_text(path.read_text("utf-8").replace("./own.yaml", "./unsaid.yaml"), "utf-8")
    (found,) = compute(path).diagnostics
    assert (found.code, "prices: {year:" in (found.hint or "")) == ("spend-not-converted", True)
    stated = _line(f"amount: 8 USD, {PLAIN}", keys=", emission_rate: {CO2e: 2 kgCO2e/USD},"
                   " gwp_set: AR6, citation: x")  # fmt: skip
    assert {item.code for item in _found(tmp_path, stated)} == {"spend-not-converted"}


@pytest.mark.parametrize(
    ("spend", "keys", "code"),
    [
        ("amount: 8 USD, price_basis: purchaser, vat: excluded", "", "missing-key"),
        ("amount: 8 USD, year: 2022, vat: excluded", "", "missing-key"),
        ("amount: 8 USD, year: 2022, price_basis: purchaser", "", "missing-key"),
        (f"amount: 8, {PLAIN}", "", "missing-unit"),
        (PLAIN, "", "missing-key"),
        (f"amount: 8 kg, {PLAIN}", "", "unit-mismatch"),
        (PLAIN, ", quantity: 8 kg", "unit-mismatch"),
        (f"amount: 8 USD, {PLAIN}", ", quantity: 8 USD", "conflicting-keys"),
        (f"amount: -8 USD, {PLAIN}", "", "negative-quantity"),
        (f"amount: 8 USD, {PLAIN}, exchange_rate: 7 CNY/USD", "", "missing-key"),
        (f"amount: 8 USD, {PLAIN}, exchange_rate: 7 CNY, source: x", "", "unit-mismatch"),
        (f"amount: 8 USD, {PLAIN}, exchange_rate: 0 CNY/USD, source: x", "", "out-of-bounds"),
        (f"amount: 8 USD, {PLAIN}, margin_share: 100 %, source: x", "", "out-of-bounds"),
        (f"amount: 8 USD, {PLAIN}, price_index: {{}}", "", "missing-key"),
        (f"amount: 8 USD, {PLAIN}", ", method: average_data", "conflicting-keys"),
    ],
)
def test_refused(tmp_path: Path, spend: str, keys: str, code: str) -> None:
    assert code in {item.code for item in _found(tmp_path, _line(spend, keys=keys))}


TABLE = """\
tables:
  ledger:
    files: ledger.csv
    read: {period: YYYY-MM}
    columns: {quantity: paid, unit: currency, period: month}
    constants: {facility: hq, item: bolts}
    items: {bolts: {category: purchased_goods_and_services, item: bolts, spend: {SPEND}}}
"""


def test_rows_of_a_table_in_several_currencies(tmp_path: Path) -> None:
    rows = "paid,currency,month\n800,CNY,2022-01\n800,CNY,2022-03\n100,USD,2022-02\n"
    (tmp_path / "ledger.csv").write_text(rows, "utf-8")
    assert _kg(tmp_path, TABLE.replace("SPEND", f"{{{PLAIN}}}".strip("{}"))) == 600


def test_rows_of_another_year_than_the_stated_one(tmp_path: Path) -> None:
    rows = "paid,currency,month\n800,CNY,2022-01\n800,CNY,2023-03\n"
    (tmp_path / "ledger.csv").write_text(rows, "utf-8")
    found = _found(tmp_path, TABLE.replace("SPEND", PLAIN))
    assert [(item.code, "year: period" in (item.hint or "")) for item in found] == [
        ("spend-not-converted", True)
    ]
    stated = TABLE.replace("SPEND", f"amount: 5 USD, {PLAIN}")
    assert {item.code for item in _found(tmp_path, stated)} == {"conflicting-keys"}


def test_a_lock_keeps_its_rates(tmp_path: Path) -> None:
    path = _write(tmp_path, _line(f"amount: 800 CNY, {PLAIN}"))
    text = render_lock("company.yaml", lock_years(path, [2022]).sections)
    (tmp_path / "ghgcalc.lock").write_text(text, "utf-8")
    (tmp_path / "rates.csv").write_text(RATES.replace(",8,", ",16,"), "utf-8")
    run = compute(path)
    assert run.inventory is not None
    assert run.inventory.lines[0].co2e("location_based") == Fraction("0.2")
    said = [item.message for item in run.diagnostics if item.code == "lock-drift-factor"]
    assert len(said) == 1
    assert "`money/cny.2022` is locked as 8; the pack now has 16: -0.1 tCO2e" in said[0]
