"""Which instruments may set a market-based rate, and at what rate (S2-04, S2-05, S2-10, R9-R13)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.accept_hints import Departure, with_entries
from ghgcalc.calculation.arithmetic import GasError, factor_plan
from ghgcalc.calculation.conversion import Conversion
from ghgcalc.calculation.results.instrument_use import InstrumentUse
from ghgcalc.calculation.results.plan import Plan, Resolution, UsedGap
from ghgcalc.calculation.scope_2.allocate import LEVELS, Offer
from ghgcalc.calculation.scope_2.criteria import (
    UNANSWERED,
    answers,
    assumable,
    in_words,
    needed_criteria,
    numbers,
    unmet,
)
from ghgcalc.company.contracts import days_of, year_of
from ghgcalc.company.gaps import GapQuestion
from ghgcalc.core.diagnostics import Diagnostic, Location, Outcome
from ghgcalc.core.gas_units import one_unit
from ghgcalc.core.period import ONE_DAY, Span, add_months
from ghgcalc.core.printed_units import unit_steps
from ghgcalc.core.units import UnitError, parse_unit, ratio
from ghgcalc.factors.stated import stated_factor

if TYPE_CHECKING:
    from datetime import date

    from ghgcalc.company.activity import EmissionRate
    from ghgcalc.company.company import Company
    from ghgcalc.company.gaps import AcceptBook
    from ghgcalc.company.instrument import Instrument
    from ghgcalc.company.markets import Markets
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.factors.model import Factor

_BIOMASS = re.compile(r"bio|wood|landfill", re.IGNORECASE)


@dataclass(slots=True)
class Eligible:
    """An instrument that may be spent: what it offers and the plan per MWh."""

    offer: Offer
    plan: Plan
    use: InstrumentUse


def market_day(company: Company, instrument: Instrument, year: int) -> date:
    """The day its market is read on: generation, brought inside the year it serves."""
    span = company.year.span(year)
    return min(max(company.year.resolve(instrument.generated).first, span.first), span.last)


def carried_by(company: Company, name: str) -> dict[str, Fraction]:
    """MWh of the certificates that name a contract under `bundled_with`: counted there, once."""
    return {
        other: instrument.volume.value * ratio(instrument.volume.unit, parse_unit("MWh"))
        for other, instrument in sorted(company.instruments.items())
        if instrument.bundled_with == name and other != name
    }


class Instruments(NamedTuple):
    """The instruments of a reporting year: those that may be applied, and the record of each."""

    eligible: list[Eligible]
    records: list[InstrumentUse]


def judge_instruments(
    company: Company,
    catalog: FactorCatalog,
    accept: AcceptBook,
    markets: Markets,
    year: int,
    *,
    by_year: bool = False,
) -> Outcome[Instruments]:
    """Instruments of a reporting year: the eligible ones and every record.

    `by_year` matches contracts over the whole year, as a year was locked before they had days.
    """
    eligible: list[Eligible] = []
    records: list[InstrumentUse] = []
    found: list[Diagnostic] = []
    span = company.year.span(year)
    for name, instrument in sorted(company.instruments.items()):
        if year_of(company, instrument) != year:
            continue
        mwh = instrument.volume.value * ratio(instrument.volume.unit, parse_unit("MWh"))
        where = company.document.locate(("instruments", name), key=True)
        use = InstrumentUse(
            name,
            instrument.type,
            markets.of(instrument.market, market_day(company, instrument, year)),
            instrument.carrier,
            mwh,
            location=where,
            record=_record(instrument),
        )
        carried = carried_by(company, name)
        use.carried = min(mwh, sum(carried.values(), Fraction(0)))
        records.append(use)
        rated = _rate(company, catalog, accept, name, instrument, span, use)
        found += rated.diagnostics
        plan, gaps = rated.value
        if use.carried == mwh and carried and not use.rejected:
            use.rejected = f"its MWh are claimed by {', '.join(carried)}, counted there once"
        use.days = None if by_year else days_of(company, instrument)
        if use.days is not None and not use.rejected and not span.holds(use.days):
            use.rejected = f"supplied {use.days}, outside the reporting year {year}"
        if plan is None or use.rejected:
            continue
        use.gaps = gaps
        fixed = tuple(
            (facility, amount.value * ratio(amount.unit, parse_unit("MWh")))
            for facility, amount in (instrument.allocate or {}).items()
        )
        bound = frozenset(instrument.facilities) if instrument.facilities is not None else None
        offer = Offer(name, mwh - use.carried, LEVELS[instrument.type], bound, fixed, use.days)
        eligible.append(Eligible(offer, plan, use))
    return Outcome(Instruments(eligible, records), tuple(found))


def _rate(
    company: Company,
    catalog: FactorCatalog,
    accept: AcceptBook,
    name: str,
    instrument: Instrument,
    span: Span,
    use: InstrumentUse,
) -> Outcome[tuple[Plan | None, tuple[UsedGap, ...]]]:
    """The plan of an instrument's rate and the gaps it rests on; its record says what is amiss."""
    asked = GapQuestion(
        span, market=instrument.market, instrument=name, region=(instrument.market,)
    )
    gaps: list[UsedGap] = []
    use.rejected = _vintage(company, instrument, span)
    if use.rejected and (entry := _window(accept, asked)) is not None:
        gaps.append(UsedGap("criteria_assumed", f"{name}: {use.rejected}", entry))
        use.rejected = ""
    gaps += _criteria(accept, name, instrument, use, asked)
    rate = StatedRate(
        name,
        instrument.emission_rate,
        company.document.locate(("instruments", name, "emission_rate"), key=True),
        instrument.gwp_set,
        instrument.technology or "",
    )
    plan = rate_plan(catalog, accept, rate, asked, tuple(gaps))
    if plan.value is not None:
        return Outcome((plan.value, plan.value.resolution.gaps), plan.diagnostics)
    return Outcome((None, tuple(gaps)), plan.diagnostics)


