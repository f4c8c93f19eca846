"""`factors search` and `factors show`: what is found, in which order, and what is said of it."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ghgcalc.calculation.factor_card import editions, weighed
from ghgcalc.factors.library import open_bundled
from ghgcalc.factors.own_packs import read_pack_file
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.factors.search import Found, search, wanted
from support import command

if TYPE_CHECKING:
    from typer.testing import Result


def find(text: str, limit: int = 20, **asked: object) -> Found:
    packs = [pack for name in bundled_packs() if (pack := open_bundled(name)) is not None]
    return search(packs, wanted(text, **asked), limit)  # type: ignore[arg-type]


def refs(found: Found) -> list[str]:
    return [hit.factor.ref for hit in found.hits]


def run(*args: str) -> Result:
    return command.run("factors", *args)


def test_the_plain_fuel_comes_before_longer_names() -> None:
    found = find("natural gas", region="GB", year=2024, unit="kWh")
    assert refs(found)[:2] == ["desnz-2024/natural_gas.kwh_gross", "desnz-2024/natural_gas.kwh_net"]
    assert {hit.factor.year for hit in found.hits} <= {2024, None}
    assert all(hit.factor.per.dimension == "J" for hit in found.hits)


@pytest.mark.parametrize("typed", ["natral gas", "Natural GAS", "gas natural", "natural-gas"])
def test_typing_errors_case_and_order_do_not_matter(typed: str) -> None:
    assert refs(find(typed, region="GB", year=2024, unit="kWh gross"))[0] == (
        "desnz-2024/natural_gas.kwh_gross"
    )


def test_a_fuel_is_found_under_its_chinese_name() -> None:
    fuels = [hit.factor.fuel for hit in find("天然气", limit=99).hits]
    assert set(fuels) <= {"natural_gas", "cng", "lng", None}
    assert fuels[0] is not None  # lorries that burn it, 天然气货车, come after the fuel
    assert find("天然气").total > 0


def test_the_basis_narrows_where_it_is_stated() -> None:
    found = find("natural gas", region="GB", year=2024, unit="kWh net", limit=99)
    assert {hit.factor.per.basis for hit in found.hits} == {"net"}


def test_the_own_region_comes_first_then_the_country_around_it() -> None:
    found = find("electricity", region="CN-JS", year=2023)
    assert [hit.factor.region for hit in found.hits][:2] == ["CN-JS", "CN"]
    assert not {hit.factor.region for hit in found.hits} - {"CN-JS", "CN", ""}


def test_editions_of_one_row_are_one_hit() -> None:
    hit = find("natural gas", region="GB", unit="kWh gross").hits[0]
    assert hit.factor.pack.id not in hit.others
    assert set(hit.others) <= {name for name in bundled_packs() if name.startswith("desnz-")}
    assert len(hit.others) >= 3


def test_every_word_must_be_met_and_near_words_are_named() -> None:
    found = find("natural gaz zzzqqq")
    assert (found.total, found.hits) == (0, [])
    assert "gas" in found.near["gaz"]
    assert found.near["zzzqqq"] == []


def test_every_factor_is_found_by_its_own_name() -> None:
    pack = open_bundled("ipcc-2006")
    assert pack is not None
    for factor in list(pack.every())[::25]:
        assert factor.ref in refs(search([pack], wanted(factor.name), 10_000)), factor.ref


@pytest.mark.parametrize(
    ("typed", "gas"), [("r410a", "R-410A"), ("R-410A", "R-410A"), ("sf6", "SF6")]
)
def test_a_gas_has_no_factor_and_is_told_so(typed: str, gas: str) -> None:
    done = run("search", typed)
    assert done.exit_code == 1
    assert f"write `gas: {gas}` and its mass" in done.stdout


def test_conditions_that_nothing_meets() -> None:
    assert find("natural gas", region="ZZ", unit="kWp").total == 0
    done = run("search", "natural gas", "--region", "ZZ", "--unit", "kWp")
    assert done.exit_code == 1
    head, *told = done.stdout.splitlines()
    assert head == "no factor meets all the conditions"
    assert told[0].startswith("  without unit kWp: "), "ZZ has what is worldwide"
    assert "TJ net" in told[0]
    assert len(told) == 1, "no density leads to a peak power"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--unit", "ton"), "--unit: "),
        (("--category", "business_travl"), "did you mean `business_travel`?"),
        (("--pack", "dezns"), "did you mean desnz"),
        (("--region", "UK"), "did you mean `GB`?"),
        (("--region", "germany"), "did you mean `DE`?"),
        (("--region", "Mordor"), "write a code such as GB"),
    ],
)
def test_wrong_options_are_usage_errors(args: tuple[str, ...], said: str) -> None:
    done = run("search", "gas", *args)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_json_holds_the_printed_values() -> None:
    done = run("search", "natural gas", "--region", "GB", "--year", "2024", "--unit", "kWh gross",
               "--format", "json")  # fmt: skip
    hit = json.loads(done.stdout)["hits"][0]
    assert hit["factor"] == "desnz-2024/natural_gas.kwh_gross"
    assert hit["gases"]["CO2e"] == {"value": "0.1829", "unit": "kg", "as_co2e": False}


def test_an_own_pack_is_searched(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "pack: own\ntitle: Own\nfactors:\n  steam-park:\n    name: Steam of the park\n"
        "    category: purchased_steam\n    per: GJ\n    gases: {CO2: 98 kg}\n    source: annex\n",
        "utf-8",
    )
    outcome = read_pack_file(path, "own.yaml")
    assert outcome.value is not None
    assert refs(search([outcome.value[0]], wanted("steam park"), 5)) == ["own/steam-park"]
    assert run("search", "steam", "--pack", str(path)).stdout.startswith(
        "own/steam-park  98 kg CO2"
    )


# ---- show ------------------------------------------------------------------------------------


def test_co2e_under_each_set_by_hand() -> None:
    pack = open_bundled("ipcc-2006")
    assert pack is not None
    factor = pack.factor("stationary.diesel.manufacturing")
    assert factor is not None
    # IPCC 2006 table 2.3: 74,100 kg CO2, 3 kg CH4, 0.6 kg N2O per TJ
    by_hand = {
        "AR4": 74100 + 3 * 25 + Fraction("0.6") * 298,
        "AR5": 74100 + 3 * 28 + Fraction("0.6") * 265,
        "AR6": 74100 + 3 * 27 + Fraction("0.6") * 273,
    }
    assert {item.gwp_set: item.kg for item in weighed(factor, pack)} == by_hand


def test_a_printed_total_stands_and_other_sets_are_weighed_anew() -> None:
    pack = open_bundled("desnz-2024")
    assert pack is not None
    factor = pack.factor("natural_gas.kwh_gross")
    assert factor is not None
    found = {item.gwp_set: item for item in weighed(factor, pack)}
    assert found["AR5"].kg == Fraction("0.1829")
    # DESNZ 2024: 0.18253 CO2, 0.00028 of CH4 (AR5 28), 0.00009 of N2O (AR5 265)
    assert found["AR6"].kg == (
        Fraction("0.18253") + Fraction("0.00028") * 27 / 28 + Fraction("0.00009") * 273 / 265
    )


def test_the_same_row_of_other_editions_is_shown() -> None:
    pack = open_bundled("desnz-2024")
    assert pack is not None
    factor = pack.factor("natural_gas.kwh_gross")
    assert factor is not None
    others = {other.pack.id for other in editions(factor)}
    assert {"desnz-2023", "desnz-2025", "desnz-2026"} <= others
    assert "desnz-2024" not in others
    assert (
        "desnz-2025/natural_gas.kwh_gross  0.18296 kg CO2e per kWh gross"
        in run("show", "desnz-2024/natural_gas.kwh_gross").stdout
    )


@pytest.mark.parametrize(
    ("ref", "covers"),
    [
        ("desnz-2024/natural_gas.kwh_gross", "combustion"),
        ("desnz-2024/uk.kwh", "combustion"),
        # CPCD prints 大门到坟墓 for heat, 摇篮到大门 for materials, 摇篮到坟墓 for lorries
        ("cpcd-2025/heat.cn-sd.gj", "gate to grave"),
        ("cpcd-2025/steel.kg", "cradle to gate"),
        ("cpcd-2025/freight.truck_average.diesel.tkm", "cradle to grave"),
        ("epa-import-2019/bea_334413.cn", "life cycle"),
        ("desnz-2024/hotel.vn.night", None),
        ("desnz-2024/water_supply.m3", None),
    ],
)
def test_a_row_says_what_it_covers_and_no_night_is_combustion(ref: str, covers: str | None) -> None:
    text = run("show", ref).stdout
    told = [line.split(maxsplit=1)[1] for line in text.splitlines() if line.startswith("covers")]
    assert told == ([covers] if covers else [])
    assert "combustion" not in text or covers == "combustion"


def test_combustion_is_said_of_fuels_power_and_heat_alone() -> None:
    """Each bundled row: waste, stays, water, trips and processes are no combustion."""
    burnt = {"stationary_combustion", "mobile_combustion", "purchased_electricity",
             "purchased_heat", "purchased_steam", "purchased_cooling"}  # fmt: skip
    packs = [pack for name in bundled_packs() if (pack := open_bundled(name)) is not None]
    found = search(packs, wanted("hotel waste water", lifecycle="combustion"), 20)
    assert found.total == 0
    said = json.loads(run("search", "landfill", "--format", "json", "--limit", "50").stdout)["hits"]
    assert said
    for hit in said:
        assert set(hit["categories"]) <= burnt or hit["boundary"] != "combustion"
