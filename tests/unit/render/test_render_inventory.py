"""Inventory renderers: alignment, rounding, JSON exactness, CSV injection, Markdown escapes."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghgcalc.calculation.results.instrument_use import InstrumentUse
from ghgcalc.calculation.results.line import Line
from ghgcalc.calculation.results.plan import GasRate, Part, Plan, Resolution
from ghgcalc.calculation.results.totals import totals_of
from ghgcalc.core.diagnostics import Location
from ghgcalc.core.numbers import plain
from ghgcalc.core.period import Span
from ghgcalc.core.units import parse_unit
from ghgcalc.inventory.control_totals import ControlTotal
from ghgcalc.inventory.inventory import ExpectationResult, Inventory
from ghgcalc.render.cells import adds_up, aligned, bar_text, number_text
from ghgcalc.render.csv import guarded, render_csv
from ghgcalc.render.exact import Prepared, Rate, product, times
from ghgcalc.render.json.inventory import render_json
from ghgcalc.render.markdown import escaped, render_markdown
from ghgcalc.render.terminal import render_terminal
from ghgcalc.views.table import Bar, Column, Number, Row, Table, figure_places, places_for

HERE = Location("company.yaml", 3, 3)
YEAR = Span(date(2023, 1, 1), date(2023, 12, 31))


def plan(kg: Fraction, unit: str = "MWh") -> Plan:
    gas = GasRate("CO2", kg, Fraction(1), "CO2", f"{plain(kg)} kg CO2/{unit}")
    return Plan(parse_unit(unit), Resolution(None, "stated"), (gas,), Fraction(0), kg, "AR6")


def line(
    name: str, scope: int, category: str, quantity: Fraction, kg: Fraction, **more: object
) -> Line:
    unit = parse_unit("MWh")
    parts = (Part(plan(kg), quantity, "stated"),)
    made = Line(
        name,
        name,
        HERE,
        "site",
        "CN",
        scope,
        category,
        category,
        "",
        YEAR,
        Fraction(1),
        quantity,
        unit,
        parts,
        parts,
        "operational_control",
    )
    for key, value in more.items():
        setattr(made, key, value)
    return made


def inventory(*lines: Line, **more: object) -> Inventory:
    made = Inventory(
        "Example",
        "2023",
        YEAR,
        None,
        "operational_control",
        "AR6",
        list(lines),
        totals_of(list(lines)),
    )
    for key, value in more.items():
        setattr(made, key, value)
    return made


@pytest.fixture
def small() -> Inventory:
    green = Part(plan(Fraction(0)), Fraction(60), "GEC", "gec-2023")
    rest = Part(plan(Fraction(600)), Fraction(40), "uncovered, residual mix", tranche="uncovered")
    power = line(
        "power",
        2,
        "purchased_electricity",
        Fraction(100),
        Fraction(500),
        market_based=(green, rest),
    )
    gas = line("gas", 1, "stationary_combustion", Fraction(10, 3), Fraction(1000))
    return inventory(
        gas, power,
        metrics=[("revenue", "million CNY", Fraction(8))],
        instruments=[InstrumentUse("gec-2023", "GEC", "CN", "electricity", Fraction(60),
                                   Fraction(60)),
                     InstrumentUse("fund", "fund_right", "CN", "electricity", Fraction(43354),
                                   location=Location("company.yaml", 88, 5),
                                   rejected="criterion 3 unanswered")],
        expectations=[ExpectationResult(0, "scope_1", "2023", None, Fraction(3), Fraction(1),
                                        Fraction(10, 3), "tCO2e", HERE),
                      ExpectationResult(1, "scope_1", "2023", "sbt", Fraction(9), Fraction(1),
                                        Fraction(10, 3), "tCO2e", Location("company.yaml", 9, 5))],
        control_totals=[ControlTotal("bills", 12, 9, 2, 1, 0, {"MWh": Fraction(120)},
                                     {"MWh": Fraction(100)})],
    )  # fmt: skip


GOLDEN = """\
Example · GHG inventory 2023 · operational control · AR6 (100-year)

                               location-based   market-based
tCO2e                          ──────────────   ────────────
Scope 1                                 3.33           3.33
  Stationary combustion                 3.33           3.33
Scope 2                                50.00          24.00
  Purchased electricity                50.00          24.00
Scope 1 + 2                            53.33          27.33
  t / million CNY                       6.67           3.42
Scope 3                                 –              –      15 of 15 categories not evaluated
Biogenic CO2, outside scopes            0.00                  t CO2

Largest sources, market-based             tCO2e      %
purchased electricity, uncovered   site   24.00   87.8   ████████████████████
stationary combustion              site    3.33   12.2   ██▊

