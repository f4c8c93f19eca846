"""`ghgcalc check`: judge the whole file, every reporting year and every expectation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ghgcalc.cli.options import CheckFormat, CompanyFile, FindingsOption, LockedOption
from ghgcalc.cli.output import DATA, company_file, folder_of, report, usage
from ghgcalc.render.registry import TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.inventory.inventory import ExpectationResult
    from ghgcalc.pipeline.check import Judgement


def check(
    company: CompanyFile = Path("company.yaml"),
    format_: CheckFormat = None,
    diagnostics: FindingsOption = TEXT,
    strict: Annotated[
        bool, typer.Option("--strict", help="Warnings fail as well (exit 1).")
    ] = False,
    locked: LockedOption = False,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select", metavar="CODE", help="Judge by this check alone; may be repeated."
        ),
    ] = None,
) -> None:
    """Judge the whole file: every reporting year and every expectation.

    Examples: `ghgcalc check`, `ghgcalc check acme/company.yaml --strict`,
    `ghgcalc check --select calendar-gap`, `ghgcalc check --format sarif > findings.sarif`
    """
    from ghgcalc.core.diagnostics import Severity
    from ghgcalc.pipeline.check import check as check_file
    from ghgcalc.pipeline.check_choices import changes
    from ghgcalc.render.diagnostics import counted
    from ghgcalc.render.text import safe

    codes = _codes(select)
    path = company_file(company)
    found = check_file(path, locked=locked, select=codes)
    ordered = found.diagnostics
    report(
        ordered, found.sources, path, format_ or diagnostics, closing=False,
        folder=folder_of(path), err=format_ is None,
    )  # fmt: skip
    if format_ in (None, TEXT):
        typer.echo(_summary(path, found))
        if found.unjudged:
            typer.echo(safe(_unjudged(found.unjudged)))
        if found.others:
            typer.echo(f"not selected: {', '.join(counted(found.others))}")
        for change in changes(found.project.company.checks) if found.project is not None else ():
            typer.echo(safe(change))
    warned = any(item.severity is Severity.WARNING for item in ordered)
    if not found.holds or (strict and warned):
        raise typer.Exit(DATA)


def _codes(select: list[str] | None) -> list[str]:
    """The checks that are named; exit 2 where one is none."""
    from ghgcalc.company.checks.names import near_hint
    from ghgcalc.core.codes.registry import CODES
    from ghgcalc.pipeline.check_choices import BY_CODE

    for code in select or ():
        if code not in BY_CODE:
            why = "a message of reading or calculating, which no check raises"
            known = near_hint(code, BY_CODE, "docs/format.md lists the checks")
            what = why if code in CODES else f"not the name of a check; {known}"
            usage(f"--select: `{code}` is {what}")
    return select or []


def _summary(path: str, found: Judgement) -> str:
    from ghgcalc.render.diagnostics import counted
    from ghgcalc.render.text import plural, safe

    words: list[str] = []
    if found.project is not None:
        company = found.project.company
        words.append(plural(len(company.activities), "activity", "activities"))
        if company.tables:
            words.append(plural(len(company.tables), "table"))
        words.append(plural(len(found.years), "reporting year"))
        if company.expect:
            words.append(plural(len(company.expect), "expectation"))
    return f"{safe(path)}: {', '.join([*words, *counted(found.diagnostics, zeros=True)])}"


def _unjudged(results: Sequence[ExpectationResult]) -> str:
    """How many expectations were not judged, and why."""
    from ghgcalc.activity_data.periods import listed
    from ghgcalc.render.text import plural

    names = listed(list(dict.fromkeys(result.period for result in results)))
    count = plural(len(results), "expectation")
    return f"{count}, not judged: errors block the totals of {names}"
