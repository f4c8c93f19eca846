"""The `tables:` block of a look: what the file says is filled in, `…` is left to the reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.looking.block_fiscal import year_beside
from ghgcalc.activity_data.tables.looking.block_multiples import asked_of, constant_of, of_units
from ghgcalc.activity_data.tables.looking.block_numbers import signs_of
from ghgcalc.activity_data.tables.looking.block_places import asked_of_places, unique_of
from ghgcalc.activity_data.tables.looking.block_readings import (
    asked_of_readings,
    of_readings,
    taken_of,
)
from ghgcalc.activity_data.tables.looking.block_rows import (
    asked_of_marks,
    corrections_of,
    filter_of,
    told_of_sums,
)
from ghgcalc.activity_data.tables.looking.block_times import times_of, years_of
from ghgcalc.activity_data.tables.looking.block_units import (
    known_unit,
    of_said,
    told_of_units,
    unit_of,
)
from ghgcalc.activity_data.tables.looking.blocks import asked_of_headings, read_of_headings
from ghgcalc.activity_data.tables.looking.labels import sums_without_label
from ghgcalc.activity_data.tables.looking.overlaps import estimates_overlap
from ghgcalc.activity_data.tables.looking.quantity import sort_of_column, totals_asked
from ghgcalc.activity_data.tables.looking.roles import CLOCKS
from ghgcalc.activity_data.tables.looking.shape import without_unit
from ghgcalc.activity_data.tables.looking.spans import spans_of
from ghgcalc.activity_data.tables.looking.tariffs import added, tariff_names
from ghgcalc.activity_data.tables.looking.words import counts_units
from ghgcalc.activity_data.tables.paste import OPEN
from ghgcalc.activity_data.tables.running_words import runs_on
from ghgcalc.activity_data.tables.total_rows import scalar
from ghgcalc.company.estimate import NO_WORDS
from ghgcalc.core.text.scripts import id_of
from ghgcalc.core.vocabulary.categories import CATEGORIES, COMBUSTION, category_said
from ghgcalc.core.vocabulary.fuels import fuel_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ghgcalc.activity_data.tables.looking.columns import Column
    from ghgcalc.activity_data.tables.looking.opened import Opened
    from ghgcalc.activity_data.tables.looking.roles import Roles
    from ghgcalc.activity_data.tables.looking.shape import Shape

_FILES = "    files: "
_MOST_LISTED = 400
_MOST_NAMED = 8
_OVERLAP = (
    " Rows that were read differently stand for the same days, and both count: `replaces:"
    " estimated` in the table leaves the estimates out, by the column `meter`"
)
_ROLES: tuple[str, ...] = ("facility", "item", "quantity", "unit", "period", "year", "from", "to",
                           "meter", "multiplier", "estimated")  # fmt: skip


class Proposal(NamedTuple):
    """The lines of the block, what its reader is asked or told, the texts of facilities, years."""

    lines: list[str]
    questions: list[str]
    facilities: tuple[tuple[str, str], ...] = ()
    years: tuple[int, ...] = ()


def propose(path: Path, opened: Opened, shape: Shape, roles: Roles) -> Proposal:
    """Write the block."""
    times = times_of(roles)
    signs = signs_of(opened, roles)
    labels = _labels(opened, roles)
    read = dict(opened.options) | _header(shape) | read_of_headings(shape.again) | labels
    read |= times.read | signs.read
    lines = first_lines(path)
    if read:
        lines += ["    read:", *(f"      {key}: {value}" for key, value in read.items())]
    columns, constants = _columns(roles)
    columns |= {key: text for key, text in times.columns.items() if not roles.rising}
    empty = "" if columns else " {}"
    lines += [f"    columns:{empty}", *(f"      {key}: {text}" for key, text in columns.items())]
    if constants:
        lines += ["    constants:", *(f"      {key}: {value}" for key, value in constants.items())]
    if roles.wide:
        lines += ["    unpivot:", *(f"      {scalar(column.name)}:"
                                    f" {{period: {OPEN if runs_on(column.name) else period}}}"
                                    f"{year_beside(roles, column)}"
                                    for column, period in roles.wide)]  # fmt: skip
    if roles.clocks:
        lines += ["    unpivot:", f'      "{CLOCKS}": {{item: item}}']
    lines += taken_of(roles)
    lines += filter_of(shape, roles)
    lines += unique_of(roles)
    lines += corrections_of(roles)
    lines += _items(roles)
    lines += _names(roles)
    asked = [
        *opened.questions,
        *asked_of_headings(shape.again, shape.names),
        *_told_of_labels(roles),
        *times.asked,
        *asked_of_readings(roles),
        *signs.asked,
        *_asked(roles),
        *asked_of_places(roles),
        *_seen(shape, roles),
    ]
    facilities = tuple((text, text) for text in _facilities(roles))
    return Proposal(lines, asked, facilities, years_of(roles))


def first_lines(path: Path) -> list[str]:
    """The name of the table and its file."""
    name = id_of(re.sub(r"(\.[A-Za-z0-9]{1,8}){1,2}$", "", path.name)).lstrip("_.+-") or "table"
    return ["tables:", f"  {scalar(name)}:", f"{_FILES}{scalar(path.name)}"]


def naming(proposal: Sequence[str], name: str) -> tuple[str, ...]:
    """A proposal that names its file so, such as by its path from the company file's folder."""
    line = next(at for at, text in enumerate(proposal) if text.startswith(_FILES))
    return (*proposal[:line], f"{_FILES}{scalar(name)}", *proposal[line + 1 :])


