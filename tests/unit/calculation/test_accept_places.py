"""Entries ready to paste, entries too wide, mistyped regions, and packs that really serve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ghgcalc.calculation.accept_hints import Departure, entries, entry
from ghgcalc.core.diagnostics import Diagnostic, Location, Severity, in_order
from ghgcalc.core.vocabulary.regions import GRIDS, SUBDIVISIONS, known_regions
from ghgcalc.factors.library import open_bundled
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from pathlib import Path

POWER = {"facility": "site", "category": "purchased_electricity", "quantity": "1 MWh",
         "period": 2023}  # fmt: skip
WASTE = {"facility": "site", "category": "waste_generated", "item": "metals",
         "technology": "landfill", "quantity": "1 t", "period": 2024}  # fmt: skip


def run(folder: Path, packs: list[str], facility: dict[str, Any], gwp: str = "AR5",
        **sections: Any) -> Run:  # fmt: skip
    data = {
        "ghgcalc": 1,
        "organization": {"name": "X", "gwp_set": gwp,
                         "consolidation_approach": "operational_control"},
        "factor_packs": packs,
        "facilities": {"site": facility},
        **sections,
    }  # fmt: skip
    (folder / "company.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return compute(folder / "company.yaml")


def errors(found: Run) -> list[Diagnostic]:
    return [d for d in found.diagnostics if d.severity is Severity.ERROR]


def hint(found: Run) -> str:
    (one,) = errors(found)
    return one.hint or ""


# ---- entries ------------------------------------------------------------------------------------


def test_an_entry_is_one_line_of_yaml() -> None:
    text = entry(Departure("later_year", 2), {"facility": "a", "item": "it's, new: {x}"})
    assert yaml.safe_load(text) == [{
        "gap": "later_year", "for": {"facility": "a", "item": "it's, new: {x}"}, "max_years": 2,
        "reason": "…",
    }]  # fmt: skip


def test_all_departures_are_listed_once() -> None:
    twice = [Departure("other_gwp_set"), Departure("earlier_year", 1), Departure("other_gwp_set")]
    assert entries(twice, {"activity": "a"}).count("gap: other_gwp_set") == 1
    assert entries([], {"activity": "a"}) == ""


def test_a_line_gets_all_its_entries_at_once(tmp_path: Path) -> None:
    found = run(tmp_path, ["desnz"], {"country": "DE"}, "AR6", activities={"waste": WASTE})
    for gap in ("foreign_region", "other_gwp_set"):
        assert f"- {{gap: {gap}, for: {{activity: waste}}, reason: …}}" in hint(found)
    note = errors(found)[0].notes[0]
    assert "region GB, facility is DE; CO2e total under AR5, inventory is AR6" in note


def test_a_year_is_bounded_and_a_coarse_region_has_its_remedy_first(tmp_path: Path) -> None:
    line = {**POWER, "period": 2025}
    text = hint(run(tmp_path, ["mee-china"], {"country": "CN"}, activities={"kwh": line}))
    assert text.startswith("add `region: CN-…` to the facility")
    assert "- {gap: wider_region, for: {activity: kwh}, reason: …}" in text
    assert "- {gap: earlier_year, for: {activity: kwh}, max_years: 2, reason: …}" in text


def test_an_item_of_a_table_is_named_by_facility_category_and_item(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("s,i,q,u,p\nsite,scrap,1,t,2024\n", "utf-8")
    item = {key: WASTE[key] for key in ("category", "item", "technology")}
    table = {"files": "b.csv", "items": {"scrap": item},
             "columns": {"facility": "s", "item": "i", "quantity": "q", "unit": "u",
                         "period": "p"}}  # fmt: skip
    found = run(tmp_path, ["desnz-2024"], {"country": "GB"}, "AR6", tables={"b": table})
    scope = "{facility: site, category: waste_generated, item: metals}"
    assert hint(found) == f"add to `accept:` `- {{gap: other_gwp_set, for: {scope}, reason: …}}`"
    only = {"facility": "site", "category": "waste_generated", "item": "metals"}
    again = run(tmp_path, ["desnz-2024"], {"country": "GB"}, "AR6", tables={"b": table},
                accept=[{"gap": "other_gwp_set", "for": only, "reason": "x"}])  # fmt: skip
    assert again.inventory is not None


def test_one_finding_for_many_facilities_names_none() -> None:
    def at(facility: str) -> Diagnostic:
        text = entries([Departure("other_gwp_set")], {"facility": facility, "category": "c"})
        return Diagnostic("x", f"`t/{facility}` fails", Location("f", 1, 1), hint=text)

    (one,) = in_order(at(f"site {n}") for n in range(50))
    assert one.hint == "add to `accept:` `- {gap: other_gwp_set, for: {category: c}, reason: …}`"


def test_a_pin_and_a_reported_figure_list_theirs(tmp_path: Path) -> None:
    pinned = {**WASTE, "factor": "desnz-2022/waste.metals.landfill.t"}
    text = hint(run(tmp_path, ["desnz"], {"country": "DE"}, "AR6", activities={"w": pinned}))
    assert "gap: foreign_region" in text
    assert "gap: earlier_year, for: {activity: w}, max_years: 2" in text
    assert "gap: other_gwp_set" in text
    stated = {"facility": "site", "category": "stationary_combustion", "reported": "5 t CO2e",
              "by": "tenant", "period": 2024}  # fmt: skip
    found = run(tmp_path, [], {"country": "DE"}, activities={"r": stated})
    both = {"gap: co2e_without_gases, for: {activity: r}", "gap: other_gwp_set, for: {activity: r}"}
    assert all(part in (d.hint or "") for part in both for d in errors(found))


# ---- packs and items on offer -------------------------------------------------------------------


def test_only_packs_that_fit_are_offered_the_fittest_alone(tmp_path: Path) -> None:
    """Power in Germany 2024: the UBA prints CO2; the EEA prints a total that asks for two gaps."""
    found = run(tmp_path, ["desnz"], {"country": "DE"}, activities={"a": {**POWER, "period": 2024}})
    assert hint(found) == "add `uba` to `factor_packs`"
    found = run(tmp_path, ["desnz"], {"country": "FR"}, activities={"a": POWER})
    assert hint(found) == "add `eurostat-derived` or `eea` to `factor_packs`"
    found = run(tmp_path, ["desnz"], {"country": "FR"}, activities={"a": {**POWER, "period": 2021}})
    assert "own pack" in hint(found)


def test_a_line_without_an_item_is_asked_for_one_in_its_unit(tmp_path: Path) -> None:
    goods = {"facility": "site", "category": "purchased_goods_and_services", "period": 2022}
    found = run(tmp_path, ["desnz"], {"country": "US"}, activities={"a": {**goods,
                "quantity": "1 USD"}})  # fmt: skip
    assert hint(found) == "add `epa-supply-chain` to `factor_packs`, and state `item:` on the line"
    found = run(tmp_path, ["desnz"], {"country": "GB"}, activities={"a": {**goods,
                "quantity": "1 t"}})  # fmt: skip
    assert hint(found).startswith("state `item:` on the line, such as `aggregates`")


def test_power_abroad_is_never_offered_by_an_entry(tmp_path: Path) -> None:
    found = run(tmp_path, ["desnz"], {"country": "VN"}, activities={"a": POWER})
    assert hint(found) == "add `dcc-vietnam` to `factor_packs`"


def test_a_tie_of_another_country_pins_nothing(tmp_path: Path) -> None:
    gap = {"gap": "foreign_region", "reason": "x"}
    texas = {"country": "US", "grid": "ERCT"}
    found = run(tmp_path, ["mee-china"], texas, activities={"a": POWER}, accept=[gap])
    (one,) = errors(found)
    assert one.code == "ambiguous-factor"
    assert "mee-china" not in (one.hint or "")
    assert (one.hint or "").startswith("add a pack with factors of US")


# ---- entries that are too wide ------------------------------------------------------------------

WIDE = [
    ({"gap": "earlier_year"}, {"a": {**POWER, "period": 2024}}, True),
    ({"gap": "earlier_year", "for": {"activity": "a"}}, {"a": {**POWER, "period": 2024}}, False),
    ({"gap": "earlier_year", "for": {"region": "CN"}}, {"a": {**POWER, "period": 2024}}, False),
    ({"gap": "foreign_region"}, {"w": WASTE}, False),  # one category of Scope 3
    ({"gap": "foreign_region"}, {"w": WASTE, "f": {
        "facility": "site", "category": "stationary_combustion", "fuel": "natural_gas",
        "quantity": "1 kWh gross", "period": 2024}}, True),
]  # fmt: skip


@pytest.mark.parametrize(("accept", "activities", "wide"), WIDE)
def test_an_entry_without_for_that_opens_much_is_a_warning(
    tmp_path: Path, accept: dict[str, Any], activities: dict[str, Any], wide: bool
) -> None:
    place = {"country": "CN", "region": "CN-JS"}
    found = run(tmp_path, ["mee-china", "desnz"], place, activities=activities,
                accept=[{**accept, "reason": "x"}])  # fmt: skip
    assert found.inventory is not None, errors(found)
    codes = [d.code for d in found.diagnostics]
    assert codes == (["accept-too-wide"] if wide else [])


# ---- regions ------------------------------------------------------------------------------------

REGIONS = [
    ({"country": "CN", "region": "CN-XX"}, "region"),
    ({"country": "CN", "region": "CN-JZ"}, "region"),
    ({"country": "US", "grid": "US-RFCX"}, "grid"), ({"country": "US", "grid": "RFCX"}, "grid"),
    ({"country": "US", "region": "US-XT"}, "region"),
    ({"country": "CN", "grid": "CN-EST"}, "grid"),
]  # fmt: skip


@pytest.mark.parametrize(("facility", "key"), REGIONS)
def test_a_mistyped_region_is_an_error_at_its_key(
    tmp_path: Path, facility: dict[str, str], key: str
) -> None:
    found = run(tmp_path, ["egrid", "mee-china"], facility, activities={"a": POWER})
    (one,) = errors(found)
    assert one.code == "unknown-value"
    assert one.location is not None
    line = (tmp_path / "company.yaml").read_text("utf-8").splitlines()[one.location.line - 1]
    assert line.strip() == f"{key}: {facility[key]}"


@pytest.mark.parametrize(("facility", "near"), [
    ({"country": "US", "grid": "US-RFCX"}, "US-RFCM"),
    ({"country": "CN", "grid": "CN-EST"}, "CN-EAST"),
    ({"country": "US", "grid": "erct"}, "US-ERCT"),
])  # fmt: skip
def test_a_mistyped_region_names_the_near_ones(
    tmp_path: Path, facility: dict[str, str], near: str
) -> None:
    found = run(tmp_path, ["egrid", "mee-china"], facility, activities={"a": POWER})
    assert f"`{near}`" in hint(found)


@pytest.mark.parametrize("facility", [
    {"country": "US", "grid": "ERCT"}, {"country": "US", "grid": "US-ERCT"},
    {"country": "US", "region": "US-TX", "grid": "US-ERCT"}, {"country": "US", "region": "US-ERCT"},
    {"country": "CN", "region": "CN-JS"}, {"country": "CN", "region": "CN-EAST"},
])  # fmt: skip
def test_known_regions_and_the_short_form_serve(tmp_path: Path, facility: dict[str, str]) -> None:
    found = run(tmp_path, ["egrid", "mee-china"], facility, activities={"a": POWER})
    assert found.inventory is not None, errors(found)


@pytest.mark.parametrize(("country", "key", "text"), [
    ("GB", "grid", "US-ERCT"), ("GB", "grid", "CN-EAST"), ("DE", "grid", "US-CAMX"),
    ("DE", "region", "CN-JS"), ("CA", "grid", "US-NEWE"),
])  # fmt: skip
def test_a_region_of_another_country_prices_no_line(
    tmp_path: Path, country: str, key: str, text: str
) -> None:
    found = run(tmp_path, ["desnz", "egrid", "mee-china"], {"country": country, key: text},
                activities={"a": {**POWER, "period": 2023}})  # fmt: skip
    assert found.inventory is None
    (only,) = errors(found)
    assert only.code in ("unknown-value", "conflicting-keys")
    assert text in only.message


def test_countries_without_a_list_and_own_packs_take_their_regions(tmp_path: Path) -> None:
    own = {"pack": "own", "title": "Own", "factors": {"x": {
        "category": "purchased_electricity", "kind": "grid_average", "region": "US-PARK",
        "per": "kWh", "gases": {"CO2": "1 kg"}, "source": "x"}}}  # fmt: skip
    (tmp_path / "own.yaml").write_text(yaml.safe_dump(own), "utf-8")
    for place in ({"country": "US", "region": "US-PARK"}, {"country": "US", "grid": "PARK"}):
        assert run(tmp_path, ["./own.yaml"], place, activities={"a": POWER}).inventory is not None
    assert not known_regions("DE", "region")


def test_every_region_of_a_bundled_pack_is_known() -> None:
    read = 0
    for name in bundled_packs():
        pack = open_bundled(name)
        for region in pack.regions() if pack is not None else ():
            country, _, tail = region.partition("-")
            if pack is not None and region in pack.header.region_members:
                continue  # a region that the publisher draws itself names its countries
            if tail:
                read += 1
                known = SUBDIVISIONS.get(country, frozenset()) | GRIDS.get(country, frozenset())
                assert region in known, f"{region} of {name}"
    assert read >= 340


def test_a_stated_rate_of_grid_power_lists_its_entries_in_one_round(tmp_path: Path) -> None:
    line = {**POWER, "emission_rate": {"CO2e": "0.2 kg/kWh"}}
    gb = {"country": "GB"}
    text = hint(run(tmp_path, ["desnz"], gb, activities={"a": line}))
    asked = ("co2e_without_gases", "other_gwp_set", "stated_rate")
    assert all(f"- {{gap: {gap}, for: {{activity: a}}, reason: …}}" in text for gap in asked)
    accept = [{"gap": gap, "for": {"activity": "a"}, "reason": "x"} for gap in asked]
    found = run(tmp_path, ["desnz"], gb, activities={"a": line}, accept=accept)
    assert found.inventory is not None
    assert found.inventory.lines[0].co2e("location_based") * 1000 == 200  # 1 MWh × 0.2 kg/kWh
