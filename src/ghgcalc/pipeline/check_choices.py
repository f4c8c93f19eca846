"""Every named check, and what a company file may say of it under `checks:`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ghgcalc.activity_data import checks as of_data
from ghgcalc.company import checks as of_company
from ghgcalc.company.checks.names import near_hint
from ghgcalc.core.check import LEVELS, by_code
from ghgcalc.core.codes.registry import CODES
from ghgcalc.core.diagnostics import Diagnostic, Outcome, Severity
from ghgcalc.inventory import checks as of_inventory

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ghgcalc.company.check_choice import CheckChoice
    from ghgcalc.company.company import Company
    from ghgcalc.core.check import Check
    from ghgcalc.core.text.document import Document

BY_CODE = by_code(of_company.CHECKS, of_data.CHECKS, of_inventory.CHECKS)


def allowed_choices(company: Company) -> Outcome[dict[str, CheckChoice]]:
    """The choices under `checks:` that hold; each of the others is a finding.

    Diagnosed: `unknown-check`; `check-not-lowered`; `missing-key` for a lower severity, or a
    threshold that tells less, without a reason; `unknown-key` and `out-of-bounds` for settings.
    """
    found: list[Diagnostic] = []
    allowed: dict[str, CheckChoice] = {}
    for code, choice in company.checks.items():
        check = BY_CODE.get(code)
        slips = (
            [_unknown(company.document, code)]
            if check is None
            else [*_level(company.document, check, choice),
                  *_loosened(company.document, check, choice),
                  *_settings(company.document, check, choice)]
        )  # fmt: skip
        found += slips
        if not slips:
            allowed[code] = choice
    return Outcome(allowed, tuple(found))


def _unknown(document: Document, code: str) -> Diagnostic:
    why = "is not the name of a check"
    if code in CODES:
        why = "is a message of reading or calculating, which no check raises"
    return Diagnostic(
        "unknown-check",
        f"`{code}` {why}",
        document.locate(("checks", code), key=True),
        hint=near_hint(code, BY_CODE, "write the code of a check; docs/format.md lists them"),
    )


def lowered(check: Check[Any], choice: CheckChoice) -> bool:
    """Whether a choice gives a check less weight than it has."""
    level = choice.severity
    return level is not None and LEVELS.index(level) < LEVELS.index(check.severity.value)


def _level(document: Document, check: Check[Any], choice: CheckChoice) -> Iterator[Diagnostic]:
    if not lowered(check, choice):
        return
    if not check.plausibility:
        why = (
            "says that a figure is not what the file expects"
            if check in of_inventory.OF_THE_FILE
            else "is of what `--complete` asks for"
            if check in of_inventory.WHEN_COMPLETE
            else "keeps lines out of totals or marks broken data"
            if check.severity is Severity.ERROR
            else "says what a figure lacks or rests on"
        )
        yield Diagnostic(
            "check-not-lowered",
            f"`{check.code}` cannot be lowered to `{choice.severity}`: its {check.severity.value}"
            f" {why}",
            document.locate(("checks", check.code, "severity")),
            hint=f"remove `severity:`, and mend what `{check.code}` finds",
        )
    elif not (choice.reason or "").strip():
        yield Diagnostic(
            "missing-key",
            f"`{check.code}` is lowered to `{choice.severity}` without a `reason`",
            document.locate(("checks", check.code), key=True),
            hint="add `reason:`; `compute` and `check` print it",
        )


def _loosened(document: Document, check: Check[Any], choice: CheckChoice) -> Iterator[Diagnostic]:
    """A threshold above the check's own tells less, as a lower severity does."""
    wide = [
        f"`{setting.name}` {choice.settings[setting.name]:,} instead of {setting.default:,}"
        for setting in check.settings
        if choice.settings.get(setting.name, setting.default) > setting.default
    ]
    if wide and not lowered(check, choice) and not (choice.reason or "").strip():
        yield Diagnostic(
            "missing-key",
            f"`{check.code}` tells less, by {' and '.join(wide)}, without a `reason`",
            document.locate(("checks", check.code), key=True),
            hint="add `reason:`; `compute` and `check` print it",
        )


def _settings(document: Document, check: Check[Any], choice: CheckChoice) -> Iterator[Diagnostic]:
    known = {setting.name: setting for setting in check.settings}
    for name, value in choice.settings.items():
        path = ("checks", check.code, "settings", name)
        if name not in known:
            listed = ", ".join(f"`{one}`" for one in known)
            yield Diagnostic(
                "unknown-key",
                f"`{name}` is no setting of `{check.code}`",
                document.locate(path, key=True),
                hint=f"use {listed}" if known else "remove it; this check has no settings",
            )
        elif value < known[name].least:
            yield Diagnostic(
                "out-of-bounds",
                f"`{name}` of `{check.code}` is {value}",
                document.locate(path),
                hint=f"write {known[name].least} or more",
            )


def changes(choices: Mapping[str, CheckChoice]) -> tuple[str, ...]:
    """What a file changes about checks, a sentence for each, as reports print them."""
    found = []
    for code, choice in choices.items():
        check = BY_CODE[code]
        words = []
        if choice.severity not in (None, check.severity.value):
            words.append(f"{choice.severity} instead of {check.severity.value}")
        words += [
            f"`{setting.name}` {choice.settings[setting.name]} instead of {setting.default}"
            for setting in check.settings
            if choice.settings.get(setting.name, setting.default) != setting.default
        ]
        if words:
            reason = f": {choice.reason}" if choice.reason else ""
            found.append(f"check `{code}` is {', '.join(words)}{reason}")
    return tuple(found)
