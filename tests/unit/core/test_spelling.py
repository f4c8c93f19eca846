"""Near names are offered where they are slips of the pen, and where no other is as near."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from ghgcalc.activity_data.tables.total_rows import is_total, leave_out
from ghgcalc.company.table import Table
from ghgcalc.core.spelling import nearest, one_slip
from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.core.vocabulary.fuels import FUELS
from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


@pytest.mark.parametrize(("text", "known", "near"), [
    ("deisel", FUELS, "diesel"), ("natural_gaz", FUELS, "natural_gas"),
    ("bio_diesel", FUELS, "biodiesel"), ("purchased_eletricity", CATEGORIES,
                                         "purchased_electricity"),
    ("equity", ["equity_share", "financial_control"], "equity_share"),
    ("joint-venture", ["joint_venture"], "joint_venture"), ("Leeds", ["leeds"], "leeds"),
    ("desnz2024", ["desnz-2024", "desnz-2023"], "desnz-2024"), ("kss", ["ks", "wuxi"], "ks"),
    ("inventry_start", ["inventory_start", "inventory_end"], "inventory_start"),
    # another thing, or two as near
    ("lgp", FUELS, None), ("lpg2", FUELS, None), ("AR3", ["AR4", "AR5", "AR6"], None),
    ("plant-2", ["plant-1"], None), ("plant2", ["plant"], None), ("hcv", ["ncv", "gcv"], None),
    ("gas-2022", ["gas-2023"], None), ("purchased_power", CATEGORIES, None),
    ("solar", CATEGORIES, None), ("CO2 [kg]", ["CO2e [kg]"], None), ("defra", ["eea"], None),
    ("us_electricity", ["electricity"], None), ("us_electricity", ["uk_electricity"], None),
    ("ukdiesel", ["usdiesel"], None), ("usdiesel", ["ukdiesel"], None),
    ("US-electrcity", ["us_electricity", "uk_electricity"], "us_electricity"),
    ("usde_oil", ["used_oil"], "used_oil"), ("aib", ["iai"], None),
    ("leads", ["leeds", "leats"], None), ("", ["a"], None),
])  # fmt: skip
def test_the_nearest_name(text: str, known: Collection[str], near: str | None) -> None:
    assert nearest(text, known) == near


@pytest.mark.parametrize("text", ["Verbrauch MWh", "Strom kWp", "Menge 2023"])
def test_headings_keep_their_units_and_years(text: str) -> None:
    assert nearest(text, ["Verbrauch kWh", "Strom kWh", "Menge 2024"], headings=True) is None


@pytest.mark.parametrize(("text", "name", "slip"), [
    ("kWhh", "kWh", True), ("kW", "kWh", True), ("WMh", "MWh", True), ("kWh", "MWh", True),
    ("tC02e", "tCO2e", True), ("m2", "m3", False), ("m3_25C", "m3_20C", False),
    ("kWh", "kWh", False), ("Nm", "Nm3", False), ("abc", "acbd", False),
])  # fmt: skip
def test_one_slip(text: str, name: str, slip: bool) -> None:
    assert one_slip(text, name) is slip


@pytest.mark.parametrize(("text", "total"), [
    ("Total", True), ("TOTAL:", True), ("合计", True), ("小计", True), ("总计", True),
    ("Summe", True), ("Sub-total", True), ("Subtotal", True), ("Grand total", True),
    ("leeds total", True), ("Total leeds", True), ("Total Energies", False), ("Totnes", False),
    ("leeds", False), ("", False),
])  # fmt: skip
def test_words_for_a_sum(text: str, total: bool) -> None:
    assert is_total(text, ["leeds", "york"]) is total


@pytest.mark.parametrize(("heading", "text", "entry"), [
    ("site", "Total", "filter: {site: {not_equals: Total}}"),
    ("工厂", "合计", "filter: {工厂: {not_equals: 合计}}"),
    ("Site: name", "Total:", 'filter: {"Site: name": {not_equals: "Total:"}}'),
])  # fmt: skip
def test_the_filter_can_be_typed(heading: str, text: str, entry: str) -> None:
    table = Table.model_construct(filter={})
    assert leave_out(table, heading, text) == f"write `{entry}` in the table"


COMPANY = """\
ghgcalc: 1
organization: {name: T, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz-2024]
scope_3: {fuel_and_energy_related: {derive: off, reason: not the point of this test}}
facilities: {leeds: {country: GB}}
tables:
  bills:
    files: bills.csv
    columns: {facility: site, item: item, quantity: qty, unit: unit, period: month}
    items: {power: {category: purchased_electricity}}
"""


@pytest.mark.parametrize("row", ["Total,power", "leeds,合计", "Leeds total,power", "Total,Total"])
def test_a_row_of_a_sum_is_left_out_by_typing_the_hint(tmp_path: Path, row: str) -> None:
    """12 months of 1,000 kWh x 0.20705 kg/kWh are 2.4846 t, whatever the row of the sum says."""
    months = "".join(f"leeds,power,1000,kWh,2024-{month:02}\n" for month in range(1, 13))
    (tmp_path / "bills.csv").write_text(
        f"site,item,qty,unit,month\n{months}{row},12000,kWh,2024\n", encoding="utf-8"
    )

    def run(text: str) -> Run:
        (tmp_path / "company.yaml").write_text(text, encoding="utf-8")
        return compute(str(tmp_path / "company.yaml"))

    done, entries = run(COMPANY), dict[str, str]()
    while done.inventory is None:
        for item in done.diagnostics:
            match = re.match(r"write `filter: \{(.*)\}` in the table", item.hint or "")
            assert match, item
            heading, _, rule = match[1].partition(": ")
            entries[heading] = rule
        rules = ", ".join(f"{heading}: {rule}" for heading, rule in entries.items())
        done = run(f"{COMPANY}    filter: {{{rules}}}\n")
    lines = done.inventory.lines
    assert sum(line.co2e("location_based") for line in lines) * 10_000 == 24_846
