"""Hints that lead to packs by fuel properties, and to gases and words as they are typed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.core.gas_hints import by_gas_hint
from ghgcalc.core.unit_hints import counting_hint
from ghgcalc.pipeline.check import check
from ghgcalc.pipeline.run import compute
from ghgcalc.views.near_words import nothing_found
from ghgcalc.views.vocabulary import Asked
from support import command

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.core.diagnostics import Diagnostic

HEAD = """\
ghgcalc: 1
organization: {name: A, consolidation_approach: operational_control, gwp_set: AR6}
"""
LINE = """\
facilities: {{site: {{country: {country}}}}}
activities:
  x: {{facility: site, category: stationary_combustion, fuel: {fuel}, quantity: {quantity},
    period: 2024}}
"""
TABLE = """\
facilities: {ohio: {country: US}}
tables:
  gas:
    files: gas.csv
    read: {date: YYYY-MM-DD}
    columns: {quantity: q, from: from, to: to}
    constants: {facility: ohio, item: gas, unit: therms}
    items: {gas: {category: stationary_combustion, fuel: natural_gas}}
"""


def findings(folder: Path, text: str, packs: str = "uba-2025") -> list[Diagnostic]:
    (folder / "company.yaml").write_text(f"{HEAD}factor_packs: [{packs}]\n{text}", "utf-8")
    return list(check(folder / "company.yaml").diagnostics)


def first_hint(found: list[Diagnostic]) -> str:
    return next(item.hint or "" for item in found if item.code == "missing-factor")


@pytest.mark.parametrize(
    ("fuel", "quantity", "with_"),
    [
        ("natural_gas", "331_600 kWh gross", "desnz"),
        ("natural_gas", "331_600 kWh", "desnz"),
        ("diesel", "331_600 L", "unsd"),
        ("fuel_oil", "331_600 L", "unsd"),
    ],
)
def test_a_worldwide_factor_over_properties_comes_before_a_foreign_one(
    tmp_path: Path, fuel: str, quantity: str, with_: str
) -> None:
    text = LINE.format(country="DE", fuel=fuel, quantity=quantity)
    said = f"add `ipcc` to `factor_packs`, and `{with_}` for the fuel properties printed there"
    assert first_hint(findings(tmp_path, text)).startswith(said)
    foreign = first_hint(findings(tmp_path, text, "epa-hub-2024"))
    assert foreign.startswith(said)
    assert foreign.index("ipcc") < foreign.find("foreign_region") % 10_000


def test_what_the_hint_names_prices_the_line(tmp_path: Path) -> None:
    """1,000 L × 0.870 kg/L × 43 MJ/kg = 37.41 GJ, by IPCC for manufacturing:

    74.1 kg CO2 a GJ = 2,772.081 kg; 3 g CH4 = 0.11223 kg × 27.0; 0.6 g N2O = 0.022446 kg × 273.
    """
    text = LINE.format(country="DE", fuel="diesel", quantity="1_000 L")
    text = text.replace("country: DE", "country: DE, sector: manufacturing")
    accept = """\
accept:
- {gap: other_publisher_property, for: {activity: x}, reason: density of the UN}
"""
    (tmp_path / "company.yaml").write_text(
        f"{HEAD}factor_packs: [ipcc-2006, unsd-2009]\n{accept}{text}", "utf-8"
    )
    run = compute(tmp_path / "company.yaml")
    assert run.inventory is not None, [item.message for item in run.diagnostics]
    assert run.inventory.totals.scope_1 * 1000 == (
        Fraction("2772.081") + Fraction("3.03021") + Fraction("6.127758")
    )


def test_energy_without_a_basis_hides_no_pack(tmp_path: Path) -> None:
    line = LINE.format(country="US", fuel="natural_gas", quantity="331_600 therms")
    assert first_hint(findings(tmp_path, line)) == "add `epa-hub` to `factor_packs`"
    (tmp_path / "gas.csv").write_text("q,from,to\n100,2024-01-01,2024-12-31\n", "utf-8")
    found = findings(tmp_path, TABLE)
    assert first_hint(found) == "add `epa-hub` to `factor_packs`"
    later = next(item for item in found if item.code == "basis-missing")
    assert "`constants: {unit: therms gross}`" in (later.hint or "")


@pytest.mark.parametrize(
    ("key", "typed", "right"),
    [
        ("emission_rate", "0.2 kg CO2/kWh", "{CO2: 0.2 kg/kWh}"),
        ("emission_rate", "0.2 kgCO2/kWh", "{CO2: 0.2 kg/kWh}"),
        ("emission_rate", "0.2 kg/kWh", "{CO2: 0.2 kg/kWh}"),
        ("emission_rate", "0.2 kg CO2e/kWh", "{CO2e: 0.2 kgCO2e/kWh}"),
        ("emission_rate", "3 g CH4/GJ", "{CH4: 3 g/GJ}"),
        ("emission_rate", "0,2 kg/kWh", "{CO2: … kg/kWh}"),
        ("emission_rate", "0.2 kg CO/kWh", "{CO2: … kg/kWh}"),
        ("gas_masses", "12 kg SF6", "{SF6: 12 kg}"),
        ("gas_masses", "much", "{CO2: … kg}"),
    ],
)
def test_a_rate_that_names_its_gas_is_echoed_as_it_is_read(
    key: str, typed: str, right: str
) -> None:
    assert by_gas_hint(key, typed).startswith(f"name the gas: `{key}: {right}`")


def test_the_echoed_rate_computes(tmp_path: Path) -> None:
    """331,600 kWh at 0.2 kg are 66.32 t."""
    text = """\
facilities: {kiel: {country: DE}}
activities:
  h: {facility: kiel, category: purchased_heat, quantity: 331_600 kWh, period: 2024,
    emission_rate: 0.2 kg CO2/kWh}
"""
    path = tmp_path / "company.yaml"
    path.write_text(HEAD + text, "utf-8")
    [finding] = compute(path).diagnostics
    typed = (finding.hint or "").split("`")[1]
    path.write_text((HEAD + text).replace("emission_rate: 0.2 kg CO2/kWh", typed), "utf-8")
    found = compute(path).inventory
    assert found is not None
    assert found.totals.scope_2["location_based"] == Fraction("66.32")


def test_a_gas_apart_from_its_mass_is_said() -> None:
    from ghgcalc.core.units import UnitError, parse_unit

    with pytest.raises(UnitError) as caught:
        parse_unit("kg CO2/kWh")
    assert caught.value.hint == "write `kg/kWh`: the key beside it names the gas"


def test_a_list_without_rows_says_so_with_near_words() -> None:
    done = command.run("list", "fuels", "--match", "heiz")
    assert done.exit_code == 1
    assert done.stderr.startswith("nothing found: fuels have no row with `heiz`; near: ")
    assert "`burning_oil`" in done.stderr
    asked = Asked((), {}, None, ("万",))
    assert "`万` counts units: write `10^4 kWh`" in str(nothing_found("units", asked))
    assert counting_hint("百万") == "`百万` counts units: write `10^6 kWh`, `10^6 m3`"
    plain = str(nothing_found("units", Asked((), {}, None, ("zzzzzz",))))
    assert plain.endswith("`ghgcalc list units` shows all")
    assert "`natural_gas`" in str(nothing_found("fuels", Asked((), {}, None, ("natural gaz",))))
