"""Readings of counters: differences by meter, their days, rollovers, replacements, multipliers."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Location
from ghgcalc.core.period import ReportingYear

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.activity_data.tables.sums import TableSums
    from ghgcalc.core.diagnostics import Outcome

COLUMNS = {"meter": "m", "day": "day", "reading": "stand"}


def table(**more: Any) -> Table:
    return Table.model_validate({
        "files": "t.csv", "columns": COLUMNS,
        "constants": {"facility": "ks", "item": "el", "unit": "kWh"},
        "items": {"el": {"category": "purchased_electricity"}}, **more,
    })  # fmt: skip


def run(folder: Path, rows: str, header: str = "m,day,stand", **more: Any) -> Outcome[TableSums]:
    (folder / "t.csv").write_text(f"{header}\n" + rows.replace("; ", "\n") + "\n", "utf-8")
    return collapse(
        "t", table(**more), folder, cuts=[], facilities={"ks"}, year=ReportingYear(),
        locate=lambda _: Location("company.yaml", 1, 1),
    )  # fmt: skip


def months(outcome: Outcome[TableSums]) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for entry in outcome.value.sums:
        name = f"{entry.span.first:%Y-%m}"
        found[name] = found.get(name, Fraction(0)) + entry.quantity
    return found


def told(outcome: Outcome[TableSums]) -> list[tuple[str, int]]:
    """Errors and warnings but those of the calendar, with their rows."""
    return [
        (each.code, each.location.line if each.location else 0)
        for each in outcome.diagnostics
        if each.code != "calendar-gap"
    ]


def test_differences_by_meter_in_any_order(tmp_path: Path) -> None:
    """A: 250.5 − 100 in January, 300 − 250.5 in February; B: 7 − 5 in January."""
    rows = "A,2024-03-01,300; B,2024-02-01,7; A,2024-01-01,100; A,2024-02-01,250.5; B,2024-01-01,5"
    outcome = run(tmp_path, rows)
    assert told(outcome) == []
    assert months(outcome) == {"2024-01": Fraction(305, 2), "2024-02": Fraction(99, 2)}
    value = outcome.value
    # the first readings give a start alone
    assert (value.rows_read, value.rows_used, value.rows_filtered, value.rows_rejected) == (
        5, 3, 2, 0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("taken", "want"),
    [("start_of_day", {"2023-12": 10, "2024-01": 300}),  # 31 Dec … 30 Jan: 1 + 30 days
     ("end_of_day", {"2024-01": 310})],
)  # fmt: skip
def test_the_days_of_a_difference(tmp_path: Path, taken: str, want: dict[str, int]) -> None:
    """310 counts between 31 December and 31 January: 31 days, from the one or after it."""
    outcome = run(tmp_path, "A,2023-12-31,0; A,2024-01-31,310", readings={"taken": taken})
    assert months(outcome) == want


def test_several_readings_of_a_day_rise(tmp_path: Path) -> None:
    rows = "A,2024-01-31,10; A,2024-01-31,14; A,2024-02-01,15; A,2024-01-31,12; A,2024-01-30,9"
    assert months(run(tmp_path, rows)) == {"2024-01": 6}


def test_a_fall_is_refused(tmp_path: Path) -> None:
    outcome = run(tmp_path, "A,2024-01-01,5000; A,2024-02-01,4990; A,2024-03-01,5100")
    assert told(outcome) == [("falling-reading", 3)]
    assert outcome.value.rows_rejected == 1
    # nor is a misread one a round of 99,990
    again = run(tmp_path, "A,2024-01-01,5000; A,2024-02-01,4990",
                readings={"rollover": "100_000"})  # fmt: skip
    assert told(again) == [("falling-reading", 3)]


@pytest.mark.parametrize("rollover", ["100_000", {"A": "100_000"}])
def test_a_stated_rollover(tmp_path: Path, rollover: object) -> None:
    """99,900 → 100,000 ≡ 0 → 50: 150."""
    rows = "A,2024-01-01,99900; A,2024-02-01,50; A,2024-03-01,60"
    outcome = run(tmp_path, rows, readings={"rollover": rollover})
    assert (told(outcome), months(outcome)) == ([], {"2024-01": 150, "2024-02": 10})


def test_a_rollover_serves_its_meter_and_its_digits(tmp_path: Path) -> None:
    rows = "A,2024-01-01,99900; A,2024-02-01,50"
    assert told(run(tmp_path, rows, readings={"rollover": {"B": "100_000"}})) == [
        ("falling-reading", 3)
    ]
    beyond = run(tmp_path, "A,2024-01-01,99900; A,2024-02-01,99950; A,2024-03-01,100001",
                 readings={"rollover": "100_000"})  # fmt: skip
    assert told(beyond) == [("unclear-reading", 4)]
    # a round within a day of several readings: their order is not known
    many = run(tmp_path, "A,2024-01-01,99900; A,2024-02-01,99990; A,2024-02-01,50",
               readings={"rollover": "100_000"})  # fmt: skip
    assert "unclear-reading" in [code for code, _ in told(many)]


EXCHANGE = {"replacements": [{"meter": "A", "day": "2024-02-11", "last": "400", "first": "7"}]}


def test_a_replaced_meter(tmp_path: Path) -> None:
    """400 − 100 of the old one and 27 − 7 of the new one."""
    outcome = run(tmp_path, "A,2024-02-01,100; A,2024-02-29,27", readings=EXCHANGE)
    assert (told(outcome), months(outcome)) == ([], {"2024-02": 320})


def test_readings_of_the_day_of_the_exchange(tmp_path: Path) -> None:
    rows = "A,2024-02-11,7; A,2024-01-01,100; A,2024-02-11,400; A,2024-02-29,27"
    outcome = run(tmp_path, rows, readings=EXCHANGE)
    assert told(outcome) == []
    assert sum(months(outcome).values()) == 320
    odd = run(tmp_path, "A,2024-02-01,100; A,2024-02-11,390; A,2024-02-29,27", readings=EXCHANGE)
    assert told(odd)[0] == ("unclear-reading", 3)


@pytest.mark.parametrize(
    ("rows", "code"),
    [("A,2024-02-01,410; A,2024-02-29,27", "falling-reading"),  # more than the old one's last
     ("A,2024-02-01,100; A,2024-02-29,5", "falling-reading"),  # less than the new one's first
     ("A,2024-03-01,100; A,2024-04-29,500", "unknown-value"),  # no reading before it
     ("B,2024-02-01,100; B,2024-02-29,500", "unknown-value")],
)  # fmt: skip
def test_an_exchange_that_does_not_fit(tmp_path: Path, rows: str, code: str) -> None:
    assert code in [found for found, _ in told(run(tmp_path, rows, readings=EXCHANGE))]


def test_multipliers(tmp_path: Path) -> None:
    """(250.5 − 100) × 40 = 6,020 by a constant; × 0.5 = 75.25 by a column."""
    rows = "A,2024-01-01,100; A,2024-02-01,250.5"
    constants = {"facility": "ks", "item": "el", "unit": "kWh"}
    one = run(tmp_path, rows, constants={**constants, "multiplier": "40"})
    assert months(one) == {"2024-01": 6020}
    by_column = {"header": "m,day,stand,f", "columns": {**COLUMNS, "multiplier": "f"}}
    other = run(tmp_path, "A,2024-01-01,100,0.5; A,2024-02-01,250.5,0.50", **by_column)
    assert told(other) == [("unclear-reading", 3)]  # the text differs
    other = run(tmp_path, "A,2024-01-01,100,0.5; A,2024-02-01,250.5,0.5", **by_column)
    assert months(other) == {"2024-01": Fraction(301, 4)}
    bad = run(tmp_path, "A,2024-01-01,1,x; A,2024-02-01,2,x", **by_column)
    assert told(bad) == [("not-a-number", 3)]
    tiny = run(tmp_path, "A,2024-01-01,1,0.001; A,2024-02-01,1.0000001,0.001", **by_column)
    assert told(tiny) == [("number-out-of-range", 3)]


def test_another_unit_is_no_difference(tmp_path: Path) -> None:
    outcome = run(
        tmp_path, "A,2024-01-01,100,kWh; A,2024-02-01,2,MWh", header="m,day,stand,u",
        columns={**COLUMNS, "unit": "u"}, constants={"facility": "ks", "item": "el"},
    )  # fmt: skip
    assert told(outcome) == [("unclear-reading", 3)]


def test_bad_cells_are_told_once(tmp_path: Path) -> None:
    rows = (
        "A,2024-01-01,100; A,2024-02-01,; A,x,120; ,2024-02-01,5; A,2024-03-01,-1; A,2024-04-01,9x"
    )
    found = told(run(tmp_path, rows))
    assert sorted(found) == [
        ("bad-date", 4), ("empty-cell", 3), ("empty-cell", 5), ("negative-quantity", 6),
        ("not-a-number", 7),
    ]  # fmt: skip


def test_an_estimated_reading_makes_both_differences_estimates(tmp_path: Path) -> None:
    outcome = run(
        tmp_path, "A,2024-01-01,0,; A,2024-02-01,10,x; A,2024-03-01,30,; A,2024-04-01,60,",
        header="m,day,stand,e", columns={**COLUMNS, "estimated": "e"},
    )  # fmt: skip
    assert [entry.estimated for entry in outcome.value.sums] == [10, 20, 0]


def test_a_single_reading_is_told(tmp_path: Path) -> None:
    outcome = run(tmp_path, "A,2024-01-01,100; B,2024-01-01,5; B,2025-01-01,9")
    (found,) = [each for each in outcome.diagnostics if "one reading alone" in each.message]
    assert (found.code, found.location and found.location.line) == ("calendar-gap", 2)


def test_a_missing_reading_leaves_no_gap_between(tmp_path: Path) -> None:
    outcome = run(tmp_path, "A,2024-01-01,0; A,2024-03-01,60; A,2025-01-01,366")
    assert outcome.diagnostics == ()
    assert sum(months(outcome).values()) == 366


@pytest.mark.parametrize(
    "more",
    [{"columns": {**COLUMNS, "quantity": "q"}}, {"columns": {**COLUMNS, "period": "p"}},
     {"columns": {"reading": "r"}}, {"columns": {"reading": "r", "from": "a", "to": "b"}},
     {"columns": {"reading": "r", "from": "a"}}, {"corrections": {"negative": "true"}},
     {"columns": {"quantity": "q", "period": "p"}, "readings": {}},
     {"columns": {"quantity": "q", "period": "p", "day": "d"}},
     {"columns": {"quantity": "q", "period": "p", "multiplier": "d"}},
     {"readings": {"rollover": "0"}},
     {"readings": {"replacements": [{"day": "2024-01-01", "last": "5", "first": "-1"}]}},
     {"readings": {"replacements": [{"day": "2024-01-01", "last": "5", "first": "7"},
                                    {"day": "2024-02-01", "last": "6", "first": "0"}]}}],
)  # fmt: skip
def test_what_cannot_act_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        table(**more)


def test_one_column_of_days_may_be_from_and_to(tmp_path: Path) -> None:
    columns = {"meter": "m", "from": "day", "to": "day", "reading": "stand"}
    assert months(run(tmp_path, "A,2024-01-01,1; A,2024-02-01,3", columns=columns)) == {
        "2024-01": 2
    }


SUMMED: dict[str, Any] = {
    "columns": {"quantity": "q", "from": "day", "to": "day"}, "header": "day,q",
}  # fmt: skip


class TestRising:
    def rows(self, values: list[int], step: int = 1) -> str:
        start = date(2024, 1, 1)
        return "; ".join(
            f"{start + timedelta(days=step * place)},{value}" for place, value in enumerate(values)
        )

    def test_counters_are_warned_of(self, tmp_path: Path) -> None:
        values = [1000, 1010, 1010, *range(1020, 1130, 10)]
        outcome = run(tmp_path, self.rows(values), **SUMMED)
        (found,) = outcome.diagnostics
        assert (found.code, found.severity.name) == ("rising-quantities", "WARNING")
        # 1,000 + 1,010 × 2 + the sum of 1,020 … 1,120 (11 × 1,070); 1,120 − 1,000
        assert "sum to 14,790; from the first to the last it counted 120" in found.message

    @pytest.mark.parametrize(
        "values",
        [[*range(1, 12)], [*range(100, 130), 90], [5] * 30, [0] * 29 + [4]],
        ids=["few", "a fall", "constant", "one rise"],
    )
    def test_what_is_used_is_not(self, tmp_path: Path, values: list[int]) -> None:
        """Eleven days from 1 to 11; from 100 to 110 their steps would be those of a counter."""
        assert run(tmp_path, self.rows(values), **SUMMED).diagnostics == ()


RISES = st.lists(st.integers(0, 5_000), min_size=2, max_size=9)


@settings(max_examples=15)
@given(RISES, st.integers(1, 40), st.randoms(use_true_random=False))
def test_a_counter_and_plain_quantities_give_the_same(
    tmp_path_factory: pytest.TempPathFactory, used: list[int], days: int, chance: Any
) -> None:
    """Quantities written plainly, and the counter that goes round at 10,000 in any order."""
    folder = tmp_path_factory.mktemp("t")
    starts = [date(2024, 1, 1) + timedelta(days=days * place) for place in range(len(used) + 1)]
    used = [each if each <= 4_000 else 0 for each in used]
    readings = [f"A,{day},{(7_000 + sum(used[:place])) % 10_000}"
                for place, day in enumerate(starts)]  # fmt: skip
    chance.shuffle(readings)
    counted = run(folder, "; ".join(readings), readings={"rollover": "10_000"})
    plain = "; ".join(
        f"{starts[place]},{starts[place + 1] - timedelta(days=1)},{each}"
        for place, each in enumerate(used)
    )
    columns = {"quantity": "q", "from": "a", "to": "b"}
    assert months(counted) == months(run(folder, plain, header="a,b,q", columns=columns))


def test_a_replacement_of_several_meters_says_which(tmp_path: Path) -> None:
    """B was never exchanged; without a meter both would go on from 150."""
    rows = "A,2024-01-01,100; A,2024-12-31,60; B,2024-01-01,0; B,2024-12-31,7"
    one = {"day": "2024-03-15", "last": "150", "first": "5"}
    outcome = run(tmp_path, rows, readings={"replacements": [one]})
    assert "missing-key" in [code for code, _ in told(outcome)]
    named = run(tmp_path, rows, readings={"replacements": [{**one, "meter": "A"}]})
    assert sum(each.quantity for each in named.value.sums) == 50 + 55 + 7
    alone = run(tmp_path, "A,2024-01-01,100; A,2024-12-31,60", readings={"replacements": [one]})
    assert sum(each.quantity for each in alone.value.sums) == 50 + 55
