"""Seeds that the commands themselves write: locks, saved inventories, templates; and tables."""

from __future__ import annotations

import gzip
import io
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from .child import Limits, run
from .parquet_seeds import PARQUETS
from .seeds import COMPANY, ROOT, Seed, Source, read_folder, write_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .seeds import Files, Words

_SAVED = (
    ("compute", COMPANY, "-o", "saved.json"),
    ("compute", COMPANY, "-o", "saved.xlsx"),
    ("compute", COMPANY, "-o", "values.xlsx", "--values-only"),
)
_OF_SAVED: tuple[Words, ...] = (
    ("verify", "{file}", COMPANY),
    ("verify", "{file}", COMPANY, "--format", "json"),
    ("diff", "{file}", COMPANY),
    ("diff", COMPANY, "{file}", "--format", "json"),
    ("diff", "{file}", COMPANY, "-o", "change.xlsx"),
)
_OF_TEMPLATE: tuple[Words, ...] = (
    ("import", "site.xlsx", COMPANY),
    ("import", "site.xlsx", COMPANY, "-o", "sites/new.yaml"),
)
_OF_LOCK: tuple[Words, ...] = (
    ("lock", COMPANY, "--dry-run"),
    ("lock", COMPANY),
    ("lock", COMPANY, "--upgrade"),
    ("check", COMPANY, "--locked"),
    ("compute", COMPANY, "--locked"),
)
_OF_MAPPING: tuple[Words, ...] = (
    ("factors", "import", "table", "mapping.yaml", "{file}", "-o", "out"),
    ("factors", "import", "table", "mapping.yaml", "{file}", "-o", "out", "--diagnostics", "json"),
)
_LIMITS = Limits(cpu=60, wall=120)
_HERE = Path(__file__).parent


def made() -> list[Source]:
    """Every seed that has to be written first."""
    found = [Source("lock", name, partial(_lock, name)) for name in ("minimal", "opulent")]
    found += [
        Source("saved", f"{name}-{words[3]}", partial(_saved, name, words))
        for name in ("minimal", "opulent") for words in _SAVED
    ]  # fmt: skip
    found += [
        Source("template", name, partial(_template, name, site))
        for name, site in (("minimal", "leeds"), ("opulent", "kunshan"))
    ]
    found += [Source("table", name, partial(_table, name)) for name in _TABLES]
    found += [Source("table", f"parquet-{name}", partial(_parquet, name)) for name in PARQUETS]
    return found + [Source("mapping", name, partial(_mapping, name)) for name in _GRIDS]


def _after(files: Files, commands: tuple[Words, ...]) -> Files:
    """A project with what some commands wrote into it."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        write_folder(files, folder)
        for words in commands:
            done = run(words, folder, _LIMITS)
            if done.exit != 0:
                raise SystemExit(f"seed: ghgcalc {' '.join(words)} ended with {done}")
        return read_folder(folder)
    finally:
        shutil.rmtree(folder)


def _example(name: str) -> Files:
    return read_folder(ROOT / "examples" / name)


def _lock(name: str) -> Seed:
    files = _after(_example(name), (("lock", COMPANY),))
    return Seed(name, "lock", files, ("ghgcalc.lock",), _OF_LOCK, rich=False)


def _saved(name: str, words: Words) -> Seed:
    saved = words[3]
    files = _after(_example(name), (words,))
    commands = tuple(tuple(w.format(file=saved) for w in of) for of in _OF_SAVED)
    return Seed(f"{name}-{saved}", "saved", files, (saved,), commands, rich=False)


def _template(name: str, site: str) -> Seed:
    asks = ("template", COMPANY, "-o", "site.xlsx", "--facility", site, "--period", "2024")
    files = {"sites/kept.txt": b"kept\n", **_after(_example(name), (asks,))}
    return Seed(name, "template", files, ("site.xlsx",), _OF_TEMPLATE, rich=False)


# ---- tables -------------------------------------------------------------------------------------

_BILLS = """\
ghgcalc: 1
organization: {name: A, country: GB, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz-2024]
facilities: {leeds: {country: GB}, york: {country: GB}}
tables:
  bills:
    files: data/bills.*
    columns: {facility: site, item: what, quantity: amount, unit: unit, from: start, to: end}
    items:
      power: {category: purchased_electricity}
      diesel: {category: mobile_combustion, fuel: diesel}
    names: {unit: {kwh: kWh, l: L}}
