"""What a line asks of the catalogue: the regions of its place, from its grid to its country."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from ghgcalc.calculation.quantify import Pricer
from ghgcalc.company.organization import Facility
from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.calculation.resolve.resolve import Resolver


def pricer(level: str = "province") -> Pricer:
    organization = SimpleNamespace(country=None, cn_location=level)
    company = SimpleNamespace(organization=organization, markets={})
    return Pricer(cast("Any", company), cast("Any", None), cast("Resolver", None))


@pytest.mark.parametrize(
    ("facility", "regions"),
    [
        ({"country": "US", "grid": "ERCT"}, ("US-ERCT", "ERCT", "US")),
        ({"country": "US", "grid": "US-ERCT"}, ("US-ERCT", "US")),
        ({"country": "US", "grid": "ERCT", "region": "US-TX"}, ("US-ERCT", "ERCT", "US-TX", "US")),
        ({"country": "US", "region": "US-TX"}, ("US-TX", "US")),
        ({"country": "US"}, ("US",)),
    ],
)
def test_the_grid_comes_first_and_under_its_country(
    facility: dict[str, str], regions: tuple[str, ...]
) -> None:
    place = Facility.model_validate(facility)
    assert pricer().regions(place, electricity=True) == regions
    assert pricer().regions(place, electricity=False) == regions


@pytest.mark.parametrize(
    ("level", "regions"),
    [
        ("province", ("CN-JS", "CN")),
        ("region", ("CN-EC", "CN")),
        ("national", ("CN",)),
    ],
)
def test_chinese_power_is_asked_on_the_level_of_the_organization(
    level: str, regions: tuple[str, ...]
) -> None:
    place = Facility.model_validate({"country": "CN", "grid": "EC", "region": "CN-JS"})
    assert pricer(level).regions(place, electricity=True) == regions
    assert pricer(level).regions(place, electricity=False) == ("CN-EC", "EC", "CN-JS", "CN")


def test_a_short_name_of_a_grid_finds_its_bundled_factor(tmp_path: Path) -> None:
    """eGRID2023, subregion ERCT: 733.862 lb CO2, 0.043 lb CH4, 0.006 lb N2O per MWh.

    1,000 MWh are 733,862 + 43 × 27 + 6 × 273 lb CO2e, times 0.45359237 kg.
    """
    path = tmp_path / "company.yaml"
    path.write_text(
        "ghgcalc: 1\norganization: {name: X, consolidation_approach: operational_control,"
        " gwp_set: AR6}\nfactor_packs: [egrid]\nfacilities: {a: {country: US, grid: ERCT}}\n"
        "activities:\n  power: {facility: a, category: purchased_electricity,"
        " quantity: 1000 MWh, period: 2023}\n",
        "utf-8",
    )
    run = compute(path)
    assert run.inventory is not None, run.diagnostics
    (line,) = run.inventory.lines
    assert line.co2e("location_based") == Fraction("0.00045359237") * (733862 + 43 * 27 + 6 * 273)
