"""A search in the words that people type: found, answered, or told why nothing is bundled."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import ghgcalc
from ghgcalc.factors.library import library
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.factors.search import Found, search, wanted
from ghgcalc.factors.search_words import understood
from support import command

HEAD = """\
ghgcalc: 1
organization: {name: A, consolidation_approach: equity_share, gwp_set: AR5}
scope_3: {fuel_and_energy_related: {derive: off, reason: not the point of this test}}
"""


def find(text: str, limit: int = 5, **asked: object) -> Found:
    packs = [library(name) for name in bundled_packs()]
    return search(packs, wanted(text, **asked), limit)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("Erdgas", "fuel", "natural_gas"), ("gaz naturel", "fuel", "natural_gas"),
        ("天然气", "fuel", "natural_gas"), ("gasoil", "fuel", "gas_oil"),
        ("gazole", "fuel", "diesel"), ("xăng", "fuel", "petrol"),
        ("外购电力", "kind", "grid_average"), ("électricité", "kind", "grid_average"),
        ("điện", "kind", "grid_average"), ("江苏电力", "region", "CN-JS"),
        ("germany", "region", "DE"), ("electricity UK", "region", "GB"),
        ("hotel vietnam", "technology", "vn"), ("水", "item", "water_supply"),
        ("Flug", "item", "flight"),
    ],
)  # fmt: skip
def test_the_first_hit_is_what_is_meant(typed: str, field: str, value: str) -> None:
    found = find(typed)
    assert found.total, typed
    assert getattr(found.hits[0].factor, field) == value, found.hits[0].factor.ref


@pytest.mark.parametrize("typed", ["lorry", "lorries", "LKW", "货车", "Lastwagen"])
def test_a_lorry_is_found_under_the_names_that_packs_have(typed: str) -> None:
    found = find(typed, limit=40)
    words = ("hgv", "truck", "货车")
    told = [" ".join(filter(None, (factor.vehicle, factor.item, factor.name, factor.technology,
                                   factor.id))).casefold()
            for factor in (hit.factor for hit in found.hits)]  # fmt: skip
    assert found.total > 100
    assert [text for text in told if not any(word in text for word in words)] == []


def test_a_word_of_the_rows_themselves_comes_before_another_for_it() -> None:
    """EPA's rows say truck, those of the UK HGV: who types truck sees trucks first."""
    words = find("truck", limit=3).hits
    assert all("truck" in f"{hit.factor.vehicle} {hit.factor.name}".casefold() for hit in words)


def test_a_unit_alone_is_a_condition_and_beside_a_thing_a_wish() -> None:
    assert {hit.factor.per.dimension for hit in find("litre", limit=50).hits} == {"m3"}
    found = find("diesel litre germany")
    assert found.total > 0, "worldwide rows are per TJ, and litres are converted"
    uk = find("diesel litres UK")
    assert uk.hits[0].factor.per.dimension == "m3"
    assert uk.hits[0].factor.region == "GB"


def test_a_stated_condition_goes_before_the_words() -> None:
    found = find("electricity germany", region="FR", limit=50)
    regions = [hit.factor.region for hit in found.hits]
    assert regions[0] == "FR"
    assert "DE" not in regions


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("r410a", "`gas: R-410A`"), ("R-32", "`gas: HFC-32`"), ("SF6", "`gas: SF6`"),
        ("NF3", "`gas: NF3`"), ("Kältemittel", "category: fugitive_emissions"),
        ("aib", "factors import aib"), ("IEA", "factors import iea"),
        ("green-e", "factors import green-e"), ("glec", "factors import glec"),
        ("ecoinvent", "licences of their own"), ("exiobase", "factors import exiobase"),
        ("ademe", "factors import table"), ("residual mix germany", "factors coverage"),
    ],
)  # fmt: skip
def test_what_needs_no_row_is_answered(typed: str, said: str) -> None:
    found = find(typed)
    assert any(said in advice for advice in found.advice), found.advice
    assert found.total == 0
    done = command.run("factors", "search", *typed.split())
    assert done.exit_code == 1, "no factor was found"
    assert said.strip("`") in " ".join(done.stdout.split())


@pytest.mark.parametrize("typed", ["CO2", "CH4", "n2o", "2024", "m3"])
def test_gases_of_fuels_numbers_and_units_are_no_leaks(typed: str) -> None:
    assert understood(typed).advice == ()


@pytest.mark.parametrize(
    ("typed", "publisher"),
    [("defra", "desnz"), ("beis natural gas", "desnz"), ("useeio", "epa-supply-chain")],
)
def test_a_publisher_is_found_under_the_names_it_had(typed: str, publisher: str) -> None:
    assert {hit.factor.pack.publisher for hit in find(typed, limit=50).hits} == {publisher}


