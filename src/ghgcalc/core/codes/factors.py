"""Codes of factors, packs and accepted gaps."""

from __future__ import annotations

from ghgcalc.core.codes.code import Code

CODES = (
    Code(
        "accept-unused",
        "An accepted gap is not needed",
        "A permission that nothing uses may later cover a departure that nobody looked at.",
        "Remove the entry, or correct what its `for:` names. Where it admits a nearer row that"
        " another one goes before, `factor:` takes it.",
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
        "factor-far-from-bundled",
        "An own factor is many times the bundled one, or a small part of it",
        "Grams taken for kilograms are a factor of 1,000, pounds one of 2.2, and look like any"
        " number. It is compared with the rows of the same category, fuel or item, kind and kind of"
        " unit in the bundled packs that the file names, and of grid power of the same region; the"
        " nearest is told.",
        "Compare number and unit with the source. Where the factor is right,"
        " `checks: {factor-far-from-bundled: {settings: {fuels: 400}, reason: …}}` sets another"
        " bound, in per cent, and `severity:` with a reason turns it off.",
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
        "Write `Nm3` (0 °C), `Sm3` (15 °C) or `m3_20C`, as the bill or the meter's certificate"
        " says, or add `gas_state:` or `billed_as:`.",
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
    Code(
        "spend-not-converted",
        "Spend cannot be brought to the money of its factor",
        "A factor is per money of one currency, at prices of one year and basis; spend in another"
        " currency, of another year, with VAT or trade margins is another number of these.",
        "Name packs with rates and price changes (`fx-fed`, `price-index-worldbank`), or state"
        " `exchange_rate:`, `price_index:`, `vat_rate:` or `margin_share:` under `spend:`.",
    ),
    Code(
        "spend-not-deflated",
        "Spend is priced by a factor per money of another year",
        "A factor of spend is per money of its price year. Where prices rose since, an amount of"
        " today buys less than it did then, and the same figure says too much.",
        "State `spend:`, which brings the amount to the price year (`price-index-worldbank` holds"
        " changes of price levels), or state it in that year's money. Where it is, or cannot be,"
        " `checks: {spend-not-deflated: {severity: note, reason: …}}` says so.",
    ),
    Code(
        "waste-sources-mixed",
        "Waste is priced by factors of several publishers",
        "What recycling or energy recovery emits is counted by one publisher up to the plant's"
        " gate and by another with the process: a sum of both is a figure of neither.",
        "Price the waste of categories 5 and 12 by one publisher's rows: pin `factor:`, or name its"
        " pack first. Where both are meant, `checks: {waste-sources-mixed: {severity: note,"
        " reason: …}}` says so.",
    ),
)
