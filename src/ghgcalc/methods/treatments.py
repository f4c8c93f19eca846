"""Waste by treatment: a mass × the share of each treatment, a line of each (5.3 and 12.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Protocol

from pydantic import AfterValidator, BeforeValidator, Field

from ghgcalc.core.numbers import ONE, ZERO, in_full
from ghgcalc.core.schema import FactorAmount, Id, Model, Share, Text, refuse
from ghgcalc.core.step import Step
from ghgcalc.core.vocabulary.dimensions import MASS, VOLUME
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.methods.per_unit import Method, PerUnit
from ghgcalc.methods.sold import END_OF_LIFE

if TYPE_CHECKING:
    from ghgcalc.factors.catalogue import FactorCatalog

GENERATED = "waste_generated"
# what says of a whole line how it is treated or priced: each treatment says so itself
_INSTEAD = ("technology", "factor", "emission_rate", "gas", "fuel")


Rates = Annotated[dict[Text, FactorAmount], Field(min_length=1)]


class Treatment(Model):
    """The share that one treatment takes, and what is asked of the packs for it.

    The treatment's name is the `technology` of its factor, unless it states another one.
    """

    share: Share
    technology: Text | None = None
    item: Text | None = None
    factor: Text | None = None
    emission_rate: Rates | None = None


def _treatment(value: Any) -> Any:
    """`landfill: 90 %`, or a mapping with its `share`."""
    return {"share": value} if isinstance(value, str) else value


def _whole(treatments: dict[str, Treatment]) -> dict[str, Treatment]:
    total = sum((each.share for each in treatments.values()), ZERO)
    if total != ONE:
        raise refuse(
            "out-of-bounds",
            f"the shares of `treatments` sum to {in_full(total * 100)} %",
            "state every treatment, so that they sum to 100 %",
        )
    for name, each in treatments.items():
        ways = [key for key in ("technology", "factor", "emission_rate")
                if getattr(each, key) is not None]  # fmt: skip
        if len(ways) > 1:
            raise refuse(
                "conflicting-keys",
                f"`{ways[0]}` and `{ways[1]}` of treatment `{name}` both say its factor",
                "keep one of them",
            )
    return treatments


Treatments = Annotated[
    dict[Id, Annotated[Treatment, BeforeValidator(_treatment)]], AfterValidator(_whole)
]


class _Keys(Protocol):
    treatments: dict[str, Treatment] | None
    item: str | None


def _expand(amount: PerUnit, keys: _Keys, _: FactorCatalog) -> tuple[PerUnit, ...]:
    """One amount per treatment: its share of the mass, with the factor of the treatment."""
    if keys.treatments is None:
        return (amount,)
    after = amount.after or amount.unit
    if after.dimension not in {MASS, VOLUME}:
        raise ConversionError(
            "unit-mismatch",
            f"`treatments` of a quantity in {after.text}, no mass",
            "state the mass of the waste, or of products `sold:` in `piece` with `each:"
            " {mass: …, packaging: …}`",
        )
    return tuple(
        amount._replace(
            name=name,
            steps=(*amount.steps, Step(each.share, f"{in_full(each.share * 100)} %", after.text,
                                       f"share of {name}")),
            after=after,
            says=(*amount.says, *_said(name, each, keys.item)),
            at=("treatments", name),
        )
        for name, each in keys.treatments.items()
        if each.share
    )  # fmt: skip


def _said(name: str, each: Treatment, item: str | None) -> tuple[tuple[str, Any], ...]:
    """What a treatment's line asks: its name is a technology where nothing else says its factor."""
    if each.emission_rate is not None:
        return (("emission_rate", each.emission_rate), ("item", each.item or item))
    if each.factor is not None:
        return (("factor", each.factor), ("item", each.item or item))
    return (("technology", each.technology or name), ("item", each.item or item))


def _alone(line: Any) -> None:
    """Each treatment has a factor of its own; no key of the line says it for all of them."""
    if line.treatments is None:
        return
    other = next((key for key in _INSTEAD if getattr(line, key) is not None), None)
    if other is not None:
        raise refuse(
            "conflicting-keys",
            f"`{other}` stands beside `treatments`, each of which has its own factor",
            f"remove `{other}:`, or state it of each treatment"
            if other in ("technology", "factor", "emission_rate")
            else f"remove `{other}:`",
        )


def _implied(line: Any, _: str) -> str:
    """A total in shares is the average-data method of category 5; a named waste is its type."""
    total = line.category == GENERATED and line.item is None
    return "average_data" if total else "waste_type_specific"


TREATMENTS = Method(
    "treatments", ("treatments",), (GENERATED, END_OF_LIFE), expand=_expand,
    words=("waste_type_specific", "average_data"), implies=_implied, alone=_alone,
)  # fmt: skip
