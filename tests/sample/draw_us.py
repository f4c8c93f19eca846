"""Draw the sample of the later US packs again, from the files that they were made of.

`python tests/sample/draw_us.py FOLDER > tests/sample/cells_us.csv`

Nothing of the importers is used: CSV is split by hand, JSON read with numbers as text. A file is
known by the first digits of its SHA-256, whatever its name.
"""

from __future__ import annotations

import csv
import hashlib
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SEED = 20261128
COLUMNS = ("pack", "sha256", "place", "what", "value")
_FIELD = re.compile(r'(?:^|,)(?:"([^"]*)"|([^,]*))')


class Drawn(NamedTuple):
    """One printed value: where it stands, what it is of, and its text."""

    place: str
    what: str
    value: str


class File(NamedTuple):
    """A file: the pack made of it, how it is read, how many values are drawn."""

    pack: str
    sha256: str
    kind: str
    count: int


FILES = (
    File("epa-import-2019", "1922fac5d624", "imports", 120),
    File("cornerstone-2026", "2cc91b299d98", "table_6", 20),
    File("cornerstone-2026", "9f7e8d032ff4", "table_10", 4),
    File("egrid-2023", "21e9e92b9225", "reading", 16),
)


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        yield number, [quoted or plain for quoted, plain in _FIELD.findall(line)]


def imports(path: Path) -> Iterator[Drawn]:
    """Every value of the regional file, zeros among them: region, sector, line and flow."""
    for number, cells in _lines(path):
        if number > 1:
            yield Drawn(f"{cells[0]} {cells[1]}, line {number}", cells[6], cells[9])


def table_6(path: Path) -> Iterator[Drawn]:
    """Rates and losses of every subregion."""
    heads: list[str] = []
    for number, cells in _lines(path):
        if number == 1:
            heads = cells
            continue
        for head, text in zip(heads[2:], cells[2:], strict=True):
            yield Drawn(f"table 6, {cells[0]}", head, text)


def table_10(path: Path) -> Iterator[Drawn]:
    """Gases of the flights that changed."""
    for number, cells in _lines(path):
        if number > 1:
            for head, text in zip(("co2_kg", "ch4_g", "n2o_g"), cells[1:4], strict=True):
                yield Drawn(f"table 10, {cells[0]}", head, text)


def reading(path: Path) -> Iterator[Drawn]:
    """Kilograms of the metric workbook, by subregion and gas."""
    for factor in json.loads(path.read_text("utf-8"), parse_float=str)["factors"]:
        for gas, kilograms in factor["components"].items():
            yield Drawn(factor["sourceReference"].rpartition(" ")[2], gas, kilograms)


READERS = {"imports": imports, "table_6": table_6, "table_10": table_10, "reading": reading}


def main() -> None:
    """Write the sample of the files in a folder."""
    paths = [path for path in sorted(Path(sys.argv[1]).rglob("*")) if path.is_file()]
    digests = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in paths}
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for file in FILES:
        digest = next(known for known in digests if known.startswith(file.sha256))
        values = list(READERS[file.kind](digests[digest]))
        picked = random.Random(f"{SEED} {file.pack} {file.kind}").sample(values, file.count)
        for item in sorted(picked, key=values.index):
            writer.writerow([file.pack, digest[:12], *item])


if __name__ == "__main__":
    main()
