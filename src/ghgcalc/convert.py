"""From the activity's unit to the factor's: ratios, gas states, bills, fuel properties (DESIGN §4).

Net and gross heating values never mix: a path that touches both is not a path.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.model.line import Step
from ghgcalc.numbers import NumberError, parse_number, significant
from ghgcalc.units import Quantity, Unit, UnitError, dimension_label, parse_unit, ratio

if TYPE_CHECKING:
    from ghgcalc.factors.model import Factor, FuelProperty
    from ghgcalc.model.activity import BilledAs, GasState
    from ghgcalc.model.organization import Property

ENERGY, VOLUME, GAS_VOLUME, MASS = "J", "m3", "Nm3", "kg"
BRIDGED = frozenset({ENERGY, VOLUME, GAS_VOLUME, MASS})  # kinds that fuel properties connect
NORMAL_TEMPERATURE = Fraction(27315, 100)  # K, 0 °C
NORMAL_PRESSURE = Fraction(101325)  # Pa
_TEMPERATURE = re.compile(r"^(?P<number>\S+)\s*(?P<unit>degC|°C|K|degF|°F)$")


class ConversionError(ValueError):
    """Why a quantity cannot be turned into the factor's unit; `code`, message, hint."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


class Edge(NamedTuple):
    """A fuel property as a bridge between two kinds of amount: 1 `per` holds `value` `of`.

    `tier` orders sources: 0 line, 1 facility, 2 table, 3 own pack, 4 the factor's publisher,
    5 another publisher (a gap).
    """

    per: str
    of: str
    value: Fraction
    text: str
    source: str
    tier: int
    order: int
    ref: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """A found way: product of the steps, and the foreign property it leans on, if any."""

    steps: tuple[Step, ...]
    foreign: str = ""
    direct: bool = True

    @property
    def ratio(self) -> Fraction:
        """Activity unit to factor unit."""
        product = Fraction(1)
        for step in self.steps:
            product *= step.value
        return product


def parse_temperature(text: str) -> Fraction:
    """Read `20 degC`, `293.15 K` or `60 degF` as kelvin.

    Raises:
        ConversionError: `bad-gas-state`.
    """
    match = _TEMPERATURE.match(text.strip())
    hint = "write `20 degC`, `293.15 K` or `60 degF`"
    if match is None:
        raise ConversionError("bad-gas-state", f"`{text}` is not a temperature", hint)
    try:
        number = Fraction(parse_number(match["number"]))
    except NumberError as error:
        raise ConversionError("bad-gas-state", error.message, error.hint or hint) from None
    unit = match["unit"]
    if unit == "K":
        kelvin = number
    elif unit in ("degC", "°C"):
        kelvin = number + NORMAL_TEMPERATURE
    else:
        kelvin = (number + Fraction(45967, 100)) * Fraction(5, 9)
    if kelvin <= 0:
        raise ConversionError("bad-gas-state", f"`{text}` is below absolute zero", hint)
    return kelvin


def gas_state_step(state: GasState) -> Step:
    """m3 at a state to Nm3 by the ideal gas law: (273.15 / T) × (p / 101.325 kPa).

    Raises:
        ConversionError: `bad-gas-state`.
    """
    from ghgcalc.units import parse_quantity

    kelvin = parse_temperature(state.temperature)
    try:
        pressure = parse_quantity(state.pressure)
        pascal = pressure.value * ratio(pressure.unit, parse_unit("Pa"))
    except (NumberError, UnitError) as error:
        raise ConversionError("bad-gas-state", error.message, error.hint or "") from None
    if pascal <= 0:
        raise ConversionError(
            "bad-gas-state",
            f"pressure `{state.pressure}` is not above zero",
            "state the absolute pressure, such as `101.325 kPa`",
        )
    value = NORMAL_TEMPERATURE / kelvin * pascal / NORMAL_PRESSURE
    return Step(
        value,
        f"273.15 K / {significant(kelvin)} K × {significant(pascal / 1000)} kPa / 101.325 kPa",
        "Nm3",
        f"gas at {state.temperature}, {state.pressure}",
    )


