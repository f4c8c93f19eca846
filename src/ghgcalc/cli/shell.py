"""What the shell completes from a company file: periods, boundaries, ids; checks.

It runs at each press of the tabulator: the file's YAML alone is read, no table and no pack, and a
file that is not there or is broken completes nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DEFAULT = "company.yaml"
_PARTS = (*(f"Q{number}" for number in range(1, 5)), *(f"{month:02}" for month in range(1, 13)))


def periods(ctx: typer.Context, incomplete: str) -> list[str]:
    """The years that the file's activities, tables and expectations name, then their parts."""
    root = _root(ctx)
    years: set[str] = set()
    for section in ("activities", "expect", "periods", "base_year"):
        years.update(_years(root.get(section)))
    found = sorted(years, reverse=True)
    year, dash, _ = incomplete.partition("-")
    if dash and year in years:
        found = [f"{year}-{part}" for part in _PARTS]
    return [text for text in found if text.startswith(incomplete)]


def years(ctx: typer.Context, incomplete: str) -> list[str]:
    """The years that the file names, the newest first."""
    return [text for text in periods(ctx, "") if text.startswith(incomplete)]


def boundaries(ctx: typer.Context, incomplete: str) -> list[str]:
    """The boundaries of the file."""
    return list(_starting(_root(ctx).get("boundaries"), incomplete))


def lines(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The ids of activities and tables, with the category of an activity."""
    root = _root(ctx)
    found: list[tuple[str, str]] = []
    for section in ("activities", "tables"):
        for name, entry in _starting(root.get(section), incomplete).items():
            told = entry.get("category") if isinstance(entry, dict) else None
            found.append((name, told if isinstance(told, str) else section))
    return found


def checks(incomplete: str) -> list[tuple[str, str]]:
    """The named checks, with what each is about."""
    from ghgcalc.core.codes.registry import CODES
    from ghgcalc.pipeline.check_choices import BY_CODE

    return [(code, CODES[code].title) for code in sorted(BY_CODE) if code.startswith(incomplete)]


def _root(ctx: typer.Context) -> dict[str, Any]:
    """The data of the company file that the line names, or of `company.yaml`; else nothing."""
    from ghgcalc.core.text.document import load_document

    document = load_document(_named(ctx)).value
    return document.root if document.complete else {}


def _named(ctx: typer.Context) -> str | Path:
    """The company file among the arguments that stand there.

    Behind an option that waits for its value they are not read yet, and stand in `ctx.args`.
    """
    given = ctx.params.get("company") or ctx.params.get("words") or ()
    texts = [*ctx.args, *(given if isinstance(given, list | tuple) else (given,))]
    files = [each for each in texts if str(each).endswith((".yaml", ".yml"))]
    return files[0] if files else _DEFAULT


def _years(section: object) -> Iterator[str]:
    """The years in the periods of a section's entries, or of its own."""
    entries: Iterable[object] = ()
    if isinstance(section, dict):
        yield from _YEAR.findall(str(section.get("year", "")))
        entries = section.values()
        for name in section:  # `periods:` and `expect:` are by year or hold a period
            yield from [name] if _YEAR.fullmatch(str(name)) else []
    for entry in entries:
        if isinstance(entry, dict):
            yield from _YEAR.findall(str(entry.get("period", "")))


def _starting(entries: object, incomplete: str) -> dict[str, object]:
    if not isinstance(entries, dict):
        return {}
    return {name: entry for name, entry in entries.items() if name.startswith(incomplete)}
