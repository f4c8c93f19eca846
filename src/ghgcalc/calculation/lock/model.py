"""The models of `ghgcalc.lock`: what each reporting year was resolved to; exact, no times."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field

from ghgcalc.core.numbers import NumberError, parse_factor_number, parse_number
from ghgcalc.core.schema import (
    FactorAmount,
    Flag,
    Integer,
    Model,
    Number,
    PathText,
    Share,
    Text,
    Texts,
    UnitText,
    Year,
    refuse,
)
from ghgcalc.core.text.paths import LOCK_FILE
from ghgcalc.core.units import Quantity
from ghgcalc.factors.model import Kind, Lifecycle, Prices, YearRule

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.period import Span
    from ghgcalc.core.text.source import SourceFile

FILE = LOCK_FILE
FORMAT = 1
# rules that came after the first locks: a year locked without one stays as it was locked
ANNUAL_RATE, CONTRACT_DAYS = "annual_rate_by_days", "contract_days"
DERIVED_ENERGY = "category_3_derived"
RULES = (ANNUAL_RATE, CONTRACT_DAYS, DERIVED_ENERGY)
NOT_STATED = "not stated"  # a figure of Scope 2 that another party left open
NOT_EVALUATED = "not evaluated"  # Scope 3 without a line: a section has no total of it


class Tonnes(NamedTuple):
    """Tonnes CO2e of a line under both methods; the same number twice outside Scope 2.

    None where nobody states a figure of that method.
    """

    location_based: Decimal | None
    market_based: Decimal | None


def _known(value: Any) -> Any:
    """A total's number; None where the lock says that it is not known."""
    return None if value == NOT_STATED else value


Total = Annotated[Number | None, BeforeValidator(_known)]


def _number(text: str) -> Decimal | None:
    return None if text == NOT_STATED else parse_number(text)


def _tonnes(value: Any) -> Tonnes:
    """Read `2.5`, or `2.5 location_based, 1.5 market_based`."""
    if isinstance(value, Tonnes):
        return value
    text = value if isinstance(value, str) else ""
    first, comma, second = text.partition(", ")
    try:
        if not comma:
            number = parse_number(text)
            return Tonnes(number, number)
        if first.endswith(" location_based") and second.endswith(" market_based"):
            return Tonnes(
                _number(first.removesuffix(" location_based")),
                _number(second.removesuffix(" market_based")),
            )
    except NumberError as error:
        raise refuse(error.code, error.message, error.hint) from None
    raise refuse("wrong-shape", f"`{text}` is not the tonnes of a line", "restore the lock")


class LockedProperty(Model):
    """A fuel property of a pack that a conversion rests on."""

    fuel: Text
    property: Text
    value: FactorAmount
    source: Text = ""
    foreign: Flag = False


def _printed(value: Any) -> Any:
    """A value of a pack, which may have more digits than one of the file."""
    try:
        return parse_factor_number(value) if isinstance(value, str) else value
    except NumberError as error:
        raise refuse(error.code, error.message, error.hint) from None


class LockedRate(Model):
    """A mean exchange rate or price change of a pack that spend is converted with."""

    year: Year
    value: Annotated[Decimal, BeforeValidator(_printed)]
    unit: Text
    series: Text = ""
    region: Text = ""
    source: Text = ""


def _masses(gases: dict[str, Quantity]) -> dict[str, Quantity]:
    """Each gas of a factor is a mass; a lock that was edited may hold anything."""
    for gas, amount in gases.items():
        if amount.unit.dimension != "kg":
            raise refuse(
                "unit-mismatch", f"`{amount}` of {gas} is no mass", "restore the lock",
            )  # fmt: skip
    return gases


