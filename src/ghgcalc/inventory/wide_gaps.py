"""Entries under `accept:` that open more than they were written for, or nothing at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic, Severity
from ghgcalc.core.vocabulary.categories import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from ghgcalc.calculation.results.instrument_use import InstrumentUse
    from ghgcalc.company.company import Company
    from ghgcalc.core.period import Span
    from ghgcalc.inventory.inventory import AcceptedGap
    from ghgcalc.inventory.passed_over import PassedOver


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


def unused(
    company: Company, used: Container[int], passed: Mapping[int, PassedOver]
) -> list[Diagnostic]:
    """Entries that no line needs (`accept-unused`): each hides what it was written for."""
    return [
        _beaten(company, index, passed[index])
        if index in passed
        else _unused(
            company, index, "matches no line", "remove it, or correct what its `for:` names"
        )
        for index in company.accept
        if index not in used
    ]


def _unused(
    company: Company, index: int, what: str, hint: str, notes: tuple[str, ...] = ()
) -> Diagnostic:
    return Diagnostic(
        "accept-unused",
        f"`accept:` entry {index + 1} ({company.accept[index].gap}) {what}",
        company.document.locate(("accept", index)),
        severity=Severity.WARNING,
        notes=notes,
        hint=hint,
    )


def _beaten(company: Company, index: int, known: PassedOver) -> Diagnostic:
    """An entry that admits a row which another one goes before: both, and how each is kept.

    A row that is no nearer, such as one of another year, is nothing to pin.
    """
    other = known.other
    pin = f"pin it{_place(company, known.activity)}: `factor: {other.factor.ref}`"
    place = f" of {other.factor.region}" if other.nearer else ""
    hint = f"to take the admitted row, {pin}; to keep the other, remove the entry"
    return _unused(
        company, index,
        f"is not needed: `{known.activity}` takes `{known.taken}`, which goes before"
        f" `{other.factor.ref}`{place}, which the entry admits",
        hint if other.nearer else "remove the entry",
        (f"{other.factor.ref} {other.reason}; an entry permits and prefers nothing",),
    )  # fmt: skip


def _place(company: Company, activity: str) -> str:
    """Where the keys of a line are typed."""
    if activity in company.activities:
        return f" on line `{activity}`"
    return f" at its item under table `{activity.partition('/')[0]}`"


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
