"""The core table of CPCD (China Products Carbon Footprint Factors Database), a CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ghgcalc.factors.importers.common import ImportSourceError, read_csv

COLUMNS = ("产品ID", "产品名称", "核算边界", "碳足迹", "数据年份", "数据类型")
_VALUE = re.compile(r"(?P<value>-?\d+(?:\.\d+)?)(?P<amount>(?:g|kg|t)CO2e) / (?P<per>.+)")


class Product(NamedTuple):
    """One row: id, name, boundary, value as printed, its mass, what it is per, year, and line."""

    id: str
    name: str
    boundary: str
    value: str
    amount: str
    per: str
    year: str
    line: int


def is_cpcd(path: Path) -> bool:
    """Whether a file begins with the headings of CPCD."""
    try:
        with path.open(encoding="utf-8-sig") as stream:
            return stream.readline().startswith(f"{COLUMNS[0]},{COLUMNS[1]}")
    except (OSError, UnicodeDecodeError):
        return False


def read(path: Path) -> Iterator[Product]:
    """Every row.

    Raises:
        ImportSourceError: a footprint is not a mass of CO2e per something.
    """
    for number, row in enumerate(read_csv(path, COLUMNS), start=2):
        match = _VALUE.fullmatch(row["碳足迹"].strip())
        if match is None:
            raise ImportSourceError(f"{path.name} row {number}: {row['碳足迹']!r} is no footprint")
        yield Product(
            row["产品ID"], row["产品名称"].strip(), row["核算边界"], match["value"],
            match["amount"], match["per"], row["数据年份"], number,
        )  # fmt: skip
