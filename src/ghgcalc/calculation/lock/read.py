"""Read `ghgcalc.lock`; the answers it holds as factors, conversions and keys."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from ghgcalc.calculation.lock.model import FILE, FORMAT, Lock, LockFile, Section, Sections
from ghgcalc.core.diagnostics import Diagnostic, Location, Outcome, Severity
from ghgcalc.core.schema_findings import Findings
from ghgcalc.core.text.document import KeyPath, locate, read_text
from ghgcalc.core.text.paths import PathError, inside
from ghgcalc.core.text.scripts import composed
from ghgcalc.core.text.source import Map, SourceFile, key_position, unpack
from ghgcalc.core.text.yaml_text import parse
from ghgcalc.factors.bridges import Edge, property_edge
from ghgcalc.factors.model import Evidence, Factor, GasValue, PackHeader, PackInfo
from ghgcalc.factors.money import MoneyRow, MoneySeries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ghgcalc.calculation.lock.model import (
        LockedPeriod,
        LockedProperty,
        LockedRate,
        LockedValues,
    )
    from ghgcalc.core.period import ReportingYear
    from ghgcalc.core.text.document import Document
    from ghgcalc.factors.catalogue import FactorCatalog

AS_CO2E = "CO2e:"
REPAIR = "restore the file from version control, or remove it and run `ghgcalc lock`"
_AS_WRITTEN = ("inputs", "evidence")  # paths
_BLOCKS = (*_AS_WRITTEN, "totals", "resolutions", "lines")


def read_lock(document: Document) -> Outcome[Lock | None]:
    """The lock beside a company file; None where there is none or it cannot be read.

    Diagnosed: what the YAML reader and the models find, `bad-lock`, at the lock's own lines.
    """
    path = document.folder / FILE
    if not os.path.lexists(path):
        return Outcome(None)
    try:
        path = inside(document.folder, document.folder, FILE)
    except PathError as error:
        where = Location(FILE, 1, 1)
        return Outcome(None, (Diagnostic("path-outside", error.message, where, hint=REPAIR),))
    text = read_text(path, FILE)
    if text.value is None:
        return Outcome(None, text.diagnostics)
    lock = Lock(SourceFile(FILE, text.value[0], 0), FILE, text.value[1])
    document.files.append(SourceFile(FILE, text.value[0], len(document.files)))
    parsed = parse(lock.source, as_written=True)  # keys may be paths
    if parsed.value is None or parsed.diagnostics:
        return Outcome(None, parsed.diagnostics)
    tree = parsed.value

    def place(path: KeyPath, *, key: bool = False) -> Location:
        return locate(tree, [lock.source], path, key=key)

    if str(tree.get("ghgcalc_lock", FORMAT)) != str(FORMAT):
        found = Diagnostic(
            "bad-lock",
            f"`{FILE}` has format {tree['ghgcalc_lock']}, this version reads format {FORMAT}",
            place(("ghgcalc_lock",)),
            hint="use the version of ghgcalc that wrote it",
        )
        return Outcome(None, (found,))
    try:
        model = LockFile.model_validate(tree)
    except ValidationError as error:
        found_ = Findings(tree, place).of(("",), TypeAdapter(LockFile), error, subject="the lock")
        return Outcome(None, tuple(found_))
    _sections(lock, model, tree)
    if model.company != document.path:
        lock.foreign = model.company
    return Outcome(lock)


def _sections(lock: Lock, model: LockFile, tree: Map) -> None:
    if not model.periods:
        return
    periods = tree["periods"]
    starts = sorted(unpack(key_position(mark))[1] for mark in periods.marks.values())
    lines = lock.source.lines
    for name, node in periods.items():
        start = unpack(key_position(periods.marks[name]))[1]
        later = [other for other in starts if other > start]
        body = "\n".join(lines[start : later[0] if later else len(lines)]).rstrip() + "\n"
        year = int(name)
        section = Section(
            year, model.periods[year], body,
            seal_of(body) == model.periods[year].seal,
            locate(tree, [lock.source], ("periods", name), key=True),
        )  # fmt: skip
        for block in _BLOCKS:
            for key in node.get(block) or ():
                section.places[block, key if block in _AS_WRITTEN else composed(key)] = locate(
                    tree, [lock.source], ("periods", name, block, key), key=True
                )
        lock.sections[year] = section


def seal_of(text: str) -> str:
    """sha256 over the lines of a section but the seal itself; line ends do not count."""
    kept = [line.rstrip() for line in text.splitlines() if not line.startswith("    seal:")]
    return hashlib.sha256("\n".join(kept).strip().encode()).hexdigest()


# ---- values of the lock as factors ------------------------------------------------------------


def locked_factor(
    values: LockedValues, period: LockedPeriod, catalog: FactorCatalog, complement: str | None
) -> Factor:
    """A factor with the locked values; `complement` is the `pack/id` of its other gases."""
    info = _info(values, period, catalog)
    present = catalog.pinned(values.ref)
    return Factor(
        pack=info, id=values.ref.partition("/")[2], name=values.name,
        categories=frozenset(values.category.split("|")), per=values.per,
        gases={gas.removeprefix(AS_CO2E): _gas(gas, a) for gas, a in values.gases.items()},
        fuel=values.fuel, item=values.item, sector=values.sector, technology=values.technology,
        vehicle=values.vehicle, region=values.region, year=values.year,
        year_rule=values.year_rule, kind=values.kind, lifecycle=values.lifecycle,
        oxidation=values.oxidation, with_=complement, gwp_set=values.gwp_set,
        finest=values.finest, locator=values.locator, note=values.note,
        evidence=present.evidence if present else info.header.evidence,
        location=present.location if present else None,
        members=present.members if present else frozenset(),
        prices=values.prices,
    )  # fmt: skip


def _gas(name: str, amount: Any) -> GasValue:
    return GasValue(amount, as_co2e=name.startswith(AS_CO2E))


def _info(values: LockedValues, period: LockedPeriod, catalog: FactorCatalog) -> PackInfo:
    """The pack as it was locked: the catalogue's where it still is the same one."""
    name, _, version = values.pack.rpartition("@")
    locked = period.packs.get(values.pack)
    for pack in catalog.packs:
        if pack.info.id == name:
            same = pack.header.version == version
            if same and (locked is None or pack.info.sha256 == locked.sha256):
                return pack.info
            header = pack.header.model_copy(update={"version": version})
            digest = locked.sha256 if locked else pack.info.sha256
            return PackInfo(header, pack.info.own, digest, pack.info.folder)
    label, _, grade = (locked.evidence if locked else "own").partition(", grade ")
    evidence = Evidence.model_validate({"class": label.replace(" ", "_"), "grade": grade or None})
    header = PackHeader(
        pack=name, version=version, title=locked.title if locked else name,
        publisher=locked.publisher if locked else None,
        licence=locked.licence if locked else None, evidence=evidence,
    )  # fmt: skip
    own = locked.own if locked else False
    return PackInfo(header, own, locked.sha256 if locked else "", name)


