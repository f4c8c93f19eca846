"""What a search asks: terms that a row must have, and conditions that it must meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.units import parse_unit
from ghgcalc.factors.search_words import understood

if TYPE_CHECKING:
    from ghgcalc.core.units import Basis, Unit
    from ghgcalc.factors.search_words import Term


class Wanted(NamedTuple):
    """What a search asks: terms, and conditions that a row must meet.

    Attributes:
        advice: what needs no row.
        rather: a unit that the words name; rows of its kind come first.
        places: words of the place that the words name; rows that are called so come first.
        basis: of energy per which rows are, where the words name it.
        what: the kind of factor whose holes are known (`factors/holes.csv`).
        year_said: whether the year stands among the words, where it may also be that of a pack.
    """

    terms: tuple[Term, ...]
    region: str | None = None
    year: int | None = None
    unit: Unit | None = None
    category: str | None = None
    lifecycle: str | None = None
    advice: tuple[str, ...] = ()
    rather: Unit | None = None
    places: frozenset[str] = frozenset()
    basis: Basis | None = None
    what: str | None = None
    year_said: bool = False

    @property
    def asks(self) -> bool:
        """Whether anything is looked for among the rows."""
        conditions = (self.region, self.year, self.unit, self.category, self.lifecycle)
        asked = any(each is not None for each in conditions) and not self.advice
        return bool(self.terms) or asked


def wanted(
    text: str,
    *,
    region: str | None = None,
    year: int | None = None,
    unit: str | None = None,
    category: str | None = None,
    lifecycle: str | None = None,
) -> Wanted:
    """A search as typed.

    Raises:
        UnitError: `unit` is not a unit.
    """
    said = understood(text)
    asked = parse_unit(unit) if unit is not None else None
    rather = said.unit if asked is None else None
    if rather is not None and not said.terms:  # the unit alone is what is looked for
        asked, rather = rather, None
    if lifecycle is None and said.what == "t_and_d":
        lifecycle = "t_and_d"
    return Wanted(
        said.terms, region or said.region, said.year if year is None else year, asked, category,
        lifecycle, said.advice, rather, said.places if region is None else frozenset(), said.basis,
        said.what, year is None and said.year is not None,
    )  # fmt: skip
