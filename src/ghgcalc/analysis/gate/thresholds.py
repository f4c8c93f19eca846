"""How far a total may move in one change, and which totals moved further."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.numbers import ZERO, NumberError, parse_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ghgcalc.analysis.compare.difference import Figure


class ThresholdError(ValueError):
    """A threshold that cannot be read; usage, not data."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How far a total may move: tonnes CO2e, and a share of what it was; None without bound."""

    tonnes: Fraction | None = None
    share: Fraction | None = None

    def __bool__(self) -> bool:
        """Whether there is any bound."""
        return self.tonnes is not None or self.share is not None


NO_LIMIT = Limit()


class Breach(NamedTuple):
    """A total that moved further than its limit, in a reporting year."""

    year: int
    figure: Figure
    limit: Limit


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The limit of every company file, and those of single ones, by the real path."""

    every: Limit = NO_LIMIT
    own: Mapping[str, Limit] = field(default_factory=dict)

    def of(self, path: str) -> Limit:
        """The limit of a company file; its own one replaces the general one."""
        return self.own.get(os.path.realpath(path), self.every)


def thresholds(
    tonnes: str | None, percent: str | None, files: Iterable[str], known: Iterable[str]
) -> Thresholds:
    """Read the thresholds of the command line.

    Args:
        tonnes: a number of tonnes CO2e.
        percent: a number of per cent, with or without the sign.
        files: `FILE=250 t` or `FILE=5 %`, each with the limit of one company file.
        known: the company files that are judged.

    Raises:
        ThresholdError: one is no number, is negative, names a file that is not judged, or stands
            twice.
    """
    every = Limit(
        None if tonnes is None else _number(tonnes.removesuffix("t"), "--threshold-tonnes"),
        None
        if percent is None
        else _number(percent.removesuffix("%"), "--threshold-percent") / 100,
    )
    judged = {os.path.realpath(path) for path in known}
    own: dict[str, Limit] = {}
    for text in files:
        name, equals, amount = text.rpartition("=")
        path, limit = os.path.realpath(name), amount.strip()
        if not equals or not name or not limit.endswith(("t", "%")):
            said = f"--threshold-file {text}: write FILE=250t or FILE=5%"
            raise ThresholdError(said)
        if path not in judged:
            raise ThresholdError(f"--threshold-file {text}: {name} is not one of the company files")
        value, before = _number(limit[:-1], "--threshold-file"), own.get(path, NO_LIMIT)
        if (before.share if limit.endswith("%") else before.tonnes) is not None:
            raise ThresholdError(f"--threshold-file {text}: a second limit of its kind for {name}")
        own[path] = (
            replace(before, share=value / 100)
            if limit.endswith("%")
            else replace(before, tonnes=value)
        )
    return Thresholds(every, own)


def _number(text: str, option: str) -> Fraction:
    try:
        found = Fraction(parse_number(text.strip()))
    except NumberError as error:
        raise ThresholdError(f"{option}: {error.message}; write a number such as 250") from None
    if found < 0:
        raise ThresholdError(f"{option}: `{text.strip()}` is below zero; a limit holds both ways")
    return found


def breaches(year: int, figures: Iterable[Figure], limit: Limit) -> Iterator[Breach]:
    """The totals of a year that moved further than they may.

    What was not known before has not moved; what was known and is not any more has. All scopes are
    not held against it where Scope 3 was not evaluated before: they move by its first evaluation.
    Any change of a total of 0 t is beyond every share of it.
    """
    every = tuple(figures)
    first = any(f.name == "scope_3" and f.before is None and f.after is not None for f in every)
    for figure in every:
        known = figure.before is not None and not (first and figure.name == "all_scopes")
        if known and _beyond(figure, limit):
            yield Breach(year, figure, limit)


def _beyond(figure: Figure, limit: Limit) -> bool:
    if not limit:
        return False
    if figure.change is None or figure.before is None:
        return True
    size = abs(figure.change)
    if limit.tonnes is not None and size > limit.tonnes:
        return True
    return limit.share is not None and size > max(abs(figure.before) * limit.share, ZERO)
