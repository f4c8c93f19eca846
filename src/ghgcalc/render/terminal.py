"""The terminal report: 100 columns, aligned on the decimal, readable without colour."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from ghgcalc.render.cells import ROUNDING_NOTE, adds_up, aligned, bar_text, cell_text, phrase_text
from ghgcalc.render.text import columns, safe
from ghgcalc.views.report import report_of
from ghgcalc.views.table import Bar

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table as RichTable
    from rich.text import Text

    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.render.style import Style
    from ghgcalc.views.table import Fact, Report, Table

WIDTH = 100
FACT_LABEL = 20
MAX_LABEL, MIN_LABEL, MIN_REMARK, MAX_TEXT = 48, 24, 20, 24


def render_terminal(
    inventory: Inventory, by: str | None = None, *, color: bool = False, whole: bool = False
) -> str:
    """Render an inventory for people.

    Args:
        inventory: what was computed.
        by: a dimension that replaces the category rows.
        color: whether to colour; the text says the same without.
        whole: for a file: no list is cut short.
    """
    return render_report(report_of(inventory, by, whole=whole), color=color)


def render_report(report: Report, *, color: bool = False) -> str:
    """Render head, tables and facts for people."""
    parts = [line(" · ".join(safe(word) for word in report.heading), "bold", color=color)]
    parts += [table_text(table, color=color) for table in report.tables]
    if report.facts:
        parts.append(_facts(report.facts, color=color))
    return "\n".join(parts)


def report_form(report: Report, style: Style) -> str:
    """The format `table` for every view."""
    return render_report(report, color=style.color)


def new_console(color: bool, width: int = WIDTH) -> Console:
    """A console that collects text and adds nothing of its own."""
    from rich.console import Console

    return Console(
        file=StringIO(), width=width, color_system="standard" if color else None,
        force_terminal=color, no_color=not color, highlight=False, markup=False, emoji=False,
        legacy_windows=False,
    )  # fmt: skip


def text_of(console: Console) -> str:
    """What a console collected, without spaces at line ends."""
    file = console.file
    assert isinstance(file, StringIO)
    return "".join(f"{row.rstrip()}\n" for row in file.getvalue().split("\n")[:-1])


def line(text: str, style: str, *, color: bool) -> str:
    """One paragraph in a style, wrapped."""
    console = new_console(color)
    console.print(styled(text, style))
    return text_of(console)


def styled(text: str, style: str = "") -> Text:
    """A text that rich never reads as markup."""
    from rich.text import Text

    return Text(text, style=style)


def grid_of(widths: list[int | None], gap: int = 2, right: tuple[int, ...] = ()) -> RichTable:
    """A frameless grid; a width of None takes what is left, columns in `right` stand right."""
    from rich.table import Table as RichTable

    grid = RichTable(box=None, padding=(0, gap, 0, 0), pad_edge=False, show_header=False)
    for index, width in enumerate(widths):
        grid.add_column(width=width, overflow="fold", justify="right" if index in right else "left")
    return grid


def table_text(table: Table, *, color: bool = False) -> str:
    """A table with its headings, a rule under the numbers, rows and notes."""
    texts = _texts(table)
    remarks = [safe(row.remark) for row in table.rows]
    gap, widths = _widths(table, texts, remarks)
    right = tuple(index for index, column in enumerate(table.columns) if column.numeric)
    fixed: list[int | None] = list(widths)
    grid = grid_of(fixed, gap, right)
    _head(grid, table, widths)
    layered = any(row.level for row in table.rows)
    for index, row in enumerate(table.rows):
        style = "bold" if row.level == 0 and layered else ""
        label = _indented(styled(texts[0][index].lstrip(" ")), 2 * row.level)
        cells = [styled(column[index]) for column in texts[1:]]
        if any(remarks):
            cells.append(styled(remarks[index], "not bold"))
        grid.add_row(label, *cells, style=style)
    console = new_console(color, max(WIDTH, sum(widths) + gap * len(widths)))
    console.print(grid)
    for note in (*table.notes, *(() if adds_up(table) else (ROUNDING_NOTE,))):
        console.print(styled(safe(note), "italic"))
    return text_of(console)


def _indented(text: Text, indent: int) -> RenderableType:
    from rich.padding import Padding

    return Padding(text, (0, 0, 0, indent)) if indent else text


def _texts(table: Table) -> list[list[str]]:
    """Each column as text: numbers aligned on the decimal, bars drawn, labels indented."""
    found: list[list[str]] = []
    for index, column in enumerate(table.columns):
        cells = [row.cells[index] for row in table.rows]
        if column.numeric:
            found.append(aligned(cells))
        else:
            found.append([bar_text(c) if isinstance(c, Bar) else cell_text(c) for c in cells])
    found[0] = ["  " * row.level + text for row, text in zip(table.rows, found[0], strict=True)]
    return found


def _widths(table: Table, texts: list[list[str]], remarks: list[str]) -> tuple[int, list[int]]:
    """Gap and column widths; labels and remarks give way, numbers never do."""
    widths = []
    for index, column in enumerate(table.columns):
        heads = map(columns, column.heading.split("\n"))
        widest = max(*map(columns, texts[index]), *heads, columns(table.unit) if not index else 0)
        widths.append(widest if column.numeric else min(widest, MAX_TEXT if index else MAX_LABEL))
    if any(remarks):
        widths.append(max(map(columns, remarks)))

    def over(gap: int) -> int:
        return sum(widths) + gap * (len(widths) - 1) - WIDTH

    gap = 3 if over(3) <= 0 else 2
    if any(remarks) and over(gap) > 0:
        widths[-1] = max(widths[-1] - over(gap), min(widths[-1], MIN_REMARK))
    if over(gap) > 0:
        widths[0] = max(widths[0] - over(gap), min(widths[0], MIN_LABEL))
    return gap, widths


def _head(grid: RichTable, table: Table, widths: list[int]) -> None:
    """Headings of up to two lines; the unit at left and a rule under each number column."""
    headings = [column.heading.split("\n") for column in table.columns]
    depth = max(len(lines) for lines in headings)
    for row in range(depth):
        skipped = [depth - len(lines) for lines in headings]
        cells = [
            lines[row - skip] if row >= skip else ""
            for lines, skip in zip(headings, skipped, strict=True)
        ]
        grid.add_row(*map(styled, cells), style="bold")
    if table.unit:
        rules = [
            "─" * width if column.numeric else ""
            for column, width in zip(table.columns, widths, strict=False)
        ]
        grid.add_row(*map(styled, (table.unit, *rules[1:])))


def _facts(facts: tuple[Fact, ...], *, color: bool) -> str:
    label_width = max(FACT_LABEL, *(columns(fact.label) for fact in facts))
    grid = grid_of([label_width, WIDTH - label_width - 2])
    for fact in facts:
        style = "bold yellow" if fact.alert else "bold"
        for index, phrase in enumerate(fact.phrases):
            text = phrase_text(phrase)
            indent = len(text) - len(text.lstrip(" "))
            label = styled(fact.label if index == 0 else "", style)
            grid.add_row(label, _indented(styled(text.lstrip(" ")), indent))
    console = new_console(color)
    console.print(grid)
    return text_of(console)
