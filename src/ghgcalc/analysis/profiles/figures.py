"""Answers about totals, gases, methods and their sources, instruments, uncertainty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.analysis.profiles.boundaries import named
from ghgcalc.analysis.profiles.requirement import Answer, idle, lacks, met, unjudged
from ghgcalc.calculation.results.instrument_use import CriterionState
from ghgcalc.calculation.results.line import LOCATION, MARKET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.analysis.profiles.requirement import Facts
    from ghgcalc.calculation.results.line import Line

_WORDS = {LOCATION: "location-based", MARKET: "market-based"}


def totals(facts: Facts) -> Answer:
    """Totals of Scopes 1 and 2; nothing is netted, whatever the file says of credits and trades."""
    if facts.inventory is None:
        return no_totals(facts.blocked)
    beside = len(facts.company.credits)
    return met("computed; no sale, purchase or credit is deducted"
               + (f" (credits listed beside: {beside})" if beside else ""))  # fmt: skip


def no_totals(why: str) -> Answer:
    """There are no totals."""
    return lacks(why, "mend the errors that `ghgcalc check` names, or write activity data of the"
                 " period", "activities")  # fmt: skip


def scopes_apart(facts: Facts) -> Answer:
    """Each scope by itself."""
    del facts
    return met("Scope 1 and Scope 2 stand apart, Scope 3 as far as it was evaluated")


def both_methods(facts: Facts) -> Answer:
    """Scope 2 under both methods."""
    assert facts.inventory is not None
    lines = [line for line in facts.lines if line.scope == 2]
    if not lines:
        return idle("the file has no line of Scope 2")
    for method, total in facts.inventory.totals.scope_2.items():
        if total is None:
            names = [line.activity for line in lines if line.lacks == method]
            return lacks(
                f"the {_WORDS[method]} total is not known: {named(names)} states the other method"
                " alone",
                f"write the {_WORDS[method]} figure in an activity of its own with"
                f" `method: {method}`",
                "activities", names[0],
            )  # fmt: skip
    return met("location-based and market-based totals")


def criteria(facts: Facts) -> Answer:
    """Every instrument that covers consumption meets the quality criteria by a document."""
    assert facts.inventory is not None
    used = [use for use in facts.inventory.instruments if use.used]
    if not used:
        return idle("no contractual instrument covers consumption")
    for use in used:
        open_ = [item.number for item in use.answers if item.state is not CriterionState.MET]
        if open_:
            shown = ", ".join(map(str, open_))
            return lacks(
                f"criteria {shown} of `{use.id}` are assumed",
                f"write `criteria_met:` of {shown} with the document of each under"
                f" `instruments: {use.id}`",
                "instruments", use.id,
            )  # fmt: skip
    return met(f"instruments that meet their criteria: {len(used)}")


def gases(facts: Facts) -> Answer:
    """Direct emissions by gas: no line of Scope 1 is a sum of CO2e alone."""
    direct = [line for line in facts.lines if line.scope == 1]
    if not direct:
        return idle("the file has no line of Scope 1")
    whole = [line for line in direct if _without_gases(line)]
    if whole:
        return lacks(
            f"no gases are known of {named([line.activity for line in whole])}, CO2e alone",
            "write `gas_masses:`, or take a factor that prints its gases",
            "activities", whole[0].activity,
        )  # fmt: skip
    return met("CO2, CH4, N2O, HFCs, PFCs, SF6 and NF3, in tonnes and in tonnes CO2e")


def _without_gases(line: Line) -> bool:
    return any(
        part.quantity and part.plan.unspecified and not part.plan.gases
        for part in line.location_based
    )


def biogenic(facts: Facts) -> Answer:
    """Biogenic CO2 outside the scopes."""
    assert facts.inventory is not None
    some = "there is some" if facts.inventory.totals.biogenic_co2 else "there is none"
    return met(f"stands apart from the scopes; {some}")


def methods(facts: Facts) -> Answer:
    """How each line was quantified."""
    del facts
    return met("each line prints its method, its factor and why it was chosen (`ghgcalc explain`)")


def sources(facts: Facts) -> Answer:
    """Every factor and every figure of others names where it comes from."""
    bare = list(dict.fromkeys(_unsourced(facts)))
    if bare:
        what, remedy, *at = bare[0]
        more = f", and {len(bare) - 1} more" if len(bare) > 1 else ""
        return lacks(f"{what} names no source{more}", remedy, *at)
    assert facts.inventory is not None
    return met(f"factor packs named with edition and digest: {len(facts.inventory.packs)}")


def _unsourced(facts: Facts) -> Iterator[tuple[str, ...]]:
    """What names no source, what to write, and the path of its section."""
    for amount in facts.amounts:
        data = amount.data
        stated = data.emission_rate is not None or amount.reported
        if stated and not (data.citation or amount.evidence or getattr(data, "by", None)):
            key = "reported:" if amount.reported else "emission_rate:"
            yield (
                f"`{key}` of `{amount.activity}`", f"write `citation:` beside `{key}`",
                *map(str, amount.path),
            )  # fmt: skip
    for line in facts.lines:
        for part in (*line.location_based, *line.market_based):
            factor = part.plan.resolution.factor
            if factor is not None and factor.pack.own and not factor.locator:
                yield (
                    f"factor `{factor.ref}`", "write `source:` in its row of the own pack",
                    "factor_packs",
                )  # fmt: skip


def uncertainty(facts: Facts) -> Answer:
    """An uncertainty is stated for each category of Scopes 1 and 2."""
    found = {item.category: item for item in reversed(facts.amounts) if item.category}
    known = {item.category for item in facts.amounts if item.data.uncertainty is not None}
    bare = sorted(set(found) - known)
    if not found:
        return idle("the file has no line of Scopes 1 and 2")
    if bare:
        return lacks(
            f"no uncertainty is stated for {named(bare)}",
            "write `uncertainty: …%` (half of the 95 % interval) at an activity or item of each",
            *found[bare[0]].path,
        )
    return met(f"stated for {named(sorted(known))}")


def gwp(facts: Facts) -> Answer:
    """The GWP values and their source."""
    assert facts.inventory is not None
    name = facts.inventory.gwp_set
    if name == "AR6":
        return met("AR6, 100 years, the latest report of the IPCC")
    return unjudged(f"{name} is named, and is not the latest; say why in the report")
