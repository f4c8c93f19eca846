"""US packs in use: hand-read cells of the publishers, and companies priced by hand."""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from ghgcalc.core.diagnostics import Severity
from ghgcalc.factors.library import open_bundled
from ghgcalc.pipeline.run import Run, compute
from support import command

FACTORS = Path(__file__).parents[3] / "factors"
HEAD = """\
ghgcalc: 1
organization: {{name: X, consolidation_approach: operational_control, gwp_set: {gwp}}}
factor_packs: [{packs}]
facilities:
  austin: {{country: US, region: US-TX, grid: US-ERCT}}
activities:
  line: {{facility: austin, period: {period}, {line}}}
"""
OTHER_GWP = "accept: [{gap: other_gwp_set, reason: the publisher prints CO2e}]\n"


def _rows(table: str) -> dict[str, dict[str, str]]:
    with (FACTORS / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file, strict=True)}


def _run(tmp_path: Path, line: str, packs: str, period: int, gwp: str, more: str = "") -> Run:
    path = tmp_path / "company.yaml"
    path.write_text(HEAD.format(gwp=gwp, packs=packs, period=period, line=line) + more, "utf-8")
    return compute(path)


def _kg(run: Run) -> Fraction:
    errors = [item.message for item in run.diagnostics if item.severity is Severity.ERROR]
    assert run.inventory is not None, errors
    (line,) = run.inventory.lines
    return line.co2e("location_based") * 1000


# ---- the hub --------------------------------------------------------------------------------

HUB = [  # table, row, column, value, cell read by hand
    ("2024/freight", "freight.rail.short_ton_mi", "CO2 [kg]", "0.021893211868107464", "D417"),
    ("2024/freight", "freight.aircraft.short_ton_mi", "CH4 [g]", "0", "E419"),
    ("2024/electricity", "electricity.us_akgd.grid_average", "CO2 [lb]", "1052.114", "E333"),
    ("2024/electricity", "electricity.us.nonbaseload", "N2O [lb]", "0.015", "J360"),
    ("2024/heat", "steam_and_heat.mmbtu", "CO2 [kg]", "66.33", "D402"),
    ("2024/mobile_co2", "mobile.diesel.gal_us", "CO2 [kg]", "10.21", "D107"),
    ("2024/travel", "travel.bus.person_mi", "CO2 [kg]", "0.07070758752734074", "D503"),
    ("2025/freight", "freight.medium_and_heavy_duty_truck.mi", "N2O [g]", "0.0376", "F422"),
    (
        "2025/freight",
        "freight.medium_and_heavy_duty_truck.short_ton_mi",
        "CO2 [kg]",
        "0.186",
        "D425",
    ),
    ("2025/freight", "freight.waterborne_craft.short_ton_mi", "CH4 [g]", "0.031", "E427"),
    ("2025/waste", "waste.hdpe.combusted.short_ton", "CO2e [t]", "2.8", "F441"),
    ("2025/waste", "waste.pla.composted.short_ton", "CO2e [t]", "0.13", "G448"),
    ("2025/waste", "waste.corrugated_containers.landfilled.short_ton", "CO2e [t]", "1", "E449"),
    ("2025/travel", "travel.flight.long_haul.person_mi", "CO2 [kg]", "0.163", "D515"),
    ("2025/travel", "travel.rail.transit.person_mi", "N2O [g]", "0.001", "F511"),
    ("2025/losses", "grid_gross_loss.us_erct", "value", "4.2", "K343"),
]


@pytest.mark.parametrize(("table", "row", "column", "value", "cell"), HUB)
def test_hub_cells(table: str, row: str, column: str, value: str, cell: str) -> None:
    found = _rows(f"epa-hub/{table}")[row]
    assert found[column] == value
    first, _, last = found["locator"].partition("!")[2].partition(":")
    assert first[1:] == cell[1:]
    assert first[0] <= cell[0] <= (last or first)[0]


