"""Where a piece stands: reported totals of a scope follow the share of their facility."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from ghgcalc.activity_data.placement import placement_on
from ghgcalc.company.organization import Facility

if TYPE_CHECKING:
    from ghgcalc.company.organization import Approach

DAY = date(2025, 1, 1)
STATES = {
    "ours": {"relation": "subsidiary", "economic_interest": "80%"},
    "theirs": {"relation": "associate", "economic_interest": "30%", "operated": "false"},
}
FACILITIES = {
    name: Facility.model_validate({"country": "XX", "history": {date(2020, 1, 1): state}})
    for name, state in STATES.items()
}


@pytest.mark.parametrize("scope", [1, 2])
@pytest.mark.parametrize(
    ("name", "approach", "placed"),
    [
        ("ours", "operational_control", (None, "reported", 1)),
        ("ours", "equity_share", (None, "reported", Fraction(80, 100))),
        ("theirs", "equity_share", (None, "reported", Fraction(30, 100))),
        # outside control it is category 15 by the economic interest, whatever scope it was
        ("theirs", "operational_control", (3, "investments", Fraction(30, 100))),
        ("theirs", "financial_control", (3, "investments", Fraction(30, 100))),
    ],
)
def test_a_reported_scope_total_follows_the_share_of_its_facility(
    scope: int, name: str, approach: Approach, placed: tuple[int | None, str, Fraction]
) -> None:
    company = cast("Any", SimpleNamespace(facilities=FACILITIES))
    found = placement_on(company, "reported", scope, name, DAY, approach)
    assert found is not None
    assert found[:3] == (placed[0] or scope, *placed[1:])


def test_before_it_was_held_it_stands_nowhere() -> None:
    company = cast("Any", SimpleNamespace(facilities=FACILITIES))
    day = date(2019, 12, 31)
    assert placement_on(company, "reported", 1, "ours", day, "equity_share") is None
    without = placement_on(company, "reported", 2, None, day, "equity_share")
    assert without is not None
    assert without[:3] == (2, "reported", 1)
