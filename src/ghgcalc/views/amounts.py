"""Exact sums of lines by any dimension, in tonnes; each line is weighed once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.line import LOCATION, MARKET, Line, judge_method, plus, times
from ghgcalc.calculation.results.plan_sums import PlanSums
from ghgcalc.core.arguments import INVENTORY, scopes_of, taken, wrong
from ghgcalc.core.gases import GROUPS
from ghgcalc.core.numbers import ONE, ZERO, ExactSums
from ghgcalc.core.period import months_of
from ghgcalc.inventory.inventory import Inventory

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from ghgcalc.core.period import Span


class Bucket(NamedTuple):
    """Lines alike in scope, category, place and days; the last three where they are asked for."""

    scope: int
    category: str
    facility: str | None = None
    country: str | None = None
    span: Span | None = None


class Weighed(NamedTuple):
    """A bucket with its number of lines (or wholes), tonnes by method, and biogenic CO2.

    Tonnes are None where a line of the bucket states the other method alone.
    """

    line: Bucket
    lines: int
    location_based: Fraction | None
    market_based: Fraction | None
    biogenic: Fraction


@dataclass(slots=True)
class Amounts:
    """Tonnes of a group of lines by scope; `seen` tells 0 from no data, None is not known."""

    scope_1: Fraction = ZERO
    scope_2: dict[str, Fraction | None] = field(
        default_factory=lambda: {LOCATION: ZERO, MARKET: ZERO}
    )
    scope_3: Fraction = ZERO
    biogenic: Fraction = ZERO
    seen: set[int] = field(default_factory=set)

    def add(
        self, scope: int, location: Fraction | None, market: Fraction | None, biogenic: Fraction
    ) -> None:
        """Add tonnes of one scope; only Scope 2 has methods that may not be known."""
        self.seen.add(scope)
        if scope == 2:
            self.scope_2[LOCATION] = plus(self.scope_2[LOCATION], location)
            self.scope_2[MARKET] = plus(self.scope_2[MARKET], market)
        elif scope == 1:
            self.scope_1 += location or ZERO
        else:
            self.scope_3 += location or ZERO
        if biogenic:
            self.biogenic += biogenic

    def total(self, method: str) -> Fraction | None:
        """All scopes under a method; None where its Scope 2 is not known.

        Raises:
            ValueError: there is no such method.
        """
        judge_method(method)
        return plus(self.scope_1 + self.scope_3, self.scope_2[method])

    def merge(self, other: Amounts, share: Fraction = ONE) -> None:
        """Add another group's tonnes, or a share of them."""
        self.seen |= other.seen
        self.scope_1 += other.scope_1 * share
        self.scope_3 += other.scope_3 * share
        self.biogenic += other.biogenic * share
        for method in (LOCATION, MARKET):
            self.scope_2[method] = plus(self.scope_2[method], times(other.scope_2[method], share))

    def of(self, scope: int, method: str) -> Fraction | None:
        """One scope under a method; None where no line speaks of it, or it is not known.

        Raises:
            ValueError: there is no such scope or method.
        """
        judge_method(method)
        scopes_of((scope,))
        if scope not in self.seen:
            return None
        return {1: self.scope_1, 2: self.scope_2[method], 3: self.scope_3}[scope]


def everything_of(line: Line) -> Bucket:
    """The bucket of a line by all that buckets tell apart."""
    return Bucket(line.scope, line.category, line.facility, line.country, line.span)


def category_of(line: Line) -> Bucket:
    """The bucket of a line by scope and category alone: far fewer of them."""
    return Bucket(line.scope, line.category)


def weigh(
    lines: Iterable[Line], bucket_of: Callable[[Line], Bucket] = everything_of
) -> list[Weighed]:
    """Weigh lines by bucket: quantities of a plan are summed first, then multiplied once.

    Raises:
        TypeError: these are no lines.
    """
    numbers: dict[Bucket, int] = {}
    counts: list[int] = []
    unknown: set[tuple[int, str]] = set()
    located: PlanSums[int] = PlanSums()
    market: PlanSums[int] = PlanSums()
    for line in lines:
        if not isinstance(line, Line):
            wrong("lines", "lines, such as those of an inventory", line)
        number = numbers.setdefault(bucket_of(line), len(numbers))
        if number == len(counts):
            counts.append(0)
        counts[number] += 1
        if line.lacks is not None:
            unknown.add((number, line.lacks))
        located.add(number, line.location_based)
        if line.scope == 2:
            market.add(number, line.market_based)
    biogenic: ExactSums[int] = ExactSums()
    for number, plan, quantity in located.items():
        if plan.biogenic:
            biogenic.add(number, plan.biogenic * quantity / 1000)
    by_location, by_market, outside = located.tonnes(), market.tonnes(), dict(biogenic.items())
    found = []
    for bucket, number in numbers.items():
        tonnes = by_location.get(number, ZERO)
        other = by_market.get(number, ZERO) if bucket.scope == 2 else tonnes
        found.append(Weighed(
            bucket, counts[number], None if (number, LOCATION) in unknown else tonnes,
            None if (number, MARKET) in unknown else other, outside.get(number, ZERO),
        ))  # fmt: skip
    return found


