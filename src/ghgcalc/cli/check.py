"""`ghgcalc check`: judge whole files, every reporting year and every expectation."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from ghgcalc.cli import shell
from ghgcalc.cli.options import (
    CheckFormat,
    CompanyFiles,
    FindingsOption,
    LockedOption,
    ProfileOption,
)
from ghgcalc.cli.output import (
    DATA,
    OK,
    USAGE,
    company_files,
    folder_of,
    here,
    judge_period,
    placed,
    tell,
    usage,
    wants_color,
    write_out,
)
from ghgcalc.render.registry import DEFAULT, TEXT, format_named, pieces
from ghgcalc.render.style import Style

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ghgcalc.analysis.profiles.requirement import Profile
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.inventory.inventory import ExpectationResult
    from ghgcalc.pipeline.check import Judgement

FailOn = Literal["error", "warning", "note"]


class Asked(NamedTuple):
    """How files are judged: the checks, the lock, the profiles and their period."""

    select: Sequence[str]
    locked: bool
    complete: bool
    profiles: Sequence[str]
    period: str | None


class Checked(NamedTuple):
    """What is told of one company file, without what it was judged from.

    Attributes:
        found: its findings, and `lines` those of their files, as they open from here.
        holds: whether no error stands, and nothing was left unjudged.
        said: what is told of the file in words.
    """

    found: list[Diagnostic]
    lines: Mapping[str, Sequence[str]]
    holds: bool
    said: tuple[str, ...]
    profiles: tuple[Profile, ...]


FailOnOption = Annotated[
    FailOn | None,
    typer.Option("--fail-on", help="The lightest finding that fails (exit 1); default: error."),
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help="Warnings fail as well: --fail-on warning.")
]
CompleteOption = Annotated[
    bool,
    typer.Option(
        "--complete",
        help="Ask for every answer: the status of each Scope 3 category, a method of each line.",
    ),
]
SelectOption = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="CODE",
        help="Judge by this check alone; may be repeated.",
        autocompletion=shell.checks,
    ),
]
ProfilePeriod = Annotated[
    str | None,
    typer.Option(
        help="Of --profile; default: the newest reporting year with activities.",
        autocompletion=shell.periods,
    ),
]


def check(
    company: CompanyFiles = None,
    format_: CheckFormat = None,
    diagnostics: FindingsOption = TEXT,
    fail_on: FailOnOption = None,
    strict: StrictOption = False,
    locked: LockedOption = False,
    complete: CompleteOption = False,
    select: SelectOption = None,
    profile: ProfileOption = None,
    period: ProfilePeriod = None,
) -> None:
    """Judge whole files: every reporting year and every expectation.

    Several files make one result, in their order; the exit code is the worst.

    Examples: `ghgcalc check`, `ghgcalc check acme/company.yaml --strict`,
    `ghgcalc check a/company.yaml b/company.yaml --fail-on note`,
    `ghgcalc check --complete`, `ghgcalc check --select calendar-gap`,
    `ghgcalc check --profile ghgp --period 2024`,
    `ghgcalc check --format sarif > findings.sarif`
    """
    from ghgcalc.core.diagnostics import Severity

    if period is not None and not profile:
        usage("--period is for --profile; without one, check judges every reporting year")
    judge_period(period)
    asked = Asked(_codes(select), locked, complete, _known_profiles(profile), period)
    least = _least(fail_on, strict=strict)
    failing = list(Severity)[: list(Severity).index(Severity(least)) + 1]
    style = format_ or diagnostics
    paths, missing = company_files(company or [Path("company.yaml")])
    checked = []
    for path in paths:
        gc.collect()  # the tables of the file before are gone before this one's are read
        checked.append(_checked(path, asked))
    # what files share, such as a pack, is said once
    found = list(dict.fromkeys(item for each in checked for item in each.found))
    if style != TEXT:  # in words it is said as a slip of the command line
        found = [*(each.finding for each in missing), *found]
    lines = {name: text for each in checked for name, text in each.lines.items()}
    profiles = [item for each in checked for item in each.profiles]
    if asked.profiles and format_ in ("json", "junit"):
        _write_profiles(format_, found, profiles, least)
    else:
        tell(found, lines, style, err=format_ is None, failing=least)
    if format_ in (None, TEXT):
        for each in checked:
            _print(each)
    failed = not all(each.holds for each in checked) or any(
        item.severity in failing for item in found
    )
    raise typer.Exit(USAGE if missing else DATA if failed else OK)


def _least(fail_on: FailOn | None, *, strict: bool) -> FailOn:
    """The lightest severity that fails; exit 2 where two options say different ones."""
    if strict and fail_on not in (None, "warning"):
        usage(f"--strict means --fail-on warning, but --fail-on asks for {fail_on}; leave one out")
    return fail_on or ("warning" if strict else "error")


def _checked(path: str, asked: Asked) -> Checked:
    """Judge one file, and let go of what it was judged from."""
    from ghgcalc.pipeline.check import check as check_file

    judged = check_file(path, locked=asked.locked, complete=asked.complete, select=asked.select)
    profiles, failed = _profiles(path, judged, asked)
    every = (*judged.diagnostics, *failed)
    found, lines = placed(every, judged.sources, folder_of(path))
    said = tuple(_said(path, judged, every))
    return Checked(found, lines, judged.holds, said, profiles)


def _profiles(
    path: str, judged: Judgement, asked: Asked
) -> tuple[tuple[Profile, ...], list[Diagnostic]]:
    """The profiles over a file, with places that open from here, and their findings."""
    from dataclasses import replace

    if not asked.profiles or judged.project is None:
        return (), []
    from ghgcalc.analysis.profiles.judge import as_findings, judge_profiles

    made = judge_profiles(judged.project, asked.profiles, path, asked.period)
    folder = folder_of(path)
    moved = tuple(
        replace(each, judged=tuple(
            item._replace(place=item.place._replace(path=here(item.place.path, folder)))
            for item in each.judged
        ))
        for each in made
    )  # fmt: skip
    return moved, [item for each in made for item in as_findings(each)]


def _print(checked: Checked) -> None:
    """What is told of a file in words, and the tables of its profiles."""
    from ghgcalc.views.profiles import profiles_report

    for text in checked.said:
        typer.echo(text)
    if checked.profiles:
        shown = pieces(DEFAULT, "profile", checked.profiles, Style(color=wants_color()),
                       view=lambda: profiles_report(checked.profiles))  # fmt: skip
        write_out(shown)


def _write_profiles(
    form: str, found: Sequence[Diagnostic], profiles: Sequence[Profile], least: FailOn
) -> None:
    """The findings and the profiles, with every requirement, in one document."""
    from ghgcalc.render.junit import profile_form
    from ghgcalc.render.profiles import ProfiledFindings

    result = ProfiledFindings(found, profiles)
    if form == "junit":
        write_out([profile_form(result, Style(failing=least))])
    else:
        write_out(pieces(format_named("json"), "profile", result))


def _said(path: str, found: Judgement, every: Sequence[Diagnostic]) -> Iterator[str]:
    """What is told of a file in words: counts, what was not judged, what it changes of checks."""
    from ghgcalc.pipeline.check_choices import changes
    from ghgcalc.render.diagnostics import counted
    from ghgcalc.render.text import safe

    yield _summary(path, found, every)
    if found.unjudged:
        yield safe(_unjudged(found.unjudged))
    if found.others:
        yield f"not selected: {', '.join(counted(found.others))}"
    yield from map(safe, changes(found.project.company.checks) if found.project else ())


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


def _known_profiles(names: list[str] | None) -> list[str]:
    """The profiles that are named, each once; exit 2 where one is none."""
    from ghgcalc.analysis.profiles.registry import PROFILES
    from ghgcalc.company.checks.names import near_hint

    for name in names or ():
        if name not in PROFILES:
            known = near_hint(name, PROFILES, f"there are {' and '.join(PROFILES)}")
            usage(f"--profile: `{name}` is not the name of a profile; {known}")
    return list(dict.fromkeys(names or ()))


def _summary(path: str, found: Judgement, every: Sequence[Diagnostic]) -> str:
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
    return f"{safe(path)}: {', '.join([*words, *counted(every, zeros=True)])}"


def _unjudged(results: Sequence[ExpectationResult]) -> str:
    """How many expectations were not judged, and why."""
    from ghgcalc.activity_data.periods import listed
    from ghgcalc.render.text import plural

    names = listed(list(dict.fromkeys(result.period for result in results)))
    count = plural(len(results), "expectation")
    return f"{count}, not judged: errors block the totals of {names}"
