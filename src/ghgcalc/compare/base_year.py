"""Whether the base year must be recalculated (GHG-09, GHG-10), and from what to what.

Each change since the last recalculation has a signed effect d_k on the base year's emissions E.
A recalculation is due when max |d_k| / E, or |Σ d_k| / E, reaches the significance threshold;
Σ |d_k| / E alone is a warning, since offsetting changes are changes. Organic growth or decline,
and outsourcing between scopes that are both reported, never trigger.

Source: GHG Protocol Corporate Standard ch. 5; Scope 3 Standard 9.3.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.assemble import figure_value, select
from ghgcalc.base_scope_2 import (
    PROXY,
    MethodTotal,
    base_figure,
    base_scope_2,
    stated_base,
    tonnes_of,
)
from ghgcalc.diagnostics import Diagnostic, Severity
from ghgcalc.figures import ENERGY_FIGURES, FigureError, parse_figure
from ghgcalc.model.line import ZERO
from ghgcalc.model.period import PeriodError, parse_period_text
from ghgcalc.pipeline import compute_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.diagnostics import Location
    from ghgcalc.model.reserved import BaseYear, StructuralChange
    from ghgcalc.pipeline import Project

COUNTS, NEVER, DONE = "counts", "never a trigger", "recalculated"


class Effect(NamedTuple):
    """One change: its effect on the base year in tonnes, whether it counts, the running sum."""

    change: StructuralChange
    tonnes: Fraction
    computed: bool
    standing: str
    running: Fraction
    location: Location


class StatedFigure(NamedTuple):
    """A figure as published, beside the one computed now."""

    period: str
    figure: str
    boundary: str | None
    status: str
    stated: Fraction
    computed: Fraction | None
    reason: str
    location: Location


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision table of the base year.

    Attributes:
        emissions: what the effects are measured on, and where it comes from.
        threshold: significance threshold as a share.
        effects: every change by date.
        scope_2: Scope 2 of the base year under both methods (S2-09).
    """

    year: str
    figure: str
    boundary: str | None
    emissions: Fraction
    origin: str
    threshold: Fraction
    effects: tuple[Effect, ...]
    stated: tuple[StatedFigure, ...]
    scope_2: tuple[MethodTotal, MethodTotal]

    @property
    def open(self) -> tuple[Effect, ...]:
        """Changes that count: triggers since the last recalculation."""
        return tuple(effect for effect in self.effects if effect.standing == COUNTS)

    def share(self, tonnes: Fraction) -> Fraction:
        """Tonnes as a share of the base year's emissions; 0 where there are none."""
        return abs(tonnes) / self.emissions if self.emissions else ZERO

    @property
    def largest(self) -> Fraction:
        """The largest single effect as a share."""
        return max((self.share(effect.tonnes) for effect in self.open), default=ZERO)

    @property
    def sum(self) -> Fraction:
        """The sum of effects in tonnes."""
        return sum((effect.tonnes for effect in self.open), ZERO)

    @property
    def gross(self) -> Fraction:
        """The sum of the effects' sizes as a share."""
        return sum((self.share(effect.tonnes) for effect in self.open), ZERO)

    @property
    def due(self) -> bool:
        """Whether a recalculation is due."""
        reached = max(self.largest, self.share(self.sum))
        return bool(self.open) and reached >= self.threshold

    @property
    def offsetting(self) -> bool:
        """Whether only the sizes together reach the threshold."""
        return not self.due and bool(self.open) and self.gross >= self.threshold

    @property
    def restated(self) -> Fraction:
        """The base year's emissions after recalculation."""
        return self.emissions + self.sum


def decide(project: Project) -> tuple[Decision | None, list[Diagnostic]]:
    """The decision of a project; None where the file does not say enough, with the findings."""
    company = project.company
    base = company.base_year
    if base is None:
        where = company.document.locate(())
        text = "the file states no base year"
        hint = "add `base_year:` with `year`, `reason`, `figure` and `significance_threshold`"
        return None, [Diagnostic("missing-key", text, where, hint=hint)]
    found = _missing(project, base)
    if found:
        return None, found
    computed = _Computed(project, base)
    emissions, origin = _emissions(project, base, computed, found)
    effects = _effects(project, base, computed, found)
    if emissions is None or any(item.severity is Severity.ERROR for item in found):
        return None, found
    threshold = base.significance_threshold or ZERO
    decision = Decision(
        base.year, base_figure(base), base.boundary, emissions, origin, threshold,
        tuple(effects), tuple(_stated(project, base, computed)),
        base_scope_2(company, base, lambda figure: computed.value(project, base.year, figure)),
    )  # fmt: skip
    return decision, [*found, *_without_a_method(project, decision)]


