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
    InventoryFormat,
    InventoryOutput,
    LockedOption,
    PeriodOption,
    either,
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
from ghgcalc.render.registry import DEFAULT, TEXT, formats_by, pieces
from ghgcalc.render.style import Style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.company.organization import Approach
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.inventory.filed import Filed
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.pipeline.run import Run
    from ghgcalc.render.registry import Format

Dimension = Literal["scope", "category", "facility", "gas", "country", "month"]


def compute(
    company: CompanyFile = Path("company.yaml"),
    period: PeriodOption = None,
    boundary: BoundaryOption = None,
    consolidation: ApproachOption = None,
    by: Annotated[
        Dimension | None,
        typer.Option("--by", help="Break the totals down by this instead; not for JSON and xlsx."),
    ] = None,
    format_: InventoryFormat = None,
    output: InventoryOutput = None,
    locked: LockedOption = False,
    values_only: Annotated[
        bool, typer.Option("--values-only", help="In .xlsx: values instead of formulas.")
    ] = False,
    diagnostics: FindingsOption = TEXT,
) -> None:
    """Compute one inventory.

    Examples: `ghgcalc compute`, `ghgcalc compute --period 2023 --by facility`,
    `ghgcalc compute acme/company.yaml -o inventory.json`
    """
    from ghgcalc.pipeline.run import compute as run_compute

    form = format_of("inventory", output, format_)
    path = company_file(company)
    judge_period(period)
    _judge_format(form, by, to_file=output is not None, values_only=values_only)
    run = run_compute(path, period=period, boundary=boundary, approach=consolidation, locked=locked)
    inventory = run.inventory
    filed: Filed | None = None
    more: tuple[Diagnostic, ...] = ()
    if form.binary and inventory is not None:
        from ghgcalc.pipeline.filed import filed_of

        beside = filed_of(run, values_only=values_only)
        filed, more = beside.value, beside.diagnostics
    report_run(run, path, diagnostics, shown=output is None and form.read, more=more)
    if inventory is None:
        if "without-data" in form.own and period is not None:
            _without_data(form, run, period, boundary, consolidation, company, output)
        raise typer.Exit(DATA)
    if filed is not None and output is not None:
        from ghgcalc.cli.workbook import write_filed

        write_filed(form, run, filed, company, output)
    elif output is not None:
        write_file(output, _shown(form, inventory, by, whole=True), inputs_of(run, company))
    else:
        write_out(_shown(form, inventory, by, color=wants_color()))
    if not inventory.holds:
        raise typer.Exit(DATA)


def _judge_format(form: Format, by: str | None, *, to_file: bool, values_only: bool) -> None:
    """End with exit code 2 where options do not go with the format."""
    if form.binary and not to_file:
        usage(f"a workbook is written to a file: `-o inventory{form.suffixes[0]}`")
    if by is not None and not form.breaks_down("inventory", by):
        why, able = form.whole["inventory"].format(by=by), formats_by("inventory", by)
        usage(f"--by {by} is not for {form.name}: {why}; leave --by out, or ask for {either(able)}")
    if values_only and not form.formulas:
        usage("--values-only is for workbooks; add `-o inventory.xlsx`")


def _without_data(
    form: Format,
    run: Run,
    period: str,
    boundary: str | None,
    approach: Approach | None,
    company: Path,
    output: Path | None,
) -> None:
    """The file of a period without activity data: every figure is null, and nothing holds."""
    from ghgcalc.render.filed import WithoutData

    errors = {item.code for item in run.diagnostics if item.severity == "error"}
    if run.project is None or errors != {"no-activities"}:
        return
    asked = WithoutData(run.project.company, run.project.catalog.gwp.name, period, boundary,
                        run.diagnostics, approach)  # fmt: skip
    text = pieces(form, "without-data", asked)
    if output is None:
        write_out(text)
    else:
        write_file(output, text, [company, *(Path(source.path) for source in run.sources)])


def _shown(
    form: Format, inventory: Inventory, by: str | None, *, color: bool = False, whole: bool = False
) -> Iterable[str]:
    """The result in pieces of text; `whole` for a file, which has room for all."""
    from ghgcalc.views.report import report_of

    whole = whole or form is not DEFAULT  # only the screen's own leaves anything out
    return pieces(
        form, "inventory", inventory, Style(color, by),
        view=lambda: report_of(inventory, by, whole=whole),
    )  # fmt: skip
