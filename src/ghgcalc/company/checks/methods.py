"""Checks of `method:`: its words follow the category (S3-06; S2-01 of Scope 2 statements)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.core.vocabulary.scope_3_methods import METHODS_OF, SCOPE_2_METHODS
from ghgcalc.methods.registry import asked

if TYPE_CHECKING:
    from ghgcalc.company.activity import Activity
    from ghgcalc.company.table import Item
    from ghgcalc.core.text.document import Document, KeyPath
    from ghgcalc.methods.per_unit import Method


def check_method(
    document: Document, path: KeyPath, name: str, line: Activity | Item, *, reported: bool
) -> list[Diagnostic]:
    """A stated method is one of the line's category."""
    word, category = line.method, line.category
    if word is None or (reported and word in SCOPE_2_METHODS):
        return []
    words = METHODS_OF.get(category or "", ())
    computed = [method for method in asked(line) if method.words and word not in method.words]
    if word in words and not computed:
        return []
    if word in words:
        text = f"`{word}` is not what `{_key(line, computed[0])}` computes"
        hint = f"write {' or '.join(f'`{each}`' for each in computed[0].words)}, or remove `method`"
    elif words:
        text = f"`{word}` is no method of category {CATEGORIES[category or ''].number}"
        hint = f"write one of {', '.join(words)}"
    else:
        text, hint = f"`method: {word}` has no effect here", _elsewhere(word)
    where = document.locate((*path, "method"))
    return [Diagnostic("conflicting-keys", f"`{name}`: {text}", where, hint=hint)]


def _key(line: Activity | Item, method: Method) -> str:
    return next(key for key in method.keys if key in line.model_fields_set)


def _elsewhere(word: str) -> str:
    """Why a line of Scope 1 or 2 has no method."""
    if word in SCOPE_2_METHODS:
        return "remove it: both Scope 2 methods are computed of every quantity"
    return "remove it: methods are named in Scope 3"
