"""Keys that are read and checked now and computed with in later versions (DESIGN §4)."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, model_validator

from ghgcalc.core.schema import (
    Amount,
    Day,
    Flag,
    Model,
    Number,
    PathTexts,
    Percent,
    Period,
    Reason,
    Share,
    Text,
    Texts,
    read_number,
    read_quantity,
    refuse,
)
from ghgcalc.core.units import Quantity, Unit


class Target(Model):
    """A target: kind, scopes, method, boundary, base and target year (TGT-01..10)."""

    kind: Literal["absolute", "intensity", "share", "cumulative", "peak", "neutrality"]
    scopes: tuple[Literal["1", "2", "3"], ...] = ()
    scope_2: Literal["location_based", "market_based"] | None = None
    boundary: Text | None = None
    base: Text | None = None
    by: Text
    reduction: Percent | None = None
    value: Amount | None = None
    metric: Text | None = None
    framework: Text | None = None
    note: Text | None = None


class StructuralChange(Model):
    """A dated change that may trigger a recalculation (GHG-10).

    `effect` is signed, on the emissions of the base year; without it, the effect of `facility`
    is computed: its state on `date` applied to the whole base year.
    """

    date: Day
    kind: Literal["structural", "outsourcing", "methodology", "error", "category", "organic"]
    description: Text
    effect: Amount | None = None
    facility: Text | None = None
    already_reported: Flag = False
    recalculated: Day | None = None
    declined: Text | None = None
    evidence: PathTexts = ()

    @model_validator(mode="after")
    def _one_answer(self) -> StructuralChange:
        if self.recalculated and self.declined:
            raise refuse(
                "conflicting-keys",
                "`recalculated` and `declined` answer the same question",
                "keep the one that happened",
            )
        if self.recalculated and self.recalculated < self.date:
            raise refuse(
                "conflicting-keys",
                f"recalculated on {self.recalculated}, before the change of {self.date}",
                "correct one of the two days, or remove `recalculated:`",
            )
        return self


class MarketBasedProxy(Model):
    """Why a base year has no market-based data, so that location-based stands in (R35)."""

    reason: Reason
    evidence: PathTexts = ()


class BaseYear(Model):
    """The base year, its policy and threshold (GHG-09).

    Its Scope 2 stands in the report under both methods (S2-09): stated, or computed.
    """

    year: Text
    reason: Reason
    significance_threshold: Percent | None = None
    policy: Text | None = None
    figure: Text | None = None
    boundary: Text | None = None
    market_based_proxy: MarketBasedProxy | None = None
    changes: tuple[StructuralChange, ...] = ()


def _stated_value(value: Any) -> Quantity:
    """A quantity, or a share such as `63 %`."""
    if isinstance(value, str) and value.endswith("%"):
        return Quantity(read_number(value[:-1].strip()), Unit("%", "%", Fraction(1, 100)))
    return read_quantity(value)


StatedValue = Annotated[Quantity, PlainValidator(_stated_value)]


class Stated(Model):
    """A figure as published before or elsewhere; energy figures are shown beside the computed."""

    period: Period
    figure: Text
    value: StatedValue
    boundary: Text | None = None
    status: Literal["previously_stated", "currently_stated"] = "previously_stated"
    citation: Text | None = None
    reason: Text | None = None


class Initiative(Model):
    """An energy-saving or reduction project; reported beside the inventory, never deducted."""

    description: Text
    period: Period
    facility: Text | None = None
    count: Number | None = None
    saving: Amount | None = None
    reduction: Amount | None = None
    method: Text | None = None
    evidence: PathTexts = ()


class Claim(Model):
    """A neutrality or product claim (ISO 14068-1)."""

    kind: Text
    subject: Text
    period: Period
    standard: Text | None = None
    scopes: tuple[Literal["1", "2", "3"], ...] = ()
    evidence: PathTexts = ()


class Credit(Model):
    """A carbon credit; never netted from a scope (GHG-08)."""

    registry: Text
    project: Text
    volume: Amount
    type: Literal["removal", "reduction"] | None = None
    vintage: Text | None = None
    cancelled: Day | None = None
    beneficiary: Text | None = None
    serials: Texts = ()
    evidence: PathTexts = ()


class Assurance(Model):
    """Verification of figures of a period (ISO 14064-3)."""

    period: Period
    level: Literal["unverified", "limited", "reasonable"]
    body: Text | None = None
    standard: Text | None = None
    materiality: Share | None = None
    statement: Text | None = None
    date: Day | None = None
    figures: Texts = ()
    boundary: Text | None = None
    evidence: PathTexts = ()


class Responsible(Model):
    """Who prepared and approved the inventory."""

    name: Text
    role: Text | None = None
    contact: Text | None = None
    signatures: dict[Text, Text] = Field(default_factory=dict)
