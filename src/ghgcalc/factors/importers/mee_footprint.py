"""China's electricity carbon footprints (MEE, NBS, NEA): life-cycle, never a Scope 2 factor.

Files: the PDF of an announcement's annex with its text, and the table of CPCD, which must agree
with it. The annex's year is written to `folder`/<year> with the publisher's evidence, the other
years of CPCD as transcriptions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from ghgcalc.factors.importers import cpcd_file
from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    transcription,
    write_pack,
)
from ghgcalc.factors.importers.mee_pdf import annex, publisher_pdf, read_annex

ITEM = "electricity_life_cycle"
_BY_SOURCE = f"{ITEM}_by_source"
_UNIT = "kgCO2e/kWh"


class _What(NamedTuple):
    """What a printed row is: name, item, technology, part of the life cycle."""

    name: str
    item: str
    technology: str = ""
    lifecycle: str = "lifecycle"


_WHAT = {
    "全国": _What("China, average power", ITEM),
    "燃煤发电": _What("China, coal power", _BY_SOURCE, "coal"),
    "燃气发电": _What("China, gas power", _BY_SOURCE, "natural_gas"),
    "水力发电": _What("China, hydropower", _BY_SOURCE, "hydro"),
    "核能发电": _What("China, nuclear power", _BY_SOURCE, "nuclear"),
    "风力发电": _What("China, wind power", _BY_SOURCE, "wind"),
    "光伏发电": _What("China, photovoltaics", _BY_SOURCE, "solar_pv"),
    "光热发电": _What("China, solar thermal power", _BY_SOURCE, "solar_thermal"),
    "生物质发电": _What("China, biomass power", _BY_SOURCE, "biomass"),
    "输配电（不含线损）": _What(
        "China, transmission and distribution without losses",
        "electricity_t_and_d_without_losses", lifecycle="t_and_d",
    ),
    "输配电（含线损）": _What(
        "China, transmission and distribution with losses", "electricity", lifecycle="t_and_d"
    ),
}  # fmt: skip
# CPCD's names of a year's figures, without the year
_CPCD = {
    "全国电力平均碳足迹因子": "全国",
    **{f"主要发电类型电力碳足迹因子-{label}": label for label in _WHAT if label.endswith("发电")},
    "输配电碳足迹因子-输配电（不含线损）": "输配电（不含线损）",
    "输配电碳足迹因子-不含线损": "输配电（不含线损）",
    "输配电碳足迹因子-含线损": "输配电（含线损）",
}
_PUBLISHED = {"2023": date(2025, 1, 17)}
_MISSING = {"2023": ("输配电（含线损）",)}  # not in CPCD's table
_NOTES = (
    "Life-cycle footprints of products: fuels, plants and combustion. They are never Scope 2"
    " factors; those are the packs mee-china.",
    f"`{ITEM}` holds the combustion that Scope 2 counts already: for power that is bought and sold"
    " on (category 3, activity d), not beside the Scope 2 of the same kWh.",
    "Transmission and distribution with losses, `item: electricity`, is category 3's activity c:"
    " the power lost, with its life cycle, and the grid itself.",
    "CO2e totals without their gases; no GWP set is stated beside them.",
)


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write one pack per year.

    Raises:
        ImportSourceError: a file is not the expected one, or the two contradict each other.
    """
    tables = [path for path in files if cpcd_file.is_cpcd(path)]
    if len(tables) != 1:
        raise ImportSourceError("expected the table of CPCD, CSV")
    pdf, text = annex([path for path in files if path not in tables])
    printed = read_annex(text)
    second = _second(tables[0])
    rows = [_row(each.label, each.value, each.locator, text.name) for each in printed]
    for each in printed:
        values = second.get(each.year, {}).get(each.label, [])
        if each.unit != _UNIT or {Decimal(value) for value, _ in values} != {Decimal(each.value)}:
            raise ImportSourceError(f"{text.name}: {each.label} {each.value}, CPCD {values}")
    year = printed[0].year
    evidence = publisher_pdf(pdf, printed, "electricity carbon footprints")
    report = _write(folder, year, rows, evidence)
    for other in sorted(set(second) - {year}):
        report += _write(folder, other, _of_cpcd(other, second[other], tables[0].name), _via())
    return report


def _via() -> Meta:
    via = (
        "table of CPCD in leo21468/CarbonCalculator, commit e6231c6; the average, wind,"
        " photovoltaics and biomass equal on a second page"
    )
    return transcription("B", "electricity carbon footprints", via)


Values = Mapping[str, Sequence[tuple[str, str]]]  # label to value and id of each row


def _second(path: Path) -> dict[str, dict[str, list[tuple[str, str]]]]:
    """CPCD's footprints of electricity by year and label."""
    found: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for each in cpcd_file.read(path):
        label = _CPCD.get(each.name.removeprefix(f"{each.year}年"))
        if label is not None:
            if (each.amount, each.per) != ("kgCO2e", "千瓦时"):
                raise ImportSourceError(f"{path.name} row {each.line}: per {each.per}")
            found.setdefault(each.year, {}).setdefault(label, []).append((each.value, each.id))
    return found


def _of_cpcd(year: str, values: Values, source: str) -> list[Row]:
    missing = [label for label in _WHAT if label not in values]
    if tuple(missing) != _MISSING.get(year):
        raise ImportSourceError(f"{source}: {year} lacks {missing}")
    rows = []
    for label in (name for name in _WHAT if name in values):
        (value, name), *more = values[label]
        if more:
            raise ImportSourceError(f"{source}: {year} {label} stands twice")
        rows.append(_row(label, value, f"{name}, {year}, {label}", source))
    return rows


def _row(label: str, value: str, locator: str, source: str) -> Row:
    if label not in _WHAT:
        raise ImportSourceError(f"{source}: unknown label {label!r}")
    what = _WHAT[label]
    name = "cn." + ".".join(filter(None, (what.item, what.technology)))
    return {
        "id": name, "name": what.name, "item": what.item, "technology": what.technology,
        "lifecycle": what.lifecycle, "CO2e [kg]": value, "locator": locator,
    }  # fmt: skip


def _write(folder: Path, year: str, rows: list[Row], evidence: Meta) -> list[str]:
    constants = {"category": "fuel_and_energy_related", "region": "CN", "per": "kWh"}
    meta: Meta = {
        "pack": f"mee-footprint-{year}",
        "publisher": "mee-footprint",
        "edition": year,
        "version": "1.0",
        "title": f"China, carbon footprints of electricity, data year {year}",
        "organisation": "Ministry of Ecology and Environment, National Bureau of Statistics,"
        " National Energy Administration",
        "licence": "government announcement; no licence stated",
        **({"published": _PUBLISHED[year]} if year in _PUBLISHED else {}),
        "year_rule": "data_year",
        "year": int(year),
        "gwp_set": "unstated",
        "evidence": evidence,
        "notes": list(_NOTES),
    }
    return write_pack(folder / year, meta, [Table("footprints.csv", "factors", rows, constants)])
