"""Ten mistakes that other calculators make without a word, each as a test through the library."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.core.diagnostics import Severity
from ghgcalc.inventory.inventory import Inventory
from ghgcalc.pipeline.run import Run, compute

HEAD = """\
ghgcalc: 1
organization:
  name: Trap
  consolidation_approach: operational_control
  gwp_set: {gwp}
factor_packs: [{packs}]
accept:
  - gap: co2e_without_gases
    reason: the table prints CO2e only
facilities:
  plant:
    country: {country}
"""
GRID = """\
pack: own
title: Grid factors
gwp_set: AR5
factors:
  grid:
    {category: purchased_electricity, kind: grid_average, region: DE, per: kWh,
     gases: {CO2e: 0.35 kgCO2e}}
"""
RESIDUAL = """\
  residual:
    {category: purchased_electricity, kind: residual_mix, region: DE, per: kWh,
     gases: {CO2e: 0.72 kgCO2e}}
"""
POWER = """\
activities:
  power:
    facility: plant
    category: purchased_electricity
    quantity: 1 MWh
    period: 2024
"""


def run_of(
    folder: Path,
    body: str,
    *,
    own: str = "",
    packs: str = "",
    gwp: str = "AR5",
    country: str = "DE",
) -> Run:
    packs = packs or ("./own.yaml" if own else "")
    head = HEAD.format(gwp=gwp, packs=packs, country=country)
    if not packs:
        head = head.replace("factor_packs: []\n", "")
    (folder / "company.yaml").write_text(head + body, "utf-8")
    if own:
        (folder / "own.yaml").write_text(own, "utf-8")
    return compute(folder / "company.yaml", period="2024")


def inventory_of(folder: Path, body: str, **options: str) -> Inventory:
    run = run_of(folder, body, **options)
    assert run.inventory is not None, [f"{d.code}: {d.message}" for d in run.diagnostics]
    return run.inventory


def errors_of(folder: Path, body: str, **options: str) -> list[str]:
    run = run_of(folder, body, **options)
    found = [d.code for d in run.diagnostics if d.severity is Severity.ERROR and not d.supposing]
    assert (run.inventory is None) == bool(found)
    return found


def line(category: str, *lines: str) -> str:
    keys = "".join(f"    {text}\n" for text in (f"category: {category}", *lines, "period: 2024"))
    return "activities:\n  line:\n    facility: plant\n" + keys


# ---- 1 CO2e shares used as gas masses --------------------------------------------------------


def test_co2e_shares_are_never_gas_masses(tmp_path: Path) -> None:
    # 0.97 + 0.01 + 0.002 kg CO2e: read as kg of gas they would weigh 0.97 + 0.28 + 0.53 = 1.78
    own = GRID.replace(
        "{CO2e: 0.35 kgCO2e}", "{CO2: 0.97 kgCO2e, CH4: 0.01 kgCO2e, N2O: 0.002 kgCO2e}"
    )
    inventory = inventory_of(tmp_path, POWER, own=own)
    assert inventory.totals.scope_2[LOCATION] == Fraction("0.982")
    masses = {rate.gas: rate.kg for rate in inventory.lines[0].location_based[0].plan.gases}
    assert masses["CH4"] == Fraction("0.01") / 28 * 1000
    assert masses["N2O"] == Fraction("0.002") / 265 * 1000


def test_co2e_total_is_not_carbon_dioxide(tmp_path: Path) -> None:
    # a total alone is never split: all of it is `unspecified`
    inventory = inventory_of(tmp_path, POWER, own=GRID)
    plan = inventory.lines[0].location_based[0].plan
    assert plan.gases == ()
    assert plan.groups() == {"unspecified": Fraction(350)}


def test_published_gas_columns_keep_the_printed_total(tmp_path: Path) -> None:
    # UK 2024: 0.20705 kg CO2e/kWh printed in total, gases as CO2e; AR5 inventory: 207.05 kg
    inventory = inventory_of(tmp_path, POWER, packs="desnz", country="GB")
    assert inventory.totals.scope_2[LOCATION] == Fraction("0.20705")


# ---- 2 unit ignored --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quantity", "kilograms"),
    [
        ("1 t", "446"),
        ("1_000 kg", "446"),
        ("1_000 lb", "202.30219702"),
        ("1 short_ton", "404.60439404"),
    ],
)
def test_the_unit_decides(tmp_path: Path, quantity: str, kilograms: str) -> None:
    # 446 kg/t; 1,000 lb are 453.59237 kg: 0.45359237 x 446 = 202.30219702 kg
    inventory = inventory_of(
        tmp_path,
        line(
            "waste_generated",
            "item: waste",
            f"quantity: {quantity}",
            "gwp_set: AR5",
            "emission_rate: {CO2e: 446 kgCO2e/t}",
        ),
    )
    assert inventory.totals.scope_3 * 1000 == Fraction(kilograms)


@pytest.mark.parametrize(
    ("quantity", "code"),
    [
        ("1_000 bananas", "unknown-unit"),
        ("1_000 L", "unit-mismatch"),
        ("1_000", "missing-unit"),
        ("1_000 tons", "unit-ambiguous"),
        ("1_000 gallons", "unit-ambiguous"),
    ],
)
def test_a_wrong_unit_is_an_error(tmp_path: Path, quantity: str, code: str) -> None:
    assert errors_of(
        tmp_path,
        line(
            "waste_generated",
            "item: waste",
            f"quantity: {quantity}",
            "gwp_set: AR5",
            "emission_rate: {CO2e: 446 kgCO2e/t}",
        ),
    ) == [code]


# ---- 3 silent fallback of region, year, country ----------------------------------------------


def test_no_foreign_country_in_silence(tmp_path: Path) -> None:
    assert errors_of(tmp_path, POWER, own=GRID, country="XX") == ["missing-factor"]


def test_no_other_year_in_silence(tmp_path: Path) -> None:
    own = GRID.replace("gwp_set: AR5\n", "gwp_set: AR5\nyear_rule: data_year\nyear: 2023\n")
    assert errors_of(tmp_path, POWER, own=own) == ["missing-factor"]


def test_no_country_value_for_an_unknown_province(tmp_path: Path) -> None:
    # mee-china publishes provinces; a Chinese site without one must not become the national mean
    body = POWER.replace("period: 2024", "period: 2024\n    factor_year: 2023")
    assert errors_of(tmp_path, body, packs="mee-china", country="CN") == ["missing-factor"]


# ---- 4 misspelled field ----------------------------------------------------------------------


@pytest.mark.parametrize("misspelled", ["travel_mode: flight", "contry: DE", "quantitty: 1 MWh"])
def test_a_misspelled_key_is_an_error(tmp_path: Path, misspelled: str) -> None:
    body = POWER.replace("    period:", f"    {misspelled}\n    period:")
    assert errors_of(tmp_path, body, own=GRID) == ["unknown-key"]


def test_a_misspelled_key_of_the_facility_is_an_error(tmp_path: Path) -> None:
    body = "  other:\n    country: DE\n    regoin: BY\n" + POWER
    assert errors_of(tmp_path, body, own=GRID) == ["unknown-key"]


def test_a_misspelled_category_or_gas_is_an_error(tmp_path: Path) -> None:
    assert errors_of(tmp_path, POWER.replace("purchased_e", "purchase_e"), own=GRID) == [
        "unknown-value"
    ]
    assert errors_of(tmp_path, line("fugitive_emissions", "gas: HFC-143x", "quantity: 1 kg")) == [
        "unknown-gas"
    ]


@pytest.mark.parametrize(
    ("category", "keys"),
    [
        ("fugitive_emissions", ("gas: SF6", "quantity: 1 kg", "emission_rate: {CO2: 2 kg/kg}")),
        (
            "process_emissions",
            ("item: x", "quantity: 1 kg", "emission_rate: {CO2: 2 kg/kg}", "factor: own/x"),
        ),
    ],
    ids=["gas-and-rate", "rate-and-pin"],
)
def test_a_key_that_cannot_take_effect_is_an_error(
    tmp_path: Path, category: str, keys: tuple[str, ...]
) -> None:
    assert errors_of(tmp_path, line(category, *keys))


# ---- 5 zero market factor treated as missing -------------------------------------------------

INSTRUMENT = """\
instruments:
  green:
    type: GO
    market: DE
    volume: 1 MWh
    emission_rate: {CO2: 0 kg/MWh}
    generated: 2024
    criteria_met: {1: a, 2: a, 3: a, 4: a, 5: a}
