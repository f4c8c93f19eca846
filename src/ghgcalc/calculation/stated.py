"""Pricing by what the company file states itself: rates, gas masses, reported totals."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.calculation.accept_hints import Departure, entries, with_entries
from ghgcalc.calculation.arithmetic import GasError, mass_plan, reported_plan
from ghgcalc.calculation.formula import product_of
from ghgcalc.calculation.plans import Failure
from ghgcalc.calculation.resolve.candidates import Refusal, Resolved, Unresolved
from ghgcalc.calculation.results.plan import Part, Plan, Resolution, UsedGap
from ghgcalc.calculation.stated_rates import GAP, judge_stated, stated_for_grid
from ghgcalc.company.gaps import GapQuestion
from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.units import UnitError
from ghgcalc.core.vocabulary.categories import ELECTRICITY
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.factors.stated import stated_factor
from ghgcalc.methods.chp import chp_factor

if TYPE_CHECKING:
    from ghgcalc.activity_data.consolidate import Portion
    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.calculation.plans import Plans
    from ghgcalc.core.units import Quantity


def stated_plan(plans: Plans, piece: Portion) -> Plan | Failure:
    """The plan of an `emission_rate:` on the line."""
    source = piece.source
    grid = stated_for_grid(piece)
    place = (source.facility, piece.year, source.activity) if grid else ()
    key = ("stated", source.path, source.unit, place, source.steps, _rates(source))
    if key in plans.plans:
        known = plans.plans[key]
        assert not isinstance(known, Unresolved)
        return known
    made = plans.plans[key] = _stated(plans, piece, grid)
    return made


def _rates(source: ElementaryActivity) -> tuple[tuple[str, Quantity], ...]:
    """The rates of an amount: a method may give those of one line several."""
    return tuple((source.data.emission_rate or {}).items())


def _stated(plans: Plans, piece: Portion, grid: bool) -> Plan | Failure:
    """The plan of a stated rate, or why there is none; `grid` is power from the grid."""
    source = piece.source
    data = source.data
    # every line of an item shares its rate, which is called after the item
    name = f"{source.table}/{source.path[-1]}" if source.table else source.activity
    own = _own_rate(plans, source)
    if own:
        name += f"/{source.at[-1]}"
    where = plans.company.document.locate(
        (*source.path, *(source.at if own else ()), "emission_rate"), key=True
    )
    try:
        chp = data.chp
        factor = (
            stated_factor(
                name,
                data.emission_rate or {},
                source.category,
                where,
                fuel=source.fuel,
                gwp_set=data.gwp_set,
                source=data.citation or "; ".join(source.evidence),
            )
            if chp is None
            else chp_factor(name, chp, source.category, where)
        )
        kind = "grid_average" if source.category in ELECTRICITY else None
        need = plans.need(piece, kind)._replace(pin=factor.ref)
    except UnitError as error:
        return (plans.finding(piece, error.code, error.message, error.hint, "emission_rate"),)
    except ConversionError as error:
        return (plans.finding(piece, error.code, error.message, error.hint, "fuel_properties"),)
    verdict = plans.resolver.admission.judge(
        need, factor, plans.company.year.span(piece.year), pinned=True
    )
    judged = judge_stated(plans, piece, factor, need) if grid else None
    if isinstance(verdict, Refusal):
        code = verdict.code or "gap-not-accepted"
        scope = {"factor": factor.ref} if source.table else plans.scope(piece)
        missing = verdict.gaps
        if isinstance(judged, Diagnostic) and judged.code == "gap-not-accepted":
            missing = (*missing, Departure(GAP))  # one round for both
        hint = with_entries(verdict.hint, missing, scope)
        return (plans.finding(piece, code, verdict.text, hint, "emission_rate"),)
    gaps = verdict.gaps
    if grid:
        if isinstance(judged, Diagnostic):
            return (judged,)
        gaps = (*gaps, judged) if judged is not None else gaps
    resolution = Resolution(factor, "stated in the company file", gaps)
    return plans.make(piece, Resolved(resolution, verdict.conversion))


def _own_rate(plans: Plans, source: ElementaryActivity) -> bool:
    """Whether a method gives the amount a rate of its own, beside which others stand."""
    if not source.at:
        return False
    company = plans.company
    line = (company.tables[source.table].items[str(source.path[-1])] if source.table
            else company.activities[source.activity])  # fmt: skip
    return source.data.emission_rate is not line.emission_rate


def masses_part(plans: Plans, piece: Portion) -> Part | list[Diagnostic]:
    """The part of a line that states gas masses."""
    source = piece.source
    assert source.masses is not None
    key = ("masses", source.mass_method, tuple(source.masses.items()), source.category,
           source.steps)  # fmt: skip
    if key not in plans.plans:
        share = product_of(source.steps)
        try:
            plans.plans[key] = mass_plan(
                {gas: kg * share for gas, kg in source.masses.items()}, plans.catalog,
                source.category, source.steps, source.unit, source.mass_method,
            )  # fmt: skip
        except GasError as error:
            plans.plans[key] = Unresolved(error.code, f"{{line}}: {error.message}", (), error.hint)
    plan = plans.plans[key]
    if isinstance(plan, Plan):
        return Part(plan, piece.quantity, source.mass_method)
    return plans.findings(piece, plan, "gas" if source.data.gas else "gas_masses")


def reported_part(plans: Plans, piece: Portion) -> Part | list[Diagnostic]:
    """The part of a line that states tonnes CO2e; what its source leaves open must be accepted."""
    source = piece.source
    data = source.data
    days = plans.company.year.span(piece.year)
    asked = GapQuestion(
        days,
        source.category,
        (),
        source.facility or "",
        "",
        "",
        source.activity,
        f"reported/{source.activity}",
    )
    gaps: list[UsedGap] = []
    stated = data.gwp_set
    problems: list[tuple[str, str]] = []
    if source.scope < 3 and source.quantity:
        problems.append(("co2e_without_gases", "reported without its gases"))
    if stated != plans.catalog.gwp.name and source.quantity:
        shown = f"under {stated}" if stated else "without its GWP set"
        problems.append(
            ("other_gwp_set", f"reported {shown}, inventory is {plans.catalog.gwp.name}")
        )
    found: list[Diagnostic] = []
    allows = plans.resolver.accept.allows
    missing = [problem for problem in problems if allows(problem[0], asked) is None]
    for kind, text in problems:
        entry = allows(kind, asked)
        if entry is None:
            found.append(
                plans.finding(
                    piece,
                    "gap-not-accepted",
                    text,
                    entries([Departure(each) for each, _ in missing], plans.scope(piece)),
                    "reported",
                )
            )
        else:
            gaps.append(UsedGap(kind, f"{source.activity}: {text}", entry))
    if found:
        return found
    by = source.by or data.citation or "another party"
    resolution = Resolution(None, f"reported by {by}", tuple(gaps))
    plan = reported_plan(source.unit, resolution, stated or "not stated", source.steps)
    return Part(plan, piece.quantity, "reported")


def zero_plan(plans: Plans, piece: Portion) -> Plan:
    """Own generation without combustion: nothing under this method (S2-06, R18)."""
    resolution = Resolution(None, "own generation consumed on site, attributes kept or not")
    return Plan(
        piece.source.unit,
        resolution,
        (),
        Fraction(0),
        Fraction(0),
        plans.catalog.gwp.name,
        gwp_pack=plans.catalog.gwp.pack,
    )
