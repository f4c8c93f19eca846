"""Ask the whole library what a line would ask: the factor, or what stands in its way."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, get_args

from ghgcalc.calculation.resolve.candidates import Question, Resolved
from ghgcalc.calculation.resolve.resolve import Resolver
from ghgcalc.company.gaps import EVERYTHING, AcceptBook
from ghgcalc.company.instrument import Gap
from ghgcalc.core.period import Span
from ghgcalc.core.units import parse_unit
from ghgcalc.factors.catalogue import FactorCatalog
from ghgcalc.factors.editions import replaced
from ghgcalc.factors.library import library, open_gwp_set
from ghgcalc.factors.pack import bundled_packs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ghgcalc.company.gaps import GapQuestion
    from ghgcalc.core.units import Unit
    from ghgcalc.factors.model import Evidence, Factor, FuelProperty

GWP_SET = "AR5"  # what lines are weighed by where nobody says another
_CLASSES = {"publisher_file": "file", "publisher_pdf": "PDF", "derived": "derived ", "own": "own"}


class Answer(NamedTuple):
    """The factor that a line gets, with the `accept:` entries it needs; or why it gets none.

    Attributes:
        factor: None where there is none, or several fit and the line must say more.
        accept: gaps that the file must accept; "" years for those that are about no year.
        why, code: what stands in the way; "" where a factor was found.
    """

    factor: Factor | None
    accept: tuple[tuple[str, int], ...] = ()
    why: str = ""
    code: str = ""


class Entries(AcceptBook):
    """The acceptances of a file that accepts departures of some kinds wherever they are asked."""

    def __init__(self, kinds: Iterable[Gap]) -> None:
        self.entries = {}
        self.kinds = frozenset(kinds)
        self.by_facility = self.by_activity = False

    def allows(self, gap: str, asked: GapQuestion, *, years: int = 0) -> int | None:
        """Whether its kind is accepted, by no entry of a file."""
        return EVERYTHING.allows(gap, asked, years=years) if gap in self.kinds else None


# no acceptance may put a row of more departures in the place of one that needs none
_BOOKS = (Entries(()), Entries(get_args(Gap)))


class HomeCatalog(FactorCatalog):
    """The whole library, of which only rows of a place and worldwide ones are candidates.

    Rows elsewhere are foreign: they serve no line that does not name their country.
    """

    home: frozenset[str] = frozenset()

    def candidates(
        self,
        category: str,
        fuel: str | None,
        item: str | None,
        serves: Callable[[Unit], bool] | None = None,
    ) -> list[Factor]:
        """Every factor for a fuel or item at home whose unit serves, in pack order."""
        key = (category, fuel or "", item or "")
        if key not in self._at:
            places: dict[str, list[Factor]] = {}
            for factor in super().candidates(category, fuel, item):
                for place in factor.members or (factor.region,):
                    places.setdefault(place, []).append(factor)
            self._at[key] = places
        found = [f for place in sorted(self.home | {""}) for f in self._at[key].get(place, ())]
        kept = [factor for factor in found if serves is None or serves(factor.per)]
        return sorted(kept, key=lambda factor: self.order(factor.pack))

    def properties(self, fuel: str) -> list[FuelProperty]:
        """Fuel properties in pack order, read once."""
        if fuel not in self._kept_properties:
            self._kept_properties[fuel] = super().properties(fuel)
        return self._kept_properties[fuel]

    @cached_property
    def _kept_properties(self) -> dict[str, list[FuelProperty]]:
        return {}

    def regions_of(self, category: str, fuel: str | None, item: str | None) -> set[str]:
        """Every region of which there is a factor for a fuel or item."""
        self.candidates(category, fuel, item)
        return set(self._at[category, fuel or "", item or ""])

    @cached_property
    def _at(self) -> dict[tuple[str, str, str], dict[str, list[Factor]]]:
        """Factors by question and region, read once."""
        return {}


class Asker:
    """Asks a library of packs for lines, and says which acceptances each needs."""

    def __init__(self, gwp_set: str = GWP_SET) -> None:
        packs = [library(name) for name in bundled_packs()]
        gwp_pack, gwp = open_gwp_set(gwp_set)
        gone = frozenset(replaced([pack.info for pack in packs]))
        self.catalog = HomeCatalog(packs, gwp, gwp_pack, pins_only=gone)
        self.gwp_set = gwp_set
        self._items: dict[str, list[str]] = {}

    def rows(
        self, category: str, place: str, item: str | None = None, fuel: str | None = None
    ) -> list[Factor]:
        """The rows of a place alone, in pack order."""
        self.catalog.home = frozenset({place})
        found = self.catalog.candidates(category, fuel, item)
        return [factor for factor in found if factor.region == place]

    def items(self, category: str) -> list[str]:
        """Every item of a category."""
        if category not in self._items:
            self._items[category] = self.catalog.names(category, "item")
        return self._items[category]

    def ask(
        self,
        category: str,
        unit: str,
        regions: Iterable[str],
        year: int,
        *,
        fuel: str | None = None,
        item: str | None = None,
        kind: str | None = None,
        **words: str | None,
    ) -> Answer:
        """The answer to a line; `words` are its sector, technology and vehicle.

        Raises:
            UnitError: `unit` is not a unit.
        """
        places = tuple(regions)
        need = Question(
            category, fuel, item, parse_unit(unit), places, year, kind,
            words.get("sector"), words.get("technology"), words.get("vehicle"),
        )  # fmt: skip
        return self.answer(need)

    def answer(self, need: Question) -> Answer:
        """The answer to a question: without an acceptance if that gives one, else by every one."""
        self.catalog.home = frozenset(need.regions)
        days = Span(date(need.year, 1, 1), date(need.year, 12, 31))
        for book in _BOOKS:
            found = Resolver(self.catalog, book, self.gwp_set).resolve(need, days)
            if isinstance(found, Resolved):
                break
        if not isinstance(found, Resolved):
            assert found is not None, "only what is optional is not answered"
            said = found.hint or found.message.replace("{line}", "a line")
            return Answer(None, why=said, code=found.code)
        factor = found.resolution.factor
        assert factor is not None, "the library states no rates"
        away = abs(factor.year - need.year) if factor.year is not None else 0
        return Answer(
            factor,
            tuple(
                (gap.kind, away if gap.kind.endswith("_year") else 0)
                for gap in found.resolution.gaps
            ),
        )


def grade(evidence: Evidence) -> str:
    """How a figure reached us, in a word: `file`, `PDF`, `A`, `B`, `C`, `derived B`."""
    return f"{_CLASSES.get(evidence.class_, '')}{evidence.grade or ''}"
