"""What a workbook holds beside its inventory: digests of documents, the other reporting years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.arguments import flag_of, taken
from ghgcalc.core.diagnostics import Outcome
from ghgcalc.inventory.filed import Filed, Year, year_of
from ghgcalc.inventory.standing import InventoryAsked
from ghgcalc.pipeline.evidence import evidence_digests
from ghgcalc.pipeline.run import Run, compute_period

if TYPE_CHECKING:
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.pipeline.project import Project


def filed_of(run: Run, *, values_only: bool = False) -> Outcome[Filed]:
    """A computation with all that `ghgcalc compute -o inventory.xlsx` writes of it.

    The documents that lines cite are opened now; the other years are computed by its `years`.

    Args:
        run: what `compute` gave.
        values_only: values instead of formulas, for archives.

    Raises:
        TypeError: it is no run.
        ValueError: errors block the inventory of the run.

    Diagnosed: what `evidence_digests` finds.
    """
    taken(run, Run, "run", "what `compute` gave")
    flag_of(values_only, "values_only")
    project, inventory = run.project, run.inventory
    if project is None or inventory is None:
        raise ValueError("the run has no inventory; its `diagnostics` say why")
    digests, found = evidence_digests(inventory.lines, project.company.document.folder)
    filed = Filed(
        inventory, project.catalog, digests, lambda: _years(project, inventory), values_only
    )
    return Outcome(filed, tuple(found))


def _years(project: Project, inventory: Inventory) -> list[Year]:
    """Every reporting year with activity data, if the inventory is one of a whole year."""
    rule = project.company.year
    if rule.span(rule.name_of(inventory.span.last)) != inventory.span:
        return []
    found = []
    for name in sorted({rule.name_of(amount.span.last) for amount in project.amounts}):
        span = rule.span(name)
        if span == inventory.span:
            found.append(year_of(inventory))
            continue
        asked = InventoryAsked(span, str(name), inventory.boundary, inventory.approach)
        other = compute_period(project, asked).inventory
        found.append(Year(str(name), None) if other is None else year_of(other))
    return found
