"""Tables, series and ledgers by the engine that runs them; what both need is said once here.

An engine only reads, checks, groups and sums exactly: keys, times, units and the words of findings
are the same for all.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from ghgcalc.activity_data.tables.hour_sums import HourSums
    from ghgcalc.activity_data.tables.list_rows import ListRows
    from ghgcalc.activity_data.tables.row_ledger import Entry, Source
    from ghgcalc.activity_data.tables.sums import TableSums
    from ghgcalc.company.hourly import Series
    from ghgcalc.company.lists import Listing
    from ghgcalc.company.table import Table
    from ghgcalc.core.diagnostics import Location, Outcome
    from ghgcalc.core.period import ReportingYear, Span

    Locate = Callable[[tuple[str | int, ...]], Location]
    # by facility, when it opened and closed
    Open = Mapping[str, tuple[date | None, date | None]]


class Engine(Protocol):
    """What runs over the rows of tables."""

    def collapse(
        self,
        name: str,
        table: Table,
        folder: Path,
        *,
        cuts: Sequence[date],
        facilities: Collection[str],
        year: ReportingYear,
        locate: Locate,
        open_days: Open | None = None,
        shortest_gap: int = 1,
        spoken_of: Collection[int] = (),
    ) -> Outcome[TableSums]:
        """Sum the rows of a table by key and segment of time; exact, in any order of rows.

        Args:
            name: the table's id.
            table: its rules.
            folder: the project's folder; files must lie under it and are named relative to it.
            cuts: days on which something changes; each starts a segment.
            facilities: the known facility ids.
            year: how reporting years run, for periods named by year or quarter.
            locate: place in the company file of a path of keys.
            open_days: by facility, when it opened and closed; for the calendar of meters.
            shortest_gap: days without a bill from which a gap of that calendar is told.
            spoken_of: years that the company file names; hints put no day elsewhere.
        """

    def read_series(
        self,
        base: tuple[str, str, str, str],
        series: Series,
        zone: str,
        span: Span,
        folder: Path,
        *,
        facilities: Open,
        locate: Locate,
    ) -> Outcome[HourSums]:
        """Sum a metered series by hour.

        Args:
            base: path of the series in the company file.
            series: its rules.
            zone: the time zone, one that `hours` knows.
            span: the days asked.
            folder: the project's folder; files must lie under it.
            facilities: when each known facility opened and closed.
            locate: place in the company file of a path of keys.
        """

    def read_list(
        self, base: tuple[str, ...], listing: Listing, folder: Path, *, locate: Locate
    ) -> Outcome[ListRows]:
        """Read the rows of a list as texts, in the order of files and rows.

        Args:
            base: path of the list in the company file.
            listing: its rules.
            folder: the project's folder; files must lie under it.
            locate: place in the company file of a path of keys.
        """

    def hours(self, zone: str, span: Span) -> dict[datetime, date]:
        """The local day of every hour of some days, by the moment (UTC) it begins.

        Raises:
            ClockError: when the time zone is not known.
        """

    def write_ledger(
        self, entries: Iterable[Entry], sources: Iterable[Source], target: Path
    ) -> None:
        """Write one row per entry and per row of the sources, as CSV or Parquet by the name.

        Raises:
            OSError: when it cannot be written.
        """


# the engines by name, and where each stands; imported when a file has tables
ENGINES: Final[Mapping[str, str]] = MappingProxyType(
    {"polars": "ghgcalc.activity_data.tables.polars_engine.engine:PolarsEngine"}
)
DEFAULT = "polars"


@cache
def engine(name: str = DEFAULT) -> Engine:
    """An engine by its name."""
    module, _, found = ENGINES[name].partition(":")
    made: Engine = getattr(import_module(module), found)()
    return made
