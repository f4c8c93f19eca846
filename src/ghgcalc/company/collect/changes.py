"""What an import makes of a workbook: activities as trees of texts, and what changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Change(NamedTuple):
    """What an import does to one activity: `new`, `changed`, `same`, `kept` or `empty`."""

    id: str
    kind: str
    details: tuple[str, ...] = ()


@dataclass(slots=True)
class Collected:
    """What a workbook says: facility, period, activities as trees of texts, what changed."""

    facility: str
    period: str
    activities: dict[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
