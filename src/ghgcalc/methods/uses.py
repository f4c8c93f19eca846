"""Use of sold products over their expected lifetime (Technical Guidance, category 11, 11.1)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Protocol

from pydantic import AfterValidator, model_validator

from ghgcalc.core.numbers import ONE, ZERO, in_full
from ghgcalc.core.schema import (
    Amount,
    Country,
    Id,
    Model,
    Number,
    PathTexts,
    Share,
    Text,
    Year,
    need_amount,
    refuse,
)
from ghgcalc.core.step import Step
from ghgcalc.core.vocabulary.dimensions import DISTANCE, ENERGY, GAS, MASS, VOLUME
from ghgcalc.methods.per_unit import Method, PerUnit, cited
from ghgcalc.methods.sold import USE, need_products, plain_unit
from ghgcalc.methods.treatments import Rates

if TYPE_CHECKING:
    from ghgcalc.core.units import Quantity
    from ghgcalc.factors.catalogue import FactorCatalog

_POWER, _FUEL, _WAY = "energy", "burns", "distance"
_TAKEN = (_POWER, _FUEL, _WAY)
_KINDS = {
    _FUEL: (frozenset({VOLUME, MASS, GAS, ENERGY}), "a volume, a mass or an energy of the fuel"),
    _WAY: (frozenset({DISTANCE}), "a distance"),
}
_COMBUSTION_ONLY = (
    "the grid's factor is that of combustion, constant over the life; the Guidance asks a"
    " life-cycle factor (11.1)"
)


class OneUse(Model):
    """What one use takes: power (`energy`), the line's fuel (`burns`), or a `distance`."""

    energy: Amount | None = None
    burns: Amount | None = None
    distance: Amount | None = None

    @model_validator(mode="after")
    def _of_their_kind(self) -> OneUse:
        need_amount(self.energy, "J", _POWER, "state the energy of one use")
        for key, (dimensions, words) in _KINDS.items():
            amount: Quantity | None = getattr(self, key)
            if amount is None or (amount.unit.dimension in dimensions and amount.number >= 0):
                continue
            text = f"`{key}` is not {words}: `{amount}`"
            raise refuse("unit-mismatch", text, f"state {words}")
        if self.distance is not None and (self.energy is not None or self.burns is not None):
            raise refuse("conflicting-keys", "`distance` stands beside what is used on the way",
                         "keep one of them")  # fmt: skip
        return self

    @property
    def taken(self) -> tuple[tuple[str, Quantity], ...]:
        """What one use takes, by key."""
        every = ((key, getattr(self, key)) for key in _TAKEN)
        return tuple((key, amount) for key, amount in every if amount is not None)


class Scenario(OneUse):
    """One of several ways to use a product, with the share of uses that are so."""

    share: Share

    @model_validator(mode="after")
    def _takes_something(self) -> Scenario:
        if not self.taken:
            raise refuse("missing-key", "a scenario does not say what one use takes", _HINT)
        return self


_HINT = "state `energy:`, `burns:` with the line's `fuel:`, or `distance:`, of one use"


def _whole(scenarios: dict[str, Scenario]) -> dict[str, Scenario]:
    total = sum((each.share for each in scenarios.values()), ZERO)
    if total != ONE:
        raise refuse(
            "out-of-bounds",
            f"the shares of `scenarios` sum to {in_full(total * 100)} %",
            "state every scenario, so that they sum to 100 %",
        )
    return scenarios


Scenarios = Annotated[dict[Id, Scenario], AfterValidator(_whole)]


