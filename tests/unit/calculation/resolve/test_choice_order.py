"""Which of several admissible rows is chosen, and why the others were not.

The expected tonnes are hand arithmetic from the figure named beside each: quantity × printed value.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ghgcalc.core.diagnostics import Severity
from ghgcalc.factors.editions import places
from ghgcalc.factors.model import PackHeader, PackInfo
from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.calculation.results.plan import Resolution
    from ghgcalc.core.diagnostics import Diagnostic

TOTALS = ("co2e_without_gases", "other_gwp_set")
POWER = {"category": "purchased_electricity", "quantity": "1 MWh"}


def run(folder: Path, packs: list[str], facility: dict[str, Any], line: dict[str, Any],
        *gaps: str, gwp: str = "AR5", **sections: Any) -> Run:  # fmt: skip
    data = {
        "ghgcalc": 1,
        "organization": {"name": "X", "gwp_set": gwp,
                         "consolidation_approach": "operational_control"},
        "factor_packs": packs,
        "facilities": {"site": facility},
        "activities": {"a": {"facility": "site", **line}},
        "accept": [{"gap": gap, "reason": "x"} for gap in gaps],
        **sections,
    }  # fmt: skip
    (folder / "company.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    return compute(folder / "company.yaml")


def resolution(found: Run) -> Resolution:
    assert found.inventory is not None, [d.message for d in found.diagnostics]
    return found.inventory.lines[0].location_based[0].plan.resolution


def kilograms(found: Run) -> Fraction:
    assert found.inventory is not None, [d.message for d in found.diagnostics]
    return found.inventory.lines[0].co2e("location_based") * 1000


def reasons(found: Run) -> dict[str, str]:
    return {item.ref: item.reason for item in resolution(found).rejected}


# country, year, kg of 1 MWh: the publisher's value for that very year in g/kWh or t/MWh
EXACT = [
    (["semarnat-mexico"], "MX", 2024, 444), (["semarnat-mexico"], "MX", 2022, 435),
    (["st-malaysia"], "MY-P", 2024, 740), (["gir-korea"], "KR", 2023, "417.3"),
    (["moea-taiwan"], "TW", 2023, 494), (["dffe-south-africa"], "ZA", 2023, 906),
    (["mfe-new-zealand"], "NZ", 2025, "78.7"), (["eea"], "FR", 2023, 50),
    (["eea"], "DE", 2023, 329),
]  # fmt: skip


@pytest.mark.parametrize(("packs", "region", "year", "kg"), EXACT)
@pytest.mark.parametrize("years", [(), ("earlier_year",), ("later_year", "earlier_year")])
def test_an_accepted_year_never_displaces_the_exact_one(
    tmp_path: Path, packs: list[str], region: str, year: int, kg: float | str,
    years: tuple[str, ...],
) -> None:  # fmt: skip
    place = {"country": region[:2], **({"region": region} if "-" in region else {})}
    found = run(tmp_path, packs, place, {**POWER, "period": year}, *TOTALS, *years)
    # New Zealand prints gases to more digits than the 78.7 of its total
    assert abs(kilograms(found) - Fraction(str(kg))) <= Fraction(5, 100)
    assert not {gap.kind for gap in resolution(found).gaps} & {"earlier_year", "later_year"}


@pytest.mark.parametrize("packs", [["eurostat-derived", "uba"], ["uba", "eurostat-derived"]])
def test_a_published_row_goes_before_a_derived_one(tmp_path: Path, packs: list[str]) -> None:
    """Germany 2023, 1 MWh: UBA prints 386 g/kWh; what others computed from Eurostat is another."""
    found = run(tmp_path, packs, {"country": "DE"}, {**POWER, "period": 2023})
    assert kilograms(found) == 386
    said = reasons(found)["eurostat-derived-2023/de.grid_average.2023"]
    assert said == "is derived, uba-2025 is published"


def test_an_accepted_published_row_goes_before_a_derived_one(tmp_path: Path) -> None:
    """Germany: the EEA prints totals without gases, 329 g/kWh of 2023 and 291 g/kWh of 2024.

    By gas it is 336.821166126 kg + 28 × 0.184959525221 + 265 × 0.010112923948 a MWh of 2023.
    """
    packs, place = ["eea", "eurostat-derived"], {"country": "DE"}
    line = {**POWER, "period": 2023}
    assert kilograms(run(tmp_path, packs, place, line)) == Fraction("344.679957678408")
    found = run(tmp_path, packs, place, line, *TOTALS)
    assert kilograms(found) == 329  # the accepted totals of the publisher's own row
    said = reasons(found)["eurostat-derived-2023/de.grid_average.2023"]
    assert said == "is derived, eea-2023 is published"
    later = run(tmp_path, packs, place, {**POWER, "period": 2024}, *TOTALS, "earlier_year")
    assert kilograms(later) == 291  # the EEA's is of the year


def test_a_published_row_of_a_year_further_off_does_not_bar_a_derived_one(tmp_path: Path) -> None:
    """Norway 2023: the EEA's last row is of 2019; 6.1 kg a MWh of 2023 are computed."""
    packs, place = ["eea", "eurostat-derived"], {"country": "NO"}
    found = run(tmp_path, packs, place, {**POWER, "period": 2023}, *TOTALS, "earlier_year")
    factor = resolution(found).factor
    assert factor is not None
    assert factor.pack.id == "eurostat-derived-2023"


