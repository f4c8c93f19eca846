"""Codes of numbers, units and quantities."""

from __future__ import annotations

from ghgcalc.core.codes.code import Code

CODES = (
    Code(
        "missing-unit",
        "A quantity has no unit",
        "Without it, 1,000 may be kWh or MWh.",
        "Write number and unit together: `quantity: 1_250 kWh`.",
    ),
    Code(
        "negative-quantity",
        "An amount is below zero",
        "A negative amount would hide emissions in a sum.",
        "State what was consumed. A credit note names its line with `corrects:`; in a table mark"
        " the rows with `corrections:`.",
    ),
    Code(
        "not-a-number",
        "A text is not a number",
        "`1,234` is a thousand in one country and one in another.",
        "Write digits, a point for decimals and `_` for groups: `1_234.5`.",
    ),
    Code(
        "number-out-of-range",
        "A number has too many digits",
        "Numbers are exact; more than 15 digits before or 9 after the point are not a reading.",
        "Use a larger unit, or round the reading yourself.",
    ),
    Code(
        "out-of-bounds",
        "A number lies outside its bounds",
        "A share above 100 % or a denominator of zero gives a meaningless result.",
        "Correct the number; shares run from `0%` to `100%`.",
    ),
    Code(
        "unit-ambiguous",
        "A unit has several meanings",
        "A short, a long and a metric ton differ by up to 12 %.",
        "Write the exact unit: `t`, `short_ton` or `long_ton`; `gal_us` or `gal_imp`.",
    ),
    Code(
        "unit-mismatch",
        "A unit measures the wrong kind of thing",
        "Mass, volume and energy are converted only with a stated density or heating value.",
        "Report the unit that the message names, or add `fuel_properties:` with the source.",
    ),
    Code(
        "unknown-unit",
        "A unit is not known",
        "A factor fits one unit only.",
        "Write one of the units of the list, with capital and small letters as printed.",
    ),
)
