"""The findings as JSON: what `--diagnostics json` and `check --format json` write."""

from __future__ import annotations

from typing import Literal

from ghgcalc.render.schemas.told import Told, key


class Place(Told):
    """Another place of the same conflict."""

    path: str = key("company.yaml", "The file.")
    line: int = key(12, "The line, counted from 1.", ge=1)
    column: int = key(5, "The column of the first sign, counted from 1.", ge=1)
    label: str = key("stands here as well", "Words at the mark; may be empty.")


class Finding(Told):
    """One finding: what is wrong, where, and what to do."""

    code: str = key(
        "missing-unit", "The code of docs/errors.md.", pattern="^[a-z0-9]+(-[a-z0-9]+)*$"
    )
    severity: Literal["error", "warning", "note"] = key(
        "error", "An error blocks the totals of the periods that it touches; the others do not."
    )
    message: str = key("`5` has no unit", "What is wrong, in one line.")
    path: str | None = key("company.yaml", "The file; null for what is about the whole run.")
    line: int | None = key(12, "The line, counted from 1.", ge=1)
    column: int | None = key(15, "The column of the first sign, counted from 1.", ge=1)
    end_column: int | None = key(16, "The column after the last sign.", ge=1)
    label: str = key("no unit", "Words at the mark; may be empty.")
    related: list[Place] = key([], "Other places of the same conflict.")
    notes: list[str] = key([], "Further facts.")
    hint: str | None = key("write `5 kWh`", "One action that can be typed, or null.")
    periods: list[int] = key([2024], "The reporting years that it touches, and blocks where it is"
                             " an error; empty where it has no days.")  # fmt: skip
    paste: list[str] = key(["  power: {category: purchased_electricity}"],
                           "Lines of YAML to add; only where there are some.",
                           default=None)  # fmt: skip
    instead: str = key("natural_gas", "The one name that can stand where it was written; only where"
                       " there is one.", default=None)  # fmt: skip
    supposing: str = key("fuel natural_gas", "Of a finding that another one hides: what is supposed"
                         " to be mended; only there.", default=None)  # fmt: skip


Findings = list[Finding]
