"""Goods by the hybrid method: the supplier's own stage, and what lies before it.

Technical Guidance, category 1, formulas 1.2 (all data of the supplier) and 1.3 (its Scope 1 and 2
and waste alone; a factor that leaves its stage out gives the rest).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Protocol

from pydantic import AfterValidator, Field, model_validator

from ghgcalc.core.schema import (
    Amount,
    Country,
    FactorAmount,
    Flag,
    Model,
    PathTexts,
    Text,
    refuse,
)
from ghgcalc.core.step import Step
from ghgcalc.core.units import Quantity, Unit, parse_quantity, parse_unit
from ghgcalc.core.vocabulary.dimensions import ENERGY, MASS
from ghgcalc.core.vocabulary.fuels import FUELS, canonical_fuel
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.methods.allocation import TakenShare
from ghgcalc.methods.per_unit import Method, PerUnit, cited

if TYPE_CHECKING:
    from ghgcalc.factors.catalogue import FactorCatalog

CATEGORIES = ("purchased_goods_and_services", "capital_goods")
Rates = Annotated[dict[Text, FactorAmount], Field(min_length=1)]
# what says what a part is of, or prices it; the line itself then says none of it
_SAYS = ("fuel", "item", "technology", "vehicle", "factor", "emission_rate")
_INSTEAD = (*_SAYS, "gas", "fuel_properties", "gas_state", "billed_as", "steam_state")
_CO2E_RATE = {"CO2e": parse_quantity("1 kgCO2e/kgCO2e", factor=True)}
# key, dimension, what it is and an example
_MEASURED = (
    ("quantity", "", ("", "")),
    ("co2e", "kgCO2e", ("a mass of CO2e", "write one such as `3 tCO2e`")),
    ("distance", "km", ("a distance", "write one such as `800 km`")),
)
# the sections whose parts are amounts of the supplier, and the categories that price the others
_SUPPLIERS = ("scope_1_2", "waste")
_PRICED = {"waste": "waste_generated", "transport": "upstream_transportation"}


class HybridPart(Model):
    """One amount of the supplier's data, for the goods of `per`, and what prices it.

    `share` is what of the supplier's amount is ours; `distance` of a transport multiplies its mass.
    """

    quantity: Amount | None = None
    co2e: Amount | None = None
    distance: Amount | None = None
    share: TakenShare | None = None
    fuel: Text | None = None
    item: Text | None = None
    technology: Text | None = None
    vehicle: Text | None = None
    factor: Text | None = None
    emission_rate: Rates | None = None
    country: Country | None = None
    excludes_gate_to_gate: Flag | None = None
    evidence: PathTexts = ()

    @model_validator(mode="after")
    def _priced_once(self) -> HybridPart:
        for key, dimension, example in _MEASURED:
            amount: Quantity | None = getattr(self, key)
            if amount is not None and dimension not in ("", amount.unit.dimension):
                raise refuse("unit-mismatch", f"`{key}: {amount}` is not {example[0]}", example[1])
            if amount is not None and amount.number < 0:
                raise refuse("negative-quantity", f"`{amount}` is negative", "state what there was")
        given = [key for key in ("co2e", "factor", "emission_rate", "fuel")
                 if getattr(self, key) is not None]  # fmt: skip
        if given == ["factor", "fuel"]:
            given = []  # a row pinned for a fuel
        also = [key for key in ("quantity", "distance", *_SAYS)
                if given[:1] == ["co2e"] and getattr(self, key) is not None]  # fmt: skip
        two = (given + also)[:2] if len(given) > 1 or also else []
        if two:
            raise refuse(
                "conflicting-keys", f"`{two[0]}` stands beside `{two[1]}` in one part",
                "keep one of them: each says what the part emits",
            )  # fmt: skip
        return self


def _none_empty(parts: dict[str, HybridPart]) -> dict[str, HybridPart]:
    if not parts:
        raise refuse(
            "missing-key", "a section of `hybrid` is empty", "name its parts, or remove it"
        )
    for name, part in parts.items():
        if part.quantity is None and part.co2e is None:
            raise refuse(
                "missing-key", f"part `{name}` states no amount",
                "add `quantity:` with number and unit, or `co2e:`",
            )  # fmt: skip
        if part.excludes_gate_to_gate is not None:
            raise refuse(
                "conflicting-keys", f"`excludes_gate_to_gate` has no effect on part `{name}`",
                "remove it: it is said of `upstream`",
            )  # fmt: skip
    return parts


def _unmoved(parts: dict[str, HybridPart]) -> dict[str, HybridPart]:
    moved = next((name for name, part in parts.items() if part.distance is not None), None)
    if moved is not None:
        raise refuse(
            "conflicting-keys", f"`distance` has no effect on part `{moved}`",
            "move it to a part of `transport:`",
        )  # fmt: skip
    return parts


Section = Annotated[dict[Text, HybridPart], AfterValidator(_none_empty)]
Still = Annotated[Section, AfterValidator(_unmoved)]


class Hybrid(Model):
    """The supplier's data of the goods of `per`: what we bought, or another amount of the same.

    All data: `scope_1_2`, `materials`, `transport` (of materials, to the supplier), `waste` and
    `other`. Its own stage alone: `scope_1_2`, `waste`, and `upstream` by a factor that leaves that
    stage out. `country` is the supplier's: its power and waste are asked there.
    """

    per: Amount
    scope_1_2: Still
    materials: Still | None = None
    transport: Section | None = None
    waste: Still | None = None
    other: Still | None = None
    upstream: HybridPart | None = None
    country: Country | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Hybrid:
        if self.per.number <= 0:
            raise refuse("out-of-bounds", "`per` is not above zero", "state the goods bought")
        if self.upstream is None:
            if self.materials is None:
                raise refuse(
                    "missing-key", "`hybrid` says nothing of what the supplier bought",
                    "add `materials:` to the supplier, or `upstream:` with a factor that leaves"
                    " the supplier's own stage out",
                )  # fmt: skip
            return self
        excluded = self.upstream.excludes_gate_to_gate
        if not excluded:
            raise refuse(
                "missing-key" if excluded is None else "conflicting-keys",
                "does the factor of `upstream` still contain the supplier's own stage? Its Scope 1"
                " and 2 and its waste would count twice",
                "state `excludes_gate_to_gate: true` where the factor leaves them out; else drop"
                " `hybrid` and use the factor alone, `method: average_data`",
            )  # fmt: skip
        if self.upstream.distance is not None:
            raise refuse("conflicting-keys", "`distance` has no effect on `upstream`", "remove it")
        twice = next((key for key in ("materials", "transport")
                      if getattr(self, key) is not None), None)  # fmt: skip
        if twice is not None:
            raise refuse(
                "conflicting-keys", f"`{twice}` and `upstream` both hold what the supplier bought",
                "keep one of them",
            )  # fmt: skip
        return self

    @property
    def parts(self) -> tuple[tuple[str, str, HybridPart], ...]:
        """Section, name of the line, and part, in the order of the Guidance."""
        found: list[tuple[str, str, HybridPart]] = []
        for section in ("scope_1_2", "materials", "transport", "waste", "other"):
            named: dict[str, HybridPart] = getattr(self, section) or {}
            found += [(section, f"{section}/{name}", part) for name, part in named.items()]
        if self.upstream is not None:
            found.append(("upstream", "upstream", self.upstream))
        return tuple(found)


class _Keys(Protocol):
    hybrid: Hybrid | None


def check_hybrid(line: Any) -> None:
    """A line in parts says nothing else of what it is: its parts do.

    Raises:
        PydanticCustomError: `conflicting-keys`.
    """
    if line.hybrid is None:
        return
    other = next((key for key in _INSTEAD if getattr(line, key) is not None), None)
    if other is not None:
        raise refuse(
            "conflicting-keys",
            f"`{other}` stands beside `hybrid`, whose parts say what they are of",
            f"say it of the part that it speaks of, or remove `{other}:`",
        )


def _expand(amount: PerUnit, keys: _Keys, _: FactorCatalog) -> tuple[PerUnit, ...]:
    """One amount per part, of one unit of what was bought."""
    hybrid = keys.hybrid
    if hybrid is None:
        return (amount,)
    if hybrid.per.unit.dimension != amount.unit.dimension:
        raise ConversionError(
            "unit-mismatch",
            f"`hybrid` is stated per {hybrid.per}, the quantity in {amount.unit.text}",
            f"state the quantity in {hybrid.per.unit.text}, or `per:` in {amount.unit.text}",
        )
    return tuple(
        _of_part(amount, hybrid, section, name, part) for section, name, part in hybrid.parts
    )


def _of_part(amount: PerUnit, hybrid: Hybrid, section: str, name: str, part: HybridPart) -> PerUnit:
    stated, rates = part.quantity, part.emission_rate
    if part.co2e is not None:
        rates = _CO2E_RATE
        steps, after = _per(amount, hybrid, part.co2e, parse_unit("kgCO2e"))
    elif stated is None:  # the factor of `upstream` is per unit of the goods
        steps, after = (), _plain(amount.unit)
    else:
        steps, after = _per(amount, hybrid, stated, _plain(stated.unit))
    if part.share is not None:
        source = cited("our share of the supplier's amount", part.evidence)
        steps = (*steps, Step(part.share.share, part.share.text, after.text, source))
    elif part.evidence and steps:
        steps = (steps[0]._replace(source=cited(steps[0].source, part.evidence)), *steps[1:])
    if part.distance is not None:
        steps, after = _moved(steps, after, part.distance)
    fuel = canonical_fuel(part.fuel) if part.fuel else None
    _need_state(name, fuel, after)
    region = part.country or (hybrid.country if section in _SUPPLIERS else None) or ""
    says = {key: getattr(part, key) for key in _SAYS} | {"emission_rate": rates}
    return amount._replace(
        name=name, fuel=fuel, steps=(*amount.steps, *steps), after=after, region=region,
        priced_as="" if rates is not None else _priced_as(section, part, after),
        says=(*amount.says, *says.items()),
    )  # fmt: skip


def _plain(unit: Unit) -> Unit:
    return Unit(unit.text, unit.dimension, unit.size, unit.basis)


def _per(
    amount: PerUnit, hybrid: Hybrid, stated: Quantity, after: Unit
) -> tuple[tuple[Step, ...], Unit]:
    """The step from one unit of the goods to the part's amount of it, in `after`."""
    goods = hybrid.per.value * hybrid.per.unit.size / amount.unit.size
    each = stated.value * stated.unit.size / after.size / goods
    return (Step(each, f"{stated} ÷ {hybrid.per}", after.text, "data of the supplier"),), after


