"""Draw the sample of printed values again from a folder of the publishers' own files.

`python tests/sample/draw.py FOLDER > tests/sample/cells.csv`

Nothing of the importers is used: .xlsx files are read as XML, .json and .csv by the standard
library, .xls by python-calamine. Cells are drawn by a fixed seed from every data cell of a file,
and only then compared with the packs (tests/test_sample.py). A file is known by its SHA-256,
whatever its name. What the packs leave out on purpose is left out by the publisher's own headings.
"""

from __future__ import annotations

import csv
import hashlib
import json
import random
import re
import sys
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

SEED = 20261124
COLUMNS = ("pack", "sha256", "place", "what", "unit", "gas", "value")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CELL = re.compile(r"([A-Z]+)(\d+)")
# refrigerants are computed from composition; SECR rows print kWh, which are no emissions
_DESNZ_LEFT_OUT = ("Refrigerant & other", "SECR kWh", "Passenger and delivery vehicles- kWh")


class Drawn(NamedTuple):
    """One printed value: where it stands, what it is called, per which unit, of which gas."""

    place: str
    what: str
    unit: str
    gas: str
    value: str


class File(NamedTuple):
    """A publisher's file: the pack made of it, how it is read, how many cells are drawn."""

    pack: str
    sha256: str
    kind: str
    count: int


FILES = (
    File("desnz-2019", "e3f26947f110", "desnz", 60),
    File("desnz-2020", "c47a39ecac3e", "desnz", 60),
    File("desnz-2021", "f232462f55fe", "desnz", 40),
    File("desnz-2022", "c77abb4c9c00", "desnz", 40),
    File("desnz-2023", "804885cb9d8f", "desnz", 40),
    File("desnz-2024", "db8cb915af24", "desnz", 40),
    File("desnz-2025", "8bfdb45b81ec", "desnz", 40),
    File("desnz-2026", "bb79c1ddc63b", "desnz-typed", 40),
    File("epa-hub-2024", "00fb2f355324", "epa-hub", 40),
    File("epa-hub-2025", "eb6ba3af74b2", "epa-hub", 40),
    File("epa-supply-chain-v1.3", "c7f508646ee0", "spend", 40),
    File("epa-supply-chain-v1.3", "963952e5911d", "spend", 40),
    File("egrid-2018", "6af856345846", "egrid", 6),
    File("egrid-2019", "dfc2bdd90434", "egrid", 6),
    File("egrid-2020", "c4f5ffe1ed9c", "egrid", 6),
    File("egrid-2021", "1f06abf728f3", "egrid", 6),
    File("egrid-2022", "4b033df265f6", "egrid", 6),
    File("egrid-2023", "6c0b92689d80", "egrid", 6),
    File("eurostat-derived-2023", "d2487034368e", "derived", 30),
    File("mee-china-2021", "051ebdfdd8d8", "cpcd-grid-2021", 15),
    File("mee-china-2022", "051ebdfdd8d8", "cpcd-grid-2022", 15),
    File("mee-china-2023", "051ebdfdd8d8", "cpcd-grid-2023", 15),
    File("mee-footprint-2023", "051ebdfdd8d8", "cpcd-footprint-2023", 8),
    File("mee-footprint-2024", "051ebdfdd8d8", "cpcd-footprint-2024", 8),
    File("cpcd-2025", "051ebdfdd8d8", "cpcd-moved", 40),
    File("moe-japan-fuels-2025", "63e0a70a7e4c", "japan-fuels", 15),
    File("moe-japan-scope3-v3.6", "745e945d52a5", "japan-scope3", 6),
    File("ispra-italy-2026", "051e6d0d48e7", "italy-power", 2),
    File("mase-italy-2026", "051e6d0d48e7", "italy-gas", 2),
    File("moea-taiwan-2026", "4e2e50332c10", "asia-TW", 2),
    File("ema-singapore-2025", "4e2e50332c10", "asia-SG", 2),
    File("tgo-thailand-2025", "4e2e50332c10", "asia-TH", 1),
    File("unsd-2009", "5d865d047bd7", "densities", 6),
)


# ---- readers ----------------------------------------------------------------------------------


def xlsx_cells(path: Path, sheet: str) -> dict[str, str]:
    """Cell reference to stored text of one sheet, from the file's XML."""
    with zipfile.ZipFile(path) as archive:
        strings = _strings(archive)
        root = ElementTree.fromstring(archive.read(_sheet_path(archive, sheet)))
    found: dict[str, str] = {}
    for cell in root.iter(f"{_MAIN}c"):
        value = cell.find(f"{_MAIN}v")
        if value is None or value.text is None:
            continue
        text = value.text
        found[cell.attrib["r"]] = strings[int(text)] if cell.get("t") == "s" else text
    return found


