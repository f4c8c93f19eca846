"""What a factor weighs under each GWP set, and the publisher's other editions of its row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.arithmetic import GasError, factor_plan
from ghgcalc.calculation.conversion import Conversion
from ghgcalc.calculation.results.plan import Resolution
from ghgcalc.factors.catalogue import FactorCatalog
from ghgcalc.factors.library import open_bundled, open_gwp_set
from ghgcalc.factors.pack import bundled_packs

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.factors.model import Factor
    from ghgcalc.factors.pack import Pack

GWP_SETS = ("AR4", "AR5", "AR6")


class Weighed(NamedTuple):
    """CO2e of a factor under a GWP set in kg per its unit; None with the reason why not."""

    gwp_set: str
    kg: Fraction | None
    remark: str = ""


class Card(NamedTuple):
    """What `factors show` says of a factor beyond its row."""

    factor: Factor
    weighed: list[Weighed]
    editions: list[Factor]


def card_of(factor: Factor, pack: Pack) -> Card:
    """The card of a factor of a pack."""
    return Card(factor, weighed(factor, pack), editions(factor))


def weighed(factor: Factor, pack: Pack) -> list[Weighed]:
    """CO2e under AR4, AR5 and AR6, by the path that a computation takes.

    A printed total without gases is CO2e of its own set only (DESIGN §5).
    """
    return [_under(name, factor, pack) for name in GWP_SETS]


def _under(name: str, factor: Factor, pack: Pack) -> Weighed:
    if factor.total_only and not factor.zero and factor.gwp_set != name:
        said = factor.gwp_set or "an unnamed set"
        return Weighed(name, None, f"only a total is printed, of {said}")
    gwp_pack, gwp = open_gwp_set(name)
    catalog = FactorCatalog([pack], gwp, gwp_pack)
    category = min(factor.categories)
    try:
        plan = factor_plan(
            factor.per, factor, Conversion(()), Resolution(factor, "shown"), catalog, category
        )
    except GasError as error:
        return Weighed(name, None, error.message)
    return Weighed(name, plan.total, "as printed" if factor.gwp_set == name else "")


def editions(factor: Factor) -> list[Factor]:
    """The factor of the same id in the publisher's other editions, in their order."""
    publisher = factor.pack.publisher
    found: list[Factor] = []
    for name, folder in bundled_packs().items():
        if folder.parent.name != publisher or name == factor.pack.id or factor.pack.own:
            continue
        pack = open_bundled(name)
        other = pack.factor(factor.id) if pack is not None else None
        if other is not None:
            found.append(other)
    return found
