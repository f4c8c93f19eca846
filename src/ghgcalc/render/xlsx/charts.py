"""The charts of Summary, drawn from cells that are formulas too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.calculation.results.line import LOCATION, MARKET, plus
from ghgcalc.core.numbers import ZERO
from ghgcalc.render.xlsx.book import cell
from ghgcalc.render.xlsx.styles import SUMMARY
from ghgcalc.render.xlsx.totals import BY_FACILITY, MKT
from ghgcalc.render.xlsx.years import BY_YEAR
from ghgcalc.views.amounts import group
from ghgcalc.views.words import NOT_FACILITY, heading_of

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.render.xlsx.summary import Places, Summary

SHOWN = 8
WIDTH = 860
DARK, GREEN, AMBER, GREY = "#1F4E5F", "#3A8C6E", "#C98A1B", "#8A979E"


class Series(NamedTuple):
    """Rows of chart data: first and last row, the columns of values, and their colours."""

    first: int
    last: int
    columns: tuple[int, ...]
    colours: tuple[str, ...]
    sheet: str = SUMMARY


def write_charts(summary: Summary, places: Places) -> None:
    """Charts below what Summary says, the figures they show below them."""
    row = summary.row + 1
    last = row + (54 if places.years else 37)
    summary.sheet.text(row, 0, "Charts", "section")
    scopes = _scopes(summary, last + 2)
    sources = _sources(summary, scopes.last + 3)
    pairs = _facilities(summary, places.facilities, sources.last + 3)
    _bar_chart(summary, scopes, row + 1, "Scopes, tCO2e", 400, 300)
    if pairs.last >= pairs.first:
        title = "Scope 2: location- and market-based, tCO2e"
        _column_chart(summary, pairs, row + 1, title, 410)
    if sources.last >= sources.first:
        title = "Largest sources, market-based, tCO2e"
        _bar_chart(summary, sources, row + 17, title, WIDTH, 380)
    if places.years:
        count = 4 if any(year.scope_3 for year in places.years) else 3
        colours = (GREEN, DARK, AMBER, GREY)[:count]
        years = Series(1, len(places.years), (1, 2, 3, 4)[:count], colours, BY_YEAR)
        _column_chart(summary, years, row + 38, "Scopes by year, tCO2e", 0)
    summary.sheet.raw.print_area(0, 0, last, 3)


def _head(summary: Summary, row: int, heads: tuple[str, ...]) -> None:
    for column, head in enumerate(heads):
        kind = "header_number" if column else "header"
        summary.sheet.text(row, column, head, kind)


def _scopes(summary: Summary, row: int) -> Series:
    _head(summary, row, ("Chart data: scopes", "tCO2e"))
    totals = summary.inventory.totals
    named: list[tuple[str, str, Fraction | None]] = [
        ("Scope 1", "SCOPE_1_LOCATION_BASED", totals.scope_1),
        ("Scope 2 location-based", "SCOPE_2_LOCATION_BASED", totals.scope_2[LOCATION]),
        ("Scope 2 market-based", "SCOPE_2_MARKET_BASED", totals.scope_2[MARKET]),
    ]
    if 3 in summary.amounts.seen:
        named.append(("Scope 3", "SCOPE_3_LOCATION_BASED", totals.scope_3))
    # a chart draws a dash as 0
    rows = [(label, name, value) for label, name, value in named if value is not None]
    for place, (label, name, value) in enumerate(rows, row + 1):
        summary.sheet.text(place, 0, label)
        summary.sheet.formula(place, 1, f"={name}", value, "calc", summary.format)
    return Series(row + 1, row + len(rows), (1,), (DARK,))


def _sources(summary: Summary, row: int) -> Series:
    """The largest pairs of category and facility, market-based."""
    _head(summary, row, ("Chart data: largest sources, market-based", "tCO2e"))
    sums: dict[tuple[int, str, str], Fraction | None] = {}
    for item in summary.weighed:
        key = (item.line.scope, item.line.category, item.line.facility or "")
        sums[key] = plus(sums.get(key, ZERO), item.market_based)
    known = [(key, value) for key, value in sums.items() if value is not None and value > 0]
    ranked = sorted(known, key=lambda i: (-i[1], i[0]))[:SHOWN]
    numbers = summary.facility_numbers
    for place, ((scope, category, facility), value) in enumerate(ranked, row + 1):
        label = f"{heading_of(category)}, {facility or NOT_FACILITY}"
        summary.sheet.text(place, 0, label)
        text = (
            f'=SUMIFS({MKT},LINES_SCOPE,{scope},LINES_CATEGORY,"{category}",'
            f"LINES_FACILITY_NO,{numbers[facility or None]})"
        )
        summary.sheet.formula(place, 1, text, value, "calc", summary.format)
    return Series(row + 1, row + len(ranked), (1,), (GREEN,))


def _facilities(summary: Summary, facilities: dict[str, int], row: int) -> Series:
    """Scope 2 of the facilities with most of it, under both methods."""
    _head(summary, row, ("Chart data: Scope 2", "location-based", "market-based"))
    found = group((i for i in summary.weighed if i.line.scope == 2), lambda line: line.facility)
    sums: dict[str, tuple[Fraction, Fraction]] = {}
    for name, amounts in found.items():
        located, market = amounts.of(2, LOCATION), amounts.of(2, MARKET)
        if located is not None and market is not None:
            sums[str(name or "")] = (located, market)
    ranked = sorted(sums.items(), key=lambda i: (-max(i[1]), i[0]))[:SHOWN]
    for place, (name, values) in enumerate(ranked, row + 1):
        summary.sheet.text(place, 0, name or NOT_FACILITY)
        for column, value in enumerate(values, 1):
            text = f"='{BY_FACILITY}'!{cell(facilities[name], column + 2)}"
            summary.sheet.formula(place, column, text, value, "calc", summary.format)
    return Series(row + 1, row + len(ranked), (1, 2), (DARK, AMBER))


def _chart(summary: Summary, series: Series, kind: str, title: str) -> Any:
    chart = summary.book.raw.add_chart({"type": kind})
    sheet = series.sheet
    for column, colour in zip(series.columns, series.colours, strict=True):
        chart.add_series({
            "name": [sheet, series.first - 1, column],
            "categories": [sheet, series.first, 0, series.last, 0],
            "values": [sheet, series.first, column, series.last, column],
            "fill": {"color": colour}, "gap": 60,
            "data_labels": {"value": True, "num_format": summary.format,
                            "font": {"size": 8, "color": "#33424A"}},
        })  # fmt: skip
    chart.set_title({"name": title, "overlay": False,
                     "name_font": {"size": 11, "bold": True, "color": DARK}})  # fmt: skip
    if len(series.columns) > 1:
        chart.set_legend({"position": "bottom", "font": {"size": 9}})
    else:
        chart.set_legend({"none": True})
    return chart


_QUIET = {"line": {"color": "#C9D3D8"}, "num_font": {"size": 9}}
_GRID = {"visible": True, "line": {"color": "#E4EAED"}}


def _column_chart(summary: Summary, series: Series, row: int, title: str, offset: int) -> None:
    chart = _chart(summary, series, "column", title)
    chart.set_x_axis(_QUIET)
    chart.set_y_axis({**_QUIET, "num_format": "#,##0", "major_gridlines": _GRID, "min": 0})
    chart.set_size({"width": WIDTH - offset, "height": 300})
    summary.sheet.raw.insert_chart(row, 0, chart, {"x_offset": offset})


def _bar_chart(
    summary: Summary, series: Series, row: int, title: str, width: int, height: int
) -> None:
    """Bars with their figures beside them; no axis of values is needed."""
    chart = _chart(summary, series, "bar", title)
    chart.set_y_axis({**_QUIET, "reverse": True, "major_gridlines": {"visible": False}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_size({"width": width, "height": height})
    summary.sheet.raw.insert_chart(row, 0, chart)
