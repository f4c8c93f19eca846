"""Codes of a change that `ghgcalc ci` judges."""

from __future__ import annotations

from ghgcalc.core.codes.code import Code

CODES = (
    Code(
        "base-missing",
        "The base of a change is not in this clone",
        "A change that is compared with nothing would pass whatever it moves.",
        "Fetch the whole history in the workflow: `fetch-depth: 0`, or `GIT_DEPTH: 0`.",
    ),
    Code(
        "base-unclear",
        "Nobody knows which company file this one was",
        "Several company files went from its folder, so that a new name would escape thresholds and"
        " lock.",
        "Rename one file in a commit of its own, so that git sees which one it was.",
    ),
    Code(
        "lock-lost",
        "A year that the base had locked is locked no more",
        "What the lock refuses would pass once the lock is gone. It is an error where the year has"
        " moved as well, or the file bears another name, else a warning.",
        "Restore the lock. Where a year is to be restated, run `ghgcalc lock --period`; the change"
        " is then told with its figures.",
    ),
    Code(
        "threshold-exceeded",
        "A total moved further than it may",
        "A limit in the workflow asks a person to look before such a change is merged.",
        "Look at the causes in the summary. What is meant needs another limit, or"
        " `--on-threshold warn`.",
    ),
    Code(
        "threshold-not-judged",
        "A threshold could not be held against a total",
        "Errors of the base block what the total is compared with.",
        "Mend the base first, or compare the totals by hand.",
    ),
    Code(
        "year-relocked",
        "A locked year was locked anew",
        "Whoever writes the lock may move a reported year, which a reviewer has to see. It is a"
        " warning where locked tonnes have moved, else a note.",
        "Check that the year is to be restated; else restore the lock.",
    ),
)
