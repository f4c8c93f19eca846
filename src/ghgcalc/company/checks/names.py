"""Shared wording of checks: unknown names with the nearest known one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.core.diagnostics import Location


def near_hint(name: str, known: Iterable[str], otherwise: str) -> str:
    """A did-you-mean hint, or `otherwise`."""
    near = nearest(name, known)
    return f"did you mean `{near}`?" if near else otherwise


def near_name(name: str, known: Iterable[str]) -> str:
    """The name of a did-you-mean hint; "" where there is none."""
    return nearest(name, known) or ""


def unknown_facility(name: str, known: Iterable[str], where: Location, subject: str) -> Diagnostic:
    """`unknown-facility`: a facility that the file does not define."""
    names = list(known)
    otherwise = "add it to `facilities:`" + (f"; known: {', '.join(names[:8])}" if names else "")
    return Diagnostic(
        "unknown-facility",
        f"{subject} names facility `{name}`, which is not defined",
        where,
        hint=near_hint(name, names, otherwise),
        instead=near_name(name, names),
    )
