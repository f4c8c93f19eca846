"""Integrated circuits by the ACT model (Gupta et al. 2022): what making one piece takes.

Logic: (electricity per area × grid of the fab + process gases + raw materials) × area ÷ yield, and
the package. Memory: capacity × factor per GB ÷ yield, and the package. The electricity per area and
the default yield are parameters of a pack, the rest its factors.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Protocol

from pydantic import BeforeValidator, Field, model_validator

from ghgcalc.core.numbers import NumberError, in_full, parse_factor_number
from ghgcalc.core.schema import Amount, Integer, Model, PathTexts, Share, Text, refuse
from ghgcalc.core.step import Step
from ghgcalc.core.units import Quantity, Unit, UnitError, parse_quantity, parse_unit
from ghgcalc.core.vocabulary.countries import COUNTRIES
from ghgcalc.core.vocabulary.dimensions import AREA, DATA, ENERGY, PIECES
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.methods.hybrid import CATEGORIES
from ghgcalc.methods.per_unit import Method, PerUnit, cited

if TYPE_CHECKING:
    from ghgcalc.factors.catalogue import FactorCatalog

# what says what a circuit is of, or prices it: the pack's rows do
_INSTEAD = ("fuel", "item", "gas", "factor", "emission_rate", "technology", "vehicle",
            "fuel_properties", "gas_state", "billed_as", "steam_state")  # fmt: skip
# the rows of process gases: by what share of them the fab destroys
_ABATED = (Fraction(95, 100), Fraction(99, 100))
_PACK = "act-2"
_ADD = f"add `{_PACK}` to `factor_packs:`"
_MEMORY = ("dram", "nand_flash")


class Grid(NamedTuple):
    """Where a fab takes its power from: a region, or a rate of its own."""

    region: str
    rate: Quantity | None


def _grid(value: Any) -> Grid:
    """`CN`, `CN-JS`, or `583 gCO2e/kWh`."""
    if isinstance(value, Grid):
        return value
    text = value if isinstance(value, str) else ""
    if text.partition("-")[0] in COUNTRIES:
        return Grid(text, None)
    example = "write a country or region, such as `CN`, or a rate, such as `583 gCO2e/kWh`"
    try:
        rate = parse_quantity(text, factor=True)
    except (NumberError, UnitError) as error:
        raise refuse(error.code, f"`fab_grid: {text}`: {error.message}", example) from None
    if rate.unit.dimension != f"kgCO2e/{ENERGY}" or rate.number < 0:
        raise refuse("unit-mismatch", f"`fab_grid: {text}` is no CO2e of energy", example)
    return Grid("", rate)


def _node(value: Any) -> str:
    """`28 nm` as the rows of the pack call it."""
    text = "".join(value.split()).lower() if isinstance(value, str) else ""
    if not re.fullmatch(r"\d+nm", text):
        raise refuse("wrong-shape", f"`{value}` is no node", "write one such as `28 nm`")
    return text


FabGrid = Annotated[Grid, BeforeValidator(_grid)]
Node = Annotated[str, BeforeValidator(_node)]


def _possible(made: LogicIc | Memory) -> None:
    """Refuse a yield of nothing, and fewer packages than none."""
    if made.yield_ is not None and not made.yield_:
        raise refuse("out-of-bounds", "a `yield` of 0 %", "state the share that is good")
    if made.packages < 0:
        raise refuse("out-of-bounds", "`packages` below zero", "state 0 for bare dies")


class LogicIc(Model):
    """One logic circuit: node, area of its dies, and the fab; `yield` is its good share."""

    node: Node
    area: Amount
    fab_grid: FabGrid
    abatement: Share = Fraction(97, 100)
    yield_: Share | None = Field(default=None, alias="yield")
    packages: Integer = 1
    evidence: PathTexts = ()

    @model_validator(mode="after")
    def _within(self) -> LogicIc:
        _possible(self)
        if self.area.unit.dimension != AREA or self.area.number <= 0:
            raise refuse("unit-mismatch", f"`area: {self.area}` is no area", "write `1 cm2`")
        low, high = _ABATED
        if not low <= self.abatement <= high:
            raise refuse(
                "out-of-bounds",
                f"`abatement` of {in_full(self.abatement * 100)} %",
                "the model knows 95 % to 99 %; between them it is interpolated",
            )
        return self


class Memory(Model):
    """One piece of memory: its technology and capacity; `yield` is the fab's good share."""

    technology: Text
    capacity: Amount
    yield_: Share | None = Field(default=None, alias="yield")
    packages: Integer = 1
    evidence: PathTexts = ()

    @model_validator(mode="after")
    def _capacity(self) -> Memory:
        _possible(self)
        if self.capacity.unit.dimension != DATA or self.capacity.number <= 0:
            text = f"`capacity: {self.capacity}` is no capacity of data"
            raise refuse("unit-mismatch", text, "write one such as `16 GB`")
        return self


class _Keys(Protocol):
    logic_ic: LogicIc | None
    memory: Memory | None


def check_electronics(line: Any) -> None:
    """A circuit is priced by the rows of its model alone.

    Raises:
        PydanticCustomError: `conflicting-keys`.
    """
    keys = [key for key in ("logic_ic", "memory") if getattr(line, key) is not None]
    if not keys:
        return
    others = (*keys[1:], "hybrid", *_INSTEAD)
    other = next((key for key in others if getattr(line, key) is not None), None)
    if other is not None:
        raise refuse(
            "conflicting-keys",
            f"`{other}` stands beside `{keys[0]}`, which says what the line is of",
            f"remove `{other}:`",
        )


