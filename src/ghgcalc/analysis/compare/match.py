"""Which lines of two inventories are the same source: by id, by renames, then by what they are.

Lines are matched by id; ids of A are read through the declared renames first; what is left is
matched by facility, scope, category, item and dimension, all lines of one key together (the months
of a meter are one source). What remains is unmatched, listed, and has one cause as a whole.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from ghgcalc.analysis.compare.snapshot import SnapLine, Snapshot

BY_ID, BY_KIND = "id", "kind"


class Match(NamedTuple):
    """Lines of both sides that are one source; one side is empty where it has no counterpart."""

    before: tuple[SnapLine, ...]
    after: tuple[SnapLine, ...]
    by: str = ""

    @property
    def first(self) -> SnapLine:
        """A line that tells what the source is: of after, else of before."""
        return (self.after or self.before)[0]


def match(before: Sequence[SnapLine], after: Sequence[SnapLine]) -> list[Match]:
    """All lines in matches, in the order of their first line's kind."""
    before = sorted(before, key=_order)
    after = sorted(after, key=_order)
    found, left, right = _paired(before, after, _identity, BY_ID)
    more, left, right = _paired(left, right, kind_of, BY_KIND)
    alone = [Match(tuple(group), ()) for group in _groups(left, kind_of).values()]
    alone += [Match((), tuple(group)) for group in _groups(right, kind_of).values()]
    return sorted([*found, *more, *alone], key=lambda m: (*kind_of(m.first), m.first.id))


def kind_of(line: SnapLine) -> tuple[int, str, str, str, str]:
    """What a line is, whatever its period."""
    return line.scope, line.category, line.facility, line.item, line.dimension


def _identity(line: SnapLine) -> tuple[str, str, int, str]:
    """A line in another scope or category is another source: the boundary moved between them."""
    return line.id, line.dimension, line.scope, line.category


def _order(line: SnapLine) -> tuple[str, str, bool, object]:
    return line.id, line.activity, line.corrects, line.quantity


def renamed(side: Snapshot, renames: Mapping[str, str]) -> Snapshot:
    """A side under the names of the other: activities or tables, and facilities."""
    if not renames:
        return side
    sites = side.sites
    if sites is not None:
        sites = {renames.get(name, name): site for name, site in sites.items()}
    return replace(side, lines=tuple(_renamed(line, renames) for line in side.lines), sites=sites)


def _renamed(line: SnapLine, renames: Mapping[str, str]) -> SnapLine:
    head, slash, rest = line.id.partition("/")
    name = renames.get(line.id) or f"{renames.get(head, head)}{slash}{rest}"
    return line._replace(
        id=name,
        activity=renames.get(line.activity, line.activity),
        facility=renames.get(line.facility, line.facility),
    )


def _groups(
    lines: Iterable[SnapLine], key: Callable[[SnapLine], Hashable]
) -> dict[Hashable, list[SnapLine]]:
    found: dict[Hashable, list[SnapLine]] = {}
    for line in lines:
        found.setdefault(key(line), []).append(line)
    return found


def _paired(
    before: Iterable[SnapLine],
    after: Iterable[SnapLine],
    key: Callable[[SnapLine], Hashable],
    by: str,
) -> tuple[list[Match], list[SnapLine], list[SnapLine]]:
    old, new = _groups(before, key), _groups(after, key)
    both = [name for name in old if name in new]
    found = [Match(tuple(old[name]), tuple(new[name]), by) for name in both]
    left = [line for name, lines in old.items() if name not in new for line in lines]
    right = [line for name, lines in new.items() if name not in old for line in lines]
    return found, left, right
