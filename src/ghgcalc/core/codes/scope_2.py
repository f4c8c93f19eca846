"""Codes of the Scope 2 ledger and of purchased energy."""

from __future__ import annotations

from ghgcalc.core.codes.code import Code

CODES = (
    Code(
        "bad-steam-state",
        "The enthalpy of steam cannot be read from a table",
        "Steam by mass needs its enthalpy (R22). A gauge shows what is above the air around it, and"
        " next to the saturation line a neighbour in the table is water, so nothing is guessed.",
        "Write `pressure: 1.0 MPa absolute` and `temperature: saturated` (or degrees), with a pack"
        " that has a steam table; or state `enthalpy:` of the contract.",
    ),
    Code(
        "base-year-method-missing",
        "The base year lacks Scope 2 of one method",
        "A report shows Scope 2 of the base year under both methods; location-based may stand in"
        " for market-based where that is disclosed (S2-09, R35).",
        "State the missing total under `stated:`, or write `base_year: market_based_proxy:` with a"
        " reason.",
    ),
    Code(
        "claim-unproven",
        "A certificate may share its claim with another",
        "Chinese green power generated from August 2023 is proven by GECs alone (document 1044); an"
        " international certificate of the same MWh would count it twice (criterion 2).",
        "Show that no GEC was issued for the same MWh, or use GECs.",
    ),
    Code(
        "scope-2-method-missing",
        "A Scope 2 figure of another party is stated under one method alone",
        "Both methods are shown side by side (S2-01), and what nobody states is missing, not 0:"
        " every sum of that method that holds the line is not known either, and shown as –.",
        "Ask the party for its other figure and add it as a second `reported:` line of the same"
        " facility, category and days, as the hint writes it. Where nothing was bought by contract"
        " both may be the same figure; let the party say so.",
    ),
    Code(
        "serials-differ",
        "Serials do not count to the volume",
        "One GEC is one MWh: more MWh than certificates are not proven, fewer are given away.",
        "Correct `volume:` or `serials:`.",
    ),
    Code(
        "losses-included",
        "Grid losses would count twice",
        "Some grid factors are per kWh consumed and hold the losses already (R26).",
        "Remove the line of losses; Scope 2 holds them.",
    ),
    Code(
        "storage-is-not-generation",
        "Storage is entered as generation",
        "What a battery gives back was generated elsewhere and consumed already; its losses alone"
        " are consumption (S2-08).",
        "Remove the line, or write `storage: {charged: …, discharged: …}` on purchased power.",
    ),
    Code(
        "zero-grid-rate",
        "Power from the grid is stated to be free of emissions",
        "The location-based total rests on the grid's published average; no grid emits nothing, and"
        " contracts for green power change the market-based total alone (S2-02, R7).",
        "Remove `emission_rate:`. Enter certificates and contracts under `instruments:`, a rate of"
        " the supplier under `suppliers:`; a direct line says who holds its `attributes:`.",
    ),
    Code(
        "zero-residual-mix",
        "A residual mix is zero",
        "Where all power is disclosed the publisher prints NA, and workbooks store 0 for it; taken"
        " as 0 it would make uncovered power free of emissions (R15).",
        "Remove the row from the pack; the next step of the hierarchy follows, with a disclosure.",
    ),
)
