"""DESNZ conversion factors: from groups of printed values to the tables of a pack.

Both DESNZ importers (the publisher's flat file, and a cited transcription) end here. Every printed
value is either in a row or counted under a reason for leaving it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ghgcalc.factors.importers import desnz_labels as labels
from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    exact,
    lookup,
    transcription,
    values,
)
from ghgcalc.factors.importers.desnz_files import FILES, LEFT_OUT, OUTSIDE, OUTSIDE_LEVEL, TOTAL
from ghgcalc.factors.importers.desnz_keys import Group, Theme
from ghgcalc.factors.importers.desnz_themes import theme_of

_FUEL_FILES = frozenset({"fuels.csv", "bioenergy.csv", "wtt_fuels.csv"})
_GAS_DENSITY_STATE_UNKNOWN = {"biogas", "biomethane", "landfill_gas"}
_MILLION_LITRES = "per million litres: the same factor stands per cubic metre"
_NO_LOAD = "0 per tonne-km of an empty lorry: no factor, and blank where the emissions are direct"
_NO_BASIS = "biogenic CO2 of forecourt fuels per kWh: net or gross is not printed"


@dataclass
class Rows:
    """The rows by file, the values by Level 1, and those left out by reason."""

    files: dict[str, list[Row]] = field(default_factory=dict)
    levels: dict[str, list[int]] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)

    def tables(self) -> list[Table]:
        """The tables in the pack's order."""
        return [
            Table(name, "factors", self.files[name], constants)
            for name, constants in FILES.items()
            if name in self.files
        ]

    def split_biofuels(self) -> None:
        """Put the biofuels of bioenergy in a table of their own."""
        rows = self.files.pop("bioenergy.csv", [])
        apart = [row for row in rows if row["fuel"] in labels.BIOFUELS]
        rest = [row for row in rows if row["fuel"] not in labels.BIOFUELS]
        for name, some in (("bioenergy.csv", rest), ("biofuels.csv", apart)):
            if some:
                self.files[name] = some

    def imported(self) -> int:
        """How many printed values stand in rows."""
        return sum(values(rows) for rows in self.files.values())

    def leave_out(self, reason: str, group: Group) -> None:
        """Count a group's values under a reason."""
        self.left_out[reason] = self.left_out.get(reason, 0) + len(group.values)

    def report(self) -> list[str]:
        """Rows and values by Level 1, then what is left out and why."""
        lines = [f"  {name}: {n} rows, {v} values" for name, (n, v) in self.levels.items()]
        lines += [f"  left out: {n} values: {why}" for why, n in self.left_out.items()]
        return lines


def build(groups: Iterable[Group]) -> Rows:
    """Rows of every group, "Outside of scopes" joined to the row of the same fuel and unit.

    Raises:
        ImportSourceError: an unknown label, level or unit; values without a total; a value of
            "Outside of scopes" that belongs to no row.
    """
    found = Rows()
    outside = []
    by_id: dict[str, Row] = {}
    for group in groups:
        if group.level_1 in LEFT_OUT:
            found.leave_out(LEFT_OUT[group.level_1], group)
        elif group.level_1 == OUTSIDE_LEVEL:
            outside.append(group)
        elif group.unit == "million litres" and group.level_1 in (
            "Water supply",
            "Water treatment",
        ):
            found.leave_out(_MILLION_LITRES, group)
        elif group.values and (group.unit, group.column) == ("tonne.km", "0% Laden"):
            found.leave_out(_NO_LOAD, group)
        else:
            _place(found, group, theme_of(group), by_id)
    for group in outside:
        _join(found, group, by_id)
    return found


def _place(found: Rows, group: Group, theme: Theme, by_id: dict[str, Row]) -> None:
    row = _row(group, theme)
    if not group.values:
        return
    if TOTAL not in group.values:
        raise ImportSourceError(f"{group.cells}: gases without a total")
    if row["id"] in by_id:
        raise ImportSourceError(f"{group.cells}: a second row of {row['id']!r}")
    by_id[row["id"]] = row
    found.files.setdefault(theme.file, []).append(row)
    count = found.levels.setdefault(group.level_1, [0, 0])
    count[0] += 1
    count[1] += len(group.values)


