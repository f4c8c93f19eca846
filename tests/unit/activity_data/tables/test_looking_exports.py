"""`ghgcalc table` on exports as utilities, meters and ledgers give them: no proposal misleads.

What stands as `…` is answered as the reader of the file would; the kWh of each month are worked by
hand beside the text.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.activity_data.tables.looking.look import look
from support.looked import kwh_by_proposal, read_by_proposal

if TYPE_CHECKING:
    from pathlib import Path

EXPORTS: dict[str, tuple[str, str, dict[str, str], dict[str, str]]] = {}
# high and low tariff and their sum, money, power, groups of thousands in one column alone
EXPORTS["german"] = (
    """Stadtwerke Musterstadt GmbH;;;;;;;
Kundennummer: 4711;;;;;;;
;;;;;;;
Zählpunkt;Von;Bis;Verbrauch HT (kWh);Verbrauch NT (kWh);Verbrauch gesamt (kWh);Leistung (kW);Netto €
DE0001;01.01.2024;31.01.2024;1.000,5;500,5;1.501,0;80;300,20
DE0001;01.02.2024;29.02.2024;900,5;400,5;1.301,0;82;260,20
Summe;;;1.901,0;901,0;2.802,0;;560,40
""",
    "cp1252",
    {"quantity": "Verbrauch gesamt (kWh)"},
    {"2024-01": "1501", "2024-02": "1301"},
)
# 1,000 + 500; 900 + 400
EXPORTS["french"] = (
    """PDL;Date début;Date fin;Conso HP (kWh);Conso HC (kWh);Montant TTC (€);Nature relève
09123456789012;01/01/2024;31/01/2024;1 000;500;300,20;Réel
09123456789012;01/02/2024;29/02/2024;900;400;260,20;Estimé
""",
    "utf-8",
    {"quantity": '["+Conso HP (kWh)", "+Conso HC (kWh)"]', "Réel": "no", "Estimé": "yes"},
    {"2024-01": "1500", "2024-02": "1300"},
)
# 50 and 30 times 40 stand in the file already
EXPORTS["chinese"] = (
    """国网江苏电力 电费清单,,,,,,,
户号,用电地址,抄表月份,上期示数,本期示数,倍率,计费电量(千瓦时),电费(元)
3201,昆山,202401,100,150,40,2000,1400.00
3201,昆山,202402,150,180,40,1200,840.00
合计,,,,,,3200,2240.00
""",
    "gb18030",
    {"unit": "kWh"},
    {"2024-01": "2000", "2024-02": "1200"},
)
# 40 kWh a day from 5 January, 40 from 4 February, 30 from 6 March to 20 April:
# 27 x 40; 3 x 40 + 26 x 40; 5 x 40 + 26 x 30; 20 x 30
EXPORTS["american"] = (
    """Account Number,Service Start,Service End,Usage,Units,Read Type,Demand (kW),Total Charges
8001,1/5/2024,2/3/2024,"1,200",kWh,Actual,30,$150.10
8001,2/4/2024,3/5/2024,"1,240",kWh,Estimated,31,$140.10
8001,3/6/2024,4/20/2024,"1,380",kWh,Actual,31,$140.10
""",
    "utf-8",
    {"Actual": "no", "Estimated": "yes", "decimal": '"."\\n      thousands: ","'},
    {"2024-01": "1080", "2024-02": "1160", "2024-03": "980", "2024-04": "600"},
)
# 100 and 90 times MF 1,000 stand in the file already
EXPORTS["indian"] = (
    """MSEDCL HT Consumer Statement,,,,,,,,
Sr.,Consumer No.,Bill Month,Prev. Reading,Curr. Reading,MF,Units Consumed,Billed Demand (kVA),PF
1,170012345678,Jan-2024,"1,000.00","1,100.00",1000,"1,00,000.00",400,0.98
2,170012345678,Feb-2024,"1,100.00","1,190.00",1000,"90,000.00",402,0.97
""",
    "utf-8",
    {"unit": "kWh"},
    {"2024-01": "100000", "2024-02": "90000"},
)
# (150 - 100) and (180 - 150) times 40
EXPORTS["vietnamese"] = (
    """TỔNG CÔNG TY ĐIỆN LỰC,,,,,,
