"""The file's say over named checks: severities and thresholds."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from ghgcalc.core.check import Level
from ghgcalc.core.schema import Integer, Model, Reason, Text


class CheckChoice(Model):
    """How one check weighs, under its diagnostic code; reports print it."""

    SCALAR_HINT: ClassVar[str] = "write `severity:` below it, such as `{severity: off, reason: …}`"

    severity: Level | None = None
    settings: dict[Text, Integer] = Field(default_factory=dict)
    reason: Reason | None = None
