"""The invoices of a proposal, `unique:`, and descriptions that may be places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ghgcalc.activity_data.tables.looking.marks import texts_of
from ghgcalc.activity_data.tables.looking.places import names_energies
from ghgcalc.activity_data.tables.looking.words import hinted
from ghgcalc.activity_data.tables.total_rows import scalar

if TYPE_CHECKING:
    from ghgcalc.activity_data.tables.looking.columns import Column
    from ghgcalc.activity_data.tables.looking.roles import Roles

_REPEATS: Final = ("facility", "item", "period", "from", "to", "meter", "quantity")


def invoice_of(roles: Roles) -> tuple[Column, bool] | None:
    """A column of invoice numbers, filled in every row, and whether no two rows share one."""
    if not roles.invoices:
        return None
    texts = [text for _, text in roles.invoices[0].cells]
    return roles.invoices[0], len({*texts}) == len(texts)


def unique_of(roles: Roles) -> list[str]:
    """`unique:`: the number of the invoice, with what tells its rows apart where it repeats."""
    found = invoice_of(roles)
    if found is None or roles.rising:
        return []
    column, alone = found
    if alone:
        return [f"    unique: [{scalar(column.name)}]"]
    if roles.wide or roles.clocks:
        return []
    more = [role for role in _REPEATS if role in roles.by]
    return [f"    unique: [{', '.join([scalar(column.name), *more])}]"]


def asked_of_places(roles: Roles) -> list[str]:
    """Invoices that stand in several rows, and descriptions that may be places."""
    told = []
    found = invoice_of(roles)
    if found is not None and not found[1] and unique_of(roles):
        column = found[0]
        texts = [text for _, text in column.cells]
        first = next(text for text in texts if texts.count(text) > 1)
        told.append(f"invoice: `{first}` of `{column.name}` stands in several rows: are they its"
                    " lines, or is it there twice? `unique:` as written below refuses rows that"
                    " are the same; that of the invoice alone all but one")  # fmt: skip
    item = roles.by.get("item")
    if (
        item is not None and "facility" not in roles.by and hinted("description", item.name)
        and not names_energies(item) and len(texts_of(item)) > 1
    ):  # fmt: skip
        told.append(f"item: `{item.name}` is taken for what is used; if it names places, map"
                    f" `facility: {scalar(item.name)}` instead, and translate its texts under"
                    " `names: {facility: …}`")  # fmt: skip
    return told