def _join(found: Rows, group: Group, by_id: dict[str, Row]) -> None:
    """Biogenic CO2: added to the row of the same fuel (or UK electricity) and unit."""
    if not group.values:
        return
    if group.level_2 == "Electricity generated":
        row = by_id.get("uk.kwh")
    else:
        known = {**labels.FUELS, **labels.BIOENERGY}
        fuel = lookup(known, group.label, group.cells)
        row = by_id.get(f"{fuel}.{_unit(labels.UNITS, group)[2]}")
    if row is None and (group.level_2, group.unit) == ("Forecourt fuels containing biofuel", "kWh"):
        found.leave_out(_NO_BASIS, group)
        return
    if row is None or OUTSIDE in row or len(group.values) != 1:
        raise ImportSourceError(f"{group.cells}: no row for the biogenic CO2 of {group.label!r}")
    row[OUTSIDE] = next(iter(group.values.values()))
    row["locator"] = f"{row['locator']}; {group.cells}"
    count = found.levels.setdefault(group.level_1, [0, 0])
    count[1] += 1


def _row(group: Group, theme: Theme) -> Row:
    per, basis, end = _unit(
        labels.UNITS if theme.file in _FUEL_FILES else labels.PLAIN_UNITS, group
    )
    keys = {key: text for key, text in theme.keys(group).items() if text}
    constants = FILES[theme.file]
    own = {key: text for key, text in keys.items() if constants.get(key) != text}
    used = (group.label, *(getattr(group, name) for name in theme.uses if name != "label"))
    row = {
        "id": ".".join([*_id(theme, keys), end]),
        "name": ", ".join(text for text in used if text) or group.level_2,
        **own,
        "per": per,
        "basis": basis,
    }
    return {**row, **group.values, "locator": group.cells}


def _id(theme: Theme, keys: Row) -> list[str]:
    """The words of a row id before its unit."""
    parts = [theme.start] if theme.start else []
    if "fuel" in keys:
        parts.append(keys["fuel"])
    item, vehicle = keys.get("item", ""), keys.get("vehicle", "")
    said = vehicle.startswith(item) or (bool(theme.start) and "item" in FILES[theme.file])
    if item and not (said and theme.start):
        parts.append(item)
    if theme.file == "wtt_energy.csv" and "region" in keys:
        parts.append(keys["region"].lower())
    return [*parts, *(keys[key] for key in ("vehicle", "technology") if key in keys)]


def _unit(units: dict[str, tuple[str, str, str]], group: Group) -> tuple[str, str, str]:
    """Unit, calorific basis and id ending of a printed unit."""
    if group.unit not in units:
        raise ImportSourceError(f"{group.cells}: unknown unit {group.unit!r}")
    return units[group.unit]


def fuel_properties(source: Sequence[Row], edition: str) -> Table:
    """Calorific values and densities of one edition's sheet "Fuel properties"."""
    columns = {
        "net_cv_gj_per_t": ("net_calorific_value", "GJ/t"),
        "gross_cv_gj_per_t": ("gross_calorific_value", "GJ/t"),
        "density_kg_per_m3": ("density", "kg/m3"),
    }
    rows: list[Row] = []
    for number, line in enumerate(source, start=2):
        if line["edition"] != edition or line["section"] == "Gases":
            continue
        fuel = lookup(labels.PROPERTY_FUELS, line["fuel"].lower(), f"fuel properties row {number}")
        for column, (name, unit) in columns.items():
            rows += _property(line, fuel, column, name, unit)
    evidence = transcription(
        "A",
        "Fuel properties",
        "the publisher's full conversion factor workbook, transcribed with three decimals",
        sheet="Fuel properties",
    )
    overrides: Meta = {"evidence": evidence}
    return Table("fuel_properties.csv", "fuel_properties", rows, {"region": "GB"}, overrides)


def _property(line: Row, fuel: str, column: str, name: str, unit: str) -> list[Row]:
    if not line[column] or (name == "density" and fuel in _GAS_DENSITY_STATE_UNKNOWN):
        return []
    row = {
        "id": f"{fuel}.{name}",
        "fuel": fuel,
        "property": name,
        "value": exact(line[column], f"fuel properties, {line['fuel']}"),
        "unit": unit,
        "locator": f"Fuel properties, {line['section']}, {line['fuel']}",
    }
    if name == "density" and fuel.startswith("natural_gas"):
        row["unit"] = "kg/Sm3"
        row["note"] = "per cubic metre as in the factors: taken as 15 degC"
    return [row]
