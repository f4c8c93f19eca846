"""The rows of a proposal: which are left out as sums, which marks decide, which are credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.looking.block_fiscal import rows_asked
from ghgcalc.activity_data.tables.looking.spans import spans_of
from ghgcalc.activity_data.tables.paste import OPEN
from ghgcalc.activity_data.tables.total_rows import is_total, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.activity_data.tables.looking.marks import Mark
    from ghgcalc.activity_data.tables.looking.roles import Roles
    from ghgcalc.activity_data.tables.looking.shape import Shape

_MOST_NAMED = 8


def filter_of(shape: Shape, roles: Roles) -> list[str]:
    """Rows that add up others are left out; which rows of a mark count is left to the reader."""
    wanted: dict[str, list[str]] = {}
    for heading, texts in _left_out(shape, roles).items():
        listed = f"[{', '.join(map(scalar, texts))}]"
        wanted[heading] = [f"not_equals: {listed}" if all(texts.values()) else
                           f"not_equals: {OPEN}  # {listed} or what adds up"]  # fmt: skip
    for mark in roles.marks:
        if mark.what != "credit":
            texts_of = list(mark.texts[:_MOST_NAMED])
            entry = f"equals: {OPEN}  # which of [{', '.join(map(scalar, texts_of))}] count"
            wanted.setdefault(mark.column.name, []).append(entry)
    asked = rows_asked(roles)
    timed = roles.wide or {"period", "from"} & set(roles.by)
    if (spans := spans_of(roles.mixed)) and roles.mixed is not None and not timed:
        first = scalar(next(iter(spans)))
        asked[roles.mixed.name] = f"equals: {OPEN}  # {first}, each in a table of its own"
    for heading, entry in asked.items():
        others = [each for each in wanted.get(heading, []) if not each.startswith("equals:")]
        wanted[heading] = [*others, entry]
    lines = ["    filter:"]
    for heading, entries in wanted.items():
        if len(entries) == 1 and OPEN not in entries[0]:
            lines.append(f"      {scalar(heading)}: {{{entries[0]}}}")
        else:
            lines += [f"      {scalar(heading)}:", *(f"        {text}" for text in entries)]
    return lines if wanted else []


def _left_out(shape: Shape, roles: Roles) -> dict[str, dict[str, bool]]:
    """By heading the texts of rows that are left out, and whether their word alone says so."""
    found: dict[str, dict[str, bool]] = {}
    for place, rows in sorted(shape.totals.items()):
        for _, cells in rows:
            found.setdefault(shape.names[place], {})[cells[place]] = is_total(cells[place], ())
    for place, rows in sorted(shape.notes.items()):
        for _, cells in rows:
            found.setdefault(shape.names[place], {})[cells[place]] = True
    if shape.blanks.rows:
        found.setdefault(shape.names[shape.blanks.place], {})[""] = shape.blanks.sums
    for text in roles.sums:
        found.setdefault(roles.by["facility"].name, {})[text] = False
    return found


def corrections_of(roles: Roles) -> list[str]:
    """The first column that marks credits; how the file prints them is left to the reader."""
    mark = next((mark for mark in roles.marks if mark.what == "credit"), None)
    if mark is None:
        return []
    texts = ", ".join(map(scalar, mark.taken))
    return ["    corrections:", f"      column: {scalar(mark.column.name)}",
            f"      equals: [{texts}]",
            f"      sign: {OPEN}  # as_printed (with a minus) or reversed"]  # fmt: skip


def asked_of_marks(roles: Roles) -> Iterator[str]:
    """What each mark may do, and what is typed."""
    for mark in roles.marks:
        yield _of_mark(mark)


def _of_mark(mark: Mark) -> str:
    name, texts = mark.column.name, list(mark.texts[:_MOST_NAMED])
    listed = ", ".join(f"`{text}`" for text in texts) + (" or nothing" if mark.column.empty else "")
    typed = f"`filter: {{{scalar(name)}: {{equals: {scalar(texts[0])}}}}}`"
    if mark.what == "credit":
        marked = ", ".join(f"`{text}`" for text in mark.taken[:_MOST_NAMED])
        return (f"corrections: `{name}` has {listed}: are the rows of {marked} taken away, and are"
                " they printed with a minus?")  # fmt: skip
    if mark.what == "flow":
        return (f"rows: `{name}` has {listed}: what was fed in does not count as used; type which"
                f" rows count, such as {typed}")  # fmt: skip
    if mark.what == "main":
        return (f"rows: `{name}` has {listed}: a main meter holds what meters below it measure, and"
                f" both would count; type which rows count, such as {typed}, or remove the line"
                " where none is within another")  # fmt: skip
    return (f"rows: `{name}` has {listed} and is not mapped: type which rows count, such as"
            f" {typed}, map it, or remove the line where all count")  # fmt: skip


def told_of_sums(shape: Shape, roles: Roles) -> Iterator[str]:
    """The rows that add up others, or hold a note, and how they are left out."""
    for found, what in ((shape.totals, "add up others by their word"),
                        (shape.notes, "hold a note alone")):  # fmt: skip
        for place, rows in found.items():
            listed = ", ".join(str(row) for row, _ in rows[:5]) + (" …" if len(rows) > 5 else "")
            entry = f"`filter: {{{scalar(shape.names[place])}: {{not_equals: [{OPEN}]}}}}`"
            yield (f"totals: rows {listed} {what} and are left out by {entry}, as written"
                   " below")  # fmt: skip
    if shape.blanks.rows:
        yield _of_blanks(shape)
    if roles.sums:
        named = ", ".join(f"`{text}`" for text in roles.sums)
        yield (f"totals: {named} of `{roles.by['facility'].name}` is the sum of all others at each"
               " time: left out by `not_equals:`, as written below")  # fmt: skip


def _of_blanks(shape: Shape) -> str:
    """Rows of numbers alone: never left out by their number, which bills may have as well."""
    rows, name = shape.blanks.rows, shape.names[shape.blanks.place]
    listed = ", ".join(str(row) for row, _ in rows[:5]) + (" …" if len(rows) > 5 else "")
    typed = f'`filter: {{{scalar(name)}: {{not_equals: ""}}}}`'
    if shape.blanks.sums:
        return (f"totals: rows {listed} hold numbers alone, the sums of rows above: left out by"
                f" {typed}, since `{name}` is empty in them alone")  # fmt: skip
    return (f"totals: rows {listed} hold numbers and neither a label nor a time: if they add up"
            f" others, {typed} leaves them out; if not, they lack what each row needs")  # fmt: skip
