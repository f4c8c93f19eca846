"""The status of a pack: current or superseded, continued by another, limited, with a known hole.

A released pack never changes, and what is known of it does: so its status stands beside the packs,
in `factors/status.csv` (pack or publisher, status, what it says), not in their headers.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ghgcalc.factors.pack import packs_root
from ghgcalc.factors.release import released

if TYPE_CHECKING:
    from ghgcalc.factors.model import PackInfo

FILE: Final = "status.csv"
CURRENT, SUPERSEDED, LIMITED, HOLE = "current", "superseded", "licence_limited", "known_hole"
CONTINUED: Final = "continued"  # a publisher's series, by another publisher for later years
WORDS: Final = (SUPERSEDED, CONTINUED, LIMITED, HOLE)
OWN: Final = "own pack"


class Status(NamedTuple):
    """What is known of a pack beside its values.

    Attributes:
        by: the pack, or pack and version, that superseded it; "" while it is current.
        on: the publisher that continues its series for later years; "" where none does.
        limits: what its licence leaves open; "" where it may be passed on.
        holes: what it lacks, each in words.
    """

    by: str = ""
    on: str = ""
    limits: str = ""
    holes: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """`current` or `superseded by …`."""
        return f"superseded by {self.by}" if self.by else CURRENT

    @property
    def text(self) -> str:
        """In one line, such as `current; licence-limited: …; known hole: …`."""
        on = [f"continued by {self.on}"] if self.on else []
        parts = [self.word, *on, *([f"licence-limited: {self.limits}"] if self.limits else [])]
        return "; ".join([*parts, *(f"known hole: {hole}" for hole in self.holes)])


@cache
def stated() -> dict[str, tuple[tuple[str, str], ...]]:
    """The entries of the file, `(status, what it says)` by pack or publisher."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    with (packs_root() / FILE).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            entry = (row["status"], row["says"])
            found[row["pack"]] = (*found.get(row["pack"], ()), entry)
    return found


def status_of(info: PackInfo) -> Status:
    """The status of a bundled pack, in the version at hand; a lock may hold an older one."""
    entries = [*stated().get(info.publisher, ()), *stated().get(info.id, ())]
    by = superseded_by(info.id, info.header.version)
    limits = "; ".join(says for status, says in entries if status == LIMITED)
    holes = tuple(says for status, says in entries if status == HOLE)
    return Status(by, continued_by(info.publisher), limits, holes)


def continued_by(publisher: str) -> str:
    """The publisher that continues the series of another under its own name; "" where none does."""
    entries = stated().get(publisher, ())
    return next((says for status, says in entries if status == CONTINUED), "")


def superseded_by(pack_id: str, version: str) -> str:
    """The pack, or the newer version of it, that superseded a version; "" while it is current."""
    entries = stated().get(pack_id, ())
    by = next((says for status, says in entries if status == SUPERSEDED), "")
    newest = _newest(pack_id)
    newer = bool(newest) and _numbers(newest) > _numbers(version)
    return by or (f"{pack_id}@{newest}" if newer else "")


def status_text(info: PackInfo) -> str:
    """The status of any pack in one line."""
    return OWN if info.own else status_of(info).text


def _newest(pack_id: str) -> str:
    """The newest released version of a pack; "" where none is recorded."""
    versions = [version for name, version in released() if name == pack_id]
    return max(versions, key=_numbers, default="")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
