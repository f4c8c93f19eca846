"""Products sold: how many, and the mass of each with its packaging."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from pydantic import model_validator

from ghgcalc.core.schema import Amount, Model, PathTexts, refuse
from ghgcalc.core.step import Step
from ghgcalc.core.units import Unit, ratio
from ghgcalc.core.vocabulary.dimensions import MASS, PIECES, VEHICLES
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.methods.per_unit import Method, PerUnit, cited

if TYPE_CHECKING:
    from ghgcalc.core.units import Quantity
    from ghgcalc.factors.catalogue import FactorCatalog

COUNTED = frozenset({PIECES, VEHICLES})
END_OF_LIFE = "end_of_life_treatment"
USE = "use_of_sold_products"


class Each(Model):
    """The mass of one product and of its packaging (Technical Guidance, category 12)."""

    mass: Amount
    packaging: Amount
    evidence: PathTexts = ()

    @model_validator(mode="after")
    def _masses(self) -> Each:
        for key, amount in (("mass", self.mass), ("packaging", self.packaging)):
            if amount.unit.dimension != MASS or amount.number < 0:
                raise refuse(
                    "unit-mismatch",
                    f"`{key}` of `each` is no mass: `{amount}`",
                    "state the mass of one product, and `packaging: 0 kg` where it has none",
                )
        return self


class _Keys(Protocol):
    each: Each | None


def need_products(unit: Unit, key: str) -> None:
    """Refuse a key that speaks of one product beside a quantity that counts none."""
    if unit.dimension not in COUNTED:
        raise ConversionError(
            "unit-mismatch",
            f"`{key}` of a quantity in {unit.text}, which counts no products",
            "state `sold:`, or the quantity, in `piece`",
        )


def plain_unit(amount: Quantity) -> Unit:
    """The unit of an amount."""
    unit = amount.unit
    return Unit(unit.text, unit.dimension, unit.size, unit.basis)


def _expand(amount: PerUnit, keys: _Keys, _: FactorCatalog) -> tuple[PerUnit, ...]:
    """The mass of one product with its packaging."""
    each = keys.each
    if each is None:
        return (amount,)
    need_products(amount.unit, "each")
    after = plain_unit(each.mass)
    total = each.mass.value + each.packaging.value * ratio(each.packaging.unit, after)
    text = f"({each.mass} + {each.packaging} of packaging)/{amount.unit.text}"
    step = Step(total, text, after.text, cited("mass of one product", each.evidence))
    return (amount._replace(steps=(*amount.steps, step), after=after),)


def _sold(line: Any) -> Quantity | None:
    found: Quantity | None = getattr(line, "sold", None)
    return found


SOLD = Method("sold", ("sold",), (USE, END_OF_LIFE), amount=_sold, amount_key="sold")
EACH = Method("each", ("each",), (END_OF_LIFE,), expand=_expand)
