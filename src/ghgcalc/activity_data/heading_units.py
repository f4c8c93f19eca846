"""Headings of quantities that name another unit than the one stated for their rows.

`Verbrauch MWh` read in `unit: kWh` is too small by a thousand, and nothing in the rows tells.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.company.quantity_terms import terms_of
from ghgcalc.company.table import READ_HEADINGS
from ghgcalc.company.table_units import POWER
from ghgcalc.core.diagnostics import Diagnostic, Related, Severity
from ghgcalc.core.units import OWN_PREFIX, Unit, UnitError, dimension_label, parse_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.company.company import Company
    from ghgcalc.company.table import Table

_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_RATE = re.compile(r"/|\b(?:per|pro|par|je|por)\b", re.IGNORECASE)
_YEAR = re.compile("(?:19|20)[0-9]{2}")  # of `Jan 2024 kWh`, which is no 2024 kWh
_MULTIPLE = re.compile(r"\d[\d_.]*\s*(?=\D)")
_SCALED = re.compile(r"\d|[×✕*^]|\b(?:tsd|tausend|mio|mill|thousands?|millions?)\b", re.IGNORECASE)
# `Units`, `Nights`, `Hours`: words that count whatever the table is about
_COUNTS = frozenset({"s", "night", "person", "piece"})
_SHORT = {"ltr": "L", "ltrs": "L", "lts": "L"}
# a distance is that of one person, a volume that of a gas whose state is stated
_KIN = frozenset({("km", "km·person"), ("m3", "Nm3")})


class Stated(NamedTuple):
    """A heading, the unit stated for what stands below it, and where both are written.

    `theirs` is the unit as the table states it, `ours` what `names:` makes of it.
    """

    heading: str
    theirs: str
    ours: str
    unit_at: tuple[str, ...]
    heading_at: tuple[str, ...]


def heading_units(company: Company, name: str) -> Iterator[Diagnostic]:
    """A warning where the heading of a table's quantities names another unit than is stated.

    Units that rows give in a column of their own are those of the rows. An own unit, a multiple of
    the heading's unit and a multiplier that makes one of the other are choices of the file.

    Diagnosed: `heading-unit`, once for all headings of the table.
    """
    table = company.tables[name]
    if "unit" in table.columns or not table.read.header_row:
        return
    found = [(each, unit) for each in stated_units(table)
             if (unit := unit_of_heading(each.heading)) is not None
             and differs(unit, each, table)]  # fmt: skip
    if not found:
        return
    (first, unit), more = found[0], len(found) - 1
    others = f", and so do those of {more:,} more headings" if more > 1 else ""
    others = ", and so does that of one more heading" if more == 1 else others
    locate, path = company.document.locate, ("tables", name)
    yield Diagnostic(
        "heading-unit",
        f"table `{name}`: heading `{first.heading}` names `{unit.text}`"
        f" ({dimension_label(unit.dimension)}), and the quantities are read in `{first.ours}`"
        f" ({dimension_label(parse_unit(first.ours).dimension)}){others}",
        locate((*path, *first.unit_at)),
        related=(Related(locate((*path, *first.heading_at), key=first.unit_at[0] == "unpivot"),
                         "the heading"),),
        hint=unit_hint(first, unit),
        severity=Severity.WARNING,
    )  # fmt: skip


def unit_of_heading(heading: str) -> Unit | None:
    """The unit that a heading has in brackets, or as its last word.

    None of a rate (`kWh/m3`), of a length of time or a count, and of a letter without brackets.
    """
    if _RATE.search(heading):
        return None
    for text in _BRACKETS.findall(heading):
        unit = read_unit(text.strip())
        if unit is not None:
            return unit
    words = re.split(r"[\s_,]+", heading.strip())
    words = [word for word in words[:-1] if not _YEAR.fullmatch(word)] + words[-1:]
    if len(words[-1]) < 2:
        return None
    joined = read_unit(" ".join(words[-2:])) if len(words) > 1 else None
    if joined is not None:
        return joined
    return None if any(map(_SCALED.search, words[:-1])) else read_unit(words[-1])


def read_unit(text: str) -> Unit | None:
    """A unit as a heading writes it: `Litre` is `litres`, `Ltr` is `L`."""
    lower = text.lower()
    for each in (text, lower, f"{lower}s", _SHORT.get(lower.rstrip("."), text)):
        try:
            unit = parse_unit(each)
        except UnitError:
            continue
        return None if unit.dimension in _COUNTS else unit
    return None


def stated_units(table: Table) -> Iterator[Stated]:
    """The headings of a table's quantities, each with its constant unit."""
    if table.unpivot:
        for heading, says in table.unpivot.items():
            at = ("constants", "unit") if says.unit is None else ("unpivot", heading, "unit")
            theirs = says.unit or table.constants.unit
            if theirs is not None and theirs not in READ_HEADINGS:
                yield Stated(heading, theirs, _ours(table, theirs), at, ("unpivot", heading))
        return
    theirs = table.constants.unit
    if theirs is None:
        return
    of = "reading" if table.reads else "quantity"
    terms = [term.heading for term in terms_of(table.columns)] or [table.columns[of]]
    for heading in terms:
        ours = _ours(table, theirs)
        yield Stated(heading, theirs, ours, ("constants", "unit"), ("columns", of))


def _ours(table: Table, theirs: str) -> str:
    return table.names.unit.get(theirs, theirs)


def differs(unit: Unit, each: Stated, table: Table) -> bool:
    """Whether a stated unit is none that the heading's may be read in."""
    try:
        ours = parse_unit(each.ours)
        theirs = parse_unit(each.theirs) if each.theirs != each.ours else None
    except UnitError:
        return False  # refused where it is read
    if OWN_PREFIX in each.ours or (theirs is not None and same_size(theirs, unit)):
        return False
    if same_size(ours, unit) or (unit.dimension, ours.dimension) in _KIN:
        return False
    plain = _MULTIPLE.sub("", ours.text, count=1)
    if plain != ours.text and same_size(parse_unit(plain), unit):
        return False
    if unit.dimension != ours.dimension:
        return True
    times = table.constants.multiplier
    if times is not None:
        return ours.size * Fraction(times) != unit.size
    return "multiplier" not in table.columns


def same_size(one: Unit, other: Unit) -> bool:
    """Whether two units are one, whatever they are called."""
    return (one.dimension, one.size) == (other.dimension, other.size)


def unit_hint(each: Stated, unit: Unit, of: str = "heading") -> str:
    """What to state where another unit is meant than is read, as it is typed."""
    stated = f"unit: {unit.text}"
    stated = f"constants: {{{stated}}}" if each.unit_at[0] == "constants" else stated
    if unit.dimension == POWER:
        return (
            "a mean power times the hours that it lasted is energy: of rows of a quarter of an hour"
            f" add `units: {{own_qh: 0.25 {unit.text}h}}` to the top level and read them in"
            f" `own_qh`; of an hour, state `{stated}` and"
            f" `names: {{unit: {{{unit.text}: {unit.text}h}}}}`"
        )
    return (
        f"state `{stated}`, or name the column that is in `{each.ours}`; where the {of} is"
        f" wrong, state `{stated}` and `names: {{unit: {{{unit.text}: {each.ours}}}}}`"
    )
