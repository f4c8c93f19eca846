"""Fuels burnt by those who buy our products: the factor of their combustion (category 11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol

from ghgcalc.core.schema import refuse
from ghgcalc.methods.per_unit import Method, PerUnit
from ghgcalc.methods.sold import USE

if TYPE_CHECKING:
    from ghgcalc.factors.catalogue import FactorCatalog

Burnt = Literal["stationary", "mobile"]


class _Keys(Protocol):
    combustion: Burnt | None


def _expand(amount: PerUnit, keys: _Keys, _: FactorCatalog) -> tuple[PerUnit, ...]:
    """What is burnt asks the factors of combustion alone: upstream is another's (S3-09)."""
    if keys.combustion is None or amount.fuel is None or amount.gas:
        return (amount,)
    return (amount._replace(priced_as=f"{keys.combustion}_combustion"),)


def _alone(line: Any) -> None:
    if line.combustion is not None and line.fuel is None:
        raise refuse("missing-key", "`combustion` says of no fuel how it is burnt",
                     "add `fuel:`")  # fmt: skip


def _implied(line: Any, _: str) -> str:
    return "direct_use" if line.uses is not None else "fuels_and_feedstocks"


BURNT = Method(
    "combustion", ("combustion",), (USE,), expand=_expand, prices=True, implies=_implied,
    words=("fuels_and_feedstocks", "direct_use", "indirect_use"), alone=_alone,
)  # fmt: skip