def test_a_hint_names_published_packs_beside_a_derived_one(tmp_path: Path) -> None:
    line = {**POWER, "period": 2023}
    both = run(tmp_path, ["desnz"], {"country": "FR"}, line)
    assert error(both).hint == "add `eurostat-derived` or `eea` to `factor_packs`"
    published = run(tmp_path, ["desnz"], {"country": "DE"}, line)
    assert error(published).hint == "add `uba` to `factor_packs`"


@pytest.mark.parametrize(
    ("pack", "country", "year", "accepted", "kg"),
    [
        ("tgo-thailand", "TH", 2024, "later_year", "499.9"),  # 475 of 2026 stood in before
        ("moea-taiwan", "TW", 2024, "earlier_year", "474"),  # 494 of 2023
        ("ema-singapore", "SG", 2020, "earlier_year", "409"),  # 419.2 of 2017
    ],
)
def test_a_nearer_row_of_a_new_edition_takes_the_place_of_a_stand_in(
    tmp_path: Path, pack: str, country: str, year: int, accepted: str, kg: str
) -> None:
    found = run(
        tmp_path, [pack], {"country": country}, {**POWER, "period": year}, *TOTALS, accepted
    )
    assert kilograms(found) == Fraction(kg)


def test_of_later_years_the_nearest_is_taken(tmp_path: Path) -> None:
    """EEA, France 2022: 50 g/kWh of 2023, not 36 g of 2024; eGRID 2017: CAMX of 2018, not 2023."""
    found = run(tmp_path, ["eea"], {"country": "FR"}, {**POWER, "period": 2022}, *TOTALS,
                "later_year")  # fmt: skip
    assert kilograms(found) == 50
    us = {"country": "US", "grid": "US-CAMX"}
    found = run(tmp_path, ["egrid"], us, {**POWER, "period": 2017}, "later_year")
    factor = resolution(found).factor
    assert factor is not None
    assert factor.pack.id == "egrid-2018"
    assert "is of 2023, 2018 is nearer to 2017" in reasons(found).values()


def test_of_two_as_near_years_the_earlier_is_taken(tmp_path: Path) -> None:
    """MEE prints 2021 to 2023; a pack of 2021 and one of 2023 lie one year from 2022."""
    cn = {"country": "CN", "region": "CN-JS"}
    packs = ["mee-china-2023", "mee-china-2021"]
    found = run(tmp_path, packs, cn, {**POWER, "period": 2022}, "earlier_year", "later_year")
    factor = resolution(found).factor
    assert factor is not None
    assert factor.pack.id == "mee-china-2021"
    assert "is of 2023; 2021 is as near to 2022, and the earlier goes first" in set(
        reasons(found).values()
    )


def test_a_nearer_year_goes_before_the_newest_edition(tmp_path: Path) -> None:
    """DESNZ 2022 natural gas 0.18254 kg/kWh gross for a plant abroad: 1,000 kWh are 182.54 kg."""
    line = {"category": "stationary_combustion", "fuel": "natural_gas",
            "quantity": "1000 kWh gross", "period": 2022}  # fmt: skip
    found = run(tmp_path, ["desnz"], {"country": "DE"}, line, "foreign_region", "later_year",
                gwp="AR4")  # fmt: skip
    # the gases print more digits than their total
    assert abs(kilograms(found) - Fraction("182.54")) < Fraction(1, 1000)


def test_one_more_acceptance_leaves_the_only_gap_it_needs(tmp_path: Path) -> None:
    """DESNZ 2023, upstream of UK electricity, 1 MWh: 0.0459 kg/kWh, whatever years are accepted."""
    line = {"category": "fuel_and_energy_related", "item": "electricity_wtt_generation",
            "quantity": "1 MWh", "period": 2023}  # fmt: skip
    one = run(tmp_path, ["desnz"], {"country": "GB"}, line, "other_gwp_set", gwp="AR6")
    both = run(tmp_path, ["desnz"], {"country": "GB"}, line, "other_gwp_set", "later_year",
               gwp="AR6")  # fmt: skip
    assert kilograms(one) == kilograms(both) == Fraction("45.9")


