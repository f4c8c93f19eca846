"""US EPA Supply Chain GHG Emission Factors: kg CO2e and gas masses per US dollar, by NAICS-6."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    exact,
    lookup,
    read_csv,
    sha256,
    write_pack,
)

_NAME = re.compile(r"SupplyChainGHGEmissionFactors_(v\d+\.\d+)\.\d+_NAICS_(CO2e|byGHG)_USD(\d{4})")
_CODE, _TITLE = "2017 NAICS Code", "2017 NAICS Title"
_TECHNOLOGIES = {
    "Supply Chain Emission Factors without Margins": "without_margins",
    "Margins of Supply Chain Emission Factors": "margins_only",
    "Supply Chain Emission Factors with Margins": "with_margins",
}
_COLUMNS = (_CODE, _TITLE, "GHG", "Unit", *_TECHNOLOGIES)
_UNSPECIFIED = "HFCs and PFCs, unspecified"
_GASES = {
    "Carbon dioxide": "CO2",
    "Methane": "CH4",
    "Nitrous oxide": "N2O",
    "HFC-23": "HFC-23",
    "HFC-32": "HFC-32",
    "HFC-125": "HFC-125",
    "HFC-134a": "HFC-134a",
    "HFC-143a": "HFC-143a",
    "HFC-236fa": "HFC-236fa",
    "Carbon tetrafluoride": "PFC-14",
    "Hexafluoroethane": "PFC-116",
    "Perfluoropropane": "PFC-218",
    "Perfluorocyclobutane": "PFC-318",
    "Perfluorobutane": "PFC-31-10",
    "Perfluorohexane": "PFC-51-14",
    "Sulfur hexafluoride": "SF6",
    "Nitrogen trifluoride": "NF3",
}
_VIA = "copies of both files in sungkomp/mcp-csv-agent, data/, commit 2f5575dc07a5"
_NOTES = [
    "Per US dollar of the price year, purchaser's price. `spend:` brings an amount of another"
    " currency or year to it, a plain amount stands as it is; a line of another year needs"
    " `accept: earlier_year`.",
    "with_margins: trade and transport from the maker to the buyer are inside, so do not add"
    " category 4 transport of the same goods. without_margins: bought at the factory gate.",
    "The technology is that of the United States. For suppliers elsewhere a factor per kilogram or"
    " of the supplier is better; `accept: foreign_region` says what was done.",
    "CO2e rests on AR5. 17 gases are masses; HFCs and PFCs that the publisher does not name are"
    " CO2e only (see the note of each row) and part of the total. Under another GWP set they stay"
    " as printed, which needs `accept: other_gwp_set`.",
    "Model USEEIO v2.2.22-GHG, emissions of 2022, input-output tables of 2017. v1.2 used AR4 and"
    " dollars of 2021: do not mix versions in one series.",
]


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack of one version from its two files, of CO2e and of the gases.

    Raises:
        ImportSourceError: a file is missing or is not what is expected.
    """
    totals, gases, version, year = _files(files)
    unit = f"{year} USD, purchaser price"
    masses = _by_code(gases, unit)
    rows = []
    for line, row in enumerate(read_csv(totals, _COLUMNS), 2):
        where = f"{totals.name} line {line}"
        if (row["GHG"], row["Unit"]) != ("All GHGs", f"kg CO2e/{unit}"):
            raise ImportSourceError(f"{where}: expected All GHGs in kg CO2e/{unit}")
        if row[_CODE] not in masses:
            raise ImportSourceError(f"{where}: {row[_CODE]} has no gases in {gases.name}")
        rows += _rows(row, masses.pop(row[_CODE]), line)
    if masses:
        raise ImportSourceError(f"{totals.name}: no total of {', '.join(sorted(masses)[:3])}")
    constants = {
        "category": "purchased_goods_and_services|capital_goods",
        "region": "US",
        "lifecycle": "lifecycle",
        "per": "USD",
    }
    table = Table("spend.csv", "factors", rows, constants)
    return write_pack(folder, _meta(totals, gases, version, year), [table])


