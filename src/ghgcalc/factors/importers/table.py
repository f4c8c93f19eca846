"""The generic importer: a mapping and the user's own or licensed files become a pack folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ghgcalc.core.diagnostics import (
    Diagnostic,
    Location,
    Outcome,
    Related,
    Severity,
    has_errors,
    in_order,
)
from ghgcalc.core.spelling import nearest
from ghgcalc.core.text.source import SourceFile
from ghgcalc.factors.importers.cells import Reader
from ghgcalc.factors.importers.common import Row, Table, write_pack
from ghgcalc.factors.importers.grid import CellValue, Grid, cell_text, letters, open_grid, position
from ghgcalc.factors.importers.mapping import ImportTable
from ghgcalc.factors.importers.mapping_read import PLACEHOLDER, ReadMapping, read_mapping
from ghgcalc.factors.lint_rows import Judge

if TYPE_CHECKING:
    from ghgcalc.core.text.document import KeyPath

SHOWN_PER_CODE = 20


@dataclass
class _Run:
    """What the tables of one mapping share while they are read."""

    read: ReadMapping
    files: Sequence[Path]
    sources: list[SourceFile]
    found: list[Diagnostic] = field(default_factory=list)
    seen: dict[str, Location] = field(default_factory=dict)
    report: list[str] = field(default_factory=list)

    def fail(self, code: str, text: str, keys: KeyPath, hint: str) -> None:
        """A finding at a key of the mapping."""
        self.found.append(Diagnostic(code, text, self.read.place(keys), hint=hint))


def import_table(
    mapping: Path, shown: str, files: Sequence[Path], folder: Path, settings: Mapping[str, str]
) -> tuple[Outcome[list[str] | None], list[SourceFile]]:
    """Write the pack that a mapping makes of `files`; nothing is written if anything is wrong.

    `shown` is the mapping's name in findings, `settings` the values of its parameters. The
    outcome's value holds report lines; the second value the texts that findings point into.
    """
    outcome, sources = read_mapping(mapping, shown, settings)
    if outcome.value is None:
        return Outcome(None, in_order(outcome.diagnostics)), sources
    run = _Run(outcome.value, files, sources, list(outcome.diagnostics))
    tables: list[tuple[ImportTable, Table, Grid]] = []
    for index, table in enumerate(outcome.value.mapping.tables):
        made = _table(run, table, ("tables", index))
        if made is not None:
            tables.append((table, *made))
    _unused_files(run)
    found = _capped(in_order(run.found))
    if has_errors(found):
        return Outcome(None, found), sources
    meta, written = _evidence(run, tables)
    return Outcome([*write_pack(folder, meta, written), *run.report], found), sources


def _unused_files(run: _Run) -> None:
    used = {table.source for table in run.read.mapping.tables}
    for number, path in enumerate(run.files, 1):
        if number not in used:
            text = f"`{path.name}`, file {number} of the command, is used by no table"
            run.fail("unknown-value", text, ("tables",), f"write `source: {number}`, or drop it")


def _table(run: _Run, table: ImportTable, keys: KeyPath) -> tuple[Table, Grid] | None:
    """The CSV of one table; None, with findings, where it cannot be read."""
    if not 1 <= table.source <= len(run.files):
        text = f"the table needs file {table.source}, the command names {len(run.files)}"
        run.fail("file-not-found", text, (*keys, "source"), "name the file in the command")
        return None
    path = run.files[table.source - 1]
    opened = open_grid(path, path.as_posix(), table, run.read.place((*keys, "sheet")))
    run.found.extend(opened.diagnostics)
    grid: Grid | None = opened.value
    if grid is None:
        return None
    if grid.lines:
        run.sources.append(SourceFile(grid.shown, "\n".join(grid.lines)))
    header = _header(table, grid)
    good = _guarded(run, table, grid, keys)
    indices = _indices(run, table, grid, header, keys)
    body = _filtered(run, table, grid, header, keys)
    if indices is None or body is None or not good:
        return None
    return Table(table.file, table.holds, _rows(run, table, grid, indices, body, keys),
                 table.constants_out, _overrides(table)), grid  # fmt: skip


def _overrides(table: ImportTable) -> dict[str, Any]:
    names = {"year_rule", "year", "gwp_set", "finest_region", "notes"}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in table.model_dump(include=names, exclude_unset=True).items()
    }


def _rows(
    run: _Run,
    table: ImportTable,
    grid: Grid,
    indices: dict[str, int],
    body: Iterator[tuple[int, list[CellValue]]],
    keys: KeyPath,
) -> list[Row]:
    place = run.read.place
    key_at = {(*keys, "columns", name): place((*keys, "columns", name)) for name in table.columns}
    key_at |= {(*keys, "gases", gas): place((*keys, "gases", gas, "column"))
               for gas in table.gases}  # fmt: skip
    pack = run.read.mapping.pack
    year = table.year or pack.year
    reader = Reader(table, grid, indices, keys, key_at, str(year) if year else "")

    def at(row: int, column: str) -> Location:
        gas, _, unit = column.partition(" [")
        if row and column in indices:
            return grid.at(row, indices[column])
        if row and unit and f"gas:{gas}" in indices:
            return grid.at(row, indices[f"gas:{gas}"])
        used = PLACEHOLDER.findall(table.templates.get(column, "")) if row else []
        if first := [name for name in used if name in indices]:
            return grid.at(row, indices[first[0]])
        for section in ("constants", "templates", "gases"):
            name = gas if section == "gases" else column
            if name in getattr(table, section):
                return place((*keys, section, name), key=section == "gases")
        return grid.at(row, 1) if row else place((*keys, "spread", "gas"))

    mapping = place(()).path
    judge = Judge(table.holds, at, table.gwp_set or pack.gwp_set, True, run.seen,
                  lambda where: where.path == mapping)  # fmt: skip
    rows: list[Row] = []
    columns: dict[str, None] = {}
    for row, cells in reader.rows(body):
        columns.update(dict.fromkeys(cells))
        run.found.extend(judge.row(row, {**table.constants_out, **cells}))
        rows.append(cells)
    run.found.extend(judge.columns([*columns]))
    run.found.extend(reader.found)
    if not rows and not has_errors(run.found):
        run.fail("empty-file", f"no row of `{grid.shown}` has a value", keys,
                 "check `header:`, `only:` and the columns")  # fmt: skip
    if reader.absent:
        count = len(reader.absent)
        shown = "; ".join(reader.absent[:10]) + (" …" if count > 10 else "")
        noun = "row" if count == 1 else "rows"
        run.report.append(f"  {table.file}: {count} {noun} without a value left out: {shown}")
    return rows


def _header(table: ImportTable, grid: Grid) -> list[str]:
    """The headings; with `header: 0` the letters of the columns."""
    if table.header == 0:
        width = max((len(cells) for _, cells in grid.rows), default=0)
        return [letters(index) for index in range(1, width + 1)]
    cells = next((cells for row, cells in grid.rows if row == table.header), [])
    return [cell_text(cell) for cell in cells]


def _guarded(run: _Run, table: ImportTable, grid: Grid, keys: KeyPath) -> bool:
    """Whether the cells that tell the edition hold the texts of the mapping."""
    good = True
    for address, expected in table.cells.items():
        row, column = position(address) or (0, 0)
        text = cell_text(grid.cell(row, column))
        if text != " ".join(expected.split()):
            found = f"`{text}`" if text else "nothing"
            written = Related(run.read.place((*keys, "cells", address)), "expected by the mapping")
            run.found.append(Diagnostic(
                "unknown-value", f"expected `{expected}`, found {found}", grid.at(row, column),
                related=(written,), hint="use the file that the mapping is made for, or change"
                " `cells:`"))  # fmt: skip
            good = False
    return good


def _indices(
    run: _Run, table: ImportTable, grid: Grid, header: list[str], keys: KeyPath
) -> dict[str, int] | None:
    """Column numbers by our name; None, with findings, when one is not there once."""
    wanted: dict[str, tuple[str, KeyPath]] = {
        ours: (theirs, (*keys, "columns", ours)) for ours, theirs in table.columns.items()
    }
    for gas, entry in table.gases.items():
        wanted[f"gas:{gas}"] = (entry.column, (*keys, "gases", gas, "column"))
    for number, heading in enumerate(table.spread.headings if table.spread else ()):
        wanted[f"spread:{heading}"] = (heading, (*keys, "spread", "headings", number))
    found = {ours: _index(run, table, grid, header, *entry) for ours, entry in wanted.items()}
    whole = {ours: index for ours, index in found.items() if index is not None}
    return whole if len(whole) == len(wanted) else None


def _index(
    run: _Run, table: ImportTable, grid: Grid, header: list[str], theirs: str, keys: KeyPath
) -> int | None:
    name = " ".join(theirs.split())
    hits = [index for index, text in enumerate(header, 1) if text == name]
    if len(hits) == 1:
        return hits[0]
    row = max(table.header, 1)
    where = run.read.place(keys)
    if hits:
        second = Related(grid.at(row, hits[1]), "the second one")
        text = f"column `{name}` stands {len(hits)} times in `{grid.shown}`"
        hint = "rename one of the columns in the file, or name columns by letter with `header: 0`"
        run.found.append(Diagnostic("duplicate-key", text, where, related=(second,), hint=hint))
        return None
    near = [text for text in header if text.casefold() == name.casefold()]
    near = near or [text for text in (nearest(name, header, headings=True),) if text]
    listed = ", ".join(f"`{text}`" for text in header[:12] if text)
    hint = f"did you mean `{near[0]}`?" if near else f"change `header:`; row {row} has "
    hint += "" if near else listed or "nothing"
    span = Related(grid.at(row, 1), "the header")
    text = f"column `{name}` is not in row {row} of `{grid.shown}`"
    run.found.append(Diagnostic("unknown-column", text, where, related=(span,), hint=hint))
    return None


def _filtered(
    run: _Run, table: ImportTable, grid: Grid, header: list[str], keys: KeyPath
) -> Iterator[tuple[int, list[CellValue]]] | None:
    """The rows below the header that `only` and `leave_out` keep."""
    rules: list[tuple[str, int, set[str]]] = []
    good = True
    body = [(row, cells) for row, cells in grid.rows if row > table.header]
    for section in ("only", "leave_out"):
        for theirs, texts in getattr(table, section).items():
            index = _index(run, table, grid, header, theirs, (*keys, section, theirs))
            good = good and index is not None
            if index is not None:
                rules.append((section, index, set(texts)))
                _matched(run, body, index, texts, (*keys, section, theirs))
    kept = (entry for entry in body if all(
        (_at(entry[1], index) in texts) == (section == "only") for section, index, texts in rules
    ))  # fmt: skip
    return kept if good else None


def _at(cells: list[CellValue], index: int) -> str:
    return cell_text(cells[index - 1]) if index <= len(cells) else ""


def _matched(
    run: _Run,
    body: list[tuple[int, list[CellValue]]],
    index: int,
    texts: Sequence[str],
    keys: KeyPath,
) -> None:
    """A filter text that no row has is a warning: it may be misspelt."""
    have = {_at(cells, index) for _, cells in body}
    for text in sorted(set(texts) - have):
        near = nearest(text, sorted(have))
        hint = f"did you mean `{near}`?" if near else "remove it from the mapping"
        run.found.append(Diagnostic("unknown-value", f"no row has `{text}` in column `{keys[-1]}`",
                                    run.read.place(keys), hint=hint,
                                    severity=Severity.WARNING))  # fmt: skip


def _evidence(
    run: _Run, tables: list[tuple[ImportTable, Table, Grid]]
) -> tuple[dict[str, Any], list[Table]]:
    """The header with the file, its hash and sheet; per table where they differ."""
    out = {"tables", "factors", "fuel_properties"}
    meta = run.read.mapping.pack.model_dump(exclude_unset=True, by_alias=True, exclude=out)
    meta = {key: list(value) if isinstance(value, tuple) else value for key, value in meta.items()}
    stated = meta.pop("evidence", {})
    each: list[dict[str, Any]] = []
    for table, _, grid in tables:
        entry = {"class": "own", **stated, "file": run.files[table.source - 1].name,
                 "sha256": grid.sha256}  # fmt: skip
        each.append(entry | ({"sheet": grid.sheet} if grid.sheet else {}))
    meta["evidence"] = each[0]
    written = [
        made if entry == each[0] else replace(made, overrides={**made.overrides, "evidence": entry})
        for entry, (_, made, _) in zip(each, tables, strict=True)
    ]
    return meta, written


def _capped(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The first findings of each code, then one that counts the others."""
    kept: list[Diagnostic] = []
    counts: dict[str, int] = {}
    for item in found:
        counts[item.code] = counts.get(item.code, 0) + 1
        if counts[item.code] <= SHOWN_PER_CODE:
            kept.append(item)
        elif counts[item.code] == SHOWN_PER_CODE + 1:
            more = sum(other.code == item.code for other in found) - SHOWN_PER_CODE
            text = f"and {more:,} more findings `{item.code}`"
            kept.append(replace(item, message=text, related=(), label=""))
    return tuple(kept)
