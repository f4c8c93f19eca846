"""Rows of the transcriptions of national grids that make no pack, each with its reason."""

from __future__ import annotations

_CEA = "CEA CO2 Baseline Database V21.0"
_DFFE = "DFFE Grid Emission Factors Report"
LEFT_OUT: dict[str, str] = {
    "AIB European Residual Mixes 2020": "production mix, not residual; terms ask for permission",
    "UBA 2020": "single page, revised by later editions",
    "UBA 2021 (45/2021)": "single page, revised by later editions",
    "CEA CO2 Baseline Database V20.0": "headline value with imports; version 21 revises the year",
    "CEA CO2 Baseline Database V19.0": "no document",
    "Ministry of Environment / GIR": "three-year average of the emissions trading scheme",
    "Electric Power Council for a Low Carbon Society": "association's average, preliminary",
    "Shikoku Electric Power / MOE-METI": "one supplier: state it under `suppliers:`",
    "MOE/METI 代替値 / 全国平均": "no document",
    "EPPO": "through a share-alike collection only",
    "EMA": "through a share-alike collection, a third page, or no document",
    "EMA via SBF registry": "rounded in a newsletter",
    "DOE NGEF 2015-2017": "margins of the CDM; no average is published",
    "DISER National Greenhouse Accounts Factors 2021": "through a share-alike collection only",
    "MfE Measuring Emissions 2020": "through a share-alike collection only",
    "Canada NIR 2021 (1990-2019), Part 3": "commercial use needs permission",
    "ECCC Emission factors and reference values v4.0": "rests on the NIR; terms not read",
    "DFFE Grid Emission Factors Report (first)": "domestic generation only",
    "DEWA Sustainability Report 2020": "one supplier, through a share-alike collection",
    "Climate Transparency Brown to Green Report 2019 (Enerdata)": "share-alike collection; old",
    "CLP Sustainability Report 2019": "one supplier: state it under `suppliers:`",
    "CLP ESG/Sustainability report 2023": "one supplier",
    "CLP ESG/Sustainability report 2024": "one supplier",
    "CLP sustainability report": "no document",
    "HK Electric sustainability report": "no document",
    "HK Electric sustainability report 2020": "one supplier, through a share-alike collection",
    "HK Electric sustainability report 2023": "one supplier",
    "HK Electric sustainability report 2024": "one supplier",
}  # fmt: skip
LEFT_OUT_STARTS = ("ECCC Emission factors and reference values v3.0",)
# rows of a source in use that no pick takes
LEFT_OUT_TABLES: dict[tuple[str, str], str] = {
    (_CEA, "Weighted average (without RES), excluding imports"): "renewables left out",
    (_CEA, "Weighted average incl. RES + captive, INCLUDING imports"): "second value of the year",
    (_DFFE, "DGGEF"): "domestic generation only",
}
