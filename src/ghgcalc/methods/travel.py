"""Trips to passenger-km or vehicle-km (Technical Guidance, formulas 6.1, 7.1 and 7.2).

People × distance × how often is passenger-km; a factor per km of a vehicle counts those who ride in
it once, so passenger-km are divided by the occupancy there, and never elsewhere.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol

from ghgcalc.core.numbers import ONE, in_full
from ghgcalc.core.step import Step
from ghgcalc.core.units import Quantity, Unit, parse_quantity, parse_unit, ratio
from ghgcalc.core.vocabulary.dimensions import DISTANCE, PASSENGERS, PERSONS
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.methods.per_unit import Method, PerUnit, cited
from ghgcalc.methods.travel_words import VKM, Meant, meant
from ghgcalc.methods.trips import TELEWORK, UNPOWERED

if TYPE_CHECKING:
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.methods.trips import Survey, Telework, Trip

TRAVEL, COMMUTING = "business_travel", "employee_commuting"
_BOTH = (TRAVEL, COMMUTING)
_WORDS = ("distance_based", "average_data")
_WAYS = 2
# what factors are per; any other distance becomes km, so that it is at one distance of all rows
_AS_STATED = ("km", "mi")
# what each trip says of itself
_OF_TRIPS = ("fuel", "item", "gas", "factor", "emission_rate", "vehicle", "technology", "sector",
             "occupancy")  # fmt: skip


class _Keys(Protocol):
    category: str | None
    method: str | None
    trips: dict[str, Trip] | None
    telework: Telework | None
    occupancy: Decimal | None


def _survey(keys: Any) -> Survey | None:
    found: Survey | None = getattr(keys, "survey", None)  # rows of a table count people themselves
    return found


def _headcount(keys: Any) -> Quantity | None:
    survey = _survey(keys)
    return None if survey is None else Quantity(survey.headcount, parse_unit("person"))


def _people(keys: Any) -> Quantity | None:
    """The people of all trips, where each trip says how many."""
    trips: dict[str, Trip] = getattr(keys, "trips", None) or {}
    stated = [trip.people for trip in trips.values() if trip.people is not None]
    return Quantity(sum(stated, Decimal(0)), parse_unit("person")) if stated else None


def _surveyed(amount: PerUnit, keys: _Keys, _: FactorCatalog) -> tuple[PerUnit, ...]:
    """Whoever answered stands for all: said of every line."""
    survey = _survey(keys)
    if survey is None:
        return (amount,)
    if keys.trips is None and keys.telework is None:
        raise ConversionError(
            "missing-key", "`survey` without `trips`", "add `trips:`, the ways to work"
        )
    if survey.responses is None:
        if keys.method != "average_data":
            raise ConversionError(
                "missing-key",
                "`survey` does not say how many answered",
                "add `responses:`, or `method: average_data` where no survey of the staff gave it",
            )
        return (amount,)
    rate = Fraction(survey.responses) / Fraction(survey.headcount)
    told = f"{_number(survey.responses)} of {_number(survey.headcount)} employees answered"
    note = cited(f"{told} ({in_full(rate * 100)} %)", survey.evidence)
    extrapolated = f"{note}: extrapolated to all" if rate < 1 else note
    return (amount._replace(notes=(*amount.notes, extrapolated)),)


def _expand(amount: PerUnit, keys: _Keys, catalog: FactorCatalog) -> tuple[PerUnit, ...]:
    """One amount per trip, and one of work at home."""
    _alone(keys)
    if amount.unit.dimension != PERSONS:
        raise ConversionError(
            "unit-mismatch",
            f"`trips` or `telework` of a quantity in {amount.unit.text}, which counts no people",
            "state the quantity in `person`",
        )
    amount = _in_persons(amount)
    people = _people(keys)
    if people is not None and not hasattr(keys, "survey"):
        raise ConversionError(
            "conflicting-keys",
            "`people` of a trip, and the rows count people as well",
            "state `share:` in each trip",
        )
    made = []
    for name, trip in (keys.trips or {}).items():
        try:
            made.append(_trip(amount, keys, catalog, name, trip, people))
        except ConversionError as error:
            error.at = ("trips", name)
            raise
    if keys.telework is not None:
        made.append(_at_home(amount, keys.telework))
    return tuple(made)


def _alone(keys: _Keys) -> None:
    """Trips say what they are of; a key of the line would be none's."""
    if keys.telework is not None and keys.category != COMMUTING:
        raise ConversionError(
            "conflicting-keys", "`telework` is no business travel", f"use `category: {COMMUTING}`"
        )
    beside = next((key for key in _OF_TRIPS if getattr(keys, key, None) is not None), None)
    if beside is not None:
        raise ConversionError(
            "conflicting-keys",
            f"`{beside}` stands beside `trips` or `telework`, which say it themselves",
            f"state `{beside}:` there",
        )


