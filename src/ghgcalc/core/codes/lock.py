"""Codes of the lock and of comparisons."""

from __future__ import annotations

from ghgcalc.core.codes.code import Code

CODES = (
    Code(
        "bad-lock",
        "The lock cannot be used",
        "A lock of another format, or of another company file, cannot say what this one was"
        " resolved to.",
        "Use the version of ghgcalc that wrote it, and keep one company file per folder."
        " Where the file was renamed, write its new name behind `company:` in the lock.",
    ),
    Code(
        "lock-drift-evidence",
        "A cited document is not the locked one",
        "The lock holds the hash of each file that `evidence:` names. With `--locked`, one that is"
        " gone or is another one now no longer proves what was locked.",
        "Restore the file; run `ghgcalc lock --period` once the change is wanted."
        " `ghgcalc evidence` lists what each line cites.",
    ),
    Code(
        "lock-drift-factor",
        "A pack gives another value than the lock",
        "The figure rests on the locked value; the message says by how many tonnes it would move.",
        "See `ghgcalc lock --upgrade --dry-run`, then upgrade the lock or keep it and say why.",
    ),
    Code(
        "lock-drift-figure",
        "A figure is not the locked one",
        "A reported year should not move unnoticed, nor go: a locked year of which the file holds"
        " no activity data any more is found, too.",
        "Look at the lines named in the notes; run `ghgcalc lock --period` once the change is"
        " wanted.",
    ),
    Code(
        "lock-drift-input",
        "A file has changed since the lock",
        "The figures may rest on other data than those that were locked. It is a note where every"
        " locked figure stands, and not said where the year is computed from the very same.",
        "See the effect with `ghgcalc lock --dry-run`; write the lock anew if it is wanted.",
    ),
    Code(
        "lock-edited",
        "The lock was changed by hand",
        "Its values decide figures; they must be those that a pack gave.",
        "Restore the file from version control, or write the section anew with"
        " `ghgcalc lock --upgrade`.",
    ),
    Code(
        "not-locked",
        "The lock does not hold a line's factor",
        "The line takes what the packs give today, which may be something else tomorrow.",
        "Run `ghgcalc lock --period` with the reporting year; what is locked already stays.",
    ),
)
