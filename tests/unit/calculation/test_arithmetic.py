"""Plans: printed CO2e of one gas under another GWP set, and what a publisher does not print."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.calculation.results.plan import Plan

F = Fraction


GAS = "category: stationary_combustion, fuel: natural_gas"
POWER = "category: purchased_electricity"


def run(
    folder: Path, gases: str, gwp_set: str, printed: str = "AR5", what: str = GAS, accept: str = ""
) -> Run:
    """100 MWh of gas or power, priced by an own factor."""
    per = "MWh net" if what == GAS else "MWh, kind: grid_average"
    (folder / "own.yaml").write_text(
        f"pack: own\ntitle: Own\ngwp_set: {printed}\nfactors:\n"
        f"  one: {{per: {per}, {what}, gases: {gases}, source: hand}}\n",
        "utf-8",
    )
    path = folder / "company.yaml"
    path.write_text(
        "ghgcalc: 1\norganization: {name: X, consolidation_approach: operational_control,"
        f" gwp_set: {gwp_set}}}\nfactor_packs: [./own.yaml]\naccept: [{accept}]\n"
        "facilities: {a: {country: XX}}\n"
        f"activities:\n  line: {{facility: a, {what}, period: 2025,"
        f" quantity: 100 MWh{' net' * (what == GAS)}}}\n",
        "utf-8",
    )
    return compute(path)


def plan(made: Run) -> Plan:
    assert made.inventory is not None, made.diagnostics
    (line,) = made.inventory.lines
    (part,) = line.location_based
    return part.plan


CO2E = "{CO2: 200 kgCO2e, CH4: 2.8 kgCO2e, N2O: 2.65 kgCO2e, HFC-134a: 2.6 kgCO2e}"


@pytest.mark.parametrize(
    ("gwp_set", "tonnes"),
    [
        # AR5 prints 28, 265 and 1,300: 0.1 kg CH4, 0.01 kg N2O and 0.002 kg of the HFC per MWh
        ("AR5", F("20.805")),
        ("AR6", (200 + F("0.1") * 27 + F("0.01") * 273 + F("0.002") * 1530) / 10),
    ],
)
def test_co2e_printed_per_gas_becomes_masses_in_their_groups(
    tmp_path: Path, gwp_set: str, tonnes: Fraction
) -> None:
    made = run(tmp_path, CO2E, gwp_set)
    assert [(rate.gas, rate.kg, rate.group) for rate in plan(made).gases] == [
        ("CO2", 200, "CO2"), ("CH4", F("0.1"), "CH4"), ("N2O", F("0.01"), "N2O"),
        ("HFC-134a", F("0.002"), "HFC"),
    ]  # fmt: skip
    assert made.inventory is not None
    assert made.inventory.totals.scope_1 == tonnes


@pytest.mark.parametrize(
    ("ours", "printed", "gas", "code", "words"),
    [
        # HFC-329p stands in AR6 alone, PFC-216 in AR5 alone
        ("AR4", "AR6", "HFC-329p", "gwp-missing", "AR4 gives no GWP for `HFC-329p`"),
        ("AR6", "AR4", "HFC-329p", "gwp-missing", "AR4 gives no GWP for `HFC-329p`"),
        ("AR4", "AR5", "XYZ-9", "unknown-gas", "gas `XYZ-9` is not known"),
    ],
)
def test_co2e_of_a_gas_that_one_set_lacks(
    tmp_path: Path, ours: str, printed: str, gas: str, code: str, words: str
) -> None:
    made = run(tmp_path, f"{{CO2: 200 kg, {gas}: 5 kgCO2e}}", ours, printed)
    assert made.inventory is None
    (found,) = made.diagnostics
    assert found.code == code
    assert words in found.message


@pytest.mark.parametrize(
    ("gases", "missing"),
    [
        ("{CO2: 200 kg}", "CH4, N2O"),
        ("{CO2: 200 kg, CH4: 0 kg, N2O: 0 kg}", ""),
        ("{CO2: 0 kg}", ""),  # a zero is a zero of all gases
        ("{CO2e: 0 kg}", ""),
        ("{CO2_biogenic: 200 kg, CH4: 1 g}", "N2O"),
        ("{CO2: 200 kg, CO2e: 201 kg}", ""),  # the rest of its total holds them
    ],
)
def test_gases_that_a_publisher_does_not_print_are_named(
    tmp_path: Path, gases: str, missing: str
) -> None:
    assert plan(run(tmp_path, gases, "AR5", what=POWER)).partial == missing


BIOGENIC = """\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR6}
facilities: {a: {country: XX}}
activities:
"""


def lines(folder: Path, activities: str, own: str = "") -> Run:
    packs = "factor_packs: [./own.yaml]\n" if own else ""
    (folder / "own.yaml").write_text(own, "utf-8")
    (folder / "company.yaml").write_text(
        BIOGENIC.replace("facilities", f"{packs}facilities") + activities, "utf-8"
    )
    return compute(folder / "company.yaml")


def test_measured_biogenic_co2_is_added_and_stands_apart(tmp_path: Path) -> None:
    made = lines(
        tmp_path,
        "  stack: {facility: a, category: process_emissions, period: 2025,"
        " gas_masses: {CO2: 3 t, CO2_biogenic: 5 t}}\n",
    )
    assert made.inventory is not None, made.diagnostics
    assert made.inventory.totals.scope_1 == 3
    assert made.inventory.totals.biogenic_co2 == 5


def test_components_of_a_blend_say_their_share(tmp_path: Path) -> None:
    """R-410A is half HFC-32, half HFC-125: 10 kg are 5 × 771 + 5 × 3,740 kg CO2e."""
    made = lines(
        tmp_path,
        "  leak: {facility: a, category: fugitive_emissions, gas: R-410A, quantity: 10 kg,"
        " period: 2025}\n",
    )
    found = plan(made).gases
    assert {rate.text for rate in found} == {"50 % of R-410A"}
    assert made.inventory is not None
    assert made.inventory.totals.scope_1 == F(5 * 771 + 5 * 3740, 1000)


COMPLEMENTED = """\
pack: own
title: Own
gwp_set: AR6
factors:
  one: {{per: MWh net, category: stationary_combustion, fuel: natural_gas,
    gases: {{CO2: 200 kg}}, with: {ref}, source: hand}}
  rest: {{per: {per}, category: stationary_combustion, fuel: other,
    gases: {{CH4: 3.6 g, N2O: 0.36 g, CO2: 9 kg, CO2_biogenic: 1 kg}}, source: hand}}