def test_na_is_no_factor() -> None:
    assert "waste.ldpe.recycled.short_ton" not in _rows("epa-hub/2025/waste")  # D442 says NA
    assert "grid_gross_loss.us_prms" not in _rows("epa-hub/2025/losses")  # K354 is empty


def test_the_hub_agrees_with_our_gwps_where_its_tables_do() -> None:
    """Tables 11 and 12 of the hub of 2025, cells E525 to E555 and D567 to D590."""
    pack = open_bundled("gwp-ar5")
    assert pack is not None
    gwp = {row.cells["gas"]: Decimal(row.cells["gwp"]) for row in pack.rows("gwp")}
    printed = {
        "CH4": 28, "N2O": 265, "HFC-23": 12400, "HFC-32": 677, "HFC-125": 3170, "HFC-134a": 1300,
        "HFC-143a": 4800, "HFC-227ea": 3350, "HFC-43-10mee": 1650, "SF6": 23500, "NF3": 16100,
        "PFC-14": 6630, "PFC-116": 11100, "PFC-318": 9540, "PFC-91-18": 7190,
    }  # fmt: skip
    assert {gas: gwp[gas] for gas in printed} == printed
    blends = open_bundled("refrigerants-ashrae-34-2019")
    assert blends is not None
    kyoto: dict[str, Decimal] = {}
    for row in blends.rows("blends"):
        cells = row.cells
        if cells["component"].startswith(("HFC-", "PFC-")):
            share = Decimal(cells["mass_percent"]) / 100 * gwp[cells["component"]]
            kyoto[cells["blend"]] = kyoto.get(cells["blend"], Decimal(0)) + share
    hub = {"R-404A": 3943, "R-407C": 1624, "R-410A": 1924, "R-507A": 3985, "R-508B": 11698}
    assert {name: round(kyoto[name]) for name in hub} == hub
    assert round(kyoto["R-424A"]) == 2212  # D584 prints 3104, which E584 does not give


def test_a_flight_a_freight_train_and_a_commuter(tmp_path: Path) -> None:
    run = _run(
        tmp_path,
        "category: business_travel, item: flight, vehicle: long_haul, quantity: 10_000 person·mi",
        "epa-hub-2025", 2025, "AR5",
    )  # fmt: skip
    # 10,000 x (0.163 + 28 x 0.0006/1000 + 265 x 0.0052/1000) kg
    assert _kg(run) == Fraction("1643.948")
    run = _run(
        tmp_path,
        "category: upstream_transportation, item: freight, vehicle: rail,"
        " quantity: 2_000 short_ton·mi",
        "epa-hub-2025", 2025, "AR5",
    )  # fmt: skip
    # 2,000 x (0.021 + 28 x 0.0016/1000 + 265 x 0.0005/1000) kg
    assert _kg(run) == Fraction("42.3546")
    run = _run(
        tmp_path,
        "category: employee_commuting, item: rail, vehicle: transit, quantity: 1_609.344 pkm",
        "epa-hub-2025", 2025, "AR5",
    )  # fmt: skip
    # 1,000 passenger-miles x (0.093 + 28 x 0.0075/1000 + 265 x 0.001/1000) kg
    assert _kg(run) == Fraction("93.475")


def test_two_cars_fit_until_one_is_named(tmp_path: Path) -> None:
    line = "category: business_travel, item: car, quantity: 100 mi"
    run = _run(tmp_path, line, "epa-hub-2025", 2025, "AR5")
    (finding,) = [item for item in run.diagnostics if item.severity is Severity.ERROR]
    assert (finding.code, finding.hint) == (
        "ambiguous-factor",
        "state `vehicle:` (light_duty_truck, passenger_car) or pin one with `factor:` on the line",
    )


def test_waste_per_short_ton_rests_on_ar4(tmp_path: Path) -> None:
    line = (
        "category: waste_generated, item: mixed_msw, technology: landfilled,"
        " quantity: 90.718474 t"  # 100 short tons
    )
    refused = _run(tmp_path, line, "epa-hub-2025", 2025, "AR5")
    assert [item.code for item in refused.diagnostics] == ["missing-factor"]
    accepted = _run(tmp_path, line, "epa-hub-2025", 2025, "AR5", OTHER_GWP)
    assert _kg(accepted) == 58_000  # 100 x 0.58 t, cell E477
    assert _kg(_run(tmp_path, line, "epa-hub-2025", 2025, "AR4")) == 58_000


