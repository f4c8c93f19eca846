"""`ghgcalc query`: its rows add up to the inventory, and slips are never empty answers."""

from __future__ import annotations

import csv
import io
import json
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from ghgcalc.analysis.query.answer import answer
from ghgcalc.analysis.query.language import KEYS, Query, QueryError, Value, parse
from ghgcalc.calculation.results.line import LOCATION, MARKET
from support.command import ROOT, run
from support.companies import COMPANY, PACK, example_run

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "docs" / "query.md").read_text("utf-8")


@pytest.fixture
def company(tmp_path: Path) -> Path:
    (tmp_path / "own.yaml").write_text(PACK, "utf-8")
    (tmp_path / "company.yaml").write_text(COMPANY, "utf-8")
    return tmp_path


def rows(folder: Path, *words: str) -> list[dict[str, str]]:
    done = run("query", *words, "--format", "csv", cwd=folder)
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_hand_arithmetic(company: Path) -> None:
    """1000 kg and 500 kg at 2 kg CO2 per kg are 2 t and 1 t; 100 MWh at 300 kg are 30 t."""
    found = rows(company, "by facility, scope")
    assert [(r["facility"], r["scope"], r["location_based_tco2e"]) for r in found] == [
        ("leeds", "1", "2"), ("leeds", "2", "30"), ("york", "1", "1"),
    ]  # fmt: skip
    # 29 of the 366 days of 2024 are February's: 2 t x 29/366 = 0.158469945355 t
    [february] = rows(company, "facility=leeds", "scope=1", "month=2024-02", "by", "item")
    assert february["location_based_tco2e"] == "0.158469945355"
    assert february["quantity"] == "79.234972677596"  # 1000 kg x 29/366
    # 31 + 29 + 31 = 91 days
    [quarter] = rows(company, "scope=2 month<2024-04 by quarter")
    assert Fraction(quarter["location_based_tco2e"]) == Fraction("7.459016393443")  # 30 x 91/366


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", ["power", "process", "other"]),
        ("facility=york", ["other"]),
        ("facility!=york", ["power", "process"]),
        ("facility=york,leeds scope=1", ["process", "other"]),
        ("line=p*", ["power", "process"]),
        ("line=*e*", ["power", "process", "other"]),
        ('item="etch"', ["process", "other"]),
        ("item=''", ["power"]),
        ("supplier=*", ["power", "process", "other"]),
        ("factor=own/grid", ["power"]),
        ("pack!=own", []),
        ("gas=CO2 facility=york", ["other"]),
        ("scope=3", []),
        ("top 1", ["power", ""]),
    ],
)
def test_which_lines(company: Path, text: str, ids: list[str]) -> None:
    assert [row["line"] for row in rows(company, text)] == ids


def test_estimates_are_the_estimated_share(tmp_path: Path) -> None:
    """Of 30 + 70 kWh of January 30 are estimated: 0.009 t of 0.030 t at 300 kg per MWh."""
    (tmp_path / "own.yaml").write_text(PACK, "utf-8")
    (tmp_path / "bills.csv").write_text("m,q,e\n2024-01,30,yes\n2024-01,70,no\n", "utf-8")
    (tmp_path / "company.yaml").write_text(COMPANY.partition("activities:")[0] + """
tables:
  bills:
    files: bills.csv
    columns: {period: m, quantity: q, estimated: e}
    constants: {facility: leeds, item: power, unit: kWh}
    items: {power: {category: purchased_electricity}}
""", "utf-8")  # fmt: skip
    found = rows(tmp_path, "by estimated")
    assert {row["estimated"]: (row["quantity"], row["location_based_tco2e"]) for row in found} == {
        "no": ("70", "0.021"), "yes": ("30", "0.009"),
    }  # fmt: skip


def test_no_line_is_no_zero(company: Path) -> None:
    done = run("query", "scope=3", "--format", "json", cwd=company)
    assert done.exit_code == 0
    record = json.loads(done.stdout)
    assert (record["rows"], record["total"]) == ([], None)
    shown = run("query", "company.yaml", "scope=3", cwd=company).stdout
    assert "no line of the inventory meets all of it" in shown
    assert "Total" not in shown


@pytest.mark.parametrize("key", KEYS)
def test_rows_add_up_to_the_inventory(key: str) -> None:
    inventory = example_run("opulent").inventory
    assert inventory is not None
    found = answer(inventory, Query(by=(key,)), "", {})
    for method in (LOCATION, MARKET):
        figures = [getattr(group, method) for group in found.groups]
        assert sum(figures, Fraction(0)) == inventory.totals.all_scopes(method)
    outside = sum((group.biogenic for group in found.groups), Fraction(0))
    assert outside == inventory.totals.biogenic_co2
    few = answer(inventory, Query(by=(key,), top=1), "", {})
    assert few.whole.market_based == found.whole.market_based


