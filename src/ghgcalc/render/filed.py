"""What forms take that need more than an inventory."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ghgcalc.company.company import Company
    from ghgcalc.company.organization import Approach
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.render.xlsx.years import Year


class Filed(NamedTuple):
    """An inventory with all that a file for good holds beside it.

    Attributes:
        inventory: what was computed.
        catalog: GWP sets and the factors that name others for their gases.
        digests: sha256 of the source documents, None where there is no such file.
        years: computes the reporting years of the file, this one among them.
        values_only: values instead of formulas, for archives.
    """

    inventory: Inventory
    catalog: FactorCatalog
    digests: Mapping[str, str | None]
    years: Callable[[], Sequence[Year]]
    values_only: bool = False


class WithoutData(NamedTuple):
    """A period without activity data: what was asked, and the findings that say why."""

    company: Company
    gwp_set: str
    period: str
    boundary: str | None
    diagnostics: Sequence[Diagnostic]
    approach: Approach | None = None