def test_editions_of_one_publisher_are_one_entry_the_newest_first() -> None:
    def pack(name: str, edition: str, *, publisher: str = "", own: bool = False) -> PackInfo:
        header = PackHeader.model_validate(
            {"pack": name, "title": "T", "edition": edition or None, "publisher": publisher or None}
        )
        return PackInfo(header, own, "", "")

    found = places([
        pack("a-2022", "2022", publisher="a"), pack("b-v2", "v2", publisher="b"),
        pack("a-2024", "2024", publisher="a"), pack("b-v10", "v10", publisher="b"),
        pack("mine", "", own=True), pack("ours", "", own=True),
    ])  # fmt: skip
    order = sorted(found, key=found.__getitem__)
    assert order == ["a-2024", "a-2022", "b-v10", "b-v2", "mine", "ours"]


def test_files_that_name_packs_in_other_orders_share_them(tmp_path: Path) -> None:
    """A pack is opened once a process; where it stands belongs to the file that names it."""
    line = {**POWER, "period": 2023}
    own = "pack: own\ntitle: Own\n"
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    found = []
    for packs in (["desnz-2023", "own.yaml", "moe-japan-2026-06"],
                  ["moe-japan-2026-06", "desnz-2023", "own.yaml"]):  # fmt: skip
        opened = run(tmp_path, packs, {"country": "GB"}, line).project
        assert opened is not None
        found.append(opened.catalog)
    infos = [{pack.info.id: pack.info for pack in catalog.packs} for catalog in found]
    for name in ("desnz-2023", "moe-japan-2026-06"):
        assert infos[0][name] is infos[1][name]
    assert infos[0]["own"] is not infos[1]["own"]  # its file may have changed
    places_of = [
        {name: catalog.order(info) for name, info in known.items()}
        for catalog, known in zip(found, infos, strict=True)
    ]
    assert places_of == [
        {"desnz-2023": 0, "own": 1, "moe-japan-2026-06": 2},
        {"moe-japan-2026-06": 0, "desnz-2023": 1, "own": 2},
    ]
    older = replace(infos[0]["desnz-2023"], sha256="")  # as a lock keeps it
    assert [catalog.order(older) for catalog in found] == [0, 1]
    unknown = PackInfo(PackHeader.model_validate({"pack": "z", "title": "Z"}), False, "", "")
    assert [catalog.order(unknown) for catalog in found] == [3, 3]


def test_a_worldwide_row_is_never_said_to_be_narrower(tmp_path: Path) -> None:
    """Diesel in Germany: IPCC is worldwide, DESNZ of the United Kingdom is no wider than that."""
    line = {"category": "mobile_combustion", "fuel": "diesel", "vehicle": "road",
            "quantity": "100 L", "period": 2024}  # fmt: skip
    found = run(tmp_path, ["ipcc-2006", "desnz-2024"], {"country": "DE"}, line, "foreign_region",
                "other_publisher_property")  # fmt: skip
    said = reasons(found)
    british = {why for ref, why in said.items() if ref.startswith("desnz-2024/")}
    assert "is of GB, where the line is not" in british
    assert all(why.strip() == why and not why.endswith(" than") for why in said.values())


# ---- what the line states itself -----------------------------------------------------------------

CAR = {"category": "mobile_combustion", "fuel": "petrol", "quantity": "1 TJ net", "period": 2024}
GAS = {"category": "stationary_combustion", "fuel": "natural_gas", "period": 2024}
GB, US = {"country": "GB"}, {"country": "US"}


def error(found: Run) -> Diagnostic:
    assert found.inventory is None
    return next(d for d in found.diagnostics if d.severity is Severity.ERROR)


# pack, facility, the line's word, what is offered
MISTYPED = [
    ("ipcc-2006", GB, {**CAR, "technology": "oxidation_catalist"}, "`oxidation_catalyst`"),
    ("ipcc-2006", GB, {**CAR, "vehicle": "raod"}, "`road`"),
    ("epa-hub-2025", US, {**CAR, "fuel": "diesel", "quantity": "400 gal_us", "period": 2025,
                          "vehicle": "ships_and_boat"}, "`ships_and_boats`"),
    ("ipcc-2006", GB, {**CAR, "fuel": "natural_gas", "technology": "x"}, "remove `technology:`"),
    ("desnz-2024", GB, {**GAS, "quantity": "1 kWh gross", "technology": "x"},
     "remove `technology:`"),
    ("desnz-2024", GB, {**GAS, "quantity": "1 kWh gross", "sector": "manufacturng"},
     "remove `sector:`"),
    ("desnz-2024", GB, {**GAS, "quantity": "1 kWh gross", "item": "boiler"}, ""),
    ("desnz-2024", GB, {"category": "purchased_electricity", "technology": "hydro",
                        "quantity": "1 MWh", "period": 2024}, "remove `technology:`"),
]  # fmt: skip