def _strings(archive: zipfile.ZipFile) -> list[str]:
    root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in item.iter(f"{_MAIN}t")) for item in root]


def _sheet_path(archive: zipfile.ZipFile, name: str) -> str:
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    ids = {sheet.attrib["name"]: sheet.attrib[f"{_REL}id"] for sheet in book.iter(f"{_MAIN}sheet")}
    rels = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {rel.attrib["Id"]: rel.attrib["Target"] for rel in rels}
    return f"xl/{targets[ids[name]].removeprefix('/xl/')}"


def xls_cells(path: Path, sheet: str) -> dict[str, str]:
    """The same of an old .xls file."""
    from python_calamine import CalamineWorkbook

    rows = (
        CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    )
    return {
        f"{chr(ord('A') + column)}{number}": str(value)
        for number, row in enumerate(rows, 1)
        for column, value in enumerate(row)
        if value != ""
    }


def number(text: str) -> str | None:
    """The shortest text of a stored binary number; None for words."""
    try:
        value = float(text)
    except ValueError:
        return None
    return f"{value:.0f}" if value == int(value) and abs(value) < 1e15 else repr(value)


# ---- what stands where ------------------------------------------------------------------------


def desnz(path: Path) -> Iterator[Drawn]:
    """Every value of the flat file: column of the year, row by row."""
    sheet = "Factors by Category"
    cells = (xls_cells if path.suffix == ".xls" else xlsx_cells)(path, sheet)
    head = _desnz_head(cells)
    values = next(column for name, column in head.items() if name.startswith("GHG Conversion"))
    gases = head.get("GHG/Unit") or head["GHG"]
    last = max(int(_CELL.match(ref)[2]) for ref in cells if _CELL.match(ref))  # type: ignore[index]
    first = next(row for row in range(1, 20) if cells.get(f"{head['UOM']}{row}") == "UOM") + 1
    for row in range(first, last + 1):
        value = number(cells.get(f"{values}{row}", ""))
        levels = [cells.get(f"{head[name]}{row}", "").strip() for name in
                  ("Level 1", "Level 2", "Level 3", "Level 4", "Column Text")]  # fmt: skip
        if value is None or levels[0].startswith(_DESNZ_LEFT_OUT):
            continue
        gas = cells.get(f"{gases}{row}", "").strip()
        if gas.startswith("kWh"):
            continue
        unit = cells.get(f"{head['UOM']}{row}", "").strip()
        yield Drawn(f"{sheet}!{values}{row}", " / ".join(filter(None, levels)), unit, gas, value)


def desnz_typed(path: Path) -> Iterator[Drawn]:
    """Totals typed from the full set of an edition: table and key, the sheet's row as place."""
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            what = f"{row['table']} / {row['key']}"
            yield Drawn(row["full_set_sheet_and_row"], what, row["per"], "kg CO2e", row["CO2e_kg"])


def _desnz_head(cells: dict[str, str]) -> dict[str, str]:
    row = next(n for n in range(1, 20) if "UOM" in (cells.get(f"{c}{n}") for c in "ABCDEFGHIJK"))
    return {cells[f"{c}{row}"].strip(): c for c in "ABCDEFGHIJK" if f"{c}{row}" in cells}


def epa_hub(path: Path) -> Iterator[Drawn]:
    """Tables 1 to 10: every number beside a label, model years apart."""
    sheet = "Emission Factors Hub"
    cells = xlsx_cells(path, sheet)
    table = 0
    for row in range(1, 1000):
        heading = cells.get(f"B{row}", "")
        if heading.startswith("Table "):
            table = int(heading.split()[1])
        label = cells.get(f"C{row}", "").strip()
        if not label or not 1 <= table <= 10:
            continue
        for column in "DEFGHIJK":
            value = number(cells.get(f"{column}{row}", ""))
            if value is None or (table in (3, 4) and column == "D"):
                continue
            yield Drawn(f"{sheet}!{column}{row}", label, f"table {table}", "", value)


def spend(path: Path) -> Iterator[Drawn]:
    """Every value of a supply-chain CSV; a code and a column are its place."""
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for column, text in row.items():
                if not column.startswith(("Supply Chain Emission", "Margins of")) or not text:
                    continue
                if row["GHG"].endswith("unspecified"):  # CO2e of unnamed gases: in the total alone
                    continue
                place = f"{row['2017 NAICS Code']}, {column}"
                yield Drawn(place, row["2017 NAICS Title"], row["Unit"], row["GHG"], text)


def egrid(path: Path) -> Iterator[Drawn]:
    """CO2 rate of every subregion."""
    for feature in json.loads(path.read_text("utf-8"))["features"]:
        record = feature["properties"]
        rate = record.get("emissionFactor", {}).get("co2EmissionRate", {})
        if record.get("type", "subregion") == "subregion" and rate.get("value") is not None:
            place = f"{record['name']}: emissionFactor.co2EmissionRate.value"
            name = record.get("fullName", record["name"])
            yield Drawn(place, name, rate.get("units", "lb/MWh"), "CO2", str(rate["value"]))