def _header(shape: Shape) -> dict[str, str]:
    if not shape.header:
        return {"header_row": "none"}
    if len(shape.header) > 1:
        return {"header_row": f"[{', '.join(map(str, shape.header))}]"}
    return {} if shape.header == (1,) else {"header_row": str(shape.header[0])}


def _labels(opened: Opened, roles: Roles) -> dict[str, str]:
    """Columns whose labels stand once for several rows, the outer ones first."""
    if opened.kind == "parquet":
        return {}
    columns = {c.place: c for c in (*roles.by.values(), *(mark.column for mark in roles.marks))}
    found = sorted((c for c in columns.values() if c.labels), key=lambda c: (c.labels, c.place))
    return {"fill_down": f"[{', '.join(scalar(c.name) for c in found)}]"} if found else {}


def _told_of_labels(roles: Roles) -> list[str]:
    """Labels that are taken for the rows below them, and cells of keys that are empty."""
    told = [f"labels: `{column.name}` has {column.labels} labels for {len(column.cells)} rows: each"
            " is taken for the rows below it (`fill_down`); remove it if an empty cell means none"
            for column in {c.place: c for c in roles.by.values() if c.labels}.values()]  # fmt: skip
    for role in ("facility", "item", "unit", "period", "from", "to"):
        column = roles.by.get(role)
        if column is not None and column.empty and (role != "to" or column is not roles.by["from"]):
            told.append(f"empty: {column.empty:,} cells of `{column.name}` are empty and refused"
                        + _perhaps_labels(role, column, roles))  # fmt: skip
    return told


def _perhaps_labels(role: str, column: Column, roles: Roles) -> str:
    """`fill_down` where it may be meant: a bill has days of its own, and a sum has no label."""
    times = [c for name in ("period", "from", "to") if (c := roles.by.get(name))]
    amounts = [c for c, _ in roles.wide] or [c for c in (roles.quantity.column,) if c is not None]
    if role in ("period", "from", "to") or any(c.empty for c in times):
        return ""
    if any(sums_without_label(c, column) for c in amounts):
        return "; one of these rows is the sum of rows above it: leave it out by `filter:`"
    return (f"; `read: {{fill_down: [{scalar(column.name)}]}}` where its labels stand once for the"
            " rows below them")  # fmt: skip


# ---- columns, items, names ----------------------------------------------------------------------


def _columns(roles: Roles) -> tuple[dict[str, str], dict[str, str]]:
    by = roles.by
    columns = {role: scalar(by[role].name) for role in _ROLES if role in by}
    if roles.quantity.open_for:
        whole = tariff_names(roles.quantity.open_for)
        several = [added(whole)] if whole else []
        several += [scalar(c.name) for c in roles.quantity.open_for if c.name not in whole]
        named = " or ".join(several[:_MOST_NAMED])
        columns["quantity"] = f"{OPEN}  # {named}"
    elif "quantity" not in by and not roles.wide and not roles.clocks:
        columns["quantity"] = f"{OPEN}  # no column of numbers was found"
    if roles.rising:
        columns = of_readings(columns, roles)
    constants = constant_of(roles)
    if "facility" not in by:
        constants["facility"] = f"{OPEN}  # an id of `facilities:`"
    if "item" not in by and not roles.clocks:
        constants["item"] = "item"
    if roles.units.open_for:
        columns["unit"] = (
            f"{OPEN}  # {' or '.join(map(scalar, roles.units.open_for[:_MOST_NAMED]))}"
        )
    elif "unit" not in by and "unit" not in constants:
        constants["unit"] = unit_of(roles)
    if not {"period", "from"} & set(by) and not roles.wide:
        spans = [*spans_of(roles.mixed).values()]
        if roles.mixed is None or spans:
            constants["period"] = f"{OPEN}  # such as {(*spans, '2024')[0]}"
        else:
            columns["period"] = f"{OPEN}  # {scalar(roles.mixed.name)}, of several forms"
    return columns, constants


