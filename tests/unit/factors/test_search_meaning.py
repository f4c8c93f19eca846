"""What a search means: units, years, bases, hidden conditions, holes, order, and every synonym."""

from __future__ import annotations

import csv
import json
from functools import cache
from typing import TYPE_CHECKING

import pytest

from ghgcalc.core.gases import canonical_gas
from ghgcalc.core.units import parse_unit
from ghgcalc.core.vocabulary.said import FILE, folded
from ghgcalc.factors.library import library
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.factors.pack_words import gas_ids
from ghgcalc.factors.search import Found, search, wanted
from ghgcalc.factors.search_rows import rows_of
from ghgcalc.factors.search_words import understood
from ghgcalc.render.factor_search import render_hits, render_hits_json

if TYPE_CHECKING:
    from collections.abc import Iterator

# those that hold what the words mean; the test of every word looks in all
FEW = (
    "cpcd-2025", "dcc-vietnam-2025", "desnz-2021", "desnz-2026", "epa-hub-2025", "iai-2024",
    "epa-supply-chain-v1.3", "ipcc-2006", "mee-china-2023", "nuss-eckelman-2014", "uba-2025",
)  # fmt: skip


def find(text: str, limit: int = 8, **asked: object) -> Found:
    packs = [library(name) for name in FEW]
    return search(packs, wanted(text, **asked), limit)  # type: ignore[arg-type]


def first(text: str, **asked: object) -> str:
    return find(text, 1, **asked).hits[0].factor.ref


# ---- units, years and bases among the words -----------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("diesel L", "desnz-2026/diesel.l"), ("diesel litre", "desnz-2026/diesel.l"),
        ("gas kWh", "desnz-2026/natural_gas.kwh_gross"),
        ("gas", "desnz-2026/natural_gas.kwh_gross"),
        ("lpg t", "desnz-2026/lpg.t"), ("diesel gallon", "epa-hub-2025/mobile.diesel.gal_us"),
        ("天然气 立方米", "desnz-2026/natural_gas.sm3"),
        ("natural gas net kWh", "desnz-2026/natural_gas.kwh_net"),
        ("gas PCI kWh", "desnz-2026/natural_gas.kwh_net"),
        ("Erdgas Hs kWh", "desnz-2026/natural_gas.kwh_gross"),
        ("天然气 低位热值 kWh", "desnz-2026/natural_gas.kwh_net"),
    ],
)  # fmt: skip
def test_unit_and_basis_among_the_words(typed: str, ref: str) -> None:
    assert first(typed) == ref


def test_a_unit_beside_words_orders_and_hides_nothing() -> None:
    """Of litres first those per litre, then per gallon and kilolitre, then what is converted to."""
    found = find("diesel L", limit=400)
    assert found.total == find("diesel").total
    units = [hit.factor.per for hit in found.hits]
    ranks = [0 if str(unit) == "L" else 1 if unit.dimension == "m3" else 2 for unit in units]
    assert ranks == sorted(ranks)
    assert {0, 1, 2} == set(ranks)


@pytest.mark.parametrize("typed", ["Hs", "PCS", "Hi", "PCI", "Brennwert", "Heizwert"])
def test_a_basis_alone_says_how_it_is_written(typed: str) -> None:
    basis = "gross" if typed in ("Hs", "PCS", "Brennwert") else "net"
    (said,) = find(typed).advice
    assert f"`100 kWh {basis}`" in said


def test_a_year_is_a_condition_that_editions_meet_too() -> None:
    assert [hit.factor.ref for hit in find("electricity vietnam 2023").hits] == [
        "dcc-vietnam-2025/vn.grid_average.2023"
    ]
    assert {hit.factor.pack.id for hit in find("natural gas UK 2021 kWh").hits[:2]} == {
        "desnz-2021"
    }
    years = [hit.factor.year for hit in find("desnz 2026 natural gas").hits[:2]]
    assert years == [2026, 2026]
    # rows of other data years in a pack of that edition stay, after those of the year
    assert find("cpcd 2025 铁路运输").total == 1
    assert wanted("electricity 2023", year=2021).year == 2021


# ---- what is hidden, and holes ------------------------------------------------------------------


def test_the_condition_that_hides_everything_is_named() -> None:
    found = find("lpg", region="VN", unit="t")
    assert found.total == 0
    assert found.near == {}, "LPG is found without the conditions"
    told = {each.condition: each for each in found.without}
    assert set(told) == {"region", "unit"}
    assert "TJ net" in told["unit"].offers
    assert "GB" in told["region"].offers
    for name, each in told.items():  # each is as many as the search without it finds
        rest = {"region": "VN", "unit": "t"}
        del rest[name]
        assert find("lpg", **rest).total == each.total
    shown = render_hits(found)
    assert "nothing is called" not in shown
    assert "without unit t: " in shown
    assert "per TJ net" in shown
    assert "a line may be in another unit than its factor" in shown
    as_json = json.loads(render_hits_json(found))
    assert [each["condition"] for each in as_json["without"]] == ["region", "unit"]


