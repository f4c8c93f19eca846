"""The inventory as CSV: one row per line, UTF-8, LF, a header row.

Numbers are plain with at most 12 decimals; market-based columns sum the line's tranches; an empty
cell means not applicable. Text that a spreadsheet would run as a formula gets a leading `'`,
line ends inside text become spaces, and controls and direction marks U+FFFD.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from ghgcalc.core.arguments import INVENTORY, taken
from ghgcalc.core.gases import GROUPS
from ghgcalc.core.numbers import ZERO, plain
from ghgcalc.inventory.inventory import Inventory
from ghgcalc.render.exact import RateBook, product
from ghgcalc.render.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import Part
    from ghgcalc.company.estimate import Estimate

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
GROUP_COLUMNS = (*GROUPS, "unspecified")
COLUMNS = (
    "id", "activity", "file", "line", "column", "facility", "country", "scope", "category",
    "source_category", "item", "first", "last", "weight", "quantity", "unit", "placement",
    "location_based_tco2e", "market_based_tco2e", "biogenic_co2_t",
    *(f"location_based_{group}_tco2e" for group in GROUP_COLUMNS),
    *(f"market_based_{group}_tco2e" for group in GROUP_COLUMNS),
    "location_based_factors", "market_based_factors", "market_based_tranches", "instruments",
    "gaps", "rows", "evidence", "estimated_share", "estimate_method", "estimate_reason",
    "derivation", "method", "derived_from",
)  # fmt: skip


def render_csv(inventory: Inventory) -> str:
    """Render the lines of an inventory.

    Raises:
        TypeError: it is none; a run has lines of every boundary.
    """
    taken(inventory, Inventory, "inventory", INVENTORY)
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    book = RateBook()
    writer.writerows(_row(line, book) for line in inventory.lines)
    return stream.getvalue()


def guarded(text: str | None) -> str:
    """A text cell that no spreadsheet runs (RULEBOOK XL-04), without signs that nobody sees."""
    if not text:
        return ""
    return safe(f"'{text}" if text.startswith(_FORMULA) else text)


def _row(line: Line, book: RateBook) -> list[str]:
    where = line.location
    located = line.location_based
    groups, factors = _groups(located, book), _factors(located)
    same = line.market_based is located
    return [
        guarded(line.id), guarded(line.activity), guarded(where.path), str(where.line),
        str(where.column), guarded(line.facility), guarded(line.country), str(line.scope),
        line.category, line.source_category, guarded(line.item), str(line.span.first),
        str(line.span.last), plain(line.weight), plain(line.quantity), guarded(str(line.unit)),
        guarded(line.placement), _tonnes(located, book), _tonnes(line.market_based, book),
        book.biogenic(located) if located else "",
        *groups, *(groups if same else _groups(line.market_based, book)),
        factors, factors if same else _factors(line.market_based),
        _joined(part.source for part in line.market_based) if line.scope == 2 else "",
        _joined(part.instrument or "" for part in line.market_based),
        _joined(gap.kind for part in (*located, *line.market_based)
                for gap in part.plan.resolution.gaps),
        guarded(line.rows), guarded("; ".join(line.evidence)),
        *_estimate(line.estimate), guarded(line.derivation.text) if line.derivation else "",
        line.calculated_by or line.method or "", guarded(line.derived_from),
    ]  # fmt: skip


def _estimate(known: Estimate | None) -> tuple[str, str, str]:
    """Share, how and why; a mark of a table says no more than the heading of its column."""
    if known is None:
        return "0", "", ""
    how = known.method or f"marked in column {known.column}"
    return plain(known.share), guarded(how), guarded(known.reason)


def _tonnes(parts: tuple[Part, ...], book: RateBook) -> str:
    return book.tonnes(parts) if parts else ""


def _groups(parts: tuple[Part, ...], book: RateBook) -> list[str]:
    """Tonnes CO2e by gas group; empty where no part speaks of the group."""
    if len(parts) == 1:
        rates = book.of(parts[0].plan).groups
        return [
            product(parts[0].quantity, rates[name]) if name in rates else ""
            for name in GROUP_COLUMNS
        ]
    found: dict[str, Fraction] = {}
    for part in parts:
        for name, per_unit in part.plan.groups().items():
            found[name] = found.get(name, ZERO) + part.quantity * per_unit / 1000
    return [plain(found[name]) if name in found else "" for name in GROUP_COLUMNS]


def _factors(parts: tuple[Part, ...]) -> str:
    factors = [part.plan.resolution.factor for part in parts]
    return _joined(factor.ref if factor else "" for factor in factors)


def _joined(texts: Iterable[str]) -> str:
    return guarded("; ".join(dict.fromkeys(text for text in texts if text)))
