from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from ghgcalc.company.gaps import AcceptBook, GapQuestion
from ghgcalc.company.instrument import Accept
from ghgcalc.core.period import ReportingYear, Span

ASKED = GapQuestion(
    Span(date(2023, 1, 1), date(2023, 12, 31)), "purchased_electricity", ("CN-JS", "CN"), "ks",
    "diesel", "item", "line", "mee-china-2023/cn", "cert", "CN",
)  # fmt: skip


def book(*entries: dict[str, Any]) -> AcceptBook:
    models = {
        index: Accept.model_validate({"gap": "earlier_year", "reason": "x", **entry})
        for index, entry in enumerate(entries)
    }
    return AcceptBook(SimpleNamespace(accept=models, year=ReportingYear()))  # type: ignore[arg-type]


@pytest.mark.parametrize(("only", "covers"), [
    ({}, True), ({"category": "purchased_electricity"}, True),
    ({"category": "purchased_heat"}, False),
    ({"region": "CN"}, True), ({"region": "CN-JS"}, True), ({"region": "GB"}, False),
    ({"facility": "ks"}, True), ({"facility": "dg"}, False), ({"fuel": "derv"}, True),
    ({"fuel": "petrol"}, False), ({"item": "item"}, True), ({"item": "x"}, False),
    ({"period": "2023"}, True), ({"period": "2023-02"}, True), ({"period": "2022"}, False),
    ({"activity": "line"}, True), ({"activity": "x"}, False),
    ({"factor": "mee-china-2023/cn"}, True), ({"factor": "x/cn"}, False),
    ({"pack": "mee-china-2023"}, True), ({"pack": "mee-china"}, False),
    ({"instrument": "cert"}, True), ({"instrument": "x"}, False),
    ({"market": "CN"}, True), ({"market": "GB"}, False),
    ({"region": "CN", "facility": "dg"}, False),
])  # fmt: skip
def test_an_entry_covers_what_all_its_keys_say(only: dict[str, str], covers: bool) -> None:
    assert (book({"for": only}).allows("earlier_year", ASKED) == 0) is covers


def test_another_gap_is_never_covered() -> None:
    assert book({}).allows("later_year", ASKED) is None


@pytest.mark.parametrize(("years", "allowed"), [(1, True), (2, True), (3, False), (0, True)])
def test_max_years(years: int, allowed: bool) -> None:
    assert (book({"max_years": "2"}).allows("earlier_year", ASKED, years=years) == 0) is allowed


def test_the_first_entry_that_covers_answers() -> None:
    entries = book({"for": {"facility": "dg"}}, {"for": {"facility": "ks"}}, {})
    assert entries.allows("earlier_year", ASKED) == 1