# ---- eGRID ----------------------------------------------------------------------------------


def test_egrid_counts() -> None:
    for year, regions in ((2018, 27), (2019, 28), (2020, 28), (2021, 28), (2022, 28), (2023, 28)):
        for table in ("electricity", "losses"):
            assert len(_rows(f"egrid/{year}/{table}")) == regions
    assert len(_rows("egrid/2022/electricity_other_gases")) == 28
    assert len(_rows("egrid/2023/electricity_other_gases")) == 27  # not of the nation


def test_the_hub_of_2024_prints_the_rates_of_egrid_2022() -> None:
    hub = _rows("epa-hub/2024/electricity")
    for name, row in _rows("egrid/2022/electricity").items():
        assert row["CO2 [lb]"] == hub[name]["CO2 [lb]"]


CO2E_2023 = {  # EPA's own CO2e column of rev2, lb/MWh, AR5
    "US-AKGD": "905.109", "US-AKMS": "522.4", "US-PRMS": "1548.53", "US-ERCT": "736.629",
}  # fmt: skip


@pytest.mark.parametrize(("region", "printed"), CO2E_2023.items())
def test_the_transcribed_gases_give_the_co2e_of_epa(region: str, printed: str) -> None:
    rates = _rows("egrid/2023/electricity")
    (row,) = [one for one in rates.values() if one["region"] == region]
    other = _rows("egrid/2023/electricity_other_gases")[row["with"]]
    sums = Decimal(row["CO2 [lb]"]) + 28 * Decimal(other["CH4 [lb]"])
    sums += 265 * Decimal(other["N2O [lb]"])
    assert abs(sums - Decimal(printed)) <= Decimal("0.1475")


def test_subregion_electricity_of_2021_is_co2_only(tmp_path: Path) -> None:
    line = "category: purchased_electricity, quantity: 10_000 MWh"
    run = _run(tmp_path, line, "egrid", 2021, "AR5")
    # 10,000 x 813.552 lb x 0.45359237 kg
    assert (
        _kg(run)
        == Fraction("3690209.79798240")
        == 10_000 * Fraction("813.552") * Fraction("0.45359237")
    )
    assert run.inventory is not None
    assert any("rows taken of egrid-2021 give no CH4, N2O" in note for note in run.inventory.notes)


def test_rates_of_epas_workbook_in_an_own_pack_go_before_co2_alone(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "pack: own-egrid\ntitle: eGRID2021, made-up CH4 and N2O\nyear_rule: data_year\nfactors:\n"
        "  ercot-2021:\n    {category: purchased_electricity, region: US-ERCT, year: 2021,"
        " per: MWh,\n     gases: {CO2: 813.552 lb, CH4: 0.054 lb, N2O: 0.008 lb}, source: SRL21}\n",
        "utf-8",
    )
    line = "category: purchased_electricity, quantity: 10_000 MWh"
    run = _run(tmp_path, line, "egrid, ./own.yaml", 2021, "AR5")
    # 813.552 + 28 x 0.054 + 265 x 0.008 = 817.184 lb/MWh
    assert _kg(run) == 10_000 * Fraction("817.184") * Fraction("0.45359237")


def test_subregion_electricity_of_2023_has_three_gases(tmp_path: Path) -> None:
    line = "category: purchased_electricity, quantity: 10_000 MWh"
    run = _run(tmp_path, line, "egrid", 2023, "AR5")
    # 733.862 + 28 x 0.043 + 265 x 0.006 = 736.656 lb/MWh
    assert _kg(run) == 10_000 * Fraction("736.656") * Fraction("0.45359237")
    assert run.inventory is not None
    (line_,) = run.inventory.lines
    (part,) = line_.location_based
    assert part.plan.complement is not None
    assert part.plan.complement.evidence.label == "transcription, grade A"
    assert not any("rows taken of" in note for note in run.inventory.notes)


