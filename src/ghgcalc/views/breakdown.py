"""Tables by one dimension: facility, country, month, gas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.core.gases import GROUP_HEADINGS
from ghgcalc.core.numbers import ZERO
from ghgcalc.inventory.spread import month_note
from ghgcalc.views.amounts import Amounts, GasAmounts, by_gas, by_month, group
from ghgcalc.views.table import Column, Number, Row, Table, figure_places, places_for
from ghgcalc.views.totals import biogenic_cell
from ghgcalc.views.words import NOT_COUNTRY, NOT_FACILITY

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.views.amounts import Weighed
    from ghgcalc.views.table import Cell

_SCOPES = ((1, LOCATION, "Scope 1"), (2, LOCATION, "Scope 2\nlocation-based"),
           (2, MARKET, "Scope 2\nmarket-based"), (3, LOCATION, "Scope 3"))  # fmt: skip
DIMENSIONS = ("facility", "country", "month", "gas")


def breakdown_table(inventory: Inventory, weighed: list[Weighed], dimension: str) -> Table:
    """The table of a dimension, with a closing total."""
    if dimension == "gas":
        return _gas_table(inventory)
    notes: tuple[str, ...] = ()
    if dimension == "month":
        groups: dict[str, Amounts] = dict(by_month(weighed))
        told = month_note(inventory)
        notes = (told,) if told else ()
    else:
        attribute, absent = {
            "facility": ("facility", NOT_FACILITY),
            "country": ("country", NOT_COUNTRY),
        }[dimension]
        found = group(weighed, lambda line: getattr(line, attribute) or absent)
        largest = sorted(found.items(), key=_by_size)
        groups = {str(name): amounts for name, amounts in largest}
    return _scoped(f"By {dimension}", dimension.capitalize(), groups, notes)


def _by_size(item: tuple[object, Amounts]) -> tuple[bool, Fraction, str]:
    """The largest first; those whose total is not known before them."""
    total = item[1].total(MARKET)
    return total is not None, -(total or ZERO), str(item[0])


def _scoped(title: str, heading: str, groups: dict[str, Amounts], notes: tuple[str, ...]) -> Table:
    whole = Amounts()
    for amounts in groups.values():
        whole.merge(amounts)
    places = places_for(whole.total(method) for method in (LOCATION, MARKET))
    shown = [entry for entry in _SCOPES if entry[0] < 3 or 3 in whole.seen]
    columns = (Column(heading), *(Column(name, True) for _, _, name in shown))
    rows = [
        Row((name, *(_cell(amounts, scope, method, places) for scope, method, _ in shown)), level=1)
        for name, amounts in groups.items()
    ]
    total = tuple(_cell(whole, scope, method, places) for scope, method, _ in shown)
    rows.insert(0, Row(("Total", *total), sums=True))
    return Table(title, columns, tuple(rows), notes, "tCO2e")


def _cell(amounts: Amounts, scope: int, method: str, places: int) -> Cell:
    value = amounts.of(scope, method)
    return None if value is None else Number(value, places)


def _gas_table(inventory: Inventory) -> Table:
    """The seven groups in tCO2e and, gas by gas, in tonnes of gas."""
    gases = by_gas(inventory)
    whole = Amounts()
    for entry in gases:
        whole.merge(entry.amounts)
    places = places_for(whole.total(method) for method in (LOCATION, MARKET))
    shown = [entry for entry in _SCOPES if entry[0] < 3 or 3 in whole.seen]
    columns = (
        Column("Gas"),
        *(Column(name, True) for _, _, name in shown),
        Column("t of gas\nlocation-based", True),
    )
    cells = tuple(_cell(whole, scope, method, places) for scope, method, _ in shown)
    rows = [Row(("Total", *cells, ""), sums=True)]
    for name in dict.fromkeys(entry.group for entry in gases):
        members = [entry for entry in gases if entry.group == name]
        rows += _group_rows(name, members, shown, places)
    biogenic = biogenic_cell(inventory, places)
    blank: tuple[Cell, ...] = ("",) * len(shown)
    rows.append(Row(("Biogenic CO2, outside scopes", *blank, biogenic)))
    return Table("By gas", columns, tuple(rows), (), "tCO2e")


def _group_rows(
    name: str, members: list[GasAmounts], shown: list[tuple[int, str, str]], places: int
) -> list[Row]:
    """A group's row; its gases below where the group is a family."""
    whole = Amounts()
    for entry in members:
        whole.merge(entry.amounts)
    family = name in ("HFC", "PFC")
    kg = sum((entry.kg[LOCATION] for entry in members), ZERO)
    mass: Cell = None if family or name == "unspecified" else _mass(kg)
    cells = tuple(_cell(whole, scope, method, places) for scope, method, _ in shown)
    rows = [Row((GROUP_HEADINGS.get(name, name), *cells, mass), level=1, sums=family)]
    if family:
        rows += [
            Row(
                (
                    entry.gas,
                    *(_cell(entry.amounts, scope, method, places) for scope, method, _ in shown),
                    _mass(entry.kg[LOCATION]),
                ),
                level=2,
            )
            for entry in members
        ]
    return rows


def _mass(kg: Fraction) -> Number:
    tonnes = kg / 1000
    places = min(figure_places(tonnes, 4), 9)
    while places and (tonnes * 10 ** (places - 1)).denominator == 1:
        places -= 1
    return Number(tonnes, places)
