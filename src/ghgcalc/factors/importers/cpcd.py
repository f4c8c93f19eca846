"""China's product footprints (CPCD, core table): heat, freight, travel, fuel supply, materials.

File: the core table as CSV. `cpcd_rows` says which of its rows are taken; the grid factors that the
ministry publishes are those of the packs mee-china.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ghgcalc.factors.importers import cpcd_file, cpcd_rows
from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    lookup,
    one_file,
    slug,
    transcription,
    write_pack,
)

_PER = {
    "吉焦": "GJ", "公吨·公里": "tkm", "人·千米": "pkm", "千米": "km", "晚": "night",
    "万元人民币": "10000 CNY", "千克": "kg", "公吨": "t", "平方米": "m2", "立方米": "m3",
    "千瓦时": "kWh", "片": "piece",
}  # fmt: skip
# column, and how the name of the table ends
_MASS = {
    "kgCO2e": ("CO2e [kg]", ""), "gCO2e": ("CO2e [g]", "_grams"), "tCO2e": ("CO2e [t]", "_tonnes"),
}  # fmt: skip
# what a row covers: with the supply of energy and goods (cradle), or the use itself (gate)
_BOUNDARY = {
    "摇篮到大门": "cradle to gate", "摇篮到坟墓": "cradle to grave", "大门到大门": "gate to gate",
    "大门到坟墓": "gate to grave",
}  # fmt: skip
_WITH_SUPPLY = ("摇篮到大门", "摇篮到坟墓")
_GOODS = "purchased_goods_and_services|capital_goods"
_MOVED = "upstream_transportation|downstream_transportation"
_TRIPS = "business_travel|employee_commuting"


class _Kind(NamedTuple):
    """One table: file, the rows taken, what their words are, constants, units allowed."""

    file: str
    rows: str
    keys: tuple[str, ...]
    constants: Mapping[str, str]
    units: frozenset[str]


_KINDS = (
    _Kind("heat.csv", cpcd_rows.HEAT, ("region",),
          {"category": "purchased_heat|purchased_steam"}, frozenset({"GJ"})),
    _Kind("freight.csv", cpcd_rows.FREIGHT, ("vehicle", "technology"),
          {"category": _MOVED, "item": "freight", "region": "CN"}, frozenset({"tkm"})),
    _Kind("travel.csv", cpcd_rows.TRAVEL, ("item", "vehicle", "technology"),
          {"category": _TRIPS, "region": "CN"},
          frozenset({"pkm", "km", "night", "10000 CNY"})),
    _Kind("upstream.csv", cpcd_rows.UPSTREAM, ("fuel",),
          {"category": "fuel_and_energy_related", "region": "CN"}, frozenset({"t"})),
    _Kind("materials.csv", cpcd_rows.MATERIALS, ("item", "technology"),
          {"category": _GOODS, "region": "CN"},
          frozenset({"kg", "t", "m2", "m3", "kWh", "piece"})),
)  # fmt: skip


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack.

    Raises:
        ImportSourceError: the file is not the core table, or a row taken is not as known.
    """
    path = one_file(files, "the core table of CPCD, CSV")
    products: dict[str, list[cpcd_file.Product]] = {}
    for each in cpcd_file.read(path):
        products.setdefault(each.id, []).append(each)
    tables = [table for kind in _KINDS for table in _tables(kind, products, path.name)]
    return write_pack(folder, _meta(), tables)


def _tables(
    kind: _Kind, products: Mapping[str, Sequence[cpcd_file.Product]], source: str
) -> list[Table]:
    """The rows of a kind, a table for each mass that they are printed in."""
    rows: dict[str, list[Row]] = {}
    for name, words in cpcd_rows.words(kind.rows).items():
        found = products.get(name, ())
        if len({(each.name, each.value, each.per, each.year) for each in found}) != 1:
            raise ImportSourceError(f"{source}: {name} stands {len(found)} times, expected once")
        row = _row(kind, found[0], dict(zip(kind.keys, words, strict=False)), source)
        rows.setdefault(found[0].amount, []).append(row)
    return [
        Table(kind.file.replace(".csv", f"{ending}.csv"), "factors", rows[mass], kind.constants)
        for mass, (_, ending) in _MASS.items()
        if mass in rows
    ]


def _row(kind: _Kind, product: cpcd_file.Product, words: Row, source: str) -> Row:
    where = f"{source} row {product.line}"
    per = lookup(_PER, product.per, where)
    if per not in kind.units:
        raise ImportSourceError(f"{where}: {kind.file} is not per {product.per}")
    boundary = lookup(_BOUNDARY, product.boundary, where)
    return {
        "id": ".".join(filter(None, (_stem(kind), *words.values(), slug(per)))).lower(),
        "name": product.name,
        **words,
        "lifecycle": _lifecycle(kind, product.boundary),
        "year": product.year,
        "per": per,
        _MASS[product.amount][0]: product.value,
        "locator": f"{product.id}, {product.name}",
        "note": boundary,
    }


def _stem(kind: _Kind) -> str:
    """How ids begin; those of trips and goods begin with the item."""
    stem = kind.file.removesuffix(".csv")
    return "" if stem in ("travel", "materials") else stem


def _lifecycle(kind: _Kind, boundary: str) -> str:
    if kind.file == "upstream.csv":
        return "upstream"
    return "lifecycle" if boundary in _WITH_SUPPLY else "combustion"


def _meta() -> Meta:
    return {
        "pack": "cpcd-2025",
        "publisher": "cpcd",
        "edition": "2025",
        "version": "1.0",
        "title": "China Products Carbon Footprint Factors Database, selected rows of its core"
        " table, data years 2021 to 2025",
        "organisation": "CPCD, China Products Carbon Footprint Factors Database",
        "url": "https://lca.cityghg.com",
        "licence": "no licence stated in the files at hand; selected figures cited with"
        " attribution, ask before passing on the whole",
        "attribution": "China Products Carbon Footprint Factors Database (CPCD), lca.cityghg.com",
        "year_rule": "data_year",
        "gwp_set": "unstated",
        "evidence": transcription(
            "B", "核心数据库", "leo21468/CarbonCalculator, data/core.csv, commit e6231c6; its 120"
            " grid factors of 2021 to 2023 equal the ministry's"
        ),
        "notes": [
            "CO2e totals without their gases, on a GWP set that is not stated; a row's note says"
            " what it covers, and cradle to grave holds the supply of fuels and vehicles.",
            "Heat is by province and far below the national default (0.11 t/GJ, gbt-32150); the"
            " supplier's own factor comes first.",
            "Freight by class of lorry (`truck_micro` to `truck_heavy`, `truck_average`) and fuel;"
            " a range of gross weight stands behind the fuel, `diesel.16000_to_20000_kg`.",
            "Trips are per distance, per night and per 10,000 CNY spent in the data year.",
            "Left out: electricity (packs mee-china and mee-footprint), combustion of fuels (the"
            " IPCC's CO2 under the head CO2e; NGL, briquettes and other coking products are carbon"
            " contents), names with two values, brands, buildings, food and farming.",
        ],
    }  # fmt: skip
