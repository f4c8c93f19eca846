"""Scope 2 market-based: tranches of each line, MWh by MWh down the hierarchy (S2-03, R10, R14)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.quantify import alike
from ghgcalc.calculation.results.instrument_use import NOTHING_TO_COVER
from ghgcalc.calculation.results.line import NO_RESIDUAL
from ghgcalc.calculation.results.plan import (
    LOCATION_FACTOR,
    SUPPLIER_RATE,
    UNCOVERED,
    Part,
    Plan,
    UsedGap,
)
from ghgcalc.calculation.scope_2.allocate import allocate
from ghgcalc.calculation.scope_2.demand import Places, demands_of, mwh_each, mwh_of
from ghgcalc.calculation.scope_2.instruments import Eligible, judge_instruments
from ghgcalc.calculation.scope_2.refused import Refused
from ghgcalc.calculation.scope_2.supplier_rates import supplier_plan
from ghgcalc.company.gaps import GapQuestion
from ghgcalc.core.diagnostics import Diagnostic, Severity
from ghgcalc.core.numbers import ONE, ZERO, grouped
from ghgcalc.core.vocabulary.categories import CARRIERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from ghgcalc.activity_data.consolidate import Portion
    from ghgcalc.calculation.quantify import Quantifier
    from ghgcalc.calculation.results.instrument_use import InstrumentUse

CONTRACT, SUPPLIER, RESIDUAL, GRID = 2, 3, 4, 5


@dataclass(slots=True)
class Disclosure:
    """What the market-based total must say: residual mixes not used, and own power."""

    effects: dict[tuple[int, str], Fraction] = field(default_factory=dict)
    own_grid: dict[str, Fraction] = field(default_factory=dict)


@dataclass(slots=True)
class MarketResult:
    """Parts by piece id, instrument records, findings and disclosures of one reporting year."""

    parts: dict[str, tuple[Part, ...]]
    instruments: list[InstrumentUse]
    found: list[Diagnostic]
    disclosure: Disclosure
    rests: dict[object, _Rest | None] = field(default_factory=dict)
    last: tuple[Portion, str, Plan, _Rest] | None = None


def market_based(
    pricer: Quantifier,
    year: int,
    pieces: list[tuple[Portion, Part]],
    refused: Iterable[Portion] = (),
    *,
    short: bool = False,
) -> MarketResult:
    """Split every Scope 2 piece of a reporting year into tranches.

    Args:
        pricer: prices residual mixes and supplier rates.
        year: reporting year; instruments of other years never count.
        pieces: Scope 2 pieces with their location-based parts.
        refused: those that have no such part; what follows from it alone is not said.
        short: whether errors keep other activity data of the year out.
    """
    company = pricer.company
    judged = judge_instruments(
        company, pricer.catalog, pricer.resolver.accept, pricer.markets, year,
        by_year=year in pricer.years_without_days,
    )  # fmt: skip
    eligible, records = judged.value
    result = MarketResult({}, records, list(judged.diagnostics), Disclosure())
    pools: dict[tuple[str, str], list[tuple[Portion, Part]]] = {}
    for piece, part in pieces:
        if _own_kept(piece):
            _attribute(pricer, piece, result)
            direct = piece.source.category == "purchased_electricity"
            result.parts[piece.id] = (part._replace(level=CONTRACT) if direct else part,)
            continue
        pools.setdefault(_pool_of(pricer, piece), []).append((piece, part))
    unknown = Refused(
        [(_pool_of(pricer, one), one) for one in refused if not _own_kept(one)], short
    )
    served: set[str] = set()
    for (market, carrier), members in sorted(pools.items()):
        offers = [e for e in eligible if (e.use.market, e.use.carrier) == (market, carrier)]
        served |= {e.offer.id for e in offers}
        _pool(pricer, market, members, offers, result, unknown)
    for entry in eligible:
        if entry.offer.id not in served:
            use = entry.use
            use.rejected = f"{NOTHING_TO_COVER}{use.carrier} consumption in market {use.market}"
    silent = {entry.offer.id for entry in eligible if unknown.may_use(entry)}
    result.found.extend(_warnings(use for use in records if use.id not in silent))
    return result


def _pool_of(pricer: Quantifier, piece: Portion) -> tuple[str, str]:
    """The market and the carrier of a piece."""
    facility = pricer.company.facilities.get(piece.source.facility or "")
    market = pricer.markets.of(facility.country if facility else "", piece.span.first)
    return market, CARRIERS.get(piece.source.category, "electricity")


def _attribute(pricer: Quantifier, piece: Portion, result: MarketResult) -> None:
    """What own power would have emitted at the grid average; unknown where no factor serves."""
    plan = pricer.grid_plan(piece)
    if isinstance(plan, Plan):
        result.disclosure.own_grid[piece.id] = piece.quantity * plan.tonnes


def _own_kept(piece: Portion) -> bool:
    """Own power, or a direct line's, whose attributes the reporter holds: its own rate (R18)."""
    return piece.source.data.attributes == "kept"


