"""Activities to amounts; those that differ in days and quantity alone are one sum a year.

A sum becomes its activities again (`ElementaryActivity.split`) wherever a single one matters: a
cut date within the year, something to say of a line, a view that asks for lines.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from ghgcalc.activity_data.elementary import elementary
from ghgcalc.core.numbers import ExactSums
from ghgcalc.methods.leak_rates import judge_leak_rates

if TYPE_CHECKING:
    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.company.activity import Activity
    from ghgcalc.company.company import Company
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.core.period import PeriodSpec, Span
    from ghgcalc.factors.catalogue import FactorCatalog

_KEY = ("facility", "category", "fuel", "item", "gas", "sector", "technology", "vehicle", "factor",
        "factor_year", "estimated", "method")  # fmt: skip
# what an activity may state and still be one of many; the rest says something of it alone
PLAIN = frozenset({*_KEY, "period", "quantity", "evidence", "note"})
_key_of = attrgetter(*_KEY)
# the reporting year, and all else that activities alike share
_Kind = tuple["Span", tuple[object, ...]]


@dataclass(slots=True)
class _Alike:
    """The first amount of a kind in a reporting year, and the others by place and activity."""

    first: ElementaryActivity
    year: Span
    others: list[tuple[int, str]] = field(default_factory=list)


class ActivitySums:
    """The amounts of activities, taken one by one in the order of the file."""

    def __init__(self, company: Company, catalog: FactorCatalog) -> None:
        self._company, self._catalog = company, catalog
        self._found: list[ElementaryActivity | _Alike] = []
        self._alike: dict[_Kind, _Alike] = {}
        self._years: dict[PeriodSpec, Span | None] = {}
        self._apart = any(entry.for_.activity for entry in company.accept.values())

    def take(self, order: int, name: str, activity: Activity) -> list[Diagnostic]:
        """Take an activity; what is wrong with it."""
        key = None if self._apart else self._kind(activity)
        known = self._alike.get(key) if key is not None else None
        if known is not None:
            known.others.append((order, name))
            return []
        outcome = elementary(self._company, name, activity, self._catalog)
        found = list(outcome.diagnostics)
        for made in outcome.value:
            found += self._leak_rates(activity, made)
            made.order = order
        if key is None or not outcome.value:
            self._found.extend(outcome.value)
        else:
            (made,) = outcome.value  # plain keys ask for no method that gives several
            self._alike[key] = _Alike(made, year=key[0])
            self._found.append(self._alike[key])
        return found

    def _leak_rates(self, activity: Activity, made: ElementaryActivity) -> list[Diagnostic]:
        """What published rates say of a screening; notes go to its amount."""
        if activity.leakage is None:
            return []
        where = (*made.path, "leakage")
        locate = self._company.document.locate
        told = judge_leak_rates(
            activity.leakage, made.id, self._catalog, lambda key: locate((*where, key))
        )
        made.notes = (*made.notes, *told.value)
        days = (made.span.first, made.span.last)
        return [replace(item, days=days) for item in told.diagnostics]

    def wholes(self) -> list[ElementaryActivity]:
        """Every amount or sum, where the first of its activities stands."""
        return [each if not isinstance(each, _Alike) else self._sum(each) for each in self._found]

    def _kind(self, activity: Activity) -> _Kind | None:
        """What activities that are alike share; None for one that stands alone."""
        quantity = activity.quantity
        if quantity is None or quantity.number <= 0 or not activity.model_fields_set <= PLAIN:
            return None
        year = self._year(activity.period)
        facility = self._company.facilities.get(activity.facility or "")
        if year is None or facility is None or not facility.stands(year):
            return None
        return year, (quantity.unit.text, quantity.unit.basis, *_key_of(activity))

    def _year(self, period: PeriodSpec) -> Span | None:
        """The reporting year that holds a period, if one does."""
        if period not in self._years:
            span = self._company.span_of(period)
            year = self._company.year.span(self._company.year.name_of(span.first))
            self._years[period] = year if year.holds(span) else None
        return self._years[period]

    def _sum(self, alike: _Alike) -> ElementaryActivity:
        first = alike.first
        if not alike.others:
            return first
        activities = self._company.activities
        names = [name for _, name in alike.others]
        sums: ExactSums[None] = ExactSums()
        evidence: dict[str, None] = dict.fromkeys(first.evidence)
        for name in (first.activity, *names):
            quantity = activities[name].quantity
            assert quantity is not None
            sums.add(None, quantity.number)
            evidence |= dict.fromkeys(activities[name].evidence)
        ((_, total),) = sums.items()
        stated = activities[first.activity].quantity
        assert stated is not None  # a mass of gas is stated in some unit and counts in kilograms
        scale = first.quantity / stated.value
        return replace(
            first,
            quantity=total if scale == 1 else total * scale,
            span=alike.year,
            evidence=tuple(evidence),
            others=tuple(names),
            derivation=None,  # each of the activities has its own
            split=lambda: [first, *self._made(alike.others)],
        )

    def _made(self, others: list[tuple[int, str]]) -> list[ElementaryActivity]:
        found = []
        for order, name in others:
            activity = self._company.activities[name]
            # all that could be wrong would be with the first
            (made,) = elementary(self._company, name, activity, self._catalog).value
            made.order = order
            found.append(made)
        return found
