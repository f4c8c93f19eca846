"""The standing of Scope 3 in the JSON of an inventory, and what is left out of it."""

from __future__ import annotations

from typing import Literal

from ghgcalc.render.schemas.told import Told, key


class Score(Told):
    """The mean score of an indicator of data quality, weighed by emissions."""

    score: float | None = key(2, "From 1, very good, to 4, poor; null where no tonne has one.")
    share: float | None = key(1, "Share of the tonnes that has a score; null where there is none.")


class CategoryStatus(Told):
    """Where a Scope 3 category stands."""

    category: str = key("business_travel", "The category.")
    number: int = key(6, "Its number.")
    status: str = key("not_relevant_explained", "In CDP's words.")
    stated: bool = key(True, "Whether the file says it; else it follows from the lines.")
    lines: int = key(0, "Activities, and sums of tables.")
    tco2e: float | None = key(None, "Tonnes CO2e; null without a line.")
    exclusion: Literal["not_applicable", "excluded", "partial"] | None = key(
        "excluded", "What is left out; null where nothing is said of that.",
    )  # fmt: skip
    justification: str | None = key("no staff travels", "Why, in the words of the file.")
    estimated_share: float | None = key(0.01, "What is left out, of all that is required.")
    estimate_tco2e: float | None = key(None, "What is left out, in tonnes CO2e.")
    screening_tco2e: float | None = key(30, "Rough tonnes CO2e by the screening.")
    minimum_boundary: str = key("Scopes 1 and 2 of carriers", "The least that it holds.")
    optional: str | None = key("hotels", "What may be added; null where nothing is.")


class Screening(Told):
    """The rough estimate of every category; in no total."""

    date: str = key("2024-03-01", "When it was made.", json_schema_extra={"format": "date"})
    method: str = key("spend, by sector", "How it was made.")
    evidence: list[str] = key(["screening.xlsx"], "Documents.")
    citation: str | None = key(None, "Where it is published.")


class LeftOut(Told):
    """What is left out of Scope 3, by estimates."""

    tco2e: float = key(120, "Tonnes CO2e left out.")
    required_tco2e: float = key(4000, "All that is required, what is left out included.")
    share: float = key(0.03, "The share left out.")


class MethodShare(Told):
    """A calculation method of a Scope 3 category."""

    method: str = key("average_data", "Its word; `not_stated` where nothing tells it.")
    lines: int = key(3, "Activities, and sums of tables, calculated by it.")
    tco2e: float | None = key(12.5, "Tonnes CO2e.")
    share: float | None = key(0.5, "Share of the category; null where it has 0 t.")


class Exclusion(Told):
    """A source that is left out."""

    source: str = key("septic tank of the gatehouse", "What is left out.")
    justification: str = key("below one kilogram of CH4 a year", "Why it is left out.")