def _in_persons(amount: PerUnit) -> PerUnit:
    person = parse_unit("person")
    size = ratio(amount.unit, person)
    if size == 1:
        return amount
    step = Step(size, f"{in_full(size)} person/{amount.unit.text}", person.text, "people")
    return amount._replace(steps=(*amount.steps, step))


def _trip(
    amount: PerUnit, keys: _Keys, catalog: FactorCatalog, name: str, trip: Trip,
    people: Quantity | None,
) -> PerUnit:  # fmt: skip
    """People of a trip × how far × how often, and ÷ those in one vehicle where its factor asks."""
    share = _share(name, trip, people)
    if not trip.moved_by:
        if name not in UNPOWERED:
            raise ConversionError(
                "missing-key",
                f"trip `{name}` does not say by what",
                "state `vehicle:` or `item:`, as the packs name it; `walk` and `cycle` need none",
            )
        return _unpowered(amount, keys, name, trip, share)
    asks = meant(catalog, keys.category or "", name, trip)
    far = _far(keys, name, trip)
    steps = (share, far, *_riders(name, trip, asks.basis, far))
    after = parse_unit(steps[-1].unit)
    return _line(amount, name, trip, steps, after)._replace(
        fuel=asks.fuel, says=_said(trip, asks), notes=(*amount.notes, *_forcing(asks))
    )


def _line(amount: PerUnit, name: str, trip: Trip, steps: tuple[Step, ...], after: Unit) -> PerUnit:
    return amount._replace(
        name=name, steps=(*amount.steps, *steps), after=after, at=("trips", name)
    )


def _said(trip: Trip, asks: Meant) -> tuple[tuple[str, Any], ...]:
    return (*asks.says, *((("evidence", trip.evidence),) if trip.evidence else ()))


def _forcing(asks: Meant) -> tuple[str, ...]:
    """Whether radiative forcing is in, where the packs' words say it."""
    last = dict(asks.says).get("technology", "").rpartition(".")[2]
    shown = {"with_rf": "with radiative forcing", "without_rf": "without radiative forcing"}
    return (shown[last],) if last in shown else ()


def _share(name: str, trip: Trip, people: Quantity | None) -> Step:
    """Those who travel so, of all who are counted."""
    if trip.share is not None:
        return Step(trip.share, f"{in_full(trip.share * 100)} %", "person", f"share of {name}")
    assert trip.people is not None
    assert people is not None
    part, whole = trip.people, people.number
    text = f"{_number(part)} of {_number(whole)} people"
    return Step(Fraction(part) / Fraction(whole), text, "person", name)


def _far(keys: _Keys, name: str, trip: Trip) -> Step:
    """What one of them travels in the period: both ways of a way to work."""
    stated = trip.one_way or trip.distance
    if stated is None:
        raise ConversionError(
            "missing-key",
            f"trip `{name}` does not say how far",
            "add `one_way:`, which counts twice, or `distance:` as travelled",
        )
    times, text = _times(keys, name, trip)
    unit = stated.unit.text if stated.unit.text in _AS_STATED else "km"
    value = times * stated.value * ratio(stated.unit, parse_unit(unit))
    if trip.one_way is not None:
        value, text = value * _WAYS, f"{text}{_WAYS} × "
    per = "pkm" if unit == "km" else f"person·{unit}"
    return Step(value, f"{text}{stated}", per, cited("distance of one person", trip.evidence))


def _times(keys: _Keys, name: str, trip: Trip) -> tuple[Fraction, str]:
    """How often, and its arithmetic before the distance."""
    survey = _survey(keys)
    if trip.times is not None:
        return Fraction(trip.times), f"{_number(trip.times)} times × "
    if survey is not None and survey.working_days is not None:
        return Fraction(survey.working_days), f"{_number(survey.working_days)} days × "
    if keys.category == COMMUTING:
        missing = "`working_days:` to `survey:`" if survey is not None else "`times:`"
        raise ConversionError(
            "missing-key", f"trip `{name}` does not say on how many days", f"add {missing}"
        )
    return ONE, ""


