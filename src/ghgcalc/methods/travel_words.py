"""What the packs offer for a trip: the rows that its words mean, per km of a vehicle or person."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.spelling import nearest
from ghgcalc.core.vocabulary.dimensions import DISTANCE, PASSENGERS
from ghgcalc.core.vocabulary.fuels import canonical_fuel
from ghgcalc.factors.bridges import ConversionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ghgcalc.core.units import Unit
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.factors.model import Factor
    from ghgcalc.methods.trips import Trip

VKM, PKM = "vkm", "pkm"
_BASES = {DISTANCE: VKM, PASSENGERS: PKM}
_FORCING = {"with": "with_rf", "without": "without_rf"}
_UPSTREAM = frozenset({"upstream", "t_and_d"})  # lines of their own, if their item is stated
_SHOWN = 12


class Meant(NamedTuple):
    """What a trip asks of the packs.

    Attributes:
        basis: `vkm` where its factor is per km of a vehicle, `pkm` where per km of a person.
        says: the keys of a line that ask for it.
        fuel: by its id, where factors are by fuel.
    """

    basis: str
    says: tuple[tuple[str, str], ...]
    fuel: str | None = None


def meant(catalog: FactorCatalog, category: str, name: str, trip: Trip) -> Meant:
    """What a trip asks, of the rows that all its words fit.

    Raises:
        ConversionError: `missing-factor` where none fits, `missing-key` where rows of several items
            or per several units do.
    """
    if trip.factor is not None:
        return _pinned(catalog, name, trip, trip.factor)
    rows = _rows(catalog, category, trip)
    for key, fits in _tests(trip):
        left = [row for row in rows if fits(row)]
        if not left:
            raise _none(catalog, category, name, trip, key, rows)
        rows = left
    if not rows:
        raise _none(catalog, category, name, trip, "item", rows)
    item = _one(name, "item", {row.item for row in rows})
    basis = _one(name, "unit_basis", {_BASES[row.per.dimension] for row in rows})
    fuel = next((row.fuel for row in rows if row.fuel is not None and trip.fuel), None)
    says: dict[str, str | None] = {"item": item, "fuel": fuel}
    says["vehicle"] = rows[0].vehicle if trip.vehicle or trip.haul else None
    says["technology"] = _technology(name, trip, rows)
    return Meant(basis or PKM, tuple((k, v) for k, v in says.items() if v is not None), fuel)


def _pinned(catalog: FactorCatalog, name: str, trip: Trip, ref: str) -> Meant:
    """A pin says all; words beside it are those that its row must have."""
    row = catalog.pinned(ref)
    if row is None or row.per.dimension not in _BASES:
        per = "is in no pack of `factor_packs:`" if row is None else f"is per {row.per}"
        raise ConversionError(
            "missing-factor", f"trip `{name}`: `{ref}` {per}", "pin a factor per km or pkm"
        )
    for key, fits in _tests(trip):
        if not fits(row):
            raise ConversionError(
                "conflicting-keys",
                f"trip `{name}`: `{key}` is not that of `{ref}`",
                f"remove `{key}`",
            )
    if trip.item is not None and trip.item != row.item:
        raise ConversionError(
            "conflicting-keys", f"trip `{name}`: `item` is not that of `{ref}`", "remove `item`"
        )
    says = {"factor": ref, "item": row.item, "vehicle": row.vehicle, "technology": row.technology,
            "fuel": row.fuel}  # fmt: skip
    stated = tuple((key, value) for key, value in says.items() if value is not None)
    return Meant(_BASES[row.per.dimension], stated, row.fuel)


def _rows(catalog: FactorCatalog, category: str, trip: Trip) -> list[Factor]:
    """The rows per km of the trip's item and fuel; of every item where it names none."""
    fuel = canonical_fuel(trip.fuel)
    key = (category, trip.item, fuel)
    if key not in catalog.looked_over:
        catalog.looked_over[key] = _all_rows(catalog, category, trip.item, fuel)
    return catalog.looked_over[key]


def _all_rows(
    catalog: FactorCatalog, category: str, item: str | None, fuel: str | None
) -> list[Factor]:
    items = [item] if item else [None, *catalog.names(category, "item", _per_distance)]
    return [
        row
        for each in items
        for burnt in dict.fromkeys((None, fuel))
        for row in catalog.candidates(category, burnt, each, _per_distance)
        if item or row.lifecycle not in _UPSTREAM
    ]


