"""Lines priced by what the file states itself: rates, masses, another party's totals."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR6}
facilities: {a: {country: NO}, b: {country: NO}}
"""


def run(folder: Path, activities: str, accept: str = "") -> Run:
    path = folder / "company.yaml"
    path.write_text(f"{HEAD}accept: [{accept}]\nactivities:\n{activities}", "utf-8")
    return compute(path, period="2025")


def reported(scope: str, gwp_set: str, tonnes: int = 10) -> str:
    stated = f", gwp_set: {gwp_set}" if gwp_set else ""
    return (
        f"  line: {{facility: a, {scope}, reported: {tonnes} tCO2e, by: the landlord,"
        f" period: 2025{stated}}}\n"
    )


TOTAL = "{gap: co2e_without_gases, for: {facility: a}, reason: r}"
SET = "{gap: other_gwp_set, for: {activity: line, factor: reported/line}, reason: r}"
SCOPE_1, SCOPE_3 = "category: process_emissions", "category: business_travel"


@pytest.mark.parametrize(
    ("scope", "gwp_set", "tonnes", "needed", "said"),
    [
        (SCOPE_1, "AR6", 10, [TOTAL], ["reported without its gases"]),
        (SCOPE_1, "AR5", 10, [TOTAL, SET],
         ["reported without its gases", "reported under AR5, inventory is AR6"]),
        (SCOPE_1, "", 10, [TOTAL, SET],
         ["reported without its gases", "reported without its GWP set, inventory is AR6"]),
        # Scope 3 does not ask for gases
        (SCOPE_3, "AR6", 10, [], []),
        (SCOPE_3, "AR5", 10, [SET], ["reported under AR5, inventory is AR6"]),
        (SCOPE_1, "AR5", 0, [], []),  # a zero is a zero of every gas and set
    ],
)  # fmt: skip
def test_what_another_party_leaves_open_is_accepted(
    tmp_path: Path, scope: str, gwp_set: str, tonnes: int, needed: list[str], said: list[str]
) -> None:
    text = reported(scope, gwp_set, tonnes)
    made = run(tmp_path, text, ", ".join(needed))
    assert made.inventory is not None, made.diagnostics
    (line,) = made.inventory.lines
    assert line.co2e("location_based") == tonnes
    plan = line.location_based[0].plan
    assert plan.resolution.chosen == "reported by the landlord"
    assert plan.gwp_set == (gwp_set or "not stated")
    assert [gap.detail for gap in plan.resolution.gaps] == [f"line: {each}" for each in said]
    for entry in needed:  # without one of them it is refused
        rest = ", ".join(each for each in needed if each != entry)
        refused = run(tmp_path, text, rest)
        assert refused.inventory is None
        (found,) = [each for each in refused.diagnostics if each.severity == "error"]
        assert (found.code, found.location and found.location.line) == ("gap-not-accepted", 6)
        kind = entry.partition("gap: ")[2].partition(",")[0]
        assert f"gap: {kind}" in (found.hint or "")


def test_each_line_has_the_rate_it_states(tmp_path: Path) -> None:
    """100 MWh at 0.2 t, 100 MWh at 0.3 t, and 10 kg CH4 of combustion at 27."""
    text = "".join(
        f"  {name}: {{facility: a, category: stationary_combustion, fuel: natural_gas,"
        f" quantity: 100 MWh net, emission_rate: {{CO2: {rate} t/MWh net, CH4: 0 g/MWh net,"
        f" N2O: 0 g/MWh net}}, evidence: [{name}.pdf], period: 2025{more}}}\n"
        for name, rate, more in (("one", "0.2", ""), ("two", "0.3", ", citation: meter book"))
    )
    made = run(tmp_path, text)
    assert made.inventory is not None, made.diagnostics
    one, two = made.inventory.lines
    assert (one.co2e("location_based"), two.co2e("location_based")) == (20, 30)
    factors = [line.location_based[0].plan.resolution.factor for line in (one, two)]
    assert [each.locator for each in factors if each is not None] == ["one.pdf", "meter book"]
    assert [each.ref for each in factors if each is not None] == ["stated/one", "stated/two"]


