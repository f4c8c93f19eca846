"""Capital goods count whole in the year they are acquired (Technical Guidance, category 2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ghgcalc.company.activity import Activity
    from ghgcalc.company.company import Company
    from ghgcalc.company.table import Item
    from ghgcalc.core.check import Settings
    from ghgcalc.core.text.document import KeyPath

CATEGORY = "capital_goods"
# in the languages of ledgers; what was never written off is no such word
_WRITTEN_OFF = re.compile(
    r"(?<!no )(?<!not )(?<!without )(?<!before )"
    r"(depreciat|amorti[sz]|abschreib|afschrijv|amortissement|ammortament|折旧|折舊|摊销|攤銷"
    r"|減価償却)",
    re.IGNORECASE,
)
_HINT = (
    "state each purchase once and whole, with the `period` in which it was acquired: capital goods"
    " are not depreciated (Guidance, category 2)"
)


def check_capital_goods(company: Company, settings: Settings) -> Iterator[Diagnostic]:
    """A purchase that is spread over reporting years, or stated as what was written off."""
    del settings
    for name, activity in company.activities.items():
        if activity.category != CATEGORY:
            continue
        span = company.span_of(activity.period)
        first, last = (company.year.name_of(day) for day in span)
        path: KeyPath = ("activities", name)
        if first != last:
            text = f"`{name}` spreads capital goods over {first} to {last}, by days"
            yield _note(company, (*path, "period"), text, (span.first, span.last))
        elif _written_off(name, activity):
            text = f"`{name}` seems to state what was written off, not what was acquired"
            yield _note(company, path, text, (span.first, span.last))
    for name, table in company.tables.items():
        for item, entry in table.items.items():
            if entry.category == CATEGORY and _written_off(item, entry):
                text = f"`{name}/{item}` seems to state what was written off, not what was acquired"
                yield _note(company, ("tables", name, "items", item), text, None)


def _written_off(name: str, line: Activity | Item) -> bool:
    texts = (name.replace("_", " ").replace("-", " "), line.item or "", line.note or "")
    return any(_WRITTEN_OFF.search(text) for text in texts)


def _note(company: Company, path: KeyPath, text: str, days: tuple[date, date] | None) -> Diagnostic:
    return Diagnostic(
        "capital-goods-spread",
        text,
        company.document.locate(path),
        severity=Severity.NOTE,
        hint=_HINT,
        days=days,
    )
