"""Findings beside the profiles that were judged, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.core.version import __version__
from ghgcalc.render.diagnostics import as_record
from ghgcalc.render.json.text import written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.analysis.profiles.requirement import Judged, Profile
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.render.style import Style

SCHEMA = "ghgcalc-profiles-1"


class ProfiledFindings(NamedTuple):
    """The findings of some files, and the profiles judged over them."""

    found: Sequence[Diagnostic]
    profiles: Sequence[Profile]


def json_form(result: ProfiledFindings, _: Style) -> str:
    """`findings` as in the format of findings, and `profiles` with every requirement."""
    top: list[tuple[str, Any]] = [
        ("schema", SCHEMA), ("ghgcalc", __version__),
        ("findings", [as_record(item) for item in result.found]),
        ("profiles", [_profile(item) for item in result.profiles]),
    ]  # fmt: skip
    return written(top)


def _profile(profile: Profile) -> dict[str, Any]:
    span = profile.span
    days = {} if span is None else {"first": str(span.first), "last": str(span.last)}
    return {
        "profile": profile.name, "title": profile.title, "file": profile.file,
        "period": {"name": profile.period, **days},
        "requirements": [_requirement(item) for item in profile.judged],
    }  # fmt: skip


def _requirement(item: Judged) -> dict[str, Any]:
    asked, answer = item.requirement, item.answer
    return {
        "rule": asked.rule, "text": asked.text, "source": asked.source,
        "outcome": answer.outcome.value.replace(" ", "_"), "reason": answer.reason,
        "remedy": answer.remedy or None, "path": item.place.path, "line": item.place.line,
    }  # fmt: skip
