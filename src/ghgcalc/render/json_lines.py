"""The `lines` and `factors` of the JSON: what plans share is made once per plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ghgcalc.numbers import plain

if TYPE_CHECKING:
    from ghgcalc.factors.model import Factor
    from ghgcalc.model.inventory import GasRate, Inventory, Line, Part, Plan


def line_records(inventory: Inventory) -> list[dict[str, Any]]:
    """One record per line, in the inventory's order."""
    plans: dict[int, dict[str, Any]] = {}
    return [_line(line, plans) for line in inventory.lines]


def _line(line: Line, plans: dict[int, dict[str, Any]]) -> dict[str, Any]:
    located = _method(line, line.location_based, plans)
    same = line.market_based is line.location_based
    return {
        "id": line.id,
        "activity": line.activity,
        "location": str(line.location),
        "facility": line.facility,
        "country": line.country,
        "scope": line.scope,
        "category": line.category,
        "source_category": line.source_category,
        "item": line.item or None,
        "first": line.span.first.isoformat(),
        "last": line.span.last.isoformat(),
        "weight": "\0" + plain(line.weight),
        "quantity": {"value": "\0" + plain(line.quantity), "unit": str(line.unit)},
        "placement": line.placement,
        "supplier": line.supplier,
        "rows": line.rows or None,
        "evidence": list(line.evidence),
        "location_based": located,
        "market_based": located if same else _method(line, line.market_based, plans),
    }


def _method(
    line: Line, parts: tuple[Part, ...], plans: dict[int, dict[str, Any]]
) -> dict[str, Any] | None:
    """Totals and parts of a method; None where a reported line does not speak of it."""
    if not parts:
        return None
    total, biogenic = parts[0].co2e, parts[0].biogenic
    for part in parts[1:]:
        total, biogenic = total + part.co2e, biogenic + part.biogenic
    return {
        "tco2e": "\0" + plain(total),
        "biogenic_co2": "\0" + plain(biogenic),
        "parts": [_part(line, part, plans) for part in parts],
    }


def _part(line: Line, part: Part, plans: dict[int, dict[str, Any]]) -> dict[str, Any]:
    plan, quantity = part.plan, part.quantity
    shared = plans.get(id(plan))
    if shared is None:
        shared = plans[id(plan)] = _plan(plan)
    gases = [
        {"gas": rate.gas, "kg": "\0" + plain(quantity * rate.kg), "gwp": gwp,
         "gwp_set": plan.gwp_set, "tco2e": "\0" + plain(quantity * rate.co2e / 1000)}
        for rate, gwp in zip(plan.gases, shared["gwps"], strict=True)
    ]
    return {
        "source": part.source,
        "instrument": part.instrument,
        "quantity": "\0" + plain(quantity),
        "unit": str(plan.unit or line.unit),
        "tco2e": "\0" + plain(part.co2e),
        **shared["record"],
        "gases": gases,
        "unspecified_tco2e": "\0" + plain(quantity * plan.unspecified / 1000),
        "outside": [_outside(rate, part) for rate in plan.outside],
        "steps": shared["steps"],
    }  # fmt: skip


def _outside(rate: GasRate, part: Part) -> dict[str, Any]:
    tonnes = None if rate.gwp is None else "\0" + plain(part.quantity * rate.co2e / 1000)
    return {"gas": rate.gas, "kg": "\0" + plain(part.quantity * rate.kg), "tco2e": tonnes}


def _plan(plan: Plan) -> dict[str, Any]:
    """What every part of a plan shares."""
    factor = plan.resolution.factor
    return {
        "gwps": [None if rate.gwp is None else "\0" + plain(rate.gwp) for rate in plan.gases],
        "record": {
            "factor": factor.ref if factor else None,
            "factor_locator": factor.locator if factor else None,
            "basis": plan.resolution.basis,
            "chosen": plan.resolution.chosen,
            "gaps": [{"kind": gap.kind, "detail": gap.detail, "entry": gap.entry}
                     for gap in plan.resolution.gaps],
        },
        "steps": [
            {"value": "\0" + plain(step.value), "text": step.text, "unit": step.unit,
             "source": step.source}
            for step in plan.steps
        ],
    }  # fmt: skip


def factor_records(inventory: Inventory) -> list[dict[str, Any]]:
    """Every factor that a line rests on, once, by reference."""
    found: dict[str, Factor] = {}
    for line in inventory.lines:
        for part in (*line.location_based, *line.market_based):
            factor = part.plan.resolution.factor
            if factor is not None:
                found[factor.ref] = factor
    return [_factor(found[ref]) for ref in sorted(found)]


def _factor(factor: Factor) -> dict[str, Any]:
    return {
        "factor": factor.ref,
        "pack_version": factor.pack.header.version,
        "name": factor.name,
        "per": str(factor.per),
        "gases": {
            gas: {"value": "\0" + plain(value.amount.value, 30), "unit": str(value.amount.unit),
                  "as_co2e": value.as_co2e}
            for gas, value in factor.gases.items()
        },
        "region": factor.region or None,
        "year": factor.year,
        "kind": factor.kind,
        "gwp_set": factor.gwp_set,
        "locator": factor.locator or None,
        "evidence": factor.evidence.label,
        "own": factor.pack.own,
        "location": str(factor.location) if factor.location else None,
    }  # fmt: skip