def billed_steps(billed: BilledAs) -> tuple[tuple[Step, ...], Unit]:
    """m3 on a gas bill to energy: correction × calorific value.

    Raises:
        ConversionError: `basis-missing`, `unit-mismatch`, `not-a-number`.
    """
    value = billed.calorific_value
    if value.unit.dimension != f"{ENERGY}/{VOLUME}":
        raise ConversionError(
            "unit-mismatch",
            f"`calorific_value` is {dimension_label(value.unit.dimension)}, not energy per volume",
            "write it as on the bill: `39.5 MJ/m3 gross`",
        )
    if value.unit.basis is None:
        raise ConversionError(
            "basis-missing",
            "`calorific_value` states neither net nor gross",
            f"write `{value} gross` (bills are gross unless they say net)",
        )
    try:
        correction = Fraction(parse_number(billed.correction))
    except NumberError as error:
        raise ConversionError(error.code, error.message, error.hint or "") from None
    if correction <= 0 or value.number <= 0:
        raise ConversionError(
            "out-of-bounds",
            "`correction` and `calorific_value` must be above zero",
            "copy both from the bill",
        )
    joule = Unit("J", ENERGY, Fraction(1), value.unit.basis)
    kwh = Unit("kWh", ENERGY, parse_unit("kWh").size, value.unit.basis)
    energy = value.value * value.unit.size / kwh.size
    assert joule.basis == kwh.basis
    return (
        Step(correction, f"{significant(correction)}", "m3", "volume correction of the bill"),
        Step(energy, f"{value}", str(kwh), "calorific value of the bill"),
    ), kwh


def node(unit: Unit) -> str:
    """The kind of amount, with the heating value for energy."""
    if unit.dimension == ENERGY and unit.basis:
        return f"{ENERGY}:{unit.basis}"
    return unit.dimension


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


