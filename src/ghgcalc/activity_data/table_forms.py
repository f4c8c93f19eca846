"""What all amounts of one item of a table in one unit have in common, found once."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.elementary import told
from ghgcalc.core.gas_units import check_mass_of
from ghgcalc.core.numbers import ONE
from ghgcalc.core.units import Unit, UnitError, dimension_label, parse_unit, ratio
from ghgcalc.core.vocabulary.fuels import canonical_fuel
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.methods.per_unit import PerUnit
from ghgcalc.methods.registry import PLACED_KEYS, SHARE_KEYS, expand, method_notes, share_steps

if TYPE_CHECKING:
    from ghgcalc.activity_data.tables.sums import KeyedSum
    from ghgcalc.company.table import Item, Table
    from ghgcalc.core.text.document import KeyPath
    from ghgcalc.factors.catalogue import FactorCatalog


# a mass of gas may be shared; the other keys that stand on some categories make no mass of it
_OTHERWISE = PLACED_KEYS - SHARE_KEYS


class Form(NamedTuple):
    """What all amounts of one item in one unit have in common; `scale` brings them to `unit`.

    Attributes:
        item: what the table says of them, with what a method replaces.
        made: one unit of them, as its methods made it.
        masses: of a gas, its share of the quantity.
    """

    table: str
    item: Item
    path: KeyPath
    evidence: tuple[str, ...]
    unit: Unit
    made: PerUnit
    scale: Fraction = ONE
    masses: dict[str, Fraction] | None = None

    def line(self, line: str) -> str:
        """The id of its line, of the id of its sum."""
        return f"{line}/{self.made.name}" if self.made.name else line


Slip = ConversionError | UnitError


def forms_of(
    name: str, table: Table, entry: KeyedSum, catalog: FactorCatalog
) -> tuple[Form, ...] | Slip:
    """The forms of an item in a unit, one of each amount that its methods make, or why not."""
    item = table.items[entry.item]
    unit = parse_unit(item.unit_of(entry.unit))
    one = PerUnit(unit, canonical_fuel(item.fuel))
    evidence = (*table.evidence, *item.evidence)
    plain = Form(name, item, ("tables", name, "items", entry.item), evidence, unit, one)
    try:
        if item.storage is not None:
            return (plain,)
        if item.gas is not None and _OTHERWISE.isdisjoint(item.model_fields_set):
            check_mass_of(item.gas, unit)
            scale = _to_kg(unit)
            kg = parse_unit("kg")
            made = one._replace(unit=kg, steps=share_steps(item, kg), notes=method_notes(item))
            return (plain._replace(unit=kg, scale=scale, masses={item.gas: ONE}, made=made),)
        amounts = expand(one, item, catalog)
    except (ConversionError, UnitError) as error:
        return error
    return tuple(
        plain._replace(
            item=told(item, amount),
            made=amount,
            masses={amount.gas: ONE} if amount.gas else None,
        )
        for amount in amounts
    )


def _to_kg(unit: Unit) -> Fraction:
    if unit.dimension != "kg":
        raise UnitError(
            "unit-mismatch",
            f"a gas is stated in {unit.text} ({dimension_label(unit.dimension)}), not mass",
            "use kg, t, g or lb",
        )
    return ratio(unit, parse_unit("kg"))
