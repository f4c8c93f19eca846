"""The answer to a query as a table: its groups, the rest, the total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.views.table import Column, Fact, Number, Report, Row, Table, figure_places, places_for
from ghgcalc.views.words import heading_words, plain_id

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.analysis.query.answer import Answer, Group
    from ghgcalc.views.table import Cell

ABSENT = "–"


def query_report(answer: Answer) -> Report:
    """Head and one table; where no line matches, that is said and there is no total."""
    head = heading_words(answer.inventory)
    if not answer.groups:
        said = ("no line of the inventory meets all of it; that is no statement of 0 t",)
        return Report(head, (), (Fact("Query", ((answer.text,), said), alert=True),))
    groups = (answer.whole, *answer.groups, *_others(answer))
    measured = any(group.quantity is not None for group in groups)
    places = places_for(each for group in groups for each in tonnes_of(group))
    biogenic = any(group.biogenic for group in groups)

    def row(names: tuple[str, ...], group: Group, *, total: bool = False) -> Row:
        cells: list[Cell] = [*names, *(["" for _ in answer.by[len(names) :]])]
        if measured:
            cells += [_quantity(group), (group.unit or "") if group.quantity is not None else ""]
        cells += [None if each is None else Number(each, places) for each in tonnes_of(group)]
        if biogenic:
            cells.append(Number(group.biogenic, places))
        return Row(tuple(cells), level=0 if total else 1, sums=total)

    rows = [row(("Total",), answer.whole, total=True)]
    rows += [row(tuple(name or ABSENT for name in each.keys), each) for each in answer.groups]
    rows += [row((f"{answer.others_count} others",), each) for each in _others(answer)]
    table = Table("", (*_headings(answer, measured), *_amounts(biogenic)), tuple(rows), (), "tCO2e")
    return Report(head, (table,), ())


def tonnes_of(group: Group) -> tuple[Fraction | None, Fraction | None]:
    """Tonnes of a group by the location-based and the market-based method."""
    return group.location_based, group.market_based


def _others(answer: Answer) -> tuple[Group, ...]:
    return () if answer.others is None else (answer.others,)


def _headings(answer: Answer, measured: bool) -> list[Column]:
    keys = [Column(plain_id(key).capitalize()) for key in answer.by]
    return [*keys, *([Column("Quantity", True), Column("Unit")] if measured else [])]


def _amounts(biogenic: bool) -> list[Column]:
    found = [Column("location-based", True), Column("market-based", True)]
    return [*found, *([Column("biogenic CO2\noutside scopes", True)] if biogenic else [])]


def _quantity(group: Group) -> Cell:
    """A quantity; blank where the pieces have several units or are no shares of it."""
    if group.quantity is None:
        return ""
    return Number(group.quantity, min(figure_places(group.quantity, 4), 6))
