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
        warnings: what could not be judged.
        notes: what it was compared with, and what locks hold.
        beyond: how many totals moved beyond their threshold, whether that fails or is said only.
    """

    reasons: tuple[str, ...] = ()
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
    failing: Severity,
    bases: Mapping[str, Base | None],
    refused: Sequence[str],
    *,
    warn: bool,
) -> Verdict:
    """The verdict over all company files.

    Args:
        judged: the files.
        found: the findings of all of them.
        failing: the lightest finding that fails.
        bases: the commit that each file was compared with, by its path.
        refused: why a base that was named could not be had.
        warn: whether a total beyond its threshold is said and does not fail.
    """
    order = list(Severity)
    heavy = [item for item in found if order.index(item.severity) <= order.index(failing)]
    reasons = list(dict.fromkeys(refused))
    if heavy:
        noun = "finding is" if len(heavy) == 1 else "findings are"
        reasons.append(f"{len(heavy):,} {noun} of severity {failing.value} or heavier")
    blocked = [file.path for file in judged if not file.holds]
    if blocked and not heavy:
        reasons.append(f"not every expectation could be judged: {', '.join(blocked)}")
    beyond = sum(len(file.breaches) + len(file.gone) for file in judged)
    if beyond and not warn:
        noun = "total moved beyond its" if beyond == 1 else "totals moved beyond their"
        reasons.append(f"{beyond:,} {noun} threshold")
    reasons += _lost(judged)
    return Verdict(
        tuple(reasons),
        tuple(_unjudged(judged)),
        tuple(_notes(judged, bases, named=bool(refused))),
        beyond,
    )


def _lost(judged: Sequence[FileJudged]) -> Iterator[str]:
    """What a file of another name than at the base has slipped: its comparison, or its lock."""
    for file in judged:
        if len(file.former) > 1:
            names = ", ".join(file.former)
            yield f"{file.path}: not held against anything: it may have been any of {names}"
        elif file.former and file.unlocked:
            years = ", ".join(map(str, file.unlocked))
            yield f"{file.path}: the lock of {file.former[0]} held {years}, which none holds now"


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
    if not named and not any(bases.values()):
        yield "no base was named: nothing was compared"
    for file in judged:
        if len(file.former) == 1:
            yield f"{file.path}: compared with {file.former[0]} of the base, which it was"
        if file.under_lock:
            years = ", ".join(map(str, file.under_lock))
            yield f"{file.path}: computed as with --locked: {years}"
        if file.unlocked:
            years = ", ".join(map(str, file.unlocked))
            yield f"{file.path}: the lock of the base held {years}, which no lock holds any more"
