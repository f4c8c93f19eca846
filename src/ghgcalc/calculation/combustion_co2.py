"""A fossil fuel burnt counts its CO2: by its factor, by a complement, or in a line named for it.

Some publishers print CH4 and N2O by the mile and CO2 by the gallon (EPA hub, tables 2 to 4). A line
of the first alone would hold a two-hundredth of what the vehicle emits.
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ghgcalc.calculation.resolve.candidates import TRAVEL, own_vehicle
from ghgcalc.calculation.results.plan import Part
from ghgcalc.core.diagnostics import Diagnostic, Related
from ghgcalc.core.gases import UNSPECIFIED
from ghgcalc.core.vocabulary.categories import COMBUSTION
from ghgcalc.core.vocabulary.fuels import FUELS, canonical_fuel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ghgcalc.activity_data.consolidate import Portion
    from ghgcalc.calculation.plans import Plans
    from ghgcalc.calculation.results.plan import Plan
    from ghgcalc.core.period import Span
    from ghgcalc.factors.model import Factor

    Price = Callable[[Portion], Part | list[Diagnostic]]

KEY = "co2_counted_in"
_ROAD_FUELS = frozenset({"petrol", "diesel"})  # what the publishers' average vehicles burn
_DISTANCE = "km"
_CARBONLESS = frozenset({"hydrogen", "ammonia"})
_PLAIN_WORDS = frozenset({"vehicle", "and", "or"})


def gives_co2(plan: Plan, fuel: str | None) -> bool:
    """Whether the printed values of a plan hold CO2; biogenic CO2 is that of biomass alone."""
    factor = plan.resolution.factor
    if factor is None:
        return True
    printed = set(factor.gases)
    if plan.complement is not None:
        printed |= set(plan.complement.gases)
    known = FUELS.get(canonical_fuel(fuel) or "")
    if known is not None and known.biogenic:
        return True  # its CO2 stands outside the scopes
    if known is not None and known.id not in _CARBONLESS:
        return _prints_co2(plan)  # 0 of a fuel with fossil carbon is no figure either
    return not printed.isdisjoint({"CO2", "C", UNSPECIFIED})


def judge_co2(plans: Plans, piece: Portion, plan: Plan) -> Diagnostic | None:
    """`combustion-without-co2` for a line whose CO2 is counted nowhere; None in a locked year."""
    source = piece.source
    if source.category not in COMBUSTION:
        return None
    named = source.data.co2_counted_in
    if plan.gases and plan.gases[0].gas == "CO2" and plan.gases[0].kg and not named:
        return None  # nearly every line
    if gives_co2(plan, source.fuel):
        return _twice(plans, piece, plan) if named and _prints_co2(plan) else None
    if named:
        return None  # `judge_named` sees to it
    days = plans.company.year.span(piece.year)
    if plans.resolver.lock is not None and days in plans.resolver.lock:
        return None
    factor = plan.resolution.factor
    assert factor is not None
    gases = " and ".join(sorted({*factor.gases} - {"CO2"}))
    gives = f"{gases} and no CO2" if gases else "0 CO2"
    found = plans.finding(
        piece,
        "combustion-without-co2",
        f"`{factor.ref}` gives {gives}, nearly all of what {source.fuel or 'a fuel'} emits",
        _hint(plans, piece, factor),
        "fuel" if source.fuel else "category",
    )
    related = (Related(factor.location, factor.ref),) if factor.location else ()
    others = [row.ref for row in _averages(plans, piece, factor)]
    notes = (f"per distance with CO2, for average vehicles: {', '.join(others)}",) if others else ()
    return replace(found, related=related, notes=notes)


def _prints_co2(plan: Plan) -> bool:
    return any(rate.gas == "CO2" and rate.kg for rate in plan.gases) or bool(plan.unspecified)


def _twice(plans: Plans, piece: Portion, plan: Plan) -> Diagnostic:
    factor = plan.resolution.factor
    ref = factor.ref if factor is not None else "the rate"
    return plans.finding(
        piece,
        "conflicting-keys",
        f"`{KEY}` says that the CO2 is counted elsewhere, and `{ref}` gives it too",
        f"remove `{KEY}`, or pin a factor of the other gases alone",
        KEY,
    )


def _hint(plans: Plans, piece: Portion, factor: Factor) -> str:
    own = (
        "enter the fuel burnt as a line whose factor gives CO2, and name it here:"
        f" `{KEY}: <id of that line>`"
    )
    words = _words(piece.source.data.vehicle or "")
    rows = _averages(plans, piece, factor)
    fitting = [row for row in rows if words and words <= _words(row.name)]
    if not fitting:
        return own
    unit = fitting[0].per.text
    return f"pin `factor: {fitting[0].ref}`, an average vehicle per {unit} with its CO2; or {own}"


def _words(text: str) -> set[str]:
    """Words without the plural: `passenger_cars` and `Passenger Car` are the same."""
    words = {word.removesuffix("s") for word in re.findall(r"[a-z]+", text.lower())}
    return words - _PLAIN_WORDS


def _averages(plans: Plans, piece: Portion, factor: Factor) -> list[Factor]:
    """Rows of the factor's own pack for average vehicles, per distance and with CO2."""
    source = piece.source
    road = source.fuel in _ROAD_FUELS and source.category == "mobile_combustion"
    if not road or source.unit.dimension != _DISTANCE:
        return []
    pack = next((p for p in plans.catalog.packs if p.info.id == factor.pack.id), None)
    if pack is None:
        return []
    rows = {
        row.ref: row
        for category in TRAVEL
        for item in (None, *sorted(pack.names(category, "item")))
        for row in pack.factors(category, None, item)
        if own_vehicle("mobile_combustion", row) and row.region == factor.region
    }
    return list(rows.values())


