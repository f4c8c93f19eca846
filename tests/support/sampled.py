"""Where a sampled figure of Europe, China, Japan and Asia stands in its pack: rows and columns."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ghgcalc.factors.rows import RowRef

_PER = {
    "MegawattHour": "MWh", "千瓦时": "kWh", "吉焦": "GJ", "公吨·公里": "tkm", "人·千米": "pkm",
    "晚": "night", "万元人民币": "10000 CNY", "t": "t", "kL": "kL", "kg-CO2/person-day": "person·d",
    "t-CO2/tkm": "tkm", "g CO2e/kWh consumed": "kWh", "kg CO2e/kWh": "kWh", "kg CO2/kWh": "kWh",
    "t CO2/1000 Sm3": "1000 Sm3", "kg/L": "",
}  # fmt: skip
_COLUMNS = {
    "CarbonDioxide": "CO2 [kg]", "MethaneFossil": "CH4 [kg]", "NitrousOxide": "N2O [kg]",
    "kgCO2e": "CO2e [kg]", "gCO2e": "CO2e [g]", "tCO2e": "CO2e [t]", "": "value",
}  # fmt: skip
_SOURCES = {
    "燃煤": "coal", "燃气": "natural_gas", "水力": "hydro", "核能": "nuclear", "风力": "wind",
    "光伏": "solar_pv", "光热": "solar_thermal", "生物质": "biomass",
}  # fmt: skip


class Sampled(NamedTuple):
    """A line of the sheet: where a figure was read, what it is called, per which unit."""

    pack: str
    place: str
    what: str
    unit: str
    gas: str
    value: str


def _country(cell: Sampled, row: RowRef) -> bool:
    return row.cells["region"] == {"EL": "GR"}.get(cell.place, cell.place)


def _chinese_grid(cell: Sampled, row: RowRef) -> bool:
    """Provinces and regional grids by their Chinese name, the country's averages by kind."""
    region, kind = row.cells["region"], row.cells["kind"]
    if "化石" in cell.what and "非化石" not in cell.what:
        return kind == "fossil_only"
    if "不包括" in cell.what:
        return kind == "residual_mix"
    label = row.cells["name"].rpartition(" ")[2]
    whole = "全国电力平均" in cell.what
    return kind == "grid_average" and (region == "CN" if whole else label in cell.what)


def _footprint(cell: Sampled, row: RowRef) -> bool:
    source = next((ours for word, ours in _SOURCES.items() if f"{word}发电" in cell.what), "")
    if source:
        return row.cells.get("technology") == source
    item = "electricity_life_cycle"
    if "输配电" in cell.what:
        without = "不含线损" in cell.what
        item = "electricity_t_and_d_without_losses" if without else "electricity"
    return row.cells["item"] == item


def _by_locator(cell: Sampled, row: RowRef) -> bool:
    return row.cells["locator"].startswith(f"{cell.place}, ")


def _japanese_fuel(cell: Sampled, row: RowRef) -> bool:
    """The printed name, which the sheet may shorten in its brackets."""
    name = row.cells["name"]
    return cell.what == name or ("（" not in cell.what and name.partition("（")[0] == cell.what)


def _japanese_unit(cell: Sampled, row: RowRef) -> bool:
    return row.cells["id"].replace(".", "_") == cell.place.replace(
        "commute_", "commuting_").replace("tonkm_air", "freight_aircraft").replace(
        "tonkm_", "freight_")  # fmt: skip


def _year(cell: Sampled, row: RowRef) -> bool:
    first, _, last = cell.place.partition("-")
    return int(first) <= int(row.cells["year"]) <= int(last or first)


def _density(cell: Sampled, row: RowRef) -> bool:
    return f", {cell.place}, " in row.cells["locator"]


_FINDS: dict[str, Callable[[Sampled, RowRef], bool]] = {
    "eurostat-derived-2023": _country, "cpcd-2025": _by_locator,
    "moe-japan-fuels-2025": _japanese_fuel, "moe-japan-scope3-v3.6": _japanese_unit,
    "unsd-2009": _density,
    **{f"mee-china-{year}": _chinese_grid for year in (2021, 2022, 2023)},
    **{f"mee-footprint-{year}": _footprint for year in (2023, 2024)},
    **dict.fromkeys(("ispra-italy-2026", "mase-italy-2026", "moea-taiwan-2026",
                     "ema-singapore-2025", "tgo-thailand-2025"), _year),
}  # fmt: skip
PACKS = frozenset(_FINDS)


def rows_of(cell: Sampled, rows: Sequence[RowRef]) -> list[RowRef]:
    """The rows that a figure must stand in."""
    return [row for row in rows if _FINDS[cell.pack](cell, row)]


def figure(cell: Sampled, row: RowRef) -> Decimal:
    """What a row prints for the figure's gas; its only one where the sheet names no column."""
    printed = {name: text for name, text in row.cells.items() if name.endswith("]")}
    column = _COLUMNS.get(cell.gas)
    if cell.pack.startswith("mee-china"):
        column = "CO2 [kg]"
    if column is None:
        (column,) = printed
    return Decimal({**printed, "value": row.cells.get("value", "")}[column])


def same_unit(cell: Sampled, row: RowRef) -> bool:
    """Whether the row is per the figure's unit."""
    return row.cells.get("per", "") == _PER[cell.unit]