def test_a_rate_need_not_repeat_the_words_of_its_line(tmp_path: Path) -> None:
    """100 MWh at 0.2 t; the sector and the technology say whose boiler it is."""
    made = run(
        tmp_path,
        "  line: {facility: a, category: stationary_combustion, fuel: natural_gas, period: 2025,"
        " quantity: 100 MWh net, emission_rate: {CO2: 0.2 t/MWh net}, sector: energy,"
        " technology: boiler}\n",
    )
    assert made.inventory is not None, made.diagnostics
    assert made.inventory.totals.scope_1 == 20


def test_a_rate_without_a_source_is_named_by_its_place(tmp_path: Path) -> None:
    """Its locator is the place of its key, which is not that of its first gas."""
    text = """\
  line:
    facility: a
    category: stationary_combustion
    fuel: natural_gas
    quantity: 100 MWh net
    period: 2025
    emission_rate:
      CO2: 0.2 t/MWh net
"""
    made = run(tmp_path, text)
    assert made.inventory is not None, made.diagnostics
    (line,) = made.inventory.lines
    factor = line.location_based[0].plan.resolution.factor
    assert factor is not None
    assert factor.locator == "company.yaml:12:5"


@pytest.mark.parametrize(
    ("stated", "at"),
    [("gas: R-499Z, quantity: 10 kg", "R-499Z"), ("gas_masses: {XYZ: 10 kg}", "gas_masses")],
)
def test_an_unknown_gas_is_told_where_it_stands(tmp_path: Path, stated: str, at: str) -> None:
    line = f"  line: {{facility: a, category: process_emissions, {stated}, period: 2025}}\n"
    (found,) = run(tmp_path, line).diagnostics
    assert found.code == "unknown-gas"
    assert found.location is not None
    assert line[found.location.column - 1 :].startswith(at)


def test_fractions_of_a_reported_total_stay_exact(tmp_path: Path) -> None:
    text = (
        "  line: {facility: a, category: business_travel, reported: 1 tCO2e, by: x, gwp_set: AR6,"
        " period: 2024-07-01/2026-06-30}\n"
    )
    made = run(tmp_path, text)
    assert made.inventory is not None, made.diagnostics
    # 365 of 730 days
    assert made.inventory.totals.scope_3 == Fraction(1, 2)


@pytest.mark.parametrize(
    ("category", "unit"),
    [("stationary_combustion, fuel: natural_gas", "MWh net"), ("purchased_heat", "MWh")],
)
def test_only_power_of_the_grid_asks_for_its_entry(
    tmp_path: Path, category: str, unit: str
) -> None:
    """What it lacks is its gases and its GWP set; that it stands for a published factor is free."""
    (tmp_path / "own.yaml").write_text(
        f"pack: own\ntitle: Own\nfactors:\n  one: {{per: {unit}, category: {category},"
        " gases: {CO2: 200 kg}, source: hand}\n",
        "utf-8",
    )
    line = (
        f"  line: {{facility: a, category: {category}, period: 2025,"
        f" quantity: 100 {unit}, emission_rate: {{CO2e: 0.2 t/{unit}}}}}\n"
    )
    path = tmp_path / "company.yaml"
    text = f"{HEAD}factor_packs: [./own.yaml]\naccept: [ENTRIES]\nactivities:\n{line}"
    path.write_text(text.replace("ENTRIES", ""), "utf-8")
    (found,) = [each for each in compute(path).diagnostics if each.severity == "error"]
    assert found.code == "gap-not-accepted"
    assert "gap: co2e_without_gases" in (found.hint or "")
    assert "stated_rate" not in (found.hint or "")
