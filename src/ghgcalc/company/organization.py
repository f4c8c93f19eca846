"""The reporting company: approach, years, facilities with dated states, boundaries, metrics."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, model_validator

from ghgcalc.core.period import PeriodError, ReportingYear, Span, parse_week_years, parse_year_start
from ghgcalc.core.schema import (
    Amount,
    Country,
    Day,
    Flag,
    Model,
    Number,
    PathTexts,
    Period,
    Share,
    Text,
    UnitText,
    Year,
    refuse,
)
from ghgcalc.core.text.scripts import composed
from ghgcalc.factors.fuel_properties import Property

Approach = Literal["equity_share", "financial_control", "operational_control"]
GwpSetName = Literal["AR4", "AR5", "AR6"]
Relation = Literal[
    "subsidiary", "associate", "joint_venture", "fixed_asset_investment", "franchise"
]
Sector = Literal["energy_industries", "manufacturing", "commercial", "residential"]
ALL: Literal["all"] = "all"


class YearRule(Model):
    """When reporting years start (`MM-DD`), which year names them, or years of weeks by name."""

    starts: Text = "01-01"
    named_by: Literal["start", "end"] = "end"
    weeks: dict[Year, Day] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _start_exists(self) -> YearRule:
        idle = sorted(self.model_fields_set - {"weeks"})
        if "weeks" in self.model_fields_set and (idle or not self.weeks):
            raise refuse(
                "conflicting-keys" if idle else "missing-key",
                f"`{idle[0]}` cannot act beside `weeks`" if idle else "`weeks` names no year",
                f"remove `{idle[0]}:`" if idle else "write each year and its first day",
            )
        try:
            self.rule()
        except PeriodError as error:
            raise refuse("bad-date", error.message, error.hint) from None
        return self

    def rule(self) -> ReportingYear:
        """The rule as a value."""
        if self.weeks:
            return parse_week_years(self.weeks)
        return parse_year_start(self.starts, self.named_by)


def _window(value: Any) -> Any:
    """Months before and after the reporting year: `[-6, 3]`."""
    from ghgcalc.core.schema import read_integer

    if isinstance(value, list) and len(value) == 2:
        before, after = (read_integer(str(item).removeprefix("+")) for item in value)
        if -36 <= before <= 0 <= after <= 36:
            return before, after
    raise refuse(
        "wrong-shape",
        "`vintage_window` is not two numbers of months",
        "write `[-6, 3]`: six months before the reporting year to three months after it",
    )


Window = Annotated[tuple[int, int], PlainValidator(_window)]


class Organization(Model):
    """The reporting company and the choices that hold for the whole inventory.

    Sources: Corporate Standard ch. 3 (approach), GHG-06 (one GWP set), RULES B (China switch).
    """

    name: Text
    consolidation_approach: Approach
    reporting_year: YearRule = Field(default_factory=YearRule)
    gwp_set: GwpSetName
    ch4_from_combustion: Literal["fossil", "non_fossil"] = "non_fossil"
    ar5_fossil_ch4: Annotated[Literal["28", "30"], BeforeValidator(str)] = "28"
    cn_location: Literal["province", "region", "national"] = "province"
    vintage_window: Window | None = None
    sector: Sector | None = None
    country: Country | None = None
    currency: Text | None = None
    note: Text | None = None


class Lease(Model):
    """A leased facility: who we are in it and which kind of lease (GHG-03)."""

    type: Literal["finance", "operating"]
    party: Literal["lessee", "lessor"]


class State(Model):
    """How the company, or the facility that it is held `through`, holds a facility (GHG-02)."""

    relation: Relation = "subsidiary"
    economic_interest: Share = Fraction(1)
    legal_ownership: Share | None = None
    operated: Flag = True
    through: Text | None = None
    lease: Lease | None = None
    reason: Text | None = None
    evidence: PathTexts = ()


class Facility(Model):
    """A place with a physical boundary; `history` gives its state from each day on."""

    country: Country
    region: Text | None = None
    grid: Text | None = None
    name: Text | None = None
    opened: Day | None = None
    closed: Day | None = None
    history: dict[Day, State] = Field(default_factory=dict)
    lease: Lease | None = None
    sector: Sector | None = None
    fuel_properties: dict[Text, Property] = Field(default_factory=dict)
    note: Text | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Facility:
        if self.opened and self.closed and self.closed < self.opened:
            raise refuse(
                "bad-date",
                f"closed {self.closed} before opened {self.opened}",
                "swap or correct the two days",
            )
        inside = (self.country, f"{self.country}-")
        if self.region and self.region != inside[0] and not self.region.startswith(inside[1]):
            raise refuse(
                "conflicting-keys",
                f"region `{self.region}` is not in {self.country}",
                f"write it as `{self.country}-…`",
            )
        if self.lease and self.history:
            raise refuse(
                "conflicting-keys",
                "`lease` beside `history`",
                "state the lease in each entry of `history`",
            )
        return self

    def stands(self, span: Span) -> bool:
        """Whether it is open on every day of a span, and has a state on the first."""
        return (
            (self.opened is None or self.opened <= span.first)
            and (self.closed is None or self.closed >= span.last)
            and (not self.history or min(self.history) <= span.first)
        )

    def state_on(self, day: date) -> State | None:
        """The state on a day; None before the first dated state."""
        if not self.history:
            return State(lease=self.lease)
        days = [start for start in self.history if start <= day]
        return self.history[max(days)] if days else None


def _members(value: Any) -> Any:
    """Read `all` or a list of facility ids, with one finding for anything else."""
    if value == ALL:
        return ALL
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(map(composed, value))
    hint = f"write `[{value}]`" if isinstance(value, str) else "write `all` or `[site-a, site-b]`"
    shown = f"`{value}`" if isinstance(value, str) else "something else"
    raise refuse("wrong-shape", f"expected `all` or a list of facilities, found {shown}", hint)


Members = Annotated[Any, PlainValidator(_members)]


class BoundaryState(Model):
    """Members of a boundary from a day on."""

    facilities: Members
    reason: Text | None = None


class Boundary(Model):
    """A named selection of facilities, possibly changing over time; it never changes a line."""

    facilities: Members
    history: dict[Day, BoundaryState] = Field(default_factory=dict)
    note: Text | None = None

    def members_on(self, day: date) -> Literal["all"] | tuple[str, ...]:
        """The members on a day."""
        members: Literal["all"] | tuple[str, ...]
        days = [start for start in self.history if start <= day]
        members = self.history[max(days)].facilities if days else self.facilities
        return members


class Metric(Model):
    """A denominator for intensities: values per reporting year in one unit."""

    unit: UnitText
    values: dict[Text, Number]
    boundary: Text | None = None
    label: Text | None = None
    evidence: PathTexts = ()
    note: Text | None = None


class Exclusion(Model):
    """A source left out, with its justification (GHG-11 no. 11)."""

    facility: Text | None = None
    category: Text | None = None
    source: Text | None = None
    period: Period | None = None
    estimate: Amount | None = None
    justification: Text


class Expectation(Model):
    """A figure the user asserts; the tool compares and fails when it does not hold.

    `value` carries tCO2e (or tCO2e per metric unit), `within` the tolerance in the same unit.
    """

    period: Period
    figure: Text
    value: Amount
    within: Amount
    boundary: Text | None = None
    citation: Text | None = None


class PeriodStatus(Model):
    """Where a reporting year stands."""

    status: Literal["draft", "reviewed", "verified"]
    note: Text | None = None