def pack_edges(props: list[FuelProperty], factor: Factor, year: int) -> list[Edge]:
    """Edges of packs' fuel properties, ranked by closeness to the factor's publisher.

    Of another publisher's editions only that of the asked year counts, or the last before it.
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
            tier = 5
        source = f"{prop.pack.header.title}, {prop.locator}" if prop.locator else prop.ref
        edge = _edge(
            prop.value,
            bases[prop.kind],
            tier,
            prop.pack.order,
            f"fuel property: {source}",
            prop.ref,
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
    return _edge(value, bases[kind], tier, 0, source, ref) if kind in bases else None


def _edge(
    value: Quantity, basis: str | None, tier: int, order: int, source: str, ref: str
) -> Edge | None:
    above, _, below = value.unit.dimension.partition("/")
    if value.number <= 0:
        return None
    size = value.value * value.unit.size
    if basis is not None and above == ENERGY and below in (MASS, VOLUME, GAS_VOLUME):
        if value.unit.basis not in (None, basis):
            return None
        return Edge(below, f"{ENERGY}:{basis}", size, str(value), source, tier, order, ref)
    if basis is None and above == MASS and below in (VOLUME, GAS_VOLUME):
        return Edge(below, MASS, size, str(value), source, tier, order, ref)
    return None


def find_conversion(unit: Unit, per: Unit, edges: list[Edge], fuel: bool) -> Conversion:
    """Find the way from `unit` to `per`: directly, or over at most three fuel properties.

    Raises:
        ConversionError: `basis-missing`, `basis-mismatch` or `unit-mismatch`.
    """
    if unit.dimension == per.dimension and (not fuel or unit.basis == per.basis):
        value = ratio(unit, per)
        if value == 1:
            return Conversion(())
        return Conversion(
            (Step(value, f"{significant(value)} {per.text}/{unit.text}", str(per), "unit"),)
        )
    if unit.dimension == per.dimension == ENERGY:
        if unit.basis is None:
            raise ConversionError(
                "basis-missing",
                f"the quantity in {unit.text} states neither net nor gross heating value",
                f"write `{unit.text} gross` (gas bills) or `{unit.text} net`",
            )
        raise ConversionError(
            "basis-mismatch",
            f"the quantity is {unit}, the factor per {per}",
            f"report {per.basis or 'the same'} energy, or the mass or volume",
        )
    if fuel and unit.dimension == ENERGY and unit.basis is None:
        raise ConversionError(
            "basis-missing",
            f"the quantity in {unit.text} states neither net nor gross heating value",
            f"write `{unit.text} gross` (gas bills) or `{unit.text} net`",
        )
    path = _best_path(node(unit), node(per), edges)
    if path is None:
        raise ConversionError(
            "unit-mismatch",
            f"the quantity is in {unit.text} ({dimension_label(unit.dimension)}), its factor is"
            f" per {per.text} ({dimension_label(per.dimension)})",
            _bridge_hint(unit, per),
        )
    return _walk(unit, per, path)


def _bridge_hint(unit: Unit, per: Unit) -> str:
    pair = {unit.dimension, per.dimension}
    if pair == {MASS, VOLUME}:
        return "add `fuel_properties: {density: … kg/L}` with its source, or report the other unit"
    if ENERGY in pair and pair & {MASS, VOLUME, GAS_VOLUME}:
        key = "gcv" if (per.basis or unit.basis) == "gross" else "ncv"
        other = next(iter(pair - {ENERGY}), MASS)
        unit_text = {MASS: "MJ/kg", VOLUME: "MJ/L", GAS_VOLUME: "MJ/Nm3"}.get(other, "MJ/kg")
        return f"add `fuel_properties: {{{key}: … {unit_text}}}` with its source"
    return f"report the quantity in {dimension_label(per.dimension)}"


def _best_path(start: str, goal: str, edges: list[Edge]) -> list[tuple[Edge, bool]] | None:
    """Fewest foreign sources, then fewest steps, then pack order; None if there is no way."""
    best: tuple[tuple[object, ...], list[tuple[Edge, bool]]] | None = None
    ties = 0

    def visit(at: str, path: list[tuple[Edge, bool]], seen: frozenset[str]) -> None:
        nonlocal best, ties
        if at == goal and path:
            ranks = sorted((e.tier, e.order) for e, _ in path)
            key: tuple[object, ...] = (max(ranks)[0], len(path), ranks)
            if best is None or key < best[0]:
                best, ties = (key, list(path)), 0
            elif key == best[0] and [e for e, _ in path] != [e for e, _ in best[1]]:
                ties += 1
            return
        if len(path) == 3:
            return
        for edge in edges:
            for there, back in ((edge.of, False), (edge.per, True)):
                here = edge.per if not back else edge.of
                if here == at and there not in seen and not _mixes(there, seen | {goal}):
                    visit(there, [*path, (edge, back)], seen | {there})

    visit(start, [], frozenset({start}))
    if best is not None and ties:
        names = ", ".join(sorted({e.ref or e.source for e, _ in best[1]}))
        raise ConversionError(
            "ambiguous-property",
            f"several fuel properties fit, among them {names}",
            "state `fuel_properties:` on the line",
        )
    return None if best is None else best[1]


def _mixes(there: str, others: frozenset[str]) -> bool:
    bases = {name for name in (*others, there) if name.startswith(f"{ENERGY}:")}
    return len(bases) > 1


_BASE_UNITS = {f"{ENERGY}:net": "GJ", f"{ENERGY}:gross": "GJ", MASS: "t", VOLUME: "m3",
               GAS_VOLUME: "Nm3"}  # fmt: skip


def _walk(unit: Unit, per: Unit, path: list[tuple[Edge, bool]]) -> Conversion:
    steps: list[Step] = []
    at = unit
    foreign = ""
    for place, (edge, back) in enumerate(path):
        target_node = edge.per if back else edge.of
        last = place == len(path) - 1
        target = per if last else _print_unit(target_node)
        value = edge.value if not back else 1 / edge.value
        value = value * at.size / target.size
        text = edge.text if not back else f"÷ {edge.text}"
        steps.append(Step(value, text, str(target), edge.source, edge.ref))
        at = target
        if edge.tier == 5:
            foreign = edge.ref
    return Conversion(tuple(steps), foreign, direct=False)


def _print_unit(name: str) -> Unit:
    unit = parse_unit(_BASE_UNITS[name])
    _, _, basis = name.partition(":")
    return unit._replace(basis=basis) if basis in ("net", "gross") else unit  # type: ignore[arg-type]
