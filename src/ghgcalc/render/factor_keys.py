"""The keys to type for a factor: YAML of a facility and an activity that ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.core.vocabulary.regions import GRIDS
from ghgcalc.factors.boundary import boundary_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.factors.model import Factor

_QUALIFIERS = ("fuel", "item", "technology", "vehicle", "sector")
# kinds that a line finds by itself; others are pinned, and refused where they may not serve
_ASKED_FOR = (None, "grid_average")
_ANYWHERE = "GB"  # a country for a factor of the whole world where none is asked for


def keys_yaml(factor: Factor, region: str | None = None) -> str:
    """What a company file says so that a line asks for a factor; quantity and ids are to change.

    Args:
        factor: what is asked for.
        region: where the facility stands, where the factor serves several places.
    """
    return "".join(f"{line}\n" for line in _lines(factor, region))


def serves(factor: Factor, region: str) -> bool:
    """Whether a factor is of a region, of what lies around it or in it, or of the whole world."""
    country = region.partition("-")[0]
    inside = factor.region.startswith(f"{region}-")
    return inside or factor.at((region, country))


def _lines(factor: Factor, region: str | None) -> Iterator[str]:
    yield f"factor_packs: [{factor.pack.id}]"
    yield "facilities:"
    yield f"  site: {{{', '.join(_place(factor, region or ''))}}}"
    yield "activities:"
    yield "  line:"
    yield "    facility: site"
    categories = [name for name in CATEGORIES if name in factor.categories]
    others = f"  # or {', '.join(categories[1:])}" if len(categories) > 1 else ""
    yield f"    category: {categories[0]}{others}"
    for key in _QUALIFIERS:
        value = getattr(factor, key)
        if value is not None:
            yield f"    {key}: {value}"
    basis = f" {factor.per.basis}" if factor.per.basis else ""
    unit = factor.per.text if not basis or factor.per.text.endswith(basis) else (
        factor.per.text + basis)  # fmt: skip
    counted = unit[:1].isdigit()  # per `1000 Sm3`: the number stands there
    yield f"    quantity: {unit if counted else f'1 {unit}'}"
    yield f"    period: {factor.year}" if factor.year else "    period: 2024  # any year"
    if factor.kind not in _ASKED_FOR:
        kind = str(factor.kind).replace("_", " ")
        yield f"    factor: {factor.ref}  # {kind}: never taken unpinned"
    if factor.with_ is not None:
        ref = factor.with_ if "/" in factor.with_ else f"{factor.pack.id}/{factor.with_}"
        yield f"# its other gases are those of {ref}, which are added"
    boundary = boundary_of(factor)
    if boundary not in ("", "combustion"):
        yield f"# its gases are of {boundary}"


def _place(factor: Factor, asked: str) -> Iterator[str]:
    """The keys of a facility that a factor serves: in its region, else in the one asked for."""
    region = factor.region
    if factor.members:  # a region of the publisher's own, named by a country in it
        country = asked.partition("-")[0]
        yield f"country: {country if country in factor.members else min(factor.members)}"
        return
    region = region or asked or _ANYWHERE
    country = region.partition("-")[0]
    yield f"country: {country}"
    if region != country:
        yield f"{'grid' if region in GRIDS.get(country, ()) else 'region'}: {region}"
