"""`ghgcalc table`: which columns are units, facilities and kinds of rows, and which are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.activity_data.tables.looking.look import look
from support.looked import read_by_proposal

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.company.looked import Look

LEDGER = """Werk;Material;Materialkurztext;BwA;Menge;BME;Betrag Hauswähr;Währg;Buch.dat.;Lieferant
1000;4711;Strom NT;201;1.200,5;kWh;1.500,10;EUR;03.01.2024;Aral AG
1000;4712;Strom HT;201;800;kWh;900,00;EUR;04.01.2024;Shell GmbH
1000;4711;Strom NT;101;5.000;kWh;6.000,00;EUR;04.01.2024;Aral AG
2000;4711;Strom NT;201;300;kWh;350,00;EUR;05.01.2024;BP
"""


def seen(folder: Path, text: str) -> Look:
    file = folder / "bills.csv"
    file.write_text(text, "utf-8")
    return look(file)


@pytest.mark.parametrize("heading", [
    "Währg", "Währung", "Currency", "Ccy", "Curr", "币种", "Devise", "Moneda", "F07",
])  # fmt: skip
@pytest.mark.parametrize("unit", ["ME", "Einheit", "Unit", "UoM", "BUn", "单位", "Unité", "Unidad",
                                  "Mengeneinheit"])  # fmt: skip
def test_a_currency_is_no_unit_of_quantities(heading: str, unit: str, tmp_path: Path) -> None:
    """Wherever it stands, and with the codes of several currencies."""
    text = f"Month,Qty,{heading},Amount,{unit}\n2024-01,5,EUR,50,L\n2024-02,4,USD,40,L\n"
    found = seen(tmp_path, text)
    assert f"      unit: {unit}" in found.proposal
    assert "      quantity: Qty" in found.proposal
    assert "    filter:" not in found.proposal
    alone = seen(tmp_path, f"Month,Qty,{heading}\n2024-01,5,EUR\n2024-02,4,USD\n")
    assert "      unit: …  # such as kWh" in alone.proposal


def test_a_currency_is_the_unit_of_money(tmp_path: Path) -> None:
    found = seen(tmp_path, "Month,Cost,Currency\n2024-01,5,EUR\n2024-02,4,EUR\n")
    assert "      unit: Currency" in found.proposal


def test_units_that_may_be_of_another_column_are_open(tmp_path: Path) -> None:
    """Two columns that differ, and one that says another unit than the heading."""
    text = "Month,Menge,ME,Bestellmenge,Bestell-ME\n2024-01,5,L,1,t\n2024-02,4,L,1,t\n"
    found = seen(tmp_path, text)
    assert "      unit: …  # ME or Bestell-ME" in found.proposal
    text = "Month,Verbrauch (kWh),Einheit\n2024-01,5,m3\n2024-02,4,m3\n"
    found = seen(tmp_path, text)
    assert "      unit: …  # Einheit or kWh" in found.proposal
    assert any(each.startswith("unit: `Einheit` or `kWh`") for each in found.questions)


def test_units_with_words_of_their_own_are_translated(tmp_path: Path) -> None:
    """A multiplier within the unit is not lost: 5 and 4 thousand kWh."""
    found = seen(tmp_path, "Month,Usage,Unit\n2024-01,5,kWh x1000\n2024-02,4,kWh x1000\n")
    assert "      unit: Unit" in found.proposal
    assert any(line.startswith("        kWh x1000: …") for line in found.proposal)


@pytest.mark.parametrize("heading", ["Lieferant", "Vendor", "Supplier name", "Fournisseur"])
def test_names_of_suppliers_are_not_mapped(heading: str, tmp_path: Path) -> None:
    """`supplier:` takes ids; such a block was refused row by row. 5 + 4 + 3 + 2."""
    text = (
        f"Month,kWh,{heading}\n2024-01,5,Aral AG\n2024-02,4,BP\n2024-01,3,BP\n2024-02,2,Aral AG\n"
    )
    found = seen(tmp_path, text)
    assert not any("supplier:" in line or "filter:" in line for line in found.proposal)
    assert any(each.startswith(f"supplier: {heading} names suppliers") for each in found.questions)
    file = tmp_path / "bills.csv"
    assert read_by_proposal(file) == ({"2024-01": 8, "2024-02": 6}, [])


@pytest.mark.parametrize("unit", ["m3", "Nm3", "m²"])
def test_a_unit_with_a_digit_is_no_number(unit: str, tmp_path: Path) -> None:
    """`m3` was read as 3 beside a word, and could be the quantity."""
    (column,) = seen(tmp_path, f"Month,Qty,UoM\n2024-01,5,{unit}\n2024-02,4,{unit}\n").columns[2:]
    assert column.kind == "unit"


def test_codes_of_a_ledger_are_no_quantities(tmp_path: Path) -> None:
    """Plants and materials are numbers; receipts (101) are told from issues (201): 2,300.5 kWh."""
    found = seen(tmp_path, LEDGER)
    assert "      facility: Werk" in found.proposal
    assert "      quantity: Menge" in found.proposal
    assert '        equals: …  # which of ["201", "101"] count' in found.proposal
    file = tmp_path / "bills.csv"
    sums, errors = read_by_proposal(file, equals='"201"')
    assert (errors, float(sums["2024-01"])) == ([], 2300.5)
