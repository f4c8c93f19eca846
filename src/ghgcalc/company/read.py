"""How the files of a table are read: bytes to cells, and the rows that count."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, model_validator

from ghgcalc.company.read_numbers import ReadNumbers
from ghgcalc.company.read_times import ReadTimes
from ghgcalc.core.schema import Integer, Model, Text, Texts, read_integer, refuse

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")
MOST_HEADER_ROW = 1000
MOST_HEADER_ROWS = 5


def _header_rows(value: Any) -> tuple[int, ...]:
    """One row, several that are joined, or `none`."""
    if isinstance(value, str) and value.strip() == "none":
        return ()
    rows = tuple(
        read_integer(each) for each in (value if isinstance(value, list | tuple) else [value])
    )
    bad = next((row for row in rows if not 1 <= row <= MOST_HEADER_ROW), None)
    if bad is not None:
        raise refuse(
            "out-of-bounds",
            f"`header_row: {bad}` is not between 1 and {MOST_HEADER_ROW}",
            "count rows from 1, as the spreadsheet does; a file without headings has `none`",
        )
    if list(rows) != sorted(set(rows)) or not 1 <= len(rows) <= MOST_HEADER_ROWS:
        raise refuse(
            "out-of-bounds",
            f"`header_row: {list(rows)}` does not name rows from the top down",
            "write `[1, 2]` for two rows of headings that are read as one",
        )
    return rows


HeaderRows = Annotated[tuple[int, ...], BeforeValidator(_header_rows)]

# further options that act beside a named format
FORMAT_OPTIONS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "green_button": frozenset({"time_zone"}),
        "nem12": frozenset(),
        "portfolio_manager": frozenset(
            {"sheet", "hidden_rows", "to", "from_", "starts", "thousands", "empty"}
        ),
    }
)


def _zone(name: str) -> None:
    """Refuse what names no time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise refuse(
            "unknown-value",
            f"`{name}` is not a time zone",
            "write an IANA name such as `America/Chicago`",
        ) from None


class Read(ReadTimes, ReadNumbers):
    """How the bytes become cells; nothing is guessed."""

    encoding: Literal[
        "utf-8", "utf-16", "gb18030", "big5", "shift_jis", "euc_kr", "cp1250", "cp1252",
        "cp1251", "iso-8859-1", "iso-8859-2", "iso-8859-15", "utf-16-le", "utf-16-be",
    ] = "utf-8"  # fmt: skip
    delimiter: Text | None = None
    sheet: Text | None = None
    header_row: HeaderRows = (1,)
    last_row: Integer | None = None
    trailing_delimiter: Literal["refuse", "ignore"] = "refuse"
    fill_down: Texts = ()
    empty_quantities: Literal["refuse", "skip"] = "refuse"
    hidden_rows: Literal["refuse", "read", "skip"] = "refuse"
    format: Literal["green_button", "nem12", "portfolio_manager"] | None = None
    time_zone: Text | None = None

    @property
    def last_header_row(self) -> int:
        """The row above the data; 0 where the file has no headings."""
        return self.header_row[-1] if self.header_row else 0

    @model_validator(mode="after")
    def _acts(self) -> Read:
        """A named format settles how its files are read: options that cannot act are refused."""
        if self.format is not None:
            acts = FORMAT_OPTIONS[self.format] | {"format", "empty_quantities", "decimals"}
            idle = sorted(name.strip("_") for name in self.model_fields_set - acts)
            if idle:
                raise refuse(
                    "conflicting-keys",
                    f"`{idle[0]}` has no effect beside `format: {self.format}`",
                    f"remove `{idle[0]}:`",
                )
        elif self.time_zone is not None:
            raise refuse(
                "conflicting-keys",
                "`time_zone` has no effect without `format: green_button`",
                "remove it; days are read as they are written",
            )
        if self.time_zone is not None:
            _zone(self.time_zone)
        if self.last_row is not None and self.last_row <= self.last_header_row:
            raise refuse(
                "out-of-bounds",
                f"`last_row: {self.last_row}` is not below the headings",
                "count rows from 1, as `header_row` does; it is the last row that is read",
            )
        return self

    def delimiter_of(self, name: str) -> str:
        """The sign between the cells of a file: as stated, else a tab in `.tsv`, else a comma."""
        tabbed = name.lower().removesuffix(".gz").removesuffix(".zst").endswith((".tsv", ".tab"))
        if self.delimiter is not None:
            return self.delimiter
        return "\t" if tabbed else ","


class RowFilter(Model):
    """Which rows count, by one column: a text, a pattern with `*` and `?`, or a range."""

    equals: Texts = ()
    not_equals: Texts = ()
    matches: Texts = ()
    not_matches: Texts = ()
    at_least: Text | None = None
    at_most: Text | None = None

    @model_validator(mode="after")
    def _asks(self) -> RowFilter:
        bounds = [text for text in (self.at_least, self.at_most) if text is not None]
        texts = (self.equals, self.not_equals, self.matches, self.not_matches)
        if any("…" in each for each in texts):
            raise refuse("unknown-value", "`…` stands for a text that is to be filled in",
                         "write the texts of the rows that count, or remove the entry where all"
                         " rows do")  # fmt: skip
        if not bounds and not any(texts):
            raise refuse("missing-key", "the filter asks for nothing", "write `equals: text`")
        if bounds and len({_bound(text) for text in bounds}) > 1:
            raise refuse("wrong-shape", "one bound is a day and one a number", "write two alike")
        return self

    @property
    def by_day(self) -> bool:
        """Whether the bounds are days."""
        return _bound(self.at_least or self.at_most or "0") == "day"


def _bound(text: str) -> str:
    if _DAY.fullmatch(text):
        return "day"
    if _NUMBER.fullmatch(text):
        return "number"
    raise refuse(
        "not-a-number",
        f"`{text}` is neither a number nor a day",
        "write a number with a point, or YYYY-MM-DD",
    )