def test_the_average_of_the_nation_is_coarse(tmp_path: Path) -> None:
    path = tmp_path / "company.yaml"
    line = "category: purchased_electricity, quantity: 1 MWh"
    text = HEAD.format(gwp="AR5", packs="egrid", period=2023, line=line)
    path.write_text(text.replace(", region: US-TX, grid: US-ERCT", ""), "utf-8")
    (finding,) = compute(path).diagnostics
    assert finding.code == "missing-factor"
    assert finding.hint.startswith("add `grid:` to the facility, such as `grid: US-…`")


# ---- spend ----------------------------------------------------------------------------------

SPEND = "category: purchased_goods_and_services, item: naics_334413, technology: with_margins"
CHIPS = {  # NAICS 334413 with margins: kg per dollar, GWP of AR5, GWP of AR6
    "CO2": ("0.150", 1, "1"), "CH4": ("0.000300", 28, "27.0"), "N2O": ("0.0000249", 265, "273"),
    "HFC-125": ("0.0000000892", 3170, "3740"), "HFC-134a": ("0.000000146", 1300, "1530"),
    "HFC-143a": ("0.0000000247", 4800, "5810"), "HFC-23": ("0.000000291", 12400, "14600"),
    "HFC-236fa": ("0.000000000288", 8060, "8690"), "HFC-32": ("0.0000000601", 677, "771"),
    "NF3": ("0.000000416", 16100, "17400"), "PFC-116": ("0.000000906", 11100, "12400"),
    "PFC-14": ("0.00000270", 6630, "7380"), "PFC-218": ("0.000000125", 8900, "9290"),
    "PFC-31-10": ("0.000000000591", 9200, "10000"), "PFC-318": ("0.000000119", 9540, "10200"),
    "PFC-51-14": ("0.000000000457", 7910, "8620"), "SF6": ("0.000000350", 23500, "24300"),
}  # fmt: skip


def test_spend_keeps_the_printed_total(tmp_path: Path) -> None:
    run = _run(tmp_path, f"{SPEND}, quantity: 1_000_000 USD", "epa-supply-chain", 2022, "AR5")
    assert _kg(run) == 215_000
    assert run.inventory is not None
    (part,) = run.inventory.lines[0].location_based
    gases = sum(Fraction(kg) * gwp for kg, gwp, _ in CHIPS.values())
    assert part.plan.unspecified == Fraction("0.215") - gases
    assert Fraction("0.0005") < part.plan.unspecified < Fraction("0.0012")  # 0.0007 is printed


def test_spend_under_another_gwp_set_keeps_what_has_no_gas(tmp_path: Path) -> None:
    line = f"{SPEND}, quantity: 1_000_000 USD"
    refused = _run(tmp_path, line, "epa-supply-chain", 2022, "AR6")
    assert [item.code for item in refused.diagnostics] == ["missing-factor"]
    assert "with a part of no stated gas under AR5" in refused.diagnostics[0].notes[0]
    run = _run(tmp_path, line, "epa-supply-chain", 2022, "AR6", OTHER_GWP)
    rest = Fraction("0.215") - sum(Fraction(kg) * gwp for kg, gwp, _ in CHIPS.values())
    gases = sum(Fraction(kg) * Fraction(gwp) for kg, _, gwp in CHIPS.values())
    assert _kg(run) == 1_000_000 * (gases + rest)


def test_spend_of_another_year_or_currency_is_refused(tmp_path: Path) -> None:
    run = _run(tmp_path, f"{SPEND}, quantity: 100 USD", "epa-supply-chain", 2023, "AR5")
    assert "data year 2022, the line needs 2023" in run.diagnostics[0].notes[0]
    run = _run(tmp_path, f"{SPEND}, quantity: 100 EUR", "epa-supply-chain", 2022, "AR5")
    assert run.inventory is None
    assert [item.code for item in run.diagnostics] == ["unit-mismatch"]


