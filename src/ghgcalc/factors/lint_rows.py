"""One judge of the rows of pack tables: for `factors lint`, own packs and imported tables alike.

The judge knows cells and nothing of files: `place(row, column)` says where a cell stands, so the
same finding points into a CSV of a pack or into the licensed workbook that is being imported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, get_args

from ghgcalc.core.diagnostics import Diagnostic, Location, Related, Severity
from ghgcalc.core.gas_hints import gas_hint
from ghgcalc.core.gas_units import check_mass_of
from ghgcalc.core.gases import BIOGENIC, REST, UNSPECIFIED
from ghgcalc.core.numbers import NumberError, parse_factor_number, parse_share
from ghgcalc.core.period import FIRST_YEAR, LAST_YEAR
from ghgcalc.core.schema import shortened
from ghgcalc.core.spelling import nearest
from ghgcalc.core.units import UnitError, dimension_label, parse_unit
from ghgcalc.core.vocabulary.categories import CATEGORIES, COMBUSTION
from ghgcalc.core.vocabulary.fuels import FUELS, fuel_id
from ghgcalc.factors.model import Kind, Lifecycle
from ghgcalc.factors.pack_words import gas_ids, other_fuel_name, other_region_name
from ghgcalc.factors.values import VALUES, slips

COLUMNS: dict[str, tuple[str, ...]] = {
    "factors": (
        "id", "name", "category", "fuel", "item", "sector", "technology", "vehicle", "region",
        "year", "kind", "lifecycle", "includes_losses", "basis", "per", "oxidation", "with",
        "locator", "note",
    ),
    "fuel_properties": (
        "id", "name", "fuel", "property", "value", "unit", "region", "year", "low", "high",
        "locator", "note",
    ),
    "gwp": ("gas", "name", "formula", "gwp", "group", "locator", "note"),
    "blends": ("blend", "name", "component", "mass_percent", "locator", "note"),
    "leak_rates": (
        "id", "name", "equipment", "phase", "low", "high", "value", "unit", "locator", "note",
    ),
    "parameters": ("id", "name", "low", "high", "value", "unit", "locator", "note"),
    "steam_enthalpy": (
        "id", "name", "state", "pressure_mpa", "temperature_c", "value", "unit", "locator", "note",
    ),
    "losses": (
        "id", "name", "item", "region", "year", "value", "unit", "share_of", "locator", "note",
    ),
    "exchange_rates": ("id", "name", "currency", "year", "value", "unit", "locator", "note"),
    "price_indices": (
        "id", "name", "series", "region", "year", "value", "unit", "locator", "note",
    ),
    "item_names": ("item", "also", "name", "locator", "note"),
}  # fmt: skip
REQUIRED: dict[str, tuple[str, ...]] = {
    "factors": ("id", "category", "per"),
    "fuel_properties": ("id", "fuel", "property", "value", "unit"),
    "gwp": ("gas", "gwp", "group"),
    "blends": ("blend", "component", "mass_percent"),
    "leak_rates": ("id", "equipment", "phase", "unit"),
    "parameters": ("id", "name", "unit"),
    "steam_enthalpy": ("id", "pressure_mpa", "temperature_c", "value", "unit"),
    "losses": ("id", "region", "value", "unit", "share_of"),
    "exchange_rates": ("id", "currency", "value", "unit"),
    "price_indices": ("id", "series", "region", "value", "unit"),
    "item_names": ("item", "also"),
}
NUMBERS = frozenset(
    {"value", "low", "high", "gwp", "mass_percent", "pressure_mpa", "temperature_c"}
)
PROPERTIES = ("net_calorific_value", "gross_calorific_value", "density", "carbon_content")
GAS_COLUMN = re.compile(r"^(?P<co2e>CO2e:)?(?P<gas>[^\[\]]+?) \[(?P<unit>[^\]]+)\]$")
_BOUND = re.compile(r"^.+ (low|high)$")
CHOICES: dict[str, tuple[str, ...]] = {
    "category": tuple(CATEGORIES),
    "kind": get_args(Kind),
    "lifecycle": get_args(Lifecycle),
    "includes_losses": ("true", "false"),
    "basis": ("net", "gross"),
    "property": PROPERTIES,
    "state": ("saturated", "superheated"),
}
_MATCHED = ("factors", "fuel_properties")  # by the country of a line; indices have series
Place = Callable[[int, str], Location]


class _Slip(NamedTuple):
    """A mistake before it is placed: code, text, column, hint; the row its text does not name."""

    code: str
    text: str
    column: str
    hint: str
    row: str = ""


@dataclass
class Judge:
    """Judges the columns and rows of one table.

    Attributes:
        holds: what the rows are.
        place: where a cell stands; row 0 is the header, column "" the whole row.
        gwp_set: GWP set of printed CO2e, None where none is stated.
        own: own packs are judged like company files: also states of gases and heating values.
        seen: first place of each id, shared by the tables of a pack.
        shared: whether what stands at a place holds for every row; a finding there names none.
    """

    holds: str
    place: Place
    gwp_set: str | None = None
    own: bool = True
    seen: dict[str, Location] = field(default_factory=dict)
    shared: Callable[[Location], bool] | None = None

    def columns(self, names: Sequence[str]) -> list[Diagnostic]:
        """Findings of the header: unknown and repeated columns, units of gas columns."""
        slips: list[_Slip] = []
        for index, name in enumerate(names):
            if name in names[:index]:
                text, hint = f"column `{name}` stands twice", "remove or rename one of the two"
                slips.append(_Slip("duplicate-key", text, name, hint))
            slips.extend(self._column(name))
        return [self._placed(0, slip) for slip in slips]

    def row(self, row: int, cells: Mapping[str, str]) -> list[Diagnostic]:
        """Findings of one row; empty cells are not among `cells`."""
        found = [self._placed(row, slip) for slip in self._cells(cells)]
        found.extend(self._identity(row, cells))
        if not found and self.holds == "factors":
            found.extend(self._placed(row, slip) for slip in self._factor(cells))
        if not found and self.holds in VALUES:
            found.extend(self._placed(row, _Slip(*slip)) for slip in slips(self.holds, cells))
        if not cells.get("locator"):
            text = f"`{_name(cells)}` has no locator"
            where = self.place(row, "locator")
            hint = "name the table and cell or page"
            found.append(
                Diagnostic("locator-missing", text, where, hint=hint, severity=Severity.WARNING)
            )
        return found

    def _placed(self, row: int, slip: _Slip) -> Diagnostic:
        where = self.place(row, slip.column)
        named = slip.row and not (self.shared and self.shared(where))
        text = f"`{slip.row}`: {slip.text}" if named else slip.text
        return Diagnostic(slip.code, shortened(text), where, hint=slip.hint)

    def _column(self, name: str) -> Iterator[_Slip]:
        known = COLUMNS[self.holds]
        gas = GAS_COLUMN.match(name) if self.holds == "factors" else None
        if gas:
            yield from _gas_column(name, gas["gas"], gas["unit"])
        elif name not in known and not (self.holds == "factors" and _BOUND.match(name)):
            near = nearest(name, known)
            hint = f"did you mean `{near}`?" if near else "remove it, or use a known column: "
            if not near:
                hint += ", ".join(known) + (", `CO2 [kg]` …" if self.holds == "factors" else "")
            yield _Slip("unknown-column", f"column `{name}` is not known", name, hint)

    def _identity(self, row: int, cells: Mapping[str, str]) -> Iterator[Diagnostic]:
        """Each row has an id of its own, where rows have ids."""
        name = cells.get("id", "")
        if "id" not in REQUIRED[self.holds] or not name:
            return
        where = self.place(row, "id")
        key = f"{self.holds}:{name}"
        first = self.seen.setdefault(key, where)
        if first is not where:
            yield Diagnostic(
                "duplicate-key",
                f"id `{name}` appears twice",
                where,
                related=(Related(first, "the first one"),),
                hint="give each row an id of its own",
            )

    def _cells(self, cells: Mapping[str, str]) -> Iterator[_Slip]:
        for need in REQUIRED[self.holds]:
            if not cells.get(need):
                subject = f"row `{_name(cells)}`" if cells.get("id") else "a row"
                yield _Slip("missing-key", f"{subject} has no `{need}`", need, "fill the cell")
        for column, text in cells.items():
            yield from self._cell(column, text, cells)

    def cell(self, column: str, text: str) -> Iterator[_Slip]:
        """What is wrong with one cell, whatever row it stands in."""
        yield from self._cell(column, text, {})

    def together(self, cells: Mapping[str, str]) -> Iterator[_Slip]:
        """What is wrong between category, unit, basis and fuel of a factor."""
        if self.own:
            yield from _as_company_file(_name(cells), cells)

    def _cell(self, column: str, text: str, cells: Mapping[str, str]) -> Iterator[_Slip]:
        try:
            if column in NUMBERS or GAS_COLUMN.match(column) or _BOUND.match(column):
                parse_factor_number(text)
            elif column == "oxidation":
                parse_share(text)
            elif column == "per" or (column == "unit" and self.holds == "fuel_properties"):
                parse_unit(text)
        except (NumberError, UnitError) as error:
            hint = error.hint or "correct the cell"
            yield _Slip(error.code, error.message, column, hint, _name(cells))
            return
        for part in text.split("|") if column == "category" else [text]:
            yield from _choice(column, part)
        if column == "fuel" and fuel_id(text) != text:
            yield _fuel(text)
        matched = column == "region" and self.own and self.holds in _MATCHED
        if matched and (slip := other_region_name(text)) is not None:
            yield _Slip(slip.code, slip.text, column, slip.hint, _name(cells))
        if column == "year" and not (text.isascii() and text.isdigit()
                                     and FIRST_YEAR <= int(text) <= LAST_YEAR):  # fmt: skip
            yield _Slip("bad-date", f"`{text}` is not a year", column, "write four digits")

    def _factor(self, cells: Mapping[str, str]) -> Iterator[_Slip]:
        """What the cells of a factor say together."""
        gases = {m["gas"]: (column, bool(m["co2e"]), parse_factor_number(cells[column]))
                 for column in cells if (m := GAS_COLUMN.match(column))}  # fmt: skip
        name = _name(cells)
        if not gases or (set(gases) == {BIOGENIC} and not cells.get("fuel")):
            hint = "leave the row out if nothing is published"
            yield _Slip("missing-key", f"`{name}` has no gas value", "", hint)
        zero = all(value == 0 for _, _, value in gases.values())
        for gas, (column, co2e, _) in gases.items():
            if (co2e or gas == UNSPECIFIED) and self.gwp_set is None and not zero:
                text = f"`{name}` prints CO2e, but the pack states no GWP set"
                yield _Slip("gwp-set-missing", text, column, "add `gwp_set:` to pack.yaml")
        if {UNSPECIFIED, REST} <= set(gases):
            text = f"`{name}` prints a CO2e total and CO2e of gases not told apart"
            hint = "leave the part out: the total holds it"
            yield _Slip("conflicting-keys", text, gases[REST][0], hint)
        if self.own:
            yield from _as_company_file(name, cells)
            fuel = FUELS.get(fuel_id(cells.get("fuel", "")) or "")
            if fuel is not None and fuel.biogenic and "CO2" in gases and gases["CO2"][2]:
                text = (
                    f"factor `{name}` states fossil CO2 for {fuel.name}, whose carbon is biogenic"
                )
                yield _Slip("biogenic-co2", text, gases["CO2"][0], "write `CO2_biogenic`")


def _name(cells: Mapping[str, str]) -> str:
    """How a row is called in a finding."""
    keys = ("id", "gas", "blend", "name")
    return next((cells[key] for key in keys if cells.get(key)), "this row")


def _gas_column(name: str, gas: str, unit: str) -> Iterator[_Slip]:
    try:
        mass = parse_unit(unit)
    except UnitError as error:
        yield _Slip(error.code, f"column `{name}`: {error.message}", name,
                    error.hint or "write a mass such as `CO2 [kg]`")  # fmt: skip
        return
    if mass.dimension != "kg":
        text = f"column `{name}` is in {unit} ({dimension_label(mass.dimension)}), not mass"
        yield _Slip("unit-mismatch", text, name, "head the column `CO2 [kg]`")
    elif mass.basis is not None:
        text = f"column `{name}` is a mass with a heating value"
        yield _Slip("basis-mismatch", text, name, "state it once, under `per` or `basis`")
    try:
        check_mass_of(gas, mass)
    except UnitError as error:
        yield _Slip(error.code, f"column `{name}`: {error.message}", name, error.hint)
    if gas not in gas_ids() and name.partition(" [")[0] != f"CO2e:{REST}":
        hint = gas_hint(gas, gas_ids())
        yield _Slip("unknown-gas", f"gas `{gas}` of column `{name}` is not known", name, hint)


def _choice(column: str, text: str) -> Iterator[_Slip]:
    choices = CHOICES.get(column, ())
    if not choices or text in choices:
        return
    near = nearest(text, choices)
    hint = f"did you mean `{near}`?" if near else "see docs/format.md"
    if column == "category":
        yield _Slip("unknown-value", f"`{text}` is not a category", column, hint)
        return
    if not near:
        hint = "write " + " or ".join(f"`{choice}`" for choice in choices)
    yield _Slip("unknown-value", f"`{text}` is not a value of `{column}`", column, hint)


def _fuel(text: str) -> _Slip:
    """Rows are found by the fuel's id alone: another name of it would never be found."""
    other = other_fuel_name(text)
    if other is not None:
        return _Slip(other.code, other.text, "fuel", other.hint)
    near = nearest(text, FUELS)
    hint = f"did you mean `{near}`?" if near else "see the fuels in docs/format.md"
    return _Slip("unknown-fuel", f"fuel `{text}` is not known", "fuel", hint)


def _as_company_file(name: str, cells: Mapping[str, str]) -> Iterator[_Slip]:
    """Gas volumes say their state, energy of a fuel its heating value."""
    per = parse_unit(cells["per"])
    fuel = FUELS.get(fuel_id(cells.get("fuel", "")) or "")
    if fuel is not None and fuel.phase == "gas" and per.dimension == "m3":
        text = f"factor `{name}` is per {per}, a gas volume without its state"
        hint = "write `Nm3` (0 °C), `Sm3` (15 °C), `m3_20C` or `scf`, as its source says"
        yield _Slip("gas-state-missing", text, "per", hint)
    combustion = set(cells["category"].split("|")) & COMBUSTION
    if combustion and per.dimension == "J" and not (per.basis or cells.get("basis")):
        text = f"factor `{name}` is per {per} without its heating value"
        yield _Slip("basis-missing", text, "per", f"write `{per} net` or `{per} gross`")
