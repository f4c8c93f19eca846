"""The terminal report: 100 columns, aligned on the decimal, readable without colour."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from ghgcalc.render.cells import ROUNDING_NOTE, adds_up, aligned, bar_text, cell_text, phrase_text
from ghgcalc.render.text import safe
from ghgcalc.views.report import report_of
from ghgcalc.views.table import Bar

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table as RichTable

    from ghgcalc.model.inventory import Inventory
    from ghgcalc.views.table import Fact, Row, Table

WIDTH = 100
LABEL_WIDTH = 20


def render_terminal(inventory: Inventory, by: str | None = None, *, color: bool = False) -> str:
    """Render an inventory for people.

    Args:
        inventory: what was computed.
        by: a dimension that replaces the category rows.
        color: whether to colour; the text says the same without.
    """
    report = report_of(inventory, by)
    console = new_console(color)
    _print(console, _styled(" · ".join(safe(word) for word in report.heading), "bold"))
    for table in report.tables:
        _print(console, "")
        _table(console, table)
    _print(console, "")
    if report.facts:
        _print(console, _facts(report.facts))
    return text_of(console)


def new_console(color: bool) -> Console:
    from rich.console import Console

    return Console(
        file=StringIO(), width=WIDTH, color_system="standard" if color else None,
        force_terminal=color, no_color=not color, highlight=False, markup=False, emoji=False,
        legacy_windows=False, soft_wrap=False,
    )  # fmt: skip


def text_of(console: Console) -> str:
    file = console.file
    assert isinstance(file, StringIO)
    return "".join(f"{line.rstrip()}\n" for line in file.getvalue().split("\n")[:-1])


def _print(console: Console, item: RenderableType) -> None:
    console.print(item)


def _styled(text: str, style: str) -> RenderableType:
    from rich.text import Text

    return Text(text, style=style)


def _grid(table: Table) -> RichTable:
    from rich.table import Table as RichTable

    grid = RichTable(box=None, padding=(0, 3, 0, 0), pad_edge=False, show_header=False)
    for column in table.columns:
        grid.add_column(no_wrap=column.numeric, justify="right" if column.numeric else "left",
                        overflow="fold")
    grid.add_column(overflow="fold")
    return grid


def _table(console: Console, table: Table) -> None:
    """Heading lines, a rule under the numbers, then the rows."""
    grid = _grid(table)
    columns = list(zip(*(row.cells for row in table.rows), strict=True))
    texts: list[list[str]] = []
    for column, cells in zip(table.columns, columns, strict=True):
        if column.numeric:
            texts.append(aligned(cells))
        else:
            texts.append([bar_text(c) if isinstance(c, Bar) else cell_text(c) for c in cells])
    _head(grid, table, texts)
    for index, row in enumerate(table.rows):
        if index and row.level == 0 and _spaced(table):
            pass
        style = "bold" if row.level == 0 and _spaced(table) else ""
        label = "  " * row.level + texts[0][index]
        grid.add_row(label, *(column[index] for column in texts[1:]), _remark(row), style=style)
    console.print(grid)
    notes = [*table.notes, *([] if adds_up(table) else [ROUNDING_NOTE])]
    for note in notes:
        _print(console, _styled(safe(note), "dim"))


def _spaced(table: Table) -> bool:
    return any(row.level for row in table.rows)


def _head(grid: RichTable, table: Table, texts: list[list[str]]) -> None:
    """Headings of up to two lines, with a rule under each number column and the unit at left."""
    headings = [column.heading.split("\n") for column in table.columns]
    depth = max(len(lines) for lines in headings)
    for line in range(depth):
        last = line == depth - 1
        cells = [lines[line - depth + len(lines)] if line >= depth - len(lines) else ""
                 for lines in headings]
        if last and not table.unit:
            cells[0] = headings[0][-1]
        grid.add_row(*cells, "", style="bold")
    if not table.unit:
        return
    rules = [""] * len(headings)
    for index, column in enumerate(table.columns):
        if column.numeric:
            rules[index] = "─" * max(*(len(text) for text in headings[index]),
                                     *(len(text) for text in texts[index]))
    grid.add_row(table.unit, *rules[1:], "")


def _remark(row: Row) -> RenderableType:
    from rich.text import Text

    return Text(safe(row.remark), style="dim")


def _facts(facts: tuple[Fact, ...]) -> RenderableType:
    from rich.table import Table as RichTable
    from rich.text import Text

    grid = RichTable(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    grid.add_column(min_width=LABEL_WIDTH, no_wrap=True)
    grid.add_column(overflow="fold")
    for fact in facts:
        style = "bold yellow" if fact.alert else "bold"
        for index, phrase in enumerate(fact.phrases):
            text = phrase_text(phrase)
            indent = len(text) - len(text.lstrip(" "))
            label = Text(fact.label if index == 0 else "", style=style)
            grid.add_row(label, _hanging(text, indent))
    return grid


def _hanging(text: str, indent: int) -> RenderableType:
    from rich.padding import Padding
    from rich.text import Text

    body = Text(text.lstrip(" "))
    return Padding(body, (0, 0, 0, indent)) if indent else body
