"""The row-level ledger of an inventory: which rows and factors made each tonne."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.cut_dates import cuts_of
from ghgcalc.activity_data.line_ids import line_ids
from ghgcalc.activity_data.storage import quantities, readings
from ghgcalc.activity_data.tables.collapse import engine
from ghgcalc.activity_data.tables.row_ledger import Entry, Rate, Source
from ghgcalc.calculation.results.line import LOCATION, MARKET, total_of
from ghgcalc.core.numbers import ONE, ZERO

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from ghgcalc.activity_data.storage import Reading
    from ghgcalc.activity_data.tables.sums import KeyedSum
    from ghgcalc.calculation.results.line import Line
    from ghgcalc.company.table import Table
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.pipeline.project import Project


def write_lines(project: Project, inventory: Inventory, target: Path) -> None:
    """Write one row per activity and per row of a table, with line, factors and tonnes.

    Raises:
        OSError: when the target cannot be written.
    """
    by_activity: dict[str, list[Line]] = {}
    for line in inventory.lines:
        key = line.activity if line.derived_from is None else line.id  # no row of its own
        by_activity.setdefault(key, []).append(line)
    entries = []
    tabled = {amount.activity for amount in project.amounts if amount.table}
    for lines in by_activity.values():
        entries += [
            _entry(line) for line in lines if line.derived_from or line.activity not in tabled
        ]
    engine().write_ledger(entries, _sources(project, by_activity), target)


def _sources(project: Project, lines: dict[str, list[Line]]) -> list[Source]:
    company = project.company
    document = company.document
    found = []
    for name, table in company.tables.items():
        sums = project.tables[name].sums
        of = readings(table, sums, line_ids(company, name, sums))
        totals = quantities(sums, of)
        rates = [
            (entry, _rate(reading._replace(line=line), lines[line], totals[reading.line], share))
            for entry, reading in zip(sums, of, strict=True)
            for line, share in _parts(table, entry, reading.line)
            if line in lines and entry.quantity
        ]
        found.append(
            Source(
                name,
                table,
                document.folder,
                cuts_of(company, project.kept, project.edges),
                list(company.facilities),
                company.year,
                document.locate,
                rates,
                lambda path: path.relative_to(document.folder).as_posix(),
            )
        )
    return found


def _parts(table: Table, entry: KeyedSum, line: str) -> list[tuple[str, Fraction]]:
    """The lines that a sum becomes, each with its share: several where its item is a blend."""
    parts = table.items[entry.item].parts
    if parts is None:
        return [(line, ONE)]
    return [(f"{line}/{fuel}", share) for fuel, share in parts.items()]


def _rate(reading: Reading, lines: list[Line], quantity: Fraction, part: Fraction) -> Rate:
    """Tonnes per unit of the rows; what storage gave back takes its share away."""
    share = reading.factor / quantity if quantity else ZERO
    # no row of a table is another party's statement
    tonnes = [(total_of(lines, method) or ZERO) * share for method in (LOCATION, MARKET)]
    return Rate(reading.line, (_factors(lines, LOCATION), _factors(lines, MARKET)),
                (tonnes[0], tonnes[1]), part)  # fmt: skip


def _factors(lines: list[Line], method: str) -> str:
    """The factors and instruments of some lines, each once, in order."""
    found: dict[str, None] = {}
    for line in lines:
        for part in line.parts(method):
            factor = part.plan.resolution.factor
            found[part.instrument or (factor.ref if factor else part.source)] = None
    return "; ".join(name for name in found if name)


def _entry(line: Line) -> Entry:
    return Entry(
        line.id,
        (_factors([line], LOCATION), _factors([line], MARKET)),
        (_told(line, LOCATION), _told(line, MARKET)),
        line.location.path,
        line.location.line,
        line.facility or "",
        line.item,
        line.supplier or "",
        line.span.first,
        line.span.last,
        line.quantity,
        line.unit.text,
        line.estimate,
    )


def _told(line: Line, method: str) -> Fraction | None:
    """Tonnes under a method; None where the line does not speak of it."""
    return line.co2e(method) if line.parts(method) or line.kept else None
