"""Heating values of own packs: each net value has a gross one that it may stand beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.diagnostics import Diagnostic, Location, Related
from ghgcalc.core.heat_pair import CODE, HINT, unlikely_pair
from ghgcalc.core.numbers import parse_factor_number
from ghgcalc.core.units import Quantity, parse_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ghgcalc.core.text.document import KeyPath
    from ghgcalc.factors.pack import Pack

_NET, _GROSS = "net_calorific_value", "gross_calorific_value"
_OTHER = {_NET: _GROSS, _GROSS: _NET}


class _Stated(NamedTuple):
    of: tuple[str, str, str]  # fuel, region, year
    kind: str
    value: Quantity
    where: Location


def check_heating_values(pack: Pack, place: Callable[[KeyPath], Location]) -> list[Diagnostic]:
    """Heating values that none of the other kind goes with, by fuel and region (`out-of-bounds`).

    A pack may hold several fuels of one name: a value is refused where none of the others fits it.
    """
    stated = list(_stated(pack, place))
    found: dict[Location, Diagnostic] = {}
    for each in stated:
        others = [
            other for other in stated
            if other.of == each.of and other.kind == _OTHER.get(each.kind)
            and other.value.unit.dimension == each.value.unit.dimension
        ]  # fmt: skip
        if not others or any(_slip(each, other) is None for other in others):
            continue
        if any(other.where in found for other in others):
            continue  # said at the other value
        message = f"{each.of[0]}: {_slip(each, others[0])}"
        related = (Related(others[0].where, "the other value"),)
        found[each.where] = Diagnostic(CODE, message, each.where, related=related, hint=HINT)
    return list(found.values())


def _slip(one: _Stated, two: _Stated) -> str | None:
    net, gross = (one, two) if one.kind == _NET else (two, one)
    return unlikely_pair(net.value, gross.value)


def _stated(pack: Pack, place: Callable[[KeyPath], Location]) -> Iterator[_Stated]:
    for row in pack.rows("fuel_properties"):
        cells = row.cells
        value = Quantity(parse_factor_number(cells["value"]), parse_unit(cells["unit"]))
        where = Location(f"{pack.shown}/{row.table.file}", row.line, 1)
        of = cells["fuel"], cells.get("region", ""), cells.get("year", "")
        yield _Stated(of, cells["property"], value, where)
    for name, own in pack.header.fuel_properties.items():
        where = place(("fuel_properties", name))
        yield _Stated((own.fuel, own.region, ""), own.property, own.value, where)
