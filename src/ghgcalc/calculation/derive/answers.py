"""Answers to what lines ask of category 3: a plan, or why there is none and what would free it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from ghgcalc.calculation.accept_hints import entries
from ghgcalc.calculation.arithmetic import GasError, factor_plan
from ghgcalc.calculation.derive.asks import CATEGORY, ELECTRIC, ITEMS, OF_LOSSES, Ask, asks_of
from ghgcalc.calculation.resolve.candidates import Question, Resolved
from ghgcalc.factors.bridges import ENERGY, ConversionError
from ghgcalc.methods.losses import loss_step

if TYPE_CHECKING:
    from ghgcalc.activity_data.consolidate import Portion
    from ghgcalc.calculation.quantify import Quantifier
    from ghgcalc.calculation.resolve.candidates import Unresolved
    from ghgcalc.calculation.results.plan import Part, Plan
    from ghgcalc.company.scope_3 import EnergyRelated
    from ghgcalc.core.step import Step
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.methods.losses import Losses


ABSENT: Final = "missing-factor"
NO_FACTOR: Final = "no factor in the packs of this file"


class Answer(NamedTuple):
    """What a question came to: its plan; or None, where it is asked, why, what would free it.

    `why` is "" where entries of `accept:` alone would free it; `off` is why it is not asked at all,
    `rated` says that the plan is the line's own grid factor over a stated rate of losses.
    """

    ask: Ask
    plan: Plan | None
    region: str = ""
    why: str = ""
    hint: str = ""
    off: str = ""
    rated: bool = False

    @property
    def publisher(self) -> str:
        """Whose factor it is; "" without one."""
        return publisher_of(self.plan)


def publisher_of(plan: Plan | None) -> str:
    """The publisher of a plan's factor; "" where the file states a rate itself."""
    factor = plan.resolution.factor if plan is not None else None
    return factor.pack.publisher if factor is not None else ""


def printed(catalog: FactorCatalog) -> bool:
    """Whether any pack of the file prints factors that a line of Scope 1 or 2 asks for."""
    if catalog.names(CATEGORY, "fuel"):
        return True
    known = {*ITEMS, "car_wtt", "motorbike_wtt"}
    return not known.isdisjoint(catalog.names(CATEGORY, "item"))


