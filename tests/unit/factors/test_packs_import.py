"""EPA's import factors: the spend on suppliers elsewhere, by country, sector or industry."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from ghgcalc.core.diagnostics import Severity
from ghgcalc.core.vocabulary.countries import COUNTRIES
from ghgcalc.factors.importers import IMPORTERS
from ghgcalc.factors.importers.common import ImportSourceError
from ghgcalc.factors.library import library
from ghgcalc.factors.search import search, wanted
from ghgcalc.pipeline.run import Run, compute
from support import command

COMPANY = """\
ghgcalc: 1
organization: {{name: X, consolidation_approach: operational_control, gwp_set: {gwp}, country: US}}
factor_packs: [{packs}]
facilities: {{austin: {{country: US}}}}
suppliers:
  maker: {{country: {country}}}
activities:
  bought: {{supplier: maker, period: 2019, {line}}}
"""
ACCEPT = "accept: [{gap: other_gwp_set, for: {pack: epa-import-2019}, reason: HFCs in one sum}]\n"
LINE = "category: purchased_goods_and_services, item: naics_334412, quantity: 1_000_000 USD"
# lines 3832 to 3836 of the publisher's file: CN, 33441A
CN_33441A = {
    "CO2": "0.889995053043713", "CH4": "0.004562639294233517", "N2O": "0.00006246196810047539",
    "SF6": "0.00000009240492971851852", "rest": "0.01777529356532891",
}  # fmt: skip


def _run(
    tmp_path: Path, line: str = LINE, country: str = "CN", packs: str = "epa-import",
    gwp: str = "AR5", more: str = ACCEPT,
) -> Run:  # fmt: skip
    path = tmp_path / "company.yaml"
    text = COMPANY.format(line=line, country=country, packs=packs, gwp=gwp)
    path.write_text(text + more, "utf-8")
    return compute(path)


def _chosen(run: Run) -> tuple[str, Fraction]:
    assert run.inventory is not None, run.diagnostics
    (line,) = run.inventory.lines
    factor = line.location_based[0].plan.resolution.factor
    assert factor is not None
    return factor.ref, line.co2e("location_based") * 1000


def _by_hand(ch4: str, n2o: int, sf6: int) -> Fraction:
    """1,000,000 USD × the printed masses × a GWP set, and the rest as it is printed."""
    gwp = {"CO2": 1, "CH4": Fraction(ch4), "N2O": n2o, "SF6": sf6, "rest": 1}
    return sum(Fraction(CN_33441A[gas]) * gwp[gas] for gas in gwp) * 1_000_000


# ---- what a line finds ------------------------------------------------------------------------


def test_an_industry_of_a_chinese_supplier(tmp_path: Path) -> None:
    run = _run(tmp_path)
    assert _chosen(run) == ("epa-import-2019/bea_33441a.cn", _by_hand("28", 265, 23500))
    assert run.inventory is not None
    (part,) = run.inventory.lines[0].location_based
    assert part.plan.unspecified == Fraction(CN_33441A["rest"])


@pytest.mark.parametrize(
    ("gwp", "values"), [("AR6", ("27.0", 273, 24300)), ("AR4", ("25", 298, 22800))]
)
def test_what_is_not_told_apart_stays_under_every_gwp_set(
    tmp_path: Path, gwp: str, values: tuple[str, int, int]
) -> None:
    assert _chosen(_run(tmp_path, gwp=gwp))[1] == _by_hand(*values)


@pytest.mark.parametrize(
    ("country", "item", "ref"),
    [
        ("JP", "bea_334413", "bea_334413.jp"), ("JP", "naics_334413", "bea_334413.jp"),
        ("DE", "naics_333242", "bea_333242.epa_eu"), ("GB", "naics_334417", "bea_33441a.epa_eu"),
        ("NO", "naics_334417", "bea_33441a.epa_eu"), ("TW", "naics_334413", "bea_334413.epa_apac"),
        ("KR", "naics_335911", "bea_335911.epa_apac"), ("MX", "naics_335912", "bea_335912.mx"),
        ("CA", "naics_325120", "bea_325120.ca"), ("BR", "bea_327200", "bea_327200.epa_row"),
    ],
)  # fmt: skip
def test_the_suppliers_country_decides(tmp_path: Path, country: str, item: str, ref: str) -> None:
    line = f"category: capital_goods, item: {item}, quantity: 1 USD"
    assert _chosen(_run(tmp_path, line, country))[0] == f"epa-import-2019/{ref}"


def test_goods_of_the_united_states_ask_the_supply_chain_factors(tmp_path: Path) -> None:
    line = f"{LINE}, technology: without_margins, factor_year: 2022"
    packs = "epa-import, epa-supply-chain"
    ref, _ = _chosen(_run(tmp_path, line, "US", packs, more=""))
    assert ref == "epa-supply-chain-v1.3/naics_334412.without_margins.usd"
    found = _run(tmp_path, LINE, "US").diagnostics
    assert [each.code for each in found if each.severity is Severity.ERROR] == ["missing-factor"]


def test_a_facility_of_the_buyer_does_not_move_the_suppliers_country(tmp_path: Path) -> None:
    ref, _ = _chosen(_run(tmp_path, f"{LINE}, facility: austin"))
    assert ref == "epa-import-2019/bea_33441a.cn"


def test_a_suppliers_country_decides_goods_alone(tmp_path: Path) -> None:
    line = (
        "facility: austin, category: waste_generated, item: mixed_msw, technology: landfilled,"
        " quantity: 1 short_ton, factor_year: 2025"
    )
    ref, _ = _chosen(_run(tmp_path, line, packs="epa-hub", gwp="AR4", more=""))
    assert ref == "epa-hub-2025/waste.mixed_msw.landfilled.short_ton"


def test_two_suppliers_of_one_item_have_their_own_factors(tmp_path: Path) -> None:
    more = f"  too: {{facility: austin, supplier: other, period: 2019, {LINE}}}\n" + ACCEPT
    path = tmp_path / "company.yaml"
    text = COMPANY.format(
        line=f"facility: austin, {LINE}", country="CN", packs="epa-import", gwp="AR5"
    )
    path.write_text(
        text.replace("suppliers:\n", "suppliers:\n  other: {country: JP}\n") + more, "utf-8"
    )
    run = compute(path)
    assert run.inventory is not None, run.diagnostics
    sources = [line.location_based[0].source for line in run.inventory.lines]
    assert sources == ["epa-import-2019/bea_33441a.cn", "epa-import-2019/bea_33441a.jp"]


# ---- what is refused --------------------------------------------------------------------------


def test_gases_in_one_sum_need_an_entry_that_the_hint_prints(tmp_path: Path) -> None:
    (finding,) = _run(tmp_path, more="").diagnostics
    assert "CO2e of gases not told apart under an unstated GWP set" in finding.notes[0]
    hint = "- {gap: other_gwp_set, for: {activity: bought}, reason: …}"
    assert hint in (finding.hint or "")
    _chosen(_run(tmp_path, more=f"accept:\n  {hint}\n".replace("…", "one sum")))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (LINE.replace("USD", "CNY"), "unit-mismatch"),
        (f"{LINE}, technology: with_margins", "missing-factor"),
        (f"{LINE}, factor_year: 2022", "missing-factor"),
        (LINE.replace("naics_334412", "bea_331313"), "missing-factor"),
        (LINE.replace("naics_334412", "naics_331313"), "missing-factor"),
    ],
)
def test_another_currency_margins_year_or_a_zero_is_refused(
    tmp_path: Path, line: str, code: str
) -> None:
    run = _run(tmp_path, line)
    errors = [each.code for each in run.diagnostics if each.severity is Severity.ERROR]
    assert (run.inventory, errors) == (None, [code])


# ---- the same figures everywhere --------------------------------------------------------------


@pytest.mark.parametrize("gwp", ["AR5", "AR6"])
def test_workbook_json_and_lock_hold_the_same(tmp_path: Path, gwp: str) -> None:
    _run(tmp_path, gwp=gwp)
    path = tmp_path / "company.yaml"
    for name in ("i.xlsx", "i.json"):
        form = name.partition(".")[2]
        made = command.run("compute", path, "--format", form, "-o", tmp_path / name)
        assert made.exit_code == 0, made.stderr
        checked = command.run("verify", tmp_path / name, path)
        assert "as recomputed" in checked.stdout, checked.stdout
    assert command.run("lock", path, "--period", "2019").exit_code == 0
    assert "CO2e:unspecified: 0.01777529356532891 kg" in (tmp_path / "ghgcalc.lock").read_text()
    assert command.run("check", path, "--locked").exit_code == 0
    assert _chosen(compute(path))[0] == "epa-import-2019/bea_33441a.cn"


def test_explain_prints_what_is_not_told_apart(tmp_path: Path) -> None:
    _run(tmp_path)
    told = command.run("explain", tmp_path / "company.yaml", "bought", "--period", "2019")
    words = " ".join(told.stdout.split())
    printed = "(0.01777529356532891 kg CO2e/USD, not told apart)"
    assert f"of which 17.77529 t no printed gas explains {printed}" in words


def test_a_region_of_several_countries_stays_locked(tmp_path: Path) -> None:
    _run(tmp_path, country="DE")
    path = tmp_path / "company.yaml"
    assert command.run("lock", path, "--period", "2019").exit_code == 0
    locked = command.run("check", path, "--locked")
    assert locked.exit_code == 0, locked.stderr


def test_search_finds_an_industrys_words_and_a_country_of_a_region() -> None:
    pack = library("epa-import-2019")
    found = search([pack], wanted("electronic connector", region="DE"), 5)
    assert [hit.factor.id for hit in found.hits] == ["bea_33441a.epa_eu"]
    found = search([pack], wanted("naics 334417", region="CN"), 5)
    assert [hit.factor.id for hit in found.hits] == ["bea_33441a.cn"]


# ---- the pack ---------------------------------------------------------------------------------


def test_its_rows_and_regions() -> None:
    pack = library("epa-import-2019")
    rows = [row.cells for row in pack.rows("factors")]
    # 7 regions: 297 sectors, in Canada and Mexico 298; 2 without a value in each, 3 in Japan
    assert len(rows) == 5 * 297 + 2 * 298 - 7 * 2 - 1
    assert {row["region"] for row in rows} == {
        "CN", "JP", "CA", "MX", "EPA-EU", "EPA-APAC", "EPA-ROW"
    }  # fmt: skip
    members = pack.header.region_members
    every = [code for codes in members.values() for code in codes]
    assert len(every) == len(set(every))
    assert COUNTRIES.issuperset(every)
    assert not {"CN", "JP", "CA", "MX", "US"} & set(every)
    assert {"NA", "CD", "XK"} <= set(every)  # a blank, `rCD` and `KV` in the publisher's file
    sectors = {row["item"] for row in rows}
    assert {row.cells["item"] for row in pack.rows("item_names")} <= sectors


def test_no_value_is_a_zero() -> None:
    for row in library("epa-import-2019").rows("factors"):
        gases = [text for name, text in row.cells.items() if name.endswith("]")]
        assert len(gases) == 5
        assert all(Fraction(text) > 0 for text in gases)


# ---- packs of one's own -----------------------------------------------------------------------


def test_an_own_pack_draws_its_own_region_and_sums_up_gases(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "pack: own\ntitle: Own\ngwp_set: AR5\nregion_members: {NORDIC: [SE, NO, DK, FI]}\n"
        "tables:\n  - {file: own.csv, holds: factors}\n",
        "utf-8",
    )
    (tmp_path / "own.csv").write_text(
        "id,category,item,per,region,CO2 [kg],CO2e:unspecified [kg],locator\n"
        "nordic,purchased_goods_and_services,steel,t,NORDIC,100,7,p. 1\n"
        "finnish,purchased_goods_and_services,steel,t,FI,90,5,p. 1\n"
        "world,purchased_goods_and_services,steel,t,,200,9,p. 1\n",
        "utf-8",
    )
    line = "category: purchased_goods_and_services, item: steel, quantity: 2 t"
    for country, kilograms in (("SE", 214), ("FI", 190), ("FR", 418)):
        run = _run(tmp_path, line, country, "./own.yaml", more="")
        assert _chosen(run)[1] == kilograms
    refused = _run(tmp_path, line, "SE", "./own.yaml", gwp="AR6", more="")
    assert "CO2e of gases not told apart under AR5" in refused.diagnostics[0].notes[0]


OWN = "pack: own\ntitle: Own\ngwp_set: AR5\ntables:\n  - {file: own.csv, holds: factors}\n"
STEEL = "category: purchased_goods_and_services, item: steel, quantity: 2 t"


@pytest.mark.parametrize("column", ["CO2e:unspecified [kg]", "CO2e [kg]"])
def test_a_sum_that_a_complement_brings_along_keeps_its_gwp_set(
    tmp_path: Path, column: str
) -> None:
    (tmp_path / "own.yaml").write_text(OWN, "utf-8")
    (tmp_path / "own.csv").write_text(
        f"id,category,item,per,with,CO2 [kg],{column},locator\n"
        "steel,purchased_goods_and_services,steel,t,rest,100,,p. 1\n"
        "rest,purchased_goods_and_services,steel_rest,t,,,7,p. 1\n",
        "utf-8",
    )
    assert _chosen(_run(tmp_path, STEEL, "SE", "./own.yaml", more=""))[1] == 214
    refused = _run(tmp_path, STEEL, "SE", "./own.yaml", gwp="AR6", more="")
    assert "under AR5, inventory is AR6" in refused.diagnostics[0].notes[0]
    accepted = "accept: [{gap: other_gwp_set, reason: in one sum}]\n"
    run = _run(tmp_path, STEEL, "SE", "./own.yaml", gwp="AR6", more=accepted)
    assert _chosen(run)[1] == 214
    path = tmp_path / "company.yaml"
    made = command.run("compute", path, "--format", "xlsx", "-o", tmp_path / "i.xlsx")
    assert made.exit_code == 0, made.stderr


def test_a_sum_alone_is_a_total_and_beside_a_total_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN, "utf-8")
    table = tmp_path / "own.csv"
    table.write_text(
        "id,category,per,CO2e:unspecified [kg],locator\nsteam,purchased_steam,GJ,70,p. 1\n", "utf-8"
    )
    line = "facility: austin, category: purchased_steam, quantity: 2 GJ"
    refused = _run(tmp_path, line, packs="./own.yaml", more="").diagnostics
    assert any("CO2e printed without its gases" in "".join(each.notes) for each in refused)
    table.write_text(
        "id,category,item,per,CO2e [kg],CO2e:unspecified [kg],locator\n"
        "steel,purchased_goods_and_services,steel,t,100,7,p. 1\n",
        "utf-8",
    )
    found = _run(tmp_path, STEEL, packs="./own.yaml", more="").diagnostics
    assert "conflicting-keys" in {each.code for each in found}


# ---- the importer -----------------------------------------------------------------------------

HEAD = [
    "Region", "Sector", "Year", "Unit", "ReferenceCurrency", "PriceType", "Flowable", "Context",
    "FlowUUID", "FlowAmount", "BaseIOLevel",
]  # fmt: skip
FLOWS = {
    "Carbon dioxide": "kg", "Methane": "kg", "Nitrous oxide": "kg", "Sulfur hexafluoride": "kg",
    "HFCs and PFCs, unspecified": "kg CO2e",
}  # fmt: skip
REGIONS = {"CN": "CN", "JP": "JP", "CA": "CA", "MX": "MX", "EU": "DE", "APAC": "KR", "ROW": "BR"}


def _sources(folder: Path, amounts: list[str], change: dict[str, str] | None = None) -> list[Path]:
    told = {"Region": "EU", "Sector": "334413", "Year": "2019", "ReferenceCurrency": "USD",
            "PriceType": "Basic"} | (change or {})  # fmt: skip
    flows = [
        {**told, "Unit": told.get("Unit", unit), "Flowable": name, "FlowAmount": amount}
        for (name, unit), amount in zip(FLOWS.items(), amounts, strict=True)
    ]
    factors = folder / "Regional_detail_import_factors_exiobase_2019_17sch.csv"
    with factors.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEAD, restval="x")
        writer.writeheader()
        writer.writerows(flows)
    countries = folder / "country_to_region_concordance.csv"
    lines = [f"{code},{code},{region}" for region, code in REGIONS.items()]
    countries.write_text("\n".join(["Country,ISO Code,Region", *lines, "Namibia,,ROW", "All,,"]))
    industries = folder / "SupplyChainGHGEmissionFactors_v1.3.0_NAICS_CO2e_USD2022.csv"
    industries.write_text(
        "2017 NAICS Code,2017 NAICS Title,Reference USEEIO Code\n334413,Semiconductors,334413\n"
    )
    return [factors, countries, industries]


def test_the_importer_copies_figures_in_full(tmp_path: Path) -> None:
    amounts = ["0.27", "1e-3", "2.5e-05", "6.3078822521686755e-09", "0.01"]
    IMPORTERS["epa-import"](_sources(tmp_path, amounts), tmp_path / "pack")
    with (tmp_path / "pack" / "spend.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row == {
        "id": "bea_334413.epa_eu", "name": "Semiconductors, Europe", "item": "bea_334413",
        "region": "EPA-EU", "CO2 [kg]": "0.27", "CH4 [kg]": "0.001", "N2O [kg]": "0.000025",
        "CO2e:unspecified [kg]": "0.01", "SF6 [kg]": "0.0000000063078822521686755",
        "locator": "EU 334413, lines 2-6",
    }  # fmt: skip


def test_zeros_of_all_gases_are_no_row(tmp_path: Path) -> None:
    IMPORTERS["epa-import"](_sources(tmp_path, ["0.0"] * 5), tmp_path / "pack")
    assert len((tmp_path / "pack" / "spend.csv").read_text("utf-8").splitlines()) == 1


@pytest.mark.parametrize(
    ("amounts", "change", "message"),
    [
        (["0.0", "1", "1", "1", "1"], {}, "all or none of them 0"),
        (["1"] * 5, {"Region": "Europe"}, "unknown region 'Europe'"),
        (["1"] * 5, {"Unit": "kg"}, "unexpected flow, year or unit"),
        (["1"] * 5, {"Year": "2020"}, "unexpected flow, year or unit"),
        (["1"] * 5, {"PriceType": "Producer"}, "unexpected flow, year or unit"),
        (["1"] * 5, {"Sector": "999999"}, "unknown label '999999'"),
        (["n/a", "1", "1", "1", "1"], {}, "expected a number"),
    ],
)
def test_the_importer_stops_at_a_surprise(
    tmp_path: Path, amounts: list[str], change: dict[str, str], message: str
) -> None:
    with pytest.raises(ImportSourceError, match=message):
        IMPORTERS["epa-import"](_sources(tmp_path, amounts, change), tmp_path / "pack")


def test_the_importer_wants_three_files(tmp_path: Path) -> None:
    files = _sources(tmp_path, ["1"] * 5)
    with pytest.raises(ImportSourceError, match="the concordance of countries"):
        IMPORTERS["epa-import"](files[:2], tmp_path / "pack")
