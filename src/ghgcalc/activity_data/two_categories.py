"""One thing in two categories: Scope 3 holds nothing that another category has (S3-09).

Source: GHG Protocol, Scope 3 Standard, 5.4 and table 5.4: categories do not overlap, and none has
what Scopes 1 and 2 hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic, Related, Severity
from ghgcalc.core.numbers import plain
from ghgcalc.core.vocabulary.categories import CATEGORIES, COMBUSTION, PURCHASED_ENERGY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ghgcalc.activity_data.elementary import ElementaryActivity

_UPSTREAM, _LEASED = "fuel_and_energy_related", "upstream_leased_assets"
# category 3 is of what Scopes 1 and 2 buy: the same bill serves both
_OF_THE_SAME_BILL = COMBUSTION | PURCHASED_ENERGY
HINT = (
    "remove one of the two if they are the same; where both count, state under `checks:`"
    " `counted-in-two-categories: {severity: off, reason: …}`"
)


def two_categories(wholes: Iterable[ElementaryActivity]) -> list[Diagnostic]:
    """Warn of one document's amount in two categories, and of leased energy beside Scope 2's.

    Told are lines of different categories that share days, quantity and a document; and energy of
    a facility that stands in Scope 2 and in category 8 on the same days.
    """
    by_document: dict[tuple[object, ...], list[ElementaryActivity]] = {}
    bought: dict[str, list[ElementaryActivity]] = {}
    leased: list[ElementaryActivity] = []
    for amount in wholes:
        if amount.quantity <= 0:
            continue
        for document in dict.fromkeys(amount.evidence):
            key = (document, amount.quantity, amount.unit.text, amount.unit.basis)
            by_document.setdefault(key, []).append(amount)
        if amount.unit.dimension != "J" or amount.facility is None:
            continue
        if amount.category in PURCHASED_ENERGY:
            bought.setdefault(amount.facility, []).append(amount)
        elif amount.category == _LEASED:
            leased.append(amount)
    found = [each for members in by_document.values() for each in _of_document(members)]
    for amount in leased:
        found += _beside(amount, bought.get(amount.facility or "", []))
    return found


def _of_document(members: list[ElementaryActivity]) -> Iterator[Diagnostic]:
    """Pairs of one document, each once, the first of each category."""
    for place, one in enumerate(members):
        for other in members[place + 1 :]:
            if one.activity != other.activity and _twice(one, other):
                (document,) = [each for each in one.evidence if each in other.evidence][:1]
                said = f"{plain(one.quantity, 6)} {one.unit} of `{document}`"
                yield _finding(one, other, said)


def _twice(one: ElementaryActivity, other: ElementaryActivity) -> bool:
    """Whether two categories would have the same thing; category 3 is of Scopes 1 and 2."""
    pair = {one.category, other.category}
    known = [CATEGORIES[each] for each in pair if each in CATEGORIES]
    if len(pair) == 1 or not any(each.scope == 3 for each in known):
        return False
    if _UPSTREAM in pair and pair - {_UPSTREAM} <= _OF_THE_SAME_BILL:
        return False
    return one.span.overlap(other.span) is not None


def _beside(leased: ElementaryActivity, bought: list[ElementaryActivity]) -> Iterator[Diagnostic]:
    """Energy of a facility in category 8 and in Scope 2 on the same days."""
    for other in bought:
        if leased.span.overlap(other.span) is not None:
            yield _finding(other, leased, f"energy of `{leased.facility}`")
            return


def _finding(one: ElementaryActivity, other: ElementaryActivity, said: str) -> Diagnostic:
    days = one.span.overlap(other.span)
    assert days is not None
    return Diagnostic(
        "counted-in-two-categories",
        f"`{one.activity}` ({_words(one)}) and `{other.activity}` ({_words(other)}) both have"
        f" {said}, {days.first} … {days.last}",
        other.location,
        related=(Related(one.location, "the other line"),),
        hint=HINT,
        severity=Severity.WARNING,
        days=(days.first, days.last),
    )


def _words(amount: ElementaryActivity) -> str:
    return amount.category.replace("_", " ")
