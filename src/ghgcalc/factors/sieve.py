"""A quick look at a pack's tables, column by column: is there anything the judge would say?

An own pack is judged before it is used, and may hold thousands of rows of which a company asks
three. Columns have few distinct texts and numbers have a plain form, so a clean table is seen to be
clean in one pass per column. Whatever is not plainly clean goes to the judge, row by row; the sieve
says nothing itself and lets nothing pass that the judge would find.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from ghgcalc.core.gases import REST, UNSPECIFIED
from ghgcalc.core.vocabulary.fuels import FUELS
from ghgcalc.factors.lint_rows import CHOICES, GAS_COLUMN, NUMBERS, REQUIRED, Judge
from ghgcalc.factors.values import VALUES, slips

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ghgcalc.core.diagnostics import Location
    from ghgcalc.factors.pack import Pack
    from ghgcalc.factors.rows import CsvTable

_PLAIN_NUMBERS = re.compile(r"(?:(?:[0-9]{1,15}(?:\.[0-9]{1,25})?)?\n)*", re.ASCII)
_FEW = frozenset({*CHOICES, "fuel", "per", "year", "unit", "oxidation", "region"})


def clean(pack: Pack) -> bool:
    """Whether the judge would find nothing in any table of the pack."""
    seen: set[tuple[str, str]] = set()
    try:
        return all(_clean_table(pack, table, seen) for table in pack.tables)
    except (OSError, UnicodeDecodeError, csv.Error):
        return False


def _clean_table(pack: Pack, table: CsvTable, seen: set[tuple[str, str]]) -> bool:
    header, _ = table.raw()
    holds = table.table.holds
    judge = Judge(holds, _nowhere, table.table.gwp_set or pack.header.gwp_set, pack.info.own)
    if judge.columns(header) or not table.even:
        return False
    texts = table.texts
    return (
        _identified(holds, texts, seen)
        and all(name in texts and all(texts[name]) for name in (*REQUIRED[holds], "locator"))
        and all(_cells_clean(judge, name, column) for name, column in texts.items())
        and (holds != "factors" or _factors_clean(judge, texts))
        and (holds not in VALUES or _values_clean(table))
    )


def _nowhere(row: int, column: str) -> Location:
    """A place for findings that are only counted."""
    from ghgcalc.core.diagnostics import Location

    return Location(column, row, 1)


def _identified(holds: str, texts: Mapping[str, Sequence[str]], seen: set[tuple[str, str]]) -> bool:
    """Every row has an id that no other row has."""
    if "id" not in REQUIRED[holds]:
        return True
    ids = {(holds, name) for name in texts.get("id", ())}
    fresh = len(ids) == len(texts.get("id", ())) and ids.isdisjoint(seen)
    seen |= ids
    return fresh


def _cells_clean(judge: Judge, name: str, column: Sequence[str]) -> bool:
    if name in _FEW:
        return not any(list(judge.cell(name, text)) for text in set(column) - {""})
    if name in NUMBERS or GAS_COLUMN.match(name) or name.endswith((" low", " high")):
        return _PLAIN_NUMBERS.fullmatch("\n".join([*column, ""])) is not None
    return True


def _values_clean(table: CsvTable) -> bool:
    return not any(slip for row in table.all() for slip in slips(table.table.holds, row.cells))


def _factors_clean(judge: Judge, texts: Mapping[str, Sequence[str]]) -> bool:
    """Each row has a gas, CO2e has its set, and the cells of a row agree."""
    gases = {name: column for name, column in texts.items() if GAS_COLUMN.match(name)}
    whole = any(all(column) for column in gases.values())
    if not whole and not (gases and all(map(any, zip(*gases.values(), strict=True)))):
        return False
    co2e = [name for name in gases if name.startswith(("CO2e:", f"{UNSPECIFIED} ["))]
    if judge.gwp_set is None and any(any(gases[name]) for name in co2e):
        return False
    if {UNSPECIFIED, f"CO2e:{REST}"} <= {name.partition(" [")[0] for name in gases}:
        return False
    fuels = set(texts.get("fuel", ()))
    if any(fuel in FUELS and FUELS[fuel].biogenic for fuel in fuels):
        return False
    blank = [""] * len(texts["id"])
    kinds = {*zip(*(texts.get(name, blank) for name in _TOGETHER), strict=True)}
    return not any(list(judge.together(dict(zip(_TOGETHER, kind, strict=True)))) for kind in kinds)


_TOGETHER = ("category", "per", "basis", "fuel")
