"""Net and gross energy meet by one pair of heating values; every figure by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from ghgcalc.calculation.conversion import Conversion, find_conversion
from ghgcalc.calculation.formula import recipe_of
from ghgcalc.core.units import parse_unit
from ghgcalc.factors.bridges import ConversionError, Edge, own_edges
from ghgcalc.factors.fuel_properties import Property
from ghgcalc.factors.own_packs import read_pack_file
from ghgcalc.pipeline.lock import lock_years
from ghgcalc.pipeline.run import compute
from ghgcalc.render.lock import render_lock

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.pipeline.run import Run

F = Fraction
GAS = {"ncv": "36.3 MJ/Nm3", "gcv": "40.2 MJ/Nm3"}


def edges(tier: int = 0, **given: str) -> list[Edge]:
    return own_edges(Property.model_validate(given), tier, "line")


def way(unit: str, per: str, found: list[Edge], phase: str = "gas") -> Conversion:
    return find_conversion(parse_unit(unit), parse_unit(per), found, True, phase)


@pytest.mark.parametrize(("unit", "per", "given", "phase", "value"), [
    ("kWh gross", "TJ net", GAS, "gas", F(36, 10**7) * F(363, 402)),
    ("kWh net", "kWh gross", GAS, "gas", F(402, 363)),
    ("GJ net", "mmBtu gross", {"ncv": "43 MJ/kg", "gcv": "45.5 MJ/kg"}, "liquid",
     F(10**9) / F("1055055852.62") * F(455, 430)),
    # 38.1 MJ at 15 °C are 38.1 × 288.15 ÷ 273.15 MJ at 0 °C
    ("kWh gross", "kWh net", {"ncv": "36.3 MJ/Nm3", "gcv": "38.1 MJ/Sm3"}, "gas",
     F("36.3") / (F("38.1") * F(28815, 27315))),
    ("kWh gross", "kWh net", {"ncv": "33.8 MJ/m3_20C", "gcv": "40.2 MJ/Nm3"}, "gas",
     F("33.8") * F(29315, 27315) / F("40.2")),
    # 1,000 Btu a cubic foot of 60 °F; both per scf, whatever its size
    ("therm gross", "therm net", {"ncv": "930 Btu_IT/scf", "gcv": "1030 Btu_IT/scf"}, "gas",
     F(93, 103)),
    ("kWh gross", "kWh net", {"ncv": "35.9 MJ/L", "gcv": "38.0 MJ/L"}, "liquid", F(359, 380)),
    ("kWh gross", "kWh net", {"ncv": "10 MJ/m3", "gcv": "11 MJ/m3"}, "liquid", F(10, 11)),
])  # fmt: skip
def test_the_ratio_of_the_pair(
    unit: str, per: str, given: dict[str, str], phase: str, value: Fraction
) -> None:
    found = way(unit, per, edges(**given), phase)
    assert found.ratio == value
    states = {text.partition("/")[2] for text in given.values()}
    assert len(found.steps) == 1 + len(states)
    assert not found.foreign


def test_each_step_is_printed_with_its_basis() -> None:
    one, two = way("kWh gross", "TJ net", edges(**GAS)).steps
    assert (one.text, one.unit) == ("÷ 40.2 MJ/Nm3 gross", "Nm3")
    assert one.value == F("3.6") / F("40.2")
    assert (two.text, two.unit) == ("36.3 MJ/Nm3 net", "TJ net")
    _, state, _ = way("kWh gross", "TJ net", edges(ncv="36.3 MJ/Nm3", gcv="38.1 MJ/Sm3")).steps
    assert (state.value, state.unit) == (F(27315, 28815), "Nm3")


@pytest.mark.parametrize(("found", "text"), [
    ([], "the quantity is kWh gross, the factor per TJ net"),
    (edges(gcv="40.2 MJ/Nm3"), "`gcv` `40.2 MJ/Nm3` is no pair"),
    (edges(gcv="40.2 MJ/Nm3", ncv="46 MJ/kg"), "are no pair"),
    (edges(gcv="40.2 MJ/m3", ncv="36.3 MJ/m3"), "m3 of gas has no state"),
    # one value of the line, the other of the facility
    (edges(gcv="40.2 MJ/Nm3") + edges(1, ncv="36.3 MJ/Nm3"), "are no pair"),
    # one of the facility, the other of the table
    (edges(1, gcv="40.2 MJ/Nm3") + edges(2, ncv="36.3 MJ/Nm3"), "are no pair"),
    # the line's own value would be passed by
    (edges(gcv="41 MJ/Nm3") + edges(1, **GAS), "are no pair"),
])  # fmt: skip
def test_no_pair_is_refused_and_says_what_to_add(found: list[Edge], text: str) -> None:
    with pytest.raises(ConversionError) as error:
        way("kWh gross", "TJ net", found)
    assert error.value.code == "basis-mismatch"
    assert text in error.value.message
    assert "`fuel_properties: {ncv: … MJ/Nm3, gcv: … MJ/Nm3, evidence: …}`" in error.value.hint


def test_the_nearest_source_gives_the_pair() -> None:
    far = edges(2, ncv="33 MJ/Nm3", gcv="40 MJ/Nm3")
    near = edges(1, **GAS)
    assert way("kWh gross", "kWh net", far + near).ratio == F(363, 402)


def test_gross_below_net_is_refused() -> None:
    swapped = edges(ncv="40.2 MJ/Nm3") + edges(gcv="36.3 MJ/Nm3")
    with pytest.raises(ConversionError) as error:
        way("kWh gross", "kWh net", swapped)
    assert error.value.code == "out-of-bounds"


@pytest.mark.parametrize(("given", "good"), [
    ({"ncv": "36.3 MJ/Nm3", "gcv": "40.2 MJ/Nm3"}, True),
    ({"ncv": "40.2 MJ/Nm3", "gcv": "36.3 MJ/Nm3"}, False),
    ({"ncv": "36.3 MJ/Nm3", "gcv": "402 MJ/Nm3"}, False),
    ({"ncv": "3.63 MJ/Nm3", "gcv": "40.2 MJ/Nm3"}, False),
    ({"ncv": "120.0 MJ/kg", "gcv": "141.8 MJ/kg"}, True),  # hydrogen: 1.18
    ({"ncv": "10 MJ/m3", "gcv": "12.5 MJ/m3"}, True),
    ({"ncv": "10 MJ/m3", "gcv": "12.51 MJ/m3"}, False),
    ({"ncv": "10 kWh/Nm3", "gcv": "36 MJ/Nm3"}, True),
    ({"ncv": "10 kWh/Nm3", "gcv": "35.9 MJ/Nm3"}, False),
    # 38.1 MJ at 15 °C are 40.19 MJ at 0 °C
    ({"ncv": "40.1 MJ/Nm3", "gcv": "38.1 MJ/Sm3"}, True),
    ({"ncv": "40.3 MJ/Nm3", "gcv": "38.1 MJ/Sm3"}, False),
    # 43 MJ/kg × 0.84 kg/L = 36.12 MJ/L
    ({"ncv": "43 MJ/kg", "gcv": "36.2 MJ/L", "density": "0.84 kg/L"}, True),
    ({"ncv": "43 MJ/kg", "gcv": "36.0 MJ/L", "density": "0.84 kg/L"}, False),
    ({"ncv": "43 MJ/kg", "gcv": "36.0 MJ/L"}, True),  # they do not meet
    ({"ncv": "40 MJ/kg"}, True),
])  # fmt: skip
def test_both_values_of_a_block_are_a_pair(given: dict[str, str], good: bool) -> None:
    if good:
        edges(**given)
        return
    with pytest.raises(ValidationError) as error:
        edges(**given)
    assert error.value.errors()[0]["type"] == "out-of-bounds"


SWAPPED = "{ncv: 40.2 MJ/Nm3, gcv: 36.3 MJ/Nm3}"


def test_a_swapped_pair_is_refused_wherever_it_stands(tmp_path: Path) -> None:
    """Whatever the line measures: 100 Nm3 took the net value alone."""
    (tmp_path / "rows.csv").write_text("Nm3\n100\n")
    table = "files: rows.csv, columns: {quantity: Nm3}, constants: {facility: site, item: gas,"
    table += " unit: Nm3, period: 2022}"
    kind = "category: stationary_combustion, fuel: natural_gas"
    (tmp_path / "company.yaml").write_text(f"""\
