"""Sums, headings and notes among the bills: the filter that a refused time cell names, typed."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.activity_data.tables.label_rows import Kind, kind_of
from ghgcalc.activity_data.tables.total_rows import says_total
from ghgcalc.activity_data.tables.written import formats_of
from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.core.diagnostics import Diagnostic

HEAD = """ghgcalc: 1
organization: {name: Example Ltd, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [own.yaml]
facilities: {leeds: {country: GB}}
tables:
  bills:
    files: bills.csv
    constants: {facility: leeds, item: power, unit: kWh}
    items: {power: {category: purchased_electricity}}
"""
PACK = """
pack: own
title: Own factors
factors:
  grid: {category: purchased_electricity, kind: grid_average, per: kWh, region: GB, year: 2024,
         gases: {CO2: 1 t, CH4: 0 kg, N2O: 0 kg}, source: operator}
"""
MONTHS = "columns: {period: Month, quantity: kWh}\n"
BILLS = "columns: {from: from, to: to, quantity: kWh}\n"


def run(folder: Path, cells: str, *lines: str) -> Run:
    (folder / "bills.csv").write_text(cells, "utf-8")
    (folder / "own.yaml").write_text(PACK, "utf-8")
    body = HEAD + "".join(f"    {line.strip()}\n" for line in lines)
    (folder / "company.yaml").write_text(body, "utf-8")
    return compute(folder / "company.yaml")


def errors(run: Run) -> list[Diagnostic]:
    return [item for item in run.diagnostics if item.severity == "error"]


def tonnes(run: Run) -> Fraction | None:
    """Of 1 t per kWh: what counted, in kWh."""
    return run.inventory.totals.scope_2["location_based"] if run.inventory else None


def typed(found: Diagnostic) -> str:
    """What a hint gives to be typed."""
    match = re.search(r"`(filter: [^`]*)`", found.hint or "")
    assert match is not None, found.hint
    return match[1]


@pytest.mark.parametrize(
    ("cells", "lines", "kwh"),
    [
        ("Month,kWh\n2024-01,100\n2024-02,200\nTotal,300\n", [MONTHS], 300),
        ("Month,kWh\n2024-01,100\n2024-02,200\nYear total 2024,300\nSumme,300\n", [MONTHS], 300),
        ("Month,kWh\n2024-01,100\n2024-02,200\nQ1,300\nFY 2024,300\n", [MONTHS], 300),
        ("Month,kWh\n2024-01,100\nmeter exchanged,\n2024-02,200\n", [MONTHS], 300),
        ("Month,kWh\n2024年1月,100\n2024年2月,200\n2024年合计,300\n",
         [MONTHS, "read: {period: YYYY年M月}"], 300),
        ("Month,kWh\nJan,100\nFeb,200\n1H,300\n", [MONTHS, "read: {period: MMM, year: 2024}"], 300),
        ("from,to,kWh\n2024-01-01,2024-01-31,100\n2024-02-01,2024-02-29,200\nTotal,,300\n",
         [BILLS], 300),
        ("from,to,kWh\n2024-01-01,2024-01-31,100\n2024-02-01,2024-02-29,200\n,Grand total,300\n",
         [BILLS], 300),
        ("Y,M,kWh\n2024,1,100\n2024,2,200\nTotal,,300\n",
         ["columns: {year: Y, period: M, quantity: kWh}", "read: {period: M}"], 300),
    ],
)  # fmt: skip
def test_the_filter_of_the_hint_typed_leaves_the_sums_out(
    tmp_path: Path, cells: str, lines: list[str], kwh: int
) -> None:
    found = next(each for each in errors(run(tmp_path, cells, *lines)) if "filter" in each.hint)
    assert tonnes(run(tmp_path, cells, *lines, typed(found))) == kwh


def test_a_filter_that_stands_in_the_table_is_kept(tmp_path: Path) -> None:
    cells = "Month,S,kWh\n2024-01,a,100\n2024-02,b,200\nTotal,a,300\nSum,a,300\n"
    (other,) = errors(run(tmp_path, cells, MONTHS, "filter: {S: {equals: a}}"))
    entry = "`Month: {not_equals: [Total, Sum]}` to the table's `filter:` where the rows add up"
    assert entry in (other.hint or "")
    (more,) = errors(run(tmp_path, cells, MONTHS, "filter: {Month: {not_equals: Sum}}"))
    assert "`not_equals: [Sum, Total]` at `Month:` of the table's `filter:`" in (more.hint or "")
    (same,) = errors(run(tmp_path, cells, MONTHS, 'filter: {Month: {matches: "*"}}'))
    assert "add `not_equals: [Total, Sum]` to `Month:`" in (same.hint or "")
    full = "filter: {S: {equals: a}, Month: {not_equals: [Total, Sum]}}"
    assert tonnes(run(tmp_path, cells, MONTHS, full)) == 100


def test_a_sum_that_stands_alone_is_no_empty_inventory(tmp_path: Path) -> None:
    (found,) = errors(run(tmp_path, "Month,kWh\nTotal,300\n", MONTHS))
    assert errors(run(tmp_path, "Month,kWh\nTotal,300\n", MONTHS, typed(found)))


def test_sums_do_not_hide_how_the_months_are_written(tmp_path: Path) -> None:
    cells = "Month,kWh\nJan-24,100\nFeb-24,200\nTotal,300\n"
    months, label = errors(run(tmp_path, cells, MONTHS))
    assert "`period: MMM-YY`" in (months.hint or "")
    assert tonnes(run(tmp_path, cells, MONTHS, "read: {period: MMM-YY}", typed(label))) == 300


def test_a_month_in_another_language_is_no_note(tmp_path: Path) -> None:
    """Left out by a filter, January would be missing without a word."""
    read = "read: {period: MMM, year: 2024}"
    (found,) = errors(run(tmp_path, "Month,kWh\nEne,100\nFeb,200\n", MONTHS, read))
    assert "filter" not in (found.hint or "")


@pytest.mark.parametrize("text", ["Q1 2024", "H1 2024", "Week 1 2024", "P1 2024", "Bill 2, 2024"])
def test_no_format_of_months_is_proposed_for_other_stretches(text: str) -> None:
    """`period: QM YYYY` would read the fourth quarter as April."""
    assert formats_of(text, "MY") == ()


@pytest.mark.parametrize("text", ["2024年1月", "1 de 2024", "Jan-24", "2024/01"])
def test_formats_of_months_are_proposed(text: str) -> None:
    assert formats_of(text, "MY")


def test_what_a_label_says() -> None:
    def told(text: str, *, among: bool = True, names: bool = False) -> Kind | None:
        return kind_of(text, among_times=among, month_names=names)

    assert told("Grand total", among=False) is Kind.SUM
    assert told("Q1") is Kind.STRETCH
    assert told("Q1", among=False) is None
    assert told("estimated") is Kind.NOTE
    assert told("estimated", among=False) is None
    assert [told(text) for text in ("January", "---", "2024-13", "45292")] == [None] * 4
    assert [says_total(text) for text in ("totally", "summer", "consumption")] == [False] * 3


# ---- how the times beside them are written ------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "form"),
    [("{2:02}/{1:02}/{0}", "DD/MM/YYYY"), ("{1}/{2}/{0}", "M/D/YYYY"),
     ("{2:02}/{1:02}/24", "DD/MM/YY"), ("24-{1:02}-{2:02}", "YY-MM-DD")],
)  # fmt: skip
def test_both_ends_of_bills_say_together_how_days_are_written(
    tmp_path: Path, day: str, form: str
) -> None:
    """Firsts of months are days of two formats, or of 2001; their last days are of one."""
    ends = (((2024, m, 1), (2024, m, last)) for m, last in ((1, 31), (2, 29), (3, 31)))
    rows = "".join(f"{day.format(*a)},{day.format(*b)},100\n" for a, b in ends)
    cells = f"from,to,kWh\n{rows}"
    for found in errors(run(tmp_path, cells, BILLS)):
        assert found.hint == f"if the file writes its days so, set `date: {form}` under `read:`"
    made = run(tmp_path, cells, BILLS, f"read: {{date: {form}}}")
    assert tonnes(made) == 300


def test_months_of_one_and_two_digits_are_of_one_format(tmp_path: Path) -> None:
    cells = "Month,kWh\n2024-9,100\n2024-10,200\n"
    (found,) = errors(run(tmp_path, cells, MONTHS))
    assert "`period: YYYY-M`" in (found.hint or "")
    assert tonnes(run(tmp_path, cells, MONTHS, "read: {period: YYYY-M}")) == 300


@pytest.mark.parametrize(("first", "form"), [("Jan", "MMM"), ("January", "MMMM"), ("1", "M")])
def test_months_without_a_year_ask_for_it(tmp_path: Path, first: str, form: str) -> None:
    cells = f"Month,kWh\n{first},100\n"
    (found,) = errors(run(tmp_path, cells, MONTHS))
    typed = f"read: {{period: {form}, year: …}}"
    assert f"`{typed}`" in (found.hint or "")
    assert errors(run(tmp_path, cells, MONTHS, typed))
    assert tonnes(run(tmp_path, cells, MONTHS, typed.replace("…", "2024"))) == 100
