"""Checks that names used in boundaries, tables, metrics and expectations exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.company.checks.names import near_hint, unknown_facility
from ghgcalc.company.figure_names import ENERGY_FIGURES, Figure, FigureError, parse_figure
from ghgcalc.company.organization import ALL
from ghgcalc.core.diagnostics import Diagnostic, Severity
from ghgcalc.core.period import PeriodError, parse_period_text
from ghgcalc.core.text.source import Map
from ghgcalc.core.units import parse_unit
from ghgcalc.core.vocabulary.fuels import FUELS, canonical_fuel, fuel_id

if TYPE_CHECKING:
    from ghgcalc.company.base_year import Stated
    from ghgcalc.company.company import Company
    from ghgcalc.company.organization import Expectation, Facility
    from ghgcalc.company.table import Table
    from ghgcalc.core.text.document import KeyPath


def check_boundaries(company: Company) -> list[Diagnostic]:
    """Boundaries list facilities that exist."""
    found: list[Diagnostic] = []
    for name, boundary in company.boundaries.items():
        lists: list[tuple[KeyPath, object]] = [
            (("boundaries", name, "facilities"), boundary.facilities)
        ]
        lists += [
            (("boundaries", name, "history", day.isoformat(), "facilities"), state.facilities)
            for day, state in boundary.history.items()
        ]
        for path, members in lists:
            if members == ALL or not isinstance(members, tuple):
                continue
            for index, facility in enumerate(members):
                if not company.defines("facilities", facility):
                    where = company.document.locate((*path, index))
                    found.append(
                        unknown_facility(facility, company.facilities, where, f"boundary `{name}`")
                    )
    return found


def check_facility_fuels(company: Company) -> list[Diagnostic]:
    """Fuel properties of a facility name fuels that are known or burnt there, each once."""
    burnt = {activity.fuel for activity in company.activities.values()}
    burnt |= {item.fuel for table in company.tables.values() for item in table.items.values()}
    known = [*FUELS, *(fuel for fuel in burnt if fuel)]
    found = [
        Diagnostic(
            "conflicting-keys",
            f"facility `{name}` states properties of {canonical_fuel(fuel)} twice, as"
            f" {' and '.join(f'`{other}`' for other in same)}",
            company.document.locate(("facilities", name, "fuel_properties", fuel), key=True),
            hint=f"put them together under `{canonical_fuel(fuel)}`",
        )
        for name, facility in company.facilities.items()
        for fuel in facility.fuel_properties
        if len(same := _same_fuel(facility, fuel)) > 1 and fuel == same[-1]
    ]
    return found + [
        Diagnostic(
            "unknown-fuel",
            f"fuel `{fuel}` of facility `{name}` is not known",
            company.document.locate(("facilities", name, "fuel_properties", fuel), key=True),
            hint=near_hint(fuel, known, "see the fuels in docs/format.md"),
        )
        for name, facility in company.facilities.items()
        for fuel in facility.fuel_properties
        if fuel_id(fuel) is None and fuel not in burnt
    ]


def _same_fuel(facility: Facility, fuel: str) -> list[str]:
    """The names under which a facility states properties of one fuel."""
    named = facility.fuel_properties
    return [name for name in named if canonical_fuel(name) == canonical_fuel(fuel)]


def check_tables(company: Company) -> list[Diagnostic]:
    """Tables translate to facilities and suppliers that exist."""
    found: list[Diagnostic] = []
    for name, table in company.tables.items():
        for theirs, ours in table.names.facility.items():
            if not company.defines("facilities", ours):
                where = company.document.locate(("tables", name, "names", "facility", theirs))
                found.append(unknown_facility(ours, company.facilities, where, f"table `{name}`"))
        fixed = table.constants.facility
        if fixed is not None and not company.defines("facilities", fixed):
            where = company.document.locate(("tables", name, "constants", "facility"))
            found.append(unknown_facility(fixed, company.facilities, where, f"table `{name}`"))
        found += _table_suppliers(company, name, table)
    return found


def _table_suppliers(company: Company, name: str, table: Table) -> list[Diagnostic]:
    """A supplier that a table names is defined: its rates would be missed in silence."""
    named: list[tuple[KeyPath, str]] = [
        (("names", "supplier", theirs), ours) for theirs, ours in table.names.supplier.items()
    ]
    if table.constants.supplier is not None:
        named.append((("constants", "supplier"), table.constants.supplier))
    hint = "add it to `suppliers:`; without a rate its MWh take the residual mix"
    return [
        Diagnostic(
            "unknown-supplier",
            f"supplier `{ours}` of table `{name}` is not defined",
            company.document.locate(("tables", name, *path)),
            severity=Severity.WARNING,
            hint=near_hint(ours, company.suppliers, hint),
        )
        for path, ours in named
        if not company.defines("suppliers", ours)
    ]


def check_hourly(company: Company) -> list[Diagnostic]:
    """Series of hours translate to facilities that exist."""
    found: list[Diagnostic] = []
    for name, entry in company.hourly.items():
        for side, several in (("consumption", entry.consumption), ("generation", entry.generation)):
            for key, series in several.items():
                path: KeyPath = ("hourly", name, side, key, "names", "facility")
                found += [
                    unknown_facility(
                        ours, company.facilities, company.document.locate((*path, theirs)),
                        f"series `{name}/{side}/{key}`",
                    )
                    for theirs, ours in series.names.facility.items()
                    if not company.defines("facilities", ours)
                ]  # fmt: skip
    return found


def check_metrics(company: Company) -> list[Diagnostic]:
    """Metric values are keyed by reporting years and are positive; boundaries exist."""
    found: list[Diagnostic] = []
    for name, metric in company.metrics.items():
        path: KeyPath = ("metrics", name)
        if metric.boundary is not None:
            found.extend(_boundary(company, (*path, "boundary"), metric.boundary))
        for year, value in metric.values.items():
            where = company.document.locate((*path, "values", year))
            try:
                spec = parse_period_text(year)
            except PeriodError as error:
                found.append(
                    Diagnostic(
                        "bad-date", f"metric `{name}`: {error.message}", where, hint=error.hint
                    )
                )
                continue
            if spec.kind != "year":
                found.append(
                    Diagnostic(
                        "bad-date",
                        f"metric `{name}` has `{year}`, which is not a reporting year",
                        where,
                        hint="key values by year",
                    )
                )
            if value <= 0:
                found.append(
                    Diagnostic(
                        "out-of-bounds",
                        f"metric `{name}` is {value} in {year}",
                        where,
                        hint="a denominator must be above zero",
                    )
                )
    return found


def check_expectations(company: Company) -> list[Diagnostic]:
    """Expectations name figures, boundaries and metrics that exist."""
    found: list[Diagnostic] = []
    for index, item in company.expect.items():
        path: KeyPath = ("expect", index)
        if item.boundary is not None:
            found.extend(_boundary(company, (*path, "boundary"), item.boundary))
        try:
            found.extend(_units(company, path, item, parse_figure(item.figure, company.metrics)))
        except FigureError as error:
            found.append(
                Diagnostic(
                    "unknown-figure",
                    error.message,
                    company.document.locate((*path, "figure")),
                    hint=error.hint,
                )
            )
    for index, stated in company.stated.items():
        if stated.figure in ENERGY_FIGURES:
            found.extend(_energy_unit(company, index, stated))
            continue
        try:
            parse_figure(stated.figure, company.metrics)
        except FigureError as error:
            found.append(
                Diagnostic(
                    "unknown-figure",
                    error.message,
                    company.document.locate(("stated", index, "figure")),
                    hint=error.hint,
                )
            )
    return found


def _energy_unit(company: Company, index: int, stated: Stated) -> list[Diagnostic]:
    """A stated energy figure is a share, an energy or a mass, like the computed one."""
    wanted = {None: {"%"}, "MWh": {"J"}, "t": {"kg", "kgCO2e"}}[ENERGY_FIGURES[stated.figure]]
    if stated.value.unit.dimension in wanted:
        return []
    unit = ENERGY_FIGURES[stated.figure] or "%"
    return [
        Diagnostic(
            "unit-mismatch",
            f"`{stated.figure}` is stated in {stated.value.unit}, the figure is in {unit}",
            company.document.locate(("stated", index, "value")),
            hint=f"write it in {unit}",
        )
    ]


def _units(company: Company, path: KeyPath, item: Expectation, figure: Figure) -> list[Diagnostic]:
    """An expectation and its tolerance are tonnes, or tonnes per unit of the metric."""
    unit = "tCO2e"
    if figure.metric is not None:
        unit = f"tCO2e/{company.metrics[figure.metric].unit.text}"
    wanted = {parse_unit(unit).dimension, parse_unit(unit.replace("tCO2e", "t", 1)).dimension}
    found = [
        Diagnostic(
            "unit-mismatch",
            f"`{key}` of `{item.figure}` is in {amount.unit}, the figure is in {unit}",
            company.document.locate((*path, key)),
            hint=f"write {unit}",
        )
        for key, amount in (("value", item.value), ("within", item.within))
        if amount.unit.dimension not in wanted
    ]
    if item.within.number < 0:
        found.append(
            Diagnostic(
                "out-of-bounds",
                f"`within` of `{item.figure}` is below zero",
                company.document.locate((*path, "within")),
                hint="state the tolerance as a positive amount",
            )
        )
    return found


def check_periods(company: Company) -> list[Diagnostic]:
    """Keys that name periods are periods: `periods:` and the rates of suppliers."""
    found: list[Diagnostic] = []
    paths: list[tuple[KeyPath, str]] = [(("periods", name), name) for name in company.periods]
    paths += [
        (("suppliers", name, "rates", period), period)
        for name, supplier in company.suppliers.items()
        for period in supplier.rates
    ]
    for path, text in paths:
        try:
            parse_period_text(text)
        except PeriodError as error:
            found.append(
                Diagnostic(
                    "bad-date",
                    error.message,
                    company.document.locate(path, key=True),
                    hint=error.hint,
                )
            )
    return found


def check_accept(company: Company) -> list[Diagnostic]:
    """What an `accept:` entry is narrowed to exists: facility, activity, instrument."""
    found: list[Diagnostic] = []
    known = {
        "facility": _defined(company, "facilities"),
        "activity": _defined(company, "activities"),
        "instrument": _defined(company, "instruments") | _defined(company, "suppliers"),
    }
    for index, entry in company.accept.items():
        for key, names in known.items():
            value = getattr(entry.for_, key)
            if value is None or value in names or (key == "activity" and "/" in value):
                continue
            where = company.document.locate(("accept", index, "for", key))
            code = "unknown-facility" if key == "facility" else "unknown-line"
            found.append(
                Diagnostic(
                    code,
                    f"`accept:` entry {index + 1} names {key} `{value}`, which is not defined",
                    where,
                    hint=near_hint(value, names, "correct or remove the name"),
                )
            )
    return found


def _defined(company: Company, section: str) -> set[str]:
    """Ids that a section defines, valid or not."""
    node = company.document.root.get(section)
    return set(node) if isinstance(node, Map) else set()


def check_targets(company: Company) -> list[Diagnostic]:
    """Targets name boundaries that exist."""
    return [
        item
        for name, target in company.targets.items()
        if target.boundary is not None
        for item in _boundary(company, ("targets", name, "boundary"), target.boundary)
    ]


def _boundary(company: Company, path: KeyPath, name: str) -> list[Diagnostic]:
    if company.defines("boundaries", name):
        return []
    return [
        Diagnostic(
            "unknown-boundary",
            f"boundary `{name}` is not defined",
            company.document.locate(path),
            hint=near_hint(name, company.boundaries, "add it to `boundaries:`"),
        )
    ]
