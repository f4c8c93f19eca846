"""Why a place has no factor of a year and what to do: `factors/holes.csv`, read by place."""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

from ghgcalc.factors.pack import packs_root

FILE = "holes.csv"
ANY = "*"


class Hole(NamedTuple):
    """An entry: the places and years it is about, why nothing is bundled, what to do instead."""

    places: frozenset[str]
    what: str
    first: int
    last: int
    why: str
    do: str


@cache
def holes() -> tuple[Hole, ...]:
    """The entries in the order of the file: those of named places before the general ones."""
    with (packs_root() / FILE).open(encoding="utf-8", newline="") as stream:
        return tuple(
            Hole(
                frozenset(row["places"].split("|")),
                row["what"],
                int(row["from"] or 0),
                int(row["until"] or 9999),
                row["why"],
                row["do"],
            )
            for row in csv.DictReader(stream)
        )


def hole_of(place: str, what: str, year: int | None) -> Hole | None:
    """The first entry about a place, a kind of factor and a year (None: whatever the year)."""
    country = place.partition("-")[0]
    for hole in holes():
        named = country in hole.places or ANY in hole.places
        dated = year is None or hole.first <= year <= hole.last
        if named and hole.what == what and dated:
            return hole
    return None
