"""What `2022`, `other/company.yaml`, `inventory.xlsx`, `v1.0` or `HEAD~1:acme.yaml` mean.

A side is, in this order, a period of the company file, a file, or a git revision; a text that fits
two of them is refused. `@boundary` at its end names the boundary of that side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.analysis.compare.revisions import RevisionError, git, unpack
from ghgcalc.analysis.compare.saved import SavedError, snapshot_of_json
from ghgcalc.analysis.compare.snapshot import Snapshot, snapshot
from ghgcalc.company.figure_names import ENERGY_FIGURES
from ghgcalc.core.numbers import grouped
from ghgcalc.core.period import PeriodError, parse_period_text
from ghgcalc.core.scratch import scratch_folder
from ghgcalc.pipeline.project_files import files_of
from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.core.text.source import SourceFile
    from ghgcalc.inventory.inventory import Inventory

Workbooks = Callable[[Path, str], Snapshot]
PERIOD, FILE, GIT = "period", "file", "git revision"


class SideError(ValueError):
    """What is asked of `diff` fits no side, or several; usage, not data."""


class SideText(NamedTuple):
    """A side as asked: what kind it is, its text, and its own boundary."""

    kind: str
    text: str
    boundary: str | None


@dataclass(slots=True)
class Side:
    """A side opened: its snapshot, or None where errors block it, and all findings.

    `read` are the files that it read; of a git revision, as they lie in the working tree.
    """

    snapshot: Snapshot | None
    diagnostics: tuple[Diagnostic, ...] = ()
    sources: tuple[SourceFile, ...] = ()
    path: str = ""
    inventory: Inventory | None = None
    renames: Mapping[str, str] = field(default_factory=dict)
    read: tuple[Path, ...] = ()


def understand(text: str, company: Path) -> SideText:
    """Which kind of side a text is.

    Raises:
        SideError: it is none, or it fits two kinds.
    """
    head, at, boundary = text.rpartition("@")
    name, own = (head, boundary) if at and head and not boundary.startswith("{") else (text, None)
    if own == "":
        raise SideError(f"`{text}` names no boundary after its `@`; write one, or leave `@` out")
    kinds = [kind for kind, fits in ((PERIOD, _is_period(name) and _is_there(company)),
                                     (FILE, _is_file(name)),
                                     (GIT, _is_revision(name, company))) if fits]  # fmt: skip
    if len(kinds) > 1:
        raise SideError(
            f"`{name}` is a {kinds[0]} and a {kinds[1]}; write `./{name}` for the file,"
            f" `refs/…/{name}` for the revision, or rename one"
        )
    if not kinds and _is_period(name):
        raise SideError(
            f"`{name}` is no period of {company}, as there is no such file; name the company file"
            " as `company`"
        )
    if not kinds:
        raise SideError(
            f"`{name}` is no period of {company}, no file and no git revision;"
            " write a year such as 2022, a company file, a saved inventory or a revision"
        )
    return SideText(kinds[0], name, own)


def _is_period(text: str) -> bool:
    try:
        parse_period_text(text)
    except PeriodError:
        return False
    return True


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # no name of a file
        return False


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False


def _is_revision(text: str, company: Path) -> bool:
    revision = text.partition(":")[0]
    if not revision or revision.startswith("-"):
        return False
    try:
        asked = f"{revision}^{{commit}}"
        done = git(["rev-parse", "--verify", "--quiet", "--end-of-options", asked], company.parent)
    except (OSError, ValueError):
        return False
    return done.returncode == 0


def open_sides(
    texts: Sequence[str],
    company: Path,
    period: str | None,
    boundary: str | None,
    workbooks: Workbooks,
) -> list[Side]:
    """Open sides as asked; the first period among them is that of files and revisions.

    Raises:
        SideError: a text names no side or several, what it names cannot be read, or no side takes
            the period or the boundary that is asked for.
    """
    asked = [understand(text, company) for text in texts]
    _judge_period(asked, period)
    if boundary is not None and all(side.boundary is not None for side in asked):
        raise SideError(
            f"no side takes the boundary `{boundary}`: each has its own; leave it out, or compute"
            " a side with it"
        )
    named = [side.text for side in asked if side.kind == PERIOD]
    of_files = period or next(iter(named), None)
    return [open_side(side, company, of_files, boundary, workbooks) for side in asked]


def _judge_period(asked: Sequence[SideText], period: str | None) -> None:
    """Refuse a period that is none, or that no side takes: it would be passed over in silence."""
    if period is None:
        return
    try:
        parse_period_text(period)
    except PeriodError as error:
        raise SideError(f"period: {error.message}; {error.hint}") from None
    if all(side.kind == PERIOD or (side.kind == FILE and _is_saved(side)) for side in asked):
        raise SideError(
            f"no side takes the period `{period}`, which is that of company files and revisions;"
            " leave it out, or name it as a side"
        )


def _is_saved(side: SideText) -> bool:
    return Path(side.text).suffix.lower() == ".json" or _is_workbook(Path(side.text))


def open_side(
    asked: SideText, company: Path, period: str | None, boundary: str | None, workbooks: Workbooks
) -> Side:
    """Compute or read a side.

    Args:
        asked: what `understand` found.
        company: the company file of periods and revisions.
        period: the period of company files and revisions; default their newest year.
        boundary: the boundary where the side names none.
        workbooks: reads a saved workbook, given with its label.

    Raises:
        SideError: the revision or saved file cannot be read.
    """
    label = asked.text + (f"@{asked.boundary}" if asked.boundary else "")
    boundary = asked.boundary or boundary
    if asked.kind == PERIOD:
        return side_of_run(compute(company, period=asked.text, boundary=boundary), label, company)
    if asked.kind == GIT:
        return _revision(asked.text, label, company, period, boundary)
    path = Path(asked.text)
    if not _is_saved(asked):
        return side_of_run(compute(path, period=period, boundary=boundary), label, path)
    try:
        if _is_workbook(path):
            found = workbooks(path, label)
        else:
            found = snapshot_of_json(path.read_text("utf-8"), label)
    except (SavedError, OSError, UnicodeDecodeError) as error:
        raise SideError(f"{path} {error}") from error
    if boundary is not None and boundary != found.boundary:
        saved = f"boundary `{found.boundary}`" if found.boundary else "no boundary"
        raise SideError(
            f"{path} was saved with {saved}, not `{boundary}`; save it again with"
            f" `ghgcalc compute --boundary {boundary} -o {path.name}`"
        )
    return Side(found, path=asked.text, read=(path,))


def _is_workbook(path: Path) -> bool:
    """A workbook by its suffix, or by the signature of its archive."""
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".xlsb"):
        return True
    try:
        with path.open("rb") as stream:
            return stream.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def side_of_run(run: Run, label: str, path: Path, shown: str = "") -> Side:
    """A computation as a side; `shown` stands before the places of its notes."""
    found = None
    if run.inventory is not None and run.project is not None:
        found = replace(snapshot(run.inventory, label), notes=tuple(_restated(run, shown)))
    renames = run.project.company.renames if run.project is not None else {}
    read = files_of(run.project) if run.project is not None else [path]
    return Side(
        found, run.diagnostics, tuple(run.sources), str(path), run.inventory, renames, tuple(read)
    )


def _restated(run: Run, shown: str) -> list[str]:
    """What was stated before for the period, beside what is computed now; `shown` before places."""
    from ghgcalc.inventory.expectations import figure_value
    from ghgcalc.inventory.select import select

    assert run.project is not None
    assert run.inventory is not None
    company, inventory = run.project.company, run.inventory
    notes = []
    for index, item in company.stated.items():
        if item.figure in ENERGY_FIGURES:
            continue
        same = company.year.resolve(item.period) == inventory.span
        if not same or item.boundary != inventory.boundary or item.status != "previously_stated":
            continue
        lines = select(company, run.lines, item.boundary)
        year = company.year.name_of(inventory.span.last)
        value, unit = figure_value(company, lines, item.figure, year, item.boundary)
        before = item.value.value * item.value.unit.size / unit.size
        now = f"now {grouped(value)}" if value is not None else "not computed now"
        reason = f": {item.reason}" if item.reason else ""
        where = company.document.locate(("stated", index))
        notes.append(
            f"{inventory.period} was restated: {item.figure} previously stated"
            f" {grouped(before)} {unit}, {now}{reason} ({shown}{where})"
        )
    return notes


def _revision(
    text: str, label: str, company: Path, period: str | None, boundary: str | None
) -> Side:
    """A company file as it stood at a revision, from the repository's own objects."""
    revision, _, path = text.partition(":")
    folder = company.resolve().parent
    top = git(["rev-parse", "--show-toplevel"], folder)
    root = Path(top.stdout.decode().strip())
    inside = Path(path) if path else company.resolve().relative_to(root)
    with scratch_folder() as scratch:
        try:
            unpack(revision, root, inside.parent, scratch)
        except RevisionError as error:
            raise SideError(f"`{text}`: {error}") from error
        file = scratch / inside
        if not file.is_file():
            raise SideError(f"`{text}`: there is no {inside.as_posix()} at {revision}")
        run = compute(file, period=period, boundary=boundary)
        shown = f"{revision}:{_folder(inside)}"
        side = side_of_run(run, label, Path(f"{shown}{inside.name}"), shown)
        here = tuple(root / path.relative_to(scratch) for path in side.read)
    return _shown_at(replace(side, read=here), shown)


def _folder(path: Path) -> str:
    parent = path.parent.as_posix()
    return "" if parent == "." else f"{parent}/"


def _shown_at(side: Side, shown: str) -> Side:
    """The side with the revision before its places."""

    def moved(item: Diagnostic) -> Diagnostic:
        if item.location is None:
            return item
        location = item.location._replace(path=shown + item.location.path)
        return replace(item, location=location)

    sources = tuple(replace(source, path=shown + source.path) for source in side.sources)
    return replace(
        side, diagnostics=tuple(moved(item) for item in side.diagnostics), sources=sources
    )