ghgcalc: 1
organization: {{name: X, consolidation_approach: operational_control, gwp_set: AR5}}
factor_packs: [ipcc-2006]
facilities:
  site: {{country: GB}}
  other: {{country: GB, fuel_properties: {{natural_gas: {SWAPPED}}}}}
activities:
  line: {{facility: site, {kind}, period: 2022, quantity: 100 Nm3, fuel_properties: {SWAPPED}}}
tables:
  of-item: {{{table}, items: {{gas: {{{kind}, fuel_properties: {SWAPPED}}}}}}}
  of-table: {{{table}, items: {{gas: {{{kind}}}}}, fuel_properties: {SWAPPED}}}
""")
    run = compute(tmp_path / "company.yaml")
    found = [item for item in run.diagnostics if item.code == "out-of-bounds"]
    assert [item.location and item.location.line for item in found] == [6, 8, 10, 11]
    assert run.inventory is None


@pytest.mark.parametrize(("gross", "refused"), [("35", True), ("402", True), ("44.2", False)])
def test_the_pairs_of_own_packs(tmp_path: Path, gross: str, refused: bool) -> None:
    """In YAML and in tables; two fuels of one name are told apart by what fits."""
    (tmp_path / "heat.csv").write_text(
        "id,fuel,property,value,unit,locator\n"
        "a,natural_gas,net_calorific_value,36.3,MJ/Nm3,p. 1\n"
        "b,natural_gas,gross_calorific_value,40.2,MJ/Nm3,p. 1\n"
        "c,natural_gas,net_calorific_value,40.2,MJ/Nm3,p. 1\n"
        f"d,natural_gas,gross_calorific_value,{gross},MJ/Nm3,p. 1\n"
        "e,diesel,net_calorific_value,43,MJ/kg,p. 1\n"
    )
    (tmp_path / "own.yaml").write_text(f"""\
