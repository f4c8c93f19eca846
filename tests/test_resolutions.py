"""Which factor a line gets: activities × regions × years, as a reviewed listing.

A new pack, edition or rule that moves a choice shows here as a moved line (`--snapshot-update`).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ghgcalc.core.diagnostics import Severity
from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ghgcalc.calculation.results.line import Line

LISTING = Path(__file__).parent / "resolutions"
YEARS = range(2019, 2027)
PACKS = (
    "mee-china", "gbt-32151-34", "egrid", "epa-hub", "desnz", "eea-2024", "uba", "cea-india",
    "dcc-vietnam", "moe-japan", "ipcc-2006",
)  # fmt: skip
FACILITIES = {
    "jiangsu": "{country: CN, region: CN-JS}",
    "china": "{country: CN}",
    "leeds": "{country: GB}",
    "texas": "{country: US, region: US-TX, grid: US-ERCT}",
    "usa": "{country: US}",
    "berlin": "{country: DE}",
    "paris": "{country: FR}",
    "hanoi": "{country: VN}",
    "pune": "{country: IN}",
    "tokyo": "{country: JP}",
}
ACTIVITIES = {
    "gas-kwh-gross": "category: stationary_combustion, fuel: natural_gas, quantity: 1 kWh gross",
    "gas-mj-net": "category: stationary_combustion, fuel: natural_gas, quantity: 1 MJ net",
    "gas-nm3": "category: stationary_combustion, fuel: natural_gas, quantity: 1 Nm3",
    "gas-scf": "category: stationary_combustion, fuel: natural_gas, quantity: 1 scf",
    "coal-t": "category: stationary_combustion, fuel: bituminous_coal, quantity: 1 t",
    "diesel-l": "category: mobile_combustion, fuel: diesel, quantity: 1 L",
    "diesel-t": "category: stationary_combustion, fuel: diesel, quantity: 1 t",
    "diesel-gj-net": "category: stationary_combustion, fuel: diesel, quantity: 1 GJ net",
    "petrol-gal": "category: mobile_combustion, fuel: petrol, quantity: 1 gal_us",
    "lpg-kg": "category: stationary_combustion, fuel: lpg, quantity: 1 kg",
    "wood-t": "category: stationary_combustion, fuel: wood_pellets, quantity: 1 t",
    "power-mwh": "category: purchased_electricity, quantity: 1 MWh",
    "heat-gj": "category: purchased_heat, quantity: 1 GJ",
    "steam-mmbtu": "category: purchased_steam, quantity: 1 mmBtu",
    "losses-kwh": "category: fuel_and_energy_related, item: electricity, quantity: 1 kWh",
    "flight-km": "category: business_travel, item: flight, vehicle: long_haul,"
    " technology: economy_class.with_rf, quantity: 1 pkm",
    "hotel": "category: business_travel, item: hotel, technology: de, quantity: 1 night",
    "waste-t": "category: waste_generated, item: metal_scrap, technology: landfill, quantity: 1 t",
}  # fmt: skip


def company(year: int, without: Collection[str]) -> str:
    facilities = "".join(f"  {name}: {text}\n" for name, text in FACILITIES.items())
    activities = "".join(
        f"  {what}.{where}: {{facility: {where}, period: {year}, {text}}}\n"
        for what, text in ACTIVITIES.items()
        for where in FACILITIES
        if f"{what}.{where}" not in without
    )
    return (
        "ghgcalc: 1\norganization: {name: Matrix, consolidation_approach: operational_control,"
        f" gwp_set: AR5, sector: manufacturing}}\nfactor_packs: [{', '.join(PACKS)}]\n"
        f"facilities:\n{facilities}activities:\n{activities}"
    )


def listing(year: int, folder: Path) -> Iterator[str]:
    """One line per activity and place: the factors of both methods, or why none was taken."""
    path = folder / "company.yaml"
    path.write_text(company(year, ()), "utf-8")
    refused = {
        match[1]: item.code
        for item in compute(path, period=str(year)).diagnostics
        if item.severity is Severity.ERROR
        if (match := re.search(r"`([^`\s]+\.[a-z]+)`", item.message))
    }
    path.write_text(company(year, refused), "utf-8")
    run = compute(path, period=str(year))
    assert run.inventory is not None, run.diagnostics
    chosen = {line.id: " + ".join(dict.fromkeys(refs(line))) for line in run.inventory.lines}
    for what in ACTIVITIES:
        for where in FACILITIES:
            name = f"{what}.{where}"
            yield f"{what:14} {where:8} {chosen.get(name) or f'refused: {refused[name]}'}"


def refs(line: Line) -> Iterator[str]:
    for part in (*line.location_based, *line.market_based):
        if (factor := part.plan.resolution.factor) is not None:
            yield factor.ref


@pytest.mark.parametrize("year", YEARS)
def test_the_listing(year: int, tmp_path: Path, snapshot_update: bool) -> None:
    text = "\n".join(listing(year, tmp_path)) + "\n"
    file = LISTING / f"{year}.txt"
    if snapshot_update:
        LISTING.mkdir(exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")
    assert text == file.read_text("utf-8")
