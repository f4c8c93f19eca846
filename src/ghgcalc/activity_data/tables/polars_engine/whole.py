"""Whether files were whole, and the same from their hash to their last row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ghgcalc.activity_data.tables.polars_engine.sources import refuse, shown_path
from ghgcalc.core.panics import Panicked, panics_caught

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ghgcalc.activity_data.tables.polars_engine.sources import Sources

T = TypeVar("T")


class Stamp(NamedTuple):
    """What tells that a file was written to or replaced: its size, time of change and number."""

    size: int
    changed: int
    inode: int


def stamps_of(paths: Iterable[Path]) -> dict[Path, Stamp]:
    """The stamp of each file, taken before it is hashed; one that is not there has none."""
    found = {}
    for path in paths:
        try:
            state = path.stat()
        except OSError:
            continue
        found[path] = Stamp(state.st_size, state.st_mtime_ns, state.st_ino)
    return found


def refuse_changed(sources: Sources, stamps: dict[Path, Stamp]) -> None:
    """Refuse files that were written to since: their hash is not that of the rows read."""
    now = stamps_of(stamps)
    for path, stamp in stamps.items():
        if now.get(path) != stamp:
            shown = shown_path(path, sources.folder)
            message = f"`{shown}` changed while it was read: its hash may not be that of its rows"
            refuse(sources, "unreadable-file", message, shown, "run again once it is written")


def unless_damaged(sources: Sources, read: Callable[[], T], nothing: Callable[[], T]) -> T:
    """What `read` gives; `nothing` where a typed file turns out to be damaged, with a finding.

    Parquet is read lazily, so that damage shows only when its pages are.
    """
    import polars as pl

    if not sources.typed:
        return read()
    try:
        with panics_caught():
            return read()
    except (pl.exceptions.PolarsError, Panicked, OSError):
        before = len(sources.refused)
        for index, path in sources.typed.items():
            _refuse_damaged(sources, index, path)
        if len(sources.refused) == before:
            raise
        return nothing()


def _refuse_damaged(sources: Sources, index: int, path: Path) -> None:
    import polars as pl

    try:
        with panics_caught():
            columns = list(sources.ordinals[index].values())
            frame = pl.scan_parquet(path, glob=False, hive_partitioning=False)
            names = frame.collect_schema().names()
            wanted = [names[at - 1] for at in dict.fromkeys(columns) if 0 < at <= len(names)]
            frame.select(wanted or names).collect(engine="streaming")
    except (pl.exceptions.PolarsError, Panicked, OSError) as error:
        shown = sources.shown[index]
        reason = str(error).partition("\n")[0][:120]
        hint = "write the file again, or export it as CSV"
        refuse(sources, "unreadable-file", f"`{shown}` is damaged: {reason}", shown, hint)
