"""The factor packs that an inventory rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.factors.catalogue import FactorCatalog
from ghgcalc.factors.library import BLENDS_PACK, open_bundled
from ghgcalc.factors.status import status_text
from ghgcalc.inventory.inventory import PackUse

if TYPE_CHECKING:
    from ghgcalc.calculation.results.line import Line
    from ghgcalc.factors.model import PackInfo


def pack_uses(catalog: FactorCatalog, lines: list[Line]) -> list[PackUse]:
    """The packs that lines rest on, the GWP set and the blends among them."""
    used: set[str] = {catalog.gwp_pack.info.id}
    locked: set[PackUse] = set()
    plans = {id(part.plan): part.plan for line in lines for part in line.location_based}
    plans |= {id(part.plan): part.plan for line in lines for part in line.market_based}
    for plan in plans.values():
        factor = plan.resolution.factor
        if factor is not None and plan.resolution.lock is not None:
            locked.add(_use_of(factor.pack))
        elif factor is not None:
            used.add(factor.pack.id)
        if plan.complement is not None:
            used.add(plan.complement.pack.id)
        used |= {step.ref.partition("/")[0] for step in plan.steps if step.ref}
    packs = [*catalog.packs, catalog.gwp_pack]
    if (
        any(plan.blends for plan in plans.values())
        and (blends := open_bundled(BLENDS_PACK)) is not None
    ):
        packs.append(blends)
        used.add(BLENDS_PACK)
    found = [_use_of(pack.info) for pack in packs if pack.info.id in used]
    return sorted({*found, *locked}, key=lambda use: (use.id, use.version, use.sha256))


def _use_of(info: PackInfo) -> PackUse:
    header = info.header
    return PackUse(
        header.pack, header.version, header.title, info.sha256, header.licence or "",
        header.evidence.label, info.own, status_text(info),
    )  # fmt: skip
