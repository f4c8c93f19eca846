"""What a slip hides is told in the same run, at its place in the file as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import ghgcalc
from ghgcalc.core.vocabulary.categories import CATEGORIES, category_said
from support.companies import PACK

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
ghgcalc: 1
organization: {name: Test, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz-2024]
facilities: {leeds: {country: GB}}
activities:
"""


def judged(folder: Path, text: str) -> list[tuple[str, str, str]]:
    """Code, place and supposition of each error."""
    file = folder / "company.yaml"
    file.write_text(text, "utf-8")
    found = ghgcalc.check(file).diagnostics
    assert list(found) == list(ghgcalc.compute(file).diagnostics)
    return [(item.code, str(item.location), item.supposing) for item in found]


def test_a_misspelt_fuel_does_not_hide_the_missing_basis(tmp_path: Path) -> None:
    line = (
        "  gas: {facility: leeds, category: stationary_combustion, fuel: natural gas,"
        " quantity: 9 kWh, period: 2024}\n"
    )
    assert judged(tmp_path, HEAD + line) == [
        ("unknown-fuel", "company.yaml:6:65", ""),
        ("basis-missing", "company.yaml:6:88",
         "`natural_gas` is written for `natural gas`"),
    ]  # fmt: skip
    assert line.index("natural gas") == 64  # columns count from 1
    assert line.index("9 kWh") == 87


def test_several_slips_of_a_line_in_any_order_of_discovery(tmp_path: Path) -> None:
    """The key hides the category, the category the facility's region, all in one run."""
    line = (
        '  power: {facility: leeds, category: "electricity", quantitiy: 5 MWh,'
        " period: 2024, factor: desnz-2023/x}\n"
    )
    found = judged(tmp_path, HEAD + line)
    assert [code for code, _, _ in found][:2] == ["unknown-value", "unknown-key"]
    assert found[-1][2] == (
        '`purchased_electricity` is written for `"electricity"` and'
        " `quantity` is written for `quantitiy`"
    )
    assert found[-1][1] == f"company.yaml:6:{line.index('desnz-2023') + 1}"


def test_what_has_no_one_near_name_is_not_supposed(tmp_path: Path) -> None:
    line = (
        "  gas: {facility: leeds, category: combustion, fuel: zzz, quantity: 9 kWh, period: 2024}\n"
    )
    assert [code for code, _, _ in judged(tmp_path, HEAD + line)] == ["unknown-value"]


def test_an_included_file_is_supposed_and_placed_too(tmp_path: Path) -> None:
    (tmp_path / "more.yaml").write_text(
        "activities:\n  gas: {facility: leeds, category: stationary_combustion,\n"
        "    fuel: natural gas, quantity: 9 kWh, period: 2024}\n", "utf-8",
    )  # fmt: skip
    found = judged(tmp_path, HEAD.replace("activities:\n", "include: more.yaml\n"))
    assert [place for _, place, _ in found] == ["more.yaml:3:11", "more.yaml:3:34"]


def test_no_figure_rests_on_a_supposition(tmp_path: Path) -> None:
    text = HEAD + (
        "  other: {facility: leeds, category: stationary_combustion, fuel: natural_gas,"
        " quantity: 9 kWh gross, period: 2024}\n"
        "  gas: {facility: leeds, category: stationary_combustion, fuel: natural gas,"
        " quantity: 9 kWh gross, period: 2024}\n"
    )
    (tmp_path / "company.yaml").write_text(text, "utf-8")
    run = ghgcalc.compute(tmp_path / "company.yaml")
    assert run.inventory is None
    assert [item.code for item in run.diagnostics] == ["unknown-fuel"]
    assert (tmp_path / "company.yaml").read_text("utf-8") == text


def test_a_hint_of_one_name_says_it_for_programs(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(PACK, "utf-8")
    line = (
        "  p: {facility: leds, category: refrigerants, gas_masses: {HFC-32: 1 kg}, period: 2024}\n"
    )
    (tmp_path / "company.yaml").write_text(HEAD + line, "utf-8")
    instead = {
        item.code: item.instead for item in ghgcalc.check(tmp_path / "company.yaml").diagnostics
    }
    assert instead == {"unknown-value": "fugitive_emissions", "unknown-facility": "leeds"}


@pytest.mark.parametrize(
    ("text", "category"),
    [("Electricity", "purchased_electricity"), ("district heat", "purchased_heat"),
     ("蒸汽", "purchased_steam"), ("Solar", "self_generated_electricity"),
     ("company-cars", "mobile_combustion"), ("gas", None), ("fuel", None)],
)  # fmt: skip
def test_usual_words_for_categories(text: str, category: str | None) -> None:
    assert category_said(text) == category
    assert category is None or category in CATEGORIES
