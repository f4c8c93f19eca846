"""`ghgcalc query`: the lines of an inventory, filtered and grouped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ghgcalc.cli.options import (
    ApproachOption,
    BoundaryOption,
    FindingsOption,
    PeriodOption,
    QueryFormat,
    QueryOutput,
)
from ghgcalc.cli.output import (
    DATA,
    company_file,
    format_of,
    inputs_of,
    judge_period,
    report_run,
    usage,
    wants_color,
    write_file,
    write_out,
)
from ghgcalc.render.registry import TEXT, pieces
from ghgcalc.render.style import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.pipeline.run import Run


def query(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="[COMPANY] QUERY",
            help="The company file (default: company.yaml), then the query, best in quotes.",
        ),
    ],
    period: PeriodOption = None,
    boundary: BoundaryOption = None,
    consolidation: ApproachOption = None,
    format_: QueryFormat = None,
    output: QueryOutput = None,
    diagnostics: FindingsOption = TEXT,
) -> None:
    """Filter and group the lines of an inventory.

    A query is `key=value` (also `!=`, `a,b`, `*`), `by key, key` and `top 10`.

    Examples: `ghgcalc query company.yaml "facility=kunshan scope=2 by month"`,
    `ghgcalc query "category=business_travel by item top 5" --format csv`
    """
    from ghgcalc.analysis.query.answer import answer
    from ghgcalc.analysis.query.language import QueryError, parse
    from ghgcalc.pipeline.run import compute
    from ghgcalc.views.query import query_report

    form = format_of("query", output, format_)
    company, text = _split(words)
    path = company_file(company)
    judge_period(period)
    try:
        asked = parse(text)
    except QueryError as error:
        usage(f"query: {error.message}; {error.hint}")
    run = compute(path, period=period, boundary=boundary, approach=consolidation)
    report_run(run, path, diagnostics, shown=True)
    if run.inventory is None:
        raise typer.Exit(DATA)
    try:
        found = answer(run.inventory, asked, text, _known(run))
    except QueryError as error:
        usage(f"query: {error.message}; {error.hint}")
    style = Style(color=output is None and wants_color())
    shown = pieces(form, "query", found, style, view=lambda: query_report(found))
    if output is not None:
        write_file(output, shown, inputs_of(run, company))
    else:
        write_out(shown)


def _split(words: Sequence[str]) -> tuple[Path, str]:
    """The company file, which may be left out, and the query."""
    first, *rest = words
    if first.endswith((".yaml", ".yml")) and "=" not in first.split("/")[-1]:
        return Path(first), " ".join(rest)
    return Path("company.yaml"), " ".join(words)


def _known(run: Run) -> dict[str, Sequence[str]]:
    """Names that the file holds whether or not a line bears them."""
    assert run.project is not None
    facilities = run.project.company.facilities
    countries = sorted({each.country for each in facilities.values() if each.country})
    return {"facility": list(facilities), "country": countries}
