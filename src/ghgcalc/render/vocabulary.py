"""Lists of words for people, for programs and for spreadsheets."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING

from ghgcalc.core.text.controls import escaped_json
from ghgcalc.render.text import columns, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.render.style import Style
    from ghgcalc.views.vocabulary import Listing

GAP = 2


def text_form(listing: Listing, style: Style) -> Iterator[str]:
    """Headings and rows in columns; the last one runs as far as it must."""
    rows = [tuple(map(safe, row)) for row in (listing.headings, *listing.rows)]
    last = len(listing.headings) - 1
    widths = [max(columns(row[place]) for row in rows) + GAP for place in range(last)]
    for row in rows:
        cells = [row[at] + " " * (width - columns(row[at])) for at, width in enumerate(widths)]
        yield "".join((*cells, row[last])).rstrip() + "\n"


def json_form(listing: Listing, style: Style) -> str:
    """The rows as objects, keyed by the headings with `_` for blanks."""
    keys = [heading.replace(" ", "_") for heading in listing.headings]
    rows = [dict(zip(keys, row, strict=True)) for row in listing.rows]
    return escaped_json(json.dumps({listing.kind: rows}, ensure_ascii=False, indent=1)) + "\n"


def csv_form(listing: Listing, style: Style) -> str:
    """The rows as CSV with the headings."""
    made = StringIO(newline="")
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(listing.headings)
    writer.writerows([safe(cell) for cell in row] for row in listing.rows)
    return made.getvalue()
