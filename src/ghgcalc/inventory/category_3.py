"""What reports say of derived category 3: how much, what is missing, what is stated, what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.numbers import ZERO, grouped, significant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.calculation.derive.results import Derived, Hole

_PARTS = {
    "a": "upstream of fuels", "b": "upstream of energy", "c": "losses of grids",
    "bc": "upstream of energy and losses of grids",
}  # fmt: skip
_SILENT = (
    "category 3 is not derived: no pack of this file prints upstream factors of fuels or energy, or"
    " losses of grids"
)


def category_3_notes(derived: Derived) -> list[str]:
    """The notes of a period about what is derived of its lines of Scopes 1 and 2."""
    notes = [_SILENT] if derived.silent else []
    if derived.tonnes:
        each = "; ".join(
            f"{_PARTS[parts]} {grouped(tonnes, 3)}" for parts, tonnes in derived.tonnes.items()
        )
        whole = grouped(sum(derived.tonnes.values(), ZERO), 3)
        notes.append(f"category 3 holds {whole} tCO2e derived from Scopes 1 and 2: {each}")
    notes += _holes(derived.holes)
    notes += [
        f"category 3, {_PARTS[parts]}, {_words(carrier)}: stated in {', '.join(activities)};"
        f" {grouped(tonnes, 3)} tCO2e are not derived beside it"
        for parts, carrier, activities, tonnes in derived.not_added
    ]
    notes += [
        f"category 3, {_PARTS[off.parts]}{_at(off.facility)}: not derived: {off.reason}"
        for off in derived.off
    ]
    notes += [
        f"{year} was locked before category 3 was derived: scope_3 stays as it was locked, without"
        f" {grouped(tonnes, 3)} tCO2e; `ghgcalc lock --upgrade --dry-run --period {year}` shows the"
        " effect of the rule"
        for year, tonnes in derived.waiting.items()
    ]
    return notes


def _at(facility: str) -> str:
    return f", {facility}" if facility else ""


def _holes(holes: Iterable[Hole]) -> list[str]:
    """One note for all of a part that lacks a factor for the same reason."""
    groups: dict[tuple[str, str, str], list[Hole]] = {}
    for hole in holes:
        groups.setdefault((hole.parts, hole.why, hole.hint), []).append(hole)
    return [
        f"category 3 is incomplete, {_PARTS[parts]}: {'; '.join(filter(None, (why, hint)))}:"
        f" {_quantities(members)}"
        for (parts, why, hint), members in groups.items()
    ]


def _quantities(holes: list[Hole]) -> str:
    """What has no factor: quantity, carrier and place."""
    return ", ".join(
        f"{significant(hole.quantity)} {hole.unit} of {_words(hole.carrier)}"
        + (f" in {hole.region}" if hole.region else "")
        for hole in holes
    )


def _words(carrier: str) -> str:
    return carrier.replace("_", " ")