# ---- lines that name where their CO2 is counted --------------------------------------------------


def judge_named(
    plans: Plans, pieces: Iterable[Portion], price: Price, kept_out: Callable[[Span], bool]
) -> list[Diagnostic]:
    """Every `co2_counted_in` names lines of its fuel, facility and year that give CO2 alone.

    None is called missing in years of which errors keep activity data out.
    """
    pieces = list(pieces)
    asking = [piece for piece in pieces if piece.source.data.co2_counted_in]
    if not asking:
        return []
    held: dict[tuple[str, str | None, int, str | None], list[Portion]] = {}
    for piece in pieces:
        if piece.source.category in COMBUSTION and not piece.source.data.co2_counted_in:
            for name in names_of(piece):
                held.setdefault((name, *_place(piece)), []).append(piece)
    names = {name for name, *_ in held}
    found: list[Diagnostic] = []
    for piece in asking:
        for name in piece.source.data.co2_counted_in:
            lines = [one for one in held.get((name, *_place(piece)), []) if one.quantity]
            absent = not lines and not kept_out(plans.company.year.span(piece.year))
            problem = _absent(plans, piece, name, names) if absent else None
            found.extend([problem] if problem else _more(plans, piece, name, lines, price))
    return found


def names_of(piece: Portion) -> tuple[str, ...]:
    """What `co2_counted_in` calls a line: its activity, those of its sum, or `table/item`."""
    source = piece.source
    if source.table:
        return (f"{source.table}/{source.path[-1]}",)
    return (source.activity, *source.others)


def _place(piece: Portion) -> tuple[str | None, int, str | None]:
    return piece.source.facility, piece.year, canonical_fuel(piece.source.fuel)


def _absent(plans: Plans, piece: Portion, name: str, names: set[str]) -> Diagnostic:
    source = piece.source
    near = get_close_matches(name, sorted(names), n=1, cutoff=0.6)
    hint = (
        f"write `{KEY}: {near[0]}`"
        if near and near[0] != name
        else "name the activity, or `table/item`, that holds its fuel of the same year"
    )
    return plans.finding(
        piece,
        "combustion-without-co2",
        f"its CO2 is to be counted in `{name}`, which has no {source.fuel or 'fuel'} of"
        f" {source.facility} in {piece.year}",
        hint,
        KEY,
    )


def _more(
    plans: Plans, piece: Portion, name: str, lines: list[Portion], price: Price
) -> list[Diagnostic]:
    """What the named lines give beside CO2 would be counted twice."""
    for line in lines:
        part = price(line)
        if not isinstance(part, Part):
            continue  # said at that line
        own = {rate.gas.partition("_")[0] for rate in part.plan.gases if rate.kg}
        twice = sorted(own & {"CH4", "N2O"}) or (["CO2e"] if part.plan.unspecified else [])
        if twice:
            text = f"{' and '.join(twice)} would count twice: `{name}` gives them beside its CO2"
            hint = f"remove this line, or pin a factor of CO2 alone on `{name}`"
            return [plans.finding(piece, "conflicting-keys", text, hint, KEY)]
    return []
