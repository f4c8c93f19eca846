"""Findings as JUnit XML: a suite of findings, and one of each profile (CI-06).

Keeps to what both public schemas take: attributes of the suite alone, properties first, output
last; place and text stand in the failure, since some readers drop its attributes.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from ghgcalc.core.diagnostics import Severity
from ghgcalc.render.diagnostics import said
from ghgcalc.render.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ghgcalc.analysis.profiles.requirement import Judged, Profile
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.render.profiles import ProfiledFindings
    from ghgcalc.render.style import Style

_SUITE = "ghgcalc.check"
_REQUIREMENT = "profile-requirement"  # its findings are the cases of a profile's suite


class _Case(NamedTuple):
    """A test case; `failure` and `skipped` say why, where it is no pass."""

    classname: str
    name: str
    kind: str = ""
    message: str = ""
    failure: str = ""
    skipped: str = ""


def form(diagnostics: Iterable[Diagnostic], _: Mapping[str, Sequence[str]], style: Style) -> str:
    """Findings in the format `junit`: a case for each, which fails where the command does."""
    return _document([(_SUITE, _cases(diagnostics, style))])


def files_form(diagnostics: Iterable[Diagnostic], passing: Iterable[str], style: Style) -> str:
    """The same of several files, with a case for each of them that passes."""
    good = [_Case(_SUITE, f"{file}: passes") for file in passing]
    return _document([(_SUITE, [*_cases(diagnostics, style), *good])])


def profile_form(result: ProfiledFindings, style: Style) -> str:
    """Findings, and a suite of each profile with a case of every requirement."""
    others = [item for item in result.found if item.code != _REQUIREMENT]
    suites = [(_SUITE, _cases(others, style))]
    for profile in result.profiles:
        name = f"ghgcalc.{profile.name}: {profile.file}, {profile.period}"
        suites.append((name, [_required(profile, item) for item in profile.judged]))
    return _document(suites)


# ---- cases --------------------------------------------------------------------------------------


def _cases(diagnostics: Iterable[Diagnostic], style: Style) -> list[_Case]:
    order = list(Severity)
    failing = order[: order.index(Severity(style.failing)) + 1]
    return [_case(item, fails=item.severity in failing) for item in diagnostics]


def _case(item: Diagnostic, *, fails: bool) -> _Case:
    """A failure is named without its line, by which readers know it again after an edit above."""
    place = f"{item.location}: " if item.location else ""
    file = f"{item.location.path}: " if item.location else ""
    classname = f"{_SUITE}.{item.code}"
    rest = f"{item.severity.value}: {item.message}"
    if not fails:  # a pass has no text that could hold the place
        return _Case(classname, f"{place}{rest}")
    return _Case(classname, f"{file}{rest}", item.code, item.message, f"{place}{said(item)}")


def _required(profile: Profile, item: Judged) -> _Case:
    asked, answer = item.requirement, item.answer
    classname = f"ghgcalc.{profile.name}"
    name = f"{profile.file}: {asked.rule}, {asked.text}"
    outcome = answer.outcome.value
    if outcome == "pass":
        return _Case(classname, name)
    if outcome != "fail":
        return _Case(classname, name, skipped=f"{outcome}: {answer.reason}")
    text = f"{item.place}: {answer.reason}\nnote: {profile.name}: {asked.source}"
    remedy = f"\nhint: {answer.remedy}" if answer.remedy else ""
    return _Case(classname, name, _REQUIREMENT, answer.reason, text + remedy)


# ---- XML ----------------------------------------------------------------------------------------


def _document(suites: Sequence[tuple[str, list[_Case]]]) -> str:
    rows = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"]
    for number, (name, cases) in enumerate(suites):
        rows += _suite(number, name, cases)
    return "".join(f"{row}\n" for row in (*rows, "</testsuites>"))


def _suite(number: int, name: str, cases: list[_Case]) -> Iterator[str]:
    given = cases or [_Case(_SUITE, "no findings")]
    failed, skipped = (sum(bool(each) for each in kind) for kind in
                       ([c.failure for c in given], [c.skipped for c in given]))  # fmt: skip
    counts = f'tests="{len(given)}" failures="{failed}" errors="0" skipped="{skipped}"'
    yield (
        f'  <testsuite id="{number}" package="ghgcalc" name={quoteattr(_text(name))}'
        f' hostname="localhost" timestamp="{_timestamp()}" {counts} time="0">'
    )
    yield "    <properties/>"
    seen: Counter[tuple[str, str]] = Counter()
    for case in given:
        seen[case.classname, case.name] += 1
        count = seen[case.classname, case.name]
        yield from _written(case, f" ({count})" if count > 1 else "")
    yield from ("    <system-out></system-out>", "    <system-err></system-err>", "  </testsuite>")


def _written(case: _Case, again: str) -> Iterator[str]:
    name = quoteattr(_text(case.name + again))
    head = f'    <testcase classname="{case.classname}" name={name} time="0"'
    if not (case.failure or case.skipped):
        yield f"{head}/>"
        return
    yield f"{head}>"
    if case.skipped:
        yield f"      <skipped message={quoteattr(_text(case.skipped))}/>"
    else:
        message = quoteattr(_text(case.message))
        text = escape("\n".join(map(_text, case.failure.split("\n"))))
        yield f'      <failure message={message} type="{case.kind}">{text}</failure>'
    yield "    </testcase>"


def _text(text: str) -> str:
    """A text of one line without what XML cannot hold."""
    return safe(text).encode("utf-8", "replace").decode("utf-8")


def _timestamp() -> str:
    """The run's time as far as it may be said: of `SOURCE_DATE_EPOCH`, or the first one."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "0")
    seconds = int(epoch) if epoch.isascii() and epoch.isdigit() else 0
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