def _files(files: Sequence[Path]) -> tuple[Path, Path, str, int]:
    found = {match[2]: (path, match) for path in files if (match := _NAME.match(path.name))}
    if len(files) != 2 or set(found) != {"CO2e", "byGHG"}:
        raise ImportSourceError("expected two files, …_NAICS_CO2e_USD….csv and …_byGHG_USD….csv")
    (totals, one), (gases, other) = found["CO2e"], found["byGHG"]
    if (one[1], one[3]) != (other[1], other[3]):
        raise ImportSourceError(f"{totals.name} and {gases.name} are of different versions")
    return totals, gases, one[1], int(one[3])


def _by_code(path: Path, unit: str) -> dict[str, dict[str, tuple[int, Row]]]:
    """Line and row of each gas, by NAICS code and gas as printed."""
    found: dict[str, dict[str, tuple[int, Row]]] = {}
    for line, row in enumerate(read_csv(path, _COLUMNS), 2):
        gas, where = row["GHG"], f"{path.name} line {line}"
        if gas != _UNSPECIFIED:
            lookup(_GASES, gas, where)
        expected = f"kg CO2e/{unit}" if gas == _UNSPECIFIED else f"kg/{unit}"
        if row["Unit"] != expected:
            raise ImportSourceError(f"{where}: expected {expected!r}, found {row['Unit']!r}")
        gases = found.setdefault(row[_CODE], {})
        if gas in gases:
            raise ImportSourceError(f"{where}: {gas} of {row[_CODE]} stands there twice")
        gases[gas] = (line, row)
    for code, gases in found.items():
        if len(gases) != len(_GASES) + 1:
            raise ImportSourceError(f"{path.name}: {code} has {len(gases)} gases, not 18")
    return found


def _rows(total: Row, gases: dict[str, tuple[int, Row]], line: int) -> list[Row]:
    code, title = total[_CODE], total[_TITLE]
    if not re.fullmatch(r"\d{6}", code):
        raise ImportSourceError(f"line {line}: expected six digits, found {code!r}")
    lines = sorted(number for number, _ in gases.values())
    locator = f"CO2e line {line}, byGHG lines {lines[0]}-{lines[-1]}"
    made = []
    for column, technology in _TECHNOLOGIES.items():
        row = {"id": f"naics_{code}.{technology}.usd", "name": title, "item": f"naics_{code}"}
        row |= {"technology": technology, "locator": locator}
        row["CO2e [kg]"] = exact(total[column], f"line {line}")
        for gas, (number, printed) in gases.items():
            value = exact(printed[column], f"byGHG line {number}")
            if gas == _UNSPECIFIED:
                row["note"] = f"with {value} kg CO2e of HFCs and PFCs, unspecified"
            else:
                row[f"{_GASES[gas]} [kg]"] = value
        made.append(row)
    return made


def _meta(totals: Path, gases: Path, version: str, year: int) -> Meta:
    return {
        "pack": f"epa-supply-chain-{version}",
        "publisher": "epa-supply-chain",
        "edition": version,
        "version": "1.1",
        "supersedes": f"epa-supply-chain-{version}@1.0",
        "title": f"Supply Chain Greenhouse Gas Emission Factors {version} by NAICS-6, USD {year}",
        "organisation": "US Environmental Protection Agency",
        "url": "https://doi.org/10.23719/1531143",
        "licence": "US-public-domain",
        "year_rule": "data_year",
        "year": year,
        "gwp_set": "AR5",
        "prices": {"year": year, "basis": "purchaser", "vat": "excluded"},
        "evidence": {
            "class": "publisher_file",
            "file": totals.name,
            "sha256": sha256(totals),
            **({"via": _VIA} if version == "v1.3" else {}),
        },
        "notes": [*_NOTES, f"Gas masses: {gases.name}, sha256 {sha256(gases)}."],
    }
