"""The sheet Exact figures: what `ghgcalc diff` reads of a workbook, in the digits of the JSON.

A spreadsheet keeps 15 digits of a number. Here the numbers are texts with at most 12 decimals, as
`inventory.json` has them, so that a saved workbook and a saved JSON compare alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.core.numbers import plain
from ghgcalc.render.exact import RateBook, own_units, product, unit_of
from ghgcalc.render.xlsx.book import Column
from ghgcalc.render.xlsx.seal import Seal, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import Part
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.render.xlsx.book import Book

EXACT = "Exact figures"
SEALED = ("Lines", "Tranches", "Factors", "Conversions", "GWP", EXACT)
FACT_KINDS = frozenset(
    {
        "inventory",
        "facility",
        "days held",
        "unit",
        "metric",
        "correction",
        "instrument",
        "not stated",
    }
)
BOTH, NEITHER = "both", "neither"
LABELS = {LOCATION: "location-based", MARKET: "market-based"}
COLUMNS = (
    Column("Line", 34), Column("Activity", 24), Column("Facility", 16), Column("Country", 9),
    Column("Scope", 7), Column("Category", 24), Column("Category before consolidation", 24),
    Column("Item", 20), Column("Unit", 10), Column("Consolidation share", 14),
    Column("Quantity (consolidated)", 18), Column("Methods", 15), Column("Source", 22),
    Column("Instrument", 20), Column("Type of instrument", 14), Column("Quantity of the part", 18),
    Column("Unit of the part", 10), Column("Conversion", 20), Column("Factor", 32),
    Column("Unit of the factor", 12), Column("kg of each gas × GWP", 56),
    Column("CO2e without its gases (t)", 18),
)  # fmt: skip
TIMES, NEXT = " × ", "; "
APPLIED = "applied"  # an instrument that nothing speaks against


def write_exact(book: Book, inventory: Inventory) -> None:
    """One row per line and part; a part that both methods share stands once."""
    sheet = book.sheet(EXACT, COLUMNS, tab="#8A979E")
    types = {use.id: use.type for use in inventory.instruments}
    rates = RateBook()
    row = 0
    for line in inventory.lines:
        head = _head(line)
        for methods, part in parts_of(line):
            row += 1
            texts = [*head, methods, *(_part(line, part, types, rates) if part else ())]
            for column, text in enumerate(texts):
                sheet.text(row, column, text)
    sheet.filter(max(row, 1))


def parts_of(line: Line) -> Iterator[tuple[str, Part | None]]:
    """The parts of a line with the methods that they speak of; a line without any has one row."""
    if line.location_based is line.market_based or line.location_based == line.market_based:
        pairs: list[tuple[str, Part | None]] = [(BOTH, part) for part in line.location_based]
    else:
        pairs = [(LABELS[method], part) for method in (LOCATION, MARKET)
                 for part in line.parts(method)]  # fmt: skip
    yield from pairs or [(NEITHER, None)]


def _head(line: Line) -> list[str]:
    return [
        line.id, line.activity, line.facility or "", line.country or "", str(line.scope),
        line.category, line.source_category, line.item or "", str(line.unit), plain(line.weight),
        plain(line.quantity),
    ]  # fmt: skip


def _part(line: Line, part: Part, types: dict[str, str], rates: RateBook) -> list[str]:
    plan = part.plan
    known = rates.of(plan)
    quantity, factor = part.quantity, plan.resolution.factor
    gases = [
        f"{rate.gas} {product(quantity, kg)}{TIMES}{plain(rate.gwp)}"
        for rate, kg, _ in known.gases
        if rate.gwp is not None
    ]
    return [
        part.source, part.instrument or "", types.get(part.instrument or "", ""),
        plain(part.quantity), unit_of(line, part),
        TIMES.join(plain(step.value) for step in plan.steps), factor.ref if factor else "",
        str(factor.per) if factor else "", NEXT.join(gases),
        product(quantity, known.unspecified),
    ]  # fmt: skip


Pairs = list[tuple[str, str, str]]


def standing_facts(inventory: Inventory) -> Pairs:
    """Rows of Provenance: facilities, days held, own units, metrics, corrections, instruments."""
    standing = inventory.standing
    found: Pairs = []
    for name, site in standing.sites.items():
        days = [f"{key} {day}" for key, day in site._asdict().items()
                if day is not None and key != "inside"]  # fmt: skip
        words = [*days, "in the boundary" if site.inside else "outside the boundary"]
        found.append(("facility", name, NEXT.join(words)))
    for kind, count in sorted(standing.held.items()):
        text = f"{count} days; Scope {kind.scope}; {kind.category}; from {kind.source_category}"
        found.append(("days held", kind.facility, text))
    found += [("unit", text, f"{plain(unit.size, 40)} {unit.dimension}")
              for text, unit in own_units(inventory).items()]  # fmt: skip
    found += [("metric", label, f"{plain(value)} {unit}")
              for label, unit, value in inventory.metrics]  # fmt: skip
    found += [("correction", name, "corrects another activity") for name in standing.corrections]
    found += [("not stated", line.id, LABELS[line.lacks])
              for line in inventory.lines if line.lacks is not None]  # fmt: skip
    return found + [
        ("instrument", use.id,
         NEXT.join([f"{plain(use.volume, 12)} MWh", use.type, use.market, use.rejected or APPLIED]))
        for use in inventory.instruments
    ]  # fmt: skip


def seal_of_facts(rows: Pairs) -> Seal:
    """The seal of the rows of Provenance that a comparison reads."""
    seal = Seal("Provenance")
    for row, texts in enumerate((row for row in rows if row[0] in FACT_KINDS), 1):
        for column, text in enumerate(texts):
            seal.add(row, column, text)
    return seal


def sealed_row(book: Book, facts: Pairs) -> tuple[str, str, str, str]:
    """The row of Provenance that holds the digest of the sheets that a comparison reads."""
    seals = [seal for name in SEALED if (seal := book.seals.get(name)) is not None]
    words = f"sheets {', '.join(SEALED)} as written, formulas apart"
    return "seal", EXACT, words, digest_of([*seals, seal_of_facts(facts)])
