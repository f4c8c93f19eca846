"""`ghgcalc diff`: what changed between two inventories, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ghgcalc.cli.options import FindingsOption, FormatOption, Method
from ghgcalc.cli.output import (
    DATA,
    Findings,
    Format,
    folder_of,
    format_of,
    judge_period,
    replace_file,
    report,
    usage,
    wants_color,
    write_file,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.analysis.compare.difference import Difference
    from ghgcalc.analysis.compare.sides import Side
    from ghgcalc.analysis.compare.snapshot import Snapshot

Dimension = Literal["scope", "category", "facility", "gas", "line"]


def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="2022, a file or a git revision.")],
    after: Annotated[str, typer.Argument(metavar="B", help="2023, a file or a git revision.")],
    company: Annotated[
        Path, typer.Option("--company", help="The company file of periods and revisions.")
    ] = Path("company.yaml"),
    period: Annotated[
        str | None, typer.Option(help="The period of company files and revisions.")
    ] = None,
    boundary: Annotated[
        str | None, typer.Option(help="The boundary of both sides; `2023@sbt` names one.")
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
    format_: FormatOption = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Write to FILE: .json, .csv, .md, .txt or .xlsx."),
    ] = None,
    diagnostics: FindingsOption = Findings.TEXT,
) -> None:
    """Compare two inventories; the causes add up exactly to the change.

    Each side is a period of the company file, a company file, a saved inventory (.json or .xlsx),
    or a git revision (`REV` or `REV:path`).

    Examples: `ghgcalc diff 2022 2023 --boundary sbt`, `ghgcalc diff 2023@sbt 2023@operational`,
    `ghgcalc diff HEAD~1 HEAD --period 2023`, `ghgcalc diff inventory-2022.json 2023`
    """
    from ghgcalc.analysis.compare.difference import difference

    judge_period(period)
    style = format_of(output, format_)
    if style is Format.XLSX and output is None:
        usage("a workbook is written to a file: `-o diff.xlsx`")
    by_line = by == "line" and style is Format.CSV  # its rows are the lines
    if by is not None and style not in (Format.TABLE, Format.MARKDOWN) and not by_line:
        usage(f"--by {by} is not for {style.value}, which holds every line with its causes; leave"
              " --by out, or ask for table or markdown")  # fmt: skip
    sides = _open(before, after, company, period, boundary)
    for side in sides:
        if side.diagnostics:
            blocked = side.snapshot is None
            report(side.diagnostics, side.sources, side.path, diagnostics, computed=not blocked,
                   folder=folder_of(side.path))  # fmt: skip
    saved = any(side.inventory is None for side in sides)
    old, new = (_as_saved(side) if saved else side.snapshot for side in sides)
    if old is None or new is None:
        raise typer.Exit(DATA)
    found = difference(old, new, _renames(rename, sides))
    methods = (method,) if method else ("location_based", "market_based")
    inputs = [company, *(path for side in sides for path in side.read)]
    if style is Format.XLSX and output is not None:
        _write_workbook(found, output, inputs)
        return
    text = _render(found, style, methods, by, color=output is None and wants_color())
    if output is not None:
        write_file(output, (text,), inputs)
    else:
        typer.echo(text, nl=False)


def _write_workbook(found: Difference, output: Path, inputs: Sequence[Path]) -> None:
    from ghgcalc.render.xlsx.book import MAX_ROWS
    from ghgcalc.render.xlsx.comparison.workbook import rows_needed, write_comparison

    if rows_needed(found) > MAX_ROWS:
        usage(
            f"-o {output}: {rows_needed(found):,} rows are more than the {MAX_ROWS:,} of an Excel"
            " sheet; write `-o diff.csv`"
        )
    replace_file(output, inputs, lambda draft: write_comparison(found, draft))


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


def _renames(texts: list[str] | None, sides: Sequence[Side]) -> dict[str, str]:
    found: dict[str, str] = {}
    for side in sides:
        found |= dict(side.renames)
    for text in texts or ():
        old, equals, new = text.partition("=")
        if not (old and equals and new):
            usage(f"--rename {text}: write OLD=NEW, such as --rename boiler-1=boiler")
        found[old] = new
    return found


def _render(
    found: Difference, style: Format, methods: Sequence[str], by: str | None, *, color: bool
) -> str:
    if style is Format.JSON:
        from ghgcalc.render.difference import difference_json

        return difference_json(found)
    if style is Format.CSV:
        from ghgcalc.render.difference import difference_csv

        return difference_csv(found)
    from ghgcalc.views.difference import difference_report

    view = difference_report(found, methods, by)
    if style is Format.MARKDOWN:
        from ghgcalc.render.markdown import report_markdown

        return report_markdown(view)
    from ghgcalc.render.terminal import render_report

    return render_report(view, color=color)
