"""A filled-in template back into activities; every bad cell is named `file.xlsx:Sheet!C7`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ghgcalc.company.collect.changes import Change, Collected
from ghgcalc.company.collect.identity import Candidates, ids_of, same_quantity
from ghgcalc.company.collect.returned import (
    Returned,
    guide_cell,
    held_by,
    misplaced,
    missing_rows,
    without_model,
)
from ghgcalc.company.collect.rows import (
    CARRIED,
    COLUMNS,
    FACILITY_AT,
    LIKE,
    OF_A_YEAR,
    PERIOD_AT,
    TEXT_KEYS,
    evidence_text,
    is_citation,
    model_of,
)
from ghgcalc.company.collect.sheet import cell_at, cell_name, read_form
from ghgcalc.company.collect.write import flow
from ghgcalc.core.diagnostics import Diagnostic, Outcome
from ghgcalc.core.text.document import Document
from ghgcalc.core.text.scripts import composed
from ghgcalc.core.text.source import List, Map

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ghgcalc.company.collect.sheet import SheetRow
    from ghgcalc.company.company import Company
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.text.document import KeyPath


@dataclass(slots=True)
class SheetDocument(Document):
    """A company file whose activities come from a workbook: their places are cells."""

    shown: str = ""
    rows: dict[str, int] = field(default_factory=dict)

    def cell(self, row: int, key: str) -> Location:
        """The cell of a row and a key."""
        if key == "facility":
            return guide_cell(self.shown, FACILITY_AT)
        known = "number" if key == "quantity" else key
        return cell_at(self.shown, row, known if known in COLUMNS else "also")

    def locate(self, path: KeyPath, *, key: bool = False) -> Location:
        """The cell of an activity's key; the place in the file for all else."""
        if len(path) > 1 and path[0] == "activities" and path[1] in self.rows:
            wanted = str(path[2]) if len(path) > 2 else "id" if key else "number"
            return self.cell(self.rows[str(path[1])], wanted)
        return Document.locate(self, path, key=key)

    def line_of(self, section: str, name: str) -> Location:
        """The place of an item."""
        if section == "activities" and name in self.rows:
            return self.locate((section, name))
        return Document.line_of(self, section, name)


def read_template(path: Path, shown: str, company: Company) -> Outcome[Collected | None]:
    """Read a filled-in template against the company file.

    Diagnosed: `unreadable-file`, `wrong-shape`, `workbook-layout`, `formula-without-value`,
    `bad-date`, `outside-form`, `row-without-id`, `duplicate-key`, `unknown-line`,
    `asked-row-missing`, and whatever the company file's own validation says of an activity, at the
    cell that holds it.
    """
    from ghgcalc.core.period import PeriodError, parse_period_text

    read = read_form(path, shown)
    if read.value is None:
        return Outcome(None, read.diagnostics)
    try:
        span = company.year.resolve(parse_period_text(read.value.period))
    except PeriodError as error:
        where = guide_cell(shown, PERIOD_AT)
        return Outcome(None, (Diagnostic("bad-date", error.message, where, hint=error.hint),))
    return _build(Returned(read.value, span, company, shown))


def _build(work: Returned) -> Outcome[Collected | None]:
    collected = Collected(work.form.facility, work.form.period)
    known, rows = work.known, [row for row in work.form.rows if not work.unfilled(row)]
    for row in work.form.rows:
        if work.unfilled(row):
            collected.changes.append(Change(row.cells["id"] or f"row {row.number}", "empty"))
    found = [*misplaced(work, rows), *without_model(work, rows)]
    named = _named(work, rows)
    if found or named.diagnostics:
        return Outcome(None, (*found, *named.diagnostics))
    document = SheetDocument(
        work.company.document.root, work.company.document.files, work.company.document.path,
        work.company.document.folder, work.company.document.hashes, shown=work.shown,
    )  # fmt: skip
    for name, row in named.value.items():
        tree, change = _activity(work, row, name)
        collected.activities[name] = tree
        collected.changes.append(change)
    missing = tuple(missing_rows(work, named.value))
    for name in held_by(work):
        if name not in collected.activities:
            collected.activities[name] = known[name]
            collected.changes.append(Change(name, "kept"))
    places = {name: row.number for name, row in named.value.items()}
    judged = _judged(collected, document, places, work.company)
    return Outcome(judged.value, (*missing, *judged.diagnostics))


