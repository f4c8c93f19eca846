"""The checks of inventories and of what they rest on, by diagnostic code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.core.check import Check
from ghgcalc.core.diagnostics import Severity
from ghgcalc.inventory.expectations import as_diagnostics
from ghgcalc.inventory.wide_gaps import too_wide, unused

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from ghgcalc.calculation.results.instrument_use import InstrumentUse
    from ghgcalc.company.company import Company
    from ghgcalc.core.check import Settings
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.core.period import Span
    from ghgcalc.inventory.inventory import AcceptedGap, ExpectationResult


class Taken(NamedTuple):
    """What the inventory of one period rests on: accepted gaps and instruments in use."""

    company: Company
    span: Span
    accepted: Sequence[AcceptedGap]
    instruments: Sequence[InstrumentUse]


class AllTaken(NamedTuple):
    """What the inventories of every period came to.

    Attributes:
        used: the `accept:` entries that some line needed, by index.
        expectations: the figures expected, beside those computed.
    """

    company: Company
    used: Set[int]
    expectations: Sequence[ExpectationResult]


def _wide(taken: Taken, settings: Settings) -> list[Diagnostic]:
    del settings
    return too_wide(taken.company, taken.span, taken.accepted, taken.instruments)


def _unused(taken: AllTaken, settings: Settings) -> list[Diagnostic]:
    del settings
    return unused(taken.company, taken.used)


def _failed(taken: AllTaken, settings: Settings) -> list[Diagnostic]:
    del settings
    return as_diagnostics(taken.expectations)


WARNING = Severity.WARNING
OF_A_PERIOD: tuple[Check[Taken], ...] = (Check("accept-too-wide", _wide, WARNING),)
# of the whole file, by `ghgcalc check`
UNUSED: Check[AllTaken] = Check("accept-unused", _unused, WARNING, plausibility=True, complete=True)
OF_THE_FILE: tuple[Check[AllTaken], ...] = (UNUSED, Check("expectation-failed", _failed))
# found while lines are calculated
ON_THE_WAY: tuple[Check[Taken], ...] = (
    Check("instrument-not-applied", None, WARNING, plausibility=True),
    Check("instrument-surplus", None, WARNING, plausibility=True),
    Check("leak-rate-outside", None, WARNING, plausibility=True),
    Check("scope-2-method-missing", None, WARNING),
)
CHECKS: tuple[Check[Any], ...] = (*OF_A_PERIOD, *OF_THE_FILE, *ON_THE_WAY)