"""


def test_a_zero_instrument_rate_is_zero(tmp_path: Path) -> None:
    inventory = inventory_of(tmp_path, POWER + INSTRUMENT, own=GRID + RESIDUAL)
    assert inventory.totals.scope_2 == {LOCATION: Fraction("0.35"), MARKET: 0}


def test_a_zero_supplier_rate_is_zero(tmp_path: Path) -> None:
    body = (
        POWER.replace("    period:", "    supplier: hydro\n    period:")
        + """\
suppliers:
  hydro:
    market: DE
    rates:
      2024:
        emission_rate: {CO2e: 0 kgCO2e/MWh}
        criteria_met: {1: a, 2: a, 3: a, 4: a, 5: a, 6: a}
"""
    )
    inventory = inventory_of(tmp_path, body, own=GRID + RESIDUAL)
    assert inventory.totals.scope_2 == {LOCATION: Fraction("0.35"), MARKET: 0}


def test_a_zero_factor_is_a_factor(tmp_path: Path) -> None:
    inventory = inventory_of(tmp_path, POWER, own=GRID.replace("0.35", "0"))
    assert inventory.totals.scope_2 == {LOCATION: 0, MARKET: 0}


# ---- 6 market-based as a copy of location-based ----------------------------------------------


def test_market_based_takes_the_residual_mix(tmp_path: Path) -> None:
    inventory = inventory_of(tmp_path, POWER, own=GRID + RESIDUAL)
    assert inventory.totals.scope_2 == {LOCATION: Fraction("0.35"), MARKET: Fraction("0.72")}
    assert not any("no residual mix" in note for note in inventory.notes)


def test_a_market_based_copy_is_disclosed(tmp_path: Path) -> None:
    inventory = inventory_of(tmp_path, POWER, own=GRID)
    assert inventory.totals.scope_2 == {LOCATION: Fraction("0.35"), MARKET: Fraction("0.35")}
    assert any("no residual mix for DE, 2024" in note for note in inventory.notes)


def test_a_pinned_grid_average_does_not_replace_the_residual_mix(tmp_path: Path) -> None:
    body = POWER.replace("    period:", "    factor: own/grid\n    period:")
    inventory = inventory_of(tmp_path, body, own=GRID + RESIDUAL)
    assert inventory.totals.scope_2 == {LOCATION: Fraction("0.35"), MARKET: Fraction("0.72")}


# ---- 7 AR4 blends in an AR5 table ------------------------------------------------------------


@pytest.mark.parametrize(
    ("blend", "gwp", "kilograms"),
    [
        # from HFC-32 675/677/771, HFC-125 3500/3170/3740, HFC-134a 1430/1300/1530,
        # HFC-143a 4470/4800/5810
        ("R-410A", "AR4", "2087.5"),
        ("R-410A", "AR5", "1923.5"),
        ("R-410A", "AR6", "2255.5"),
        ("R-404A", "AR4", "3921.6"),
        ("R-404A", "AR5", "3942.8"),
        ("R-404A", "AR6", "4728"),
        # 0.2 x 677 + 0.4 x 3170 + 0.4 x 1300 = 135.4 + 1268 + 520
        ("R-407A", "AR4", "2107"),
        ("R-407A", "AR5", "1923.4"),
        ("R-407A", "AR6", "2262.2"),
        # 0.23 x 677 + 0.25 x 3170 + 0.52 x 1300 = 155.71 + 792.5 + 676
        ("R-407C", "AR4", "1773.85"),
        ("R-407C", "AR5", "1624.21"),
        ("R-407C", "AR6", "1907.93"),
        ("R-507A", "AR4", "3985"),
        ("R-507A", "AR5", "3985"),
        ("R-507A", "AR6", "4775"),
    ],
)
def test_blends_follow_the_gwp_set(tmp_path: Path, blend: str, gwp: str, kilograms: str) -> None:
    inventory = inventory_of(
        tmp_path, line("fugitive_emissions", f"gas: {blend}", "quantity: 1 kg"), gwp=gwp
    )
    assert inventory.totals.scope_1 * 1000 == Fraction(kilograms)


# ---- 8 biogenic CO2 inside the scope ---------------------------------------------------------


def test_biogenic_co2_stays_outside_every_total(tmp_path: Path) -> None:
    inventory = inventory_of(
        tmp_path,
        line(
            "stationary_combustion",
            "fuel: wood",
            "quantity: 10 t",
            "emission_rate: {CO2_biogenic: 1.5 t/t, CH4: 0.3 kg/t, N2O: 0.04 kg/t}",
        ),
    )
    assert inventory.totals.scope_1 == Fraction("0.19")
    assert inventory.totals.all_scopes(MARKET) == Fraction("0.19")
    assert inventory.totals.biogenic_co2 == 15


def test_co2_of_a_biogenic_fuel_is_not_counted_as_fossil(tmp_path: Path) -> None:
    # `CO2` stated for wood must be refused or put outside; it may not enter Scope 1
    run = run_of(
        tmp_path,
        line(
            "stationary_combustion", "fuel: wood", "quantity: 10 t", "emission_rate: {CO2: 1.5 t/t}"
        ),
    )
    assert run.inventory is None or run.inventory.totals.scope_1 == 0


def test_bundled_biomass_keeps_its_co2_outside(tmp_path: Path) -> None:
    inventory = inventory_of(
        tmp_path,
        line("stationary_combustion", "fuel: wood_pellets", "quantity: 1 t"),
        packs="desnz",
        country="GB",
    )
    assert inventory.totals.biogenic_co2 > 1 > 10 * inventory.totals.scope_1 > 0


# ---- 9 negative or infinite quantities -------------------------------------------------------


@pytest.mark.parametrize(
    ("quantity", "code"),
    [
        ("-1 MWh", "negative-quantity"),
        ("inf MWh", "not-a-number"),
        (".inf MWh", "not-a-number"),
        ("nan MWh", "not-a-number"),
        ("1e400 MWh", "number-out-of-range"),
        ("1,000 MWh", "not-a-number"),
        ("１ MWh", "not-a-number"),
        ("1e16 MWh", "number-out-of-range"),
    ],
)
def test_impossible_quantities_are_errors(tmp_path: Path, quantity: str, code: str) -> None:
    body = POWER.replace("1 MWh", f'"{quantity}"')
    assert errors_of(tmp_path, body, own=GRID) == [code]


@pytest.mark.parametrize(
    "key",
    [
        "gas_masses: {SF6: -1 kg}",
        "gas: SF6\n    quantity: -1 kg",
        "gas: SF6\n    mass_balance: {inventory_start: 1 kg, inventory_end: 2 kg}",
        "gas: SF6\n    leakage: {charge: -10 kg, annual_rate: 10%}",
    ],
)
def test_negative_emissions_are_errors(tmp_path: Path, key: str) -> None:
    found = errors_of(tmp_path, line("fugitive_emissions", key))
    assert found
    assert set(found) <= {"negative-quantity", "negative-emission"}


RATE = "    emission_rate: {{CO2: {}}}\n    period:"
SUPPLIER = """\
suppliers:
  hydro:
    market: DE
    rates:
      2024:
        emission_rate: {CO2: -5 kg/MWh}
        criteria_met: {1: a, 2: a, 3: a, 4: a, 5: a, 6: a}
