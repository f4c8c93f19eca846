"""What a market-based part is among energy: carrier, origin, step of the hierarchy, MWh."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ghgcalc.core.vocabulary.technology import source_of

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import Part, Plan
    from ghgcalc.core.vocabulary.technology import Source

Origin = Literal["purchased", "kept", "sold"]
OWN = "self_generated_electricity"
CARRIERS = {
    "purchased_electricity": "electricity", OWN: "electricity", "purchased_steam": "steam",
    "purchased_heat": "heat", "purchased_cooling": "cooling",
}  # fmt: skip
LEVELS = {
    0: "own generation, attributes kept", 1: "energy attribute certificates", 2: "contracts",
    3: "supplier rates", 4: "residual mix", 5: "grid average",
}  # fmt: skip
JOULES_PER_MWH = 3_600_000_000


class TranchePlace(NamedTuple):
    """What the parts of one row of the bridge share; level 0 stands last, as 6."""

    carrier: str
    level: int
    kind: str
    name: str


def carrier_of(line: Line) -> str:
    """Electricity, steam, heat or cooling."""
    return CARRIERS.get(line.source_category, "electricity")


def origin_of(line: Line) -> Origin:
    """Bought, or generated with its attributes kept or sold (PL-09)."""
    if line.source_category != OWN:
        return "purchased"
    kept = line.energy is not None and line.energy.attributes == "kept"
    return "kept" if kept else "sold"


def kept_source(line: Line) -> Source | None:
    """What generates own or direct-line power whose attributes are kept; None for all else."""
    if line.energy is None or line.energy.attributes != "kept":
        return None
    return source_of(line.energy.technology)


def tranche_place(carrier: str, part: Part) -> TranchePlace:
    """The row of the bridge that a market-based part stands in."""
    kind = part.source if part.instrument else ""
    name = part.instrument or (part.source if part.level else LEVELS[0])
    return TranchePlace(carrier, part.level or 6, kind, name)


def part_mwh_each(line: Line, part: Part) -> Fraction | None:
    """MWh in one unit of a part: units of energy by their size, else what the line states."""
    each = line.energy.mwh_each if line.energy is not None else None
    return None if each is None else mwh_of_one(part.plan, each)


def mwh_of_one(plan: Plan, each: Fraction) -> Fraction:
    """MWh of one unit of a plan, `each` being what the line states."""
    unit = plan.unit
    return unit.size / JOULES_PER_MWH if unit and unit.dimension == "J" else each
