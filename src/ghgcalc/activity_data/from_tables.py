"""Tables of a project: collapse them, turn keyed sums into amounts, account for every row."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.checks import GAP
from ghgcalc.activity_data.cut_dates import segment_name
from ghgcalc.activity_data.elementary import ElementaryActivity
from ghgcalc.activity_data.estimates import estimate_of
from ghgcalc.activity_data.fitting import fitting_sums
from ghgcalc.activity_data.line_ids import line_ids
from ghgcalc.activity_data.netting import netted
from ghgcalc.activity_data.periods import years_named
from ghgcalc.activity_data.storage import quantities, readings, stores
from ghgcalc.activity_data.table_doubts import table_doubts
from ghgcalc.activity_data.table_forms import Form, Slip, forms_of
from ghgcalc.activity_data.tables.collapse import engine
from ghgcalc.activity_data.tables.sums import spread_share
from ghgcalc.company.table_units import gas_hint, phase_hint
from ghgcalc.core.diagnostics import Diagnostic, Outcome, has_errors
from ghgcalc.core.numbers import ONE, ZERO, plain
from ghgcalc.core.units import UnitError
from ghgcalc.core.vocabulary.fuels import canonical_fuel, phase_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from ghgcalc.activity_data.tables.sums import KeyedSum, TableSums
    from ghgcalc.company.company import Company
    from ghgcalc.company.estimate import Estimate
    from ghgcalc.company.table import Table
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.period import Span
    from ghgcalc.core.units import Unit
    from ghgcalc.factors.catalogue import FactorCatalog


class TableData(NamedTuple):
    """What the tables of a company give: their sums by table, and the amounts of these sums."""

    sums: dict[str, TableSums]
    wholes: list[ElementaryActivity]


def read_tables(company: Company, catalog: FactorCatalog, cuts: list[date]) -> Outcome[TableData]:
    """Collapse every table and turn its sums, each between two of `cuts`, into amounts."""
    document = company.document
    read = TableData({}, [])
    found: list[Diagnostic] = []
    for name, table in company.tables.items():
        outcome = engine().collapse(
            name,
            table,
            document.folder,
            cuts=cuts,
            facilities=list(company.facilities),
            year=company.year,
            locate=document.locate,
            shortest_gap=GAP.chosen(company.checks)["days"],
            spoken_of=years_named(company),
            open_days={
                key: (facility.opened, facility.closed)
                for key, facility in company.facilities.items()
            },
        )
        nets = netted(company, name, outcome.value.sums, whole=not has_errors(outcome.diagnostics))
        read.sums[name] = replace(outcome.value, sums=tuple(nets.value))
        fitting = fitting_sums(company, name, table, nets.value)
        amounts = _amounts(company, catalog, name, list(fitting.value))
        read.wholes.extend(amounts.value)
        found += (
            *outcome.diagnostics, *nets.diagnostics, *fitting.diagnostics,
            *table_doubts(company, name, outcome), *amounts.diagnostics,
        )  # fmt: skip
    return Outcome(read, tuple(found))


def _amounts(
    company: Company, catalog: FactorCatalog, name: str, sums: list[KeyedSum]
) -> Outcome[list[ElementaryActivity]]:
    table = company.tables[name]
    maker = _Maker(company, name, table, sums, catalog)
    if stores(table):
        try:
            of = readings(table, sums, maker.ids)
        except UnitError as error:
            return Outcome([], (_storage_unit(company, name, table, error),))
        totals = quantities(sums, of)
        readers: dict[str, list[int]] = {}
        for place, reading in enumerate(of):
            readers.setdefault(reading.line, []).append(place)
        made = [
            maker.amount(place, totals[line], readers[line])
            for place, line in enumerate(maker.ids)
            if line in totals
        ]
    else:
        made = [
            amount
            for places, alone in _supplies(company, sums)
            for amount in maker.amounts(places, alone=alone)
        ]
    return Outcome(
        [amount for amount in made if isinstance(amount, ElementaryActivity)],
        tuple(amount for amount in made if isinstance(amount, Diagnostic)),
    )


def _supplies(company: Company, sums: list[KeyedSum]) -> Iterator[tuple[range, bool]]:
    """The sums of one item at one facility in one reporting year, as places.

    True where the item has no other unit or supplier there, so that their ids tell them apart.
    """
    years = {span: company.year.name_of(span.first) for span in {entry.span for entry in sums}}
    keys = [(e.facility, e.item, e.unit, e.supplier) for e in sums]
    kinds = Counter((facility, item) for facility, item, _, _ in dict.fromkeys(keys))
    start = 0
    for place in range(1, len(sums) + 1):
        if place < len(sums):
            same = keys[place] == keys[start]
            if same and years[sums[place].span] == years[sums[start].span]:
                continue
        yield range(start, place), kinds[keys[start][:2]] == 1
        start = place


class _Maker:
    """Makes the amounts of a table's sums; what an item and unit share is found once."""

    def __init__(
        self,
        company: Company,
        name: str,
        table: Table,
        sums: list[KeyedSum],
        catalog: FactorCatalog,
    ) -> None:
        self.company, self.name, self.table = company, name, table
        self.sums, self.catalog = sums, catalog
        self.where = company.document.line_of("tables", name)
        self.faulty = {item for item in table.items if f"{name}/{item}" in company.faulty}
        self.by_activity = any(entry.for_.activity for entry in company.accept.values())
        self.forms: dict[tuple[str, str], tuple[Form, ...] | Slip] = {}
        self.segments: dict[Span, str] = {}

    @cached_property
    def ids(self) -> list[str]:
        """The id of each sum's line."""
        return line_ids(self.company, self.name, self.sums)

    def amounts(
        self, places: range, *, alone: bool
    ) -> list[ElementaryActivity | Diagnostic | None]:
        """One amount that is the sum of the places where that serves, or one for each."""
        entry = self.sums[places[0]]
        form = self.form(entry)
        year = self.company.year.span(self.company.year.name_of(entry.span.first))
        if alone and len(places) > 1 and isinstance(form, Form) and self.sums_up(entry, form, year):
            segment = self.segments.get(entry.span)
            if segment is None:
                segment = self.segments[entry.span] = segment_name(self.company, entry.span)
            first = f"{self.name}/{entry.facility}/{entry.item}/{segment}"
            total = Fraction(sum(self.sums[place].scaled for place in places), 10**entry.decimals)
            estimate, wholes = self.estimate(places, form), []
            for part, each in enumerate(self.forms_of(entry)):
                whole = _amount(entry, first, each, total, "", self.where, estimate)
                whole.span, whole.days = year, 0
                whole.split = partial(self.split, places, part)
                whole.members = len(places)
                wholes.append(whole)
            return list(wholes)
        count = len(self.forms_of(entry)) or 1
        return [
            self.amount(place, self.sums[place].quantity, [place], part)
            for place in places
            for part in range(count)
        ]

    def split(self, places: range, part: int) -> list[ElementaryActivity]:
        """The amounts whose sum one is."""
        found = []
        for place in places:
            entry = self.sums[place]
            form = self.forms_of(entry)[part]
            quantity, line, estimate = entry.quantity, self.ids[place], self.estimate([place], form)
            spread, rows = spread_share([entry]), _rows(entry)
            found.append(_amount(entry, line, form, quantity, rows, self.where, estimate, spread))
        return found

    def sums_up(self, entry: KeyedSum, form: Form, year: Span) -> bool:
        """Whether nothing but cut dates can tell the days of a supply apart (`Calendar.uncut`)."""
        facility = self.company.facilities.get(entry.facility)
        item = form.item
        return (
            facility is not None
            and facility.stands(year)
            and entry.supplier is None
            and item.attributes is None
            and item.category != "self_generated_electricity"
            and entry.item not in self.faulty
            and not self.by_activity
        )

    def form(self, entry: KeyedSum) -> Form | Slip:
        """What the amounts of an item in a unit share, or why they cannot be read."""
        kind = (entry.item, entry.unit)
        if kind not in self.forms:
            self.forms[kind] = forms_of(self.name, self.table, entry, self.catalog)
        found = self.forms[kind]
        return found[0] if isinstance(found, tuple) else found

    def forms_of(self, entry: KeyedSum) -> tuple[Form, ...]:
        """That of each part of a blend, one of anything else; none where it cannot be read."""
        self.form(entry)
        found = self.forms[entry.item, entry.unit]
        return found if isinstance(found, tuple) else ()

    def estimate(self, places: Iterable[int], form: Form) -> Estimate | None:
        """What is estimated of the sums of an item."""
        return estimate_of(self.table, form.item, (self.sums[place] for place in places))

    def amount(
        self, place: int, quantity: Fraction, readers: Sequence[int], part: int = 0
    ) -> ElementaryActivity | Diagnostic | None:
        """The amount of one line, what is wrong with it, or None where that has been said.

        `readers` are the places of the sums that it was read from, `part` that of a blend.
        """
        entry, line = self.sums[place], self.ids[place]
        if entry.item in self.faulty:
            return None
        form = self.form(entry)
        slip = form if not isinstance(form, Form) else None
        if isinstance(form, Form) and form.item.storage is not None:
            slip = _stored(quantity, form.unit)
        if slip is None and isinstance(form, Form):
            form = self.forms_of(entry)[part]
            rows = "; ".join(_rows(self.sums[each]) for each in readers)
            estimate = self.estimate(readers, form)
            spread = spread_share(self.sums[each] for each in readers)
            made = _amount(entry, line, form, quantity, rows, self.where, estimate, spread)
            for each in readers:
                made.days |= self.sums[each].days
            return made
        assert slip is not None
        return Diagnostic(
            slip.code,
            f"`{line}`: {slip.message}",
            self.company.document.locate(("tables", self.name, "items", entry.item), key=True),
            hint=self._typable(entry, slip),
            days=(entry.span.first, entry.span.last),
        )

    def _typable(self, entry: KeyedSum, slip: Slip) -> str | None:
        """A hint that can be typed in the company file: the cells of the table stay as they are."""
        fuel = canonical_fuel(self.table.items[entry.item].fuel)
        if slip.code != "gas-state-missing":
            return slip.hint
        if phase_of(fuel) == "gas":
            return gas_hint(self.table, self.name, entry.unit)
        return phase_hint(self.table, self.name, entry.unit)


