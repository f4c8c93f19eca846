"""`ghgcalc table`: columns that name what was used, in the words of registers and ledgers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.activity_data.tables.looking.look import look

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = [
    "PollutantName", "Pollutant", "Chemical name", "Gas Name", "SpecificFuelType", "Goods",
    "Tên hàng hóa", "Tên hàng hóa, dịch vụ", "Mặt hàng", "Loại nhiên liệu", "Diễn giải",
    "物料名称", "能源品种", "商品名称", "Stoff", "Bezeichnung", "Material", "Warenbezeichnung",
    "Brennstoff", "Désignation", "Produit", "Polluant", "Carburant", "品名", "油種", "Sustancia",
]  # fmt: skip
SEVERAL = {
    "repeated": ("Xa", "Yb", "Xa", "Yb", "Zc", "Xa", "Yb"),
    "one": ("Xa",) * 7,
    "each its own": ("Xa", "Yb", "Zc", "Vd", "We", "Uf", "Tg"),
}


def columns_of(folder: Path, heading: str, texts: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The entries of `columns:` and of `items:`."""
    file = folder / "register.csv"
    rows = "".join(f"2024-0{n};{n * 7};kg;{text}\n" for n, text in enumerate(texts, 1))
    file.write_text(f"Month;Qty;Unit;{heading}\n{rows}", "utf-8")
    lines = list(look(file).proposal)
    cut = next(i for i, line in enumerate(lines) if line == "    items:")
    return lines[: lines.index("    constants:")], lines[cut + 1 :]


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("texts", SEVERAL.values(), ids=SEVERAL)
def test_names_of_what_was_used_are_items(
    heading: str, texts: tuple[str, ...], tmp_path: Path
) -> None:
    """Each distinct text is listed as open; they were added up as one item."""
    columns, items = columns_of(tmp_path, heading, texts)
    assert any(line.strip().startswith("item: ") for line in columns)
    assert items == [f"      {text}: {{category: …}}" for text in dict.fromkeys(texts)]


def test_codes_of_materials_are_items_where_no_name_stands_beside(tmp_path: Path) -> None:
    columns, items = columns_of(tmp_path, "Material", ("4711", "4712", "4711", "4711", "4712",
                                                       "4711", "4712"))  # fmt: skip
    assert "      item: Material" in columns
    assert items == ['      "4711": {category: …}', '      "4712": {category: …}']


def test_a_long_list_of_texts_that_describe_is_no_list_of_items(tmp_path: Path) -> None:
    """A note of each row: `Beschreibung` with more than a dozen texts stays unmapped."""
    file = tmp_path / "register.csv"
    rows = "".join(f"2024-01-{n:02};{n * 7};kg;Note {n}\n" for n in range(1, 15))
    file.write_text(f"Day;Qty;Unit;Beschreibung\n{rows}", "utf-8")
    assert "      item: item" in look(file).proposal


def test_words_for_units_below_a_heading_of_units_alone(tmp_path: Path) -> None:
    """`Lít` is to be translated; a `Unit` may be one of an organisation and is no unit then."""
    file = tmp_path / "register.csv"
    file.write_text("Month;Qty;ĐVT\n2024-01;5;Lít\n2024-02;7;Tấn\n2024-03;9;Lít\n", "utf-8")
    assert "      unit: ĐVT" in look(file).proposal
    assert "        Lít: …" in look(file).proposal
    file.write_text("Month;Qty;Unit\n2024-01;5;North\n2024-02;7;South\n2024-03;9;South\n", "utf-8")
    assert "      unit: Unit" not in look(file).proposal


def test_a_heading_of_joined_words_is_read_by_its_words(tmp_path: Path) -> None:
    """`FacilityReportID` is no quantity beside `TotalQuantity`."""
    file = tmp_path / "register.csv"
    file.write_text(
        "FacilityReportID;PollutantName;ReportingYear;TotalQuantity\n"
        "889001;Methane;2024;120\n889002;Methane;2024;50\n889001;Zinc;2024;1.5\n", "utf-8",
    )  # fmt: skip
    lines = look(file).proposal
    assert "      quantity: TotalQuantity" in lines
    assert "      item: PollutantName" in lines
