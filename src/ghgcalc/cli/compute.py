"""`ghgcalc compute`: one inventory as table, JSON, CSV or Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ghgcalc.cli.options import (
    ApproachOption,
    BoundaryOption,
    CompanyFile,
    FindingsOption,
    FormatOption,
    LockedOption,
    PeriodOption,
)
from ghgcalc.cli.output import (
    DATA,
    Findings,
    Format,
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

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.company.organization import Approach
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.pipeline.run import Run

Dimension = Literal["scope", "category", "facility", "gas", "country", "month"]
# what these formats hold of every breakdown, which `--by` would choose one of
_WHOLE = {Format.JSON: "it holds every breakdown, this one as `by_{by}`",
          Format.XLSX: "its sheets sum by scope, category, facility and gas"}  # fmt: skip


def compute(
    company: CompanyFile = Path("company.yaml"),
    period: PeriodOption = None,
    boundary: BoundaryOption = None,
    consolidation: ApproachOption = None,
    by: Annotated[
        Dimension | None,
        typer.Option("--by", help="Break the totals down by this instead; not for JSON and xlsx."),
    ] = None,
    format_: FormatOption = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Write to FILE: .json, .csv, .md, .txt or .xlsx."),
    ] = None,
    locked: LockedOption = False,
    values_only: Annotated[
        bool, typer.Option("--values-only", help="In .xlsx: values instead of formulas.")
    ] = False,
    diagnostics: FindingsOption = Findings.TEXT,
) -> None:
    """Compute one inventory.

    Examples: `ghgcalc compute`, `ghgcalc compute --period 2023 --by facility`,
    `ghgcalc compute acme/company.yaml -o inventory.json`
    """
    from ghgcalc.pipeline.run import compute as run_compute

    style = format_of(output, format_)
    path = company_file(company)
    judge_period(period)
    _judge_format(style, by, to_file=output is not None, values_only=values_only)
    run = run_compute(path, period=period, boundary=boundary, approach=consolidation, locked=locked)
    inventory = run.inventory
    shown = output is None and style in (Format.TABLE, Format.MARKDOWN)
    digests: dict[str, str | None] = {}
    more: list[Diagnostic] = []
    if style is Format.XLSX and inventory is not None:
        from ghgcalc.pipeline.evidence import evidence_digests

        digests, more = evidence_digests(inventory.lines, company.parent)
    report_run(run, path, diagnostics, shown=shown, more=more)
    if inventory is None:
        if style is Format.JSON and period is not None:
            _without_data(run, period, boundary, consolidation, company, output)
        raise typer.Exit(DATA)
    if style is Format.XLSX and output is not None:
        from ghgcalc.cli.workbook import write_xlsx

        write_xlsx(run, inventory, company, output, inputs_of(run, company), values_only, digests)
    elif output is not None:
        text = _render(inventory, style, by, color=False, whole=True)
        write_file(output, text, inputs_of(run, company))
    else:
        write_out(_render(inventory, style, by, color=wants_color()))
    if not inventory.holds:
        raise typer.Exit(DATA)


def _judge_format(style: Format, by: str | None, *, to_file: bool, values_only: bool) -> None:
    """End with exit code 2 where options do not go with the format."""
    if style is Format.XLSX and not to_file:
        usage("a workbook is written to a file: `-o inventory.xlsx`")
    if by is not None and style in _WHOLE:
        usage(f"--by {by} is not for {style.value}: {_WHOLE[style].format(by=by)}; leave --by out,"
              " or ask for table, markdown or csv")  # fmt: skip
    if values_only and style is not Format.XLSX:
        usage("--values-only is for workbooks; add `-o inventory.xlsx`")


def _without_data(
    run: Run,
    period: str,
    boundary: str | None,
    approach: Approach | None,
    company: Path,
    output: Path | None,
) -> None:
    """JSON of a period without activity data: every figure is null, and nothing holds."""
    from ghgcalc.render.json.empty import json_without_data

    errors = {item.code for item in run.diagnostics if item.severity == "error"}
    if run.project is None or errors != {"no-activities"}:
        return
    text = json_without_data(run.project.company, run.project.catalog.gwp.name, period, boundary,
                             run.diagnostics, approach)  # fmt: skip
    if output is None:
        write_out((text,))
    else:
        write_file(output, (text,), [company, *(Path(source.path) for source in run.sources)])


def _render(
    inventory: Inventory, style: Format, by: str | None, *, color: bool, whole: bool = False
) -> Iterable[str]:
    """The result in pieces of text; JSON, which has many, is written as it is made."""
    if style is Format.JSON:
        from ghgcalc.render.json.inventory import json_pieces

        return json_pieces(inventory)
    if style is Format.CSV:
        from ghgcalc.render.breakdown_csv import render_breakdown_csv
        from ghgcalc.render.csv import render_csv

        if by is not None:
            return (render_breakdown_csv(inventory, by),)
        return (render_csv(inventory),)
    if style is Format.MARKDOWN:
        from ghgcalc.render.markdown import render_markdown

        return (render_markdown(inventory, by),)
    from ghgcalc.render.terminal import render_terminal

    return (render_terminal(inventory, by, color=color, whole=whole),)
