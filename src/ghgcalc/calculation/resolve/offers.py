"""Bundled packs that a file does not name and that would serve a line, the fittest first."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from ghgcalc.calculation.resolve.candidates import Choice, bridged
from ghgcalc.calculation.resolve.order import here, rank, year_distance
from ghgcalc.company.gaps import EVERYTHING
from ghgcalc.factors.bridges import ENERGY
from ghgcalc.factors.catalogue import FactorCatalog
from ghgcalc.factors.editions import replaced
from ghgcalc.factors.library import library
from ghgcalc.factors.pack import bundled_packs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ghgcalc.calculation.resolve.candidates import Question, Refusal
    from ghgcalc.calculation.resolve.judge import Admission
    from ghgcalc.calculation.resolve.order import Rank
    from ghgcalc.core.period import Span
    from ghgcalc.factors.model import Factor
    from ghgcalc.factors.pack import Pack

_NO_FACTORS = frozenset({"gwp", "refrigerants"})


def offered_packs(
    admission: Admission, need: Question, days: Span, *, any_item: bool = False
) -> list[str]:
    """Publishers with a factor of the line's place, year and unit, or an edition of one named.

    Published ones whose factor needs no further acceptance leave out the others, which would ask
    for one; beside a derived factor the published ones are named, too.

    Args:
        admission: the file's catalogue and acceptances.
        need: what the line asks.
        days: its reporting year.
        any_item: whether rows of any item serve, where the line names none.
    """
    catalog = admission.catalog
    asked = (need._replace(activity="", facility="", edges=()), any_item)
    if asked not in catalog.offered:
        found: dict[str, Rank] = {}
        editions = {each.info.publisher for each in catalog.packs}
        for pack in _others(catalog):
            for fit in _fitting(admission, need, days, pack, any_item):
                name = pack.info.id if pack.info.publisher in editions else pack.info.publisher
                found[name] = min(fit, found.get(name, fit))
        exact = [name for name in found if not (found[name].departs or found[name].derived)]
        catalog.offered[asked] = sorted(exact or found, key=lambda name: (found[name], name))
    return catalog.offered[asked]


def without_basis(need: Question) -> Question | None:
    """The same with its energy as gross, where it states neither net nor gross; else None."""
    unit = need.unit
    if unit.dimension != ENERGY or unit.basis is not None or not need.fuel:
        return None
    return need._replace(unit=unit._replace(basis="gross", text=f"{unit.text} gross"))


def bridged_packs(admission: Admission, need: Question, days: Span) -> list[tuple[str, list[str]]]:
    """Publishers with a factor of the line's place that fuel properties of others would lead to.

    Each with the publishers of such properties; worldwide factors and those of the place alone.
    """
    catalog = admission.catalog
    if not need.fuel:
        return []
    found: dict[str, tuple[Rank, list[str]]] = {}
    for pack in _others(catalog):
        alone = FactorCatalog([pack], catalog.gwp, catalog.gwp_pack)
        inside = replace(admission, catalog=alone)
        for factor in _rows(pack, need, any_item=False):
            name = pack.info.publisher
            if name in found or not here(need, factor):
                continue
            named = bridging_packs(inside, need, days, factor)
            wider = FactorCatalog([pack, *_of(catalog, named)], catalog.gwp, catalog.gwp_pack)
            judge = replace(admission, catalog=wider, accept=EVERYTHING).judge
            verdict = judge(need, factor, days) if named else None
            if isinstance(verdict, Choice):
                found[name] = rank(need, verdict), named
    return [
        (name, found[name][1]) for name in sorted(found, key=lambda name: (found[name][0], name))
    ]


def _of(catalog: FactorCatalog, publishers: list[str]) -> list[Pack]:
    return [pack for pack in _others(catalog) if pack.info.publisher in publishers]


def only_kind(
    admission: Admission, need: Question, judge: Callable[[Factor], Choice | Refusal]
) -> Choice | None:
    """What a factor of the line's category and unit is like, where one publisher alone has such.

    The line's item is one that no pack has; whichever of the publisher's is meant departs alike.
    Of several publishers it is the one whose year is nearest, if that is one alone.
    """
    catalog = admission.catalog
    serves = partial(bridged, need)
    found: dict[str, Factor] = {}
    for pack in (*_others(catalog), *catalog.packs):
        for item in sorted(pack.names(need.category, "item", serves))[:1]:
            found[pack.info.publisher] = next(iter(pack.factors(need.category, None, item, serves)))
    years = {name: abs(year_distance(need, factor)) for name, factor in found.items()}
    found = {name: found[name] for name in years if years[name] == min(years.values())}
    if len(found) != 1:
        return None
    verdict = judge(next(iter(found.values())))
    return verdict if isinstance(verdict, Choice) else None


def bridging_packs(admission: Admission, need: Question, days: Span, factor: Factor) -> list[str]:
    """Publishers whose fuel properties would lead from the line's unit to a factor's.

    Worldwide properties and those of the line's place leave out the others.
    """
    catalog = admission.catalog
    found: dict[str, bool] = {}
    for pack in _others(catalog):
        props = pack.properties.get(need.fuel or "", ())
        if not props:
            continue
        wider = FactorCatalog([*catalog.packs, pack], catalog.gwp, catalog.gwp_pack)
        judge = replace(admission, catalog=wider, accept=EVERYTHING).judge
        if isinstance(judge(need, factor, days), Choice):
            away = all(prop.region not in ("", *need.regions) for prop in props)
            name = pack.info.publisher
            found[name] = away and found.get(name, True)
    at_home = [name for name in found if not found[name]]
    return sorted(at_home or found)


def _others(catalog: FactorCatalog) -> list[Pack]:
    """The bundled packs that the file does not name, without those replaced."""
    packs = [
        library(pack_id)
        for pack_id, folder in bundled_packs().items()
        if folder.parent.name not in _NO_FACTORS
    ]
    gone = {*replaced([pack.info for pack in packs]), *(pack.info.id for pack in catalog.packs)}
    return [pack for pack in packs if pack.info.id not in gone]


def _fitting(
    admission: Admission, need: Question, days: Span, pack: Pack, any_item: bool
) -> Iterator[Rank]:
    catalog = admission.catalog
    alone = FactorCatalog([pack], catalog.gwp, catalog.gwp_pack)
    judge = replace(admission, catalog=alone, accept=EVERYTHING).judge
    for factor in _rows(pack, need, any_item):
        asked = need._replace(fuel=factor.fuel, item=factor.item) if any_item else need
        if asked.spent is not None:  # it becomes the factor's money by rates of other packs
            asked = asked._replace(unit=factor.per, spent=None)
        verdict = judge(asked, factor, days) if here(asked, factor) else None
        if isinstance(verdict, Choice):
            yield rank(asked, verdict)
            if any_item:  # one item is enough to offer the pack
                return


def _rows(pack: Pack, need: Question, any_item: bool) -> Iterator[Factor]:
    serves = partial(bridged, need)
    items = sorted(pack.names(need.category, "item", serves)) if any_item else [need.item]
    for item in items:
        yield from pack.factors(need.category, need.fuel, item, serves)
