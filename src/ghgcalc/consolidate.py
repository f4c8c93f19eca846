"""Consolidation: where a facility's emissions belong and with which share (GHG-01..04).

Sources: Corporate Standard ch. 3, Table 1; Scope 3 Standard App. A, tables A.1 and A.2.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.model.categories import CATEGORIES

if TYPE_CHECKING:
    from ghgcalc.model.organization import Approach, State

ONE, NONE = Fraction(1), Fraction(0)


class Placement(NamedTuple):
    """Scope, category and share of a line after consolidation, and the rule that decided."""

    scope: int
    category: str
    weight: Fraction
    rule: str


def place(category: str, state: State | None, approach: Approach) -> Placement | None:
    """Place a line of `category` at a facility in `state`; None before the facility was held.

    What falls out of scopes 1 and 2 goes to category 8, 13 or 15, never nowhere (GHG-02, GHG-03).
    """
    natural = CATEGORIES[category]
    if state is None:
        return None
    if natural.scope < 3 and state.lease is not None:
        moved = _leased(state, approach)
        if moved is not None:
            return moved
    weight = share(state, approach)
    if weight:
        return Placement(natural.scope, category, weight, f"{state.relation}, {approach}")
    if state.relation == "franchise":
        return Placement(3, "franchises", ONE, f"franchise outside {approach}: category 14")
    return Placement(
        3,
        "investments",
        state.economic_interest,
        f"{state.relation} outside {approach}: category 15 by economic interest",
    )


def share(state: State, approach: Approach) -> Fraction:
    """The consolidated share of a facility (GHG-02)."""
    relation, interest = state.relation, state.economic_interest
    if relation == "fixed_asset_investment":
        return NONE
    if approach == "equity_share":
        return interest
    if approach == "operational_control":
        return ONE if state.operated else NONE
    if relation == "joint_venture":
        return interest
    if relation == "franchise":
        return ONE if state.operated else NONE
    return ONE if relation == "subsidiary" else NONE


def _leased(state: State, approach: Approach) -> Placement | None:
    """Category 8 or 13 where the lease takes the asset out of scopes 1 and 2 (GHG-03)."""
    lease = state.lease
    assert lease is not None
    controlled = approach == "operational_control"
    weight = state.economic_interest if approach == "equity_share" else ONE
    if lease.party == "lessee" and lease.type == "operating" and not controlled:
        return Placement(
            3, "upstream_leased_assets", weight, f"operating lease, lessee, {approach}: category 8"
        )
    if lease.party == "lessor" and (lease.type == "finance" or controlled):
        return Placement(
            3,
            "downstream_leased_assets",
            weight,
            f"{lease.type} lease, lessor, {approach}: category 13",
        )
    return None