pack: own
title: Own values
tables: [{{file: heat.csv, holds: fuel_properties}}]
fuel_properties:
  net: {{fuel: lpg, property: net_calorific_value, value: 40.2 MJ/kg}}
  gross: {{fuel: lpg, property: gross_calorific_value, value: {gross} MJ/kg}}
""")
    found = read_pack_file(tmp_path / "own.yaml", "own.yaml", tmp_path).diagnostics
    assert all(item.code == "out-of-bounds" for item in found)
    places = [(item.location.path, item.location.line) for item in found if item.location]
    assert sorted(places) == ([("./heat.csv", 5), ("own.yaml", 5)] if refused else [])


def _published(pack: str, tier: int, order: int, **given: str) -> list[Edge]:
    return [
        edge._replace(tier=tier, order=order, home=pack, ref=f"{pack}/{number}{edge.of}")
        for number, edge in enumerate(edges(**given))
    ]


def test_values_of_two_publishers_make_no_pair() -> None:
    mixed = _published("one", 5, 1, ncv="36.3 MJ/Nm3") + _published("two", 5, 2, gcv="40 MJ/Nm3")
    with pytest.raises(ConversionError) as error:
        way("kWh gross", "kWh net", mixed)
    assert error.value.code == "basis-mismatch"


def test_another_publishers_pair_is_foreign() -> None:
    assert way("kWh gross", "kWh net", _published("one", 5, 1, **GAS)).foreign


def test_two_pairs_of_one_source_are_ambiguous_only_where_they_differ() -> None:
    one = _published("one", 3, 1, **GAS)
    same = _published("one", 3, 1, ncv="72.6 MJ/Nm3", gcv="80.4 MJ/Nm3")
    other = _published("one", 3, 1, ncv="36.3 MJ/Nm3", gcv="41 MJ/Nm3")
    with pytest.raises(ConversionError) as error:
        way("kWh gross", "kWh net", one + other)
    assert error.value.code == "ambiguous-property"
    scaled = [edge for edge in one + same if (edge in one) == (edge.of == "J:net")]
    with pytest.raises(ConversionError):  # 36.3 of one with 80.4 of the other: not equal
        way("kWh gross", "kWh net", one + scaled)


# ---- through the whole line ----------------------------------------------------------------------

FILE = """\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR5,
  sector: commercial}
factor_packs: [ipcc-2006PACKS]
facilities: {a: {country: DE}}
activities:
  bill:
    facility: a
    category: stationary_combustion
    fuel: natural_gas
    QUANTITY
    period: YEAR
"""
# 1,000 kWh = 3.6 GJ gross ÷ 40.2 × 36.3 = 3.25074627 GJ net; IPCC 2006, commercial: 56,100 kg CO2,
# 5 kg CH4 and 0.1 kg N2O per TJ; × (56,100 + 5 × 28 + 0.1 × 265) kg = 182.9081 kg CO2e
TONNES = F(36, 10**4) * F(363, 402) * (56_100 + 5 * 28 + F("26.5")) / 10**3
PAIR = "fuel_properties: {ncv: 36.3 MJ/Nm3, gcv: 40.2 MJ/Nm3, evidence: bill}"


def computed(
    folder: Path, quantity: str, packs: str = "", more: str = "", *, year: int = 2022
) -> Run:
    text = FILE.replace("QUANTITY", quantity.replace("\n", "\n    ")).replace("PACKS", packs)
    text = text.replace("YEAR", str(year))
    (folder / "company.yaml").write_text(text + more, encoding="utf-8")
    return compute(folder / "company.yaml")


@pytest.mark.parametrize("quantity", [
    f"quantity: 1_000 kWh gross\n{PAIR}",
    # 90 m3 × 1.02 × 11.1 kWh = 1,018.98 kWh gross on the bill
    f"quantity: 90 m3\nbilled_as: {{correction: 1.02, calorific_value: 11.1 kWh/m3 gross}}\n{PAIR}",
])  # fmt: skip
def test_a_gas_bill_takes_a_net_factor(tmp_path: Path, quantity: str) -> None:
    run = computed(tmp_path, quantity)
    assert run.inventory is not None, run.diagnostics
    scale = F("1.01898") if "m3\n" in quantity else F(1)
    assert run.inventory.totals.scope_1 == TONNES * scale
    (line,) = run.lines
    project = run.project
    assert project is not None
    recipe = recipe_of(line.location_based[0].plan, project.catalog, line.id)
    assert [step.text for step in recipe.steps[-2:]] == ["÷ 40.2 MJ/Nm3 gross", "36.3 MJ/Nm3 net"]


def test_a_stated_net_rate_meets_gross_energy(tmp_path: Path) -> None:
    rate = "emission_rate: {CO2: 56.1 kg/GJ net, CH4: 0 kg/GJ net, N2O: 0 kg/GJ net}"
    run = computed(tmp_path, f"quantity: 1_000 kWh gross\n{rate}\n{PAIR}")
    assert run.inventory is not None, run.diagnostics
    assert run.inventory.totals.scope_1 == F("0.0561") * F("3.6") * F(363, 402)


FOREIGN = """\
accept:
  - {gap: other_publisher_property, for: {activity: bill}, reason: no analysis at hand}