def _pool(
    pricer: Quantifier,
    market: str,
    members: list[tuple[Portion, Part]],
    offers: list[Eligible],
    result: MarketResult,
    unknown: Refused,
) -> None:
    places = Places.of(offers)
    demands = demands_of(members, places)
    allocation = allocate(demands, [entry.offer for entry in offers])
    total: dict[str, Fraction] = {}
    for demand in demands:
        total[demand.place] = total.get(demand.place, ZERO) + demand.mwh
    plans = {entry.offer.id: entry for entry in offers}
    for entry in offers:
        refused = allocation.refused.get(entry.offer.id)
        if refused is not None and not unknown.may_use_at(entry, refused):
            result.found.append(
                Diagnostic(
                    "over-allocated",
                    f"`{entry.offer.id}` allocates more MWh to `{refused}` than it consumes"
                    f"{_in_days(entry.use)}",
                    entry.use.location,
                    hint="lower `allocate:` to the consumption",
                )
            )
        entry.use.used = allocation.used[entry.offer.id]
        entry.use.co2e = entry.use.used * entry.plan.total / 1000
    for piece, located in members:
        place = places.place(piece)
        parts: list[Part] = []
        quantity = piece.quantity
        tranches = allocation.tranches.get(place)
        if tranches and mwh_each(piece.source) is not None:
            whole = total.get(place, ZERO)
            for offer_id, mwh in sorted(tranches.items()) if whole else ():
                share = mwh / whole
                covered = mwh_of(piece) * share
                plan, use, offer = plans[offer_id].plan, plans[offer_id].use, plans[offer_id].offer
                parts.append(Part(plan, covered, use.type, offer_id, offer.level))
                quantity -= piece.quantity * share
        if quantity.numerator or not parts:  # of a correction it is below zero
            rest = _rest(pricer, market, piece, quantity, located, result)
            if rest is not None:
                parts.append(rest)
        result.parts[piece.id] = tuple(parts)


class _Rest(NamedTuple):
    """How uncovered power of a kind of line is priced; `scale` brings its unit to the plan's."""

    plan: Plan
    source: str
    level: int
    tranche: str
    scale: Fraction = ONE
    entry: int | None = None
    residual: Fraction = ZERO


def _rest(
    pricer: Quantifier,
    market: str,
    piece: Portion,
    quantity: Fraction,
    located: Part,
    result: MarketResult,
) -> Part | None:
    """The uncovered quantity: supplier rate, residual mix, or the grid average, disclosed."""
    found = _known_rest(pricer, market, piece, located, result)
    if found is None:
        return None
    if found.entry is not None:
        change = quantity * (found.residual - found.plan.total) / 1000
        result.disclosure.effects[found.entry, piece.id] = change
    scaled = quantity if found.scale is ONE else quantity * found.scale
    return Part(found.plan, scaled, found.source, None, found.level, found.tranche)


def _known_rest(
    pricer: Quantifier, market: str, piece: Portion, located: Part, result: MarketResult
) -> _Rest | None:
    """`_rest_of`, asked once for lines that are alike."""
    last = result.last
    if last is not None:
        known, place, plan, rest = last
        if plan is located.plan and place == market and alike(piece, known):
            return rest
    key = pricer.short_key(piece, "residual_mix")
    if key is not None:
        key = (*key, piece.source.supplier, piece.span, id(located.plan), market)
    if key is None or key not in result.rests:
        found = result.rests[key or piece.id] = _rest_of(pricer, market, piece, located, result)
    else:
        found = result.rests[key]
    # only a supplier's rates change within a year; what is refused is said of each span
    if found is not None and key is not None and piece.source.supplier is None:
        result.last = (piece, market, located.plan, found)
    return found


