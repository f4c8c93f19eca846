"""One line explained on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.render.terminal import WIDTH, grid_of, new_console, styled, text_of
from ghgcalc.render.text import columns, safe

if TYPE_CHECKING:
    from rich.console import Console

    from ghgcalc.render.style import Style
    from ghgcalc.views.explain import Explanation, PartExplained

OPERATION_WIDTH, MAX_OPERATION, MAX_DERIVED = 34, 50, 56
LABEL_WIDTH = 14


def render_explanation(explanation: Explanation, *, color: bool = False) -> str:
    """Render the explanation of a line, 100 columns."""
    console = new_console(color)
    _head(console, explanation)
    for part in explanation.parts:
        _part(console, part)
    _facts(console, explanation.facts)
    return text_of(console)


def text_form(explanation: Explanation, style: Style) -> str:
    """An explanation in the format `table`."""
    return render_explanation(explanation, color=style.color)


def _head(console: Console, explanation: Explanation) -> None:
    left = f"{safe(explanation.id)}  {safe(explanation.heading)}"
    place = safe(explanation.place)
    gap = WIDTH - columns(left) - columns(place)
    joined = left + " " * gap + place if gap >= 2 else f"{left}\n  {place}"
    console.print(styled(joined, "bold"), soft_wrap=True)


def _part(console: Console, part: PartExplained) -> None:
    if part.heading:
        console.print()
        console.print(styled(safe(part.heading), "underline"))
    rows = part.equations
    derived = max([OPERATION_WIDTH, *(columns(safe(row[0])) for row in rows.derived)])
    _rows(console, min(derived, MAX_DERIVED), [tuple(row) for row in rows.derived])
    console.print(styled(f"  {safe(rows.quantity)}"))
    wanted = [columns(safe(row[0])) for row in (*rows.steps, *rows.gases)]
    width = min(max([OPERATION_WIDTH, *wanted]), MAX_OPERATION)
    _rows(console, width, [tuple(row) for row in rows.steps])
    if rows.aside:
        console.print(styled(f"  {safe(rows.aside)}"))
    _rows(console, width, [tuple(row) for row in rows.gases])
    console.print(styled(f"  {safe(rows.result)}", "bold"))
    _facts(console, part.facts)


def _rows(console: Console, width: int, rows: list[tuple[str, ...]]) -> None:
    """Operations and what follows; the middle columns keep their width, the last one wraps."""
    if not rows:
        return
    texts = [[safe(text) for text in row] for row in rows]
    middle: list[int | None] = [
        max(columns(row[index]) for row in texts) for index in range(1, len(texts[0]) - 1)
    ]
    grid = grid_of([0, width, *middle, None])
    for row in texts:
        grid.add_row(styled(""), *map(styled, row))
    console.print(grid)


def _facts(console: Console, facts: tuple[tuple[str, str], ...]) -> None:
    if not facts:
        return
    width = max([LABEL_WIDTH, *(columns(label) for label, _ in facts)])
    grid = grid_of([width, WIDTH - width - 2])
    before = ""
    for label, text in facts:
        grid.add_row(styled("" if label == before else label, "bold"), styled(safe(text)))
        before = label
    console.print(grid)