@pytest.mark.parametrize("by", ["facility", "country", "month", "category"])
def test_the_breakdowns_of_compute(by: str) -> None:
    """The same figures as `compute --by`, which sums another way."""
    path = ROOT / "examples" / "opulent" / "company.yaml"
    theirs = run("compute", path, "--by", by, "--format", "csv").stdout
    ours = run("query", path, f"by {by}", "--format", "csv").stdout
    known: dict[str, Fraction] = {}
    for row in csv.DictReader(io.StringIO(theirs)):
        tonnes = row.get("all_scopes_market_based") or row.get("market_based") or "0"
        known[row[by]] = known.get(row[by], Fraction(0)) + Fraction(tonnes)
    found = {r[by]: Fraction(r["market_based_tco2e"]) for r in csv.DictReader(io.StringIO(ours))}
    assert found.keys() == known.keys()
    for name, tonnes in found.items():
        assert abs(tonnes - known[name]) < Fraction(1, 10**11), name


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("facilty=leeds", "`facilty` is no key of a line", "write `facility`"),
        ("facility=leds", "no line has the facility `leds`", "write `facility=leeds`"),
        ("category=proces_emissions", "no line has the category", "`category=process_emissions`"),
        ("scope=4", "`4` is no scope", "write it like `scope=2`"),
        ("month=2024-13", "`2024-13` is no month", "`month=2023-04`"),
        ("month=2023-04", "2023-04 lies outside the period 2024", "`--period 2023`"),
        ("by", "the end of the query", "`by key`"),
        ("by facility by facility", "`by facility` stands twice", "leave one"),
        ("facility=leeds facility=york", "`facility=` stands twice", "`facility=one,other`"),
        ("facility=leeds and scope=1", "`and` has no value", "leave `and` out"),
        ("facility", "`facility` has no value", "write `facility=value`"),
        ("facility==leeds", "`facility==`", "write `facility=`"),
        ("facility>leeds", "facility has no order", "`facility=`"),
        ("month>2024-01,2024-02", "takes one value", "write `month=2024-01,…`"),
        ("top x", "`top x` cannot be read", "`top 10`"),
        ("top 5 top 6", "`top 6` cannot be read", "one number"),
        ('item="etch', "a quotation mark is not closed", "close it"),
        ("=leeds", "`=` stands where a key", "`key=value`"),
        ("facility=,", "`,` stands where a value of facility", "`key=value`"),
    ],
)
def test_slips(company: Path, text: str, said: str, hint: str) -> None:
    done = run("query", text, cwd=company)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert hint in done.stderr


def test_a_key_named_by_is_read_where_it_has_a_sign() -> None:
    assert parse("line=by by line").conditions[0].values == (Value("by"),)
    with pytest.raises(QueryError, match="`by` is no key"):
        parse("by=line")


def test_a_key_of_units_keeps_its_name(company: Path) -> None:
    done = run("query", "by unit", "--format", "json", cwd=company)
    assert [row["unit"] for row in json.loads(done.stdout)["rows"]] == ["MWh", "kg"]
    heads = run("query", "by unit", "--format", "csv", cwd=company).stdout.split("\n")[0].split(",")
    assert len(set(heads)) == len(heads)


def test_what_top_leaves_out_is_told_from_lines_without_a_key(company: Path) -> None:
    found = rows(company, "by supplier, line top 1")
    assert [(row["line"], row["groups"]) for row in found] == [("power", "1"), ("", "2")]


def test_errors_leave_no_answer(company: Path) -> None:
    text = COMPANY.replace("500 kg", "500 parsecs")
    (company / "company.yaml").write_text(text, "utf-8")
    done = run("query", "facility=leeds", cwd=company)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "parsecs" in done.stderr


def test_a_query_never_replaces_its_inputs(company: Path) -> None:
    (company / "company.yaml").rename(company / "company.csv.yaml")
    done = run("query", "company.csv.yaml", "scope=1", "-o", "answer.csv", cwd=company)
    assert done.exit_code == 0, done.output
    assert (company / "answer.csv").read_text("utf-8").startswith("line,facility,")


def test_the_page_names_the_keys() -> None:
    told = re.findall(r"`(\w+)`", PAGE.partition("| key |")[2].partition("A factor of")[0])
    assert set(told) >= set(KEYS)


def test_the_recipes_of_the_ledger(tmp_path: Path) -> None:
    """DuckDB and Polars give the sums of the lines."""
    ledger = tmp_path / "lines.parquet"
    done = run("lines", ROOT / "examples" / "luxshare" / "company.yaml", "-o", ledger)
    assert done.exit_code == 0
    [sql] = re.findall(r"^```sql duckdb\n(.*?)^```", PAGE, re.M | re.S)
    by_sql = duckdb.sql(sql.replace("lines.parquet", str(ledger))).fetchall()
    [code] = re.findall(r"^```python polars\n(.*?)^```", PAGE, re.M | re.S)
    names: dict[str, Any] = {}
    exec(code.replace("lines.parquet", str(ledger)), names)
    assert names["by_month"].rows() == by_sql
    whole = example_run("luxshare").inventory
    assert whole is not None
    total = sum((Fraction(row[2]) for row in by_sql), Fraction(0))
    expected = whole.totals.all_scopes(LOCATION)
    assert expected is not None
    assert abs(total - expected) < Fraction(1, 10**6)