def _weighed(value: object) -> Weighed:
    return taken(value, Weighed, "weighed", "what `weigh` gave")


Key = Callable[[Bucket], "Hashable"]


def group(weighed: Iterable[Weighed], key: Key) -> dict[Hashable, Amounts]:
    """Sum by a key of the bucket, in order of first appearance.

    Raises:
        TypeError: these were not weighed.
    """
    found: dict[Hashable, Amounts] = {}
    for line, _, located, market, biogenic in map(_weighed, weighed):
        name = key(line)
        amounts = found.get(name)
        if amounts is None:
            amounts = found[name] = Amounts()
        amounts.add(line.scope, located, market, biogenic)
    return found


def by_month(weighed: Iterable[Weighed]) -> dict[str, Amounts]:
    """Sum by calendar month, such as `2023-04`; a longer line is spread by days exactly.

    Raises:
        TypeError: these were not weighed.
        ValueError: the buckets hold no days, such as those of `category_of`.
    """
    spans: dict[Span, Amounts] = {}
    for line, _, located, market, biogenic in map(_weighed, weighed):
        if line.span is None:
            raise ValueError("the buckets hold no days: weigh the lines without a `bucket_of`")
        spans.setdefault(line.span, Amounts()).add(line.scope, located, market, biogenic)
    found: dict[str, Amounts] = {}
    for span, amounts in sorted(spans.items(), key=lambda item: item[0]):
        for name, days in months_of(span):
            share = Fraction(days.days, span.days)
            found.setdefault(name, Amounts()).merge(amounts, share)
    return dict(sorted(found.items()))


@dataclass(slots=True)
class GasAmounts:
    """One gas: tonnes CO2e by scope and method, kilograms of gas by method."""

    group: str
    gas: str
    amounts: Amounts = field(default_factory=Amounts)
    kg: dict[str, Fraction] = field(default_factory=lambda: {LOCATION: ZERO, MARKET: ZERO})


_BOTH = "both methods"


def by_gas(inventory: Inventory) -> list[GasAmounts]:
    """Every gas of the seven groups, then the CO2e that no gas explains.

    Raises:
        TypeError: it is no inventory.
    """
    taken(inventory, Inventory, "inventory", INVENTORY)
    found: dict[tuple[str, str], GasAmounts] = {}
    sums: PlanSums[tuple[int, str]] = PlanSums()
    for line in inventory.wholes:
        if line.market_based is line.location_based:
            sums.add((line.scope, _BOTH), line.location_based)
            continue
        for method in (LOCATION, MARKET):
            sums.add((line.scope, method), line.parts(method))
        if line.lacks is not None:  # nobody says of which gases it would be
            rest = found.setdefault(("unspecified", ""), GasAmounts("unspecified", ""))
            rest.amounts.seen.add(2)
            rest.amounts.scope_2[line.lacks] = None
    for (scope, methods), plan, quantity in sums.items():
        entries = [(rate.group, rate.gas, rate.co2e, rate.kg) for rate in plan.gases]
        if plan.unspecified:
            entries.append(("unspecified", "", plan.unspecified, ZERO))
        for name, gas, co2e, kg in entries:
            entry = found.setdefault((name, gas), GasAmounts(name, gas))
            for method in (LOCATION, MARKET) if methods == _BOTH else (methods,):
                _add_gas(entry, scope, method, quantity * co2e / 1000)
                entry.kg[method] += quantity * kg
    order = {name: index for index, name in enumerate((*GROUPS, "unspecified"))}
    return sorted(found.values(), key=lambda entry: (order.get(entry.group, 99), entry.gas))


def _add_gas(entry: GasAmounts, scope: int, method: str, tonnes: Fraction) -> None:
    amounts = entry.amounts
    amounts.seen.add(scope)
    if scope == 2:
        amounts.scope_2[method] = plus(amounts.scope_2[method], tonnes)
    elif method == LOCATION and scope == 1:
        amounts.scope_1 += tonnes
    elif method == LOCATION:
        amounts.scope_3 += tonnes
