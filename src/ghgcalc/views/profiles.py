"""Profiles as tables: each requirement, what became of it, why, and what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.analysis.profiles.requirement import Outcome
from ghgcalc.views.table import Column, Report, Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.analysis.profiles.requirement import Judged, Profile

# what the file holds; no word of it says that a report conforms
WORDS = {
    Outcome.PASS: "met by the file",
    Outcome.FAIL: "not met",
    Outcome.NOT_APPLICABLE: "not applicable",
    Outcome.NOT_JUDGED: "not judged",
}
DISCLAIMER = (
    "Says what the file holds. A person judges the rest; this is no statement of conformity with"
    " the standard."
)


def profiles_report(profiles: Sequence[Profile]) -> Report:
    """A table for each profile."""
    first = profiles[0]
    head = (first.file, first.period) if first.period else (first.file,)
    return Report(head, tuple(map(_table, profiles)), ())


def counts(profile: Profile) -> str:
    """How many requirements came to each outcome."""
    return ", ".join(f"{profile.count(outcome)} {word}" for outcome, word in WORDS.items())


def _table(profile: Profile) -> Table:
    columns = (Column(profile.title), Column("Outcome"))
    rows = tuple(map(_row, profile.judged))
    return Table("", columns, rows, (f"{counts(profile)}.", DISCLAIMER))


def _row(item: Judged) -> Row:
    answer = item.answer
    remedy = f"; {answer.remedy}" if answer.remedy else ""
    text = f"{item.requirement.rule}  {item.requirement.text}"
    return Row((text, WORDS[answer.outcome]), remark=f"{answer.reason}{remedy}")
