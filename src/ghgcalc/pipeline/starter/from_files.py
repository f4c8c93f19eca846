"""A reporting repository that begins from files: the looks at them become its company file."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from itertools import islice
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.looking.sheets import SHEET
from ghgcalc.activity_data.tables.paste import OPEN
from ghgcalc.activity_data.tables.total_rows import scalar
from ghgcalc.core.json_schemas import KEPT_IN
from ghgcalc.core.text.controls import replaced
from ghgcalc.core.text.scripts import id_of, is_id
from ghgcalc.core.vocabulary.regions import GRIDS
from ghgcalc.pipeline.starter import texts
from ghgcalc.pipeline.starter.starter import beside, newest_year, own_factors, packs_for, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ghgcalc.company.looked import Look
    from ghgcalc.pipeline.starter.looks import Looked
    from ghgcalc.pipeline.starter.starter import Gate

_WIDTH = 98
_HEAD = 3  # lines of a proposal: `tables:`, the name of the table, its file
_ITEMS = "    items:"
_LONGEST = 60
_OPEN = re.compile(rf"(?<![^\s{{]){OPEN}(?=[\s}}:]|-[0-9]{{2}}\}}|$)")


@dataclass(frozen=True, slots=True)
class FromFiles:
    """What a repository begins from; what is empty is left to the reader.

    Attributes:
        name: of the organisation.
        facility: id of the facility of rows that name none.
        country, region: of every facility.
        year: whose factors are taken; else the years that the files hold.
        gate: whose CI gates the repository.
        files: with a look at each.
    """

    name: str
    facility: str
    country: str
    region: str
    year: int | None
    gate: Gate
    files: tuple[Looked, ...]


class Open(NamedTuple):
    """A place of the company file that the reader fills in: line, from 1, and its text."""

    line: int
    text: str


def name_facilities(files: Iterable[Looked]) -> bool:
    """Whether every table has a column of facilities."""
    return all(table.facilities for file in files for table in file.tables)


def repository_from(start: FromFiles) -> Mapping[str, bytes]:
    """Contents by path: the files untouched, a company file for review, what stands beside."""
    ids = _ids(pair for file in start.files for table in file.tables for pair in table.facilities)
    if not name_facilities(start.files):
        ids = {"": (start.facility or OPEN, ""), **ids}
    written = {"company.yaml": _company(start, ids), "factors/own.yaml": own_factors()}
    written |= {
        "README.md": texts.README_FROM.format(name=start.name, schemas=KEPT_IN),
        **beside(start.gate),
    }
    return {
        **{name: text.encode() for name, text in written.items()},
        **{file.copy: file.data for file in start.files},
    }


def open_places(company: str) -> list[Open]:
    """The lines of a company file that hold `…` for what only the reader knows."""
    lines = enumerate(company.splitlines(), 1)
    told = [(at, text) for at, text in lines if not text.lstrip().startswith("#")]
    return [Open(at, text.strip()) for at, text in told if _OPEN.search(text.partition("  # ")[0])]


def _ids(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """An id and a name for each text that names a facility; no two texts share an id."""
    found: dict[str, tuple[str, str]] = {}
    for text, name in pairs:
        if text in found:
            continue
        base = id_of(name).lower().lstrip("_.+-")[:_LONGEST].rstrip("-")
        base = base if is_id(base) and base not in ("all", "none") else f"site-{len(found) + 1}"
        found[text] = (_unused(base, {each for each, _ in found.values()}), name)
    return found


def _unused(base: str, taken: Iterable[str]) -> str:
    known = {each.casefold() for each in taken}
    tries = (base, *(f"{base}-{number}" for number in range(2, len(known) + 3)))
    return next(each for each in tries if each.casefold() not in known)


# ---- the company file ---------------------------------------------------------------------------


def _company(start: FromFiles, ids: Mapping[str, tuple[str, str]]) -> str:
    tables: list[str] = []
    taken: list[str] = []
    for file in start.files:
        for place, table in enumerate(file.tables):
            name = _unused(_table_name(file, table), taken)
            taken.append(name)
            asks = place > 0 or (len(file.tables) > 1 and not table.sheet)
            tables += ["", *_comment(table, file), *_block(table, name, file, ids, asks=asks)]
    years = {year for file in start.files for table in file.tables for year in table.years}
    asked = {start.year} if start.year else years
    asked = asked or {newest_year(start.country, start.region) or 0}
    packs = packs_for(start.country, start.region, sorted(asked, reverse=True))
    return texts.COMPANY_FROM.format(
        name=replaced(start.name), quoted=quoted(start.name), schemas=KEPT_IN,
        files=", ".join(file.copy for file in start.files), year=max(asked) or 2024,
        packs="".join(f"  - {pack}\n" for pack in packs) or texts.NO_PACKS,
        facilities="".join(f"{line}\n" for line in _facilities(start, ids)),
        tables="".join(f"{line}\n" for line in tables),
    )  # fmt: skip


def _table_name(file: Looked, table: Look) -> str:
    stem = re.sub(r"(\.[A-Za-z0-9]{1,8}){1,2}$", "", file.path.name)
    sheet = f"-{table.sheet}" if len(file.tables) > 1 else ""
    return id_of(f"{stem}{sheet}")[:_LONGEST].strip("-_.+") or "table"


def _facilities(start: FromFiles, ids: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    key = "grid" if start.region in GRIDS.get(start.country, ()) else "region"
    for facility, name in ids.values():
        if facility == OPEN:
            yield "  # rows without a facility: write its id here and at each open `facility:`"
            yield "  # below, or ids of other facilities there, and remove this one"
            yield f"  {OPEN}:"
        else:
            yield f"  {scalar(facility)}:"
        told = scalar(start.country) if start.country else f"{OPEN}  # its code, such as GB"
        yield f"    country: {told}"
        if start.region:
            yield f"    {key}: {scalar(start.region)}"
        if name:
            yield f"    name: {scalar(replaced(name))}"


def _comment(table: Look, file: Looked) -> Iterator[str]:
    """What was found, and what is asked, above the table that it is about."""
    sheet = f", sheet `{table.sheet}`" if len(file.tables) > 1 else ""
    more = "" if table.whole else " looked at, there are more"
    rows = f"{table.rows:,} row{'' if table.rows == 1 else 's'}"
    yield f"  # {file.copy}{replaced(sheet)}: {table.kind}, {rows}{more}"
    for question in table.questions:
        yield from (f"  # {line}" for line in wrap(
            replaced(question), _WIDTH - 4, initial_indent="- ", subsequent_indent="  ",
            break_long_words=False))  # fmt: skip


def _block(
    table: Look, name: str, file: Looked, ids: Mapping[str, tuple[str, str]], *, asks: bool
) -> Iterator[str]:
    """The proposal below the key of its table, with the ids of `facilities:`."""
    yield f"  {scalar(name)}:"
    yield f"    files: {scalar(file.copy)}"
    named = [f"        {scalar(text)}: {scalar(ids[text][0])}" for text, _ in table.facilities]
    lines = iter(table.proposal[_HEAD:])
    for line in map(replaced, lines):
        if line == "      facility:":  # below `names:`, and then a line for each
            yield line
            yield from map(replaced, named)
            deque(islice(lines, len(named)), maxlen=0)
        elif line.startswith(SHEET) and asks:
            sheet = line.partition(": ")[2]
            yield (f"      sheet: {OPEN}  # {sheet} if its rows count beside those of the other"
                   " sheets; else remove this table")  # fmt: skip
        elif line.startswith(f"      facility: {OPEN}"):
            known = ids[""][0]
            yield line if known == OPEN else f"      facility: {scalar(known)}"
        else:
            yield f"{line}   # what each is: `ghgcalc list categories`" if line == _ITEMS else line
