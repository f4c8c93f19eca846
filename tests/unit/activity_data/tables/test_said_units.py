"""Lines that state the unit or scale of a whole table, and lines that do not."""

from __future__ import annotations

import pytest

from ghgcalc.activity_data.tables.said_units import contradicts, said_in, said_unit
from ghgcalc.core.units import parse_unit, ratio


@pytest.mark.parametrize(("line", "kwh"), [
    ("Alle Angaben in Tsd. kWh", 10**3), ("All values in 1,000 kWh", 10**3),
    ("values in thousands of kWh", 10**3), ("Datos en miles de kWh", 10**3),
    ("Dati in migliaia di kWh", 10**3), ("Wartości w tys. kWh", 10**3),
    ("Tất cả số liệu tính bằng nghìn kWh", 10**3), ("All figures in '000 kWh", 10**3),
    ("Data: kWh x 1000", 10**3), ("计量单位：万kWh", 10**4), ("all in 10.000 kWh", 10**4),
    ("Units: lakh kWh", 10**5), ("Werk in Mio. kWh", 10**6), ("単位：億kWh", 10**8),
    ("Consumption 2024 (GWh)", 10**6), ("MWh", 10**3), ("in MWh (Hs)", 10**3),
    ("Values in MWh unless stated otherwise", 10**3), ("Unité : MWh", 10**3),
    ("Verbrauch in kWh, Kosten in EUR", 1),
])  # fmt: skip
def test_lines_of_energy(line: str, kwh: int) -> None:
    said = said_unit(line)
    assert said is not None
    assert ratio(parse_unit(said.unit), parse_unit("kWh")) == kwh


@pytest.mark.parametrize("line", [
    "Report 2024", "Unit 4", "Business unit: Leeds", "Brennwert 11,2 kWh/m3", "Price in ct/kWh",
    "Total consumption 35,000 kWh", "1 m3 = 10.55 kWh", "Nennleistung 400 kVA", "Zeit in h",
    "EUR / MWh", "Total: 12 MWh, 300 EUR", "Customer in Leeds", "1000", "Unit: 1000",
    "Stand in m", "",
])  # fmt: skip
def test_other_lines(line: str) -> None:
    assert said_unit(line) is None


def test_money_and_scales() -> None:
    for line, unit, scale in (("Kosten in TEUR", "1000 EUR", 1000), ("(in thousands)", "", 1000),
                              ("Angaben in Mio.", "", 10**6)):  # fmt: skip
        said = said_unit(line)
        assert said is not None
        assert (said.unit, said.scale) == (unit, scale)


def test_rows_of_several_cells() -> None:
    said = said_in(["Einheit:", "MWh", "", "Zeitraum:", "2024"])
    assert said is not None
    assert said.unit == "MWh"
    for cells in (["", "MWh", "EUR"], ["Unit", "kWh", "m3"], ["Monat", "Strom (kWh)"]):
        assert said_in(cells) is None


def test_what_contradicts() -> None:
    thousands, money = said_unit("Alle Angaben in Tsd. kWh"), said_unit("Cost in EUR")
    scale = said_unit("in thousands")
    assert thousands is not None
    assert money is not None
    assert scale is not None
    assert contradicts(thousands, "kWh")
    assert not contradicts(thousands, "MWh")  # 1000 kWh
    assert contradicts(scale, "kWh")
    assert not contradicts(scale, "1000 kWh")
    assert not contradicts(money, "kWh")
