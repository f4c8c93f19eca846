"""Codes of what a file says of named checks."""

from __future__ import annotations

from ghgcalc.core.codes.code import Code

CODES = (
    Code(
        "check-not-lowered",
        "A check cannot be lowered",
        "What keeps data out of totals, or says what a figure lacks, would otherwise be missing"
        " without a word. Checks that doubt what may be right can be lowered, with a reason.",
        "Remove `severity:`, or raise it, and mend what the check finds.",
    ),
    Code(
        "profile-requirement",
        "A disclosure that a profile asks for is missing",
        "`ghgcalc check --profile` compares what the file holds with the disclosures that a"
        " standard requires. What the file meets is no claim that a report conforms to it.",
        "Write what the hint names; the note says where the standard asks for it.",
    ),
    Code(
        "unknown-check",
        "A check has another name",
        "A mistyped name would leave the check as it is, without a word.",
        "Write the code of a check, which stands in brackets after the severity of its findings;"
        " the reference of `checks:` lists them all. Messages of reading and calculating, such as"
        " `missing-factor`, are errors of every file.",
    ),
)