Scope 2 instruments   60.0 of 100.0 MWh matched (60.0 %): GEC 60.0
Not applied           43,354 MWh fund right fund: criterion 3 unanswered (company.yaml:88:5)
Expectations          1 of 2 hold
                      fails: scope_1, 2023, boundary sbt (company.yaml:9:5)
                        expected 9.00, computed 3.33, difference −5.67, tolerance 1.00 tCO2e
Control totals        2 activities
                      bills: 12 rows = 9 used + 2 other periods + 1 filtered + 0 rejected; 100 of
                      120 MWh used
"""


def test_terminal_report(small: Inventory) -> None:
    text = render_terminal(small)
    rows = [row.rstrip() for row in text.splitlines()]
    wanted = GOLDEN.splitlines()
    assert [row.split() for row in rows] == [row.split() for row in wanted]
    assert all(len(row) <= 100 for row in rows)
    points = {row.index(".") for row in rows[4:10]}
    assert len(points) == 1


def test_terminal_colour_only_adds_escapes(small: Inventory) -> None:
    import re

    stripped = re.sub(r"\x1b\[[\d;]*m", "", render_terminal(small, color=True))
    assert [row.rstrip() for row in stripped.splitlines()] == render_terminal(small).splitlines()


def test_markup_in_names_is_inert() -> None:
    made = inventory(
        line(
            "a",
            1,
            "stationary_combustion",
            Fraction(1),
            Fraction(1),
            facility="[red]x[/red]\x1b[31m",
        )
    )
    text = render_terminal(made)
    assert "[red]x[/red]" in text
    assert "\x1b" not in text


def test_no_number_is_ever_cut() -> None:
    big = Fraction(10) ** 14
    made = inventory(
        line("a", 1, "stationary_combustion", big, Fraction(1)),
        line("b", 2, "purchased_electricity", big, Fraction(1)),
        line("c", 3, "upstream_transportation", big, Fraction(1)),
    )
    for by in (None, "gas", "facility", "month"):
        text = render_terminal(made, by)
        assert text.count("100,000,000,000") >= 4
        assert "not evaluated" in text.replace("\n", " ")


@pytest.mark.parametrize("by", ["scope", "category", "facility", "gas", "country", "month"])
def test_every_dimension(small: Inventory, by: str) -> None:
    text = render_terminal(small, by)
    assert "Scope 1 + 2" in text
    assert ("Purchased electricity" in text) is (by == "category")
    if by == "month":
        words = " ".join(text.split())
        assert "100.0 % of the tonnes are of bills of more than one month, spread by days" in words


def test_missing_is_not_zero() -> None:
    rows = render_terminal(
        inventory(line("a", 1, "stationary_combustion", Fraction(0), Fraction(1)))
    ).splitlines()
    assert rows[4].split() == ["Scope", "1", "0.000", "0.000"]
    # a scope without lines is a legitimate zero and says so; Scope 3 is not evaluated
    assert rows[6].split()[:7] == ["Scope", "2", "0.000", "0.000", "no", "activity", "data"]
    assert rows[8].split()[:4] == ["Scope", "3", "–", "–"]


def test_alignment_on_the_decimal() -> None:
    cells = [Number(Fraction(12345), 0), Number(Fraction("7.04"), 2), None, Number(Fraction(-1), 1)]
    assert aligned(cells) == ["12,345   ", "     7.04", "     –   ", "    −1.0 "]


def test_numbers_round_half_away_and_have_no_negative_zero() -> None:
    assert number_text(Number(Fraction(5, 2))) == "3"
    assert number_text(Number(Fraction(-5, 2))) == "−3"
    assert number_text(Number(Fraction(-1, 1000), 2)) == ">−0.01"
    assert number_text(Number(Fraction(1, 1000), 2, signed=True)) == "<0.01"
    assert number_text(Number(Fraction(0), 2, signed=True)) == "0.00"
    assert number_text(Number(Fraction(3), 0, signed=True)) == "+3"


def test_places() -> None:
    values = {10_000: 0, 9_999: 1, 1_000: 1, 999: 2, 10: 2, 9: 3}
    assert {value: places_for([Fraction(value)]) for value in values} == values
    assert [figure_places(Fraction(text)) for text in ("704", "7.04", "0.0704")] == [0, 2, 4]


def test_bars() -> None:
    assert bar_text(Bar(Fraction(1)), 4) == "████"
    assert bar_text(Bar(Fraction(1, 1000)), 4) == "▏"
    assert bar_text(Bar(Fraction(0)), 4) == ""


def test_rounded_rows_that_do_not_add_up_are_said() -> None:
    third = Number(Fraction(1, 3))
    rows = (Row(("all", Number(Fraction(1))), sums=True), *[Row(("a", third), level=1)] * 3)
    assert not adds_up(Table("t", (Column(""), Column("x", True)), rows))
    assert adds_up(Table("t", (Column(""), Column("x", True)), rows[:1]))


# ---- JSON --------------------------------------------------------------------------------------


@given(st.fractions(min_value=-(10**9), max_value=10**9), st.fractions(min_value=-10, max_value=10))
def test_integer_products_equal_plain(quantity: Fraction, rate: Fraction) -> None:
    assert product(quantity, Rate.of(rate)) == plain(quantity * rate, 12)
    prepared = Prepared.of(Rate.of(rate), quantity.denominator)
    assert times(quantity.numerator, prepared) == plain(quantity * rate, 12)


def test_json_numbers_are_exact(small: Inventory) -> None:
    text = render_json(small)
    read = json.loads(text, parse_float=Decimal)
    assert read["schema"] == "ghgcalc-inventory-1"
    totals = read["totals"]
    assert totals["scope_1"] == Decimal("3.333333333333")
    assert totals["scope_2"] == {"location_based": 50, "market_based": 24}
    assert totals["scope_3"] is None
    assert totals["all_scopes"]["market_based"] == Decimal("27.333333333333")
    first = read["lines"][0]
    assert first["quantity"] == {"value": Decimal("3.333333333333"), "unit": "MWh"}
    assert first["location_based"]["parts"][0]["gases"][0]["kg"] == Decimal("3333.333333333333")
    assert read["lines"][1]["market_based"]["parts"][0]["instrument"] == "gec-2023"
    assert sum(month["scope_1"] for month in read["by_month"]).quantize(Decimal("1e-9")) == Decimal(
        "3.333333333"
    )
    assert "E" not in text.split('"lines"')[0].replace('"GEC"', "").replace("Example", "")


def test_json_is_deterministic_utf8_lf(small: Inventory) -> None:
    assert render_json(small) == render_json(small)
    assert "\r" not in render_json(small)
    assert render_json(small).endswith("}\n")


def test_json_text_that_looks_like_a_marked_number_stays_text() -> None:
    names = ['"', "\\u00001", "1.5", "\x001\x00", "a\nb", "精密"]
    for name in names:
        made = inventory(
            line(name, 1, "stationary_combustion", Fraction(1), Fraction(1), facility=name),
            name=name,
            notes=[name],
        )
        read = json.loads(render_json(made))
        assert read["lines"][0]["id"] == name
        assert read["lines"][0]["facility"] == name
        assert read["by_facility"][0]["facility"] == name
        assert read["organization"] == name
        assert read["notes"] == [name]


def test_json_empty_inventory() -> None:
    read = json.loads(render_json(inventory()))
    assert read["lines"] == []
    assert read["totals"]["scope_1"] == 0
    assert read["totals"]["scope_2"] == {"location_based": 0, "market_based": 0}
    assert read["totals"]["scope_3"] is None


# ---- CSV ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_csv_text_never_becomes_a_formula(text: str) -> None:
    shown = "'" + text.replace("\r", " ").replace("\t", " ")
    assert guarded(text) == shown
    made = inventory(line(text, 1, "stationary_combustion", Fraction(-3), Fraction(1)))
    (row,) = csv.DictReader(io.StringIO(render_csv(made), newline=""))
    assert row["id"] == shown
    assert row["quantity"] == "-3"
    assert row["location_based_tco2e"] == "-0.003"


def test_csv_sums_the_parts(small: Inventory) -> None:
    text = render_csv(small)
    assert "\r" not in text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["market_based_tco2e"] for row in rows] == ["3.333333333333", "24"]
    assert rows[1]["market_based_CO2_tco2e"] == "24"
    assert rows[1]["location_based_CO2_tco2e"] == "50"
    assert rows[1]["location_based_CH4_tco2e"] == ""
    assert rows[1]["instruments"] == "gec-2023"
    assert rows[0]["market_based_tranches"] == ""


def test_csv_method_without_parts_is_empty() -> None:
    made = inventory(
        line("a", 2, "purchased_electricity", Fraction(1), Fraction(1), market_based=())
    )
    (row,) = csv.DictReader(io.StringIO(render_csv(made)))
    assert row["market_based_tco2e"] == ""
    assert row["location_based_tco2e"] == "0.001"


# ---- Markdown ----------------------------------------------------------------------------------


def test_markdown_escapes() -> None:
    assert escaped("a|b <i> *x* `y` [z]\n") == r"a\|b \<i\> \*x\* \`y\` \[z\] "
    made = inventory(
        line("a", 1, "stationary_combustion", Fraction(1), Fraction(1), facility="x|y")
    )
    text = render_markdown(made)
    assert r"x\|y" in text
    widths = {
        row.count("|") - row.count(r"\|")
        for row in text.splitlines()
        if row.startswith("| ") and "combustion," not in row
    }
    assert len(widths) <= 2


def test_markdown_has_the_same_numbers(small: Inventory) -> None:
    text = render_markdown(small)
    assert "| Scope 2 | 50.00 | 24.00 |" in text
    assert "- fails: scope_1, 2023, boundary sbt (company.yaml:9:5)" in text
