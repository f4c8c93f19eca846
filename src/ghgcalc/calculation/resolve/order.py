"""The order of choice among admissible candidates, and its reasons in words (DESIGN §5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.resolve.stated_properties import QUALIFIERS, passed_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.calculation.resolve.candidates import Choice, Question
    from ghgcalc.factors.model import Factor

YEAR_GAPS = frozenset({"earlier_year", "later_year"})


class Rank(NamedTuple):
    """What candidates are compared by, the first that differs decides; smaller goes first.

    Attributes:
        published: not of an own pack.
        computed: derived from published series, where a publisher prints a row of the same region
            that is as near in years, be it by an accepted gap.
        departs: needs an accepted gap.
        elsewhere: not of the publisher whose factor the line has, where one is named.
        region: 0 for the most specific region asked, more for wider ones, most for foreign ones.
        years: distance of the factor's year; 0 where the pack's years are not compared.
        later: the factor's year is the later one: at the same distance the earlier goes first.
        gaps: accepted gaps besides that of the year.
        derived: computed by somebody from published series, which no publisher prints.
        entry, edition: place of the publisher in `factor_packs`; 0 for its newest edition.
        passed_by: properties of the line in whose place another source's value stands.
        unmatched: qualifiers of the line that the factor does not repeat.
        steps, indirect: steps of a conversion over fuel properties; whether there is one.
        other_unit: not printed per the line's own unit, such as per mile for kilometres.
    """

    published: bool
    computed: bool
    departs: bool
    elsewhere: bool
    region: int
    years: int
    later: bool
    gaps: int
    derived: bool
    entry: int
    edition: int
    passed_by: int
    unmatched: int
    steps: int
    indirect: bool
    other_unit: bool


class Ranked(NamedTuple):
    """A candidate with its rank."""

    rank: Rank
    choice: Choice


def rank(need: Question, choice: Choice, beside: Iterable[Choice] = ()) -> Rank:
    """Where a candidate stands for a need, `beside` the others that are admitted."""
    factor, conversion = choice.factor, choice.conversion
    years = year_distance(need, factor)
    stated = [name for name in QUALIFIERS if getattr(need, name) is not None]
    return Rank(
        published=not factor.pack.own,
        computed=factor.derived and any(_printed(need, factor, one.factor) for one in beside),
        departs=bool(choice.gaps),
        elsewhere=bool(need.publisher) and factor.pack.publisher != need.publisher,
        region=region_rank(need, factor),
        years=abs(years),
        later=years > 0,
        gaps=sum(gap.kind not in YEAR_GAPS for gap in choice.gaps),
        derived=factor.derived,
        entry=choice.place.entry,
        edition=choice.place.edition,
        passed_by=len(passed_by(need, factor, conversion)),
        unmatched=sum(getattr(need, name) != getattr(factor, name) for name in stated),
        steps=0 if conversion.direct else len(conversion.steps),
        indirect=not conversion.direct,
        other_unit=(factor.per.dimension, factor.per.size) != (need.unit.dimension, need.unit.size),
    )


def _printed(need: Question, derived: Factor, other: Factor) -> bool:
    """Whether another row is a publisher's own in the place of a derived one."""
    nearer = abs(year_distance(need, other)) <= abs(year_distance(need, derived))
    return nearer and other.region == derived.region and not other.derived


def year_distance(need: Question, factor: Factor) -> int:
    """Years from the year asked to the factor's, negative for an earlier one."""
    if factor.year is None or factor.year_rule == "any":
        return 0
    return factor.year - need.year


def region_rank(need: Question, factor: Factor) -> int:
    """0 for the most specific region asked, larger for wider ones, largest for foreign ones.

    A region of several countries comes after theirs, and before the whole world.
    """
    if factor.region in need.regions:
        return need.regions.index(factor.region)
    wider = 1 if not factor.region else 0 if factor.at(need.regions) else 2
    return len(need.regions) + wider


def at_home(need: Question, factor: Factor) -> bool:
    """Whether a factor is of the line's place, or worldwide."""
    return factor.at(need.regions)


def here(need: Question, factor: Factor) -> bool:
    """Whether a factor is of the line's place, or worldwide, and of its year."""
    return at_home(need, factor) and year_distance(need, factor) == 0


def other_vehicle(need: Question, choice: Choice, best: Choice) -> bool:
    """Whether a row of the same pack is for another vehicle where the line names none.

    The region never decides that: a long-haul flight from home is no international flight.
    """
    one, other = best.factor, choice.factor
    if need.vehicle is not None or one.pack is not other.pack or _kinds(choice) != _kinds(best):
        return False
    told = one.vehicle is not None and other.vehicle is not None
    return told and one.vehicle != other.vehicle and one.region != other.region


