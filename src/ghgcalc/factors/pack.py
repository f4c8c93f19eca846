"""Read packs: bundled ones lazily by id or publisher, own ones by path."""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ghgcalc.diagnostics import Diagnostic, Location
from ghgcalc.factors.model import (
    Factor,
    FuelProperty,
    GasValue,
    OwnFactor,
    PackHeader,
    PackInfo,
    PackTable,
)
from ghgcalc.numbers import NumberError, parse_factor_number, parse_share
from ghgcalc.units import Quantity, Unit, UnitError, parse_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

_GAS_HEADER = re.compile(r"^(?P<co2e>CO2e:)?(?P<gas>[^\[\]]+?) \[(?P<unit>[^\]]+)\]$")
_OWN_CO2E = re.compile(r"CO2e$")


def packs_root() -> Path:
    """The folder of bundled packs, in a wheel and in an editable install alike."""
    bundled = Path(__file__).resolve().parent.parent / "_factors"
    if bundled.is_dir():
        return bundled
    return Path(__file__).resolve().parents[3] / "factors"


@cache
def bundled_packs() -> dict[str, Path]:
    """Folder of each bundled pack by id (`<publisher>-<edition>`), sorted."""
    root = packs_root()
    folders = sorted(path.parent for path in root.glob("*/*/pack.yaml"))
    return {f"{folder.parent.name}-{folder.name}": folder for folder in folders}


@dataclass(slots=True, frozen=True)
class RowRef:
    """A CSV row that has not been turned into a factor yet."""

    table: PackTable
    cells: dict[str, str]
    line: int


