"""Checks of packs: the same findings for own packs in a company's folder and for bundled ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.diagnostics import Diagnostic, Location
from ghgcalc.core.gas_units import check_mass_of
from ghgcalc.core.gases import UNSPECIFIED
from ghgcalc.core.spelling import nearest
from ghgcalc.core.text.csv_cells import CsvCells
from ghgcalc.core.text.document import read_text
from ghgcalc.core.text.paths import PathError, inside, irregular
from ghgcalc.core.text.source import SourceFile
from ghgcalc.core.units import UnitError, dimension_label
from ghgcalc.core.vocabulary.categories import CATEGORIES, COMBUSTION
from ghgcalc.core.vocabulary.fuels import FUELS, fuel_id
from ghgcalc.factors.lint_rows import REQUIRED, Judge
from ghgcalc.factors.pack_words import other_fuel_name, other_region_name, unknown_gas
from ghgcalc.factors.sieve import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ghgcalc.core.text.document import KeyPath
    from ghgcalc.factors.model import OwnFactor, OwnProperty, PackHeader
    from ghgcalc.factors.pack import Pack


class Slip(NamedTuple):
    """A mistake of a factor before it is placed: code, text, key below the factor, hint."""

    code: str
    text: str
    key: KeyPath
    hint: str


_GWP_SETS = ("AR4", "AR5", "AR6", "SAR", "TAR")


def check_header(pack: Pack, place: Callable[[KeyPath], Location]) -> list[Diagnostic]:
    """Findings of an own pack: categories, words, units of gases, GWP set of printed CO2e."""
    found: list[Diagnostic] = []
    for name, factor in pack.header.factors.items():
        found.extend(_own_factor(pack, name, factor, place))
    for name, own in pack.header.fuel_properties.items():
        found.extend(
            Diagnostic(code, text, place(("fuel_properties", name, *key)), hint=hint)
            for code, text, key, hint in _own_property(own)
        )
    gwp = pack.header.gwp_set
    if gwp is not None and gwp not in _GWP_SETS:
        found.append(
            Diagnostic(
                "unknown-value",
                f"`{gwp}` is not a GWP set",
                place(("gwp_set",)),
                hint="write AR4, AR5 or AR6",
            )
        )
    return found


def _own_factor(
    pack: Pack, name: str, factor: OwnFactor, place: Callable[[KeyPath], Location]
) -> list[Diagnostic]:
    """Findings of one factor stated in YAML."""

    def finding(code: str, text: str, key: KeyPath, hint: str) -> Diagnostic:
        return Diagnostic(code, text, place(("factors", name, *key)), hint=hint)

    return [
        finding(code, text, key, hint)
        for code, text, key, hint in (
            *_own_categories(factor),
            *_own_words(factor),
            *_own_gases(pack, name, factor),
            *_own_unit(pack, name, factor),
        )
    ]


def _own_categories(factor: OwnFactor) -> Iterator[Slip]:
    for category in factor.category.split("|"):
        if category not in CATEGORIES:
            near = nearest(category, CATEGORIES)
            hint = f"did you mean `{near}`?" if near else "see docs/format.md"
            yield Slip("unknown-value", f"`{category}` is not a category", ("category",), hint)


def _own_words(factor: OwnFactor) -> Iterator[Slip]:
    """Words that a line is matched by stand in the vocabulary's spelling."""
    if factor.fuel is not None and (fuel := other_fuel_name(factor.fuel)) is not None:
        yield Slip(fuel.code, fuel.text, ("fuel",), fuel.hint)
    if (region := other_region_name(factor.region)) is not None:
        yield Slip(region.code, region.text, ("region",), region.hint)
    for gas in factor.gases:
        if (slip := unknown_gas(gas)) is not None:
            yield Slip(slip.code, slip.text, ("gases", gas), slip.hint)


def _own_property(own: OwnProperty) -> Iterator[Slip]:
    """The same of a fuel property."""
    for key, slip in (
        ("fuel", other_fuel_name(own.fuel)), ("region", other_region_name(own.region))
    ):  # fmt: skip
        if slip is not None:
            yield Slip(slip.code, slip.text, (key,), slip.hint)


def _own_gases(pack: Pack, name: str, factor: OwnFactor) -> Iterator[Slip]:
    for gas, amount in factor.gases.items():
        key: KeyPath = ("gases", gas)
        if amount.unit.dimension not in ("kg", "kgCO2e"):
            text = f"`{gas}` of `{name}` is {dimension_label(amount.unit.dimension)}, not mass"
            hint = "state a mass such as `1.23 kg`; the `per:` unit stands apart"
            yield Slip("unit-mismatch", text, key, hint)
        elif amount.unit.basis is not None:
            text = f"`{gas}` of `{name}` is a mass with a heating value: {amount}"
            hint = "the heating value belongs to `per:`, such as `per: kWh net`"
            yield Slip("basis-mismatch", text, key, hint)
        else:
            try:
                check_mass_of(gas, amount.unit)
            except UnitError as error:
                yield Slip(error.code, f"`{name}`: {error.message}", key, error.hint)
        as_co2e = amount.unit.dimension == "kgCO2e" or gas == UNSPECIFIED
        if as_co2e and pack.header.gwp_set is None and amount.number != 0:
            text = f"`{gas}` of `{name}` is CO2e, but the pack states no GWP set"
            hint = "add `gwp_set: AR5` (the set the publisher used) to the pack"
            yield Slip("gwp-set-missing", text, key, hint)
    fuel = FUELS.get(fuel_id(factor.fuel or "") or "")
    carbon = factor.gases.get("CO2")
    if fuel is not None and fuel.biogenic and carbon is not None and carbon.number:
        text = f"factor `{name}` states fossil CO2 for {fuel.name}, whose carbon is biogenic"
        yield Slip("biogenic-co2", text, ("gases", "CO2"), "write `CO2_biogenic`")


