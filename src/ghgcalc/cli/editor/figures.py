"""The figures of a line under the cursor, and where its factor and the names in it are defined."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.calculation.results.line import LOCATION, MARKET, total_of
from ghgcalc.cli.editor.completion import SECTIONS
from ghgcalc.cli.editor.findings import Place, Placer
from ghgcalc.cli.editor.positions import Spot, Stretch
from ghgcalc.cli.editor.yaml_place import ENTRY, place_at
from ghgcalc.core.diagnostics import Severity
from ghgcalc.core.numbers import significant
from ghgcalc.core.text.scripts import composed
from ghgcalc.pipeline.project import newest_year, open_project
from ghgcalc.pipeline.run import compute
from ghgcalc.render.text import plural, safe
from ghgcalc.views.equations import DIGITS
from ghgcalc.views.explain import explain_line, matching
from ghgcalc.views.words import METHOD_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.cli.editor.buffers import Buffers
    from ghgcalc.cli.editor.positions import Positions
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.factors.model import Factor
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.pipeline.project import Project

MOST_LINES, MOST_ERRORS, MOST_FACTORS = 3, 3, 20
_METHODS = (LOCATION, MARKET)
_TOLD = ("factor", "from", "with", "chosen", "locked", "accepted", "not printed")
_HOLDERS = ("activities", "tables")
_ENDS = frozenset(",{}[]\n\r")


class Under(NamedTuple):
    """What stands under a cursor: the keys above, the word, and whether it is a value."""

    path: tuple[str, ...]
    word: str
    value: bool

    @property
    def holder(self) -> str:
        """The id of the activity or table that the cursor is in; "" where it is in none."""
        inside = len(self.path) > 1 and self.path[0] in _HOLDERS
        return composed(self.path[1]) if inside else ""


def under(positions: Positions, spot: Spot) -> Under:
    """What stands under a cursor: of a key, the entry that it opens."""
    text, end = positions.text, positions.offset(spot)
    while end < len(text) and text[end] not in _ENDS and text[end : end + 2] not in {": ", " #"}:
        if text[end] == ":" and text[end + 1 : end + 2] in {"", "\n", "\r"}:
            break
        end += 1
    if text[end : end + 1] == ":":
        found = place_at(text, end + 1)
        return Under(found.path, found.path[-1] if found.path else "", False)
    found = place_at(text, end)
    return Under(found.path, found.typed.strip().strip("'\""), found.value)


# ---- figures


def hover(company: Path, buffers: Buffers, at: Under) -> str | None:
    """The tonnes of the line under the cursor, by method, with factors and sources.

    Of the newest reporting year with its data. Where errors block that year's totals no figure is
    told, but why; None where the cursor is in no activity and no table.
    """
    if not at.holder:
        return None
    opened = open_project(company, texts=buffers.beside(company))
    project = opened.value.project
    year = None if project is None else newest_year(project, at.holder)
    if project is None or year is None:
        return _withheld(at.holder, "", opened.diagnostics)
    run = compute(project, period=year)
    if run.inventory is None:
        return _withheld(at.holder, f" of {year}", run.diagnostics)
    lines = matching(run.inventory, at.holder)
    if not lines:
        return f"{safe(at.holder)}, {year}: no line in the inventory"
    return "\n".join(_told(run.inventory, at.holder, lines))


def _told(inventory: Inventory, name: str, lines: Sequence[Line]) -> Iterator[str]:
    yield f"{safe(name)}, {safe(inventory.period)}"
    if any(line.scope == 2 for line in lines):
        for method in _METHODS:
            yield f"{METHOD_WORDS[method]}: {_tonnes(lines, method)}"
    else:
        yield _tonnes(lines, LOCATION)
    for line in lines[:MOST_LINES]:
        explained = explain_line(inventory, line, _METHODS, {})
        yield ""
        yield safe(f"{line.id}: {explained.heading}" if line.id != name else explained.heading)
        if line.weight != 1:
            yield f"weight {significant(line.weight * 100)} %"
        for part in explained.parts:
            yield safe(part.equations.quantity + (f"  ({part.heading})" if part.heading else ""))
            yield from (safe(f"  {label}: {fact}") for label, fact in part.facts if label in _TOLD)
    if len(lines) > MOST_LINES:
        yield ""
        yield f"and {plural(len(lines) - MOST_LINES, 'more line')}, which `ghgcalc explain` tells"


def _tonnes(lines: Iterable[Line], method: str) -> str:
    tonnes = total_of(lines, method)
    return "not stated" if tonnes is None else f"{significant(tonnes, DIGITS)} tCO2e"


def _withheld(name: str, period: str, found: Iterable[Diagnostic]) -> str | None:
    """Why there is no figure; None where no error keeps one out, as of an activity without data."""
    errors = [item for item in found if item.severity is Severity.ERROR]
    if not errors:
        return None
    rows = [f"{safe(name)}: no figure, since errors block the totals{period}"]
    for item in errors[:MOST_ERRORS]:
        rows.append(safe(f"{item.location}: {item.message}" if item.location else item.message))
    if len(errors) > MOST_ERRORS:
        rows.append(f"and {plural(len(errors) - MOST_ERRORS, 'more error')}")
    return "\n".join(rows)


# ---- where things are defined


def definitions(company: Path, buffers: Buffers, at: Under) -> list[Place]:
    """Where the name under the cursor is defined; elsewhere in a line, the rows of its factors."""
    opened = open_project(company, texts=buffers.beside(company)).value
    placer = Placer(company, buffers, opened.sources)
    key = next((part for part in reversed(at.path) if part != ENTRY), "")
    if at.value and key in SECTIONS:
        name, entries = composed(at.word), opened.document.root.get(SECTIONS[key])
        if not isinstance(entries, dict) or name not in entries:
            return []
        found = placer.place(opened.document.locate((SECTIONS[key], name), key=True))
        return [] if found is None else [found]
    project = opened.project
    if project is None or not at.holder:
        return []
    factors = _pinned(project, at.word) if key == "factor" else _factors(project, at.holder)
    places = (_row(project, factor, placer) for factor in factors)
    return list(dict.fromkeys(place for place in places if place is not None))[:MOST_FACTORS]


def _pinned(project: Project, ref: str) -> list[Factor]:
    """The factor that a line names."""
    pack, _, name = ref.partition("/")
    for each in project.catalog.packs:
        if each.info.id == pack and (found := each.factor(name)) is not None:
            return [found]
    return []


def _factors(project: Project, name: str) -> list[Factor]:
    """The factors of a line in its newest reporting year; none where errors block its totals."""
    year = newest_year(project, name)
    run = None if year is None else compute(project, period=year)
    if run is None or run.inventory is None:
        return []
    found: dict[str, Factor] = {}
    for line in matching(run.inventory, name):
        for part in (*line.location_based, *line.market_based):
            for factor in (part.plan.resolution.factor, part.plan.complement):
                if factor is not None:
                    found.setdefault(factor.ref, factor)
    return list(found.values())


def _row(project: Project, factor: Factor, placer: Placer) -> Place | None:
    """The row of a factor: in an own pack of the project, or in the bundled pack that it is of."""
    where = factor.location
    if where is None:
        return None
    pack = next((each for each in project.catalog.packs if each.info is factor.pack), None)
    if pack is None or factor.pack.own:
        return placer.place(where)
    path = pack.folder / where.path.removeprefix(f"{pack.shown}/")
    start = Spot(where.line - 1, 0)
    return Place(path, Stretch(start, start)) if path.is_file() else None