def _named(work: Returned, rows: list[SheetRow]) -> Outcome[dict[str, SheetRow]]:
    """The rows by id: their own, or the one found or made for them."""
    named: dict[str, SheetRow] = {}
    found: list[Diagnostic] = []
    with_id = [row for row in rows if row.cells["id"]]
    for row in with_id:
        taken = _taken(work, row.cells["id"], named)
        if taken:
            where, hint = cell_at(work.shown, row.number, "id"), "give the row its own id"
            found.append(Diagnostic("duplicate-key", taken, where, hint=hint))
            continue
        named[row.cells["id"]] = row
    without = [row for row in rows if not row.cells["id"]]
    if without:
        free = {name: work.known[name] for name in held_by(work) if name not in named}
        taken_ids = {*work.known, *named}
        of = Candidates(free, taken_ids, work.owner, work.book, work.shown)
        ids = ids_of(without, {row.number: work.period_of(row) for row in without}, of)
        found += ids.diagnostics
        named |= {ids.value[row.number]: row for row in without if row.number in ids.value}
    ordered = sorted(named.items(), key=lambda item: item[1].number)
    return Outcome(dict(ordered), tuple(found))


def _taken(work: Returned, name: str, named: dict[str, SheetRow]) -> str:
    """Why an id is not free for a row; empty where it is."""
    if name in named:
        return f"`{name}` stands in row {named[name].number} already"
    if name not in work.known:
        return ""
    owner = composed(work.known[name].get("facility") or "")
    if owner != work.owner:
        return f"`{name}` is an activity of {f'`{owner}`' if owner else 'no facility'}"
    if name in work.company.activities and name not in held_by(work):
        return f"`{name}` is an activity of {work.known[name].get('period')}"
    return ""


def _fresh(work: Returned, row: SheetRow) -> tuple[Any, list[str]]:
    """The tree of a new activity, with the lasting facts of last year's one, and what these are."""
    name = model_of(row.cells["also"])
    model = work.known.get(name) or {}
    carried = {key: model[key] for key in CARRIED if key in model}
    said = [f"{LIKE}{name}: {key} {flow(value)}" for key, value in carried.items()]
    said += [f"not taken over from {name}: {key}" for key in OF_A_YEAR if key in model]
    place = {"facility": work.owner} if work.owner else {}
    return Map(**place, **carried), said


def _activity(work: Returned, row: SheetRow, name: str) -> tuple[Any, Change]:
    """The activity's tree: what is there, with the cells that differ put in its place."""
    before = work.known.get(name)
    tree, details = _fresh(work, row) if before is None else (Map(before), [])
    said = len(details)
    for key in TEXT_KEYS:
        old = tree.get(key) or ""
        new = work.period_of(row) if key == "period" else row.text(key)
        if composed(" ".join(old.split())) not in (new, row.cells[key] or new):
            details.append(f"{key} {old or '–'} → {new or '–'}")
            _put(tree, key, new)
    quantity = f"{row.cells['number']} {row.cells['unit']}".strip()
    if not same_quantity(quantity, tree.get("quantity")):
        details.append(f"quantity {tree.get('quantity') or '–'} → {quantity or '–'}")
        _put(tree, "quantity", quantity)
    details += _documents(row, tree)
    if len(details) > said:
        _cite(tree, f"{work.book}:{cell_name(row.number, 'number')}")
    if before is None:
        return tree, Change(name, "new", tuple(details[:said]))
    return tree, Change(name, "changed" if details else "same", tuple(details))


def _documents(row: SheetRow, tree: Any) -> Iterator[str]:
    """Put the source documents of a row in place; cells that imports cited stay as they are."""
    old = evidence_text(tree)
    if old is None:
        return
    names = [text.strip() for text in row.cells["evidence"].split(";")]
    names = [text for text in names if text and not is_citation(text)]
    if [" ".join(text.split()) for text in old.split("; ") if text] == names:
        return
    yield f"evidence {old or '–'} → {'; '.join(names) or '–'}"
    tree["evidence"] = List([*names, *(text for text in _listed(tree) if is_citation(text))])


def _cite(tree: Any, place: str) -> None:
    held = _listed(tree)
    tree["evidence"] = List([*held, place] if place not in held else held)


def _listed(tree: Any) -> list[Any]:
    held = tree.get("evidence")
    return [held] if isinstance(held, str) else list(held or [])


def _put(tree: Any, key: str, text: str) -> None:
    if text:
        tree[key] = text
    else:
        tree.pop(key, None)


def _judged(
    collected: Collected, document: SheetDocument, places: dict[str, int], company: Company
) -> Outcome[Collected | None]:
    """Validate as part of the company file; only findings at the workbook's cells count."""
    from ghgcalc.company.validate import validate
    from ghgcalc.core.check import weighed
    from ghgcalc.core.diagnostics import has_errors

    known = company.document.root.get("activities") or Map()
    merged = Map(known)
    merged.marks = dict(getattr(known, "marks", {}))
    merged.update(collected.activities)
    root = Map(document.root)
    root.marks = document.root.marks
    root["activities"] = merged
    outcome = validate(replace(document, root=root, rows=places))
    mine = weighed(
        (item for item in outcome.diagnostics
         if item.location is not None and item.location.path.startswith(f"{document.shown}:")),
        company.checks,
    )  # fmt: skip
    return Outcome(None if has_errors(mine) else collected, mine)