def _kinds(choice: Choice) -> list[str]:
    return sorted(gap.kind for gap in choice.gaps)


def why(need: Question, choice: Choice) -> str:
    """Why a candidate was chosen, in words."""
    factor = choice.factor
    region = factor.region or "any region"
    basis = f", {factor.per.basis} basis" if factor.per.basis else ""
    year = f", {factor.year}" if factor.year and factor.year_rule != "any" else ""
    what = "fuel" if need.fuel else "item" if need.item else "kind"
    start = "own pack" if factor.pack.own else "accepted gap" if choice.gaps else "exact"
    return f"{start}: category, {what}, {region}{year}{basis}"


def in_order(need: Question, admissible: list[Choice]) -> list[Ranked]:
    """The candidates by their rank, equal ones in the order given."""
    ranked = [Ranked(rank(need, choice, admissible), choice) for choice in admissible]
    return sorted(ranked, key=lambda each: each.rank)


def why_not(need: Question, other: Ranked, chosen: Ranked) -> str:
    """Why an admissible candidate lost: the first thing in which the two ranks differ."""
    ranks = zip(Rank._fields, other.rank, chosen.rank, strict=True)
    first = next(name for name, lost, won in ranks if lost != won)
    return _LOST[first](need, other.choice, chosen.choice)


def _departs(_: Question, other: Choice, __: Choice) -> str:
    return f"needs an accepted gap ({', '.join(_kinds(other))})"


def _elsewhere(_: Question, __: Choice, chosen: Choice) -> str:
    return f"{chosen.factor.pack.id} is of the publisher of the line's own factor"


def _region(need: Question, other: Choice, chosen: Choice) -> str:
    lost, won = other.factor.region, chosen.factor.region
    if not lost:
        return f"is worldwide, {won} is nearer"
    if other.factor.at(need.regions):
        return f"{lost} is wider than {won}"
    return f"is of {lost}, where the line is not" + (f"; {won} is nearer" if won else "")


def _years(need: Question, other: Choice, chosen: Choice) -> str:
    lost, won = other.factor, chosen.factor
    if not year_distance(need, won):
        return f"is of {lost.year}, the line needs {need.year}"
    return f"is of {lost.year}, {won.year} is nearer to {need.year}"


def _later(need: Question, other: Choice, chosen: Choice) -> str:
    lost, won = other.factor.year, chosen.factor.year
    return f"is of {lost}; {won} is as near to {need.year}, and the earlier goes first"


def _gaps(_: Question, other: Choice, __: Choice) -> str:
    return f"needs more accepted gaps ({', '.join(_kinds(other))})"


def _computed(_: Question, __: Choice, chosen: Choice) -> str:
    return f"is derived, {chosen.factor.pack.id} is published"


def _entry(_: Question, __: Choice, chosen: Choice) -> str:
    return f"{chosen.factor.pack.id} stands first in factor_packs"


def _edition(_: Question, __: Choice, chosen: Choice) -> str:
    return f"{chosen.factor.pack.id} is the newer edition"


def _passed_by(*_: object) -> str:
    return "leaves a fuel property of the line aside"


def _unmatched(need: Question, other: Choice, chosen: Choice) -> str:
    said = [
        f"{name} {getattr(need, name)}"
        for name in QUALIFIERS
        if getattr(need, name) is not None
        and getattr(chosen.factor, name) == getattr(need, name) != getattr(other.factor, name)
    ]
    return f"does not say {', '.join(said)}" if said else "says less of what the line says"


def _steps(_: Question, __: Choice, chosen: Choice) -> str:
    return "needs a longer conversion" if chosen.conversion.steps else "needs a conversion"


def _other_unit(need: Question, other: Choice, _: Choice) -> str:
    return f"is per {other.factor.per}, another row is per {need.unit}"


_LOST = {
    "published": lambda *_: "an own pack goes first",
    "computed": _computed,
    "departs": _departs,
    "elsewhere": _elsewhere,
    "region": _region,
    "years": _years,
    "later": _later,
    "gaps": _gaps,
    "derived": _computed,
    "entry": _entry,
    "edition": _edition,
    "passed_by": _passed_by,
    "unmatched": _unmatched,
    "steps": _steps,
    "indirect": _steps,
    "other_unit": _other_unit,
}
