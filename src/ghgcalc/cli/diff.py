"""`ghgcalc diff`: what changed between two inventories, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ghgcalc.cli import shell
from ghgcalc.cli.options import DifferenceFormat, DifferenceOutput, FindingsOption, Method, either
from ghgcalc.cli.output import (
    DATA,
    folder_of,
    format_of,
    judge_period,
    report,
    usage,
    wants_color,
    write_binary,
    write_file,
    write_out,
)
from ghgcalc.render.registry import TEXT, formats_of, pieces
from ghgcalc.render.style import Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ghgcalc.analysis.compare.difference import Difference
    from ghgcalc.analysis.compare.sides import Side
    from ghgcalc.analysis.compare.snapshot import Snapshot
    from ghgcalc.render.registry import Format

Dimension = Literal["scope", "category", "facility", "gas", "line"]


def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="2022, a file or a git revision.")],
    after: Annotated[str, typer.Argument(metavar="B", help="2023, a file or a git revision.")],
    company: Annotated[
        Path, typer.Option("--company", help="The company file of periods and revisions.")
    ] = Path("company.yaml"),
    period: Annotated[
        str | None,
        typer.Option(
            help="The period of company files and revisions.", autocompletion=shell.periods
        ),
    ] = None,
    boundary: Annotated[
        str | None,
        typer.Option(
            help="The boundary of both sides; `2023@sbt` names one.",
            autocompletion=shell.boundaries,
        ),
    ] = None,
    method: Annotated[
        Method | None, typer.Option(help="One Scope 2 method; default: both.")
    ] = None,
    by: Annotated[
        Dimension | None, typer.Option("--by", help="Break the change down by this.")
    ] = None,
    rename: Annotated[
        list[str] | None, typer.Option(help="OLD=NEW: an id of A that has another name in B.")
    ] = None,
    format_: DifferenceFormat = None,
    output: DifferenceOutput = None,
    diagnostics: FindingsOption = TEXT,
) -> None:
    """Compare two inventories; the causes add up exactly to the change.

    Each side is a period of the company file, a company file, a saved inventory (.json or .xlsx),
    or a git revision (`REV` or `REV:path`).

    Examples: `ghgcalc diff 2022 2023 --boundary sbt`, `ghgcalc diff 2023@sbt 2023@operational`,
    `ghgcalc diff HEAD~1 HEAD --period 2023`, `ghgcalc diff inventory-2022.json 2023`
    """
    from ghgcalc.analysis.compare.difference import difference

    judge_period(period)
    form = format_of("difference", output, format_)
    _judge_format(form, by, to_file=output is not None)
    sides = _open(before, after, company, period, boundary)
    old, new = _snapshots(sides, diagnostics)
    found = difference(old, new, _renames(rename, sides, old, new))
    methods = (method,) if method else ("location_based", "market_based")
    inputs = [company, *(path for side in sides for path in side.read)]
    if form.binary and output is not None:
        write_binary(form, "difference", found, output, inputs, "write `-o diff.csv`")
    elif output is not None:
        write_file(output, _shown(form, found, methods, by), inputs)
    else:
        write_out(_shown(form, found, methods, by, color=wants_color()))


def _judge_format(form: Format, by: str | None, *, to_file: bool) -> None:
    """End with exit code 2 where options do not go with the format."""
    if form.binary and not to_file:
        usage(f"a workbook is written to a file: `-o diff{form.suffixes[0]}`")
    if by is not None and not form.breaks_down("difference", by):
        able = [each.name for each in formats_of("difference") if "difference" not in each.own]
        usage(f"--by {by} is not for {form.name}, which holds every line with its causes; leave"
              f" --by out, or ask for {either(able)}")  # fmt: skip


def _snapshots(sides: Sequence[Side], diagnostics: str) -> tuple[Snapshot, Snapshot]:
    """Both sides, rounded alike; their findings are reported, and exit 1 where one has errors."""
    for side in sides:
        if side.diagnostics:
            blocked = side.snapshot is None
            report(side.diagnostics, side.sources, side.path, diagnostics, computed=not blocked,
                   folder=folder_of(side.path))  # fmt: skip
    saved = any(side.inventory is None for side in sides)
    old, new = (_as_saved(side) if saved else side.snapshot for side in sides)
    if old is None or new is None:
        raise typer.Exit(DATA)
    return old, new


def _open(
    before: str, after: str, company: Path, period: str | None, boundary: str | None
) -> list[Side]:
    from ghgcalc.analysis.compare.sides import SideError, open_sides
    from ghgcalc.render.xlsx.saved import snapshot_of_workbook

    try:
        return open_sides((before, after), company, period, boundary, snapshot_of_workbook)
    except SideError as error:
        usage(str(error))


def _as_saved(side: Side) -> Snapshot | None:
    """The snapshot with the rounding of a saved file, so that equal figures do not differ."""
    if side.snapshot is None or side.inventory is None:
        return side.snapshot
    from dataclasses import replace

    from ghgcalc.analysis.compare.saved import snapshot_of_json
    from ghgcalc.render.json.inventory import render_json

    live = side.snapshot
    read = snapshot_of_json(render_json(side.inventory), live.label)
    return replace(read, notes=live.notes)


def _renames(
    texts: list[str] | None, sides: Sequence[Side], before: Snapshot, after: Snapshot
) -> dict[str, str]:
    """The renames of the files, and those asked for; exit 2 where one of these joins nothing."""
    from ghgcalc.analysis.compare.renames import renames_asked
    from ghgcalc.analysis.compare.sides import SideError

    pairs: list[tuple[str, str]] = []
    for text in texts or ():
        old, equals, new = text.partition("=")
        if not (old and equals and new):
            usage(f"--rename {text}: write OLD=NEW, such as --rename boiler-1=boiler")
        pairs.append((old, new))
    try:
        asked = renames_asked(pairs, before, after)
    except SideError as error:
        usage(f"--rename: {error}")
    return {name: now for side in sides for name, now in side.renames.items()} | asked


def _shown(
    form: Format,
    found: Difference,
    methods: Sequence[str],
    by: str | None,
    *,
    color: bool = False,
) -> Iterable[str]:
    from ghgcalc.views.difference import difference_report

    return pieces(
        form, "difference", found, Style(color, by),
        view=lambda: difference_report(found, methods, by),
    )  # fmt: skip