def _criteria(
    accept: AcceptBook, name: str, instrument: Instrument, use: InstrumentUse, asked: GapQuestion
) -> list[UsedGap]:
    """The accepted gap of criteria that are assumed; an instrument without one is not applied."""
    needed = needed_criteria(instrument.type)
    missing = unmet(needed, instrument.criteria_met)
    met = [str(n) for n in needed if instrument.criteria_met.get(n)]
    use.criteria = "met: " + ", ".join(met) if met else "none answered"
    use.answers = answers(needed, instrument.criteria_met, False)
    if not missing or use.rejected:
        return []
    shown = in_words(missing)
    entry = accept.allows("criteria_assumed", asked)
    if entry is None or not assumable(missing):
        use.rejected = shown
        use.unanswered = UNANSWERED in missing.values()
        return []
    use.answers = answers(needed, instrument.criteria_met, True)
    use.criteria += f"; assumed: {numbers(missing, UNANSWERED)}"
    return [UsedGap("criteria_assumed", f"{name}: {shown}", entry)]


class StatedRate(NamedTuple):
    """A rate per energy as the file states it, for an instrument or by a supplier.

    Attributes:
        name: whose it is, by id.
        rates: by gas.
        where: its place in the file.
        gwp_set: that its CO2e totals are weighed by.
        technology: of the plant, in words.
        whose: `instrument` or `supplier`.
    """

    name: str
    rates: EmissionRate
    where: Location
    gwp_set: str | None = None
    technology: str = ""
    whose: str = "instrument"


def rate_plan(
    catalog: FactorCatalog,
    accept: AcceptBook,
    rate: StatedRate,
    asked: GapQuestion,
    gaps: tuple[UsedGap, ...] = (),
) -> Outcome[Plan | None]:
    """The plan per MWh of a stated rate; CO2e-only rates need their accepted gaps unless zero.

    `gaps` are those that the rate rests on already; the plan's resolution has them all.
    """
    if any(one_unit(rate.rates)):
        return Outcome(None)  # the checks of the file have said it, at the gas
    mwh = parse_unit("MWh")
    try:
        factor = stated_factor(
            rate.name, rate.rates, "purchased_electricity", rate.where, gwp_set=rate.gwp_set
        )
        conversion = Conversion(unit_steps(mwh, factor.per))
        needs = _total_gaps(catalog, accept, rate, factor, asked)
        if needs.value is None:
            return Outcome(None, needs.diagnostics)
        resolution = Resolution(factor, f"rate of the {rate.whose}", (*gaps, *needs.value))
        plan = factor_plan(
            mwh, factor, conversion, resolution, catalog, "purchased_electricity",
            origin="non_fossil" if is_biomass(rate.technology) else None,
        )  # fmt: skip
    except (UnitError, GasError) as error:
        text = f"`{rate.name}`: {error.message}"
        return Outcome(None, (_at_rate(rate, asked, error.code, text, error.hint),))
    return Outcome(plan)


