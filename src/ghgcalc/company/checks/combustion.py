"""Where the CO2 of a combustion line is counted: the key stands on combustion alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.company.activity import Activity
from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.vocabulary.categories import COMBUSTION

if TYPE_CHECKING:
    from ghgcalc.company.table import Item
    from ghgcalc.core.text.document import Document, KeyPath

KEY = "co2_counted_in"


def check_co2_named(
    document: Document, path: KeyPath, name: str, data: Activity | Item
) -> list[Diagnostic]:
    """`co2_counted_in` beside another category, measured gases or a statement has no meaning."""
    where = document.locate((*path, KEY))
    if data.category not in COMBUSTION:
        message = f"`{KEY}` of `{name}` speaks of combustion, its category is {data.category}"
    elif isinstance(data, Activity) and (data.reported is not None or data.gas_masses):
        message = f"`{KEY}` of `{name}` stands beside an amount that names no factor"
    elif name in data.co2_counted_in:
        message = f"`{name}` names itself under `{KEY}`"
    else:
        return []
    return [Diagnostic("conflicting-keys", message, where, hint=f"remove `{KEY}`")]
