"""The registry of diagnostic codes: title, why it matters, how to fix (docs/errors.md)."""

from __future__ import annotations

from typing import NamedTuple

from ghgcalc.core.codes.choice import ROWS as CHOICE
from ghgcalc.core.codes.scope_2 import ROWS


class Code(NamedTuple):
    """One code: `slug`, title, why it matters, what to do."""

    slug: str
    title: str
    why: str
    fix: str


_YAML = (
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
_FILE = (
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
_NUMBERS = (
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
_NAMES = (
    Code(
        "unknown-boundary",
        "A boundary is not defined",
        "A total without its boundary cannot be compared with another.",
        "Add it under `boundaries:`, or write one that is there.",
    ),
    Code(
        "unknown-facility",
        "A facility is not defined",
        "The facility decides the region of the factor and the share that is consolidated.",
        "Add it under `facilities:` with its country, or correct the name.",
    ),
    Code(
        "holder-without-state",
        "A holder has no state on the day",
        "A facility that is held through another has the holder's share times its own; without a"
        " state of the holder nobody knows it.",
        "Add the holder's state to its `history:`, from that day or earlier.",
    ),
    Code(
        "holder-cycle",
        "Facilities hold each other",
        "A chain of holders ends at the company; in a circle no share follows.",
        "Remove the `through:` of the facility that the company holds itself.",
    ),
    Code(
        "unknown-factor",
        "A pinned factor is not there",
        "A pin names one exact value; nothing else may stand in for it.",
        "Add its pack to `factor_packs:` and write the pin as `pack/id`.",
    ),
    Code(
        "unknown-figure",
        "A figure name is not known",
        "An expectation that compares nothing would always hold.",
        "Write a figure such as `scope_1` or `scope_2.market_based`.",
    ),
    Code(
        "unknown-fuel",
        "A fuel is not known",
        "Carbon content differs from fuel to fuel.",
        "Write a fuel of the list; a fuel of your own needs an own factor pack.",
    ),
    Code(
        "unknown-gas",
        "A gas is not known",
        "Without its warming potential a gas cannot be added to a total.",
        "Write an IPCC id such as `HFC-134a` or a blend such as `R-410A`; state the components of"
        " another blend under `gas_masses:`.",
    ),
    Code(
        "unknown-line",
        "A line that is named is not defined",
        "A correction belongs to the line that it corrects, a new name to what has it now.",
        "Write the id of an activity after `corrects:`, and an id of the file in `renames:`.",
    ),
    Code(
        "base-year-without-data",
        "The base year has no data to judge a change by",
        "A threshold is a share of the base year's emissions; without them nothing can be judged.",
        "Enter the activity data of the base year, state the published figure under `stated:`, or"
        " the `effect:` of the change.",
    ),
    Code(
        "pack-altered",
        "A bundled pack is not what was released",
        "A released version never changes: a figure that was verified must come out again.",
        "Install ghgcalc again. To use other values, copy the rows into an own pack and name it"
        " under `factor_packs:`.",
    ),
    Code(
        "unknown-pack",
        "A factor pack is not bundled",
        "Factors are taken only from packs that the company file names.",
        "Write a bundled pack such as `desnz-2025` or a publisher such as `desnz`; own packs are"
        " paths such as `./factors/own.yaml`.",
    ),
    Code(
        "unknown-supplier",
        "A supplier is not defined",
        "Without its rate, its electricity takes the residual mix in the market-based total.",
        "Add it under `suppliers:` with its rates, or remove `supplier:`.",
    ),
)
_FACTORS = (
    Code(
        "accept-unused",
        "An accepted gap is not needed",
        "A permission that nothing uses may later cover a departure that nobody looked at.",
        "Remove the entry, or correct what its `for:` names.",
    ),
    Code(
        "ambiguous-factor",
        "Several factors fit equally well",
        "Choosing one by chance would make the result depend on the order of a table.",
        "State the sector, technology or vehicle, or pin one with `factor:`.",
    ),
    Code(
        "ambiguous-property",
        "Several fuel properties fit equally well",
        "Two densities or heating values give two results.",
        "State `fuel_properties:` on the line with its source, or keep one in the pack.",
    ),
    Code(
        "bad-gas-state",
        "Temperature or pressure of a gas cannot be read",
        "They decide how much gas a cubic metre holds.",
        "Write `gas_state: {temperature: 20 degC, pressure: 101.325 kPa}` with the absolute"
        " pressure.",
    ),
    Code(
        "basis-mismatch",
        "Net and gross heating value are mixed",
        "They differ by 5 to 10 %, and so would the emissions.",
        "State both heating values of one source (`fuel_properties:` with `ncv` and `gcv`), or"
        " report the energy on the factor's basis, or mass or volume.",
    ),
    Code(
        "basis-missing",
        "An energy does not say net or gross",
        "Net and gross heating value differ by 5 to 10 %, and so would the emissions.",
        "Write `kWh gross` (most gas bills) or `kWh net`.",
    ),
    Code(
        "combustion-without-co2",
        "A fossil fuel is burnt and its CO2 is counted nowhere",
        "Some tables print CH4 and N2O by the mile and CO2 by the gallon; of a car's mile the first"
        " are about a two-hundredth.",
        "Enter the fuel as a line of its own and name it under `co2_counted_in:`, or pin a factor"
        " that gives CO2 as well.",
    ),
    Code(
        "gap-not-accepted",
        "A departure from the rules is not accepted",
        "A stand-in value is allowed, but never in silence: it needs a reason that reports print.",
        "Use data that need no departure, or add the `accept:` entry that the hint names.",
    ),
    Code(
        "gas-state-missing",
        "A gas volume has no temperature and pressure",
        "A cubic metre at 20 °C holds 7 % less gas than one at 0 °C.",
        "Write `Nm3` (0 °C), `Sm3` (15 °C) or `m3_20C`, or add `gas_state:` or `billed_as:`.",
    ),
    Code(
        "gwp-missing",
        "A gas has no warming potential in the GWP set",
        "Its CO2e cannot be turned into a mass, nor into the inventory's GWP set.",
        "Correct the gas id, or use a factor that states gas masses.",
    ),
    Code(
        "gwp-set-missing",
        "CO2e is stated without its GWP set",
        "The same gas counts differently in AR4, AR5 and AR6.",
        "Add `gwp_set: AR5` (the set that the publisher used) to the pack.",
    ),
    Code(
        "locator-missing",
        "A factor does not say where it was printed",
        "A verifier must find the printed value in a minute.",
        "Fill the column `locator` with table and cell, or page.",
    ),
    Code(
        "missing-factor",
        "No factor fits a line",
        "The line has emissions, but no value that counts them.",
        "Add a pack that publishes one, state `emission_rate:` with its source, or accept the gap"
        " that the notes name.",
    ),
    Code(
        "pinned-factor-refused",
        "A pinned factor may not be used for the line",
        "A pin chooses among fitting factors; it does not make a wrong one right.",
        "Remove the pin, or pin a factor of the line's category.",
    ),
)
_LINES = (
    Code(
        "bad-serials",
        "Certificate serials are not a range",
        "Ranges are compared, so that no certificate counts twice.",
        "Give `first` and `last` the same prefix and let both end in digits.",
    ),
    Code(
        "biogenic-co2",
        "CO2 of biomass is stated as fossil",
        "Biogenic CO2 is reported beside the scopes; as fossil CO2 it would stand in a total.",
        "Write `CO2_biogenic` for it; `CH4` and `N2O` stay as they are.",
    ),
    Code(
        "biomass-rate",
        "A biomass instrument has no CH4 and N2O",
        "Burning biomass emits methane and nitrous oxide; they stay in Scope 2.",
        "Add `CH4` and `N2O` to `emission_rate:`, and its CO2 as `CO2_biogenic`.",
    ),
    Code(
        "double-counted-serials",
        "The same certificates stand twice",
        "One certificate covers one MWh once.",
        "Remove the range from one of the two instruments.",
    ),
    Code(
        "expectation-failed",
        "A figure is not what the file expects",
        "A published figure no longer follows from the data, or the data have changed.",
        "Find the lines that changed, or correct the expected value and say why.",
    ),
    Code(
        "instrument-not-applied",
        "An instrument does not count",
        "Only instruments that meet the Scope 2 quality criteria may set a market-based rate.",
        "Answer the missing criteria under `criteria_met:` with evidence, or accept"
        " `gap: criteria_assumed` with a reason.",
    ),
    Code(
        "instrument-surplus",
        "Instruments exceed the consumption",
        "Surplus certificates cannot lower other emissions.",
        "Check `volume:` and `facilities:`; nothing needs to be done if more was bought than used.",
    ),
    Code(
        "leak-rate-outside",
        "A leak rate lies outside the published range",
        "The published range is what such equipment is known to lose; a rate outside needs a"
        " reason.",
        "State a rate within the range, or keep it and say why in `source:`.",
    ),
    Code(
        "period-differs",
        "A stated time does not fit the period",
        "What is of a year, such as a leak rate or a metric, and a period of another length would"
        " give a figure several times too large or too small.",
        "Remove `years:`, or correct the period.",
    ),
    Code(
        "negative-emission",
        "A refrigerant balance is below zero",
        "More gas was left over than there had been: a stock or capacity is wrong.",
        "Check start and end stock, capacities and the recovered amount.",
    ),
    Code(
        "outside-operation",
        "A line lies outside the life of its facility",
        "Consumption before opening or after closing belongs elsewhere, or a date is wrong.",
        "Correct `period:`, or the facility's `opened:` or `closed:`.",
    ),
    Code(
        "over-allocated",
        "An instrument is allocated beyond the consumption",
        "A facility cannot use more green power than power.",
        "Lower `allocate:` to the consumption of the facility.",
    ),
    Code(
        "rate-not-applied",
        "A supplier's rate does not count",
        "Only rates that meet the Scope 2 quality criteria may be used.",
        "Answer the missing criteria under the rate's `criteria_met:` with evidence.",
    ),
)
_TABLES = (
    Code(
        "bad-encoding",
        "A table holds bytes of another encoding",
        "The row's names and numbers cannot be trusted.",
        "State the file's own encoding under `read:`, or save it as UTF-8.",
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
        "control-total-differs",
        "The rows do not add up to the control total",
        "Rows are missing, repeated or misread.",
        "Compare with the system that the file came from, or correct the control total.",
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
        "formula-without-value",
        "A formula has no stored value",
        "Formulas are never evaluated here; without the stored value the cell is empty.",
        "Open the workbook in a spreadsheet program, let it calculate, and save it.",
    ),
    Code(
        "hours-missing",
        "A series lacks hours",
        "A missing hour is not an hour of nothing; taken as zero it would move the matched share.",
        "Add the missing rows, with `0` where nothing was metered; state `period:` where the series"
        " is meant for a part of the year.",
    ),
    Code(
        "ragged-row",
        "A row has more or fewer cells than the header",
        "Its values stand under the wrong headings.",
        "Quote cells that hold the delimiter, or complete the row.",
    ),
    Code(
        "rows-rejected",
        "Bad rows are left out knowingly",
        "The company file accepts them with a reason; every report says how many.",
        "Correct the rows when you can, then remove `accept_rejected:`.",
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
_LOCK = (
    Code(
        "bad-lock",
        "The lock cannot be used",
        "A lock of another format, or of another company file, cannot say what this one was"
        " resolved to.",
        "Use the version of ghgcalc that wrote it, and keep one company file per folder.",
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
        "A reported year should not move unnoticed.",
        "Look at the lines named in the notes; run `ghgcalc lock --period` once the change is"
        " wanted.",
    ),
    Code(
        "lock-drift-input",
        "A file has changed since the lock",
        "The figures may rest on other data than those that were locked. It is a note where every"
        " locked figure stands.",
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
_SCOPE_2 = tuple(Code(*row) for row in ROWS)
_CHOICE = tuple(Code(*row) for row in CHOICE)
_ROWS = (*_YAML, *_FILE, *_NUMBERS, *_NAMES, *_FACTORS, *_LINES, *_TABLES, *_LOCK, *_SCOPE_2,
         *_CHOICE)  # fmt: skip
CODES: dict[str, Code] = {row.slug: row for row in sorted(_ROWS)}
