"""Spend has a price level and a currency: `spend-not-deflated`, and what a refusal says of both."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import compute
from support import command

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.pipeline.run import Run

COMPANY = """
ghgcalc: 1
organization: {{name: S, consolidation_approach: operational_control, gwp_set: AR5}}
factor_packs: [epa-supply-chain, own.yaml]
facilities: {{austin: {{country: US}}}}
activities:
{lines}
"""
OWN = """
pack: own
title: O
factors:
  pens: {category: purchased_goods_and_services, item: pens, per: USD, year: 2021, source: s,
         gases: {CO2: 1 kg}}
"""
CODE = "spend-not-deflated"
CHIPS = "item: naics_334413, technology: with_margins"
ACCEPT = "accept: [{gap: earlier_year, for: {item: naics_334413}, max_years: 3, reason: r}]\n"
SAID = "per USD at prices of 2022, spend of 2024 is not deflated"


def run(folder: Path, *lines: str, more: str = "") -> Run:
    text = "\n".join(
        f"  l{at}: {{facility: austin, category: purchased_goods_and_services, {line}}}"
        for at, line in enumerate(lines)
    )
    (folder / "own.yaml").write_text(OWN, "utf-8")
    (folder / "company.yaml").write_text(COMPANY.format(lines=text) + more, "utf-8")
    return compute(folder / "company.yaml")


def told(made: Run) -> list[Diagnostic]:
    return [each for each in made.diagnostics if each.code == CODE]


def test_an_accepted_year_says_that_prices_are_another_years(tmp_path: Path) -> None:
    """0.215 kg per dollar of 2022 are printed: 1,000,000 and 2,000,000 USD are 645 t."""
    made = run(tmp_path, f"{CHIPS}, quantity: 1_000_000 USD, period: 2024",
               f"{CHIPS}, quantity: 2_000_000 USD, period: 2024", more=ACCEPT)  # fmt: skip
    assert made.inventory is not None
    assert made.inventory.totals.scope_3 == 645
    (found,) = told(made)
    assert found.message == f"2 lines of 645.000 tCO2e by `epa-supply-chain-v1.3`: {SAID}"
    assert found.notes == ("`l0`, `l1`",)
    (gap,) = made.inventory.accepted
    assert all(detail.endswith(SAID) for detail in gap.details)
    path = tmp_path / "company.yaml"
    assert SAID in " ".join(command.run("explain", path, "l0").stdout.split())
    assert SAID in command.run("compute", path, "--format", "json").stdout


def test_the_factors_own_year_has_its_prices(tmp_path: Path) -> None:
    made = run(tmp_path, f"{CHIPS}, quantity: 1_000 USD, period: 2022")
    assert made.inventory is not None
    assert told(made) == []


@pytest.mark.parametrize("line", [
    f"{CHIPS}, quantity: 1_000 USD, period: 2024, factor_year: 2022",
    "item: pens, quantity: 1_000 USD, period: 2024",
])  # fmt: skip
def test_where_no_entry_is_asked_for_it_is_told_all_the_same(tmp_path: Path, line: str) -> None:
    """`factor_year:` asks for another year's factor, an own one serves any year."""
    made = run(tmp_path, line)
    assert made.inventory is not None, made.diagnostics
    assert len(told(made)) == 1
    lowered = run(
        tmp_path, line, more=f"checks: {{{CODE}: {{severity: note, reason: deflated}}}}\n"
    )
    assert [each.severity.name for each in told(lowered)] == ["NOTE"]


def test_the_hint_that_offers_the_entry_says_it(tmp_path: Path) -> None:
    (found,) = run(tmp_path, f"{CHIPS}, quantity: 1 USD, period: 2024").diagnostics
    assert "gap: earlier_year" in (found.hint or "")
    assert (found.hint or "").endswith(f"; the factor is {SAID}")


@pytest.mark.parametrize("accept", ["", ACCEPT])
def test_another_currency_is_told_whatever_else_is_amiss(tmp_path: Path, accept: str) -> None:
    """Of 2024 a dollar was 7.1957 yuan (Federal Reserve, annual means): 719,570 CNY are 100,000."""
    made = run(tmp_path, f"{CHIPS}, quantity: 719_570 CNY, period: 2024", more=accept)
    assert made.inventory is None
    (found,) = made.diagnostics
    hint = found.hint or ""
    assert "convert the amount to USD by the mean rate of 2024" in hint
    assert "1 USD is 7.1957 CNY (`ghgcalc factors show fx-fed-2025/cny_per_usd.2024`)" in hint
    assert hint.endswith(f"{SAID.replace(', ', ', and ')}")
    assert "accept" not in hint  # no entry converts money
    rate = Fraction(re.findall(r"1 USD is ([\d.]+) CNY", hint)[0])
    dollars = Fraction(719_570) / rate
    made = run(tmp_path, f"{CHIPS}, quantity: {int(dollars)} USD, period: 2024", more=ACCEPT)
    assert made.inventory is not None
    assert made.inventory.totals.scope_3 == Fraction("21.5")


def test_two_other_currencies_cross_through_the_dollar(tmp_path: Path) -> None:
    """CPCD's fares are per 10,000 CNY: euros need both rates of 2024, 0.9242 and 7.1957."""
    text = COMPANY.format(lines=(
        "  l: {facility: austin, category: business_travel, item: rail, vehicle: high_speed,"
        " quantity: 1000 EUR, period: 2024}"
    )).replace("epa-supply-chain, own.yaml", "cpcd").replace("US}", "CN}")  # fmt: skip
    (tmp_path / "company.yaml").write_text(text, "utf-8")
    made = compute(tmp_path / "company.yaml")
    assert made.inventory is None
    (found,) = made.diagnostics
    assert "0.9242 EUR" in (found.hint or "")
    assert "7.1957 CNY" in (found.hint or "")


def test_factors_show_prints_the_price_level() -> None:
    shown = command.run("factors", "show", "epa-import-2019/bea_334413.cn").stdout
    assert "per USD at prices of 2019" in " ".join(shown.split())
    shown = command.run("factors", "show", "desnz-2024/uk.kwh").stdout
    assert "prices" not in shown
