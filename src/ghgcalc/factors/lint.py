"""Checks of packs: the same findings for own packs in a company's folder and for bundled ones."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from ghgcalc.diagnostics import Diagnostic, Location, Severity
from ghgcalc.gases import BIOGENIC, UNSPECIFIED
from ghgcalc.model.categories import CATEGORIES, COMBUSTION
from ghgcalc.model.fuels import FUELS, fuel_id
from ghgcalc.numbers import NumberError
from ghgcalc.units import UnitError, dimension_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghgcalc.factors.model import Factor, OwnFactor
    from ghgcalc.factors.pack import Pack
    from ghgcalc.load import KeyPath

_GWP_SETS = ("AR4", "AR5", "AR6", "SAR", "TAR")


def check_header(pack: Pack, place: Callable[[KeyPath], Location]) -> list[Diagnostic]:
    """Findings of an own pack: categories, units of gases, GWP set of printed CO2e."""
    found: list[Diagnostic] = []
    for name, factor in pack.header.factors.items():
        found.extend(_own_factor(pack, name, factor, place))
    gwp = pack.header.gwp_set
    if gwp is not None and gwp not in _GWP_SETS:
        found.append(Diagnostic("unknown-value", f"`{gwp}` is not a GWP set", place(("gwp_set",)),
                                hint="write AR4, AR5 or AR6"))
    return found


def _own_factor(
    pack: Pack, name: str, factor: OwnFactor, place: Callable[[KeyPath], Location]
) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    path: KeyPath = ("factors", name)
    for category in factor.category.split("|"):
        if category not in CATEGORIES:
            near = get_close_matches(category, list(CATEGORIES), n=1, cutoff=0.5)
            hint = f"did you mean `{near[0]}`?" if near else "see docs/format.md"
            found.append(Diagnostic("unknown-value", f"`{category}` is not a category",
                                    place((*path, "category")), hint=hint))
    if not factor.gases:
        found.append(Diagnostic("missing-key", f"factor `{name}` has no gases",
                                place((*path, "gases")), hint="add `gases: {CO2: 1.23 kg}`"))
    for gas, amount in factor.gases.items():
        where = place((*path, "gases", gas))
        if amount.unit.dimension not in ("kg", "kgCO2e"):
            found.append(Diagnostic(
                "unit-mismatch", f"`{gas}` of `{name}` is "
                f"{dimension_label(amount.unit.dimension)}, not mass", where,
                hint="state a mass such as `1.23 kg`; the `per:` unit stands apart"))
        as_co2e = amount.unit.dimension == "kgCO2e" or gas == UNSPECIFIED
        if as_co2e and pack.header.gwp_set is None and amount.number != 0:
            found.append(Diagnostic(
                "gwp-set-missing", f"`{gas}` of `{name}` is CO2e, but the pack states no GWP set",
                where, hint="add `gwp_set: AR5` (the set the publisher used) to the pack"))
        if amount.number < 0:
            found.append(Diagnostic("negative-quantity", f"`{gas}` of `{name}` is negative", where,
                                    hint="a factor is zero or positive"))
    fuel = FUELS.get(fuel_id(factor.fuel or "") or "")
    if fuel is not None and fuel.phase == "gas" and factor.per.dimension == "m3":
        found.append(Diagnostic("gas-state-missing", f"factor `{name}` is per {factor.per}, a gas "
                                "volume without its state", place((*path, "per")),
                                hint="write `Nm3` (0 °C), `Sm3` (15 °C), `m3_20C` or `scf`"))
    carbon = factor.gases.get("CO2")
    if fuel is not None and fuel.biogenic and carbon is not None and carbon.number:
        found.append(Diagnostic("biogenic-co2", f"factor `{name}` states fossil CO2 for {fuel.name},"
                                " whose carbon is biogenic", place((*path, "gases", "CO2")),
                                hint="write `CO2_biogenic`"))
    combustion = set(factor.category.split("|")) & COMBUSTION
    if combustion and factor.per.dimension == "J" and factor.per.basis is None:
        found.append(Diagnostic("basis-missing", f"factor `{name}` is per {factor.per} without"
                                " its heating value", place((*path, "per")),
                                hint=f"write `{factor.per} net` or `{factor.per} gross`"))
    return found


def lint_pack(pack: Pack) -> list[Diagnostic]:
    """Findings of every row of a pack's CSVs (`factors lint`)."""
    found: list[Diagnostic] = []
    seen: dict[str, int] = {}
    for holds in ("factors", "fuel_properties"):
        for row in pack.rows(holds):
            where = Location(f"{pack.shown}/{row.table.file}", row.line, 1)
            name = row.cells.get("id", "")
            key = f"{holds}:{name}"
            if not name or key in seen:
                text = f"id `{name}` appears twice" if name else "a row has no id"
                found.append(Diagnostic("duplicate-key", text, where, hint="give each row an id"))
            seen[key] = row.line
            if holds == "factors":
                found.extend(_row(pack, name, where))
            if not row.cells.get("locator"):
                found.append(Diagnostic("locator-missing", f"`{name}` has no locator", where,
                                        severity=Severity.WARNING,
                                        hint="name the table and cell or page"))
    try:
        _ = pack.properties
    except (NumberError, UnitError) as error:
        found.append(Diagnostic(error.code, error.message, Location(pack.shown, 1, 1),
                                hint=error.hint))
    return found


def _row(pack: Pack, name: str, where: Location) -> list[Diagnostic]:
    try:
        factor = pack.factor(name)
    except (NumberError, UnitError) as error:
        return [Diagnostic(error.code, f"`{name}`: {error.message}", where, hint=error.hint)]
    except (KeyError, ValueError) as error:
        return [Diagnostic("wrong-shape", f"`{name}` cannot be read: {error}", where,
                           hint="compare with the columns in docs/format.md")]
    return [] if factor is None else _factor(factor, where)


def _factor(factor: Factor, where: Location) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for category in sorted(factor.categories - set(CATEGORIES)):
        found.append(Diagnostic("unknown-value", f"`{category}` is not a category", where,
                                hint="see docs/format.md"))
    if factor.fuel is not None and fuel_id(factor.fuel) is None:
        found.append(Diagnostic("unknown-fuel", f"fuel `{factor.fuel}` is not known", where,
                                hint="see the fuels in docs/format.md"))
    if not factor.gases or (set(factor.gases) == {BIOGENIC} and factor.fuel is None):
        found.append(Diagnostic("missing-key", f"`{factor.id}` has no gas value", where,
                                hint="leave the row out if nothing is published"))
    printed = any(v.as_co2e or g == UNSPECIFIED for g, v in factor.gases.items())
    if printed and factor.gwp_set is None and not factor.zero:
        found.append(Diagnostic("gwp-set-missing", f"`{factor.id}` prints CO2e, but the pack "
                                "states no GWP set", where, hint="add `gwp_set:` to pack.yaml"))
    return found