STT,Mã khách hàng,Kỳ,Chỉ số đầu,Chỉ số cuối,Hệ số nhân,Thành tiền
1,PE01,01/2024,100,150,40,"5,000,000"
2,PE01,02/2024,150,180,40,"3,000,000"
""",
    "utf-8",
    {"quantity": '["+Chỉ số cuối", "-Chỉ số đầu"]', "unit": "40 kWh"},
    {"2024-01": "2000", "2024-02": "1200"},
)
EXPORTS["polish"] = (
    """PPE;Miesiąc;Energia czynna pobrana [MWh];Energia czynna oddana [MWh];Opłata [zł]
590;styczeń 2024;1,5;0,1;1 000,50
590;luty 2024;1,25;0,2;900,50
""",
    "cp1250",
    {"quantity": '"Energia czynna pobrana [MWh]"'},
    {"2024-01": "1500", "2024-02": "1250"},
)
# the last quarter of January ends at 00:00 beside the day on which it began
EXPORTS["quarters"] = (
    """Messlokation;DE00012345;;;;
OBIS;1-1:1.29.0;;;;
Datum;Von;Bis;Wirkarbeit in kWh;Leistung in kW;Status
31.01.2024;23:30;23:45;1,5;6,0;W
31.01.2024;23:45;00:00;2,5;10,0;W
01.02.2024;00:00;00:15;4,0;16,0;W
01.02.2024;00:15;00:30;5,0;20,0;E
""",
    "cp1252",
    {"midnight": "ends", "equals": "[W, E]"},
    {"2024-01": "4", "2024-02": "9"},
)
# 10 x 40 + 200; 20 x 40 + 100
EXPORTS["readings"] = (
    """Meter Serial,Read Date,Reading,Read Type,Multiplier
S1,01/01/2024,1000,Actual,40
S1,01/02/2024,1010,Estimated,40
S1,01/03/2024,1030,Actual,40
S2,01/01/2024,500,Actual,1
S2,01/02/2024,700,Actual,1
S2,01/03/2024,800,Actual,1
""",
    "utf-8",
    {"date": "DD/MM/YYYY", "Actual": "no", "Estimated": "yes"},
    {"2024-01": "600", "2024-02": "900"},
)
# the main meter of a block holds its lighting and cooling, all buildings hold both blocks
EXPORTS["sub-meters"] = (
    """Building,Meter,Jan-24,Feb-24,Mar-24,Total
Block A,Main,100,90,80,270
Block A,Lighting,40,30,25,95
Block A,Cooling,55,60,50,165
Block B,Main,10,9,8,27
All buildings,,110,99,88,297
""",
    "utf-8",
    {"equals": "Main", "not_equals": "All buildings"},
    {"2024-01": "110", "2024-02": "99", "2024-03": "88"},
)
# no word says that the estate is north and south
EXPORTS["estate"] = (
    """Facility,Month,kWh
North,2024-01,10
South,2024-01,20
Estate,2024-01,30
North,2024-02,11
South,2024-02,22
Estate,2024-02,33
""",
    "utf-8",
    {"quantity": "kWh", "not_equals": "Estate"},
    {"2024-01": "30", "2024-02": "33"},
)
EXPORTS["solar"] = (
    """Zeit,Erzeugung (kWh),Eigenverbrauch (kWh),Einspeisung (kWh),Netzbezug (kWh)
2024-01,100,60,40,200
2024-02,120,70,50,180
""",
    "utf-8",
    {"quantity": '"Netzbezug (kWh)"'},
    {"2024-01": "200", "2024-02": "180"},
)
EXPORTS["gas"] = (
    """Invoice,From,To,Units used (m3),Correction factor,Calorific value,Energy (kWh),VAT rate
G1,01/01/2024,31/01/2024,100,1.02264,39.5,1122.06,20%
G2,01/02/2024,29/02/2024,90,1.02264,39.5,1009.86,20%
""",
    "utf-8",
    {"quantity": "Energy (kWh)"},
    {"2024-01": "1122.06", "2024-02": "1009.86"},
)
# years above months, and beside them
EXPORTS["two years"] = (
    """Site,2023,,2024,
