"""The `lines` and `factors` of the JSON, written as text; what plans share is written once."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.core.numbers import plain
from ghgcalc.core.vocabulary.categories import ELECTRICITY
from ghgcalc.render.exact import Prepared, RateBook, times, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import GasRate, Part, Plan
    from ghgcalc.factors.model import Factor
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.render.exact import PlanRates

# denominators kept by plan: decimals of a kind share few, shares of instruments one per facility
_MOST_READY = 1_000
_dumps = json.JSONEncoder(ensure_ascii=False).encode


def _text(value: str | None) -> str:
    return "null" if value is None else encode_basestring(value)


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(texts)}]"


class _Shared:
    """The texts that all parts of a plan share, around their numbers."""

    __slots__ = ("_ready", "gases", "outside", "rates", "record", "steps", "unit")

    def __init__(self, plan: Plan, rates: PlanRates, unit: str) -> None:
        self.rates = rates
        self.unit = _text(unit)
        self.record = _record(plan)
        self.steps = _steps(plan)
        end = f'"gwp_set": {_text(plan.gwp_set)}, "tco2e": '
        self.gases = [
            (
                f'{{"gas": {_text(rate.gas)}, "rate": {_text(rate.text or None)}, "kg": ',
                kg,
                f", {_gwp(rate)}, {end}",
                tonnes,
            )
            for rate, kg, tonnes in rates.gases
        ]
        self.outside = [
            (f'{{"gas": {_text(rate.gas)}, "kg": ', kg, ', "tco2e": ',
             None if rate.gwp is None else tonnes)
            for rate, kg, tonnes in rates.outside
        ]  # fmt: skip
        self._ready: dict[int, _Ready] = {}

    def over(self, bottom: int) -> _Ready:
        """The texts and rates for quantities of one denominator, which many share."""
        ready = self._ready.get(bottom)
        if ready is None:
            if len(self._ready) >= _MOST_READY:
                self._ready.clear()
            ready = self._ready[bottom] = _Ready(
                Prepared.of(self.rates.total, bottom),
                Prepared.of(self.rates.unspecified, bottom),
                Prepared.of(self.rates.biogenic, bottom),
                [(head, Prepared.of(kg, bottom), middle, Prepared.of(tonnes, bottom))
                 for head, kg, middle, tonnes in self.gases],
                [(head, Prepared.of(kg, bottom), middle,
                  None if tonnes is None else Prepared.of(tonnes, bottom))
                 for head, kg, middle, tonnes in self.outside],
            )  # fmt: skip
        return ready


class _Ready(NamedTuple):
    """A plan's texts around its rates, prepared for one denominator of quantities."""

    total: Prepared
    unspecified: Prepared
    biogenic: Prepared
    gases: list[tuple[str, Prepared, str, Prepared]]
    outside: list[tuple[str, Prepared, str, Prepared | None]]


class _Numbers(NamedTuple):
    """The texts of one part's numbers."""

    shared: _Shared
    quantity: str
    tonnes: str
    biogenic: str
    gases: str
    unspecified: str
    outside: str


