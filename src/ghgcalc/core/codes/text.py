"""Codes of YAML text and periods."""

from __future__ import annotations

from ghgcalc.core.codes.code import Code

CODES = (
    Code(
        "distant-period",
        "Activity data lie far from all others",
        "A mistyped year takes a line out of its inventory, and the newest year with data is the"
        " one that is computed by default.",
        "Correct the period; a year that is meant stands under `periods:`, or under `base_year:`,"
        " `expect:` and the like.",
    ),
    Code(
        "duplicate-key",
        "A name stands twice",
        "Only one of two entries can count; which one would depend on the order of reading.",
        "Remove or rename one of the two. Ids are unique over all included files.",
    ),
    Code(
        "empty-file",
        "A file holds no data",
        "An empty file is more often a failed export than an inventory of nothing.",
        "Start a company file with `ghgcalc: 1`; remove a table file without rows.",
    ),
    Code(
        "include-cycle",
        "A file includes itself",
        "Its lines would be counted again and again.",
        "Remove one of the `include:` entries that form the circle.",
    ),
    Code(
        "unit-cycle",
        "An own unit stands for itself",
        "Its size is stated by way of its own size, so it has none.",
        "State one of the units of the circle in a unit that is known.",
    ),
    Code(
        "merge-key",
        "YAML merge keys are not read",
        "A value that arrives through `<<` stands on no line a verifier can point at.",
        "Write the keys out, or put shared values into a table.",
    ),
    Code(
        "not-utf-8",
        "A file is not UTF-8",
        "Guessing an encoding may change names and ids.",
        "Save the file as UTF-8. For a table in a Chinese code page write"
        " `read: {encoding: gb18030}`.",
    ),
    Code(
        "recursive-alias",
        "An alias contains itself",
        "The value would never end.",
        "Write the values out where the `*alias` stands.",
    ),
    Code(
        "too-large",
        "A file is too large or too deep",
        "Company files are read whole and by people; bulk data belongs into tables.",
        "Move activity data into a CSV under `tables:`; write less deeply nested values.",
    ),
    Code(
        "unknown-tag",
        "YAML tags are not read",
        "A tag asks the reader to run code or change a value's type.",
        "Remove the `!tag`; every key already knows how to read its value.",
    ),
    Code(
        "yaml-syntax",
        "The file is not valid YAML",
        "Nothing after the mistake can be read with certainty.",
        "Look at indentation, quotes and brackets on the marked line and the one above.",
    ),
)
