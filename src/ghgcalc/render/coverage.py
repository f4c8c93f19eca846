"""What the bundled packs cover, for programs: one record per question that was asked."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

from ghgcalc.core.version import __version__
from ghgcalc.render.json.text import written
from ghgcalc.render.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.analysis.coverage.cells import Cell
    from ghgcalc.analysis.coverage.library import Coverage
    from ghgcalc.analysis.coverage.scope_3 import Offer
    from ghgcalc.render.style import Style

SCHEMA = "ghgcalc-coverage-1"
HEADINGS = ("asked", "name", "place", "year", "per", "pack", "grade", "accept", "why", "do")


def json_form(found: Coverage, _: Style) -> str:
    """Each question with the pack that answers, what must be accepted, or why there is none."""
    top: list[tuple[str, Any]] = [
        ("schema", SCHEMA), ("ghgcalc", __version__), ("country", found.country or None),
        ("gwp_set", found.gwp_set),
        ("answers", [_cell(cell) for cell in (*found.power, *found.regions, *found.fuels)]),
        ("scope_3", [_offer(offer) for offer in found.offers]),
    ]  # fmt: skip
    return written(top)


def csv_form(found: Coverage, _: Style) -> str:
    """The same, one row each; Scope 3 by category, place and publisher."""
    made = StringIO(newline="")
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows([safe(text) for text in row] for row in _rows(found))
    return made.getvalue()


def _rows(found: Coverage) -> Iterator[tuple[str, ...]]:
    for cell in (*found.power, *found.regions, *found.fuels):
        year = "" if cell.year is None else str(cell.year)
        yield (cell.what, cell.name, cell.place, year, cell.unit, cell.pack, cell.grade,
               cell.needs, cell.why, cell.do)  # fmt: skip
    for offer in found.offers:
        for item in sorted(offer.items):
            needs = "" if item in offer.free else ", ".join(sorted(offer.accept))
            years = " ".join(map(str, sorted(offer.years)))
            yield (offer.category, item, offer.place, years, ", ".join(sorted(offer.units)),
                   offer.publisher, ", ".join(sorted(offer.grades)), needs, "", "")  # fmt: skip


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "asked": cell.what, "name": cell.name or None, "place": cell.place or None,
        "year": cell.year, "per": cell.unit, "pack": cell.pack or None,
        "grade": cell.grade or None,
        "accept": [{"gap": kind, "years": years or None} for kind, years in cell.accept],
        "why": cell.why or None, "do": cell.do or None,
    }  # fmt: skip


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "category": offer.category, "place": offer.place or None, "publisher": offer.publisher,
        "items": sorted(offer.items), "without_accept": sorted(offer.free),
        "accept": sorted(offer.accept), "per": sorted(offer.units), "years": sorted(offer.years),
        "grades": sorted(offer.grades),
    }  # fmt: skip
