"""Checks over the whole company: small functions, each `(Company) -> findings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from ghgcalc.company.checks.times import check_times
from ghgcalc.company.checks.years import check_proxy, check_renames, check_stated

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghgcalc.company.company import Company
    from ghgcalc.core.diagnostics import Diagnostic

CHECKS: tuple[Callable[[Company], list[Diagnostic]], ...] = (
    check_activities,
    check_corrections,
    check_times,
    check_boundaries,
    check_holders,
    check_facility_fuels,
    check_tables,
    check_items,
    check_hourly,
    check_metrics,
    check_expectations,
    check_periods,
    check_accept,
    check_targets,
    check_allocations,
    check_instrument_facilities,
    check_instrument_rates,
    check_gas_amounts,
    check_supplied,
    check_serials,
    check_renames,
    check_stated,
    check_proxy,
    check_bundles,
    check_markets,
    check_proofs,
)