def _without_a_method(project: Project, decision: Decision) -> list[Diagnostic]:
    """A base year that lacks Scope 2 of a method, where the other one is known (S2-09, R35)."""
    lacks = [total for total in decision.scope_2 if total.tonnes is None]
    if len(lacks) != 1:
        return []
    return [
        Diagnostic(
            "base-year-method-missing",
            f"the base year {decision.year} has no `scope_2.{lacks[0].method}`",
            project.company.document.locate(("base_year", "year")),
            severity=Severity.WARNING,
            hint=lacks[0].origin.removeprefix("missing: "),
        )
    ]


def _missing(project: Project, base: BaseYear) -> list[Diagnostic]:
    """Findings of a base year that cannot be judged."""
    company = project.company
    found: list[Diagnostic] = []

    def finding(code: str, key: str, text: str, hint: str) -> None:
        where = company.document.locate(("base_year", key) if _has(base, key) else ("base_year",))
        found.append(Diagnostic(code, text, where, hint=hint))

    if base.figure is None:
        finding("missing-key", "figure", "`base_year` says no figure to measure changes on",
                "add `figure: scope_1_2.market_based`, or another figure of `expect:`")  # fmt: skip
    else:
        try:
            parse_figure(base.figure, company.metrics)
        except FigureError as error:
            finding("unknown-figure", "figure", error.message, error.hint)
    if base.significance_threshold is None:
        finding("missing-key", "significance_threshold", "`base_year` has no threshold",
                "add `significance_threshold: 5%`; the standard fixes no number")  # fmt: skip
    try:
        parse_period_text(base.year)
    except PeriodError as error:
        finding("bad-date", "year", f"`base_year`: {error.message}", error.hint)
    if base.boundary is not None and base.boundary not in company.boundaries:
        known = ", ".join(company.boundaries) or "none"
        finding("unknown-boundary", "boundary", f"boundary `{base.boundary}` is not defined",
                f"defined: {known}")  # fmt: skip
    for index, change in enumerate(base.changes):
        if change.facility is not None and change.facility not in company.facilities:
            from ghgcalc.checks.names import unknown_facility

            where = company.document.locate(("base_year", "changes", index, "facility"))
            found.append(unknown_facility(change.facility, company.facilities, where, "the change"))
    return found


def _has(base: BaseYear, key: str) -> bool:
    return getattr(base, key) is not None


class _Computed:
    """Values of the base figure, computed from the file's own data when they are asked for."""

    def __init__(self, project: Project, base: BaseYear) -> None:
        self.project, self.base = project, base
        self.findings: list[Diagnostic] = []

    def value(self, project: Project, period: str, figure: str) -> Fraction | None:
        """A figure of a period in tonnes; None where there are no data or errors block it."""
        company = project.company
        span = company.year.resolve(parse_period_text(period))
        if not any(amount.span.overlap(span) for amount in project.amounts):
            return None
        run = compute_period(project, span, period, None, None, [])
        if run.inventory is None:
            self.findings.extend(run.diagnostics)
            return None
        lines = select(company, run.lines, self.base.boundary)
        year = company.year.name_of(span.last)
        value, unit = figure_value(company, lines, figure, year, self.base.boundary)
        return None if value is None else value * unit.size / 1000

    def plain(self) -> Fraction | None:
        """The base year as the file has it."""
        return self.value(self.project, self.base.year, base_figure(self.base))

    def with_state(self, change: StructuralChange) -> Fraction | None:
        """The base year with a facility's state on the day of the change, for all its days."""
        company = self.project.company
        name = change.facility or ""
        facility = company.facilities[name]
        first = company.year.resolve(parse_period_text(self.base.year)).first
        state = facility.state_on(change.date)
        history = {first: state} if state is not None else {}
        moved = facility.model_copy(update={"history": history, "lease": None})
        facilities = {**company.facilities, name: moved}
        return self.value(
            replace(self.project, company=replace(company, facilities=facilities)),
            self.base.year,
            base_figure(self.base),
        )


