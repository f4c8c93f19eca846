"""Workbooks written, read and recalculated: a small evaluator of the formulas that they use.

It never reads a cached value but to compare it. It knows `+ - * / <= =`, ranges, defined names,
SUM, SUMIFS, COUNT, COUNTIFS, MIN, MAX, IF and ABS, and fails on all else, so a formula that it
cannot judge is never passed. Arithmetic with a text gives no number: an IF may ask first.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from functools import cache
from math import nan
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from ghgcalc.render.xlsx.workbook import write_workbook
from support.companies import example_run

if TYPE_CHECKING:
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.pipeline.run import Run

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"[^"]*")
    |(?P<ref>(?:(?:'(?P<quoted>[^']+)'|(?P<sheet>[A-Za-z]+))!)?
        \$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)(?![A-Za-z0-9_(])
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<name>[A-Za-z_][A-Za-z0-9_.]*)
    |(?P<op><=|[-+*/(),=]))""",
    re.VERBOSE,
)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Cells = list[Any]


def write(run: Run, target: Path, *, values_only: bool = False) -> Inventory:
    """Write the workbook of a run; its inventory."""
    assert run.inventory is not None, [d.message for d in run.diagnostics]
    assert run.project is not None
    write_workbook(run.inventory, run.project.catalog, target, {}, values_only=values_only)
    return run.inventory


def example(name: str, target: Path) -> Inventory:
    """The workbook of an example, written once a process; its inventory."""
    target.write_bytes(_example_bytes(name))
    inventory = example_run(name).inventory
    assert inventory is not None
    return inventory


@cache
def _example_bytes(name: str) -> bytes:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        write(example_run(name), Path(folder) / "book.xlsx")
        return (Path(folder) / "book.xlsx").read_bytes()


def near(found: Any, wanted: Any) -> bool:
    """Within 1e-9 relative or 1e-6 t; texts are equal."""
    if isinstance(wanted, str):
        return bool(found == wanted)
    return isinstance(found, int | float) and abs(found - wanted) <= max(1e-6, 1e-9 * abs(wanted))


def recalculated(path: Path) -> list[str]:
    """Formula cells whose evaluated value is not ghgcalc's; every formula is evaluated."""
    book = Workbook.read(path)
    assert book.formulas
    wrong = []
    for (sheet, cell), formula in book.formulas.items():
        found, wanted = book.value(sheet, cell), book.cached[sheet, cell]
        assert wanted is not None, f"{sheet}!{cell} has no cached value"
        if not near(found, wanted):
            wrong.append(f"{sheet}!{cell} {formula}: {found}, ghgcalc {wanted}")
    return wrong


@dataclass
class Workbook:
    """Formulas and inputs of a workbook file; `change` sets an input as a reader would."""

    formulas: dict[tuple[str, str], str] = field(default_factory=dict)
    inputs: dict[tuple[str, str], Any] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    known: dict[tuple[str, str], Any] = field(default_factory=dict)
    cached: dict[tuple[str, str], Any] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Workbook:
        """The parts of a workbook that its recalculation needs, ten times as quick as openpyxl.

        `cached` holds the value that the file states beside each formula, None where it has none.
        """
        made = cls()
        with zipfile.ZipFile(path) as parts:
            texts = _shared_texts(parts)
            tree = ElementTree.fromstring(parts.read("xl/workbook.xml"))
            for name in tree.iterfind(f"{_MAIN}definedNames/{_MAIN}definedName"):
                if name.get("localSheetId") is None:
                    made.names[name.attrib["name"]] = name.text or ""
            rels = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
            files = {rel.attrib["Id"]: rel.attrib["Target"] for rel in rels}
            for sheet in tree.iterfind(f"{_MAIN}sheets/{_MAIN}sheet"):
                file = files[sheet.attrib[_ID]]
                file = file.lstrip("/") if file.startswith("/") else f"xl/{file}"
                made._cells(sheet.attrib["name"], ElementTree.fromstring(parts.read(file)), texts)
        return made

    def _cells(self, sheet: str, tree: ElementTree.Element, texts: list[str]) -> None:
        for cell in tree.iterfind(f"{_MAIN}sheetData/{_MAIN}row/{_MAIN}c"):
            place, value = (sheet, cell.attrib["r"]), _value(cell, texts)
            formula = cell.find(f"{_MAIN}f")
            if formula is not None:
                assert formula.get("t") is None, f"{place}: a formula of several cells"
                self.formulas[place], self.cached[place] = f"={formula.text}", value
            elif value is not None:
                self.inputs[place] = value

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


def _shared_texts(parts: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in parts.namelist():
        return []
    tree = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
    return ["".join(part.text or "" for part in item.iter(f"{_MAIN}t")) for item in tree]


def _value(cell: ElementTree.Element, texts: list[str]) -> Any:
    """What a cell holds, typed as it says; None where it holds nothing."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{_MAIN}t"))
    text = cell.findtext(f"{_MAIN}v")
    if not text:
        return None
    if kind == "n":
        return float(text) if any(sign in text for sign in ".eE") else int(text)
    if kind == "b":
        return text == "1"
    assert kind in ("s", "str", "e"), f"a cell of kind {kind}"
    return texts[int(text)] if kind == "s" else text


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


def edit(path: Path, cells: dict[tuple[str, str], object]) -> None:
    """Change cells as a spreadsheet does: every formula gets the value it then has."""
    known = load_workbook(path)
    for (sheet, cell), value in cells.items():
        known[sheet][cell] = value
    known.save(path)
    values = Workbook.read(path)
    stored = {place: values.value(*place) for place in values.formulas}
    _store(path, known.sheetnames, stored)


def _store(path: Path, sheets: list[str], values: dict[tuple[str, str], Any]) -> None:
    """Write the values of formulas into the sheets' XML, which openpyxl leaves out."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(path) as old:
        for name in old.namelist():
            parts[name] = old.read(name)
    for number, sheet in enumerate(sheets, 1):
        name = f"xl/worksheets/sheet{number}.xml"
        text = parts[name].decode()

        def fill(match: re.Match[str], sheet: str = sheet) -> str:
            value = values[sheet, match[1]]
            kind = ' t="str"' if isinstance(value, str) else ""
            return f"<c{kind}{match[0][2:].partition('<v')[0]}<v>{value}</v></c>"

        text = re.sub(r'<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f><v ?/></c>', fill, text)
        text = re.sub(r'<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f><v></v></c>', fill, text)
        parts[name] = text.encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
