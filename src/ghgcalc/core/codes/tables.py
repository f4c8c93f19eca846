"""Codes of tables and their rows."""

from __future__ import annotations

from ghgcalc.core.codes.code import Code

CODES = (
    Code(
        "bad-encoding",
        "A table holds bytes of another encoding",
        "The row's names and numbers cannot be trusted.",
        "State the file's own encoding under `read:`, or save it as UTF-8.",
    ),
    Code(
        "bad-meter-file",
        "A file of meter data does not follow its format",
        "What it means is settled by the format alone; readings taken otherwise would be guessed.",
        "Download the file again, or ask who wrote it; the line says where it departs.",
    ),
    Code(
        "bad-quoting",
        "A quoted cell is not closed",
        "The cell would swallow the rows after it.",
        'Close the quote; write a quote inside a quoted cell as `""`.',
    ),
    Code(
        "bad-workbook",
        "A workbook cannot be read",
        "It is damaged, encrypted or made to exhaust the machine.",
        "Open it in a spreadsheet program and save it again, or save the sheet as CSV.",
    ),
    Code(
        "bad-xml",
        "An XML file cannot be read",
        "It is damaged, declares entities, or is made to exhaust the machine.",
        "Download it again from the utility; energy data need no document type.",
    ),
    Code(
        "bill-twice",
        "A meter is billed twice for the same days, with the same quantity",
        "A bill that was sent or exported twice counts twice.",
        "Remove one of the two, leave it out by a `filter:`, or state `accept_overlaps:` with the"
        " reason why both count.",
    ),
    Code(
        "calendar-gap",
        "A meter or a supply has days without data",
        "Consumption of those days may be missing from the inventory.",
        "Add the missing bill; for a meter that stood still add a row with `0`.",
    ),
    Code(
        "calendar-overlap",
        "Two bills of a meter cover the same days",
        "Those days may be counted twice.",
        "Correct the days in the table; `to` is the last day billed, not the fi"
        "rst of the next bill.",
    ),
    Code(
        "column-passed-over",
        "A pattern of a wide table leaves out a column like those it takes",
        '`"???"` takes `Jan` and `Feb` and passes over `June` and `Sept`, whose use is then'
        " missing.",
        "Name the column under `unpivot:` as well; where it does not count, lower the check.",
    ),
    Code(
        "control-total-differs",
        "The rows do not add up to the control total",
        "Rows are missing, repeated or misread.",
        "Compare with the system that the file came from, or correct the control total.",
    ),
    Code(
        "correction-sign",
        "A correction has a sign that may mean two things",
        "Some systems print a credit note as a positive amount: added instead of taken away it is"
        " wrong by twice its size.",
        "State under `corrections:` how the file prints them, `sign: reversed` or"
        " `sign: as_printed`.",
    ),
    Code(
        "decimal-sign-doubtful",
        "Every quantity of a table has a point before three digits",
        "`12.500` kWh is 12.5 where the point stands before decimals, and 12,500 where it groups"
        " digits.",
        'State `decimal: "."`, or `decimal: ","` and `thousands: "."`, under `read:`.',
    ),
    Code(
        "duplicate-row",
        "A row repeats another one",
        "The table says that these columns are unique; a bill read twice counts twice.",
        "Remove the row, or take the column that tells the rows apart into `unique:`.",
    ),
    Code(
        "empty-cell",
        "A required cell is empty",
        "Empty is not zero: it may be a bill that has not arrived.",
        "Fill the cell, write `0` for none, or remove the row.",
    ),
    Code(
        "equal-rows",
        "Rows are equal in all that is read",
        "Two equal bills are possible; one bill exported twice is more likely.",
        "State `unique: [columns]` to have repeated rows refused, or leave it as it is.",
    ),
    Code(
        "estimate-and-actual",
        "An estimated row and one that is none stand for the same days",
        "A bill that replaces an estimate is added to it.",
        "Leave the estimated row out by `filter:`; where both count, leave them.",
    ),
    Code(
        "falling-reading",
        "A reading is below the one before",
        "A counter only rises; the difference would be less than nothing, or a whole round.",
        "Correct the reading, or state the rollover or the exchange of the meter under"
        " `readings:`.",
    ),
    Code(
        "formula-without-value",
        "A formula has no stored value",
        "Formulas are never evaluated here; without the stored value the cell is empty.",
        "Open the workbook in a spreadsheet program, let it calculate, and save it.",
    ),
    Code(
        "header-elsewhere",
        "The headings of a file are not where the table looks",
        "Every column would be missing for one cause: a title above, a line `sep=;`, another sign"
        " between cells, or no headings at all.",
        "State `header_row:` or `delimiter:` under `read:`, as the hint says.",
    ),
    Code(
        "heading-unit",
        "A heading names another unit than the quantities are read in",
        "`Consumption (MWh)`, or what stands below `All values in thousands`, read in kWh is a"
        " thousandth of what was used.",
        "State the unit of the heading or line, or under `names: {unit: …}` what it stands for.",
    ),
    Code(
        "hours-missing",
        "A series lacks hours",
        "A missing hour is not an hour of nothing; taken as zero it would move the matched share.",
        "Add the missing rows, with `0` where nothing was metered; state `period:` where the series"
        " is meant for a part of the year.",
    ),
    Code(
        "mixed-readings",
        "A file holds readings that must not be added up",
        "What was fed into the grid, or read from a dial, would count as consumption.",
        "Leave them out by a filter, or map the heading that tells them apart.",
    ),
    Code(
        "nested-rows",
        "Every day of a row stands in other rows of its supply too",
        "A total, or a bill that others replace, counts twice; two meters of a site may rightly be"
        " billed by the quarter and by the month.",
        "Leave the row out by a `filter:`, map as `meter:` a column that names the meters (no"
        " column of types or totals), or state `accept_overlaps:` with the reason why all of them"
        " count.",
    ),
    Code(
        "no-table",
        "A file is no table",
        "Its bytes are of another kind; read as rows it would say nothing.",
        "State the `format:` under `read:` where there is one, or export the data as CSV.",
    ),
    Code(
        "no-rows",
        "A table has no row that counts",
        "The file may be an empty export, or the filter asks for what no row says.",
        "Add the rows below the header, correct `filter:`, or remove the table.",
    ),
    Code(
        "number-format",
        "A cell of a workbook shows another number or unit than is read",
        '`0" MWh"` shows `5 MWh` where 5 kWh are read, and `0,` shows 5 where 5,000 are.',
        "State the unit that is shown, or a multiplier; where the stored number is right as it is"
        " read, lower the check.",
    ),
    Code(
        "ragged-row",
        "A row has more or fewer cells than the header",
        "Its values stand under the wrong headings.",
        "Quote cells that hold the delimiter, or complete the row.",
    ),
    Code(
        "replaces-unclear",
        "It is open whether an estimate is replaced",
        "A part of an estimate would be lost, or days would count twice.",
        "Leave the estimate out by a `filter:` where others replace it whole.",
    ),
    Code(
        "rising-quantities",
        "Quantities of a supply only rise",
        "Readings of a counter, summed as if each were what was used, are many times too much.",
        "Map the column as `reading:`; where more was used each time, leave it.",
    ),
    Code(
        "rows-rejected",
        "Bad rows are left out knowingly",
        "The company file accepts them with a reason; every report says how many.",
        "Correct the rows when you can, then remove `accept_rejected:`.",
    ),
    Code(
        "running-total",
        "A heading of quantities speaks of running totals",
        "Each row of `YTD kWh` holds the rows before it once more; their sum is far too much.",
        "Leave all rows but the last of each year out by a `filter:`; map counters as `reading:`.",
    ),
    Code(
        "start-missing",
        "A first bill does not say when it starts",
        "Bills that state only their last day start after the one before; the first has none.",
        "State its first day under `read: {starts: …}`, by meter, or by facility and item.",
    ),
    Code(
        "subtotal-row",
        "A row equals the sum of rows inside its days, or of all others of them",
        "A row of the year beside those of its months, or of all tariffs beside each, counts"
        " everything twice.",
        "Leave such rows out by a `filter:`, or a heading out of `unpivot:`; where they are bills"
        " of their own, state `accept_overlaps:` with the reason.",
    ),
    Code(
        "sum-of-others",
        "A row equals the sum of the other rows of its days, once",
        "A sum of tariffs or meters beside them counts everything twice; of days that show it once,"
        " it may be chance.",
        "Leave the row out by a `filter:`, or a heading out of `unpivot:`; where it counts, state"
        " `accept_overlaps:` with the reason.",
    ),
    Code(
        "trailing-delimiter",
        "Rows end in empty cells beyond the header",
        "A sign at the end of every row makes one more cell; nothing in it is lost, and no value"
        " stands under a wrong heading.",
        "Nothing; `trailing_delimiter: ignore` under `read:` says that it is known.",
    ),
    Code(
        "unclear-reading",
        "A difference of two readings cannot be taken",
        "The order of a day's readings, the unit or the multiplier is not the same for both.",
        "Follow the message: state what the meter showed, or give the readings a table of"
        " their own.",
    ),
    Code(
        "unknown-column",
        "A column is not in the file's header",
        "What it should give would be missing from every row.",
        "Write the heading under `columns:` exactly as in the file.",
    ),
    Code(
        "unknown-item",
        "A table names an item that is not mapped",
        "Rows without a category would be left out.",
        "Add the text under the table's `items:` with its category.",
    ),
    Code(
        "unknown-sheet",
        "A workbook's sheet is not settled",
        "Which of several sheets holds the bills cannot be guessed.",
        "Write `sheet:` under `read:`.",
    ),
    Code(
        "unreadable-file",
        "A file is there but cannot be read",
        "What it holds would be left out of the inventory.",
        "Check the permissions of the file, and whether another program holds it open.",
    ),
    Code(
        "workbook-layout",
        "A sheet hides or merges what is read",
        "Rows that nobody sees may be left-overs; of merged cells only the first has a value.",
        "Show the rows or state `hidden_rows:`; split merged cells.",
    ),
)
