"""Read packs: bundled ones lazily by id or publisher, own ones by path."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ghgcalc.core.diagnostics import Diagnostic, Location
from ghgcalc.core.numbers import NumberError, parse_factor_number, parse_share
from ghgcalc.core.unit_table import CURRENCIES
from ghgcalc.core.units import Quantity, Unit, UnitError, mass_of, parse_unit
from ghgcalc.factors.model import (
    Factor,
    FuelProperty,
    GasValue,
    OwnFactor,
    PackHeader,
    PackInfo,
    Prices,
)
from ghgcalc.factors.rows import CsvTable, RowRef

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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


@dataclass
class Pack:
    """A pack with its header; rows are read when a category or fuel is first asked for."""

    info: PackInfo
    folder: Path
    shown: str
    locate: Any = None
    problems: list[Diagnostic] = field(default_factory=list)
    _made: dict[str, Factor] = field(default_factory=dict)

    @property
    def header(self) -> PackHeader:
        """The pack's identity and notes."""
        return self.info.header

    @cached_property
    def tables(self) -> list[CsvTable]:
        """The CSVs of the pack; each is read when something in it is first asked for."""
        return [CsvTable(table, self.folder / table.file) for table in self.header.tables]

    def holding(self, holds: str) -> list[CsvTable]:
        """The CSVs that hold `factors`, `fuel_properties`, `gwp` and so on."""
        return [table for table in self.tables if table.table.holds == holds]

    def rows(self, holds: str) -> Iterator[RowRef]:
        """Every row of the CSVs that hold `holds`."""
        for table in self.holding(holds):
            yield from table.all()

    @cached_property
    def also(self) -> dict[str, str]:
        """The item of the rows by each other code that a line may name it by."""
        return {row.cells["also"]: row.cells["item"] for row in self.rows("item_names")}

    @cached_property
    def item_words(self) -> dict[str, list[str]]:
        """The other codes of each item, with what they are called, for a search."""
        found: dict[str, list[str]] = {}
        for row in self.rows("item_names"):
            words = f"{row.cells['also']} {row.cells.get('name', '')}"
            found.setdefault(row.cells["item"], []).append(words)
        return found

    def regions(self) -> set[str]:
        """Every region of which the pack holds factors."""
        tables = self.holding("factors")
        found = {text for table in tables for text in table.texts.get("region", ())}
        found |= {own.region for own in self.header.factors.values()}
        return found - {""}

    def counts(self) -> dict[str, int]:
        """Number of factors by category."""
        found: dict[str, int] = {}
        for table in self.holding("factors"):
            for category, count in table.categories().items():
                found[category] = found.get(category, 0) + count
        for own in self.header.factors.values():
            for category in own.category.split("|"):
                found[category] = found.get(category, 0) + 1
        return found

    def ids(self) -> list[str]:
        """The ids of every factor."""
        rows = [name for table in self.holding("factors") for name in table.ids]
        return [*dict.fromkeys([*rows, *self.header.factors])]

    def every(self) -> Iterator[Factor]:
        """Every factor of the pack, in the order of its files."""
        for row in self.rows("factors"):
            yield self._from_row(row)
        for name, own in self.header.factors.items():
            yield self._from_own(name, own)

    def factors(
        self,
        category: str,
        fuel: str | None,
        item: str | None,
        serves: Callable[[Unit], bool] | None = None,
    ) -> list[Factor]:
        """Factors of a category for a fuel and item; None asks for factors that name none.

        `serves` judges the unit that a factor is per.
        """
        known: dict[str, bool] = {}

        def wanted(per: str) -> bool:
            if per not in known:
                known[per] = serves is None or serves(parse_unit(per))
            return known[per]

        code = self.also.get(item or "", item)
        found = [
            self._from_row(row)
            for table in self.holding("factors")
            if table.serves(category)
            for row in table.asked(category, fuel, code, wanted)
        ]
        for name, own in self.header.factors.items():
            asked = category in own.category.split("|") and (own.fuel, own.item) == (fuel, item)
            if asked and (serves is None or serves(own.per)):
                found.append(self._from_own(name, own))
        return found

    def factor(self, name: str) -> Factor | None:
        """The factor with an id, or None."""
        own = self.header.factors.get(name)
        if own is not None:
            return self._from_own(name, own)
        for table in self.holding("factors"):
            row = table.of_id(name)
            if row is not None:
                return self._from_row(row)
        return None

    def names(
        self, category: str, column: str, serves: Callable[[Unit], bool] | None = None
    ) -> set[str]:
        """Fuels or items that the pack has for a category, of rows whose unit serves."""
        found: set[str] = set()
        for table in self.holding("factors"):
            if table.serves(category):
                found |= table.column(category, column, serves)
        if column == "item":
            found |= {name for name, item in self.also.items() if item in found}
        for own in self.header.factors.values():
            if category in own.category.split("|") and (serves is None or serves(own.per)):
                found.add(getattr(own, column) or "")
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
            members=self._members(cells.get("region", "")),
            prices=_of_money(table.prices or header.prices, per),
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
            members=self._members(own.region),
            prices=_of_money(own.prices or self.header.prices, own.per),
        )
        self._made[name] = factor
        return factor

    def _members(self, region: str) -> frozenset[str]:
        return frozenset(self.header.region_members.get(region, ()))


def _of_money(prices: Prices | None, per: Unit) -> Prices | None:
    """The prices of a table or pack, for its factors per money."""
    return prices if per.dimension in CURRENCIES else None


def own_gas(amount: Quantity) -> GasValue:
    """A gas value written in YAML; `kgCO2e` of a gas means CO2e of that gas."""
    if amount.unit.dimension == "kgCO2e":
        return GasValue(Quantity(amount.number, mass_of(amount.unit)), as_co2e=True)
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


def own_digest(digest: str, folder: Path, tables: Iterable[str]) -> str:
    """sha256 of an own pack: of its YAML, or over that and its tables where it has any."""
    whole = hashlib.sha256(digest.encode())
    names = sorted(tables)
    for name in names:
        path = folder / name
        if path.is_file():
            whole.update(name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest() if names else digest


def share_of(text: str) -> Fraction:
    """A percentage column as a share."""
    return Fraction(parse_factor_number(text)) / 100


__all__ = [
    "NumberError", "Pack", "RowRef", "UnitError", "bundled_packs", "file_digest", "gas_cells",
    "own_digest", "own_gas", "packs_root", "share_of",
]  # fmt: skip
