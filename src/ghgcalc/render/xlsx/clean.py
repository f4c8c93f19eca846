"""The door to XlsxWriter: no text leaves with controls, direction marks or invisible signs.

Every cell, formula, header, comment, message and property of every workbook passes here; a name
that Excel would show reversed is shown with U+FFFD in its place. Line ends stay: cells wrap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ghgcalc.core.text.controls import replaced

if TYPE_CHECKING:
    from pathlib import Path


def clean_text(text: str) -> str:
    """A text as a cell holds it."""
    return replaced(text, "\n")


def clean_workbook(target: Path, options: dict[str, Any]) -> Any:
    """A workbook of XlsxWriter whose sheets clean what they are given."""
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    class CleanSheet(Worksheet):  # type: ignore[misc, unused-ignore]
        def _write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> Any:
            return super()._write_string(row, col, clean_text(string), cell_format)

        def _write_formula(
            self, row: int, col: int, formula: str, cell_format: Any = None, value: Any = 0
        ) -> Any:
            return super()._write_formula(
                row, col, clean_text(formula), cell_format, _cleaned(value)
            )

        def write_comment(self, row: int, col: int, *given: Any) -> Any:
            return super().write_comment(row, col, *map(_cleaned, given))

        def data_validation(self, *given: Any) -> Any:
            return super().data_validation(*map(_cleaned, given))

        def set_header(self, header: str = "", *given: Any) -> None:
            super().set_header(clean_text(header), *given)

        def set_footer(self, footer: str = "", *given: Any) -> None:
            super().set_footer(clean_text(footer), *given)

    class CleanWorkbook(Workbook):  # type: ignore[misc, unused-ignore]
        worksheet_class = CleanSheet

        def set_properties(self, properties: dict[str, Any]) -> None:
            super().set_properties(_cleaned(properties))

        def add_worksheet(self, name: str | None = None, worksheet_class: Any = None) -> Any:
            return super().add_worksheet(_cleaned(name), worksheet_class or CleanSheet)

    return CleanWorkbook(str(target), options)


def _cleaned(value: Any) -> Any:
    """The same for texts inside of options."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in value.items()}
    return [_cleaned(each) for each in value] if isinstance(value, list) else value
