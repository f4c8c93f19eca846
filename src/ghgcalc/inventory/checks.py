"""The checks of inventories and of what they rest on, by diagnostic code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.core.check import Check, Setting
from ghgcalc.core.diagnostics import Severity
from ghgcalc.inventory.expectations import as_diagnostics
from ghgcalc.inventory.far_factors import far_from_bundled
from ghgcalc.inventory.price_years import not_deflated_spend
from ghgcalc.inventory.scope_3_checks import (
    contradictions,
    much_left_out,
    unanswered,
    without_method,
)
from ghgcalc.inventory.scope_3_status import Scope3Standing
from ghgcalc.inventory.waste_sources import mixed_waste_sources
from ghgcalc.inventory.wide_gaps import too_wide, unused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from ghgcalc.calculation.results.instrument_use import InstrumentUse
    from ghgcalc.calculation.results.line import Line
    from ghgcalc.company.company import Company
    from ghgcalc.core.check import Settings
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.core.period import Span
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.inventory.inventory import AcceptedGap, ExpectationResult, Inventory
    from ghgcalc.inventory.passed_over import PassedOver


class Taken(NamedTuple):
    """What the inventory of one period rests on: accepted gaps, instruments in use, lines, packs.

    The lines, and the standing of Scope 3, are those of the period, whatever the boundary.
    """

    company: Company
    span: Span
    accepted: Sequence[AcceptedGap]
    instruments: Sequence[InstrumentUse]
    lines: Sequence[Line]
    catalog: FactorCatalog
    scope_3: Scope3Standing = Scope3Standing()


class AllTaken(NamedTuple):
    """What the inventories of every period came to.

    Attributes:
        used: the `accept:` entries that some line needed, by index.
        expectations: the figures expected, beside those computed.
        passed: of entries, by index, a row that they admit and that another one goes before.
    """

    company: Company
    used: Set[int]
    expectations: Sequence[ExpectationResult]
    passed: Mapping[int, PassedOver]


class Answered(NamedTuple):
    """The inventory of a reporting year, of which every answer is asked."""

    company: Company
    inventory: Inventory


def _wide(taken: Taken, settings: Settings) -> list[Diagnostic]:
    del settings
    return too_wide(taken.company, taken.span, taken.accepted, taken.instruments)


def _far(taken: Taken, settings: Settings) -> list[Diagnostic]:
    return [*far_from_bundled(taken.company, taken.catalog, taken.lines, settings)]


def _deflated(taken: Taken, settings: Settings) -> list[Diagnostic]:
    del settings
    return [*not_deflated_spend(taken.company, taken.lines)]


def _waste(taken: Taken, settings: Settings) -> list[Diagnostic]:
    del settings
    return [*mixed_waste_sources(taken.lines)]


def _unused(taken: AllTaken, settings: Settings) -> list[Diagnostic]:
    del settings
    return unused(taken.company, taken.used, taken.passed)


def _failed(taken: AllTaken, settings: Settings) -> list[Diagnostic]:
    del settings
    return as_diagnostics(taken.expectations)


def _statuses(taken: Taken, settings: Settings) -> list[Diagnostic]:
    del settings
    return [*contradictions(taken.company, taken.span, taken.scope_3)]


def _left_out(taken: Taken, settings: Settings) -> list[Diagnostic]:
    return [*much_left_out(taken.company, taken.span, taken.scope_3, settings["percent"])]


def _unanswered(given: Answered, settings: Settings) -> list[Diagnostic]:
    del settings
    return [*unanswered(given.company, given.inventory)]


def _without_method(given: Answered, settings: Settings) -> list[Diagnostic]:
    del settings
    return [*without_method(given.company, given.inventory)]


WARNING = Severity.WARNING
FUELS = Setting(
    "fuels", 200, 101, "the larger factor as per cent of the smaller one, of a fuel that is burnt"
)
POWER = Setting("power", 300, 101, "likewise, of grid power")
CLEAN_POWER = Setting("clean_power", 1000, 101, "likewise, of a grid below `clean`")
CLEAN = Setting("clean", 100, 1, "g CO2e/kWh")
OTHERS = Setting("others", 1000, 101, "likewise, of all else")
PERCENT = Setting("percent", 5, 1, "the share of required emissions that may be left out")
OF_A_PERIOD: tuple[Check[Taken], ...] = (
    Check("accept-too-wide", _wide, WARNING),
    Check("factor-far-from-bundled", _far, WARNING, plausibility=True,
          settings=(FUELS, POWER, CLEAN_POWER, CLEAN, OTHERS)),
    Check("spend-not-deflated", _deflated, WARNING, plausibility=True),
    Check("scope-3-status", _statuses),
    Check("excluded-share", _left_out, WARNING, plausibility=True, settings=(PERCENT,)),
    Check("waste-sources-mixed", _waste, WARNING, plausibility=True),
)  # fmt: skip
# of the whole file, by `ghgcalc check`
UNUSED: Check[AllTaken] = Check("accept-unused", _unused, WARNING, plausibility=True, complete=True)
OF_THE_FILE: tuple[Check[AllTaken], ...] = (UNUSED, Check("expectation-failed", _failed))
# of each reporting year, where `ghgcalc check --complete` asks
WHEN_COMPLETE: tuple[Check[Answered], ...] = (
    Check("category-unanswered", _unanswered),
    Check("method-not-stated", _without_method),
)
# found while lines are calculated
ON_THE_WAY: tuple[Check[Taken], ...] = (
    Check("instrument-not-applied", None, WARNING, plausibility=True),
    Check("instrument-surplus", None, WARNING, plausibility=True),
    Check("leak-rate-outside", None, WARNING, plausibility=True),
    Check("scope-2-method-missing", None, WARNING),
)
CHECKS: tuple[Check[Any], ...] = (*OF_A_PERIOD, *OF_THE_FILE, *WHEN_COMPLETE, *ON_THE_WAY)
