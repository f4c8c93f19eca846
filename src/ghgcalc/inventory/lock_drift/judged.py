"""A computation beside its lock: what both say of the same reporting years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ghgcalc.calculation.lock.model import Lock, Section
    from ghgcalc.calculation.resolve.resolve import Resolver
    from ghgcalc.calculation.results.line import Line
    from ghgcalc.company.company import Company
    from ghgcalc.core.period import Span


SHOWN = 5  # lines and activities named in a note


@dataclass(slots=True)
class Judged:
    """One computation beside its lock; `every` holds the lines of its whole reporting years.

    `kept_out` tells whether errors keep lines of some days out: no figure of these is compared.
    `document` gives the digest of a cited file, or None and why one that is there was not opened.
    """

    company: Company
    resolver: Resolver
    lock: Lock
    lines: list[Line]
    every: list[Line]
    span: Span
    approach: str
    inputs: Mapping[str, str]
    strict: bool
    kept_out: Callable[[Span], bool]
    document: Callable[[str], tuple[str | None, str]]

    @property
    def severity(self) -> Severity:
        """Drift is a warning; with `--locked` an error."""
        return Severity.ERROR if self.strict else Severity.WARNING

    def sections(self) -> list[Section]:
        """The locked reporting years that the period touches."""
        year = self.company.year
        names = range(year.name_of(self.span.first), year.name_of(self.span.last) + 1)
        known = [self.lock.sections[name] for name in names if name in self.lock.sections]
        return [section for section in known if section.sealed]

    def finding(
        self,
        code: str,
        text: str,
        section: Section,
        block: str,
        key: str,
        hint: str,
        *,
        notes: tuple[str, ...] = (),
        related: tuple[Related, ...] = (),
        severity: Severity | None = None,
    ) -> Diagnostic:
        """A finding at an entry of the lock."""
        days = self.company.year.span(section.year)
        return Diagnostic(
            code, text, section.at(block, key), related=related, notes=notes, hint=hint,
            days=(days.first, days.last), severity=severity or self.severity,
        )  # fmt: skip
