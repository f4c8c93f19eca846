"""From a file's rows to pack rows: names, units, numbers, templates; findings at their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.diagnostics import Diagnostic, Location, Related
from ghgcalc.core.gases import UNSPECIFIED
from ghgcalc.core.numbers import NumberError, parse_factor_number
from ghgcalc.core.schema import shortened
from ghgcalc.core.units import UnitError, mass_of, parse_unit
from ghgcalc.core.vocabulary.countries import COUNTRIES, suggested
from ghgcalc.factors.importers.common import ImportSourceError, Row, exact, slug
from ghgcalc.factors.importers.grid import CellValue, cell_text
from ghgcalc.factors.importers.mapping_read import PLACEHOLDER
from ghgcalc.factors.lint_rows import NUMBERS

if TYPE_CHECKING:
    from ghgcalc.core.text.document import KeyPath
    from ghgcalc.factors.importers.grid import Grid
    from ghgcalc.factors.importers.mapping import ImportTable

# templates write these as words of an id; the others keep the cell as it stands
SLUGGED = frozenset({"id", "item", "sector", "technology", "vehicle", "fuel", "equipment"})
_ERROR_CELL = re.compile(r"^#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)$")
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?", re.ASCII)


class CellProblem(Exception):  # noqa: N818 - caught where the cell is read, never shown as an error
    """What is wrong with one cell: the code, the text and the hint of its finding."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


class Built(NamedTuple):
    """A pack row and the row of the file it came from."""

    row: int
    cells: Row


