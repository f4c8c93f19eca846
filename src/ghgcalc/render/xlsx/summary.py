"""The sheet Summary: scopes under both Scope 2 methods, intensities, charts, the colour code."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.line import LOCATION, MARKET, times
from ghgcalc.core.numbers import ZERO, rounded
from ghgcalc.render.xlsx.book import cell
from ghgcalc.render.xlsx.estimates import AREAS
from ghgcalc.render.xlsx.lines import facility_numbers
from ghgcalc.render.xlsx.styles import PERCENT, SUMMARY, decimals, not_evaluated
from ghgcalc.render.xlsx.totals import BIO, BY_CATEGORY, LOC, MKT, ranked_categories
from ghgcalc.render.xlsx.unknown import DASH, all_known, none_missing, write
from ghgcalc.views.amounts import Amounts, group
from ghgcalc.views.estimates import estimates_of
from ghgcalc.views.table import figure_places, places_for
from ghgcalc.views.totals import SCOPE_3_COUNT
from ghgcalc.views.words import heading_of, heading_words

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.inventory.filed import Year
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.render.xlsx.book import Book, Sheet
    from ghgcalc.views.amounts import Weighed

_METHODS = ((1, LOCATION, LOC, "LOCATION_BASED"), (2, MARKET, MKT, "MARKET_BASED"))


class Places(NamedTuple):
    """Rows of other sheets: of By category, of By facility, and the years of By year."""

    categories: dict[tuple[int, str], int]
    facilities: dict[str, int]
    years: list[Year]


class Summary:
    """Writes Summary; its totals are named `SCOPE_1`, `SCOPE_2_MARKET_BASED` and so on."""

    def __init__(self, book: Book, inventory: Inventory, weighed: list[Weighed]) -> None:
        self.book, self.inventory, self.weighed = book, inventory, weighed
        self.sheet: Sheet = book.sheet(SUMMARY, tab="#C98A1B")
        self.categories = ranked_categories(weighed)
        self.amounts = group(weighed, lambda line: "").get("", Amounts())
        totals = inventory.totals
        self.places = places_for(totals.all_scopes(m) for m in (LOCATION, MARKET))
        self.format = decimals(self.places)
        self.facility_numbers = facility_numbers(inventory)
        self.row = 0

    def write(self, places: Places) -> None:
        """Everything."""
        raw = self.sheet.raw
        raw.set_portrait()
        raw.fit_to_pages(1, 1)
        self._title()
        for scope in (1, 2):
            self._scope(scope, places)
        self._sum("Scope 1 + 2", "SCOPE_1_2", ("SCOPE_1", "SCOPE_2"))
        self._intensities()
        self._scope(3, places)
        self._sum("Scope 1 + 2 + 3", "ALL_SCOPES", ("SCOPE_1_2", "SCOPE_3"))
        self._biogenic()
        self._estimated()
        self._legend()

    def _title(self) -> None:
        raw = self.sheet.raw
        for column, width in enumerate((46, 18, 18, 38)):
            raw.set_column(column, column, width)
        raw.set_row(0, 28)
        words = heading_words(self.inventory)
        raw.write_string(0, 0, words[0], self.sheet.style("title"))
        raw.write_string(1, 0, " · ".join(words[1:]), self.sheet.style("subtitle"))
        self.row = 3
        heads = ("tCO2e", "location-based", "market-based", "")
        for column, head in enumerate(heads):
            kind = "header_number" if column in (1, 2) else "header"
            self.sheet.text(self.row, column, head or " ", kind)
        raw.freeze_panes(4, 0)
        self.row += 1

    def _line(self, label: str, remark: str = "", kind: str = "label") -> int:
        self.sheet.text(self.row, 0, label, kind)
        self.sheet.text(self.row, 3, remark, "remark")
        self.row += 1
        return self.row - 1

    def _value(
        self, row: int, column: int, text: str, value: Fraction | None, name: str = "",
        known: str = "", *, strong: bool = False, format_: str = "",
    ) -> None:  # fmt: skip
        kind = "output_strong" if strong else "output"
        if not format_ and value and not rounded(value, self.places):
            format_ = decimals(figure_places(value))  # what is not zero does not read as zero
        write(self.sheet, row, column, text, value, known, kind, format_ or self.format)
        if name:
            made = self.book.name(name)
            assert made == name
            self.book.define(name, SUMMARY, cell(row, column))

    def _scope(self, scope: int, places: Places) -> None:
        remark = "" if scope in self.amounts.seen else "no activity data"
        if scope == 3:
            count = sum(key[0] == 3 for key in self.categories)
            remark = f"{SCOPE_3_COUNT - count} of {SCOPE_3_COUNT} categories not evaluated"
            remark = remark if count < SCOPE_3_COUNT else ""
        row = self._line(f"Scope {scope}", remark, "strong")
        for column, method, area, suffix in _METHODS:
            name = f"SCOPE_{scope}_{suffix}"
            text = f"=SUMIFS({area},LINES_SCOPE,{scope})"
            value = self.amounts.of(scope, method) if scope in self.amounts.seen else ZERO
            known = none_missing(area, f"LINES_SCOPE,{scope}")
            unseen = scope == 3 and 3 not in self.amounts.seen
            shown = not_evaluated(self.format) if unseen else ""
            self._value(row, column, text, value, name, known, strong=True, format_=shown)
        for (number, category), amounts in self.categories.items():
            if number == scope:
                row = self._line(heading_of(category), kind="indent")
                place = places.categories[scope, category]
                for column, method, _, _ in _METHODS:
                    at = f"'{BY_CATEGORY}'!{cell(place, column + 2)}"
                    value = amounts.of(scope, method)
                    self._value(row, column, f"={at}", value, known=all_known(at))

    def _sum(self, label: str, name: str, of: tuple[str, str]) -> None:
        totals = self.inventory.totals
        without = name == "ALL_SCOPES" and 3 not in self.amounts.seen
        row = self._line(label, "Scope 3 is not evaluated" if without else "", kind="strong")
        for column, method, _, suffix in _METHODS:
            value = totals.scope_1_2(method) if name == "SCOPE_1_2" else totals.all_scopes(method)
            cells = (f"{of[0]}_{suffix}", f"{of[1]}_{suffix}")
            known = all_known(*cells)
            made = f"{name}_{suffix}"
            self._value(row, column, f"={'+'.join(cells)}", value, made, known, strong=True)

    def _intensities(self) -> None:
        for label, unit, value in self.inventory.metrics:
            shown = unit if unit not in ("", "1") else label
            row = self._line(f"Scope 1 + 2 per {shown}", kind="indent")
            if not value:
                for column in (1, 2):
                    self.sheet.text(row, column, f"{label} is 0")
                continue
            name = self.book.name(f"METRIC_{label}")
            for column, method, _, suffix in _METHODS:
                ratio = times(self.inventory.totals.scope_1_2(method), 1 / value)
                format_ = "" if ratio is None else decimals(figure_places(ratio, 4))
                whole = f"SCOPE_1_2_{suffix}"
                text, known = f"={whole}/{name}", all_known(whole)
                self._value(row, column, text, ratio, known=known, format_=format_)
            row = self._line(f"{label}, {unit}" if unit not in ("", "1") else label, kind="indent")
            self.sheet.number(row, 1, value, "input", "#,##0.######" if value % 1 else "#,##0")
            self.sheet.text(row, 2, "")
            self.book.define(name, SUMMARY, cell(row, 1))

    def _biogenic(self) -> None:
        row = self._line("Biogenic CO2, outside the scopes", "t CO2")
        self._value(row, 1, f"=SUM({BIO})", self.inventory.totals.biogenic_co2, "BIOGENIC_CO2")
        self.sheet.text(row, 2, "")

    def _estimated(self) -> None:
        """Tonnes that rest on estimates, and their share of all scopes."""
        known = estimates_of(self.inventory)
        none: dict[str, Fraction | None] = {LOCATION: ZERO, MARKET: ZERO}
        parts = known.total.part if known else none
        row = self._line("Estimated, all scopes", "see By category, By facility and Lines")
        for column, method, _, suffix in _METHODS:
            text = f"=SUM({AREAS[method]})"
            asked = none_missing(AREAS[method])
            self._value(row, column, text, parts[method], f"ESTIMATED_{suffix}", asked)
        row = self._line("Share estimated")
        for column, method, _, suffix in _METHODS:
            whole = self.inventory.totals.all_scopes(method)
            if not whole:
                self.sheet.text(row, column, DASH if whole is None else "")
                continue
            pair = (f"ESTIMATED_{suffix}", f"ALL_SCOPES_{suffix}")
            share = times(parts[method], 1 / whole)
            text, asked = f"={'/'.join(pair)}", all_known(*pair)
            self._value(row, column, text, share, known=asked, format_=PERCENT)

    def _legend(self) -> None:
        self.row += 1
        texts = (("input", "Input: change one and the totals move"),
                 ("calc", "Calculation"), ("output", "Result"))  # fmt: skip
        for kind, text in texts:
            self.sheet.text(self.row, 0, text, kind)
            self.row += 1
        if self.book.values_only:
            note = "Archive: values without formulas."
            self.sheet.text(self.row, 0, note, "note")
            self.row += 1