def _emissions(
    project: Project, base: BaseYear, computed: _Computed, found: list[Diagnostic]
) -> tuple[Fraction | None, str]:
    """The base year's emissions: as stated last, else as computed."""
    figure = base_figure(base)
    tail = f", {PROXY} for market-based" if figure != base.figure else ""
    stated = stated_base(project.company, base, figure)
    if stated is not None:
        return tonnes_of(stated), stated.status.replace("_", " ") + tail
    value_now = computed.plain()
    found.extend(computed.findings)
    if value_now is None and not found:
        where = project.company.document.locate(("base_year", "year"))
        found.append(
            Diagnostic(
                "base-year-without-data",
                f"the base year {base.year} has no activity data and no stated `{figure}`",
                where,
                hint="enter its activities, or the published figure under `stated:`",
            )
        )
    return value_now, f"computed{tail}"


def _effects(
    project: Project, base: BaseYear, computed: _Computed, found: list[Diagnostic]
) -> Sequence[Effect]:
    company = project.company
    order = sorted(range(len(base.changes)), key=lambda index: (base.changes[index].date, index))
    last_done = max((c.recalculated for c in base.changes if c.recalculated), default=None)
    effects: list[Effect] = []
    running = ZERO
    for index in order:
        change = base.changes[index]
        where = company.document.locate(("base_year", "changes", index))
        tonnes = _tonnes(project, change, computed, where, found)
        if tonnes is None:
            continue
        if change.kind == "organic" or change.already_reported:
            standing = NEVER
        elif change.recalculated or (
            last_done and change.date <= last_done and not change.declined
        ):
            standing = DONE
        else:
            standing = COUNTS
            running += tonnes
        effects.append(Effect(change, tonnes, change.effect is None, standing, running, where))
    return effects


def _tonnes(
    project: Project,
    change: StructuralChange,
    computed: _Computed,
    where: Location,
    found: list[Diagnostic],
) -> Fraction | None:
    """The effect of a change: as stated, or computed from its facility."""
    if change.effect is not None:
        return change.effect.value * change.effect.unit.size / 1000
    if change.kind == "organic":
        return ZERO
    if change.facility is None:
        found.append(
            Diagnostic(
                "missing-key",
                f"the change of {change.date} states no effect on the base year",
                where,
                hint="add `effect: 30 t`, or `facility:` to have it computed",
            )
        )
        return None
    before, after = computed.plain(), computed.with_state(change)
    if before is None or after is None:
        found.extend(computed.findings)
        return None
    if before == after and not _has_data(project, change.facility, computed.base):
        found.append(
            Diagnostic(
                "base-year-without-data",
                f"facility `{change.facility}` has no activity data in the base year",
                where,
                severity=Severity.WARNING,
                hint="enter them, or state the `effect:`; a facility that did not exist then has 0",
            )
        )
    return after - before


def _has_data(project: Project, facility: str, base: BaseYear) -> bool:
    span = project.company.year.resolve(parse_period_text(base.year))
    return any(
        amount.facility == facility and amount.span.overlap(span) for amount in project.amounts
    )


def _stated(project: Project, base: BaseYear, computed: _Computed) -> Sequence[StatedFigure]:
    """Every published figure of the base boundary beside the one computed now."""
    company = project.company
    return [
        StatedFigure(
            item.period.text,
            item.figure,
            item.boundary,
            item.status,
            item.value.value * item.value.unit.size / 1000,
            computed.value(project, item.period.text, item.figure),
            item.reason or "",
            company.document.locate(("stated", index)),
        )
        for index, item in company.stated.items()
        if item.boundary == base.boundary and _in_tonnes(project, item.figure)
    ]


def _in_tonnes(project: Project, figure: str) -> bool:
    if figure in ENERGY_FIGURES:
        return False
    return parse_figure(figure, project.company.metrics).metric is None
