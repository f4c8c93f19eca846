"""Answers of the lock: the locked values stand, the file must still allow them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.conversion import Conversion, find_conversion, is_fuel
from ghgcalc.calculation.lock.read import locked_edges, locked_factor, locked_series
from ghgcalc.calculation.resolve.candidates import Question, Refusal, Resolved, Unresolved, lock_key
from ghgcalc.calculation.resolve.spent import locked_way
from ghgcalc.calculation.results.plan import Resolution
from ghgcalc.core.diagnostics import Related
from ghgcalc.core.vocabulary.fuels import phase_of
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.factors.money import series_of

if TYPE_CHECKING:
    from ghgcalc.calculation.lock.model import LockedResolution, Section, Sections
    from ghgcalc.calculation.resolve.judge import Admission
    from ghgcalc.core.period import Span
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.factors.model import Factor


def keys_of(need: Question) -> tuple[str, ...]:
    """The keys under which a need may be locked, the narrowest first.

    An `accept:` entry that names lines or facilities narrows every need; what was locked before
    stays the answer.
    """
    wider = need._replace(activity="")
    return tuple(dict.fromkeys(lock_key(n) for n in (need, wider, wider._replace(facility=""))))


def from_lock(
    admission: Admission,
    sections: Sections,
    need: Question,
    days: Span,
    fresh: Resolved | Unresolved,
) -> Resolved | Unresolved:
    """The locked answer to a need; the fresh one where the lock has none.

    Args:
        admission: judges whether the file still allows the locked factor.
        sections: the lock by the days of its reporting years.
        need: what is asked.
        days: the reporting year.
        fresh: what the packs answer today; lends its reasons where the factor is the same.
    """
    section = sections.get(days)
    if section is None:
        return fresh
    for key in keys_of(need):
        if key in section.values.resolutions:
            return _answer(admission, section, key, need, days, fresh)
        if key in section.values.absent:
            return Unresolved("missing-factor", f"{{line}} is locked without `{key}`", (), "", ())
    return fresh


def _answer(
    admission: Admission,
    section: Section,
    key: str,
    need: Question,
    days: Span,
    fresh: Resolved | Unresolved,
) -> Resolved | Unresolved:
    entry = section.values.resolutions[key]
    place = section.at("resolutions", key)
    other = None
    if entry.with_ is not None:
        other = locked_factor(entry.with_, section.values, admission.catalog, None)
    factor = locked_factor(entry, section.values, admission.catalog, other.ref if other else None)
    try:
        conversion = conversion_of(need, factor, entry, admission.catalog)
    except ConversionError as error:
        text = f"{{line}} is locked to `{entry.factor}`: {error.message}"
        return Unresolved(error.code, text, (), error.hint, (Related(place, "locked here"),), False)
    verdict = admission.judge(need, factor, days, pinned=True, known=conversion)
    if isinstance(verdict, Refusal):
        text = f"{{line}} is locked to `{entry.factor}`: {verdict.text}"
        upgrade = f"run `ghgcalc lock --upgrade --dry-run --period {section.year}`"
        hint = verdict.hint or ("" if verdict.gaps else upgrade)
        code = verdict.code or "pinned-factor-refused"
        related = (Related(place, "locked here"),)
        return Unresolved(code, text, (), hint, related, False, gaps=verdict.gaps)
    same = isinstance(fresh, Resolved) and _ref(fresh.resolution) == factor.ref
    known = fresh.resolution if isinstance(fresh, Resolved) and same else None
    return Resolved(
        Resolution(
            factor, known.chosen if known else "as locked", verdict.gaps,
            known.rejected if known else (), known.alternative if known else None,
            key, place, other, known.passed if known else (),
        ),
        conversion,
    )  # fmt: skip


def _ref(resolution: Resolution) -> str:
    return resolution.factor.ref if resolution.factor else ""


def conversion_of(
    need: Question, factor: Factor, entry: LockedResolution, catalog: FactorCatalog
) -> Conversion:
    """The way to a factor's unit over the file's own properties and the given ones.

    Of spend, over the given rates, then those of the packs.

    Raises:
        ConversionError: when there is no such way.
    """
    if need.spent is not None:
        return locked_way(need, factor, locked_series(entry.rates).then(series_of(catalog)))
    edges = [*need.edges, *locked_edges(entry.properties)]
    fuel = is_fuel(need.category, need.fuel, factor.per)
    return find_conversion(need.unit, factor.per, edges, fuel, phase_of(need.fuel))
