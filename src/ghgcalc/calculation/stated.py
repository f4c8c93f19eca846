"""Pricing by what the company file states itself: rates, gas masses, reported totals."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.calculation.accept_hints import Departure, entries, with_entries
from ghgcalc.calculation.arithmetic import GasError, mass_plan, reported_plan
from ghgcalc.calculation.resolve.candidates import Problem, Refusal, Resolved
from ghgcalc.calculation.results.plan import Part, Plan, Resolution, UsedGap
from ghgcalc.calculation.stated_rates import GAP, judge_stated, stated_for_grid
from ghgcalc.company.gaps import Asked
from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.units import UnitError
from ghgcalc.core.vocabulary.categories import ELECTRICITY
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.factors.stated import stated_factor
from ghgcalc.methods.energy import chp_factor

if TYPE_CHECKING:
    from ghgcalc.activity_data.consolidate import Piece
    from ghgcalc.calculation.quantify import Failure, Pricer


def stated_plan(pricer: Pricer, piece: Piece) -> Plan | Failure:
    """The plan of an `emission_rate:` on the line."""
    source = piece.source
    grid = stated_for_grid(piece)
    place = (source.facility, piece.year, source.activity) if grid else ()
    key = ("stated", source.path, source.unit, place)
    if key in pricer.plans:
        known = pricer.plans[key]
        assert not isinstance(known, Problem)
        return known
    made = pricer.plans[key] = _stated(pricer, piece, grid)
    return made


def _stated(pricer: Pricer, piece: Piece, grid: bool) -> Plan | Failure:
    """The plan of a stated rate, or why there is none; `grid` is power from the grid."""
    source = piece.source
    data = source.data
    # every line of an item shares its rate, which is called after the item
    name = f"{source.table}/{source.path[-1]}" if source.table else source.activity
    where = pricer.company.document.locate((*source.path, "emission_rate"), key=True)
    try:
        chp = getattr(data, "chp", None)
        factor = (
            stated_factor(
                name,
                data.emission_rate or {},
                source.category,
                where,
                fuel=source.fuel,
                gwp_set=getattr(data, "gwp_set", None),
                source=getattr(data, "citation", None) or "; ".join(source.evidence),
            )
            if chp is None
            else chp_factor(name, chp, source.category, where)
        )
        kind = "grid_average" if source.category in ELECTRICITY else None
        need = pricer.need(piece, kind)._replace(pin=factor.ref)
    except UnitError as error:
        return (pricer.finding(piece, error.code, error.message, error.hint, "emission_rate"),)
    except ConversionError as error:
        return (pricer.finding(piece, error.code, error.message, error.hint, "fuel_properties"),)
    verdict = pricer.resolver.admission.judge(
        need, factor, pricer.company.year.span(piece.year), pinned=True
    )
    judged = judge_stated(pricer, piece, factor, need) if grid else None
    if isinstance(verdict, Refusal):
        code = verdict.code or "gap-not-accepted"
        scope = {"factor": factor.ref} if source.table else pricer.scope(piece)
        missing = verdict.gaps
        if isinstance(judged, Diagnostic) and judged.code == "gap-not-accepted":
            missing = (*missing, Departure(GAP))  # one round for both
        hint = with_entries(verdict.hint, missing, scope)
        return (pricer.finding(piece, code, verdict.text, hint, "emission_rate"),)
    gaps = verdict.gaps
    if grid:
        if isinstance(judged, Diagnostic):
            return (judged,)
        gaps = (*gaps, judged) if judged is not None else gaps
    resolution = Resolution(factor, "stated in the company file", gaps)
    return pricer.make(piece, Resolved(resolution, verdict.conversion))


def masses_part(pricer: Pricer, piece: Piece) -> Part | list[Diagnostic]:
    """The part of a line that states gas masses."""
    source = piece.source
    assert source.masses is not None
    key = ("masses", source.mass_method, tuple(source.masses.items()), source.category)
    if key not in pricer.plans:
        try:
            pricer.plans[key] = mass_plan(
                source.masses, pricer.catalog, source.category, unit=source.unit,
                method=source.mass_method,
            )  # fmt: skip
        except GasError as error:
            pricer.plans[key] = Problem(error.code, f"{{line}}: {error.message}", (), error.hint)
    plan = pricer.plans[key]
    if isinstance(plan, Plan):
        return Part(plan, piece.quantity, source.mass_method)
    return pricer.findings(
        piece, plan, "gas" if getattr(source.data, "gas", None) else "gas_masses"
    )


def reported_part(pricer: Pricer, piece: Piece) -> Part | list[Diagnostic]:
    """The part of a line that states tonnes CO2e; what its source leaves open must be accepted."""
    source = piece.source
    data = source.data
    days = pricer.company.year.span(piece.year)
    asked = Asked(
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
    stated = getattr(data, "gwp_set", None)
    problems: list[tuple[str, str]] = []
    if source.scope < 3 and source.quantity:
        problems.append(("co2e_without_gases", "reported without its gases"))
    if stated != pricer.catalog.gwp.name and source.quantity:
        shown = f"under {stated}" if stated else "without its GWP set"
        problems.append(
            ("other_gwp_set", f"reported {shown}, inventory is {pricer.catalog.gwp.name}")
        )
    found: list[Diagnostic] = []
    allows = pricer.resolver.accept.allows
    missing = [problem for problem in problems if allows(problem[0], asked) is None]
    for kind, text in problems:
        entry = allows(kind, asked)
        if entry is None:
            found.append(
                pricer.finding(
                    piece,
                    "gap-not-accepted",
                    text,
                    entries([Departure(each) for each, _ in missing], pricer.scope(piece)),
                    "reported",
                )
            )
        else:
            gaps.append(UsedGap(kind, f"{source.activity}: {text}", entry))
    if found:
        return found
    by = getattr(data, "by", None) or getattr(data, "citation", None) or "another party"
    resolution = Resolution(None, f"reported by {by}", tuple(gaps))
    plan = reported_plan(source.unit, resolution, stated or "not stated")
    return Part(plan, piece.quantity, "reported")


def zero_plan(pricer: Pricer, piece: Piece) -> Plan:
    """Own generation without combustion: nothing under this method (S2-06, R18)."""
    resolution = Resolution(None, "own generation consumed on site, attributes kept or not")
    return Plan(
        piece.source.unit,
        resolution,
        (),
        Fraction(0),
        Fraction(0),
        pricer.catalog.gwp.name,
        gwp_pack=pricer.catalog.gwp.pack,
    )
