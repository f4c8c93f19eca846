"""Lines taken apart as far as a query asks: into parts, gases and months; each piece exact."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.analysis.query.language import GAS_KEYS, MONTH_KEYS, PART_KEYS, SHARE_KEYS
from ghgcalc.calculation.results.line import LOCATION, MARKET, times
from ghgcalc.core.numbers import ONE, ZERO
from ghgcalc.core.period import months_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import Part


class Atom(NamedTuple):
    """A piece of a line with its tonnes by method; None where nobody states them.

    `quantity` is in the line's unit; None where the piece is no share of the quantity. `methods`
    are those that the piece speaks of; it has 0 t under another.
    """

    line: Line
    location_based: Fraction | None
    market_based: Fraction | None
    biogenic: Fraction = ZERO
    quantity: Fraction | None = None
    part: Part | None = None
    gas: str = ""
    gas_group: str = ""
    month: str = ""
    methods: tuple[str, ...] = (LOCATION, MARKET)
    estimated: bool = False

    def share(self, part: Fraction) -> Atom:
        """A share of it."""
        return self._replace(
            location_based=times(self.location_based, part),
            market_based=times(self.market_based, part),
            biogenic=self.biogenic * part, quantity=times(self.quantity, part),
        )  # fmt: skip


def atoms_of(lines: Iterable[Line], keys: frozenset[str]) -> Iterator[Atom]:
    """The pieces of lines that a query with these keys can tell apart."""
    gases = not keys.isdisjoint(GAS_KEYS)
    parts = gases or not keys.isdisjoint(PART_KEYS)
    months = not keys.isdisjoint(MONTH_KEYS)
    shares = not keys.isdisjoint(SHARE_KEYS)
    for line in lines:
        pieces: Iterable[Atom] = _parts(line) if parts else (_whole(line),)
        if shares:
            pieces = (piece for each in pieces for piece in _shares(each))
        if gases:
            pieces = (piece for each in pieces for piece in _gases(each))
        yield from (piece for each in pieces for piece in _months(each)) if months else pieces


def _whole(line: Line) -> Atom:
    return Atom(line, line.co2e(LOCATION), line.co2e(MARKET), line.biogenic(LOCATION),
                line.quantity)  # fmt: skip


def _parts(line: Line) -> Iterator[Atom]:
    """One piece per part; those of one method have 0 t under the other."""
    if line.market_based is line.location_based and line.lacks is None:
        for part in line.location_based:
            yield Atom(line, part.co2e, part.co2e, part.biogenic, None, part)
        return
    for part in line.location_based:
        yield Atom(line, part.co2e, ZERO, part.biogenic, None, part, methods=(LOCATION,))
    for part in line.market_based:
        yield Atom(line, ZERO, part.co2e, ZERO, None, part, methods=(MARKET,))
    if line.lacks is not None:
        yield Atom(line, None if line.lacks == LOCATION else ZERO,
                   None if line.lacks == MARKET else ZERO)  # fmt: skip


def _gases(atom: Atom) -> Iterator[Atom]:
    """One piece per gas of a part; what no gas explains is `unspecified`."""
    if atom.part is None:
        yield atom._replace(gas="unspecified", gas_group="unspecified")
        return
    plan = atom.part.plan
    rates = [(rate.gas, rate.group, rate.co2e) for rate in plan.gases]
    if plan.unspecified:
        rates.append(("unspecified", "unspecified", plan.unspecified))
    if atom.biogenic:
        yield atom._replace(location_based=ZERO, market_based=ZERO,
                            gas="biogenic CO2", gas_group="biogenic CO2")  # fmt: skip
    for gas, name, co2e in rates:
        tonnes = atom.part.quantity * co2e / 1000
        yield atom._replace(
            location_based=tonnes if LOCATION in atom.methods else ZERO,
            market_based=tonnes if MARKET in atom.methods else ZERO,
            biogenic=ZERO, gas=gas, gas_group=name,
        )  # fmt: skip


def _shares(atom: Atom) -> Iterator[Atom]:
    """What of a piece is an estimate, and what is not."""
    part = ZERO if atom.line.estimate is None else atom.line.estimate.share
    if part:
        yield atom.share(part)._replace(estimated=True)
    if part != ONE:
        yield atom.share(ONE - part)


def _months(atom: Atom) -> Iterator[Atom]:
    """One piece per calendar month; a line over several is shared by days."""
    span = atom.line.span
    for month, days in months_of(span):
        share = Fraction(days.days, span.days)
        yield (atom if share == ONE else atom.share(share))._replace(month=month)
