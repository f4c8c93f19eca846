"""From the activity's unit to the factor's: ratios and fuel properties (DESIGN §4).

Net and gross energy meet by one pair of heating values of one source alone (`heating_values`): of
all other paths, one that touches both is not a path.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ghgcalc.calculation.heating_values import find_pair, pair_missing, pair_steps
from ghgcalc.core.printed_units import unit_steps
from ghgcalc.core.refusal import ON_LINE
from ghgcalc.core.step import Step
from ghgcalc.core.units import Unit, dimension_label, parse_unit
from ghgcalc.core.vocabulary.categories import COMBUSTION
from ghgcalc.factors.bridges import ENERGY, FOREIGN, GAS_VOLUME, MASS, VOLUME, ConversionError, Edge


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


def node(unit: Unit) -> str:
    """The kind of amount, with the heating value for energy."""
    if unit.dimension == ENERGY and unit.basis:
        return f"{ENERGY}:{unit.basis}"
    return unit.dimension


def is_fuel(category: str, fuel: str | None, per: Unit) -> bool:
    """Whether energy must say net or gross: of combustion, and of fuels upstream."""
    return category in COMBUSTION or (fuel is not None and bool(per.basis))


def find_conversion(
    unit: Unit, per: Unit, edges: list[Edge], fuel: bool, phase: str = ""
) -> Conversion:
    """Find the way from `unit` to `per`: directly, or over at most three fuel properties.

    Args:
        unit: the quantity's unit.
        per: the factor's unit.
        edges: the fuel properties at hand.
        fuel: whether energy must say net or gross.
        phase: phase of the fuel, where it is known.

    Raises:
        ConversionError: `basis-missing`, `basis-mismatch`, `unit-mismatch`,
            `ambiguous-property` or `out-of-bounds`.
    """
    if unit.dimension == per.dimension and (not fuel or unit.basis == per.basis):
        return Conversion(unit_steps(unit, per))
    if unit.dimension == per.dimension == ENERGY:
        if unit.basis is None:
            raise _basis_missing(unit, phase)
        return _over_pair(unit, per, edges, phase)
    if fuel and unit.dimension == ENERGY and unit.basis is None:
        raise _basis_missing(unit, phase)
    path = _best_path(node(unit), node(per), edges)
    if path is None:
        quantity = f"the quantity is in {unit.text} ({dimension_label(unit.dimension)})"
        raise ConversionError(
            "unit-mismatch",
            f"{quantity}, its factor is per {per.text} ({dimension_label(per.dimension)})",
            _bridge_hint(unit, per),
            quantity,
        )
    return _walk(unit, per, path)


def basis_choices(unit: str, phase: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Both heating values of a unit, each with a remark, and what else to look at.

    Gas is billed gross; what is known of oil, coal and wood is a mass or a volume, and its energy
    was worked out by somebody.
    """
    if phase in ("", "gas"):
        return ((f"{unit} gross", " (gas bills)"), (f"{unit} net", "")), ""
    choices = (f"{unit} net", ""), (f"{unit} gross", "")
    return choices, (
        ", by the heating value that it was worked out with; a quantity in litres, kilograms or"
        " tonnes is stated in these"
    )


def _basis_missing(unit: Unit, phase: str) -> ConversionError:
    choices, more = basis_choices(unit.text, phase)
    offered = " or ".join(f"`{text}`{note}" for text, note in choices)
    return ConversionError(
        "basis-missing",
        f"the quantity in {unit.text} states neither net nor gross heating value",
        f"write {offered}{more}",
    ).supposing(unit.text, f"{unit.text} gross")


def _over_pair(unit: Unit, per: Unit, edges: list[Edge], phase: str) -> Conversion:
    """Energy of one heating value to that of the other by both values of one source."""
    pair = find_pair(edges, phase) if per.basis is not None else None
    if pair is None:
        raise pair_missing(unit, per, edges, phase)
    foreign = next((edge.ref for edge in pair if edge.tier == FOREIGN), "")
    return Conversion(pair_steps(unit, per, pair), foreign, direct=False)


def _bridge_hint(unit: Unit, per: Unit) -> str:
    pair = {unit.dimension, per.dimension}
    if pair == {MASS, VOLUME}:
        return (
            f"add `fuel_properties: {{density: … kg/L}}`{ON_LINE} with its source, or report the"
            " other unit"
        )
    if ENERGY in pair and pair & {MASS, VOLUME, GAS_VOLUME}:
        key = "gcv" if (per.basis or unit.basis) == "gross" else "ncv"
        other = next(iter(pair - {ENERGY}), MASS)
        unit_text = {MASS: "MJ/kg", VOLUME: "MJ/L", GAS_VOLUME: "MJ/Nm3"}.get(other, "MJ/kg")
        return f"add `fuel_properties: {{{key}: … {unit_text}}}`{ON_LINE} with its source"
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
            f"state `fuel_properties:`{ON_LINE}",
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
        if edge.tier == FOREIGN:
            foreign = edge.ref
    return Conversion(tuple(steps), foreign, direct=False)


def _print_unit(name: str) -> Unit:
    unit = parse_unit(_BASE_UNITS[name])
    _, _, basis = name.partition(":")
    return unit._replace(basis=basis) if basis in ("net", "gross") else unit  # type: ignore[arg-type]