class Uses(OneUse):
    """How a product sold is used: how often over its life, and what one use takes.

    `lifetime_years` and `per_year`, or `lifetime` uses in all; `energy`, `burns` or `distance` of
    one use, or `scenarios` of uses. The power is asked for in `country` (`region`), where products
    are used, else where the line is; or a `trajectory` states the grid in each year of the life.
    """

    per_year: Number | None = None
    lifetime_years: Number | None = None
    lifetime: Number | None = None
    scenarios: Scenarios | None = None
    trajectory: dict[Year, Rates] | None = None
    country: Country | None = None
    region: Text | None = None
    evidence: PathTexts = ()

    @model_validator(mode="after")
    def _counted_once(self) -> Uses:
        if (self.per_year is None) != (self.lifetime_years is None):
            missing = "per_year" if self.per_year is None else "lifetime_years"
            raise refuse("missing-key", f"`uses` has no `{missing}`", f"add `{missing}:`")
        if (self.lifetime is None) == (self.per_year is None):
            raise refuse(
                "missing-key" if self.lifetime is None else "conflicting-keys",
                "`uses` does not say once how often a product is used",
                "state `per_year:` and `lifetime_years:`, or `lifetime:`, the uses of its life",
            )
        numbers = (self.per_year, self.lifetime_years, self.lifetime)
        if min(n for n in numbers if n is not None) <= 0:
            raise refuse("out-of-bounds", "a number of `uses` is not above zero", "correct it")
        return self

    @model_validator(mode="after")
    def _said_once(self) -> Uses:
        if self.scenarios is None and not self.taken:
            raise refuse("missing-key", "`uses` does not say what one use takes", _HINT)
        if self.scenarios is not None and self.taken:
            raise refuse("conflicting-keys", f"`{self.taken[0][0]}` stands beside `scenarios`,"
                         " each of which says what one use takes", "keep one of them")  # fmt: skip
        return self

    @model_validator(mode="after")
    def _dated(self) -> Uses:
        """A trajectory states a rate for each year of the life, and nothing else prices power."""
        if self.trajectory is None:
            return self
        years = sorted(self.trajectory)
        if self.lifetime_years is None:
            raise refuse("missing-key", "`trajectory` beside a life that has no years",
                         "state `per_year:` and `lifetime_years:`")  # fmt: skip
        if years != list(range(years[0], years[0] + len(years))) or (
            len(years) != self.lifetime_years
        ):
            raise refuse(
                "out-of-bounds",
                f"`trajectory` states {len(years)} years, the life has"
                f" {_written(self.lifetime_years)}",
                "state a rate for each year of the life, one after the other",
            )
        if _POWER not in self.kinds:
            raise refuse("conflicting-keys", "`trajectory` is of power, and no use takes any",
                         "remove `trajectory:`, or state `energy:`")  # fmt: skip
        place = "country" if self.country is not None else "region"
        if self.country is not None or self.region is not None:
            raise refuse("conflicting-keys", f"`{place}` has no effect beside `trajectory`",
                         f"remove `{place}:`")  # fmt: skip
        return self

    @property
    def kinds(self) -> frozenset[str]:
        """What uses take, by key."""
        return frozenset(key for _, one, _ in self.every for key, _ in one.taken)

    @property
    def count(self) -> tuple[Fraction, str]:
        """Uses over the life of one product, and their arithmetic."""
        if self.lifetime is not None:
            return Fraction(self.lifetime), f"{_written(self.lifetime)} uses/product"
        assert self.per_year is not None
        assert self.lifetime_years is not None
        text = f"{_written(self.per_year)} uses/year × {_written(self.lifetime_years)} years"
        return Fraction(self.per_year) * Fraction(self.lifetime_years), text

    @property
    def every(self) -> tuple[tuple[str, OneUse, tuple[Step, ...]], ...]:
        """The ways in which it is used: name, what one use takes, and the step of its share."""
        if self.scenarios is None:
            return (("", self, ()),)
        return tuple(
            (name, each, (Step(each.share, f"{in_full(each.share * 100)} %", "uses",
                               f"share of {name}"),))
            for name, each in self.scenarios.items() if each.share
        )  # fmt: skip


def _written(number: Decimal) -> str:
    return in_full(Fraction(number))


class _Keys(Protocol):
    uses: Uses | None
    emission_rate: object
    contains: object


def _expand(amount: PerUnit, keys: _Keys, _: FactorCatalog) -> tuple[PerUnit, ...]:
    """What one product takes over its life, a line of each scenario and of power beside fuel."""
    uses = keys.uses
    if uses is None or amount.gas:
        return (amount,)
    need_products(amount.unit, "uses")
    made: list[PerUnit] = []
    for scenario, one, shares in uses.every:
        for key, each in one.taken:
            name = _name(scenario, key, one) or ("use" if keys.contains is not None else "")
            at = ("uses", "scenarios", scenario) if scenario else ("uses",)
            whole = _taken(amount, uses, shares, key, each)._replace(name=name, at=at)
            if key != _POWER:
                made.append(whole)
            elif uses.trajectory is not None:
                made += _by_year(whole._replace(fuel=None), uses)
            elif keys.emission_rate is not None:
                made.append(whole._replace(fuel=None))
            else:
                made.append(_of_grid(whole))
    return tuple(made)


