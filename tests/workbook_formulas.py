"""A small evaluator of the formulas that workbooks use; it never reads a cached value.

It knows `+ - * / <= =`, ranges, defined names, SUM, SUMIFS, COUNT, COUNTIFS, MIN, MAX, IF and ABS,
and fails on all else, so a formula that it cannot judge is never passed. Arithmetic with a text
gives no number: an IF may ask first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import nan
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"[^"]*")
    |(?P<ref>(?:(?:'(?P<quoted>[^']+)'|(?P<sheet>[A-Za-z]+))!)?
        \$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)(?![A-Za-z0-9_(])
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<name>[A-Za-z_][A-Za-z0-9_.]*)
    |(?P<op><=|[-+*/(),=]))""",
    re.VERBOSE,
)
Cells = list[Any]


@dataclass
class Workbook:
    """Formulas and inputs of a workbook file; `change` sets an input as a reader would."""

    formulas: dict[tuple[str, str], str] = field(default_factory=dict)
    inputs: dict[tuple[str, str], Any] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    known: dict[tuple[str, str], Any] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Workbook:
        book = load_workbook(path)
        made = cls(names={name: item.attr_text for name, item in book.defined_names.items()})
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    place = (sheet.title, cell.coordinate)
                    if cell.data_type == "f":
                        made.formulas[place] = cell.value
                    elif cell.value is not None:
                        made.inputs[place] = cell.value
        return made

    def change(self, sheet: str, cell: str, value: float) -> None:
        assert (sheet, cell) in self.inputs, f"{sheet}!{cell} is no input"
        self.inputs[sheet, cell] = value
        self.known.clear()

    def value(self, sheet: str, cell: str) -> Any:
        place = (sheet, cell)
        if place not in self.formulas:
            return self.inputs.get(place)
        if place not in self.known:
            self.known[place] = _Parser(self, sheet, self.formulas[place]).all()
        return self.known[place]

    def named(self, name: str) -> Any:
        (value,) = self.area(self.names[name], "")
        return value

    def area(self, text: str, home: str) -> Cells:
        sheet, _, cells = text.rpartition("!")
        sheet = sheet.strip("'") or home
        left, top, right, bottom = range_boundaries(cells.replace("$", ""))
        return [
            self.value(sheet, f"{get_column_letter(column)}{row}")
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]


class _Parser:
    """Recursive descent over one formula."""

    def __init__(self, book: Workbook, sheet: str, formula: str) -> None:
        self.book, self.sheet, self.formula = book, sheet, formula
        self.tokens: list[tuple[str, str]] = []
        place = 1
        while place < len(formula):
            match = _TOKEN.match(formula, place)
            assert match, f"cannot read {formula!r} at {place}"
            kind = next(k for k in ("text", "ref", "number", "name", "op") if match[k])
            self.tokens.append((kind, match[kind]))
            place = match.end()
        self.at = 0

    def all(self) -> Any:
        value = self.compare()
        assert self.at == len(self.tokens), f"rest of {self.formula!r}"
        return self.single(value)

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> tuple[str, str]:
        token = self.tokens[self.at]
        assert not wanted or token[1] == wanted, f"{wanted} expected in {self.formula!r}"
        self.at += 1
        return token

    @staticmethod
    def single(value: Any) -> Any:
        if isinstance(value, list):
            (value,) = value
        return value

    def number(self, value: Any) -> float:
        value = self.single(value)
        if isinstance(value, str):
            return nan
        assert value is None or isinstance(value, int | float), f"{value!r} in {self.formula!r}"
        return value or 0.0

    def compare(self) -> Any:
        value = self.sum()
        if self.peek() == "<=":
            self.take()
            return self.number(value) <= self.number(self.sum())
        if self.peek() == "=":
            self.take()
            return self.single(value) == self.single(self.sum())
        return value

    def sum(self) -> Any:
        value = self.product()
        while self.peek() in ("+", "-"):
            sign = 1 if self.take()[1] == "+" else -1
            value = self.number(value) + sign * self.number(self.product())
        return value

    def product(self) -> Any:
        value = self.atom()
        while self.peek() in ("*", "/"):
            if self.take()[1] == "*":
                value = self.number(value) * self.number(self.atom())
            else:
                value = self.number(value) / self.number(self.atom())
        return value

    def atom(self) -> Any:
        kind, text = self.take()
        if (kind, text) == ("op", "-"):
            return -self.number(self.atom())
        if kind == "number":
            return float(text)
        if kind == "text":
            return text[1:-1]
        if kind == "ref":
            return self.book.area(text, self.sheet)
        if kind == "op" and text == "(":
            value = self.compare()
            self.take(")")
            return value
        assert kind == "name", f"{text} in {self.formula!r}"
        if self.peek() != "(":
            return self.book.area(self.book.names[text], "")
        return self.call(text)

    def call(self, function: str) -> Any:
        self.take("(")
        values = [self.compare()]
        while self.peek() == ",":
            self.take()
            values.append(self.compare())
        self.take(")")
        if function == "SUM":
            return sum(v for area in values for v in area if isinstance(v, int | float))
        if function == "ABS":
            return abs(self.number(values[0]))
        if function in ("MIN", "MAX"):
            numbers = [self.number(value) for value in values]
            return min(numbers) if function == "MIN" else max(numbers)
        if function == "IF":
            return values[1] if values[0] else values[2]
        if function == "COUNT":
            return sum(isinstance(v, int | float) for area in values for v in area)
        if function == "COUNTIFS":
            return sum(self.kept(values[0], values))
        assert function == "SUMIFS", f"{function} in {self.formula!r}"
        pairs = zip(values[0], self.kept(values[0], values[1:]), strict=True)
        return sum(v for v, ok in pairs if ok and isinstance(v, int | float))

    def kept(self, first: Cells, pairs: Cells) -> list[bool]:
        """The places of an area at which every other area holds what is wanted of it."""
        keep = [True] * len(first)
        for area, wanted in zip(pairs[::2], pairs[1::2], strict=True):
            assert len(area) == len(keep), f"areas of {self.formula!r} differ in size"
            wanted = self.single(wanted)
            keep = [ok and value == wanted for ok, value in zip(keep, area, strict=True)]
        return keep
