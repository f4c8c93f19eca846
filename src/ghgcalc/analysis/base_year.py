"""Whether the base year must be recalculated (GHG-09, GHG-10), and from what to what.

Each change since the last recalculation has a signed effect d_k on the base year's emissions E.
A recalculation is due when max |d_k| / E, or |Σ d_k| / E, reaches the significance threshold;
Σ |d_k| / E alone is a warning, since offsetting changes are changes. Organic growth or decline,
and outsourcing between scopes that are both reported, never trigger. Where an effect, or E, is
not known, nothing is decided, unless a single known effect reaches the threshold by itself.

Source: GHG Protocol Corporate Standard ch. 5; Scope 3 Standard 9.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.analysis.base_effects import COUNTS, Computed, Effect, effects_of, unknown_figure
from ghgcalc.calculation.scope_2.base_year import (
    PROXY,
    MethodTotal,
    base_figure,
    base_scope_2,
    stated_base,
    tonnes_of,
)
from ghgcalc.company.checks.names import unknown_facility
from ghgcalc.company.figure_names import ENERGY_FIGURES, FigureError, parse_figure
from ghgcalc.core.diagnostics import Diagnostic, Outcome, Severity, has_errors
from ghgcalc.core.numbers import ZERO
from ghgcalc.core.period import PeriodError, parse_period_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from ghgcalc.company.base_year import BaseYear
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.pipeline.project import Project


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
        emissions: what the effects are measured on (None: not known), and where it comes from.
        threshold: significance threshold as a share.
        effects: every change by date.
        scope_2: Scope 2 of the base year under both methods (S2-09).
    """

    year: str
    figure: str
    boundary: str | None
    emissions: Fraction | None
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
        """The largest single known effect as a share."""
        return max((self.share(e.tonnes) for e in self.open if e.tonnes is not None), default=ZERO)

    @property
    def sum(self) -> Fraction | None:
        """The sum of effects in tonnes; None where one is not known."""
        total = ZERO
        for effect in self.open:
            if effect.tonnes is None:
                return None
            total += effect.tonnes
        return total

    @property
    def sum_share(self) -> Fraction | None:
        """The size of the sum as a share; None where it or the emissions are not known."""
        return None if self.sum is None or self.emissions is None else self.share(self.sum)

    @property
    def gross(self) -> Fraction | None:
        """The sum of the effects' sizes as a share; None where one is not known."""
        if self.sum_share is None:
            return None
        return sum((self.share(e.tonnes) for e in self.open if e.tonnes is not None), ZERO)

    @property
    def due(self) -> bool:
        """Whether a recalculation is due: a single effect suffices, whatever the others are."""
        reached = max(self.largest, self.sum_share or ZERO)
        return bool(self.open) and reached >= self.threshold

    @property
    def undecided(self) -> tuple[str, ...]:
        """Why nothing can be decided; empty where a decision stands."""
        if self.due:
            return ()
        unknown = () if self.emissions is not None else (self.origin,)
        if self.emissions == 0 and any(effect.tonnes for effect in self.open):
            unknown = (f"{self.figure} of {self.year} is 0, and no effect is a share of it",)
        return (*unknown, *dict.fromkeys(e.why for e in self.open if e.tonnes is None))

    @property
    def offsetting(self) -> bool:
        """Whether only the sizes together reach the threshold."""
        reached = self.gross is not None and self.gross >= self.threshold
        return reached and not self.due and bool(self.open)

    @property
    def restated(self) -> Fraction | None:
        """The base year's emissions after recalculation; None where an effect is not known."""
        return None if self.sum is None or self.emissions is None else self.emissions + self.sum


def decide(project: Project) -> Outcome[Decision | None]:
    """The decision of a project; None where the file does not say enough, with the findings."""
    company = project.company
    base = company.base_year
    if base is None:
        where = company.document.locate(())
        text = "the file states no base year"
        hint = "add `base_year:` with `year`, `reason`, `figure` and `significance_threshold`"
        return Outcome(None, (Diagnostic("missing-key", text, where, hint=hint),))
    missing = tuple(_missing(project, base))
    if missing:
        return Outcome(None, missing)
    computed = Computed(project, base)
    measured = _emissions(project, base, computed)
    emissions, origin = measured.value
    known = emissions is not None or bool(computed.why)
    effects = effects_of(project, base, computed)
    found = (*measured.diagnostics, *effects.diagnostics)
    if not known or has_errors(found):
        return Outcome(None, found)
    threshold = base.significance_threshold or ZERO
    decision = Decision(
        base.year, base_figure(base), base.boundary, emissions, origin, threshold,
        effects.value, tuple(_stated(project, base, computed)),
        base_scope_2(company, base, lambda figure: computed.value(project, base.year, figure)),
    )  # fmt: skip
    return Outcome(decision, (*found, *_without_a_method(project, decision)))


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


def _missing(project: Project, base: BaseYear) -> Iterator[Diagnostic]:
    """Findings of a base year that cannot be judged."""
    company = project.company

    def finding(code: str, key: str, text: str, hint: str) -> Diagnostic:
        where = company.document.locate(("base_year", key) if _has(base, key) else ("base_year",))
        return Diagnostic(code, text, where, hint=hint)

    if base.figure is None:
        hint = "add `figure: scope_1_2.market_based`, or another figure of `expect:`"
        text = "`base_year` says no figure to measure changes on"
        yield finding("missing-key", "figure", text, hint)
    else:
        try:
            parse_figure(base.figure, company.metrics)
        except FigureError as error:
            yield finding("unknown-figure", "figure", error.message, error.hint)
    if base.significance_threshold is None:
        hint = "add `significance_threshold: …%`; the standard fixes no number"
        text = "`base_year` has no threshold"
        yield finding("missing-key", "significance_threshold", text, hint)
    try:
        parse_period_text(base.year)
    except PeriodError as error:
        yield finding("bad-date", "year", f"`base_year`: {error.message}", error.hint)
    if base.boundary is not None and not company.defines("boundaries", base.boundary):
        known = ", ".join(company.boundaries) or "none"
        text = f"boundary `{base.boundary}` is not defined"
        yield finding("unknown-boundary", "boundary", text, f"defined: {known}")
    for index, change in enumerate(base.changes):
        if change.facility is not None and not company.defines("facilities", change.facility):
            where = company.document.locate(("base_year", "changes", index, "facility"))
            yield unknown_facility(change.facility, company.facilities, where, "the change")


def _has(base: BaseYear, key: str) -> bool:
    return getattr(base, key) is not None


def _emissions(
    project: Project, base: BaseYear, computed: Computed
) -> Outcome[tuple[Fraction | None, str]]:
    """The base year's emissions and their origin: as stated last, else as computed."""
    figure = base_figure(base)
    tail = f", {PROXY} for market-based" if figure != base.figure else ""
    stated = stated_base(project.company, base, figure)
    if stated is not None:
        return Outcome((tonnes_of(stated), stated.status.replace("_", " ") + tail))
    value_now = computed.plain()
    found = tuple(computed.findings)
    if value_now is None and not found:
        if computed.why:
            return Outcome((None, unknown_figure(computed)))
        where = project.company.document.locate(("base_year", "year"))
        text = f"the base year {base.year} has no activity data and no stated `{figure}`"
        hint = "enter its activities, or the published figure under `stated:`"
        found = (Diagnostic("base-year-without-data", text, where, hint=hint),)
    return Outcome((value_now, f"computed{tail}"), found)


def _stated(project: Project, base: BaseYear, computed: Computed) -> Sequence[StatedFigure]:
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
