"""Several factors fit a line equally well: what tells them apart, and what the words mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ghgcalc.calculation.resolve.candidates import Unresolved, shortened, told_apart, words
from ghgcalc.calculation.resolve.order import at_home
from ghgcalc.core.refusal import ON_LINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.calculation.resolve.candidates import Choice, Question
    from ghgcalc.factors.model import Factor

# The kind of machine before its trade and its engine: `sector: industry` of a company car would
# be the engine of an excavator.
KEYS: Final = ("vehicle", "sector", "technology")
MACHINES: Final = {
    "road": "cars, vans, lorries and buses",
    "off_road": "machines off the road, such as excavators, tractors and forklifts",
    "rail": "locomotives",
    "navigation": "ships and boats",
    "aviation": "aircraft",
}


def tie(need: Question, best: Sequence[Choice]) -> Unresolved:
    """The finding of several equally good factors; its hint offers the first key that differs."""
    factors = [choice.factor for choice in best]
    return Unresolved(
        "ambiguous-factor",
        f"{len(factors)} factors fit {{line}} equally well ({words(need)})",
        tuple(f"fits: {factor.ref}{told_apart(factor)}" for factor in factors[:8]),
        told_by(need, best),
    )


def told_by(need: Question, best: Sequence[Choice]) -> str:
    """What to state so that one of several equally good factors is meant."""
    factors = [choice.factor for choice in best]
    for name in KEYS:
        values = {getattr(factor, name) for factor in factors}
        if len(values) == 1:
            continue
        offered = sorted(values - {None})
        if name == "sector" and need.category == "stationary_combustion":
            usual = "manufacturing" if "manufacturing" in offered else offered[0]
            return f"state `sector: {usual}`{ON_LINE}, the facility or once in `organization:`"
        told = _machines(offered) if name == "vehicle" else shortened(offered)
        return (
            f"state `{name}:` ({told}){_further(factors, name)} or pin one with `factor:`{ON_LINE}"
        )
    if not at_home(need, factors[0]):  # which country stands in is nobody's to suggest
        place = need.regions[-1] if need.regions else "the line's region"
        return (
            f"add a pack with factors of {place}, or narrow the `foreign_region` entry to the"
            " factor that stands in, `for: {factor: pack/id}`"
        )
    return f"pin one{ON_LINE}: `factor: {factors[0].ref}`"


def _further(factors: list[Factor], name: str) -> str:
    """The key that still tells apart the factors of most values of a key, where there is one."""
    values = {getattr(factor, name) for factor in factors} - {None}
    for other in KEYS[KEYS.index(name) + 1 :]:
        kin = [
            {getattr(each, other) for each in factors if getattr(each, name) == value}
            for value in values
        ]
        if 2 * sum(len(words) > 1 for words in kin) > len(values):
            offered = sorted({word for words in kin for word in words} - {None})
            return f" and `{other}:` ({shortened(offered)})"
    return ""


def _machines(offered: list[str]) -> str:
    """Kinds of machine, those on roads first, with what a word means where it does not say it."""
    if not MACHINES.keys() & set(offered):
        return shortened(offered)
    ordered = sorted(offered, key=lambda word: (word != "road", word))
    return "; ".join(f"{word}: {MACHINES[word]}" if word in MACHINES else word for word in ordered)
