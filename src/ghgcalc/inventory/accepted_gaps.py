"""From priced pieces to the inventory: selection, accepted gaps, expectations, notes."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import (
    LOCATION,
    MARKET,
    ZERO,
    Line,
    UsedGap,
    lines_of,
    times,
    total_of,
)
from ghgcalc.calculation.results.plan_sums import PlanSums
from ghgcalc.calculation.scope_2.statements import SECOND_LINE, unstated, words_of
from ghgcalc.company.figure_names import parse_figure
from ghgcalc.company.organization import ALL
from ghgcalc.core.gases import common_name
from ghgcalc.core.numbers import grouped, signed, significant
from ghgcalc.core.units import Unit, parse_unit, ratio
from ghgcalc.factors.catalogue import BLENDS_PACK, open_bundled
from ghgcalc.inventory.inventory import (
    AcceptedGap,
    ExpectationResult,
    GapShare,
    PackUse,
    Totals,
    totals_of,
)

if TYPE_CHECKING:
    from ghgcalc.calculation.results.line import Part
    from ghgcalc.calculation.scope_2.market_based import Disclosure
    from ghgcalc.company.company import Company
    from ghgcalc.core.period import Span
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.factors.model import PackInfo


def in_boundary(company: Company, line: Line, boundary: str | None) -> bool:
    """Whether a line belongs to a boundary on its first day; without one, every line does."""
    if boundary is None:
        return True
    members = company.boundaries[boundary].members_on(line.span.first)
    return members == ALL or (line.facility is not None and line.facility in members)


def select(company: Company, lines: list[Line], boundary: str | None) -> list[Line]:
    """The lines of a boundary; selection never changes a line (DESIGN §2)."""
    return [line for line in lines if in_boundary(company, line, boundary)]


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
                tuple(sorted({line.source_category for line in touched.values()})),
                any(line.scope == 2 for line in touched.values()),
            )
        )
    return result


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


def figure_value(
    company: Company, lines: list[Line], figure: str, year: int, boundary: str | None = None
) -> tuple[Fraction | None, Unit]:
    """The computed value of a figure over selected lines, in tonnes or tonnes per metric unit."""
    parsed = parse_figure(figure, company.metrics)
    tonne = parse_unit("tCO2e")
    totals = totals_of(lines)
    method = parsed.method or LOCATION
    if parsed.metric is not None:
        metric = company.metrics[parsed.metric]
        value = metric.values.get(str(year))
        if value is None or value <= 0 or metric.boundary not in (None, boundary):
            return None, tonne
        unit = parse_unit(f"tCO2e/{metric.unit.text}")
        return times(totals.scope_1_2(method), 1 / Fraction(value)), unit
    if parsed.total == "scope_2":
        return totals.scope_2[method], tonne
    if parsed.total == "scope_1_2":
        return totals.scope_1_2(method), tonne
    if parsed.total == "all_scopes":
        return totals.all_scopes(method), tonne
    if parsed.total in ("scope_1", "scope_3", "biogenic_co2"):
        return getattr(totals, parsed.total), tonne
    chosen = [line for line in lines if line.category == parsed.total]
    return total_of(chosen, method), tonne


def not_stated(company: Company, lines: list[Line], figure: str) -> str:
    """Why a figure of Scope 2 is not known: who states the other method alone; else empty."""
    parsed = parse_figure(figure, company.metrics)
    if parsed.total in ("scope_1", "scope_3", "biogenic_co2"):
        return ""
    whole = parsed.total in ("scope_2", "scope_1_2", "all_scopes")
    held = [
        line for line in lines
        if line.lacks == (parsed.method or LOCATION) and (whole or line.category == parsed.total)
    ]  # fmt: skip
    return words_of(unstated(held))


def expectations(
    company: Company, lines: list[Line], period: Span, boundary: str | None, missing: str = ""
) -> list[ExpectationResult]:
    """Expectations of the asked period; of all boundaries where none is asked.

    `missing` says why no figure of the period can be computed: then none holds.
    """
    results: list[ExpectationResult] = []
    for index, item in company.expect.items():
        if company.year.resolve(item.period) != period:
            continue
        if boundary is not None and item.boundary != boundary:
            continue
        if item.boundary is not None and item.boundary not in company.boundaries:
            continue
        chosen = select(company, lines, item.boundary)
        actual, unit = figure_value(
            company, chosen, item.figure, company.year.name_of(period.last), item.boundary
        )
        why = "" if actual is not None else not_stated(company, chosen, item.figure)
        where = company.document.locate(("expect", index, "value"))
        scale = _scale(item.value.unit, unit)
        within = _scale(item.within.unit, unit)
        results.append(
            ExpectationResult(
                index,
                item.figure,
                str(item.period),
                item.boundary,
                item.value.value * scale,
                item.within.value * within,
                None if missing else actual,
                unit.text,
                where,
                item.citation or "",
                missing or why,
                SECOND_LINE if why and not missing else "",
            )
        )
    return results


def _scale(source: Unit, target: Unit) -> Fraction:
    """Tonnes may be written `t` or `tCO2e`: both mean the figure's own unit."""
    if source.dimension == target.dimension:
        return ratio(source, target)
    mass = target.text.replace("tCO2e", "t")
    return ratio(source, parse_unit(mass))


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
    if catalog.blends_used and (blends := open_bundled(BLENDS_PACK)) is not None:
        packs.append(blends)
        used.add(BLENDS_PACK)
    found = [_use_of(pack.info) for pack in packs if pack.info.id in used]
    return sorted({*found, *locked}, key=lambda use: (use.id, use.version, use.sha256))


