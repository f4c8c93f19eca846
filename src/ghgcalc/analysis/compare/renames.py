"""Renames asked for: each joins what stands in `before` with what stands in `after`, or is refused.

Those of a company file speak of every year of it, and may meet nothing in these two sides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.analysis.compare.sides import SideError
from ghgcalc.core.arguments import taken
from ghgcalc.core.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.analysis.compare.snapshot import Snapshot


def renames_asked(
    pairs: Iterable[tuple[object, object]], before: Snapshot, after: Snapshot
) -> dict[str, str]:
    """Renames by the id in `before`.

    Args:
        pairs: the id in `before` and the one in `after`, as asked for.
        before: the side whose names are read anew.
        after: the side whose names they get.

    Raises:
        TypeError: an id is no text.
        SideError: a side has no such id, so that the rename would join nothing; or an id is to
            have two names.
    """
    found: dict[str, str] = {}
    known, there = ids_of(before), ids_of(after)
    for pair in pairs:
        old, new = (taken(name, str, "renames", "ids as texts") for name in pair)
        _judge(old, before.label, known)
        _judge(new, after.label, there)
        if found.setdefault(old, new) != new:
            raise SideError(
                f"`{old}` is renamed to `{found[old]}` and to `{new}`; keep one of them"
            )
    return found


def ids_of(side: Snapshot) -> frozenset[str]:
    """The names that a rename may speak of: lines, their activities or tables, and facilities."""
    found = {name for line in side.lines for name in (line.id, line.activity, line.facility)}
    found.update(line.id.partition("/")[0] for line in side.lines)
    found.update(side.sites or ())
    return frozenset(found - {""})


def _judge(name: str, label: str, known: frozenset[str]) -> None:
    if name in known:
        return
    near = nearest(name, known)
    hint = f"did you mean `{near}`?" if near else "name an activity, a line or a facility of it"
    raise SideError(f"`{name}` is no id of {label}, so it is not renamed; {hint}")
