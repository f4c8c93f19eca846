"""The file's say over named checks: severities and thresholds."""

from __future__ import annotations

from pydantic import Field

from ghgcalc.core.check import Level
from ghgcalc.core.schema import Integer, Model, Text


class CheckChoice(Model):
    """How one check weighs, under its diagnostic code; reports print it."""

    severity: Level | None = None
    settings: dict[Text, Integer] = Field(default_factory=dict)
    reason: Text | None = None
