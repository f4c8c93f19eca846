"""Allocation: the line is our share of what others use or make as well (Scope 3 Standard ch. 8)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Protocol

from pydantic import BeforeValidator, model_validator

from ghgcalc.core.numbers import NumberError, in_full, parse_share
from ghgcalc.core.schema import Amount, Model, PathTexts, Share, Text, refuse
from ghgcalc.core.step import Step
from ghgcalc.core.units import Quantity, UnitError, parse_quantity
from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.methods.per_unit import Method, cited

if TYPE_CHECKING:
    from ghgcalc.core.units import Unit

# where power is bought its MWh are matched with instruments: our MWh are stated themselves
ALLOCATED = tuple(name for name, category in CATEGORIES.items() if category.scope != 2)
_OF = " of "


class Taken(NamedTuple):
    """A share as stated: in percent, or our amount of the whole one."""

    share: Fraction
    text: str
    ours: Quantity | None = None
    whole: Quantity | None = None


def _taken(value: Any) -> Taken:
    """`13.5 %`, or `240 t of 1_800 t`."""
    if isinstance(value, Taken):
        return value
    text = value if isinstance(value, str) else ""
    part, of, whole = text.partition(_OF)
    try:
        if not of:
            share = parse_share(text)
            return Taken(_within(share, text), f"{in_full(share * 100)} %")
        ours, all_ = parse_quantity(part), parse_quantity(whole)
    except (NumberError, UnitError) as error:
        raise refuse(error.code, error.message, error.hint) from None
    if ours.unit.dimension != all_.unit.dimension or all_.number <= 0:
        raise refuse(
            "unit-mismatch",
            f"`{text}` is no share of a whole in the same kind of unit",
            "write our amount and that of all, such as `240 t of 1_800 t`",
        )
    share = ours.value * ours.unit.size / (all_.value * all_.unit.size)
    return Taken(_within(share, text), f"{ours} of {all_}", ours, all_)


def _within(share: Fraction, text: str) -> Fraction:
    if not 0 < share <= 1:
        raise refuse("out-of-bounds", f"`{text}` is not above 0 and up to 100 %", "correct it")
    return share


TakenShare = Annotated[Taken, BeforeValidator(_taken)]


class Allocation(Model):
    """Our share of a quantity, and by what it is taken; `others` take the rest.

    `occupancy` of a building divides: who is there carries what stands empty (Guidance, 8.2).
    """

    method: Literal["physical", "mass", "volume", "energy", "area", "units", "revenue", "economic",
                    "other"]  # fmt: skip
    share: TakenShare
    others: dict[Text, Amount] | None = None
    occupancy: Share | None = None
    evidence: PathTexts = ()
    reason: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> Allocation:
        if self.method in ("economic", "revenue", "other") and self.reason is None:
            raise refuse(
                "missing-key",
                f"allocation by {self.method} says no `reason`",
                "say why no physical relation serves: `reason: …` (S3-12)",
            )
        if self.occupancy is not None and self.share.share > self.occupancy:
            raise refuse("out-of-bounds", "our share is more than what is occupied", "correct it")
        if self.others is not None:
            self._all_takers(self.others)
        return self

    def _all_takers(self, others: dict[str, Quantity]) -> None:
        """The shares of all takers sum to 1."""
        ours, whole = self.share.ours, self.share.whole
        if ours is None or whole is None:
            raise refuse(
                "conflicting-keys", "`others` stand beside a share in percent",
                "state the share as amounts, such as `240 t of 1_800 t`",
            )  # fmt: skip
        odd = next((a for a in others.values() if a.unit.dimension != whole.unit.dimension), None)
        if odd is not None:
            raise refuse("unit-mismatch", f"`{odd}` is no part of {whole}", "use one kind of unit")
        told = sum((a.value * a.unit.size for a in (ours, *others.values())), Fraction(0))
        if told != whole.value * whole.unit.size:
            shown = in_full(told / whole.unit.size)
            raise refuse(
                "out-of-bounds",
                f"all takers have {shown} {whole.unit.text} together, the whole is {whole}",
                "state every taker, so that the shares sum to 100 % (S3-12)",
            )


class _Keys(Protocol):
    allocation: Allocation | None


def allocated(keys: _Keys, unit: Unit) -> tuple[Step, ...]:
    """The printed steps of a line's allocation, in the unit that they leave as it is."""
    allocation = keys.allocation
    if allocation is None:
        return ()
    taken = allocation.share
    why = f"allocation by {allocation.method}"
    if allocation.reason is not None:
        why += f": {allocation.reason}"
    first = Step(taken.share, taken.text, unit.text, cited(why, allocation.evidence))
    occupied = allocation.occupancy
    if occupied is None:
        return (first,)
    text = f"÷ {in_full(occupied * 100)} %"
    return (first, Step(1 / occupied, text, unit.text, "occupancy of the building"))


ALLOCATION = Method(
    "allocation", ("allocation",), ALLOCATED, steps=allocated,
    misplaced="state our share of the energy as `quantity:` (S3-12)",
)  # fmt: skip
