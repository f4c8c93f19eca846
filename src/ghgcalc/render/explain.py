"""One line explained on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.render.terminal import WIDTH, new_console, text_of
from ghgcalc.render.text import columns, safe

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as RichTable

    from ghgcalc.views.explain import Explanation, PartExplained

OPERATION_WIDTH = 34
LABEL_WIDTH = 12


def render_explanation(explanation: Explanation, *, color: bool = False) -> str:
    """Render the explanation of a line, 100 columns."""
    console = new_console(color)
    _head(console, explanation)
    for part in explanation.parts:
        _part(console, part)
    _facts(console, explanation.facts)
    return text_of(console)


def _head(console: Console, explanation: Explanation) -> None:
    from rich.text import Text

    left = f"{safe(explanation.id)}  {safe(explanation.heading)}"
    place = safe(explanation.place)
    gap = WIDTH - columns(left) - columns(place)
    joined = left + " " * gap + place if gap >= 2 else f"{left}\n  {place}"
    console.print(Text(joined, style="bold"), soft_wrap=True)


def _part(console: Console, part: PartExplained) -> None:
    from rich.text import Text

    if part.heading:
        console.print()
        console.print(Text(safe(part.heading), style="underline"))
    console.print(Text(f"  {safe(part.quantity)}"))
    wanted = [columns(safe(row.operation)) for row in (*part.steps, *part.gases)]
    width = min(max([OPERATION_WIDTH, *wanted]), 46)
    if part.steps:
        grid = _grid(width)
        for row in part.steps:
            grid.add_row("", *(Text(safe(text)) for text in row))
        console.print(grid)
    if part.gases:
        grid = _grid(width)
        for gas in part.gases:
            grid.add_row("", *(Text(safe(text)) for text in gas))
        console.print(grid)
    console.print(Text(f"  {safe(part.result)}", style="bold"))
    _facts(console, part.facts)


def _grid(width: int) -> RichTable:
    from rich.table import Table as RichTable

    grid = RichTable(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    grid.add_column(width=0, no_wrap=True)
    grid.add_column(width=width, overflow="fold")
    for _ in range(3):
        grid.add_column(overflow="fold")
    return grid


def _facts(console: Console, facts: tuple[tuple[str, str], ...]) -> None:
    from rich.table import Table as RichTable
    from rich.text import Text

    grid = RichTable(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    grid.add_column(min_width=LABEL_WIDTH, no_wrap=True)
    grid.add_column(overflow="fold")
    before = ""
    for label, text in facts:
        grid.add_row(Text(label if label != before else "", style="bold"), Text(safe(text)))
        before = label
    console.print(grid)
