"""Named checks: a function that judges a value, under the diagnostic code that it raises.

A check's name is its code. The rooms hold closed tables of them: `company.checks` judge a
`Company`, `activity_data.checks` its amounts, `inventory.checks` what came out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, Protocol, TypeVar

from ghgcalc.core.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ghgcalc.core.diagnostics import Diagnostic

T_contra = TypeVar("T_contra", contravariant=True)
Settings = dict[str, int]
Level = Literal["error", "warning", "note", "off"]
LEVELS: tuple[Level, ...] = ("off", "note", "warning", "error")


class Setting(NamedTuple):
    """A threshold of a check: a whole number that the company file may change; a larger tells less.

    Attributes:
        name: its key under `settings:`.
        default: its value where the file has none.
        least: the smallest value that has a meaning.
        meaning: what it bounds, for the reference.
    """

    name: str
    default: int
    least: int
    meaning: str


class Choice(Protocol):
    """What a company file says of one check."""

    @property
    def severity(self) -> Level | None:
        """How much its findings weigh; None leaves them as they are."""

    @property
    def settings(self) -> Settings:
        """Its thresholds by name."""


@dataclass(frozen=True, slots=True)
class Check(Generic[T_contra]):
    """One check.

    Attributes:
        code: the diagnostic code of its findings, and its name.
        run: judges a value by the settings in force; None where a stage finds it on its way, such
            as a meter's calendar while its table is read.
        severity: how much a finding weighs unless the file says otherwise; it may be raised.
        plausibility: whether it doubts what may be right, and keeps nothing out of any figure:
            the file may lower its severity, with a reason.
        complete: judged only where no error keeps data out, which would look like missing data.
        settings: its thresholds.
    """

    code: str
    run: Callable[[T_contra, Settings], Iterable[Diagnostic]] | None
    severity: Severity = Severity.ERROR
    plausibility: bool = False
    complete: bool = False
    settings: tuple[Setting, ...] = ()

    def chosen(self, choices: Mapping[str, Choice]) -> Settings:
        """The settings in force: the file's, else the defaults."""
        own = choices[self.code].settings if self.code in choices else {}
        return {item.name: own.get(item.name, item.default) for item in self.settings}


def checks_of(
    run: Callable[[T_contra], Iterable[Diagnostic]],
    *errors: str,
    warnings: Sequence[str] = (),
    doubts: Sequence[str] = (),
) -> tuple[Check[T_contra], ...]:
    """The checks of one function without settings, one for each code that it can raise.

    Args:
        run: the function; `found_by` calls it once, whatever the number of its codes.
        errors: its codes whose findings are errors.
        warnings: its codes whose findings are warnings.
        doubts: its codes whose findings are warnings about what may be right.
    """

    @wraps(run)
    def judged(value: T_contra, settings: Settings) -> Iterable[Diagnostic]:
        del settings
        return run(value)

    return (
        *(Check(code, judged) for code in errors),
        *(Check(code, judged, Severity.WARNING) for code in warnings),
        *(Check(code, judged, Severity.WARNING, plausibility=True) for code in doubts),
    )


def found_by(
    checks: Iterable[Check[T_contra]],
    value: T_contra,
    choices: Mapping[str, Choice],
    *,
    errors: bool = False,
) -> list[Diagnostic]:
    """What checks find in a value, each function run once, in the order of the table.

    Args:
        checks: the table.
        value: what they judge.
        choices: what the file says of checks, by code.
        errors: whether errors keep data out, so that completeness is not judged.
    """
    found: list[Diagnostic] = []
    done: set[object] = set()
    for check in checks:
        if check.run is None or check.run in done or (errors and check.complete):
            continue
        done.add(check.run)
        found += check.run(value, check.chosen(choices))
    return found


def raised(
    checks: Iterable[Check[T_contra]], choices: Mapping[str, Choice]
) -> tuple[Check[T_contra], ...]:
    """Those of some checks whose findings a file has raised to errors."""
    return tuple(
        check
        for check in checks
        if check.severity is not Severity.ERROR
        and check.code in choices
        and choices[check.code].severity == "error"
    )


def by_code(*tables: Iterable[Check[Any]]) -> dict[str, Check[Any]]:
    """The checks of several tables by code; the first of a code that several functions raise."""
    found: dict[str, Check[Any]] = {}
    for table in tables:
        for check in table:
            found.setdefault(check.code, check)
    return dict(sorted(found.items()))


def weighed(found: Iterable[Diagnostic], choices: Mapping[str, Choice]) -> tuple[Diagnostic, ...]:
    """Findings with the severities that a file gives to checks; those that are off are left out.

    An error is never lowered, whatever raised it.
    """
    if not any(choice.severity for choice in choices.values()):
        return tuple(found)
    return tuple(one for item in found for one in _weighed(item, choices.get(item.code)))


def _weighed(item: Diagnostic, choice: Choice | None) -> tuple[Diagnostic, ...]:
    if choice is None or choice.severity is None or item.severity is Severity.ERROR:
        return (item,)
    if choice.severity == "off":
        return ()
    return (replace(item, severity=Severity(choice.severity)),)
