"""Profile `iso14064-1`: contents of a report by ISO 14064-1:2018, 9.3.1 (ISO-04).

The letters are those of the list a to t as it is known to us; the text of the standard is not
reproduced. Source: ISO 14064-1:2018, 9.3.1.
"""

from __future__ import annotations

from typing import Final

from ghgcalc.analysis.profiles import boundaries, figures, over_time
from ghgcalc.analysis.profiles.requirement import Requirement

_LIST = "ISO 14064-1:2018, 9.3.1"
TITLE: Final = "ISO 14064-1, contents of the report for categories 1 and 2"
REQUIREMENTS: Final = (
    Requirement("ISO-04.a", "description of the organisation", f"{_LIST} a",
                boundaries.organisation),
    Requirement("ISO-04.b", "person or entity responsible", f"{_LIST} b", boundaries.responsible),
    Requirement("ISO-04.c", "reporting period", f"{_LIST} c", boundaries.period),
    Requirement("ISO-04.d", "organisational boundaries", f"{_LIST} d",
                boundaries.organisational_boundary),
    Requirement("ISO-04.e1", "reporting boundaries: categories 1 and 2", f"{_LIST} e",
                boundaries.operational_boundary, totals=True),
    Requirement("ISO-04.e2", "criteria for significant indirect emissions", f"{_LIST} e",
                boundaries.significance),
    Requirement("ISO-04.f1", "total of direct emissions", f"{_LIST} f", figures.totals),
    Requirement("ISO-04.f2", "direct emissions by gas and group of gases", f"{_LIST} f",
                figures.gases, totals=True),
    Requirement("ISO-04.g", "biogenic CO2: treatment and amounts", f"{_LIST} g",
                figures.biogenic, totals=True),
    Requirement("ISO-04.h", "direct removals, if quantified", f"{_LIST} h", over_time.removals),
    Requirement("ISO-04.i", "exclusions, explained", f"{_LIST} i", boundaries.exclusions),
    Requirement("ISO-04.j", "indirect emissions by category", f"{_LIST} j",
                boundaries.by_iso_category, totals=True),
    Requirement("ISO-04.k", "base year and its inventory", f"{_LIST} k", over_time.base_year),
    Requirement("ISO-04.l", "changes and recalculation of the base year", f"{_LIST} l",
                over_time.changes),
    Requirement("ISO-04.m", "quantification approaches and reasons for them", f"{_LIST} m",
                figures.methods, totals=True),
    Requirement("ISO-04.n", "changes of quantification approaches", f"{_LIST} n",
                over_time.approaches),
    Requirement("ISO-04.o", "emission factors and their sources", f"{_LIST} o",
                figures.sources, totals=True),
    Requirement("ISO-04.p", "uncertainty of each category", f"{_LIST} p", figures.uncertainty),
    Requirement("ISO-04.q", "description and results of the uncertainty assessment", f"{_LIST} q",
                over_time.assessment),
    Requirement("ISO-04.r", "statement that the report follows the standard", f"{_LIST} r",
                over_time.statement),
    Requirement("ISO-04.s", "whether it was verified, and the level of assurance", f"{_LIST} s",
                over_time.verification),
    Requirement("ISO-04.t", "GWP values, and why where they are not the latest", f"{_LIST} t",
                figures.gwp, totals=True),
)  # fmt: skip
