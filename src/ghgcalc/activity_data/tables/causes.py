"""Bad cells by their cause: rows are counted, texts are listed once, each cause is one finding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.findings import shown_cell
from ghgcalc.activity_data.tables.keys import NAMED, TIMES
from ghgcalc.activity_data.tables.label_rows import hint_of
from ghgcalc.activity_data.tables.paste import Entry, entries_of, lines_of, where_of
from ghgcalc.activity_data.tables.positions import unpacked_position
from ghgcalc.activity_data.tables.time_cells import START_MISSING, start_key
from ghgcalc.activity_data.tables.total_rows import is_total, leave_out, scalar
from ghgcalc.core.text.scripts import composed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ghgcalc.activity_data.tables.keys import KeyReader
    from ghgcalc.activity_data.tables.label_rows import Label

    Explain = Callable[[Mapping[str, str]], tuple[str, str]]
    Place = Callable[[int], str]

MOST_LISTED = 1_000  # texts of one cause that are listed by name; of names, all are
# what a hint tells to type instead of one text: texts with such hints share a cause
_INSTEAD = re.compile(r"^write `[^`]*`$")
# texts that may stand for no value are stated together
_EMPTY = re.compile(r"`empty: \[([^`]*)\]`")
_MOST_EMPTY = 20
_UNKNOWN = {
    "unknown-facility": ("facilities", "are not known"),
    "unknown-item": ("items", "are not known"),
    "unknown-unit": ("units", "are not known"),
    "unit-ambiguous": ("units", "have several meanings"),
}


class BadCell(NamedTuple):
    """One distinct text that is refused: the cells it was read from, its rows, the first one."""

    cells: Mapping[str, str]
    rows: int
    position: int


class Cause(NamedTuple):
    """What one finding says: of which rows, and what mends them all."""

    message: str
    hint: str
    rows: int
    position: int
    notes: tuple[str, ...] = ()
    paste: tuple[str, ...] = ()


def in_rows(rows: int) -> str:
    """The number of rows, where it is more than one."""
    return f", in {rows:,} rows" if rows > 1 else ""


def causes_of(
    column: str, code: str, bad: Iterable[BadCell], keys: KeyReader, explain: Explain, place: Place
) -> list[Cause]:
    """The causes of one column and code, each with all its texts, in the order of the rows.

    Args:
        column: our name of the column.
        code: of the refusal.
        bad: the distinct texts, in the order of their first rows.
        keys: what the table says of names.
        explain: message and hint of one text.
        place: file and line of a position.
    """
    if column in NAMED and code != "empty-cell":
        return _of_names(column, code, list(bad), keys, explain, place)
    if code == START_MISSING:
        return _first_bills(list(bad), keys, explain, place)
    labels, bad = _of_labels(column, list(bad), keys, explain)
    kinds: dict[tuple[str, ...], list[tuple[BadCell, str, str]]] = {}
    for cell in bad:
        message, hint = explain(cell.cells)
        kind = (
            _EMPTY.sub("empty", _INSTEAD.sub("write", hint)),
            *(() if code != "empty-cell" else (message,)),
        )
        kinds.setdefault(kind, []).append((cell, message, hint))
    causes = [_alike(column, several, place) for several in [*labels, *kinds.values()]]
    return sorted(causes, key=lambda cause: cause.position)


def _of_labels(
    column: str, bad: list[BadCell], keys: KeyReader, explain: Explain
) -> tuple[list[list[tuple[BadCell, str, str]]], list[BadCell]]:
    """Rows with a label in the place of a time, by what it says; and the other ones."""
    if column not in TIMES:
        return [], bad
    kinds: dict[tuple[str, str], list[tuple[BadCell, Label]]] = {}
    others = []
    for cell in bad:
        label = keys.label(column, cell.cells)
        if label is None:
            others.append(cell)
        else:
            kinds.setdefault((label.heading, label.kind), []).append((cell, label))
    found = []
    for several in kinds.values():
        _, row, _ = unpacked_position(several[0][0].position)
        hint = hint_of(keys.table, [label for _, label in several], row)
        found.append([(cell, explain(cell.cells)[0], hint) for cell, _ in several])
    return found, others


def _alike(column: str, several: list[tuple[BadCell, str, str]], place: Place) -> Cause:
    """One cause of texts that the same step mends."""
    (first, message, hint), rows = several[0], sum(cell.rows for cell, _, _ in several)
    if len(several) == 1:
        return Cause(message + in_rows(rows), hint, rows, first.position)
    more = len(several) - 1
    said = f"{message}; likewise {more:,} more text{'s'[: more > 1]}"
    own = _INSTEAD.match(hint) is not None
    notes = [
        f"`{shown_cell(cell.cells[column].strip())}` stands in {cell.rows:,}"
        f" row{'s'[: cell.rows > 1]}, first {place(cell.position)}{f': {each}' if own else ''}"
        for cell, _, each in several[:MOST_LISTED]
    ]
    if len(several) > MOST_LISTED:
        notes.append(f"and {len(several) - MOST_LISTED:,} more texts")
    hint = "write each as its note says" if own else _together(hint, [each for *_, each in several])
    return Cause(said + in_rows(rows), hint, rows, first.position, tuple(notes))


def _together(hint: str, hints: list[str]) -> str:
    """The hint of the first text, with the texts of all where each is stated as empty."""
    found = [match[1] for each in hints if (match := _EMPTY.search(each))]
    texts = ", ".join(dict.fromkeys(found[:_MOST_EMPTY]))
    return _EMPTY.sub(lambda _: f"`empty: [{texts}]`", hint)


def _first_bills(
    bad: list[BadCell], keys: KeyReader, explain: Explain, place: Place
) -> list[Cause]:
    """First bills without a start: one cause, and the days to state."""
    supplies: dict[str, BadCell] = {}
    for cell in bad:
        supplies.setdefault(start_key(keys.table, cell.cells), cell)
    message, hint = explain(bad[0].cells)
    rows, position = sum(cell.rows for cell in bad), bad[0].position
    if len(supplies) == 1:
        return [Cause(message + in_rows(rows), hint, rows, position)]
    first = shown_cell(next(iter(supplies)))
    lines = [f"  {scalar(key)}: YYYY-MM-DD  # {place(cell.position)}"
             for key, cell in supplies.items()]  # fmt: skip
    message = f"{len(supplies):,} first bills have no bill before them: `{first}` and others"
    hint = "state their first days under the table's `read:`, in place of YYYY-MM-DD"
    return [Cause(message + in_rows(rows), hint, rows, position, paste=("starts:", *lines))]


def _of_names(
    column: str, code: str, bad: list[BadCell], keys: KeyReader, explain: Explain, place: Place
) -> list[Cause]:
    """Names that are not known: those of sums are left out, all others are told what they are."""
    heading, known = keys.table.columns.get(column), keys.named(column)
    adds = heading is not None and column in {"facility", "item"}
    sums = [cell for cell in bad if adds and is_total(_text(cell, column), known)]
    others = [cell for cell in bad if cell not in sums] if sums else bad
    found = []
    for cells in (others, sums):
        if not cells:
            continue
        rows = sum(cell.rows for cell in cells)
        texts = list(dict.fromkeys(_text(cell, column) for cell in cells))
        message, hint = explain(cells[0].cells)
        notes: tuple[str, ...] = ()
        if len(texts) > 1:
            what, are = _UNKNOWN[code]
            message = f"{len(texts):,} {what} {are}: `{shown_cell(texts[0])}` and others"
            hint = where_of(column, keys.table)
            if column == "unit":
                notes = tuple(explain(cell.cells)[0] for cell in cells[:MOST_LISTED])
        paste: tuple[str, ...] = ()
        if cells is sums and heading is not None:
            hint = f"{leave_out(keys.table, heading, *texts)}: the rows are sums of others"
            hint = hint if len(texts) > 1 else explain(cells[0].cells)[1]
        else:
            counted = [Entry(_text(c, column), c.rows, place(c.position)) for c in cells]
            paste = lines_of(column, keys.table, entries_of(column, counted, known, keys))
        found.append(Cause(message + in_rows(rows), hint, rows, cells[0].position, notes, paste))
    return found


def _text(cell: BadCell, column: str) -> str:
    return composed(cell.cells[column].strip())