class LockedValues(Model):
    """A factor row as its pack printed it: `factor` is `pack/id@version`."""

    factor: Text
    name: Text
    category: Text
    per: UnitText
    gases: Annotated[dict[Text, FactorAmount], Field(min_length=1), AfterValidator(_masses)]
    oxidation: Share | None = None
    fuel: Text | None = None
    item: Text | None = None
    sector: Text | None = None
    technology: Text | None = None
    vehicle: Text | None = None
    region: Text = ""
    year: Year | None = None
    year_rule: YearRule = "any"
    kind: Kind | None = None
    lifecycle: Lifecycle = "combustion"
    gwp_set: Text | None = None
    finest: Text | None = None
    locator: Text = ""
    note: Text = ""
    prices: Prices | None = None

    @property
    def ref(self) -> str:
        """The `pack/id`."""
        return self.factor.rpartition("@")[0]

    @property
    def pack(self) -> str:
        """The `pack@version`."""
        name, _, version = self.factor.rpartition("@")
        return f"{name.partition('/')[0]}@{version}"


class LockedResolution(LockedValues):
    """What one question was answered with: its complement, properties and rates by `pack/id`."""

    with_: LockedValues | None = Field(default=None, alias="with")
    properties: dict[Text, LockedProperty] = Field(default_factory=dict)
    rates: dict[Text, LockedRate] = Field(default_factory=dict)


class LockedPack(Model):
    """A pack that locked values come from."""

    sha256: Text
    title: Text
    publisher: Text | None = None
    licence: Text | None = None
    evidence: Text = "own"
    own: Flag = False


class LockedGwp(Model):
    """The GWP set in use and its pack."""

    set: Text
    pack: Text
    sha256: Text


class LockedPeriod(Model):
    """One reporting year: inputs, basis, evidence, GWP set, packs, totals, resolutions, lines."""

    seal: Text
    tool: Text
    rules: Texts = ()
    consolidation_approach: Text
    basis: Text = ""
    gwp: LockedGwp
    inputs: dict[PathText, Text] = Field(default_factory=dict)
    evidence: dict[PathText, Text] = Field(default_factory=dict)
    packs: dict[Text, LockedPack] = Field(default_factory=dict)
    totals: dict[Text, Total] = Field(default_factory=dict)
    resolutions: dict[Text, LockedResolution] = Field(default_factory=dict)
    absent: Texts = ()
    lines: dict[Text, Annotated[Tonnes, BeforeValidator(_tonnes)]] = Field(default_factory=dict)


class LockFile(Model):
    """The whole file."""

    ghgcalc_lock: Integer
    company: Text
    periods: dict[Year, LockedPeriod] = Field(default_factory=dict)


@dataclass(slots=True)
class Section:
    """A reporting year of a lock as read: its values, its text, and whether the seal holds."""

    year: int
    values: LockedPeriod
    text: str
    sealed: bool
    place: Location
    places: dict[tuple[str, str], Location] = field(default_factory=dict)

    def at(self, block: str, key: str) -> Location:
        """The place of an entry; the section's where it has none."""
        return self.places.get((block, key), self.place)


@dataclass(slots=True)
class Lock:
    """A lock as read; `foreign` names the company file it was written for, if another one."""

    source: SourceFile
    shown: str
    sha256: str
    sections: dict[int, Section] = field(default_factory=dict)
    foreign: str = ""

    def years_before(self, rule: str) -> frozenset[int]:
        """The reporting years that were locked before there was a rule, and stay without it."""
        if self.foreign:
            return frozenset()
        sections = self.sections.items()
        return frozenset(year for year, section in sections if rule not in section.values.rules)


@dataclass(frozen=True, slots=True)
class ResolutionChange:
    """A question whose answer differs: `pack/id@version` and values, None where there is none."""

    asked: str
    before: LockedResolution | None
    after: LockedResolution | None
    effect: tuple[Fraction, Fraction] | None


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line whose tonnes differ; None where it is new or gone."""

    id: str
    before: Tonnes | None
    after: Tonnes | None


class TotalChange(NamedTuple):
    """A total in tCO2e before and after, or in words why there is none; None before the lock."""

    figure: str
    before: Decimal | str | None
    after: Decimal | str


@dataclass(frozen=True, slots=True)
class PeriodChange:
    """What writing a section changes: resolutions, lines and totals."""

    year: int
    new: bool
    count: int
    resolutions: tuple[ResolutionChange, ...]
    lines: tuple[LineChange, ...]
    totals: tuple[TotalChange, ...]


# sections by the days of their reporting years
Sections = dict["Span", Section]
