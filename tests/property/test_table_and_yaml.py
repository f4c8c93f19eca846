"""A table and the same rows as activities give the same inventory, in files of any kind."""

from __future__ import annotations

import csv
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from ghgcalc.inventory.inventory import Inventory

HEAD = """\
ghgcalc: 1
organization: {name: A, consolidation_approach: equity_share, gwp_set: AR5}
factor_packs: [desnz]
facilities:
  leeds: {country: GB}
  york:
    country: GB
    history:
      2020-01-01: {relation: subsidiary, economic_interest: 60%, operated: true, reason: bought}
      2024-02-11: {relation: subsidiary, economic_interest: 85%, operated: true, reason: bought}
"""
TABLE = """\
tables:
  bills:
    files: %s
    columns: {facility: site, item: what, quantity: amount, unit: unit, from: from, to: to}
    items:
      power: {category: purchased_electricity}
      diesel: {category: mobile_combustion, fuel: diesel}
"""
KINDS = {
    "power": "    category: purchased_electricity\n",
    "diesel": "    category: mobile_combustion\n    fuel: diesel\n",
}
HEADER = ("site", "what", "amount", "unit", "from", "to")
ROW = st.builds(
    lambda site, what, amount, first, days: (
        site, what, f"{amount:f}", "kWh" if what == "power" else "L", str(first),
        str(first + timedelta(days=days)),
    ),
    st.sampled_from(["leeds", "york"]), st.sampled_from(sorted(KINDS)),
    st.decimals(0, 10**6, places=4), st.dates(date(2024, 1, 1), date(2024, 3, 31)),
    st.integers(0, 70),
)  # fmt: skip


def inventory(folder: Path, text: str) -> Inventory:
    path = folder / "company.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    run = compute(path, period="2024")
    assert run.inventory is not None, run.diagnostics
    return run.inventory


def facts(found: Inventory) -> object:
    totals = found.totals
    return totals.scope_1, totals.scope_2, totals.scope_3


def as_activities(rows: list[tuple[str, ...]]) -> str:
    text = "activities:\n"
    for number, (site, what, amount, unit, first, last) in enumerate(rows):
        text += f"  a{number}:\n    facility: {site}\n{KINDS[what]}"
        text += f"    quantity: {amount} {unit}\n    period: {first}/{last}\n"
    return text


def write(path: Path, rows: list[tuple[str, ...]]) -> None:
    if path.suffix == ".parquet":
        frame = pl.DataFrame(rows, schema=list(HEADER), orient="row")
        frame.with_columns(
            pl.col("amount").cast(pl.Decimal(18, 4)), pl.col("from", "to").str.to_date()
        ).write_parquet(path)
    elif path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        assert book.active is not None
        for row in [HEADER, *rows]:
            book.active.append(list(row))
        book.save(path)
    else:
        with path.open("w", newline="") as target:
            csv.writer(target).writerows([HEADER, *rows])


@settings(max_examples=12, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.lists(ROW, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_a_table_and_the_same_activities(
    tmp_path: Path, rows: list[tuple[str, ...]], random: object
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path))
        want = facts(inventory(tmp_path, as_activities(rows)))
        shuffled = list(rows)
        random.shuffle(shuffled)  # type: ignore[attr-defined]
        for name in ("bills.csv", "bills.parquet", "bills.xlsx"):
            write(tmp_path / name, shuffled)
            assert facts(inventory(tmp_path, TABLE % name)) == want, name