class LineWriter:
    """Writes lines; remembers the texts that the parts of a plan share."""

    def __init__(self) -> None:
        self.book = RateBook()
        self._shared: dict[int, _Shared] = {}
        self._last_key: tuple[int, int, int] = (0, 0, 0)
        self._last: _Numbers
        self._quantity: tuple[Fraction, str]
        self._commons: dict[tuple[object, ...], tuple[str, str]] = {}

    def write(self, line: Line) -> str:
        """One line as a JSON object."""
        self._quantity = (line.quantity, plain(line.quantity))
        located = self._method(line, line.location_based)
        same = line.market_based is line.location_based
        market = located if same else self._method(line, line.market_based)
        name = _text(line.id)
        activity = name if line.activity == line.id else _text(line.activity)
        head, tail = self._common(line)
        evidence = _list(map(_text, line.evidence)) if line.evidence else "[]"
        return (
            f'{{"id": {name}, "activity": {activity},'
            f' "location": {_text(str(line.location))}, {head}{self._quantity[1]}{tail}'
            f' "rows": {_text(line.rows) if line.rows else "null"}, "evidence": {evidence},'
            f' "estimated": {_estimate(line)},'
            f' "derivation": {_derivation(line) if line.derivation else "null"},'
            f' "derived_from": {_text(line.derived_from)},'
            f' "location_based": {located}, "market_based": {market}}}'
        )

    def _common(self, line: Line) -> tuple[str, str]:
        """What lines of one place, kind and span share: the text before and after the quantity."""
        weight = line.weight
        key = (
            line.facility, line.scope, line.category, line.source_category, line.item, line.span,
            weight.numerator, weight.denominator, line.unit.text, line.unit.basis,
            line.placement, line.supplier, line.calculated_by, line.method,
        )  # fmt: skip
        known = self._commons.get(key)
        if known is None:
            head = (
                f'"facility": {_text(line.facility)},'
                f' "country": {_text(line.country)}, "scope": {line.scope},'
                f' "category": {_text(line.category)},'
                f' "source_category": {_text(line.source_category)},'
                f' "item": {_text(line.item or None)}, "first": "{line.span.first}",'
                f' "last": "{line.span.last}", "weight": {plain(weight)}, "quantity": {{"value": '
            )
            tail = (
                f', "unit": {_text(str(line.unit))}}},'
                f' "placement": {_text(line.placement)}, "supplier": {_text(line.supplier)},'
                f' "method": {_text(line.calculated_by or line.method)},'
            )
            known = self._commons[key] = (head, tail)
        return known

    def _method(self, line: Line, parts: tuple[Part, ...]) -> str:
        """Totals and parts of a method; null where a reported line does not speak of it."""
        if not parts:
            return "null"
        if len(parts) == 1:
            numbers = self._numbers(line, parts[0])
            tonnes, biogenic = numbers.tonnes, numbers.biogenic
            written = self._part(parts[0], numbers)
        else:
            tonnes, biogenic = self.book.tonnes(parts), self.book.biogenic(parts)
            written = ", ".join([self._part(part, self._numbers(line, part)) for part in parts])
        return f'{{"tco2e": {tonnes}, "biogenic_co2": {biogenic}, "parts": [{written}]}}'

    @staticmethod
    def _part(part: Part, numbers: _Numbers) -> str:
        shared, quantity, tonnes, _, gases, rest, outside = numbers
        return (
            f'{{"source": {_text(part.source)}, "instrument": {_text(part.instrument)},'
            f' "quantity": {quantity}, "unit": {shared.unit},'
            f' "tco2e": {tonnes}, {shared.record}, "gases": [{gases}],'
            f' "unspecified_tco2e": {rest}, "outside": [{outside}], "steps": {shared.steps}}}'
        )

    def _numbers(self, line: Line, part: Part) -> _Numbers:
        """The texts of a part's numbers; both methods of a line often ask for the same."""
        top, bottom = part.quantity.as_integer_ratio()
        key = (id(part.plan), top, bottom)
        if key == self._last_key:
            return self._last
        shared = self._shared.get(key[0])
        if shared is None:
            shared = _Shared(part.plan, self.book.of(part.plan), unit_of(line, part))
            self._shared[key[0]] = shared
        ready = shared.over(bottom)
        gases = ", ".join(
            [
                f"{head}{times(top, kg)}{middle}{times(top, tonnes)}}}"
                for head, kg, middle, tonnes in ready.gases
            ]
        )
        outside = ", ".join(
            [
                f"{head}{times(top, kg)}{middle}"
                f"{'null' if tonnes is None else times(top, tonnes)}}}"
                for head, kg, middle, tonnes in ready.outside
            ]
        )
        self._last_key = key
        self._last = _Numbers(
            shared,
            self._quantity[1] if part.quantity is self._quantity[0] else plain(part.quantity),
            times(top, ready.total),
            times(top, ready.biogenic) if ready.biogenic.top else "0",
            gases,
            times(top, ready.unspecified) if ready.unspecified.top else "0",
            outside,
        )
        return self._last


