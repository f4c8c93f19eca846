"""What the packs cover: asked by the program's choice, holes told, every row served or excepted."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

import ghgcalc
from ghgcalc.analysis.coverage.asking import GWP_SET, Answer
from ghgcalc.analysis.coverage.cells import ELECTRICITY, RESIDUAL, Cell, cell_of, marks, spans
from ghgcalc.analysis.coverage.library import asker_of
from ghgcalc.analysis.coverage.looked_for import MISSING, looked_for
from ghgcalc.analysis.coverage.power import EU, PLACES, power_cells
from ghgcalc.analysis.coverage.rows import Asked, all_unasked, excepted, rows_asked, unasked
from ghgcalc.core.vocabulary.countries import COUNTRIES
from ghgcalc.factors.holes import ANY, hole_of, holes
from ghgcalc.factors.importers.mapping_read import bundled_mappings
from ghgcalc.factors.own_packs import read_pack_file
from ghgcalc.factors.pack import Pack, bundled_packs
from support import command


def own_pack(folder: Path, row: str) -> Pack:
    path = folder / "own.yaml"
    path.write_text(f"pack: own\ntitle: Own\nfactors:\n  row: {row}\n", "utf-8")
    outcome = read_pack_file(path, "own.yaml")
    assert outcome.value is not None
    return outcome.value[0]


# ---- rows that nothing asks for ------------------------------------------------------------------


def test_every_row_serves_a_line_or_is_excepted_with_its_reason() -> None:
    """A row whose region, year, unit or words no line can say is dead weight in a pack."""
    asker = asker_of(GWP_SET)
    found = {(bundled_packs()[each.pack].parent.name, each.what): each
             for each in all_unasked(asker)}  # fmt: skip
    stray = {key: each for key, each in found.items() if key not in excepted()}
    assert stray == {}, "mend the row, make a line ask for it, or say why in factors/unasked.csv"
    gone = set(excepted()) - set(found)
    assert gone <= {("cornerstone", "losses")}, "an exception without a row is taken out"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{category: purchased_electricity, per: kWh, gases: {CO2: 1 kg}, region: APAC}",
         "`APAC` is no region of a facility"),
        ("{category: purchased_electricity, per: kWh, gases: {CO2: 1 kg}, region: US-XX}",
         "`US-XX` is no region of US"),
        ("{category: purchased_electricity, per: t, gases: {CO2: 1 kg}}", "not t"),
        ("{category: purchased_electricity, per: kWh, gases: {CO2: 1 kg}, kind: marginal}",
         "is a marginal factor"),
        ("{category: purchased_heat, per: kWh, gases: {CO2: 1 kg}, lifecycle: upstream}",
         "never serves scopes 1 and 2"),
    ],
)  # fmt: skip
def test_a_row_that_no_line_can_ask_for_is_found(row: str, said: str, tmp_path: Path) -> None:
    pack = own_pack(tmp_path, row)
    asked = list(rows_asked(asker_of(GWP_SET), pack))
    assert [each.factor.id for each in asked] == ["row"]
    assert said in asked[0].refused
    assert [each.rows for each in unasked(pack, asked)] == [1]


def test_a_row_that_serves_one_of_its_categories_is_no_finding(tmp_path: Path) -> None:
    row = ("{category: [purchased_electricity, business_travel], per: person·km,"
           " gases: {CO2: 1 kg}}")  # fmt: skip
    pack = own_pack(tmp_path, row)
    asked = list(rows_asked(asker_of(GWP_SET), pack))
    assert {each.category: bool(each.refused) for each in asked} == {
        "business_travel": False, "purchased_electricity": True
    }  # fmt: skip
    assert unasked(pack, asked) == []
    assert unasked(pack, [Asked(asked[0].factor, "business_travel", refused="x")]) != []


# ---- cells ---------------------------------------------------------------------------------------

FILE = """\
ghgcalc: 1
organization: {{name: A, consolidation_approach: equity_share, gwp_set: AR5}}
factor_packs: [{packs}]
accept: [{accept}]
facilities: {{site: {{country: {country}}}}}
activities:
  power: {{facility: site, category: purchased_electricity, quantity: 1 MWh, period: {year}}}
