"""Annual mean exchange rates of the US Federal Reserve, from a public copy of its series.

The copy states local currency per US dollar. Its annual file has no pound sterling: that is the
mean of the twelve monthly means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    exact,
    lookup,
    read_csv,
    transcription,
    write_pack,
)

_FIRST = 2000  # before it the euro's predecessors and currency reforms
_CURRENCIES = {
    "Australia": "AUD", "Brazil": "BRL", "Canada": "CAD", "China": "CNY", "Denmark": "DKK",
    "Euro": "EUR", "Hong Kong": "HKD", "India": "INR", "Japan": "JPY", "Malaysia": "MYR",
    "Mexico": "MXN", "New Zealand": "NZD", "Norway": "NOK", "Singapore": "SGD",
    "South Africa": "ZAR", "South Korea": "KRW", "Sweden": "SEK", "Switzerland": "CHF",
    "Taiwan": "TWD", "Thailand": "THB",
}  # fmt: skip
_LEFT_OUT = {"Venezuela"}  # redenominated several times, so its years do not compare
_STERLING = "United Kingdom"
_COLUMNS = ("Date", "Country", "Exchange rate")
_VIA = "datasets/exchange-rates, data/{}, commit fa7d949956d1db1d21102654b1f40d64d2568677"
_NOTES = [
    "Local currency per US dollar, mean of the calendar year; other pairs cross through it.",
    "Means of daily noon buying rates. Series that the Federal Reserve states in dollars per unit"
    " (such as the euro) were inverted in the copy and rounded to four decimals.",
    "Pound sterling: the copy's annual file has none; the value is the mean of the twelve monthly"
    " means, rounded to four decimals like them. A year with fewer months is left out.",
    "Years from 2000. Venezuela is left out: its currency was redenominated.",
    "For lines of spend: a line states its amount in the currency of its factor, converted with the"
    " mean of the year it was spent in; an amount in another currency is refused, with the rate's"
    " id.",
]


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack from the annual file and the monthly one.

    Raises:
        ImportSourceError: a file is missing or is not what is expected.
    """
    named = {kind: path for path in files for kind in ("annual", "monthly") if kind in path.name}
    if len(files) != 2 or set(named) != {"annual", "monthly"}:
        raise ImportSourceError("expected two files, annual.csv and monthly.csv")
    annual, monthly = _annual(named["annual"]), _sterling(named["monthly"])
    edition = max(row["year"] for row in annual)
    tables = [
        Table("annual.csv", "exchange_rates", annual),
        Table("sterling.csv", "exchange_rates", monthly, {}, {"evidence": _evidence("monthly")}),
    ]
    return write_pack(folder, _meta(edition), tables)


def _rows(path: Path) -> list[tuple[int, Row, int, int]]:
    """Line, row, year and month of each row."""
    found = []
    for line, row in enumerate(read_csv(path, _COLUMNS), 2):
        match = re.fullmatch(r"(\d{4})-(\d\d)-01", row["Date"])
        if match is None:
            raise ImportSourceError(f"{path.name} line {line}: not a month {row['Date']!r}")
        found.append((line, row, int(match[1]), int(match[2])))
    return found


def _annual(path: Path) -> list[Row]:
    made = []
    for line, row, year, month in _rows(path):
        where = f"{path.name} line {line}"
        if month != 1:
            raise ImportSourceError(f"{where}: expected a year, found {row['Date']!r}")
        if row["Country"] in _LEFT_OUT or year < _FIRST:
            continue
        currency = lookup(_CURRENCIES, row["Country"], where)
        made.append(_row(currency, year, exact(row["Exchange rate"], where), f"line {line}"))
    return sorted(made, key=lambda row: row["id"])


def _sterling(path: Path) -> list[Row]:
    months: dict[int, list[tuple[int, Decimal]]] = {}
    for line, row, year, _ in _rows(path):
        if row["Country"] == _STERLING and year >= _FIRST:
            value = Decimal(exact(row["Exchange rate"], f"{path.name} line {line}"))
            months.setdefault(year, []).append((line, value))
    if not months:
        raise ImportSourceError(f"{path.name}: no rows of {_STERLING}")
    made = []
    for year, found in sorted(months.items()):
        if len(found) != 12:
            continue
        mean = sum((value for _, value in found), Decimal(0)) / 12
        text = str(mean.quantize(Decimal("0.0001"), ROUND_HALF_UP))
        made.append(_row("GBP", year, text, f"lines {found[0][0]}-{found[-1][0]}"))
        made[-1]["note"] = "mean of twelve monthly means"
    return made


def _row(currency: str, year: int, value: str, locator: str) -> Row:
    return {
        "id": f"{currency.lower()}_per_usd.{year}",
        "currency": currency,
        "year": str(year),
        "value": value,
        "unit": f"{currency}/USD",
        "locator": locator,
    }


def _evidence(kind: str) -> Meta:
    table = "H.10 / G.5A annual means" if kind == "annual" else "G.5 monthly means"
    return transcription("A", f"Federal Reserve {table}", _VIA.format(f"{kind}.csv"))


def _meta(edition: str) -> Meta:
    return {
        "pack": f"fx-fed-{edition}",
        "publisher": "fx-fed",
        "edition": edition,
        "version": "1.1",
        "supersedes": f"fx-fed-{edition}@1.0",
        "title": f"Annual mean exchange rates to the US dollar, 2000 to {edition}",
        "organisation": "Board of Governors of the Federal Reserve System",
        "licence": "PDDL-1.0",
        "year_rule": "any",
        "evidence": _evidence("annual"),
        "notes": _NOTES,
    }
