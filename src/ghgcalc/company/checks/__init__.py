"""Checks over the whole company: small functions, each `(Company) -> findings`, by code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.company.checks.capital_goods import check_capital_goods
from ghgcalc.company.checks.corrections import check_corrections
from ghgcalc.company.checks.gas_amounts import check_gas_amounts
from ghgcalc.company.checks.holders import check_holders
from ghgcalc.company.checks.instruments import (
    check_allocations,
    check_instrument_facilities,
    check_instrument_rates,
    check_supplied,
)
from ghgcalc.company.checks.items import check_items
from ghgcalc.company.checks.last_year import check_last_year
from ghgcalc.company.checks.ledger import check_bundles, check_markets, check_proofs, check_serials
from ghgcalc.company.checks.lines import check_activities
from ghgcalc.company.checks.references import (
    check_accept,
    check_boundaries,
    check_expectations,
    check_facility_fuels,
    check_hourly,
    check_metrics,
    check_periods,
    check_tables,
    check_targets,
)
from ghgcalc.company.checks.scope_3 import check_scope_3
from ghgcalc.company.checks.times import check_times
from ghgcalc.company.checks.years import check_proxy, check_renames, check_stated
from ghgcalc.core.check import Check, Setting, checks_of
from ghgcalc.core.diagnostics import Severity

if TYPE_CHECKING:
    from ghgcalc.company.company import Company

TIMES = Setting("times", 10, 2, "how many times, or which part of, last year's quantity is doubted")
# in this order; the codes that each function can raise
RUN: tuple[Check[Company], ...] = (
    *checks_of(
        check_activities, "missing-key", "unknown-facility", "unknown-fuel", "unknown-value",
        "conflicting-keys", "unit-mismatch", "negative-quantity", "biogenic-co2",
        "storage-is-not-generation", warnings=("unknown-supplier", "rate-not-applied"),
    ),
    *checks_of(
        check_corrections, "unknown-line", "conflicting-keys", "unit-mismatch", "basis-mismatch",
        "negative-quantity",
    ),
    *checks_of(check_times, "period-differs"),
    *checks_of(check_boundaries, "unknown-facility"),
    *checks_of(
        check_scope_3, "unknown-facility", "unknown-value", "unit-mismatch", "negative-quantity",
        "out-of-bounds", "conflicting-keys", "excluded-selectively",
    ),
    *checks_of(check_holders, "unknown-facility", "holder-without-state", "holder-cycle"),
    *checks_of(check_facility_fuels, "unknown-fuel", "conflicting-keys"),
    *checks_of(check_tables, "unknown-facility", warnings=("unknown-supplier",)),
    *checks_of(
        check_items, "conflicting-keys", "missing-key", "biogenic-co2",
        "storage-is-not-generation", "unknown-unit",
    ),
    *checks_of(check_hourly, "unknown-facility"),
    *checks_of(check_metrics, "unknown-boundary", "bad-date", "out-of-bounds"),
    *checks_of(
        check_expectations, "unknown-boundary", "unknown-figure", "unit-mismatch",
        "out-of-bounds",
    ),
    *checks_of(check_periods, "bad-date"),
    *checks_of(check_accept, "unknown-facility", "unknown-line"),
    *checks_of(check_targets, "unknown-boundary"),
    *checks_of(check_allocations, "unknown-facility", "over-allocated"),
    *checks_of(check_instrument_facilities, "unknown-facility"),
    *checks_of(check_instrument_rates, "unit-mismatch", "biomass-rate"),
    *checks_of(check_gas_amounts, "unit-mismatch", "basis-mismatch"),
    *checks_of(check_supplied, "conflicting-keys"),
    *checks_of(
        check_serials, "bad-serials", "double-counted-serials", doubts=("serials-differ",)
    ),
    *checks_of(check_renames, "unknown-line"),
    *checks_of(check_stated, "unknown-boundary", "unit-mismatch"),
    *checks_of(check_proxy, "conflicting-keys"),
    *checks_of(check_bundles, "conflicting-keys", "over-allocated", "unknown-value"),
    *checks_of(check_markets, "conflicting-keys", "unknown-value"),
    *checks_of(check_proofs, doubts=("claim-unproven",)),
    Check(
        "far-from-last-year", check_last_year, Severity.WARNING, plausibility=True,
        settings=(TIMES,),
    ),
    Check("capital-goods-spread", check_capital_goods, Severity.NOTE, plausibility=True),
)  # fmt: skip
# found while ids are read
ON_THE_WAY: tuple[Check[Company], ...] = (
    Check("mixed-scripts", None, Severity.WARNING, plausibility=True),
)
CHECKS: tuple[Check[Company], ...] = (*RUN, *ON_THE_WAY)
