"""The sheets that are records: instruments, gaps, expectations, control totals, provenance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.numbers import ZERO
from ghgcalc.core.version import __version__
from ghgcalc.core.vocabulary.data_quality import INDICATORS
from ghgcalc.core.vocabulary.scope_3_boundaries import MINIMUM
from ghgcalc.render.xlsx.book import Column, cell
from ghgcalc.render.xlsx.exact import sealed_row, standing_facts
from ghgcalc.render.xlsx.styles import PERCENT, TONNES, quantity
from ghgcalc.render.xlsx.totals import LOC
from ghgcalc.render.xlsx.tranches import used_of
from ghgcalc.views.words import METHOD_WORDS, heading_of, plain_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ghgcalc.calculation.results.instrument_use import InstrumentUse
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.render.xlsx.book import Book, Sheet

GREY = "#8A979E"
INSTRUMENTS = "Instruments"
VOLUME, CARRIED, USED, USED_HERE, TONNES_HERE, SURPLUS = range(5, 11)


def write_instruments(book: Book, inventory: Inventory) -> None:
    """Instruments: volume, what the lines use of it (a SUMIFS over Tranches), why not applied."""
    columns = (Column("Instrument", 28), Column("No.", 6, True), Column("Type", 24),
               Column("Market", 9), Column("Carrier", 12), Column("Volume (MWh)", 14, True),
               Column("In bundled certificates (MWh)", 18, True),
               Column("Used in all (MWh)", 14, True), Column("Used by these lines (MWh)", 15, True),
               Column("tCO2e of these lines", 14, True), Column("Surplus (MWh)", 13, True),
               Column("Quality criteria", 30), Column("Not applied because", 44),
               Column("Accepted gaps", 44), Column("Stated at", 26))  # fmt: skip
    sheet = book.sheet(INSTRUMENTS, columns, tab="#1F4E5F")
    used = used_of(inventory)
    for row, use in enumerate(inventory.instruments, 1):
        _instrument(sheet, row, use)
        mwh, tonnes = used.get(use.id, (ZERO, ZERO))
        key = f"TRANCHES_INSTRUMENT_NO,$B{row + 1}"
        text = f"=SUMIFS(TRANCHES_QUANTITY,{key})"
        sheet.formula(row, USED_HERE, text, mwh, "output", quantity(mwh))
        text = f"=SUMIFS(TRANCHES_TCO2E,{key})"
        sheet.formula(row, TONNES_HERE, text, tonnes, "output", TONNES)
    sheet.filter(max(len(inventory.instruments), 1))


def _instrument(sheet: Sheet, row: int, use: InstrumentUse) -> None:
    sheet.text(row, 0, use.id)
    sheet.number(row, 1, row)
    for column, text in ((2, plain_id(use.type)), (3, use.market), (4, use.carrier)):
        sheet.text(row, column, text)
    sheet.number(row, VOLUME, use.volume, "input", quantity(use.volume))
    sheet.number(row, CARRIED, use.carried, "calc", quantity(use.carried))
    sheet.number(row, USED, use.used, "calc", quantity(use.used))
    if use.rejected:  # what is not applied has no surplus
        sheet.number(row, SURPLUS, use.surplus, "calc", quantity(use.surplus))
    else:
        text = f"={cell(row, VOLUME)}-{cell(row, CARRIED)}-{cell(row, USED)}"
        sheet.formula(row, SURPLUS, text, use.surplus, "calc", quantity(use.surplus))
    gaps = "; ".join(f"{plain_id(gap.kind)}: {gap.detail}" for gap in use.gaps)
    texts = (use.criteria, use.rejected, gaps, str(use.location or ""))
    for column, text in enumerate(texts, SURPLUS + 1):
        sheet.text(row, column, text)


def write_scope_3(book: Book, inventory: Inventory) -> None:
    """All categories: their status in CDP's words, what is left out, the screening."""
    columns = (Column("Category", 46), Column("Category id", 30), Column("Status", 28),
               Column("Lines", 8, True), Column("tCO2e", 15, True),
               Column("Screening (tCO2e, in no total)", 15, True), Column("Left out", 16),
               Column("Left out (share of required)", 13, True),
               Column("Left out (tCO2e)", 15, True),
               Column("Justification", 70), Column("Minimum boundary", 60),
               Column("Optional", 24),
               *(Column(f"Data quality: {name}", 12, True) for name in INDICATORS))  # fmt: skip
    sheet = book.sheet("Scope 3 status", columns, tab=GREY)
    for row, each in enumerate(inventory.scope_3.categories, 1):
        sheet.heighten(row, [(9, each.justification), (10, MINIMUM[each.category].boundary)])
        for column, words in enumerate((heading_of(each.category), each.category, each.status)):
            sheet.text(row, column, words)
        sheet.number(row, 3, each.lines)
        if each.tonnes is not None:
            text = f"=SUMIFS({LOC},LINES_SCOPE,3,LINES_CATEGORY,$B{row + 1})"
            sheet.formula(row, 4, text, each.tonnes, "output", TONNES)
        else:
            sheet.text(row, 4, "")
        sheet.number(row, 5, each.screening, "input", TONNES)
        sheet.text(row, 6, plain_id(each.exclusion or ""))
        sheet.number(row, 7, each.share, "input", PERCENT)
        sheet.number(row, 8, each.estimate, "input", TONNES)
        sheet.text(row, 9, each.justification, "wrap")
        sheet.text(row, 10, MINIMUM[each.category].boundary, "wrap")
        sheet.text(row, 11, MINIMUM[each.category].optional, "wrap")
        scores = inventory.data_quality.get(each.category, {})
        for column, name in enumerate(INDICATORS, 12):
            sheet.number(row, column, scores[name].mean if scores else None, "calc", "0.00")
    sheet.filter(max(len(inventory.scope_3.categories), 1))


