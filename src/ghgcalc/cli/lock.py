"""`ghgcalc lock`: keep what each reporting year was resolved to."""

from __future__ import annotations

from os.path import lexists
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ghgcalc.cli import shell
from ghgcalc.cli.options import CompanyFile, FindingsOption
from ghgcalc.cli.output import DATA, company_file, folder_of, report, usage, write_file
from ghgcalc.render.registry import TEXT

if TYPE_CHECKING:
    from ghgcalc.calculation.lock.model import LockedPeriod
    from ghgcalc.pipeline.lock import Locking


def lock(
    company: CompanyFile = Path("company.yaml"),
    period: Annotated[
        list[str] | None,
        typer.Option(
            help="A reporting year, may be repeated; default: every one with activities.",
            autocompletion=shell.periods,
        ),
    ] = None,
    upgrade: Annotated[
        bool, typer.Option("--upgrade", help="Choose factors and values anew.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would change and write nothing.")
    ] = False,
    diagnostics: FindingsOption = TEXT,
) -> None:
    """Write `ghgcalc.lock` beside the company file; other reporting years stay as they are.

    Examples: `ghgcalc lock`, `ghgcalc lock --period 2025`,
    `ghgcalc lock --upgrade --dry-run`
    """
    from ghgcalc.pipeline.lock import lock_years
    from ghgcalc.render.lock import render_changes

    path = company_file(company)
    result = lock_years(path, _years(period or []), upgrade=upgrade)
    report(
        result.diagnostics, result.sources, path, diagnostics, closing=False, folder=folder_of(path)
    )
    if result.project is None:
        raise typer.Exit(DATA)
    _known(result, period or [])
    known = result.project.lock
    if known is not None and known.foreign:
        usage(f"{known.shown} was written for {known.foreign}; keep one company file per folder")
    file = company.with_name("ghgcalc.lock")
    broken = known is None and lexists(file)
    if not dry_run and result.sections and not broken:
        _write(result, file, company)
    text = render_changes(result.changes, file.as_posix(), written=not dry_run)
    typer.echo(text, nl=False)
    if result.refused or broken or not result.sections:
        raise typer.Exit(DATA)


def _years(texts: list[str]) -> list[int]:
    wanted = []
    for text in texts:
        if not (text.isascii() and text.isdigit() and len(text) == 4):
            usage(f"--period: `{text}` is not a reporting year; write it as `--period 2025`")
        wanted.append(int(text))
    return sorted(set(wanted))


def _known(result: Locking, texts: list[str]) -> None:
    for year in _years(texts):
        if year not in result.years:
            there = ", ".join(map(str, result.years)) or "none"
            usage(f"--period: no activity data in {year}; reporting years of this file: {there}")


def _write(result: Locking, file: Path, company: Path) -> None:
    from ghgcalc.render.lock import render_lock

    assert result.project is not None
    sections: dict[int, str | LockedPeriod] = {}
    if result.project.lock is not None:
        sections |= {y: s.text for y, s in result.project.lock.sections.items()}
    sections |= result.sections
    write_file(file, render_lock(company.name, sections), [company])
