"""Accepted gaps: what rests on each `accept:` entry in force, its share and its effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import LOCATION, MARKET, Line, lines_of
from ghgcalc.core.numbers import ZERO, grouped, signed
from ghgcalc.core.units import parse_unit, ratio
from ghgcalc.inventory.inventory import AcceptedGap, GapShare

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from ghgcalc.calculation.results.plan import Part, UsedGap
    from ghgcalc.calculation.results.totals import Totals
    from ghgcalc.calculation.scope_2.market_based import Disclosure
    from ghgcalc.company.company import Company


def gaps_of(lines: list[Line]) -> dict[int, dict[str, list[tuple[Line, UsedGap]]]]:
    """Accepted gaps in use, by entry and line id."""
    found: dict[int, dict[str, list[tuple[Line, UsedGap]]]] = {}
    for line in lines:
        seen: set[UsedGap] = set()
        for part in (*line.location_based, *line.market_based):
            for gap in part.plan.resolution.gaps:
                if gap not in seen:
                    seen.add(gap)
                    found.setdefault(gap.entry, {}).setdefault(line.id, []).append((line, gap))
    return found


def accepted(
    company: Company,
    lines: list[Line],
    totals: Totals,
    disclosures: list[Disclosure],
) -> list[AcceptedGap]:
    """Each `accept:` entry in force with its share of the total and its effect."""
    result: list[AcceptedGap] = []
    used = gaps_of(lines)
    if used:
        used = gaps_of(lines_of(lines))  # what is accepted is said of each line
    for entry, by_line in sorted(used.items()):
        model = company.accept[entry]
        pairs = [pair for group in by_line.values() for pair in group]
        touched = {line.id: line for line, _ in pairs}
        details = tuple(sorted({gap.detail for _, gap in pairs}))
        result.append(
            AcceptedGap(
                entry,
                model.gap,
                model.reason,
                company.document.locate(("accept", entry)),
                details,
                tuple(sorted(touched)),
                _shares(entry, list(touched.values()), totals),
                _effect(entry, model.gap, touched, disclosures, totals),
                tuple(sorted(_categories(touched.values()))),
                any(line.scope == 2 for line in touched.values()),
            )
        )
    return result


def _categories(lines: Iterable[Line]) -> set[str]:
    """The categories as written; what is derived of a line is no second one."""
    return {line.source_category for line in lines if line.derived_from is None}


def _shares(entry: int, lines: list[Line], totals: Totals) -> tuple[GapShare, ...]:
    """Tonnes that rest on an entry, of each method that speaks of it, and of the same total.

    Power under a contract may rest on an entry in the location-based figure alone.
    """
    found: dict[str, GapShare] = {}
    whole: dict[str, bool] = {}
    for method in (LOCATION, MARKET):
        parts = [_resting(line, entry, method) for line in lines]
        amount = sum((part.co2e for some in parts for part in some), ZERO)
        total = totals.all_scopes(method)
        found[method] = GapShare(method, amount, amount / total if total else None)
        whole[method] = all(parts)
        if not any(parts):
            del found[method]
    if whole[MARKET]:
        return (found[MARKET],)
    return tuple(found.values())


def _resting(line: Line, entry: int, method: str) -> list[Part]:
    """The parts of a line that rest on an entry."""
    return [
        part
        for part in line.parts(method)
        if any(gap.entry == entry for gap in part.plan.resolution.gaps)
    ]


def _effect(
    entry: int, gap: str, lines: dict[str, Line], disclosures: list[Disclosure], totals: Totals
) -> str:
    if gap == "residual_mix_not_used":
        change = sum(
            (d.effects.get((entry, name), ZERO) for d in disclosures for name in lines), ZERO
        )
        scope_2 = totals.scope_2[MARKET]
        if scope_2 is None:
            return f"with the residual mix {grouped(change)} tCO2e more, market-based"
        return (
            f"with the residual mix Scope 2 market-based is {grouped(scope_2 + change)} tCO2e"
            f" instead of {grouped(scope_2)}"
        )
    if gap == "criteria_assumed":
        return _assumed(entry, lines)
    if gap == "stated_rate":
        return _stated_rate(entry, lines)
    compared = sorted({text for line in lines.values() for text in _compared(line)})
    return "; ".join(compared)


def _stated_rate(entry: int, lines: dict[str, Line]) -> str:
    """Location-based tonnes by the stated rate and by the factor it stands in the place of."""
    ours = theirs = ZERO
    known = False
    for line in lines.values():
        for part in line.location_based:
            for gap in part.plan.resolution.gaps:
                if gap.entry == entry and gap.instead is not None:
                    known = True
                    ours += part.co2e
                    theirs += part.quantity * gap.instead / 1000
    if not known:
        return ""
    return (
        f"location-based {grouped(ours, 3)} tCO2e, with the published factor"
        f" {grouped(theirs, 3)} tCO2e"
    )


def _assumed(entry: int, lines: dict[str, Line]) -> str:
    """MWh that count on assumed criteria, and their distance from the location-based figure."""
    mwh = tonnes = ZERO
    for line in lines.values():
        located = line.location_based[0].plan if line.location_based else None
        for part in line.market_based:
            if located is None or all(g.entry != entry for g in part.plan.resolution.gaps):
                continue
            mwh += part.quantity
            per_mwh = located.total * ratio(parse_unit("MWh"), line.unit)
            tonnes += part.quantity * per_mwh / 1000 - part.co2e
    return f"{grouped(mwh)} MWh; at the location-based factor {grouped(tonnes)} tCO2e more"


def _compared(line: Line) -> list[str]:
    """An own factor beside the published one it displaces: `+17.3 % against pack/id`."""
    found: list[str] = []
    for part in line.location_based:
        resolution = part.plan.resolution
        own, other = resolution.factor, resolution.alternative
        if own is None or other is None:
            continue
        ours, theirs = _per_unit(own.gases), _per_unit(other.gases)
        if ours is None or not theirs or own.per.dimension != other.per.dimension:
            continue
        change = (ours / own.per.size) / (theirs / other.per.size) - 1
        shown = signed(change * 100, 1).replace("-", "−") if change else "+0.0"
        found.append(f"{own.ref} is {shown} % against {other.ref}")
    return found


def _per_unit(gases: object) -> Fraction | None:
    """Kg CO2 or CO2e per unit where one value carries the factor."""
    from ghgcalc.factors.model import GasValue

    assert isinstance(gases, dict)
    value = gases.get("CO2e") or gases.get("CO2")
    if not isinstance(value, GasValue):
        return None
    return value.amount.value * ratio(value.amount.unit, parse_unit("kg"))
