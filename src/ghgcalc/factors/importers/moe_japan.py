"""Japan's fuel factors (SHK list) and commuting and freight of the Scope 3 database.

Files: the tables `fuels.tsv` and `scope3.tsv` of a project that transcribes the ministry's PDF and
workbook. Each is recognised by its heading and written to `folder`/<publisher>/<edition>.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    exact,
    transcription,
    write_pack,
)

_FUELS_OF = "算定方法・排出係数一覧」(令和7年度実績・2025年公表)"
_SCOPE3_OF = "排出原単位データベース Ver.3.6」(2026年4月)"
_VIA = "japan-gx-group/OpenGreenTrack, scripts/official-factors/data/{}, commit 2f30ea65ef3d"
_MINISTRIES = "Ministry of the Environment; Ministry of Economy, Trade and Industry"
_LICENCE = "Public Data License 1.0 of Japan, compatible with CC BY 4.0"


class _Fuel(NamedTuple):
    """A fuel of the list: its id here, and what tells its rows apart."""

    fuel: str
    technology: str = ""


_FUELS: dict[str, _Fuel] = {
    "coal_coking_imported": _Fuel("coking_coal", "imported"),
    "coal_coking_for_coke": _Fuel("coking_coal", "for_coke"),
    "coal_coking_pci": _Fuel("coking_coal", "pulverised_injection"),
    "coal_steam_imported": _Fuel("bituminous_coal", "imported"),
    "coal_steam_domestic": _Fuel("bituminous_coal", "domestic"),
    "coal_anthracite_imported": _Fuel("anthracite"),
    "coal_coke": _Fuel("coke_oven_coke"),
    "petroleum_coke": _Fuel("petroleum_coke"),
    "coal_tar": _Fuel("coal_tar"),
    "petroleum_asphalt": _Fuel("bitumen"),
    "condensate_ngl": _Fuel("natural_gas_liquids"),
    "crude_oil": _Fuel("crude_oil"),
    "gasoline": _Fuel("petrol"),
    "naphtha": _Fuel("naphtha"),
    "jet_fuel": _Fuel("jet_kerosene"),
    "kerosene": _Fuel("kerosene"),
    "diesel_oil": _Fuel("diesel"),
    "heavy_oil_a": _Fuel("fuel_oil", "a"),
    "heavy_oil_bc": _Fuel("fuel_oil", "b_c"),
    "lubricating_oil": _Fuel("lubricants"),
    "lpg": _Fuel("lpg"),
    "lng": _Fuel("lng"),
    "waste_tire": _Fuel("tires"),
    "waste_plastic_municipal": _Fuel("plastics", "municipal"),
    "waste_plastic_industrial": _Fuel("plastics", "industrial"),
}
_FUELS_LEFT_OUT = frozenset(
    {
        # per 1,000 m3, and the table does not print the state of the gas
        "petroleum_hydrocarbon_gas", "natural_gas", "coke_oven_gas", "blast_furnace_gas",
        "blast_furnace_gas_power", "converter_gas",
        # no fuel of their own here
        "rdf", "rpf", "hydrocarbon_oil_from_waste_oil", "hydrocarbon_oil_from_waste_plastic",
    }
)  # fmt: skip
_PER = {"tCO2/t": "t", "tCO2/kL": "kL"}
# sheets of which the database says that they rest on IDEA v2.3
_SCOPE3_LEFT_OUT = ("waste_", "travel_")
_PLACES = ("large_city", "medium_city", "small_city_a", "small_city_b", "town")
_SHIPS = "tonkm_ship_"
_NOT_IDEA = (
    "Left out: waste and business travel, whose figures the database derives from IDEA v2.3."
)


class _Line(NamedTuple):
    key: str
    name: str
    unit: str
    value: str
    where: str


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write a pack per table.

    Raises:
        ImportSourceError: a file is neither table, or a row is not known.
    """
    report: list[str] = []
    for path in files:
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ImportSourceError(f"{path.name}: {error}") from error
        lines = list(_lines(text, path.name))
        if _FUELS_OF in text:
            target = folder / "moe-japan-fuels" / "2025"
            report += write_pack(target, _fuels_meta(), [_fuels(lines)])
        elif _SCOPE3_OF in text:
            target = folder / "moe-japan-scope3" / "v3.6"
            report += write_pack(target, _scope3_meta(), _scope3(lines))
        else:
            raise ImportSourceError(f"{path.name}: neither {_FUELS_OF} nor {_SCOPE3_OF}")
    if not report:
        raise ImportSourceError("expected fuels.tsv or scope3.tsv")
    return report


def _lines(text: str, source: str) -> Sequence[_Line]:
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 5:
            raise ImportSourceError(f"{source} line {number}: expected 5 cells, found {len(cells)}")
        key, name, _, unit, value = cells
        where = f"{source} line {number}"
        found.append(_Line(key, name, unit, exact(value, where), where))
    return found


