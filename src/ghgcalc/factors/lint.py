"""Checks of packs: the same findings for own packs in a company's folder and for bundled ones."""

from __future__ import annotations

import csv
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.diagnostics import Diagnostic, Location, Severity
from ghgcalc.factors.lint_records import lint_records
from ghgcalc.gases import BIOGENIC, UNSPECIFIED
from ghgcalc.load import read_text
from ghgcalc.model.categories import CATEGORIES, COMBUSTION
from ghgcalc.model.fuels import FUELS, fuel_id
from ghgcalc.numbers import NumberError
from ghgcalc.paths import PathError, inside
from ghgcalc.units import UnitError, dimension_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ghgcalc.factors.model import Factor, OwnFactor
    from ghgcalc.factors.pack import Pack
    from ghgcalc.load import KeyPath


class Slip(NamedTuple):
    """A mistake of a factor before it is placed: code, text, key below the factor, hint."""

    code: str
    text: str
    key: KeyPath
    hint: str


_GWP_SETS = ("AR4", "AR5", "AR6", "SAR", "TAR")


def check_header(pack: Pack, place: Callable[[KeyPath], Location]) -> list[Diagnostic]:
    """Findings of an own pack: categories, units of gases, GWP set of printed CO2e."""
    found: list[Diagnostic] = []
    for name, factor in pack.header.factors.items():
        found.extend(_own_factor(pack, name, factor, place))
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
            *_own_gases(pack, name, factor),
            *_own_unit(pack, name, factor),
        )
    ]


def _own_categories(factor: OwnFactor) -> Iterator[Slip]:
    for category in factor.category.split("|"):
        if category not in CATEGORIES:
            near = get_close_matches(category, list(CATEGORIES), n=1, cutoff=0.5)
            hint = f"did you mean `{near[0]}`?" if near else "see docs/format.md"
            yield Slip("unknown-value", f"`{category}` is not a category", ("category",), hint)


def _own_gases(pack: Pack, name: str, factor: OwnFactor) -> Iterator[Slip]:
    for gas, amount in factor.gases.items():
        key: KeyPath = ("gases", gas)
        if amount.unit.dimension not in ("kg", "kgCO2e"):
            text = f"`{gas}` of `{name}` is {dimension_label(amount.unit.dimension)}, not mass"
            hint = "state a mass such as `1.23 kg`; the `per:` unit stands apart"
            yield Slip("unit-mismatch", text, key, hint)
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
        hint = "write `Nm3` (0 °C), `Sm3` (15 °C), `m3_20C` or `scf`"
        yield Slip("gas-state-missing", text, ("per",), hint)
    other = pack.header.factors.get(factor.with_ or "")
    if other is not None and other.per.dimension != per.dimension:
        text = f"`{name}` is per {per}, `{factor.with_}` of its other gases per {other.per}"
        yield Slip("unit-mismatch", text, ("with",), "name a factor per the same kind of unit")
    combustion = set(factor.category.split("|")) & COMBUSTION
    if combustion and per.dimension == "J" and per.basis is None:
        text = f"factor `{name}` is per {per} without its heating value"
        yield Slip("basis-missing", text, ("per",), f"write `{per} net` or `{per} gross`")


