"""The status of every Scope 3 category, what is left out, and the screening (S3-01, S3-05).

Sources: Scope 3 Standard chapters 6 and 11.1; the statuses are CDP's. What is left out is judged as
the drafts of the standard's next version do: of all required emissions, those left out included.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.plan_sums import PlanSums
from ghgcalc.core.numbers import ZERO, grouped, significant
from ghgcalc.core.vocabulary.categories import SCOPE_3_BY_NUMBER
from ghgcalc.core.vocabulary.scope_3_boundaries import (
    CALCULATED,
    EXPLAINED,
    NOT_EVALUATED,
    WITH_LINES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.company.company import Company
    from ghgcalc.company.organization import Exclusion
    from ghgcalc.company.scope_3 import CategorySaid, Screening
    from ghgcalc.core.period import Span
    from ghgcalc.core.units import Quantity
    from ghgcalc.inventory.standing import InventoryAsked


class CategoryStatus(NamedTuple):
    """Where a category stands in a period.

    Attributes:
        status: in CDP's words; `stated` where the file says it.
        lines: activities, sums of tables, derived lines; `tonnes` theirs, None without one.
        exclusion: `not_applicable`, `excluded`, `partial`; None where nothing is said of that.
        justification: of what is left out, or of the status.
        share, estimate: what is left out as stated: of all required emissions, or in tonnes.
        screening: rough tonnes by the screening.
    """

    category: str
    status: str
    stated: bool
    lines: int = 0
    tonnes: Fraction | None = None
    exclusion: str | None = None
    justification: str = ""
    share: Fraction | None = None
    estimate: Fraction | None = None
    screening: Fraction | None = None


class LeftOut(NamedTuple):
    """Tonnes that are left out of Scope 3, by estimates, and all that is required with them."""

    tonnes: Fraction
    required: Fraction

    @property
    def share(self) -> Fraction:
        """The share left out."""
        return self.tonnes / self.required if self.required else ZERO


@dataclass(frozen=True, slots=True)
class Scope3Standing:
    """What stands beside the total of Scope 3.

    Attributes:
        categories: every category, in the order of their numbers.
        screening: the screening of the file; in no total.
        left_out: None where the file estimates nothing that is left out, and for parts of a year
            or of the company, which the estimates do not speak of.
        told: whether the file says anything of statuses.
    """

    categories: tuple[CategoryStatus, ...] = ()
    screening: Screening | None = None
    left_out: LeftOut | None = None
    told: bool = False

    def status(self, category: str) -> str | None:
        """The status of a category."""
        return next((e.status for e in self.categories if e.category == category), None)


def scope_3_standing(
    company: Company, asked: InventoryAsked, lines: Iterable[Line]
) -> Scope3Standing:
    """The standing of Scope 3 in a period, of the lines of a boundary."""
    counts, tonnes = _sums(lines)
    whole = [item for item in company.exclusions.values()
             if _holds(company, item, asked.span) and item.category]  # fmt: skip
    said = company.scope_3
    screening = said.screening if said is not None else None
    found = []
    for _, category in sorted(SCOPE_3_BY_NUMBER.items()):
        each = said.said(category) if said is not None else None
        if each is not None and not _holds(company, each, asked.span):
            each = None
        of = [item for item in whole if item.category == category]
        rough = screening.tonnes.get(category) if screening is not None else None
        found.append(
            _status(category, each, of, counts.get(category, 0), tonnes.get(category))._replace(
                screening=None if rough is None else in_tonnes(rough)
            )
        )
    name = company.year.name_of(asked.span.last)
    year = asked.boundary is None and company.year.span(name) == asked.span
    told = screening is not None or any(each.stated for each in found)
    return Scope3Standing(tuple(found), screening, _left_out(found) if year else None, told)


def _sums(lines: Iterable[Line]) -> tuple[dict[str, int], dict[str, Fraction]]:
    sums: PlanSums[str] = PlanSums()
    counts: dict[str, int] = {}
    for line in lines:
        if line.scope == 3:
            sums.add(line.category, line.location_based or line.market_based)
            counts[line.category] = counts.get(line.category, 0) + line.count
    return counts, dict.fromkeys(counts, ZERO) | sums.tonnes()


def _holds(company: Company, item: CategorySaid | Exclusion, span: Span) -> bool:
    return item.period is None or company.year.resolve(item.period).overlap(span) is not None


def in_tonnes(amount: Quantity) -> Fraction | None:
    """An amount of CO2e in tonnes; None of another unit."""
    if amount.unit.dimension not in ("kgCO2e", "kg"):
        return None
    return amount.value * amount.unit.size / 1000


def _status(
    category: str,
    said: CategorySaid | None,
    exclusions: Sequence[Exclusion],
    lines: int,
    tonnes: Fraction | None,
) -> CategoryStatus:
    """A category with lines is calculated, one left out as a whole is explained, unless stated."""
    amounts = [in_tonnes(item.estimate) for item in exclusions if item.estimate is not None]
    sized = [amount for amount in amounts if amount is not None]
    exclusion = said.extent if said is not None else None
    if exclusion is None and exclusions:
        whole = any(not (item.facility or item.source) for item in exclusions)
        exclusion = "excluded" if whole and not lines else "partial"
    inferred = CALCULATED if lines else NOT_EVALUATED
    if not lines and exclusion in ("excluded", "not_applicable"):
        inferred = EXPLAINED
    if said is not None and said.estimate is not None:
        sized.append(in_tonnes(said.estimate) or ZERO)
    words = [] if said is None or said.justification is None else [said.justification]
    return CategoryStatus(
        category,
        said.status if said is not None and said.status is not None else inferred,
        said is not None and (said.status is not None or said.exclusion is not None),
        lines,
        tonnes,
        exclusion,
        "; ".join([*words, *(item.justification for item in exclusions)]),
        said.estimated_share if said is not None else None,
        sum(sized, ZERO) if sized else None,
    )


def _left_out(found: Sequence[CategoryStatus]) -> LeftOut | None:
    """With shares s and estimates e beside the calculated c, all of it is (c + e) ÷ (1 − s)."""
    sized = [each for each in found if each.share is not None or each.estimate is not None]
    share = sum((each.share for each in sized if each.share is not None), ZERO)
    if not sized or share >= 1:
        return None
    estimates = sum((each.estimate for each in sized if each.estimate is not None), ZERO)
    calculated = sum((each.tonnes for each in found if each.tonnes is not None), ZERO)
    required = (calculated + estimates) / (1 - share)
    return LeftOut(required - calculated, required)


def left_out_note(standing: Scope3Standing) -> list[str]:
    """How much of Scope 3 is left out by estimates, as one note."""
    left = standing.left_out
    if left is None:
        return []
    return [
        f"left out of Scope 3, by estimates: {grouped(left.tonnes)} tCO2e,"
        f" {significant(left.share * 100, 3)} % of {grouped(left.required)} tCO2e that is required"
        " (S3-01)"
    ]


def answered(status: CategoryStatus) -> bool:
    """Whether a category is calculated, or the file says why it is not."""
    return status.status != NOT_EVALUATED


def contradicts(status: CategoryStatus) -> bool:
    """Whether a stated status or exclusion does not fit whether there are lines."""
    if not status.stated:
        return False
    if status.exclusion is not None and (status.exclusion == "partial") != bool(status.lines):
        return True
    return (status.status in WITH_LINES) != bool(status.lines)