"""
_HEAD = ("site", "what", "amount", "unit", "start", "end")
_ROWS = [
    (site, what, str(100 + 7 * month), unit, f"2024-{month:02}-01", f"2024-{month:02}-28")
    for month in range(1, 7)
    for site, what, unit in (("leeds", "power", "kwh"), ("york", "diesel", "l"))
]


def _csv() -> bytes:
    return "".join(",".join(row) + "\n" for row in [_HEAD, *_ROWS]).encode()


def _bills(name: str, suffix: str, content: bytes) -> Seed:
    table = f"data/bills.{suffix}"
    files = {COMPANY: _BILLS.encode(), table: content}
    return Seed(name, "table", files, (table, table, COMPANY))


def _table(suffix: str) -> Seed:
    return _bills(suffix, suffix, _TABLES[suffix]())


def _packed() -> bytes:
    return gzip.compress(_csv(), mtime=0)


def _sheet() -> bytes:
    return _workbook(
        [_HEAD, *([int(text) if text.isdigit() else text for text in row] for row in _ROWS)]
    )


_TABLES = {"csv": _csv, "csv.gz": _packed, "xlsx": _sheet}


def _workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """Rows as a workbook, the same bytes in every run."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.set_properties({"created": datetime(2024, 1, 1)})  # noqa: DTZ001 - Excel has no zones
    sheet = book.add_worksheet("Sheet")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return made.getvalue()


def _parquet(name: str) -> Seed:
    """The table in Parquet, in some column types; written in a process of its own.

    The engine starts threads, and a process with threads must not be forked.
    """
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "bills.csv").write_bytes(_csv())
        words = [sys.executable, str(_HERE / "parquet_seeds.py"), folder, name]
        subprocess.run(words, check=True)
        content = Path(folder, f"{name}.parquet").read_bytes()
    return _bills(f"parquet-{name}", "parquet", content)


# ---- mappings -----------------------------------------------------------------------------------

_MAPPING = """\
pack:
  pack: made-up
  version: "1"
  title: Made-up grid factors
  licence: none, invented numbers
  year_rule: data_year
tables:
  - file: electricity.csv
    kind: {kind}
    columns: {{region: Country, year: Year}}
    constants: {{category: purchased_electricity, kind: grid_average, per: kWh}}
    names: {{region: {{France: FR, Spain: ES}}}}
    gases:
      CO2: {{column: CO2 (g/kWh), unit: g}}
      CH4: {{column: CH4 (g/kWh), unit: g}}
    blank: [".."]
    templates: {{id: "grid.{{region}}.{{year}}.kwh"}}
"""
_GRID = [("Country", "Year", "CO2 (g/kWh)", "CH4 (g/kWh)"), ("France", "2021", "111.50", "0.0125"),
         ("Spain", "2021", "222.25", "..")]  # fmt: skip


def _grid_csv() -> bytes:
    return "".join(",".join(row) + "\n" for row in _GRID).encode()


def _grid_xlsx() -> bytes:
    return _workbook(_GRID)


def _grid_xls() -> bytes:
    return (_HERE / "grid.xls").read_bytes()


_GRIDS = {
    "csv": ("csv", _grid_csv), "xlsx": ("xlsx\n    sheet: Sheet", _grid_xlsx),
    "xls": ("xls\n    sheet: Factors\n    header: 2", _grid_xls),
}  # fmt: skip
_IMPORTERS = ("desnz", "egrid", "epa-hub", "epa-supply-chain", "fx-fed", "national-grids")


def _mapping(suffix: str) -> Seed:
    kind, content = _GRIDS[suffix]
    table = f"grid.{suffix}"
    files = {"mapping.yaml": _MAPPING.format(kind=kind).encode(), table: content()}
    commands = tuple(tuple(w.format(file=table) for w in of) for of in _OF_MAPPING) * 3
    commands += tuple(("factors", "import", name, table, "-o", "out") for name in _IMPORTERS)
    return Seed(suffix, "mapping", files, (table, "mapping.yaml"), commands, rich=False)
