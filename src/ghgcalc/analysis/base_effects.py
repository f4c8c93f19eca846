"""The effects of changes on the base year: stated, computed, or unknown; 0 is a figure.

The effect of a facility is the base year with the facility's state on the day of the change for
all its days, minus the base year as it is. Where the file has no data of the facility for the
days that this moves, or the facility has no state on that day, the effect is not computed: a
missing figure is never 0. A facility that
opened after the base year, or closed before it, has 0: it is in no base (Corporate Standard ch. 5).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.scope_2.base_year import base_figure
from ghgcalc.company.holding import changes_of, frozen, held_through, holding_on
from ghgcalc.core.diagnostics import Diagnostic, Outcome, Severity
from ghgcalc.core.numbers import ZERO
from ghgcalc.core.period import Span, parse_period_text, split_at
from ghgcalc.inventory.expectations import figure_value, why_unknown
from ghgcalc.inventory.select import select
from ghgcalc.pipeline.run import asked_of, compute_period

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from ghgcalc.company.base_year import BaseYear, StructuralChange
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.pipeline.project import Project

COUNTS, NEVER, DONE = "counts", "never a trigger", "recalculated"


class Effect(NamedTuple):
    """One change: its effect on the base year, whether it counts, the running sum.

    Attributes:
        tonnes: the effect in tonnes CO2e; None where it is not known.
        running: the sum of the effects that count up to here; None after one that is not known.
        why: why the effect is not known, or why it is 0.
    """

    change: StructuralChange
    tonnes: Fraction | None
    computed: bool
    standing: str
    running: Fraction | None
    location: Location
    why: str = ""


class Measured(NamedTuple):
    """The tonnes of an effect, None where they are not known, and the reason in words."""

    tonnes: Fraction | None
    why: str = ""
    organic: bool = False


class Computed:
    """Values of the base figure, computed from the file's own data when they are asked for."""

    def __init__(self, project: Project, base: BaseYear) -> None:
        self.project, self.base = project, base
        self.findings: list[Diagnostic] = []
        self.why = ""  # why the figure asked for last is not known though there are data

    def value(self, project: Project, period: str, figure: str) -> Fraction | None:
        """A figure of a period in tonnes; None where there are no data or errors block it."""
        company = project.company
        self.why = ""
        span = company.year.resolve(parse_period_text(period))
        if not any(amount.span.overlap(span) for amount in project.amounts):
            return None
        run = compute_period(replace(project, found=()), asked_of(project, span, period))
        if run.inventory is None:
            self.findings.extend(run.diagnostics)
            return None
        lines = select(company, run.lines, self.base.boundary)
        year = company.year.name_of(span.last)
        value, unit = figure_value(company, lines, figure, year, self.base.boundary)
        self.why = "" if value is not None else why_unknown(company, lines, figure).reason
        return None if value is None else value * unit.size / 1000

    def plain(self) -> Fraction | None:
        """The base year as the file has it."""
        return self.value(self.project, self.base.year, base_figure(self.base))

    def with_state(self, change: StructuralChange) -> Fraction | None:
        """The base year with a facility's state on the day of the change, for all its days."""
        company = self.project.company
        first = company.year.resolve(parse_period_text(self.base.year)).first
        facilities = frozen(company.facilities, change.facility or "", change.date, first)
        return self.value(
            replace(self.project, company=replace(company, facilities=facilities)),
            self.base.year,
            base_figure(self.base),
        )


def effects_of(project: Project, base: BaseYear, computed: Computed) -> Outcome[tuple[Effect, ...]]:
    """Every change by date with its effect, and the running sum of those that count."""
    company = project.company
    order = sorted(range(len(base.changes)), key=lambda index: (base.changes[index].date, index))
    last_done = max((c.recalculated for c in base.changes if c.recalculated), default=None)
    effects: list[Effect] = []
    found: list[Diagnostic] = []
    running: Fraction | None = ZERO
    for index in order:
        change = base.changes[index]
        where = company.document.locate(("base_year", "changes", index))
        outcome = _measured(project, change, computed, where)
        found.extend(outcome.diagnostics)
        measured = outcome.value
        if change.kind == "organic" or change.already_reported or measured.organic:
            standing = NEVER
        elif change.recalculated or (
            last_done and change.date <= last_done and not change.declined
        ):
            standing = DONE
        else:
            standing = COUNTS
            running = _plus(running, measured.tonnes)
        effects.append(Effect(
            change, measured.tonnes, change.effect is None, standing, running, where, measured.why
        ))  # fmt: skip
    return Outcome(tuple(effects), tuple(found))


