"""The formats that a table may name under `read: {format: …}`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ghgcalc.activity_data.tables.formats.rows import Apart, FileFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from ghgcalc.activity_data.tables.formats.rows import FormatRow
    from ghgcalc.company.read import Read

    Reader = Callable[[Path, Read], Iterator[FormatRow]]

_HOME = "ghgcalc.activity_data.tables.formats."
_FLOWS = Apart(
    "flow",
    frozenset({"", "forward"}),
    ("flow", "suffix"),
    "holds other flows than what was drawn from the grid",
    "leave them out with `filter: {flow: {equals: forward}}`, or tell them apart:"
    " `columns: {item: flow}`",
)
FILE_FORMATS: Final[Mapping[str, FileFormat]] = MappingProxyType(
    {
        "green_button": FileFormat(
            _HOME + "green_button:read_green_button",
            ("meter", "title", "service", "series", "quantity", "register", "unit", "from", "to",
             "start", "end", "flow", "kind", "qualifier", "quality", "estimated"),
            (
                _FLOWS,
                Apart("kind", frozenset({"interval"}), ("kind", "register"),
                      "holds readings of the dial, which are no quantities of an interval",
                      "leave them out with `filter: {kind: {equals: interval}}`, or read counters:"
                      " `columns: {day: from, reading: register}` instead of from, to, quantity"),
                Apart("qualifier", frozenset({"", "normal"}), ("qualifier",),
                      "holds averages, minima or maxima beside sums",
                      "leave them out with `filter: {qualifier: {equals: normal}}`, or the word"
                      " that the sums have"),
            ),
            ("meter", "unit", "flow", "kind", "qualifier", "series", "title"),
            5,
        ),
        "nem12": FileFormat(
            _HOME + "nem12:read_nem12",
            ("meter", "suffix", "register", "serial", "quantity", "unit", "from", "to", "start",
             "end", "flow", "quality", "estimated", "reason"),
            (_FLOWS,),
            ("meter", "suffix"),
            2,
        ),
        "portfolio_manager": FileFormat(
            _HOME + "portfolio_manager:read_portfolio_manager",
            ("facility", "name", "meter", "type", "entry", "quantity", "unit", "from", "to",
             "delivery", "estimated"),
        ),
    }
)  # fmt: skip


@cache
def reader_of(name: str) -> Reader:
    """The reader of a format."""
    module, _, found = FILE_FORMATS[name].address.partition(":")
    made: Reader = getattr(import_module(module), found)
    return made
