"""A look at rows of numbers alone, at addresses and at invoices: nothing is dropped or doubled."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.activity_data.tables.looking.look import look
from support.looked import read_by_proposal

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "Site,From,To,kWh\n"
AUSTIN = "Austin,2024-01-01,2024-06-30,5000\nAustin,2024-07-01,2024-12-31,6000\n"
DALLAS = "Dallas,2024-01-01,2024-12-31,"


def written(folder: Path, text: str) -> Path:
    file = folder / "bills.csv"
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize(("text", "kwh"), [
    (HEAD + "Austin,2024-01-01,2024-12-31,10000\n" + DALLAS + "0\n,,,10000\n", 10_000),
    (HEAD + "Austin,2024-01-01,2024-12-31,10000\n,,,10000\n", 10_000),
    # 5,000 + 6,000 + 7,000: subtotals of each site, and the sum of all
    (HEAD + AUSTIN + ",,,11000\n" + DALLAS + "7000\n,,,7000\n,,,18000\n", 18_000),
    ("Standort;Monat;Verbrauch kWh\nKiel;2024-11;0,0\nKiel;2024-12;41.300,5\n;;41.300,5\n",
     Fraction("41300.5")),
])  # fmt: skip
def test_sums_without_a_label_are_left_out_and_bills_of_the_same_number_are_not(
    tmp_path: Path, text: str, kwh: int | Fraction
) -> None:
    file = written(tmp_path, text)
    found, errors = read_by_proposal(file)
    assert (sum(found.values()), errors) == (kwh, [])
    proposal = look(file).proposal
    assert any('{not_equals: [""]}' in line for line in proposal)
    assert not any("fill_down" in line for line in (*proposal, *look(file).questions))


def test_numbers_alone_that_add_nothing_up_are_asked(tmp_path: Path) -> None:
    """12,345 is no sum of 5,000 and 6,000: nobody but the reader knows what it is."""
    found = look(written(tmp_path, HEAD + AUSTIN + ",,,12345\n"))
    at = found.proposal.index("      Site:")
    assert found.proposal[at + 1].startswith("        not_equals: …  #")
    (told,) = [each for each in found.questions if each.startswith("totals:")]
    assert "hold numbers and neither a label nor a time" in told


def test_no_label_is_filled_down_into_a_row_that_is_the_sum_of_its_group(tmp_path: Path) -> None:
    """`gas` and `power` are 5 and 6, and the row of both, with an item of its own, is 11."""
    text = "Site;Art;kWh\nLeeds;gas;5\n;power;6\n;both;11\nYork;gas;4\n;power;3\n;both;7\n"
    found = look(written(tmp_path, text))
    assert not any("fill_down" in line for line in (*found.proposal, *found.questions))


@pytest.mark.parametrize(("heading", "facility"), [
    ("Service Address", "Service Address"), ("用电地址", "用电地址"), ("Standort", "Standort"),
    ("Site", "Site"), ("Abnahmestelle", "Abnahmestelle"),
])  # fmt: skip
def test_an_address_is_a_facility_and_no_item(tmp_path: Path, heading: str, facility: str) -> None:
    rows = "".join(f"{site},2024-0{month},5\n" for month in (1, 2) for site in ("1 A St", "2 B St"))
    found = look(written(tmp_path, f"{heading},Month,kWh\n{rows}"))
    assert f"      facility: {facility}" in found.proposal
    assert not any(line.startswith("    filter:") for line in found.proposal)
    assert '        "1 A St": …' in found.proposal or "        1 A St: …" in found.proposal


@pytest.mark.parametrize("heading", ["Medium", "Energieart", "Commodity"])
def test_a_column_of_energies_is_the_item_before_one_that_describes(
    tmp_path: Path, heading: str
) -> None:
    """Also where one of its texts is a credit, which `corrections:` then asks about."""
    text = (f"Bezeichnung;{heading};Menge;ME;Monat\nHalle 1;Strom;5;kWh;2024-01\n"
            "Halle 1;Gas;7;m³;2024-01\nHalle 2;Strom Gutschrift;-1;kWh;2024-02\n"
            "Halle 2;Heizöl EL;4;l;2024-02\n")  # fmt: skip
    found = look(written(tmp_path, text))
    assert f"      item: {heading}" in found.proposal
    assert "      facility: Bezeichnung" in found.proposal
    assert f"      column: {heading}" in found.proposal  # of `corrections:`


def test_an_invoice_that_is_there_twice_is_refused_by_the_proposal(tmp_path: Path) -> None:
    twice = "Leeds,A1,2024-01-01,2024-06-30,1000\n" * 2 + "Leeds,A2,2024-07-01,2024-12-31,1100\n"
    file = written(tmp_path, f"Site,Invoice,From,To,kWh\n{twice}")
    assert read_by_proposal(file)[1] == ["duplicate-row"]
    assert any(each.startswith("invoice: `A1` of `Invoice`") for each in look(file).questions)


@pytest.mark.parametrize("heading", ["Invoice No", "Rechnungsnr.", "发票号", "Invoice"])
def test_numbers_of_invoices_are_unique_where_they_are(tmp_path: Path, heading: str) -> None:
    rows = "Leeds,2024001,2024-01,5\nLeeds,2024002,2024-02,6\n"
    found = look(written(tmp_path, f"Site,{heading},Month,kWh\n{rows}"))
    assert any(line.startswith("    unique: [") for line in found.proposal)


def test_first_days_of_months_are_asked_by_either_order_of_day_and_month(tmp_path: Path) -> None:
    rows = "".join(f"Austin,{month:02}/01/2024,{month}00\n" for month in range(1, 13))
    found = look(written(tmp_path, f"Site,Month,kWh\n{rows}"))
    assert any("`read: {period_from: month}`" in each for each in found.questions)
    assert "      to: …  # Month, if that day alone" in found.proposal


def test_the_last_day_of_a_row_of_one_day_counts(tmp_path: Path) -> None:
    """`to: exclusive` would leave its only day out, so that nothing is asked."""
    text = "Site,Range,kWh\nA,2024-01-01 - 2024-03-31,5\nA,2024-02-15 - 2024-02-15,2\n"
    found = look(written(tmp_path, text))
    assert '      range: " - "' in found.proposal
    assert not any(each.strip().startswith("to:") for each in (*found.proposal, *found.questions))


def test_signs_of_a_column_are_told_by_the_columns_beside_it(tmp_path: Path) -> None:
    """413,000 is 413 or 413,000; a charge of 293,230.00 knows one way only, and it is said."""
    text = 'Month,kWh,Charge\n2024-01,"413,000","293,230.00"\n2024-02,"402,000","283,230.00"\n'
    file = written(tmp_path, text)
    found = look(file)
    assert '      thousands: ","' in found.proposal
    assert any(each.startswith("numbers: taken as") for each in found.questions)
    assert read_by_proposal(file) == ({"2024-01": 413_000, "2024-02": 402_000}, [])


def test_columns_of_one_merged_heading_are_two_rows_of_headings(tmp_path: Path) -> None:
    text = (",,,,\nSite,Month,Consumption,,Cost\n,,Day (kWh),Night (kWh),\n"
            "Leeds,2024-01,50100,12510,15652.5\nLeeds,2024-02,50200,12520,15680\n")  # fmt: skip
    found = look(written(tmp_path, text))
    assert "      header_row: [2, 3]" in found.proposal
    assert "      unit: kWh" in found.proposal


def test_columns_of_several_units_are_not_added(tmp_path: Path) -> None:
    file = written(tmp_path, "Month,Gas (m3),Power (kWh)\n2024-01,5.5,7\n2024-02,6.5,8\n")
    (told,) = [each for each in look(file).questions if "may each be the quantity" in each]
    assert "+A" not in told
