"""Readings of counters: what they say of consumption, and what happened to the meters."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, model_validator

from ghgcalc.core.schema import Day, Model, Number, Text, read_number, refuse

ALL = ""  # the key of a count that every meter has


def _counts(value: Any) -> dict[str, Decimal]:
    """One number for all meters, or one by meter."""
    if not isinstance(value, dict):
        return {ALL: _positive(value)}
    return {str(meter): _positive(number) for meter, number in value.items()}


def _positive(value: Any) -> Decimal:
    number = read_number(value)
    if number <= 0:
        hint = "write the count after which the meter starts at 0, such as 100_000"
        raise refuse("out-of-bounds", f"`{value}` is not above zero", hint)
    return number


Counts = Annotated[dict[str, Decimal], PlainValidator(_counts)]


class Replacement(Model):
    """A meter that was exchanged: what the old one showed last, and the new one first."""

    day: Day
    last: Number
    first: Number
    meter: Text = ALL

    @model_validator(mode="after")
    def _counted(self) -> Replacement:
        if self.last < 0 or self.first < 0:
            raise refuse("negative-quantity", "a counter shows nothing below zero", "correct it")
        return self


class Readings(Model):
    """How readings become consumption.

    `taken` says whether a reading stands before or after the consumption of its day, `rollover`
    after which count a meter starts at 0.
    """

    taken: Literal["start_of_day", "end_of_day"] = "start_of_day"
    rollover: Counts = Field(default_factory=dict)
    replacements: tuple[Replacement, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Readings:
        """Exchanges of one meter follow each other, and none counts backwards."""
        known: dict[str, Replacement] = {}
        for each in sorted(self.replacements, key=lambda each: each.day):
            before = known.get(each.meter)
            if before is not None and (before.day == each.day or each.last < before.first):
                raise refuse(
                    "conflicting-keys",
                    f"the replacement of {each.day} does not follow that of {before.day}",
                    "state each exchange once, with what the meter of these days showed",
                )
            known[each.meter] = each
        return self
