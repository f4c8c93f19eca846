"""National grid packs of Asia and the Pacific: what each takes, and why."""

from __future__ import annotations

from ghgcalc.factors.importers.grid_types import CO2, CO2E, NO_LICENCE, Edition, Pick

_CEA = "CEA CO2 Baseline Database V21.0"
_NGA = "DCCEEW National Greenhouse Accounts Factors"
_NZ = "MfE Measuring Emissions 2026 v2"
_ST = "Energy Commission Malaysia (ST), Grid Emission Factor"
_CC_BY = "Creative Commons Attribution 4.0"

EDITIONS: tuple[Edition, ...] = (
    Edition(
        "cea-india",
        "v21",
        "CO2 Baseline Database for the Indian Power Sector, version 21.0 (November 2025)",
        "Central Electricity Authority",
        NO_LICENCE,
        "C",
        "one page that repeats the database's table",
        (
            Pick(_CEA, "Weighted average incl. RES + captive, excluding imports"),
            Pick(
                _CEA,
                "Simple operating margin, excluding imports",
                "margin",
                "marginal",
                "operating_margin",
            ),
            Pick(_CEA, "Build margin, excluding imports", "margin", "marginal", "build_margin"),
            Pick(
                _CEA, "Combined margin, excluding imports", "margin", "marginal", "combined_margin"
            ),
        ),
        (
            CO2,
            "year is the calendar year in which the financial year (April to March) begins: 2023"
            " stands for 2023-24.",
            "grid_average is the weighted average with renewables and captive plants, without"
            " imports. The average without renewables (0.84 for 2023-24) leaves them out of the"
            " denominator and is not in this pack, nor is the average with imports (0.7097 for"
            " 2024-25).",
            "marginal rows are for project accounting; no Scope 2 line takes them.",
        ),
    ),
    Edition(
        "dcc-vietnam",
        "2025",
        "Emission factor of Viet Nam's electricity grid, data years 2014 to 2023",
        "Department of Climate Change, Viet Nam",
        NO_LICENCE,
        "C",
        "one public page with the series; 2014 and 2022 stand on a second page too",
        (Pick("Department of Climate Change (MONRE/MAE) announcements", "Table 1"),),
        (
            CO2,
            "Computed with the CDM tool from operating and build margins, not an average of"
            " consumption; it is the only official series. Say so in the report.",
        ),
    ),
    Edition(
        "gir-korea",
        "2025",
        "Korean electricity emission factor at the consumption end, data years 2021 to 2023",
        "Ministry of Climate, Energy and Environment; Greenhouse Gas Inventory and Research Center",
        NO_LICENCE,
        "C",
        "press reports of the announcement of 17 December 2025",
        (Pick("Ministry of Climate, Energy and Environment / GIR", "전력배출계수 (소비단)"),),
        (
            CO2E,
            "Consumption end (소비단): per kWh at the consumer, so losses are inside: add none in"
            " Scope 3 category 3.",
            "The three-year average 0.4541 (2020 to 2022) of the emissions trading scheme is"
            " another series and is not in this pack.",
        ),
        published="2025-12-17",
        version="1.1",
        losses_inside=True,
    ),
    Edition(
        "moe-japan",
        "2026",
        "Japan, substitute coefficients of general transmission and distribution utilities,"
        " list of 2026 (unadjusted)",
        "Ministry of the Environment; Ministry of Economy, Trade and Industry",
        NO_LICENCE,
        "C",
        "notes of one project on the publisher's workbook",
        (Pick("MOE/METI r08_denki_coefficient_unadjusted_rev1.xlsx"),),
        (
            CO2,
            "A substitute value for nine of ten utilities, and Okinawa's own; no national average"
            " of generation is at hand. The list is labelled 2026; its data year is not stated.",
        ),
        year_rule="edition",
    ),
    Edition(
        "tgo-thailand",
        "2026",
        "Thailand grid mix emission factors, in force from 1 January 2026",
        "Thailand Greenhouse Gas Management Organization",
        NO_LICENCE,
        "C",
        "one press report",
        (
            Pick("TGO", "scope 2 factor"),
            Pick("TGO", "scope 3 fuel upstream", "upstream", "upstream"),
        ),
        (
            CO2E,
            "The Scope 2 factor covers combustion and the losses of transmission and distribution:"
            " add no losses in Scope 3 category 3.",
            "Upstream of the fuels is a factor of its own, 0.0812 kg CO2e/kWh.",
        ),
        year_rule="edition",
        version="1.1",
        losses_inside=True,
    ),
    Edition(
        "st-malaysia",
        "2024",
        "Malaysia grid emission factors, data years 2017 to 2022",
        "Energy Commission Malaysia (Suruhanjaya Tenaga)",
        NO_LICENCE,
        "C",
        "one transcription of the Energy Commission's page",
        (Pick(_ST, "series 2017-2022"),),
        (
            CO2E,
            "Regions: MY-P (Peninsular, a code of this project), MY-12 (Sabah), MY-13 (Sarawak).",
            "Peninsular 2022 is 0.774 here; a later provisional series says 0.769.",
        ),
        finest="province",
    ),
    Edition(
        "st-malaysia",
        "2025",
        "Malaysia grid emission factors, provisional, data years 2023 and 2024",
        "Energy Commission Malaysia (Suruhanjaya Tenaga)",
        NO_LICENCE,
        "C",
        "one transcription of the Energy Commission's page",
        (Pick(_ST, "provisional series 2022-2024", skip_years=("2022",)),),
        (
            CO2E,
            "Provisional. Regions: MY-P (Peninsular, a code of this project), MY-12 (Sabah), MY-13"
            " (Sarawak).",
            "The series' values for 2022 are left out: they contradict the earlier series, which is"
            " not provisional (Peninsular 0.769 against 0.774).",
        ),
        finest="province",
    ),
    Edition(
        "ema-singapore",
        "2018",
        "Singapore grid emission factor, data years 2005 to 2014 and 2017",
        "Energy Market Authority",
        "Singapore Open Data Licence (2005 to 2014); no licence stated for 2017",
        "C",
        "data.gov.sg and the page of Singapore Energy Statistics 2018, single readings",
        (
            Pick("EMA Grid Emission Factor", "Average OM"),
            Pick("EMA, Singapore Energy Statistics 2018", "Average OM"),
        ),
        (
            CO2,
            "The publisher's average operating margin is the system-wide average of net generation,"
            " unlike the operating margin of the CDM.",
            "2015, 2016 and 2018 onwards are not in this pack.",
        ),
    ),
    Edition(
        "nga-australia",
        "2024",
        "National Greenhouse Accounts Factors 2024",
        "Department of Climate Change, Energy, the Environment and Water",
        _CC_BY,
        "B",
        "one transcription that cites table and page",
        (
            Pick(f"{_NGA} 2024", "Table 1 Scope 2 (location-based)"),
            Pick(
                "DCCEEW NGA Factors 2024",
                "Table 2 market-based, Scope 2",
                "residual",
                "residual_mix",
            ),
        ),
        (
            "CO2e totals on AR5 without their gases: Scope 2 needs an `accept:` entry.",
            "The label is the year of use; the data are of earlier financial years (to June).",
        ),
        year_rule="edition",
        gwp_set="AR5",
        finest="province",
    ),
    Edition(
        "nga-australia",
        "2025",
        "National Greenhouse Accounts Factors 2025",
        "Department of Climate Change, Energy, the Environment and Water",
        _CC_BY,
        "B",
        "one transcription",
        (
            Pick(f"{_NGA} 2025", "Table 1 Scope 2 (location-based)"),
            Pick("DCCEEW NGA Factors 2025", "Scope 3 (extraction + T&D)", "upstream", "upstream"),
        ),
        (
            "CO2e totals on AR5 without their gases: Scope 2 needs an `accept:` entry.",
            "The label is the year of use; the data are of earlier financial years (to June).",
            "The Scope 3 column is the extraction of fuels and the losses together.",
            "The residual mix of this edition is not at hand.",
        ),
        year_rule="edition",
        gwp_set="AR5",
        finest="province",
    ),
    Edition(
        "nga-australia",
        "2026",
        "National Greenhouse Accounts Factors 2026",
        "Department of Climate Change, Energy, the Environment and Water",
        _CC_BY,
        "B",
        "one transcription that cites the cells",
        (
            Pick(f"{_NGA} 2026", "Table 1 Scope 2 (location-based)"),
            Pick(
                "DCCEEW NGA Factors 2026",
                "Table 2 market-based, Scope 2",
                "residual",
                "residual_mix",
            ),
        ),
        (
            "CO2e totals on AR5 without their gases: Scope 2 needs an `accept:` entry.",
            "The label is the year of use; the data are of earlier financial years (to June).",
        ),
        year_rule="edition",
        gwp_set="AR5",
        finest="province",
    ),
    Edition(
        "mfe-new-zealand",
        "2026",
        "Measuring Emissions 2026, version 2: purchased electricity",
        "Ministry for the Environment, New Zealand",
        "no licence stated in the documents at hand",
        "C",
        "one transcription with three significant digits",
        (
            Pick(_NZ, "Purchased electricity"),
            Pick(_NZ, "", "td", "losses"),
        ),
        (CO2E, "Three significant digits, as transcribed."),
    ),
    Edition(
        "moea-taiwan",
        "2024",
        "Taiwan electricity carbon emission factor (電力排碳係數), data years 2017 to 2023",
        "Energy Administration, Ministry of Economic Affairs",
        NO_LICENCE,
        "C",
        "one press page of 26 April 2024",
        (Pick("MOEA Energy Administration 電力排碳係數"),),
        (
            CO2E,
            "Public sales: green power delivered by direct or wheeling contracts is not in it, nor"
            " are line losses. Later editions revised some years.",
        ),
        published="2024-04-26",
    ),
)