def _storage_unit(company: Company, name: str, table: Table, error: UnitError) -> Diagnostic:
    text = next(text for text, item in table.items.items() if item.storage == "charged")
    return Diagnostic(
        error.code,
        f"table `{name}`: {error.message}",
        company.document.locate(("tables", name, "items", text, "storage"), key=True),
        hint="write energies, such as kWh, for what storage took in and gave back",
    )


def _amount(
    entry: KeyedSum, line: str, form: Form, quantity: Fraction, rows: str, where: Location,
    estimate: Estimate | None, spread: Fraction = ZERO,
) -> ElementaryActivity:  # fmt: skip
    item, line, made = form.item, form.line(line), form.made
    return ElementaryActivity(
        line, line, item, form.path, where, entry.facility, made.category or item.category,
        quantity if form.scale is ONE else quantity * form.scale,
        form.unit, entry.span, made.fuel, form.masses, made.steps, made.after, entry.supplier,
        rows, form.table, evidence=form.evidence, notes=made.notes, mwh=made.mwh, kin=form,
        estimate=estimate, spread=spread, days=entry.days, priced_as=made.priced_as,
        region=made.region, at=made.at,
    )  # fmt: skip


def _stored(net: Fraction, unit: Unit) -> UnitError | None:
    """What storage lost is an energy, and it gives back no more than it takes (S2-08)."""
    if unit.dimension != "J":
        return UnitError(
            "unit-mismatch",
            f"storage is read in {unit.text}, no energy",
            "write energies, such as kWh",
        )
    if net < 0:
        return UnitError(
            "negative-quantity",
            f"storage gave back {plain(-net, 6)} {unit.text} more than it took in",
            "correct the readings, or state both for the whole period in one row each",
        )
    return None


def _rows(entry: KeyedSum) -> str:
    (first_file, first), (last_file, last) = entry.first, entry.last
    if entry.rows == 1:
        return f"{first_file}:{first}"
    return f"{first_file}:{first} … {last_file}:{last} ({entry.rows:,} rows)"
