"""What has moved since a reporting year was locked: inputs, factors, figures, with tonnes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.lock.model import FILE
from ghgcalc.core.diagnostics import Diagnostic, Outcome, Severity
from ghgcalc.core.version import __version__
from ghgcalc.inventory.inventory import LockUse
from ghgcalc.inventory.lock_drift.evidence import evidence_drift
from ghgcalc.inventory.lock_drift.factors import factor_drift
from ghgcalc.inventory.lock_drift.figures import figure_drift
from ghgcalc.inventory.lock_drift.inputs import input_drift
from ghgcalc.inventory.lock_drift.judged import SHOWN

if TYPE_CHECKING:
    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import Part
    from ghgcalc.inventory.lock_drift.judged import Judged


def lock_drift(judged: Judged) -> Outcome[LockUse]:
    """Compare a computation with its lock.

    Diagnosed: `lock-drift-factor`, `lock-drift-figure`, `lock-drift-input`,
    `lock-drift-evidence`, `not-locked`.
    """
    sections = judged.sections()
    factors = factor_drift(judged)
    found = list(factors)
    silent: list[str] = []
    for section in sections:
        short = judged.kept_out(judged.company.year.span(section.year))
        figures = None if short else figure_drift(judged, section)
        found += (each.finding for each in figures or ())
        if not short or not judged.kept_out(judged.span):  # else no figure at all is shown
            files = input_drift(judged, section, figures)
            found += files.findings
            silent += files.notes
        found += evidence_drift(judged, section)
    moved = tuple(d.message for d in found if d.severity is not Severity.NOTE)
    notes = [*(d.message for d in found if d.severity is Severity.NOTE), *silent]
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
