"""Order of packs: editions of one publisher are one entry of `factor_packs`, the newest first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.factors.model import PackInfo

_NUMBERS = re.compile(r"[0-9]+")


class Place(NamedTuple):
    """Where a pack stands: its publisher's entry, and its edition among that entry's."""

    entry: int
    edition: int


FIRST = Place(-1, 0)


def places(packs: Sequence[PackInfo]) -> dict[str, Place]:
    """The place of each pack by id; an entry stands where the first of its editions does.

    `packs` stand in the order of the company file. A pack that states no publisher or no edition
    is an entry of its own.
    """
    entries: dict[tuple[bool, str, str], list[tuple[int, PackInfo]]] = {}
    for order, pack in enumerate(packs):
        header = pack.header
        alone = "" if header.publisher and header.edition else pack.id
        entries.setdefault((pack.own, pack.publisher, alone), []).append((order, pack))
    found: dict[str, Place] = {}
    for editions in entries.values():
        first, _ = editions[0]
        newest = sorted((pack for _, pack in editions), key=age, reverse=True)
        found |= {pack.id: Place(first, place) for place, pack in enumerate(newest)}
    return found


def replaced(packs: Sequence[PackInfo]) -> dict[str, str]:
    """Bundled packs that another of the same publisher replaces (`supersedes: id@version`), by id.

    They serve pins, and files that name them; a publisher's name no longer means them. A pack that
    names an earlier version of itself replaces nothing: it is that pack.
    """
    known = {(pack.publisher, pack.id) for pack in packs if not pack.own}
    found: dict[str, str] = {}
    for pack in packs:
        name = (pack.header.supersedes or "").partition("@")[0]
        if not pack.own and name != pack.id and (pack.publisher, name) in known:
            found[name] = pack.id
    return found


def age(pack: PackInfo) -> tuple[int, ...]:
    """An edition as numbers: `2024`, `v1.3` and `2026-06` rise with their numbers."""
    return tuple(int(part) for part in _NUMBERS.findall(pack.header.edition or ""))
