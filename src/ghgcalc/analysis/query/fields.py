"""What a key of a query says of a piece of a line; a text, or "" where the line has none."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ghgcalc.analysis.query.language import KEYS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ghgcalc.analysis.query.atoms import Atom


def _factor(atom: Atom) -> str:
    factor = atom.part.plan.resolution.factor if atom.part is not None else None
    return "" if factor is None else factor.ref


def _pack(atom: Atom) -> str:
    factor = atom.part.plan.resolution.factor if atom.part is not None else None
    return "" if factor is None else factor.pack.id


def _instrument(atom: Atom) -> str:
    return (atom.part.instrument or "") if atom.part is not None else ""


def _quarter(atom: Atom) -> str:
    """The calendar quarter, as `--period` writes it."""
    year, _, month = atom.month.partition("-")
    return f"{year}-Q{(int(month) + 2) // 3}"


FIELDS: Final[Mapping[str, Callable[[Atom], str]]] = MappingProxyType({
    "line": lambda atom: atom.line.id,
    "activity": lambda atom: atom.line.activity,
    "scope": lambda atom: str(atom.line.scope),
    "category": lambda atom: atom.line.category,
    "written_category": lambda atom: atom.line.source_category,
    "facility": lambda atom: atom.line.facility or "",
    "country": lambda atom: atom.line.country or "",
    "item": lambda atom: atom.line.item,
    "supplier": lambda atom: atom.line.supplier or "",
    "unit": lambda atom: str(atom.line.unit),
    "file": lambda atom: (atom.line.origin or atom.line.location).path,
    "estimated": lambda atom: "yes" if atom.estimated else "no",
    "factor": _factor,
    "pack": _pack,
    "instrument": _instrument,
    "gas": lambda atom: atom.gas,
    "gas_group": lambda atom: atom.gas_group,
    "month": lambda atom: atom.month,
    "quarter": _quarter,
})  # fmt: skip
assert tuple(FIELDS) == KEYS
