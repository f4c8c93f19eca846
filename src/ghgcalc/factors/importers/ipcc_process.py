"""IPCC volumes 3 and 5: processes, electronics, waste, leak rates, and parameters of equations.

A figure per unit of activity becomes a factor; anything else (fractions, carbon contents,
capacities) is a parameter and never a factor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ghgcalc.factors.importers import ipcc_process_labels as labels
from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Row,
    Table,
    exact,
    lookup,
    read_csv,
    slug,
    unverified,
)

_RATIO = re.compile(
    r"(?P<mass>t|kg|g)(?: [A-Z][\w-]*)?/(?P<per>Gg|t|kg|m2|kpcs)(?: (?P<of>[^/]+))?"
)
_PER = {"kpcs": "1000 piece"}
_SOURCES = {"2006": "IPCC 2006 ", "2019": "IPCC 2019 Refinement "}
_COMMON = ("name", "value", "unit", "source", "table", "note")


class Line(NamedTuple):
    """A row of a transcription and where it stands."""

    where: str
    row: Row


class Files(NamedTuple):
    """The four transcriptions."""

    process: Path
    electronics: Path
    waste: Path
    leaks: Path


def tables(files: Files, edition: str) -> list[Table]:
    """Every table of one edition, `2006` or `2019`.

    Raises:
        ImportSourceError: a file is not the expected one, or a label or unit is unknown.
    """
    process = _lines(files.process, edition, ("sector", "gas", "lower", "upper", *_COMMON))
    needed = ("sector", "tier", "process", "gas", "parameter", *_COMMON[1:])
    electronics = _lines(files.electronics, edition, needed)
    waste = _lines(files.waste, edition, ("topic", "parameter", "lower", "upper", *_COMMON))
    leaks = _lines(files.leaks, edition, ("equipment", "parameter", "lower", "upper", *_COMMON[1:]))
    return [
        *_factors("process.csv", list(_processes(process)), "process_emissions"),
        *_factors("electronics.csv", list(_electronics(electronics)), "process_emissions"),
        *_factors("waste.csv", list(_waste(waste)), "process_emissions|waste_generated"),
        Table("leak_rates.csv", "leak_rates", list(_rates(leaks))),
        Table(
            "parameters.csv",
            "parameters",
            [
                *(_parameter(line, "process", ("sector", "name", "gas")) for line in process
                  if line.row["sector"] in labels.PARAMETER_SECTORS),
                *(_parameter(line, "electronics",
                             ("sector", "tier", "process", "gas", "parameter"))
                  for line in electronics if line.row["parameter"] != "EF"),
                *(_parameter(line, "waste", ("topic", "name", "parameter"))
                  for line in waste if not _is_waste_factor(line.row)),
                *(_parameter(line, "equipment", ("equipment", "parameter"))
                  for line in leaks if line.row["parameter"] in labels.OTHER_PHASES),
            ],
        ),
    ]  # fmt: skip


def _lines(path: Path, edition: str, needed: Sequence[str]) -> list[Line]:
    """Rows of an edition; remembered figures and the transcriber's own sums are left out."""
    found = []
    for number, row in enumerate(read_csv(path, needed), start=2):
        computed = row["note"] in labels.COMPUTED or row["source"] in labels.COMPUTED
        if row["source"].startswith(_SOURCES[edition]) and not computed and not unverified(row):
            found.append(Line(f"{path.name} row {number}", row))
    if not found:
        raise ImportSourceError(f"{path.name}: no rows of {_SOURCES[edition].strip()}")
    return found


def _factors(file: str, parts: list[Row], category: str) -> list[Table]:
    """Rows of the same id are one factor with several gases; one table per `labels.FILES`."""
    found: dict[str, Row] = {}
    for part in parts:
        row = found.setdefault(part["id"], {})
        again = {key for key in part if "[" in key} & set(row)
        if again:
            raise ImportSourceError(f"{file}: a second {min(again)} of {part['id']}")
        for key in ("locator", "note", "name"):
            texts = [text for text in (row.get(key, ""), part[key]) if text]
            part[key] = "; ".join(dict.fromkeys(texts))
        row.update(part)
    by_file: dict[str, list[Row]] = {}
    for row in found.values():
        if row.get("with") not in found:
            row.pop("with", None)
        by_file.setdefault(labels.FILES.get(row["item"], file), []).append(row)
    shared = {"category": category, "lifecycle": "combustion"}
    return [Table(name, "factors", rows, shared) for name, rows in by_file.items()]