@dataclass
class Reader:
    """Reads the rows of one grid by its mapping.

    Attributes:
        indices: column (from 1) by our name; gases stand under `gas:CO2`.
        keys: where a key of this table stands in the mapping.
        year: year of rows without a `year` column, for templates.
        absent: rows without any value, as `address: text`, for the report.
    """

    table: ImportTable
    grid: Grid
    indices: dict[str, int]
    keys: KeyPath
    key_at: dict[KeyPath, Location]
    year: str = ""
    found: list[Diagnostic] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    _above: dict[str, str] = field(default_factory=dict)

    def rows(self, body: Iterator[tuple[int, list[CellValue]]]) -> Iterator[Built]:
        """The pack rows; a row with a finding is left out, and reading goes on."""
        for row, cells, spread in self._spread(body):
            values = self._values(row, cells)
            texts = self._texts(row, cells)
            if values is None or texts is None:
                continue
            texts.update(spread)
            if not any(values.values()):
                name = texts.get("name") or texts.get("region") or next(iter(texts.values()), "")
                self.absent.append(f"{self._address(row)} {name}".rstrip())
                continue
            built = self._row(row, values, texts)
            if built is not None:
                yield Built(row, built)

    def _spread(
        self, body: Iterator[tuple[int, list[CellValue]]]
    ) -> Iterator[tuple[int, list[CellValue], Row]]:
        """Each row once, or once per heading of `spread`, whose text fills a column of ours."""
        spread = self.table.spread
        for row, cells in body:
            if spread is None:
                yield row, cells, {}
                continue
            for heading in spread.headings:
                index = self.indices[f"spread:{heading}"]
                self.indices |= {f"gas:{spread.gas}": index, spread.column: index}
                yield row, cells, {spread.column: heading}

    def report(self, code: str, text: str, row: int, ours: str, hint: str) -> None:
        """Add a finding at the cell of a row, with the mapping's key as the second place."""
        where = self.grid.at(row, self.indices.get(ours, 1))
        section = ("gases", ours[4:]) if ours.startswith("gas:") else ("columns", ours)
        key = self.key_at.get((*self.keys, *section))
        related = (Related(key, f"read as {ours.removeprefix('gas:')}"),) if key else ()
        self.found.append(Diagnostic(code, shortened(text), where, related=related, hint=hint))

    def _cell(self, cells: list[CellValue], ours: str) -> CellValue:
        index = self.indices[ours] - 1
        return cells[index] if index < len(cells) else None

    def _blank(self, value: CellValue) -> bool:
        text = cell_text(value)
        return not text or text in self.table.blank

    def _values(self, row: int, cells: list[CellValue]) -> dict[str, str] | None:
        """The numbers of a row by our name; None where one is refused."""
        numeric = [name for name in self.indices if name.startswith("gas:") or name in NUMBERS]
        values: dict[str, str] = {}
        good = True
        for ours in numeric:
            value = self._cell(cells, ours)
            if self._blank(value):
                continue
            try:
                text = number_text(value, self.table.decimal, self.table.thousands)
                self._judge_number(text, ours)
            except CellProblem as problem:
                self.report(problem.code, problem.message, row, ours, problem.hint)
                good = False
                continue
            if text and not (self.table.zero == "absent" and parse_factor_number(text) == 0):
                values[ours] = text
        return values if good else None

    def _judge_number(self, text: str, ours: str) -> None:
        number = parse_factor_number(text)
        if number < 0 and ours.startswith("gas:"):
            raise CellProblem("negative-quantity", f"`{text}` is below zero",
                              "remove the row: removals are not netted")  # fmt: skip
        if number == 0 and self.table.zero == "refuse":
            raise CellProblem("out-of-bounds", "`0` where the mapping says that no zero is printed",
                              "write `zero: absent` or `zero: value` in the mapping")  # fmt: skip

    def _texts(self, row: int, cells: list[CellValue]) -> Row | None:
        """The labels of a row as they stand, filled down where the mapping says so."""
        texts: Row = {}
        good = True
        for ours in self.table.columns:
            if ours in NUMBERS:
                continue
            value = self._cell(cells, ours)
            text = "" if self._blank(value) else cell_text(value)
            if ours in self.table.fill_down:
                text = text or self._above.get(ours, "")
                self._above[ours] = text
            if _ERROR_CELL.match(text):
                self.report("unknown-value", f"the cell holds the error `{text}`", row, ours,
                            "correct the file, or list the text under `blank:`")  # fmt: skip
                good = False
            if text:
                texts[ours] = text
        return texts if good else None

    def _row(self, row: int, values: dict[str, str], texts: Row) -> Row | None:
        before = len(self.found)
        stated = {**self.table.constants, **self._named(row, texts)}
        stated.update({name: text for name, text in values.items() if name in NUMBERS})
        mass = self._split_unit(row, stated) if self.table.holds == "factors" else ""
        out = self._filled(row, stated)
        if self.table.holds == "factors":
            for gas, unit in self.table.gas_units.items():
                if f"gas:{gas}" in values:
                    out[_heading(gas, unit or mass)] = values[f"gas:{gas}"]
        if not out.get("locator"):
            out["locator"] = self._address(row)
        if len(self.found) == before:
            self._region(row, out)
        kept = self.table.constants_out
        out = {name: text for name, text in out.items() if name not in kept}
        return out if len(self.found) == before else None

    def _address(self, row: int) -> str:
        used = [index for name, index in self.indices.items()
                if name.startswith("gas:") or name in NUMBERS] or [1]  # fmt: skip
        return self.grid.address(row, min(used), max(used))

    def _named(self, row: int, texts: Row) -> Row:
        """Their labels as ours; a label that a `names:` table does not know is refused."""
        out: Row = {}
        for ours, text in texts.items():
            known = self.table.names.get(ours)
            if ours in ("unit", "per"):
                text = self.table.units.get(text, text)
            elif ours == "fuel":
                text = self.table.fuels.get(text, text)
            if known is not None and text not in known and text not in known.values():
                near = get_close_matches(text, list(known), n=1, cutoff=0.6)
                hint = f"add `{shortened(text, 60)}:` to `names: {ours}:` of the mapping"
                hint += f" (near: `{near[0]}`), or leave the row out" if near else ""
                self.report("unknown-value", f"`{text}` is not among the names of `{ours}`",
                            row, ours, hint)  # fmt: skip
            out[ours] = (known or {}).get(text, text)
        return out

    def _filled(self, row: int, stated: Row) -> Row:
        """The row with its templates; the id last, since it may use the others."""
        out = dict(stated)
        order = sorted(self.table.templates, key=lambda name: name == "id")
        for name in order:
            text = self.table.templates[name]
            have = {**({"year": self.year} if self.year else {}), **out}
            for used in PLACEHOLDER.findall(text):
                if not have.get(used):
                    self.report("missing-key", f"`{used}` is empty, which `{name}` needs",
                                row, used, "fill the cell, or add it to `fill_down:`")  # fmt: skip
            made = PLACEHOLDER.sub(
                lambda m, have=have, name=name: (  # type: ignore[misc]
                    slug(have.get(m[1], "")) if name in SLUGGED else have.get(m[1], "")
                ),
                text,
            )
            out[name] = made
        return out

    def _split_unit(self, row: int, out: Row) -> str:
        """The mass of `g/kWh`; `per` is the rest where nothing else states it."""
        whole = out.pop("unit", "")
        if not whole:
            return ""
        mass, slash, per = whole.partition("/")
        try:
            parse_unit(mass.strip())
            if slash:
                parse_unit(per.strip())
        except UnitError as error:
            hint = f"add `{shortened(whole, 60)}:` to `units:` of the mapping"
            self.report(error.code, f"unit `{whole}`: {error.message}", row, "unit", hint)
            return "kg"
        if slash and "per" not in out:
            out["per"] = per.strip()
        return mass.strip()

    def _region(self, row: int, out: Row) -> None:
        region = out.get("region", "")
        if region and region.partition("-")[0] not in COUNTRIES:
            near = suggested(region)
            label = shortened(region, 60)
            hint = f"add `{label}: {near}` under `names: region:` of the mapping"
            if near is None:
                hint = f"add `{label}` with its country code to `names: region:`, or leave it out"
            text = f"region `{region}` does not start with a country code"
            self.report("unknown-value", text, row, "region", hint)


