"""Rows of one supply over the same days: subtotals, covered days, a bill sent twice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghgcalc.activity_data.tables.nesting import Row, contained, nests
from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Diagnostic, Location, Severity
from ghgcalc.core.period import ReportingYear, Span

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "meter,site,qty,month,kind"
COLUMNS = {"facility": "site", "quantity": "qty", "period": "month"}
METERED = {**COLUMNS, "meter": "meter"}
RULES: dict[str, Any] = {
    "files": "t.csv",
    "columns": COLUMNS,
    "constants": {"item": "el", "unit": "kWh"},
    "items": {"el": {"category": "purchased_electricity"}},
}


def found(folder: Path, lines: list[str], header: str = HEADER, **rules: Any) -> list[Diagnostic]:
    """The findings, without those of days that no bill covers."""
    (folder / "t.csv").write_text("\n".join([header, *lines]) + "\n")
    outcome = collapse(
        "bills", Table.model_validate(RULES | rules), folder, cuts=(), facilities={"ks", "bn"},
        year=ReportingYear(), locate=lambda path: Location("company.yaml", len(path), 1),
    )  # fmt: skip
    return [item for item in outcome.diagnostics if item.code != "calendar-gap"]


def told(items: list[Diagnostic]) -> list[tuple[str, int]]:
    return [(item.code, item.location.line) for item in items if item.location is not None]


def rows(*texts: str) -> list[str]:
    """Rows `quantity month` of one site and meter."""
    return [f"M1,ks,{','.join(text.split())}," for text in texts]


QUARTER = rows("10 2024-01", "20 2024-02", "30 2024-03")


class TestSubtotals:
    @pytest.mark.parametrize("columns", [COLUMNS, METERED])
    def test_a_quarter_and_a_year_of_months(self, tmp_path: Path, columns: dict[str, str]) -> None:
        # 10 + 20 + 30 = 60; 60 + 5 = 65, and not 60 + 60 + 5
        lines = [*QUARTER, *rows("60 2024-Q1", "5 2024-07", "65 2024")]
        (quarter, year) = found(tmp_path, lines, columns=columns)
        assert told([quarter, year]) == [("subtotal-row", 5), ("subtotal-row", 7)]
        assert quarter.severity is Severity.ERROR
        assert "60 kWh, equals the sum of the 3 rows" in quarter.message
        assert "65 kWh, equals the sum of the 4 rows" in year.message
        assert quarter.hint is not None
        assert 'filter: {month: {not_equals: ["2024", "2024-Q1"]}}' in quarter.hint

    def test_the_order_of_rows_is_nothing(self, tmp_path: Path) -> None:
        lines = [*rows("65 2024", "60 2024-Q1"), *QUARTER, *rows("5 2024-07")]
        assert told(found(tmp_path, lines)) == [("subtotal-row", 2), ("subtotal-row", 3)]

    def test_the_filter_of_the_hint_leaves_out_the_sums_alone(self, tmp_path: Path) -> None:
        lines = [*QUARTER, *rows("60 2024-Q1")]
        rule = {"month": {"not_equals": "2024-Q1"}}
        assert not found(tmp_path, lines, filter=rule)

    def test_no_filter_that_drops_an_honest_row(self, tmp_path: Path) -> None:
        (one,) = found(tmp_path, [*QUARTER, *rows("60 2024-Q1"), "M2,bn,7,2024-Q1,"])
        assert one.hint is not None
        assert "not_equals" not in one.hint

    def test_sums_of_two_meters_without_their_names(self, tmp_path: Path) -> None:
        # (1 + 2) and (10 + 20) of two months; together 33 is their sum, and no one of them is
        lines = rows("1 2024-01", "10 2024-01", "2 2024-02", "20 2024-02")
        lines += rows("3 2024-01-01/2024-02-29", "30 2024-01-01/2024-02-29")
        assert told(found(tmp_path, lines)) == [("subtotal-row", 6), ("subtotal-row", 7)]

    def test_a_sum_that_heeds_a_correction_or_not(self, tmp_path: Path) -> None:
        # 60 before the credit of 4, 56 after it
        for total in ("60", "56"):
            lines = [*QUARTER, *rows("-4 2024-02", f"{total} 2024-Q1")]
            (one,) = found(tmp_path, lines, corrections={"negative": True})
            assert told([one]) == [("subtotal-row", 6)]

    def test_zeros_and_one_row_are_no_sum(self, tmp_path: Path) -> None:
        assert not found(tmp_path, rows("0 2024-01", "0 2024-02", "0 2024-Q1"))
        assert not found(tmp_path, rows("7 2024-01", "7 2024-Q1"))

    def test_other_supplies_are_no_part(self, tmp_path: Path) -> None:
        lines = ["M1,ks,10,2024-01,", "M1,ks,20,2024-02,", "M2,bn,30,2024-Q1,"]
        assert not found(tmp_path, lines, columns=METERED)
        # with bills of their own length, meters of a site overlap rightly
        lines = ["M1,ks,10,2024-01,", "M1,ks,20,2024-02,", "M2,ks,31,2024-Q1,"]
        assert not found(tmp_path, lines, columns=METERED)

    @pytest.mark.parametrize("meters", [("M1", "M1", "M2"), ("M1", "M2", "all"), ("m", "m", "q")])
    def test_a_sum_under_a_meter_of_its_own(
        self, tmp_path: Path, meters: tuple[str, str, str]
    ) -> None:
        """A column of types, or with a total, mapped as `meter:` counted 60 kWh for 30."""
        texts = ("10,2024-01", "20,2024-02", "30,2024-Q1")
        lines = [f"{meter},ks,{text}," for meter, text in zip(meters, texts, strict=True)]
        (one,) = found(tmp_path, lines, columns=METERED)
        assert told([one]) == [("subtotal-row", 4)]
        accepted = {"accept_overlaps": {"reason": "two meters of one size"}}
        assert {each.severity for each in found(tmp_path, lines, columns=METERED, **accepted)} == {
            "warning"
        }
        # zeros show nothing: 30 kWh in one month are no sum
        zeros = [lines[0].replace(",10,", ",0,"), lines[1].replace(",20,", ",30,"), lines[2]]
        assert not found(tmp_path, zeros, columns=METERED)

    def test_a_heading_of_a_wide_table(self, tmp_path: Path) -> None:
        wide = {"Jan": {"period": "2024-01"}, "Feb": {"period": "2024-02"},
                "Sum": {"period": "2024"}}  # fmt: skip
        rules = {"columns": {"facility": "site"}, "unpivot": wide}
        (one,) = found(tmp_path, ["ks,10,20,30"], "site,Jan,Feb,Sum", **rules)
        assert one.hint is not None
        assert "remove `Sum:` from `unpivot:`" in one.hint
        # 40 of the other site is no sum: its cell may not go
        two = found(tmp_path, ["ks,10,20,30", "bn,10,25,40"], "site,Jan,Feb,Sum", **rules)
        assert told(two) == [("subtotal-row", 2)]
        assert two[0].hint is not None
        assert "remove" not in two[0].hint

    def test_intervals_within_days_are_no_sums(self, tmp_path: Path) -> None:
        # 23:00 to 01:00 touches two days, and 1 + 1 of the hours inside them is 2
        header = "site,qty,from,to"
        lines = ["ks,1,2024-01-01 22:00,2024-01-01 23:00", "ks,2,2024-01-01 23:00,2024-01-02 01:00",
                 "ks,1,2024-01-02 01:00,2024-01-02 02:00"]  # fmt: skip
        columns = {"facility": "site", "quantity": "qty", "from": "from", "to": "to"}
        read = {"date": "YYYY-MM-DD hh:mm", "to": "inclusive"}
        assert not found(tmp_path, lines, header, columns=columns, read=read)


class TestCovered:
    def test_every_day_stands_twice(self, tmp_path: Path) -> None:
        (one,) = found(tmp_path, [*QUARTER, *rows("61 2024-Q1")])
        assert (one.code, one.severity) == ("nested-rows", Severity.WARNING)
        assert "61 kWh, and in 3 others inside it, 60 kWh" in one.message

    def test_a_month_that_is_missing(self, tmp_path: Path) -> None:
        assert not found(tmp_path, rows("10 2024-01", "30 2024-03", "61 2024-Q1"))

    def test_of_a_meter_it_is_told_once(self, tmp_path: Path) -> None:
        lines = [*QUARTER, *rows("61 2024-Q1")]
        assert told(found(tmp_path, lines, columns=METERED)) == [("nested-rows", 5)]


class TestBillsOfAMeter:
    def test_the_same_quantity_is_refused(self, tmp_path: Path) -> None:
        lines = rows("10 2024-01", "11 2024-02", "10 2024-01")
        assert told(found(tmp_path, lines, columns=METERED)) == [("bill-twice", 4)]
        assert [item.code for item in found(tmp_path, lines)] == ["equal-rows"]

    def test_two_quantities_are_a_warning_for_the_table(self, tmp_path: Path) -> None:
        lines = rows("10 2024-01", "4 2024-01", "11 2024-02", "5 2024-02")
        (one,) = found(tmp_path, lines, columns=METERED)
        assert (one.code, one.severity) == ("calendar-overlap", Severity.WARNING)
        assert "2 bills have the meter and the days of another one" in one.message
        assert "10 kWh and 4 kWh" in one.message

    def test_unique_tells_them_apart(self, tmp_path: Path) -> None:
        lines = ["M1,ks,10,2024-01,A", "M1,ks,10,2024-01,B"]
        (one,) = found(tmp_path, lines, columns=METERED, unique="kind")
        assert (one.code, one.severity) == ("calendar-overlap", Severity.WARNING)

    def test_single_days_and_zeros_may_repeat(self, tmp_path: Path) -> None:
        lines = rows("5 2024-01-03/2024-01-03", "5 2024-01-03/2024-01-03", "0 2024-02", "0 2024-02")
        assert {i.code for i in found(tmp_path, lines, columns=METERED)} == {"equal-rows"}

    def test_three_alike_are_two_too_many(self, tmp_path: Path) -> None:
        lines = rows(*["10 2024-01"] * 3)
        assert told(found(tmp_path, lines, columns=METERED)) == [
            ("bill-twice", 3), ("bill-twice", 4)
        ]  # fmt: skip


class TestAccepted:
    ACCEPT: ClassVar[dict[str, str]] = {"reason": "the lamps are charged by the quarter"}

    def test_a_step_less_severe(self, tmp_path: Path) -> None:
        for total, severity in (("60", Severity.WARNING), ("61", Severity.NOTE)):
            lines = [*QUARTER, *rows(f"{total} 2024-Q1")]
            (one,) = found(tmp_path, lines, accept_overlaps=self.ACCEPT)
            assert one.severity is severity
            assert "accepted: the lamps are charged by the quarter" in one.notes

    def test_nothing_overlaps(self, tmp_path: Path) -> None:
        (one,) = found(tmp_path, QUARTER, accept_overlaps=self.ACCEPT)
        assert one.code == "accept-unused"

    def test_a_reason_is_asked_for(self) -> None:
        with pytest.raises(ValueError, match="not filled in"):
            Table.model_validate(RULES | {"accept_overlaps": {"reason": "…"}})


def test_no_order_of_rows_and_no_other_way_gives_other_subtotals() -> None:
    """Against every span compared with every other one."""
    import random

    generator = random.Random(18)
    for _ in range(200):
        day = [generator.randint(1, 20) for _ in range(12)]
        some = [
            Row(Span(date(2024, 1, a), date(2024, 1, a + generator.randint(0, 9))), place,
                generator.randint(1, 4))
            for place, a in enumerate(day)
        ]  # fmt: skip
        want = _by_comparison(some)
        for _ in range(2):
            generator.shuffle(some)
            assert {n.outer.position for n in nests(some) if n.equal} == want


def _by_comparison(some: list[Row]) -> set[int]:
    gone: set[int] = set()
    for span in sorted({row.span for row in some}, key=lambda span: span.days):
        here = [row for row in some if row.span == span]
        left = [row for row in some if row.position not in gone]
        inside = [row.scaled for row in left if row.span != span and span.holds(row.span)]
        if len(inside) < 2:
            continue
        all_of_them = len(here) > 1 and sum(row.scaled for row in here) == sum(inside)
        gone |= {row.position for row in here if all_of_them or row.scaled == sum(inside)}
    return gone


SPAN = st.tuples(st.integers(1, 28), st.integers(0, 5)).map(
    lambda ends: Span(date(2024, 1, ends[0]), date(2024, 1, min(ends[0] + ends[1], 31)))
)


@given(st.lists(SPAN, max_size=8))
def test_the_screening_misses_no_span_inside_another(spans: list[Span]) -> None:
    wanted = any(
        one != other and one.first <= other.first and other.last <= one.last
        for one in spans for other in spans
    )  # fmt: skip
    assert contained(spans) is wanted
