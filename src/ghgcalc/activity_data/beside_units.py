"""Lines above the headings that state another unit or scale than the one the rows are read in.

`Alle Angaben in Tsd. kWh` above a table read in `unit: kWh` makes it a thousandth of what was used,
and no heading and no row tells.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.activity_data.heading_units import same_size, stated_units, unit_of_heading
from ghgcalc.activity_data.tables.particulars import POWERS
from ghgcalc.activity_data.tables.said_units import (
    contradicts,
    of_another_kind,
    unit_without_count,
)
from ghgcalc.company.table_units import POWER
from ghgcalc.core.diagnostics import Diagnostic, Location, Related, Severity
from ghgcalc.core.units import OWN_PREFIX, UnitError, parse_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.activity_data.heading_units import Stated
    from ghgcalc.activity_data.tables.said_units import SaidUnit
    from ghgcalc.activity_data.tables.sums import SaidAbove
    from ghgcalc.company.company import Company
    from ghgcalc.company.table import Table
    from ghgcalc.core.units import Unit


def beside_units(company: Company, name: str, above: tuple[SaidAbove, ...]) -> Iterator[Diagnostic]:
    """A warning where a line above the headings states another unit than the table.

    Accepted is what `heading-unit` accepts of headings; a line that says the stated unit settles
    it, whatever the others say. A heading that says it settles it but for lines about all values,
    whose `Tsd. kWh` may count what the heading calls kWh.

    Args:
        company: with the table.
        name: of the table.
        above: what lines above its headings state, of all its files.

    Diagnosed: `heading-unit`, once for the table.
    """
    table = company.tables[name]
    if "unit" in table.columns or not above:
        return
    found = next(((line, each) for each in stated_units(table)
                  for line in _contradicting(above, each, table)), None)  # fmt: skip
    if found is None:
        return
    line, each = found
    locate, path = company.document.locate, ("tables", name)
    yield Diagnostic(
        "heading-unit",
        f"table `{name}`: row {line.row} of `{line.file}` says `{line.said.text}`, and the"
        f" quantities are read in `{each.ours}`",
        locate((*path, *each.unit_at)),
        related=(Related(Location(line.file, line.row, 0), "the line"),),
        hint=_hint(each, line.said),
        severity=Severity.WARNING,
    )


def _contradicting(above: tuple[SaidAbove, ...], each: Stated, table: Table) -> list[SaidAbove]:
    """The lines that a stated unit goes against; none where one of them says it."""
    if OWN_PREFIX in each.ours or _chosen(each, above):
        return []
    try:
        ours = parse_unit(each.ours)
    except UnitError:
        return []  # refused where it is read
    heading = unit_of_heading(each.heading)
    agreed = heading is not None and same_size(heading, ours)
    lines = [line for line in above if not agreed or _about(line.said, ours)]
    wrong = [line for line in lines if _is_other(line.said, each.ours, table)]
    if len(wrong) < len(lines):
        return []
    near = [line for line in wrong if not of_another_kind(line.said, each.ours)]
    return near or wrong  # `金额单位：元` beside the line of the quantities is of money


def _about(said: SaidUnit, unit: Unit) -> bool:
    """Whether a line about all values speaks of a unit: of its scale, or of one like it."""
    kinds = [parse_unit(each).dimension for each in said.units]
    return said.every and (not kinds or unit.dimension in kinds)


def _chosen(each: Stated, above: tuple[SaidAbove, ...]) -> bool:
    """Whether the table translates what a line says: the file is wrong, and the reader knows."""
    return each.theirs != each.ours and any(
        each.theirs in (line.said.text, line.said.unit) for line in above
    )


def _is_other(said: SaidUnit, ours: str, table: Table) -> bool:
    if of_another_kind(said, ours):
        return True
    if not contradicts(said, ours) or "multiplier" in table.columns:
        return False
    times = table.constants.multiplier
    if not said.unit:
        return times is None
    plain, unit = unit_without_count(ours), parse_unit(said.nearest(ours))
    if plain != ours and same_size(parse_unit(plain), unit):
        return False
    return times is None or parse_unit(ours).size * Fraction(times) != unit.size


def _hint(each: Stated, said: SaidUnit) -> str:
    right = said.nearest(each.ours) or f"{said.scale} {each.ours}"
    hour = POWERS.get(said.text)
    if hour is not None and parse_unit(right).dimension == POWER:
        parts = " or ".join(f"`{_stated(each, f'{part} {hour}')}`" for part in ("0.25", "0.5"))
        return (
            "a mean power times the time that each row lasts is energy: of rows of a quarter or"
            f" half of an hour, state {parts}; of an hour, `{_stated(each, said.text)}` and"
            f" `names: {{unit: {{{said.text}: {hour}}}}}`"
        )
    stated, wrong = (_stated(each, text) for text in (right, said.text))
    return (
        f"state `{stated}`; where the line does not hold for them, state `{wrong}` and"
        f" `names: {{unit: {{{_quoted(said.text)}: {_quoted(each.ours)}}}}}`"
    )


def _stated(each: Stated, text: str) -> str:
    unit = f"unit: {_quoted(text)}"
    return f"constants: {{{unit}}}" if each.unit_at[0] == "constants" else unit


def _quoted(text: str) -> str:
    """A text inside a flow map."""
    return (
        text if text.isalnum() and not text[0].isdigit() else json.dumps(text, ensure_ascii=False)
    )
