"""US EPA import emission factors (USEEIO): kg of gases per US dollar of goods made elsewhere.

Files: the regional factors by detail sector, the concordance of countries to EPA's regions, and the
supply chain factors by NAICS-6, whose column of USEEIO codes says which industries a sector holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from ghgcalc.core.vocabulary.countries import COUNTRIES
from ghgcalc.factors.importers.bea_names import SEVERAL
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

_FACTORS = re.compile(r"Regional_detail_import_factors_exiobase_(\d{4})_17sch")
_COLUMNS = (
    "Region", "Sector", "Year", "Unit", "ReferenceCurrency", "PriceType", "Flowable", "FlowAmount",
    "BaseIOLevel",
)  # fmt: skip
_NAICS, _TITLE, _CODE = "2017 NAICS Code", "2017 NAICS Title", "Reference USEEIO Code"
_GASES = {
    "Carbon dioxide": ("CO2 [kg]", "kg"),
    "Methane": ("CH4 [kg]", "kg"),
    "Nitrous oxide": ("N2O [kg]", "kg"),
    "Sulfur hexafluoride": ("SF6 [kg]", "kg"),
    "HFCs and PFCs, unspecified": ("CO2e:unspecified [kg]", "kg CO2e"),
}
# EPA's regions: id here, name; those of one country bear its code
_REGIONS = {
    "CN": ("CN", "China"),
    "JP": ("JP", "Japan"),
    "CA": ("CA", "Canada"),
    "MX": ("MX", "Mexico"),
    "EU": ("EPA-EU", "Europe"),
    "APAC": ("EPA-APAC", "Asia and Pacific"),
    "ROW": ("EPA-ROW", "rest of the world"),
}
# codes of the concordance that are not ISO 3166's; "" where ISO knows no such country
_ISO = {"rCD": "CD", "KV": "XK", "GZ": "", "WE": ""}
_NAMIBIA = "Namibia"  # its code NA was taken for a blank
_VIA = "USEPA/USEEIO, import_emission_factors, commit 20bec26"
_NOTES = [
    "Per US dollar of 2019, basic price: cradle to the maker's gate, without trade margins,"
    " transport and taxes. `spend:` brings an amount to it (with `fx-fed` and"
    " `price-index-worldbank`), a plain amount stands as it is; a line of another year needs"
    " `accept: earlier_year`. `technology: without_margins` is that of every row.",
    "Made in China, Japan, Canada, Mexico, or in a region that EPA draws itself: EPA-EU (Europe"
    " with the United Kingdom, Russia and Türkiye), EPA-APAC, EPA-ROW. The country of a line's"
    " supplier decides (`suppliers:` `country:`), else that of its facility or organization. Not"
    " for goods made in the United States: see `epa-supply-chain`.",
    "A line names the sector (`bea_33441a`) or one of its industries (`naics_334417`), the same"
    " item as in `epa-supply-chain`; EPA's own column says which industries a sector holds.",
    "0.0 of all gases means that the region exports nothing of the sector, and is no value: such"
    " rows are left out (all of 331313 and 331410, and 212230 of Japan).",
    "Gases are masses but for HFCs and PFCs, which EXIOBASE sums up as CO2e without a word on its"
    " GWP set: they stay as printed and need `accept: other_gwp_set` (median 3 % of a factor).",
    "The dollar of 2019 is EXIOBASE's euro at the mean of two days' rates. Models of this kind are"
    " right within a factor of two: a factor per kilogram or of the supplier is better.",
    "Built on EXIOBASE 3, CC BY-SA 4.0: a copy of this pack credits both and keeps that licence.",
]


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack of one year.

    Raises:
        ImportSourceError: a file is missing or is not what is expected.
    """
    factors, countries, industries, year = _files(files)
    members = _members(countries)
    held = _industries(industries)
    rows = list(_rows(factors, year, held))
    aliases = [row for sector in dict.fromkeys(row["item"] for row in rows)
               for row in held.get(sector.removeprefix("bea_").upper(), ())]  # fmt: skip
    constants = {
        "category": "purchased_goods_and_services|capital_goods", "technology": "without_margins",
        "lifecycle": "lifecycle", "per": "USD",
    }  # fmt: skip
    crosswalk = {
        "class": "publisher_file", "file": industries.name, "sha256": sha256(industries),
    }  # fmt: skip
    tables = [
        Table("spend.csv", "factors", rows, constants),
        Table("industries.csv", "item_names", aliases, {}, {"evidence": crosswalk}),
    ]
    return write_pack(folder, _meta(factors, countries, year, members), tables)


def _files(files: Sequence[Path]) -> tuple[Path, Path, Path, int]:
    """The three files by their names, and the year."""
    found: dict[str, Path] = {}
    year = 0
    for path in files:
        named = _FACTORS.match(path.name)
        if named:
            found["factors"], year = path, int(named[1])
        elif path.name.startswith("country_to_region_concordance"):
            found["countries"] = path
        elif path.name.startswith("SupplyChainGHGEmissionFactors_") and "_NAICS_CO2e_" in path.name:
            found["industries"] = path
        else:
            raise ImportSourceError(f"{path.name}: not one of the files expected")
    if len(found) != 3 or len(files) != 3:
        raise ImportSourceError(
            "expected the regional detail factors, the concordance of countries and the supply"
            " chain factors by NAICS-6 (CO2e)"
        )
    return found["factors"], found["countries"], found["industries"], year


