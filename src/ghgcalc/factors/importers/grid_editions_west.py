"""National grid packs of Europe, Türkiye, Africa and the Americas: what each takes, and why."""

from __future__ import annotations

from ghgcalc.factors.importers.grid_types import CO2, CO2E, NO_LICENCE, Edition, Pick

_EEA = "EEA GHG emission intensity of electricity generation, "
_DFFE = "DFFE Grid Emission Factors Report"
_EEA_LICENCE = "no licence stated in the files at hand; cite the European Environment Agency"
_GENERATION = (
    "Greenhouse gases of combustion per kWh generated in the country: imports and losses are not"
    " in it."
)

EDITIONS: tuple[Edition, ...] = (
    Edition(
        "eea",
        "2021",
        "EEA CO2 emission intensity of electricity generation, data years 1990 to 2019",
        "European Environment Agency",
        _EEA_LICENCE,
        "A",
        "copy of the publisher's chart export `co2-emission-intensity-6`",
        (
            Pick(
                "EEA CO2 emission intensity of electricity generation"
                ' (chart export "co2-emission-intensity-6")',
                skip_regions=("GB",),
            ),
        ),
        (
            CO2,
            "Per kWh generated in the country: imports and losses are not in it.",
            "Every edition revises the past: another export of this indicator (`-5`) differs by"
            " 10 g or more in 243 rows, and later editions print greenhouse gases instead of CO2."
            " Never mix editions in a trend.",
            "European Union aggregates are left out: no facility lies in one; so is the United"
            " Kingdom, whose factors DESNZ publishes.",
        ),
    ),
    Edition(
        "eea",
        "2023",
        f"{_EEA}data year 2023, first estimate",
        "European Environment Agency",
        _EEA_LICENCE,
        "B",
        "one transcription of the indicator's country values",
        (Pick(f"{_EEA}country level, 2023 edition"),),
        (
            CO2E,
            _GENERATION,
            "First estimate for 2023; the next edition revises it (EU-27: 210 to 206 g).",
        ),
    ),
    Edition(
        "eea",
        "2024",
        f"{_EEA}data year 2024",
        "European Environment Agency",
        _EEA_LICENCE,
        "B",
        "one transcription that cites the lines of the publisher's CSV export",
        (Pick(f"{_EEA}country level, 2024 edition"),),
        (
            CO2E,
            _GENERATION,
            "The export holds two blocks; the values are those of the comma-separated one.",
            "Country values of 2023 as this edition revises them are not at hand; those of"
            " eea-2023 are the first estimate.",
        ),
        published="2025-11-06",
    ),
    Edition(
        "uba",
        "2025",
        "UBA Climate Change 13/2025, specific emissions of the German electricity mix",
        "Umweltbundesamt",
        "no licence stated in the documents at hand",
        "C",
        "public quotations of page 21",
        (
            Pick(
                "UBA Climate Change 13/2025, Entwicklung der spezifischen THG-Emissionen des"
                " deutschen Strommix 1990-2024"
            ),
        ),
        (
            CO2,
            "Direct CO2 per kWh consumed from the domestic mix, so losses are inside; the EEA"
            " divides by generation (Germany 2023: 329 g CO2e). Keep to one publisher.",
            "UBA prints factors with upstream emissions too; these are not those.",
            "2022 is final, 2023 preliminary, 2024 an estimate.",
        ),
        version="1.1",
        losses_inside=True,
    ),
    Edition(
        "semarnat-mexico",
        "2025",
        "Emission factor of Mexico's national electricity system, notices for 2020 to 2024",
        "SEMARNAT; CRE",
        NO_LICENCE,
        "C",
        "public pages and transcriptions of the yearly notices; several agree for 2022 to 2024",
        (Pick("SEMARNAT/CRE aviso, Factor de Emisión del SEN"),),
        (
            CO2E,
            "2020 is 0.494 and 2021 is 0.423, as the notices say; a list in circulation shifts"
            " them by one year (0.423 and 0.431).",
        ),
    ),
    Edition(
        "mcti-brazil",
        "2026",
        "Mean emission factors of Brazil's interconnected system, annual means",
        "Ministry of Science, Technology and Innovation, Brazil",
        NO_LICENCE,
        "C",
        "single readings of public pages for 2011, 2023 and 2025",
        (Pick("MCTI fator médio - inventários corporativos", "annual mean of monthly factors"),),
        (
            CO2,
            "The publisher prints months, and they differ much: use monthly factors as an own pack"
            " where monthly consumption is known.",
            "The operating margin of the CDM is another series.",
        ),
    ),
    Edition(
        "dffe-south-africa",
        "2025",
        "Grid Emission Factors Report: national generation with imports, losses",
        "Department of Forestry, Fisheries and the Environment, South Africa",
        NO_LICENCE,
        "C",
        "one public summary of the report",
        (
            Pick(_DFFE, "NGGEF"),
            Pick(_DFFE, "TLGEF", "td", "losses", "transmission"),
            Pick(_DFFE, "DLGEF", "td", "losses", "distribution"),
        ),
        (
            CO2E,
            "grid_average is the national factor with imports (NGGEF); the factor of domestic"
            " generation (DGGEF: 0.96 and 0.942 for 2022 and 2023) is left out.",
        ),
        published="2025-07-25",
    ),
    Edition(
        "etkb-turkiye",
        "2022",
        "Türkiye electricity emission factor, net generation, 2020",
        "Ministry of Energy and Natural Resources, Türkiye",
        NO_LICENCE,
        "C",
        "one press report",
        (Pick("ETKB (Ministry of Energy)"),),
        (
            CO2E,
            "Per kWh of net generation. The ministry also publishes factors at the point of"
            " consumption, which hold losses; they are not in this pack.",
        ),
    ),
)
