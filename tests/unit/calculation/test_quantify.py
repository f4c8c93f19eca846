"""What a line asks of the catalogue: the regions of its place, from its grid to its country."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from ghgcalc.calculation.quantify import Quantifier
from ghgcalc.company.organization import Facility
from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.calculation.resolve.resolve import Resolver


def pricer(level: str = "province") -> Quantifier:
    organization = SimpleNamespace(country=None, cn_location=level)
    company = SimpleNamespace(organization=organization, markets={})
    return Quantifier(cast("Any", company), cast("Any", None), cast("Resolver", None))


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


OWN = """\
pack: own
title: Own
factors:
  oil: {category: stationary_combustion, fuel: diesel, per: kg, gases: {CO2: 2.7 kg},
    source: hand}
  steel: {category: purchased_goods_and_services, item: steel, per: t,
    gases: {CO2: 2 t}, source: hand}
"""


def computed(folder: Path, line: str, facility: str = "") -> Run:
    (folder / "own.yaml").write_text(OWN, "utf-8")
    path = folder / "company.yaml"
    path.write_text(
        "ghgcalc: 1\norganization: {name: X, consolidation_approach: operational_control,"
        " gwp_set: AR6}\nfactor_packs: [./own.yaml]\n"
        f"facilities: {{a: {{country: US{facility}}}}}\n"
        f"activities:\n  line: {{facility: a, period: 2023, {line}}}\n",
        "utf-8",
    )
    return compute(path)


OIL = "category: stationary_combustion, fuel: diesel"


@pytest.mark.parametrize(
    ("line", "code", "at"),
    [
        # the wrong unit stands at the quantity, whatever else the line states
        (f"{OIL}, quantity: 5 L", "unit-mismatch", "5 L"),
        (f"{OIL}, factor: own/oil, quantity: 5 L", "unit-mismatch", "5 L"),
        (
            "category: purchased_goods_and_services, item: steel, quantity: 5 L",
            "unit-mismatch",
            "5 L",
        ),
        # a missing factor at what was asked: the pin, the fuel, the item, the category
        (f"{OIL}, factor: own/steel, quantity: 5 kg", None, "own/steel"),
        (
            "category: stationary_combustion, fuel: kerosene, quantity: 5 kg",
            "missing-factor",
            "kerosene",
        ),
        ("category: purchased_goods_and_services, item: zinc, quantity: 5 kg", None, "zinc"),
        ("category: purchased_electricity, quantity: 5 kWh", "missing-factor", "purchased_el"),
    ],
)
def test_a_finding_points_at_what_is_wrong(
    tmp_path: Path, line: str, code: str | None, at: str
) -> None:
    run = computed(tmp_path, line)
    found = run.diagnostics[0]
    assert all(item.supposing for item in run.diagnostics[1:])
    assert code in (None, found.code)
    assert found.location is not None
    text = (tmp_path / "company.yaml").read_text("utf-8").splitlines()[found.location.line - 1]
    assert text[found.location.column - 1 :].startswith(at)


@pytest.mark.parametrize(
    ("stated", "cited"),
    [
        ("evidence: [lab.pdf, note.pdf]", " (lab.pdf, note.pdf)"),
        ("source: the bill, evidence: [lab.pdf]", " (the bill)"),
        (None, ""),
    ],
)
def test_a_property_says_where_it_comes_from(
    tmp_path: Path, stated: str | None, cited: str
) -> None:
    """5 L × 0.8 kg/L × 2.7 kg = 10.8 kg; the line's density before the facility's of 0.9."""
    more = f", {stated}" if stated else ""
    place = ", fuel_properties: {diesel: {density: 0.9 kg/L}}"
    own = f"{OIL}, quantity: 5 L, fuel_properties: {{density: 0.8 kg/L{more}}}"
    run = computed(tmp_path, own, place)
    assert run.inventory is not None, run.diagnostics
    (line,) = run.inventory.lines
    assert line.co2e("location_based") == Fraction("0.0108")
    (step,) = line.location_based[0].plan.steps
    assert (step.text, step.source) == ("0.8 kg/L", f"fuel property of the line{cited}")
    other = computed(tmp_path, f"{OIL}, quantity: 5 L", place)
    assert other.inventory is not None, other.diagnostics
    (line,) = other.inventory.lines
    (step,) = line.location_based[0].plan.steps
    assert (step.text, step.source) == ("0.9 kg/L", "fuel property of a")
    assert line.co2e("location_based") == Fraction("0.01215")  # 5 × 0.9 × 2.7 kg


def test_places_alike_but_for_their_fuel_have_their_own_plans(tmp_path: Path) -> None:
    """5 L of 0.8 and 0.9 kg/L × 2.7 kg: 10.8 and 12.15 kg, whichever is priced first."""
    (tmp_path / "own.yaml").write_text(OWN, "utf-8")
    path = tmp_path / "company.yaml"
    place = "{{country: US, fuel_properties: {{diesel: {{density: {} kg/L}}}}}}"
    text = (
        "ghgcalc: 1\norganization: {name: X, consolidation_approach: operational_control,"
        " gwp_set: AR6}\nfactor_packs: [./own.yaml]\n"
        f"facilities: {{a: {place.format(0.8)}, b: {place.format(0.9)}}}\nactivities:\n"
    )
    for order in ("ab", "ba"):
        lines = "".join(
            f"  {name}: {{facility: {name}, period: 2023, {OIL}, quantity: 5 L}}\n"
            for name in order
        )
        path.write_text(text + lines, "utf-8")
        run = compute(path)
        assert run.inventory is not None, run.diagnostics
        found = {line.id: line.co2e("location_based") for line in run.inventory.lines}
        assert found == {"a": Fraction("0.0108"), "b": Fraction("0.01215")}


TABLE = """\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [./own.yaml]
accept: [ACCEPT]
facilities: {a: {country: US, fuel_properties: {diesel: {density: 0.9 kg/L}}}, b: {country: US}}
tables:
  bills:
    files: bills.csv
    columns: {facility: site, period: month, quantity: litres}
    constants: {unit: L, item: oil}
    items: {oil: {category: stationary_combustion, fuel: dieselITEM}}
    fuel_properties: {density: 0.7 kg/L}