def _fuels(lines: Sequence[_Line]) -> Table:
    rows: list[Row] = []
    for line in lines:
        if line.key in _FUELS_LEFT_OUT:
            continue
        known = _FUELS.get(line.key)
        if known is None or line.unit not in _PER:
            raise ImportSourceError(f"{line.where}: unknown fuel {line.key!r} per {line.unit!r}")
        per = _PER[line.unit]
        words = (known.fuel, known.technology, per.lower())
        rows.append(
            {
                "id": ".".join(filter(None, words)), "name": line.name, "fuel": known.fuel,
                "technology": known.technology, "per": per, "CO2 [t]": line.value,
                "locator": f"p. 23, 参考1, {line.name}",
            }
        )  # fmt: skip
    constants = {
        "category": "stationary_combustion|mobile_combustion", "region": "JP",
        "lifecycle": "combustion",
    }  # fmt: skip
    return Table("fuels.csv", "factors", rows, constants)


def _scope3(lines: Sequence[_Line]) -> list[Table]:
    commuting: list[Row] = []
    freight: list[Row] = []
    for line in lines:
        if line.key.startswith(_SCOPE3_LEFT_OUT):
            continue
        if line.key.startswith("commute_") and line.unit == "kg-CO2/人・日":
            commuting.append(_commuting(line))
        elif line.key.startswith("tonkm_") and line.unit == "t-CO2/t-km":
            freight.append(_freight(line))
        else:
            raise ImportSourceError(f"{line.where}: unknown row {line.key!r} in {line.unit!r}")
    region = {"region": "JP"}
    return [
        Table("commuting.csv", "factors", commuting,
              {"category": "employee_commuting", "item": "commuting_day", **region,
               "per": "person·d"}),
        Table("freight.csv", "factors", freight,
              {"category": "upstream_transportation|downstream_transportation", "item": "freight",
               **region, "per": "tkm"}),
    ]  # fmt: skip


def _commuting(line: _Line) -> Row:
    work, _, place = line.key.removeprefix("commute_").partition("_")
    if work not in ("office", "factory") or place not in _PLACES:
        raise ImportSourceError(f"{line.where}: unknown row {line.key!r}")
    return {
        "id": f"commuting.{work}.{place}", "name": line.name, "technology": f"{work}.{place}",
        "CO2 [kg]": line.value, "locator": f"sheet 14, {line.name}",
    }  # fmt: skip


def _freight(line: _Line) -> Row:
    vehicles: Mapping[str, str] = {"tonkm_rail": "rail", "tonkm_air": "aircraft"}
    technology = ""
    if line.key.startswith(_SHIPS):
        vehicle, technology = "ship", line.key.removeprefix(_SHIPS)
    elif line.key in vehicles:
        vehicle = vehicles[line.key]
    else:
        raise ImportSourceError(f"{line.where}: unknown row {line.key!r}")
    return {
        "id": ".".join(filter(None, ("freight", vehicle, technology))), "name": line.name,
        "vehicle": vehicle, "technology": technology, "CO2 [t]": line.value,
        "locator": f"sheet 2, {line.name}",
    }  # fmt: skip


def _fuels_meta() -> Meta:
    return {
        "pack": "moe-japan-fuels-2025",
        "publisher": "moe-japan-fuels",
        "edition": "2025",
        "version": "1.0",
        "title": "Japan, CO2 factors of fuels for emissions of fiscal year 2025 (SHK list)",
        "organisation": _MINISTRIES,
        "url": "https://policies.env.go.jp/earth/ghg-santeikohyo/calc.html",
        "licence": _LICENCE,
        "attribution": f"温室効果ガス排出量 算定・報告・公表制度 ({_MINISTRIES}); transcribed by"
        " Japan GX Group, the fuels selected and named by this project",
        "year_rule": "edition",
        "year": 2025,
        "evidence": transcription(
            "B", "算定方法・排出係数一覧, p. 23, 参考1", _VIA.format("fuels.tsv")
        ),
        "notes": [
            "CO2 only, per tonne or kilolitre as the fuel is bought: no heating value is needed.",
            "Left out: gases, per 1,000 m3 of a state that the table does not print; refuse-derived"
            " fuels and oils made of waste. City gas has factors by supplier: state"
            " `emission_rate:`.",
            "Heavy oil (重油) is `fuel_oil` with `technology: a` or `b_c`; coking coal, steam coal"
            " (`bituminous_coal`) and plastics state a `technology:`, too.",
        ],
    }


def _scope3_meta() -> Meta:
    return {
        "pack": "moe-japan-scope3-v3.6",
        "publisher": "moe-japan-scope3",
        "edition": "v3.6",
        "version": "1.0",
        "title": "Japan, emission units of supply chains, version 3.6 (April 2026): commuting,"
        " rail, sea and air freight",
        "organisation": "Ministry of the Environment, Japan",
        "url": "https://www.env.go.jp/earth/ondanka/supply_chain/gvc/estimate_05.html",
        "licence": _LICENCE,
        "attribution": "排出原単位データベース Ver.3.6 (Ministry of the Environment); transcribed"
        " by Japan GX Group, rows selected by this project",
        "year_rule": "any",
        "evidence": transcription(
            "B", "DB_V3-6.xlsx, sheets 2 and 14", _VIA.format("scope3.tsv")
        ),
        "notes": [
            "CO2 only. Freight is per tonne-kilometre without fuel supply; lorries are priced by"
            " their fuel or load and have no row.",
            "Ships state `technology:`, by how much less fuel they need: `fuel_improved_20` to"
            " `fuel_improved_0`, or `other`.",
            "Commuting per person and day worked, `quantity: 5000 person·d`; the technology is the"
            " place: `office.large_city` to `factory.town`.",
            _NOT_IDEA,
        ],
    }  # fmt: skip
