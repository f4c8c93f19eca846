"""`ghgcalc list`: the words that a company file may hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ghgcalc.cli.factor_search import known_category
from ghgcalc.cli.options import VocabularyFormat
from ghgcalc.cli.output import DATA, company_file, folder_of, report, write_out
from ghgcalc.render.registry import DEFAULT, TEXT, format_named, pieces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ghgcalc.core.units import Quantity
    from ghgcalc.factors.pack import Pack

Kind = Literal[
    "categories", "fuels", "units", "grids", "regions", "packs", "items", "qualifiers", "gases",
]  # fmt: skip


def list_(
    kind: Annotated[Kind, typer.Argument(help="What to list.")],
    company: Annotated[
        Path | None, typer.Argument(help="A company file: its packs and own units alone.")
    ] = None,
    category: Annotated[str | None, typer.Option(help="Items of this category alone.")] = None,
    match: Annotated[
        list[str] | None, typer.Option(help="Only rows that hold this text; may be repeated.")
    ] = None,
    format_: VocabularyFormat = DEFAULT.name,
) -> None:
    """List what a company file may say: categories, fuels, units, regions, packs, items, gases.

    Examples: `ghgcalc list fuels --match diesel`, `ghgcalc list items --category business_travel`
    """
    from ghgcalc.views.vocabulary import Asked, listing_of

    known_category(category)
    packs, own_units = _bundled() if company is None else _of(company)
    asked = Asked(packs, own_units, category, tuple(match or ()))
    listing = listing_of(kind, asked)
    write_out(pieces(format_named(format_), "vocabulary", listing))
    if not listing.rows:
        from ghgcalc.render.text import safe
        from ghgcalc.views.near_words import nothing_found

        typer.echo(safe(str(nothing_found(kind, asked))), err=True)
        raise typer.Exit(DATA)


def _bundled() -> tuple[Sequence[Pack], Mapping[str, Quantity]]:
    from ghgcalc.factors.library import open_bundled
    from ghgcalc.factors.pack import bundled_packs

    return [pack for name in bundled_packs() if (pack := open_bundled(name)) is not None], {}


def _of(company: Path) -> tuple[Sequence[Pack], Mapping[str, Quantity]]:
    """The packs that a company file names, and its own units."""
    from ghgcalc.core.units import own_units
    from ghgcalc.pipeline.project import open_project

    path = company_file(company)
    opened = open_project(path)
    project = opened.value.project
    if project is None:
        report(opened.diagnostics, opened.value.sources, path, TEXT, computed=False,
               folder=folder_of(path))  # fmt: skip
        raise typer.Exit(DATA)
    return project.catalog.searched, own_units()
