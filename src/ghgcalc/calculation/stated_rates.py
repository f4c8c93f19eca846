"""A rate stated on a line of grid power, where a named pack publishes the location-based factor.

The location-based total rests on published grid averages (Scope 2 Guidance, table 6.2), so such a
rate is a departure: `accept: stated_rate`. A rate of 0 is refused, because no grid is free of
emissions; green power is an instrument, a supplier's rate or a direct line (R18).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghgcalc.calculation.resolve.candidates import Resolved, kind_refusal, lifecycle_refusal
from ghgcalc.calculation.resolve.order import region_rank
from ghgcalc.calculation.results.plan import Plan, UsedGap
from ghgcalc.company.gaps import GapQuestion
from ghgcalc.core.diagnostics import Related
from ghgcalc.core.gases import BIOGENIC

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.activity_data.consolidate import Portion
    from ghgcalc.calculation.plans import Plans
    from ghgcalc.calculation.resolve.candidates import Question
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.factors.model import Factor

GAP = "stated_rate"


def stated_for_grid(piece: Portion) -> bool:
    """Whether a line of grid power states its own rate; direct lines keep or sold theirs (R18)."""
    data = piece.source.data
    return (
        piece.source.category == "purchased_electricity"
        and data.emission_rate is not None
        and data.attributes is None
    )


def judge_stated(
    plans: Plans, piece: Portion, factor: Factor, need: Question
) -> UsedGap | Diagnostic | None:
    """The accepted gap of a rate that stands in a published factor's place, or what is wrong.

    Args:
        plans: knows packs, entries and lock.
        piece: a piece of a line for which `stated_for_grid` holds.
        factor: the stated rate.
        need: what the line asks; its pin is left out.

    Returns:
        None where no named pack serves the region, and in a locked year that accepts nothing.
    """
    published = _published(need, plans.catalog)
    if published is None:
        return None
    days = plans.company.year.span(piece.year)
    asked = GapQuestion(
        days, need.category, need.regions, piece.source.facility or "", "", need.item or "",
        piece.source.activity, factor.ref,
    )  # fmt: skip
    entry = plans.resolver.accept.allows(GAP, asked)
    locked = plans.resolver.lock is not None and days in plans.resolver.lock
    if not locked and _emits_nothing(factor):
        return _zero(plans, piece, published)
    if entry is not None:
        told, instead = _instead(plans, piece, need, published)
        return UsedGap(GAP, f"{factor.ref} in place of {told.ref}", entry, instead)
    return None if locked else _refused(plans, piece, factor, published)


def _emits_nothing(factor: Factor) -> bool:
    """Whether every stated value but biogenic CO2 is 0."""
    return all(not value.amount.number for gas, value in factor.gases.items() if gas != BIOGENIC)


def _published(need: Question, catalog: FactorCatalog) -> Factor | None:
    """The nearest location-based factor that a named pack publishes for the region."""
    rows = {
        row.ref: row
        for item in (None, need.item)
        for row in catalog.candidates(need.category, None, item)
        if row.at(need.regions)
        and row.per.dimension == need.unit.dimension
        and lifecycle_refusal(need, row) is None
        and kind_refusal(need, row) is None
    }
    if not rows:
        return None
    return min(
        rows.values(),
        key=lambda row: (
            region_rank(need, row), abs((row.year or need.year) - need.year),
            catalog.order(row.pack), row.ref,
        ),
    )  # fmt: skip


def _instead(
    plans: Plans, piece: Portion, need: Question, published: Factor
) -> tuple[Factor, Fraction | None]:
    """The factor that would price the line, and kg CO2e per unit by it where the file allows."""
    days = plans.company.year.span(piece.year)
    answer = plans.resolver._resolve(need._replace(pin=None), days)
    if not isinstance(answer, Resolved) or answer.resolution.factor is None:
        return published, None
    plan = plans.make(piece, answer)
    return answer.resolution.factor, plan.total if isinstance(plan, Plan) else None


def _named(factor: Factor) -> str:
    year = f" ({factor.year})" if factor.year is not None and factor.year_rule != "any" else ""
    return f"`{factor.ref}`{year}"


def _refused(plans: Plans, piece: Portion, factor: Factor, published: Factor) -> Diagnostic:
    source = piece.source
    only = f"factor: {factor.ref}" if source.table else f"activity: {source.activity}"
    found = plans.finding(
        piece,
        "gap-not-accepted",
        f"the rate stands in the place of the grid factor of {published.region or 'any region'},"
        f" {_named(published)}",
        f"remove `emission_rate:`, or add to `accept:` `- {{gap: {GAP}, for: {{{only}}},"
        " reason: …}`",
        "emission_rate",
    )
    return _with_row(found, published)


def _zero(plans: Plans, piece: Portion, published: Factor) -> Diagnostic:
    found = plans.finding(
        piece,
        "zero-grid-rate",
        "a rate of 0 stands in the place of the grid factor of"
        f" {published.region or 'any region'}, {_named(published)}",
        "remove `emission_rate:`; enter green power under `instruments:` or `suppliers:`",
        "emission_rate",
    )
    return _with_row(found, published)


def _with_row(found: Diagnostic, published: Factor) -> Diagnostic:
    if published.location is None:
        return found
    return replace(found, related=(Related(published.location, published.ref),))