def _estimate(line: Line) -> str:
    """How much of a line is an estimate, how and why; null where nothing is."""
    known = line.estimate
    if known is None:
        return "null"
    return (
        f'{{"share": {plain(known.share)}, "quantity": {plain(line.quantity * known.share)},'
        f' "method": {_text(known.method or None)}, "reason": {_text(known.reason or None)},'
        f' "column": {_text(known.column or None)}}}'
    )


def _derivation(line: Line) -> str:
    """The terms of a mass of gas as stated, and their arithmetic."""
    found = line.derivation
    assert found is not None
    terms = _list(
        f'{{"name": {_text(term.name)}, "amount": {_text(term.text)}}}' for term in found.terms
    )
    steps = _list(
        f'{{"text": {_text(step.text)}, "value": {plain(step.value)},'
        f' "unit": {_text(step.unit)}, "words": {_text(step.words)}}}'
        for step in found.steps
    )
    return (
        f'{{"method": {_text(found.method)}, "kg": {plain(found.kg)}, "days": {found.days},'
        f' "terms": {terms}, "steps": {steps}}}'
    )


def _gwp(rate: GasRate) -> str:
    return f'"gwp": {"null" if rate.gwp is None else plain(rate.gwp)}'


def _record(plan: Plan) -> str:
    factor = plan.resolution.factor
    gaps = [
        {"kind": gap.kind, "detail": gap.detail, "entry": gap.entry} for gap in plan.resolution.gaps
    ]
    return (
        f'"factor": {_text(factor.ref if factor else None)},'
        f' "factor_locator": {_text(factor.locator if factor else None)},'
        f' "basis": {_text(plan.resolution.basis)}, "chosen": {_text(plan.resolution.chosen)},'
        f' "gaps": {_dumps(gaps)}'
    )


def _steps(plan: Plan) -> str:
    return _list(
        f'{{"value": {plain(step.value)}, "text": {_text(step.text)},'
        f' "unit": {_text(step.unit)}, "source": {_text(step.source)}}}'
        for step in plan.steps
    )


def factor_records(inventory: Inventory) -> list[dict[str, Any]]:
    """Every factor that a line rests on, once, by reference; numbers marked."""
    plans = {
        id(part.plan): part.plan
        for line in inventory.lines
        for part in (*line.location_based, *line.market_based)
    }
    found = {
        factor.ref: factor
        for plan in plans.values()
        for factor in (plan.resolution.factor, plan.complement)
        if factor is not None
    }
    return [_factor(found[ref]) for ref in sorted(found)]


def _kind(factor: Factor) -> str | None:
    """The kind of an electricity factor; a row that names none is a grid average."""
    published = factor.pack.id != "stated" and factor.categories & ELECTRICITY
    return factor.kind or ("grid_average" if published else None)


def _factor(factor: Factor) -> dict[str, Any]:
    return {
        "factor": factor.ref,
        "pack_version": factor.pack.header.version,
        "name": factor.name,
        "per": str(factor.per),
        "gases": {
            gas: {"value": "\0" + plain(value.amount.value, 40), "unit": str(value.amount.unit),
                  "as_co2e": value.as_co2e}
            for gas, value in factor.gases.items()
        },
        "region": factor.region or None,
        "year": factor.year,
        "kind": _kind(factor),
        "gwp_set": factor.gwp_set,
        "locator": factor.locator or None,
        "evidence": factor.evidence.label,
        "own": factor.pack.own,
        "location": str(factor.location) if factor.location else None,
    }  # fmt: skip
