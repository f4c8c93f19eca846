"""The inventory of a period: lines selected, totals, and all that stands beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.results.totals import totals_of
from ghgcalc.core.check import found_by
from ghgcalc.core.diagnostics import Outcome
from ghgcalc.inventory.accepted_gaps import accepted
from ghgcalc.inventory.checks import OF_A_PERIOD, Taken
from ghgcalc.inventory.data_quality import data_quality
from ghgcalc.inventory.expectations import expectations
from ghgcalc.inventory.inventory import Inventory
from ghgcalc.inventory.notes import choices_of, describe
from ghgcalc.inventory.packs import pack_uses
from ghgcalc.inventory.scope_3_status import scope_3_standing
from ghgcalc.inventory.select import select
from ghgcalc.inventory.standing import standing

if TYPE_CHECKING:
    from ghgcalc.calculation.lines import Calculated
    from ghgcalc.company.company import Company
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.inventory.notes import Beside
    from ghgcalc.inventory.standing import InventoryAsked


def take_inventory(
    company: Company,
    catalog: FactorCatalog,
    asked: InventoryAsked,
    calculated: Calculated,
    beside: Beside,
) -> Outcome[Inventory]:
    """The inventory of the lines of a period; selection changes none of them (DESIGN §2).

    Diagnosed: `accept-too-wide`, `factor-far-from-bundled`, `spend-not-deflated`,
    `scope-3-status`, `excluded-share`, `waste-sources-mixed`. The findings of the earlier stages
    are the caller's to add.
    """
    lines = select(company, calculated.lines, asked.boundary)
    totals = totals_of(lines)
    gaps = accepted(company, lines, totals, beside.disclosures)
    inputs = {**beside.inputs, **beside.hours.inputs}
    if beside.lock_use is not None:
        inputs[beside.lock_use.file] = beside.lock_use.sha256
    inventory = Inventory(
        name=company.organization.name,
        period=asked.name,
        span=asked.span,
        boundary=asked.boundary,
        approach=asked.approach,
        gwp_set=catalog.gwp.name,
        wholes=lines,
        totals=totals,
        instruments=calculated.instruments,
        accepted=gaps,
        expectations=expectations(company, calculated.lines, asked.span, asked.boundary),
        packs=pack_uses(catalog, lines),
        inputs=dict(sorted(inputs.items())),
        choices=choices_of(company, catalog),
        not_consolidated=beside.unplaced,
        lock=beside.lock_use,
        standing=standing(company, lines, asked),
        scope_3=scope_3_standing(company, asked, lines),
        data_quality=data_quality(lines, company.year.name_of(asked.span.last)),
    )
    describe(inventory, company, beside)
    whole = inventory.scope_3
    if asked.boundary is not None:
        whole = scope_3_standing(company, asked._replace(boundary=None), calculated.lines)
    taken = Taken(
        company, asked.span, gaps, calculated.instruments, calculated.lines, catalog, whole
    )  # fmt: skip
    return Outcome(inventory, tuple(found_by(OF_A_PERIOD, taken, company.checks)))
