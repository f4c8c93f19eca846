"""Time: reporting years, periods, cut dates and exact splitting by days (DESIGN §2, §4)."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from ghgcalc.core.numbers import rounded
from ghgcalc.core.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ONE_DAY = timedelta(days=1)
WEEKS_13, WEEKS_52, WEEKS_53 = (timedelta(weeks=count) for count in (13, 52, 53))
FIRST_YEAR, LAST_YEAR = 1900, 2200
_YEAR = re.compile(r"\d{4}", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-[Qq]([1-4])", re.ASCII)
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\s*/\s*(\d{4}-\d{2}-\d{2})", re.ASCII)
_START = re.compile(r"(\d{2})-(\d{2})", re.ASCII)


class PeriodError(Refused):
    """A text that is not a period (`bad-date`)."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__("bad-date", message, hint)


class PeriodSpec(NamedTuple):
    """A period as written: a reporting year, a month, a quarter of a reporting year, or days."""

    text: str
    kind: Literal["year", "month", "quarter", "days"]
    year: int
    part: int = 0
    first: date | None = None
    last: date | None = None

    def __str__(self) -> str:
        return self.text


class Span(NamedTuple):
    """First and last day, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1

    def overlap(self, other: Span) -> Span | None:
        """The common days, or None."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Span(first, last) if first <= last else None

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.first <= other.first and other.last <= self.last

    def __str__(self) -> str:
        return f"{self.first}/{self.last}"


@lru_cache(maxsize=4096)
def parse_period_text(text: str) -> PeriodSpec:
    """Read `2023`, `2023-04`, `2023-Q1` or `2023-01-01/2023-03-31`.

    Raises:
        PeriodError: when the text is none of these.
    """
    text = text.strip()
    hint = "write 2023, 2023-04, 2023-Q1 or 2023-01-01/2023-03-31"
    if _YEAR.fullmatch(text) and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return PeriodSpec(text, "year", int(text))
    if match := _MONTH.fullmatch(text):
        year, month = int(match[1]), int(match[2])
        if 1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR:
            return PeriodSpec(text, "month", year, month)
    match = _QUARTER.fullmatch(text)
    if match and FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return PeriodSpec(text, "quarter", int(match[1]), int(match[2]))
    if match := _RANGE.fullmatch(text):
        try:
            first, last = date.fromisoformat(match[1]), date.fromisoformat(match[2])
        except ValueError:
            raise PeriodError(f"`{text}` names a day that does not exist", hint) from None
        if first.year < FIRST_YEAR or last.year > LAST_YEAR:
            raise PeriodError(f"`{text}` lies outside {FIRST_YEAR} … {LAST_YEAR}", hint)
        if first > last:
            raise PeriodError(f"`{text}` ends before it starts", "swap the two days")
        return PeriodSpec(text, "days", first.year, 0, first, last)
    raise PeriodError(f"`{text}` is not a period", hint)


class ReportingYear(NamedTuple):
    """When reporting years start and which calendar year names them.

    Years of 52 or 53 weeks are listed: `weeks` holds their first days, the first one named
    `first_named`, the others after it. Years that are not named run 52 weeks before and after, so
    that each day lies in one; what has data there is refused.
    """

    month: int = 1
    day: int = 1
    named_by: Literal["start", "end"] = "end"
    weeks: tuple[date, ...] = ()
    first_named: int = 0

    @property
    def calendar(self) -> bool:
        """Whether reporting years are calendar years."""
        return (self.month, self.day) == (1, 1) and not self.weeks

    @property
    def in_months(self) -> bool:
        """Whether reporting years start with a calendar month."""
        return self.day == 1 and not self.weeks

    @property
    def named(self) -> Span | None:
        """The days of the years that are named; None where every year is."""
        if not self.weeks:
            return None
        return Span(self.weeks[0], self._week_start(len(self.weeks)) - ONE_DAY)

    def span(self, name: int) -> Span:
        """First and last day of the reporting year called `name`."""
        if self.weeks:
            place = name - self.first_named
            return Span(self._week_start(place), self._week_start(place + 1) - ONE_DAY)
        year = name if self.calendar or self.named_by == "start" else name - 1
        first = self._start(year)
        return Span(first, self._start(year + 1) - ONE_DAY)

    def _week_start(self, place: int) -> date:
        """First day of a year by its place in the list; others in steps of 52 weeks."""
        if place < 0:
            return self.weeks[0] + place * WEEKS_52
        if place < len(self.weeks):
            return self.weeks[place]
        return self.weeks[-1] + (place - len(self.weeks) + 1) * WEEKS_52

    def _start(self, year: int) -> date:
        return date(year, self.month, self.day)

    def name_of(self, day: date) -> int:
        """The name of the reporting year a day falls in."""
        if self.weeks:
            before, after = (day - self.weeks[0]).days, (day - self.weeks[-1]).days
            last = len(self.weeks) - 1
            place = bisect_right(self.weeks, day) - 1
            steps = before // WEEKS_52.days if before < 0 else last + after // WEEKS_52.days
            return self.first_named + (place if 0 <= place < last else steps)
        year = day.year if day >= self._start(day.year) else day.year - 1
        return year if self.calendar or self.named_by == "start" else year + 1

    def resolve(self, spec: PeriodSpec) -> Span:
        """First and last day of a period as written."""
        if spec.kind == "days" and spec.first and spec.last:
            return Span(spec.first, spec.last)
        if spec.kind == "month":
            return month_span(spec.year, spec.part)
        whole = self.span(spec.year)
        if spec.kind == "year":
            return whole
        if self.weeks:  # thirteen weeks each; a 53rd stands at the end
            starts = [*(whole.first + k * WEEKS_13 for k in range(4)), whole.last + ONE_DAY]
        else:
            starts = [add_months(whole.first, 3 * k) for k in range(5)]
        return Span(starts[spec.part - 1], starts[spec.part] - ONE_DAY)

    def shares(self, span: Span) -> list[tuple[int, int]]:
        """Days of a span in each reporting year that it touches, beside the days of that year."""
        names = range(self.name_of(span.first), self.name_of(span.last) + 1)
        years = [self.span(name) for name in names]
        return [(common.days, year.days) for year in years if (common := span.overlap(year))]

    def majority_year(self, span: Span) -> int:
        """Calendar year in which most days of `span` fall; the later one on a tie (GHG-13)."""
        counts: dict[int, int] = {}
        for year in range(span.first.year, span.last.year + 1):
            common = span.overlap(Span(date(year, 1, 1), date(year, 12, 31)))
            counts[year] = common.days if common else 0
        return max(counts, key=lambda year: (counts[year], year))


