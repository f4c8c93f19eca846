"""A filled-in template back into activities; every bad cell is named `file.xlsx:Sheet!C7`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.company.collect.rows import (
    CARRIED,
    COLUMNS,
    DATA,
    FACILITY_AT,
    FIELDS,
    FORM,
    FORM_AT,
    GUIDE,
    LIKE,
    PERIOD_AT,
    TEXT_KEYS,
    evidence_text,
)
from ghgcalc.core.diagnostics import Diagnostic, Location, Outcome
from ghgcalc.core.text.document import Document
from ghgcalc.core.text.scripts import composed, id_of
from ghgcalc.core.text.source import List, Map

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.company.company import Company
    from ghgcalc.core.text.document import KeyPath


class Change(NamedTuple):
    """What an import does to one activity: `new`, `changed`, `same`, `kept` or `empty`."""

    id: str
    kind: str
    details: tuple[str, ...] = ()


@dataclass(slots=True)
class Collected:
    """What a workbook says: facility, period, activities as trees of texts, what changed."""

    facility: str
    period: str
    activities: dict[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)


@dataclass(slots=True)
class _SheetRow:
    number: int
    texts: dict[str, str]


@dataclass(slots=True)
class SheetDocument(Document):
    """A company file whose activities come from a workbook: their places are cells."""

    shown: str = ""
    rows: dict[str, int] = field(default_factory=dict)

    def cell(self, row: int, key: str) -> Location:
        """The cell of a row and a key."""
        from ghgcalc.factors.importers.grid import SheetLocation

        if key == "facility":
            return SheetLocation(f"{self.shown}:{GUIDE}", *FACILITY_AT)
        column = COLUMNS.get("number" if key == "quantity" else key, COLUMNS["also"])
        return SheetLocation(f"{self.shown}:{DATA}", row, column)

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

    Diagnosed: `unreadable-file`, `wrong-shape`, and whatever the company file's own validation
    says of an activity, at the cell that holds it.
    """
    from ghgcalc.factors.importers.common import ImportSourceError, sheet_rows, workbook

    try:
        with workbook(path) as book:
            sheets = {name: sheet_rows(book, name, path.name) for name in book.sheetnames}
    except ImportSourceError as error:
        hint = "save it as .xlsx from a spreadsheet"
        return _refused("unreadable-file", str(error), Location(shown, 1, 1), hint)
    problem = _shape(sheets, shown)
    if problem is not None:
        return Outcome(None, (problem,))
    guide = sheets[GUIDE]
    collected = Collected(composed(_at(guide, *FACILITY_AT)), _at(guide, *PERIOD_AT))
    rows = [_SheetRow(number, _texts(cells)) for number, cells in enumerate(sheets[DATA][1:], 2)]
    filled = [row for row in rows if any(row.texts.values())]
    return _build(collected, filled, shown, company)


def _refused(code: str, text: str, where: Location, hint: str) -> Outcome[Collected | None]:
    return Outcome(None, (Diagnostic(code, text, where, hint=hint),))


def _at(rows: list[list[Any]], row: int, column: int) -> str:
    from ghgcalc.factors.importers.grid import cell_text

    cells = rows[row - 1] if row <= len(rows) else []
    return cell_text(cells[column - 1]) if column <= len(cells) else ""


def _shape(sheets: dict[str, list[list[Any]]], shown: str) -> Diagnostic | None:
    """Whether this is a template at all, with its columns in place."""
    from ghgcalc.factors.importers.grid import SheetLocation

    hint = "write a new one with `ghgcalc template` and copy the quantities"
    if GUIDE not in sheets or DATA not in sheets or _at(sheets[GUIDE], *FORM_AT) != FORM:
        text = f"`{shown}` is not a template of ghgcalc ({FORM})"
        return Diagnostic("wrong-shape", text, Location(shown, 1, 1), hint=hint)
    for place, column in enumerate(FIELDS, 1):
        found = _at(sheets[DATA], 1, place)
        if found != column.heading:
            where = SheetLocation(f"{shown}:{DATA}", 1, place)
            text = f"heading `{column.heading}` expected, found `{found}`"
            return Diagnostic("wrong-shape", text, where, hint=hint)
    return None


def _texts(cells: list[Any]) -> dict[str, str]:
    from ghgcalc.factors.importers.grid import cell_text

    return {
        column.key: _form(column.key, cell_text(cells[place])) if place < len(cells) else ""
        for place, column in enumerate(FIELDS)
    }


def _form(key: str, text: str) -> str:
    """A cell in NFC, as texts are compared; names of documents keep the signs of the disk."""
    return text if key == "evidence" else composed(text)


def _build(
    collected: Collected, rows: list[_SheetRow], shown: str, company: Company
) -> Outcome[Collected | None]:
    known = company.document.root.get("activities") or Map()
    places: dict[str, int] = {}
    found: list[Diagnostic] = []
    document = SheetDocument(
        company.document.root, company.document.files, company.document.path,
        company.document.folder, company.document.hashes, shown=shown,
    )  # fmt: skip
    for row in rows:
        if not row.texts["number"] and row.texts["id"] not in known and not row.texts["unit"]:
            collected.changes.append(Change(row.texts["id"] or f"row {row.number}", "empty"))
            continue
        name = row.texts["id"] or _made_id(collected, row, known)
        taken = _taken(name, places, known, collected.facility)
        if taken:
            where = document.cell(row.number, "id")
            found.append(Diagnostic("duplicate-key", taken, where, hint="give the row its own id"))
            continue
        places[name] = row.number
        _activity(collected, row, name, known, shown)
    if found:
        return Outcome(None, tuple(found))
    _keep(collected, company, known)
    return _judged(collected, document, places, known)


