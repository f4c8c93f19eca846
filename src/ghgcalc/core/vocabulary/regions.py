"""Regions of countries whose packs publish by region: ISO 3166-2 subdivisions and grid regions.

What a country's packs publish is among these; a test reads the bundled packs. Countries that are
not listed take any text.
"""

from __future__ import annotations

from typing import Final


def _codes(country: str, text: str) -> frozenset[str]:
    return frozenset(f"{country}-{code}" for code in text.split())


def _numbered(last: int) -> str:
    return " ".join(f"{number:02}" for number in range(1, last + 1))


SUBDIVISIONS: Final[dict[str, frozenset[str]]] = {
    "AU": _codes("AU", "ACT NSW NT QLD SA TAS VIC WA"),
    "CN": _codes(
        "CN",
        "AH BJ CQ FJ GD GS GX GZ HA HB HE HI HK HL HN JL JS JX LN MO NM NX QH SC SD SH SN SX TJ TW"
        " XJ XZ YN ZJ",
    ),
    "JP": _codes("JP", _numbered(47)),
    "MY": _codes("MY", _numbered(16)) | {"MY-P"},  # the peninsula, as the grid reports it
    "US": _codes(
        "US",
        "AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE"
        " NH NJ NM NV NY OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY AS GU MP PR UM VI",
    ),
}
GRIDS: Final[dict[str, frozenset[str]]] = {
    "AU": _codes("AU", "NT-DKIS WA-NWIS WA-SWIS"),
    "CN": _codes("CN", "CENTRAL EAST NORTH NORTHEAST NORTHWEST SOUTH SOUTHWEST"),
    "US": _codes(
        "US",
        "AKGD AKMS AZNM CAMX ERCT FRCC HIMS HIOA MROE MROW NEWE NWPP NYCW NYLI NYUP PRMS RFCE RFCM"
        " RFCW RMPA SPNO SPSO SRMV SRMW SRSO SRTV SRVC",
    ),
}


def known_regions(country: str, key: str) -> frozenset[str]:
    """What `region:` or `grid:` may say in a country; empty where that is not known."""
    wanted = {"region": SUBDIVISIONS, "grid": GRIDS}[key]
    if country not in wanted:
        return frozenset()
    return SUBDIVISIONS.get(country, frozenset()) | GRIDS.get(country, frozenset())
