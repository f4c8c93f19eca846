"""Annual changes of prices of the World Bank: GDP deflator and consumer prices."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    exact,
    read_csv,
    transcription,
    write_pack,
)

_FIRST = 2000
_SERIES = {  # indicator code -> series and name as printed
    "NY.GDP.DEFL.KD.ZG": ("gdp_deflator", "Inflation, GDP deflator (annual %)"),
    "FP.CPI.TOTL.ZG": ("cpi", "Inflation, consumer prices (annual %)"),
}
_COLUMNS = ("Country Name", "Country Code", "Indicator Name", "Indicator Code", str(_FIRST))
_VIA = "datasets/inflation, archive/{}.csv, commit fc1dbea68842b3606d00019f5ed3788466f84adc"
_NOTES = [
    "Change of the price level against the year before, in percent, as printed. The index of a year"
    " is the one before times (1 + change / 100), over years that are all there.",
    "Regions are the World Bank's three-letter codes, aggregates such as AFE among them.",
    "Deflate with the series of the factor's country, after conversion to its currency.",
    "Read from the archive files, which name their indicator: the two main files of the copy hold"
    " each other's series.",
    "Years from 2000; a blank is no value.",
    "For lines of spend: an amount of another year than the price year of its factor is deflated to"
    " it and stated under that year, or says by `accept: earlier_year` that it is not.",
]


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack from one file per indicator.

    Raises:
        ImportSourceError: a file is missing, or holds another indicator than it says.
    """
    named = {code: path for path in files for code in _SERIES if code in path.name}
    if len(files) != len(_SERIES) or set(named) != set(_SERIES):
        raise ImportSourceError(f"expected the files of {' and '.join(_SERIES)}")
    tables, years = [], []
    for code, (series, name) in _SERIES.items():
        rows = _rows(named[code], code, name)
        years += [row["year"] for row in rows]
        overrides = {"evidence": transcription("A", f"{code}, {name}", _VIA.format(code))}
        shared = {"series": series, "unit": "%"}
        tables.append(Table(f"{series}.csv", "price_indices", rows, shared, overrides))
    return write_pack(folder, _meta(max(years)), tables)


def _rows(path: Path, code: str, name: str) -> list[Row]:
    made = []
    series = _SERIES[code][0]
    for line, row in enumerate(read_csv(path, _COLUMNS), 2):
        if (row["Indicator Code"], row["Indicator Name"]) != (code, name):
            raise ImportSourceError(f"{path.name} line {line}: is {row['Indicator Code']}")
        region = row["Country Code"]
        for year in sorted(key for key in row if key.isdigit() and int(key) >= _FIRST):
            if not row[year]:
                continue
            value = exact(row[year], f"{path.name} line {line}, column {year}")
            one = {"id": f"{series}.{region.lower()}.{year}", "name": row["Country Name"]}
            one |= {"region": region, "year": year, "value": value}
            made.append({**one, "locator": f"line {line}, column {year}"})
    return made


def _meta(edition: str) -> Meta:
    return {
        "pack": f"price-index-worldbank-{edition}",
        "publisher": "price-index-worldbank",
        "edition": edition,
        "version": "1.1",
        "supersedes": f"price-index-worldbank-{edition}@1.0",
        "title": f"Annual change of GDP deflators and consumer prices, 2000 to {edition}",
        "organisation": "World Bank",
        "licence": "CC-BY-4.0",
        "attribution": "The World Bank",
        "year_rule": "any",
        "evidence": transcription("A", " and ".join(_SERIES), _VIA.format("*")),
        "notes": _NOTES,
    }