@dataclass(slots=True)
class Answers:
    """Answers by what lines have in common: their plan, facility and reporting year."""

    quantifier: Quantifier
    choices: EnergyRelated
    _known: dict[tuple[object, ...], tuple[Plan, tuple[Answer, ...]]] = field(default_factory=dict)
    _plans: dict[tuple[object, ...], Plan | str] = field(default_factory=dict)

    def of(self, piece: Portion, part: Part) -> tuple[Answer, ...]:
        """The answers to all that a line asks."""
        source, plan = piece.source, part.plan
        direct = source.data.attributes is not None
        choosy = bool(self.choices.facilities)
        place = source.facility if choosy else self.quantifier.place(source.facility)
        key = (id(plan), place, source.category, source.fuel, direct, piece.year)
        known = self._known.get(key)
        if known is None:  # the plan is kept, so that no other one has its identity
            known = self._known[key] = (plan, tuple(self._answers(piece, plan)))
        return known[1]

    def _answers(self, piece: Portion, plan: Plan) -> list[Answer]:
        asks = asks_of(piece.source, plan)
        own = publisher_of(plan)
        found = [self._answer(piece, ask, own) for ask in asks.each]
        rated = any(each.rated for each in found)
        if asks.instead is not None and not rated and not any(each.off for each in found):
            whole = self._answer(piece, asks.instead, own)
            nearer = whole.publisher == own != found[0].publisher
            if whole.plan is not None and (found[0].plan is None or nearer):
                return [whole]
        lost = next((each for each in found if each.ask.name == OF_LOSSES), None)
        if asks.beside is not None and lost is not None and lost.plan is not None and not rated:
            beside = self._answer(piece, asks.beside, lost.publisher)
            if beside.plan is not None and beside.publisher == lost.publisher:
                found.append(beside)
        return found

    def _answer(self, piece: Portion, ask: Ask, publisher: str) -> Answer:
        quantifier, source = self.quantifier, piece.source
        choice = self.choices.choice(ask.parts[0], source.facility)
        if choice.derive == "off":
            return Answer(ask, None, off=choice.reason or "")
        losses = self._rate(piece, ask)
        if losses is not None:
            return self._by_rate(piece, ask, losses)
        try:
            need = self._question(piece, ask, publisher)
        except ConversionError as error:
            return Answer(ask, None, "", error.message, error.hint or "")
        days = quantifier.company.year.span(piece.year)
        answer = quantifier.resolver.resolve(need, days)
        region = next(iter(need.regions), "")
        if not isinstance(answer, Resolved):
            return Answer(ask, None, region, *_refused(answer))
        key = (need, days, tuple(step.value for step in source.steps), source.unit)
        if key not in self._plans:
            self._plans[key] = self._plan(piece, answer)
        plan = self._plans[key]
        return Answer(ask, None, region, plan) if isinstance(plan, str) else Answer(ask, plan)

    def _rate(self, piece: Portion, ask: Ask) -> Losses | None:
        """The file's own rate of the losses of power at a place, the most specific one."""
        if ask.carrier != ELECTRIC or ask.name != OF_LOSSES or not self.choices.losses:
            return None
        facility = self.quantifier.company.facilities.get(piece.source.facility or "")
        regions = self.quantifier.regions(facility, True)
        return next((self.choices.losses[r] for r in regions if r in self.choices.losses), None)

    def _by_rate(self, piece: Portion, ask: Ask, losses: Losses) -> Answer:
        """Losses by a stated rate: that much more power of the line's own location-based factor."""
        quantifier, source = self.quantifier, piece.source
        unit = source.after or source.unit
        if unit.dimension != ENERGY or source.data.emission_rate is not None:
            why = "a rate of losses needs energy and the factor of a grid"
            return Answer(ask, None, "", why)
        days = quantifier.company.year.span(piece.year)
        need = quantifier.need(piece, "grid_average")
        answer = quantifier.resolver.resolve(need, days)
        if not isinstance(answer, Resolved):
            return Answer(ask, None, *_refused(answer))
        step = loss_step(losses, unit)
        key = (need, days, step.value, tuple(each.value for each in source.steps), source.unit)
        if key not in self._plans:
            self._plans[key] = self._plan(piece, answer, step)
        plan = self._plans[key]
        return Answer(ask, None, "", plan) if isinstance(plan, str) else Answer(
            ask, plan, rated=True)  # fmt: skip

    def _plan(self, piece: Portion, answer: Resolved, *lost: Step) -> Plan | str:
        """The plan by a factor; why there is none where its gases cannot be weighed."""
        source, resolution = piece.source, answer.resolution
        assert resolution.factor is not None
        try:
            return factor_plan(
                source.unit, resolution.factor, answer.conversion, resolution,
                self.quantifier.catalog, CATEGORY, (*source.steps, *lost),
            )  # fmt: skip
        except GasError as error:
            return error.message

    def _question(self, piece: Portion, ask: Ask, publisher: str) -> Question:
        """What is asked of the catalogue.

        Raises:
            ConversionError: when a stated fuel property has the wrong unit.
        """
        quantifier, source = self.quantifier, piece.source
        facility = quantifier.company.facilities.get(source.facility or "")
        power = ask.carrier == ELECTRIC
        accept = quantifier.resolver.accept
        return Question(
            CATEGORY, ask.fuel, ask.item, source.after or source.unit,
            quantifier.regions(facility, power), quantifier.factor_year(piece), None, None,
            ask.technology, ask.vehicle, None,
            (source.facility or "") if accept.by_facility else "",
            source.activity if accept.by_activity else "",
            quantifier.edges(piece, facility) if ask.fuel else (),
            power and quantifier.as_asked(facility), lifecycle=ask.lifecycle, publisher=publisher,
        )  # fmt: skip


def _refused(answer: Unresolved | None) -> tuple[str, str]:
    """Why a question has no answer, and the entries that would free it.

    A factor of another country is none that is worth an entry, whatever else it departs in.
    """
    kinds = {gap.kind for gap in answer.gaps} if answer is not None else set()
    if answer is None or "foreign_region" in kinds or (answer.code == ABSENT and not kinds):
        return NO_FACTOR, ""
    if kinds:
        return "", entries(answer.gaps, {"category": CATEGORY})
    return answer.message.replace("{line}: ", "").replace("{line}", "it"), answer.hint
