"""Own factors that lie far from the bundled one of the same key (`factor-far-from-bundled`)."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from ghgcalc.inventory.far_factors import causes_of
from ghgcalc.pipeline.run import compute

CODE = "factor-far-from-bundled"
COMPANY = """\
ghgcalc: 1
organization: {{name: A, consolidation_approach: operational_control, gwp_set: AR5}}
factor_packs: [./own.yaml, desnz-2024, eea-2024, epa-supply-chain-v1.3]
facilities:
  leeds: {{country: GB}}
  wien: {{country: AT}}
  oslo: {{country: NO}}
activities:
  line: {{{line}, period: 2024}}
{more}"""
OWN = "pack: own\ntitle: Own\ngwp_set: AR5\nfactors:\n  row: {{{row}, source: hand}}\n"
DIESEL = "category: mobile_combustion, fuel: diesel"
POWER = "category: purchased_electricity"
VANS = f"facility: leeds, {DIESEL}, quantity: 9 L"
MWH = f"{POWER}, quantity: 9 MWh"
HEAT = "category: purchased_heat"
WARM = f"facility: leeds, {HEAT}, quantity: 9 MWh"
SOY = "category: purchased_goods_and_services, item: naics_111110"


def found(folder: Path, line: str, row: str, more: str = "") -> list[str]:
    """The messages over a line and an own row."""
    (folder / "own.yaml").write_text(OWN.format(row=row), "utf-8")
    path = folder / "company.yaml"
    path.write_text(COMPANY.format(line=line, more=more), "utf-8")
    run = compute(path)
    assert run.inventory is not None, run.diagnostics
    return [each.message for each in run.diagnostics if each.code == CODE]


# desnz-2024 prints 2.66155 kg CO2e/L of diesel and 0.20705 kg CO2e/kWh of power, eea-2024 53 g of
# Austria's; bounds: twice, three times from 100 g/kWh on, ten times below
@pytest.mark.parametrize(
    ("line", "row", "said"),
    [
        (VANS, f"{DIESEL}, per: L, gases: {{CO2: 2.66 g}}", "1/1,001"),
        # 2,660 kg/m3 is 2.66 kg/L; 2,660 kg/L is not
        (VANS, f"{DIESEL}, per: m3, gases: {{CO2: 2_660 kg}}", ""),
        (VANS, f"{DIESEL}, per: L, gases: {{CO2: 2_660 kg}}", "999 times"),
        (VANS, f"{DIESEL}, per: L, gases: {{CO2: 5.3 kg}}", ""),
        (VANS, f"{DIESEL}, per: L, gases: {{CO2: 5.4 kg}}", "2.0 times"),
        (VANS, f"{DIESEL}, per: L, gases: {{CO2: 1.3 kg}}", "1/2.0"),
        (f"facility: leeds, {MWH}", f"{POWER}, region: GB, per: MWh, gases: {{CO2: 600 kg}}", ""),
        (f"facility: leeds, {MWH}", f"{POWER}, per: MWh, gases: {{CO2: 630 kg}}", "3.0 times"),
        (f"facility: leeds, {MWH}", f"{POWER}, per: kWh, gases: {{CO2: 0.207 g}}", "1/1,000"),
        (f"facility: wien, {MWH}", f"{POWER}, per: kWh, gases: {{CO2: 0.5 kg}}", ""),
        (f"facility: wien, {MWH}", f"{POWER}, per: kWh, gases: {{CO2: 53 kg}}", "1,000 times"),
        # no pack of the file publishes the power of Norway
        (f"facility: oslo, {MWH}", f"{POWER}, per: kWh, gases: {{CO2: 20 kg}}", ""),
        # 0.488 kg are printed per dollar of 2022; money is not compared
        (f"facility: leeds, {SOY}, quantity: 9 USD",
         f"{SOY}, lifecycle: lifecycle, per: USD, gases: {{CO2: 488 kg}}", ""),
        # 0.17965 kg CO2e are printed per kWh of heat; one of 0 says that it is 0
        (WARM, f"{HEAT}, per: GJ, gases: {{CO2: 60 kg}}", ""),
        (WARM, f"{HEAT}, per: kWh, gases: {{CO2: 0 kg}}", ""),
        (WARM, f"{HEAT}, per: kWh, gases: {{CO2: 2 kg}}",
         "11.1 times"),
    ],
)  # fmt: skip
def test_an_own_row_beside_the_bundled_ones(tmp_path: Path, line: str, row: str, said: str) -> None:
    messages = found(tmp_path, line, row)
    assert len(messages) == (1 if said else 0)
    assert all(f", {said} " in message for message in messages)


def test_a_stated_rate_is_compared_too(tmp_path: Path) -> None:
    row = f"{DIESEL}, per: L, gases: {{CO2: 2.66 kg}}"
    (message,) = found(tmp_path, f"{VANS}, emission_rate: {{CO2: 2.66 g/L}}", row)
    assert message.startswith("the rate of `line` is 0.00266 kg CO2e/L, 1/1,001 of the 2.66155")


def test_its_bounds_and_severity_are_the_file_s(tmp_path: Path) -> None:
    line, row = VANS, f"{DIESEL}, per: L, gases: {{CO2: 8 kg}}"
    assert found(tmp_path, line, row)  # 8 / 2.66155 is 3.006
    checks = f"checks: {{{CODE}: {{settings: {{fuels: %s}}, reason: measured}}}}\n"
    assert found(tmp_path, line, row, checks % 300)
    assert not found(tmp_path, line, row, checks % 301)
    off = f"checks: {{{CODE}: {{severity: 'off', reason: measured}}}}\n"
    assert not found(tmp_path, line, row, off)
    # a net heating value taken for the gross one is within the bound, unless it is narrowed
    near = f"{DIESEL}, per: L, gases: {{CO2: 2.93 kg}}"
    assert not found(tmp_path, line, near)
    assert found(tmp_path, line, near, checks % 105)


@pytest.mark.parametrize(
    ("size", "bound", "dimension", "words"),
    [
        ("1000", 2, "kg", ["g and kg, kg and t, or kWh and MWh"]),
        ("2900", 3, "J", ["g and kg, kg and t, or kWh and MWh"]),  # a thousand, and three times
        ("3.6", 2, "J", ["MJ and kWh", "C and CO2"]),
        ("3.6", 2, "kg", ["C and CO2"]),
        ("2.2", 2, "kg", ["lb and kg"]),
        ("1.11", 2, "J", ["net and gross heating value"]),
        ("3.79", 2, "m3", ["US gallons and litres", "C and CO2"]),
        ("5.5", 2, "kg", []),
    ],
)
def test_what_a_ratio_is_a_sign_of(size: str, bound: int, dimension: str, words: list[str]) -> None:
    assert causes_of(Fraction(size), Fraction(bound), dimension) == words
