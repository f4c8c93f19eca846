"""Category 3 from lines of Scopes 1 and 2: upstream of fuels and energy, losses of grids.

Scope 3 Standard ch. 5, Technical Guidance ch. 3 (category 3). Each distinct key asks once more; a
line of the file wins over a derived one; a locked year from before this rule stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from ghgcalc.activity_data.consolidate import split_piece
from ghgcalc.activity_data.cut_dates import segment_name
from ghgcalc.calculation.derive.answers import Answers, printed
from ghgcalc.calculation.derive.asks import CATEGORY, is_energy
from ghgcalc.calculation.derive.results import Derived, Gathering, Off
from ghgcalc.calculation.derive.stated import Stated, runs
from ghgcalc.calculation.lock.kept_rules import years_before
from ghgcalc.calculation.lock.model import DERIVED_ENERGY
from ghgcalc.calculation.results.line import Line
from ghgcalc.calculation.results.plan import Part
from ghgcalc.company.scope_3 import EnergyRelated
from ghgcalc.core.numbers import ONE
from ghgcalc.core.period import Span, split_quantity
from ghgcalc.core.vocabulary.scope_3_methods import AVERAGE_DATA

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from ghgcalc.activity_data.consolidate import Portion
    from ghgcalc.calculation.derive.answers import Answer
    from ghgcalc.calculation.derive.stated import Statement
    from ghgcalc.calculation.lock.model import Lock
    from ghgcalc.calculation.quantify import Quantifier
    from ghgcalc.company.company import Company

Priced = tuple["Portion", "Part"]


def derive(
    quantifier: Quantifier, priced: Sequence[Priced], span: Span, lock: Lock | None
) -> Derived:
    """The lines of category 3 of whole reporting years.

    Args:
        quantifier: finds the factors.
        priced: every piece with its location-based part: no instrument lowers what is upstream.
        span: the days asked for, of which notes speak.
        lock: keeps years closed that were locked before anything was derived.
    """
    energy = [pair for pair in priced if is_energy(pair[0])]
    if not energy:
        return Derived()
    closed = years_before(lock, DERIVED_ENERGY)
    if not (printed(quantifier.catalog) or _locked(lock)):
        asking = (piece for piece, _ in energy if piece.year not in closed)
        return Derived(silent=any(span.holds(piece.span) for piece in asking))
    stage = _Stage(quantifier, Stated(priced), span, closed)
    for piece, part in energy:
        stage.add(piece, part)
    return stage.found.result(stage.lines)


def _locked(lock: Lock | None) -> bool:
    """Whether a lock holds answers of category 3, which stand when packs no longer do."""
    sections = lock.sections.values() if lock is not None and not lock.foreign else ()
    return any(
        CATEGORY in entry.category.split("|") and entry.lifecycle != "combustion"
        for section in sections
        for entry in section.values.resolutions.values()
    )


@dataclass(slots=True)
class _Stage:
    """Derives line by line; what is to be said is collected as sums."""

    quantifier: Quantifier
    stated: Stated
    span: Span
    closed: frozenset[int]
    lines: list[Line] = field(default_factory=list)
    found: Gathering = field(default_factory=Gathering)
    choices: EnergyRelated = field(init=False)
    answers: Answers = field(init=False)
    apart: Answers = field(init=False)

    def __post_init__(self) -> None:
        quantifier = self.quantifier
        scope_3 = quantifier.company.scope_3
        self.choices = (scope_3 and scope_3.fuel_and_energy_related) or EnergyRelated()
        self.answers = Answers(quantifier, self.choices)
        # what a closed year would ask is written in no lock
        fresh = replace(quantifier.resolver, cache={}, lock=None)
        apart = replace(quantifier, resolver=fresh, plans={}, short={}, shared={})
        self.apart = Answers(apart, self.choices)

    def add(self, piece: Portion, part: Part) -> None:
        """Derive all that one piece asks for."""
        if piece.year in self.closed:
            if self.span.holds(piece.span):
                self._wait(piece, part)
            return
        facility = piece.source.facility
        for answer in self.answers.of(piece, part):
            ask = answer.ask
            if answer.off:
                self._unwanted(piece, ask.parts, answer.off)
                continue
            told = self.stated.of(facility, ask.carrier, ask.parts) if self.stated else []
            if told:
                for each in split_piece(piece):
                    self._beside(each, answer, told)
            else:
                self._make(piece, answer, piece.id)

    def _wait(self, piece: Portion, part: Part) -> None:
        for answer in self.apart.of(piece, part):
            facility, ask = piece.source.facility, answer.ask
            if answer.plan is None:
                continue
            told = self.stated.of(facility, ask.carrier, ask.parts)
            for each in split_piece(piece) if told else (piece,):
                for run, stated in _shares(each, told):
                    if not stated:
                        self.found.waits(piece.year, Part(answer.plan, run.quantity, ""))

    def _unwanted(self, piece: Portion, parts: str, reason: str) -> None:
        if not self.span.holds(piece.span):
            return
        facility = piece.source.facility or ""
        alone = facility in self.choices.facilities
        self.found.unwanted(Off(parts, facility if alone else "", reason))

    def _beside(self, piece: Portion, answer: Answer, told: Sequence[Statement]) -> None:
        """Derive the days of a piece of which no line of the file speaks."""
        shares = _shares(piece, told)
        for run, stated in shares:
            if not stated:
                name = f"/{segment_name(self.quantifier.company, run.span)}"
                self._make(run, answer, piece.id, name if len(shares) > 1 else "")
            elif self.span.holds(run.span) and answer.plan is not None:
                by = dict.fromkeys(s.activity for s in told if s.span.overlap(run.span))
                part = Part(answer.plan, run.quantity, "")
                self.found.stated(answer.ask.parts, answer.ask.carrier, tuple(by), part)

    def _make(self, piece: Portion, answer: Answer, origin: str, days: str = "") -> None:
        """The line of an answer; without one its quantity is listed."""
        asked = self.span.holds(piece.span)
        if answer.plan is None:
            if asked:
                self.found.lacks(answer, piece.quantity, piece.source.unit.text)
            return
        line = _line(self.quantifier.company, piece, answer, origin, days)
        self.lines.append(line)
        if asked:
            self.found.made(answer.ask.parts, line.location_based[0])


def _shares(piece: Portion, told: Sequence[Statement]) -> list[tuple[Portion, bool]]:
    """A piece cut where statements begin and end, each with whether one speaks of it."""
    found = runs(piece.span, told)
    if len(found) == 1:
        return [(piece, found[0][1])]
    quantities: list[Fraction] = split_quantity(
        piece.quantity, piece.span, [days for days, _ in found]
    )
    return [
        (replace(piece, span=days, quantity=quantity), stated)
        for (days, stated), quantity in zip(found, quantities, strict=True)
    ]


def _split(company: Company, piece: Portion, answer: Answer, whole: Line) -> list[Line]:
    """The lines whose sum a line is."""
    del whole
    return [_line(company, part, answer, part.id) for part in split_piece(piece)]


def _line(company: Company, piece: Portion, answer: Answer, origin: str, days: str = "") -> Line:
    """A derived line: the quantity, days and share of its own, by a factor of category 3."""
    source, ask, plan = piece.source, answer.ask, answer.plan
    assert plan is not None
    factor = plan.resolution.factor
    assert factor is not None
    facility = company.facilities.get(source.facility or "")
    both = (Part(plan, piece.quantity, factor.ref),)
    whole = source.split is not None and not days
    return Line(
        id=f"{origin}/{ask.name}{days}",
        activity=source.activity,
        location=source.location,
        facility=source.facility,
        country=facility.country if facility else None,
        scope=3,
        category=CATEGORY,
        source_category=CATEGORY,
        item=ask.fuel or ask.item or "",
        span=piece.span,
        weight=piece.placement.weight,
        quantity=piece.quantity,
        unit=source.unit,
        location_based=both,
        market_based=both,
        placement=piece.placement.rule,
        supplier=source.supplier,
        rows=source.rows,
        evidence=source.evidence,
        split=partial(_split, company, piece, answer) if whole else None,
        order=source.order,
        others=source.others,
        estimate=source.estimate,
        spread=source.spread if piece.span == source.span else ONE,
        calculated_by=AVERAGE_DATA,
        derived_from=origin,
        members=source.members if whole else 1,
    )
