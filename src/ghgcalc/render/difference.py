"""A comparison as JSON (schema `ghgcalc-difference-1`) and CSV; tonnes with at most 12 decimals."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

from ghgcalc.analysis.compare.causes import CAUSES, CDP
from ghgcalc.analysis.compare.difference import intensities
from ghgcalc.analysis.compare.snapshot import METHODS, evaluated
from ghgcalc.core.numbers import ZERO, plain
from ghgcalc.core.version import __version__
from ghgcalc.render.csv import guarded
from ghgcalc.render.json.text import indented, number

if TYPE_CHECKING:
    from ghgcalc.analysis.compare.difference import Change, Difference
    from ghgcalc.analysis.compare.snapshot import Snapshot
    from ghgcalc.render.style import Style

SCHEMA = "ghgcalc-difference-1"


def difference_json(found: Difference) -> str:
    """The whole comparison."""
    notes = list(dict.fromkeys([*found.before.notes, *found.after.notes]))
    totals = [
        {"figure": f.name, "method": f.method, "before": number(f.before),
         "after": number(f.after), "change": number(f.change)}
        for f in found.figures
    ]  # fmt: skip
    return indented(
        {
            "schema": SCHEMA,
            "ghgcalc": __version__,
            "before": _side(found.before),
            "after": _side(found.after),
            "diff": {
                "unit": "tCO2e",
                "totals": totals,
                "intensities": [
                    {
                        "metric": i.label,
                        "unit": f"tCO2e/{i.unit}",
                        "figure": "scope_1_2",
                        "method": i.method,
                        "before": number(i.before),
                        "after": number(i.after),
                        "change": number(i.change),
                    }
                    for i in intensities(found)
                ],
                "causes": _causes(found),
                "like_for_like": {m: number(found.like_for_like(m)) for m in METHODS},
                "restated_before": {m: number(found.restated(m)) for m in METHODS},
                "not_computed": {m: list(found.lacking(m)) for m in METHODS},
                "scope_3_not_evaluated": [
                    name
                    for name, side in (("before", found.before), ("after", found.after))
                    if not evaluated(side.lines, 3)
                ],
                "lines": [_change(change) for change in found.changes],
                "notes": notes,
            },
        }
    )


def _side(side: Snapshot) -> dict[str, Any]:
    return {
        "label": side.label, "organization": side.name, "period": side.period,
        "first": str(side.span.first), "last": str(side.span.last), "boundary": side.boundary,
        "consolidation_approach": side.approach, "gwp_set": side.gwp_set,
    }  # fmt: skip


def _causes(found: Difference) -> list[dict[str, Any]]:
    by = {method: found.causes(method) for method in METHODS}
    scopes = {
        (method, scope): found.causes(method, (scope,)) for method in METHODS for scope in (1, 2, 3)
    }
    return [
        {
            "cause": name,
            "cdp_reason": None if found.same_period else CDP[name],
            **{m: number(by[m].get(name, ZERO)) if found.computed(m) else None for m in METHODS},
            "by_scope": [
                {"scope": scope,
                 **{m: number(scopes[m, scope].get(name, ZERO))
                    if found.computed(m, (scope,)) else None for m in METHODS}}
                for scope in (1, 2, 3)
                if any(name in scopes[m, scope] for m in METHODS)
            ],
        }
        for name in CAUSES
        if any(name in by[method] for method in METHODS)
    ]  # fmt: skip


def _change(change: Change) -> dict[str, Any]:
    pair = change.pair
    return {
        "scope": change.scope,
        "category": change.category,
        "facility": change.facility or None,
        "item": change.item or None,
        "matched_by": pair.by or None,
        "before_ids": [line.id for line in pair.before],
        "after_ids": [line.id for line in pair.after],
        **{
            method: {
                "before": number(change.before[method]),
                "after": number(change.after[method]),
                "change": number(change.change(method)),
                "causes": [
                    {"cause": cause, "gas": gas, "tco2e": number(tonnes)}
                    for (cause, gas), tonnes in sorted(change.effects[method].items())
                ],
            }
            for method in METHODS
        },
    }


def difference_csv(found: Difference) -> str:
    """One row per source: tonnes before and after, and a column per cause, for each method."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    columns = [f"{method}_{part}_tco2e" for method in METHODS
               for part in ("before", "after", "change", *map(_slug, CAUSES))]  # fmt: skip
    head = ("scope", "category", "facility", "item", "matched_by", "before_ids", "after_ids")
    writer.writerow([*head, *columns])
    writer.writerows(_row(change) for change in found.changes)
    return stream.getvalue()


def _slug(cause: str) -> str:
    return cause.lower().replace(" ", "_")


def _row(change: Change) -> list[str]:
    pair = change.pair
    cells = [
        str(change.scope), change.category, guarded(change.facility), guarded(change.item),
        pair.by, guarded("; ".join(line.id for line in pair.before)),
        guarded("; ".join(line.id for line in pair.after)),
    ]  # fmt: skip
    for method in METHODS:
        values = [change.before[method], change.after[method], change.change(method)]
        known = values[2] is not None
        values += [change.cause(method, name) if known else None for name in CAUSES]
        cells += ["" if value is None else plain(value) for value in values]
    return cells


def json_form(found: Difference, _: Style) -> str:
    """A comparison in the format `json`."""
    return difference_json(found)


def csv_form(found: Difference, _: Style) -> str:
    """A comparison in the format `csv`: its lines."""
    return difference_csv(found)
