"""What forms take that need more than an inventory."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.company.company import Company
    from ghgcalc.company.organization import Approach
    from ghgcalc.core.diagnostics import Diagnostic


class WithoutData(NamedTuple):
    """A period without activity data: what was asked, and the findings that say why."""

    company: Company
    gwp_set: str
    period: str
    boundary: str | None
    diagnostics: Sequence[Diagnostic]
    approach: Approach | None = None
