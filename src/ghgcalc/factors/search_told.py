"""What a search says beside its hits: which condition hides rows, and which holes are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.core.vocabulary.categories import ELECTRICITY
from ghgcalc.factors.holes import ANY, hole_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ghgcalc.factors.search_rows import Row
    from ghgcalc.factors.search_wanted import Wanted

CONDITIONS = ("region", "year", "unit", "basis", "category", "lifecycle")
_OFFERED = 6


class Without(NamedTuple):
    """A condition that hides what meets all others.

    Attributes:
        condition: such as `unit`; "" where only all of them together can be left out.
        value: what was asked.
        total: how many factors there are without it.
        offers: what these have in its place, those of the best hits first, of years the nearest.
    """

    condition: str
    value: str
    total: int
    offers: tuple[str, ...]


def hidden(ask: Wanted, find: Callable[[Wanted], Sequence[Row]]) -> Iterator[Without]:
    """The conditions without each of which something is found, where nothing is with them all."""
    stated = [name for name in CONDITIONS if getattr(ask, name) is not None]
    told = False
    for name in stated:
        rows = find(_without(ask, (name,)))
        if rows:
            told = True
            value = getattr(ask, name)
            yield Without(name, str(value), _count(rows), _offers(name, rows, value))
    if stated and not told:
        rows = find(_without(ask, stated))
        if rows:
            yield Without("", "", _count(rows), ())


def _without(ask: Wanted, names: Iterable[str]) -> Wanted:
    bare: dict[str, Any] = dict.fromkeys(names)
    return ask._replace(**bare)


def _count(rows: Sequence[Row]) -> int:
    """Editions of one row count once."""
    return len({(row.pack.info.publisher, row.id) for row in rows})


def _offers(name: str, rows: Sequence[Row], asked: Any) -> tuple[str, ...]:
    if name == "year":
        years = {row.year for row in rows if row.year is not None}
        return tuple(
            str(year) for year in sorted(years, key=lambda y: (abs(y - asked), y))[:_OFFERED]
        )
    offered = dict.fromkeys(text for row in rows for text in _values(name, row))
    return tuple(offered)[:_OFFERED]


def _values(name: str, row: Row) -> Sequence[str]:
    if name == "unit":
        return (f"{row.unit}",)
    if name == "basis":
        return (row.unit.basis or "",)
    if name == "category":
        return row.categories.split("|")
    if name == "region":
        return (row.region or "worldwide",)
    return (row.lifecycle,) if row.lifecycle else ()


def hole_told(ask: Wanted, rows: Callable[[], Iterable[Row]]) -> tuple[str, ...]:
    """Why a place has no factor of the kind asked, and what to do, where that is known.

    Args:
        ask: what is looked for.
        rows: every row that there is.
    """
    what = ask.what or ("electricity" if ask.category in ELECTRICITY else None)
    if what is None or ask.region is None or not _about(what, ask):
        return ()
    hole = hole_of(ask.region, what, ask.year)
    if hole is None or any(_serves(row, what, ask) for row in rows()):
        return ()
    named = {"t_and_d": "grid losses", "wtt": "upstream emissions of power"}
    of = f"{named.get(what, what.replace('_', ' '))} of {ask.region}"
    dated = f", {ask.year}" if ask.year is not None else ""
    do = hole.do
    if ANY in hole.places and ask.year is None and what == "electricity":
        country = ask.region.partition("-")[0]
        do = f"`ghgcalc factors coverage --country {country}` shows what there is of near years"
    return (f"{of}{dated}: none bundled ({hole.why}); {do}",)


def _about(what: str, ask: Wanted) -> bool:
    """Whether the life cycle asked for is that of the kind of factor."""
    own = {"t_and_d": "t_and_d", "wtt": "upstream"}.get(what, "combustion")
    return ask.lifecycle in (None, own)


def _serves(row: Row, what: str, ask: Wanted) -> bool:
    """Whether a row is of the kind, place and year asked for."""
    if ask.year is not None and row.year != ask.year:
        return False
    if not row.region or row.distance(ask.region or "") not in (0, 1):
        return False  # a part of the place does not serve it: Malaysia is published by region
    if what in ("t_and_d", "wtt"):
        return row.lifecycle == ("t_and_d" if what == "t_and_d" else "upstream")
    kinds = ("residual_mix",) if what == "residual_mix" else ("", "grid_average")
    power = not ELECTRICITY.isdisjoint(row.categories.split("|"))
    return power and row.lifecycle == "combustion" and row.kind in kinds
