"""What the warning of two bills over one day offers: nothing that is stated, or that cannot act."""

from __future__ import annotations

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


def test_readings_may_replace_estimates(tmp_path: Path) -> None:
    cells = "m,a,b,q,e\nM1,2024-01-01,2024-06-30,100,yes\nM1,2024-06-01,2024-12-31,100,no\n"
    columns = "columns: {meter: m, from: a, to: b, quantity: q, estimated: e}"
    (hint,) = hints(run(tmp_path, cells, columns))
    assert "state `replaces: estimated`" in hint
    assert OPTION not in hint