def parse_year_start(text: str, named_by: Literal["start", "end"]) -> ReportingYear:
    """Read `MM-DD`; 29 February cannot start a year.

    Raises:
        PeriodError: when it is no day that each year has.
    """
    match = _START.fullmatch(text)
    if match:
        try:
            date(2023, int(match[1]), int(match[2]))
        except ValueError:
            match = None
    if match is None:
        raise PeriodError(f"`{text}` cannot start a year", 'write MM-DD in quotes, such as "04-01"')
    return ReportingYear(int(match[1]), int(match[2]), named_by)


def parse_week_years(starts: Mapping[int, date]) -> ReportingYear:
    """Years of 52 or 53 weeks by name and first day; a year of twelve months may stand among them.

    Raises:
        PeriodError: when a name is left out, or a year has another length.
    """
    names = sorted(starts)
    days = tuple(starts[name] for name in names)
    for name, after in pairwise(names):
        span = Span(starts[name], starts[after] - ONE_DAY)
        if after != name + 1:
            raise PeriodError(
                f"`weeks` names {name} and {after}, and no year between",
                (f"state the first day of {name + 1}, too"),
            )
        known = span.days in {WEEKS_52.days, WEEKS_53.days}
        if not known and (span.days < 0 or whole_months(span) != 12):
            raise PeriodError(
                f"{name} has {span.days:,} days from {span.first} to {span.last}",
                "correct the first days: a year has 52 or 53 weeks, or twelve months",
            )
    name, day = names[0], days[0]
    if name - day.year not in {0, 1}:
        raise PeriodError(f"{name} cannot start on {day}", "correct the name or the day")
    return ReportingYear(weeks=days, first_named=name)


def month_span(year: int, month: int) -> Span:
    """First and last day of a calendar month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return Span(date(year, month, 1), following - ONE_DAY)


def add_months(day: date, months: int) -> date:
    """The day some months later (or earlier); the month's last day where it has no such day."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    last = month_span(year, month).last.day
    return date(year, month, min(day.day, last))


def whole_months(span: Span) -> int | None:
    """How many months from its first day a span has; None where days are left over."""
    following = span.last + ONE_DAY
    months = (following.year - span.first.year) * 12 + following.month - span.first.month
    return months if add_months(span.first, months) == following else None


def months_of(span: Span) -> Iterator[tuple[str, Span]]:
    """The calendar months a span touches, as (`2023-04`, common days)."""
    day = span.first
    while day <= span.last:
        month = month_span(day.year, day.month)
        yield f"{day.year:04d}-{day.month:02d}", Span(day, min(month.last, span.last))
        day = month.last + ONE_DAY


def split_at(span: Span, cuts: Iterable[date]) -> list[Span]:
    """Split a span so that each cut date starts a piece."""
    starts = [span.first, *sorted(c for c in set(cuts) if span.first < c <= span.last)]
    ends = [start - ONE_DAY for start in starts[1:]] + [span.last]
    return [Span(first, last) for first, last in zip(starts, ends, strict=True)]


def split_quantity(value: Fraction, span: Span, pieces: list[Span]) -> list[Fraction]:
    """Share a quantity by days: piece k = round9(q·days≤k/days) − round9(q·days≤k−1/days).

    The pieces must tile the span; they sum to the quantity exactly.
    """
    if len(pieces) == 1:
        return [value]
    shares: list[Fraction] = []
    passed, before = 0, Fraction(0)
    for piece in pieces:
        passed += piece.days
        upto = Fraction(rounded(value * passed / span.days, 9)) if passed < span.days else value
        shares.append(upto - before)
        before = upto
    return shares
