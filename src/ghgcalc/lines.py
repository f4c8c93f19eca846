"""From pieces to lines: price each, then the market-based parts of a whole reporting year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.market import line_energy, market_based
from ghgcalc.model.inventory import Line

if TYPE_CHECKING:
    from ghgcalc.diagnostics import Diagnostic
    from ghgcalc.market import Disclosure
    from ghgcalc.model.company import Company
    from ghgcalc.model.inventory import InstrumentUse, LineEnergy, Part
    from ghgcalc.model.period import Span
    from ghgcalc.pieces import Piece
    from ghgcalc.pricing import Pricer


def price_lines(
    pricer: Pricer,
    pieces: list[Piece],
    years: set[int],
    span: Span,
    found: list[Diagnostic],
    every: list[Line],
) -> tuple[list[Line], list[InstrumentUse], list[Disclosure]]:
    """Price every piece; market-based parts per reporting year over everything consolidated.

    `every` takes the lines of the whole reporting years, the result those of the period.
    """
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
        every.append(line)
        if span.holds(piece.span):
            lines.append(line)
        if line.scope == 2 and not piece.source.reported:
            scope_2.setdefault(piece.year, []).append((piece, part))
            by_piece[piece.id] = line
    instruments: list[InstrumentUse] = []
    disclosures: list[Disclosure] = []
    for year in sorted(years):
        result = market_based(pricer, year, scope_2.get(year, []))
        for name, parts in result.parts.items():
            by_piece[name].market_based = parts
        instruments.extend(result.instruments)
        disclosures.append(result.disclosure)
        found.extend(result.found)
    return lines, instruments, disclosures


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
        energy=energy,
        kin=source.kin,
    )
