"""From portions to lines: quantified, market-based parts by reporting year, category 3 derived."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.consolidate import place_of, split_piece
from ghgcalc.calculation.combustion_co2 import judge_named
from ghgcalc.calculation.derive.derive import derive
from ghgcalc.calculation.derive.results import Derived
from ghgcalc.calculation.results.line import Line
from ghgcalc.calculation.scope_2.demand import line_energy
from ghgcalc.calculation.scope_2.market_based import market_based
from ghgcalc.calculation.scope_2.statements import Unstated, settle, unstated, warning
from ghgcalc.core.diagnostics import Outcome
from ghgcalc.core.numbers import ONE, ZERO
from ghgcalc.methods.labels import method_label
from ghgcalc.methods.registry import implied_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from fractions import Fraction

    from ghgcalc.activity_data.consolidate import Portion
    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.calculation.lock.model import Lock
    from ghgcalc.calculation.quantify import Quantifier
    from ghgcalc.calculation.results.instrument_use import InstrumentUse
    from ghgcalc.calculation.results.line import LineEnergy
    from ghgcalc.calculation.results.plan import Part
    from ghgcalc.calculation.scope_2.market_based import Disclosure
    from ghgcalc.company.company import Company
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.core.period import Span

    KeptOut = Callable[[Span], bool]


class Calculated(NamedTuple):
    """The lines of a period, and what the market-based rules say beside them.

    Attributes:
        lines: those of the period; some may be sums of several (`Line.split`) where there is
            nothing to say of a single one.
        every: those of the whole reporting years that the period touches.
        instruments: what became of the contractual instruments.
        disclosures: what a report must say of Scope 2, by reporting year.
        unstated: statements of one Scope 2 method whose other one is missing.
        priced: every piece with its location-based part.
        derived: what became of category 3 beside its lines, which are among the others.
    """

    lines: list[Line]
    every: list[Line]
    instruments: list[InstrumentUse]
    disclosures: list[Disclosure]
    unstated: list[Unstated]
    priced: list[tuple[Portion, Part]]
    derived: Derived


def calculate_lines(
    quantifier: Quantifier,
    pieces: list[Portion],
    span: Span,
    lock: Lock | None,
    kept_out: KeptOut,
) -> Outcome[Calculated]:
    """Quantify every piece; market-based parts per reporting year over everything consolidated.

    Args:
        quantifier: finds the factors and keeps the plans.
        pieces: those of whole reporting years.
        span: the days asked for.
        lock: keeps figures that one statement alone would leave unknown.
        kept_out: whether errors keep activity data of some days out; what would only follow from
            it, such as an instrument without consumption, is not said.
    """
    company = quantifier.company
    name = company.year.name_of
    years = range(name(span.first), name(span.last) + 1)
    whole = _quantified(quantifier, pieces, years, kept_out)
    if whole.diagnostics or any(each.effects for each in whole.value.disclosures):
        split = sorted((part for piece in pieces for part in split_piece(piece)), key=place_of)
        if len(split) > len(pieces):
            whole = _quantified(quantifier, split, years, kept_out)
    settle(company, whole.value.every, lock)
    derived = derive(quantifier, whole.value.priced, span, lock)
    every = [*whole.value.every, *derived.lines]
    lines = [line for line in every if span.holds(line.span)]
    alone = [] if kept_out(span) else unstated(lines)
    return Outcome(
        whole.value._replace(lines=lines, every=every, unstated=alone, derived=derived),
        (*whole.diagnostics, *warning(company, alone)),
    )


def _quantified(
    quantifier: Quantifier, pieces: list[Portion], years: Iterable[int], kept_out: KeptOut
) -> Outcome[Calculated]:
    """The lines of whole reporting years."""
    lines: list[Line] = []
    found: list[Diagnostic] = []
    scope_2: dict[int, list[tuple[Portion, Part]]] = {}
    by_piece: dict[str, Line] = {}
    refused: dict[int, list[Portion]] = {}
    priced: list[tuple[Portion, Part]] = []
    energy: LineEnergy | None = None
    energy_of: object = None  # what the energy is of, where several lines share it
    for piece in pieces:
        part = quantifier.price(piece)
        if isinstance(part, list):
            found.extend(part)
            if piece.placement.scope == 2 and not piece.source.reported:
                refused.setdefault(piece.year, []).append(piece)
            continue
        source = piece.source
        priced.append((piece, part))
        if piece.placement.scope != 2 or source.reported:
            energy, energy_of = None, None
        elif energy is None or source.kin is None or source.kin is not energy_of:
            energy, energy_of = line_energy(source), source.kin
        line = _line(quantifier.company, piece, part, energy)
        lines.append(line)
        if line.scope == 2 and not source.reported:
            scope_2.setdefault(piece.year, []).append((piece, part))
            by_piece[piece.id] = line
    found.extend(judge_named(quantifier, pieces, quantifier.price, kept_out))
    instruments: list[InstrumentUse] = []
    disclosures: list[Disclosure] = []
    for year in years:
        short = kept_out(quantifier.company.year.span(year))
        result = market_based(
            quantifier, year, scope_2.get(year, []), refused.get(year, ()), short=short
        )
        for piece_id, parts in result.parts.items():
            by_piece[piece_id].market_based = parts
        instruments.extend(result.instruments)
        disclosures.append(result.disclosure)
        found.extend(result.found)
    made = Calculated([], lines, instruments, disclosures, [], priced, Derived())
    return Outcome(made, tuple(found))


def _split(company: Company, piece: Portion, whole: Line) -> list[Line]:
    """The lines whose sum a line is: alike but for id, days, rows and quantity."""
    found = []
    (located,) = whole.location_based
    for part in split_piece(piece):
        line = _line(company, part, located._replace(quantity=part.quantity), whole.energy)
        if whole.market_based is not whole.location_based:
            line.market_based = _shares(whole, part.quantity)
        found.append(line)
    return found


def _shares(whole: Line, quantity: Fraction) -> tuple[Part, ...]:
    """The market-based parts of a share of a line; what is uncovered stands where there is some."""
    if len(whole.market_based) == 1 and whole.market_based[0].quantity == whole.quantity:
        return (whole.market_based[0]._replace(quantity=quantity),)
    share = quantity / whole.quantity if whole.quantity else ZERO
    found: list[Part] = []
    for part in whole.market_based:
        own = part.quantity * share
        if part.instrument is not None or own or not found:
            found.append(part._replace(quantity=own))
    return tuple(found)


def _line(company: Company, piece: Portion, part: Part, energy: LineEnergy | None) -> Line:
    source = piece.source
    facility = company.facilities.get(source.facility or "")
    method = source.method
    both = (part,)
    scope = piece.placement.scope
    single = scope == 2 and not source.reported
    category = piece.placement.category
    return Line(
        id=piece.id,
        activity=source.activity,
        location=source.location,
        facility=source.facility,
        country=facility.country if facility else None,
        scope=scope,
        category=category,
        source_category=source.category,
        item=source.item,
        span=piece.span,
        weight=piece.placement.weight,
        quantity=piece.quantity,
        unit=source.unit,
        location_based=() if scope == 2 and method == "market_based" else both,
        market_based=() if single or (scope == 2 and method == "location_based") else both,
        placement=piece.placement.rule,
        supplier=source.supplier,
        rows=source.rows,
        evidence=source.evidence,
        method=method,
        calculated_by=_method_of(source, category) if scope == 3 else "",
        at_prices=source.data.spend is not None,
        notes=tuple(source.notes),
        derivation=source.derivation,
        energy=energy,
        split=partial(_split, company, piece) if source.split is not None else None,
        order=source.order,
        others=source.others,
        members=source.members,
        quality=source.data.data_quality,
        estimate=source.estimate,
        spread=source.spread if piece.span == source.span else ONE,
    )


def _method_of(source: ElementaryActivity, category: str) -> str:
    """The method of a Scope 3 line, as stated or where its keys leave no choice (S3-06)."""
    return method_label(
        category,
        source.category,
        source.data.method or implied_word(source.data, source.unit.dimension),
        source.unit.dimension,
        fuel=source.fuel is not None,
        gas=source.masses is not None,
    )