def _plus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _measured(
    project: Project, change: StructuralChange, computed: Computed, where: Location
) -> Outcome[Measured]:
    """The effect of a change: as stated, or computed from its facility, or unknown."""
    if change.effect is not None:
        return Outcome(Measured(change.effect.value * change.effect.unit.size / 1000))
    if change.kind == "organic":
        return Outcome(Measured(ZERO))
    if change.facility is None:
        why = f"the change of {change.date} states no effect"
        return Outcome(Measured(None, why), (_without_effect(change.date, where),))
    elsewhere = _elsewhere(project, change.facility, computed.base)
    if elsewhere:
        return Outcome(Measured(ZERO, elsewhere, organic=True))
    if holding_on(project.company.facilities, change.facility, change.date) is None:
        why = f"{change.facility} is not held on {change.date}"
        finding = _without_state(change.facility, change.date, where)
        return Outcome(Measured(None, why), (finding,))
    days = _days_without_data(project, change, computed.base)
    if days:
        why = f"{change.facility} has no data in {days}"
        return Outcome(Measured(None, why), (_without_data(change.facility, days, where),))
    before, after = computed.plain(), computed.with_state(change)
    if before is None or after is None:
        return Outcome(Measured(None, unknown_figure(computed)), tuple(computed.findings))
    return Outcome(Measured(after - before))


def unknown_figure(computed: Computed) -> str:
    """Why the base figure is not known, in words."""
    reason = f": {computed.why.replace('`', '')}" if computed.why else ""
    return f"{base_figure(computed.base)} of {computed.base.year} is not known{reason}"


def _without_effect(day: date, where: Location) -> Diagnostic:
    return Diagnostic(
        "missing-key",
        f"the change of {day} states no effect on the base year",
        where,
        hint="add `effect: … t`, or `facility:` to have it computed",
    )


def _without_data(facility: str, days: str, where: Location) -> Diagnostic:
    return Diagnostic(
        "base-year-without-data",
        f"facility `{facility}` has no activity data in {days}: the effect is not computed",
        where,
        severity=Severity.WARNING,
        hint="enter them, or state the `effect:`; of a facility that did not exist then state"
        " `opened:`",
    )


def _without_state(facility: str, day: date, where: Location) -> Diagnostic:
    return Diagnostic(
        "base-year-without-data",
        f"facility `{facility}` has no state on {day}: the effect of the change is not computed",
        where,
        severity=Severity.WARNING,
        hint="write the day on which its state starts, or state the `effect:`",
    )


def _elsewhere(project: Project, facility: str, base: BaseYear) -> str:
    """Why a facility stands outside the base year altogether; empty where it does not."""
    known, span = project.company.facilities[facility], _span(project, base)
    if known.opened is not None and known.opened > span.last:
        return f"opened {known.opened}, after the base year: organic growth"
    if known.closed is not None and known.closed < span.first:
        return f"closed {known.closed}, before the base year"
    return ""


def _days_without_data(project: Project, change: StructuralChange, base: BaseYear) -> str:
    """The days whose data the effect rests on, in words, where the file has none of them.

    They are those of the facility's life in the base year on which its state is another one than
    on the day of the change; where there are none, all of its days.
    """
    name = change.facility or ""
    facilities, span = project.company.facilities, _span(project, base)
    facility = facilities[name]
    life = Span(max(span.first, facility.opened or span.first),
                min(span.last, facility.closed or span.last))  # fmt: skip
    moved = [
        part for part in split_at(life, changes_of(facilities, name))
        if holding_on(facilities, name, part.first) != holding_on(facilities, name, change.date)
    ] or [life]  # fmt: skip
    below = held_through(facilities, name)
    for amount in project.amounts:
        if amount.facility in below and any(amount.span.overlap(part) for part in moved):
            return ""
    first, last = moved[0].first, moved[-1].last
    return base.year if Span(first, last) == span else f"{first} to {last}"


def _span(project: Project, base: BaseYear) -> Span:
    return project.company.year.resolve(parse_period_text(base.year))