"""


def test_the_published_pair_of_another_publisher_is_a_gap(tmp_path: Path) -> None:
    """DESNZ 2022 prints no pair, 2023 prints 45.522 net and 50.433 gross GJ/t of natural gas."""
    line = "quantity: 1_000 kWh gross"
    (refused,) = computed(tmp_path, line, ", desnz-2023", year=2023).diagnostics
    assert refused.code == "basis-mismatch"
    assert "desnz-2023/natural_gas" in refused.message
    assert "ncv: … MJ/Nm3, gcv: … MJ/Nm3" in (refused.hint or "")
    assert "gap: other_publisher_property" in (refused.hint or "")
    run = computed(tmp_path, line, ", desnz-2023", FOREIGN, year=2023)
    assert run.inventory is not None, run.diagnostics
    assert run.inventory.totals.scope_1 == TONNES * F(402, 363) * F(45_522, 50_433)
    assert [gap.kind for gap in run.inventory.accepted] == ["other_publisher_property"]


def test_an_own_pair_of_the_line_goes_before_a_published_one(tmp_path: Path) -> None:
    run = computed(tmp_path, f"quantity: 1_000 kWh gross\n{PAIR}", ", desnz-2023", year=2023)
    assert run.inventory is not None, run.diagnostics
    assert run.inventory.totals.scope_1 == TONNES


BRITISH = """\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz-2024]
accept: [{gap: co2e_without_gases, for: {activity: stove}, reason: the publisher prints a total}]
facilities: {a: {country: GB}}
activities:
  stove:
    facility: a
    category: stationary_combustion
    fuel: wood_pellets
    factor: desnz-2024/wood_pellets.kwh
    quantity: 1_000 kWh gross
    period: 2024
"""


def test_the_publishers_own_pair_serves_its_own_factor(tmp_path: Path) -> None:
    """DESNZ 2024, wood pellets: 0.01132 kg CO2e per kWh net, 17.28 net and 18.694 gross GJ/t."""
    (tmp_path / "company.yaml").write_text(BRITISH, encoding="utf-8")
    run = compute(tmp_path / "company.yaml")
    assert run.inventory is not None, run.diagnostics
    assert run.inventory.totals.scope_1 == F("0.01132") * F(17_280, 18_694)
    assert [gap.kind for gap in run.inventory.accepted] == ["co2e_without_gases"]


def test_a_row_that_needs_one_value_goes_before_one_that_needs_the_pair(tmp_path: Path) -> None:
    """The row per tonne (54.33654 kg) needs the gross value alone, as it always did."""
    text = BRITISH.replace("    factor: desnz-2024/wood_pellets.kwh\n", "")
    (tmp_path / "company.yaml").write_text(text, encoding="utf-8")
    run = compute(tmp_path / "company.yaml")
    assert run.inventory is not None, run.diagnostics
    assert run.inventory.totals.scope_1 == F("3.6") / F("18.694") * F("54.33654") / 1000


def test_a_published_pair_is_locked_whole(tmp_path: Path) -> None:
    """Both values stand in the lock as another publisher's, and the locked year is the same."""
    line = "quantity: 1_000 kWh gross"
    free = computed(tmp_path, line, ", desnz-2023", FOREIGN, year=2023)
    text = render_lock("company.yaml", lock_years(tmp_path / "company.yaml", [2023]).sections)
    assert text.count("foreign: true") == 2
    (tmp_path / "ghgcalc.lock").write_text(text, encoding="utf-8")
    kept = compute(tmp_path / "company.yaml", locked=True)
    assert kept.inventory is not None, kept.diagnostics
    assert free.inventory is not None
    assert kept.inventory.totals == free.inventory.totals
