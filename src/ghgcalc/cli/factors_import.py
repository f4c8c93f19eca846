"""`ghgcalc factors import` and `factors mapping`: a publisher's or own file becomes a pack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ghgcalc.cli.options import FindingsOption
from ghgcalc.cli.output import DATA, report, usage
from ghgcalc.core.text.controls import replaced
from ghgcalc.render.registry import TEXT


def import_(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="An importer, a shipped mapping, or `table`."),
    ],
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…", exists=True, help="The files; with `table` the mapping comes first."
        ),
    ],
    folder: Annotated[
        Path, typer.Option("-o", "--output", metavar="FOLDER", help="The pack's folder.")
    ],
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="A parameter of the mapping."),
    ] = None,
    diagnostics: FindingsOption = TEXT,
) -> None:
    """Turn a publisher's file, or an own or licensed table, into a pack folder.

    Examples: `ghgcalc factors import desnz ghg-conversion-factors-2025.xlsx -o factors/desnz/2025`,
    `ghgcalc factors import table mapping.yaml table.xlsx -o factors/own`
    """
    from ghgcalc.factors.importers import IMPORTERS
    from ghgcalc.factors.importers.mapping_read import bundled_mappings

    mappings = bundled_mappings()
    if name == "table" or name in mappings:
        mapping = files[0] if name == "table" else mappings[name]
        sources = files[1:] if name == "table" else files
        shown = mapping.as_posix() if name == "table" else f"mappings/{name}.yaml"
        if not sources:
            usage("name the mapping, then the files: `factors import table mapping.yaml FILE`")
        _by_mapping(mapping, shown, sources, folder, _settings(settings), diagnostics)
        return
    if name not in IMPORTERS:
        known = [*sorted(IMPORTERS), *mappings, "table"]
        usage(f"no importer `{name}`; importers: {', '.join(known)}")
    if settings:
        usage(f"--set is for mappings; importer `{name}` has no parameters")
    _by_importer(name, files, folder)


def _by_importer(name: str, files: list[Path], folder: Path) -> None:
    from ghgcalc.factors.importers import IMPORTERS
    from ghgcalc.factors.importers.common import ImportSourceError

    try:
        lines = IMPORTERS[name](files, folder)
    except ImportSourceError as error:
        typer.echo(f"not imported: {replaced(str(error))}", err=True)
        raise typer.Exit(DATA) from None
    for line in lines:
        typer.echo(replaced(line))


def _by_mapping(
    mapping: Path,
    shown: str,
    files: list[Path],
    folder: Path,
    settings: dict[str, str],
    style: str,
) -> None:
    from ghgcalc.factors.importers.common import ImportSourceError
    from ghgcalc.factors.importers.table import import_table

    if folder.exists() and not folder.is_dir():
        usage(f"-o {folder} is a file; name a folder")
    inputs = [path.resolve().parent for path in (mapping, *files)]
    if folder.resolve() in inputs:
        usage(f"-o {folder} holds an input; name a folder of its own")
    try:
        outcome, sources = import_table(mapping, shown, files, folder, settings)
    except ImportSourceError as error:
        typer.echo(f"not imported: {replaced(str(error))}", err=True)
        raise typer.Exit(DATA) from None
    named = ", ".join([shown, *(path.as_posix() for path in files)])
    report(outcome.diagnostics, sources, named, style)
    if outcome.value is None:
        if style == TEXT:
            typer.echo("not imported", err=True)
        raise typer.Exit(DATA)
    for line in outcome.value:
        typer.echo(replaced(line))


def _settings(stated: list[str] | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in stated or ():
        name, equals, value = text.partition("=")
        if not equals or not name:
            usage(f"--set {text}: write NAME=VALUE, such as `--set year=2024`")
        if name in found:
            usage(f"--set {name} stands twice")
        found[name] = value
    return found


def mapping(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="A shipped mapping, such as aib.")
    ] = None,
) -> None:
    """List the shipped mappings, or print one to copy and change.

    Example: `ghgcalc factors mapping aib > aib.yaml`
    """
    from ghgcalc.factors.importers.mapping_read import bundled_mappings

    mappings = bundled_mappings()
    if name is None:
        for key, path in mappings.items():
            first = path.read_text("utf-8").partition("\n")[0].removeprefix("# ")
            typer.echo(f"{key:<10} {first}")
        return
    if name not in mappings:
        usage(f"no mapping `{name}`; mappings: {', '.join(mappings)}")
    typer.echo(mappings[name].read_text("utf-8"), nl=False)
