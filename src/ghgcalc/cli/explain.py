"""`ghgcalc explain`: one line, from the invoice to its tonnes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ghgcalc.cli import shell
from ghgcalc.cli.options import BoundaryOption, CompanyFile, FindingsOption, Method
from ghgcalc.cli.output import (
    DATA,
    company_file,
    judge_period,
    report_run,
    wants_color,
    write_out,
)
from ghgcalc.core.text.scripts import composed
from ghgcalc.render.registry import DEFAULT, TEXT, pieces
from ghgcalc.render.style import Style

if TYPE_CHECKING:
    from ghgcalc.calculation.results.line import Line
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.pipeline.run import Run

MAX_LINES = 24


def explain(
    company: CompanyFile,
    id_: Annotated[
        str,
        typer.Argument(metavar="ID", help="A line's or activity's id.", autocompletion=shell.lines),
    ],
    period: Annotated[
        str | None,
        typer.Option(
            help="Default: the newest reporting year of the line.", autocompletion=shell.periods
        ),
    ] = None,
    boundary: BoundaryOption = None,
    method: Annotated[Method | None, typer.Option(help="Scope 2 method; default: both.")] = None,
    diagnostics: FindingsOption = TEXT,
) -> None:
    """Explain a line: quantity, steps, gases, factor, why it was chosen, what was refused.

    Examples: `ghgcalc explain company.yaml ks-gas`,
    `ghgcalc explain company.yaml ks-power --period 2023 --method market_based`
    """
    from ghgcalc.core.diagnostics import has_errors
    from ghgcalc.pipeline.run import compute

    path, id_ = company_file(company), composed(id_)
    judge_period(period)
    period = period or _newest(path, id_)
    run = compute(path, period=period, boundary=boundary)
    if run.inventory is None:
        report_run(run, path, diagnostics, shown=True)
        raise typer.Exit(DATA)
    from ghgcalc.pipeline.evidence import evidence_digests
    from ghgcalc.views.explain import matching

    lines = matching(run.inventory, id_)
    digests, unread = evidence_digests(lines[:MAX_LINES], company.parent)
    if has_errors(run.diagnostics) or unread:
        report_run(run, path, diagnostics, shown=True, more=unread)
    if not lines:
        _unknown(run, run.inventory, id_)
    methods = (method,) if method else ("location_based", "market_based")
    _print(run.inventory, lines, methods, digests)


def _print(
    inventory: Inventory,
    lines: list[Line],
    methods: tuple[str, ...],
    digests: dict[str, str | None],
) -> None:
    from ghgcalc.render.text import safe
    from ghgcalc.views.explain import explain_line

    style = Style(color=wants_color())
    for index, line in enumerate(lines[:MAX_LINES]):
        if index:
            typer.echo()
        explained = explain_line(inventory, line, methods, digests)
        write_out(pieces(DEFAULT, "explanation", explained, style))
    if len(lines) > MAX_LINES:
        rest = ", ".join(safe(line.id) for line in lines[MAX_LINES : MAX_LINES + 8])
        typer.echo(f"\n{len(lines) - MAX_LINES:,} more lines; explain one by its id: {rest} …")


def _newest(path: str, name: str) -> str | None:
    """The newest reporting year of the activity data behind an id."""
    from ghgcalc.pipeline.project import newest_year, open_project

    project = open_project(path).value.project
    year = None if project is None else newest_year(project, name)
    return None if year is None else str(year)


def _unknown(run: Run, inventory: Inventory, name: str) -> None:
    from difflib import get_close_matches

    from ghgcalc.render.text import safe

    known = [*dict.fromkeys(name for line in inventory.lines for name in (line.activity, line.id))]
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    inside = any(line.id == name or line.activity == name for line in run.lines)
    if inside:
        hint = f"it lies outside boundary {inventory.boundary}"
    elif near:
        hint = "did you mean " + " or ".join(f"`{safe(text)}`" for text in near) + "?"
    else:
        hint = "see the ids with `ghgcalc compute --format csv`"
    typer.echo(f"no line `{safe(name)}` in {safe(inventory.period)}; {hint}", err=True)
    raise typer.Exit(DATA)
