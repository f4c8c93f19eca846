"""What a fuel without a factor is called in the packs at hand, or in those that could be named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.vocabulary.fuel_kin import kin_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghgcalc.calculation.resolve.candidates import Question
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.factors.model import Factor


def called(need: Question, catalog: FactorCatalog) -> str:
    """The names under which the file's packs have the fuel for the line's region; "" for none."""
    found: dict[str, Factor] = {}
    for fuel in kin_of(need.fuel or ""):
        for factor in catalog.candidates(need.category, fuel, need.item):
            if factor.at(need.regions):
                found.setdefault(fuel, factor)
    if not found:
        return ""
    if len(found) == 1:
        ((fuel, factor),) = found.items()
        return f"{factor.pack.id} calls it `{fuel}` ({factor.name})"
    named = ", ".join(f"`{fuel}` ({factor.pack.id})" for fuel, factor in found.items())
    return f"state which fuel it is: {named}"


def called_elsewhere(need: Question, offers: Callable[[Question], list[str]]) -> str:
    """A publisher to name, and its name for the fuel; "" where none has one for the line.

    Args:
        need: what the line asks.
        offers: publishers that would serve a need, the fittest first.
    """
    for fuel in kin_of(need.fuel or ""):
        offered = offers(need._replace(fuel=fuel))
        if offered:
            return f"add `{offered[0]}` to `factor_packs`, which calls it `{fuel}`"
    return ""
