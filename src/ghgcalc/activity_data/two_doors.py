"""One supply through two doors: an activity beside rows of a table, or two tables alike.

Several supplies of a site are honest, so that tables are told only where their sums are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.calendar_gaps import covered, metered
from ghgcalc.core.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.company.company import Company

Supply = tuple[str, str, str, str]
HINT = "remove one of the two if they are the same; where both count, state under `checks:`"
HINT += " `counted-twice: {severity: off, reason: …}`"


def two_doors(company: Company, wholes: Iterable[ElementaryActivity]) -> list[Diagnostic]:
    """Warn where an activity shares days with a table's rows, or two tables give the same sum.

    A supply is one category, item and supplier at a facility; energy that is bought, generated or
    piped. Of tables with a `meter` column the meters are not those of an activity, unless the
    quantities are the same.
    """
    supplies: dict[Supply, list[ElementaryActivity]] = {}
    for amount in wholes:
        if amount.quantity > 0 and metered(amount):
            key = (amount.facility or "", amount.category, amount.item, amount.supplier or "")
            supplies.setdefault(key, []).append(amount)
    found: list[Diagnostic] = []
    for members in supplies.values():
        by_table: dict[str, list[ElementaryActivity]] = {}
        for amount in members:
            by_table.setdefault(amount.table, []).append(amount)
        lines = by_table.pop("", [])
        for name, several in by_table.items() if lines else ():
            parts = [part for each in several for part in _parts(each)]
            whole = "meter" not in company.tables[name].columns
            found += [each for line in lines for each in _beside(line, name, parts, whole)]
        tables = sorted(by_table)
        for place, first in enumerate(tables):
            for second in tables[place + 1 :]:
                found += _alike(company, by_table[first], by_table[second])
    return found


def _parts(amount: ElementaryActivity) -> Iterable[ElementaryActivity]:
    return amount.split() if amount.split is not None else (amount,)


def _beside(
    line: ElementaryActivity, name: str, parts: list[ElementaryActivity], whole: bool
) -> Iterator[Diagnostic]:
    """A line and the rows of a table that share its days."""
    common = [
        (part, days)
        for part in parts
        for stretch in covered(part)
        if (days := line.span.overlap(stretch)) is not None
    ]
    if not common:
        return
    inside = [part for part in parts if line.span.holds(part.span)]
    same = len({part.unit for part in (line, *inside)}) == 1 and line.quantity == sum(
        part.quantity for part in inside
    )
    if not whole and not same:
        return
    first, last = min(days for _, days in common).first, max(days.last for _, days in common)
    said = "the same quantity in" if same else "days from"
    yield Diagnostic(
        "counted-twice",
        f"`{line.activity}` and table `{name}` both have {_what(line)}, and"
        f" {said} {first} … {last}",
        line.location,
        related=(Related(common[0][0].location, "the table"),),
        hint=HINT,
        severity=Severity.WARNING,
        days=(first, last),
    )


def _alike(
    company: Company, first: list[ElementaryActivity], second: list[ElementaryActivity]
) -> Iterator[Diagnostic]:
    """Two tables that give one supply the same quantity in a reporting year."""
    sums = []
    for several in (first, second):
        by_year: dict[tuple[int, str], list[ElementaryActivity]] = {}
        for each in several:
            key = (company.year.name_of(each.span.first), each.unit.text)
            by_year.setdefault(key, []).append(each)
        sums.append(by_year)
    for key in sorted(sums[0].keys() & sums[1].keys()):
        one, other = sums[0][key], sums[1][key]
        if sum(each.quantity for each in one) != sum(each.quantity for each in other):
            continue
        days = company.year.span(key[0])
        yield Diagnostic(
            "counted-twice",
            f"tables `{one[0].table}` and `{other[0].table}` both have {_what(one[0])}, with the"
            f" same quantity in {key[0]}",
            other[0].location,
            related=(Related(one[0].location, "the other table"),),
            hint=HINT,
            severity=Severity.WARNING,
            days=(days.first, days.last),
        )


def _what(amount: ElementaryActivity) -> str:
    item = f" ({amount.item})" if amount.item else ""
    place = f" of `{amount.facility}`" if amount.facility else ""
    return f"{amount.category.replace('_', ' ')}{item}{place}"
