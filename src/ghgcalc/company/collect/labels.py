"""Words that people choose from in place of ids: categories and fuels as reports name them."""

from __future__ import annotations

from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.core.vocabulary.fuels import FUELS

# by key of an activity: the label of each id
LABELS: dict[str, dict[str, str]] = {
    "category": {name: row.heading for name, row in CATEGORIES.items()},
    "fuel": {name: fuel.name for name, fuel in FUELS.items()},
}
_IDS = {
    key: {label.casefold(): name for name, label in labels.items()}
    for key, labels in LABELS.items()
}


def label_of(key: str, text: str) -> str:
    """What a cell shows of a text of the company file: the label of an id, or the text itself."""
    return LABELS.get(key, {}).get(text, text)


def text_of(key: str, cell: str) -> str:
    """What the company file says for a cell: the id of a label, or the cell itself."""
    if cell in LABELS.get(key, {}):
        return cell
    return _IDS.get(key, {}).get(cell.casefold(), cell)