def check_tables(pack: Pack, root: Path, place: Callable[[KeyPath], Location]) -> list[Diagnostic]:
    """The CSVs of an own pack lie inside the project, are UTF-8 and have the columns needed."""
    found: list[Diagnostic] = []
    for index, table in enumerate(pack.header.tables):
        where = place(("tables", index, "file"))
        try:
            path = inside(root, pack.folder, table.file)
        except PathError as error:
            found.append(Diagnostic("path-outside", error.message, where, hint=error.hint))
            continue
        text = read_text(path, f"{pack.shown}/{table.file}")
        if text.value is None:
            found.extend(
                item if item.code != "file-not-found" else replace(item, location=where)
                for item in text.diagnostics
            )
            continue
        columns = {*text.value[0].partition("\n")[0].strip().split(","), *table.constants}
        needed = {
            "factors": ("id", "category", "per"),
            "fuel_properties": ("id", "fuel", "property", "value", "unit"),
        }
        missing = [name for name in needed.get(table.holds, ()) if name not in columns]
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
    """Findings of every row of a pack's CSVs (`factors lint`)."""
    found: list[Diagnostic] = []
    seen: set[str] = set()
    try:
        for holds in ("factors", "fuel_properties"):
            for row in pack.rows(holds):
                where = Location(f"{pack.shown}/{row.table.file}", row.line, 1)
                name = row.cells.get("id", "")
                key = f"{holds}:{name}"
                if not name or key in seen:
                    text = f"id `{name}` appears twice" if name else "a row has no id"
                    found.append(
                        Diagnostic(
                            "duplicate-key", text, where, hint="give each row an id of its own"
                        )
                    )
                seen.add(key)
                if holds == "factors" and name:
                    found.extend(_row(pack, name, where))
                if not row.cells.get("locator"):
                    found.append(
                        Diagnostic(
                            "locator-missing",
                            f"`{name}` has no locator",
                            where,
                            severity=Severity.WARNING,
                            hint="name the table and cell or page",
                        )
                    )
        found.extend(lint_records(pack))
        _ = pack.properties
    except (NumberError, UnitError) as error:
        found.append(
            Diagnostic(error.code, error.message, Location(pack.shown, 1, 1), hint=error.hint)
        )
    except (KeyError, ValueError, csv.Error) as error:
        found.append(
            Diagnostic(
                "wrong-shape",
                f"a table of `{pack.info.id}` cannot be read: {error}",
                Location(pack.shown, 1, 1),
                hint="compare with the columns in docs/format.md",
            )
        )
    return found


def _row(pack: Pack, name: str, where: Location) -> list[Diagnostic]:
    try:
        factor = pack.factor(name)
    except (NumberError, UnitError) as error:
        return [Diagnostic(error.code, f"`{name}`: {error.message}", where, hint=error.hint)]
    except (KeyError, ValueError) as error:
        return [
            Diagnostic(
                "wrong-shape",
                f"`{name}` cannot be read: {error}",
                where,
                hint="compare with the columns in docs/format.md",
            )
        ]
    return [] if factor is None else _factor(factor, where)


def _factor(factor: Factor, where: Location) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for category in sorted(factor.categories - set(CATEGORIES)):
        found.append(
            Diagnostic(
                "unknown-value", f"`{category}` is not a category", where, hint="see docs/format.md"
            )
        )
    for gas, value in factor.gases.items():
        if value.amount.unit.dimension != "kg":
            kind = dimension_label(value.amount.unit.dimension)
            text = f"`{gas}` of `{factor.id}` is in {value.amount.unit} ({kind}), not mass"
            found.append(
                Diagnostic("unit-mismatch", text, where, hint="head the column `CO2 [kg]`")
            )
    if factor.fuel is not None and fuel_id(factor.fuel) is None:
        found.append(
            Diagnostic(
                "unknown-fuel",
                f"fuel `{factor.fuel}` is not known",
                where,
                hint="see the fuels in docs/format.md",
            )
        )
    if not factor.gases or (set(factor.gases) == {BIOGENIC} and factor.fuel is None):
        found.append(
            Diagnostic(
                "missing-key",
                f"`{factor.id}` has no gas value",
                where,
                hint="leave the row out if nothing is published",
            )
        )
    printed = any(v.as_co2e or g == UNSPECIFIED for g, v in factor.gases.items())
    if printed and factor.gwp_set is None and not factor.zero:
        found.append(
            Diagnostic(
                "gwp-set-missing",
                f"`{factor.id}` prints CO2e, but the pack states no GWP set",
                where,
                hint="add `gwp_set:` to pack.yaml",
            )
        )
    return found
