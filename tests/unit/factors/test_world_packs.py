"""Packs of the IPCC, national grids, materials and the UK ETS: each kind of row in use.

The expected tonnes are hand arithmetic from the published figures named in each comment.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ghgcalc.core.diagnostics import Severity
from ghgcalc.pipeline.run import Run, compute
from ghgcalc.views.explain import explain_line

if TYPE_CHECKING:
    from pathlib import Path

TOTALS = [
    {"gap": gap, "reason": "the publisher prints CO2e totals only"}
    for gap in ("co2e_without_gases", "other_gwp_set")
]
# category 3 of the other lines is not what these tests are about
UNDERIVED = {
    "fuel_and_energy_related": {"derive": "off", "reason": "not the point of this test"},
}


def run(folder: Path, packs: list[str], line: dict[str, Any], facility: dict[str, Any],
        *, accept: list[dict[str, Any]] | None = None) -> Run:  # fmt: skip
    data = {
        "ghgcalc": 1,
        "organization": {"name": "X", "gwp_set": "AR5",
                         "consolidation_approach": "operational_control"},
        "factor_packs": packs,
        "scope_3": UNDERIVED,
        "facilities": {"site": facility},
        "activities": {"a": {"facility": "site", **line}},
        **({"accept": accept} if accept else {}),
    }  # fmt: skip
    (folder / "company.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    return compute(folder / "company.yaml")


def tonnes(found: Run) -> Fraction:
    assert found.inventory is not None, [d.message for d in found.diagnostics]
    (line,) = found.inventory.lines
    return line.co2e("location_based")


def power(quantity: str, year: int) -> dict[str, Any]:
    return {"category": "purchased_electricity", "quantity": quantity, "period": year}


def grid(folder: Path, pack: str, region: str, quantity: str, year: int) -> Fraction:
    facility = {"country": region[:2], **({"region": region} if "-" in region else {})}
    return tonnes(run(folder, [pack], power(quantity, year), facility, accept=TOTALS))


@pytest.mark.parametrize(
    ("pack", "region", "mwh", "year", "expected"),
    [
        ("eea", "DE", 1_000, 2023, "329"),  # 329 g/kWh, 2023 edition
        ("eea", "DE", 1_000, 2024, "291"),  # 291 g/kWh, 2024 edition
        # 49.7236376258 kg + 28 × 0.00240894904766 + 265 × 0.00161881376003, and no `accept:` needed
        ("eurostat-derived", "FR", 1_000, 2023, "50.22007384554243"),
        ("eurostat-derived", "GR", 1_000, 2023, "324.67352066036276"),  # Eurostat writes EL
        ("eea-2021", "FI", 1_000, 1990, "188"),  # 188 g/kWh in export 6, 195 in export 5
        ("uba", "DE", 1_000, 2023, "386"),  # 386 g/kWh, p. 21
        ("dcc-vietnam", "VN", 5_000, 2023, "3296"),  # 0.6592 t/MWh
        ("cea-india", "IN", 3_000, 2023, "2187"),  # 0.7290 t/MWh with renewables
        ("gir-korea", "KR", 100, 2022, "43.12"),  # 0.4312, not the average 0.4541
        ("tgo-thailand", "TH", 1_000, 2026, "475"),  # 0.4750, losses inside
        ("st-malaysia", "MY-P", 1_000, 2022, "774"),  # 0.774, not the provisional 0.769
        ("st-malaysia", "MY-12", 1_000, 2024, "539"),  # 0.539, provisional
        ("semarnat-mexico", "MX", 1_000, 2021, "423"),  # 0.423, not shifted by a year
        ("ema-singapore", "SG", 1_000, 2017, "419.2"),  # 0.4192 kg/kWh
        ("nga-australia", "AU-VIC", 1_000, 2026, "740"),  # 0.74 kg/kWh
        ("mfe-new-zealand", "NZ", 1_000, 2024, "99.4"),  # 0.0994 kg/kWh
        ("mcti-brazil", "BR", 1_000, 2023, "38.5"),  # 0.0385 t/MWh
        ("dffe-south-africa", "ZA", 1_000, 2023, "906"),  # NGGEF 0.906, not DGGEF 0.942
        ("etkb-turkiye", "TR", 1_000, 2020, "440"),  # 0.44 t/MWh
        ("moea-taiwan", "TW", 1_000, 2024, "474"),  # announced 14 April 2025
        ("moea-taiwan", "TW", 1_000, 2025, "467"),
        ("ema-singapore", "SG", 1_000, 2024, "402"),
        ("ema-singapore", "SG", 1_000, 2019, "409"),
        ("tgo-thailand", "TH", 1_000, 2023, "499.9"),  # list in force to 2025
        ("ispra-italy", "IT", 1_000, 2024, "194.04"),  # per kWh consumed
        ("moea-taiwan", "TW", 1_000, 2023, "494"),  # 0.494 kg/kWh
        ("moe-japan", "JP", 1_000, 2025, "423"),  # 0.000423 t/kWh, national average
        ("moe-japan", "JP-47", 1_000, 2025, "707"),  # 0.000707 t/kWh, Okinawa
        ("moe-japan", "JP-13", 1_000, 2025, "423"),  # Tokyo: the country is the finest region
    ],
)
def test_a_grid_factor_in_use(
    tmp_path: Path, pack: str, region: str, mwh: int, year: int, expected: str
) -> None:
    assert grid(tmp_path, pack, region, f"{mwh} MWh", year) == Fraction(Decimal(expected))


def test_co2e_without_gases_is_refused_for_scope_2_until_accepted(tmp_path: Path) -> None:
    found = run(tmp_path, ["eea-2024"], power("1 MWh", 2024), {"country": "DE"})
    assert found.inventory is None
    assert any("CO2e" in d.message or any("CO2e" in n for n in d.notes) for d in found.diagnostics)


def test_europe_by_gas_needs_no_acceptance(tmp_path: Path) -> None:
    """Norway, of which the EEA prints nothing for 2023."""
    found = run(tmp_path, ["eurostat-derived"], power("1000 MWh", 2023), {"country": "NO"})
    # 5.86204322143 + 28 × 0.00480536268844 + 265 × 0.000499258461136
    assert tonnes(found) == Fraction(Decimal("6.12889686890736"))
    assert found.inventory is not None
    assert any("derived, grade B" in text for text in map(str, found.inventory.packs))


@pytest.mark.parametrize(
    ("item", "technology", "kg"),
    [
        ("electricity", "", "32.7"),  # 表3: 0.0327 with losses
        ("electricity_t_and_d_without_losses", "", "4.6"),
        ("electricity_life_cycle", "", "577.7"),  # 表1: 0.5777
        ("electricity_life_cycle_by_source", "wind", "32.4"),  # 表2: 0.0324
    ],
)
def test_chinas_footprints_serve_category_3(
    tmp_path: Path, item: str, technology: str, kg: str
) -> None:
    line = {"category": "fuel_and_energy_related", "item": item, "quantity": "1 MWh",
            "period": 2024, **({"technology": technology} if technology else {})}  # fmt: skip
    place = {"country": "CN", "region": "CN-JS"}
    found = run(tmp_path, ["mee-footprint"], line, place, accept=TOTALS[1:])
    assert found.inventory is not None, [d.message for d in found.diagnostics]
    (row,) = found.inventory.lines
    assert row.co2e("location_based") * 1000 == Fraction(kg)


def test_chinas_footprints_never_serve_scope_2(tmp_path: Path) -> None:
    line = {**power("1 MWh", 2024), "factor": "mee-footprint-2024/cn.electricity_life_cycle"}
    found = run(tmp_path, ["mee-footprint"], line, {"country": "CN"}, accept=TOTALS)
    assert found.inventory is None
    assert any("never serves scopes 1 and 2" in d.message for d in found.diagnostics)


def test_italian_gas_is_priced_per_standard_cubic_metre(tmp_path: Path) -> None:
    """50,000 Smc of 2024 × 2.019 t per 1,000 Sm3."""
    line = {**BURN, "fuel": "natural_gas", "quantity": "50000 Sm3", "period": 2024}
    assert tonnes(run(tmp_path, ["mase-italy"], line, {"country": "IT"})) == Fraction("100.95")


def test_australia_asks_for_the_state(tmp_path: Path) -> None:
    found = run(tmp_path, ["nga-australia"], power("1 MWh", 2026), {"country": "AU"},
                accept=TOTALS)  # fmt: skip
    assert found.inventory is None
    texts = [text for d in found.diagnostics for text in (d.message, *d.notes)]
    assert any("coarser than the province values" in text for text in texts)


@pytest.mark.parametrize(
    ("pack", "pin", "country", "words"),
    [
        ("cea-india", "cea-india-v21/in.marginal.combined_margin.2023", "IN", "marginal factor"),
        ("tgo-thailand", "tgo-thailand-2026/th.upstream.2026", "TH", "never serves scopes 1 and 2"),
        ("dffe-south-africa", "dffe-south-africa-2025/za.losses.distribution.2023", "ZA",
         "never serves scopes 1 and 2"),
    ],
)  # fmt: skip
def test_scope_2_refuses_margins_upstream_and_losses(
    tmp_path: Path, pack: str, pin: str, country: str, words: str
) -> None:
    line = {**power("1 MWh", 2023), "factor": pin}
    found = run(tmp_path, [pack], line, {"country": country}, accept=TOTALS)
    assert found.inventory is None
    assert any(words in d.message for d in found.diagnostics), found.diagnostics


JAPAN = {"country": "JP"}
BURN = {"category": "stationary_combustion", "period": 2025}


@pytest.mark.parametrize(
    ("packs", "line", "expected"),
    [
        # 10 kL × 2.62; 1,000 L of A heavy oil × 2.75 t/kL; 5 t × 2.79
        (["moe-japan-fuels"], {**BURN, "category": "mobile_combustion", "fuel": "diesel",
                               "quantity": "10 kL"}, "26.2"),
        (["moe-japan-fuels"], {**BURN, "fuel": "fuel_oil", "technology": "a",
                               "quantity": "1000 L"}, "2.75"),
        (["moe-japan-fuels"], {**BURN, "fuel": "lng", "quantity": "5 t"}, "13.95"),
        # 1,000 person days × 1.219872 kg; 10,000 tkm × 0.000039 t
        (["moe-japan-scope3"], {"category": "employee_commuting", "item": "commuting_day",
                                "technology": "factory.large_city", "period": 2025,
                                "quantity": "1000 person·d"}, "1.219872"),
        (["moe-japan-scope3"], {"category": "upstream_transportation", "item": "freight",
                                "vehicle": "ship", "technology": "other", "period": 2025,
                                "quantity": "10000 tkm"}, "0.39"),
    ],
)  # fmt: skip
def test_japans_fuels_commuting_and_freight(
    tmp_path: Path, packs: list[str], line: dict[str, Any], expected: str
) -> None:
    assert tonnes(run(tmp_path, packs, line, JAPAN)) == Fraction(Decimal(expected))


OTHER = [{"gap": "other_publisher_property", "reason": "no density on the delivery note"}]


@pytest.mark.parametrize(
    ("packs", "line", "facility", "expected"),
    [
        # 1,000 L × 0.870 kg × 43.0 TJ/Gg × (74,100 kg + 28 × 3 kg + 265 × 0.6 kg)/TJ
        (["ipcc-2006", "unsd"], {**BURN, "fuel": "diesel", "sector": "manufacturing",
                                 "quantity": "1000 L"}, {"country": "VN"}, "2.78117163"),
        # 1,000 L × 0.740 kg × 43.07 GJ/t × 18.9 t C/TJ × 98 % × 44/12
        (["gbt-32151-34", "unsd"], {**BURN, "category": "mobile_combustion", "fuel": "petrol",
                                    "quantity": "1000 L"}, {"country": "CN"}, "2.1645414252"),
    ],
)  # fmt: skip
def test_litres_by_a_printed_density(
    tmp_path: Path, packs: list[str], line: dict[str, Any], facility: dict[str, Any], expected: str
) -> None:
    assert run(tmp_path, packs, line, facility).inventory is None  # the gap is not accepted
    found = run(tmp_path, packs, line, facility, accept=OTHER)
    assert tonnes(found) == Fraction(Decimal(expected))
    assert found.inventory is not None
    steps = found.inventory.lines[0].location_based[0].plan.steps
    assert "Energy Statistics Yearbook 2009" in str(steps)


def test_hints_name_packs_with_the_fuel_property_that_lacks(tmp_path: Path) -> None:
    """Worldwide ones leave out those of other countries; no pack knows a litre of coal."""
    says = {}
    for fuel, quantity in (
        ("diesel", "1 L"),
        ("natural_gas", "1 kWh gross"),
        ("anthracite", "1 L"),
    ):
        line = {**BURN, "fuel": fuel, "sector": "manufacturing", "quantity": quantity}
        (finding,) = run(tmp_path, ["ipcc-2006"], line, {"country": "DE"}).diagnostics
        says[fuel] = (finding.hint or "").rpartition("; or ")[2]
    end = "to `factor_packs` for the fuel properties printed there"
    assert says["diesel"] == f"add `unsd` {end}"
    assert says["natural_gas"] == f"add `desnz` {end}"
    assert end not in says["anthracite"]


IN_SHANGHAI = {"country": "CN", "region": "CN-SH"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # 1,000 GJ × 0.06 t in Shanghai; 10,000 tkm × 0.0978 kg; 20,000 CNY × 0.5047 t per 10,000
        ({"category": "purchased_heat", "quantity": "1000 GJ", "period": 2025}, "60"),
        ({"category": "upstream_transportation", "item": "freight", "vehicle": "truck_heavy",
          "technology": "diesel", "quantity": "10000 tkm", "period": 2024}, "0.978"),
        ({"category": "business_travel", "item": "taxi", "technology": "average",
          "quantity": "20000 CNY", "period": 2024}, "1.0094"),
        # 5,000 pkm × 0.0204 kg; 10 nights × 66.52 kg; 2 t × 650.86 kg; 100 kWh × 73.51 kg
        ({"category": "business_travel", "item": "rail", "vehicle": "high_speed",
          "quantity": "5000 pkm", "period": 2024}, "0.102"),
        ({"category": "business_travel", "item": "hotel", "quantity": "10 nights",
          "period": 2024}, "0.6652"),
        ({"category": "fuel_and_energy_related", "fuel": "diesel", "quantity": "2 t",
          "period": 2024}, "1.30172"),
        ({"category": "purchased_goods_and_services", "quantity": "100 kWh", "period": 2021,
          "item": "lithium_iron_phosphate_battery_pack"}, "7.351"),
        # 3 t × 2,310 kg
        ({"category": "purchased_goods_and_services", "item": "hot_rolled_steel",
          "technology": "wide_strip", "quantity": "3 t", "period": 2022}, "6.93"),
    ],
)  # fmt: skip
def test_chinese_heat_freight_trips_and_goods(
    tmp_path: Path, line: dict[str, Any], expected: str
) -> None:
    found = run(tmp_path, ["cpcd"], line, IN_SHANGHAI, accept=TOTALS)
    assert tonnes(found) == Fraction(Decimal(expected))


MANUFACTURE = {"category": "process_emissions", "period": 2024}


@pytest.mark.parametrize(
    ("packs", "line", "expected"),
    [
        # 1 000 t × 0.52
        (["ipcc-2006"], {**MANUFACTURE, "item": "cement_clinker", "technology": "with_ckd",
                         "quantity": "1000 t"}, "520"),
        # 10 t × 1.58 of 2019, 1.46 of 2006
        (["ipcc-2019"], {**MANUFACTURE, "item": "steel", "technology": "basic_oxygen_furnace",
                         "quantity": "10 t"}, "15.8"),
        (["ipcc-2006"], {**MANUFACTURE, "item": "steel", "technology": "basic_oxygen_furnace",
                         "quantity": "10 t"}, "14.6"),
        # 100 t × 0.51 t + 8.9 kg CH4 × 28
        (["ipcc-2019"], {**MANUFACTURE, "item": "coke", "technology": "by_product_recovery",
                         "quantity": "100 t"}, "51.2492"),
        # 100 m2 × (0.9×6630 + 1.0×11100 + 0.04×12400 + 0.05×8900 + 0.04×16100 + 0.2×23500) kg
        (["ipcc-2006"], {**MANUFACTURE, "item": "semiconductor_manufacturing",
                         "quantity": "100 m2"}, "2335.2"),
        # 100 t wet: 400 kg CH4 × 28 + 24 kg N2O × 265
        (["ipcc-2006"], {**MANUFACTURE, "item": "composting", "technology": "wet_waste",
                         "quantity": "100 t"}, "17.56"),
        # 1 000 kg BOD × 0.3 kg CH4 × 28
        (["ipcc-2019"], {**MANUFACTURE, "category": "waste_generated",
                         "item": "domestic_wastewater_bod", "technology": "septic_tank",
                         "quantity": "1000 kg"}, "8.4"),
        # 10 000 GJ × 0.11
        (["gbt-32150"], {"category": "purchased_heat", "quantity": "10000 GJ", "period": 2024},
         "1100"),
        # 10 t × 1.92, data year 2023; 2 kg × 260; 1 TB × 65 g/GB
        (["worldsteel"], {"category": "purchased_goods_and_services", "item": "crude_steel",
                          "quantity": "10 t", "period": 2023}, "19.2"),
        (["nuss-eckelman"], {"category": "purchased_goods_and_services",
                             "item": "tantalum_powder", "quantity": "2 kg", "period": 2024},
         "0.52"),
        (["act"], {"category": "purchased_goods_and_services", "item": "dram",
                   "technology": "ddr4_10nm", "quantity": "1 TB", "period": 2024}, "0.065"),
        # 1 m2 of wafer = 10 000 cm2 × 500 g
        (["act"], {"category": "purchased_goods_and_services", "item": "logic_wafer_raw_materials",
                   "technology": "5nm", "quantity": "1 m2", "period": 2024}, "5"),
        (["iai"], {"category": "purchased_goods_and_services", "item": "primary_aluminium",
                   "quantity": "2 t", "period": 2022}, "30.2"),
    ],
)  # fmt: skip
def test_a_row_in_use(
    tmp_path: Path, packs: list[str], line: dict[str, Any], expected: str
) -> None:
    found = run(tmp_path, packs, line, {"country": "CN", "region": "CN-JS"}, accept=TOTALS)
    assert tonnes(found) == Fraction(Decimal(expected))


def test_losses_and_upstream_are_scope_3(tmp_path: Path) -> None:
    line = {"category": "fuel_and_energy_related", "item": "electricity",
            "technology": "distribution", "quantity": "1000 MWh", "period": 2023}  # fmt: skip
    losses = run(tmp_path, ["dffe-south-africa"], line, {"country": "ZA"}, accept=TOTALS)
    assert tonnes(losses) == 62  # 0.062 t/MWh
    line = {"category": "fuel_and_energy_related", "item": "electricity_wtt_generation",
            "quantity": "1000 MWh", "period": 2026}  # fmt: skip
    upstream = run(tmp_path, ["tgo-thailand"], line, {"country": "TH"}, accept=TOTALS)
    assert tonnes(upstream) == Fraction("81.2")


def test_uk_ets_fuel_by_industry(tmp_path: Path) -> None:
    line = {"category": "stationary_combustion", "fuel": "petroleum_coke",
            "sector": "cement_industry", "quantity": "1 TJ net", "period": 2025}  # fmt: skip
    found = run(tmp_path, ["uk-ets"], line, {"country": "GB"})
    assert tonnes(found) == Fraction(Decimal("93.08904338079573"))
    del line["sector"]
    assert run(tmp_path, ["uk-ets"], line, {"country": "GB"}).inventory is None


def leak(folder: Path, rate: str, rates: str = "ipcc-2006/industrial_refrigeration") -> Run:
    line = {"category": "fugitive_emissions", "gas": "R-404A", "period": 2024,
            "leakage": {"charge": "120 kg", "annual_rate": rate, "rates": rates}}  # fmt: skip
    return run(folder, ["ipcc-2006"], line, {"country": "GB"})


def test_a_leak_rate_within_the_published_range_is_named(tmp_path: Path) -> None:
    found = leak(tmp_path, "15%")
    # 18 kg × (0.44×3170 + 0.52×4800 + 0.04×1300)
    assert tonnes(found) == Fraction(Decimal("70.9704"))
    assert not [d for d in found.diagnostics if d.severity is not Severity.NOTE]
    assert found.inventory is not None
    shown = explain_line(found.inventory, found.inventory.lines[0], ("location_based",), {})
    (note,) = [text for label, text in shown.facts if label == "leak rate"]
    assert note.startswith("annual rate 15%; published 7–25% (ipcc-2006/industrial_refrigeration")
    assert "Table 7.9" in note


@pytest.mark.parametrize("rate", ["6.99%", "25.01%"])
def test_a_leak_rate_outside_is_warned_of_and_still_counts(tmp_path: Path, rate: str) -> None:
    found = leak(tmp_path, rate)
    (warning,) = [d for d in found.diagnostics if d.severity is Severity.WARNING]
    assert warning.code == "leak-rate-outside"
    assert "7–25%" in warning.message
    assert "Table 7.9" in warning.message
    share = Fraction(Decimal(rate.removesuffix("%"))) / 100
    assert tonnes(found) == 120 * share * Fraction(Decimal("3942.8")) / 1000


@pytest.mark.parametrize("rate", ["7%", "25%"])
def test_the_ends_of_the_range_belong_to_it(tmp_path: Path, rate: str) -> None:
    assert not [d for d in leak(tmp_path, rate).diagnostics if d.severity is Severity.WARNING]


def test_unknown_published_rates_are_an_error(tmp_path: Path) -> None:
    found = leak(tmp_path, "15%", "ipcc-2006/industrial_refrigerators")
    assert found.inventory is None
    (error,) = [d for d in found.diagnostics if d.severity is Severity.ERROR]
    assert error.code == "unknown-factor"
    assert "ipcc-2006/industrial_refrigeration" in (error.hint or "")


def test_a_published_value_without_a_range_is_shown_and_binds_nobody(tmp_path: Path) -> None:
    found = leak(tmp_path, "1%", "ipcc-2006/sf6_sealed_pressure_europe")
    assert found.inventory is not None
    assert not [d for d in found.diagnostics if d.severity is Severity.WARNING]
    assert found.inventory.lines[0].notes[0].startswith("annual rate 1%; published 0.2% (")
