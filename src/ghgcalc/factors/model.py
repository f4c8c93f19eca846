"""Emission factors and packs: what a row says, where it stands, how the figure reached us."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, model_validator

from ghgcalc.core.diagnostics import Location
from ghgcalc.core.gases import BIOGENIC, REST, UNSPECIFIED
from ghgcalc.core.schema import (
    Country,
    Day,
    FactorAmount,
    Flag,
    Model,
    PathText,
    PathTexts,
    Text,
    Texts,
    UnitText,
    Year,
    refuse,
)
from ghgcalc.core.unit_table import CURRENCIES
from ghgcalc.core.units import Quantity, Unit

YearRule = Literal["edition", "data_year", "any"]
Kind = Literal[
    "grid_average", "residual_mix", "supplier", "fossil_only", "nonbaseload", "marginal",
]  # fmt: skip
Lifecycle = Literal["combustion", "upstream", "t_and_d", "lifecycle"]


class Evidence(Model):
    """How a figure reached us; a transcription is never shown as the publisher's cell.

    `derived` is a figure that somebody computed from published series and no publisher prints.
    """

    class_: Literal["publisher_file", "publisher_pdf", "transcription", "derived", "own"] = Field(
        default="own", alias="class"
    )
    file: PathText | None = None
    sha256: Text | None = None
    sheet: Text | None = None
    page: Text | None = None
    grade: Literal["A", "B", "C"] | None = None
    table: Text | None = None
    via: Text | None = None

    @property
    def label(self) -> str:
        """In words, such as `transcription, grade B`."""
        words = self.class_.replace("_", " ").replace("pdf", "PDF")
        return f"{words}, grade {self.grade}" if self.grade else words


class Prices(Model):
    """The prices of the money that factors are per: of which year and basis, and whether with VAT.

    Spend that says how it was counted (`spend:`) is brought to these prices.
    """

    year: Year
    basis: Literal["basic", "producer", "purchaser"]
    vat: Literal["excluded", "included"]


class PackTable(Model):
    """One CSV of a pack: what it holds and the columns that are the same in each row."""

    file: PathText
    holds: Literal[
        "factors", "fuel_properties", "gwp", "blends",
        "leak_rates", "exchange_rates", "price_indices", "losses",
        "parameters", "steam_enthalpy", "item_names",
    ]  # fmt: skip
    constants: dict[Text, Text] = Field(default_factory=dict)
    evidence: Evidence | None = None
    year_rule: YearRule | None = None
    year: Year | None = None
    finest_region: dict[Text, Text] | None = None
    gwp_set: Text | None = None
    prices: Prices | None = None
    notes: Texts = ()


def _joined(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "|".join(value)
    return value


class OwnFactor(Model):
    """A factor stated in YAML: match keys, `per` and gases with their units."""

    category: Annotated[Text, BeforeValidator(_joined)]
    per: UnitText
    gases: Annotated[dict[Text, FactorAmount], Field(min_length=1)]
    name: Text | None = None
    fuel: Text | None = None
    item: Text | None = None
    sector: Text | None = None
    technology: Text | None = None
    vehicle: Text | None = None
    region: Text = ""
    year: Year | None = None
    kind: Kind | None = None
    lifecycle: Lifecycle = "combustion"
    includes_losses: Flag = False
    with_: Text | None = Field(default=None, alias="with")
    prices: Prices | None = None
    source: Text | None = None
    locator: Text | None = None
    note: Text | None = None
    evidence: PathTexts = ()

    @model_validator(mode="after")
    def _prices_of_money(self) -> OwnFactor:
        if self.prices is not None and self.per.dimension not in CURRENCIES:
            text = f"`prices` of a factor per {self.per.text}, no money"
            raise refuse("conflicting-keys", text, "remove `prices`")
        return self


class OwnProperty(Model):
    """A fuel property stated in YAML."""

    fuel: Text
    property: Literal["net_calorific_value", "gross_calorific_value", "density"]
    value: FactorAmount
    region: Text = ""
    source: Text | None = None
    locator: Text | None = None


class PackHeader(Model):
    """`pack.yaml`: identity, edition, licence, evidence, tables; own packs hold rows directly."""

    pack: Text
    publisher: Text | None = None
    edition: Text | None = None
    version: Text = "1"
    title: Text
    organisation: Text | None = None
    url: Text | None = None
    licence: Text | None = None
    attribution: Text | None = None
    published: Day | None = None
    supersedes: Text | None = None
    year_rule: YearRule = "any"
    year: Year | None = None
    gwp_set: Text | None = None
    prices: Prices | None = None
    finest_region: dict[Text, Text] = Field(default_factory=dict)
    region_members: dict[Text, tuple[Country, ...]] = Field(default_factory=dict)
    evidence: Evidence = Field(default_factory=Evidence)
    notes: Texts = ()
    tables: tuple[PackTable, ...] = ()
    factors: dict[Text, OwnFactor] = Field(default_factory=dict)
    fuel_properties: dict[Text, OwnProperty] = Field(default_factory=dict)


class GasValue(NamedTuple):
    """A printed value of one gas: amount, and whether it is CO2e of the gas rather than mass."""

    amount: Quantity
    as_co2e: bool = False


@dataclass(frozen=True, slots=True)
class PackInfo:
    """What every row of a pack shares."""

    header: PackHeader
    own: bool
    sha256: str
    folder: str

    @property
    def id(self) -> str:
        """Pack id."""
        return self.header.pack

    @property
    def publisher(self) -> str:
        """Family name; the pack's own id where none is stated."""
        return self.header.publisher or self.header.pack