def _members(path: Path) -> dict[str, list[str]]:
    """The countries of EPA's own regions, by our id of the region."""
    found: dict[str, set[str]] = {}
    for line, row in enumerate(read_csv(path, ("Country", "ISO Code", "Region")), 2):
        code = "NA" if row["Country"] == _NAMIBIA else _ISO.get(row["ISO Code"], row["ISO Code"])
        if not code or not row["Region"] or row["Region"] == "US":
            continue
        if code not in COUNTRIES or row["Region"] not in _REGIONS:
            raise ImportSourceError(f"{path.name} line {line}: unknown country or region")
        found.setdefault(_REGIONS[row["Region"]][0], set()).add(code)
    every = [code for codes in found.values() for code in codes]
    if len(every) != len(set(every)) or len(found) != len(_REGIONS):
        raise ImportSourceError(f"{path.name}: a country of two regions, or a region without one")
    return {
        region: sorted(codes) for region, codes in sorted(found.items()) if region != min(codes)
    }


def _industries(path: Path) -> dict[str, list[Row]]:
    """The industries that each sector holds, as rows of other names of its item."""
    found: dict[str, list[Row]] = {}
    for line, row in enumerate(read_csv(path, (_NAICS, _TITLE, _CODE)), 2):
        found.setdefault(row[_CODE], []).append({
            "item": f"bea_{row[_CODE].lower()}",
            "also": f"naics_{row[_NAICS]}",
            "name": row[_TITLE],
            "locator": f"line {line}",
        })  # fmt: skip
    return found


def _name(sector: str, held: Mapping[str, list[Row]]) -> str:
    industries = held.get(sector, ())
    if len(industries) == 1:
        return industries[0]["name"]
    return lookup(SEVERAL, sector, "sectors of several industries")


class _Line(NamedTuple):
    number: int
    row: Row


def _rows(path: Path, year: int, held: Mapping[str, list[Row]]) -> Iterator[Row]:
    lines = [_Line(number, row) for number, row in enumerate(read_csv(path, _COLUMNS), 2)]
    seen: set[tuple[str, str]] = set()
    for key, group in groupby(lines, key=lambda line: (line.row["Region"], line.row["Sector"])):
        if key in seen:
            raise ImportSourceError(f"{path.name}: {' '.join(key)} stands in two places")
        seen.add(key)
        made = _row(path, year, list(group), held)
        if made is not None:
            yield made


def _row(
    path: Path, year: int, lines: Sequence[_Line], held: Mapping[str, list[Row]]
) -> Row | None:
    """One sector of one region; None where every gas is 0, which is no value."""
    first, last = lines[0], lines[-1]
    region, name = _REGIONS.get(first.row["Region"], ("", ""))
    sector = first.row["Sector"]
    where = f"{path.name} line {first.number}"
    if not region:
        raise ImportSourceError(f"{where}: unknown region {first.row['Region']!r}")
    gases: Row = {}
    for number, row in lines:
        column, unit = _GASES.get(row["Flowable"], ("", ""))
        told = (row["Year"], row["Unit"], row["ReferenceCurrency"], row["PriceType"])
        if not column or column in gases or told != (str(year), unit, "USD", "Basic"):
            raise ImportSourceError(f"{path.name} line {number}: unexpected flow, year or unit")
        gases[column] = exact(row["FlowAmount"], f"{path.name} line {number}")
    zeros = [Decimal(value) == 0 for value in gases.values()]
    if len(gases) != len(_GASES) or (any(zeros) and not all(zeros)):
        raise ImportSourceError(f"{where}: expected five gases, all or none of them 0")
    if all(zeros):
        return None
    return {
        "id": f"bea_{sector.lower()}.{region.lower().replace('-', '_')}",
        "name": f"{_name(sector, held)}, {name}",
        "item": f"bea_{sector.lower()}",
        "region": region,
        **gases,
        "locator": f"{first.row['Region']} {sector}, lines {first.number}-{last.number}",
    }


def _meta(factors: Path, countries: Path, year: int, members: Mapping[str, list[str]]) -> Meta:
    return {
        "pack": f"epa-import-{year}",
        "publisher": "epa-import",
        "edition": str(year),
        "version": "1.1",
        "supersedes": f"epa-import-{year}@1.0",
        "title": f"Import emission factors by region and sector, USD {year}",
        "organisation": "US Environmental Protection Agency",
        "url": "https://cfpub.epa.gov/si/si_public_record_report.cfm?dirEntryId=362470",
        "licence": "CC-BY-SA-4.0 (EXIOBASE 3), else US-public-domain",
        "attribution": "US EPA, USEEIO import emission factors; EXIOBASE 3, CC BY-SA 4.0",
        "year_rule": "data_year",
        "year": year,
        "gwp_set": "unstated",
        "prices": {"year": year, "basis": "basic", "vat": "excluded"},
        "region_members": dict(members),
        "evidence": {
            "class": "publisher_file", "file": factors.name, "sha256": sha256(factors),
            "via": _VIA,
        },
        "notes": [
            *_NOTES, f"Countries of the regions: {countries.name}, sha256 {sha256(countries)}.",
        ],
    }  # fmt: skip
