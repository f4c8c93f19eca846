"""Columns that name places, energies or invoices, by their headings and texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ghgcalc.activity_data.tables.looking.marks import texts_of
from ghgcalc.activity_data.tables.looking.words import hinted, sort_of
from ghgcalc.core.vocabulary.categories import category_said
from ghgcalc.core.vocabulary.fuels import fuel_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.tables.looking.columns import Column

_ADDRESS: Final = re.compile(
    r"(?i)(?<![^\W\d_])(address|adresse|anschrift|liegenschaft|abnahmestelle|lieferstelle|"
    r"verbrauchsstelle|dirección|direccion|indirizzo|endereço|adres|premises?|địa chỉ)(?![^\W\d_])|"
    r"地址|住所|주소"
)
_ELSEWHERE: Final = re.compile(
    r"(?i)e-?mail|web|billing|mailing|supplier|vendor|rechnungsadresse|rechnungsanschrift|lieferant|邮"
)
_INVOICE: Final = re.compile(
    r"(?i)(?<![^\W\d_])(invoice|bill|rechnungs?|beleg|facture|factura|fattura|faktur\w*)"
    r"[\s._-]*(no|nr|num|number|id|nummer|numéro|n[°º]|#)?\.?$|发票|發票|hóa đơn"
)
_MOST = 40
_MOST_DESCRIBED = 12


def names_place(name: str) -> bool:
    """Whether a heading is a word for the address of what used the energy."""
    return bool(_ADDRESS.search(name)) and not _ELSEWHERE.search(name)


def names_energies(column: Column) -> bool:
    """Whether half of the texts of a column or more begin with an energy: `Strom`, `Heizöl EL`."""
    texts = texts_of(column)[:_MOST]
    return sum(map(_energy, texts)) * 2 >= len(texts) > 0


def _energy(text: str) -> bool:
    tries = (text, text.casefold(), text.split()[0].casefold() if text.split() else "")
    return any(each and (fuel_id(each) or category_said(each)) for each in tries)


def facility_of(columns: Sequence[Column], item: Column | None) -> Column | None:
    """The column of places where no heading is a plain word for facilities.

    An address; else, beside a column of energies, one that describes: `Bezeichnung`.
    """
    texts = [c for c in columns if c.kind in ("text", "id")]
    found = next((c for c in texts if names_place(c.name)), None)
    if found is not None or item is None or not names_energies(item):
        return found
    return next((c for c in texts if hinted("description", c.name) and not names_energies(c)
                 and len(texts_of(c)) > 1), None)  # fmt: skip


def item_of(columns: Sequence[Column]) -> Column | None:
    """The column of what was used where no repeated texts stand below a plain word for it.

    Names of which each row has its own; else few texts that describe; else codes of materials,
    whose amounts would be added up as one item.
    """
    named = [c for c in columns if hinted("item", c.name) and not is_invoice(c)]
    plain = [c for c in named if c.kind == "id" and sort_of(c.name, has_unit=False) == "plain"]
    described = [c for c in columns if c.kind in ("text", "id") and hinted("description", c.name)
                 and len(texts_of(c)) <= _MOST_DESCRIBED]  # fmt: skip
    codes = [c for c in named if c.kind in ("number", "id") and 1 < len(texts_of(c)) <= _MOST]
    return next(iter([*plain, *described, *codes]), None)


def is_invoice(column: Column) -> bool:
    """Whether a column holds the numbers of invoices, by its heading and kind."""
    return (column.kind in ("text", "id", "number") and not column.empty
            and bool(_INVOICE.search(column.name))
            and sort_of(column.name, has_unit=False) in ("numbered", "plain", "money")
            and (column.number is None or not column.number.decimals))  # fmt: skip