def _items(roles: Roles) -> list[str]:
    column = roles.by.get("item")
    texts = ["item"] if column is None else [*dict.fromkeys(text for _, text in column.cells)]
    lines = ["    items:"]
    for text in texts[:_MOST_LISTED]:
        lines.append(f"      {scalar(text)}: {_meaning(text)}")
    return lines


def _meaning(text: str) -> str:
    """The category of an item where its text is the very word, else open, with a likely one."""
    exact = "_".join(text.split())
    if exact in CATEGORIES and exact not in COMBUSTION:
        return f"{{category: {exact}}}"
    fuel = fuel_id(text.casefold()) or fuel_id(text)
    said = category_said(text)
    perhaps = f"category: stationary_combustion, fuel: {fuel}" if fuel else f"category: {said}"
    return f"{{category: {OPEN}}}" + (f"  # perhaps {{{perhaps}}}" if fuel or said else "")


def _names(roles: Roles) -> list[str]:
    lines: list[str] = []
    if texts := _facilities(roles):
        lines += ["      facility:", *(f"        {scalar(text)}: {OPEN}" for text in texts)]
    unit = roles.by.get("unit")
    if unit is not None:
        texts = [*dict.fromkeys(text for _, text in unit.cells)]
        odd = {text: OPEN for text in texts if not known_unit(text)}
        odd |= of_said(texts, roles) | of_units(texts, roles)
        if odd:
            lines += ["      unit:", *(f"        {scalar(text)}: {odd[text]}" for text in odd)]
    read = roles.by.get("estimated")
    if read is not None:
        open_ = [text for text in dict.fromkeys(text for _, text in read.cells)
                 if text.casefold() not in NO_WORDS]  # fmt: skip
        if open_:
            lines += [
                "      estimated:",
                *(f"        {scalar(t)}: {OPEN}  # yes or no" for t in open_),
            ]
    return ["    names:", *lines] if lines else []


def _facilities(roles: Roles) -> list[str]:
    column = roles.by.get("facility")
    texts = () if column is None else dict.fromkeys(text for _, text in column.cells)
    return [text for text in texts if text not in roles.sums][:_MOST_LISTED]


def _asked(roles: Roles) -> list[str]:
    """What the reader decides: the quantity, its unit, the rows that count."""
    told = [*roles.quantity.why]
    running = [column for column, _ in roles.wide if runs_on(column.name)]
    told += [totals_asked(running)] if running else []
    quantity = roles.quantity.column
    places = [c for c, _ in roles.wide] or ([quantity] if quantity is not None else [])
    thousands = [c.name for c in places if counts_units(without_unit(c.name))]
    if thousands and "unit" not in roles.by and not roles.multiples:
        told.append(f"unit: `{thousands[0]}` may count its unit in thousands: state the whole unit,"
                    " such as `thousand kWh`")  # fmt: skip
    told += told_of_units(roles)
    if roles.units.open_for:
        named = " or ".join(f"`{each}`" for each in roles.units.open_for[:_MOST_NAMED])
        told.append(f"unit: {named}: name the column whose units are those of the quantity, or"
                    " state its one unit under `constants:`")  # fmt: skip
    if roles.vendors is not None:
        name = scalar(roles.vendors.name)
        told.append(f"supplier: {name} names suppliers, and nothing reads it: where they stand"
                    f" under `suppliers:` with rates of their own, map `supplier: {name}` and"
                    " translate its texts under `names: {supplier: …}`")  # fmt: skip
    read = roles.by.get("estimated")
    if read is not None:
        told.append(
            f"estimated: `{read.name}` says how rows were read: which texts mean an estimate?"
            + (_OVERLAP if estimates_overlap(roles) else "")
        )
    return [*told, *asked_of(roles), *asked_of_marks(roles)]


def _seen(shape: Shape, roles: Roles) -> list[str]:
    told: list[str] = []
    quantity, found = roles.by.get("quantity"), roles.quantity
    rest = [c for c in found.others if c not in found.open_for and c not in roles.by.values()]
    if rest and quantity is not None:
        named = ", ".join(f"`{column.name}`" for column in rest[:_MOST_NAMED])
        told.append(f"quantity: `{quantity.name}` is taken; also numbers: {named}"
                    if not found.open_for else f"quantity: not looked at: {named}")  # fmt: skip
    power = [c.name for c in found.others if sort_of_column(c) == "power"]
    if power:
        told.append(f"power: `{power[0]}` is power (kW), not energy: it is no quantity")
    if roles.rising and quantity is not None:
        told.append(
            f"reading: `{quantity.name}` rises as the readings of a counter do: it is mapped"
            " as `reading:`, whose differences count; if it holds quantities, map `quantity:`"
        )
    return [*told, *told_of_sums(shape, roles)]
