"""China's electricity CO2 factors (MEE and NBS announcements): one pack per data year.

Files: a CSV transcription of the announcements; beside it, where they are at hand, the PDF of an
announcement's annex with its text, and the table of CPCD, a second route. Every figure of the
transcription must stand in them. The packs are written to `folder`/<data year>.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from ghgcalc.factors.importers import cpcd_file
from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    exact,
    lookup,
    read_csv,
    slug,
    transcription,
    write_pack,
)
from ghgcalc.factors.importers.mee_pdf import Printed, annex, publisher_pdf, read_annex

_NEEDED = (
    "region_code", "region_name", "year", "published", "gas", "value", "unit", "kind", "source",
    "table", "retrieved_from", "note",
)  # fmt: skip
_ANNOUNCEMENT = "MEE & NBS announcement"
_KINDS = {"location": "grid_average", "residual": "residual_mix", "supplier": "fossil_only"}
_PROVINCES = (
    "BJ", "TJ", "HE", "SX", "NM", "LN", "JL", "HL", "SH", "JS", "ZJ", "AH", "FJ", "JX", "SD", "HA",
    "HB", "HN", "GD", "GX", "HI", "CQ", "SC", "GZ", "YN", "SN", "GS", "QH", "NX", "XJ",
)  # fmt: skip
_REGIONS = ("NORTH", "NORTHEAST", "EAST", "CENTRAL", "NORTHWEST", "SOUTH", "SOUTHWEST")
_CODES = {
    "CN": "CN",
    **{f"CN-R-{name}": f"CN-{name}" for name in _REGIONS},
    **{f"CN-{code}": f"CN-{code}" for code in _PROVINCES},
}
_GRADES = {"2021": "B", "2022": "A", "2023": "A"}
_VIA = {
    "2021": "one careful transcription for the provinces; two national values on a second page too",
    "2022": "two independent transcriptions that agree on all provinces",
    "2023": "two independent transcriptions that agree on all provinces",
}
_NOTES = [
    "CO2 only: no CH4 or N2O is published.",
    "Region codes: CN (country), CN-XX (province, ISO 3166-2), and the seven regional grids"
    " CN-NORTH, CN-NORTHEAST, CN-EAST, CN-CENTRAL, CN-NORTHWEST, CN-SOUTH, CN-SOUTHWEST (codes of"
    " this project; not the six grids of older tables).",
    "Which province belongs to which regional grid is not stated in the data at hand; no mapping"
    " is made.",
    "Tibet, Hong Kong, Macau and Taiwan have no row.",
    "residual_mix is the national average without market-traded non-fossil electricity; it is"
    " published for the country only.",
    "fossil_only is fossil-fired generation only; it is never a grid average.",
    "Administrative values of the emissions trading scheme (0.5703, 0.5810, 0.6101) and lifecycle"
    " footprints (0.6205, 0.5777) are other series and are not in this pack.",
    "Trailing zeros that the publisher may print (0.5500) are not kept.",
]


@dataclass(frozen=True)
class Routes:
    """What stands beside the transcription.

    Attributes:
        pdf: the annex of one announcement; None where it is not at hand.
        printed: its figures.
        second: figures of CPCD by year and name; empty where the table is not at hand.
    """

    pdf: Path | None
    printed: tuple[Printed, ...]
    second: Mapping[tuple[str, str], str]

    @property
    def year(self) -> str:
        """The data year of the annex."""
        return self.printed[0].year if self.printed else ""


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write one pack per data year.

    Raises:
        ImportSourceError: a file is not the expected one, or two of them contradict each other.
    """
    path, routes = _opened(files)
    years: dict[str, list[tuple[int, Row]]] = {}
    for number, row in enumerate(read_csv(path, _NEEDED), start=2):
        if row["source"].startswith(_ANNOUNCEMENT):
            years.setdefault(row["year"], []).append((number, row))
    if not years:
        raise ImportSourceError(f"{path.name}: no rows of an announcement of MEE and NBS")
    report = []
    for year, lines in sorted(years.items()):
        table = _table(lines, path.name, routes)
        meta = _meta(year, lines[0][1], path.name, routes)
        report += write_pack(folder / year, meta, [table])
    return report


def _opened(files: Sequence[Path]) -> tuple[Path, Routes]:
    tables = [path for path in files if path.suffix not in (".pdf", ".txt")]
    second = [path for path in tables if cpcd_file.is_cpcd(path)]
    rest = [path for path in tables if path not in second]
    if len(rest) != 1 or len(second) > 1:
        raise ImportSourceError("expected one transcription of the announcements, CSV")
    names: dict[tuple[str, str], str] = {}
    for each in cpcd_file.read(second[0]) if second else ():
        if each.amount == "kgCO2e" and each.per == "千瓦时":
            names[each.year, each.name] = each.value
    if len(files) == len(tables):
        return rest[0], Routes(None, (), names)
    pdf, text = annex(files)
    return rest[0], Routes(pdf, tuple(read_annex(text)), names)


