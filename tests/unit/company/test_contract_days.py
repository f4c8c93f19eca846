"""The days of a contract inside the reporting year that it serves."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from ghgcalc.company.contracts import days_of, year_of
from ghgcalc.core.period import ReportingYear, Span, parse_period_text


def days(kind: str, generated: str, supplied: str | None, used_in: str | None) -> Span | None:
    company = cast("Any", SimpleNamespace(year=ReportingYear()))
    instrument = cast("Any", SimpleNamespace(
        type=kind, generated=parse_period_text(generated),
        supplied=parse_period_text(supplied) if supplied else None,
        used_in=parse_period_text(used_in) if used_in else None,
    ))  # fmt: skip
    assert year_of(company, instrument) == 2025
    return days_of(company, instrument)


FIRST_HALF = Span(date(2025, 1, 1), date(2025, 6, 30))


@pytest.mark.parametrize(
    ("kind", "generated", "supplied", "used_in", "expected"),
    [
        ("PPA", "2025-01-01/2025-06-30", None, None, FIRST_HALF),
        ("PPA", "2024-07-01/2025-06-30", None, None, FIRST_HALF),
        ("PPA", "2025", None, None, None),  # the whole year
        ("PPA", "2024-07-01/2026-06-30", None, "2025", None),
        ("PPA", "2025", "2025-01-01/2025-06-30", None, FIRST_HALF),
        # generated before the year it serves: no days of it, so the whole year
        ("PPA", "2024", None, "2025", None),
        # stated days outside the year hold no consumption, and stay as they stand
        ("PPA", "2025", "2024-01-01/2024-06-30", None, Span(date(2024, 1, 1), date(2024, 6, 30))),
        ("GO", "2025-01-01/2025-06-30", None, None, None),
        ("fund_right", "2025-Q1", None, None, None),
        ("fund_right", "2025", "2025-01-01/2025-06-30", None, FIRST_HALF),
    ],
)  # fmt: skip
def test_days_of_a_contract(
    kind: str, generated: str, supplied: str | None, used_in: str | None, expected: Span | None
) -> None:
    assert days(kind, generated, supplied, used_in) == expected
