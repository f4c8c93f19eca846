"""A first inventory in two rounds: plants in China, Germany and the US, from hints alone.

`first.yaml` is what an analyst types who knows no word of the format; `second.yaml` is the same
with what the findings of one `check` say, and what the command they name finds: it has no error.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import ghgcalc
from ghgcalc.core.diagnostics import Severity
from support.command import run

FOLDER = Path(__file__).parent / "first_inventory"
# what the second round writes, each as the first one's findings say it
SAID = (
    "write `CN`", "`purchased_electricity`", "`natural_gas`", "`purchased_steam`",
    "`self_generated_electricity`", "`waste_generated`",
    "`region: CN-…`", "`Nm3`", "`gbt-32151-34` to `factor_packs`", "`uba` to `factor_packs`",
    "`grid: US-…`", "`epa-hub-2024` to `factor_packs`", "`kWh gross`", "`therms gross`", "`gal_us`",
    "`attributes: kept`", "`market:`", "`emission_rate:`", "road: cars, vans, lorries and buses",
    "`vehicle:` (car_average",
    "`technology:` (battery_electric, hybrid, plug_in_hybrid, unknown_fuel)",
    "average_passenger.with_rf", "paper_and_board_mixed",
    "- {gap: earlier_year, for: {activity: cn-power}, max_years: 1, reason: …}",
    "- {gap: foreign_region, for: {activity: cn-diesel}, reason: …}",
    "- {gap: foreign_region, for: {activity: de-gas}, reason: …}",
    "- {gap: foreign_region, for: {activity: de-cars}, reason: …}",
    "- {gap: earlier_year, for: {activity: us-power}, max_years: 1, reason: …}",
    "- {gap: foreign_region, for: {activity: spend}, reason: …}",
    "- {gap: earlier_year, for: {activity: spend}, max_years: 2, reason: …}",
    "- {gap: other_gwp_set, for: {activity: spend}, reason: …}",
    "- {gap: foreign_region, for: {activity: waste}, reason: …}",
    "- {gap: other_gwp_set, for: {activity: waste}, reason: …}",
)  # fmt: skip
SEARCH = "factors search electronic component --category purchased_goods_and_services --unit USD"


@pytest.fixture(scope="module")
def first() -> str:
    """What the first round prints."""
    done = run("check", FOLDER / "first.yaml")
    assert done.exit_code == 1
    return done.output


@pytest.mark.parametrize("said", SAID)
def test_the_first_round_says_what_the_second_writes(first: str, said: str) -> None:
    assert said in first


def test_the_command_that_a_hint_names_finds_the_item(first: str) -> None:
    assert f"`ghgcalc {SEARCH}`" in first
    found = run(*SEARCH.split()).stdout
    assert "epa-supply-chain-v1.3/naics_334419.with_margins.usd" in found
    assert "Other Electronic Component Manufacturing" in found


def test_the_second_round_has_no_error() -> None:
    judged = ghgcalc.check(FOLDER / "second.yaml")
    assert [item.message for item in judged.diagnostics if item.severity is Severity.ERROR] == []
    inventory = ghgcalc.compute(FOLDER / "second.yaml").inventory
    assert inventory is not None
    tonnes = {line.activity: line.co2e("location_based") for line in inventory.lines}
    # R-410A is half HFC-32 and half HFC-125; AR6 prints 771 and 3,740 for them
    assert tonnes["cn-refrigerant"] == Fraction(15, 1000) * (Fraction(771) + 3740) / 2
    assert len(tonnes) == 15


def test_nothing_is_computed_before() -> None:
    assert ghgcalc.compute(FOLDER / "first.yaml").inventory is None
