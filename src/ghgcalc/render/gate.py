"""The summary of a change as Markdown: a hidden tag, the verdict, and sections within a limit."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from ghgcalc.render.markdown import escaped, report_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ghgcalc.views.gate import Section
    from ghgcalc.views.table import Report

# bytes: a job summary of GitHub is refused above 1,024 KiB, a comment above 65,536 signs (CI-04)
SUMMARY_ROOM = 900_000
COMMENT_ROOM = 60_000
_NOTE_ROOM = 2_000  # for the sentence that says what is left out


def tag_of(files: Iterable[str]) -> str:
    """The hidden comment by which a later run finds the comment of the same company files."""
    names = "\0".join(sorted(files))
    return (
        f"<!-- ghgcalc-ci {hashlib.sha256(names.encode('utf-8', 'replace')).hexdigest()[:16]} -->"
    )


def summary_markdown(
    tag: str, head: Report, sections: Sequence[Section], room: int = SUMMARY_ROOM
) -> str:
    """The tag, the verdict and the sections that have room, in order; never a part of one.

    Args:
        tag: what `tag_of` gives.
        head: the verdict.
        sections: what follows it, the most important first.
        room: bytes of UTF-8 that the whole may have.
    """
    found = f"{tag}\n{report_markdown(head, alerts_first=True, code=True)}"
    left: list[str] = []
    used = len(found.encode())
    kept: list[str] = []
    for section in sections:
        text = f"\n{report_markdown(section.report, 1, code=True)}"
        size = len(text.encode())
        if left or used + size > room - _NOTE_ROOM:
            left.append(section.name)
        else:
            kept.append(text)
            used += size
    return "".join([found, *kept, _left_out(left)])


def _left_out(names: Sequence[str]) -> str:
    if not names:
        return ""
    shown = ", ".join(escaped(name[:100]) for name in names[:5])
    more = f" and {len(names) - 5:,} more" if len(names) > 5 else ""
    noun = "section is" if len(names) == 1 else "sections are"
    return f"\n{len(names):,} {noun} left out for want of room: {shown}{more}\n"
