"""Where a facility's sources stand, on how many days, and what is known of its life."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ghgcalc.calculation.results.line import Line


class HeldDays(NamedTuple):
    """A kind of source at a facility, and the scope and category where it stands."""

    facility: str
    source_category: str
    scope: int
    category: str

    @classmethod
    def of(cls, line: Line) -> HeldDays:
        """The kind that a line is of."""
        return cls(line.facility or "", line.source_category, line.scope, line.category)


class Site(NamedTuple):
    """What is known of a facility's life.

    Attributes:
        acquired: first consolidated day, where the file dates it.
        divested: the day from which nothing of it is held any more.
        inside: whether it is a member of the boundary on the last day of the period.
    """

    opened: date | None = None
    closed: date | None = None
    acquired: date | None = None
    divested: date | None = None
    inside: bool = True


class Standing(NamedTuple):
    """What comparing two inventories needs to know beside the lines.

    Attributes:
        held: days of the period on which a kind of source stands where its lines do, where that
            is not the whole period: the facility was acquired, divested or moved within it.
        sites: the facilities of the file by id.
        corrections: activities of the lines that correct another one.
    """

    held: Mapping[HeldDays, int] = MappingProxyType({})
    sites: Mapping[str, Site] = MappingProxyType({})
    corrections: tuple[str, ...] = ()
