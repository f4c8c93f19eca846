"""`ghgcalc verify`: a saved inventory, recomputed from its sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ghgcalc.cli.options import CompanyFile, FindingsOption, VerificationFormat, verification_names
from ghgcalc.cli.output import DATA, company_file, report_run, usage, write_out
from ghgcalc.core.text.controls import replaced
from ghgcalc.render.registry import TEXT, format_named, pieces

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.pipeline.run import Run
    from ghgcalc.render.verification import Verification


def verify(
    file: Annotated[Path, typer.Argument(help="A saved inventory: .xlsx or .json.")],
    company: CompanyFile = Path("company.yaml"),
    materiality: Annotated[
        str | None, typer.Option(help="5%; default: `materiality:` of the period's assurance.")
    ] = None,
    format_: VerificationFormat = TEXT,
    diagnostics: FindingsOption = TEXT,
) -> None:
    """Recompute a saved inventory and name what differs; exit 1 where it is material.

    Lists each cell of a workbook that a reader changed (or each value of a JSON file), and the
    net and gross misstatement per scope against the materiality.

    Example: `ghgcalc verify inventory-2023.xlsx company.yaml --materiality 5%`
    """
    from ghgcalc.analysis.compare.saved import SavedError

    if not file.is_file():
        usage(f"{file} does not exist; name a saved inventory")
    if file.suffix.lower() not in (".xlsx", ".json"):
        usage(f"{file}: write an inventory.xlsx or inventory.json that ghgcalc saved")
    threshold = _share(materiality)
    path = company_file(company)
    try:
        found = _verified(file, path, threshold, diagnostics)
    except SavedError as error:
        typer.echo(replaced(f"{file} {error}"), err=True)
        raise typer.Exit(DATA) from None
    form = format_named(verification_names()[format_])
    write_out(pieces(form, "verification", found))
    if not found.good:
        raise typer.Exit(DATA)


def _share(text: str | None) -> Fraction | None:
    from ghgcalc.core.numbers import NumberError, parse_share

    if text is None:
        return None
    try:
        value = parse_share(text)
    except NumberError as error:
        usage(f"--materiality: {error.message}; write `5%`")
    if not 0 < value < 1:
        usage(f"--materiality {text}: write a share between 0 and 100 %, such as `5%`")
    return value


def _verified(file: Path, path: str, threshold: Fraction | None, diagnostics: str) -> Verification:
    if file.suffix.lower() == ".json":
        return _json(file, path, threshold, diagnostics)
    return _xlsx(file, path, threshold, diagnostics)


def _computed(
    path: str, period: str, boundary: str | None, approach: str, diagnostics: str
) -> tuple[Run, Inventory]:
    from ghgcalc.analysis.compare.saved import SavedError
    from ghgcalc.pipeline.run import compute

    if approach not in ("equity_share", "financial_control", "operational_control"):
        raise SavedError(f"names the consolidation approach `{approach}`, which does not exist")
    run = compute(path, period=period, boundary=boundary, approach=approach)  # type: ignore[arg-type]
    if run.inventory is None:
        report_run(run, path, diagnostics)
        raise typer.Exit(DATA)
    return run, run.inventory


def _json(file: Path, path: str, threshold: Fraction | None, diagnostics: str) -> Verification:
    from ghgcalc.analysis.compare.misstatement import misstatements
    from ghgcalc.analysis.compare.saved import SavedError, read_json
    from ghgcalc.analysis.compare.saved_changes import json_changes, stated_json
    from ghgcalc.render.json.inventory import render_json
    from ghgcalc.render.verification import Verification

    try:
        data = read_json(file.read_text("utf-8"))
    except (UnicodeError, OSError) as error:
        raise SavedError(f"cannot be read: {error}") from error
    stated = stated_json(data)
    try:
        asked = (data["period"]["name"], data["boundary"], data["consolidation_approach"])
        saved = {i["path"]: i["sha256"] for i in data["inputs"]}
        packs = {use["id"]: use["sha256"] for use in data["packs"]}
    except (KeyError, TypeError) as error:
        raise SavedError(f"is not a complete inventory: {error!r}") from error
    run, inventory = _computed(path, *asked, diagnostics)
    changes = json_changes(data, read_json(render_json(inventory)))
    return Verification(
        file.as_posix(), changes, _moved(saved, packs, inventory),
        misstatements(stated, inventory), threshold or _agreed(run, inventory),
    )  # fmt: skip


def _xlsx(file: Path, path: str, threshold: Fraction | None, diagnostics: str) -> Verification:
    from ghgcalc.analysis.compare.misstatement import misstatements
    from ghgcalc.core.scratch import scratch_folder
    from ghgcalc.pipeline.filed import filed_of
    from ghgcalc.render.verification import Verification
    from ghgcalc.render.xlsx.read import read_workbook, stated_workbook, workbook_changes
    from ghgcalc.render.xlsx.workbook import workbook_form

    read = read_workbook(file)
    stated = stated_workbook(read)
    boundary = read.fact("boundary")
    run, inventory = _computed(
        path, read.fact("period"), None if boundary == "every line" else boundary,
        read.fact("consolidation approach").replace(" ", "_"), diagnostics,
    )  # fmt: skip
    with scratch_folder() as folder:
        fresh = folder / "fresh.xlsx"
        workbook_form(filed_of(run, values_only=read.values_only).value, fresh)
        changes = workbook_changes(read, read_workbook(fresh))
    rows: list[list[Any]] = read.values["Provenance"]
    saved = {str(row[1]): str(row[3]) for row in rows if row[0] == "input"}
    packs = {str(row[1]).partition(":")[0]: str(row[3]) for row in rows if row[0] == "factor pack"}
    return Verification(
        file.as_posix(), changes, _moved(saved, packs, inventory),
        misstatements(stated, inventory), threshold or _agreed(run, inventory),
    )  # fmt: skip


def _moved(saved: dict[str, str], packs: dict[str, str], inventory: Inventory) -> list[str]:
    """Inputs and packs that are not those the file was made from; files may have been renamed."""
    now = inventory.inputs
    found = [
        f"{path} has changed since: sha256 {digest[:12]}… then"
        for path, digest in saved.items()
        if now.get(path) != digest and digest not in now.values()
    ]
    uses = {use.id: use.sha256 for use in inventory.packs}
    return found + [
        f"factor pack {name} has changed since: sha256 {digest[:12]}… then"
        for name, digest in packs.items()
        if uses.get(name) != digest
    ]


def _agreed(run: Run, inventory: Inventory) -> Fraction | None:
    """`materiality:` of the assurance entry that covers the inventory's days."""
    assert run.project is not None
    company = run.project.company
    for entry in company.assurance.values():
        same = entry.boundary in (None, inventory.boundary)
        if same and entry.materiality and company.span_of(entry.period).holds(inventory.span):
            return entry.materiality
    return None