def test_bare_circuit_boards_are_found_by_spend_alone() -> None:
    """No open factor per m2 is usable; EPA's rows per USD are, and both are said."""
    found = find("PCB")
    assert {hit.factor.per.text for hit in found.hits} == {"USD"}
    assert any("no usable open factor of bare circuit boards" in told for told in found.advice)


def test_years_near_the_one_asked_come_first() -> None:
    (told,) = find("grid average vietnam", year=2030).without
    assert told.offers[:2] == ("2023", "2022")


def test_a_word_of_no_row_is_told_whatever_the_conditions() -> None:
    found = find("zzzqq", region="VN")
    assert (found.without, list(found.near)) == ((), ["zzzqq"])


@pytest.mark.parametrize(
    ("typed", "asked", "said"),
    [
        ("electricity", {"region": "CA"}, "factors import eccc"),
        ("electricity CA", {}, "factors import eccc"),
        ("Strom Schweiz", {}, "factors new factors/own.yaml"),
        ("điện việt nam 2024", {}, "gap: earlier_year"),
        ("electricity", {"region": "MY"}, "region: MY-P"),
        ("residual mix germany", {}, "factors import aib"),
        ("residual mix", {"region": "US"}, "factors import green-e"),
        ("grid losses US", {}, "losses.csv"),
        ("Netzverluste Polen", {}, "losses: {rate:"),
    ],
)
def test_a_hole_is_told_with_its_remedy(typed: str, asked: dict[str, object], said: str) -> None:
    assert any(said in each for each in find(typed, **asked).advice), find(typed, **asked).advice


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("electricity", {"region": "DE", "year": 2024}), ("electricity", {"region": "US-ERCT"}),
        ("electricity", {"region": "CN-GD", "year": 2023}), ("electricity vietnam 2023", {}),
        ("electricity UK 2021", {}), ("natural gas", {"region": "CA"}), ("electricity", {}),
    ],
)  # fmt: skip
def test_what_is_there_is_no_hole(typed: str, asked: dict[str, object]) -> None:
    found = find(typed, **asked)
    assert found.total > 0
    assert found.advice == ()


def test_a_hole_is_none_of_the_packs_searched_alone() -> None:
    """France has power of 2023 in another pack than the one that is searched."""
    found = search([library("uba-2025")], wanted("electricity", region="FR", year=2023), 5)
    assert found.advice == ()


def test_the_residual_mix_of_china_is_found() -> None:
    assert first("residual mix china") == "mee-china-2023/cn.residual_mix"


# ---- order --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fuel", "asked"),
    [("diesel", {}), ("diesel", {"region": "CN"}), ("petrol", {"region": "VN"}), ("lpg", {})],
)
def test_a_plain_fuel_is_for_boilers_and_roads_before_ships(
    fuel: str, asked: dict[str, object]
) -> None:
    found = find(fuel, limit=500, **asked)
    rows = [hit.factor for hit in found.hits if hit.factor.fuel == fuel.replace(" ", "_")]
    same = [row for row in rows if row.pack.id == "ipcc-2006"]
    machines = [row.vehicle not in (None, "road") for row in same]
    assert machines == sorted(machines), [row.id for row in same]
    assert rows[0].vehicle in (None, "road")


def test_power_comes_before_fuels_for_power_stations() -> None:
    hits = find("electricity", limit=100).hits
    assert all("purchased_electricity" in hit.factor.categories for hit in hits)


def test_a_category_is_the_rows_own() -> None:
    """Goods that are purchased, for measuring electricity, are no purchased electricity."""
    packs = [library(name) for name in ("desnz-2021", "epa-import-2019")]
    found = search(packs, wanted("electricity", region="CA"), 9)
    assert found.hits[0].factor.pack.id == "desnz-2021"


def test_the_likeliest_meaning_comes_first() -> None:
    """Gas is natural gas, then petrol in America and LPG; gas oil only shares the word."""
    fuels = [hit.factor.fuel for hit in find("gas kWh", limit=10).hits]
    assert fuels[0] == "natural_gas"
    assert fuels.index("lpg") > fuels.index("natural_gas")


