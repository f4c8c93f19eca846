"""A requirement of a standard, what it is judged over, and its answer.

An answer speaks of what the file holds. None says that a report conforms to a standard: what no
program can read, such as whether a description is true, is `not judged`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.analysis.base_year import Decision
    from ghgcalc.calculation.results.line import Line
    from ghgcalc.company.company import Company
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.period import Span
    from ghgcalc.inventory.inventory import Inventory

KeyPath = tuple[str | int, ...]


class Outcome(StrEnum):
    """What became of a requirement."""

    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "not applicable"
    NOT_JUDGED = "not judged"


class Answer(NamedTuple):
    """An outcome, why, and where it is a failure what to write, and where."""

    outcome: Outcome
    reason: str
    remedy: str = ""
    at: KeyPath = ()


def met(reason: str) -> Answer:
    """The file holds what is asked."""
    return Answer(Outcome.PASS, reason)


def lacks(reason: str, remedy: str, *at: str | int) -> Answer:
    """The file does not hold it; `at` is the path of the section where it belongs."""
    return Answer(Outcome.FAIL, reason, remedy, at)


def idle(reason: str) -> Answer:
    """Nothing in the file calls for it."""
    return Answer(Outcome.NOT_APPLICABLE, reason)


def unjudged(reason: str) -> Answer:
    """A person has to judge it."""
    return Answer(Outcome.NOT_JUDGED, reason)


@dataclass(frozen=True)
class Facts:
    """What requirements are judged over: a file and what was computed of one period.

    Attributes:
        name, span: of the period.
        inventory: of the period, every line; None where errors block it, and `blocked` says so.
        amounts: what the file states of the period, Scopes 1 and 2.
        sites: the facilities that have activity data in the period.
        base: the base year's inventory; None where there is none, or errors block it.
        decision: of its recalculation; None where the file does not say enough.
    """

    company: Company
    name: str
    span: Span
    inventory: Inventory | None
    blocked: str
    amounts: Sequence[ElementaryActivity]
    sites: frozenset[str]
    base: Inventory | None
    base_blocked: bool
    decision: Decision | None

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of Scopes 1 and 2; none where errors block the totals."""
        wholes = self.inventory.wholes if self.inventory is not None else []
        return [line for line in wholes if line.scope < 3]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One disclosure that a standard requires.

    Attributes:
        rule: its id, such as `GHG-11.7`.
        text: what has to be disclosed.
        source: the standard and its section.
        answer: judges the facts.
        totals: whether it is judged over totals, and left open where errors block them.
    """

    rule: str
    text: str
    source: str
    answer: Callable[[Facts], Answer]
    totals: bool = False

    def judge(self, facts: Facts) -> Answer:
        """The answer of a file."""
        if self.totals and facts.inventory is None:
            return unjudged(facts.blocked)
        return self.answer(facts)


class Judged(NamedTuple):
    """A requirement, its answer, and the place of the section where it belongs."""

    requirement: Requirement
    answer: Answer
    place: Location


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile judged over a period of a file; `file` is the company file as named."""

    name: str
    title: str
    file: str
    period: str
    span: Span | None
    judged: tuple[Judged, ...]

    def count(self, outcome: Outcome) -> int:
        """How many requirements came to an outcome."""
        return sum(item.answer.outcome is outcome for item in self.judged)
