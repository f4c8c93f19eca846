"""What a text that is no number of ours was meant to be: for hints, never for reading.

The signs between digits differ by country: a comma stands before decimals or between thousands,
and so does a point. A text is spelled anew only where one reading is possible.
"""

from __future__ import annotations

import re

_RUN = re.compile(r"([+-]?)([0-9].*[0-9])", re.DOTALL)
_PARTS = re.compile(r"([0-9]+)")
_MARKS = {"'": "'", "\u2019": "'", "`": "'", "\u00b4": "'", "_": "_", ",": ",", ".": "."}
_THOUSANDS = 3


def spelled(text: str) -> str | None:
    """The number that a text with other signs between its digits means, in our spelling.

    `12 500` is `12_500`, `1.000,5` is `1_000.5`, `12,5` is `12.5`. None where it is no number, or
    where a comma could be either sign (`1,250`).
    """
    match = _RUN.fullmatch(text.strip())
    if match is None:
        return None
    parts = _PARTS.split(match[2])[1:-1]
    runs, marks = parts[::2], [_mark(part) for part in parts[1::2]]
    if not marks or None in marks:
        return None
    last = marks[-1]
    if last in (",", ".") and marks.count(last) == 1:
        if len(marks) == 1 and last == "," and _could_be_groups(runs):
            return None
        whole = _grouped(runs[:-1], marks[:-1])
        return None if whole is None else f"{match[1]}{whole}.{runs[-1]}"
    whole = _grouped(runs, marks)
    return None if whole is None else f"{match[1]}{whole}"


def two_readings(text: str) -> bool:
    """Whether a comma could stand between thousands as well as before decimals, as in `1,250`."""
    match = _RUN.fullmatch(text.strip())
    runs = match[2].split(",") if match else []
    return len(runs) == 2 and all(run.isdigit() for run in runs) and _could_be_groups(runs)


def _mark(part: str) -> str | None:
    return " " if part.isspace() else _MARKS.get(part)


def _could_be_groups(runs: list[str]) -> bool:
    first, *others = runs
    fits = len(first) <= _THOUSANDS and not first.startswith("0")
    return fits and all(len(run) == _THOUSANDS for run in others)


def _grouped(runs: list[str], marks: list[str | None]) -> str | None:
    """Groups of three digits joined by our sign; None where they are no such groups."""
    if not marks:
        return runs[0]
    return "_".join(runs) if len(set(marks)) == 1 and _could_be_groups(runs) else None
