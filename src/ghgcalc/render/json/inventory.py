"""The inventory as JSON, schema `ghgcalc-inventory-1`.

Layout: UTF-8, LF, one top-level key per line in a fixed order; lists have one compact record per
line, so a diff shows records. Numbers are JSON numbers written from exact fractions with at most
12 decimals, rounded there and nowhere before, half away from zero; values that a factor's
publisher prints keep all their digits. Controls, direction marks and invisible signs inside texts
are written as escapes. Tonnes are tCO2e; `kg` is the
mass of a gas. `null` means not evaluated, not applicable, or, under a method of `not_stated`, not
known; `0` is a result, but for totals that `not_evaluated` names. Keys may be added
within version 1; none changes its meaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ghgcalc.calculation.results.line import LOCATION, MARKET, times
from ghgcalc.core.arguments import INVENTORY, taken
from ghgcalc.core.numbers import plain
from ghgcalc.core.text.controls import escaped_json
from ghgcalc.core.version import __version__
from ghgcalc.inventory.inventory import Inventory
from ghgcalc.inventory.not_evaluated import not_evaluated
from ghgcalc.inventory.scope_3_methods import scope_3_methods
from ghgcalc.inventory.spread import shares_by_month, totals_by_method
from ghgcalc.render.diagnostics import as_record
from ghgcalc.render.exact import own_units
from ghgcalc.render.json.energy import energy_record
from ghgcalc.render.json.estimates import estimated_record
from ghgcalc.render.json.lines import LineWriter, factor_records
from ghgcalc.render.json.scope_3 import quality_record, scope_3_records
from ghgcalc.render.json.text import gap_record, json_value, number, place, written
from ghgcalc.views.amounts import Amounts, Weighed, by_gas, by_month, group, weigh

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.inventory.held_days import Site
    from ghgcalc.inventory.scope_3_methods import MethodsOf
    from ghgcalc.render.style import Style

SCHEMA = "ghgcalc-inventory-1"
METHODS = (LOCATION, MARKET)
LINES: list[Any] = []
PIECE = 128  # lines


def render_json(inventory: Inventory) -> str:
    """Render an inventory as the documented JSON.

    Raises:
        TypeError: it is none.
    """
    taken(inventory, Inventory, "inventory", INVENTORY)
    return "".join(json_pieces(inventory))


def json_pieces(inventory: Inventory) -> Iterator[str]:
    """The same text piece by piece: a file of any size needs little memory."""
    start = "{\n"
    for key, value in _top(inventory, weigh(inventory.lines)):
        yield f'{start}  "{key}": '
        if value is LINES and inventory.lines:
            yield from _lines(inventory.lines)
        else:
            yield json_value(value)
        start = ",\n"
    yield "\n}\n"


def some_json(inventory: Inventory, keys: Collection[str]) -> str:
    """The inventory in short: the `keys` asked for, of those that are no `lines`."""
    weighed = weigh(inventory.lines)
    return written([(key, value) for key, value in _top(inventory, weighed)
                    if key in keys and value is not LINES])  # fmt: skip


def json_form(inventory: Inventory, _: Style) -> Iterator[str]:
    """An inventory in the format `json`, written as it is made."""
    return json_pieces(inventory)


def _lines(lines: list[Line]) -> Iterator[str]:
    """The lines in pieces of about a quarter of a megabyte, which a pipe takes at once."""
    write = LineWriter().write
    start = "[\n    "
    for first in range(0, len(lines), PIECE):
        yield start
        yield escaped_json(",\n    ".join([write(line) for line in lines[first : first + PIECE]]))
        start = ",\n    "
    yield "\n  ]"


def _top(inventory: Inventory, weighed: list[Weighed]) -> list[tuple[str, Any]]:
    span = inventory.span
    whole = group(weighed, lambda line: "").get("", Amounts())
    return [
        ("schema", SCHEMA),
        ("ghgcalc", __version__),
        ("organization", inventory.name),
        ("period", {"name": inventory.period, "first": str(span.first), "last": str(span.last)}),
        ("boundary", inventory.boundary),
        ("consolidation_approach", inventory.approach),
        ("gwp_set", inventory.gwp_set),
        ("choices", inventory.choices),
        ("status", inventory.status or None),
        ("holds", inventory.holds),
        ("totals", _totals(inventory, whole)),
        *((f"by_{name}", make(inventory, weighed)) for name, make in _BREAKDOWNS.items()),
        ("by_month_spread", _spread(inventory)),
        ("intensities", _intensities(inventory)),
        ("not_stated", _not_stated(inventory)),
        ("lines", LINES),
        ("factors", factor_records(inventory)),
        *_records(inventory),
    ]


def _spread(inventory: Inventory) -> dict[str, str | None]:
    """The share of the tonnes of months that longer bills were spread into, by method."""
    shares = shares_by_month(inventory.lines, totals_by_method(inventory))
    return {method: number(share) for method, share in shares.items()}


def _scopes(_: Inventory, weighed: list[Weighed]) -> list[dict[str, Any]]:
    whole = group(weighed, lambda line: "").get("", Amounts())
    return [_scope(whole, scope) for scope in (1, 2, 3) if scope in whole.seen]


def _categories_of(inventory: Inventory, weighed: list[Weighed]) -> list[dict[str, Any]]:
    found = group(weighed, lambda line: (line.scope, line.category))
    told = scope_3_methods(inventory.wholes)
    records = []
    for key, amounts in sorted(found.items(), key=lambda item: str(item[0])):
        assert isinstance(key, tuple)
        scope, category = key
        records.append(
            {
                "scope": scope,
                "category": category,
                **_methods(amounts, scope),
                "biogenic_co2": number(amounts.biogenic),
                **_calculated_by(told.get(category) if scope == 3 else None),
                "status": inventory.scope_3.status(category) if scope == 3 else None,
                "data_quality": quality_record(inventory, category) if scope == 3 else None,
            }
        )
    return records


def _calculated_by(methods: MethodsOf | None) -> dict[str, Any]:
    if methods is None:
        return {"methods": [], "partners_data_share": None}
    return {
        "methods": [
            {"method": word, "lines": methods.lines[word], "tco2e": number(tonnes),
             "share": number(methods.share(word))}
            for word, tonnes in methods.tonnes.items()
        ],
        "partners_data_share": number(methods.of_partners),
    }  # fmt: skip


_BREAKDOWNS: dict[str, Callable[[Inventory, list[Weighed]], list[dict[str, Any]]]] = {
    "scope": _scopes,
    "category": _categories_of,
    "facility": lambda _, weighed: _grouped(group(weighed, lambda b: b.facility), "facility"),
    "gas": lambda inventory, _: _gases(inventory),
    "country": lambda _, weighed: _grouped(group(weighed, lambda b: b.country), "country"),
    "month": lambda _, weighed: _grouped(by_month(weighed), "month"),
}


def breakdown_records(inventory: Inventory, by: str) -> list[dict[str, Any]]:
    """The records of one breakdown, numbers marked by a NUL."""
    return _BREAKDOWNS[by](inventory, weigh(inventory.lines))


def _records(inventory: Inventory) -> list[tuple[str, Any]]:
    return [
        ("instruments", _instruments(inventory)),
        ("energy", energy_record(inventory, number)),
        ("estimated", estimated_record(inventory, number)),
        ("accepted", _accepted(inventory)),
        ("expectations", _expectations(inventory)),
        ("control_totals", _control_totals(inventory)),
        ("packs", [use._asdict() for use in inventory.packs]),
        ("inputs", [{"path": path, "sha256": digest} for path, digest in inventory.inputs.items()]),
        ("lock", _lock(inventory)),
        ("consolidated_days", [{**kind._asdict(), "days": days}
                               for kind, days in sorted(inventory.standing.held.items())]),
        ("facilities", [_site(name, site) for name, site in inventory.standing.sites.items()]),
        ("units", [
            {"unit": text, "dimension": unit.dimension, "size": "\0" + plain(unit.size, 40)}
            for text, unit in own_units(inventory).items()
        ]),
        ("corrections", list(inventory.standing.corrections)),
        *scope_3_records(inventory),
        ("exclusions", [{"source": what, "justification": why}
                        for what, why in inventory.exclusions]),
        ("notes", inventory.notes),
        ("diagnostics", [as_record(item) for item in inventory.diagnostics]),
    ]  # fmt: skip


def _site(name: str, site: Site) -> dict[str, Any]:
    days = {key: None if day is None else str(day) for key, day in site._asdict().items()}
    return {"facility": name, **days, "inside": site.inside}


def _methods(amounts: Amounts, scope: int) -> dict[str, str | None]:
    return {method: number(amounts.of(scope, method)) for method in METHODS}


def _totals(inventory: Inventory, whole: Amounts) -> dict[str, Any]:
    totals = inventory.totals
    return {
        "unit": "tCO2e",
        "scope_1": number(totals.scope_1),
        "scope_2": {m: number(totals.scope_2[m]) for m in METHODS},
        "scope_1_2": {m: number(totals.scope_1_2(m)) for m in METHODS},
        "scope_3": number(whole.of(3, LOCATION)),
        "all_scopes": {m: number(totals.all_scopes(m)) for m in METHODS},
        "biogenic_co2": number(totals.biogenic_co2),
        "not_evaluated": not_evaluated(inventory),
    }


def _scope(whole: Amounts, scope: int) -> dict[str, Any]:
    return {"scope": scope, **_methods(whole, scope)}


def _amounts(amounts: Amounts) -> dict[str, Any]:
    return {
        "scope_1": number(amounts.of(1, LOCATION)),
        "scope_2": _methods(amounts, 2),
        "scope_3": number(amounts.of(3, LOCATION)),
        "all_scopes": {method: number(amounts.total(method)) for method in METHODS},
        "biogenic_co2": number(amounts.biogenic),
    }


def _grouped(found: Mapping[Any, Amounts], name: str) -> list[dict[str, Any]]:
    return [
        {name: key, **_amounts(amounts)}
        for key, amounts in sorted(found.items(), key=lambda item: str(item[0] or ""))
    ]


def _gases(inventory: Inventory) -> list[dict[str, Any]]:
    return [
        {
            "group": entry.group, "gas": entry.gas or None,
            "scope_1": number(entry.amounts.of(1, LOCATION)),
            "scope_2": _methods(entry.amounts, 2),
            "scope_3": number(entry.amounts.of(3, LOCATION)),
            "kg": {m: number(entry.kg[m]) if entry.gas else None for m in METHODS},
        }
        for entry in by_gas(inventory)
    ]  # fmt: skip


def _intensities(inventory: Inventory) -> list[dict[str, Any]]:
    totals = inventory.totals
    return [
        {
            "metric": name, "unit": f"tCO2e/{unit}", "value": number(value),
            "figure": "scope_1_2",
            **{m: number(times(totals.scope_1_2(m), 1 / value)) if value else None
               for m in METHODS},
        }
        for name, unit, value in inventory.metrics
    ]  # fmt: skip


def _not_stated(inventory: Inventory) -> dict[str, list[str]]:
    """Lines whose figure of a method nobody states: no sum of it that holds them is known."""
    return {m: [line.id for line in inventory.lines if line.lacks == m] for m in METHODS}


def _instruments(inventory: Inventory) -> list[dict[str, Any]]:
    return [
        {
            "id": use.id, "type": use.type, "market": use.market, "carrier": use.carrier,
            "location": place(use.location), "volume_mwh": number(use.volume),
            "used_mwh": number(use.used), "surplus_mwh": number(use.surplus),
            "not_applied": use.rejected or None, "criteria": use.criteria,
            "criteria_answers": [answer._asdict() for answer in use.answers],
            "carried_mwh": number(use.carried), **use.record,
            "tco2e": number(use.co2e), "gaps": [gap_record(gap) for gap in use.gaps],
        }
        for use in inventory.instruments
    ]  # fmt: skip


def _accepted(inventory: Inventory) -> list[dict[str, Any]]:
    return [
        {
            "entry": gap.entry, "gap": gap.kind, "reason": gap.reason,
            "location": place(gap.location), "details": list(gap.details),
            "lines": list(gap.lines), "method": gap.shares[0].method,
            "tco2e": number(gap.shares[0].co2e), "share": number(gap.shares[0].share),
            "shares": [
                {"method": each.method, "tco2e": number(each.co2e), "share": number(each.share)}
                for each in gap.shares
            ],
            "effect": gap.effect or None,
        }
        for gap in inventory.accepted
    ]  # fmt: skip


def _expectations(inventory: Inventory) -> list[dict[str, Any]]:
    return [
        {
            "figure": result.figure, "period": result.period, "boundary": result.boundary,
            "expected": number(result.expected), "within": number(result.within),
            "actual": number(result.actual), "unit": result.unit, "holds": result.holds,
            "location": place(result.location), "citation": result.citation or None,
            "reason": result.reason or None,
        }
        for result in inventory.expectations
    ]  # fmt: skip


def _lock(inventory: Inventory) -> dict[str, Any] | None:
    use = inventory.lock
    if use is None:
        return None
    return {
        "path": use.file, "sha256": use.sha256, "periods": list(use.periods),
        "resolutions": use.resolutions, "packs": list(use.packs),
        "not_locked": list(use.open_lines), "drift": list(use.drift), "notes": list(use.notes),
    }  # fmt: skip


def _control_totals(inventory: Inventory) -> list[dict[str, Any]]:
    return [
        {
            "table": total.table, "read": total.read, "used": total.used,
            "other_periods": total.other_periods, "filtered": total.filtered,
            "rejected": total.rejected,
            "sums": {unit: number(value) for unit, value in sorted(total.sums.items())},
            "used_sums": {unit: number(value) for unit, value in sorted(total.used_sums.items())},
        }
        for total in inventory.control_totals
    ]  # fmt: skip
