"""The columns that Lines and Tranches share: tonnes, kilograms by gas, tCO2e by gas."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.core.gases import GROUPS
from ghgcalc.core.numbers import ZERO
from ghgcalc.render.xlsx.book import Column, letter
from ghgcalc.render.xlsx.cells import KG_PER_T
from ghgcalc.render.xlsx.styles import TONNES

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.calculation.results.plan import Plan
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.render.xlsx.book import Sheet
    from ghgcalc.render.xlsx.cells import Cells, PlanCells

UNSPECIFIED = "CO2e without its gases"


class Gases(NamedTuple):
    """The gases that an inventory speaks of, in the order of their groups; those outside apart."""

    inside: tuple[tuple[str, str], ...]
    outside: tuple[str, ...]


def gases_of(inventory: Inventory) -> Gases:
    """Every gas with a rate in some plan, as `(group, gas)`."""
    inside: dict[tuple[str, str], None] = {}
    outside: dict[str, None] = {}
    for plan in _plans(inventory):
        inside.update({(rate.group, rate.gas): None for rate in plan.gases})
        outside.update({rate.gas: None for rate in plan.outside})
    order = {name: index for index, name in enumerate(GROUPS)}
    return Gases(
        tuple(sorted(inside, key=lambda item: (order.get(item[0], 99), item[1]))),
        tuple(sorted(outside)),
    )


def _plans(inventory: Inventory) -> list[Plan]:
    found: dict[int, Plan] = {}
    for line in inventory.lines:
        for method in (LOCATION, MARKET):
            for part in line.parts(method):
                found.setdefault(id(part.plan), part.plan)
    return list(found.values())


class _Written(NamedTuple):
    """A formula of a plan: column, text with `#` for the row, value per unit, its style."""

    column: int
    template: str
    numerator: int
    denominator: int
    style: object


class Block:
    """Formula columns after `quantity` and `conversion`, from `start` on.

    Order: total, biogenic CO2, tCO2e of each gas, CO2e without gases, kg of each gas, kg of each
    gas outside.
    """

    def __init__(
        self, sheet: Sheet, cells: Cells, gases: Gases, quantity: int, conversion: int, total: int,
        start: int,
    ) -> None:  # fmt: skip
        self.cells, self.gases = cells, gases
        self.quantity, self.conversion = quantity, conversion
        self.total, self.biogenic = total, start
        self.tonnes = {gas: start + 1 + n for n, (_, gas) in enumerate(gases.inside)}
        self.unspecified = start + 1 + len(gases.inside)
        first = self.unspecified + 1
        self.kg = {gas: first + n for n, (_, gas) in enumerate(gases.inside)}
        first += len(gases.inside)
        self.outside = {gas: first + n for n, gas in enumerate(gases.outside)}
        self.end = first + len(gases.outside)
        self._calc = sheet.style("calc", TONNES)
        self._output = sheet.style("output", TONNES)
        self._known: dict[int, list[_Written]] = {}
        self._sheet = sheet.raw
        self._values_only = sheet.book.values_only
        self._seal = sheet.seal

    @staticmethod
    def columns(gases: Gases) -> list[Column]:
        """The headings of all columns but the total."""
        names = [gas for _, gas in gases.inside]
        return [
            Column("Biogenic CO2 (t, outside the scopes)", 12, True),
            *(Column(f"{name} (tCO2e)", 12, True) for name in names),
            Column(f"{UNSPECIFIED} (tCO2e)", 13, True),
            *(Column(f"{name} (kg)", 12, True) for name in names),
            *(Column(f"{name}, outside the seven gases (kg)", 14, True) for name in gases.outside),
        ]

    def write(self, row: int, plan: Plan, quantity: Fraction) -> None:
        """The formulas of a row; `row` counts from 0."""
        known = self._known.get(id(plan))
        if known is None:
            known = self._known[id(plan)] = self._templates(plan)
        top, bottom = quantity.numerator, quantity.denominator
        place = str(row + 1)
        raw = self._sheet
        for column, template, numerator, denominator, style in known:
            value = top * numerator / (bottom * denominator)
            if self._values_only:
                raw.write_number(row, column, value, style)
                if self._seal is not None:
                    self._seal.add(row, column, value)
            else:
                raw.write_formula(row, column, template.replace("#", place), style, value)

    def _templates(self, plan: Plan) -> list[_Written]:
        names = self.cells.of(plan)
        base = f"=${letter(self.quantity)}#*${letter(self.conversion)}#"
        first, last = letter(self.biogenic + 1), letter(self.unspecified)
        found = [self._made(self.total, f"=SUM({first}#:{last}#)", plan.tonnes, self._output)]
        if names.biogenic:
            text = f"{base}*{names.biogenic}/{KG_PER_T}"
            found.append(self._made(self.biogenic, text, plan.biogenic / 1000))
        found += self._gases(names, base)
        if names.total:
            text = f"{base}*{names.total}/{KG_PER_T}"
            if names.deducted is not None:  # the rest of the publisher's total stays as printed
                for gas, gwp in names.deducted.items():
                    text += f"-${letter(self.kg[gas])}#*{gwp}/{KG_PER_T}"
            elif names.gases:
                text += f"-SUM({first}#:{letter(self.unspecified - 1)}#)"
            found.append(self._made(self.unspecified, text, plan.unspecified / 1000))
        return sorted(found, key=lambda item: item.column)

    def _gases(self, names: PlanCells, base: str) -> list[_Written]:
        plan, found = names.recipe.plan, []
        kg: dict[str, Fraction] = {}
        for rate in (*plan.gases, *plan.outside):
            kg[rate.gas] = kg.get(rate.gas, ZERO) + rate.kg
        for gas in names.recipe.gases:
            factor, gwp = names.gases[gas.gas]
            column = self.kg[gas.gas]
            found.append(self._made(column, f"{base}*{factor}", kg[gas.gas]))
            text = f"=${letter(column)}#*{gwp}/{KG_PER_T}"
            tonnes = kg[gas.gas] * (gas.gwp or ZERO) / 1000
            found.append(self._made(self.tonnes[gas.gas], text, tonnes))
        for name, factor in names.outside.items():
            found.append(self._made(self.outside[name], f"{base}*{factor}", kg[name]))
        return found

    def _made(self, column: int, template: str, value: Fraction, style: object = None) -> _Written:
        return _Written(column, template, value.numerator, value.denominator, style or self._calc)