# ---- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("virgin PET", "item", "plastics_pet"), ("公路货运", "item", "freight"),
        ("电解铝", "item", "primary_aluminium"), ("印制电路板", "item", "naics_334412"),
        ("FPC", "item", "naics_334412"), ("晶圆", "fuel", None),
        ("bảng mạch in", "item", "naics_334412"), ("vận tải biển", "item", "freight"),
        ("khách sạn", "item", "hotel"), ("nước thải", "item", "water_treatment"),
        ("chất thải nguy hại", "item", "naics_562112"), ("铁路货运", "item", "freight"),
        ("Straßengüterverkehr", "item", "freight"), ("Leiterplatten", "item", "naics_334412"),
        ("Hüttenaluminium", "item", "primary_aluminium"),
        ("磷酸铁锂电池", "item", "lithium_iron_phosphate_battery_pack"),
        ("钕", "item", "neodymium"),
        ("动力电池", "item", "batteries_li_ion"), ("压缩天然气", "fuel", "cng"),
        ("dầu FO", "fuel", "fuel_oil"), ("用电量", "kind", "grid_average"),
    ],
)  # fmt: skip
def test_words_of_makers_of_electronics_find(typed: str, field: str, value: str | None) -> None:
    assert getattr(find(typed).hits[0].factor, field) == value, find(typed).hits[0].factor.ref


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("六氟化硫", "`gas: SF6`"), ("Schwefelhexafluorid", "`gas: SF6`"),
        ("三氟化氮", "`gas: NF3`"),
        ("四氟化碳", "`gas: PFC-14`"), ("笑气", "`gas: N2O`"), ("nitrous oxide", "`gas: N2O`"),
        ("不锈钢", "stainless steel"), ("光刻胶", "process chemicals"), ("绿电", "instruments:"),
        ("Druckluft", "purchased_electricity"), ("标准煤", "`tce`"), ("光伏组件", "no modules"),
        ("正极材料", "battery materials"), ("铜箔", "copper foil"),
    ],
)  # fmt: skip
def test_what_has_no_row_is_told(typed: str, said: str) -> None:
    found = find(typed)
    assert found.total == 0
    assert any(said in each for each in found.advice), found.advice


@cache
def rows_by_word() -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    number = 0
    for name in bundled_packs():
        for row in rows_of(library(name)):
            number += 1
            for word in row.naming | row.other:
                found.setdefault(word, set()).add(number)
    return found


def holds(way: str) -> bool:
    """Whether some bundled row has every word of a way to say a thing."""
    return bool(set.intersection(*(rows_by_word().get(word, set()) for word in folded(way))))


def typed() -> Iterator[tuple[str, str, str, str]]:
    """Every word of the list as written: its kind, itself, what it means, the note."""
    with FILE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for word in row["words"].split("|"):
                yield row["kind"], word, row["means"], row["note"] or ""


def test_every_synonym_leads_to_a_row_or_is_answered() -> None:
    """Each word of a thing finds rows by what it means; the others say something or are one."""
    lost, things = [], 0
    for kind, word, means, note in typed():
        if kind in ("fuel", "item", "category", "pack"):
            things += 1
            if not note and not any(map(holds, means.split("|"))):
                lost.append(word)
        elif kind in ("absent", "advice"):
            assert note, word
        elif kind == "gas":
            assert canonical_gas(means, gas_ids()) == means, word
        elif kind == "unit":
            assert parse_unit(means).size > 0, word
    assert lost == []
    assert things > 900


def test_every_synonym_is_read_as_a_whole() -> None:
    """Text is cut into names of at most four words; each word of the list is met by its own."""
    taken = {
        kind: {word for each, word, *_ in typed() if each == kind}
        for kind in ("advice", "unit", "gas", "absent", "hole", "country", "region", "basis")
    }
    others = set().union(*taken.values())
    lost = []
    for kind, word, *_ in typed():
        if kind in ("fuel", "item", "category", "pack") and word not in others:
            terms = understood(word).terms
            if len(terms) != 1 or not terms[0].ways:
                lost.append(word)
    assert lost == []


# ---- what is whole, of the country asked, and the fuel itself goes first -------------------------


def test_a_country_of_a_worldwide_row_is_the_one_asked_for() -> None:
    """Hotel nights are worldwide rows of many countries: that of the United Arab Emirates is not
    the Vietnamese one."""
    assert first("hotel", region="VN") == "desnz-2026/hotel.vn.night"
    assert first("hotel vietnam", region="VN") == "desnz-2026/hotel.vn.night"


def test_a_part_of_a_factor_is_not_the_first() -> None:
    assert ".with_margins." in first("printed circuit board")
    hits = search([library("egrid-2023")], wanted("electricity NWPP"), 3).hits
    assert hits[0].factor.id == "electricity.us_nwpp.grid_average"


def test_a_fuel_goes_before_the_trade_that_makes_it() -> None:
    hits = find("Erdgas", 20).hits
    spend = [hit.factor.per.text in ("USD", "EUR") for hit in hits]
    assert spend == sorted(spend)


def test_industrial_gases_are_no_gas_oil() -> None:
    assert "naics_325120" in first("氮气")
