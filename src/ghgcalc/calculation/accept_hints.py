"""`accept:` entries ready to paste: the narrowest that cover a line, all of them at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ghgcalc.activity_data.elementary import ElementaryActivity

_PLAIN = re.compile(r"[^\W_][\w.+/()-]*(?: [\w.+/()-]+)*")


class Departure(NamedTuple):
    """A gap that an entry would have to allow; `years` is the distance of the factor's year."""

    kind: str
    years: int = 0


def entry(departure: Departure, scope: Mapping[str, str]) -> str:
    """One entry in one line of YAML, such as `- {gap: …, for: {activity: …}, reason: …}`."""
    keys = ", ".join(f"{key}: {_quoted(value)}" for key, value in scope.items())
    years = f", max_years: {departure.years}" if departure.years else ""
    return f"- {{gap: {departure.kind}, for: {{{keys}}}{years}, reason: …}}"


def entries(departures: Iterable[Departure], scope: Mapping[str, str]) -> str:
    """The hint that lists an entry for each departure; "" where there is none."""
    texts = [f"`{entry(departure, scope)}`" for departure in dict.fromkeys(departures)]
    return f"add to `accept:` {' and '.join(texts)}" if texts else ""


def with_entries(other: str, departures: Iterable[Departure], scope: Mapping[str, str]) -> str:
    """What to do instead, or the entries to add."""
    return "; or ".join(part for part in (other, entries(departures, scope)) if part)


def scope_of(source: ElementaryActivity, category: str) -> dict[str, str]:
    """What narrows an entry to a line: its activity, or facility, category and item in a table.

    Args:
        source: the line.
        category: the category whose factors price it.
    """
    if not source.table:
        return {"activity": source.activity}
    item = None if source.data.losses is not None else source.data.item
    keys = {
        "facility": source.facility, "category": category, "fuel": source.fuel, "item": item,
    }  # fmt: skip
    return {key: value for key, value in keys.items() if value}


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"
