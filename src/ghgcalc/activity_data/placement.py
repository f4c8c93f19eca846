"""Consolidation: where a facility's emissions belong and with which share (GHG-01..04).

Sources: Corporate Standard ch. 3, Table 1; Scope 3 Standard App. A, tables A.1 and A.2.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.company.holding import holding_on
from ghgcalc.core.numbers import in_full
from ghgcalc.core.vocabulary.categories import CATEGORIES

if TYPE_CHECKING:
    from datetime import date

    from ghgcalc.company.company import Company
    from ghgcalc.company.holding import Holding
    from ghgcalc.company.organization import Approach, State

ONE, NONE = Fraction(1), Fraction(0)


class Placement(NamedTuple):
    """Scope, category and share of a line after consolidation, and the rule that decided."""

    scope: int
    category: str
    weight: Fraction
    rule: str


def place(category: str, held: Holding | None, approach: Approach) -> Placement | None:
    """Place a line of `category` at a facility that is so held; None before it was held.

    What falls out of scopes 1 and 2 goes to category 8, 13 or 15, never nowhere (GHG-02, GHG-03).
    """
    natural = CATEGORIES[category]
    if held is None:
        return None
    weight = held_share(held, approach)
    if natural.scope < 3 and held.state.lease is not None:
        moved = _leased(held, approach)
        if moved is not None:
            return moved
    relation = _relation(held)
    if weight:
        along = _along(held, approach)
        return Placement(natural.scope, category, weight, f"{relation}, {approach}{along}")
    if held.state.relation == "franchise":
        return Placement(3, "franchises", ONE, f"franchise outside {approach}: category 14")
    return Placement(
        3,
        "investments",
        held.interest,
        f"{relation} outside {approach}: category 15 by economic interest"
        f"{_product(held, [state.economic_interest for state in held.chain])}",
    )


def held_share(held: Holding, approach: Approach) -> Fraction:
    """The consolidated share of a facility along its chain of holders (GHG-01, GHG-02).

    Shares multiply: interests under equity share; under financial control a holder that is
    consolidated in full passes on the facility's own share, a joint venture its interest. Whether
    we operate it is a question of the facility alone.
    """
    if approach == "operational_control":
        found = held.state.model_copy(update={"operated": held.operated})
        return share(found, approach)
    own = share(held.state, approach)
    return own if held.above is None else own * held_share(held.above, approach)


def _relation(held: Holding) -> str:
    return f"{held.state.relation} through `{held.holder}`" if held.holder else held.state.relation


def _along(held: Holding, approach: Approach) -> str:
    """The shares of the chain in words, from the outermost holder."""
    if held.above is None or approach == "operational_control":
        return ""
    return _product(held, [share(state, approach) for state in held.chain])


def _product(held: Holding, shares: list[Fraction]) -> str:
    if held.above is None:
        return ""
    return ": " + " × ".join(f"{in_full(each * 100)} %" for each in shares)


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


def _leased(held: Holding, approach: Approach) -> Placement | None:
    """Category 8 or 13 where the lease takes the asset out of scopes 1 and 2 (GHG-03).

    The lease is one of the holder: what is not consolidated of it is an investment as a whole.
    """
    lease = held.state.lease
    assert lease is not None
    controlled = approach == "operational_control"
    weight = held.interest
    if approach != "equity_share":
        weight = ONE if held.above is None else held_share(held.above, approach)
    if not weight and held.above is not None:
        return None
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


def placement_on(
    company: Company, category: str, scope: int, name: str | None, day: date, approach: Approach
) -> Placement | None:
    """Where a source of a category stands on a day; None before its facility is consolidated.

    `scope` is that of a reported total, whose category is none of the standards'.
    """
    if category not in CATEGORIES:
        natural = Placement(scope, category, ONE, "reported")
    else:
        natural = Placement(CATEGORIES[category].scope, category, ONE, "no facility")
    if name not in company.facilities:
        return natural
    held = holding_on(company.facilities, name or "", day)
    if natural.category not in CATEGORIES:  # a reported scope total follows the facility's share
        placed = place("stationary_combustion", held, approach)
        if placed is None:
            return None
        scope = natural.scope if placed.scope < 3 else placed.scope
        category = natural.category if placed.scope < 3 else placed.category
        return Placement(scope, category, placed.weight, placed.rule)
    return place(natural.category, held, approach)