def write_gaps(book: Book, inventory: Inventory) -> None:
    """Departures from the strict rules that the company accepts, with share and effect."""
    columns = (Column("Gap", 26), Column("Reason", 54), Column("Details", 54),
               Column("Lines", 8, True), Column("tCO2e", 15, True),
               Column("Share of the method's total", 14, True), Column("Effect", 40),
               Column("Stated at", 26), Column("Method", 16))  # fmt: skip
    sheet = book.sheet("Accepted gaps", columns, tab=GREY)
    pairs = [(gap, share) for gap in inventory.accepted for share in gap.shares]
    for row, (gap, share) in enumerate(pairs, 1):
        details = "; ".join(gap.details)
        sheet.heighten(row, [(1, gap.reason), (2, details), (6, gap.effect)])
        sheet.text(row, 0, plain_id(gap.kind))
        sheet.text(row, 1, gap.reason, "wrap")
        sheet.text(row, 2, details, "wrap")
        sheet.number(row, 3, len(gap.lines), "calc", "#,##0")
        sheet.number(row, 4, share.co2e, "calc", TONNES)
        if share.share is None:
            sheet.text(row, 5, "")
        else:
            text = f"={cell(row, 4)}/ALL_SCOPES_{share.method.upper()}"
            sheet.formula(row, 5, text, share.share, "output", PERCENT)
        sheet.text(row, 6, gap.effect, "wrap")
        sheet.text(row, 7, str(gap.location))
        sheet.text(row, 8, METHOD_WORDS[share.method])
    sheet.filter(max(len(pairs), 1))


def write_expectations(book: Book, inventory: Inventory) -> None:
    """Figures asserted in the company file beside the computed ones."""
    columns = (Column("Figure", 30), Column("Period", 12), Column("Boundary", 18),
               Column("Expected", 16, True), Column("Tolerance", 12, True),
               Column("Computed", 16, True), Column("Difference", 14, True), Column("Unit", 16),
               Column("Verdict", 10), Column("Cited from", 44),
               Column("Stated at", 26))  # fmt: skip
    sheet = book.sheet("Expectations", columns, tab=GREY)
    for row, result in enumerate(inventory.expectations, 1):
        place = row + 1
        for column, text in ((0, result.figure), (1, result.period), (2, result.boundary)):
            sheet.text(row, column, text)
        sheet.number(row, 3, result.expected, "input", TONNES)
        sheet.number(row, 4, result.within, "input", TONNES)
        sheet.number(row, 5, result.actual, "calc", TONNES)
        if result.actual is None:
            sheet.text(row, 6, "")
            sheet.text(row, 8, "fails")
        else:
            difference = result.actual - result.expected
            sheet.formula(row, 6, f"=$F{place}-$D{place}", difference, "calc", TONNES)
            sheet.text(row, 8, "holds" if result.holds else "fails")
        for column, text in ((7, result.unit), (9, result.citation), (10, str(result.location))):
            sheet.text(row, column, text)
    sheet.filter(max(len(inventory.expectations), 1))