def _use_of(info: PackInfo) -> PackUse:
    header = info.header
    return PackUse(
        header.pack, header.version, header.title, info.sha256, header.licence or "",
        header.evidence.label, info.own,
    )  # fmt: skip


def partial_notes(lines: list[Line], totals: Totals) -> list[str]:
    """CO2-only factors say so, with their share of the total (R30)."""
    sums: PlanSums[tuple[str, str]] = PlanSums()
    for line in lines:
        for part in line.location_based:
            if part.plan.partial and part.plan.resolution.factor is not None:
                sums.add((part.plan.resolution.factor.pack.id, part.plan.partial), (part,))
    missing = sums.tonnes()
    whole = totals.all_scopes(LOCATION)
    return [
        f"{_speaker(pack)} no {gases}: {grouped(amount)} tCO2e"
        f"{_of_total(amount, whole)} rest on"
        " factors without them (R30)"
        for (pack, gases), amount in sorted(missing.items())
    ]


def _of_total(amount: Fraction, whole: Fraction | None) -> str:
    """The share of a total, where it is known."""
    if whole is None:
        return ""
    return f" ({significant(amount / whole * 100, 3) if whole else '0'} % of the total)"


def _speaker(pack: str) -> str:
    return "rates stated in the file give" if pack == "stated" else f"{pack} publishes"


def outside_gases(lines: list[Line]) -> list[str]:
    """Gases outside the seven, listed apart in kilograms."""
    kg: dict[str, Fraction] = {}
    co2e: dict[str, Fraction | None] = {}
    for line in lines:
        for part in line.location_based:
            for rate in part.plan.outside:
                kg[rate.gas] = kg.get(rate.gas, ZERO) + rate.kg * part.quantity
                co2e[rate.gas] = rate.gwp
    notes = []
    for gas in sorted(kg):
        gwp = co2e[gas]
        weighed = (
            "no GWP in this set" if gwp is None else (f"{grouped(kg[gas] * gwp / 1000, 3)} tCO2e")
        )
        notes.append(
            f"{common_name(gas)} {significant(kg[gas])} kg ({weighed}): outside the seven gases,"
            " not in any total"
        )
    return notes
