"""The answer to a query for programs: JSON and CSV, numbers exact to 12 decimals."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

from ghgcalc.core.numbers import plain
from ghgcalc.core.version import __version__
from ghgcalc.render.csv import guarded
from ghgcalc.render.json.text import number, written

if TYPE_CHECKING:
    from ghgcalc.analysis.query.answer import Answer, Group
    from ghgcalc.render.style import Style

SCHEMA = "ghgcalc-query-1"
FIGURES = ("groups", "lines", "quantity", "quantity_unit", "location_based_tco2e",
           "market_based_tco2e", "biogenic_co2_t")  # fmt: skip


def json_form(answer: Answer, _: Style) -> str:
    """The groups, what `top` leaves out, and the total; null where no line matches."""
    inventory, span = answer.inventory, answer.inventory.span
    top: list[tuple[str, Any]] = [
        ("schema", SCHEMA), ("ghgcalc", __version__), ("organization", inventory.name),
        ("period", {"name": inventory.period, "first": str(span.first), "last": str(span.last)}),
        ("boundary", inventory.boundary), ("consolidation_approach", inventory.approach),
        ("query", answer.text), ("by", list(answer.by)),
        ("rows", [{**_keys(answer, group), **_figures(group)} for group in answer.groups]),
        ("others", None if answer.others is None else
         {"rows": answer.others_count, **_figures(answer.others)}),
        ("total", _figures(answer.whole) if answer.groups else None),
    ]  # fmt: skip
    return written(top)


def csv_form(answer: Answer, _: Style) -> str:
    """One row per group; what `top` leaves out is a last row without keys, of several groups."""
    stream = StringIO()
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow([*answer.by, *FIGURES])
    rows.writerows([*map(guarded, group.keys), "1", *_cells(group)] for group in answer.groups)
    if answer.others is not None:
        blank = ("" for _ in answer.by)
        rows.writerow([*blank, str(answer.others_count), *_cells(answer.others)])
    return stream.getvalue()


def _keys(answer: Answer, group: Group) -> dict[str, str | None]:
    return {key: text or None for key, text in zip(answer.by, group.keys, strict=True)}


def _figures(group: Group) -> dict[str, Any]:
    told = group.quantity is not None
    return {
        "lines": len(group.lines),
        "quantity": number(group.quantity), "quantity_unit": group.unit if told else None,
        "location_based_tco2e": number(group.location_based),
        "market_based_tco2e": number(group.market_based),
        "biogenic_co2_t": number(group.biogenic),
    }  # fmt: skip


def _cells(group: Group) -> list[str]:
    figures = (group.location_based, group.market_based, group.biogenic)
    quantity = "" if group.quantity is None else plain(group.quantity, 12)
    unit = guarded(group.unit) if group.quantity is not None else ""
    return [str(len(group.lines)), quantity, unit,
            *("" if each is None else plain(each, 12) for each in figures)]  # fmt: skip
