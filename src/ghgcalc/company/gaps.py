"""Matching of `accept:` entries: a departure is allowed only by an entry that covers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, get_args

from ghgcalc.company.instrument import Gap
from ghgcalc.core.vocabulary.fuels import fuel_id

if TYPE_CHECKING:
    from ghgcalc.company.company import Company
    from ghgcalc.company.instrument import Accept
    from ghgcalc.core.period import Span


class GapQuestion(NamedTuple):
    """What a gap is asked for; an entry's `for:` is compared with these."""

    span: Span
    category: str = ""
    region: tuple[str, ...] = ()
    facility: str = ""
    fuel: str = ""
    item: str = ""
    activity: str = ""
    factor: str = ""
    instrument: str = ""
    market: str = ""


class Accepts(Protocol):
    """Answers whether a departure is allowed, and by which entry."""

    @property
    def kinds(self) -> frozenset[str]:
        """The gaps that any entry allows."""

    def allows(self, gap: str, asked: GapQuestion, *, years: int = 0) -> int | None:
        """Index of the first entry that allows the gap, or None."""


class Everything:
    """Allows each departure: what a candidate would need, not what it may."""

    kinds: frozenset[str] = frozenset(get_args(Gap))

    def allows(self, gap: str, asked: GapQuestion, *, years: int = 0) -> int | None:
        """Always, by no entry of the file."""
        return -1


EVERYTHING = Everything()


class AcceptBook:
    """The entries of a company file."""

    def __init__(self, company: Company) -> None:
        self.entries = company.accept
        self.year = company.year
        self.kinds = frozenset(entry.gap for entry in self.entries.values())
        self.by_facility = any(e.for_.facility for e in self.entries.values())
        self.by_activity = any(e.for_.activity for e in self.entries.values())

    def allows(self, gap: str, asked: GapQuestion, *, years: int = 0) -> int | None:
        """Index of the first entry that allows the gap, or None."""
        for index, entry in self.entries.items():
            if entry.gap == gap and self._covers(entry, asked, years):
                return index
        return None

    def _covers(self, entry: Accept, asked: GapQuestion, years: int) -> bool:
        only = entry.for_
        if years and entry.max_years is not None and years > entry.max_years:
            return False
        if only.period is not None and not self.year.resolve(only.period).overlap(asked.span):
            return False
        if only.region is not None and only.region not in asked.region:
            return False
        if only.fuel is not None and (fuel_id(only.fuel) or only.fuel) != (
            fuel_id(asked.fuel) or asked.fuel
        ):
            return False
        if only.factor is not None and only.factor != asked.factor:
            return False
        if only.pack is not None and asked.factor.partition("/")[0] != only.pack:
            return False
        pairs = (
            (only.category, asked.category), (only.facility, asked.facility),
            (only.item, asked.item), (only.activity, asked.activity),
            (only.instrument, asked.instrument), (only.market, asked.market),
        )  # fmt: skip
        return all(want is None or want == have for want, have in pairs)
