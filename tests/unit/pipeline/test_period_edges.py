"""Rows of a table on either side of the edge of a period that lies within a month."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ghgcalc
from ghgcalc.pipeline.rows import write_lines
from ghgcalc.views.amounts import group, weigh

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
ghgcalc: 1
organization:
  name: Example
  consolidation_approach: operational_control
  gwp_set: AR6
%s
factor_packs: [./own.yaml]
facilities: {a: {country: DE}}
"""
TABLE = """\
tables:
  t:
    files: t.csv
    columns: {from: from, to: to, quantity: kWh}
    constants: {facility: a, item: power, unit: kWh}
    items: {power: {category: purchased_electricity}}
"""
OWN = """\
pack: own
version: "1"
title: one kilogram per kWh
gwp_set: AR6
factors:
  grid: {category: purchased_electricity, region: DE, kind: grid_average, per: kWh,
         gases: {CO2: 1 kg}, source: x}
"""
WEEKS = "  reporting_year: {weeks: {2023: 2023-01-01, 2024: 2023-12-31, 2025: 2024-12-29}}"
FIRST = date(2024, 1, 1)
Row = tuple[date, date, object]


def weight(run: ghgcalc.Run) -> Fraction:
    assert run.inventory is not None, run.diagnostics
    weighed = group(weigh(run.inventory.lines), lambda _: "all")
    return (
        (weighed["all"].total("location_based") or Fraction(0)) * 1000 if weighed else Fraction(0)
    )


def kilograms(path: Path, period: str) -> Fraction:
    return weight(ghgcalc.compute(path, period=period))


def tabled(folder: Path, rows: list[Row], year: str = "") -> Path:
    lines = [f"{first},{last},{kwh}" for first, last, kwh in rows]
    (folder / "t.csv").write_text("\n".join(["from,to,kWh", *lines, ""]), "utf-8")
    (folder / "own.yaml").write_text(OWN, "utf-8")
    path = folder / "company.yaml"
    path.write_text(HEAD % year + TABLE, "utf-8")
    return path


def test_quarters_of_weeks_hold_their_own_rows(tmp_path: Path) -> None:
    """The first quarter ends on 30 March: 100,000 kWh of a week before it, 7,000 of one after."""
    path = tabled(
        tmp_path,
        [
            (date(2024, 3, 24), date(2024, 3, 30), 100_000),
            (date(2024, 3, 31), date(2024, 4, 6), 7_000),
        ],
        WEEKS,
    )
    assert kilograms(path, "2024-Q1") == 100_000
    assert kilograms(path, "2024-Q2") == 7_000
    assert kilograms(path, "2024") == 107_000


def test_days_hold_no_rows_before_them(tmp_path: Path) -> None:
    """100 kWh of 1 to 8 January are no part of 29 January to 4 February; 3 kWh of February are."""
    rows: list[Row] = [(FIRST, date(2024, 1, 8), 100), (date(2024, 2, 1), date(2024, 2, 3), 3)]
    path = tabled(tmp_path, rows)
    assert kilograms(path, "2024-01-29/2024-02-04") == 3
    loaded = ghgcalc.load(path).project
    assert loaded is not None
    assert weight(ghgcalc.compute(loaded, period="2024-01-04/2024-01-05")) == 25
    assert weight(ghgcalc.compute(loaded, period=2024)) == 103


def test_the_ledger_of_such_days_lists_their_rows(tmp_path: Path) -> None:
    rows: list[Row] = [(FIRST, date(2024, 1, 7), 100), (date(2024, 1, 25), date(2024, 1, 31), 7)]
    run = ghgcalc.compute(tabled(tmp_path, rows), period="2024-01-29/2024-02-04")
    assert run.inventory is not None
    assert run.project is not None
    write_lines(run.project, run.inventory, tmp_path / "lines.csv")
    with (tmp_path / "lines.csv").open(encoding="utf-8") as text:
        told = [(row["from"], row["to"], Fraction(row["quantity"])) for row in csv.DictReader(text)]
    assert told == [("2024-01-29", "2024-01-31", 3)]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.integers(0, 90), st.integers(0, 40), st.integers(1, 999)),
        min_size=1, max_size=6, unique_by=lambda row: row[:2],
    ),
    st.integers(0, 100), st.integers(0, 45),
)  # fmt: skip
def test_any_days_hold_what_rows_have_in_them(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[int, int, int]], at: int, more: int
) -> None:
    """A row counts by the share of its days that the period has, as in an activity."""
    rows: list[Row] = []
    for start, length, kwh in drawn:
        first = FIRST + timedelta(start)
        rows.append((first, first + timedelta(length), kwh))
    first = FIRST + timedelta(at)
    last = first + timedelta(more)
    right = Fraction(0)
    for start, end, amount in rows:
        both = (min(end, last) - max(start, first)).days + 1
        right += Fraction(int(str(amount)) * max(both, 0), (end - start).days + 1)
    path = tabled(tmp_path_factory.mktemp("edges"), rows)
    run = ghgcalc.compute(path, period=f"{first}/{last}")
    if run.inventory is None:  # sums among rows are refused, and a period without data is
        assert run.diagnostics
        return
    # tables split a row to the ninth decimal, nothing lost between its parts
    assert abs(weight(run) - right) <= Fraction(len(rows), 10**9)
