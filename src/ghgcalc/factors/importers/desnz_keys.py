"""DESNZ conversion factors: how a row's labels become the match keys of a factor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ghgcalc.factors.importers import desnz_goods as goods
from ghgcalc.factors.importers import desnz_labels as labels
from ghgcalc.factors.importers.common import ImportSourceError, Row, lookup


class Group(NamedTuple):
    """The values that share their levels, column and unit (pack column -> text), and their cells.

    `label` is the publisher's Level 3, `detail` Level 4, `column` "Column Text".
    """

    level_1: str
    level_2: str
    label: str
    detail: str
    column: str
    unit: str
    values: Mapping[str, str]
    cells: str


Keys = Callable[[Group], Row]


class Theme(NamedTuple):
    """A table of the pack, the start of its row ids, the match keys, and the levels they use."""

    file: str
    start: str
    keys: Keys
    uses: tuple[str, ...] = ("label",)


def by_label(table: Mapping[str, str], key: str, **fixed: str) -> Keys:
    """One key from the label; others as given."""
    return lambda group: {**fixed, key: lookup(table, group.label, group.cells)}


def vehicle(item: str, table: Mapping[str, str], techs: Mapping[str, str] | None) -> Keys:
    """Vehicle by label and, where `techs` is given, technology by column."""

    def keys(group: Group) -> Row:
        row = {"item": item, "vehicle": lookup(table, group.label, group.cells)}
        if techs is not None:
            row["technology"] = lookup(techs, group.column, group.cells)
        return row

    return keys


def own_vehicle(item: str, table: Mapping[str, str], laden: bool = False) -> Keys:
    """A company's own vehicle: by its fuel where there is one, otherwise by item."""
    techs = labels.LADEN if laden else labels.DRIVES

    def keys(group: Group) -> Row:
        vehicle = lookup(table, group.label, group.cells)
        tech = lookup(techs, group.column, group.cells)
        if laden:
            return {"fuel": "diesel", "vehicle": vehicle, "technology": tech}
        if tech in labels.DRIVE_FUELS:
            return {"fuel": tech, "vehicle": vehicle}
        return {"item": item, "vehicle": vehicle, "technology": tech}

    return keys


def flight(item: str) -> Keys:
    """Haul as vehicle; class and radiative forcing as technology."""

    def keys(group: Group) -> Row:
        haul = lookup(labels.HAULS, group.label, group.cells)
        seat = lookup(labels.CLASSES, group.detail, group.cells)
        forcing = lookup(labels.FORCING, group.column, group.cells)
        region = "" if haul == "international" else "GB"
        return {
            "item": item,
            "vehicle": haul,
            "technology": f"{seat}.{forcing}",
            "region": region,
        }

    return keys


def freight_flight(item: str) -> Keys:
    """Haul as vehicle, radiative forcing as technology."""

    def keys(group: Group) -> Row:
        haul = lookup(labels.HAULS, group.label, group.cells)
        region = "" if haul == "international" else "GB"
        forcing = lookup(labels.FORCING, group.column, group.cells)
        return {
            "item": item,
            "vehicle": f"flight_{haul}",
            "technology": forcing,
            "region": region,
        }

    return keys


def ship(item: str) -> Keys:
    """Ship as vehicle, size as technology; worldwide but for the ferries of UK operators."""

    def keys(group: Group) -> Row:
        vehicle = lookup(labels.SHIPS, group.label, group.cells)
        return {
            "item": item,
            "vehicle": vehicle,
            "technology": lookup(labels.SIZES, group.detail, group.cells),
            "region": "GB" if vehicle in labels.UK_SHIPS else "",
        }

    return keys


def in_gb(keys: Keys) -> Keys:
    """Keys of a table whose other rows have other regions."""
    return lambda group: {**keys(group), "region": "GB"}


def bus(suffix: str) -> Keys:
    """Local buses by area; a coach is an item of its own."""

    def keys(group: Group) -> Row:
        if group.label == "Coach":
            return {"item": f"coach{suffix}"}
        return {
            "item": f"bus{suffix}",
            "vehicle": lookup(labels.BUSES, group.label, group.cells),
        }

    return keys


def hotel(group: Group) -> Row:
    """The country of the stay as technology: it is not the region of the facility."""
    return {"item": "hotel", "technology": lookup(goods.HOTELS, group.label, group.cells)}


def homeworking(group: Group) -> Row:
    """What the row covers as technology."""
    technology = lookup(labels.HOMEWORKING, group.level_2, group.cells)
    return {"item": "homeworking", "technology": technology}


def abroad(item: str) -> Keys:
    """Well-to-tank of another country's electricity; averages are named by the line."""

    def keys(group: Group) -> Row:
        place = group.label.removeprefix("Electricity: ")
        if place in goods.AVERAGES:
            return {"item": item, "technology": goods.AVERAGES[place]}
        return {"item": item, "region": lookup(goods.COUNTRIES, place, group.cells)}

    return keys


def by_goods(names: Mapping[str, str], ways: Mapping[str, str]) -> Keys:
    """Material or waste as item, its route or treatment as technology."""

    def keys(group: Group) -> Row:
        return {
            "item": lookup(names, group.label, group.cells),
            "technology": lookup(ways, group.column, group.cells),
        }

    return keys


def only(label: str, **keys: str) -> Keys:
    """Fixed keys of the only row of a theme, whose label is known."""

    def checked(group: Group) -> Row:
        if group.label != label:
            raise ImportSourceError(f"{group.cells}: unknown label {group.label!r}")
        return dict(keys)

    return checked
