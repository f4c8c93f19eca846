"""What the columns and constants of a table must give together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ghgcalc.company.joined_columns import joined_of
from ghgcalc.company.quantity_terms import terms_of
from ghgcalc.company.read_times import FILE_NAME
from ghgcalc.core.schema import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from ghgcalc.company.read import Read
    from ghgcalc.company.read_times import ReadTimes


class Stated(Protocol):
    """What a table states of its columns."""

    @property
    def columns(self) -> Mapping[str, str]:
        """Our columns to theirs."""

    @property
    def read(self) -> ReadTimes:
        """How times are written."""

    @property
    def reads(self) -> bool:
        """Whether the rows are readings."""

    @property
    def readings(self) -> object:
        """What is known of the meters."""

    @property
    def corrections(self) -> object:
        """Which rows may be negative."""

    @property
    def unpivot(self) -> Mapping[str, object]:
        """The headings of a wide table."""


class Filtered(Protocol):
    """What a table states of its columns, and of labels that stand once for several rows."""

    @property
    def columns(self) -> dict[str, str]:
        """Our columns to theirs."""

    @property
    def read(self) -> Read:
        """How the files are read."""

    @property
    def unpivot(self) -> Mapping[str, object]:
        """The headings of a wide table."""

    @property
    def filter(self) -> Mapping[str, object]:
        """The headings that filters judge."""


_TWO = (
    "map the day of the reading as `day:`; two readings in one row are a quantity, as in"
    ' `quantity: ["+their new", "-their old"]`'
)


def check_columns(table: Stated, have: AbstractSet[str]) -> None:
    """Facility, item, amount, unit and time come from somewhere; readings have a day.

    Args:
        table: the table.
        have: our columns that columns, constants or headings give.

    Raises:
        PydanticCustomError: `missing-key`, `conflicting-keys`.
    """
    if table.reads:
        _check_readings(table, have)
    elif table.readings is not None:
        raise refuse(
            "missing-key",
            "`readings` is stated, and no column `reading` holds readings",
            "map it under `columns:`, as in `reading: their heading`",
        )
    amount = "reading" if table.reads else "quantity"
    for need in ("facility", "item", amount, "unit"):
        if need not in have:
            raise refuse(
                "missing-key",
                f"no column or constant gives `{need}`",
                f"add `{need}:` to `columns`",
            )
    if not table.reads:
        _check_quantities(table, have)


def check_fill_down(table: Filtered) -> None:
    """Labels may be filled down in columns that are read, quantities never.

    Raises:
        PydanticCustomError: `conflicting-keys`.
    """
    parts = (part for each in joined_of(table.columns).values() for part in each)
    read = {each.strip() for each in (*table.columns.values(), *parts, *table.filter)}
    for heading in table.read.fill_down:
        name = heading.strip()
        if not may_be_filled(table, heading):
            text = f"`fill_down` names `{name}`, which holds quantities: each stands for itself"
            raise refuse("conflicting-keys", text, "name columns of labels, such as the month")
        if name not in read:
            text = f"`fill_down` names `{name}`, which the table does not read"
            raise refuse("conflicting-keys", text, "name headings that stand under `columns:`")


def may_be_filled(table: Filtered, heading: str) -> bool:
    """Whether a column holds labels and no quantities."""
    amounts = [table.columns[name] for name in ("quantity", "reading") if name in table.columns]
    amounts += [each.heading for each in terms_of(table.columns)]
    return heading.strip() not in {each.strip() for each in (*amounts, *table.unpivot)}


def _check_quantities(table: Stated, have: AbstractSet[str]) -> None:
    if "day" in table.columns or "multiplier" in have:
        name = "day" if "day" in table.columns else "multiplier"
        where = "columns" if name in table.columns else "constants"
        raise refuse(
            "conflicting-keys",
            f"`{name}` of `{where}` is of readings, and no column `reading` holds some",
            "map the counter as `reading:`"
            + ("; a column of single days is `from:` and `to:`" if name == "day" else ""),
        )
    by_days = {"from", "to"} if table.read.from_ is None else {"to"}
    if "period" not in have and not by_days <= have:
        raise refuse(
            "missing-key",
            "no column gives the time",
            "add `period:` or both `from:` and `to:` to `columns`",
        )


def _check_readings(table: Stated, have: AbstractSet[str]) -> None:
    """A reading is of one day, and nothing beside it says how much."""
    columns = table.columns
    other = next((name for name in ("quantity", "period") if name in have), None)
    if other is not None:
        raise refuse("conflicting-keys", f"`{other}` stands beside `reading`", _TWO)
    if table.corrections is not None or table.unpivot:
        name = "unpivot" if table.unpivot else "corrections"
        hint = "give the readings a table of their own"
        raise refuse("conflicting-keys", f"`{name}` stands beside `reading`", hint)
    if joined := joined_of(columns):
        text = f"`{next(iter(joined))}` of a reading is one column"
        raise refuse("wrong-shape", text, "map the column of its day as `day:`")
    days = {columns[name] for name in ("day", "from", "to") if name in columns}
    if not days:
        raise refuse("missing-key", "no column gives the day of the readings", "add `day:`")
    if len(days) > 1 or ("day" not in columns and not {"from", "to"} <= set(columns)):
        raise refuse("conflicting-keys", "a reading has one day", _TWO)
    read = table.read
    for name in ("from_", "to", "range", "period", "period_from", "midnight"):
        if getattr(read, name) is not None:
            key = name.strip("_")
            text = f"`read: {{{key}: …}}` speaks of bills, and readings have one day"
            raise refuse("conflicting-keys", text, f"remove `{key}:`")
    if read.year == FILE_NAME or "year" in columns:
        text = "the year of a reading must stand with its day, or be one for all"
        raise refuse("conflicting-keys", text, "state `read: {year: …}` in a table for each year")
