"""One thing in two categories is told, with both places (S3-09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR6}
facilities: {leeds: {country: GB}}
activities:
"""
RATE = "emission_rate: {CO2: 0.7 kg/kWh}, citation: example"
BILL = "quantity: 1_000 kWh, evidence: [bill.pdf], period: 2024"
CODE = "counted-in-two-categories"


def _told(folder: Path, *lines: str) -> int:
    body = "".join(
        f"  l{place}: {{facility: leeds, {RATE}, {line}}}\n" for place, line in enumerate(lines)
    )
    (folder / "company.yaml").write_text(HEAD + body, "utf-8")
    run = compute(folder / "company.yaml")
    assert run.inventory is not None, [str(d) for d in run.diagnostics]
    found = [item for item in run.diagnostics if item.code == CODE]
    assert all(item.related for item in found)
    return len(found)


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("category: purchased_goods_and_services", "category: capital_goods", 1),
        ("category: capital_goods", "category: capital_goods", 0),
        ("category: purchased_goods_and_services", "category: waste_generated", 1),
    ],
)
def test_one_bill_in_two_categories(tmp_path: Path, one: str, other: str, count: int) -> None:
    assert _told(tmp_path, f"{one}, {BILL}", f"{other}, {BILL}") == count


def test_other_days_quantities_and_documents_are_others(tmp_path: Path) -> None:
    goods, assets = "category: purchased_goods_and_services", "category: capital_goods"
    first = f"{goods}, {BILL}"
    for changed in (
        BILL.replace("2024", "2023"),
        BILL.replace("1_000", "1_001"),
        BILL.replace("bill", "other"),
    ):
        assert _told(tmp_path, first, f"{assets}, {changed}") == 0


def test_upstream_is_of_the_same_bill(tmp_path: Path) -> None:
    fuel = "fuel: natural_gas, quantity: 1_000 kWh gross, evidence: [bill.pdf], period: 2024"
    rate = "emission_rate: {CO2: 0.2 kg/kWh gross}, citation: example"
    body = (
        f"  burnt: {{facility: leeds, category: stationary_combustion, {rate}, {fuel}}}\n"
        f"  upstream: {{facility: leeds, category: fuel_and_energy_related, {rate}, {fuel}}}\n"
    )
    (tmp_path / "company.yaml").write_text(HEAD + body, "utf-8")
    assert CODE not in {item.code for item in compute(tmp_path / "company.yaml").diagnostics}


def test_leased_energy_beside_scope_2(tmp_path: Path) -> None:
    power = "category: purchased_electricity, quantity: 900 kWh, period: 2024"
    rate = "emission_rate: {CO2: 0.7 kg/kWh}, citation: example"
    accept = "accept: [{gap: stated_rate, reason: example}]\n"
    leased = f"category: upstream_leased_assets, quantity: 100 kWh, {rate}, period: 2024"
    body = f"  a: {{facility: leeds, {rate}, {power}}}\n  b: {{facility: leeds, {leased}}}\n"
    (tmp_path / "company.yaml").write_text(accept + HEAD + body, "utf-8")
    found = [d for d in compute(tmp_path / "company.yaml").diagnostics if d.code == CODE]
    assert [item.message.count("leeds") for item in found] == [1]
