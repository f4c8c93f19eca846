"""Checks of a table's items: what is refused of an activity is refused of an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.company.checks.combustion import check_co2_named
from ghgcalc.company.checks.energy import check_energy
from ghgcalc.company.checks.lines import attributes_missing, check_rates
from ghgcalc.company.checks.methods import check_method
from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.units import UnitError, parse_unit
from ghgcalc.methods.registry import PLACED_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.company.company import Company
    from ghgcalc.company.table import Item, Table
    from ghgcalc.core.text.document import Document, KeyPath

_READING = {"category", "storage", "evidence", "note", "status"}


def check_items(company: Company) -> list[Diagnostic]:
    """Energy keys, own rates and readings of storage stand where they have a meaning."""
    found: list[Diagnostic] = []
    for name, table in company.tables.items():
        for text, item in table.items.items():
            path: KeyPath = ("tables", name, "items", text)
            before = len(found)
            found.extend(_item(company, path, f"{name}/{text}", item))
            if len(found) > before:
                company.faulty.add(f"{name}/{text}")
        odd = _storage(company, name, table)
        if odd:
            company.faulty |= {f"{name}/{text}" for text, item in table.items.items()
                               if item.storage is not None}  # fmt: skip
        found.extend(odd)
    return found


def _item(company: Company, path: KeyPath, name: str, item: Item) -> list[Diagnostic]:
    document = company.document
    found: list[Diagnostic] = list(_units(document, path, name, item))
    own = item.category == "self_generated_electricity"
    if item.emission_rate is not None or item.attributes is not None:
        found.extend(check_rates(document, path, name, item))
    if own or not PLACED_KEYS.isdisjoint(item.model_fields_set):
        found.extend(check_energy(document, path, name, item))
    found.extend(check_method(document, path, name, item, reported=False))
    if item.co2_counted_in:
        found.extend(check_co2_named(document, path, name, item))
    if own and item.attributes is None:
        found.append(attributes_missing(document, path, name))
    return found


def _units(document: Document, path: KeyPath, name: str, item: Item) -> Iterator[Diagnostic]:
    """Units that are read as others: both are known, and something reads them."""
    if not item.read_as:
        return
    if item.storage is not None:
        where = document.locate((*path, "read_as"), key=True)
        message = f"`read_as` of `{name}` has no effect beside `storage`"
        hint = "translate the unit under the table's `names: {unit: …}`"
        yield Diagnostic("conflicting-keys", message, where, hint=hint)
    for theirs, ours in item.read_as.items():
        for text, at_key in ((theirs, True), (ours, False)):
            try:
                unit = parse_unit(text)
            except UnitError as error:
                where = document.locate((*path, "read_as", theirs), key=at_key)
                yield Diagnostic(error.code, error.message, where, hint=error.hint)
                continue
            if at_key and str(unit) != theirs:
                where = document.locate((*path, "read_as", theirs), key=True)
                message = f"`{theirs}` is `{unit}` in the rows that are read"
                yield Diagnostic("unknown-unit", message, where, hint=f"write `{unit}`")


def _storage(company: Company, name: str, table: Table) -> list[Diagnostic]:
    """What was given back is taken from one item that was charged, which prices the line."""
    document = company.document
    charged = [text for text, item in table.items.items() if item.storage == "charged"]
    given = [text for text, item in table.items.items() if item.storage == "discharged"]
    found: list[Diagnostic] = []
    for text in charged[1:]:
        found.append(
            Diagnostic(
                "conflicting-keys",
                f"`{charged[0]}` and `{text}` of table `{name}` are both what storage took in",
                document.locate(("tables", name, "items", text, "storage"), key=True),
                hint="keep one of them; give other storage a table of its own",
            )
        )
    for text in given:
        path: KeyPath = ("tables", name, "items", text)
        more = sorted(table.items[text].model_fields_set - _READING)
        if not charged:
            where = document.locate((*path, "storage"), key=True)
            message = f"no item of table `{name}` is what the storage of `{text}` took in"
            hint = "add the item of its charge with `storage: charged`"
            found.append(Diagnostic("missing-key", message, where, hint=hint))
        elif more:
            where = document.locate((*path, more[0]), key=True)
            message = f"`{more[0]}` of `{text}` has no effect: `{charged[0]}` prices the storage"
            hint = f"move it to `{charged[0]}`"
            found.append(Diagnostic("conflicting-keys", message, where, hint=hint))
    return found