@dataclass
class Pack:
    """A pack with its header; rows are read when a category or fuel is first asked for."""

    info: PackInfo
    folder: Path
    shown: str
    locate: Any = None
    problems: list[Diagnostic] = field(default_factory=list)
    _made: dict[str, Factor] = field(default_factory=dict)
    _by_category: dict[str, list[RowRef | str]] = field(default_factory=dict)

    @property
    def header(self) -> PackHeader:
        """The pack's identity and notes."""
        return self.info.header

    def rows(self, holds: str, category: str | None = None) -> Iterator[RowRef]:
        """Raw rows of every table that holds `factors`, `fuel_properties`, `gwp` or `blends`.

        `category` leaves out tables that say they are about others.
        """
        for table in self.header.tables:
            constant = table.constants.get("category")
            other = category and constant and category not in constant.split("|")
            if table.holds != holds or other:
                continue
            path = self.folder / table.file
            with path.open(encoding="utf-8", newline="") as stream:
                reader = csv.reader(stream)
                header = next(reader, [])
                for row in reader:
                    cells = dict(table.constants)
                    cells.update(
                        (name, cell) for name, cell in zip(header, row, strict=False) if cell
                    )
                    yield RowRef(table, cells, reader.line_num)

    def of_category(self, category: str) -> list[RowRef | str]:
        """Rows of a category; own factors by id."""
        if category not in self._by_category:
            found: list[RowRef | str] = [
                row
                for row in self.rows("factors", category)
                if category in row.cells.get("category", "").split("|")
            ]
            found += [
                name
                for name, own in self.header.factors.items()
                if category in own.category.split("|")
            ]
            self._by_category[category] = found
        return self._by_category[category]

    def counts(self) -> dict[str, int]:
        """Number of factors by category."""
        found: dict[str, int] = {}
        cells = [row.cells.get("category", "") for row in self.rows("factors")]
        for text in [*cells, *(own.category for own in self.header.factors.values())]:
            for category in text.split("|"):
                found[category] = found.get(category, 0) + 1
        return found

    @cached_property
    def by_id(self) -> dict[str, RowRef | str]:
        """Rows by id."""
        rows: dict[str, RowRef | str] = {
            row.cells.get("id", ""): row for row in self.rows("factors")
        }
        rows.update({name: name for name in self.header.factors})
        return rows

    def factors(self, category: str, fuel: str | None, item: str | None) -> list[Factor]:
        """Factors of a category, narrowed to a fuel or item where one is asked."""
        found: list[Factor] = []
        for row in self.of_category(category):
            if isinstance(row, RowRef):
                if row.cells.get("fuel") != fuel or row.cells.get("item") != item:
                    continue
                found.append(self._from_row(row))
            else:
                own = self.header.factors[row]
                if own.fuel == fuel and own.item == item:
                    found.append(self._from_own(row, own))
        return found

    def factor(self, name: str) -> Factor | None:
        """The factor with an id, or None."""
        row = self.by_id.get(name)
        if row is None:
            return None
        if isinstance(row, RowRef):
            return self._from_row(row)
        return self._from_own(row, self.header.factors[row])

    def names(self, category: str, column: str) -> set[str]:
        """Fuels or items that the pack has for a category, for hints."""
        found: set[str] = set()
        for row in self.of_category(category):
            if isinstance(row, RowRef):
                found.add(row.cells.get(column, ""))
            else:
                found.add(getattr(self.header.factors[row], column) or "")
        return found - {""}

    @cached_property
    def properties(self) -> dict[str, list[FuelProperty]]:
        """Fuel properties by fuel."""
        found: dict[str, list[FuelProperty]] = {}
        for row in self.rows("fuel_properties"):
            cells = row.cells
            value = Quantity(parse_factor_number(cells["value"]), parse_unit(cells["unit"]))
            prop = FuelProperty(
                self.info,
                cells["id"],
                cells["fuel"],
                cells["property"],
                value,
                cells.get("region", ""),
                cells.get("locator", ""),
                row.table.evidence or self.header.evidence,
            )
            found.setdefault(prop.fuel, []).append(prop)
        for name, own in self.header.fuel_properties.items():
            prop = FuelProperty(
                self.info,
                name,
                own.fuel,
                own.property,
                own.value,
                own.region,
                own.locator or own.source or "",
                self.header.evidence,
            )
            found.setdefault(own.fuel, []).append(prop)
        return found

    def _from_row(self, row: RowRef) -> Factor:
        cells, table, header = row.cells, row.table, self.header
        name = cells["id"]
        if name in self._made:
            return self._made[name]
        year = cells.get("year") or table.year or header.year
        finest = {**header.finest_region, **(table.finest_region or {})}
        oxidation = cells.get("oxidation")
        kind = cells.get("kind")
        per = parse_unit(cells["per"])
        if cells.get("basis") == "net":
            per = per._replace(basis="net")
        elif cells.get("basis") == "gross":
            per = per._replace(basis="gross")
        factor = Factor(
            pack=self.info,
            id=name,
            name=cells.get("name", name),
            categories=frozenset(cells.get("category", "").split("|")),
            per=per,
            gases=dict(gas_cells(cells)),
            fuel=cells.get("fuel"),
            item=cells.get("item"),
            sector=cells.get("sector"),
            technology=cells.get("technology"),
            vehicle=cells.get("vehicle"),
            region=cells.get("region", ""),
            year=int(year) if year else None,
            year_rule=table.year_rule or header.year_rule,
            kind=kind,
            lifecycle=cells.get("lifecycle", "combustion"),
            includes_losses=cells.get("includes_losses") == "true",
            oxidation=parse_share(oxidation) if oxidation else None,
            with_=cells.get("with"),
            gwp_set=table.gwp_set or header.gwp_set,
            finest=finest.get(kind or ""),
            locator=cells.get("locator", ""),
            note=cells.get("note", ""),
            evidence=table.evidence or header.evidence,
            location=Location(f"{self.shown}/{table.file}", row.line, 1),
        )
        self._made[name] = factor
        return factor

    def _from_own(self, name: str, own: OwnFactor) -> Factor:
        if name in self._made:
            return self._made[name]
        location = self.locate(("factors", name)) if self.locate else None
        factor = Factor(
            pack=self.info,
            id=name,
            name=own.name or name,
            categories=frozenset(own.category.split("|")),
            per=own.per,
            gases={gas: own_gas(amount) for gas, amount in own.gases.items()},
            fuel=own.fuel,
            item=own.item,
            sector=own.sector,
            technology=own.technology,
            vehicle=own.vehicle,
            region=own.region,
            year=own.year or self.header.year,
            year_rule=self.header.year_rule,
            kind=own.kind,
            lifecycle=own.lifecycle,
            includes_losses=own.includes_losses,
            with_=own.with_,
            gwp_set=self.header.gwp_set,
            finest=self.header.finest_region.get(own.kind or ""),
            locator=own.locator or own.source or "; ".join(own.evidence),
            note=own.note or "",
            evidence=self.header.evidence,
            location=location,
        )
        self._made[name] = factor
        return factor


def own_gas(amount: Quantity) -> GasValue:
    """A gas value written in YAML; `kgCO2e` of a gas means CO2e of that gas."""
    if amount.unit.dimension == "kgCO2e":
        mass = Unit("kg", "kg", amount.unit.size)
        return GasValue(Quantity(amount.number, mass), as_co2e=True)
    return GasValue(amount)


_HEADERS: dict[str, tuple[str, bool, Unit] | None] = {}


def gas_cells(cells: dict[str, str]) -> Iterator[tuple[str, GasValue]]:
    """The gas columns of a row, by their headers `CO2 [kg]`, `CO2e:CH4 [kg]`."""
    for name, cell in cells.items():
        if name not in _HEADERS:
            match = _GAS_HEADER.match(name)
            _HEADERS[name] = (
                (match["gas"], bool(match["co2e"]), parse_unit(match["unit"])) if match else None
            )
        header = _HEADERS[name]
        if header is not None:
            gas, as_co2e, unit = header
            yield gas, GasValue(Quantity(parse_factor_number(cell), unit), as_co2e)


def file_digest(folder: Path) -> str:
    """sha256 over the names and bytes of a pack's files, in order of name."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*")):
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def share_of(text: str) -> Fraction:
    """A percentage column as a share."""
    return Fraction(parse_factor_number(text)) / 100


__all__ = [
    "NumberError", "Pack", "RowRef", "UnitError", "bundled_packs", "file_digest", "gas_cells",
    "own_gas", "packs_root", "share_of",
]  # fmt: skip
