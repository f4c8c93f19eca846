"""Days that two columns give together: one with the day, one with the time of day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ghgcalc.core.schema import refuse
from ghgcalc.core.text.scripts import composed

if TYPE_CHECKING:
    from collections.abc import Mapping

TIMED = ("from", "to")
_PARTS = 2


class Joined(str):
    """The headings of a day and of its time of day, as the text that names them together."""

    parts: tuple[str, ...]

    @classmethod
    def of(cls, texts: list[str]) -> Joined:
        """The parts, the day first; a blank stands between their cells."""
        found = cls(" + ".join(texts))
        found.parts = tuple(texts)
        return found


def join_columns(columns: Any) -> Any:
    """Lists of headings under `from` and `to` as joined ones; all else as it is."""
    if not isinstance(columns, dict):
        return columns
    return {
        name: _joined(name, value) if name in TIMED and isinstance(value, list) else value
        for name, value in columns.items()
    }


def _joined(name: str, value: list[Any]) -> Joined:
    texts = [composed(text) if isinstance(text, str) else "" for text in value]
    if len(texts) != _PARTS or not all(map(str.strip, texts)):
        raise refuse(
            "wrong-shape",
            f"`{name}` does not name two headings",
            f"write that of the day and that of its time, as in `{name}: [Date, Time]`",
        )
    return Joined.of(texts)


def joined_of(columns: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Our columns that two of theirs give together, and their headings."""
    return {name: each.parts for name, each in columns.items() if isinstance(each, Joined)}


def one_day(columns: Mapping[str, str]) -> bool:
    """Whether `from` and `to` of a row take their day from one cell."""
    days = [
        each.parts[0].strip() if isinstance(each, Joined) else None
        for each in (columns.get("from"), columns.get("to"))
    ]
    return days[0] is not None and days[0] == days[1]
