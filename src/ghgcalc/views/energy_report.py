"""The energy report: consumption, coverage, criteria, bridge, shares (S2-04, S2-09, R36)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import LOCATION, MARKET, plus
from ghgcalc.core.numbers import ZERO
from ghgcalc.views.disclosures import NO_OTHERS
from ghgcalc.views.energy import Energy, computed_beside, energy_of
from ghgcalc.views.energy_parts import LEVELS
from ghgcalc.views.estimates import estimated_energy
from ghgcalc.views.facts import not_applied, notes_of, surplus
from ghgcalc.views.hourly import hourly_table
from ghgcalc.views.table import Column, Fact, Number, Report, Row, Table, mwh_places, places_for
from ghgcalc.views.words import NOT_FACILITY, heading_words, plain_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from ghgcalc.inventory.inventory import Inventory, StatedFigure
    from ghgcalc.views.energy import Tranche, Use
    from ghgcalc.views.table import Cell, Phrase

CRITERIA = tuple(range(1, 8))
MARKS = {"met": "yes", "not met": "no", "unanswered": "–", "assumed": "assumed"}


def energy_report(inventory: Inventory, _: Mapping[int, Inventory] = NO_OTHERS) -> Report:
    """Head, tables and facts of `ghgcalc energy`; other reporting years say nothing here."""
    energy = energy_of(inventory)
    tables = [consumption_table(energy), coverage_table(energy), bridge_table(energy)]
    tables += [criteria_table(inventory)] if inventory.instruments else []
    tables += [hourly_table(inventory)]
    head = heading_words(inventory)
    words = tuple(word.replace("GHG inventory", "energy") for word in head)
    facts = (
        _share(energy, inventory), _attributed(energy, inventory), _stated(energy, inventory),
        _estimated(energy, inventory),
        not_applied(inventory), surplus(inventory), notes_of(inventory),
    )  # fmt: skip
    shown = tuple(table for table in tables if table.rows)
    return Report(words, shown, tuple(fact for fact in facts if fact.phrases))


def consumption_table(energy: Energy) -> Table:
    """MWh by carrier, and by facility where there are several (R36)."""
    rows: list[Row] = []
    carriers = energy.carriers()
    places = mwh_places([use.total for use in carriers.values()])
    for carrier, use in carriers.items():
        sites = {p.facility: u for p, u in energy.places.items() if p.carrier == carrier}
        rows.append(_used(carrier.capitalize(), use, places, 0, len(sites) > 1))
        if len(sites) > 1:
            ranked = sorted(sites.items(), key=lambda item: (-item[1].total, item[0] or ""))
            rows += [_used(name or NOT_FACILITY, site, places, 1) for name, site in ranked]
    columns = (
        Column("Consumption"), Column("purchased", True), Column("own, attributes\nkept", True),
        Column("own, attributes\nsold", True), Column("total", True),
    )  # fmt: skip
    return Table("Consumption", columns, tuple(rows), unit="MWh")


def _used(label: str, use: Use, places: int, level: int, sums: bool = False) -> Row:
    values = (use.purchased, use.kept, use.sold, use.total)
    return Row((label, *(Number(value, places) for value in values)), level=level, sums=sums)


def coverage_table(energy: Energy) -> Table:
    """MWh and share of consumption by step of the hierarchy and instrument type (R10, R36)."""
    rows: list[Row] = []
    carriers = energy.carriers()
    places = mwh_places([use.total for use in carriers.values()])
    types = energy.by_type()
    several = len(carriers) > 1
    for (carrier, level), mwh in energy.by_level().items():
        whole = carriers[carrier].total
        label = f"{level} {LEVELS[level]}" if level else LEVELS[0]
        label = f"{carrier.capitalize()}: {label}" if several else label
        rows.append(Row((label, Number(mwh, places), _percent(mwh, whole))))
        inside = {t.kind for t in energy.tranches if (t.carrier, t.level) == (carrier, level)}
        rows += [
            Row((plain_id(kind), Number(amount, places), _percent(amount, whole)), level=1)
            for (of, kind), amount in types.items()
            if of == carrier and kind in inside
        ]
    columns = (Column("Coverage"), Column("MWh", True), Column("%", True))
    return Table("Coverage", columns, tuple(rows))


def _percent(part: Fraction, whole: Fraction) -> Cell:
    return Number(part / whole * 100, 1) if whole else None


def bridge_table(energy: Energy) -> Table:
    """Location-based minus market-based, by instrument and step; the rows add up exactly."""
    items = energy.tranches
    places = places_for(t.location for t in items)
    if not items:
        places = places_for(energy.reported.values())
    mwh = mwh_places([t.mwh for t in items])
    rows = [_bridge(t, mwh, places) for t in items]
    extra = energy.reported[LOCATION], energy.reported[MARKET]
    if extra != (ZERO, ZERO):
        rows.append(Row(("reported by another party", "", None, *_both(extra, places)), level=1))
    sums = (
        plus(sum((t.location for t in items), ZERO), extra[0]),
        plus(sum((t.market for t in items), ZERO), extra[1]),
    )
    whole = Number(sum((t.mwh for t in items), ZERO), mwh)
    if rows:
        rows.insert(0, Row(("Scope 2", "", whole, *_both(sums, places)), sums=True))
    columns = (
        Column("Bridge, tCO2e"), Column(""), Column("MWh", True), Column("location-based", True),
        Column("market-based", True), Column("difference", True),
    )  # fmt: skip
    return Table("Bridge", columns, tuple(rows))


def _both(values: tuple[Fraction | None, Fraction | None], places: int) -> tuple[Cell, ...]:
    """Both methods and their difference; what is not known leaves no difference."""
    located, market = values
    cells = (None if value is None else Number(value, places) for value in values)
    if located is None or market is None:
        return (*cells, None)
    return (*cells, Number(located - market, places, signed=True))


def _bridge(tranche: Tranche, mwh: int, places: int) -> Row:
    name, kind = tranche.name, plain_id(tranche.kind)
    cells: tuple[Cell, ...] = (
        name, kind, Number(tranche.mwh, mwh), Number(tranche.location, places),
        Number(tranche.market, places), Number(tranche.difference, places, signed=True),
    )  # fmt: skip
    return Row(cells, level=1)


def criteria_table(inventory: Inventory) -> Table:
    """The quality criteria of each instrument; empty where a type need not meet one (S2-04)."""
    rows = []
    for use in inventory.instruments:
        states = {answer.number: MARKS[answer.state] for answer in use.answers}
        applied = "no" if use.rejected else "yes"
        cells = (use.id, plain_id(use.type), *(states.get(n, "") for n in CRITERIA), applied)
        rows.append(Row(cells))
    columns = (
        Column("Criteria"), Column(""), *(Column(str(n)) for n in CRITERIA), Column("applied"),
    )  # fmt: skip
    note = "criterion 8 is met by this report: the residual mix is used, or its absence said"
    return Table("Criteria", columns, tuple(rows), notes=(note,))


def _share(energy: Energy, inventory: Inventory) -> Fact:
    share = energy.share
    value, wider = share.value, share.with_unapplied
    if value is None:
        return Fact("Renewable share", ())
    places = mwh_places([share.consumed])
    direct = (" · direct lines ", Number(share.direct, places)) if share.direct else ()
    phrases: list[Phrase] = [(
        Number(share.numerator, places), " of ", Number(share.consumed, places),
        " MWh electricity (", Number(value * 100, 1), " %): instruments ",
        Number(share.instruments, places), " · own generation ", Number(share.own, places),
        *direct,
    )]  # fmt: skip
    if share.unapplied and wider is not None:
        phrases.append((
            "  with ", Number(share.unapplied, places), " MWh that are not applied it would be ",
            Number(wider * 100, 1), " %",
        ))  # fmt: skip
    if share.not_stated:
        phrases.append(
            ("  not counted: ", Number(share.not_stated, places), " MWh without a `technology:`")
        )
    return Fact("Renewable share", tuple(phrases))


def _estimated(energy: Energy, inventory: Inventory) -> Fact:
    """MWh that are estimates, by carrier."""
    found: dict[str, Fraction] = {}
    for place, mwh in estimated_energy(inventory).items():
        found[place.carrier] = found.get(place.carrier, ZERO) + mwh
    phrases: list[Phrase] = []
    for carrier, use in energy.carriers().items():
        if carrier in found:
            mwh, places = found[carrier], mwh_places([use.total])
            share = (" (", Number(mwh / use.total * 100, 1), " %)") if use.total else ()
            whole = Number(use.total, places)
            phrases.append((f"{carrier}: ", Number(mwh, places), " of ", whole, " MWh", *share))
    return Fact("Estimated", tuple(phrases))


def _attributed(energy: Energy, inventory: Inventory) -> Fact:
    found = energy.attributed
    if not found.mwh:
        return Fact("Attributed", ())
    places = places_for([found.tonnes])
    words: list[str | Number] = [
        Number(found.tonnes, places), " tCO2e for ", Number(found.mwh, mwh_places([found.mwh])),
        " renewable MWh at the location factors",
    ]  # fmt: skip
    if found.factor is not None:
        words += [" (", Number(found.factor, 6), " t/MWh)"]
    phrases: list[Phrase] = [tuple(words)]
    phrases.append(("  attributed by contract, outside the inventory, deducted from no total",))
    if found.unpriced:
        text = " MWh of own generation without a grid factor"
        phrases.append(("  not counted: ", Number(found.unpriced, 0), text))
    return Fact("Attributed", tuple(phrases))


def _stated(energy: Energy, inventory: Inventory) -> Fact:
    phrases = [_beside(energy, stated) for stated in inventory.stated]
    return Fact("Stated", tuple(phrases))


def _beside(energy: Energy, stated: StatedFigure) -> Phrase:
    computed = computed_beside(energy, stated)
    share = stated.unit == "%"
    places = 1 if share else places_for([stated.value])
    unit = f" {stated.unit}"
    name = plain_id(stated.figure.partition(".")[2])
    words: list[str | Number] = [f"{name}: stated ", Number(stated.value, places), unit]
    if computed is None:
        return (*words, ", nothing to compare")
    words += [", computed ", Number(computed, places), unit, ", difference "]
    words += [Number(computed - stated.value, places, signed=True), " points" if share else unit]
    if stated.figure == "energy.attributed_reduction" and energy.attributed.mwh:
        implied = stated.value * stated.size / energy.attributed.mwh
        words += ["; the stated figure implies ", Number(implied, 6), " t/MWh"]
    words.append(f" ({stated.location})")
    return tuple(words)
