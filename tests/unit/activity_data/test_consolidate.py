"""Corporate Standard ch. 3 table 1 and appendix F, every cell."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from ghgcalc.activity_data.placement import place, share
from ghgcalc.company.holding import Holding
from ghgcalc.company.organization import Lease, State

EQUITY, FINANCIAL, OPERATIONAL = "equity_share", "financial_control", "operational_control"
THIRD = Fraction(1, 3)


def state(relation: Any, *, operated: bool, interest: Fraction = THIRD, **more: Any) -> State:
    return State(relation=relation, economic_interest=interest, operated=operated, **more)


@pytest.mark.parametrize(("relation", "operated", "shares"), [
    ("subsidiary", True, (THIRD, 1, 1)), ("subsidiary", False, (THIRD, 1, 0)),
    ("associate", False, (THIRD, 0, 0)), ("associate", True, (THIRD, 0, 1)),
    ("joint_venture", True, (THIRD, THIRD, 1)), ("joint_venture", False, (THIRD, THIRD, 0)),
    ("fixed_asset_investment", False, (0, 0, 0)), ("fixed_asset_investment", True, (0, 0, 0)),
    ("franchise", False, (THIRD, 0, 0)), ("franchise", True, (THIRD, 1, 1)),
])  # fmt: skip
def test_table_1(relation: str, operated: bool, shares: tuple[Any, ...]) -> None:
    held = state(relation, operated=operated)
    assert tuple(share(held, a) for a in (EQUITY, FINANCIAL, OPERATIONAL)) == shares  # type: ignore[arg-type]


@pytest.mark.parametrize(("party", "kind", "approach", "category"), [
    ("lessee", "finance", EQUITY, None), ("lessee", "finance", OPERATIONAL, None),
    ("lessee", "operating", EQUITY, "upstream_leased_assets"),
    ("lessee", "operating", FINANCIAL, "upstream_leased_assets"),
    ("lessee", "operating", OPERATIONAL, None),
    ("lessor", "finance", EQUITY, "downstream_leased_assets"),
    ("lessor", "finance", FINANCIAL, "downstream_leased_assets"),
    ("lessor", "finance", OPERATIONAL, "downstream_leased_assets"),
    ("lessor", "operating", EQUITY, None), ("lessor", "operating", FINANCIAL, None),
    ("lessor", "operating", OPERATIONAL, "downstream_leased_assets"),
])  # fmt: skip
def test_leases(party: Any, kind: Any, approach: Any, category: str | None) -> None:
    held = State(lease=Lease(type=kind, party=party))
    placed = place("purchased_electricity", Holding(held), approach)
    assert placed is not None
    assert placed.weight == 1
    assert (placed.scope, placed.category) == (
        (3, category) if category else (2, "purchased_electricity"))  # fmt: skip


def test_scope_3_lines_stay_where_they_are_in_a_lease() -> None:
    placed = place("business_travel",
                   Holding(State(lease=Lease(type="operating", party="lessor"))),
                   OPERATIONAL)  # fmt: skip
    assert placed is not None
    assert (placed.scope, placed.category) == (3, "business_travel")


def test_outside_control_falls_to_investments_by_interest() -> None:
    placed = place(
        "stationary_combustion", Holding(state("joint_venture", operated=False)), OPERATIONAL
    )
    assert placed is not None
    assert placed[:3] == (3, "investments", THIRD)


def test_nothing_before_the_first_state() -> None:
    assert place("stationary_combustion", None, EQUITY) is None


@pytest.mark.parametrize(("relation", "category", "weight"), [
    ("franchise", "franchises", 1), ("associate", "investments", THIRD),
    ("fixed_asset_investment", "investments", THIRD), ("subsidiary", "investments", THIRD),
])  # fmt: skip
def test_outside_control_it_is_scope_3(relation: str, category: str, weight: Any) -> None:
    held = Holding(state(relation, operated=False))
    for natural in ("process_emissions", "purchased_electricity"):
        placed = place(natural, held, OPERATIONAL)
        assert placed is not None
        assert placed[:3] == (3, category, weight)
