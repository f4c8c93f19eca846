"""US EPA hub, tables 8 to 10: freight, waste, travel and commuting (Scope 3)."""

from __future__ import annotations

from ghgcalc.factors.importers import epa_labels as labels
from ghgcalc.factors.importers.common import ImportSourceError, Row, Table, exact, lookup, slug
from ghgcalc.factors.importers.epa_sheet import Rows, at, gas, table, text

_TRANSPORT = {
    "C0": "Vehicle Type",
    "D0": "CO2 Factor (kg CO2 / unit)",
    "E0": "CH4 Factor (g CH4 / unit)",
    "F0": "N2O Factor (g N2O / unit)",
    "G0": "Units",
}
_GASES = {"CO2 [kg]": "D", "CH4 [g]": "E", "N2O [g]": "F"}


def freight(rows: Rows) -> Table:
    """Table 8: upstream and downstream transport per vehicle-mile or short ton-mile.

    Raises:
        ImportSourceError: an unknown vehicle or unit, or another heading.
    """
    made = []
    for number, label in _lines(rows, 8):
        vehicle = lookup(labels.FREIGHT, label, at(f"C{number}"))
        made.append(_transport(rows, number, label, ("freight", "", vehicle)))
    constants = {"category": "upstream_transportation|downstream_transportation"}
    return Table("freight.csv", "factors", made, {**constants, "item": "freight", **_SHARED})


def travel(rows: Rows) -> Table:
    """Table 10: business travel and commuting per vehicle-mile or passenger-mile.

    Raises:
        ImportSourceError: an unknown mode or unit, or another heading.
    """
    made = []
    for number, label in _lines(rows, 10):
        if label not in labels.TRAVEL:
            raise ImportSourceError(f"{at(f'C{number}')}: unknown label {label!r}")
        item, vehicle = labels.TRAVEL[label]
        made.append(_transport(rows, number, label, ("travel", item, vehicle)))
    constants = {"category": "business_travel|employee_commuting", **_SHARED}
    return Table("travel.csv", "factors", made, constants)


_SHARED = {"region": "US", "lifecycle": "combustion"}


def _lines(rows: Rows, number: int) -> list[tuple[int, str]]:
    first, last = table(rows, number, _TRANSPORT)
    return [(line, text(rows, line, "C")) for line in range(first + 1, last)]


def _transport(rows: Rows, number: int, label: str, keys: tuple[str, str, str]) -> Row:
    theme, item, vehicle = keys
    per = lookup(labels.TRANSPORT_UNITS, text(rows, number, "G"), at(f"G{number}"))
    parts = (theme, item, vehicle, per.replace("·", "_"))
    row = {"id": ".".join(filter(None, parts)), "name": _without_mark(label), "item": item}
    if theme == "freight":
        del row["item"]
    values = gas(rows, number, _GASES)
    if len(values) != len(_GASES):
        raise ImportSourceError(f"{at(f'D{number}:F{number}')}: expected three values")
    where = {"vehicle": vehicle, "per": per, "locator": at(f"D{number}:F{number}")}
    return {**row, **where, **values}


def _without_mark(label: str) -> str:
    """The label without the letter of its footnote: `Rail D`, `TruckC`."""
    return label[:-1].rstrip() if label[-1:] in "ABCDE" and not label[-2:-1].isupper() else label


def waste(rows: Rows) -> Table:
    """Table 9: t CO2e per short ton by material and treatment; `NA` is no factor.

    Raises:
        ImportSourceError: another heading, or a value that is neither a number nor `NA`.
    """
    first, last = table(rows, 9, {"D0": "Metric Tons CO2e / Short Ton Material", "C1": "Material"})
    treatments = {
        column: lookup(
            labels.TREATMENTS, _heading(text(rows, first + 1, column)), at(f"{column}{first + 1}")
        )
        for column in "DEFGHI"
    }
    made = []
    for number in range(first + 2, last):
        for column, technology in treatments.items():
            made += _treated(rows, number, column, technology)
    constants = {
        "category": "waste_generated|end_of_life_treatment",
        "region": "US",
        "lifecycle": "lifecycle",
        "per": "short_ton",
    }
    return Table("waste.csv", "factors", made, constants, {"gwp_set": "AR4"})


def _heading(words: str) -> str:
    """A heading without the letter of its footnote."""
    return words[:-1] if words[:-1] in labels.TREATMENTS else words


def _treated(rows: Rows, number: int, column: str, technology: str) -> list[Row]:
    material, value = text(rows, number, "C"), text(rows, number, column)
    if value == "NA":
        return []
    where = at(f"{column}{number}")
    item = slug(material)
    row = {"id": f"waste.{item}.{technology}.short_ton", "item": item, "technology": technology}
    name = f"{material}, {technology.replace('_', ' ')}"
    raw = rows[number - 1][ord(column) - ord("A")]
    return [{**row, "name": name, "CO2e [t]": exact(raw, where), "locator": where}]
