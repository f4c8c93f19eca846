"""Locked figures, lines and files that are other ones now."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.lock.model import Section, Tonnes
from ghgcalc.core.numbers import plain
from ghgcalc.inventory.lock_drift.gone import without_data
from ghgcalc.inventory.lock_drift.judged import SHOWN
from ghgcalc.inventory.lock_figures import (
    PLACES,
    figures_of,
    line_changes,
    signed,
    tonnes_of,
    tonnes_text,
    total_changes,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.inventory.lock_drift.judged import Judged


class FigureDrift(NamedTuple):
    """A figure that is not the locked one; `change` says by how much, or from what to what."""

    finding: Diagnostic
    figure: str
    change: str


def figure_drift(judged: Judged, section: Section) -> list[FigureDrift] | None:
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
    made: list[FigureDrift] = []
    moves = (*moved, *_set_otherwise(judged, section))
    for figure, old, new in total_changes(section.values.totals, figures_of(lines)):
        if old is None or old == new:
            continue
        moved_by = _moved_by(old, new)
        finding = judged.finding(
            "lock-drift-figure",
            f"`{figure}` of {section.year} is locked as {_tonnes(old)} and is now"
            f" {_tonnes(new)}{f': {moved_by}' if moved_by else ''}",
            section,
            "totals",
            figure,
            notes=moves,
            hint=_compare(section.year) if lines else without_data(section.year),
        )
        change = moved_by or f"from {_tonnes(old)} to {_tonnes(new)}"
        made.append(FigureDrift(finding, figure, change))
    if moved and not made:  # one line against another
        finding = judged.finding(
            "lock-drift-figure",
            f"lines of `{section.year}` have moved, no total has",
            section,
            "lines",
            "",
            notes=moves,
            hint=f"run `ghgcalc lock --period {section.year}` if the change is wanted",
        )
        made.append(FigureDrift(finding, "", ""))
    return made


def _compare(year: int) -> str:
    return f"compare the lines, then run `ghgcalc lock --period {year}` if the change is wanted"


def _moved_by(old: Decimal | str, new: Decimal | str) -> str:
    """Tonnes with their sign; empty where one of the two is none."""
    if isinstance(old, str) or isinstance(new, str):
        return ""
    return f"{signed(Fraction(new) - Fraction(old))} tCO2e"


def _tonnes(value: Decimal | str) -> str:
    return value if isinstance(value, str) else f"{plain(Fraction(value), PLACES)} tCO2e"


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