def _moved(
    steps: tuple[Step, ...], after: Unit, distance: Quantity
) -> tuple[tuple[Step, ...], Unit]:
    """Mass to transport: t × km."""
    if after.dimension != MASS:
        raise ConversionError(
            "unit-mismatch",
            f"`distance` beside a quantity in {after.text}, no mass",
            "state the mass that was carried",
        )
    carried = parse_unit("t·km")
    value = after.size * distance.value * distance.unit.size / carried.size
    text = f"{distance}"
    return (*steps, Step(value, text, carried.text, "distance to the supplier")), carried


def _need_state(name: str, fuel: str | None, after: Unit) -> None:
    """A volume of gas has a state."""
    gas = fuel in FUELS and FUELS[fuel].phase in {"gas", "liquefied"}
    if gas and after.dimension == "m3":
        raise ConversionError(
            "gas-state-missing",
            f"`{name}` is in {after.text} of gas without a state",
            "write `Nm3` (0 °C) or `Sm3` (15 °C) as its meter counts, or state its energy",
        )


def _priced_as(section: str, part: HybridPart, after: Unit) -> str:
    """The category whose factors price a part: fuels and power of the supplier are its own."""
    if section != "scope_1_2":
        return _PRICED.get(section, "")
    if part.fuel is not None:
        return "stationary_combustion"
    return "purchased_electricity" if after.dimension == ENERGY else ""


def _bought(line: Any) -> Quantity | None:
    """The goods of `per`, where a line states no quantity of its own."""
    hybrid: Hybrid | None = getattr(line, "hybrid", None)
    if hybrid is None or getattr(line, "quantity", None) is not None:
        return None
    return hybrid.per


HYBRID = Method(
    "hybrid", ("hybrid",), CATEGORIES, expand=_expand, amount=_bought, amount_key="hybrid",
    words=("hybrid",),
)  # fmt: skip
