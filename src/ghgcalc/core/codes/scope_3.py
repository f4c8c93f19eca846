"""Codes of Scope 3 as a whole: statuses of categories, what is left out."""

from __future__ import annotations

from ghgcalc.core.codes.code import Code

CODES = (
    Code(
        "category-unanswered",
        "A Scope 3 category is not evaluated",
        "The Scope 3 Standard asks that all categories are accounted for, and that what is left out"
        " is disclosed and justified. `ghgcalc check --complete` asks for each of them.",
        "Add activities of the category, or say below `scope_3:` why there are none.",
    ),
    Code(
        "excluded-selectively",
        "Categories that need the end use are left out one by one",
        "Where the end use of intermediate products is unknown, the categories after their sale may"
        " be left out together, not selectively (Scope 3 Standard, section 6.4).",
        "Say the same of each of these categories, or calculate all of them.",
    ),
    Code(
        "excluded-share",
        "Much of Scope 3 is left out",
        "The estimates of what is left out, compared with all required emissions, those left out"
        " included: drafts of the standard's next version let 5 % be left out.",
        "Calculate the largest of what is left out; `checks:` sets another share, with a reason.",
    ),
    Code(
        "method-not-stated",
        "Lines of Scope 3 name no method",
        "Reports name the methods of each category. A line without one is computed all the same;"
        " `ghgcalc check --complete` asks for it.",
        "Add `method:` to the activity or to the item of the table.",
    ),
    Code(
        "scope-3-status",
        "The status of a category is not what its lines say",
        "A category that is stated as not relevant or not yet calculated has lines in the totals,"
        " or one that is stated as calculated has none.",
        "Write the status that holds, what is left out as `exclusion: partial`, or the days of the"
        " status as `period:`.",
    ),
)
