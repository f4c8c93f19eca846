"""Lines of long files that findings show: a few of them, by number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from collections.abc import Mapping


class RowLines(Sequence[str]):
    """Some lines of a long file, by their number; the others read as empty."""

    def __init__(self, lines: dict[int, str]) -> None:
        self._lines = lines
        self._size = max(lines, default=0)

    def joined(self, other: RowLines) -> RowLines:
        """The lines of both, of the same file."""
        return RowLines({**self._lines, **other._lines})

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(self._size))]
        if not 0 <= index < self._size:
            raise IndexError(index)
        return self._lines.get(index + 1, "")


def joined_lines(one: Mapping[str, RowLines], other: Mapping[str, RowLines]) -> dict[str, RowLines]:
    """The lines of both, by file."""
    found = dict(one)
    for path, lines in other.items():
        known = found.get(path)
        found[path] = known.joined(lines) if known is not None else lines
    return found
