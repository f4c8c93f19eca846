"""`ghgcalc table` and multipliers of meters: none is passed over, none is taken unasked."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

import ghgcalc
from ghgcalc.activity_data.tables.looking.look import look
from ghgcalc.activity_data.tables.looking.multiples import multiplier_in, multiplies
from ghgcalc.core.units import parse_unit, ratio
from support.looked import HEAD, completed, read_by_proposal

if TYPE_CHECKING:
    from pathlib import Path

JANUARY, FEBRUARY = "2024-01", "2024-02"


def written(folder: Path, text: str) -> Path:
    file = folder / "bills.csv"
    file.write_text(text, "utf-8")
    return file


def kwh(file: Path, *changes: tuple[str, str], **read: str) -> dict[str, Fraction]:
    """The kWh by month of a completed proposal, after changes by hand."""
    text = completed(look(file), **read)
    for before, after in changes:
        assert before in text, text
        text = text.replace(before, after)
    company = file.with_name("company.yaml")
    company.write_text(text, "utf-8")
    loaded = ghgcalc.load(company)
    assert loaded.project is not None, loaded.diagnostics
    (table,) = loaded.project.tables.values()
    found: dict[str, Fraction] = {}
    for each in table.sums:
        month = f"{each.span.first:%Y-%m}"
        amount = each.quantity * ratio(parse_unit(each.unit), parse_unit("kWh"))
        found[month] = found.get(month, Fraction(0)) + amount
    return found


@pytest.mark.parametrize(("text", "words", "number"), [
    ("Index (x40)", "x40", "40"), ("Index ×40", "×40", "40"), ("Index *40", "*40", "40"),
    ("Wandlerfaktor 40", "Wandlerfaktor 40", "40"), ("CT ratio 40", "CT ratio 40", "40"),
    ("CT ratio: 200/5", "CT ratio: 200/5", "200/5"), ("kWh x1000", "x1000", "1000"),
    ("Usage [x 0.001]", "x 0.001", "0.001"), ("用电量(倍率40)", "倍率40", "40"),
    ("Energy kWh*1000", "*1000", "1000"), ("Usage 10^3 kWh", "10^3", "10^3"),
    ("Hệ số nhân: 40", "Hệ số nhân: 40", "40"), ("Stand (Faktor 1.000)", "Faktor 1.000", "1.000"),
    ("Usage (kWh) *1", "", ""), ("Factory 2", "", ""), ("Multiplex 3 kWh", "", ""),
    ("Power factor 0.95", "", ""), ("Emissionsfaktor 0,4", "", ""), ("Preis ct/kWh", "", ""),
    ("Usage m3", "", ""), ("1-1:1.8.0", "", ""), ("Generation 2024 (kWh)", "", ""),
])  # fmt: skip
def test_words_of_multipliers(text: str, words: str, number: str) -> None:
    assert multiplier_in(text) == (words, number)


def test_headings_of_multipliers() -> None:
    named = ("Multiplier", "Faktor", "Wandler", "Wandlerfaktor", "CT ratio", "CT", "倍率", "Ratio")
    assert all(map(multiplies, named))
    others = ("Brennwert", "Power Factor", "Preis (ct)", "Loss factor", "HDD", "Factory", "Usage")
    assert not any(map(multiplies, others))


@pytest.mark.parametrize("heading", ["Index (x40)", "Zählerstand Wandlerfaktor 40", "表数×40",
                                     "Reading kWh CT ratio 40", "Index *40"])  # fmt: skip
def test_a_multiplier_in_the_heading_of_readings(heading: str, tmp_path: Path) -> None:
    """10 and 20 on the dial: 400 and 800 kWh; nothing computes until that is said."""
    rows = "M1,2024-01-01,100\nM1,2024-02-01,110\nM1,2024-03-01,130\n"
    file = written(tmp_path, f"Meter,Date,{heading}\n{rows}")
    found = look(file)
    assert "      multiplier: …  # 40, or 1 where the readings hold it" in found.proposal
    assert any(each.startswith(f"multiplier: `{heading}` speaks") for each in found.questions)
    assert read_by_proposal(file, multiplier="40") == ({JANUARY: 400, FEBRUARY: 800}, [])
    text = "\n".join(found.proposal).replace("category: …", "category: purchased_electricity")
    text = re.sub(r"(facility|unit): ….*", r"\1: kWh", text).replace("facility: kWh",
                                                                     "facility: leeds")  # fmt: skip
    file.with_name("company.yaml").write_text(f"{HEAD}{text}\n", "utf-8")
    assert ghgcalc.compute(file.with_name("company.yaml")).inventory is None


@pytest.mark.parametrize("heading", ["kWh x1000", "Usage (kWh) [x 1000]", "Usage kWh, ratio 1000"])
def test_a_multiplier_in_the_heading_of_quantities(heading: str, tmp_path: Path) -> None:
    """5 and 4 thousand kWh; the unit says so."""
    file = written(tmp_path, f'Month,"{heading}"\n2024-01,5\n2024-02,4\n')
    assert (
        "      unit: …  # such as 1000 kWh, or kWh where the numbers hold it" in look(file).proposal
    )
    (tmp_path / "wide").mkdir()
    wide = written(
        tmp_path / "wide", "Site,Jan-24,,Feb-24,\n,kWh x40,Cost,kWh x40,Cost\nA,5,1,6,1\n"
    )
    assert any(line.startswith("      unit: …") for line in look(wide).proposal)
    assert kwh(file, unit="1000 kWh") == {JANUARY: 5000, FEBRUARY: 4000}


@pytest.mark.parametrize("heading", ["Multiplier", "Faktor", "Wandler", "CT ratio", "倍率"])
def test_a_column_of_multipliers_beside_quantities(heading: str, tmp_path: Path) -> None:
    """5 times 40 and 4 times 20 kWh, by the unit of each row."""
    text = f"Month,Usage,Unit,{heading}\n2024-01,5,kWh,40\n2024-02,4,kWh,20\n"
    file = written(tmp_path, text)
    found = look(file)
    assert any(line.startswith("        kWh: …  # kWh, or 40 kWh") for line in found.proposal)
    assert not any("filter:" in line for line in found.proposal)
    (asked,) = [each for each in found.questions if each.startswith("multiplier")]
    assert f"`columns: {{unit: {heading}}}`" in asked
    sums = kwh(
        file, ("unit: Unit", f"unit: {heading}"),
        ("        kWh: kWh",
         '        "40": 40 kWh\n        "20": 20 kWh'),
        kWh="kWh",
    )  # fmt: skip
    assert sums == {JANUARY: 200, FEBRUARY: 80}
    ones = written(tmp_path, f"Month,Usage kWh,{heading}\n2024-01,5,1\n2024-02,4,1\n")
    assert "      unit: kWh" in look(ones).proposal


@pytest.mark.parametrize(("heading", "asked"), [
    ("Usage 100s kWh", True), ("Meter kWh/10", True), ("Energy kWh e3", True),
    ("Usage kWh @40", True), ("Usage (kWh) x CT", True),
    ("Verbrauch (kWh) Faktor siehe oben", True),
    ("Tariff 1 kWh", False), ("Usage 2024 kWh", False), ("2024 kWh", False),
    ("Zone 3 (kWh)", False),
    ("1-1:1.8.0 kWh", False), ("kWh/day", False), ("Usage (10 kWh)", False), ("T2 kWh", False),
])  # fmt: skip
def test_a_number_beside_the_unit_of_a_heading(heading: str, asked: bool, tmp_path: Path) -> None:
    """Where the heading says the whole unit, as `(10 kWh)`, that is the unit."""
    found = look(written(tmp_path, f'Month,"{heading}"\n2024-01,5\n2024-02,4\n2024-03,6\n'))
    assert any(each.startswith("multiplier: ") for each in found.questions) is asked
    if asked:
        assert any(line.startswith("      unit: …") for line in found.proposal)


@pytest.mark.parametrize("text", [
    "Wandlerfaktor:,40,\nMonth,Usage kWh,Cost\n2024-01,5,1\n2024-02,4,2\n",
    "Meter 7 (CT ratio 200/5),,\n,,\nMonth,Usage kWh,Cost\n2024-01,5,1\n2024-02,4,2\n",
    "Month,Usage kWh,Cost\n2024-01,5,1\n2024-02,4,2\nMultiply by 40,,\n",
    "Month,Usage kWh,Meter\n2024-01,5,Main (x40)\n2024-02,4,Main (x40)\n",
    "Month,Usage kWh,CT ratio\n2024-01,5,200/5\n2024-02,4,200/5\n",
])  # fmt: skip
def test_a_multiplier_elsewhere_in_the_file(text: str, tmp_path: Path) -> None:
    found = look(written(tmp_path, text))
    assert any(line.startswith("      unit: …  # such as 40 kWh") for line in found.proposal)
    assert any(each.startswith("multiplier: ") for each in found.questions)


def test_two_columns_of_multipliers_beside_readings(tmp_path: Path) -> None:
    """Current and voltage: 10.5 times 40 times 10; neither alone is proposed."""
    text = ("Zähler;Datum;Zählerstand kWh;Stromwandler;Spannungswandler\n"
            "M1;01.01.2024;100,0;40;10\nM1;01.02.2024;110,5;40;10\n")  # fmt: skip
    file = written(tmp_path, text)
    assert any(line.startswith("      multiplier: …") for line in look(file).proposal)
    assert read_by_proposal(file, multiplier="400") == ({JANUARY: Fraction(4200)}, [])


def test_a_heating_value_multiplies_no_readings(tmp_path: Path) -> None:
    """12 m3 stay 12 m3: the heating value makes kWh of them, and the unit is m3."""
    text = ("Zähler;Datum;Zählerstand m3;Brennwert\n"
            "G1;01.01.2024;100,0;11,2\nG1;01.02.2024;112,0;11,2\n")  # fmt: skip
    found = look(written(tmp_path, text))
    assert not any("multiplier" in line for line in found.proposal)
    assert "      unit: m3" in found.proposal
