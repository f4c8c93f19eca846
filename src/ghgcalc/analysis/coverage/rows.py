"""Every bundled row asked for by its own keys: what it needs, and which rows nothing asks for."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.resolve.candidates import Choice, Question
from ghgcalc.calculation.resolve.judge import Admission
from ghgcalc.company.gaps import EVERYTHING
from ghgcalc.core.period import Span
from ghgcalc.core.vocabulary.categories import ELECTRICITY
from ghgcalc.core.vocabulary.countries import COUNTRIES
from ghgcalc.core.vocabulary.dimensions import taken, takes
from ghgcalc.core.vocabulary.fuels import FUELS
from ghgcalc.core.vocabulary.regions import known_regions
from ghgcalc.factors.pack import packs_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ghgcalc.analysis.coverage.asking import Asker
    from ghgcalc.calculation.conversion import Conversion
    from ghgcalc.core.units import Unit
    from ghgcalc.factors.model import Factor
    from ghgcalc.factors.pack import Pack

FILE = "unasked.csv"
ASKED_KINDS = ("grid_average", "residual_mix")  # of electricity: no line asks for another
USED = frozenset(
    {"item_names", "factors", "fuel_properties", "gwp", "blends", "leak_rates", "steam_enthalpy"}
)
_ANYWHERE, _ANY_YEAR = "ZZ", 2024


class Asked(NamedTuple):
    """A row under one of its categories: the gaps a line of its own keys needs, or why none can."""

    factor: Factor
    category: str
    gaps: tuple[str, ...] = ()
    refused: str = ""


class Unasked(NamedTuple):
    """Rows of a pack that serve no line: which (`table` or `kind`), how many, and why."""

    pack: str
    what: str
    rows: int
    why: str


def rows_asked(asker: Asker, pack: Pack) -> Iterator[Asked]:
    """Each factor of a pack under each of its categories, asked for by its own keys."""
    admission = Admission(asker.catalog, EVERYTHING, asker.gwp_set)
    ways: dict[tuple[str, str | None, Unit], Conversion] = {}
    for factor in pack.every():
        for category in sorted(factor.categories):
            yield _asked(admission, factor, category, ways)


@cache
def every_row(asker: Asker) -> dict[str, tuple[Asked, ...]]:
    """All rows of the library by pack, asked once a process."""
    return {pack.info.id: tuple(rows_asked(asker, pack)) for pack in asker.catalog.packs}


def all_unasked(asker: Asker) -> list[Unasked]:
    """What of the whole library serves no line."""
    rows = every_row(asker)
    return [each for pack in asker.catalog.packs for each in unasked(pack, rows[pack.info.id])]


def _asked(
    admission: Admission,
    factor: Factor,
    category: str,
    ways: dict[tuple[str, str | None, Unit], Conversion],
) -> Asked:
    """One row; `ways` keeps the conversion of rows of one category, fuel and unit."""
    amiss = _cannot_be_typed(factor, category)
    if amiss:
        return Asked(factor, category, refused=amiss)
    year = factor.year or _ANY_YEAR
    kind = factor.kind if factor.kind in ASKED_KINDS else ASKED_KINDS[0]
    need = Question(
        category, factor.fuel, factor.item, factor.per, (_place(factor),), year,
        kind if category in ELECTRICITY else None, factor.sector, factor.technology, factor.vehicle,
    )  # fmt: skip
    days, way = Span(date(year, 1, 1), date(year, 12, 31)), (category, factor.fuel, factor.per)
    verdict = admission.judge(need, factor, days, known=ways.get(way))
    if isinstance(verdict, Choice):
        ways[way] = verdict.conversion
        return Asked(factor, category, tuple(gap.kind for gap in verdict.gaps))
    return Asked(factor, category, refused=verdict.text)


def _place(factor: Factor) -> str:
    """Where a line that gets a row is: the row's region, or the first country that it holds."""
    return min(factor.members) if factor.members else factor.region or _ANYWHERE


def _cannot_be_typed(factor: Factor, category: str) -> str:
    """Why no company file can say the keys of a row; "" where it can."""
    country = factor.region.partition("-")[0]
    if factor.members:  # a region that the publisher draws itself is asked for by its countries
        country = ""
    elif factor.region and country not in COUNTRIES:
        return f"`{factor.region}` is no region of a facility"
    known = known_regions(country, "region") if country else frozenset()
    if known and factor.region != country and factor.region not in known:
        return f"`{factor.region}` is no region of {country}"
    if factor.fuel is not None and factor.fuel not in FUELS:
        return f"`{factor.fuel}` is no fuel"
    if not takes(category, factor.per.dimension):
        return f"a line of {category} measures {taken(category)}, not {factor.per}"
    return ""


def unasked(pack: Pack, rows: Iterable[Asked]) -> list[Unasked]:
    """What of a pack serves no line: factors by kind and reason, tables that nothing reads.

    Args:
        pack: the pack.
        rows: its rows, each asked for.
    """
    refused: dict[tuple[str, str], set[str]] = {}
    serving: set[str] = set()
    for asked in rows:
        if asked.refused:
            kind = asked.factor.kind or "factors"
            refused.setdefault((kind, asked.refused), set()).add(asked.factor.id)
        else:
            serving.add(asked.factor.id)
    found = [
        Unasked(pack.info.id, kind, len(ids - serving), why)
        for (kind, why), ids in refused.items()
        if ids - serving
    ]
    for holds in dict.fromkeys(table.holds for table in pack.header.tables):
        if holds not in USED:
            count = sum(1 for _ in pack.rows(holds))
            found.append(Unasked(pack.info.id, holds, count, "no line takes it by itself"))
    return found


@cache
def excepted() -> dict[tuple[str, str], str]:
    """Why rows of a publisher's packs serve no line, by publisher and what they are."""
    with (packs_root() / FILE).open(encoding="utf-8", newline="") as stream:
        return {(row["publisher"], row["what"]): row["why"] for row in csv.DictReader(stream)}
