"""The sheet Energy: MWh by carrier, the bridge between the methods, coverage, shares, criteria.

One table whose first column names the part; sums and quotients are formulas over its own cells
(S2-04, S2-08, S2-09, R36, PL-09).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.model.inventory import LOCATION, MARKET, ZERO
from ghgcalc.model.matching import MATCHINGS, NOT_IN_FORCE
from ghgcalc.model.technology import source_of
from ghgcalc.render.xlsx.book import Column, cell
from ghgcalc.render.xlsx.styles import PERCENT, TONNES, quantity
from ghgcalc.views.energy import LEVELS, Energy, computed_beside, energy_of
from ghgcalc.views.hourly import BY
from ghgcalc.views.words import NOT_FACILITY, plain_id

if TYPE_CHECKING:
    from ghgcalc.model.inventory import InstrumentUse, Inventory
    from ghgcalc.render.xlsx.book import Book
    from ghgcalc.views.energy import Tranche, Use

ENERGY = "Energy"
_HEADS = (
    Column("Part", 16), Column("Carrier", 10), Column("Facility, instrument or figure", 35),
    Column("Type", 26), Column("Level or criterion", 9, True), Column("Generated from", 11),
    Column("Amount", 13, True), Column("Unit", 8), Column("Share of consumption", 12, True),
    Column("tCO2e location-based", 13, True), Column("tCO2e market-based", 13, True),
    Column("Difference (tCO2e)", 13, True), Column("Verdict", 11), Column("Remark", 34),
)  # fmt: skip
PART, CARRIER, WHAT, TYPE, LEVEL, SOURCE, AMOUNT, UNIT, SHARE = range(9)
LOCATED, MARKET_, DIFFERENCE, VERDICT, REMARK = range(9, 14)
PURCHASED, KEPT, SOLD = "purchased", "self-generated, attributes kept", "self-generated, sold"
ELECTRICITY, RENEWABLE = "electricity", "renewable"


class Value(NamedTuple):
    """What a cell holds: a figure, and the formula that gives it where it is a sum or quotient."""

    value: Fraction
    format: str
    formula: str = ""


def write_energy(book: Book, inventory: Inventory) -> None:
    """Energy apart from tonnes, of the lines shown; nothing here is priced."""
    EnergySheet(book, inventory).write()


class EnergySheet:
    """Writes Energy, part after part; formulas look upwards only."""

    def __init__(self, book: Book, inventory: Inventory) -> None:
        self.sheet = book.sheet(ENERGY, _HEADS, tab="#3A8C6E")
        self.inventory = inventory
        self.energy: Energy = energy_of(inventory)
        self.uses = {use.id: use for use in inventory.instruments}
        self.whole: dict[str, str] = {}  # the cell of each carrier's consumption
        self.figures: dict[str, str] = {}  # the cell of each figure that a company may state
        self.bridge = self.rejected = (1, 1)
        self.row = 1

    def write(self) -> None:
        """Everything."""
        self._consumption()
        self._bridge()
        self._not_applied()
        self._coverage()
        numerator = self._renewable()
        self._attributed(numerator)
        self._criteria()
        self._stated()
        self._hourly()
        self.sheet.filter(self.row - 1)

    def put(self, texts: dict[int, str], values: dict[int, Value], *, strong: bool = False) -> int:
        """A row; every cell has its border, empty ones too. Returns the row, counted from 0."""
        row, sheet = self.row, self.sheet
        remark = texts.get(REMARK, "")
        sheet.heighten(row, [(REMARK, remark), (WHAT, texts.get(WHAT, ""))])
        for column in range(len(_HEADS)):
            held = values.get(column)
            if held is None:
                bold = strong and column != REMARK
                kind = "strong" if bold else "wrap" if column in (WHAT, REMARK) else "text"
                sheet.text(row, column, texts.get(column), kind)
            elif held.formula:
                kind = "output_strong" if strong else "output"
                sheet.formula(row, column, held.formula, held.value, kind, held.format)
            else:
                sheet.number(row, column, held.value, "calc", held.format)
        self.row += 1
        return row

    def _area(self, rows: tuple[int, int], column: int) -> str:
        return f"{cell(rows[0], column)}:{cell(rows[1], column)}"

    def _consumption(self) -> None:
        """MWh by carrier, facility and origin, then each carrier's sum."""
        for carrier, whole in self.energy.carriers().items():
            first = self.row
            places = [(p, u) for p, u in self.energy.places.items() if p.carrier == carrier]
            for place, use in sorted(places, key=lambda item: item[0].facility or ""):
                for origin, mwh in _origins(use):
                    texts = {PART: "Consumption", CARRIER: carrier, TYPE: origin, UNIT: "MWh",
                             WHAT: place.facility or NOT_FACILITY}  # fmt: skip
                    self.put(texts, {AMOUNT: _mwh(mwh)})
            self._sums(carrier, whole, (first, self.row - 1))

    def _sums(self, carrier: str, whole: Use, rows: tuple[int, int]) -> None:
        start = self.row
        texts = {PART: "Consumption", CARRIER: carrier, UNIT: "MWh", WHAT: "all facilities"}
        for origin, mwh in _origins(whole):
            key = f"{self._area(rows, TYPE)},{cell(self.row, TYPE)}"
            text = f"=SUMIFS({self._area(rows, AMOUNT)},{key})"
            self.put({**texts, TYPE: origin}, {AMOUNT: _mwh(mwh, text)})
        text = f"=SUM({self._area((start, self.row - 1), AMOUNT)})"
        row = self.put({**texts, TYPE: "in all"}, {AMOUNT: _mwh(whole.total, text)}, strong=True)
        self.whole[carrier] = cell(row, AMOUNT)

    def _bridge(self) -> None:
        """Location-based minus market-based by instrument and step; adds up to Scope 2."""
        first = self.row
        for tranche in self.energy.tranches:
            self._tranche(tranche)
        self.bridge = (first, max(first, self.row - 1))
        located, market = (self.energy.reported[m] for m in (LOCATION, MARKET))
        if located or market:
            texts = {PART: "Bridge", WHAT: "reported by another party"}
            self.put(texts, self._methods(located, market))
        if self.row > first:
            self._scope_2((first, self.row - 1))

    def _tranche(self, tranche: Tranche) -> None:
        use = self.uses.get(tranche.instrument or "")
        texts = {
            PART: "Bridge", CARRIER: tranche.carrier, WHAT: tranche.name, UNIT: "MWh",
            TYPE: plain_id(tranche.kind), SOURCE: _source(use),
            REMARK: LEVELS[tranche.level] if tranche.level else "",
        }  # fmt: skip
        values = self._methods(tranche.location, tranche.market)
        values[AMOUNT] = _mwh(tranche.mwh)
        self.put(texts, {**values, LEVEL: _level(tranche.level)})

    def _methods(self, located: Fraction, market: Fraction) -> dict[int, Value]:
        text = f"={cell(self.row, LOCATED)}-{cell(self.row, MARKET_)}"
        return {
            LOCATED: Value(located, TONNES), MARKET_: Value(market, TONNES),
            DIFFERENCE: Value(located - market, TONNES, text),
        }  # fmt: skip

    def _scope_2(self, rows: tuple[int, int]) -> None:
        """The sum, and what Summary has beyond it: nothing, unless an input was changed."""
        scope_2 = self.inventory.totals.scope_2
        values = self._methods(scope_2[LOCATION], scope_2[MARKET])
        for column, method in ((LOCATED, LOCATION), (MARKET_, MARKET)):
            text = f"=SUM({self._area(rows, column)})"
            values[column] = Value(scope_2[method], TONNES, text)
        mwh = sum((t.mwh for t in self.energy.tranches), ZERO)
        values[AMOUNT] = _mwh(mwh, f"=SUM({self._area(rows, AMOUNT)})")
        texts = {PART: "Bridge", WHAT: "Scope 2", TYPE: "in all", UNIT: "MWh"}
        row = self.put(texts, values, strong=True)
        ties: dict[int, Value] = {}
        for column, suffix in ((LOCATED, "LOCATION_BASED"), (MARKET_, "MARKET_BASED")):
            ties[column] = Value(ZERO, TONNES, f"=SCOPE_2_{suffix}-{cell(row, column)}")
        words = "0 as computed; after a change of an input, what it moved in Scope 2"
        self.put({PART: "Bridge", WHAT: "Summary minus this sum", REMARK: words}, ties)

    def _not_applied(self) -> None:
        """Rejected instruments, without what bundled certificates of theirs cover."""
        first = self.row
        for use in self.inventory.instruments:
            if use.rejected:
                texts = {
                    PART: "Not applied", CARRIER: use.carrier, WHAT: use.id, UNIT: "MWh",
                    TYPE: plain_id(use.type), SOURCE: _source(use), VERDICT: "not applied",
                    REMARK: use.rejected,
                }  # fmt: skip
                self.put(texts, {AMOUNT: _mwh(use.volume - use.carried)})
        self.rejected = (first, self.row - 1)

    def _coverage(self) -> None:
        """MWh and share of consumption by step of the hierarchy and by instrument type."""
        for (carrier, level), mwh in self.energy.by_level().items():
            texts = {PART: "Coverage by level", CARRIER: carrier, WHAT: LEVELS[level]}
            self._covered(texts, mwh, LEVEL, {LEVEL: _level(level)})
        for (carrier, kind), mwh in self.energy.by_type().items():
            texts = {PART: "Coverage by type", CARRIER: carrier, TYPE: plain_id(kind)}
            self._covered(texts, mwh, TYPE, {})

    def _covered(
        self, texts: dict[int, str], mwh: Fraction, by: int, values: dict[int, Value]
    ) -> None:
        text = self._sumifs(self.bridge, AMOUNT, (CARRIER, by))
        values[AMOUNT] = _mwh(mwh, text)
        carrier = texts[CARRIER]
        whole = self.energy.carriers()[carrier].total
        if whole:
            share = f"={cell(self.row, AMOUNT)}/{self.whole[carrier]}"
            values[SHARE] = Value(mwh / whole, PERCENT, share)
        self.put({**texts, UNIT: "MWh"}, values)

    def _sumifs(self, rows: tuple[int, int], column: int, by: tuple[int, ...]) -> str:
        """Sum over earlier rows that hold the same as this row in the columns named."""
        keys = ",".join(f"{self._area(rows, key)},{cell(self.row, key)}" for key in by)
        return f"=SUMIFS({self._area(rows, column)},{keys})"

    def _renewable(self) -> str:
        """Numerator, denominator and share; returns the numerator's cell."""
        share = self.energy.share
        if share.value is None or share.with_unapplied is None:
            return ""
        texts = {PART: "Renewable share", CARRIER: ELECTRICITY, UNIT: "MWh"}
        same = {**texts, SOURCE: RENEWABLE}
        first = self.row
        text = self._sumifs(self.bridge, AMOUNT, (CARRIER, SOURCE))
        self.put({**same, WHAT: "instruments applied"}, {AMOUNT: _mwh(share.instruments, text)})
        self.put({**same, WHAT: "own generation, attributes kept"}, {AMOUNT: _mwh(share.own)})
        self.put({**same, WHAT: "direct lines, attributes kept"}, {AMOUNT: _mwh(share.direct)})
        text = f"=SUM({self._area((first, self.row - 1), AMOUNT)})"
        row = self.put({**same, WHAT: "numerator"}, {AMOUNT: _mwh(share.numerator, text)})
        top, whole = cell(row, AMOUNT), self.whole[ELECTRICITY]
        values = {AMOUNT: _mwh(share.consumed, f"={whole}")}
        self.put({**texts, WHAT: "denominator", TYPE: "consumption in all"}, values)
        values = {SHARE: Value(share.value, PERCENT, f"={top}/{whole}")}
        row = self.put({**texts, UNIT: "", WHAT: "renewable share"}, values, strong=True)
        self.figures |= {"energy.renewable_mwh": top, "energy.renewable_share": cell(row, SHARE)}
        self._unapplied(same, top, whole)
        if share.not_stated:
            words = "no `technology:`, so not counted as renewable"
            texts = {**texts, WHAT: "technology not stated", REMARK: words}
            self.put(texts, {AMOUNT: _mwh(share.not_stated)})
        return top

    def _unapplied(self, texts: dict[int, str], top: str, whole: str) -> None:
        """What the share would be with the rejected instruments; no part of it."""
        share = self.energy.share
        if not share.unapplied or share.with_unapplied is None:
            return
        text = self._sumifs(self.rejected, AMOUNT, (CARRIER, SOURCE))
        words = {**texts, WHAT: "instruments not applied"}
        row = self.put(words, {AMOUNT: _mwh(share.unapplied, text)})
        text = f"=({top}+{cell(row, AMOUNT)})/{whole}"
        words = {**texts, UNIT: "", SOURCE: "", WHAT: "share if they were applied"}
        self.put(words, {SHARE: Value(share.with_unapplied, PERCENT, text)})

    def _attributed(self, numerator: str) -> None:
        """What renewable MWh would have emitted on the grid; deducted from no total."""
        found = self.energy.attributed
        if not found.mwh or found.factor is None:
            return
        texts = {PART: "Attributed", CARRIER: ELECTRICITY, SOURCE: RENEWABLE}
        first = self.row
        own = found.tonnes - self._instruments_tonnes()
        text = self._sumifs(self.bridge, DIFFERENCE, (CARRIER, SOURCE))
        held = Value(found.tonnes - own, TONNES, text)
        self.put({**texts, WHAT: "instruments applied"}, {DIFFERENCE: held})
        words = {**texts, WHAT: "own generation and direct lines"}
        self.put(words, {DIFFERENCE: Value(own, TONNES)})
        text = f"=SUM({self._area((first, self.row - 1), DIFFERENCE)})"
        note = "attributed by contract, outside the inventory, deducted from no total"
        words = {**texts, WHAT: "attributed reduction", REMARK: note}
        row = self.put(words, {DIFFERENCE: Value(found.tonnes, TONNES, text)}, strong=True)
        self.figures["energy.attributed_reduction"] = cell(row, DIFFERENCE)
        values = {AMOUNT: Value(found.factor, "0.000000", f"={cell(row, DIFFERENCE)}/{numerator}")}
        self.put({**texts, WHAT: "per renewable MWh", UNIT: "t/MWh"}, values)
        if found.unpriced:
            words = {**texts, WHAT: "own generation without a grid factor", UNIT: "MWh"}
            self.put({**words, REMARK: "not counted"}, {AMOUNT: _mwh(found.unpriced)})

    def _instruments_tonnes(self) -> Fraction:
        found = [
            t.difference for t in self.energy.tranches
            if t.instrument is not None and t.carrier == ELECTRICITY
            and _source(self.uses[t.instrument]) == RENEWABLE
        ]  # fmt: skip
        return sum(found, ZERO)

    def _criteria(self) -> None:
        """The Scope 2 Quality Criteria that each instrument must meet, with what answers them."""
        for use in self.inventory.instruments:
            for answer in use.answers:
                texts = {
                    PART: "Quality criteria", CARRIER: use.carrier, WHAT: use.id,
                    TYPE: plain_id(use.type), VERDICT: answer.state, REMARK: answer.evidence,
                }  # fmt: skip
                self.put(texts, {LEVEL: _level(answer.number)})

    def _stated(self) -> None:
        """Figures that the company states, computed ones below each."""
        for item in self.inventory.stated:
            computed = computed_beside(self.energy, item)
            share = item.figure == "energy.renewable_share"
            column, unit = (SHARE, "") if share else (AMOUNT, item.unit)
            size, shown = (item.size, PERCENT) if share else (Fraction(1), TONNES)
            remark = "; ".join(text for text in (item.citation, str(item.location)) if text)
            texts = {PART: "Stated", WHAT: plain_id(item.figure.partition(".")[2]), UNIT: unit}
            words = {**texts, TYPE: "stated", REMARK: remark}
            stated = self.put(words, {column: Value(item.value * size, shown)})
            if computed is None:
                self.put({**texts, TYPE: "computed", REMARK: "nothing to compare"}, {})
                continue
            known = self.figures.get(item.figure, "") if share or item.size == 1 else ""
            held = Value(computed * size, shown, known and f"={known}")
            row = self.put({**texts, TYPE: "computed"}, {column: held})
            text = f"={cell(row, column)}-{cell(stated, column)}"
            held = Value((computed - item.value) * size, shown, text)
            self.put({**texts, TYPE: "difference"}, {column: held})

    def _hourly(self) -> None:
        """Matching by year, month and hour: values, of no use to any formula of the workbook."""
        for match in self.inventory.hourly:
            texts = {PART: "Hourly matching", CARRIER: ELECTRICITY, WHAT: match.id, UNIT: "MWh"}
            words = {**texts, TYPE: "consumption", REMARK: f"{match.zone}, {match.span}"}
            row = self.put(words, {AMOUNT: _mwh(match.consumption)})
            whole = cell(row, AMOUNT)
            self.put({**texts, TYPE: "generation"}, {AMOUNT: _mwh(match.generation)})
            for kind in MATCHINGS:
                values = {AMOUNT: _mwh(match.matched[kind])}
                share = match.share(kind)
                if share is not None:
                    text = f"={cell(self.row, AMOUNT)}/{whole}"
                    values[SHARE] = Value(share, PERCENT, text)
                self.put({**texts, TYPE: f"matched {BY[kind]}", REMARK: NOT_IN_FORCE}, values)


def _origins(use: Use) -> list[tuple[str, Fraction]]:
    """MWh by origin; purchased always, own power where there is some."""
    own = [(name, mwh) for name, mwh in ((KEPT, use.kept), (SOLD, use.sold)) if mwh]
    return [(PURCHASED, use.purchased), *own] if use.purchased or not own else own


def _mwh(value: Fraction, formula: str = "") -> Value:
    return Value(value, quantity(value), formula)


def _level(number: int) -> Value:
    return Value(Fraction(number), "0")


def _source(use: InstrumentUse | None) -> str:
    return source_of(use.record.get("technology"), use.type) if use is not None else ""