def _heading(gas: str, unit: str) -> str:
    """The pack's column of a gas: `CO2 [kg]`; of `kgCO2e`, `CO2e [kg]` or `CO2e:CH4 [kg]`."""
    mass = parse_unit(unit) if unit else None
    if mass is None or mass.dimension != "kgCO2e":
        return f"{gas} [{unit}]"
    return f"{gas if gas == UNSPECIFIED else f'CO2e:{gas}'} [{mass_of(mass).text}]"


def number_text(value: CellValue, decimal: str, thousands: str) -> str:
    """A number as exact text; a decimal comma or grouping sign only as the mapping states it.

    Raises:
        CellProblem: the cell holds no such number.
    """
    shown = cell_text(value)
    if not isinstance(value, str):
        try:
            return _in_range(exact(value, "cell"))
        except ImportSourceError:
            raise _no_number(shown, decimal) from None
    text = value.strip().replace("\u00a0", " ")
    if thousands != "none":
        sign, point = re.escape(thousands), re.escape(decimal)
        if re.fullmatch(rf"[+-]?\d{{1,3}}({sign}\d{{3}})+({point}\d+)?", text, re.ASCII):
            text = text.replace(thousands, "")
    if decimal == ",":
        text = "?" if "." in text else text.replace(",", ".", 1)
    if not _PLAIN.fullmatch(text):
        raise _no_number(shown, decimal)
    return exact(_in_range(text), "cell")


def _in_range(text: str) -> str:
    try:
        parse_factor_number(text)
    except NumberError as error:
        raise CellProblem(error.code, shortened(error.message, 120),
                          error.hint or "correct the cell") from None  # fmt: skip
    return text


def _no_number(shown: str, decimal: str) -> CellProblem:
    hint = "correct the cell, or list the text under `blank:` where it means no value"
    if decimal == "." and re.fullmatch(r"[+-]?[\d., ']+", shown):
        hint = 'state `decimal: ","` or `thousands: ","` of the file in the mapping'
    elif decimal == "," and re.fullmatch(r"[+-]?[\d., ']+", shown):
        hint = 'state `decimal: "."` or `thousands: "."` of the file in the mapping'
    return CellProblem("not-a-number", f"`{shortened(shown, 80)}` is not a number", hint)