def locked_edges(properties: dict[str, LockedProperty]) -> list[Edge]:
    """The fuel properties of packs that a locked conversion rests on."""
    edges = [
        property_edge(p.property, p.value, 5 if p.foreign else 4, p.source, ref)
        for ref, p in properties.items()
    ]
    return [edge for edge in edges if edge is not None]


def locked_series(rates: Mapping[str, LockedRate]) -> MoneySeries:
    """The rates and price changes of packs that locked spend is converted with."""
    return MoneySeries.of(
        MoneyRow(
            ref, rate.year, f"{rate.value:f}", rate.unit, rate.series, rate.region, rate.source
        )
        for ref, rate in rates.items()
    )


def locked_years(lock: Lock, year: ReportingYear, *, strict: bool) -> Outcome[Sections]:
    """The sections of a lock by the days of their years; a broken seal blocks its year.

    Diagnosed: `lock-edited`; `bad-lock` for the lock of another company file, an error if
    `strict`.
    """
    if lock.foreign:
        foreign = Diagnostic(
            "bad-lock",
            f"`{lock.shown}` was written for `{lock.foreign}` and is not used here",
            Location(lock.shown, 1, 1),
            hint="keep one company file per folder; where it was renamed, write its new name behind"
            f" `company:` in `{lock.shown}`",
            severity=Severity.ERROR if strict else Severity.WARNING,
        )
        return Outcome({}, (foreign,))
    found = []
    for section in lock.sections.values():
        if not section.sealed:
            days = year.span(section.year)
            found.append(
                Diagnostic(
                    "lock-edited",
                    f"the section `{section.year}` is not as `ghgcalc lock` wrote it",
                    section.place,
                    days=(days.first, days.last),
                    hint=f"run `ghgcalc lock --period {section.year} --upgrade`, or restore the"
                    " file from version control",
                )
            )
    return Outcome(
        {year.span(name): section for name, section in lock.sections.items()}, tuple(found)
    )
