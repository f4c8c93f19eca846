"""`diff`: two sides opened, and the difference between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ghgcalc.analysis.compare.difference import difference
from ghgcalc.analysis.compare.renames import renames_asked
from ghgcalc.analysis.compare.sides import Side, SideError, open_sides, side_of_run
from ghgcalc.analysis.compare.snapshot import Snapshot, snapshot
from ghgcalc.core.arguments import path_of, period_of, text_of, wrong
from ghgcalc.core.diagnostics import in_order
from ghgcalc.inventory.inventory import Inventory
from ghgcalc.pipeline.run import Run

if TYPE_CHECKING:
    from ghgcalc.analysis.compare.difference import Difference
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.core.text.source import SourceFile

COMPANY = "company.yaml"
_SIDES = "a run, an inventory, a snapshot, or a period, file or revision as text"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What `diff` found: the difference, or None where errors block a side, and all findings."""

    difference: Difference | None
    before: Side
    after: Side

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What computing both sides found, in order, each thing once."""
        return in_order((*self.before.diagnostics, *self.after.diagnostics))

    @property
    def sources(self) -> list[SourceFile]:
        """Every text file read, for excerpts."""
        return [*self.before.sources, *self.after.sources]


def diff(
    before: str | int | Path | Run | Inventory | Snapshot,
    after: str | int | Path | Run | Inventory | Snapshot,
    *,
    company: str | Path = COMPANY,
    period: str | int | None = None,
    boundary: str | None = None,
    renames: Mapping[str, str] | None = None,
) -> Comparison:
    """Compare two inventories; the causes add up exactly to the change.

    Args:
        before: a run or an inventory, or a text as on the command line: a period of the company
            file, a company file, a git revision, or a saved inventory (.json). A reporting year
            may be a number.
        after: likewise.
        company: the company file of periods and revisions.
        period: the period of company files and revisions; default their newest year.
        boundary: the boundary where a text names none; `2023@sbt` names one.
        renames: ids of `before` that have another name in `after`.

    Raises:
        TypeError: an argument is of another kind.
        SideError: a text names no side or several; no side takes the period or the boundary;
            `renames` holds an id that no side has; or a saved file meets one computed now: saved
            numbers have 12 decimals, so both are to be given as saved (docs/python.md).
    """
    asked = [_asked(before, "before"), _asked(after, "after")]
    texts = [side for side in asked if isinstance(side, str)]
    file = path_of(company, "company")
    wanted = {} if renames is None else renames
    if not isinstance(wanted, Mapping):
        wrong("renames", "a mapping of ids, or None", renames)
    opened = open_sides(texts, file, period_of(period), text_of(boundary, "boundary"), _workbook)
    given = iter(opened)
    sides = [next(given) if isinstance(side, str) else side for side in asked]
    _judge(sides, opened)
    old, new = (side.snapshot for side in sides)
    if old is None or new is None:
        return Comparison(None, *sides)
    known = {name: now for side in sides for name, now in side.renames.items()}
    known |= renames_asked(wanted.items(), old, new)
    return Comparison(difference(old, new, known), *sides)


def _asked(given: object, name: str) -> str | Side:
    """A side as text to be understood, or what was computed as a side."""
    if isinstance(given, Snapshot):
        return Side(given)
    if isinstance(given, Inventory):
        return Side(snapshot(given, _label(given)), given.diagnostics, inventory=given)
    if isinstance(given, Run):
        return _of_run(given)
    if isinstance(given, PathLike):
        return str(path_of(given, name))
    text = period_of(given, name, _SIDES)
    return wrong(name, _SIDES, given) if text is None else text


def _of_run(given: Run) -> Side:
    label = "" if given.inventory is None else _label(given.inventory)
    return side_of_run(given, label, Path(given.opened.document.named))


def _label(inventory: Inventory) -> str:
    return inventory.period + (f"@{inventory.boundary}" if inventory.boundary else "")


def _judge(sides: list[Side], opened: list[Side]) -> None:
    """A saved text beside figures of this run would differ from them by its rounding."""
    saved = [side for side in opened if side.snapshot is not None and side.inventory is None]
    if saved and any(side.inventory is not None for side in sides):
        raise SideError(
            f"{saved[0].path} is saved, with 12 decimals, and the other side is computed now;"
            " save both, or read both with `snapshot_of_json`"
        )


def _workbook(path: Path, _: str) -> NoReturn:
    raise SideError(f"{path} is a workbook; read it with `snapshot_of_workbook` and give that")