"""


def test_a_negative_rate_of_a_line_is_an_error(tmp_path: Path) -> None:
    assert errors_of(tmp_path, POWER.replace("    period:", RATE.format("-0.5 kg/kWh")))


def test_a_negative_factor_is_an_error(tmp_path: Path) -> None:
    assert errors_of(tmp_path, POWER, own=GRID.replace("0.35", "-0.35"))


def test_a_negative_rate_of_an_instrument_is_an_error(tmp_path: Path) -> None:
    assert errors_of(tmp_path, POWER + INSTRUMENT.replace("0 kg", "-100 kg"), own=GRID)


def test_a_negative_rate_of_a_supplier_is_an_error(tmp_path: Path) -> None:
    body = POWER.replace("    period:", "    supplier: hydro\n    period:")
    assert errors_of(tmp_path, body + SUPPLIER, own=GRID)


def test_a_negative_reported_figure_is_an_error(tmp_path: Path) -> None:
    assert errors_of(tmp_path, line("process_emissions", "reported: -5 tCO2e", "gwp_set: AR5"))


@pytest.mark.parametrize("density", ["0 kg/L", "-0.84 kg/L"])
def test_an_impossible_density_is_a_finding_not_a_crash(tmp_path: Path, density: str) -> None:
    assert errors_of(
        tmp_path,
        line(
            "mobile_combustion",
            "fuel: diesel",
            "quantity: 1 t",
            f"fuel_properties: {{density: {density}}}",
            "emission_rate: {CO2: 2.6 kg/L}",
        ),
    )


def test_a_rate_per_nothing_is_a_finding_not_a_crash(tmp_path: Path) -> None:
    assert errors_of(tmp_path, POWER.replace("    period:", RATE.format("1 kg/0 kWh")))


# ---- 10 two equal runs differ ----------------------------------------------------------------


def test_two_equal_runs_are_equal(tmp_path: Path) -> None:
    first = run_of(tmp_path, POWER + INSTRUMENT, own=GRID + RESIDUAL)
    second = run_of(tmp_path, POWER + INSTRUMENT, own=GRID + RESIDUAL)
    assert repr(first.inventory) == repr(second.inventory)
    assert first.diagnostics == second.diagnostics


def test_the_order_of_lines_changes_nothing(tmp_path: Path) -> None:
    entries = [
        f"  l{n}:\n    facility: plant\n    category: purchased_electricity\n"
        f"    quantity: {n}.1 MWh\n    period: 2024\n"
        for n in range(1, 8)
    ]
    one = inventory_of(tmp_path, "activities:\n" + "".join(entries) + INSTRUMENT, own=GRID)
    two = inventory_of(
        tmp_path, "activities:\n" + "".join(reversed(entries)) + INSTRUMENT, own=GRID
    )
    assert one.totals == two.totals
    assert {x.id: x.co2e(MARKET) for x in one.lines} == {x.id: x.co2e(MARKET) for x in two.lines}
