"""The column `estimated`: which of its texts mark a row as an estimate, and how many rows do.

Rows are grouped by the text of the cell, of which there are few; each text is read once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.findings import shown_cell
from ghgcalc.company.estimate import NO_WORDS
from ghgcalc.core.text.scripts import composed

if TYPE_CHECKING:
    from ghgcalc.company.table import Table

MARK = "estimated"
_MEANINGS = {"yes": True, "no": False}


def meaning(table: Table, text: str) -> bool | None:
    """Whether a text marks an estimate; None where `estimated_words` leaves it open."""
    text = composed(text.strip())
    told = table.names.estimated.get(text)
    if told is not None:
        return _MEANINGS[told]
    folded = text.casefold()
    if folded in NO_WORDS:
        return False
    if not table.estimated_words:
        return True
    return True if folded in {word.strip().casefold() for word in table.estimated_words} else None


def explain(table: Table, text: str) -> tuple[str, str]:
    """Message and hint of a text that is neither."""
    words = ", ".join(f"`{word}`" for word in table.estimated_words)
    shown = shown_cell(text.strip())
    message = f"`{shown}` is neither one of `estimated_words` ({words}) nor a word for no"
    hint = (
        "add it to `estimated_words`; or, if it is no estimate, say so under the table's `names:`,"
        f" `estimated: {{{_key(shown)}: no}}`"
    )
    return message, hint


def _key(text: str) -> str:
    plain = text.isalnum() and not text.isdigit()
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
