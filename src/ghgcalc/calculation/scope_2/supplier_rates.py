"""The rate of a line's supplier: its market, its days, its quality criteria (S2-03, S2-04, R19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.results.plan import UsedGap
from ghgcalc.calculation.scope_2.criteria import assumable, in_words, needed_criteria, unmet
from ghgcalc.calculation.scope_2.instruments import StatedRate, rate_plan
from ghgcalc.company.gaps import GapQuestion
from ghgcalc.core.diagnostics import Diagnostic, Outcome, Severity
from ghgcalc.core.period import PeriodError, parse_period_text

if TYPE_CHECKING:
    from ghgcalc.activity_data.consolidate import Portion
    from ghgcalc.calculation.quantify import Quantifier
    from ghgcalc.calculation.results.plan import Plan
    from ghgcalc.company.company import Company
    from ghgcalc.company.instrument import SupplierRate
    from ghgcalc.core.period import Span
    from ghgcalc.core.text.document import KeyPath


def supplier_plan(pricer: Quantifier, piece: Portion) -> Outcome[Plan | None]:
    """The plan per MWh of the line's supplier for its days, if the rate meets the criteria."""
    name = piece.source.supplier or ""
    company = pricer.company
    supplier = company.suppliers.get(name)
    if supplier is None:
        return Outcome(None)
    facility = company.facilities.get(piece.source.facility or "")
    day = piece.span.first
    home = pricer.markets.of(facility.country, day) if facility else ""
    if supplier.market is not None and pricer.markets.of(supplier.market, day) != home:
        text = (
            f"rates of supplier `{name}` are not applied to `{piece.source.activity}`:"
            f" market {supplier.market}, the facility is in {home}"
        )
        hint = "a rate serves its own market only (criterion 5)"
        return Outcome(None, (_not_applied(company, ("suppliers", name), piece.span, text, hint),))
    unread = False
    for period, rate in supplier.rates.items():
        span = _period_span(company, period)
        unread = unread or span is None
        if span is not None and span.holds(piece.span):
            return _rate(pricer, piece, period, rate)
    if unread:  # it may be the one of these days
        return Outcome(None)
    text = f"no rate of supplier `{name}` covers {piece.span} of `{piece.source.activity}`"
    hint = f"add a rate for these days under `suppliers.{name}.rates`"
    return Outcome(None, (_not_applied(company, ("suppliers", name), piece.span, text, hint),))


def _period_span(company: Company, text: str) -> Span | None:
    """The days of a rate's period; None where the checks have refused its key."""
    try:
        return company.year.resolve(parse_period_text(text))
    except PeriodError:
        return None


def _rate(
    pricer: Quantifier, piece: Portion, period: str, rate: SupplierRate
) -> Outcome[Plan | None]:
    """The plan of one rate; a criterion without evidence needs its accepted gap."""
    company, accept = pricer.company, pricer.resolver.accept
    name = piece.source.supplier or ""
    path: KeyPath = ("suppliers", name, "rates", period)
    market = company.suppliers[name].market or ""
    year = company.year.span(piece.year)
    asked = GapQuestion(year, piece.source.category, instrument=name, market=market)
    gaps: tuple[UsedGap, ...] = ()
    if rate.includes:
        held = " and ".join(rate.includes)
        text = f"rate of supplier `{name}` for {period} is not applied: it includes {held}"
        hint = "state the generation part alone; losses and upstream are Scope 3 category 3 (R19)"
        return Outcome(None, (_not_applied(company, (*path, "includes"), year, text, hint),))
    missing = unmet(needed_criteria("supplier_rate"), rate.criteria_met)
    if missing:
        shown = in_words(missing)
        entry = accept.allows("criteria_assumed", asked)
        if entry is None or not assumable(missing):
            text = f"rate of supplier `{name}` for {period} is not applied: {shown}"
            hint = "add `criteria_met:` with evidence for each number"
            return Outcome(None, (_not_applied(company, path, year, text, hint),))
        gaps = (UsedGap("criteria_assumed", f"{name}: {shown}", entry),)
    where = company.document.locate(path, key=True)
    stated = StatedRate(name, rate.emission_rate, where, rate.gwp_set, whose="supplier")
    return rate_plan(pricer.catalog, accept, stated, asked, gaps)


def _not_applied(company: Company, path: KeyPath, span: Span, text: str, hint: str) -> Diagnostic:
    where = company.document.locate(path, key=True)
    days = (span.first, span.last)
    return Diagnostic(
        "rate-not-applied", text, where, severity=Severity.WARNING, days=days, hint=hint
    )
