"""Where a table is written in the company file, whatever of it is written there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic, Location, Related

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghgcalc.company.table import Table


class Places:
    """Looks up places of one table; a part that is not written gives the nearest one that is.

    `base` is the path of a table that does not stand under `tables:`.

    Attributes:
        patterns: whether keys of `unpivot` may be patterns of headings.
    """

    patterns = True

    def __init__(
        self,
        name: str,
        table: Table,
        locate: Callable[[tuple[str | int, ...]], Location],
        base: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.table = table
        self._locate = locate
        self._base = base or ("tables", name)

    def at(self, *path: str | int) -> Location:
        """The place of a key below the table."""
        for size in range(len(path), -1, -1):
            try:
                return self._locate((*self._base, *path[:size]))
            except (LookupError, TypeError, AttributeError, ValueError):
                continue
        return Location("", 1, 1)

    def source(self, ours: str) -> tuple[str, ...]:
        """Path of what gives one of our columns: a column, the correction rule or a constant."""
        if ours == "correction":
            return ("corrections", "column")
        if self.table.reads:
            ours = {"quantity": "reading", "from": "day", "to": "day"}.get(ours, ours)
        kind, _, number = ours.partition(":")
        if kind in {"wide", "filter"}:
            rules = self.table.unpivot if kind == "wide" else self.table.filter
            return ("unpivot" if kind == "wide" else "filter", list(rules)[int(number)])
        if kind in {"quantity", "from", "to"} and number:
            return ("columns", kind, number)
        if kind == "unique":
            return ("unique",)
        if self.table.unpivot and ours not in self.table.columns:
            return ("unpivot",)
        return ("columns" if ours in self.table.columns else "constants", ours)

    def mapping(self, ours: str) -> Related:
        """The place that decides what a cell of our column may say, with a label."""
        if ours == "item":
            return Related(self.at("items"), "the items of this table")
        if ours in {"from", "to"} and "read" in self.table.model_fields_set:
            return Related(self.at("read", "date"), "the format of days")
        if ours == "quantity" and self.table.corrections:
            return Related(self.at("corrections"), "rows that may be negative")
        if getattr(self.table.names, ours, None):
            return Related(self.at("names", ours), "translated here")
        return Related(self.at(*self.source(ours)), "read here")

    def finding(
        self, code: str, message: str, *path: str | int, hint: str | None = None
    ) -> Diagnostic:
        """A finding at a key of the table."""
        return Diagnostic(code, message, self.at(*path), hint=hint)
