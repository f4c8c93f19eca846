"""Codes of files and paths."""

from __future__ import annotations

from ghgcalc.core.codes.code import Code

CODES = (
    Code(
        "bad-date",
        "A day or period cannot be read",
        "Data are assigned to a reporting year, a factor year and an ownership state by date.",
        "Write days as `2023-07-01`; periods as `2023`, `2023-04`, `2023-Q1` or"
        " `2023-01-01/2023-03-31`.",
    ),
    Code(
        "bad-id",
        "An id has signs that cannot stand in an id",
        "Ids name lines in reports, comparisons and the command line.",
        "Use letters of any script with their marks, digits, `-`, `_` and `.`, at most 256 signs;"
        " start with a letter or digit.",
    ),
    Code(
        "mixed-scripts",
        "Letters of two scripts that look alike",
        "A Cyrillic or Greek letter prints like a Latin one, and the two make different ids.",
        "Type the id in one script; the message names the odd letter and its code point.",
    ),
    Code(
        "conflicting-keys",
        "Two keys say different things about one matter",
        "Either value could be meant, and the result would differ.",
        "Keep one of the two.",
    ),
    Code(
        "file-not-found",
        "A file is missing",
        "What it holds would be left out of the inventory.",
        "Check the name; it is relative to the file that mentions it.",
    ),
    Code(
        "missing-key",
        "A required key is missing",
        "Without it the line cannot be computed or assigned.",
        "Add the key that the message names.",
    ),
    Code(
        "no-activities",
        "There is nothing to compute",
        "An inventory of zero must be stated, not implied by an empty file or a period without"
        " data.",
        "Ask for a period with data, or add `activities:` or `tables:`; write `quantity: 0 kWh` for"
        " a true zero.",
    ),
    Code(
        "path-outside",
        "A path leaves the project folder",
        "An inventory must be complete in its folder, so that another person can recompute it.",
        "Copy the file into the project and write a relative path with `/`.",
    ),
    Code(
        "unknown-key",
        "A key is not known",
        "A misspelt key would be ignored, and its value with it.",
        "Write one of the known keys; put remarks under `note:`.",
    ),
    Code(
        "unknown-value",
        "A value is not one of the choices",
        "The calculation depends on the choice.",
        "Write one of the values that the message lists.",
    ),
    Code(
        "wrong-shape",
        "A value has the wrong shape",
        "A list stands where one value, or keys and values, are read, or the other way round.",
        "Compare with the example of the key in the description of the company file.",
    ),
)
