"""What a line states itself is had by a candidate, or used: words, heating values, density.

A mistyped word would else strike out the rows with other words and leave one that says nothing of
the kind; a measured property would give way to the publisher's in silence.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from ghgcalc.calculation.heating_values import LINE
from ghgcalc.calculation.resolve.candidates import Unresolved, shortened, words
from ghgcalc.factors.bridges import ENERGY, GAS_VOLUME, GROSS, MASS, NET, VOLUME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ghgcalc.calculation.conversion import Conversion
    from ghgcalc.calculation.resolve.candidates import Choice, Question
    from ghgcalc.factors.bridges import Edge
    from ghgcalc.factors.model import Factor

QUALIFIERS = ("sector", "vehicle", "technology")
_VOLUMES = frozenset({VOLUME, GAS_VOLUME})
_KEYS = {NET: "ncv", GROSS: "gcv", MASS: "density"}


# ---- words ------------------------------------------------------------------------------------


def unheard(need: Question, factors: Iterable[Factor], names: Sequence[str]) -> str | None:
    """The first of the named words that no factor has; None where each is had.

    Vehicle before technology: a technology is looked for among the rows of the stated vehicle.
    """
    rows = list(factors)
    for name in QUALIFIERS:
        want = getattr(need, name)
        if want is None:
            continue
        if name in names and all(getattr(factor, name) != want for factor in rows):
            return name
        rows = [factor for factor in rows if getattr(factor, name) in (None, want)]
    return None


def not_offered(
    need: Question, factors: Iterable[Factor], name: str, known: Iterable[Factor] = ()
) -> Unresolved:
    """A stated vehicle, technology or sector that no row has, and those on offer.

    Args:
        need: what is asked.
        factors: rows whose words are on offer.
        name: the word that none has.
        known: rows of other regions too, one of whose words may be meant.
    """
    want = str(getattr(need, name))
    offered = _words(need, factors, name)
    spelt = sorted({*offered, *_words(need, known, name)})
    near = get_close_matches(want, spelt, n=2, cutoff=0.5) if len(want) > 2 else []
    if near:
        hint = "did you mean " + " or ".join(f"`{n}`" for n in near) + "?"
    elif offered:
        hint = f"state one of the `{name}:` on offer, or pin a factor with `factor:`"
    else:
        hint = f"remove `{name}:`: nothing on offer is told apart by it"
    on_offer = f"on offer as `{name}:`: {shortened(offered) or 'none'}"
    return Unresolved(
        "missing-factor",
        f"no factor for {{line}} ({words(need)}) has {name} `{want}`",
        (on_offer,),
        hint,
        absent=False,
        blamed=name if name in need.stated else "",
    )


def _words(need: Question, factors: Iterable[Factor], name: str) -> list[str]:
    """What rows of the words stated before have as one word, in order."""
    rows = list(factors)
    for other in QUALIFIERS[: QUALIFIERS.index(name)]:
        said = getattr(need, other)
        rows = [row for row in rows if said is None or getattr(row, other) in (None, said)]
    return sorted({getattr(row, name) for row in rows} - {None})


# ---- fuel properties ----------------------------------------------------------------------------


def passed_by(need: Question, factor: Factor, conversion: Conversion) -> list[Edge]:
    """Properties of the line in whose place another source's value stands, one of each kind.

    A factor per volume or mass holds its publisher's heating value, one per volume its density.
    """
    own = [edge for edge in need.edges if edge.tier == LINE]
    if not own:
        return []
    used = [edge for edge in own if _used(edge, conversion)]
    line, per = need.unit.dimension, factor.per.dimension
    found: list[Edge] = []
    heating = [edge for edge in own if edge.of in (NET, GROSS)]
    spared = line == per == ENERGY and conversion.direct
    if heating and not spared and not any(edge in used for edge in heating):
        found.append(heating[0])
    density = [edge for edge in own if edge.of == MASS]
    bridged = {line, per} & _VOLUMES and per != ENERGY and line != ENERGY
    if density and bridged and not any(edge in used for edge in density):
        found.append(density[0])
    return found


def _used(edge: Edge, conversion: Conversion) -> bool:
    return any(
        edge.text in step.text and step.source == edge.source and step.ref == edge.ref
        for step in conversion.steps
    )


def not_used(
    need: Question, choice: Choice, others: Iterable[Choice], home: Callable[[Factor], bool]
) -> Unresolved | None:
    """`unused-property` where the chosen factor leaves a property of the line aside.

    Args:
        need: what is asked.
        choice: the chosen or pinned factor.
        others: admissible rows, of which one that uses the property may be pinned.
        home: whether a row may be named in a hint: of the facility's place, or worldwide.
    """
    lost = passed_by(need, choice.factor, choice.conversion)
    if not lost:
        return None
    said = " and ".join(f"`{_KEYS[edge.of]}: {edge.text}`" for edge in lost)
    keys = " and ".join(f"`{_KEYS[edge.of]}`" for edge in lost)
    pins = [
        other.factor.ref
        for other in others
        if not passed_by(need, other.factor, other.conversion) and home(other.factor)
    ]
    pin = f", or pin a factor that uses it: `factor: {pins[0]}`" if pins else ""
    energy = "write the quantity as energy, net or gross, or " if lost[0].of != MASS else ""
    return Unresolved(
        "unused-property",
        f"{{line}} states {said}, and `{choice.factor.ref}` per {choice.factor.per} holds its"
        " publisher's value in its place",
        (),
        f"{energy}remove {keys} from `fuel_properties:`{pin}",
        absent=False,
        blamed="fuel_properties",
    )
