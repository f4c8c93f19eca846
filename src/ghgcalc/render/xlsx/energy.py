"""The sheet Energy: MWh by carrier, the bridge between the methods, coverage, shares, criteria.

One table whose first column names the part; MWh and tonnes are sums over Tranches and Lines, sums
and quotients formulas over its own cells (S2-04, S2-08, S2-09, R36, PL-09).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import LOCATION, MARKET, plus, times
from ghgcalc.core.numbers import ZERO
from ghgcalc.core.vocabulary.technology import source_of
from ghgcalc.render.xlsx.book import cell
from ghgcalc.render.xlsx.energy_beside import write_criteria, write_hourly, write_stated
from ghgcalc.render.xlsx.energy_table import (
    AMOUNT,
    CARRIER,
    DIFFERENCE,
    ELECTRICITY,
    LEVEL,
    LOCATED,
    MARKET_,
    NUMBER,
    PART,
    PARTS_OF_1,
    REMARK,
    RENEWABLE,
    SHARE,
    SOURCE,
    TYPE,
    UNIT,
    VERDICT,
    WHAT,
    EnergyTable,
    Value,
    mwh_value,
    origins_of,
    plain_number,
)
from ghgcalc.render.xlsx.lines import REPORTED, facility_numbers
from ghgcalc.render.xlsx.records import CARRIED, INSTRUMENTS, VOLUME
from ghgcalc.render.xlsx.styles import TONNES
from ghgcalc.render.xlsx.totals import LOC, MKT
from ghgcalc.render.xlsx.tranches import ORIGINS, PURCHASED
from ghgcalc.render.xlsx.unknown import all_known, none_missing
from ghgcalc.views.energy_parts import LEVELS
from ghgcalc.views.words import NOT_FACILITY, plain_id

if TYPE_CHECKING:
    from ghgcalc.calculation.results.instrument_use import InstrumentUse
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.render.xlsx.book import Book
    from ghgcalc.views.energy import Energy, Tranche, Use

NOT_STATED = "not stated"


def write_energy(book: Book, inventory: Inventory, energy: Energy) -> dict[str, str]:
    """Energy apart from tonnes, of the lines shown; nothing here is priced.

    Returns:
        The cell of the bridge's sum by method; none where there is no bridge.
    """
    sheet = EnergySheet(book, inventory, energy)
    sheet.write()
    return sheet.sums


class EnergySheet(EnergyTable):
    """Writes Energy, part after part; formulas look upwards, to Tranches, Lines, Instruments."""

    def __init__(self, book: Book, inventory: Inventory, energy: Energy) -> None:
        super().__init__(book)
        self.inventory, self.energy = inventory, energy
        self.facilities = facility_numbers(inventory)
        self.uses = {use.id: use for use in inventory.instruments}
        self.whole: dict[str, str] = {}  # the cell of each carrier's consumption
        self.figures: dict[str, str] = {}  # the cell of each figure that a company may state
        self.sums: dict[str, str] = {}  # the cell of the bridge's sum, by method
        self.bridge = self.rejected = (1, 1)

    def write(self) -> None:
        """Everything."""
        self._consumption()
        self._bridge()
        self._not_applied()
        self._coverage()
        numerator = self._renewable()
        self._attributed(numerator)
        write_criteria(self, self.inventory)
        write_stated(self, self.inventory, self.energy, self.figures)
        write_hourly(self, self.inventory)
        self.sheet.filter(self.row - 1)

    def _consumption(self) -> None:
        """MWh by carrier, facility and origin, then each carrier's sum."""
        for carrier, whole in self.energy.carriers().items():
            first = self.row
            places = [(p, u) for p, u in self.energy.places.items() if p.carrier == carrier]
            for place, use in sorted(places, key=lambda item: item[0].facility or ""):
                for origin, mwh in origins_of(use):
                    texts = {PART: "Consumption", CARRIER: carrier, TYPE: origin, UNIT: "MWh",
                             WHAT: place.facility or NOT_FACILITY}  # fmt: skip
                    keys = (("CARRIER", CARRIER), ("FACILITY_NO", NUMBER), ("ORIGIN", TYPE))
                    number = plain_number(self.facilities[place.facility])
                    held = mwh_value(mwh, self.tranches("MWH", keys))
                    self.put(texts, {NUMBER: number, AMOUNT: held})
            self._sums(carrier, whole, (first, self.row - 1))

    def _sums(self, carrier: str, whole: Use, rows: tuple[int, int]) -> None:
        start = self.row
        texts = {PART: "Consumption", CARRIER: carrier, UNIT: "MWh", WHAT: "all facilities"}
        for origin, mwh in origins_of(whole):
            key = f"{self.area(rows, TYPE)},{cell(self.row, TYPE)}"
            text = f"=SUMIFS({self.area(rows, AMOUNT)},{key})"
            self.put({**texts, TYPE: origin}, {AMOUNT: mwh_value(mwh, text)})
        text = f"=SUM({self.area((start, self.row - 1), AMOUNT)})"
        row = self.put(
            {**texts, TYPE: "in all"}, {AMOUNT: mwh_value(whole.total, text)}, strong=True
        )
        self.whole[carrier] = cell(row, AMOUNT)

    def _bridge(self) -> None:
        """Location-based minus market-based by instrument and step; adds up to Scope 2."""
        first = self.row
        for number, tranche in enumerate(self.energy.tranches, 1):
            self._tranche(number, tranche)
        self.bridge = (first, max(first, self.row - 1))
        located, market = (self.energy.reported[m] for m in (LOCATION, MARKET))
        if (located, market) != (ZERO, ZERO):
            texts = {PART: "Bridge", WHAT: "reported by another party"}
            texts[TYPE] = REPORTED
            keys = f"LINES_SCOPE,2,LINES_REPORTED,{cell(self.row, TYPE)}"
            areas = (f"=SUMIFS({area},{keys})" for area in (LOC, MKT))
            asked = tuple(none_missing(area, keys) for area in (LOC, MKT))
            self.put(texts, self._methods(located, market, *areas, known=asked))
        if self.row > first:
            self._scope_2((first, self.row - 1))

    def _tranche(self, number: int, tranche: Tranche) -> None:
        use = self.uses.get(tranche.instrument or "")
        texts = {
            PART: "Bridge", CARRIER: tranche.carrier, WHAT: tranche.name, UNIT: "MWh",
            TYPE: plain_id(tranche.kind), SOURCE: _source(use),
            REMARK: LEVELS[tranche.level] if tranche.level else "",
        }  # fmt: skip
        areas = ("LOCATION_BASED", "TCO2E", "MWH")
        texts_of = [self.tranches(area, (("BRIDGE_NO", NUMBER),)) for area in areas]
        values = self._methods(tranche.location, tranche.market, *texts_of[:2])
        values[AMOUNT] = mwh_value(tranche.mwh, texts_of[2])
        values[NUMBER] = plain_number(number)
        self.put(texts, {**values, LEVEL: plain_number(tranche.level)})

    def _methods(
        self, located: Fraction | None, market: Fraction | None, located_text: str,
        market_text: str, *, known: tuple[str, ...] = ("", ""),
    ) -> dict[int, Value]:  # fmt: skip
        cells = (cell(self.row, LOCATED), cell(self.row, MARKET_))
        gap = plus(located, times(market, Fraction(-1)))
        return {
            LOCATED: Value(located, TONNES, located_text, known[0]),
            MARKET_: Value(market, TONNES, market_text, known[1]),
            DIFFERENCE: Value(gap, TONNES, f"={cells[0]}-{cells[1]}", all_known(*cells)),
        }

    def _scope_2(self, rows: tuple[int, int]) -> None:
        """The sum, and what Summary has beyond it: nothing, whatever input is changed."""
        scope_2 = self.inventory.totals.scope_2
        areas = [self.area(rows, column) for column in (LOCATED, MARKET_)]
        values = self._methods(
            scope_2[LOCATION], scope_2[MARKET], *(f"=SUM({area})" for area in areas),
            known=tuple(none_missing(area) for area in areas),
        )  # fmt: skip
        tranches = self.area(self.bridge, DIFFERENCE)
        self.figures["energy.location_minus_market"] = f"SUM({tranches})"
        mwh = sum((t.mwh for t in self.energy.tranches), ZERO)
        values[AMOUNT] = mwh_value(mwh, f"=SUM({self.area(rows, AMOUNT)})")
        texts = {PART: "Bridge", WHAT: "Scope 2", TYPE: "in all", UNIT: "MWh"}
        row = self.put(texts, values, strong=True)
        self.sums = {LOCATION: cell(row, LOCATED), MARKET: cell(row, MARKET_)}
        ties: dict[int, Value] = {}
        for column, method in ((LOCATED, LOCATION), (MARKET_, MARKET)):
            pair = (f"SCOPE_2_{method.upper()}", cell(row, column))
            tie = None if scope_2[method] is None else ZERO
            ties[column] = Value(tie, TONNES, "=" + "-".join(pair), all_known(*pair))
        words = "0: both go down to the same cells of Lines and Tranches"
        self.put({PART: "Bridge", WHAT: "Summary minus this sum", REMARK: words}, ties)

    def _not_applied(self) -> None:
        """Rejected instruments, without what bundled certificates of theirs cover."""
        first = self.row
        for place, use in enumerate(self.inventory.instruments, 1):
            if use.rejected:
                texts = {
                    PART: "Not applied", CARRIER: use.carrier, WHAT: use.id, UNIT: "MWh",
                    TYPE: plain_id(use.type), SOURCE: _source(use), VERDICT: "not applied",
                    REMARK: use.rejected,
                }  # fmt: skip
                left, right = (f"{INSTRUMENTS}!{cell(place, c)}" for c in (VOLUME, CARRIED))
                held = mwh_value(use.volume - use.carried, f"={left}-{right}")
                self.put(texts, {NUMBER: plain_number(place), AMOUNT: held})
        self.rejected = (first, self.row - 1)

    def _coverage(self) -> None:
        """MWh and share of consumption by step of the hierarchy and by instrument type."""
        for (carrier, level), mwh in self.energy.by_level().items():
            texts = {PART: "Coverage by level", CARRIER: carrier, WHAT: LEVELS[level]}
            self._covered(texts, mwh, LEVEL, {LEVEL: plain_number(level)})
        for (carrier, kind), mwh in self.energy.by_type().items():
            texts = {PART: "Coverage by type", CARRIER: carrier, TYPE: plain_id(kind)}
            self._covered(texts, mwh, TYPE, {})

    def _covered(
        self, texts: dict[int, str], mwh: Fraction, by: int, values: dict[int, Value]
    ) -> None:
        text = self.sumifs(self.bridge, AMOUNT, (CARRIER, by))
        values[AMOUNT] = mwh_value(mwh, text)
        carrier = texts[CARRIER]
        whole = self.energy.carriers()[carrier].total
        if whole:
            share = f"={cell(self.row, AMOUNT)}/{self.whole[carrier]}"
            values[SHARE] = Value(mwh / whole, PARTS_OF_1, share)
        self.put({**texts, UNIT: "MWh"}, values)

    def _renewable(self) -> str:
        """Numerator, denominator and share; returns the numerator's cell."""
        share = self.energy.share
        if share.value is None or share.with_unapplied is None:
            return ""
        texts = {PART: "Renewable share", CARRIER: ELECTRICITY, UNIT: "MWh"}
        same = {**texts, SOURCE: RENEWABLE}
        first = self.row
        text = self.sumifs(self.bridge, AMOUNT, (CARRIER, SOURCE))
        self.put(
            {**same, WHAT: "instruments applied"}, {AMOUNT: mwh_value(share.instruments, text)}
        )
        kept = (("CARRIER", CARRIER), ("ORIGIN", TYPE), ("KEPT_FROM", SOURCE))
        for what, origin, mwh in (
            ("own generation, attributes kept", ORIGINS["kept"], share.own),
            ("direct lines, attributes kept", PURCHASED, share.direct),
        ):
            held = mwh_value(mwh, self.tranches("MWH", kept))
            self.put({**same, WHAT: what, TYPE: origin}, {AMOUNT: held})
        text = f"=SUM({self.area((first, self.row - 1), AMOUNT)})"
        row = self.put({**same, WHAT: "numerator"}, {AMOUNT: mwh_value(share.numerator, text)})
        top, whole = cell(row, AMOUNT), self.whole[ELECTRICITY]
        values = {AMOUNT: mwh_value(share.consumed, f"={whole}")}
        self.put({**texts, WHAT: "denominator", TYPE: "consumption in all"}, values)
        values = {SHARE: Value(share.value, PARTS_OF_1, f"={top}/{whole}")}
        row = self.put({**texts, UNIT: "", WHAT: "renewable share"}, values, strong=True)
        self.figures |= {"energy.renewable_mwh": top, "energy.renewable_share": cell(row, SHARE)}
        self._unapplied(same, top, whole)
        if share.not_stated:
            words = "no `technology:`, so not counted as renewable"
            texts = {**texts, WHAT: "technology not stated", SOURCE: NOT_STATED, REMARK: words}
            keys = (("CARRIER", CARRIER), ("KEPT_FROM", SOURCE))
            applied = self.sumifs(self.bridge, AMOUNT, (CARRIER, SOURCE)).removeprefix("=")
            text = f"{self.tranches('MWH', keys)}+{applied}"
            self.put(texts, {AMOUNT: mwh_value(share.not_stated, text)})
        return top

    def _unapplied(self, texts: dict[int, str], top: str, whole: str) -> None:
        """What the share would be with the rejected instruments; no part of it."""
        share = self.energy.share
        if not share.unapplied or share.with_unapplied is None:
            return
        text = self.sumifs(self.rejected, AMOUNT, (CARRIER, SOURCE))
        words = {**texts, WHAT: "instruments not applied"}
        row = self.put(words, {AMOUNT: mwh_value(share.unapplied, text)})
        text = f"=({top}+{cell(row, AMOUNT)})/{whole}"
        words = {**texts, UNIT: "", SOURCE: "", WHAT: "share if they were applied"}
        self.put(words, {SHARE: Value(share.with_unapplied, PARTS_OF_1, text)})

    def _attributed(self, numerator: str) -> None:
        """What renewable MWh would have emitted on the grid; deducted from no total."""
        found = self.energy.attributed
        if not found.mwh or found.factor is None:
            return
        texts = {PART: "Attributed", CARRIER: ELECTRICITY, SOURCE: RENEWABLE}
        first = self.row
        own = found.tonnes - self._instruments_tonnes()
        text = self.sumifs(self.bridge, DIFFERENCE, (CARRIER, SOURCE))
        held = Value(found.tonnes - own, TONNES, text)
        self.put({**texts, WHAT: "instruments applied"}, {DIFFERENCE: held})
        words = {**texts, WHAT: "own generation and direct lines"}
        self.put(words, {DIFFERENCE: Value(own, TONNES)})
        text = f"=SUM({self.area((first, self.row - 1), DIFFERENCE)})"
        note = "attributed by contract, outside the inventory, deducted from no total"
        words = {**texts, WHAT: "attributed reduction", REMARK: note}
        row = self.put(words, {DIFFERENCE: Value(found.tonnes, TONNES, text)}, strong=True)
        self.figures["energy.attributed_reduction"] = cell(row, DIFFERENCE)
        values = {AMOUNT: Value(found.factor, "0.000000", f"={cell(row, DIFFERENCE)}/{numerator}")}
        self.put({**texts, WHAT: "per renewable MWh", UNIT: "t/MWh"}, values)
        if found.unpriced:
            words = {**texts, WHAT: "own generation without a grid factor", UNIT: "MWh"}
            self.put({**words, REMARK: "not counted"}, {AMOUNT: mwh_value(found.unpriced)})

    def _instruments_tonnes(self) -> Fraction:
        found = [
            t.difference for t in self.energy.tranches
            if t.instrument is not None and t.carrier == ELECTRICITY
            and _source(self.uses[t.instrument]) == RENEWABLE
        ]  # fmt: skip
        return sum(found, ZERO)


def _source(use: InstrumentUse | None) -> str:
    return source_of(use.record.get("technology"), use.type) if use is not None else ""
