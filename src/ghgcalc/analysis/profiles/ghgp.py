"""Profile `ghgp`: what the GHG Protocol requires of Scopes 1 and 2 (GHG-11, S2-01, S2-04).

Source: GHG Protocol Corporate Standard (revised edition), chapter 9, required information; Scope 2
Guidance (2015), chapter 7.
"""

from __future__ import annotations

from typing import Final

from ghgcalc.analysis.profiles import boundaries, figures, over_time
from ghgcalc.analysis.profiles.requirement import Requirement

CORPORATE = "GHG Protocol Corporate Standard, chapter 9"
SCOPE_2 = "GHG Protocol Scope 2 Guidance, chapter 7"
TITLE: Final = "GHG Protocol, required disclosures of Scopes 1 and 2"
REQUIREMENTS: Final = (
    Requirement("GHG-11.1", "organisational boundary and consolidation approach", CORPORATE,
                boundaries.organisational_boundary),
    Requirement("GHG-11.2a", "operational boundary: Scopes 1 and 2", CORPORATE,
                boundaries.operational_boundary, totals=True),
    Requirement("GHG-11.2b", "types of Scope 3 activities, if any are covered", CORPORATE,
                boundaries.scope_3_listed, totals=True),
    Requirement("GHG-11.3", "reporting period", CORPORATE, boundaries.period),
    Requirement("GHG-11.4", "total Scope 1 and 2 emissions, independent of trades", CORPORATE,
                figures.totals),
    Requirement("GHG-11.5", "emissions of each scope separately", CORPORATE,
                figures.scopes_apart, totals=True),
    Requirement("S2-01", "Scope 2 by both methods", SCOPE_2, figures.both_methods, totals=True),
    Requirement("S2-04", "quality criteria of the instruments used", SCOPE_2,
                figures.criteria, totals=True),
    Requirement("GHG-11.6", "direct emissions of each of the seven gases", CORPORATE,
                figures.gases, totals=True),
    Requirement("GHG-11.7", "base year, and emissions over time by its policy", CORPORATE,
                over_time.base_year),
    Requirement("GHG-11.8", "changes that trigger a recalculation of the base year", CORPORATE,
                over_time.changes),
    Requirement("GHG-11.9", "biogenic CO2 apart from the scopes", CORPORATE,
                figures.biogenic, totals=True),
    Requirement("GHG-11.10", "methods and sources of factors", CORPORATE,
                figures.sources, totals=True),
    Requirement("GHG-11.11", "exclusions of sources, facilities and operations", CORPORATE,
                boundaries.exclusions),
    Requirement("GHG-12", "completeness: every facility, or why it is left out",
                "GHG Protocol Corporate Standard, chapter 1", boundaries.complete),
)  # fmt: skip