def test_the_keys_of_each_hit_ask_for_it(tmp_path: Path) -> None:
    done = command.run("factors", "search", "natural gas", "--region", "GB", "--year", "2024",
                       "--unit", "kWh gross", "--limit", "2", "--yaml")  # fmt: skip
    assert done.exit_code == 0
    first, *_ = done.stdout.split("---\n")
    assert first.startswith("# desnz-2024/natural_gas.kwh_gross: Natural gas\n")
    (tmp_path / "company.yaml").write_text(HEAD + first, "utf-8")
    run = ghgcalc.compute(tmp_path / "company.yaml")
    assert run.inventory is not None
    (line,) = run.inventory.lines
    refs = {part.plan.resolution.factor.ref for part in line.parts("location_based")}
    assert refs == {"desnz-2024/natural_gas.kwh_gross"}
    told = json.loads(command.run("factors", "search", "natural gas", "--limit", "1", "--format",
                                  "json").stdout)  # fmt: skip
    assert told["hits"][0]["yaml"].startswith("factor_packs: [")


# ---- company files -------------------------------------------------------------------------------


def hints(folder: Path, packs: str, line: str) -> dict[str, str]:
    text = f"{HEAD}factor_packs: [{packs}]\nfacilities: {{leeds: {{country: GB}}}}\n"
    (folder / "company.yaml").write_text(
        f"{text}activities:\n  a: {{facility: leeds, {line}, period: 2024}}\n", "utf-8"
    )
    run = ghgcalc.compute(folder / "company.yaml")
    return {each.code: each.hint or "" for each in run.diagnostics}


@pytest.mark.parametrize(
    ("pack", "said"),
    [
        ("aib-2024", "`ghgcalc factors import aib FILE"), ("aib", "terms do not allow"),
        ("iea-2023", "`ghgcalc factors import iea FILE"), ("glec", "factors import glec"),
        ("green-e-2024", "factors import green-e"), ("ecoinvent-3.10", "licences of their own"),
        ("exiobase", "third parties"), ("useeio", "write `epa-supply-chain`"),
        ("defra-2024", "write `desnz-2024`"), ("beis", "write `desnz`"),
        ("ademe", "factors import table"), ("desnzz-2024", "did you mean `desnz-2024`?"),
    ],
)  # fmt: skip
def test_a_pack_that_is_not_bundled_says_why_and_what_to_do(
    pack: str, said: str, tmp_path: Path
) -> None:
    line = "category: purchased_electricity, quantity: 1 MWh"
    assert said in hints(tmp_path, f"desnz, {pack}", line)["unknown-pack"]


@pytest.mark.parametrize(
    ("fuel", "said"),
    [
        ("gazole", "state which fuel it is: `diesel`, `gas_oil`"), ("essence", "`petrol`"),
        ("raw_coal", "`anthracite`"), ("gás natural", "did you mean `natural_gas`?"),
    ],
)  # fmt: skip
def test_a_fuel_of_another_language_is_named(fuel: str, said: str, tmp_path: Path) -> None:
    line = f"category: stationary_combustion, fuel: {fuel}, quantity: 1 GJ net"
    assert said in hints(tmp_path, "desnz", line)["unknown-fuel"]


def test_an_item_by_another_word_is_named(tmp_path: Path) -> None:
    line = "category: business_travel, item: aeroplane, quantity: 1 pkm"
    assert "did you mean `flight`?" in hints(tmp_path, "desnz", line)["missing-factor"]


def test_the_search_that_a_hint_names_finds(tmp_path: Path) -> None:
    line = "category: upstream_transportation, item: lorry, quantity: 1 tkm"
    hint = hints(tmp_path, "desnz", line)["missing-factor"]
    words = hint.partition("`ghgcalc factors ")[2].partition("`")[0].split()
    assert words[:2] == ["search", "lorry"]
    done = command.run("factors", *words)
    assert done.exit_code == 0
    assert "hgv" in done.stdout


@pytest.mark.parametrize(
    ("amount", "year", "refs"),
    [
        ("1000 EUR", 2022, ["fx-fed-2025/eur_per_usd.2022"]),
        ("1000 CNY", 2022, ["fx-fed-2025/cny_per_usd.2022"]),
        ("1000 PLN", 2022, []),
    ],
)
def test_spend_in_another_currency_names_the_rates_of_its_year(
    amount: str, year: int, refs: list[str], tmp_path: Path
) -> None:
    text = (
        f"{HEAD}factor_packs: [epa-supply-chain]\nfacilities: {{hq: {{country: US}}}}\n"
        "activities:\n  a: {facility: hq, category: purchased_goods_and_services,"
        f" item: naics_334413, technology: with_margins, quantity: {amount}, period: {year}}}\n"
    )
    (tmp_path / "company.yaml").write_text(text, "utf-8")
    (found,) = ghgcalc.compute(tmp_path / "company.yaml").diagnostics
    assert found.code == "unit-mismatch"
    assert found.hint is not None
    assert found.hint.startswith("state `spend:`, which converts it")
    assert "convert the amount to USD by the mean rate of 2022" in found.hint
    assert [ref for ref in refs if f"factors show {ref}`" in found.hint] == refs
    assert ("factors show" in found.hint) is bool(refs)
    for ref in refs:
        assert command.run("factors", "show", ref).exit_code == 0
