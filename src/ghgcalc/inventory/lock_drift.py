"""What has moved since a reporting year was locked: inputs, factors, figures, with tonnes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.calculation.arithmetic import GasError, complement_ref, factor_plan
from ghgcalc.calculation.lock.model import FILE, NOT_STATED, Tonnes
from ghgcalc.calculation.resolve.candidates import Resolved
from ghgcalc.calculation.resolve.locked import conversion_of
from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.calculation.results.plan import Resolution
from ghgcalc.core.diagnostics import Diagnostic, Outcome, Severity, Span
from ghgcalc.core.numbers import ZERO, plain, significant
from ghgcalc.core.version import __version__
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.inventory.inventory import LockUse
from ghgcalc.inventory.lock_figures import (
    PLACES,
    effect_text,
    figures_of,
    line_changes,
    signed,
    tonnes_of,
    tonnes_text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ghgcalc.calculation.lock.model import Lock, LockedProperty, LockedResolution, Section
    from ghgcalc.calculation.resolve.candidates import Need
    from ghgcalc.calculation.resolve.resolve import Resolver
    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import Part, Plan
    from ghgcalc.company.company import Company
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.period import Span as Days
    from ghgcalc.factors.model import Factor

SHOWN = 5
UPGRADE = "run `ghgcalc lock --upgrade --dry-run` to see the effect"


@dataclass(slots=True)
class Judged:
    """One computation beside its lock; `every` holds the lines of its whole reporting years."""

    company: Company
    resolver: Resolver
    lock: Lock
    lines: list[Line]
    every: list[Line]
    span: Days
    approach: str
    inputs: Mapping[str, str]
    strict: bool

    @property
    def severity(self) -> Severity:
        """Drift is a warning; with `--locked` an error."""
        return Severity.ERROR if self.strict else Severity.WARNING

    def sections(self) -> list[Section]:
        """The locked reporting years that the period touches."""
        year = self.company.year
        names = range(year.name_of(self.span.first), year.name_of(self.span.last) + 1)
        known = [self.lock.sections[name] for name in names if name in self.lock.sections]
        return [section for section in known if section.sealed]

    def finding(
        self,
        code: str,
        text: str,
        section: Section,
        block: str,
        key: str,
        hint: str,
        *,
        notes: tuple[str, ...] = (),
        related: tuple[Span, ...] = (),
        severity: Severity | None = None,
    ) -> Diagnostic:
        """A finding at an entry of the lock."""
        days = self.company.year.span(section.year)
        return Diagnostic(
            code, text, section.at(block, key), related=related, notes=notes, hint=hint,
            days=(days.first, days.last), severity=severity or self.severity,
        )  # fmt: skip


def lock_drift(judged: Judged) -> Outcome[LockUse]:
    """Compare a computation with its lock.

    Diagnosed: `lock-drift-factor`, `lock-drift-figure`, `lock-drift-input`, `not-locked`.
    """
    sections = judged.sections()
    factors = _factors(judged)
    found = list(factors)
    for section in sections:
        figures = _figures(judged, section)
        found += figures or []
        found += _inputs(judged, section, figures)
    moved = tuple(d.message for d in found if d.severity is not Severity.NOTE)
    notes = [d.message for d in found if d.severity is Severity.NOTE]
    notes += [
        f"{section.year} was locked by ghgcalc {section.values.tool}, this is {__version__}"
        for section in sections
        if section.values.tool != __version__
    ]
    waiting = _open(judged)
    found += _not_locked(judged, waiting)
    used = [
        part.plan.resolution
        for line in judged.lines
        for part in _parts(line)
        if part.plan.resolution.lock is not None
    ]
    factors_used = {id(r.factor): r.factor for r in used if r.factor is not None}
    packs = {f"{f.pack.id}@{f.pack.header.version}" for f in factors_used.values()}
    use = LockUse(
        judged.lock.shown, judged.lock.sha256, tuple(section.year for section in sections),
        len({resolution.lock for resolution in used}), tuple(sorted(packs)), tuple(waiting), moved,
        tuple(notes),
    )  # fmt: skip
    return Outcome(use, tuple(found))


def _parts(line: Line) -> tuple[Part, ...]:
    return (*line.location_based, *line.market_based)


# ---- lines the lock does not know ---------------------------------------------------------------


def _open(judged: Judged) -> dict[str, Line]:
    """The first line of each activity that asks what the lock does not answer."""
    locked = {section.year for section in judged.sections()}
    waiting: dict[str, Line] = {}
    for line in judged.lines:
        if not judged.strict and judged.company.year.name_of(line.span.first) not in locked:
            continue
        if any(p.plan.resolution.asked and p.plan.resolution.lock is None for p in _parts(line)):
            waiting.setdefault(line.activity, line)
    return dict(sorted(waiting.items()))


def _not_locked(judged: Judged, waiting: dict[str, Line]) -> list[Diagnostic]:
    """One error for each activity under `--locked`, else one warning for all."""
    year = judged.company.year
    made = []
    for name, line in list(waiting.items())[: None if judged.strict else 1]:
        years = year.name_of(line.span.first)
        more = len(waiting) - 1
        others = f" and {more} more" if more and not judged.strict else ""
        made.append(
            Diagnostic(
                "not-locked",
                f"`{name}`{others} asks for a factor that `{FILE}` does not hold for {years}",
                line.location,
                severity=judged.severity,
                notes=() if judged.strict else tuple(f"also: {n}" for n in list(waiting)[1:SHOWN]),
                hint=f"run `ghgcalc lock --period {years}`",
                days=(line.span.first, line.span.last),
            )
        )
    return made


# ---- factors ------------------------------------------------------------------------------------


def printed(factor: Factor) -> str:
    """The printed values of a factor in one line."""
    gases = ", ".join(
        f"{value.amount} {'CO2e of ' if value.as_co2e and gas != 'CO2e' else ''}{gas}"
        for gas, value in factor.gases.items()
    )
    share = "" if factor.oxidation is None else f", oxidation {significant(factor.oxidation)}"
    return f"{gases} per {factor.per}{share}"


def _said(factor: Factor, complement: Factor | None) -> tuple[object, ...]:
    values = {
        gas: (v.amount.value * v.amount.unit.size, v.as_co2e) for gas, v in factor.gases.items()
    }
    other = _said(complement, None) if complement else None
    return (values, factor.per, factor.oxidation, factor.gwp_set, other)


def _factors(judged: Judged) -> list[Diagnostic]:
    """Locked answers whose row, complement or properties the packs now give otherwise."""
    asked: dict[Location, list[tuple[Need, Resolved]]] = {}
    for (need, _), answer in judged.resolver.cache.items():
        if isinstance(answer, Resolved) and answer.resolution.lock is not None:
            asked.setdefault(answer.resolution.lock, []).append((need, answer))
    found: list[Diagnostic] = []
    for section in judged.sections():
        for key, entry in section.values.resolutions.items():
            pairs = asked.get(section.at("resolutions", key))
            if pairs:
                found += _factor(judged, pairs, section, entry)
    return found


def _factor(
    judged: Judged,
    pairs: list[tuple[Need, Resolved]],
    section: Section,
    entry: LockedResolution,
) -> list[Diagnostic]:
    catalog, locked = judged.resolver.catalog, pairs[0][1].resolution
    assert locked.factor is not None
    now = catalog.pinned(locked.factor.ref)
    if now is None:
        text = (
            f"`{entry.factor}` is locked as {printed(locked.factor)}; the packs of this file no"
            " longer have it: +0 tCO2e, the locked values are used"
        )
        return [
            judged.finding("lock-drift-factor", text, section, "resolutions", locked.asked, UPGRADE)
        ]
    other = catalog.pinned(complement_ref(now)) if now.with_ else None
    changes = []
    if _said(now, other) != _said(locked.factor, locked.complement):
        changes.append(
            f"`{entry.factor}` is locked as {_both(locked.factor, locked.complement)}; the pack"
            f" now has {_both(now, other)}"
        )
    current = dict(entry.properties)
    for ref, prop in entry.properties.items():
        there = {p.ref: p for p in catalog.properties(prop.fuel)}.get(ref)
        if there is None:
            changes.append(f"`{ref}` is locked as {prop.value}; the packs no longer have it")
        elif there.value != prop.value:
            changes.append(f"`{ref}` is locked as {prop.value}; the pack now has {there.value}")
            current[ref] = prop.model_copy(update={"value": there.value})
    if not changes:
        return []
    effect = _effect(judged, pairs, now, current)
    related = (Span(now.location, "now"),) if now.location and now.pack.own else ()
    text = f"{'; '.join(changes)}: {effect}"
    return [
        judged.finding(
            "lock-drift-factor", text, section, "resolutions", locked.asked, UPGRADE,
            related=related,
        )
    ]  # fmt: skip


def _both(factor: Factor, complement: Factor | None) -> str:
    return printed(factor) + (f" with {printed(complement)}" if complement else "")


def _effect(
    judged: Judged,
    pairs: list[tuple[Need, Resolved]],
    now: Factor,
    current: dict[str, LockedProperty],
) -> str:
    """Tonnes by which the lines move once the pack's value is taken."""
    plans: dict[int, Plan] = {}
    moved = {LOCATION: ZERO, MARKET: ZERO}
    try:
        for line in judged.lines:
            for method in moved:
                for part in line.parts(method):
                    if part.plan.resolution.lock != pairs[0][1].resolution.lock:
                        continue
                    plan = plans.get(id(part.plan))
                    if plan is None:
                        plan = _replanned(judged, part.plan, pairs, now, current)
                        plans[id(part.plan)] = plan
                    moved[method] += part.quantity * (plan.tonnes - part.plan.tonnes)
    except (ConversionError, GasError) as error:
        return f"its effect cannot be computed, {error.message}"
    return effect_text(moved[LOCATION], moved[MARKET])


