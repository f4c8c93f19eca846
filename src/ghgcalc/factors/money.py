"""Mean exchange rates and price changes of packs, by currencies, economies and years.

Rates are units of one currency per another; pairs that no pack prints cross through a third one of
the same pack. Price changes are those of a year against the year before, in percent.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from ghgcalc.core.numbers import parse_factor_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.factors.pack import Pack

RATES: Final = "exchange_rates"
CHANGES: Final = "price_indices"
# the economy whose prices a currency's are, by the World Bank's codes
ECONOMIES: Final = {
    "AED": "ARE", "AUD": "AUS", "BRL": "BRA", "CAD": "CAN", "CHF": "CHE", "CNY": "CHN",
    "CZK": "CZE", "DKK": "DNK", "EUR": "EMU", "GBP": "GBR", "HKD": "HKG", "HUF": "HUN",
    "IDR": "IDN", "ILS": "ISR", "INR": "IND", "JPY": "JPN", "KRW": "KOR", "MXN": "MEX",
    "MYR": "MYS", "NOK": "NOR", "NZD": "NZL", "PHP": "PHL", "PLN": "POL", "RON": "ROU",
    "SEK": "SWE", "SGD": "SGP", "THB": "THA", "TRY": "TUR", "TWD": "TWN", "USD": "USA",
    "VND": "VNM", "ZAR": "ZAF",
}  # fmt: skip
_EURO: Final = {
    "AT": "AUT", "BE": "BEL", "CY": "CYP", "DE": "DEU", "EE": "EST", "ES": "ESP", "FI": "FIN",
    "FR": "FRA", "GR": "GRC", "HR": "HRV", "IE": "IRL", "IT": "ITA", "LT": "LTU", "LU": "LUX",
    "LV": "LVA", "MT": "MLT", "NL": "NLD", "PT": "PRT", "SI": "SVN", "SK": "SVK",
}  # fmt: skip


class MoneyRow(NamedTuple):
    """A mean rate or a price change as a pack prints it.

    Attributes:
        ref: the `pack/id`.
        year: the year of the mean, or the one whose prices are compared with the year before.
        written: units of the first currency per the second, or percent, as printed; of the
            thousands of a pack the few that are taken are read as numbers.
        unit: `CNY/USD`, or `%`.
        series, region: of a price change; "" of a rate.
        source: the pack and the place in its source, in words.
    """

    ref: str
    year: int
    written: str
    unit: str
    series: str = ""
    region: str = ""
    source: str = ""

    @property
    def value(self) -> Decimal:
        """The value as a decimal."""
        return parse_factor_number(self.written)

    @property
    def amount(self) -> Fraction:
        """The value, exact."""
        return Fraction(self.value)


_COLUMNS = ("id", "year", "value", "unit", "series", "region", "locator")
_Key = tuple[str, str, int]  # unit or series, region, year


@dataclass(frozen=True, slots=True)
class MoneySeries:
    """Rates and price changes by source; those of the first source that has all it takes serve."""

    sources: tuple[Mapping[_Key, MoneyRow], ...] = ()

    @classmethod
    def of(cls, rows: Iterable[MoneyRow]) -> MoneySeries:
        """One source."""
        return cls(({(row.series or row.unit, row.region, row.year): row for row in rows},))

    @classmethod
    def of_pack(cls, pack: Pack) -> MoneySeries:
        """One pack."""
        return cls.of(_rows(pack))

    def then(self, other: MoneySeries) -> MoneySeries:
        """These sources, and those of another behind them."""
        return MoneySeries((*self.sources, *other.sources))

    def named(self, ref: str) -> MoneyRow | None:
        """The row of a `pack/id`."""
        rows = (row for source in self.sources for row in source.values())
        return next((row for row in rows if row.ref == ref), None)

    def rates(self, have: str, want: str, year: int) -> tuple[MoneyRow, ...]:
        """The rate or the two that lead from one currency to another; none where none do."""
        for source in self.sources:
            found = _direct(source, have, want, year) or _crossed(source, have, want, year)
            if found:
                return found
        return ()

    def changes(self, series: str, region: str, first: int, last: int) -> tuple[MoneyRow, ...]:
        """The price changes of every year after `first` up to `last`; none where one is missing."""
        years = range(first + 1, last + 1)
        for source in self.sources:
            rows = [source.get((series, region, year)) for year in years]
            found = tuple(row for row in rows if row is not None)
            if len(found) == len(rows):
                return found
        return ()


def _direct(
    source: Mapping[_Key, MoneyRow], have: str, want: str, year: int
) -> tuple[MoneyRow, ...]:
    pairs = (f"{have}/{want}", f"{want}/{have}")
    return tuple(source[pair, "", year] for pair in pairs if (pair, "", year) in source)[:1]


def _crossed(
    source: Mapping[_Key, MoneyRow], have: str, want: str, year: int
) -> tuple[MoneyRow, ...]:
    """Over the currency that both are printed per."""
    for through in ECONOMIES:
        first = source.get((f"{have}/{through}", "", year))
        second = source.get((f"{want}/{through}", "", year))
        if first is not None and second is not None:
            return first, second
    return ()


def series_of(catalog: FactorCatalog) -> MoneySeries:
    """The rates and price changes of the packs of a file, in its order."""
    found = MoneySeries()
    for pack in catalog.searched:
        if pack.holding(RATES) or pack.holding(CHANGES):
            key = (pack.info.id, "money")
            if key not in catalog.values:
                catalog.values[key] = [MoneySeries.of_pack(pack)]
            found = found.then(catalog.values[key][0])
    return found


def _rows(pack: Pack) -> Iterator[MoneyRow]:
    title = pack.header.title
    for holds in (RATES, CHANGES):
        for table in pack.holding(holds):
            texts = table.texts
            blank = [""] * len(texts["id"])
            columns = (texts.get(name) or blank for name in _COLUMNS)
            other = str(table.table.year or pack.header.year or 0)
            for name, year, written, unit, series, region, place in zip(*columns, strict=True):
                yield MoneyRow(
                    f"{pack.info.id}/{name}", int(year or other), written, unit,
                    series if holds == CHANGES else "", region if holds == CHANGES else "",
                    f"{title}, {place}" if place else title,
                )  # fmt: skip


def economy_of(currency: str, region: str) -> str:
    """Whose price level money is at, by the World Bank's code; of euros, the factor's country."""
    if currency == "EUR":
        return _EURO.get(region.partition("-")[0], ECONOMIES[currency])
    return ECONOMIES[currency]
