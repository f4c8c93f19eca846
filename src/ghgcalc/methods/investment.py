"""Investments: our share of what an investee or a project emits (Technical Guidance, category 15).

Attribution by outstanding amount as public summaries of the PCAF standard give it: of enterprise
value including cash (listed companies), of equity and debt, of the property's value.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal, Protocol

from pydantic import model_validator

from ghgcalc.core.numbers import grouped, in_full
from ghgcalc.core.schema import Integer, Model, Number, PathTexts, refuse
from ghgcalc.core.step import Step
from ghgcalc.core.unit_table import CURRENCIES
from ghgcalc.methods.allocation import TakenShare
from ghgcalc.methods.per_unit import Method, cited

if TYPE_CHECKING:
    from ghgcalc.core.units import Quantity, Unit

CATEGORY = "investments"
Type = Literal["equity", "listed_equity", "bond", "business_loan", "project_finance", "property"]
# what our amount is a share of; named in the step
_OF: dict[str, str] = {
    "equity": "share of equity",
    "listed_equity": "outstanding of enterprise value including cash",
    "bond": "outstanding of enterprise value including cash",
    "business_loan": "outstanding of equity and debt",
    "project_finance": "share of the project's equity and debt",
    "property": "outstanding of the property's value at origination",
}
BEST, WORST = 1, 5


class Investment(Model):
    """What we hold: its type, our share, and the quality of the investee's data (1 best … 5).

    `lifetime_years` of a project that we sponsor or lend to first: its projected emissions are told
    apart, once, and stand in no total.
    """

    type: Type
    share: TakenShare
    score: Integer | None = None
    lifetime_years: Number | None = None
    evidence: PathTexts = ()

    @model_validator(mode="after")
    def _plausible(self) -> Investment:
        if self.score is not None and not BEST <= self.score <= WORST:
            raise refuse("out-of-bounds", f"`score: {self.score}` is not 1 to 5", "correct it")
        whole = self.share.whole
        money = whole is None or whole.unit.dimension in CURRENCIES
        if not money and self.type != "equity":
            raise refuse(
                "unit-mismatch",
                f"`{self.share.text}` is no share of an amount of money",
                "write both amounts in one currency, such as `5_000_000 EUR of 40_000_000 EUR`",
            )
        if self.lifetime_years is not None:
            if self.type != "project_finance":
                raise refuse(
                    "conflicting-keys",
                    f"`lifetime_years` beside `type: {self.type}`",
                    "remove it: projected lifetime emissions are those of projects",
                )
            if self.lifetime_years <= 0:
                raise refuse("out-of-bounds", "`lifetime_years` is not above zero", "correct it")
        return self


class _Keys(Protocol):
    investment: Investment | None


def attributed(keys: _Keys, unit: Unit) -> tuple[Step, ...]:
    """The printed step of our share."""
    held = keys.investment
    if held is None:
        return ()
    source = cited(_OF[held.type], held.evidence)
    return (Step(held.share.share, held.share.text, unit.text, source),)


def investment_notes(keys: _Keys, reported: Quantity | None = None) -> tuple[str, ...]:
    """The score of the data, and a project's lifetime emissions, which stand in no total."""
    held = keys.investment
    if held is None:
        return ()
    found = [] if held.score is None else [f"data quality score {held.score} of 5 (PCAF)"]
    years = held.lifetime_years
    if years is not None and reported is not None:
        tonnes = reported.value * reported.unit.size / 1000 * held.share.share * Fraction(years)
        found.append(
            f"projected over {in_full(Fraction(years))} years, our share: {grouped(tonnes)} tCO2e;"
            " reported separately, once, in no total (Guidance, category 15)"
        )
    return tuple(found)


def _implied(keys: _Keys, dimension: str) -> str:
    """Revenue × a sector's factor is average data; projects and companies are specific."""
    if dimension in CURRENCIES:
        return "average_data"
    project = keys.investment is not None and keys.investment.type == "project_finance"
    return "project_specific" if project else "investment_specific"


INVESTMENT = Method(
    "investment", ("investment",), (CATEGORY,), steps=attributed, notes=investment_notes,
    words=("investment_specific", "project_specific", "average_data"), implies=_implied,
)  # fmt: skip
