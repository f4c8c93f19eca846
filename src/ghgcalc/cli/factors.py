"""`ghgcalc factors`: list, show and lint packs; its other commands have their own modules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ghgcalc.cli.factor_search import known_region, search
from ghgcalc.cli.factors_coverage import coverage
from ghgcalc.cli.factors_import import import_, mapping
from ghgcalc.cli.factors_match import match
from ghgcalc.cli.factors_new import new
from ghgcalc.cli.factors_outdated import outdated
from ghgcalc.cli.options import FindingsOption
from ghgcalc.cli.output import DATA, report, usage
from ghgcalc.render.registry import TEXT

if TYPE_CHECKING:
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.core.text.source import SourceFile
    from ghgcalc.factors.pack import Pack

app = typer.Typer(
    help="Factor packs: list, search, show, coverage, outdated, match, lint, import, new.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command()(search)
app.command("import")(import_)
app.command()(mapping)
app.command()(match)
app.command()(new)
app.command()(outdated)
app.command()(coverage)


@app.command("list")
def list_() -> None:
    """List the bundled packs: id, version, GWP set of printed CO2e, evidence, title."""
    from ghgcalc.factors.library import open_bundled
    from ghgcalc.factors.pack import bundled_packs
    from ghgcalc.render.factors import render_packs

    packs = [pack for name in bundled_packs() if (pack := open_bundled(name)) is not None]
    typer.echo(render_packs(packs), nl=False)


@app.command()
def show(
    ref: Annotated[str, typer.Argument(metavar="PACK[/ID]", help="Such as desnz-2025/uk.kwh.")],
    yaml: Annotated[
        bool, typer.Option("--yaml", help="The keys of a company file that ask for the factor.")
    ] = False,
    region: Annotated[
        str | None, typer.Option(help="With --yaml: where the facility stands: VN, CN-JS, US-ERCT.")
    ] = None,
) -> None:
    """Show one factor or value with its locator and evidence, or what a pack holds.

    Examples: `ghgcalc factors show desnz-2025/uk.kwh`,
    `ghgcalc factors show desnz-2025/hotel.vn.night --yaml --region VN`
    """
    from ghgcalc.calculation.factor_card import card_of
    from ghgcalc.factors.library import open_bundled
    from ghgcalc.factors.pack import bundled_packs
    from ghgcalc.factors.values import value_row
    from ghgcalc.render.factor_keys import keys_yaml, serves
    from ghgcalc.render.factors import render_factor, render_pack, render_value

    known_region(region)
    if region is not None and not yaml:
        usage("--region is where the keys of --yaml put the facility: add --yaml")
    name, slash, key = ref.partition("/")
    pack = open_bundled(name)
    if pack is None:
        usage(f"no bundled pack `{name}`; {_near(name, list(bundled_packs()))}")
    if yaml and not slash:
        usage(
            f"--yaml shows the keys of one factor: write {name}/ID; `ghgcalc factors search` finds"
        )
    if not slash:
        typer.echo(render_pack(pack), nl=False)
        return
    factor = pack.factor(key)
    if factor is not None and yaml:
        if region is not None and not serves(factor, region):
            usage(f"--region: `{ref}` is of {factor.region}, which does not hold {region}")
        typer.echo(keys_yaml(factor, region), nl=False)
        return
    if factor is not None:
        typer.echo(render_factor(card_of(factor, pack)), nl=False)
        return
    row = value_row(pack, key)
    if row is not None and yaml:
        usage(f"--yaml: `{ref}` is a value of {name}, which no activity asks for by itself")
    if row is None:
        usage(f"no factor `{key}` in {name}; {_near(key, pack.ids())}")
    typer.echo(render_value(pack, row), nl=False)


@app.command()
def lint(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]…", help="Own packs (YAML, or a folder with pack.yaml)."),
    ] = None,
    diagnostics: FindingsOption = TEXT,
) -> None:
    """Check own packs, or every bundled pack when no path is given."""
    from ghgcalc.core.diagnostics import has_errors, in_order
    from ghgcalc.render.diagnostics import counted
    from ghgcalc.render.text import plural

    found, sources, count = _own(paths) if paths else _bundled()
    ordered = in_order(found)
    report(ordered, sources, "factor packs", diagnostics, closing=False)
    typer.echo(", ".join([plural(count, "pack"), *counted(ordered, zeros=True)]))
    if has_errors(ordered):
        raise typer.Exit(DATA)


def _bundled() -> tuple[list[Diagnostic], list[SourceFile], int]:
    from ghgcalc.core.text.source import SourceFile
    from ghgcalc.factors.library import open_bundled
    from ghgcalc.factors.lint import lint_pack
    from ghgcalc.factors.pack import bundled_packs

    found: list[Diagnostic] = []
    sources: list[SourceFile] = []
    names = bundled_packs()
    for name in names:
        pack = open_bundled(name)
        if pack is None:
            continue
        problems = lint_pack(pack)
        found += problems
        sources += [SourceFile(path, text) for path, text in _texts(pack, problems)]
    return found, sources, len(names)


def _texts(pack: Pack, problems: list[Diagnostic]) -> list[tuple[str, str]]:
    """The files that findings point into, for excerpts."""
    shown = {item.location.path for item in problems if item.location is not None}
    tables = [
        (f"{pack.shown}/{table.file}", pack.folder / table.file) for table in pack.header.tables
    ]
    return [(path, file.read_text("utf-8")) for path, file in tables if path in shown]


def _own(paths: list[Path]) -> tuple[list[Diagnostic], list[SourceFile], int]:
    from ghgcalc.core.text.document import read_text
    from ghgcalc.core.text.source import SourceFile
    from ghgcalc.factors.lint import pack_texts
    from ghgcalc.factors.own_packs import read_pack_file

    found: list[Diagnostic] = []
    sources: list[SourceFile] = []
    for named in paths:
        path = named / "pack.yaml" if named.is_dir() else named
        if not path.is_file():
            usage(f"{path} is not a file; name a pack's YAML file, or the folder of a `pack.yaml`")
        shown = path.as_posix()
        outcome = read_pack_file(path, shown)
        found += outcome.diagnostics
        text = read_text(path, shown).value
        sources += [SourceFile(shown, text[0])] if text else []
        sources += pack_texts(path, shown, outcome.diagnostics)
    return found, sources, len(paths)


def _near(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=3, cutoff=0.5)
    if near:
        return "did you mean " + " or ".join(f"`{text}`" for text in near) + "?"
    return "see `ghgcalc factors list`"