,Jan,Feb,Jan,Feb
A,10,20,30,40
B,1,2,3,4
""",
    "utf-8",
    {},
    {"2023-01": "11", "2023-02": "22", "2024-01": "33", "2024-02": "44"},
)
EXPORTS["years of rows"] = (
    """Standort;Jahr;Januar;Februar;März;Summe
A;2023;10;20;30;60
A;2024;11;21;31;63
""",
    "utf-8",
    {},
    {
        "2023-01": "10",
        "2023-02": "20",
        "2023-03": "30",
        "2024-01": "11",
        "2024-02": "21",
        "2024-03": "31",
    },
)
EXPORTS["tariffs"] = (
    """Monat;Tarif;Verbrauch kWh
01/2024;HT;100
01/2024;NT;50
01/2024;Gesamt;150
02/2024;HT;90
02/2024;NT;40
02/2024;Gesamt;130
""",
    "utf-8",
    {"equals": "[HT, NT]"},
    {"2024-01": "150", "2024-02": "130"},
)
# the average of a day and a mass of CO2 are no energy
EXPORTS["averages"] = (
    """Bill month,Usage kWh,kWh/day,Days,Avg temp,CO2 (kg)
Jan 2024,310,10,31,4,70
Feb 2024,290,10,29,5,66
""",
    "utf-8",
    {"quantity": "Usage kWh"},
    {"2024-01": "310", "2024-02": "290"},
)
# (10 + 12) times 1,000
EXPORTS["import and export"] = (
    """Date,KWH Import,KWH Export,KVAH,MD (kVA),Multiplying Factor
01-01-2024,10,1,11,400,1000
02-01-2024,12,2,13,401,1000
""",
    "utf-8",
    {"date": "DD-MM-YYYY", "quantity": "KWH Import", "unit": "1000 kWh"},
    {"2024-01": "22000"},
)
EXPORTS["vietnamese months"] = (
    """Tháng,Điện năng (kWh),Ghi chú
Tháng 1/2024,1.234.567,
Tháng 2/2024,1.100.000,ước tính
""",
    "utf-8",
    {},
    {"2024-01": "1234567", "2024-02": "1100000"},
)
EXPORTS["fleet"] = (
    """Card No;Transaction Date;Time;Product;Quantity;Unit Price;Gross;Currency;Odometer