"""
BOILER = (
    "  boiler: {facility: a, category: stationary_combustion, fuel: natural_gas,"
    " quantity: 100 MWh net, period: 2025}\n"
)


@pytest.mark.parametrize("ref", ["rest", "own/rest"])
@pytest.mark.parametrize(("per", "each"), [("MWh net", 1), ("GJ net", F("3.6"))])
def test_a_row_completes_another_in_its_own_unit(
    tmp_path: Path, ref: str, per: str, each: Fraction
) -> None:
    """Its CO2 is printed already and left out; 1 MWh is 3.6 GJ."""
    made = lines(tmp_path, BOILER, COMPLEMENTED.format(ref=ref, per=per))
    assert [(rate.gas, rate.kg) for rate in plan(made).gases] == [
        ("CO2", 200), ("CH4", F("0.0036") * each), ("N2O", F("0.00036") * each),
    ]  # fmt: skip
    assert plan(made).biogenic == each
    complement = plan(made).complement
    assert complement is not None
    assert complement.ref == "own/rest"


@pytest.mark.parametrize(("own", "biogenic"), [("", 1), (", CO2_biogenic: 4 kg", 4)])
def test_biogenic_co2_of_a_completed_row_is_its_own(
    tmp_path: Path, own: str, biogenic: int
) -> None:
    """That of the other row fills a gap and is not added to what is printed."""
    text = COMPLEMENTED.format(ref="rest", per="MWh net").replace("200 kg", f"200 kg{own}")
    assert plan(lines(tmp_path, BOILER, text)).biogenic == biogenic


def test_masses_beside_a_total_of_no_stated_set_are_refused(tmp_path: Path) -> None:
    """What they leave of it cannot be known, whatever is accepted."""
    accept = "accept: [{gap: other_gwp_set, reason: agreed}]\nactivities"
    rate = "emission_rate: {CO2: 200 kg/MWh net, CO2e: 240 kg/MWh net}, period"
    path = tmp_path / "company.yaml"
    text = (BIOGENIC + BOILER).replace("activities", accept).replace("period", rate)
    path.write_text(text, "utf-8")
    made = compute(path)
    assert made.inventory is None
    (found,) = [each for each in made.diagnostics if each.severity == "error"]
    assert found.code == "gwp-missing"
    assert "the unstated GWP set of `stated/boiler` gives no GWP for `CO2`" in found.message


OTHER = "{gap: other_gwp_set, reason: agreed}"


def test_what_masses_leave_of_a_total_of_another_set_stays_as_printed(tmp_path: Path) -> None:
    """AR5: 200 + 1 × 28 of 240 kg leave 12 kg; AR6 weighs methane by 27: 200 + 27 + 12."""
    made = run(tmp_path, "{CO2: 200 kg, CH4: 1 kg, CO2e: 240 kg}", "AR6", accept=OTHER)
    found = plan(made)
    assert (found.total, found.unspecified) == (239, 12)
    assert made.inventory is not None
    assert made.inventory.totals.scope_1 == F("23.9")
    # under its own set the total is as printed
    (tmp_path / "same").mkdir()
    same = plan(run(tmp_path / "same", "{CO2: 200 kg, CH4: 1 kg, CO2e: 240 kg}", "AR5", "AR5"))
    assert (same.total, same.unspecified) == (240, 12)


def test_the_step_to_a_mass_is_printed_behind_its_co2e(tmp_path: Path) -> None:
    found = plan(run(tmp_path, CO2E, "AR6")).gases
    assert [rate.text for rate in found][:2] == [
        "200 kg CO2e of CO2/MWh", "2.8 kg CO2e of CH4/MWh ÷ 28 (AR5)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("gases", "found"),
    [
        # 54 kg of carbon are 198 kg CO2, oxidised in full where nothing else is printed
        ("{C: 54 kg}", [("CO2", 198)]),
        ("{C: 54 kg, CH4: 1 g}", [("CO2", 198), ("CH4", F("0.001"))]),
        # gases of the Montreal Protocol stand outside the seven, in no total
        ("{CO2: 200 kg, HCFC-22: 1 g}", [("CO2", 200)]),
    ],
)
def test_masses_that_a_factor_prints(
    tmp_path: Path, gases: str, found: list[tuple[str, Fraction]]
) -> None:
    made = plan(run(tmp_path, gases, "AR6"))
    assert [(rate.gas, rate.kg) for rate in made.gases] == found
    weights = {"CO2": 1, "CH4": 27}
    assert made.total == sum(kg * weights[gas] for gas, kg in found)
    outside = [(rate.gas, rate.kg) for rate in made.outside]
    assert outside == ([("HCFC-22", F("0.001"))] if "HCFC" in gases else [])


@pytest.mark.parametrize(
    ("gases", "printed", "gwp_set"),
    [
        ("{CO2e: 400 kg}", "AR5", "AR5"),  # a total keeps the set that it was weighed by
        ("{CO2e: 400 kg}", "AR6", "AR6"),
        ("{CO2e: 0 kg}", "AR5", "AR6"),  # a zero is one of every set
        ("{CO2: 400 kg}", "AR5", "AR6"),
    ],
)
def test_a_total_keeps_its_gwp_set(tmp_path: Path, gases: str, printed: str, gwp_set: str) -> None:
    accept = f"{OTHER}, {{gap: co2e_without_gases, reason: agreed}}"
    made = plan(run(tmp_path, gases, "AR6", printed, POWER, accept))
    assert made.gwp_set == gwp_set
