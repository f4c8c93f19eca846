"""Own factors beside the bundled ones of the same key: a slip of a unit is a factor of 1,000.

An own pack's row, or a rate that the company file states, is compared with the rows of the bundled
packs that the file names: same category, fuel or item, life cycle, kind, and kind of unit, and of
grid power the same region. The nearest of them is told where even that one is far. Nothing is
opened for it that the file does not name, and money is not compared: prices and trades differ.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.arithmetic import GasError, factor_plan
from ghgcalc.calculation.conversion import Conversion
from ghgcalc.calculation.plans import regions_of
from ghgcalc.calculation.results.plan import Resolution
from ghgcalc.core.diagnostics import Diagnostic, Related, Severity
from ghgcalc.core.numbers import grouped, significant
from ghgcalc.core.unit_table import CURRENCIES
from ghgcalc.core.units import parse_unit, ratio
from ghgcalc.core.vocabulary.categories import COMBUSTION, ELECTRICITY
from ghgcalc.factors.bridges import BRIDGED, ENERGY, VOLUME
from ghgcalc.factors.stated import stated_pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.company.company import Company
    from ghgcalc.core.units import Unit
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.factors.model import Factor

_KWH = parse_unit("kWh")
_THOUSANDS = (Fraction(1000), Fraction(10**6))
_QUALIFIERS = ("sector", "technology", "vehicle")
_NEAR = Fraction(8, 100)  # net and gross heating value, or two years' factors, lie within it


class Cause(NamedTuple):
    """What a ratio about as large, either way, is a sign of; of any kind of unit where "" is."""

    ratio: Fraction
    words: str
    dimension: str = ""


CAUSES = (
    Cause(Fraction(11, 10), "net and gross heating value"),
    Cause(Fraction(220462, 100000), "lb and kg"),
    Cause(Fraction(36, 10), "MJ and kWh", ENERGY),
    Cause(Fraction(44, 12), "C and CO2"),
    Cause(Fraction(3785411784, 10**9), "US gallons and litres", VOLUME),
    Cause(Fraction(454609, 10**5), "imperial gallons and litres", VOLUME),
    Cause(Fraction(10), "numbers whose decimal sign is one place off"),
    Cause(Fraction(100), "a share and per cent"),
    Cause(Fraction(10**6, 3600), "GJ and kWh", ENERGY),
    Cause(Fraction(1000), "g and kg, kg and t, or kWh and MWh"),
    Cause(Fraction(10**6), "g and t, or Wh and MWh"),
)


class _Asked(NamedTuple):
    """An own factor as a line uses it."""

    factor: Factor
    category: str
    item: str | None
    region: str


class _Beside(NamedTuple):
    """A bundled factor, and how many times as much the own one is."""

    factor: Factor
    kg: _Kg
    times: Fraction

    @property
    def size(self) -> Fraction:
        """The ratio as a number of at least 1."""
        return max(self.times, 1 / self.times)


def far_from_bundled(
    company: Company, catalog: FactorCatalog, lines: Iterable[Line], settings: Mapping[str, int]
) -> Iterator[Diagnostic]:
    """A `factor-far-from-bundled` for each own factor in use that lies beyond its bound.

    Args:
        company: knows where facilities stand.
        catalog: the packs that the file names.
        lines: what was calculated.
        settings: bounds in per cent of the bundled factor, and g CO2e/kWh of a clean grid.
    """
    every = {(a.factor.ref, a.category, a.item, a.region): a for a in _used(company, lines)}
    for asked in every.values():
        kg = _kg(catalog, asked.factor, asked.category)
        if kg is None or not kg.value:  # a factor of 0 says what it says
            continue
        rows = (_compared(catalog, asked, kg, row) for row in _rows(catalog, asked))
        beside = [each for each in rows if each is not None]
        if not beside:
            continue
        nearest = min(beside, key=lambda each: (each.size, each.factor.ref))
        bound = Fraction(_bound(asked, nearest, settings), 100)
        if nearest.size >= bound:
            yield _finding(asked, kg, nearest, bound)


# ---- what is compared ---------------------------------------------------------------------------


def _used(company: Company, lines: Iterable[Line]) -> Iterator[_Asked]:
    """Each own factor that prices a line; instruments and suppliers have rates of their own."""
    seen: set[int] = set()
    for line in lines:
        for part in (*line.location_based, *line.market_based):
            if id(part.plan) in seen:
                continue
            seen.add(id(part.plan))
            factor = part.plan.resolution.factor
            if factor is None or not factor.pack.own or part.instrument is not None:
                continue
            if factor.location is None:  # a locked one that its pack has no more
                continue
            if factor.kind != "supplier" and factor.per.dimension not in CURRENCIES:
                yield _asked(company, line, factor)


def _asked(company: Company, line: Line, factor: Factor) -> _Asked:
    known = line.source_category in factor.categories
    category = line.source_category if known else min(factor.categories)
    region = ""
    if category in ELECTRICITY:
        facility = company.facilities.get(line.facility or "")
        region = factor.region or next(iter(regions_of(company, facility, electricity=True)), "")
    item = line.item or None if factor.pack is stated_pack() else factor.item
    return _Asked(factor, category, None if factor.fuel else item, region)


def _rows(catalog: FactorCatalog, asked: _Asked) -> Iterator[Factor]:
    """The bundled rows of the same key."""
    own, category = asked.factor, asked.category

    def serves(per: Unit) -> bool:
        return per.dimension == own.per.dimension

    for row in catalog.candidates(category, own.fuel, asked.item, serves):
        if row.pack.own or row.lifecycle != own.lifecycle or row.per.basis != own.per.basis:
            continue
        if any(_differs(getattr(own, name), getattr(row, name)) for name in _QUALIFIERS):
            continue
        if category in ELECTRICITY and (_kind(row), row.region) != (_kind(own), asked.region):
            continue
        yield row


def _differs(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _kind(factor: Factor) -> str:
    return factor.kind or "grid_average"


class _Kg(NamedTuple):
    """Kg CO2e per unit; of a fuel whose carbon is biogenic for the most part, with that CO2."""

    value: Fraction
    biogenic: bool


def _kg(catalog: FactorCatalog, factor: Factor, category: str) -> _Kg | None:
    """What one unit of a factor emits; None where its gases cannot be weighed here."""
    try:
        plan = factor_plan(
            factor.per, factor, Conversion(()), Resolution(factor, ""), catalog, category
        )
    except GasError:
        return None  # an own one is refused where it prices a line
    if category in COMBUSTION and plan.biogenic > plan.total:
        return _Kg(plan.total + plan.biogenic, biogenic=True)
    return _Kg(plan.total, biogenic=False)


def _compared(catalog: FactorCatalog, asked: _Asked, own: _Kg, row: Factor) -> _Beside | None:
    """A bundled row beside the own factor; None where it emits nothing, or is of other carbon."""
    kg = _kg(catalog, row, asked.category)
    if kg is None or not kg.value or kg.biogenic != own.biogenic:
        return None
    return _Beside(row, kg, own.value / kg.value * ratio(row.per, asked.factor.per))


def _bound(asked: _Asked, beside: _Beside, settings: Mapping[str, int]) -> int:
    """Per cent of the bundled factor beyond which, or beyond whose inverse, an own one is far."""
    per = beside.factor.per
    if asked.category in ELECTRICITY and per.dimension == ENERGY:
        grams = beside.kg.value * 1000 / per.size * _KWH.size
        return settings["power" if grams >= settings["clean"] else "clean_power"]
    burnt = asked.category in COMBUSTION and per.dimension in BRIDGED
    return settings["fuels" if burnt else "others"]


# ---- what is said -------------------------------------------------------------------------------


def _finding(asked: _Asked, kg: _Kg, beside: _Beside, bound: Fraction) -> Diagnostic:
    own, row = asked.factor, beside.factor
    what = f"the rate of `{own.id}`" if own.pack is stated_pack() else f"factor `{own.ref}`"
    said = f"{_number(beside.size)} times" if beside.times > 1 else f"1/{_number(beside.size)} of"
    gas = "kg CO2e and biogenic CO2" if kg.biogenic else "kg CO2e"
    assert own.location is not None, "those without a place are left out"
    signs = causes_of(beside.size, bound, own.per.dimension)
    return Diagnostic(
        "factor-far-from-bundled",
        f"{what} is {significant(kg.value)} {gas}/{own.per}, {said} the"
        f" {significant(beside.kg.value)} {gas}/{row.per} of `{row.ref}`",
        own.location,
        related=(Related(row.location, row.ref),) if row.location is not None else (),
        notes=(f"about as far apart are {', or '.join(signs)}",) if signs else (),
        hint="compare number and unit with its source, and correct the one that is wrong",
        severity=Severity.WARNING,
    )


def causes_of(size: Fraction, bound: Fraction, dimension: str) -> list[str]:
    """What a ratio of at least 1 is a sign of, the nearest first.

    A thousand is also seen behind a factor that differs by less than its bound.
    """
    fitting = [cause for cause in CAUSES if cause.dimension in ("", dimension)]
    near = [(abs(size / cause.ratio - 1), cause.words) for cause in fitting]
    found = [words for distance, words in sorted(near) if distance <= _NEAR]
    thousands = [cause for cause in CAUSES if cause.ratio in _THOUSANDS]
    return found or [c.words for c in thousands if 1 / bound < size / c.ratio < bound]


def _number(size: Fraction) -> str:
    return grouped(size, 0 if size >= 100 else 1)
