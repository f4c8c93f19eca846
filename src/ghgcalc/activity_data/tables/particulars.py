"""Particulars above a table that have headings of their own: the unit and step of a load profile.

`Unite;Pas en minutes` above `W;30` says that each value is a mean power over half an hour.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from ghgcalc.activity_data.tables.said_units import ENERGY, SaidUnit
from ghgcalc.company.table_units import POWER
from ghgcalc.core.numbers import in_full
from ghgcalc.core.units import UnitError, parse_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_UNIT: Final = re.compile(
    r"(?i)units?|uom|(?:maß|mengen|mess)?einheit|unit[eé]s?|unidad(?:es)?|unidade|unità|eenheid|"
    r"jednostka|đơn vị(?: tính)?|单位|單位|単位|단위"
)
_STEP: Final = re.compile(
    r"(?i)(?:pas|time[ -]?step|step|intervall?e?|interval length|messperiode|zeitraster)"
    r"(?P<of>.*)"
)
_OF_MINUTES: Final = re.compile(r"(?i)(?<![^\W\d_])min(?:s|ute[ns]?|uti|utos?)?(?![^\W\d_])")
_TEXT: Final = re.compile(r"(?i)(?:PT)?(?P<number>[0-9]{1,4})\s*(?P<unit>m|min(?:ute)?[sn]?|h)?")
POWERS: Final = {"W": "Wh", "kW": "kWh", "MW": "MWh"}
_MINUTES: Final = 60


class Particulars(NamedTuple):
    """What is stated.

    Attributes:
        row: where it stands.
        unit: as written, such as `W` or `kWh`.
        minutes: how long a row lasts; 0 where that is not stated.
    """

    row: int
    unit: str
    minutes: int

    @property
    def power(self) -> bool:
        """Whether the unit is one of power, whose rows are energy by how long they last."""
        return self.unit in POWERS

    def energy(self, minutes: int) -> str:
        """The energy of a row that lasts some minutes: `0.5 Wh`; "" where no decimal is that."""
        hours = Fraction(minutes, _MINUTES)
        if not minutes or 10**4 % hours.denominator:
            return ""
        hour = POWERS[self.unit]
        return hour if hours == 1 else f"{in_full(hours)} {hour}"

    def said(self) -> SaidUnit:
        """The same as a line about all values states it."""
        if not self.power:
            return SaidUnit(self.unit, self.unit, 1, every=True)
        energy = self.energy(self.minutes)
        power = "J/s" if self.unit == "W" else self.unit
        return SaidUnit(self.unit, energy or power, 1, every=True)


def particulars_in(rows: Sequence[tuple[int, Sequence[str]]]) -> Iterator[Particulars]:
    """What rows above the headings state below headings of their own."""
    for (_, heads), (row, values) in pairwise(rows):
        cells = [(h.strip(), v.strip()) for h, v in zip(heads, values, strict=False)]
        units = {value for head, value in cells if _UNIT.fullmatch(head) and _is_unit(value)}
        if len(units) == 1:
            steps = {step for head, value in cells if (step := _minutes(head, value))}
            yield Particulars(row, units.pop(), steps.pop() if len(steps) == 1 else 0)


def _is_unit(text: str) -> bool:
    try:
        return text in POWERS or parse_unit(text).dimension in (ENERGY, POWER)
    except UnitError:
        return False


def _minutes(head: str, value: str) -> int:
    """The step that a cell states, by its own unit or that of its heading; 0 for none."""
    step, found = _STEP.fullmatch(head), _TEXT.fullmatch(value)
    if step is None or found is None:
        return 0
    unit = (found["unit"] or "").casefold()
    if not unit and not _OF_MINUTES.search(step["of"]):
        return 0
    return int(found["number"]) * (_MINUTES if unit == "h" else 1)
