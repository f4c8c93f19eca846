"""Cell styles: inputs, calculations and outputs by colour; number formats (XL-02, XL-03)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fractions import Fraction

INPUT, CALC, OUTPUT, HEAD, LINE = "#FFF4CC", "#FFFFFF", "#DDEFE3", "#1F4E5F", "#C9D3D8"
# shown with three decimals; what is smaller keeps its digits
SUMMARY = "Summary"  # the sheet
TONNES = "[>=0.001]#,##0.000;[<=-0.001]-#,##0.000;General"
# no line speaks of it: shown as a dash until one does
UNSEEN = '#,##0.000;-#,##0.000;"–"'
PERCENT = "0.0###%"
SMALL = "General"

_BASE = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
_GRID = {"border": 1, "border_color": LINE}
_KINDS: dict[str, dict[str, Any]] = {
    "title": {"font_size": 18, "bold": True, "font_color": HEAD},
    "subtitle": {"font_size": 10, "font_color": "#5B6B73"},
    "section": {"font_size": 12, "bold": True, "font_color": HEAD, "bottom": 2,
                "bottom_color": HEAD},
    "header": {**_GRID, "bold": True, "font_color": "#FFFFFF", "bg_color": HEAD,
               "text_wrap": True, "valign": "vcenter", "align": "left", "indent": 1},
    "header_number": {**_GRID, "bold": True, "font_color": "#FFFFFF", "bg_color": HEAD,
                      "text_wrap": True, "valign": "vcenter", "align": "right"},
    "text": {**_GRID, "align": "left", "indent": 1},
    "wrap": {**_GRID, "align": "left", "indent": 1, "text_wrap": True},
    "label": {**_GRID, "align": "left", "indent": 1},
    "indent": {**_GRID, "align": "left", "indent": 2},
    "remark": {**_GRID, "align": "left", "indent": 1, "font_color": "#5B6B73"},
    "strong": {**_GRID, "bold": True, "align": "left", "indent": 1},
    "note": {"font_color": "#5B6B73", "font_size": 9},
    "date": {**_GRID, "num_format": "yyyy-mm-dd", "align": "left"},
    "input": {**_GRID, "bg_color": INPUT, "font_color": "#0B3D91"},
    "input_date": {**_GRID, "bg_color": INPUT, "font_color": "#0B3D91",
                   "num_format": "yyyy-mm-dd", "align": "left"},
    "calc": {**_GRID, "bg_color": CALC},
    "output": {**_GRID, "bg_color": OUTPUT},
    "output_strong": {**_GRID, "bg_color": OUTPUT, "bold": True},
    "good": {**_GRID, "bg_color": OUTPUT, "align": "center"},
}  # fmt: skip


class Styles:
    """The workbook's formats, made once per kind and number format."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, str], Any] = {}

    def get(self, kind: str, number: str = "") -> Any:
        """The format of a kind of cell."""
        key = (kind, number)
        found = self._made.get(key)
        if found is None:
            made = {**_BASE, **_KINDS[kind]}
            if number:
                made["num_format"] = number
            found = self._made[key] = self._workbook.add_format(made)
        return found


def decimals(places: int) -> str:
    """A format with a fixed number of decimals."""
    return "#,##0" + ("." + "0" * places if places else "")


def not_evaluated(places: str) -> str:
    """A format that shows a zero as words: nothing was evaluated, which is not a result of 0."""
    return f'{places};-{places};"not evaluated"'


def quantity(value: Fraction) -> str:
    """A format for a quantity: whole numbers without decimals, others with two to six."""
    return "#,##0" if value.denominator == 1 else "#,##0.00####"