def _total_gaps(
    catalog: FactorCatalog, accept: AcceptBook, rate: StatedRate, factor: Factor, asked: GapQuestion
) -> Outcome[tuple[UsedGap, ...] | None]:
    """The accepted gaps of a CO2e total without its gases; None where one is not accepted."""
    if not factor.total_only or factor.zero:
        return Outcome(())
    kinds = ["co2e_without_gases"]
    kinds += ["other_gwp_set"] if rate.gwp_set != catalog.gwp.name else []
    allowed = {kind: accept.allows(kind, asked._replace(factor=factor.ref)) for kind in kinds}
    missing = [Departure(kind) for kind, entry in allowed.items() if entry is None]
    if missing:
        text = f"rate of `{rate.name}` is a CO2e total without its gases and GWP set"
        hint = with_entries("state the gases", missing, {"instrument": asked.instrument})
        return Outcome(None, (_at_rate(rate, asked, "gap-not-accepted", text, hint),))
    return Outcome(
        tuple(
            UsedGap(kind, f"{rate.name}: CO2e total", entry)
            for kind, entry in allowed.items()
            if entry is not None
        )
    )


def _at_rate(rate: StatedRate, asked: GapQuestion, code: str, text: str, hint: str) -> Diagnostic:
    days = (asked.span.first, asked.span.last)
    return Diagnostic(code, text, rate.where, hint=hint or None, days=days)


def is_biomass(technology: str) -> bool:
    """Whether a technology text speaks of biomass, whose methane is non-fossil."""
    return bool(_BIOMASS.search(technology))


def _window(accept: AcceptBook, asked: GapQuestion) -> int | None:
    """An entry that names this very instrument may also allow its vintage (criterion 4)."""
    entry = accept.allows("criteria_assumed", asked)
    named = entry is not None and accept.entries[entry].for_.instrument is not None
    return entry if named else None


def _vintage(company: Company, instrument: Instrument, span: Span) -> str:
    """Why the vintage is refused: criterion 4 gives no months, so the file's window does (R12)."""
    generated = company.year.resolve(instrument.generated)
    window = company.organization.vintage_window
    if window is not None:
        ends = add_months(span.last + ONE_DAY, window[1]) - ONE_DAY
        span = Span(add_months(span.first, window[0]), ends)
    if not span.holds(generated):
        named = "the reporting year" if window is None else f"the window {span}"
        return f"criterion 4: generated {instrument.generated}, outside {named}"
    retired = instrument.retired
    if retired is not None and retired.date < generated.first:
        return f"criterion 3: retired {retired.date}, before generation ({instrument.generated})"
    return ""


def _record(instrument: Instrument) -> dict[str, str | None]:
    """What the ledger states of an instrument beside its MWh (S2-10), as text; None is unstated."""
    retired = instrument.retired
    ranges = ", ".join(f"{one.first} … {one.last}" for one in instrument.serials)
    registry = instrument.registry or (retired.registry if retired else None)
    return {
        "technology": instrument.technology,
        "country": instrument.country,
        "generated": str(instrument.generated),
        "used_in": str(instrument.used_in) if instrument.used_in else None,
        "supplied": str(instrument.supplied) if instrument.supplied else None,
        "commissioned": str(instrument.commissioned) if instrument.commissioned else None,
        "retired": str(retired.date) if retired else None,
        "beneficiary": retired.beneficiary if retired else None,
        "registry": registry,
        "serials": ranges or None,
        "bundled_with": instrument.bundled_with,
        "supplier": instrument.supplier,
        "evidence": "; ".join(instrument.evidence) or None,
    }
