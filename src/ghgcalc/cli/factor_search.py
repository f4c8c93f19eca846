"""`ghgcalc factors search`: find a factor by words, region, year and unit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ghgcalc.cli.options import SearchFormat
from ghgcalc.cli.output import DATA, usage, write_out
from ghgcalc.render.registry import DEFAULT, format_named, pieces

if TYPE_CHECKING:
    from ghgcalc.factors.pack import Pack


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORD…", help="Such as natural gas.")],
    region: Annotated[
        str | None, typer.Option(help="A country, province or grid: GB, CN-JS, US-ERCT.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="Edition or data year.")] = None,
    unit: Annotated[str | None, typer.Option(help="Per which unit: kWh, 't', 'kWh gross'.")] = None,
    category: Annotated[str | None, typer.Option(help="Such as business_travel.")] = None,
    lifecycle: Annotated[
        str | None, typer.Option(help="combustion, upstream, t_and_d or lifecycle.")
    ] = None,
    pack: Annotated[
        list[str] | None, typer.Option(help="Only in this pack or publisher, or an own pack.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many are shown.")] = 12,
    yaml: Annotated[
        bool, typer.Option("--yaml", help="The keys of a company file that ask for each.")
    ] = False,
    format_: SearchFormat = DEFAULT.name,
) -> None:
    """Find factors: words may hold typing errors, places, units and other languages' names.

    Examples: `ghgcalc factors search "natural gas" --region GB --year 2024 --unit kWh`,
    `ghgcalc factors search 天然气`, `ghgcalc factors search diesel lorry --yaml`
    """
    from ghgcalc.factors.search import UnitError, wanted
    from ghgcalc.factors.search import search as find

    known_category(category)
    known_region(region)
    text = " ".join(words)
    try:
        ask = wanted(
            text, region=region, year=year, unit=unit, category=category, lifecycle=lifecycle
        )
    except UnitError as error:
        usage(f"--unit: {error.message}; {error.hint}")
    found = find(packs_named(pack), ask, limit)
    if yaml and found.hits:
        from ghgcalc.render.factor_search import render_keys

        typer.echo(render_keys(found), nl=False)
        return
    write_out(pieces(format_named(format_), "factor-search", found))
    if not found.total:
        raise typer.Exit(DATA)


def known_category(category: str | None) -> None:
    """Refuse a category that is none, with the nearest one."""
    from difflib import get_close_matches

    from ghgcalc.core.vocabulary.categories import CATEGORIES

    if category is None or category in CATEGORIES:
        return
    near = get_close_matches(category, list(CATEGORIES), n=1, cutoff=0.5)
    hint = f"did you mean `{near[0]}`?" if near else f"write one of {', '.join(CATEGORIES)}"
    usage(f"--category: `{category}` is not a category; {hint}")


def known_region(region: str | None) -> None:
    """Refuse a region of no country: it would show what is worldwide alone."""
    from ghgcalc.core.vocabulary.countries import COUNTRIES, suggested

    if region is None or region.partition("-")[0] in COUNTRIES:
        return
    near = suggested(region)
    hint = f"did you mean `{near}`?" if near else "write a code such as GB, CN-JS or US-ERCT"
    usage(f"--region: `{region}` is no code of a country, province or grid; {hint}")


def packs_named(names: list[str] | None) -> list[Pack]:
    """The packs to search: all bundled ones, or those named."""
    from ghgcalc.factors.library import open_bundled
    from ghgcalc.factors.pack import bundled_packs

    bundled = bundled_packs()
    if not names:
        return [pack for name in bundled if (pack := open_bundled(name)) is not None]
    found: list[Pack] = []
    for name in names:
        fitting = [key for key, path in bundled.items() if name in (key, path.parent.name)]
        if fitting:
            found += [pack for key in fitting if (pack := open_bundled(key)) is not None]
        else:
            known = {*bundled, *(path.parent.name for path in bundled.values())}
            found.append(_own(name, sorted(known)))
    return found


def _own(name: str, known: list[str]) -> Pack:
    from difflib import get_close_matches

    from ghgcalc.factors.own_packs import read_pack_file

    path = Path(name)
    if not path.is_file():
        near = get_close_matches(name, known, n=2, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "see `ghgcalc factors list`"
        usage(f"--pack: no bundled pack and no file `{name}`; {hint}")
    outcome = read_pack_file(path, path.as_posix())
    if outcome.value is None:
        usage(f"--pack: `{name}` has errors; see `ghgcalc factors lint {name}`")
    return outcome.value[0]
