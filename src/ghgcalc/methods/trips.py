"""Trips of travel and commuting: the keys, and what of them does not go together (6.1, 7.1, 7.2).

The expansion stands in `methods/travel.py`, what the packs offer in `methods/travel_words.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from ghgcalc.core.numbers import ONE, ZERO, in_full
from ghgcalc.core.schema import Amount, Id, Model, Number, PathTexts, Share, Text, refuse
from ghgcalc.core.vocabulary.dimensions import DISTANCE, ENERGY

if TYPE_CHECKING:
    from decimal import Decimal

    from ghgcalc.core.units import Quantity

# ways that take no engine: a stated zero where nothing else says what moves
UNPOWERED = frozenset({"walk", "walking", "on_foot", "cycle", "cycling", "bicycle"})
TELEWORK = "telework"
_ALIKE = (("share", "people"), ("one_way", "distance"), ("haul", "vehicle"),
          ("class_", "technology"), ("radiative_forcing", "technology"))  # fmt: skip


def _above_zero(number: Decimal | None, key: str) -> None:
    if number is not None and number <= 0:
        raise refuse("out-of-bounds", f"`{key}` is not above zero", "correct it")


class Survey(Model):
    """Whom commuting is computed for: `headcount` employees, of whom `responses` answered.

    `working_days` are the days on which one of them travels to work; a trip's `times` goes first.
    """

    headcount: Number
    responses: Number | None = None
    working_days: Number | None = None
    evidence: PathTexts = ()

    @model_validator(mode="after")
    def _no_more_than_all(self) -> Survey:
        for key in ("headcount", "responses", "working_days"):
            _above_zero(getattr(self, key), key)
        if self.responses is not None and self.responses > self.headcount:
            raise refuse(
                "out-of-bounds",
                f"{self.responses} `responses` of {self.headcount} employees",
                "state who answered, at most `headcount`",
            )
        return self


class Trip(Model):
    """One way of travelling: by whom, how far, how often, by what.

    `share` of all employees or `people`; `one_way`, which counts twice, or `distance` as travelled.
    """

    share: Share | None = None
    people: Number | None = None
    one_way: Amount | None = None
    distance: Amount | None = None
    times: Number | None = None
    item: Text | None = None
    fuel: Text | None = None
    vehicle: Text | None = None
    technology: Text | None = None
    haul: Text | None = None
    class_: Text | None = Field(default=None, alias="class")
    radiative_forcing: Literal["with", "without"] | None = None
    factor: Text | None = None
    unit_basis: Literal["vkm", "pkm"] | None = None
    occupancy: Number | None = None
    evidence: PathTexts = ()

    @model_validator(mode="after")
    def _said_once(self) -> Trip:
        for one, other in _ALIKE:
            if getattr(self, one) is not None and getattr(self, other) is not None:
                shown = one.rstrip("_")
                raise refuse("conflicting-keys", f"`{shown}` and `{other}` of a trip say the same",
                             "keep one of them")  # fmt: skip
        for key in ("people", "times"):
            _above_zero(getattr(self, key), key)
        if self.occupancy is not None:
            check_occupancy(self.occupancy)
        for key in ("one_way", "distance"):
            _need(getattr(self, key), DISTANCE, key, "a distance, such as `14.2 km`")
        return self

    @property
    def moved_by(self) -> str:
        """What the trip says of what moves: the first such key; "" where it says nothing."""
        keys = ("factor", "item", "vehicle", "fuel", "haul", "technology", "class_")
        found = next((key for key in keys if getattr(self, key) is not None), "")
        return found.rstrip("_")


def check_occupancy(number: Decimal) -> Decimal:
    """People in one vehicle: at least the one who travels."""
    if number < 1:
        hint = "state how many people ride in one vehicle, 1 for those who drive alone"
        raise refuse("out-of-bounds", "`occupancy` is below 1", hint)
    return number


Occupancy = Annotated[Number, AfterValidator(check_occupancy)]


class Telework(Model):
    """Work at home: the `share` of employees, the `days` of each, and its hours or power a day."""

    share: Share
    days: Number
    hours: Number | None = None
    energy: Amount | None = None
    item: Text | None = None
    technology: Text | None = None
    factor: Text | None = None
    evidence: PathTexts = ()

    @model_validator(mode="after")
    def _one_measure(self) -> Telework:
        for key in ("days", "hours"):
            _above_zero(getattr(self, key), key)
        if (self.hours is None) == (self.energy is None):
            raise refuse(
                "missing-key" if self.hours is None else "conflicting-keys",
                "`telework` does not say once what a day of it takes",
                "state `hours:` of work a day (factors per working hour), or its `energy:`",
            )
        _need(self.energy, ENERGY, "energy", "an energy, such as `2 kWh`")
        other = next((k for k in ("item", "technology") if getattr(self, k) is not None), None)
        if self.energy is not None and other is not None:
            raise refuse(
                "conflicting-keys",
                f"`{other}` has no effect beside `energy`, which the grid's factor prices",
                f"remove `{other}`",
            )
        return self


def _need(value: Quantity | None, dimension: str, key: str, what: str) -> None:
    if value is None:
        return
    if value.unit.dimension != dimension:
        raise refuse("unit-mismatch", f"`{key}` is `{value}`", f"state {what}")
    if value.number < 0:
        raise refuse("negative-quantity", f"`{key}` is `{value}`", "state what was travelled")


def _whole(trips: dict[str, Trip]) -> dict[str, Trip]:
    """Shares sum to 100 %, those of walking and cycling among them; or all trips say who."""
    if TELEWORK in trips:
        hint = "state `telework:` beside `trips:`"
        raise refuse("conflicting-keys", "`telework` is no trip", hint)
    silent = next((n for n, t in trips.items() if t.share is None and t.people is None), None)
    if silent is not None:
        hint = "add `share:` of all employees, or `people:`"
        raise refuse("missing-key", f"trip `{silent}` does not say by how many", hint)
    shares = [trip.share for trip in trips.values() if trip.share is not None]
    if shares and len(shares) < len(trips):
        hint = "state `share:` in every trip, or `people:` in every trip"
        raise refuse("conflicting-keys", "some trips have a `share`, others `people`", hint)
    total = sum(shares, ZERO)
    if shares and total != ONE:
        raise refuse(
            "out-of-bounds",
            f"the shares of `trips` sum to {in_full(total * 100)} %",
            "state every way of travelling, walking and cycling as well, so that they sum to 100 %",
        )
    return trips


Trips = Annotated[dict[Id, Trip], Field(min_length=1), AfterValidator(_whole)]
