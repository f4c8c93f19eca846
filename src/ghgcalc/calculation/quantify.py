"""Price pieces: find the factor, make the plan, keep both by key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ghgcalc.calculation.combustion_co2 import judge_co2
from ghgcalc.calculation.plans import Failure, Plans, priced_category
from ghgcalc.calculation.resolve.candidates import Unresolved
from ghgcalc.calculation.results.plan import Part, Plan
from ghgcalc.calculation.stated import masses_part, reported_part, stated_plan, zero_plan
from ghgcalc.core.vocabulary.categories import ELECTRICITY
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.methods.registry import KEYS

if TYPE_CHECKING:
    from ghgcalc.activity_data.consolidate import Portion
    from ghgcalc.core.diagnostics import Diagnostic

# a line that states one of them shares its plan with no other
_OWN_KEYS = KEYS | {"emission_rate", "fuel_properties"}


@dataclass(slots=True)
class Quantifier(Plans):
    """Quantifies portions against a catalogue; plans are shared by all of the same key."""

    short: dict[tuple[object, ...], Plan | Failure | Unresolved | None] = field(
        default_factory=dict
    )
    shared: dict[tuple[object, ...], Plan] = field(default_factory=dict)
    last: tuple[Portion, Part] | None = None

    def price(self, piece: Portion) -> Part | list[Diagnostic]:
        """The location-based part of a piece (the only one outside Scope 2)."""
        if self.last is not None and alike(piece, self.last[0]):
            known = self.last[1]
            return Part(known.plan, piece.quantity, known.source)
        part = self._priced(piece)
        if isinstance(part, Part) and not self.resolver.accept.by_activity:
            self.last = (piece, part)
        return part

    def _priced(self, piece: Portion) -> Part | list[Diagnostic]:
        source = piece.source
        if source.masses is not None:
            return masses_part(self, piece)
        if source.reported:
            return reported_part(self, piece)
        if source.category == "self_generated_electricity":
            return Part(zero_plan(self, piece), piece.quantity, "own generation, no grid transfer")
        kind = "grid_average" if priced_category(source) in ELECTRICITY else None
        return self._by_factor(piece, kind)

    def _by_factor(self, piece: Portion, kind: str | None) -> Part | list[Diagnostic]:
        plan = self.plan(piece, kind)
        if plan is None:
            return []
        if isinstance(plan, Plan):
            problem = judge_co2(self, piece, plan)
            if problem is not None:
                return [problem]
            factor = plan.resolution.factor
            return Part(plan, piece.quantity, factor.ref if factor else "stated")
        return self.findings(piece, plan)

    def plan(
        self, piece: Portion, kind: str | None, *, optional: bool = False
    ) -> Plan | Failure | Unresolved | None:
        """The plan of a piece for a kind of factor; None where optional and absent."""
        key = self.short_key(piece, kind)
        if key is None:
            return self._plan(piece, kind, optional)
        if key not in self.short:
            # places with the same regions, sector and fuel properties have the same answer
            shared = (self.place(piece.source.facility), *key[1:])
            plan = self.shared.get(shared) or self._plan(piece, kind, optional)
            if isinstance(plan, Plan):  # what fails is said of each place
                self.shared[shared] = plan
            self.short[key] = plan
        return self.short[key]

    def short_key(self, piece: Portion, kind: str | None) -> tuple[object, ...] | None:
        """A cheap key for plain lines; None where the line states properties or rates itself."""
        source = piece.source
        data = source.data
        if source.steps or self.resolver.accept.by_activity:
            return None
        if not _OWN_KEYS.isdisjoint(data.model_fields_set):
            return None
        unit = source.unit
        return (
            source.facility, source.category, source.fuel, unit.text, unit.basis, piece.year, kind,
            data.item, data.sector, data.technology, data.vehicle, data.factor, data.factor_year,
            source.table, self.made_in(source), source.priced_as, source.region,
        )  # fmt: skip

    def grid_plan(self, piece: Portion) -> Plan | Failure | Unresolved | None:
        """The grid average of a line whose own rate may not price its market-based figure (R18)."""
        return self._plan(piece, "grid_average", False, own=False)

    def _plan(
        self, piece: Portion, kind: str | None, optional: bool, *, own: bool = True
    ) -> Plan | Failure | Unresolved | None:
        source = piece.source
        data = source.data
        stated = data.emission_rate is not None or data.chp is not None
        if stated and own and kind != "residual_mix":
            return stated_plan(self, piece)
        try:
            need = self.need(piece, kind)
        except ConversionError as error:
            return (self.finding(piece, error.code, error.message, error.hint, "fuel_properties"),)
        days = self.company.year.span(piece.year)
        answer = self.resolver.resolve(need, days, optional=optional)
        if answer is None or isinstance(answer, Unresolved):
            return answer
        key = (need, days, tuple(step.value for step in source.steps), source.unit)
        if key not in self.plans:
            self.plans[key] = self.make(piece, answer)
        return self.plans[key]


def alike(piece: Portion, other: Portion) -> bool:
    """Whether two pieces of a table differ in days and quantity alone, within one year."""
    one, two = piece.source, other.source
    return (
        one.kin is not None
        and one.kin is two.kin
        and one.facility == two.facility
        and one.supplier == two.supplier
        and piece.year == other.year
    )
