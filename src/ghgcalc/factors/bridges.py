"""Fuel properties as bridges between kinds of amount: energy, mass, volume, gas volume."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.refusal import Refused
from ghgcalc.core.units import Quantity, UnitError, dimension_label, parse_unit

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from ghgcalc.factors.fuel_properties import Property
    from ghgcalc.factors.model import Factor, FuelProperty, PackInfo

ENERGY, VOLUME, GAS_VOLUME, MASS = "J", "m3", "Nm3", "kg"
NET, GROSS = f"{ENERGY}:net", f"{ENERGY}:gross"
FOREIGN = 5  # the tier of another publisher's properties
BRIDGED = frozenset({ENERGY, VOLUME, GAS_VOLUME, MASS})  # kinds that fuel properties connect


class ConversionError(Refused):
    """Why a quantity cannot be turned into the factor's unit.

    `quantity` says the same of the quantity alone, for where several factors are meant.
    """

    def __init__(self, code: str, message: str, hint: str, quantity: str = "") -> None:
        super().__init__(code, message, hint)
        self.quantity = quantity or message


class Edge(NamedTuple):
    """A fuel property as a bridge between two kinds of amount: 1 `per` holds `value` `of`.

    `tier` orders sources: 0 line, 1 facility, 2 table, 3 own pack, 4 the factor's publisher,
    5 another publisher (a gap). `below` is the unit of `per` as written; edges of one source (a
    block of the file; a pack's values for a region) have the same `tier`, `order` and `home`.
    """

    per: str
    of: str
    value: Fraction
    text: str
    source: str
    tier: int
    order: int
    ref: str
    below: str = ""
    home: str = ""


def own_edges(prop: Property | None, tier: int, source: str) -> list[Edge]:
    """Edges of a `fuel_properties:` block."""
    if prop is None:
        return []
    found: list[Edge] = []
    for value, basis in ((prop.ncv, "net"), (prop.gcv, "gross"), (prop.density, None)):
        if value is None:
            continue
        if value.number <= 0:
            raise ConversionError(
                "out-of-bounds",
                f"a fuel property of `{value}` is not above zero",
                "copy it from the analysis or the delivery note",
            )
        edge = _edge(value, basis, tier, 0, source, "")
        if edge is None:
            name = {"net": "ncv", "gross": "gcv", None: "density"}[basis]
            raise ConversionError(
                "unit-mismatch",
                f"`{name}` is {dimension_label(value.unit.dimension)}",
                "write `MJ/kg`, `MJ/L` or `MJ/Nm3` for ncv and gcv, `kg/L` for density",
            )
        found.append(edge)
    return found


def pack_edges(
    props: list[FuelProperty], factor: Factor, year: int, order: Callable[[PackInfo], int]
) -> list[Edge]:
    """Edges of packs' fuel properties, ranked by closeness to the factor's publisher.

    Of another publisher's editions only that of the asked year counts, or the last before it.
    `order` says where a pack stands in the company file.
    """
    found: list[Edge] = []
    editions = _editions(props, year)
    bases = {"net_calorific_value": "net", "gross_calorific_value": "gross", "density": None}
    for prop in props:
        if prop.kind not in bases:
            continue
        if prop.pack.own:
            tier = 3
        elif prop.pack.id == factor.pack.id:
            tier = 4
        elif prop.pack.publisher == factor.pack.publisher:
            continue  # another edition of the same publisher is another year's value
        elif prop.pack.header.year != editions.get(prop.pack.publisher):
            continue
        else:
            tier = FOREIGN
        source = f"{prop.pack.header.title}, {prop.locator}" if prop.locator else prop.ref
        edge = _edge(
            prop.value,
            bases[prop.kind],
            tier,
            order(prop.pack),
            f"fuel property: {source}",
            prop.ref,
            f"{prop.pack.id} {prop.region}",
        )
        if edge is not None:
            found.append(edge)
    return found


def _editions(props: list[FuelProperty], year: int) -> dict[str, int | None]:
    """The edition of each publisher that serves a year: its own, else the last before it."""
    chosen: dict[str, int | None] = {}
    for prop in props:
        edition = prop.pack.header.year
        if prop.pack.header.year_rule == "any" or edition is None:
            chosen[prop.pack.publisher] = edition
        elif edition <= year:
            best = chosen.get(prop.pack.publisher)
            chosen[prop.pack.publisher] = edition if best is None else max(best, edition)
        else:
            chosen.setdefault(prop.pack.publisher, -1)
    return chosen


def property_edge(kind: str, value: Quantity, tier: int, source: str, ref: str) -> Edge | None:
    """The bridge that one fuel property of a pack makes; None for a kind that makes none."""
    bases = {"net_calorific_value": "net", "gross_calorific_value": "gross", "density": None}
    home = ref.partition("/")[0]
    return _edge(value, bases[kind], tier, 0, source, ref, home) if kind in bases else None


def _edge(
    value: Quantity,
    basis: str | None,
    tier: int,
    order: int,
    source: str,
    ref: str,
    home: str = "",
) -> Edge | None:
    above, _, below = value.unit.dimension.partition("/")
    if value.number <= 0:
        return None
    size, text = value.value * value.unit.size, _below(value, below)
    if basis is not None and above == ENERGY and below in (MASS, VOLUME, GAS_VOLUME):
        if value.unit.basis not in (None, basis):
            return None
        of = NET if basis == "net" else GROSS
        return Edge(below, of, size, str(value), source, tier, order, ref, text, home)
    if basis is None and above == MASS and below in (VOLUME, GAS_VOLUME):
        return Edge(below, MASS, size, str(value), source, tier, order, ref, text, home)
    return None


def _below(value: Quantity, kind: str) -> str:
    """The unit below the stroke as written, `Sm3` of `38.1 MJ/Sm3`, if it is of the edge's kind.

    A unit written with more, such as `MJ·L/(kg·L)`, is per the kind's own: the value is the same.
    """
    text = value.unit.text.partition("/")[2].strip()
    try:
        return text if parse_unit(text).dimension == kind else kind
    except UnitError:
        return kind
