"""Contractual instruments, supplier rates and accepted gaps (S2-10, DESIGN §4)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator

from ghgcalc.company.activity import CategoryText, EmissionRate
from ghgcalc.company.estimate import NO_WORDS
from ghgcalc.company.organization import GwpSetName
from ghgcalc.core.schema import (
    Amount,
    Country,
    Day,
    Integer,
    Model,
    PathText,
    PathTexts,
    Period,
    Reason,
    Text,
    refuse,
)
from ghgcalc.core.text.scripts import composed
from ghgcalc.core.units import Quantity

InstrumentType = Literal[
    "GEC", "GO", "REGO", "REC", "I-REC", "J-Credit", "LGC", "EAC",
    "PPA", "VPPA", "direct_purchase", "green_tariff", "supplier_rate", "fund_right",
    "self_generation", "not_stated",
]  # fmt: skip
Gap = Literal[
    "earlier_year", "later_year", "wider_region", "foreign_region", "other_gwp_set",
    "other_publisher_property", "residual_mix_not_used", "criteria_assumed",
    "co2e_without_gases", "stated_rate",
]  # fmt: skip


# answers that say no, or that nobody has answered yet; punctuation around them does not count
_NOT_MET = NO_WORDS | {
    "none", "nil", "n/a", "na", "not applicable", "not available", "unknown", "open", "pending",
    "missing", "tbd", "tba", "tbc", "todo", "to do", "to be determined", "to be confirmed",
    "not met", "unmet", "not yet", "not yet met", "not fulfilled", "failed", "null",
    "不满足", "未满足", "不符合", "未知", "待定", "待确认", "无", "没有",
}  # fmt: skip
_AROUND = " \t.,;:!?…-–—_~()[]<>\"'`。，！？（）"


def answered_no(text: str) -> bool:
    """Whether an answer to a quality criterion says no or says nothing, so cites no evidence."""
    bare = composed(text).casefold().strip(_AROUND).replace("_", " ").replace("-", " ")
    return " ".join(bare.split()) in _NOT_MET


def _criteria(value: Any) -> Any:
    if not isinstance(value, dict):
        raise refuse(
            "wrong-shape",
            "expected a mapping of criterion to evidence",
            "write `criteria_met: {1: gec.pdf, 2: gec.pdf}`",
        )
    for key in value:
        if str(key) not in {str(n) for n in range(1, 9)}:
            raise refuse(
                "unknown-value",
                f"`{key}` is not a quality criterion",
                "criteria are numbered 1 to 8",
            )
    return {int(key): "" if answered_no(str(text or "")) else text for key, text in value.items()}


Criteria = Annotated[dict[int, PathText], BeforeValidator(_criteria)]


class Retired(Model):
    """When and for whom the certificates were cancelled."""

    date: Day
    beneficiary: Text | None = None
    registry: Text | None = None


class Serials(Model):
    """A closed range of certificate serials."""

    first: Text
    last: Text


class Instrument(Model):
    """A contractual instrument: MWh of one market with the rate it conveys.

    `supplied` are the days on which a contract supplies; certificates have none.
    """

    type: InstrumentType
    market: Text
    volume: Amount
    emission_rate: EmissionRate
    generated: Period
    facilities: tuple[Text, ...] | None = None
    gwp_set: GwpSetName | None = None
    carrier: Literal["electricity", "steam", "heat", "cooling"] = "electricity"
    retired: Retired | None = None
    criteria_met: Criteria = Field(default_factory=dict)
    technology: Text | None = None
    country: Country | None = None
    commissioned: Day | None = None
    registry: Text | None = None
    serials: tuple[Serials, ...] = ()
    bundled_with: Text | None = None
    supplier: Text | None = None
    used_in: Period | None = None
    supplied: Period | None = None
    allocate: dict[Text, Amount] | None = None
    evidence: PathTexts = ()
    note: Text | None = None

    @field_validator("volume")
    @classmethod
    def _volume_is_energy(cls, volume: Quantity) -> Quantity:
        if volume.unit.dimension != "J":
            raise refuse(
                "unit-mismatch",
                f"`volume` is in {volume.unit}, not energy",
                "certificates count MWh; tonnes are credits",
            )
        if volume.number < 0:
            raise refuse("negative-quantity", "`volume` is negative", "state the MWh held")
        return volume

    @field_validator("allocate")
    @classmethod
    def _shares_are_energy(cls, shares: dict[str, Quantity] | None) -> dict[str, Quantity] | None:
        for facility, amount in (shares or {}).items():
            if amount.unit.dimension != "J":
                raise refuse(
                    "unit-mismatch",
                    f"`allocate` to {facility} is in {amount.unit}, not energy",
                    "state an energy",
                )
            if amount.number < 0:
                raise refuse(
                    "negative-quantity",
                    f"`allocate` to {facility} is negative",
                    "state the MWh that the facility gets",
                )
        return shares


class SupplierRate(Model):
    """A supplier's delivered emission rate for a period (hierarchy level 3).

    `includes` names what the printed rate holds beside generation; such a rate is refused (R19).
    """

    emission_rate: EmissionRate
    includes: tuple[Literal["upstream", "losses"], ...] = ()
    gwp_set: GwpSetName | None = None
    criteria_met: Criteria = Field(default_factory=dict)
    evidence: PathTexts = ()


class Supplier(Model):
    """An energy or goods supplier; `rates` by period, `country` where it makes goods."""

    name: Text | None = None
    country: Country | None = None
    market: Text | None = None
    rates: dict[Text, SupplierRate] = Field(default_factory=dict)
    note: Text | None = None


class MarketState(Model):
    """Members of a market from a day on."""

    members: Annotated[tuple[Country, ...], Field(min_length=1)]
    reason: Text | None = None
    evidence: PathTexts = ()


class Market(Model):
    """Countries that share one market for contractual instruments (R17, criterion 5)."""

    members: Annotated[tuple[Country, ...], Field(min_length=1)]
    history: dict[Day, MarketState] = Field(default_factory=dict)
    evidence: PathTexts
    note: Text | None = None


class GapScope(Model):
    """What an `accept:` entry is narrowed to; absent keys match everything."""

    category: CategoryText | None = None
    region: Text | None = None
    facility: Text | None = None
    fuel: Text | None = None
    item: Text | None = None
    period: Period | None = None
    activity: Text | None = None
    factor: Text | None = None
    pack: Text | None = None
    instrument: Text | None = None
    market: Text | None = None


class Accept(Model):
    """A departure from the strict rules, accepted with a reason and printed in every report."""

    gap: Gap
    reason: Reason
    for_: GapScope = Field(default_factory=GapScope, alias="for")
    max_years: Integer | None = None