def _logic(amount: PerUnit, keys: _Keys, catalog: FactorCatalog) -> tuple[PerUnit, ...]:
    """Fab power, process gases, raw materials and package of one piece."""
    made = keys.logic_ic
    if made is None:
        return (amount,)
    _need_pieces(amount, "logic_ic")
    area = _per_piece(made.area, parse_unit("cm2"), cited("area of the dies", made.evidence))
    good = _good(made, catalog, "cm2")
    kwh = _parameter(catalog, f"logic_wafer_electricity.{made.node}", "electricity of the fab")
    power = kwh._replace(unit="kWh", text=f"{kwh.text} kWh/cm2")
    low, high = _ABATED
    most = (made.abatement - low) / (high - low)
    shares = {"95": 1 - most, "99": most}
    parts = [_fab_power(amount, made.fab_grid, (area, power, good._replace(unit="kWh")))]
    for percent, share in shares.items():
        if share:
            item = f"logic_wafer_process_gases_{percent}_abatement"
            text = f"share of the row at {percent} %, for {in_full(made.abatement * 100)} %"
            step = Step(share, f"{in_full(share * 100)} %", "cm2", text)
            parts.append(_row(amount, f"process_gases_{percent}", item, made.node,
                              (area, step, good), "cm2"))  # fmt: skip
    parts.append(_row(amount, "raw_materials", "logic_wafer_raw_materials", made.node,
                      (area, good), "cm2"))  # fmt: skip
    return (*parts, *_packages(amount, made))


def _memory(amount: PerUnit, keys: _Keys, catalog: FactorCatalog) -> tuple[PerUnit, ...]:
    """Chips and package of one piece."""
    made = keys.memory
    if made is None:
        return (amount,)
    _need_pieces(amount, "memory")
    rows = [row for item in _MEMORY for row in catalog.candidates(CATEGORIES[0], None, item)]
    item = next((row.item for row in rows if row.technology == made.technology), None)
    if item is None:
        known = sorted({row.technology for row in rows if row.technology})
        raise ConversionError(
            "missing-factor",
            f"no pack of the file knows memory of technology `{made.technology}`",
            f"write one of {', '.join(known)}" if known else _ADD,
        )
    size = _per_piece(made.capacity, parse_unit("GB"), cited("capacity", made.evidence))
    steps = (size, _good(made, catalog, "GB"))
    return (_row(amount, "chips", item, made.technology, steps, "GB"), *_packages(amount, made))


def _need_pieces(amount: PerUnit, key: str) -> None:
    if amount.unit.dimension != PIECES:
        raise ConversionError(
            "unit-mismatch",
            f"`{key}` of a quantity in {amount.unit.text}, which counts no pieces",
            "state the quantity in `piece`",
        )


def _per_piece(stated: Quantity, unit: Unit, source: str) -> Step:
    return Step(stated.value * stated.unit.size / unit.size, f"{stated}", unit.text, source)


def _good(made: LogicIc | Memory, catalog: FactorCatalog, unit: str) -> Step:
    """What is made for each good one: ÷ the yield of the fab."""
    if made.yield_ is not None:
        text, source, ref = in_full(made.yield_ * 100), "yield of the fab", ""
        return Step(1 / made.yield_, f"÷ {text} %", unit, cited(source, made.evidence), ref)
    default = _parameter(catalog, "fab_yield", "default yield of the fab")
    return Step(1 / default.value, f"÷ {default.text}", unit, default.source)


def _parameter(catalog: FactorCatalog, name: str, what: str) -> Step:
    """A parameter of the first pack that prints it, as a step whose unit is to be set.

    Raises:
        ConversionError: `missing-factor`.
    """
    stem = name.partition(".")[0]
    known: list[str] = []
    for pack in catalog.packs:
        for row in pack.rows("parameters"):
            key, value = row.cells.get("id", ""), row.cells.get("value", "")
            if key == name and value:
                source = f"{what} ({pack.info.id}@{pack.header.version}, {key}"
                locator = row.cells.get("locator", "")
                source += f", {locator})" if locator else ")"
                return Step(Fraction(parse_factor_number(value)), value, "", source)
            if key.startswith(f"{stem}."):
                known.append(key.partition(".")[2])
    raise ConversionError(
        "missing-factor",
        f"no pack of the file prints `{name}`, the {what}",
        f"write one of {', '.join(known)}" if known else _ADD,
    )


def _fab_power(amount: PerUnit, grid: Grid, steps: tuple[Step, ...]) -> PerUnit:
    rates = None if grid.rate is None else {"CO2e": grid.rate}
    return amount._replace(
        name="fab_power", steps=(*amount.steps, *steps), after=parse_unit("kWh"),
        priced_as="" if rates else "purchased_electricity", region=grid.region,
        says=(*amount.says, ("emission_rate", rates)) if rates else amount.says,
    )  # fmt: skip


def _row(
    amount: PerUnit, name: str, item: str, technology: str, steps: tuple[Step, ...], unit: str
) -> PerUnit:
    says = (*amount.says, ("item", item), ("technology", technology))
    return amount._replace(
        name=name, steps=(*amount.steps, *steps), after=parse_unit(unit), says=says
    )


def _packages(amount: PerUnit, made: LogicIc | Memory) -> tuple[PerUnit, ...]:
    if not made.packages:
        return ()
    step = Step(Fraction(made.packages), f"{made.packages}", "piece", "packaged circuits per piece")
    return (
        amount._replace(
            name="package", steps=(*amount.steps, step), after=parse_unit("piece"),
            says=(*amount.says, ("item", "ic_package")),
        ),
    )  # fmt: skip


LOGIC_IC = Method("logic_ic", ("logic_ic",), CATEGORIES, expand=_logic, words=("average_data",))
MEMORY = Method("memory", ("memory",), CATEGORIES, expand=_memory, words=("average_data",))