@pytest.mark.parametrize(("pack", "facility", "line", "offer"), MISTYPED)
def test_a_stated_word_that_no_row_has_is_refused(
    tmp_path: Path, pack: str, facility: dict[str, Any], line: dict[str, Any], offer: str
) -> None:
    finding = error(run(tmp_path, [pack], facility, line))
    assert finding.code == "missing-factor"
    assert offer in (finding.hint or "")


def test_the_finding_points_at_the_word(tmp_path: Path) -> None:
    finding = error(run(tmp_path, ["ipcc-2006"], GB, {**CAR, "technology": "oxidation_catalist"}))
    text = (tmp_path / "company.yaml").read_text("utf-8").splitlines()
    assert finding.location is not None
    assert "oxidation_catalist" in text[finding.location.line - 1]


def test_a_sector_of_the_facility_only_narrows(tmp_path: Path) -> None:
    """DESNZ tells no sectors apart: 1,000 kWh gross of 2024 are 0.1829 kg each."""
    line = {**GAS, "quantity": "1000 kWh gross"}
    found = run(tmp_path, ["desnz-2024"], {**GB, "sector": "manufacturing"}, line)
    assert abs(kilograms(found) - Fraction("182.9")) < Fraction(1, 100)


def test_the_technology_of_own_power_describes_the_plant(tmp_path: Path) -> None:
    line = {"category": "self_generated_electricity", "technology": "rooftop solar",
            "attributes": "kept", "quantity": "1 MWh", "period": 2024}  # fmt: skip
    assert kilograms(run(tmp_path, ["desnz-2024"], GB, line)) == 0


# fuel properties, quantity, kg: value by hand, from DESNZ 2024 per kWh gross 0.1829, per t 2568.16
MEASURED = [
    ({"gcv": "1127 Btu_IT/scf"}, "1000 scf", Fraction("60.41")),
    ({"gcv": "1027 Btu_IT/scf"}, "1000 scf", Fraction("55.05")),
    ({"gcv": "39.6 MJ/Sm3"}, "100 Sm3", Fraction("201.19")),  # 3,960 MJ ÷ 3.6 × 0.1829
    ({"gcv": "39.6 MJ/Sm3"}, "1000 kWh gross", Fraction("182.9")),  # energy needs no value
]


@pytest.mark.parametrize(("properties", "quantity", "kg"), MEASURED)
def test_a_measured_property_is_used(
    tmp_path: Path, properties: dict[str, str], quantity: str, kg: Fraction
) -> None:
    line = {**GAS, "quantity": quantity, "fuel_properties": {**properties, "evidence": "lab"}}
    found = run(tmp_path, ["desnz-2024"], GB, line)
    assert abs(kilograms(found) - kg) < Fraction(2, 100)


def test_a_measured_property_that_no_way_uses_is_refused(tmp_path: Path) -> None:
    """EPA's boats are per gallon; the heating value of the line has no factor per energy."""
    line = {**CAR, "fuel": "diesel", "vehicle": "ships_and_boats", "quantity": "400 gal_us",
            "period": 2025, "fuel_properties": {"ncv": "36.1 MJ/L"}}  # fmt: skip
    finding = error(run(tmp_path, ["epa-hub-2025"], US, line))
    assert finding.code == "unused-property"
    assert "`ncv: 36.1 MJ/L`" in finding.message
    pinned = {**GAS, "quantity": "100 Sm3", "fuel_properties": {"gcv": "39.6 MJ/Sm3"},
              "factor": "desnz-2024/natural_gas.sm3"}  # fmt: skip
    assert error(run(tmp_path, ["desnz-2024"], GB, pinned)).code == "unused-property"


def test_unused_properties_of_the_facility_are_no_finding(tmp_path: Path) -> None:
    """1,000 Sm3 under DESNZ 2024: 2.04542 kg per m3 as printed, the facility's value unused."""
    place = {**GB, "fuel_properties": {"natural_gas": {"gcv": "39.6 MJ/Sm3", "evidence": "lab"}}}
    found = run(tmp_path, ["desnz-2024"], place, {**GAS, "quantity": "1000 Sm3"})
    assert abs(kilograms(found) - Fraction("2045.42")) < Fraction(1, 100)


@pytest.mark.parametrize(("suppliers", "code"), [
    ({}, "unknown-supplier"),
    ({"acme": {"rates": {"2024": {"emission_rate": {"CO2": "0.1 kg/kWh"}}}}}, "rate-not-applied"),
])  # fmt: skip
def test_a_supplier_of_a_gas_line_is_warned_of(
    tmp_path: Path, suppliers: dict[str, Any], code: str
) -> None:
    line = {**GAS, "quantity": "1 kWh gross", "supplier": "acme"}
    found = run(tmp_path, ["desnz-2024"], GB, line, suppliers=suppliers)
    assert [d.code for d in found.diagnostics] == [code]