def _replanned(
    judged: Judged,
    plan: Plan,
    pairs: list[tuple[Need, Resolved]],
    now: Factor,
    current: dict[str, LockedProperty],
) -> Plan:
    """A plan with the pack's value of today; its question is the one whose steps it ends in.

    Questions of the same key may state different fuel properties of their own.
    """
    steps = plan.steps
    need, extra = next(
        (n, len(steps) - len(a.conversion.steps))
        for n, a in pairs
        if steps[len(steps) - len(a.conversion.steps) :] == a.conversion.steps
    )
    return factor_plan(
        plan.unit or need.unit, now, conversion_of(need, now, current), Resolution(now, ""),
        judged.resolver.catalog, need.category, steps[:extra],
    )  # fmt: skip


# ---- figures and inputs -------------------------------------------------------------------------


def _figures(judged: Judged, section: Section) -> list[Diagnostic] | None:
    """Totals of the year, and lines, that differ; None under another approach than the file's.

    Pieces of part of a year sum to the year's, but have other ids: lines are compared where the
    whole year is asked for.
    """
    if judged.approach != judged.company.organization.consolidation_approach:
        return None
    year = judged.company.year
    lines = [line for line in judged.every if year.name_of(line.span.first) == section.year]
    whole = year.span(section.year) == judged.span
    moved = _moved_lines(lines, section) if whole else ()
    made: list[Diagnostic] = []
    moves = (*moved, *_set_otherwise(judged, section))
    for figure, text in figures_of(lines).items():
        if figure not in section.values.totals:
            continue
        locked = section.values.totals[figure]
        old, new = (None if each is None else Fraction(each) for each in (locked, text))
        if old == new:
            continue
        change = "" if old is None or new is None else f": {signed(new - old)} tCO2e"
        made.append(
            judged.finding(
                "lock-drift-figure",
                f"`{figure}` of {section.year} is locked as {_tonnes(old)} and is now"
                f" {_tonnes(new)}{change}",
                section,
                "totals",
                figure,
                notes=moves,
                hint="compare the lines, then run `ghgcalc lock --period"
                f" {section.year}` if the change is wanted",
            )
        )
    if moved and not made:  # one line against another
        made.append(
            judged.finding(
                "lock-drift-figure",
                f"lines of `{section.year}` have moved, no total has",
                section,
                "lines",
                "",
                notes=moves,
                hint=f"run `ghgcalc lock --period {section.year}` if the change is wanted",
            )
        )
    return made


