"""Spend, brought to the money that its factor is per: VAT, exchange, prices, price basis.

Technical Guidance, formula 1.5 (category 1) and those of the other categories; an environmentally
extended input-output factor is per money of one currency at the prices of one year.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, Protocol

from pydantic import Field, model_validator

from ghgcalc.core.numbers import in_full
from ghgcalc.core.printed_units import unit_steps
from ghgcalc.core.schema import Amount, Model, Number, PathTexts, Share, Text, Year, refuse
from ghgcalc.core.step import Step
from ghgcalc.core.unit_table import CURRENCIES
from ghgcalc.core.units import Quantity, Unit, parse_unit
from ghgcalc.core.vocabulary.scope_3_methods import METHODS_OF, SPEND_BASED
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.factors.money import economy_of
from ghgcalc.methods.per_unit import Method, PerUnit, cited

if TYPE_CHECKING:
    from typing import Any

    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.factors.model import Factor, Prices
    from ghgcalc.factors.money import MoneyRow, MoneySeries

CODE = "spend-not-converted"
Basis = Literal["basic", "producer", "purchaser"]
_ORDER = ("basic", "producer", "purchaser")  # each holds what the one before does, and more
_SERIES = {"gdp_deflator": "GDP deflator", "cpi": "consumer prices"}


class PriceIndex(Model):
    """Which price level brings spend to the prices of its factor: of the packs, or own values."""

    series: Literal["gdp_deflator", "cpi"] | None = None
    region: Text | None = None
    values: Annotated[dict[Year, Number], Field(min_length=2)] | None = None

    @model_validator(mode="after")
    def _one_series(self) -> PriceIndex:
        if (self.values is None) == (self.series is None and self.region is None):
            raise refuse(
                "missing-key" if self.values is None else "conflicting-keys",
                "`price_index` names no series, or one beside own values",
                "state `series:`, or `values:` of the years",
            )
        if self.values is not None and min(self.values.values()) <= 0:
            raise refuse("out-of-bounds", "an index is not above zero", "correct it")
        return self


class Spend(Model):
    """Money spent, and at which prices; the rows of a table state the amount."""

    amount: Amount | None = None
    year: Year | Literal["period"]
    price_basis: Basis
    vat: Literal["excluded", "included"]
    vat_rate: Share | None = None
    margin_share: Share | None = None
    exchange_rate: Amount | None = None
    price_index: PriceIndex | None = None
    source: Text | None = None
    evidence: PathTexts = ()

    @model_validator(mode="after")
    def _sound(self) -> Spend:
        if self.amount is not None and self.amount.unit.dimension not in CURRENCIES:
            text = f"`amount` is in {self.amount.unit.text}, no money"
            raise refuse("unit-mismatch", text, "write a currency, such as `12_400 CNY`")
        rate = self.exchange_rate
        if rate is not None and not (set(_pair(rate)) <= CURRENCIES and len(set(_pair(rate))) == 2):
            text = f"`exchange_rate` {rate} is no money per money"
            raise refuse("unit-mismatch", text, "write it as in `7.08 CNY/USD`")
        if rate is not None and rate.number <= 0:
            raise refuse("out-of-bounds", "`exchange_rate` is not above zero", "correct it")
        for key in ("vat_rate", "margin_share"):
            share = getattr(self, key)
            if share is not None and not 0 <= share < 1:
                hint = f"write `{key}: …%`"
                raise refuse("out-of-bounds", f"`{key}` is not between 0 and 100 %", hint)
        own = next((key for key, value in (
            ("exchange_rate", rate), ("margin_share", self.margin_share),
            ("price_index", self.price_index.values if self.price_index else None),
        ) if value is not None), "")  # fmt: skip
        if own and not self.evidence and self.source is None:
            text = f"`{own}` of `spend` does not say where it comes from"
            raise refuse("missing-key", text, "add `source: …` or `evidence: …`")
        return self

    def terms(self, year: int) -> SpendTerms:
        """What the question of a line holds; `year` is that of its period."""
        index = self.price_index or PriceIndex(series="gdp_deflator")
        return SpendTerms(
            year if self.year == "period" else self.year,
            self.price_basis,
            self.vat,
            self.vat_rate,
            self.margin_share,
            self.exchange_rate,
            index.series or "gdp_deflator",
            index.region or "",
            tuple(sorted(index.values.items())) if index.values else (),
            self.price_index is not None,
            cited(self.source, self.evidence) if self.source else ", ".join(self.evidence),
        )


class SpendTerms(NamedTuple):
    """The year, price basis and VAT of spend, and what the line states of its way to a factor.

    Attributes:
        series, region: of the packs' price changes; "" is that of the factor's currency.
        levels: own price level by year.
        indexed: whether the line states `price_index:`.
        source: of the line's own values.
    """

    year: int
    basis: str
    vat: str
    vat_rate: Fraction | None = None
    margin_share: Fraction | None = None
    exchange_rate: Quantity | None = None
    series: str = "gdp_deflator"
    region: str = ""
    levels: tuple[tuple[int, Any], ...] = ()
    indexed: bool = False
    source: str = ""


class NotConverted(NamedTuple):
    """What is in the way of spend to the money of a factor, what would help, and what it lacks.

    Attributes:
        pair: currencies of which no rate of the year is known.
        changes: the series, region, first and last year of missing price changes.
    """

    text: str
    hint: str
    pair: tuple[str, str] | None = None
    changes: tuple[Any, ...] = ()


_Found = tuple[Step, ...] | NotConverted


def money_steps(
    terms: SpendTerms, unit: Unit, factor: Factor, series: MoneySeries
) -> tuple[tuple[Step, ...], tuple[NotConverted, ...]]:
    """From spend to the money of a factor as printed steps, or all that is in the way."""
    per, prices = factor.per, factor.prices
    if per.dimension not in CURRENCIES:
        return (), (NotConverted(f"is per {per.text}, no money", "remove `spend:`"),)
    if prices is None:
        text = f"is per {per.text} of prices whose year and basis its pack does not state"
        hint = "state `prices: {year: …, basis: …, vat: …}` in the pack"
        return (), (NotConverted(text, hint),)
    found: list[_Found] = [
        _vat(terms, prices, unit),
        _exchanged(terms, unit, per, series),
        _deflated(terms, factor, prices, series),
        _based(terms, prices, per),
    ]
    problems = tuple(each for each in found if isinstance(each, NotConverted))
    steps = tuple(step for each in found if not isinstance(each, NotConverted) for step in each)
    return (() if problems else steps), problems


def _vat(terms: SpendTerms, prices: Prices, unit: Unit) -> _Found:
    rate = terms.vat_rate
    if terms.vat == prices.vat:
        return () if rate is None else _idle(
            "vat_rate", f"its factor's prices have VAT {prices.vat} as well")  # fmt: skip
    if rate is None:
        text = f"has prices with VAT {prices.vat}, the spend is with VAT {terms.vat}"
        return NotConverted(text, "state `vat_rate: …%` under `spend:`")
    shown = f"(100 % + {in_full(rate * 100)} %)"
    if terms.vat == "included":
        return (Step(1 / (1 + rate), f"÷ {shown}", unit.text, "without recoverable VAT"),)
    return (Step(1 + rate, shown, unit.text, "with VAT, as the factor's prices"),)


def _exchanged(terms: SpendTerms, unit: Unit, per: Unit, series: MoneySeries) -> _Found:
    have, want = unit.dimension, per.dimension
    if have == want:
        if terms.exchange_rate is not None:
            return _idle("exchange_rate", f"spend and factor are both in {want}")
        return unit_steps(unit, per)
    first, last = unit_steps(unit, parse_unit(have)), unit_steps(parse_unit(want), per)
    rate = terms.exchange_rate
    if rate is not None:
        if set(_pair(rate)) != {have, want}:
            text = f"is per {want}, the spend in {have}, and `exchange_rate` in {rate.unit.text}"
            return NotConverted(text, f"state it as `… {have}/{want}`")
        source = f"exchange rate of {terms.year}: {terms.source}"
        size = rate.value * rate.unit.size
        return (*first, _exchange(size, str(rate), _pair(rate), want, source), *last)
    rows = series.rates(have, want, terms.year)
    if not rows:
        return NotConverted(
            f"is per {want}, and no pack has the mean rate of {terms.year} from {have}",
            f"state `exchange_rate: … {have}/{want}` under `spend:`",
            pair=(have, want),
        )
    steps, at = [], have
    for row in rows:
        over, _, under = row.unit.partition("/")
        at = under if at == over else over
        source = f"mean exchange rate of {row.year}: {row.source}"
        shown = f"{in_full(row.amount)} {row.unit}"
        steps.append(_exchange(row.amount, shown, (over, under), at, source, row.ref))
    return (*first, *steps, *last)


def _exchange(
    rate: Fraction, shown: str, pair: tuple[str, ...], want: str, source: str, ref: str = ""
) -> Step:
    """One step to a currency by units of the pair's first per its second."""
    if pair[1] == want:
        return Step(1 / rate, f"÷ {shown}", want, source, ref)
    return Step(rate, shown, want, source, ref)