def test_every_total_of_spend_is_the_sum_of_its_gases_under_ar5() -> None:
    """1,016 codes x 3, within half of the last printed digit of each figure."""
    pack = open_bundled("gwp-ar5")
    assert pack is not None
    gwp = {row.cells["gas"]: Decimal(row.cells["gwp"]) for row in pack.rows("gwp")}
    rows = _rows("epa-supply-chain/v1.3/spend")
    assert (len(rows), len({row["item"] for row in rows.values()})) == (3048, 1016)

    def half(value: str) -> Decimal:
        exponent = Decimal(value).as_tuple().exponent
        assert isinstance(exponent, int)
        return Decimal(1).scaleb(exponent) / 2

    for name, row in rows.items():
        told = re.fullmatch(r"with (\S+) kg CO2e of HFCs and PFCs, unspecified", row["note"])
        assert told, name
        sums, slack = Decimal(told[1]), half(told[1]) + half(row["CO2e [kg]"])
        masses = {key[:-5]: text for key, text in row.items() if key.endswith(" [kg]")}
        del masses["CO2e"]
        assert len(masses) == 17
        for gas, kg in masses.items():
            sums += Decimal(kg) * gwp[gas]
            slack += half(kg) * gwp[gas]
        assert abs(sums - Decimal(row["CO2e [kg]"])) <= slack, name


def test_margins_add_up() -> None:
    rows = _rows("epa-supply-chain/v1.3/spend")
    for item in {row["item"] for row in rows.values()}:
        total, without, margins = (
            Decimal(rows[f"{item}.{kind}.usd"]["CO2e [kg]"])
            for kind in ("with_margins", "without_margins", "margins_only")
        )
        assert abs(without + margins - total) <= Decimal("0.001"), item


# ---- exchange rates and prices --------------------------------------------------------------


def test_exchange_rates() -> None:
    rates = _rows("fx-fed/2025/annual")
    assert (len(rates), {row["currency"] for row in rates.values()} & {"VEF", "VES"}) == (
        520,
        set(),
    )
    assert rates["cny_per_usd.2023"]["value"] == "7.0809"
    assert rates["aud_per_usd.2000"]["value"] == "1.7197"
    sterling = _rows("fx-fed/2025/sterling")
    assert len(sterling) == 26
    assert {sterling[f"gbp_per_usd.{year}"]["value"] for year in (2023, 2024, 2025)} == {
        "0.8043", "0.7826", "0.7591",
    }  # fmt: skip


def test_price_changes() -> None:
    deflator = _rows("price-index-worldbank/2024/gdp_deflator")
    assert (len(deflator), len(_rows("price-index-worldbank/2024/cpi"))) == (6089, 5602)
    change = Decimal(deflator["gdp_deflator.usa.2023"]["value"])
    # the United States from 2022 to 2023: 121.2816 to 125.6458 where 2015 is 100
    assert abs(Decimal("121.2816") * (1 + change / 100) - Decimal("125.6458")) < Decimal("0.0001")
    # the two series are not each other's
    assert _rows("price-index-worldbank/2024/cpi")["cpi.usa.2022"]["value"] == "8.00279982052121"


def test_the_row_of_the_other_gases_is_named_with_its_own_evidence(tmp_path: Path) -> None:
    line = "category: purchased_electricity, quantity: 10_000 MWh"
    _run(tmp_path, line, "egrid", 2023, "AR5")
    path = tmp_path / "company.yaml"
    told = command.run("explain", path, "line", "--period", "2023")
    assert told.exit_code == 0, told.output
    words = " ".join(told.stdout.split())
    assert "with egrid-2023/ch4_and_n2o.us_erct@1.1 subregion ERCT; transcription, grade A" in words
    machine = command.run("compute", path, "--period", "2023", "--format", "json")
    factors = json.loads(machine.stdout)["factors"]
    assert {one["factor"]: one["evidence"] for one in factors} == {
        "egrid-2023/electricity.us_erct.grid_average": "publisher file",
        "egrid-2023/ch4_and_n2o.us_erct": "transcription, grade A",
    }
