"""The ids of a section: what they may hold, and letters that print like others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic, Related, Severity
from ghgcalc.core.text.scripts import ID_HINT, LONGEST_ID, alike_ids, is_id, lookalike

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.core.schema_findings import Locate
    from ghgcalc.core.text.source import Map


def check_ids(section: str, node: Map, locate: Locate) -> Iterator[Diagnostic]:
    """Diagnosed at the key: `bad-id`; as warnings `mixed-scripts`, in one id or between two."""
    for key in node:
        if not is_id(key):
            yield _bad(section, key, locate)
        elif (odd := lookalike(key)) is not None:
            yield Diagnostic(
                "mixed-scripts",
                f"`{key}` mixes scripts that look alike: {odd}",
                locate((section, key), key=True),
                hint="type the id in one script; another spelling of it will not be found",
                severity=Severity.WARNING,
            )
    for key, other in alike_ids(node).items():
        yield Diagnostic(
            "mixed-scripts",
            f"`{key}` looks like `{other}` and is another id: {_differing(key, other)}",
            locate((section, key), key=True),
            related=(Related(locate((section, other), key=True), "looks the same"),),
            hint="give one of the two another name",
            severity=Severity.WARNING,
        )


def _bad(section: str, key: str, locate: Locate) -> Diagnostic:
    hint = ID_HINT
    shown = key
    if len(key) > LONGEST_ID:
        shown = f"{key[:40]}…"
        hint = f"shorten it: it has {len(key):,} signs, an id has at most {LONGEST_ID}"
    where = locate((section, key), key=True)
    return Diagnostic("bad-id", f"`{shown}` cannot be an id", where, hint=hint)


def _differing(one: str, two: str) -> str:
    """The first sign that differs, with its code points."""
    pair = next(pair for pair in zip(one, two, strict=True) if pair[0] != pair[1])
    return " and ".join(f"U+{ord(sign):04X}" for sign in pair)