def _riders(name: str, trip: Trip, basis: str, far: Step) -> tuple[Step, ...]:
    """Passenger-km to vehicle-km, for factors per km of a vehicle."""
    if basis == VKM:
        if trip.occupancy is None:
            raise ConversionError(
                "missing-key",
                f"trip `{name}` has a factor per km of a vehicle, and states no `occupancy`",
                "add `occupancy:`, how many ride in one, 1 for those who drive alone",
            )
        return (_divided(trip.occupancy, "km" if far.unit == "pkm" else "mi"),)
    if trip.occupancy is not None:
        raise ConversionError(
            "conflicting-keys",
            f"`occupancy` of trip `{name}` has no effect: its factor is per km of a person",
            "remove `occupancy`",
        )
    return ()


def _divided(occupancy: Decimal, unit: str, size: Fraction = ONE) -> Step:
    """People × distance ÷ people per vehicle, in km or miles; `size` brings it to them."""
    per = size / Fraction(occupancy)
    text = f"{in_full(size)} {unit}·person" if size != 1 else "1"
    return Step(per, f"{text} ÷ {_number(occupancy)} person", unit, "people in one vehicle")


def _unpowered(amount: PerUnit, keys: _Keys, name: str, trip: Trip, share: Step) -> PerUnit:
    """On foot or by bicycle: 0 by statement, whose distance may be left open."""
    if trip.occupancy is not None or trip.unit_basis is not None or trip.radiative_forcing:
        raise ConversionError(
            "conflicting-keys", f"trip `{name}` has no engine, and keys of one", "keep its `share:`"
        )
    far = _far(keys, name, trip) if trip.one_way or trip.distance else None
    steps = (share,) if far is None else (share, far)
    unit = steps[-1].unit
    rate = {"CO2": parse_quantity(f"0 kg/{unit}", factor=True)}
    says = (("emission_rate", rate), ("item", name), ("citation", "no engine: 0 by statement"))
    return _line(amount, name, trip, steps, parse_unit(unit))._replace(says=says)


def _at_home(amount: PerUnit, telework: Telework) -> PerUnit:
    """Employees at home × days × hours or power of a day."""
    share = Step(telework.share, f"{in_full(telework.share * 100)} %", "person", "share at home")
    days = Fraction(telework.days)
    source = cited("work at home of one person", telework.evidence)
    says: dict[str, Any] = {"method": "average_data"}
    if telework.evidence:
        says["evidence"] = telework.evidence
    if telework.factor is not None:
        says["factor"] = telework.factor
    if telework.energy is not None:
        each = telework.energy
        step = Step(days * each.value, f"{_number(telework.days)} days × {each}", each.unit.text,
                    source)  # fmt: skip
        after, priced = parse_unit(each.unit.text), "purchased_electricity"
    else:
        assert telework.hours is not None
        text = f"{_number(telework.days)} days × {_number(telework.hours)} h"
        step = Step(days * Fraction(telework.hours), text, "person·hour", source)
        after, priced = parse_unit("person·hour"), ""
        says["item"] = telework.item or "homeworking"
        says["technology"] = telework.technology
    return amount._replace(
        name=TELEWORK, steps=(*amount.steps, share, step), after=after, priced_as=priced,
        says=tuple(says.items()), at=(TELEWORK,),
    )  # fmt: skip


def _occupied(amount: PerUnit, keys: _Keys, _: FactorCatalog) -> tuple[PerUnit, ...]:
    """Passenger-km of a plain line or of rows to vehicle-km."""
    if keys.occupancy is None or keys.trips is not None or keys.telework is not None:
        return (amount,)  # beside trips it is refused there
    if amount.unit.dimension != PASSENGERS:
        counts = amount.unit.dimension == DISTANCE
        raise ConversionError(
            "unit-mismatch",
            f"`occupancy` beside a quantity in {amount.unit.text}"
            + (", which counts vehicles" if counts else ""),
            "remove `occupancy`, or state what people travelled, in `pkm`",
        )
    miles = parse_unit("person·mi")
    unit, per = ("mi", miles) if amount.unit.size == miles.size else ("km", parse_unit("pkm"))
    step = _divided(keys.occupancy, unit, ratio(amount.unit, per))
    return (amount._replace(steps=(*amount.steps, step), after=parse_unit(step.unit)),)


def _number(number: Decimal) -> str:
    return in_full(Fraction(number))


SURVEY = Method(
    "survey", ("survey",), (COMMUTING,), expand=_surveyed, amount=_headcount, amount_key="survey",
    words=_WORDS,
)  # fmt: skip
TRIPS = Method(
    "trips", ("trips", "telework"), _BOTH, expand=_expand, amount=_people, amount_key="trips",
    words=_WORDS,
)  # fmt: skip
OCCUPANCY = Method("occupancy", ("occupancy",), _BOTH, expand=_occupied)
