"""`factors match`: accounts of a ledger with candidates, and the file that `items_from:` reads."""

from __future__ import annotations

import csv
from fractions import Fraction
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import compute
from support import command

if TYPE_CHECKING:
    from pathlib import Path

LEDGER = """\
Account,Text,Amount,Currency,Month
7000,Legal services,300,USD,2022-01
4711,Semiconductors,5000.5,CNY,2022-01
4711,Semiconductors,700,USD,2022-02
9999,Qqqq,0,USD,2022-02
"""
COMPANY = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [epa-supply-chain, fx-fed]
facilities: {hq: {country: US}}
tables:
  ledger:
    files: ledger.csv
    read: {period: YYYY-MM}
    columns: {item: Account, quantity: Amount, unit: Currency, period: Month}
    constants: {facility: hq}
    items_from:
      files: accounts.csv
      columns: {theirs: account, item: item}
      constants:
        category: purchased_goods_and_services
        technology: with_margins
        spend.year: period
        spend.price_basis: purchaser
        spend.vat: excluded
"""


def _match(folder: Path, *more: str, text: str = LEDGER) -> command.Result:
    (folder / "ledger.csv").write_text(text, "utf-8")
    words = ("--account", "Account", "--name", "Text", "--pack", "epa-supply-chain")
    ledger, output = str(folder / "ledger.csv"), str(folder / "accounts.csv")
    return command.run("factors", "match", ledger, *words, *more, "-o", output)


MONEY = ("--amount", "Amount", "--currency", "Currency")


def test_accounts_are_listed_and_none_is_chosen(tmp_path: Path) -> None:
    done = _match(tmp_path, *MONEY)
    assert done.exit_code == 0, done.stderr
    rows = list(csv.DictReader(StringIO((tmp_path / "accounts.csv").read_text("utf-8"))))
    assert [row["account"] for row in rows] == ["4711", "7000", "9999"]
    assert {row["item"] for row in rows} == {"…"}
    assert (rows[0]["rows"], rows[0]["spend"]) == ("2", "5000.5 CNY; 700 USD")
    assert rows[0]["share"] == "100 % of CNY; 70 % of USD"  # 700 of 700 + 300
    assert "naics_334413: Semiconductor" in rows[0]["candidate_1"] + rows[0]["candidate_2"]
    assert "Legal Services" in rows[1]["candidate_1"]
    assert rows[2]["candidate_1"] == ""


def test_the_file_is_read_once_each_item_is_written(tmp_path: Path) -> None:
    assert _match(tmp_path, *MONEY).exit_code == 0
    (tmp_path / "company.yaml").write_text(COMPANY, "utf-8")
    found = compute(tmp_path / "company.yaml").diagnostics
    assert {item.code for item in found} == {"unknown-value"}
    assert {item.location.path for item in found if item.location} == {"accounts.csv"}
    path = tmp_path / "accounts.csv"
    path.write_text(path.read_text("utf-8").replace("…", "naics_334413"), "utf-8")
    run = compute(tmp_path / "company.yaml")
    assert run.inventory is not None, [str(each) for each in run.diagnostics]
    total = sum(line.co2e("location_based") or 0 for line in run.inventory.lines)
    # (1,000 USD + 5,000.5 CNY ÷ 6.7290 CNY/USD, the mean of 2022) × 0.215 kg
    assert total == (1000 + Fraction("5000.5") / Fraction("6.7290")) * Fraction("0.000215")


def test_a_reviewed_file_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("account,item\n4711,naics_334413\n", "utf-8")
    done = _match(tmp_path)
    assert (done.exit_code, "not overwritten" in done.stderr) == (2, True)
    assert "naics_334413" in (tmp_path / "accounts.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("more", "text", "code", "said"),
    [
        (("--amount", "Amount"), LEDGER, 2, "--currency"),
        (("--amount", "Amount", "--currency", "Text"), LEDGER, 1, "is not a currency"),
        (MONEY, LEDGER.replace("300", "three"), 1, "not-a-number"),
        (("--amount", "Sum", "--currency", "EUR"), LEDGER, 1, "unknown-column"),
    ],
)
def test_what_cannot_be_read_is_said(
    tmp_path: Path, more: tuple[str, ...], text: str, code: int, said: str
) -> None:
    done = _match(tmp_path, *more, text=text)
    assert done.exit_code == code
    assert said in done.stderr + done.stdout
    assert not (tmp_path / "accounts.csv").exists()