def _factor(line: Line, label: labels.Label, gas: str, name: str, theme: str) -> Row:
    where, row = line
    unit = _RATIO.fullmatch(row["unit"])
    if unit is None:
        raise ImportSourceError(f"{where}: unit {row['unit']!r} is not a mass per unit of activity")
    per = _PER.get(unit["per"], unit["per"])
    technology = slug(label.technology)
    made = {
        "id": ".".join(filter(None, (theme, label.item, technology, slug(per)))),
        "name": name,
        "item": label.item,
        "technology": technology,
        "per": per,
        f"{gas} [{unit['mass']}]": exact(row["value"], where),
        "locator": f"{_chapter(row)} {row['table']}, {name}",
        "note": row["note"],
    }
    if label.other:
        made["with"] = f"{theme}.{label.other}.{slug(per)}"
    for bound, column in (("low", "lower"), ("high", "upper")):
        if row.get(column):
            made[f"{gas} {bound}"] = exact(row[column], where)
    return made


def _chapter(row: Row) -> str:
    """`Volume 3 Chapter 2` of a source such as `IPCC 2006 Vol 3 Ch 2`."""
    text = row["source"].partition(" Vol ")[2]
    volume, _, chapter = text.partition(" Ch ")
    return f"Volume {volume} Chapter {chapter}"


def _processes(lines: list[Line]) -> Iterator[Row]:
    for line in lines:
        row = line.row
        if row["sector"] in labels.PARAMETER_SECTORS:
            continue
        key = (row["sector"], row["name"])
        if key not in labels.PROCESSES:
            raise ImportSourceError(f"{line.where}: unknown label {key!r}")
        gas = lookup(labels.GAS_IDS, row["gas"], line.where)
        yield _factor(line, labels.PROCESSES[key], gas, row["name"], "process")


def _electronics(lines: list[Line]) -> Iterator[Row]:
    for line in lines:
        row = line.row
        if row["parameter"] != "EF":
            continue
        key = (row["sector"], row["process"])
        if key not in labels.ELECTRONICS:
            raise ImportSourceError(f"{line.where}: unknown label {key!r}")
        label = labels.ELECTRONICS[key]
        gas = lookup(labels.GAS_IDS, row["gas"], line.where)
        if label.item in labels.LIQUIDS:
            words = (label.technology, slug(gas))
            label = label._replace(technology="_".join(filter(None, words)))
        elif gas in labels.WITHOUT_GWP:
            label = label._replace(item=f"{label.item}_gases_without_gwp")
        name = row["sector"] if row["process"] == "all" else row["process"]
        yield _factor(line, label, gas, f"{name}, Tier 1", "electronics")


def _is_waste_factor(row: Row) -> bool:
    return row["parameter"] in ("CH4", "N2O", "EF (BOD)")


def _waste(lines: list[Line]) -> Iterator[Row]:
    for line in lines:
        row = line.row
        if not _is_waste_factor(row):
            continue
        if row["parameter"] == "EF (BOD)":
            technology = row["name"].removeprefix("domestic ")
            yield _factor(
                line, labels.Label("domestic_wastewater_bod", technology), "CH4", row["name"],
                "wastewater",
            )  # fmt: skip
            continue
        key = (row["topic"], row["name"])
        if key not in labels.WASTE:
            raise ImportSourceError(f"{line.where}: unknown label {key!r}")
        yield _factor(line, labels.WASTE[key], row["parameter"], row["name"], "waste")


def _rates(lines: list[Line]) -> Iterator[Row]:
    for where, row in lines:
        if row["parameter"] in labels.OTHER_PHASES:
            continue
        equipment = lookup(labels.EQUIPMENT, row["equipment"], where)
        key = (row["parameter"], row["unit"])
        if key not in labels.PHASES:
            raise ImportSourceError(f"{where}: unknown rate {key!r}")
        phase, unit = labels.PHASES[key]
        yield {
            "id": f"{equipment}.{phase}",
            "name": row["equipment"],
            "equipment": equipment,
            "phase": phase,
            **_figures(row, where),
            "unit": unit,
            "locator": f"{_chapter(row)} {row['table']}, {row['equipment']}",
            "note": row["note"],
        }


def _figures(row: Row, where: str) -> Row:
    """The value and bounds that are printed; a range has no value and none is invented."""
    columns = {"value": "value", "low": "lower", "high": "upper"}
    found = {name: exact(row[column], where) for name, column in columns.items() if row.get(column)}
    if not found:
        raise ImportSourceError(f"{where}: neither a value nor a range")
    return found


def _parameter(line: Line, theme: str, keys: tuple[str, ...]) -> Row:
    where, row = line
    words = [row[key] for key in keys if row[key]]
    unit = row["unit"] if row["unit"] != "-" else "1"
    return {
        "id": ".".join((theme, *(slug(word) or "0" for word in words))),
        "name": ", ".join(words),
        **_figures(row, where),
        "unit": unit,
        "locator": f"{_chapter(row)} {row['table']}",
        "note": row["note"],
    }
