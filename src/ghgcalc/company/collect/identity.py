"""Which activity a row without an id is: one that this workbook gave before, or a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.company.collect.sheet import cell_at, cell_name
from ghgcalc.core.diagnostics import Diagnostic, Outcome
from ghgcalc.core.text.scripts import composed, id_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ghgcalc.company.collect.sheet import SheetRow

SOURCE_KEYS = ("category", "fuel", "item", "gas", "supplier", "technology", "vehicle")


class Candidates(NamedTuple):
    """What rows may be.

    Attributes:
        trees: the company file's activities of the form that no row names, by id.
        taken: every id that is in use.
        owner: what a made id starts with: the facility; "" for none.
        book: the workbook's file name, as citations name it.
        shown: the workbook as findings name it.
    """

    trees: Mapping[str, Any]
    taken: set[str]
    owner: str
    book: str
    shown: str


def ids_of(
    rows: list[SheetRow], periods: dict[int, str], of: Candidates
) -> Outcome[dict[int, str]]:
    """The ids of rows without one, by row number.

    A row is an activity of the company file where this workbook is cited there, with the same
    source, period and quantity, or with its very cell. Where another workbook gave an activity
    of the same source and period, nothing tells a second delivery from the same one sent again:
    `row-without-id`.

    Args:
        rows: the rows without an id, in order.
        periods: the period of each, by row number.
        of: what they may be.
    """
    left = dict(of.trees)
    ids: dict[int, str] = {}
    for same in (_same_in_both, _same_amount, _same_cell):
        for row in rows:
            if row.number not in ids:
                name = next((n for n, t in left.items() if same(row, periods, t, of.book)), None)
                if name is not None:
                    ids[row.number] = name
                    del left[name]
    found: list[Diagnostic] = []
    taken = set(of.taken)
    for row in rows:
        if row.number in ids:
            continue
        period = periods[row.number]
        alike = [name for name, tree in left.items() if _same_source(row, period, tree)]
        if alike:
            found.append(_unclear(row, period, alike, of))
            continue
        ids[row.number] = _made(row, period, of.owner, taken)
        taken.add(ids[row.number])
    return Outcome(ids, tuple(found))


def cites(tree: Any, book: str, place: str = "") -> bool:
    """Whether an activity cites a workbook as its source, or one cell of it."""
    held = tree.get("evidence") or ()
    listed = (held,) if isinstance(held, str) else held
    return any(
        isinstance(text, str)
        and (text == f"{book}:{place}" if place else text.startswith(f"{book}:"))
        for text in listed
    )


def same_quantity(cell: str, text: str | None) -> bool:
    """Whether a number and unit of a row are the quantity that the company file states."""
    from ghgcalc.core.numbers import NumberError
    from ghgcalc.core.units import UnitError, parse_quantity

    if text is None:
        return False
    try:
        before, after = parse_quantity(text), parse_quantity(cell)
    except (NumberError, UnitError):
        return cell == text
    return before.number == after.number and before.unit == after.unit


def _same_source(row: SheetRow, period: str, tree: Any) -> bool:
    texts = [(row.text(key), tree.get(key)) for key in SOURCE_KEYS]
    texts.append((period, tree.get("period")))
    return all(new == composed(" ".join((old or "").split())) for new, old in texts)


def _same_in_both(row: SheetRow, periods: dict[int, str], tree: Any, book: str) -> bool:
    return _same_amount(row, periods, tree, book) and _same_cell(row, periods, tree, book)


def _same_amount(row: SheetRow, periods: dict[int, str], tree: Any, book: str) -> bool:
    stated = f"{row.cells['number']} {row.cells['unit']}".strip()
    return (
        cites(tree, book)
        and _same_source(row, periods[row.number], tree)
        and same_quantity(stated, tree.get("quantity"))
    )


def _same_cell(row: SheetRow, periods: dict[int, str], tree: Any, book: str) -> bool:
    del periods  # source and period may be what was corrected
    return cites(tree, book, cell_name(row.number, "number"))


def _unclear(row: SheetRow, period: str, alike: list[str], of: Candidates) -> Diagnostic:
    what = ", ".join(row.text(key) for key in SOURCE_KEYS if row.cells[key])
    held = ", ".join(f"`{name}` ({of.trees[name].get('quantity')})" for name in alike[:3])
    return Diagnostic(
        "row-without-id",
        f"row {row.number} has no id, and the company file has {held} of {what}, {period}",
        cell_at(of.shown, row.number, "id"),
        hint=f"write `{alike[0]}` into the row if it is that one, or an id of its own",
    )


def _made(row: SheetRow, period: str, owner: str, taken: set[str]) -> str:
    """An id for a new row: facility, what it is, period."""
    what = next((row.text(k) for k in ("fuel", "item", "gas", "category") if row.cells[k]), "line")
    base = id_of("-".join(part for part in (owner, what, period) if part))
    name, count = base, 1
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    return name
