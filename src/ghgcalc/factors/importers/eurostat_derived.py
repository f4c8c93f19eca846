"""Electricity by gas of European countries, computed by others from Eurostat's series.

File: the JSON of a project that divides the emissions of public power stations by what they
generate. Nobody publishes these factors: `evidence` says `derived`, and a publisher's own row goes
first (DESIGN §5).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    exact,
    lookup,
    one_file,
    write_pack,
)

PUBLISHER = "eurostat-derived"
_SET = "eurostat-grid-2023"
_YEAR = "2023"
_GASES = {"CarbonDioxide": "CO2 [kg]", "MethaneFossil": "CH4 [kg]", "NitrousOxide": "N2O [kg]"}
_SAME = {
    "scope": "Scope2", "scope2Method": "LocationBased", "unit": "MegawattHour",
    "basis": "NotApplicable", "componentsAreDerived": True,
}  # fmt: skip
_REGIONS = {"EL": "GR"}  # Eurostat's code of Greece
_VIA = (
    "agirgol/carbon-accounting-dotnet, data/factors/eurostat-grid-2023.json, commit a276fc7:"
    " Eurostat env_air_gge (CRF 1.A.1.a) ÷ nrg_bal_c, each by its own interface"
)
_NOTES = (
    "Derived, not published: no authority prints these factors. Where both are admitted without a"
    " further departure, a publisher's own row goes first.",
    "Direct emissions of public power stations per MWh that they generate, their own use in it;"
    " producers for their own use, imports and losses are outside. CO2 of biomass is not in it.",
    "Heat and power plants are parted by the efficiency method of the GHG Protocol (35 % for power,"
    " 80 % for heat); the energy content method would move Luxembourg by 25 %, Lithuania by 17 %,"
    " Denmark by 17 %, France by 0.8 %; each row's note says by how much.",
    "Against eea-2023 the 27 countries of both lie between -41 % (Lithuania) and +227 % (Sweden, 26"
    " for 8 g CO2e), half of them within 18 %. Over all national generation they would be lower.",
    "Iceland's CH4 and N2O and Malta's N2O are 0 because Eurostat rounds to 10 tonnes.",
    "Methane is that of fossil fuels, a small part of biomass in it.",
    "Switzerland has no row: Eurostat has no complete series of it. Great Britain has DESNZ's.",
)


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack.

    Raises:
        ImportSourceError: the file is not the expected one.
    """
    path = one_file(files, "the derived factors, JSON")
    try:
        data = json.loads(path.read_text("utf-8"), parse_float=str, parse_int=str)
    except (OSError, ValueError) as error:
        raise ImportSourceError(f"{path.name}: {error}") from error
    if not isinstance(data, dict) or data.get("id") != _SET or not data.get("factors"):
        raise ImportSourceError(f"{path.name}: expected the set {_SET!r} with its factors")
    rows = [_row(each, f"{path.name} factor {at}") for at, each in enumerate(data["factors"], 1)]
    rows.sort(key=lambda row: row["region"])
    constants = {
        "category": "purchased_electricity", "lifecycle": "combustion", "kind": "grid_average",
        "per": "MWh",
    }  # fmt: skip
    return write_pack(folder, _meta(), [Table("electricity.csv", "factors", rows, constants)])


def _row(factor: Mapping[str, Any], where: str) -> Row:
    odd = [key for key, text in _SAME.items() if factor.get(key) != text]
    if odd:
        raise ImportSourceError(f"{where}: unexpected {odd[0]} {factor.get(odd[0])!r}")
    if set(factor["components"]) != set(_GASES):
        raise ImportSourceError(f"{where}: gases {sorted(factor['components'])}")
    printed, _, country = factor["activity"].partition(" — ")
    if printed != "Purchased grid electricity" or not country:
        raise ImportSourceError(f"{where}: unexpected activity {factor['activity']!r}")
    region = _REGIONS.get(factor["region"], factor["region"])
    amounts = {
        lookup(_GASES, gas, where): _amount(text, where)
        for gas, text in factor["components"].items()
    }
    return {
        "id": f"{region.lower()}.grid_average.{_YEAR}",
        "name": country,
        "region": region,
        **amounts,
        "locator": factor["sourceReference"],
        "note": _allocation(factor["note"], where),
    }


def _amount(text: str, where: str) -> str:
    """A figure as written; 0.0 is 0."""
    number = exact(text, where)
    return "0" if number == "0.0" else number


def _allocation(note: str, where: str) -> str:
    """What the row's note says of heat and power, without what holds for all rows."""
    head, before, rest = note.partition("Main activity producers only. ")
    said, after, _ = rest.partition(" Methane is treated as fossil,")
    if head or not before or not after or "CRF 1.A.1.a" not in said:
        raise ImportSourceError(f"{where}: unexpected note {note!r}")
    return said


def _meta() -> Meta:
    return {
        "pack": f"{PUBLISHER}-{_YEAR}",
        "publisher": PUBLISHER,
        "edition": _YEAR,
        "version": "1.0",
        "title": "Electricity of public power stations by gas, computed from Eurostat's series,"
        " data year 2023",
        "organisation": "nobody publishes it; computed by Ege Ağırgöl (carbon-accounting-dotnet)"
        " from series of Eurostat and the European Environment Agency",
        "url": "https://ec.europa.eu/eurostat/web/main/data/database",
        "licence": "Eurostat reuse policy, with acknowledgement of the source; computation MIT",
        "attribution": "Source of the series: Eurostat, env_air_gge and nrg_bal_c; computation by"
        " Ege Ağırgöl (MIT)",
        "year_rule": "data_year",
        "year": int(_YEAR),
        "finest_region": {"grid_average": "country", "residual_mix": "country"},
        "evidence": {"class": "derived", "grade": "B", "table": "env_air_gge ÷ nrg_bal_c",
                     "via": _VIA},
        "notes": list(_NOTES),
    }  # fmt: skip
