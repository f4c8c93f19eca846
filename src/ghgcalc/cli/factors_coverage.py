"""`ghgcalc factors coverage`: what the bundled packs answer, and what they lack."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from ghgcalc.cli.options import CoverageFormat
from ghgcalc.cli.output import usage, wants_color, write_out
from ghgcalc.render.registry import DEFAULT, format_named, pieces
from ghgcalc.render.style import Style


def coverage(
    country: Annotated[str | None, typer.Option(help="This country alone, such as VN.")] = None,
    gwp_set: Annotated[
        Literal["AR4", "AR5", "AR6"], typer.Option(help="The GWP set of the inventory.")
    ] = "AR5",
    format_: CoverageFormat = DEFAULT.name,
) -> None:
    """Show what the bundled packs cover: power by year, fuels by unit, Scope 3, and the holes.

    Examples: `ghgcalc factors coverage --country VN`,
    `ghgcalc factors coverage --country DE --format csv`
    """
    from ghgcalc.analysis.coverage.library import coverage_of
    from ghgcalc.core.vocabulary.countries import COUNTRIES, suggested
    from ghgcalc.views.coverage import coverage_report

    if country is not None and country not in COUNTRIES:
        near = suggested(country)
        hint = f"write {near}" if near else "write a code of ISO 3166, such as VN"
        usage(f"--country: `{country}` is no country code; {hint}")
    found = coverage_of(country or "", gwp_set)
    style = Style(color=wants_color())
    write_out(
        pieces(format_named(format_), "coverage", found, style, view=lambda: coverage_report(found))
    )