"""


def tabled(folder: Path, accept: str = "", item: str = "") -> Run:
    (folder / "own.yaml").write_text(OWN, "utf-8")
    (folder / "bills.csv").write_text("site,month,litres\na,2023-01,5\nb,2023-01,5\n", "utf-8")
    path = folder / "company.yaml"
    path.write_text(TABLE.replace("ACCEPT", accept).replace("ITEM", item), "utf-8")
    return compute(path)


@pytest.mark.parametrize(
    ("item", "densities"),
    [
        ("", {"a": "0.9", "b": "0.7"}),  # the facility's before the table's
        (", fuel_properties: {density: 0.8 kg/L}", {"a": "0.8", "b": "0.8"}),  # the item's first
    ],
)
def test_the_nearest_property_counts(tmp_path: Path, item: str, densities: dict[str, str]) -> None:
    """5 L × density × 2.7 kg."""
    run = tabled(tmp_path, item=item)
    assert run.inventory is not None, run.diagnostics
    found = {line.facility: line.co2e("location_based") for line in run.inventory.lines}
    assert found == {
        name: 5 * Fraction(density) * Fraction("2.7") / 1000 for name, density in densities.items()
    }


@pytest.mark.parametrize(
    ("accept", "asked"),
    [("", False), ("{gap: earlier_year, for: {facility: b}, reason: r}", True)],
)
def test_a_question_names_the_facility_where_an_entry_does(
    tmp_path: Path, accept: str, asked: bool
) -> None:
    run = tabled(tmp_path, accept)
    assert run.inventory is not None, run.diagnostics
    for line in run.inventory.lines:
        (part,) = line.location_based
        assert part.source == "own/oil"
        assert ("facility" in part.plan.resolution.asked) == asked


def test_an_entry_for_one_line_of_a_table_serves_no_other(tmp_path: Path) -> None:
    """A factor of 2022 is accepted for January alone: February of the same place has none."""
    entry = "{gap: earlier_year, for: {activity: bills/a/oil/2023-01}, reason: r}"
    dated = OWN.replace("per: kg", "year: 2022, per: kg").replace(
        "Own\n", "Own\nyear_rule: data_year\n"
    )
    (tmp_path / "own.yaml").write_text(dated, "utf-8")
    (tmp_path / "bills.csv").write_text("site,month,litres\na,2023-01,5\na,2023-02,5\n", "utf-8")
    path = tmp_path / "company.yaml"
    for accept, errors in ((entry, 1), (f"{entry}, {entry.replace('-01', '-02')}", 0)):
        path.write_text(TABLE.replace("ACCEPT", accept).replace("ITEM", ""), "utf-8")
        run = compute(path)
        wrong = [each for each in run.diagnostics if each.severity == "error"]
        found = [each for each in wrong if not each.supposing]
        assert len(found) == errors, run.diagnostics
        assert (run.inventory is None) == bool(errors)
        if found:
            assert "bills/a/oil/2023-02" in found[0].message