7002;02.01.2024;08:15;Strom;50,12;1,70;85,20;EUR;120000
7002;09.01.2024;18:05;Strom;48,88;1,70;83,10;EUR;120900
7003;09.02.2024;07:55;Strom;30,00;1,80;54,00;EUR;50000
""",
    "cp1252",
    {"to": "Transaction Date"},
    {"2024-01": "99", "2024-02": "30"},
)


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_by_its_proposal(name: str, tmp_path: Path) -> None:
    text, encoding, answers, wanted = EXPORTS[name]
    file = tmp_path / "export.csv"
    file.write_bytes(text.encode(encoding))
    expected = {month: Fraction(value) for month, value in wanted.items()}
    assert kwh_by_proposal(file, **answers) == (expected, [])


def test_a_heating_value_is_no_quantity(tmp_path: Path) -> None:
    """11.2 kWh/m3 was taken for the quantity, with the unit m3; 100.5 m3 were used."""
    text = ("Zählernummer;Ablesedatum;Zählerstand m3;Zustandszahl;Brennwert kWh/m3\n"
            "G1;01.01.2024;1.000,5;0,95;11,2\nG1;01.02.2024;1.101,0;0,95;11,2\n")  # fmt: skip
    file = tmp_path / "gas.csv"
    file.write_text(text, "utf-8")
    found = look(file)
    assert "      reading: Zählerstand m3" in found.proposal
    assert "      unit: m3" in found.proposal
    assert not any("multiplier" in line for line in found.proposal)


@pytest.mark.parametrize(("rows", "line"), [
    ("*;;2.500,10;EUR;2.100;KWH\n", '        not_equals: …  # ["*"] or what adds up'),
    ("**;;2.500,10;EUR;2.100;KWH\n", '        not_equals: …  # ["**"] or what adds up'),
    ("Σ;;2.500,10;EUR;2.100;KWH\n", '        not_equals: …  # [Σ] or what adds up'),
])  # fmt: skip
def test_sums_of_ledgers(rows: str, line: str, tmp_path: Path) -> None:
    """A ledger marks its sums with asterisks: 1,200.5 + 799.5."""
    text = ("Konto;Buch.dat.;Betrag;HWähr;Menge;BME\n471000;15.01.2024;1.500,10;EUR;1.200,5;KWH\n"
            f"471000;16.01.2024;900,00;EUR;799,5;KWH\n{rows}")  # fmt: skip
    file = tmp_path / "ledger.csv"
    file.write_text(text, "utf-8")
    assert line in look(file).proposal
    mark = rows.partition(";")[0]
    assert read_by_proposal(file, not_equals=f'"{mark}"') == ({"2024-01": 2000}, [])


def test_one_not_equals_of_sums_and_notes(tmp_path: Path) -> None:
    """A word that may be a sum and a closing note below one heading stand in one list."""
    text = "Site,Month,kWh\nA,2024-01,5\nB,2024-01,6\nAll sites,,11\nReport of the portal,,\n"
    file = tmp_path / "sites.csv"
    file.write_text(text, "utf-8")
    found = look(file)
    assert sum("not_equals" in line for line in found.proposal) == 1
    assert read_by_proposal(file, not_equals="[All sites, Report of the portal]") == (
        {"2024-01": 11}, [],
    )  # fmt: skip


@pytest.mark.parametrize(("text", "line"), [
    # a year that runs over two, a day of May, a day of a two-digit year in either order
    ("Year,kWh\n2009/10,7\n2010/11,5\n2011/12,6\n",
     "      period: …  # YYYY/MM, if these are months"),
    ("Year,kWh\n2009-10,7\n2010-11,5\n2011-12,6\n",
     "      period: …  # YYYY-MM, if these are months"),
    ("Day,kWh\nMay 10,7\nMay 11,5\nMay 12,6\n", "      period: …  # MMM YY, if these are months"),
    ("Date,kWh\n24/01/31,7\n24/02/29,5\n24/03/31,6\n", "      date: …  # DD/MM/YY or YY/MM/DD"),
    # an average, a maximum, a row that stands in for another
    ("Site,Month,kWh\nA,2024-01,5\nB,2024-01,6\nAverage,2024-01,5.5\n",
     "        not_equals: …  # [Average] or what adds up"),
    ("Site,Month,kWh\nA,2024-01,5\nB,2024-01,6\n最大,2024-01,6\n",
     "        not_equals: …  # [最大] or what adds up"),
    ("Month,kWh,Status\n2024-01,5,Original\n2024-01,4,Corrected\n2024-02,3,Original\n",
     "        equals: …  # which of [Original, Corrected] count"),
    # day and night are tariffs, whose sum was used; of rates none is the quantity
    ("Month,Day / kWh,Night / kWh\n2024-01,5,3\n2024-02,4,3\n",
     '      quantity: …  # ["+Day / kWh", "+Night / kWh"]'),
    ("Month,Use,Price ct/kWh,Cost per kWh,kWh/day\n2024-01,5,3,4,1\n2024-02,4,3,4,1\n",
     "      quantity: Use"),
    # the second row of headings has units
    ("Month,Power,Water\n,kWh,m3\n2024-01,5,3\n2024-02,4,3\n", "      header_row: [1, 2]"),
    ("Date,Description,Qty,UOM\n2024-01-03,Diesel,5,L\n2024-01-04,AdBlue,4,L\n2024-01-05,Diesel,3,L\n",
     "      item: Description"),
])  # fmt: skip
def test_what_was_taken_unasked(text: str, line: str, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(text, "utf-8")
    assert line in look(file).proposal


def test_a_sum_without_a_label_is_below_no_label(tmp_path: Path) -> None:
    """190 adds up the rows of Leeds: filled down, it counted as theirs."""
    text = "Site;Meter;kWh\nLeeds;M1;100\n;M2;90\n;;190\nYork;M3;50\n;M4;40\n;;90\n"
    file = tmp_path / "sites.csv"
    file.write_text(text, "utf-8")
    found = look(file)
    assert not any("fill_down" in line for line in found.proposal)
    assert read_by_proposal(file, period="2024")[1]
