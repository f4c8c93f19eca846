"""Counters taken for quantities: rows that only rise by steps far smaller than themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ghgcalc.activity_data.tables.polars_engine import rising
from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Location
from ghgcalc.core.period import ReportingYear

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CLOCK = {"read": {"date": "YYYY-MM-DD hh:mm", "to": "exclusive"}}
COLUMNS = {"quantity": "kwh", "from": "on", "to": "on"}
KEYS = {"facility": "ks", "item": "el", "unit": "kWh"}


def warned(folder: Path, lines: Sequence[str], header: str = "on,kwh", **more: Any) -> list[str]:
    """The messages of `rising-quantities` about a file."""
    (folder / "t.csv").write_text("\n".join([header, *lines]) + "\n", "utf-8")
    table = Table.model_validate({
        "files": "t.csv", "columns": COLUMNS, "constants": KEYS,
        "items": {"el": {"category": "purchased_electricity"}}, **more,
    })  # fmt: skip
    outcome = collapse(
        "t", table, folder, cuts=[], facilities={"ks", *(f"s{n}" for n in range(100))},
        year=ReportingYear(), locate=lambda _: Location("company.yaml", 1, 1),
    )  # fmt: skip
    return [each.message for each in outcome.diagnostics if each.code == "rising-quantities"]


def by_day(values: Sequence[object], every: int = 1) -> list[str]:
    return [f"{date(2024, 1, 1) + timedelta(days=every * n)},{v}" for n, v in enumerate(values)]


def by_minutes(values: Sequence[object], minutes: int) -> list[str]:
    start = datetime(2024, 3, 1, tzinfo=UTC)
    return [f"{start + timedelta(minutes=minutes * n):%Y-%m-%d %H:%M},{value}"
            for n, value in enumerate(values)]  # fmt: skip


class TestCounters:
    @pytest.mark.parametrize(("rows", "minutes"), [(25, 60), (72, 60), (193, 15), (13, 120)])
    def test_within_days(self, tmp_path: Path, rows: int, minutes: int) -> None:
        lines = by_minutes([100_200 + 120 * n for n in range(rows)], minutes)
        (said,) = warned(tmp_path, lines, **CLOCK)
        assert f"it counted {120 * (rows - 1):,}" in said
        assert len(warned(tmp_path, lines[::-1], **CLOCK)) == 1  # the newest first

    def test_few_days(self, tmp_path: Path) -> None:
        lines = by_day([100_200 + 120 * n for n in range(7)])
        (said,) = warned(tmp_path, lines)
        # 7 × 100,200 + 120 × (0 + 1 + … + 6)
        assert "over 7 rows: readings of a counter? They sum to 703,920" in said
        assert "it counted 720" in said
        assert len(warned(tmp_path, lines[::-1])) == 1
        assert warned(tmp_path, lines[:5]) == []

    def test_cells_of_many_decimals(self, tmp_path: Path) -> None:
        lines = by_day([f"{5_000_000 + n}.123456789012345" for n in range(6)])
        (said,) = warned(tmp_path, lines)
        assert "it counted 5" in said

    def test_times_of_day_in_a_column_of_their_own(self, tmp_path: Path) -> None:
        lines = [f"2024-03-0{n // 24 + 1},{n % 24}:00,{900 + n}" for n in range(48)]
        assert len(warned(tmp_path, lines, "on,at,kwh")) == 1
        newest_first = warned(tmp_path, lines[::-1], "on,at,kwh")
        assert "it counted 47" in newest_first[0]

    def test_columns_of_a_wide_table(self, tmp_path: Path) -> None:
        lines = by_day([f"{50_000 + 40 * n},{7_000 + 30 * n}" for n in range(6)])
        keys = {name: value for name, value in KEYS.items() if name != "item"}
        (said,) = warned(
            tmp_path, lines, "on,Main,Annex", columns={"from": "on", "to": "on"}, constants=keys,
            unpivot={"Main": {"item": "el"}, "Annex": {"item": "el"}},
        )  # fmt: skip
        assert said.startswith("column `Main`")
        assert "those of 1 more" in said
        # 6 × 50,000 + 40 × 15
        assert "They sum to 300,600; from the first to the last it counted 200" in said

    def test_quarter_hours_beside_each_other(self, tmp_path: Path) -> None:
        """One counter along the row and down the rows: 4 quarters of 2 days."""
        heads = ["00:00", "00:15", "00:30", "00:45"]
        lines = ["2024-03-01,800,801,802,803", "2024-03-02,804,805,806,807"]
        keys = {name: value for name, value in KEYS.items() if name != "item"}
        (said,) = warned(
            tmp_path, lines, ",".join(["on", *heads]), columns={"from": "on", "to": "on"},
            constants=keys, unpivot={"00:??": {"item": "el"}},
        )  # fmt: skip
        assert "over 8 rows" in said
        assert "it counted 7" in said

    def test_days_in_headings(self, tmp_path: Path) -> None:
        heads = [f"2024-05-0{n}" for n in range(1, 8)]
        cells = ",".join(str(6_100 + 5 * n) for n in range(7))
        (said,) = warned(
            tmp_path, [f"ks,{cells}"], ",".join(["site", *heads]), columns={"facility": "site"},
            constants={"item": "el", "unit": "kWh"},
            unpivot={head: {"period": f"{head}/{head}"} for head in heads},
        )  # fmt: skip
        assert "it counted 30" in said

    def test_the_beginning_of_a_large_table(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rising, "MOST_ROWS", 20)
        monkeypatch.setattr(rising, "BEGINNING", 10)
        (said,) = warned(tmp_path, by_day([*range(500, 510), *[3] * 11]))
        assert "over 10 rows, of the first 10 of 21: readings" in said
        assert warned(tmp_path, by_day([*[3] * 11, *range(500, 510)])) == []


class TestUse:
    def test_growth_from_month_to_month(self, tmp_path: Path) -> None:
        """3 % a month, written as months, as days of invoices and as bills of four weeks."""
        values = [round(1_000 * 1.03**n) for n in range(11)]
        months = [f"2024-{n:02},{value}" for n, value in enumerate(values, 1)]
        columns = {"quantity": "kwh", "period": "on"}
        assert warned(tmp_path, months, columns=columns) == []
        assert warned(tmp_path, [f"{each[:7]}-05{each[7:]}" for each in months]) == []
        assert warned(tmp_path, by_day(values, every=28)) == []

    def test_amounts_sorted_on_one_day(self, tmp_path: Path) -> None:
        assert warned(tmp_path, [f"2024-12-31,{value}" for value in range(40, 60)]) == []

    def test_one_of_many_that_rises_by_chance(self, tmp_path: Path) -> None:
        """Of 20 sites one is in rising order: 20 in 720 tables have one of six rows."""
        columns, keys = {**COLUMNS, "facility": "site"}, {"item": "el", "unit": "kWh"}
        ways = {1: [*range(100, 108)], **{n: [100, 104, 101, 103, 99, 105, 98, 102]
                                          for n in range(2, 21)}}  # fmt: skip
        lines = [f"{day},s{n}" for n, of in ways.items() for day in by_day(of)]
        few = [line for line in lines if line < "2024-01-07"]
        asked = {"columns": columns, "constants": keys}
        assert warned(tmp_path, few, "on,kwh,site", **asked) == []
        (said,) = warned(tmp_path, lines, "on,kwh,site", **asked)  # 8! is more than 20 × 6!
        assert "facility `s1`" in said
        assert "more:" not in said

    @pytest.mark.parametrize(
        "values",
        [
            [0, *range(1, 8)],
            [10, 20, 40, 80, 160, 320, 640],
            [100, 105, 111, 116, 121, 126],
            [5] * 30,
        ],
        ids=["from nothing", "doubled", "one large step", "constant"],
    )
    def test_steps_that_are_no_counters(self, tmp_path: Path, values: list[int]) -> None:
        assert warned(tmp_path, by_day(values)) == []


VALUES = st.lists(st.integers(900, 1_100), min_size=6, max_size=11)


@settings(max_examples=12)
@given(VALUES, st.sampled_from([60, 15, 24 * 60, 7 * 24 * 60]))
def test_use_that_falls_once_is_no_counter(
    tmp_path_factory: pytest.TempPathFactory, values: list[int], minutes: int
) -> None:
    assume(any(after < before for before, after in pairwise(values)))
    folder = tmp_path_factory.mktemp("t")
    assert warned(folder, by_minutes(values, minutes), **CLOCK) == []


@settings(max_examples=8)
@given(VALUES, st.sampled_from([60, 15, 24 * 60]), st.booleans())
def test_a_counter_of_any_steps_is_told(
    tmp_path_factory: pytest.TempPathFactory, steps: list[int], minutes: int, turned: bool
) -> None:
    """Steps of at most 1,100 above 22,000, which is twenty times that."""
    readings = [22_000 + sum(steps[:n]) for n in range(len(steps) + 1)]
    lines = by_minutes(readings, minutes)
    folder = tmp_path_factory.mktemp("t")
    (said,) = warned(folder, lines[::-1] if turned else lines, **CLOCK)
    assert f"it counted {sum(steps):,}" in said
