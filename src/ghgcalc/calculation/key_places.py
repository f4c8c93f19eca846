"""Where the keys that a hint names are typed: at an activity, at a table's item, in a column.

Hints about a line say `on the line`. A line of a table has no entry of its own; what an activity
states stands at its item, and at a column where items or facilities come from files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.refusal import AT_FACILITY, ON_LINE

if TYPE_CHECKING:
    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.company.company import Company
    from ghgcalc.core.text.document import KeyPath

_YAML = (".yaml", ".yml")


def placed(hint: str, company: Company, source: ElementaryActivity) -> str:
    """A hint about a line with the places where its keys are typed."""
    table = company.tables.get(source.table)
    if table is not None and ON_LINE in hint:
        item = source.path[-1]
        where = f" at item `{item}` of table `{source.table}`"
        if table.items_from is not None and _listed(company, source.path):
            where = f" in a column of `items_from:` of table `{source.table}`"
        hint = hint.replace(ON_LINE, where)
    elif source.at:
        hint = hint.replace(ON_LINE, f" in `{': '.join(source.at)}`")
    if AT_FACILITY in hint and _listed(company, ("facilities", source.facility or "")):
        hint = hint.replace(AT_FACILITY, " in a column of `facility_tables:`")
    return hint


def _listed(company: Company, path: KeyPath) -> bool:
    """Whether an entry is a row of a list."""
    return not company.document.locate(path, key=True).path.endswith(_YAML)