def _name(scenario: str, key: str, one: OneUse) -> str:
    """The name of a line: its scenario, and where one use takes two things, which of them."""
    which = "" if len(one.taken) == 1 else "power" if key == _POWER else "fuel"
    return "-".join(filter(None, (scenario, which)))


def _taken(
    amount: PerUnit, uses: Uses, shares: tuple[Step, ...], key: str, each: Quantity
) -> PerUnit:
    """One thing that uses take over the life of a product."""
    count, text = uses.count
    steps = (
        Step(count, text, "uses", cited("expected lifetime", uses.evidence)),
        *shares,
        Step(each.value, f"{each}/use", each.unit.text, f"{_WORDS[key]} of one use"),
    )
    return amount._replace(
        steps=(*amount.steps, *steps),
        after=plain_unit(each),
        region=uses.region or uses.country or "",
        notes=(*amount.notes, f"expected lifetime: {text}"),
    )


def _of_grid(made: PerUnit) -> PerUnit:
    """Power asks the grid."""
    notes = (*made.notes, _COMBUSTION_ONLY)
    return made._replace(fuel=None, priced_as="purchased_electricity", notes=notes)


def _by_year(whole: PerUnit, uses: Uses) -> list[PerUnit]:
    """The uses of each year of the life, by the rate stated for it."""
    assert uses.per_year is not None
    made: list[PerUnit] = []
    for year, rates in sorted((uses.trajectory or {}).items()):
        first = Step(Fraction(uses.per_year), f"{_written(uses.per_year)} uses/year", "uses",
                     cited(f"uses of {year}", uses.evidence))  # fmt: skip
        at = next(i for i, step in enumerate(whole.steps) if step.unit == "uses")
        made.append(
            whole._replace(
                name="-".join(filter(None, (whole.name, str(year)))),
                steps=(*whole.steps[:at], first, *whole.steps[at + 1 :]),
                says=(*whole.says, ("emission_rate", rates)),
                at=("uses", "trajectory", str(year)),
            )
        )
    return made


_WORDS = {_POWER: "energy", _FUEL: "fuel", _WAY: "distance"}


def _alone(line: Any) -> None:
    """A fuel is burnt by the uses that say so, and these say which one."""
    if line.uses is None:
        return
    taken = line.uses.kinds
    priced = next((key for key in ("factor", "emission_rate") if getattr(line, key)), None)
    if line.uses.trajectory is not None and priced is not None:
        raise refuse("conflicting-keys", f"`{priced}` stands beside the `trajectory` of `uses`",
                     "keep one of them")  # fmt: skip
    place = next((key for key in ("country", "region") if getattr(line.uses, key)), None)
    if line.emission_rate is not None and place is not None:
        raise refuse("conflicting-keys", f"`{place}` of `uses` has no effect beside"
                     " `emission_rate`", f"remove `{place}:`")  # fmt: skip
    if _FUEL in taken and line.fuel is None:
        raise refuse("missing-key", "`burns` of `uses` does not say which fuel", "add `fuel:`")
    if _FUEL in taken and line.combustion is None and line.factor is line.emission_rate is None:
        raise refuse(
            "missing-key",
            f"nothing says how users burn {line.fuel}",
            "add `combustion: stationary` or `combustion: mobile`",
        )
    if taken == {_POWER} and line.fuel is not None:
        raise refuse(
            "conflicting-keys",
            "`fuel` stands beside `uses` that take power alone",
            "remove `fuel:`, or state what one use `burns:`",
        )


def _implied(line: Any, _: str) -> str:
    return "direct_use" if line.uses.scenarios is None else "indirect_use"


USES = Method(
    "uses", ("uses",), (USE,), expand=_expand, words=("direct_use", "indirect_use"),
    implies=_implied, alone=_alone,
)  # fmt: skip
