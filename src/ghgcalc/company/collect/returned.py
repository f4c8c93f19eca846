"""What a workbook that came back is held to: its own form, its period, the rows that it asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.company.collect.identity import cites
from ghgcalc.company.collect.labels import text_of
from ghgcalc.company.collect.rows import (
    GUIDE,
    NO_FACILITY,
    TEXT_KEYS,
    form_of,
    model_of,
    owned,
)
from ghgcalc.company.collect.sheet import cell_at
from ghgcalc.company.last_year import belongs
from ghgcalc.core.diagnostics import Diagnostic, Severity
from ghgcalc.core.text.source import Map

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.company.collect.sheet import FilledForm, SheetRow
    from ghgcalc.company.company import Company
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.period import Span


class Returned(NamedTuple):
    """What an import works with: the form that came back, its days, the company file."""

    form: FilledForm
    span: Span
    company: Company
    shown: str

    @property
    def book(self) -> str:
        """The workbook's name, as evidence cites it."""
        return self.shown.rpartition("/")[2]

    @property
    def known(self) -> Any:
        """The company file's activities as trees of texts."""
        return self.company.document.root.get("activities") or Map()

    @property
    def owner(self) -> str:
        """The facility's id; "" where the lines of none are asked."""
        return "" if self.form.facility == NO_FACILITY else self.form.facility

    def unfilled(self, row: SheetRow) -> bool:
        """Whether a row is not filled in: no quantity, and the unit that the form wrote at most."""
        cells = row.cells
        if cells["number"] or cells["id"] in self.known:
            return False
        units = [part.partition(" ")[2] for part in cells["last"].split(" + ")]
        return not cells["unit"] or cells["unit"] in units

    def period_of(self, row: SheetRow) -> str:
        """A row's period; where its cell is empty the activity's own, else the form's."""
        own = self.known.get(row.cells["id"], {}).get("period")
        return row.cells["period"] or own or self.form.period


def guide_cell(shown: str, place: tuple[int, int]) -> Location:
    """A cell of the instructions, where facility and period stand."""
    from ghgcalc.factors.importers.grid import SheetLocation

    return SheetLocation(f"{shown}:{GUIDE}", *place)


def held_by(work: Returned) -> list[str]:
    """The company file's activities of the form's facility and period."""
    of = owned(work.company, work.form.facility)
    return [n for n, a in of.items() if belongs(work.span, work.company.span_of(a.period))]


def missing_rows(work: Returned, named: dict[str, SheetRow]) -> Iterator[Diagnostic]:
    """Rows that were asked and did not come back, and those that an earlier import had given."""
    form, there = work.form, {row.cells["id"] for row in work.form.rows} | set(named)
    asked = form_of(work.company, form.facility, form.period, work.span).rows
    texts = {row.texts["id"]: row.texts for row in asked}
    ids = list(texts) if form.asked is None else form.asked
    renamed = [dict(row.cells) for row in named.values() if row.cells["id"] not in ids]
    for name in dict.fromkeys((*ids, *held_by(work))):
        given = name not in ids
        if name in there or (given and not cites(work.known[name], work.book)):
            continue
        if any(_same_row(texts.get(name, {}), cells) for cells in renamed):
            continue
        kept = "; it is kept as it stands in the company file" if name in work.known else ""
        first = "imported from it before" if given else "asked"
        yield Diagnostic(
            "asked-row-missing",
            f"{first}, not in the workbook: {name}{kept}",
            cell_at(work.shown, 1, "id"),
            severity=Severity.WARNING,
            hint="keep the row, with 0 where nothing was used; ask the site for it",
        )


def _same_row(texts: dict[str, str], cells: dict[str, str]) -> bool:
    """Whether a row under another id is one that was asked."""
    keys = [key for key in TEXT_KEYS if key != "note"]
    return bool(texts) and all(
        text_of(key, texts.get(key, "")) == text_of(key, cells[key]) for key in keys
    )


def misplaced(work: Returned, rows: list[SheetRow]) -> Iterator[Diagnostic]:
    """Rows of another period than the form's."""
    from ghgcalc.core.period import PeriodError, parse_period_text

    asked = work.form.period
    for row in rows:
        text = work.period_of(row)
        try:
            days = work.company.year.resolve(parse_period_text(text))
        except PeriodError:
            continue  # said where the activity is validated
        if not belongs(work.span, days):
            yield Diagnostic(
                "outside-form",
                f"`{text}` lies outside {asked}, the period of this form",
                cell_at(work.shown, row.number, "period"),
                hint=f"write a period of {asked}; a bill across its first day counts here, one"
                " across its last day in the form of the next period",
            )


def without_model(work: Returned, rows: list[SheetRow]) -> Iterator[Diagnostic]:
    """Rows that take over facts of an activity that is no longer there."""
    for row in rows:
        model = model_of(row.cells["also"])
        if model and row.cells["id"] not in work.known and model not in work.known:
            yield Diagnostic(
                "unknown-line",
                f"row {row.number} takes over facts of `{model}`, which the company file has not",
                cell_at(work.shown, row.number, "also"),
                hint="write a new form with `ghgcalc template`, or put the activity back",
            )
