"""The readings of a proposal: their day, and whether they stand before or after what it used."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.looking.kinds import form_of
from ghgcalc.activity_data.tables.paste import OPEN
from ghgcalc.core.period import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.tables.day_formats import Moment
    from ghgcalc.activity_data.tables.looking.columns import Column
    from ghgcalc.activity_data.tables.looking.roles import Roles

_NOON = time(12)


def of_readings(columns: dict[str, str], roles: Roles) -> dict[str, str]:
    """The columns of a counter: a reading of a day instead of a quantity from and to."""
    names = {"quantity": "reading", "to": "day", "period": "day"}
    kept = {key: text for key, text in columns.items() if key not in ("from", "year")}
    made = {names.get(key, key): text for key, text in kept.items()}
    if day_of(roles) is None:
        made["day"] = f"{OPEN}  # the column of the days of readings"
    return made | ({} if "meter" in columns else
                   {"meter": f"{OPEN}  # the column that names the meter"})  # fmt: skip


def day_of(roles: Roles) -> Column | None:
    """The column of the days of readings; months alone are none."""
    column = roles.by.get("to")
    return column if column is not None and column.kind in ("day", "number") else None


def taken_of(roles: Roles) -> list[str]:
    """`readings: {taken: …}`, where the days do not tell on which side of them a reading is."""
    if not _asks(roles):
        return []
    return ["    readings:", f"      taken: {OPEN}  # start_of_day or end_of_day"]


def asked_of_readings(roles: Roles) -> list[str]:
    """What is asked of the days of readings."""
    if not roles.rising:
        return []
    column = roles.by.get("to") or roles.by.get("period")
    if day_of(roles) is None:
        told = "no column says" if column is None else f"`{column.name}` does not say"
        return [f"day: {told} on which days the readings were taken, which differences need"]
    if column is None or not _asks(roles):
        return []
    first = column.cells[0][1]
    last = all(_ends_month(m) for m in _moments(column))
    told = " All are last days of months, so that it moves a day's use into the next one"
    return [f"taken: does the reading of `{first}` stand before what that day used (`taken:"
            f" start_of_day`) or after it (`end_of_day`)?{told if last else ''}"]  # fmt: skip


def _asks(roles: Roles) -> bool:
    """Whether it is open: not on first days of months, nor by a time of day before noon."""
    column = day_of(roles)
    if not roles.rising or column is None:
        return False
    moments = _moments(column)
    timed = [m.time for m in moments if m.time is not None]
    if timed or roles.times:
        return any(clock >= _NOON for clock in timed)
    return not moments or not all(m.day.day == 1 for m in moments)


def _moments(column: Column) -> Sequence[Moment]:
    """The days of readings by the first format that fits them; of two formats the same is asked."""
    if not column.forms:
        return ()
    form = form_of(column.forms[0], names=column.names)
    return [found for _, text in column.cells if (found := form.moment(text)) is not None]


def _ends_month(moment: Moment) -> bool:
    return (moment.day + ONE_DAY).day == 1