def _own_unit(pack: Pack, name: str, factor: OwnFactor) -> Iterator[Slip]:
    fuel = FUELS.get(fuel_id(factor.fuel or "") or "")
    per = factor.per
    if fuel is not None and fuel.phase == "gas" and per.dimension == "m3":
        text = f"factor `{name}` is per {per}, a gas volume without its state"
        hint = "write `Nm3` (0 °C), `Sm3` (15 °C), `m3_20C` or `scf`, as its source says"
        yield Slip("gas-state-missing", text, ("per",), hint)
    other = pack.header.factors.get(factor.with_ or "")
    if other is not None and other.per.dimension != per.dimension:
        text = f"`{name}` is per {per}, `{factor.with_}` of its other gases per {other.per}"
        yield Slip("unit-mismatch", text, ("with",), "name a factor per the same kind of unit")
    combustion = set(factor.category.split("|")) & COMBUSTION
    if combustion and per.dimension == "J" and per.basis is None:
        text = f"factor `{name}` is per {per} without its heating value"
        yield Slip("basis-missing", text, ("per",), f"write `{per} net` or `{per} gross`")


def check_places(
    header: PackHeader, folder: Path, root: Path, place: Callable[[KeyPath], Location]
) -> list[Diagnostic]:
    """The CSVs of an own pack are files inside the project; asked before any of them is opened."""
    found: list[Diagnostic] = []
    for index, table in enumerate(header.tables):
        where = place(("tables", index, "file"))
        try:
            path = inside(root, folder, table.file)
            reason = irregular(path)
        except PathError as error:
            found.append(Diagnostic("path-outside", error.message, where, hint=error.hint))
            continue
        except OSError:
            continue  # `check_tables` says that it is not there
        if reason:
            text = f"`{table.file}` {reason}"
            found.append(Diagnostic("unreadable-file", text, where, hint="name a CSV file"))
    return found


def check_tables(pack: Pack, place: Callable[[KeyPath], Location]) -> list[Diagnostic]:
    """The CSVs of an own pack are UTF-8 and have the columns needed."""
    found: list[Diagnostic] = []
    for index, (table, rows) in enumerate(zip(pack.header.tables, pack.tables, strict=True)):
        where = place(("tables", index, "file"))
        path = pack.folder / table.file
        header = rows.columns()
        if header is None:
            text = read_text(path, f"{pack.shown}/{table.file}")
            found.extend(
                item if item.code != "file-not-found" else replace(item, location=where)
                for item in text.diagnostics
            )
            if text.value is None:
                continue
            header = CsvCells(table.file, text.value[0]).columns
        columns = {*header, *table.constants}
        missing = [name for name in REQUIRED[table.holds] if name not in columns]
        if missing:
            found.append(
                Diagnostic(
                    "unknown-column",
                    f"`{table.file}` has no column `{missing[0]}`",
                    where,
                    hint="add it to the CSV, or to `constants:`",
                )
            )
    return found


def lint_pack(pack: Pack) -> list[Diagnostic]:
    """Findings of every row of a pack's CSVs, at file, line and column (`factors lint`)."""
    if clean(pack):
        return []
    found: list[Diagnostic] = []
    seen: dict[str, Location] = {}
    for table in pack.header.tables:
        shown = f"{pack.shown}/{table.file}"
        text = read_text(pack.folder / table.file, shown)
        if text.value is not None:
            cells = CsvCells(shown, text.value[0])
            gwp_set = table.gwp_set or pack.header.gwp_set
            judge = Judge(table.holds, cells.place, gwp_set, pack.info.own, seen)
            found.extend(_lint_table(cells, judge, table.constants))
        elif not pack.info.own:  # `check_tables` has said it of an own pack
            found.extend(text.diagnostics)
    return found


def _lint_table(
    cells: CsvCells, judge: Judge, constants: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Header first; rows of a table with a broken header are judged too."""
    yield from judge.columns(cells.columns)
    for row, values in cells.rows():
        if len(values) > len(cells.columns):
            text = f"the row has {len(values)} cells, the header {len(cells.columns)}"
            hint = "put a cell that holds a comma into double quotes"
            yield Diagnostic("ragged-row", text, cells.place(row, ""), hint=hint)
            continue
        named = zip(cells.columns, values, strict=False)
        known = (*constants, *cells.columns)
        stated = {**constants, **{name: text for name, text in named if text}}
        yield from judge.row(row, {name: stated[name] for name in known if name in stated})
    if cells.broken is not None:
        yield cells.broken


def pack_texts(path: Path, shown: str, found: Iterable[Diagnostic]) -> list[SourceFile]:
    """The CSVs beside an own pack that findings point into, for excerpts."""
    folder = Path(shown).parent
    sources: list[SourceFile] = []
    for name in sorted({item.location.path for item in found if item.location}):
        inner = Path(name)
        if name != shown and inner.is_relative_to(folder) and inner.suffix != ".yaml":
            text = read_text(path.parent / inner.relative_to(folder), name).value
            sources.extend([SourceFile(name, text[0])] if text else [])
    return sources
