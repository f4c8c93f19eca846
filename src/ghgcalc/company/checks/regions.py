"""`region:` and `grid:` of facilities are regions of their country, where these are known.

A mistyped one would find no factor of its own and take the nation's, or fit those of every region.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.vocabulary.regions import GRIDS, SUBDIVISIONS, known_regions

if TYPE_CHECKING:
    from collections.abc import Collection

    from ghgcalc.company.company import Company

KEYS = ("region", "grid")
# subdivisions that have a country code of their own as well
_WITHIN = {("CN", "HK"), ("CN", "MO"), ("CN", "TW"), ("US", "PR"), ("US", "GU"), ("US", "VI"),
           ("US", "AS"), ("US", "MP")}  # fmt: skip
_SHOWN = 8


def check_regions(company: Company, own: Collection[str] = ()) -> list[Diagnostic]:
    """Regions that no table of the country knows, nor the `own` packs of the file."""
    found: list[Diagnostic] = []
    for name, facility in company.facilities.items():
        for key in KEYS:
            text = getattr(facility, key)
            known = known_regions(facility.country, key)
            if text is not None and text not in own and _foreign(text, facility.country):
                found.append(_elsewhere(company, name, key, text))
                continue
            if text is None or not known:
                continue
            full = text if text.startswith(f"{facility.country}-") else f"{facility.country}-{text}"
            fits = {text, full} if key == "grid" else {text}
            if fits.isdisjoint(known | set(own)):
                found.append(_unknown(company, name, key, full, known))
    return found


def _foreign(text: str, country: str | None) -> bool:
    """Whether a region is one of another country: its factors would price this one's lines."""
    other = text.partition("-")[0]
    if country is None or other == country or (other, country) in _WITHIN:
        return False
    return text in SUBDIVISIONS.get(other, ()) or text in GRIDS.get(other, ())


def _elsewhere(company: Company, name: str, key: str, text: str) -> Diagnostic:
    country = company.facilities[name].country
    company.faulty |= {
        activity for activity, line in company.activities.items() if line.facility == name
    }
    return Diagnostic(
        "unknown-value",
        f"`{text}` is a {key} of {text.partition('-')[0]}, facility `{name}` is in {country}",
        company.document.locate(("facilities", name, key)),
        hint=f"correct `country:` or `{key}:`; a neighbour's factor is a `foreign_region` of"
        " `accept:`, or stands in an own pack",
    )


def _unknown(company: Company, name: str, key: str, full: str, known: frozenset[str]) -> Diagnostic:
    text = getattr(company.facilities[name], key)
    country = company.facilities[name].country
    tails = {code.partition("-")[2]: code for code in sorted(known)}
    asked = full.upper().partition("-")[2]
    near = [asked] if asked in tails else get_close_matches(asked, tails, n=3, cutoff=0.5)
    if near:
        hint = "did you mean " + " or ".join(f"`{tails[tail]}`" for tail in near) + "?"
    else:
        some = ", ".join(sorted(known)[:_SHOWN])
        hint = f"write one of the {len(known)} regions of {country}, such as {some}"
    company.faulty |= {
        activity for activity, line in company.activities.items() if line.facility == name
    }
    return Diagnostic(
        "unknown-value",
        f"`{text}` is no {key} of {country} ({key} of facility `{name}`)",
        company.document.locate(("facilities", name, key)),
        hint=hint,
    )