def _deflated(terms: SpendTerms, factor: Factor, prices: Prices, series: MoneySeries) -> _Found:
    """The price level of the factor's money: index of its year ÷ index of the spend's."""
    currency = factor.per.dimension
    if terms.year == prices.year:
        return () if not terms.indexed else _idle(
            "price_index", f"spend and factor are both at prices of {prices.year}")  # fmt: skip
    if terms.levels:
        levels = dict(terms.levels)
        missing = [str(year) for year in (terms.year, prices.year) if year not in levels]
        if missing:
            text = f"is at prices of {prices.year}, and `price_index` has no {missing[0]}"
            return NotConverted(text, f"add `{missing[0]}:` to its `values:`")
        before, after = (Fraction(levels[year]) for year in (terms.year, prices.year))
        shown = f"{in_full(after)} ÷ {in_full(before)}"
        source = f"prices of {prices.year}: {terms.source}"
        return (Step(after / before, shown, currency, source),)
    region = terms.region or economy_of(currency, factor.region)
    first, last = sorted((terms.year, prices.year))
    rows = series.changes(terms.series, region, first, last)
    if not rows:
        what = f"{_SERIES[terms.series]} of {region} from {terms.year} to {prices.year}"
        return NotConverted(
            f"is at prices of {prices.year}, and no pack has all of the {what}",
            f"state `price_index: {{values: {{{first}: …, {last}: …}}}}` under `spend:`",
            changes=(region, first, last),
        )
    back = terms.year > prices.year
    return tuple(_change(row, currency, back=back) for row in (reversed(rows) if back else rows))


