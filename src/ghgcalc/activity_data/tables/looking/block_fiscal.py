"""Financial years beside months of a proposal: which months are of which calendar year is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.looking.fiscal import later_of
from ghgcalc.activity_data.tables.paste import OPEN
from ghgcalc.activity_data.tables.total_rows import scalar

if TYPE_CHECKING:
    from ghgcalc.activity_data.tables.looking.columns import Column
    from ghgcalc.activity_data.tables.looking.roles import Roles

_SHOWN = 3


def rows_asked(roles: Roles) -> dict[str, str]:
    """Entries of `filter:` that take the months of one calendar year, in which `year:` is right."""
    period, fiscal = roles.by.get("period"), roles.fiscal
    if fiscal is None:
        return {}
    if period is None:
        several = len({text for _, text in fiscal.cells}) > 1
        each = f"equals: {OPEN}  # one of {_listed(fiscal)}, each in a table of its own"
        return {fiscal.name: each} if several else {}
    asked = {period.name: f"equals: {OPEN}  # those of one calendar year, of {_listed(period)}"}
    if len({text for _, text in fiscal.cells}) > 1:
        asked[fiscal.name] = f"equals: {OPEN}  # one of {_listed(fiscal)}"
    return asked


def _listed(column: Column) -> str:
    texts = [*dict.fromkeys(text for _, text in column.cells)]
    more = ", …" if len(texts) > _SHOWN else ""
    return f"[{', '.join(map(scalar, texts[:_SHOWN]))}{more}]"


def counted_of(roles: Roles) -> dict[str, str]:
    """`period:` of numbers, which may be counted from the first month of such a year."""
    period = roles.by.get("period")
    if roles.fiscal is None or period is None or period.forms != ("M",):
        return {}
    return {"period": f"{OPEN}  # M, if 1 is January"}


def asked_of_fiscal(roles: Roles) -> list[str]:
    """What the reader decides: which months are of which calendar year."""
    period = roles.by.get("period")
    if roles.fiscal is None or period is None:
        return []
    name, first = roles.fiscal.name, roles.fiscal.cells[0][1]
    return [f"time: `{first}` of `{name}` is a year that may begin in another month than January,"
            f" and `{period.name}` has no year: `filter:` takes the months of one calendar year,"
            " which `year:` names; those of the other one are of a second table of the same"
            " file"]  # fmt: skip


def asked_of_wide(roles: Roles) -> str:
    """Which year the months of headings are of, where none says it."""
    asked = f"time: which year are the months of the headings? `{OPEN}` stands for it"
    later, fiscal = later_of(roles.wide), roles.fiscal
    if not later and fiscal is None:
        return asked
    first = roles.wide[0][0].name
    year = f"`{fiscal.cells[0][1]}` of `{fiscal.name}`" if fiscal is not None else "the year"
    if not later:
        return f"{asked}; {year} is one that may begin in another month than January"
    named = ", ".join(f"`{c.name}`" for c in later)
    return (
        f"{asked}, and not for one year: {year} begins with `{first}` by the order of the"
        f" headings, so that {named} are of the calendar year after that of `{first}`"
    )


def year_beside(roles: Roles, column: Column) -> str:
    """What is said beside the open year of a heading, where they are of two years."""
    if column not in later_of(roles.wide):
        return ""
    return f"  # the year after that of {roles.wide[0][0].name}"