def _tonnes(value: Fraction | None) -> str:
    return NOT_STATED if value is None else f"{plain(value, PLACES)} tCO2e"


def _set_otherwise(judged: Judged, section: Section) -> tuple[str, ...]:
    """Choices that move every line: the GWP set and the consolidation approach."""
    gwp, pack = section.values.gwp, judged.resolver.catalog.gwp_pack
    notes = []
    if gwp.sha256 != pack.info.sha256:
        now = f"{pack.info.id}@{pack.header.version}"
        notes.append(f"the GWP set is locked as {gwp.pack} and is now {now}")
    if section.values.consolidation_approach != judged.approach:
        was = section.values.consolidation_approach
        notes.append(f"the approach is locked as {was} and is now {judged.approach}")
    return tuple(notes)


def _moved_lines(lines: list[Line], section: Section) -> tuple[str, ...]:
    now = {line.id: tonnes_of(line) for line in lines}
    changes = line_changes(section.values.lines, now)
    texts = [f"{name}: {_shown(old)} -> {_shown(new)}" for name, old, new in changes[:SHOWN]]
    more = len(changes) - SHOWN
    return (*texts, *([f"and {more} more lines"] if more > 0 else []))


def _shown(tonnes: Tonnes | None) -> str:
    return "no such line" if tonnes is None else tonnes_text(tonnes)


def _inputs(judged: Judged, section: Section, figures: list[Diagnostic] | None) -> list[Diagnostic]:
    """Changed files: a note where every locked figure stands, else drift with its tonnes."""
    now = judged.inputs
    same = figures == []
    notes: tuple[str, ...] = ()
    if figures is None:
        notes = ("figures are compared under the approach of the file only",)
    made = []
    for name in sorted({*now, *section.values.inputs}):
        old, new = section.values.inputs.get(name), now.get(name)
        if old == new:
            continue
        what = "has changed" if old and new else "is new" if new else "is no longer read"
        hashes = f" (sha256 {old[:12]}… -> {new[:12]}…)" if old and new else ""
        effect = ": no tonne moves" if same else _tonnes_moved(figures)
        made.append(
            judged.finding(
                "lock-drift-input",
                f"`{name}` {what} since {section.year} was locked{hashes}{effect}",
                section,
                "inputs",
                name,
                notes=notes,
                severity=Severity.NOTE if same else judged.severity,
                hint=f"run `ghgcalc lock --period {section.year} --dry-run` to see the effect",
            )
        )
    return made


def _tonnes_moved(figures: list[Diagnostic] | None) -> str:
    if not figures:
        return ""
    names = [d.message.partition("`")[2].partition("`")[0] for d in figures]
    changes = [d.message.rpartition(": ")[2] if ": " in d.message else "" for d in figures]
    pairs = zip(names, changes, strict=True)
    told = ", ".join(f"{n} {c}" for n, c in pairs if c.endswith("tCO2e"))
    return f": {told}" if told else ": lines have moved, no total has"
