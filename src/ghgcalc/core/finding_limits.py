"""Findings of the company file's form: those beyond reading are counted and not made."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import MOST_PER_CODE, Diagnostic, Location, more_of

if TYPE_CHECKING:
    from typing import Protocol

    class Locate(Protocol):
        """Finds the place of a value, or of its key."""

        def __call__(self, path: tuple[str | int, ...], *, key: bool = False) -> Location:
            """Return the place."""


class Said:
    """How many findings of each code were made; what is beyond reading is counted alone."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._places: dict[str, Location] = {}

    def room(self, code: str, path: tuple[str | int, ...], locate: Locate) -> bool:
        """Count a finding; whether it is still to be made."""
        self._counts[code] += 1
        if self._counts[code] <= MOST_PER_CODE:
            return True
        if code not in self._places:
            self._places[code] = locate(path, key=True)
        return False

    def rest(self) -> list[Diagnostic]:
        """One finding for each code that has more than were made."""
        return [
            more_of(code, self._counts[code] - MOST_PER_CODE, where)
            for code, where in self._places.items()
        ]
