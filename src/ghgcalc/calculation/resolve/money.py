"""Spend in another currency than its factor's: where the mean rates of the year stand.

An amount is not converted by itself: the line states it in the factor's currency.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.factors.library import library
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.factors.values import value_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.factors.pack import Pack

CROSSED = "USD"  # rates are printed per US dollar, other pairs cross through it


def money_hint(have: str, want: str, year: int) -> str:
    """What to state, and the bundled rates of the year that it is converted with."""
    refs = [ref for currency in (have, want) if currency != CROSSED
            for ref in _rates(currency, year)]  # fmt: skip
    said = f"state the amount in {want}"
    known = len(refs) == sum(currency != CROSSED for currency in (have, want))
    if not known:
        return said
    shown = " and ".join(f"`ghgcalc factors show {ref}`" for ref in refs)
    return f"{said}; {shown} {'has the mean rate' if len(refs) == 1 else 'have the mean rates'}" + (
        f" of {year}"
    )


def _rates(currency: str, year: int) -> Iterator[str]:
    """The newest bundled rate of a currency and year, as a reference."""
    name = f"{currency.lower()}_per_{CROSSED.lower()}.{year}"
    found = [pack.info.id for pack in _packs() if value_row(pack, name) is not None]
    yield from (f"{pack_id}/{name}" for pack_id in sorted(found)[-1:])


def _packs() -> Iterator[Pack]:
    for pack_id, folder in bundled_packs().items():
        if folder.parent.name.startswith("fx-"):
            yield library(pack_id)
