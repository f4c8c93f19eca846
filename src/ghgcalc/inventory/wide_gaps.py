"""Entries under `accept:` that open more than they were written for, or nothing at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic, Severity
from ghgcalc.core.vocabulary.categories import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from ghgcalc.calculation.results.instrument_use import InstrumentUse
    from ghgcalc.company.company import Company
    from ghgcalc.core.period import Span
    from ghgcalc.inventory.inventory import AcceptedGap


def too_wide(
    company: Company,
    days: Span,
    accepted: Iterable[AcceptedGap],
    instruments: Iterable[InstrumentUse],
) -> list[Diagnostic]:
    """Entries without `for:` that serve several categories, Scope 2 or instruments on some days.

    Diagnosed: `accept-too-wide`.
    """
    uses = {gap.entry: gap for gap in accepted}
    held: dict[int, list[str]] = {}
    for use in instruments:
        for gap in use.gaps:
            held.setdefault(gap.entry, []).append(use.id)
    return [
        replace(
            _wide(company, index, uses.get(index), held.get(index, [])),
            days=(days.first, days.last),
        )
        for index, entry in company.accept.items()
        if not entry.for_.model_fields_set and (index in held or _many(uses.get(index)))
    ]


def unused(company: Company, used: Container[int]) -> list[Diagnostic]:
    """Entries that no line needs (`accept-unused`): each hides what it was written for."""
    return [
        Diagnostic(
            "accept-unused",
            f"`accept:` entry {index + 1} ({entry.gap}) matches no line",
            company.document.locate(("accept", index)),
            severity=Severity.WARNING,
            hint="remove it, or correct what its `for:` names",
        )
        for index, entry in company.accept.items()
        if index not in used
    ]


def _many(gap: AcceptedGap | None) -> bool:
    return gap is not None and (gap.scope_2 or len(gap.categories) > 1)


def _wide(
    company: Company, index: int, gap: AcceptedGap | None, instruments: list[str]
) -> Diagnostic:
    categories = gap.categories if gap is not None else ()
    keys = [f"instrument: {name}" for name in instruments]
    keys += [_key(name) for name in categories]
    each = ", and an entry each for the others" if len(keys) > 1 else ""
    served = "several categories" if len(categories) > 1 else "Scope 2"
    return Diagnostic(
        "accept-too-wide",
        f"`accept:` entry {index + 1} ({company.accept[index].gap}) has no `for:` and serves"
        f" {'instruments' if instruments else served}",
        company.document.locate(("accept", index)),
        severity=Severity.WARNING,
        hint=f"add `for: {{{keys[0]}}}`{each}, or narrow it to a line with `for: {{activity: …}}`",
    )


def _key(category: str) -> str:
    return f"category: {category}" if category in CATEGORIES else "pack: reported"
