"""Files that are other ones than when a reporting year was locked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.diagnostics import Severity
from ghgcalc.inventory.lock_basis import basis_of
from ghgcalc.inventory.lock_drift.judged import SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.calculation.lock.model import Section
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.inventory.lock_drift.figures import FigureDrift
    from ghgcalc.inventory.lock_drift.judged import Judged


class InputDrift(NamedTuple):
    """The one finding about files of a year, if any, and what reports say without one."""

    findings: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()


def input_drift(judged: Judged, section: Section, figures: list[FigureDrift] | None) -> InputDrift:
    """Changed files in one finding: a note where every locked figure stands, else drift.

    No finding where the year is computed from the very same: such a change is one of other years,
    or of words. A section of before there was a `basis` cannot tell.
    """
    changed = list(_changed(judged, section))
    if not changed:
        return InputDrift()
    same = figures == []
    if same and section.values.basis and _stands(judged, section):
        return InputDrift(notes=tuple(
            f"`{name}` {what} since {section.year} was locked; nothing that {section.year} is"
            " computed from has"
            for name, what, _ in changed
        ))  # fmt: skip
    first, what, hashes = changed[0]
    subject = f"`{first}`"
    if len(changed) > 1:
        more = len(changed) - 1
        subject += f" and {more:,} more file{'' if more == 1 else 's'}"
        what, hashes = "are other ones", ""
    effect = ": no tonne moves" if same else _tonnes_moved(figures)
    finding = judged.finding(
        "lock-drift-input",
        f"{subject} {what} since {section.year} was locked{hashes}{effect}",
        section,
        "inputs",
        first,
        notes=(*_listed(changed), *_reservations(judged, section, figures)),
        severity=Severity.NOTE if same else judged.severity,
        hint=f"run `ghgcalc lock --period {section.year} --dry-run` to see the effect",
    )
    return InputDrift((finding,))


def _changed(judged: Judged, section: Section) -> Iterator[tuple[str, str, str]]:
    """Name, what became of it, and both hashes in words."""
    now = judged.inputs
    for name in sorted({*now, *section.values.inputs}):
        old, new = section.values.inputs.get(name), now.get(name)
        if old != new:
            what = "has changed" if old and new else "is new" if new else "is no longer read"
            both = f" (sha256 {old[:12]}… -> {new[:12]}…)" if old and new else ""
            yield name, what, both


def _stands(judged: Judged, section: Section) -> bool:
    """Whether the year is computed from what it was; a part of it, that has other lines, says no.

    The whole year is judged by `check` and `ci`; here the figures of the year are all there is.
    """
    year = judged.company.year
    if year.span(section.year) != judged.span:
        return True
    lines = (line for line in judged.every if year.name_of(line.span.first) == section.year)
    return basis_of(lines) == section.values.basis


def _listed(changed: list[tuple[str, str, str]]) -> tuple[str, ...]:
    if len(changed) == 1:
        return ()
    rest = len(changed) - SHOWN
    rows = tuple(f"`{name}` {what}{hashes}" for name, what, hashes in changed[:SHOWN])
    return (*rows, f"and {rest:,} more") if rest > 0 else rows


def _reservations(
    judged: Judged, section: Section, figures: list[FigureDrift] | None
) -> tuple[str, ...]:
    if figures is not None:
        return ()
    if judged.kept_out(judged.company.year.span(section.year)):
        return (f"figures are not compared: errors keep lines of {section.year} out",)
    return ("figures are compared under the approach of the file only",)


def _tonnes_moved(figures: list[FigureDrift] | None) -> str:
    if not figures:
        return ""
    told = ", ".join(f"{each.figure} {each.change}" for each in figures if each.change)
    return f": {told}" if told else ": lines have moved, no total has"