def derived(path: Path) -> Iterator[Drawn]:
    """Each gas of each country of a set of factors in JSON, figures as written."""
    for factor in json.loads(path.read_text("utf-8"), parse_float=str)["factors"]:
        for gas, value in factor["components"].items():
            yield Drawn(factor["region"], factor["activity"], factor["unit"], gas, value)


def _csv(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


def cpcd(path: Path, wanted: str) -> Iterator[Drawn]:
    """Rows of CPCD's core table: a year's grid factors or footprints, or what moves in 2024."""
    what, _, year = wanted.partition("-")
    seen: set[str] = set()
    for row in _csv(path):
        name, code = row["产品名称"], row["产品ID"]
        power = row["碳足迹"].endswith("千瓦时") and code.startswith("17100")
        take = {
            "grid": power and ("平均二氧化碳排放因子" in name or "化石能源电力" in name),
            "footprint": power and "碳足迹因子" in name,
            "moved": code.startswith("17300X") or (
                code[:2] in ("63", "64", "65") and row["数据年份"] == "2024"),
        }[what]  # fmt: skip
        if take and code not in seen and (not year or row["数据年份"] == year):
            seen.add(code)  # some rows stand twice
            number, _, per = row["碳足迹"].partition("CO2e / ")
            value = number.rstrip("gkt")
            yield Drawn(code, name, per, number[len(value) :] + "CO2e", value)


def japan_fuels(path: Path) -> Iterator[Drawn]:
    """Fuels per tonne and kilolitre; gases and refuse-derived fuels are left out."""
    for row in _csv(path):
        if row["unit"] != "千m3" and not row["key"].startswith(("rdf", "rpf", "hydrocarbon")):
            yield Drawn(row["key"], row["name"], row["unit"], "CO2", row["tCO2"])


def japan_scope3(path: Path) -> Iterator[Drawn]:
    """Commuting and tonne-kilometres; waste and travel rest on IDEA and are left out."""
    for row in _csv(path):
        if row["key"].startswith(("commute_", "tonkm_")):
            yield Drawn(row["key"], "", row["unit"], "CO2", row["value"])


def italy(path: Path, wanted: str) -> Iterator[Drawn]:
    """Power or natural gas of Italy by year."""
    for row in _csv(path):
        if ("natural_gas" in row["id"]) == (wanted == "gas"):
            yield Drawn(row["year"], row["source"], row["unit"], row["gas"], row["value"])


def asia(path: Path, wanted: str) -> Iterator[Drawn]:
    """The figures of one country."""
    for row in _csv(path):
        if row["region"] == wanted:
            yield Drawn(row["year"], row["publisher"], row["unit"], row["gas"], row["value"])


def densities(path: Path) -> Iterator[Drawn]:
    """Densities of the UN's yearbook."""
    for row in _csv(path):
        if row["source"].startswith("UNSD"):
            yield Drawn(row["fuel"], row["source"], "kg/L", "", row["density_kg_per_l"])


READERS = {
    "desnz": desnz, "desnz-typed": desnz_typed,
    "epa-hub": epa_hub, "spend": spend, "egrid": egrid, "derived": derived,
    "japan-fuels": japan_fuels, "japan-scope3": japan_scope3, "densities": densities,
    **{f"cpcd-{what}": partial(cpcd, wanted=what) for what in (
        "grid-2021", "grid-2022", "grid-2023", "footprint-2023", "footprint-2024", "moved")},
    **{f"italy-{what}": partial(italy, wanted=what) for what in ("power", "gas")},
    **{f"asia-{place}": partial(asia, wanted=place) for place in ("TW", "SG", "TH")},
}  # fmt: skip


def drawn(folder: Path) -> Iterator[tuple[str, str, Drawn]]:
    """The sample of every file that is in the folder."""
    files = {hashlib.sha256(p.read_bytes()).hexdigest(): p for p in sorted(folder.rglob("*"))
             if p.is_file()}  # fmt: skip
    for file in FILES:
        digest = next((d for d in files if file.sha256 and d.startswith(file.sha256)), None)
        if digest is None:
            sys.stderr.write(f"{file.pack}: its file is not in {folder}\n")
            continue
        values = list(READERS[file.kind](files[digest]))
        picked = random.Random(f"{SEED} {file.pack}").sample(values, file.count)
        for item in sorted(picked, key=values.index):
            yield file.pack, digest[:12], item


def main() -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for pack, digest, item in drawn(Path(sys.argv[1])):
        writer.writerow([pack, digest, *item])


if __name__ == "__main__":
    main()
