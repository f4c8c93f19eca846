"""Tables of checks: each function runs once; an error is never lowered."""

from __future__ import annotations

from typing import NamedTuple

from ghgcalc.core.check import (
    Check,
    Level,
    Setting,
    Settings,
    by_code,
    checks_of,
    found_by,
    weighed,
)
from ghgcalc.core.diagnostics import Diagnostic, Severity

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


class Said(NamedTuple):
    """What a file says of a check."""

    severity: Level | None = None
    settings: Settings = {}  # noqa: RUF012


def test_a_function_of_several_codes_runs_once_and_in_order() -> None:
    asked: list[int] = []

    def both(value: int) -> list[Diagnostic]:
        asked.append(value)
        return [Diagnostic("unit-mismatch", "a"), Diagnostic("serials-differ", "b")]

    def last(value: int, settings: Settings) -> list[Diagnostic]:
        return [Diagnostic("calendar-gap", f"{value} {settings}")]

    days = Setting("days", 1, 1, "days")
    gap = Check("calendar-gap", last, WARNING, complete=True, settings=(days,))
    way: Check[int] = Check("equal-rows", None, NOTE)
    table = (*checks_of(both, "unit-mismatch", doubts=("serials-differ",)), way, gap)
    assert [item.message for item in found_by(table, 7, {})] == ["a", "b", "7 {'days': 1}"]
    assert asked == [7]
    own = {"calendar-gap": Said(settings={"days": 5})}
    assert found_by(table, 7, own)[-1].message == "7 {'days': 5}"
    # completeness is not judged beside errors
    assert [item.message for item in found_by(table, 7, own, errors=True)] == ["a", "b"]
    assert list(by_code(table, table)) == [
        "calendar-gap", "equal-rows", "serials-differ", "unit-mismatch",
    ]  # fmt: skip


def test_findings_weigh_as_the_file_says() -> None:
    found = [Diagnostic("calendar-gap", level, severity=level) for level in (NOTE, WARNING, ERROR)]
    other = Diagnostic("equal-rows", "as it is", severity=NOTE)

    def after(severity: Level | None) -> list[Severity]:
        kept = weighed([*found, other], {"calendar-gap": Said(severity)})
        assert kept[-1] == other
        return [item.severity for item in kept[:-1]]

    assert after(None) == [NOTE, WARNING, ERROR]
    assert after("error") == [ERROR, ERROR, ERROR]
    assert after("note") == [NOTE, NOTE, ERROR]
    assert after("off") == [ERROR]
