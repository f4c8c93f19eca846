"""The sheet Waterfall: from before to after, cause by cause, as stacked columns on a blank base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.analysis.compare.snapshot import METHODS
from ghgcalc.core.numbers import ZERO
from ghgcalc.render.xlsx.book import cell
from ghgcalc.render.xlsx.comparison.names import AMBER, CAUSES_SHEET, WATERFALL
from ghgcalc.render.xlsx.comparison.overview import WHOLE, named
from ghgcalc.views.words import METHOD_WORDS

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.render.xlsx.book import Book, Sheet
    from ghgcalc.render.xlsx.comparison.names import Compared

_HEADS = ("Step", "Change", "Level", "Base", "Total", "Increase", "Decrease")
_CHART_ROWS = 18
_DARK, _RED, _GREEN = "#1F4E5F", "#E59A86", "#8CC7A8"


class _Step(NamedTuple):
    """A step of the way: its words, the formula of its change, and the change."""

    words: str
    formula: str
    change: Fraction


def write_waterfall(book: Book, compared: Compared, summary: Sheet) -> None:
    """A chart per Scope 2 method, below them the figures; the market-based one on Summary too."""
    sheet = book.sheet(WATERFALL, tab=AMBER)
    raw = sheet.raw
    raw.fit_to_pages(1, 1)
    for column, width in enumerate((40, 18, 18, 18, 18, 18, 18)):
        raw.set_column(column, column, width)
    sheet.text(0, 0, "From before to after, all scopes, tCO2e", "section")
    raw.freeze_panes(1, 0)
    start = 2 + _CHART_ROWS * len(METHODS)
    for place, method in enumerate(reversed(METHODS)):
        figure = compared.found.total("all_scopes", method)
        if figure.before is None or figure.after is None:
            words = f"{METHOD_WORDS[method]}: not computed, a line states the other method alone"
            sheet.text(start, 0, words, "note")
            start += 2
            continue
        ends = (figure.before, figure.after)
        steps = _steps(compared, method)
        last = _table(sheet, start, steps, compared, method, ends)
        rows = (start + 1, last)
        chart = _chart(book, compared, rows, method, ends)
        raw.insert_chart(1 + place * _CHART_ROWS, 0, chart)
        if place == 0:
            chart = _chart(book, compared, rows, method, ends)
            summary.raw.insert_chart(6 + len(compared.found.figures), 0, chart)
        start = last + 3


def _steps(compared: Compared, method: str) -> list[_Step]:
    """Increases before decreases, the largest first: no level lies below both ends."""
    amounts = compared.found.causes(method)
    steps = [
        _Step(name, f"={CAUSES_SHEET}!{cell(row, WHOLE[method])}", amounts.get(name, ZERO))
        for row, name in enumerate(compared.causes, 1)
    ]
    moved = [step for step in steps if step.change]
    return sorted(moved, key=lambda step: (step.change < 0, -abs(step.change), step.words))


def _table(
    sheet: Sheet, start: int, steps: list[_Step], compared: Compared, method: str,
    ends: tuple[Fraction, Fraction],
) -> int:  # fmt: skip
    """The rows of a method from its headings on; returns the last one."""
    level, final = ends
    for column, head in enumerate(_HEADS):
        words = f"{head}, {METHOD_WORDS[method]}" if column == 0 else head
        sheet.text(start, column, words, "header_number" if column else "header")
    _end(sheet, start + 1, compared, compared.found.before.label, level,
         named("before", "all_scopes", method))  # fmt: skip
    row = start + 1
    for row, step in enumerate(steps, start + 2):
        _moved(sheet, row, step, level, compared)
        level += step.change
    _end(sheet, row + 1, compared, compared.found.after.label, final,
         named("after", "all_scopes", method))  # fmt: skip
    return row + 1


def _end(
    sheet: Sheet, row: int, compared: Compared, label: str, value: Fraction, name: str
) -> None:
    """The row of a total."""
    sheet.text(row, 0, label, "strong")
    sheet.text(row, 1, "")
    sheet.formula(row, 2, f"={name}", value, "output_strong", compared.format)
    sheet.text(row, 3, "")
    sheet.formula(row, 4, f"=$C{row + 1}", value, "output_strong", compared.format)
    for column in (5, 6):
        sheet.text(row, column, "")


def _moved(sheet: Sheet, row: int, step: _Step, level: Fraction, compared: Compared) -> None:
    place, after = row + 1, level + step.change
    sheet.text(row, 0, step.words)
    sheet.formula(row, 1, step.formula, step.change, "output", compared.signed)
    sheet.formula(row, 2, f"=$C{row}+$B{place}", after, "calc", compared.format)
    base = f"=MIN($C{row},$C{place})"
    sheet.formula(row, 3, base, min(level, after), "calc", compared.format)
    sheet.text(row, 4, "")
    up, down = max(step.change, ZERO), max(-step.change, ZERO)
    sheet.formula(row, 5, f"=MAX($B{place},0)", up, "calc", compared.format)
    sheet.formula(row, 6, f"=MAX(-$B{place},0)", down, "calc", compared.format)


def _chart(
    book: Book, compared: Compared, rows: tuple[int, int], method: str,
    ends: tuple[Fraction, Fraction],
) -> Any:  # fmt: skip
    first, last = rows
    title = f"Scopes 1 + 2 + 3, {METHOD_WORDS[method]}, tCO2e"
    chart = book.raw.add_chart({"type": "column", "subtype": "stacked"})
    shown = compared.format
    series = (
        (3, None, None), (4, _DARK, shown), (5, _RED, f"+{shown};;"), (6, _GREEN, f"-{shown};;"),
    )  # fmt: skip
    for column, colour, labels in series:
        made: dict[str, Any] = {
            "name": _HEADS[column],
            "categories": [WATERFALL, first, 0, last, 0],
            "values": [WATERFALL, first, column, last, column], "gap": 40,
        }  # fmt: skip
        if colour is None:
            made |= {"fill": {"none": True}, "border": {"none": True}}
        else:
            font = {"size": 9, "bold": True, "color": "#FFFFFF" if colour == _DARK else "#1B2A31"}
            made |= {"fill": {"color": colour}, "border": {"none": True}}
            place = "inside_end" if colour == _DARK else "center"
            made["data_labels"] = {
                "value": True, "num_format": labels, "font": font, "position": place,
                # a step smaller than its figure would strike it through
                **({} if colour == _DARK else {"fill": {"color": "#FFFFFF"}}),
            }  # fmt: skip
        chart.add_series(made)
    chart.set_title({"name": title, "overlay": False,
                     "name_font": {"size": 11, "bold": True, "color": _DARK}})  # fmt: skip
    chart.set_legend({"position": "bottom", "delete_series": [0], "font": {"size": 9}})
    chart.set_x_axis({"line": {"color": "#C9D3D8"}, "num_font": {"size": 9}})
    grid = {"visible": True, "line": {"color": "#E4EAED"}}
    chart.set_y_axis({"line": {"none": True}, "num_font": {"size": 9}, "num_format": "#,##0",
                      "major_gridlines": grid, **_floor(ends)})  # fmt: skip
    chart.set_size({"width": 1060, "height": 330})
    return chart


def _floor(ends: tuple[Fraction, Fraction]) -> dict[str, int]:
    """The axis starts at 0 unless removals or corrections take a total below it."""
    return {"min": 0} if min(ends) >= 0 else {}
