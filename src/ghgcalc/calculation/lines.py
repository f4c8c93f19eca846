"""From pieces to lines: price each, then the market-based parts of a whole reporting year."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.consolidate import place_of, split_piece
from ghgcalc.calculation.combustion_co2 import judge_named
from ghgcalc.calculation.results.line import Line
from ghgcalc.calculation.scope_2.demand import line_energy
from ghgcalc.calculation.scope_2.market_based import market_based
from ghgcalc.core.numbers import ONE, ZERO

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.activity_data.consolidate import Piece
    from ghgcalc.calculation.quantify import Pricer
    from ghgcalc.calculation.results.instrument_use import InstrumentUse
    from ghgcalc.calculation.results.line import LineEnergy
    from ghgcalc.calculation.results.plan import Part
    from ghgcalc.calculation.scope_2.market_based import Disclosure
    from ghgcalc.company.company import Company
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.core.period import Span


class _Priced(NamedTuple):
    """Lines of the whole reporting years, and what the market-based rules say beside them."""

    lines: list[Line]
    instruments: list[InstrumentUse]
    disclosures: list[Disclosure]


def price_lines(
    pricer: Pricer,
    pieces: list[Piece],
    years: set[int],
    span: Span,
    found: list[Diagnostic],
    every: list[Line],
) -> tuple[list[Line], list[InstrumentUse], list[Disclosure]]:
    """Price every piece; market-based parts per reporting year over everything consolidated.

    `every` takes the lines of the whole reporting years, the result those of the period. Lines
    may be sums of several (`Line.split`) where there is nothing to say of a single one.
    """
    said: list[Diagnostic] = []
    priced = _priced(pricer, pieces, years, said)
    if said or any(each.effects for each in priced.disclosures):
        split = sorted((part for piece in pieces for part in split_piece(piece)), key=place_of)
        if len(split) > len(pieces):
            said = []
            priced = _priced(pricer, split, years, said)
    found.extend(said)
    every.extend(priced.lines)
    lines = [line for line in priced.lines if span.holds(line.span)]
    return lines, priced.instruments, priced.disclosures


def _priced(
    pricer: Pricer, pieces: list[Piece], years: set[int], found: list[Diagnostic]
) -> _Priced:
    lines: list[Line] = []
    scope_2: dict[int, list[tuple[Piece, Part]]] = {}
    by_piece: dict[str, Line] = {}
    energy: LineEnergy | None = None
    energy_of: object = None  # what the energy is of, where several lines share it
    for piece in pieces:
        part = pricer.price(piece)
        if isinstance(part, list):
            found.extend(part)
            continue
        source = piece.source
        if piece.placement.scope != 2 or source.reported:
            energy, energy_of = None, None
        elif energy is None or source.kin is None or source.kin is not energy_of:
            energy, energy_of = line_energy(source), source.kin
        line = _line(pricer.company, piece, part, energy)
        lines.append(line)
        if line.scope == 2 and not source.reported:
            scope_2.setdefault(piece.year, []).append((piece, part))
            by_piece[piece.id] = line
    found.extend(judge_named(pricer, pieces))
    priced = _Priced(lines, [], [])
    for year in sorted(years):
        result = market_based(pricer, year, scope_2.get(year, []))
        for name, parts in result.parts.items():
            by_piece[name].market_based = parts
        priced.instruments.extend(result.instruments)
        priced.disclosures.append(result.disclosure)
        found.extend(result.found)
    return priced


def _split(company: Company, piece: Piece, whole: Line) -> list[Line]:
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


def _line(company: Company, piece: Piece, part: Part, energy: LineEnergy | None) -> Line:
    source = piece.source
    facility = company.facilities.get(source.facility or "")
    method = getattr(source.data, "method", None) if source.reported else None
    both = (part,)
    scope = piece.placement.scope
    single = scope == 2 and not source.reported
    return Line(
        id=piece.id,
        activity=source.activity,
        location=source.location,
        facility=source.facility,
        country=facility.country if facility else None,
        scope=scope,
        category=piece.placement.category,
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
        notes=tuple(source.notes),
        derivation=source.derivation,
        energy=energy,
        split=partial(_split, company, piece) if source.split is not None else None,
        order=source.order,
        others=source.others,
        estimate=source.estimate,
        spread=source.spread if piece.span == source.span else ONE,
    )
