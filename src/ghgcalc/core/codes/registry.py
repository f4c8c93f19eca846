"""The registry of diagnostic codes: title, why it matters, how to fix (docs/errors.md)."""

from __future__ import annotations

from ghgcalc.core.codes import (
    activity_data,
    checks,
    choice,
    factors,
    files,
    gate,
    lock,
    names,
    numbers,
    scope_2,
    scope_3,
    tables,
    text,
)
from ghgcalc.core.codes.code import Code

SUBJECTS = (text, files, numbers, names, factors, choice, activity_data, tables, lock, scope_2,
            scope_3, checks, gate)  # fmt: skip
_EVERY = (code for subject in SUBJECTS for code in subject.CODES)
CODES: dict[str, Code] = {code.slug: code for code in sorted(_EVERY)}
