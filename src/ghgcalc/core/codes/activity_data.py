"""Codes of activity data."""

from __future__ import annotations

from ghgcalc.core.codes.code import Code

CODES = (
    Code(
        "asked-row-missing",
        "A row of a template did not come back",
        "A row that is gone is neither a quantity nor a zero: what was asked stays unknown.",
        "Ask the site for it; nothing used is `0`.",
    ),
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
        "capital-goods-spread",
        "Capital goods are spread over years",
        "What their making emitted counts whole in the year in which they are acquired (Technical"
        " Guidance, category 2): neither by days nor by what is written off each year.",
        "State each purchase once, with the period in which it was acquired. A purchase that came"
        " in several years is a line of each.",
    ),
    Code(
        "counted-twice",
        "One supply seems to be counted through two doors",
        "An activity and the rows of a table, or two tables, that hold the same bills count twice.",
        "Remove one of the two; where both count, say so under `checks:` with the reason.",
    ),
    Code(
        "counted-in-two-categories",
        "One thing seems to stand in two categories",
        "Scope 3 holds nothing that Scopes 1 and 2 or another category have (S3-09): one bill under"
        " two categories, or a facility's energy in Scope 2 and in category 8, counts twice.",
        "Remove one of the two; where both count, say so under `checks:` with the reason.",
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
        "evidence-missing",
        "A cited file is not there",
        "A text under `evidence:` that names a file (`bills/gas-2024.pdf`) proves nothing without"
        " it, and no lock can hold its hash. Numbers, addresses and sentences are no finding.",
        "Put the file there or correct its name, which is relative to the company file. `ghgcalc"
        " evidence` lists what each line cites.",
    ),
    Code(
        "far-from-last-year",
        "A quantity is many times last year's, or a small part of it",
        "A slip between kWh and MWh is a factor of 1,000, a digit too many one of 10; both look"
        " like any number.",
        "Compare with the source document. `checks: {far-from-last-year: {settings: {times: 20}}}`"
        " sets another bound, and `severity:` with a reason turns it off.",
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
        "outside-form",
        "A row of a template has another period than its form",
        "A year that is taken from the form of another stands twice there, and is missing here.",
        "Write a period of the form, or fill the row into the form of its own period. A bill across"
        " the turn of two periods belongs to the form of its last day.",
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
    Code(
        "row-without-id",
        "A row of a template may be one that was imported before",
        "A second delivery of the same fuel and the first one sent again look alike; one of them"
        " would count twice, or not at all.",
        "Write the id of the activity into the row, or an id of its own.",
    ),
    Code(
        "year-not-named",
        "Activity data lie in a reporting year that is not named",
        "Years of 52 or 53 weeks are listed one by one; in which year other days lie is not known.",
        "Add the year and its first day under `organization.reporting_year.weeks`.",
    ),
)
