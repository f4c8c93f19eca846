"""Net and gross energy of a fuel meet by one pair of heating values of one source.

energy gross ÷ gcv × ncv = energy net, and the reverse. Both values come from the same source and
speak of the same kind of amount; a value of one source never meets one of another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.printed_units import unit_steps
from ghgcalc.core.refusal import ON_LINE
from ghgcalc.core.step import Step
from ghgcalc.core.units import parse_unit
from ghgcalc.factors.bridges import GAS_VOLUME, GROSS, MASS, NET, VOLUME, ConversionError

if TYPE_CHECKING:
    from ghgcalc.core.units import Unit
    from ghgcalc.factors.bridges import Edge

LINE = 0  # the tier of what the line states itself
_PER = {MASS: "kg", VOLUME: "L", GAS_VOLUME: "Nm3"}


class Pair(NamedTuple):
    """Both heating values of one source, per the same kind of amount."""

    net: Edge
    gross: Edge


def find_pair(edges: list[Edge], phase: str) -> Pair | None:
    """The pair of the nearest source; None where no source states one.

    A line that states one value alone takes no pair from elsewhere: its own would be passed by.

    Args:
        edges: the bridges at hand.
        phase: phase of the fuel; a gas per m3 without a state makes no pair.

    Raises:
        ConversionError: `ambiguous-property` for pairs of one source that differ, `out-of-bounds`
            where gross lies below net.
    """
    values = [edge for edge in edges if edge.of in (NET, GROSS)]
    if any(edge.tier == LINE for edge in values):
        values = [edge for edge in values if edge.tier == LINE]
    pairs = [
        Pair(net, gross)
        for net in values
        for gross in values
        if (net.of, gross.of) == (NET, GROSS)
        and _home(net) == _home(gross)
        and net.per == gross.per
        and not (phase == "gas" and net.per == VOLUME)
    ]
    if not pairs:
        return None
    nearest = min(_home(pair.net)[:2] for pair in pairs)
    pairs = sorted(
        (pair for pair in pairs if _home(pair.net)[:2] == nearest),
        key=lambda pair: (pair.net.ref, pair.gross.ref, pair.net.text, pair.gross.text),
    )
    if len({pair.net.value / pair.gross.value for pair in pairs}) > 1:
        names = ", ".join(sorted({edge.ref or edge.source for pair in pairs for edge in pair}))
        raise ConversionError(
            "ambiguous-property",
            f"several pairs of net and gross heating values fit, among them {names}",
            f"state `fuel_properties:` with `ncv` and `gcv`{ON_LINE}",
        )
    net, gross = pairs[0]
    if gross.value < net.value:
        raise ConversionError(
            "out-of-bounds",
            f"the gross heating value `{gross.text}` lies below the net one, `{net.text}`",
            "copy `gcv` (the larger) and `ncv` from the analysis or the bill",
        )
    return pairs[0]


def _home(edge: Edge) -> tuple[int, int, str]:
    return edge.tier, edge.order, edge.home


def pair_steps(unit: Unit, per: Unit, pair: Pair) -> tuple[Step, ...]:
    """Divide by the heating value of the line's basis, multiply by that of the factor's."""
    first, second = (pair.gross, pair.net) if unit.basis == "gross" else (pair.net, pair.gross)
    held, asked = parse_unit(first.below), parse_unit(second.below)
    steps = [
        Step(
            unit.size / first.value / held.size,
            f"÷ {_said(first)}", held.text, first.source, first.ref,
        )
    ]  # fmt: skip
    steps += unit_steps(held, asked)
    steps.append(
        Step(
            second.value * asked.size / per.size,
            _said(second), str(per), second.source, second.ref,
        )
    )  # fmt: skip
    return tuple(steps)


def _said(edge: Edge) -> str:
    """The value with its basis: a printed pair must tell which is which."""
    basis = edge.of.partition(":")[2]
    return edge.text if edge.text.endswith(f" {basis}") else f"{edge.text} {basis}"


def pair_missing(unit: Unit, per: Unit, edges: list[Edge], phase: str) -> ConversionError:
    """`basis-mismatch` that says what to add, by what is stated already."""
    text = f"the quantity is {unit}, the factor per {per}"
    if per.basis is None:
        return ConversionError(
            "basis-mismatch", text, "report the same energy, or the mass or volume"
        )
    stated = [edge for edge in edges if edge.of in (NET, GROSS)]
    own = [edge for edge in stated if edge.tier <= 2]
    amount = {"gas": GAS_VOLUME}.get(phase, MASS)
    if own:
        values = " and ".join(f"{_key(edge)} `{edge.text}`" for edge in own[:2])
        text += f"; {values} {'is' if len(own) == 1 else 'are'} no pair"
        stateless = phase == "gas" and any(edge.per == VOLUME for edge in own)
        if stateless:
            text += ": m3 of gas has no state"
        elif len({edge.per for edge in own}) == 1:
            amount = own[0].per
    unit_text = f"MJ/{_PER[amount]}"
    block = f"`fuel_properties: {{ncv: … {unit_text}, gcv: … {unit_text}, evidence: …}}`"
    return ConversionError(
        "basis-mismatch",
        text,
        f"state both heating values of one source{ON_LINE}: {block}; or report {per.basis} energy,"
        " or the mass or volume",
    )


def _key(edge: Edge) -> str:
    return "`ncv`" if edge.of == NET else "`gcv`"
