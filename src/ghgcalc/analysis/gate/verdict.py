"""Whether a change passes: findings, thresholds, and a base that can be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ghgcalc.analysis.gate.base import Base
    from ghgcalc.analysis.gate.judge import FileJudged
    from ghgcalc.core.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a change.

    Attributes:
        reasons: why it fails; none where it passes.
        own: what speaks against the change itself, beside the findings of its files.
        warnings: thresholds that could not be judged.
        notes: what it was compared with, and what locks hold.
        beyond: how many totals moved beyond their threshold, whether that fails or is said only.
    """

    reasons: tuple[str, ...] = ()
    own: tuple[Diagnostic, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    beyond: int = 0

    @property
    def passes(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.reasons


def verdict_of(
    judged: Sequence[FileJudged],
    found: Iterable[Diagnostic],
    own: Sequence[Diagnostic],
    failing: Severity,
    bases: Mapping[str, Base | None],
) -> Verdict:
    """The verdict over all company files.

    Args:
        judged: the files.
        found: the findings of all of them.
        own: those of the change itself.
        failing: the lightest finding that fails, of both.
        bases: the commit that each file was compared with, by its path.
    """
    order = list(Severity)
    weighty = order[: order.index(failing) + 1]
    heavy = [item for item in found if item.severity in weighty]
    reasons = [reason_of(item) for item in own if item.severity in weighty]
    if heavy:  # counted with those of the change, as the heading counts them
        count = len(heavy) + len(reasons)
        noun = "finding is" if count == 1 else "findings are"
        reasons.append(f"{count:,} {noun} of severity {failing.value} or heavier")
    blocked = [file.path for file in judged if not file.holds]
    if blocked and not heavy:
        reasons.append(f"not every expectation could be judged: {', '.join(blocked)}")
    refused = any(item.code == "base-missing" for item in own)
    return Verdict(
        tuple(reasons),
        tuple(own),
        tuple(_unjudged(judged)),
        tuple(_notes(judged, bases, named=refused)),
        sum(len(file.breaches) + len(file.gone) for file in judged),
    )


def passes(file: FileJudged, failing: Severity) -> bool:
    """Whether nothing of one company file speaks against a change."""
    order = list(Severity)
    weighty = order[: order.index(failing) + 1]
    heavy = any(item.severity in weighty for item in file.diagnostics)
    return file.holds and not (heavy or file.breaches or file.gone)


def reason_of(item: Diagnostic) -> str:
    """A finding of the change itself as a reason why it fails."""
    return f"{item.message}; {item.hint}" if item.code == "base-missing" else item.message


def _unjudged(judged: Sequence[FileJudged]) -> Iterator[str]:
    """Thresholds that nobody could hold a total against."""
    for file in judged:
        if not file.limit or file.state in ("compared", "new"):
            continue
        why = {
            "no base": "nothing is compared",
            "broken base": "the base has errors",
            "broken head": "the file has errors",
        }[file.state]
        yield f"{file.path}: not every threshold was held against a total, since {why}"


def _notes(
    judged: Sequence[FileJudged], bases: Mapping[str, Base | None], *, named: bool
) -> Iterator[str]:
    for base in dict.fromkeys(base for base in bases.values() if base is not None):
        said = f"{base.asked.text} ({base.asked.by})"
        yield f"compared with commit {base.label}, where this branch left {said}"
    if judged and not named and not any(bases.values()):
        yield "no base was named: nothing was compared"
    for file in judged:
        if len(file.former) == 1:
            yield f"{file.path}: compared with {file.former[0]} of the base, which it was"
        if file.under_lock:
            years = ", ".join(map(str, file.under_lock))
            yield f"{file.path}: computed as with --locked: {years}"