def _table(lines: list[tuple[int, Row]], source: str, routes: Routes) -> Table:
    constants = {"category": "purchased_electricity", "lifecycle": "combustion", "per": "kWh"}
    rows = [_row(line, f"{source} row {number}") for number, line in lines]
    if lines[0][1]["year"] == routes.year:
        if len(rows) != len(routes.printed):
            raise ImportSourceError(f"{source}: {len(rows)} rows, the annex {len(routes.printed)}")
        for row, (number, line) in zip(rows, lines, strict=True):
            row["locator"] = _printed(line, routes, f"{source} row {number}").locator
    for number, line in lines if routes.second else ():
        _same_as_second(line, routes, f"{source} row {number}")
    return Table("electricity.csv", "factors", rows, constants)


def _label(line: Row) -> str:
    """The region as the announcement calls it, the last word of its name."""
    return "全国" if line["region_code"] == "CN" else line["region_name"].rpartition(" ")[2]


def _printed(line: Row, routes: Routes, where: str) -> Printed:
    """The annex's figure of a row, which must be the transcription's."""
    label, unit = _label(line), line["unit"]
    hits = [
        each for each in routes.printed
        if (each.title, each.label, each.unit) == (line["table"], label, unit)
    ]  # fmt: skip
    if len(hits) != 1 or Decimal(hits[0].value) != Decimal(line["value"]):
        raise ImportSourceError(f"{where}: {label} {line['value']} is not in the annex so")
    return hits[0]


def _same_as_second(line: Row, routes: Routes, where: str) -> None:
    """CPCD's figure of a row's year and place is the transcription's."""
    label, title = _label(line), line["table"]
    values = {
        Decimal(value)
        for (year, name), value in routes.second.items()
        if year == line["year"] and _named(name, year, label, title)
    }
    if values != {Decimal(line["value"])}:
        raise ImportSourceError(f"{where}: {label} {line['value']}, CPCD {sorted(values)}")


def _named(name: str, year: str, label: str, title: str) -> bool:
    """Whether CPCD's name of a product is this place's average, or this average of the country."""
    rest = "".join(name.split()).removeprefix(f"{year}年")
    if label == "全国":
        return rest.removesuffix("-全国") == title
    return label in rest and "平均二氧化碳排放因子" in rest


def _row(line: Row, where: str) -> Row:
    if (line["gas"], line["unit"]) != ("CO2", "kgCO2/kWh"):
        raise ImportSourceError(f"{where}: expected CO2 in kgCO2/kWh, found {line['unit']!r}")
    region = lookup(_CODES, line["region_code"], where)
    kind = lookup(_KINDS, line["kind"], where)
    return {
        "id": f"{slug(region).replace('_', '-')}.{kind}",
        "name": line["region_name"],
        "region": region,
        "kind": kind,
        "CO2 [kg]": exact(line["value"], where),
        "locator": f"{line['table']}, {line['region_name']}",
    }


def _meta(year: str, first: Row, source: str, routes: Routes) -> Meta:
    if year not in _GRADES or not re.fullmatch(r"\d{4}-\d\d-\d\d", first["published"]):
        raise ImportSourceError(f"{source}: data year {year!r} is not known to this importer")
    evidence, version = _evidence(year, routes)
    return {
        "pack": f"mee-china-{year}",
        "publisher": "mee-china",
        "edition": year,
        "version": version,
        "title": first["source"],
        "organisation": "Ministry of Ecology and Environment, National Bureau of Statistics",
        "licence": "government announcement; no licence stated",
        "published": date.fromisoformat(first["published"]),
        **({"supersedes": f"mee-china-{year}@1.0"} if version != "1.0" else {}),
        "year_rule": "data_year",
        "year": int(year),
        "finest_region": {
            "grid_average": "province",
            "residual_mix": "country",
            "fossil_only": "country",
        },
        "evidence": evidence,
        "notes": _NOTES,
    }


def _evidence(year: str, routes: Routes) -> tuple[Meta, str]:
    """How the figures of a year reached us, and the version of the pack that says so."""
    title = "electricity CO2 factors"
    if routes.pdf is not None and year == routes.year:
        return publisher_pdf(routes.pdf, routes.printed, title), "1.1"
    if routes.second and _GRADES[year] == "B":
        return transcription(
            "A", title, f"{_VIA[year]}; all 40 values equal in CPCD's table"
        ), "1.1"
    return transcription(_GRADES[year], title, _VIA[year]), "1.0"