def write_control_totals(book: Book, inventory: Inventory) -> None:
    """Rows of each table: read = used + other periods + filtered + rejected; sums by unit."""
    columns = (Column("Table", 30), Column("Rows read", 11, True), Column("Used", 11, True),
               Column("Other periods", 11, True), Column("Filtered", 11, True),
               Column("Rejected", 11, True), Column("Unaccounted for", 12, True),
               Column("Unit", 12), Column("Sum of the table", 18, True),
               Column("Sum used", 18, True))  # fmt: skip
    sheet = book.sheet("Control totals", columns, tab=GREY)
    row = 0
    for total in inventory.control_totals:
        for unit in sorted(total.sums) or [""]:
            row += 1
            place = row + 1
            sheet.text(row, 0, total.table)
            counts = (total.read, total.used, total.other_periods, total.filtered, total.rejected)
            for column, count in enumerate(counts, 1):
                sheet.number(row, column, count, "calc", "#,##0")
            rest = counts[0] - sum(counts[1:])
            text = f"=$B{place}-SUM($C{place}:$F{place})"
            sheet.formula(row, 6, text, rest, "calc", "#,##0")
            sheet.text(row, 7, unit)
            for column, sums in ((8, total.sums), (9, total.used_sums)):
                value = sums.get(unit, ZERO)
                sheet.number(row, column, value if unit else None, "calc", quantity(value))
    sheet.filter(max(row, 1))


def write_provenance(book: Book, inventory: Inventory, digests: Mapping[str, str | None]) -> None:
    """What the inventory rests on: choices, inputs, packs and source documents with sha256."""
    columns = (Column("Kind", 18), Column("Name", 44), Column("Value or version", 60),
               Column("sha256", 68), Column("Licence", 30), Column("Evidence", 34))  # fmt: skip
    sheet = book.sheet("Provenance", columns, tab=GREY)
    facts = _facts(inventory)
    rows = [*facts, *_files(inventory, digests)]
    rows.append((*sealed_row(book, [row[:3] for row in facts]), "", ""))
    for row, texts in enumerate(rows, 1):
        sheet.heighten(row, [(1, texts[1]), (2, texts[2])])
        for column, text in enumerate(texts):
            sheet.text(row, column, text, "wrap")
    sheet.filter(max(len(rows), 1))


Facts = list[tuple[str, str, str, str, str, str]]


def _facts(inventory: Inventory) -> Facts:
    span = inventory.span
    pairs = [
        ("program", "ghgcalc", __version__), ("inventory", "organization", inventory.name),
        ("inventory", "period", inventory.period),
        ("inventory", "days", f"{span.first} to {span.last}"),
        ("inventory", "boundary", inventory.boundary or "every line"),
        ("inventory", "consolidation approach", plain_id(inventory.approach)),
        ("inventory", "GWP set", f"{inventory.gwp_set}, 100 years"),
        ("inventory", "status", inventory.status or "not stated"),
        *standing_facts(inventory),
        *(("choice", plain_id(key), plain_id(value)) for key, value in inventory.choices.items()),
        *(("excluded", what, why) for what, why in inventory.exclusions),
        *(("note", "", note) for note in inventory.notes),
        *((str(item.severity.value), item.code, f"{item.message} ({item.location})")
          for item in inventory.diagnostics),
    ]  # fmt: skip
    return [(*pair, "", "", "") for pair in pairs]


def _files(inventory: Inventory, digests: Mapping[str, str | None]) -> Facts:
    found: Facts = [
        ("input", path, "", digest, "", "") for path, digest in inventory.inputs.items()
    ]
    for use in inventory.packs:
        evidence = "own pack" if use.own else use.evidence
        name = f"{use.id}: {use.title}"
        found.append(("factor pack", name, use.version, use.sha256, use.licence, evidence))
    for name, digest in digests.items():
        shown = digest or "no such file beside the company file"
        found.append(("source document", name, "", shown, "", ""))
    return found
