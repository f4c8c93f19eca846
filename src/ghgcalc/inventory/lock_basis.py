"""What a reporting year is computed from, as one hash: a file may change and leave it as it was."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import LOCATION, MARKET

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import Part, Plan


def basis_of(lines: Iterable[Line]) -> str:
    """Sha256 over each line: where and when it stands, its quantity, and what a unit of it emits.

    Exact: a quantity that doubles while its rate halves is another basis of the same tonnes. What
    moves no figure, such as a note, and lines of other years are no part of it.

    Args:
        lines: of one whole reporting year.
    """
    made = hashlib.sha256()
    plans: dict[int, str] = {}
    for line in sorted(lines, key=lambda each: each.id):
        for word in _words(line, plans):
            made.update(word.encode("utf-8", "surrogatepass") + b"\0")
    return made.hexdigest()


def _words(line: Line, plans: dict[int, str]) -> Iterator[str]:
    yield from map(str, (
        line.id, line.facility, line.country, line.scope, line.category, line.source_category,
        line.item, line.span.first, line.span.last, line.weight, line.quantity, line.unit.text,
        line.supplier, line.method, line.lacks, line.spread,
    ))  # fmt: skip
    if line.estimate is not None:
        yield str(line.estimate.share)
    parts = {method: line.parts(method) for method in (LOCATION, MARKET)}
    if parts[LOCATION] is parts[MARKET]:
        del parts[MARKET]
    yield from (word for method in parts for word in _priced(method, parts, plans))


def _priced(
    method: str, parts: Mapping[str, tuple[Part, ...]], plans: dict[int, str]
) -> Iterator[str]:
    for part in parts[method]:
        plan = part.plan
        if id(plan) not in plans:
            plans[id(plan)] = _plan(plan)
        yield from (method, str(part.quantity), part.instrument or "", plans[id(plan)])


def _plan(plan: Plan) -> str:
    gases = (f"{rate.gas} {rate.kg}" for rate in (*plan.gases, *plan.outside))
    return "; ".join([str(plan.total), str(plan.biogenic), plan.gwp_set, *gases])
