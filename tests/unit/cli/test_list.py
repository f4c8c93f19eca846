"""`ghgcalc list`: the words of a company file, narrowed by packs, category and text."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from ghgcalc.factors.library import library, read_blends
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.views.vocabulary import LISTS, Asked, listing_of
from support.command import run

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = """\
ghgcalc: 1
organization: {name: A, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [./own.yaml]
units: {own_crate: 12 kg}
facilities: {leeds: {country: GB}}
activities:
  meter: {facility: leeds, category: purchased_electricity, quantity: 1 MWh, period: 2024}
"""
OWN = """\
pack: own
title: Ours
gwp_set: AR5
factors:
  grid: {category: purchased_electricity, region: GB-X, year: 2024, per: kWh, gases: {CO2: 1 kg}}
  paper: {category: purchased_goods_and_services, item: paper, per: t, gases: {CO2e: 9 kg}}
"""


@pytest.fixture
def company(tmp_path: Path) -> Path:
    (tmp_path / "own.yaml").write_text(OWN, "utf-8")
    (tmp_path / "company.yaml").write_text(COMPANY, "utf-8")
    return tmp_path / "company.yaml"


@pytest.mark.parametrize(
    ("words", "row"),
    [
        ("categories", "purchased_steam               2      Purchased steam"),
        ("fuels --match 天然气", "natural_gas  Natural gas  gas    fossil  erdgas, 天然气"),
        ("units --match 升", "L     volume    1/1_000 m3  l, litre, litres, liter, liters, 升"),
        ("units --match therm_us", "therm_US  energy    105_480_400 J"),
        ("grids --match cn-east", "CN-EAST       CN       mee-china-2021, mee-china-2022,"),
        ("packs --match cea-india", "cea-india-v21"),
        ("items --category business_travel --match coach", "coach      business_travel  pkm"),
        ("gases --match r-410a", "R-410A blend 50 % HFC-32, 50 % HFC-125"),
        ("gases --match sf6", "SF6 gas AR4 22800, AR5 23500, AR6 24300"),
        ("qualifiers --match hgv_average", "hgv_average vehicle:"),
        ("regions --match CH", "CH"),
    ],
)  # fmt: skip
def test_a_row_of_each(words: str, row: str) -> None:
    done = run("list", *words.split())
    assert done.exit_code == 0, done.output
    assert any(row.split() == line.split()[: len(row.split())] for line in done.stdout.splitlines())


def test_what_rows_say_is_listed() -> None:
    """Regions, items and the words beside them of every bundled row, fuels and units of each."""
    packs = [library(name) for name in bundled_packs()]
    listed = {kind: {row[0] for row in listing_of(kind, Asked(packs, {})).rows} for kind in LISTS}
    for pack in packs:
        assert pack.regions() <= listed["regions"] | listed["grids"], pack.info.id
        for table in pack.holding("factors"):
            texts = table.texts
            assert set(texts.get("item", ())) - {""} <= listed["items"], table.path
            assert set(texts.get("fuel", ())) - {""} <= listed["fuels"], table.path
            for key in ("vehicle", "technology", "sector"):
                assert set(texts.get(key, ())) - {""} <= listed["qualifiers"], table.path
            categories = {each for text in texts["category"] for each in text.split("|")}
            assert categories <= listed["categories"]
    assert set(read_blends()) <= listed["gases"]


def test_a_company_file_lists_its_own_words(company: Path) -> None:
    def rows(kind: str) -> list[dict[str, str]]:
        done = run("list", kind, company, "--format", "json")
        assert done.exit_code == 0, done.output
        (found,) = json.loads(done.stdout).values()
        return list(found)

    assert [row["pack"] for row in rows("packs")] == ["own"]
    assert rows("items") == [
        {"item": "paper", "category": "purchased_goods_and_services", "per": "t", "packs": "own"}
    ]
    assert {"region": "GB-X", "country": "GB", "factors_for_power": "own"} in rows("regions")
    assert rows("units")[-1] == {
        "unit": "own_crate", "measures": "of the company file", "size": "12 kg",
        "also_read_as": "",
    }  # fmt: skip


def test_csv_holds_the_same_rows() -> None:
    text = run("list", "fuels", "--format", "csv").stdout
    table = run("list", "fuels").stdout.splitlines()
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[0] for row in rows] == [line.split()[0] for line in table]
    assert set(map(len, rows)) == {len(LISTS["fuels"].headings)}


def test_nothing_found_and_a_wrong_category() -> None:
    assert run("list", "fuels", "--match", "no such fuel").exit_code == 1
    done = run("list", "items", "--category", "busines_travel")
    assert done.exit_code == 2
    assert "did you mean `business_travel`?" in done.stderr


def test_a_broken_company_file_says_why(company: Path) -> None:
    company.write_text("ghgcalc: [", "utf-8")
    done = run("list", "items", company)
    assert done.exit_code == 1
    assert "company.yaml" in done.stderr
