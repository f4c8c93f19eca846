"""Use of sold products over their expected lifetime (Technical Guidance, category 11, 11.1)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import model_validator

from ghgcalc.core.numbers import in_full
from ghgcalc.core.schema import (
    Amount,
    Country,
    Model,
    Number,
    PathTexts,
    Text,
    need_amount,
    refuse,
)
from ghgcalc.core.step import Step
from ghgcalc.core.units import Unit
from ghgcalc.core.vocabulary.dimensions import PIECES, VEHICLES
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.methods.per_unit import Method, PerUnit, cited

if TYPE_CHECKING:
    from ghgcalc.core.units import Quantity
    from ghgcalc.factors.catalogue import FactorCatalog

CATEGORY = "use_of_sold_products"
_SOLD = frozenset({PIECES, VEHICLES})


class Uses(Model):
    """How a product sold is used: how often over its life, and the power of one use.

    `lifetime_years` and `per_year`, or `lifetime` uses in all; `energy` of one use. The power is
    asked for in `country` (`region`), where products are used, else where the line is.
    """

    energy: Amount
    per_year: Number | None = None
    lifetime_years: Number | None = None
    lifetime: Number | None = None
    country: Country | None = None
    region: Text | None = None
    evidence: PathTexts = ()

    @model_validator(mode="after")
    def _counted_once(self) -> Uses:
        need_amount(self.energy, "J", "energy", "state the energy of one use")
        if (self.per_year is None) != (self.lifetime_years is None):
            missing = "per_year" if self.per_year is None else "lifetime_years"
            raise refuse("missing-key", f"`uses` has no `{missing}`", f"add `{missing}:`")
        if (self.lifetime is None) == (self.per_year is None):
            raise refuse(
                "missing-key" if self.lifetime is None else "conflicting-keys",
                "`uses` does not say once how often a product is used",
                "state `per_year:` and `lifetime_years:`, or `lifetime:`, the uses of its life",
            )
        numbers = (self.per_year, self.lifetime_years, self.lifetime)
        if min(n for n in numbers if n is not None) <= 0:
            raise refuse("out-of-bounds", "a number of `uses` is not above zero", "correct it")
        return self

    @property
    def count(self) -> tuple[Fraction, str]:
        """Uses over the life of one product, and their arithmetic."""
        if self.lifetime is not None:
            return Fraction(self.lifetime), f"{_written(self.lifetime)} uses/product"
        assert self.per_year is not None
        assert self.lifetime_years is not None
        text = f"{_written(self.per_year)} uses/year × {_written(self.lifetime_years)} years"
        return Fraction(self.per_year) * Fraction(self.lifetime_years), text


def _written(number: Decimal) -> str:
    return in_full(Fraction(number))


class _Keys(Protocol):
    sold: Quantity | None
    uses: Uses | None


def _expand(amount: PerUnit, keys: _Keys, _: FactorCatalog) -> tuple[PerUnit, ...]:
    """The power that one product takes over its life."""
    uses = keys.uses
    if uses is None:
        return (amount,)
    if amount.unit.dimension not in _SOLD:
        raise ConversionError(
            "unit-mismatch",
            f"`uses` of a quantity in {amount.unit.text}, which counts no products",
            "state `sold:`, or the quantity, in `piece`",
        )
    count, text = uses.count
    each = uses.energy
    after = Unit(each.unit.text, each.unit.dimension, each.unit.size, each.unit.basis)
    steps = (
        Step(count, text, "uses", cited("expected lifetime", uses.evidence)),
        Step(each.value, f"{each}/use", after.text, "energy of one use"),
    )
    return (
        amount._replace(
            steps=(*amount.steps, *steps),
            after=after,
            priced_as="purchased_electricity",
            region=uses.region or uses.country or "",
        ),
    )


def _sold(line: Any) -> Quantity | None:
    found: Quantity | None = getattr(line, "sold", None)
    return found


USES = Method(
    "uses", ("uses", "sold"), (CATEGORY,), expand=_expand, amount=_sold,
    amount_key="sold", words=("direct_use", "indirect_use"),
)  # fmt: skip
