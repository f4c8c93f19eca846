"""What the warning of two bills over one day offers: nothing that is stated, or that cannot act."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """ghgcalc: 1
organization: {name: Example Ltd, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities: {leeds: {country: GB}}
tables:
  bills:
    files: bills.csv
    constants: {facility: leeds, item: power, unit: kWh}
    items: {power: {category: purchased_electricity}}
"""
DAYS = "columns: {meter: m, from: a, to: b, quantity: q}"
TWO = "m,a,b,q\nM1,2024-01-01,2024-03-01,100\nM1,2024-03-01,2024-12-31,100\n"
OPTION = "`read: {to: exclusive}`"


def run(folder: Path, cells: str, *lines: str) -> Run:
    (folder / "bills.csv").write_text(cells, "utf-8")
    body = HEAD + "".join(f"    {line}\n" for line in lines)
    (folder / "company.yaml").write_text(body, "utf-8")
    return compute(folder / "company.yaml")


def hints(run: Run) -> list[str]:
    return [each.hint or "" for each in run.diagnostics if each.code == "calendar-overlap"]


def test_the_option_is_offered_and_typed_ends_the_overlap(tmp_path: Path) -> None:
    (hint,) = hints(run(tmp_path, TWO, DAYS))
    assert OPTION in hint
    assert not hints(run(tmp_path, TWO, DAYS, "read: {to: exclusive}"))


@pytest.mark.parametrize(
    ("cells", "lines", "said"),
    [
        (TWO, [DAYS, "read: {to: inclusive}"], "`to` is the last day billed"),
        (TWO.replace("2024-03-01,100", "2024-03-02,100", 1), [DAYS, "read: {to: exclusive}"],
         "`to` is the first day not billed"),
        # a period that says both ends itself: `to: exclusive` cannot act
        ("m,p,q\nM1,2024-01-01/2024-03-01,100\nM1,2024-03-01/2024-12-31,100\n",
         ["columns: {meter: m, period: p, quantity: q}"], "correct the days; leave out"),
        # other bills follow on day by day: they would lose their last one
        (TWO.replace("2024-12-31", "2024-03-31") + "M1,2024-04-01,2024-12-31,100\n", [DAYS],
         "`to` is the last day billed"),
    ],
)  # fmt: skip
def test_the_option_is_not_offered(tmp_path: Path, cells: str, lines: list[str], said: str) -> None:
    (hint,) = hints(run(tmp_path, cells, *lines))
    assert OPTION not in hint
    assert said in hint
    assert "by a `filter:` a bill that another one replaces" in hint
    accepted = run(tmp_path, cells, *lines, "accept_overlaps: {reason: two tariffs}")
    assert {item.severity for item in accepted.diagnostics if "overlap" in item.code} == {"note"}


def test_what_is_offered_cannot_be_stated_beside_a_period(tmp_path: Path) -> None:
    """Bills that share a day as a rule are told by their days there."""
    rows = "".join(f"M1,2024-{m:02}-01/2024-{m + 1:02}-01,100\n" for m in range(1, 12))
    columns = "columns: {meter: m, period: p, quantity: q}"
    found = hints(run(tmp_path, f"m,p,q\n{rows}", columns))
    assert len(found) == 10
    assert not [hint for hint in found if OPTION in hint]
    refused = run(tmp_path, f"m,p,q\n{rows}", columns, "read: {to: exclusive}")
    assert [item.code for item in refused.diagnostics] == ["conflicting-keys"]


REPLACES = "replaces: estimated"
ESTIMATES = "columns: {meter: m, from: a, to: b, quantity: q, estimated: e}"


def test_readings_may_replace_estimates(tmp_path: Path) -> None:
    """Offered where it ends the overlap: the reading of a year holds the estimate of a half."""
    cells = "m,a,b,q,e\nM1,2024-01-01,2024-06-30,100,yes\nM1,2024-01-01,2024-12-31,250,no\n"
    (hint,) = hints(run(tmp_path, cells, ESTIMATES))
    assert f"state `{REPLACES}`" in hint
    assert OPTION not in hint
    typed = run(tmp_path, cells, ESTIMATES, REPLACES)
    assert not typed.diagnostics
    assert typed.inventory is not None
    # 250 kWh of 0.20705 kg (DESNZ 2024)
    assert typed.inventory.totals.scope_2["location_based"] == 250 * Fraction("0.00020705")


def test_what_would_be_unclear_is_not_offered(tmp_path: Path) -> None:
    """Of the estimate's days June alone stands in the reading; elsewhere one is replaced."""
    half = "m,a,b,q,e\nM1,2024-01-01,2024-06-30,100,yes\nM1,2024-06-01,2024-12-31,100,no\n"
    whole = "M2,2024-01-01,2024-06-30,100,yes\nM2,2024-01-01,2024-12-31,250,no\n"
    for cells in (half, half + whole):
        offered = hints(run(tmp_path, cells, ESTIMATES))
        assert offered
        assert not [hint for hint in offered if REPLACES in hint]
        typed = run(tmp_path, cells, ESTIMATES, REPLACES)
        assert "replaces-unclear" in {item.code for item in typed.diagnostics}


def test_bills_that_are_both_read_are_not_replaced(tmp_path: Path) -> None:
    cells = "m,a,b,q,e\nM1,2024-01-01,2024-06-30,100,no\nM1,2024-06-01,2024-12-31,100,no\n"
    (hint,) = hints(run(tmp_path, cells, ESTIMATES))
    assert REPLACES not in hint


def test_without_a_meter_the_key_is_not_offered(tmp_path: Path) -> None:
    """Typed it would be refused: it needs the meter."""
    cells = "p,q,e\n2024-01,100,yes\n2024-01,110,no\n"
    columns = "columns: {period: p, quantity: q, estimated: e}"
    made = run(tmp_path, cells, columns)
    (hint,) = [each.hint or "" for each in made.diagnostics if each.code == "estimate-and-actual"]
    assert REPLACES not in hint
    assert "leave the estimate out by a `filter:`" in hint
    # of the reading alone: 110 kWh
    typed = run(tmp_path, cells, columns, "filter: {e: {equals: no}}")
    assert typed.inventory is not None
    assert typed.inventory.totals.scope_2["location_based"] == 110 * Fraction("0.00020705")
