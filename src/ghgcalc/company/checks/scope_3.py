"""Checks of `scope_3:`: what it names exists, amounts are CO2e, categories 9 to 12 go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.company.checks.names import near_hint, near_name, unknown_facility
from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.numbers import ZERO, plain
from ghgcalc.core.vocabulary.categories import SCOPE_3_BY_NUMBER
from ghgcalc.core.vocabulary.scope_3_boundaries import EXPLAINED, MINIMUM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ghgcalc.company.company import Company
    from ghgcalc.company.scope_3 import CategorySaid, Scope3
    from ghgcalc.core.text.document import KeyPath
    from ghgcalc.core.units import Quantity

_CO2E = frozenset({"kgCO2e", "kg"})


def check_scope_3(company: Company) -> list[Diagnostic]:
    """What is said of Scope 3 names what exists, and states amounts and shares that add up."""
    said = company.scope_3
    if said is None:
        return []
    entries = {category: entry for category in SCOPE_3_BY_NUMBER.values()
               if (entry := said.said(category)) is not None}  # fmt: skip
    return [
        *_facilities(company, said),
        *_losses(company, said),
        *_categories(company, said),
        *_amounts(company, said, entries),
        *_together(company, entries),
    ]


def _facilities(company: Company, said: Scope3) -> Iterator[Diagnostic]:
    of = said.fuel_and_energy_related
    path = ("scope_3", "fuel_and_energy_related", "facilities")
    for name in of.facilities if of is not None else ():
        if not company.defines("facilities", name):
            where = company.document.locate((*path, name), key=True)
            yield unknown_facility(name, company.facilities, where, "`scope_3`")


def _losses(company: Company, said: Scope3) -> Iterator[Diagnostic]:
    """Rates of losses are of places that some facility lies in."""
    of = said.fuel_and_energy_related
    places = (place for facility in company.facilities.values()
              for place in (facility.country, facility.region, facility.grid))  # fmt: skip
    known = sorted({place for place in places if place})
    listed = ", ".join(known) or "none"
    for region in of.losses if of is not None else ():
        if region not in known:
            where = ("scope_3", "fuel_and_energy_related", "losses", region)
            yield Diagnostic(
                "unknown-value",
                f"no facility lies in `{region}`, whose losses are stated",
                company.document.locate(where, key=True),
                hint=f"countries, regions and grids of the facilities: {listed}",
            )


def _categories(company: Company, said: Scope3) -> Iterator[Diagnostic]:
    """The categories of the screening are those of Scope 3."""
    known = list(SCOPE_3_BY_NUMBER.values())
    for name in said.screening.tonnes if said.screening is not None else ():
        if name not in known:
            yield Diagnostic(
                "unknown-value",
                f"`{name}` is no category of Scope 3",
                company.document.locate(("scope_3", "screening", "tonnes", name), key=True),
                hint=near_hint(name, known, f"write one of {', '.join(known)}"),
                instead=near_name(name, known),
            )


def _amounts(
    company: Company, said: Scope3, entries: Mapping[str, CategorySaid]
) -> Iterator[Diagnostic]:
    rough = said.screening.tonnes if said.screening is not None else {}
    for name, amount in rough.items():
        yield from _amount(company, ("scope_3", "screening", "tonnes", name), amount)
    for name, entry in entries.items():
        if entry.estimate is not None:
            yield from _amount(company, ("scope_3", name, "estimate"), entry.estimate)
    shares = {name: entry.estimated_share for name, entry in entries.items()
              if entry.estimated_share is not None}  # fmt: skip
    whole = sum(shares.values(), ZERO)
    if whole >= 1:
        yield Diagnostic(
            "out-of-bounds",
            f"the estimated shares left out of Scope 3 come to {plain(whole * 100)} %",
            company.document.locate(("scope_3", next(iter(shares)), "estimated_share")),
            hint="state each as its share of all required emissions of Scope 3",
        )


def _amount(company: Company, path: KeyPath, amount: Quantity) -> Iterator[Diagnostic]:
    where = company.document.locate(path)
    if amount.unit.dimension not in _CO2E:
        text = f"`{amount}` is no amount of CO2e"
        yield Diagnostic("unit-mismatch", text, where, hint="state tonnes, such as `120 tCO2e`")
    elif amount.number < 0:
        text = f"`{amount}` is below zero"
        yield Diagnostic("negative-quantity", text, where, hint="state what is emitted")


def _together(company: Company, entries: Mapping[str, CategorySaid]) -> Iterator[Diagnostic]:
    """Where the end use is unknown, the categories that need it are left out all or not at all."""
    stated = [name for name, entry in entries.items() if entry.end_use_unknown]
    of_end_use = [name for name in SCOPE_3_BY_NUMBER.values() if MINIMUM[name].end_use]
    for name in stated:
        where = company.document.locate(("scope_3", name, "end_use_unknown"))
        if name not in of_end_use:
            yield Diagnostic(
                "conflicting-keys",
                f"`{name}` does not need the end use of products",
                where,
                hint=f"remove `end_use_unknown`; it is of {_ids(of_end_use)}",
            )
    first = next((name for name in stated if name in of_end_use), None)
    others = [name for name in of_end_use if name not in stated]
    if first is not None and others:
        yield Diagnostic(
            "excluded-selectively",
            f"`{first}` is left out because the end use is unknown, and {_ids(others)} not",
            company.document.locate(("scope_3", first, "end_use_unknown")),
            hint=f"write the same of {_ids(others)}, each with `status: {EXPLAINED}` and a"
            " `justification`, or calculate all of them",
        )
    elif first is not None:
        yield from _same_days(company, {name: entries[name] for name in of_end_use})


def _ids(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _same_days(company: Company, entries: Mapping[str, CategorySaid]) -> Iterator[Diagnostic]:
    days = {name: entry.period and company.year.resolve(entry.period)
            for name, entry in entries.items()}  # fmt: skip
    first = next(iter(days))
    for name, span in days.items():
        if span != days[first]:
            yield Diagnostic(
                "excluded-selectively",
                f"`{first}` and `{name}` are left out of other days, for want of the end use",
                company.document.locate(("scope_3", name, "end_use_unknown")),
                hint="write the same `period:` for all of them, or none",
            )
            return
