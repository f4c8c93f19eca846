"""Columns that nothing maps and that may decide which rows count, and with which sign."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from ghgcalc.activity_data.tables.looking.words import (
    feeds_in,
    holds_others,
    sorts_rows,
    supersedes,
    takes_away,
    tells_flow,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ghgcalc.activity_data.tables.looking.columns import Column

_MOST = 12
# debit and credit of bookkeeping, by the heading and both letters: `S/H` (Soll, Haben), `D/C`
_SIDES: Final = re.compile(
    r"(?i)(?<![^\W\d_])(s\s?/\s?h|shkzg|soll\W{0,3}haben|d\s?/\s?c|dr\.?\s?/\s?cr\.?|c\s?/\s?d|"
    r"debit\W{0,3}(and |or )?credit|db?cr|drcrk|credit\W{0,3}debit|débit\W{0,3}crédit)"
    r"(?![^\W\d_])|借贷|借\s?/\s?贷"
)
_DEBITS: Final = frozenset({"s", "soll", "d", "dr", "db", "debit", "débit", "debe", "借"})
_CREDITED: Final = frozenset({"h", "haben", "c", "cr", "credit", "crédit", "haber", "贷", "k"})


class Mark(NamedTuple):
    """A column, its texts, and what they may do: flow, credit, main or part; what is taken."""

    column: Column
    texts: tuple[str, ...]
    what: str
    taken: tuple[str, ...] = ()


def _credits(column: Column) -> tuple[str, ...]:
    """The texts of credits: by their words, or the side of an account below `S/H`."""
    texts = texts_of(column)
    if _SIDES.search(column.name):
        sides = [text.strip(" .").casefold() for text in texts]
        if all(side in _DEBITS | _CREDITED for side in sides) and not {*sides} <= _DEBITS:
            return tuple(text for text, side in zip(texts, sides, strict=True) if side in _CREDITED)
    return tuple(filter(takes_away, texts))


def texts_of(column: Column) -> tuple[str, ...]:
    """The texts of a column that differ, in the order of the file."""
    return tuple(dict.fromkeys(text for _, text in column.cells))


def tells_itself(column: Column) -> bool:
    """Whether the texts are marks of flows or credits, whatever the heading says."""
    texts = texts_of(column)
    flows = sum(map(tells_flow, texts))
    return len(texts) <= _MOST and (0 < len(texts) == flows or bool(_credits(column)))


def marks_of(columns: Sequence[Column], by: dict[str, Column]) -> list[Mark]:
    """What decides about rows, in the order of the file."""
    found = [*_mains(by)]
    if "item" in by and any(map(takes_away, texts_of(by["item"]))):
        found.append(Mark(by["item"], texts_of(by["item"]), "credit", _credits(by["item"])))
    for column in columns:
        kinds = ("text", "id", "flag", "unit", "year", *(["number"] * sorts_rows(column.name)))
        if column in by.values() or column.kind not in kinds:
            continue
        texts = texts_of(column)
        one = len(texts) == 1 and feeds_in(texts[0])
        if not one and not 1 < len(texts) + bool(column.empty) <= _MOST:
            continue
        if taken := _credits(column):
            found.append(Mark(column, texts, "credit", taken))
        elif any(map(tells_flow, texts)):
            found.append(Mark(column, texts, "flow"))
        elif (
            column.kind in ("year", "number")
            or sorts_rows(column.name)
            or any(map(supersedes, texts))
            or (len(texts) * 2 <= len(column.cells) and not _follows(column, by))
        ):
            found.append(Mark(column, texts, "part"))
    return found


def _mains(by: dict[str, Column]) -> Iterator[Mark]:
    """A column of meters or items among which one may hold what the others measure."""
    for role in ("meter", "item"):
        texts = texts_of(by[role]) if role in by and by[role].kind in ("text", "id") else ()
        if len(texts) > 1 and any(map(holds_others, texts)) and not all(map(holds_others, texts)):
            yield Mark(by[role], texts, "main")


def _follows(column: Column, by: dict[str, Column]) -> bool:
    """Whether a column says again what the facility or the item says: a name beside its code."""
    mine = dict(column.cells)
    for role in ("facility", "item"):
        other = by.get(role)
        if other is None:
            continue
        pairs = {(text, mine.get(row, "")) for row, text in other.cells}
        if len(pairs) == len({text for text, _ in pairs}):
            return True
    return False
