"""Hourly matching of consumption with contractual generation: which files, which clock (R, G)."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ghgcalc.company.read import Read, RowFilter
from ghgcalc.company.read_times import check_series
from ghgcalc.core.schema import Id, Model, PathTexts, Period, Text, Texts, UnitText, refuse

Matching = Literal["annual", "monthly", "hourly"]
_CLOCK = re.compile(r"UTC|[A-Z][A-Za-z_]+(/[A-Za-z0-9_+\-]+){1,2}")


class HourlyColumns(Model):
    """Headings of a file of hours: ours to theirs; several of `quantity` are added up."""

    time: Text
    quantity: Annotated[Texts, Field(min_length=1)]
    facility: Text | None = None
    meter: Text | None = None

    @model_validator(mode="after")
    def _once(self) -> HourlyColumns:
        names = [name.strip() for name in self.quantity]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise refuse(
                "conflicting-keys", f"`quantity` names `{twice}` twice", "name each column once"
            )
        return self


class HourlyNames(Model):
    """Translations of cell texts: theirs to ours."""

    facility: dict[Text, Text] = Field(default_factory=dict)


class Series(Model):
    """Metered energy by interval: each meter has one row for every interval of the period."""

    files: PathTexts
    read: Read = Field(default_factory=Read)
    columns: HourlyColumns
    unit: UnitText
    interval: Literal["60 min", "30 min", "15 min"] = "60 min"
    time_marks: Literal["start", "end"] = "start"
    filter: dict[Text, RowFilter] = Field(default_factory=dict)
    names: HourlyNames = Field(default_factory=HourlyNames)
    evidence: PathTexts = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _energy(self) -> Series:
        if self.unit.dimension != "J":
            raise refuse("unit-mismatch", f"`{self.unit}` is not a unit of energy", "write `MWh`")
        if self.read.format is not None:
            raise refuse(
                "conflicting-keys",
                f"`format: {self.read.format}` is read by tables alone, not by hourly series",
                "save the intervals as CSV",
            )
        check_series(self.read)
        if self.read.fill_down:
            text = "`fill_down` has no effect on a series: each interval states its time"
            raise refuse("conflicting-keys", text, "remove `fill_down:`")
        return self

    @property
    def minutes(self) -> int:
        """Minutes of one interval."""
        return int(self.interval.removesuffix(" min"))


class Generation(Series):
    """Generation under contract; delivered in `zone`, by default that of the entry."""

    zone: Text | None = None


class Hourly(Model):
    """Consumption of one matching zone and the generation that may be matched with it."""

    matching: Matching
    zone: Text | None = None
    time_zone: Text
    period: Period | None = None
    consumption: Annotated[dict[Id, Series], Field(min_length=1)]
    generation: Annotated[dict[Id, Generation], Field(min_length=1)]
    note: Text | None = None

    @model_validator(mode="after")
    def _a_clock(self) -> Hourly:
        if not _CLOCK.fullmatch(self.time_zone):
            raise refuse(
                "unknown-value",
                f"`{self.time_zone}` does not name a time zone without doubt",
                "write `UTC` or an IANA name such as `America/Chicago`",
            )
        return self
