"""Cited documents of locked reporting years that are gone or are other ones now."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.calculation.lock.model import Section
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.inventory.lock_drift.judged import Judged


def evidence_drift(judged: Judged, section: Section) -> Iterator[Diagnostic]:
    """With `--locked`: each document for which the lock holds a hash that it does not have.

    Text that never was a file has no hash in the lock, and no finding. Documents may be large and
    decide no figure, so that nothing is read without `--locked`.
    """
    if not judged.strict:
        return
    for name, locked in section.values.evidence.items():
        now, reason = judged.document(name)
        if now == locked:
            continue
        hashes = f"(sha256 {locked[:12]}… -> {now[:12]}…)" if now else ""
        said = f"has changed {hashes}" if now else reason or "is not there any more"
        yield judged.finding(
            "lock-drift-evidence",
            f"evidence `{name}`, locked with {section.year}, {said}",
            section,
            "evidence",
            name,
            hint=f"run `ghgcalc lock --period {section.year}` if the change is wanted, or restore"
            " the file",
        )
