"""What a table leaves in doubt: suppliers that are not defined, no row, units of headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.beside_units import beside_units
from ghgcalc.activity_data.heading_units import heading_units
from ghgcalc.activity_data.tables.causes import in_rows
from ghgcalc.activity_data.tables.paste import Entry, lines_of, where_of
from ghgcalc.core.diagnostics import Diagnostic, Severity, has_errors
from ghgcalc.core.spelling import nearest
from ghgcalc.core.vocabulary.categories import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.activity_data.tables.sums import KeyedSum, TableSums
    from ghgcalc.company.company import Company
    from ghgcalc.core.diagnostics import Outcome


SCOPE_2 = 2


def table_doubts(company: Company, name: str, read: Outcome[TableSums]) -> Iterator[Diagnostic]:
    """Warnings about a table that was read.

    Diagnosed: `unknown-supplier`, once for all of them; `no-rows`; `heading-unit`.
    """
    sums = read.value
    doubted = [*heading_units(company, name)]
    yield from doubted or beside_units(company, name, sums.above)
    if not sums.rows_used and not sums.rows_rejected and not has_errors(read.diagnostics):
        yield _without_rows(company, name, sums)
    yield from _suppliers(company, name, sums)


def _without_rows(company: Company, name: str, sums: TableSums) -> Diagnostic:
    files = ", ".join(f"`{path}`" for path in list(sums.hashes)[:3]) or "it"
    if sums.rows_read:
        rows = "row" if sums.rows_read == 1 else "rows"
        message = f"table `{name}`: its filter leaves out all {sums.rows_read:,} {rows} of {files}"
        hint, key = "correct `filter:`; it names the rows that count", ("filter",)
    else:
        holds = "hold a header" if len(sums.hashes) > 1 else "holds a header"
        message = f"table `{name}`: {files} {holds} and no rows"
        hint, key = "add the rows below the header, or remove the table", ("files",)
    where = company.document.line_of("tables", name)
    if key[0] in company.tables[name].model_fields_set:
        where = company.document.locate(("tables", name, *key), key=True)
    return Diagnostic("no-rows", message, where, hint=hint, severity=Severity.WARNING)


def _suppliers(company: Company, name: str, sums: TableSums) -> Iterator[Diagnostic]:
    """Suppliers that rows of purchased energy name, and the file does not define.

    Their rates would be missed in silence; what translates to them has been said.
    """
    table = company.tables[name]
    told = {*table.names.supplier.values(), table.constants.supplier}
    by_text: dict[str, list[KeyedSum]] = {}
    for entry in sums.sums:
        text = entry.supplier
        if text is None or text in company.suppliers or text in told:
            continue
        if CATEGORIES[table.items[entry.item].category].scope == SCOPE_2:
            by_text.setdefault(text, []).append(entry)
    if not by_text:
        return
    rows = {text: sum(entry.rows for entry in entries) for text, entries in by_text.items()}
    order = sorted(by_text, key=lambda text: min(e.first_position for e in by_text[text]))
    entries = []
    for text in order:
        file, line = min(by_text[text], key=lambda entry: entry.first_position).first
        near = nearest(text, company.suppliers)
        entries.append(Entry(text, rows[text], f"{file}:{line}", near))
    said, count = f"supplier `{entries[0].text}` is not defined", sum(rows.values())
    if len(entries) > 1:
        said = f"{len(entries):,} suppliers are not defined: `{entries[0].text}` and others"
    spans = [entry.span for several in by_text.values() for entry in several]
    yield Diagnostic(
        "unknown-supplier",
        f"table `{name}`: {said}{in_rows(count)}",
        company.document.line_of("tables", name),
        severity=Severity.WARNING,
        hint=f"{where_of('supplier', table)}; without a rate its MWh take the residual mix",
        days=(min(spans).first, max(span.last for span in spans)),
        paste=lines_of("supplier", table, entries),
    )
