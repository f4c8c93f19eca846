"""Scope 3 and processes by category, place and publisher: items, units, years and grades.

Electricity and fuels have tables of their own; steam and heat stand here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from ghgcalc.analysis.coverage.asking import grade
from ghgcalc.analysis.coverage.rows import every_row
from ghgcalc.core.vocabulary.categories import CATEGORIES, COMBUSTION, ELECTRICITY

if TYPE_CHECKING:
    from ghgcalc.analysis.coverage.asking import Asker
    from ghgcalc.analysis.coverage.rows import Asked


OF_THEIR_OWN = COMBUSTION | ELECTRICITY


@dataclass(slots=True)
class Offer:
    """What a publisher has for a category in a place ("" is worldwide).

    Attributes:
        items: the words for `item:`, or for `fuel:` where a row has no item.
        accept: the entries that some rows need, beyond those of region and year.
        free: how many items need none.
        members: countries of a place that the publisher draws itself.
    """

    category: str
    place: str
    publisher: str
    items: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    grades: set[str] = field(default_factory=set)
    accept: set[str] = field(default_factory=set)
    free: set[str] = field(default_factory=set)
    members: frozenset[str] = frozenset()


def offers(asker: Asker) -> list[Offer]:
    """The offers of all packs, by category in the order of the standard, place and publisher."""
    found: dict[tuple[str, str, str], Offer] = {}
    for asked in chain.from_iterable(every_row(asker).values()):
        if asked.category not in OF_THEIR_OWN and not asked.refused:
            factor = asked.factor
            key = (asked.category, factor.region, factor.pack.publisher)
            _add(found.setdefault(key, Offer(*key, members=factor.members)), asked)
    order = list(CATEGORIES)
    return sorted(found.values(), key=lambda o: (order.index(o.category), o.place, o.publisher))


def _add(offer: Offer, asked: Asked) -> None:
    factor = asked.factor
    name = factor.item or factor.fuel or factor.name
    offer.items.add(name)
    offer.units.add(str(factor.per))
    offer.grades.add(grade(factor.evidence))
    offer.accept.update(asked.gaps)
    if factor.year is not None:
        offer.years.add(factor.year)
    if not asked.gaps:
        offer.free.add(name)
