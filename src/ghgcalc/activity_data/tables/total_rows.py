"""Rows that add up others: a word for a sum where a facility or an item is expected.

Such a row counts nothing of its own. It is left out by a filter; a translation to a facility would
count everything twice.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from ghgcalc.company.table import Table

_WORDS = frozenset({
    "total", "totals", "grand total", "sub total", "subtotal", "sum", "sums", "overall",
    "summe", "gesamt", "gesamtsumme", "insgesamt", "zwischensumme", "total général",
    "razem", "łącznie", "ogółem", "celkem", "összesen", "tổng", "tổng cộng", "cộng", "toplam",
    "jumlah", "итого", "всего", "sous total", "somme",
    "suma", "total general", "totale", "totaal", "subtotaal", "somma",
    "合计", "小计", "总计", "累计", "共计", "合計", "小計", "総計", "總計", "합계", "소계", "총계",
})  # fmt: skip
_UNSPACED = frozenset(word for word in _WORDS if word[0] > "\u2e80")
_SIGNS = re.compile(r"[\s_\-:：.*]+")
_PLAIN = re.compile(r"[^\W\d][\w /.-]*[\w]|[^\W\d]", re.UNICODE)


def is_total(text: str, known: Collection[str]) -> bool:
    """Whether a cell says that its row is a sum: the word alone, or beside a known name."""
    folded = _folded(text)
    if folded in _WORDS:
        return True
    names = {_folded(name) for name in known}
    return any(
        (folded.startswith(f"{word} ") and folded[len(word) + 1 :] in names)
        or (folded.endswith(f" {word}") and folded[: -len(word) - 1] in names)
        for word in _WORDS
    )


def says_total(text: str) -> bool:
    """Whether a cell holds a word for a sum among others: `Year total 2024`."""
    folded = f" {_folded(text)} "
    return any(f" {word} " in folded or (word in _UNSPACED and word in folded) for word in _WORDS)


def leave_out(table: Table, heading: str, *texts: str) -> str:
    """What leaves such rows out, as it is typed in a table; a filter that it has is kept."""
    listed = ", ".join(map(scalar, texts))
    asked = f"not_equals: {listed if len(texts) == 1 else f'[{listed}]'}"
    stated = table.filter.get(heading)
    if not table.filter:
        return f"write `filter: {{{scalar(heading)}: {{{asked}}}}}` in the table"
    if stated is None:
        return f"add `{scalar(heading)}: {{{asked}}}` to the table's `filter:`"
    if not stated.not_equals:
        return f"add `{asked}` to `{scalar(heading)}:` of the table's `filter:`"
    every = ", ".join(map(scalar, dict.fromkeys((*stated.not_equals, *texts))))
    return f"write `not_equals: [{every}]` at `{scalar(heading)}:` of the table's `filter:`"


def _folded(text: str) -> str:
    return _SIGNS.sub(" ", text.casefold()).strip()


# line breaks of YAML that JSON writes as they are
_BREAKS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}


def scalar(text: str) -> str:
    """A text as YAML reads it back, quoted where it must be."""
    plain = _PLAIN.fullmatch(text) and text.casefold() not in ("null", "true", "false")
    return text if plain else json.dumps(text, ensure_ascii=False).translate(_BREAKS)