def _change(row: MoneyRow, currency: str, *, back: bool) -> Step:
    """The prices of a year on those of the year before, or the other way round."""
    level = 1 + row.amount / 100
    sign = "−" if row.amount < 0 else "+"
    shown = f"(100 % {sign} {in_full(abs(row.amount))} %)"
    year, series = row.year - 1 if back else row.year, _SERIES.get(row.series, row.series)
    source = f"prices of {year}, {series} of {row.region}: {row.source}"
    if back:
        return Step(1 / level, f"÷ {shown}", currency, source, row.ref)
    return Step(level, shown, currency, source, row.ref)


def _based(terms: SpendTerms, prices: Prices, per: Unit) -> _Found:
    """Trade margins, transport and taxes that one of the two prices holds and the other does not.

    The share is of the higher price.
    """
    share = terms.margin_share
    if terms.basis == prices.basis:
        return () if share is None else _idle(
            "margin_share", f"spend and factor are both at {prices.basis} prices")  # fmt: skip
    if share is None:
        text = f"is per {per.text} at {prices.basis} prices, the spend at {terms.basis} prices"
        return NotConverted(text, "state `margin_share: …%` under `spend:`, the share of trade"
                            " margins, transport and taxes in the higher price")  # fmt: skip
    shown = f"(100 % − {in_full(share * 100)} %)"
    source = f"{terms.basis} to {prices.basis} prices: {terms.source}"
    if _ORDER.index(terms.basis) > _ORDER.index(prices.basis):
        return (Step(1 - share, shown, per.text, source),)
    return (Step(1 / (1 - share), f"÷ {shown}", per.text, source),)


def _idle(key: str, why: str) -> NotConverted:
    return NotConverted(f"leaves `{key}` of `spend` aside: {why}", f"remove `{key}`")


def _pair(rate: Quantity) -> tuple[str, ...]:
    return tuple(rate.unit.dimension.split("/"))


class _Keys(Protocol):
    spend: Spend | None


def _expand(amount: PerUnit, keys: _Keys, _: FactorCatalog) -> tuple[PerUnit, ...]:
    """Money stays money: its way to a factor is that of the factor, which is not known here."""
    if keys.spend is not None and amount.unit.dimension not in CURRENCIES:
        raise ConversionError(
            "unit-mismatch",
            f"`spend` of a quantity in {amount.unit.text}, no money",
            "state the amount in a currency",
        )
    return (amount,)


def _amount(line: Any) -> Quantity | None:
    return None if line.spend is None else line.spend.amount


SPEND = Method(
    "spend", ("spend",), tuple(name for name, words in METHODS_OF.items() if SPEND_BASED in words),
    expand=_expand, amount=_amount, amount_key="spend", words=(SPEND_BASED,),
)  # fmt: skip
