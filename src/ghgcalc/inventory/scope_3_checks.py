"""Checks of the standing of Scope 3: statuses that contradict lines, what is left out, answers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic, Severity
from ghgcalc.core.numbers import significant
from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.core.vocabulary.scope_3_boundaries import EXPLAINED, WITH_LINES
from ghgcalc.core.vocabulary.scope_3_methods import METHODS_OF, NOT_STATED
from ghgcalc.inventory.scope_3_status import answered, contradicts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.company.company import Company
    from ghgcalc.core.period import Span
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.inventory.scope_3_status import CategoryStatus, Scope3Standing


def contradictions(company: Company, span: Span, standing: Scope3Standing) -> Iterator[Diagnostic]:
    """Statuses that say another thing than the lines of the period (`scope-3-status`).

    That a category has no line is judged of whole reporting years alone.
    """
    whole = company.year.span(company.year.name_of(span.last)) == span
    for each in standing.categories:
        if contradicts(each) and (each.lines or whole):
            yield _contradiction(company, span, each)


def _contradiction(company: Company, span: Span, each: CategoryStatus) -> Diagnostic:
    said = company.scope_3.said(each.category) if company.scope_3 is not None else None
    key = "status" if said is not None and said.status is not None else "exclusion"
    stated = f"`{key}: {getattr(said, key)}`"
    name = CATEGORIES[each.category].heading
    year = company.year.name_of(span.last)
    if each.lines:
        count = "1 line" if each.lines == 1 else f"{each.lines:,} lines"
        what = f"{stated} of category {name}, which has {count} in {year}"
        hint = "write `exclusion: partial` for what is left out, another status, or `period:`"
        if key == "status":
            hint = f"write one of {', '.join(WITH_LINES)}, or the days of it as `period:`"
    else:
        what = f"{stated} of category {name}, which has no line in {year}"
        hint = "add its activities, write another status, or the days of it as `period:`"
    where = company.document.locate(("scope_3", each.category, key))
    return Diagnostic("scope-3-status", what, where, hint=hint, days=(span.first, span.last))


def much_left_out(
    company: Company, span: Span, standing: Scope3Standing, percent: int
) -> Iterator[Diagnostic]:
    """What is left out by estimates is more than a share of what is required (`excluded-share`)."""
    left = standing.left_out
    if left is None or left.share <= Fraction(percent, 100):
        return
    year = company.year.name_of(span.last)
    named = [CATEGORIES[each.category].heading for each in standing.categories
             if each.share or each.estimate]  # fmt: skip
    yield Diagnostic(
        "excluded-share",
        f"{significant(left.share * 100, 3)} % of what `scope_3` requires in {year} is left out by"
        f" estimates, more than {percent} %",
        company.document.locate(("scope_3",) if company.scope_3 is not None else ("exclusions",)),
        severity=Severity.WARNING,
        notes=(f"left out of {', '.join(named)}",),
        hint="add activities of the largest of them",
        days=(span.first, span.last),
    )


def unanswered(company: Company, inventory: Inventory) -> Iterator[Diagnostic]:
    """Categories that nobody evaluated (`category-unanswered`), one finding for a year."""
    open_ = [each for each in inventory.scope_3.categories if not answered(each)]
    if open_:
        named = ", ".join(f"`{each.category}`" for each in open_)
        count = "1 category" if len(open_) == 1 else f"{len(open_)} categories"
        yield Diagnostic(
            "category-unanswered",
            f"{count} of Scope 3 {'is' if len(open_) == 1 else 'are'} not evaluated in"
            f" {inventory.period}: {named}",
            company.document.locate(("scope_3",)),
            hint=f"add activities, or below `scope_3:` for each, such as `{open_[0].category}:"
            f" {{status: {EXPLAINED}, justification: …}}`",
        )


def without_method(company: Company, inventory: Inventory) -> Iterator[Diagnostic]:
    """Scope 3 lines that name no method (`method-not-stated`), one finding for a category."""
    del company
    open_: dict[str, list[Line]] = {}
    for line in inventory.wholes:
        if line.scope == 3 and line.calculated_by == NOT_STATED:
            open_.setdefault(line.category, []).append(line)
    for category, lines in sorted(open_.items(), key=lambda item: _number(item[0])):
        names = list(dict.fromkeys(n for line in lines for n in (line.activity, *line.others)))
        heading = CATEGORIES[category].heading if category in CATEGORIES else category
        count = f"`{names[0]}` names" if len(names) == 1 else f"{len(names):,} activities name"
        words = METHODS_OF.get(category, ())
        yield Diagnostic(
            "method-not-stated",
            f"{count} no method of category {heading} in {inventory.period}",
            lines[0].location,
            notes=(f"of {_listed(names)}",) if len(names) > 1 else (),
            hint=f"add `method:`, one of {', '.join(words)}" if words else "state its category",
        )


def _number(category: str) -> int:
    found = CATEGORIES.get(category)
    return found.number if found is not None and found.number is not None else len(CATEGORIES)


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:5])
    return f"{shown} and {len(names) - 5:,} more" if len(names) > 5 else shown
