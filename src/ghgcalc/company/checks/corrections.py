"""Checks of lines that correct another one: they speak of it, and leave no less than nothing.

A correction is priced as a line of its own. It takes away what the corrected line gave only where
everything that prices both is the same, and in the reporting years that the corrected line has.
Source: `GHG-08` no negatives.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.company.activity import AMOUNT_KEYS
from ghgcalc.company.checks.names import near_hint
from ghgcalc.company.holding import changes_of
from ghgcalc.core.diagnostics import Diagnostic, Related
from ghgcalc.core.numbers import plain
from ghgcalc.core.period import split_at
from ghgcalc.core.units import UnitError, ratio

if TYPE_CHECKING:
    from ghgcalc.company.activity import Activity
    from ghgcalc.company.company import Company
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.period import Span
    from ghgcalc.core.units import Quantity

# what a line is of, and all that decides its rate or turns its amount into another
SAME = (
    "facility", "category", "fuel", "item", "gas", "scope", "method", "sector", "technology",
    "vehicle", "supplier", "attributes", "co2_counted_in", "factor", "factor_year",
    "emission_rate", "gwp_set", "gas_state", "fuel_properties", "billed_as", "steam_state", "cop",
    "losses", "chp", "parts", "parts_by", "uses", "trips", "telework", "occupancy",
)  # fmt: skip
# forms of an amount that a correction may take from; a balance is corrected in its own terms
FORMS = frozenset({"quantity", "gas_masses", "reported"})
_DATED = "date the correction as the line that it corrects, or correct the quantity"


def check_corrections(company: Company) -> list[Diagnostic]:
    """Each correction is of an ordinary line like itself, and no net of one is below zero.

    Diagnosed: `unknown-line`, `conflicting-keys`, `unit-mismatch`, `basis-mismatch`, and
    `negative-quantity` where the net in the days of a reporting year is below zero.
    """
    found: list[Diagnostic] = []
    sound: dict[str, list[str]] = {}
    for name, activity in company.activities.items():
        if activity.corrects is None:
            continue
        other = activity.corrects
        if other not in company.activities and company.defines("activities", other):
            company.faulty.add(name)  # the line has faults of its own
            continue
        faults = _named(company, name, activity) or _alike(company, name, activity)
        found.extend(faults)
        if faults:
            company.faulty.add(name)
        else:
            sound.setdefault(activity.corrects, []).append(name)
    for target, names in sound.items():
        found.extend(_net(company, target, names))
    return found


def _named(company: Company, name: str, activity: Activity) -> list[Diagnostic]:
    """The corrected line is an ordinary line of the file."""
    where = company.document.locate(("activities", name, "corrects"))
    other = activity.corrects or ""
    target = company.activities.get(other)
    if target is None:
        message = f"`{name}` corrects `{other}`, which is not defined"
        hint = near_hint(other, company.activities, "name the id of an activity")
        return [Diagnostic("unknown-line", message, where, hint=hint)]
    if other == name or target.corrects is not None:
        message = f"`{name}` must correct an ordinary line"
        hint = "name the line that the correction belongs to"
        return [Diagnostic("conflicting-keys", message, where, hint=hint)]
    return []


def _alike(company: Company, name: str, activity: Activity) -> list[Diagnostic]:
    """The correction is of the same thing, priced by the same rate, in the same kind of unit."""
    document = company.document
    other = activity.corrects or ""
    target = company.activities[other]
    keys = [key for key in SAME if getattr(activity, key) != getattr(target, key)]
    if _form(activity) != _form(target):
        keys.append(_form(target))
    where = document.locate(("activities", name, "corrects"))
    if keys:
        related = (Related(document.locate(("activities", other), key=True), "the corrected line"),)
        shown = " and ".join(f"`{key}`" for key in keys)
        message = f"`{name}` corrects `{other}` but differs from it in {shown}"
        hint = "state there what the corrected line states, and nothing where it states nothing"
        return [Diagnostic("conflicting-keys", message, where, related=related, hint=hint)]
    if _form(activity) not in FORMS:
        message = f"`{name}` corrects `{other}`, whose amount is a `{_form(target)}`"
        hint = f"correct the terms of the `{_form(target)}` themselves, and remove this line"
        return [Diagnostic("conflicting-keys", message, where, hint=hint)]
    return _units(name, activity, target, where)


def _units(name: str, activity: Activity, target: Activity, where: Location) -> list[Diagnostic]:
    """Both amounts are of one kind, on one basis; a gas that the line has not is none of it."""
    held = _amounts(target)
    for kind, amount in _amounts(activity).items():
        unit = held[kind].unit if kind in held else amount.unit
        try:
            ratio(amount.unit, unit)
        except UnitError as error:
            return [Diagnostic(error.code, error.message, where, hint=error.hint)]
        if amount.unit.basis != unit.basis:
            message = f"`{name}` is stated in {amount.unit}, `{activity.corrects}` in {unit}"
            hint = (
                "state both on the basis of the bills; one number, net and gross, is two energies"
            )
            return [Diagnostic("basis-mismatch", message, where, hint=hint)]
    return []


def _form(activity: Activity) -> str:
    """The key that states the amount."""
    return next(key for key in AMOUNT_KEYS if getattr(activity, key) is not None)


def _amounts(activity: Activity) -> dict[str, Quantity]:
    """What a line states: under "", or by gas."""
    if activity.gas_masses is not None:
        return dict(activity.gas_masses)
    amount = activity.quantity if activity.quantity is not None else activity.reported
    return {} if amount is None else {"": amount}


def _net(company: Company, target: str, names: list[str]) -> list[Diagnostic]:
    """The finding of the first days in which corrections take more than the line holds."""
    lines = {name: company.activities[name] for name in (target, *names)}
    spans = {name: company.span_of(line.period) for name, line in lines.items()}
    for part in _parts(company, lines[target], list(spans.values())):
        sums: dict[str, Fraction] = {}
        for name, span in spans.items():
            common = part.overlap(span)
            share = Fraction(common.days, span.days) if common is not None else Fraction(0)
            for kind, amount in _amounts(lines[name]).items():
                size = amount.value * amount.unit.size
                sums[kind] = sums.get(kind, Fraction(0)) + size * share
        below = [kind for kind, net in sorted(sums.items()) if net < 0]
        if below:
            company.faulty.update(names)
            takers = [name for name in names if spans[name].overlap(part) is not None]
            return [_below(company, target, takers, part, below[0], sums[below[0]])]
    return []


def _below(
    company: Company, target: str, takers: list[str], part: Span, kind: str, net: Fraction
) -> Diagnostic:
    """`negative-quantity`, at the last correction that touches the days."""
    unit = _amounts(company.activities[takers[-1]]).get(kind)
    amount = f"{plain(net / unit.unit.size, 6)} {unit.unit}" if unit is not None else "below zero"
    shown = " and ".join(f"`{name}`" for name in takers)
    verb = "takes" if len(takers) == 1 else "take"
    of = f" of {kind}" if kind else ""
    place = company.document.locate(("activities", target), key=True)
    return Diagnostic(
        "negative-quantity",
        f"{shown} {verb} more from `{target}` than it holds in {part}: net {amount}{of}",
        company.document.locate(("activities", takers[-1], "corrects")),
        related=(Related(place, "the corrected line"),),
        hint=_DATED,
        days=(part.first, part.last),
    )


def _parts(company: Company, held: Activity, spans: list[Span]) -> list[Span]:
    """The days of all lines, cut where a reporting year starts or the holding changes."""
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    years = range(company.year.name_of(first), company.year.name_of(last) + 1)
    cuts = {company.year.span(year).first for year in years}
    whole = spans[0]._replace(first=first, last=last)
    return split_at(whole, cuts | changes_of(company.facilities, held.facility or ""))
