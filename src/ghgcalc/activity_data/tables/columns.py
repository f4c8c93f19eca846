"""The columns that the rows of a table have: ours to theirs."""

from __future__ import annotations

from ghgcalc.company.joined_columns import Joined
from ghgcalc.company.quantity_terms import terms_of
from ghgcalc.company.read_times import FILE_NAME
from ghgcalc.company.table import Table

USED = ("facility", "item", "quantity", "unit", "period", "from", "to", "year", "supplier",
        "estimated", "meter", "time", "multiplier")  # fmt: skip


class ListTable(Table):
    """A list in the words of the readers of tables: all its columns are wanted, as texts."""


def wanted_columns(table: Table) -> dict[str, str]:
    """The columns that rows have: ours to theirs; those of `unpivot` are named by its key."""
    given = dict(table.columns)
    if isinstance(table, ListTable):
        return given
    if table.reads:  # of one day, until the reading before is known
        day = table.day_column
        given |= {"quantity": given["reading"], "from": day, "to": day}
    if table.unpivot:
        first = next(iter(table.unpivot.values()))
        given |= {name: "unpivot" for name, value in first if value is not None}
        given["quantity"] = "unpivot"
    wanted = {ours: given[ours] for ours in USED if ours in given}
    if {"from", "to"} <= set(wanted) or (table.read.from_ is not None and "to" in wanted):
        wanted.pop("period", None)
    else:
        wanted = {ours: theirs for ours, theirs in wanted.items() if ours not in {"from", "to"}}
    terms = terms_of(given)
    if terms:
        del wanted["quantity"]
        wanted |= {term_column(place): term.heading for place, term in enumerate(terms)}
    if table.corrections and table.corrections.column:
        wanted["correction"] = table.corrections.column
    for index, name in enumerate(table.unique):
        if name not in wanted:
            wanted[f"unique:{index}"] = name
    return wanted


def cell_columns(table: Table) -> dict[str, str]:
    """The columns that a file must have: those of rows, `from:0` and `from:1` for a joined one."""
    found: dict[str, str] = {}
    for ours, theirs in wanted_columns(table).items():
        if isinstance(theirs, Joined):
            found |= {f"{ours}:{place}": part for place, part in enumerate(theirs.parts)}
        else:
            found[ours] = theirs
    return found


def row_columns(table: Table) -> dict[str, str]:
    """The columns that rows have once their times are complete.

    The year may come from the file's name, the first day from the bill before, the quantity from
    several columns.
    """
    wanted = wanted_columns(table)
    if table.read.from_ is not None and "to" in wanted:
        wanted["from"] = wanted["to"]
    if terms_of(table.columns):
        wanted["quantity"] = table.columns["quantity"]
    if year_of_file(table):
        wanted["year"] = FILE_NAME
    return wanted


def term_column(place: int) -> str:
    """Our name of a column that is a part of the quantity."""
    return f"quantity:{place}"


def year_of_file(table: Table) -> bool:
    """Whether the name of a file gives the year of its rows."""
    return table.read.year == FILE_NAME
