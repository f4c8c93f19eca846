"""What a line of Scope 1 or 2 asks of category 3: upstream of its fuel or energy, grid losses.

Scope 3 Standard table 5.4 and Technical Guidance ch. 3: a upstream of fuels, b upstream of power,
steam, heat and cold, c their losses on the way; d, what is resold, is stated alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ghgcalc.calculation.plans import priced_category
from ghgcalc.core.vocabulary.categories import COMBUSTION, ELECTRICITY, PURCHASED_ENERGY

if TYPE_CHECKING:
    from ghgcalc.activity_data.consolidate import Portion
    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.calculation.results.plan import Plan

CATEGORY: Final = "fuel_and_energy_related"
UPSTREAM: Final = "upstream"
T_AND_D: Final = "t_and_d"
ELECTRIC: Final = "electricity"
# ids of derived lines end in one of them
OF_LOSSES: Final = "losses"
OF_LOST: Final = "losses-upstream"
BOTH: Final = "upstream-and-losses"


class Ask(NamedTuple):
    """One question: `name` ends the id of the line that it makes; `parts` are a, b or c."""

    name: str
    parts: str
    carrier: str
    lifecycle: str
    fuel: str | None = None
    item: str | None = None
    technology: str | None = None
    vehicle: str | None = None


class Asks(NamedTuple):
    """What a line asks.

    Attributes:
        each: questions whose answers are lines side by side.
        beside: asked of the publisher of the losses alone, who may print none.
        instead: one factor for all of `each`, where its publisher prints no more than that.
        held: parts that its factor holds already, and why no line is made of them.
    """

    each: tuple[Ask, ...] = ()
    beside: Ask | None = None
    instead: Ask | None = None
    held: tuple[tuple[str, str], ...] = ()


# items of category 3 that packs print of power and heat, with carrier and parts
ITEMS: Final[dict[str, tuple[str, str]]] = {
    "electricity_wtt_generation": (ELECTRIC, "b"),
    "electricity": (ELECTRIC, "c"),
    "electricity_wtt_losses": (ELECTRIC, "c"),
    "electricity_t_and_d_without_losses": (ELECTRIC, "c"),
    "electricity_upstream_and_losses": (ELECTRIC, "bc"),
    "electricity_life_cycle": (ELECTRIC, "bc"),
    "electricity_life_cycle_by_source": (ELECTRIC, "bc"),
    "electricity_resold": (ELECTRIC, "d"),
    "heat_and_steam_wtt": ("heat", "b"),
    "heat_and_steam": ("heat", "c"),
    "heat_and_steam_wtt_losses": ("heat", "c"),
    "cooling_wtt": ("cooling", "b"),
    "cooling": ("cooling", "c"),
}
_HEAT = {"purchased_steam": "heat", "purchased_heat": "heat", "purchased_cooling": "cooling"}
_WORDS = {"heat": "heat_and_steam", "cooling": "cooling"}
_ENERGY: Final = COMBUSTION | PURCHASED_ENERGY
_ON_SITE = "onsite"  # DESNZ: heat made where it is used, which no network loses


def is_energy(piece: Portion) -> bool:
    """Whether a piece of Scope 1 or 2 has an upstream: a fuel, or power, heat or cold bought.

    What a company generates itself has none of its own: the upstream of its fuel is that of the
    fuel's own line.
    """
    source = piece.source
    bought = source.category in _ENERGY
    return bought and piece.placement.scope < 3 and not source.reported and source.masses is None


def asks_of(source: ElementaryActivity, plan: Plan) -> Asks:
    """What an amount of fuel or bought energy asks."""
    if source.category in COMBUSTION:
        return Asks((_of_fuel(source, plan),))
    if priced_category(source) in ELECTRICITY:
        return _of_power(source, plan)
    return _of_heat(_HEAT[source.category], plan)


def _of_fuel(source: ElementaryActivity, plan: Plan) -> Ask:
    """Of a fuel by its amount; of a vehicle by the distance where nothing else is known."""
    if source.unit.dimension != "km":
        what = source.fuel or source.data.item or source.category
        return Ask("upstream", "a", what, UPSTREAM, source.fuel, source.data.item)
    factor, data = plan.resolution.factor, source.data
    vehicle = data.vehicle or (factor.vehicle if factor is not None else None)
    drive = source.fuel or data.technology or (factor.technology if factor is not None else None)
    kind = "motorbike" if (vehicle or "").startswith("motorbike") else "car"
    return Ask("upstream", "a", source.fuel or kind, UPSTREAM, None, f"{kind}_wtt", drive, vehicle)


def _of_power(source: ElementaryActivity, plan: Plan) -> Asks:
    """Of power: a direct line has no losses of a grid, nor the upstream of its power stations."""
    if source.data.attributes is not None:
        return Asks((Ask("upstream", "b", "direct line", UPSTREAM, None, "direct_line_wtt"),))
    upstream = Ask("upstream", "b", ELECTRIC, UPSTREAM, None, "electricity_wtt_generation")
    factor = plan.resolution.factor
    if factor is not None and factor.includes_losses:
        return Asks((upstream,), held=(("c", f"{factor.ref} includes grid losses"),))
    return Asks(
        (upstream, Ask(OF_LOSSES, "c", ELECTRIC, T_AND_D, None, "electricity")),
        Ask(OF_LOST, "c", ELECTRIC, UPSTREAM, None, "electricity_wtt_losses"),
        Ask(BOTH, "bc", ELECTRIC, UPSTREAM, None, "electricity_upstream_and_losses"),
    )


def _of_heat(carrier: str, plan: Plan) -> Asks:
    """Of heat, steam and cold: lost on the way where they come by a network."""
    factor = plan.resolution.factor
    made = factor.technology if factor is not None else None
    item = _WORDS[carrier]
    upstream = Ask("upstream", "b", carrier, UPSTREAM, None, f"{item}_wtt", made)
    if made == _ON_SITE:
        return Asks((upstream,))
    return Asks(
        (upstream, Ask(OF_LOSSES, "c", carrier, T_AND_D, None, item)),
        Ask(OF_LOST, "c", carrier, UPSTREAM, None, f"{item}_wtt_losses"),
    )