def _taken(name: str, places: dict[str, int], known: Any, facility: str) -> str:
    """Why an id is not free for a row; empty where it is."""
    if name in places:
        return f"`{name}` stands in row {places[name]} already"
    owner = composed(str(known[name].get("facility"))) if name in known else facility
    return f"`{name}` is an activity of `{owner}`" if owner != facility else ""


def _made_id(collected: Collected, row: _SheetRow, known: Any) -> str:
    """An id for a new row: facility, what it is, period."""
    what = next((row.texts[k] for k in ("fuel", "item", "gas", "category") if row.texts[k]), "line")
    base = id_of(f"{collected.facility}-{what}-{row.texts['period']}")
    name, count = base, 1
    while name in known or name in collected.activities:
        count += 1
        name = f"{base}-{count}"
    return name


def _fresh(collected: Collected, row: _SheetRow, known: Any) -> Any:
    """The tree of a new activity, with the lasting facts of last year's one."""
    model = known.get(row.texts["also"].removeprefix(LIKE)) or {}
    carried = {key: model[key] for key in CARRIED if key in model}
    return Map(facility=collected.facility, **carried)


def _activity(collected: Collected, row: _SheetRow, name: str, known: Any, shown: str) -> None:
    """The activity's tree: what is there, with the cells that differ put in its place."""
    before = known.get(name)
    tree = _fresh(collected, row, known) if before is None else Map(before)
    details = []
    for key in TEXT_KEYS:
        old, new = tree.get(key) or "", row.texts[key]
        if new != composed(" ".join(old.split())):
            details.append(f"{key} {old or '–'} → {new or '–'}")
            _put(tree, key, new)
    quantity = _quantity(row, tree.get("quantity"))
    if quantity is not None:
        details.append(f"quantity {tree.get('quantity') or '–'} → {quantity or '–'}")
        _put(tree, "quantity", quantity)
    old_evidence = evidence_text(tree)
    if old_evidence is not None and row.texts["evidence"] != " ".join(old_evidence.split()):
        details.append(f"evidence {old_evidence or '–'} → {row.texts['evidence'] or '–'}")
        names = [text.strip() for text in row.texts["evidence"].split(";") if text.strip()]
        tree["evidence"] = List(names)
    if details:
        cited = f"{shown.rpartition('/')[2]}:{DATA}!{_letter('number')}{row.number}"
        held = tree.get("evidence")
        listed = [held] if isinstance(held, str) else list(held or [])
        tree["evidence"] = List([*listed, cited] if cited not in listed else listed)
    kind = "new" if before is None else "changed" if details else "same"
    collected.activities[name] = tree
    collected.changes.append(Change(name, kind, tuple(details) if before is not None else ()))


def _letter(key: str) -> str:
    from ghgcalc.factors.importers.grid import letters

    return letters(COLUMNS[key])


def _put(tree: Any, key: str, text: str) -> None:
    if text:
        tree[key] = text
    else:
        tree.pop(key, None)


def _quantity(row: _SheetRow, old: str | None) -> str | None:
    """The quantity as text where it differs from the file's; None where it is the same."""
    from ghgcalc.core.numbers import NumberError
    from ghgcalc.core.units import UnitError, parse_quantity

    new = f"{row.texts['number']} {row.texts['unit']}".strip()
    if old is None:
        return new
    try:
        before, after = parse_quantity(old), parse_quantity(new)
    except (NumberError, UnitError):
        return new if new != old else None
    same = Fraction(before.number) == Fraction(after.number) and before.unit == after.unit
    return None if same else new


def _keep(collected: Collected, company: Company, known: Any) -> None:
    """Activities of the facility and period that the workbook does not ask for, or lost."""
    from ghgcalc.core.period import PeriodError, parse_period_text

    try:
        span = company.year.resolve(parse_period_text(collected.period))
    except PeriodError:
        return  # the activities' own periods are judged row by row
    for name, activity in company.activities.items():
        if name in collected.activities or activity.facility != collected.facility:
            continue
        if span.holds(company.span_of(activity.period)):
            collected.activities[name] = known[name]
            collected.changes.append(Change(name, "kept"))


def _judged(
    collected: Collected, document: SheetDocument, places: dict[str, int], known: Any
) -> Outcome[Collected | None]:
    """Validate as part of the company file; only findings at the workbook's cells count."""
    from ghgcalc.company.validate import validate
    from ghgcalc.core.diagnostics import has_errors

    merged = Map(known)
    merged.marks = dict(getattr(known, "marks", {}))
    merged.update(collected.activities)
    root = Map(document.root)
    root.marks = document.root.marks
    root["activities"] = merged
    outcome = validate(replace(document, root=root, rows=places))
    mine = tuple(
        item for item in outcome.diagnostics
        if item.location is not None and item.location.path.startswith(f"{document.shown}:")
    )  # fmt: skip
    return Outcome(None if has_errors(mine) else collected, mine)