"""


@pytest.mark.parametrize(
    ("country", "year"), [("VN", 2024), ("KR", 2022), ("GB", 2024), ("IN", 2025), ("TH", 2026)]
)
def test_a_cell_is_what_compute_does(country: str, year: int, tmp_path: Path) -> None:
    """With the entries that the cell names the line gets its pack, and without one of them none."""
    cells = power_cells(asker_of(GWP_SET), [country])
    cell = next(c for c in cells if c.what == ELECTRICITY and c.year == year)
    kinds = [kind for kind, _ in cell.accept]

    def computed(accepted: list[str]) -> set[str]:
        entries = ", ".join(f"{{gap: {kind}, reason: asked}}" for kind in accepted)
        text = FILE.format(packs=cell.pack, accept=entries, country=country, year=year)
        (tmp_path / "company.yaml").write_text(text, "utf-8")
        run = ghgcalc.compute(tmp_path / "company.yaml")
        if run.inventory is None:
            return set()
        parts = (part for line in run.inventory.lines for part in line.parts("location_based"))
        return {part.plan.resolution.factor.pack.id for part in parts}

    assert computed(kinds) == {cell.pack}
    for kind in kinds:
        assert computed([other for other in kinds if other != kind]) == set()


def test_the_years_and_the_ways_of_a_cell_in_words() -> None:
    cell = Cell(ELECTRICITY, "", "XX", 2024, "kWh", "p", "B",
                (("earlier_year", 2), ("other_gwp_set", 0)))  # fmt: skip
    assert cell.of_another_year
    assert not cell.exact
    assert cell.needs == "earlier_year (2 years), other_gwp_set"
    assert marks(cell.accept) == " [−2, GWP]"
    assert marks((("later_year", 1),)) == " [+1]"
    assert spans([2024, 2019, 2020, 2021]) == "2019–2021, 2024"
    tie = cell_of(Answer(None, why="x", code="ambiguous-factor"), "s", "", "XX", 2024, "t")
    assert tie.several


def test_holes_name_places_and_ways_that_exist() -> None:
    assert set(PLACES) >= {*EU, "CN", "VN", "IN", "CH", "GB", "US", "CA", "MX", "BR", "JP", "KR",
                           "TW", "SG", "TH", "MY", "ID", "PH", "AU", "NZ", "ZA", "TR"}  # fmt: skip
    for hole in holes():
        assert hole.places <= COUNTRIES | {ANY}
        for name in bundled_mappings():
            if f"import {name} " in hole.do:
                break
        else:
            assert "factors import" not in hole.do or "import table" in hole.do or (
                "import desnz" in hole.do
            )  # fmt: skip
    vietnam = hole_of("VN", ELECTRICITY, 2024)
    assert vietnam is not None
    assert "2023" in vietnam.why
    assert hole_of("VN", ELECTRICITY, 2022) != vietnam
    mix = hole_of("DE", RESIDUAL, 2024)
    assert mix is not None
    assert "factors import aib" in mix.do


def test_each_hole_of_power_says_why_and_what_to_do() -> None:
    for cell in power_cells(asker_of(GWP_SET)):
        assert cell.pack or (cell.why and cell.do), cell
        if cell.exact:
            assert not cell.why


# ---- the command ---------------------------------------------------------------------------------


def test_the_command_shows_a_country_in_three_forms() -> None:
    table = command.run("factors", "coverage", "--country", "VN")
    assert table.exit_code == 0
    assert "dcc-vietnam" in table.stdout
    assert "no official value after 2023" in " ".join(table.stdout.split())
    told = json.loads(
        command.run("factors", "coverage", "--country", "VN", "--format", "json").stdout
    )
    row = next(each for each in told["answers"]
               if each["asked"] == "electricity" and each["year"] == 2024)  # fmt: skip
    assert row["pack"].startswith("dcc-vietnam")
    assert row["accept"] == [{"gap": "earlier_year", "years": 1}]
    lines = command.run("factors", "coverage", "--country", "VN", "--format", "csv").stdout
    rows = list(csv.DictReader(StringIO(lines)))
    assert {each["place"] for each in rows if each["asked"] == "electricity"} == {"VN"}
    assert any(each["accept"] == "earlier_year (1 year)" for each in rows)


def test_the_gwp_set_of_the_inventory_matters() -> None:
    def needs(gwp_set: str) -> str:
        cells = power_cells(asker_of(gwp_set), ["AU"])
        return next(c.needs for c in cells if c.what == ELECTRICITY and c.year == 2025)

    # NGA prints totals on AR5 for the states; the national value is coarser than them
    assert needs("AR5") == "wider_region, co2e_without_gases"
    assert needs("AR6") == "wider_region, other_gwp_set, co2e_without_gases"


def test_what_is_no_country_is_refused() -> None:
    done = command.run("factors", "coverage", "--country", "Vietnam")
    assert done.exit_code == 2
    assert "write VN" in done.stderr


# ---- what is looked for --------------------------------------------------------------------------


def test_the_forty_things_are_answered_as_the_data_say() -> None:
    sought = looked_for(asker_of(GWP_SET))
    assert len(sought) == 40
    assert {each.thing: each.answered for each in sought} == {
        each.thing: each.expected for each in sought
    }
    page = (Path(__file__).resolve().parents[3] / "docs" / "coverage.md").read_text("utf-8")
    for each in sought:
        pack = f"`{each.cell.pack}`" if each.cell.pack else "–"
        assert f"| {each.thing} | {pack} |" in page
        if each.answered == MISSING:
            assert each.cell.why, each.thing