def _per_distance(unit: Unit) -> bool:
    return unit.dimension in _BASES


def _tests(trip: Trip) -> list[tuple[str, Callable[[Factor], bool]]]:
    """What each stated word asks of a row, the word first that says most."""
    found: list[tuple[str, Callable[[Factor], bool]]] = []
    vehicle, haul, technology, class_ = trip.vehicle, trip.haul, trip.technology, trip.class_
    if vehicle is not None:
        found.append(("vehicle", lambda row: row.vehicle == vehicle))
    if haul is not None:
        found.append(("haul", lambda row: row.vehicle in {haul, f"{haul}_haul"}))
    if trip.fuel is not None:
        burnt = {trip.fuel, canonical_fuel(trip.fuel)}
        found.append(("fuel", lambda row: not burnt.isdisjoint({row.fuel or row.technology})))
    if technology is not None:
        found.append(("technology", lambda row: row.technology == technology))
    if class_ is not None:
        classes = {class_, f"{class_}_class"}
        found.append(("class", lambda row: _parts(row)[0] in classes))
    if trip.radiative_forcing is not None:
        forcing = _FORCING[trip.radiative_forcing]
        found.append(("radiative_forcing", lambda row: _parts(row)[-1] == forcing))
    if trip.unit_basis is not None:
        basis = trip.unit_basis
        found.append(("unit_basis", lambda row: _BASES[row.per.dimension] == basis))
    return found


def _parts(row: Factor) -> list[str]:
    """The words of a technology: the class of a seat, and whether radiative forcing is in."""
    return (row.technology or "").split(".")


def _technology(name: str, trip: Trip, rows: list[Factor]) -> str | None:
    """The technology that class and radiative forcing, a fuel or the trip itself mean."""
    if trip.technology is not None:
        return trip.technology
    words = {row.technology for row in rows}
    if trip.fuel is not None and all(row.fuel is None for row in rows):
        return rows[0].technology
    if trip.class_ is None and trip.radiative_forcing is None:
        return None
    forced = {_parts(row)[-1] for row in rows} & set(_FORCING.values())
    if trip.radiative_forcing is None and len(forced) > 1:
        raise ConversionError(
            "missing-key",
            f"trip `{name}` does not say whether radiative forcing is in its factor",
            "state `radiative_forcing: with` or `radiative_forcing: without`",
        )
    if len(words) > 1:
        classes = _told(_parts(row)[0] for row in rows)
        raise ConversionError(
            "missing-key",
            f"trip `{name}` does not say in which class",
            f"state `class:` ({classes})",
        )
    return rows[0].technology


def _one(name: str, key: str, found: set[str | None]) -> str | None:
    """The one value that all rows have; asked for where there are several."""
    if len(found) > 1:
        raise ConversionError(
            "missing-key",
            f"factors of several kinds fit trip `{name}`",
            f"state `{key}:` ({_told(found)})",
        )
    return next(iter(found))


def _told(words: Iterable[str | None]) -> str:
    named = sorted({word for word in words if word})
    return ", ".join(named[:_SHOWN]) + (" …" if len(named) > _SHOWN else "")


def _none(
    catalog: FactorCatalog, category: str, name: str, trip: Trip, key: str, rows: list[Factor]
) -> ConversionError:
    """Why no row fits: the first word that none of those left has, and what they have."""
    word = str(getattr(trip, "class_" if key == "class" else key) or "")
    column = {"haul": "vehicle", "fuel": "technology", "class": "technology"}.get(key, key)
    if rows and key not in ("unit_basis", "radiative_forcing"):
        words = [getattr(row, column) for row in rows]
        if key == "class":
            words = [_parts(row)[0] for row in rows]
        on_offer = sorted({each for each in words if each})
    else:
        on_offer = catalog.names(category, "item", _per_distance) if not rows else []
    text = f"trip `{name}`: no factor of {category.replace('_', ' ')} per km or pkm"
    text += f" has `{key}: {word}`" if word else ""
    near = nearest(word, on_offer)
    items = catalog.names(category, "item", _per_distance)
    if near:
        hint = f"did you mean `{near}`?"
    elif key == "vehicle" and word in items:
        hint = f"write `item: {word}`"
    elif on_offer:
        hint = f"state one of {_told(on_offer)}"
    elif rows:
        hint = f"remove `{key}`: no factor that fits differs in it"
    else:
        hint = "add a pack with such factors to `factor_packs:`"
    return ConversionError("missing-factor", text, hint)