def _rest_of(
    pricer: Quantifier, market: str, piece: Portion, located: Part, result: MarketResult
) -> _Rest | None:
    """The step of the hierarchy below instruments that a line reaches (S2-03)."""
    each = mwh_each(piece.source)
    if each is None:
        return _Rest(located.plan, f"{LOCATION_FACTOR}; no energy stated", GRID, LOCATION_FACTOR)
    supplier = supplier_plan(pricer, piece)
    result.found.extend(supplier.diagnostics)
    if supplier.value is not None:
        words = f"{SUPPLIER_RATE} of {piece.source.supplier}"
        return _Rest(supplier.value, words, SUPPLIER, SUPPLIER_RATE, each)
    if CARRIERS.get(piece.source.category, "electricity") != "electricity":
        return _Rest(located.plan, f"{LOCATION_FACTOR}; no supplier rate", GRID, LOCATION_FACTOR)
    residual = pricer.plan(piece, "residual_mix", optional=True)
    if residual is not None and not isinstance(residual, Plan):
        result.found.extend(pricer.findings(piece, residual))
        return None
    if residual is not None and not residual.total:
        result.found.append(_zero_residual(pricer, market, piece, residual))
        return None
    entry = None if residual is None else _unused_residual(pricer, market, piece)
    if residual is not None and entry is None:
        return _Rest(residual, f"{UNCOVERED}, residual mix", RESIDUAL, UNCOVERED)
    plan = _grid(pricer, piece, located, result)
    if plan is None:
        return None
    if residual is None:
        return _Rest(plan, NO_RESIDUAL, GRID, UNCOVERED)
    assert entry is not None
    value = residual.resolution.factor
    gap = UsedGap(
        "residual_mix_not_used", f"{market}: {value.ref if value else ''} not used", entry
    )
    words = "uncovered, grid average: residual mix not used"
    return _Rest(_with_gap(plan, gap), words, GRID, UNCOVERED, entry=entry, residual=residual.total)


def _zero_residual(pricer: Quantifier, market: str, piece: Portion, plan: Plan) -> Diagnostic:
    """A residual mix printed as not available is no value; workbooks store 0 for it (R15)."""
    factor = plan.resolution.factor
    at = factor.location if factor is not None else None
    where = at or pricer.company.document.locate((*piece.source.path, "category"))
    days = (piece.span.first, piece.span.last)
    return Diagnostic(
        "zero-residual-mix",
        f"residual mix `{factor.ref if factor else market}` is 0, which means that it has no value",
        where,
        days=days,
        hint="remove the row: the supplier's rate or the grid average with its disclosure follows",
    )


def _unused_residual(pricer: Quantifier, market: str, piece: Portion) -> int | None:
    """The entry that allows to leave the residual mix aside, if there is one."""
    facility = piece.source.facility or ""
    asked = GapQuestion(
        pricer.company.year.span(piece.year),
        piece.source.category,
        pricer.regions(pricer.company.facilities.get(facility), True),
        facility,
        activity=piece.source.activity,
        market=market,
    )
    return pricer.resolver.accept.allows("residual_mix_not_used", asked)


def _with_gap(plan: Plan, gap: UsedGap) -> Plan:
    from dataclasses import replace

    resolution = replace(plan.resolution, gaps=(*plan.resolution.gaps, gap))
    return replace(plan, resolution=resolution)


def _grid(pricer: Quantifier, piece: Portion, located: Part, result: MarketResult) -> Plan | None:
    """The grid average for uncovered MWh; sold own generation asks for it itself (R18)."""
    sold = piece.source.data.attributes == "sold"
    if piece.source.category != "self_generated_electricity" and not sold:
        return located.plan
    plan = pricer.grid_plan(piece) if sold else pricer.plan(piece, "grid_average")
    if isinstance(plan, Plan):
        return plan
    if plan is not None:
        result.found.extend(pricer.findings(piece, plan))
    return None


def _in_days(use: InstrumentUse) -> str:
    """The days of a contract, where it has some, as the end of a sentence."""
    return f" in {use.days}" if use.days is not None else ""


def _warnings(records: Iterable[InstrumentUse]) -> Iterator[Diagnostic]:
    """Instruments that are not applied, or cover more than is consumed."""
    for use in records:
        if use.rejected and use.carried and use.carried == use.volume:
            continue  # as the file says: its certificates count instead
        if use.rejected:
            yield Diagnostic(
                "instrument-not-applied",
                f"`{use.id}` ({use.type}) is not applied: {use.rejected}",
                use.location,
                severity=Severity.WARNING,
                hint="its MWh fall to the next tier; answer the criteria with evidence"
                if use.unanswered
                else None,
            )
        elif use.surplus > 0:
            yield Diagnostic(
                "instrument-surplus",
                f"`{use.id}` covers more than is consumed{_in_days(use)}: "
                f"{grouped(use.surplus, 3)} MWh are surplus",
                use.location,
                severity=Severity.WARNING,
                hint="surplus is listed and never applied; it cannot make a line negative",
            )