@dataclass(frozen=True, slots=True)
class Factor:
    """One emission factor row.

    Attributes:
        gases: gas id to printed value per one `per`; `CO2e` is a printed total, `C` carbon.
        oxidation: share of carbon oxidised; only with `C`.
        region: "" stands for worldwide.
        members: the countries of a region that the publisher draws itself, such as its Europe.
        prices: of the money that it is per, where the pack states them.
        year: edition or data year; None where the pack has no year.
    """

    pack: PackInfo
    id: str
    name: str
    categories: frozenset[str]
    per: Unit
    gases: dict[str, GasValue]
    fuel: str | None = None
    item: str | None = None
    sector: str | None = None
    technology: str | None = None
    vehicle: str | None = None
    region: str = ""
    year: int | None = None
    year_rule: YearRule = "any"
    kind: str | None = None
    lifecycle: str = "combustion"
    includes_losses: bool = False
    oxidation: Fraction | None = None
    with_: str | None = None
    gwp_set: str | None = None
    finest: str | None = None
    locator: str = ""
    note: str = ""
    evidence: Evidence = field(default_factory=Evidence)
    location: Location | None = None
    members: frozenset[str] = frozenset()
    prices: Prices | None = None

    def at(self, regions: Collection[str]) -> bool:
        """Whether it is of one of some regions, of a region that holds one, or worldwide."""
        return self.region in ("", *regions) or not self.members.isdisjoint(regions)

    @property
    def ref(self) -> str:
        """The `pack/id` that pins and outputs write."""
        return f"{self.pack.id}/{self.id}"

    @property
    def total_only(self) -> bool:
        """Whether only a CO2e total is printed."""
        scoped = [gas for gas in self.gases if gas != BIOGENIC]
        return scoped in ([UNSPECIFIED], [REST])

    @property
    def total_with_masses(self) -> bool:
        """Whether a CO2e total is printed beside gas masses: its rest has no gas of its own."""
        masses = any(
            not value.as_co2e and gas not in (UNSPECIFIED, BIOGENIC)
            for gas, value in self.gases.items()
        )
        return masses and UNSPECIFIED in self.gases

    @property
    def derived(self) -> bool:
        """Whether somebody computed it from published series: no publisher prints it."""
        return self.evidence.class_ == "derived"

    @property
    def rest(self) -> bool:
        """Whether CO2e of gases that are not told apart stands beside masses."""
        return REST in self.gases and self.gases[REST].amount.number != 0

    @property
    def zero(self) -> bool:
        """Whether every printed value is zero; zero is zero in every GWP set."""
        return all(value.amount.number == 0 for value in self.gases.values())


@dataclass(frozen=True, slots=True)
class FuelProperty:
    """A heat content or density of a fuel as printed."""

    pack: PackInfo
    id: str
    fuel: str
    kind: str
    value: Quantity
    region: str = ""
    locator: str = ""
    evidence: Evidence = field(default_factory=Evidence)

    @property
    def ref(self) -> str:
        """The `pack/id`."""
        return f"{self.pack.id}/{self.id}"
