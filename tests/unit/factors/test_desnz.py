"""The UK packs in full: layouts of all editions, what is refused, and how a line uses each row."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import yaml

from ghgcalc.core.diagnostics import Severity
from ghgcalc.factors.importers import IMPORTERS
from ghgcalc.factors.importers.common import ImportSourceError, Row, values
from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from collections.abc import Callable

FACTORS = Path(__file__).resolve().parents[3] / "factors/desnz"
HEADINGS = {
    "2019": ["Scope", "Level 1", "Level 2", "Level 3", "Level 4", "Column Text", "UOM (simple)",
             "UOM", "GHG", "Lookup"],
    "2022": ["Scope", "Level 1", "Level 2", "Level 3", "Level 4", "Column Text", "UOM", "GHG/Unit"],
}  # fmt: skip
ABROAD = "WTT- overseas electricity (generation)"
CAR = ("Managed assets- vehicles", "Managed cars (by size)", "Small car")
OLD_ROWS: list[tuple[str, str, str, str | float | None, str | None, str, str, object]] = [
    ("Fuels", "Gaseous fuels", "Natural gas", None, "Volume", "cubic metres", "kg CO2e", 2.02),
    ("Fuels", "Gaseous fuels", "Natural gas", None, "Volume", "cubic metres", "kg CH4", 0.01),
    ("Fuels", "Gaseous fuels", "Natural gas", None, "Volume", "cubic metres", "kg CO2", 2.0),
    ("Fuels", "Gaseous fuels", "Natural gas", None, "Volume", "cubic metres", "kg N2O", 0.01),
    ("Refrigerant & other", "Other refrigerants", "R1234yf", None, None, "kg", "kg CO2e", "< 1"),
    ("SECR kWh pass & delivery vehs", "Vans", "Class I", None, "Diesel", "km", "`", 0.6),
    ("Water supply", "Water supply", "Water supply", None, None, "cubic metres", "kg CO2e", 0.149),
    ("Water supply", "Water supply", "Water supply", None, None, "million litres", "kg CO2e", 149),
    ("WTT- UK & overseas elec", ABROAD, "Electricity: France", None, None, "kWh", "kg CO2e", 0.01),
    ("WTT- UK & overseas elec", ABROAD, "Electricity: EU (average)", None, None, "kWh", "kg CO2e",
     0.05),
    (*CAR, None, "Diesel", "km", "kg CO2e", 0.14),
    (*CAR, 0, "Diesel", "km", "kg CH4", 4.14e-06),  # a link to an empty cell
    (*CAR, None, "Plug-in Hybrid Electric Vehicle", "km", "kg CO2e", None),
]  # fmt: skip


def _old(
    path: Path, edition: str = "2021", change: Callable[[Any], None] = lambda sheet: None
) -> Path:
    book = openpyxl.Workbook()
    front: Any = book.active
    front.title = "Front page"
    front["A5"], front["B5"] = "Version:", 3
    sheet = book.create_sheet("Factors by Category")
    for _ in range(4):
        sheet.append(["about"])
    sheet.append(
        [*HEADINGS["2022" if edition == "2022" else "2019"], f"GHG Conversion Factor {edition}"]
    )
    for *levels, unit, gas, value in OLD_ROWS:
        if edition < "2022":
            sheet.append(["Scope", *levels, unit.split()[0], unit, gas, "lookup", value])
        else:
            word = {"kg CO2": "kg CO2e of CO2", "kg CH4": "kg CO2e of CH4"}.get(gas, gas)
            word = "kg CO2e of N2O" if gas == "kg N2O" else word
            sheet.append(["Scope", *levels, unit, word, value])
    sheet.append([None, "END"])
    change(sheet)
    book.save(path)
    return path


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _row(edition: str, table: str, name: str) -> Row:
    (row,) = [row for row in _rows(FACTORS / edition / f"{table}.csv") if row["id"] == name]
    return row


@pytest.mark.parametrize("edition", ["2019", "2020", "2021", "2022"])
def test_layouts_before_2023(tmp_path: Path, edition: str) -> None:
    report = IMPORTERS["desnz"]([_old(tmp_path / "flat.xlsx", edition)], tmp_path / "pack")
    (gas,) = _rows(tmp_path / "pack/fuels.csv")
    assert gas["id"] == "natural_gas.sm3"
    assert (gas["CO2e:CO2 [kg]"], gas["CO2e:CH4 [kg]"]) == ("2", "0.01")
    assert gas["locator"] == "Factors by Category!" + ("I6:I9" if edition == "2022" else "K6:K9")
    (car,) = _rows(tmp_path / "pack/managed_vehicles.csv")
    assert (car["vehicle"], car["technology"]) == ("car_small", "diesel")
    assert car["CO2e:CH4 [kg]"] == "0.00000414"
    france, union = _rows(tmp_path / "pack/wtt_energy.csv")
    assert (france["region"], france["technology"]) == ("FR", "")
    assert (union["region"], union["technology"]) == ("", "average_eu")
    assert [line for line in report if "left out" in line] == [
        "  left out: 1 values: refrigerants are mass x composition x GWP set, never a CO2e table",
        "  left out: 1 values: energy per distance, no emissions (SECR)",
        "  left out: 1 values: per million litres: the same factor stands per cubic metre",
    ]
    assert report[-1] == "  together: 12 values of the flat file"
    pack = yaml.safe_load((tmp_path / "pack/pack.yaml").read_text("utf-8"))
    assert (pack["version"], pack["gwp_set"], pack["year"]) == ("1.1", "AR4", int(edition))
    assert pack["supersedes"] == f"desnz-{edition}@1.0"
    assert ("`kg CO2`" in pack["notes"][0]) == (edition != "2022")


def _set(address: str, value: object) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        sheet[address] = value

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_set("G5", "UOM"), "Category!G5: expected 'UOM \\(simple\\)', found 'UOM'"),
        (_set("K5", "GHG Conversion Factor 2022"), "Category!K5: edition 2022 is not known"),
        (_set("B12", "Water on Mars"), "unknown levels 'Water on Mars' / 'Water supply'"),
        (_set("C12", "Rain"), "unknown levels 'Water supply' / 'Rain'"),
        (_set("D12", "Rain"), "Category!K12: unknown label 'Rain'"),
        (_set("F12", "With RF"), "Category!K12: unexpected 'With RF'"),
        (_set("H12", "pints"), "Category!K12: unknown unit 'pints'"),
        (_set("I12", "kg SF6"), "Category!K12: unexpected GHG/Unit 'kg SF6'"),
        (_set("K12", "< 1"), "Category!K12: expected a number"),
        (_set("D14", "Electricity: Mordor"), "Category!K14: unknown label 'Mordor'"),
        (_set("F16", "Steam"), "Category!K16: unknown label 'Steam'"),
        (_set("I7", "kg CO2"), "Category!K8: a second value of"),
        (_set("K6", None), "Category!K6:K9: gases without a total"),
        (_set("B12", None), "Category row 12: a value without levels"),
        (_set("B19", None), "the row END is missing"),
    ],
)
def test_what_is_unknown_stops_the_importer(
    tmp_path: Path, change: Callable[[Any], None], message: str
) -> None:
    source = _old(tmp_path / "flat.xlsx", "2021", change)
    with pytest.raises(ImportSourceError, match=message):
        IMPORTERS["desnz"]([source], tmp_path / "pack")


# rows and values by table: counted in the flat files by Level 1 with a spreadsheet's own count
COUNTS = {  # edition: rows, values in them; refrigerants, SECR left out; cells with a value
    "2019": (2293, 6064, 89, 0, 6165),
    "2020": (2278, 6049, 89, 447, 6589),
    "2021": (2346, 6193, 89, 447, 6733),
    "2022": (2219, 6104, 360, 431, 6899),
    "2023": (2226, 6114, 359, 439, 6916),
    "2024": (2255, 6215, 359, 451, 7029),
    "2025": (2255, 6215, 359, 451, 7029),
}


@pytest.mark.parametrize("edition", COUNTS)
def test_every_value_is_in_a_row_or_left_out(edition: str) -> None:
    rows, imported, refrigerants, secr, whole = COUNTS[edition]
    tables = [_rows(path) for path in (FACTORS / edition).glob("*.csv")]
    factors = [table for table in tables if "property" not in table[0]]
    assert sum(len(table) for table in factors) == rows
    assert sum(values(table) for table in factors) == imported
    empty = 8 if edition == "2019" else 0  # 0 per tonne-km of a lorry without a load
    # 2 per million litres, 2 forecourt kWh
    assert imported + refrigerants + secr + empty + 2 + 2 == whole


SPOT = [  # edition, table, id, column, value as the sheet shows it, its cell
    ("2019", "electricity", "uk.kwh", "CO2e [kg]", "0.2556", "K1930"),
    ("2019", "waste", "waste.municipal_waste.landfill.t", "CO2e [kg]", "586.5138", "K6787"),
    ("2019", "hotel", "hotel.caribbean_region.night", "CO2e [kg]", "64.6", "K6936"),
    ("2019", "hotel", "hotel.hk.night", "CO2e [kg]", "77", "K6939"),
    ("2019", "bioenergy", "biodiesel.l", "CO2e [kg]", "0.03178", "K435"),
    ("2019", "bioenergy", "biodiesel.l", "CO2_biogenic [kg]", "2.49", "K435"),
    ("2019", "materials", "material.weee_large.primary_material_production.t", "CO2e [kg]",
     "537.2419", "K2323"),
    ("2020", "electricity", "uk.kwh", "CO2e:CH4 [kg]", "0.00072", "K1930"),
    ("2020", "t_and_d", "losses.electricity.kwh", "CO2e [kg]", "0.02005", "K2379"),
    ("2020", "hotel", "hotel.pf.night", "CO2e [kg]", "73", "K7511"),
    ("2020", "fuels", "natural_gas.kwh_gross", "CO2e [kg]", "0.18387", "K54"),
    ("2020", "fuels", "diesel.l", "CO2e [kg]", "2.68787", "K158"),
    ("2021", "fuels", "natural_gas.kwh_gross", "CO2e [kg]", "0.18316", "K70"),
    ("2021", "electricity", "uk.kwh", "CO2e [kg]", "0.21233000000000002", "K1974"),
    ("2021", "hotel", "hotel.cn.night", "CO2e [kg]", "62.9", "K7031"),
    ("2021", "wtt_energy", "electricity_wtt_generation.cn.kwh", "CO2e [kg]",
     "0.16386963570815244", "K2901"),
    ("2021", "bioenergy", "bio_petrol.l", "CO2e [kg]", "0.01402", "K485"),
    ("2021", "managed_vehicles", "managed.car_small.diesel.km", "CO2e [kg]", "0.13758", "K4755"),
    ("2021", "managed_vehicles", "managed.car_small.diesel.km", "CO2e:CO2 [kg]", "0.1357", "K4755"),
    ("2022", "fuels", "natural_gas.kwh_gross", "CO2e [kg]", "0.18253999999999998", "I82"),
    ("2022", "homeworking", "homeworking.heating.person_hour", "CO2e [kg]", "0.309074156343104",
     "I7986"),
    ("2022", "waste", "waste.wood.combustion.t", "CO2e [kg]", "21.28019379844961", "I3988"),
    ("2022", "wtt_fuels", "wtt.renewable_petrol.l", "CO2e [kg]", "0.45725", "I3388"),
    ("2023", "materials", "material.glass.closed_loop_source.t", "CO2e [kg]", "823.1895391853475",
     "J3791"),
    ("2023", "hotel", "hotel.cn.night", "CO2e [kg]", "53.5", "J6918"),
    ("2024", "travel_air", "flight.long_haul.first_class.without_rf.pkm", "CO2e [kg]", "0.47246",
     "J4478"),
    ("2024", "vehicles", "vehicle.motorbike_small.mi", "CO2e [kg]", "0.13388999999999998",
     "J1864"),
    ("2025", "freight", "freight.container_ship.average.tkm", "CO2e [kg]", "0.01612", "J7021"),
    ("2025", "waste", "waste.commercial_and_industrial_waste.landfill.t", "CO2e [kg]", "520.5327",
     "J4261"),
]  # fmt: skip


@pytest.mark.parametrize(("edition", "table", "name", "column", "value", "cell"), SPOT)
def test_cells_read_by_hand(
    edition: str, table: str, name: str, column: str, value: str, cell: str
) -> None:
    row = _row(edition, table, name)
    assert row[column] == value
    assert row["locator"].startswith(f"Factors by Category!{cell}")


@pytest.mark.parametrize("edition", [*COUNTS, "2026"])
def test_printed_parts_sum_to_the_printed_total(edition: str) -> None:
    parts = [f"CO2e:{gas} [kg]" for gas in ("CO2", "CH4", "N2O")]
    for path in (FACTORS / edition).glob("*.csv"):
        for row in _rows(path):
            if not all(row.get(part) for part in parts):
                continue
            gap = abs(float(row["CO2e [kg]"]) - sum(float(row[part]) for part in parts))
            # five decimals, and two where 2019 prints coal per tonne: 0.01 of 2,264.93
            assert gap <= max(3.1e-5, 4.5e-6 * float(row["CO2e [kg]"])), row["id"]


def test_2026_leaves_out_what_lost_its_column(tmp_path: Path) -> None:
    shared = {"unit": "PassengerKilometre", "basis": "NotApplicable", "year": "2026",
              "source": "flat file 2026, sheet 'Factors by Category'"}  # fmt: skip
    rail = "defra-2026/business-travel-land/rail/national-rail/passenger-km"
    flight = "defra-2026/business-travel-air/flights/long-haul-to-from-uk/first-class/passenger-km"
    rows = [
        {**shared, "id": rail, "row_group": "24_315_3147_11", "activity": "National rail",
         "ghg_unit": "kg CO2e", "value": "0.035"},
        {**shared, "id": flight, "row_group": "21_316_3176_11", "ghg_unit": "kg CO2e",
         "activity": "Long-haul, to/from UK", "value": "0.277"},
    ]  # fmt: skip
    source = tmp_path / "2026.csv"

    def write() -> None:
        with source.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)

    write()
    report = IMPORTERS["desnz-transcribed"]([source], tmp_path / "pack")
    assert [path.name for path in (tmp_path / "pack").glob("*.csv")] == ["travel_land.csv"]
    assert report[-2:] == [
        "  left out: 1 values: one of several columns, the transcription does not say which",
        "  together: 2 values of the transcription",
    ]
    rows[0]["id"] = rail.replace("rail/national", "railway/national")
    write()
    with pytest.raises(ImportSourceError, match="row 2: unknown levels 'business-travel-land'"):
        IMPORTERS["desnz-transcribed"]([source], tmp_path / "pack")


# category 3 of the other lines is not what these tests are about
UNDERIVED = {
    "fuel_and_energy_related": {"derive": "off", "reason": "not the point of this test"},
}


def _run(folder: Path, country: str = "GB", packs: str = "desnz", **line: str) -> Run:
    data = {
        "ghgcalc": "1",
        "organization": {"name": "X", "gwp_set": "AR5",
                         "consolidation_approach": "operational_control"},
        "factor_packs": [packs] if packs else [],
        "scope_3": UNDERIVED,
        "facilities": {"here": {"country": country}},
        "activities": {"a": {"facility": "here", "period": "2025", **line}},
    }  # fmt: skip
    (folder / "company.yaml").write_text(yaml.safe_dump(data))
    return compute(folder / "company.yaml")


# what a line says, quantity, tonnes: quantity x the printed kg CO2e ÷ 1000, worked by hand
USES: list[tuple[str, str, str]] = [
    ("mobile_combustion fuel=diesel vehicle=car_small", "12_000 km", "1.7208"),  # 0.1434
    ("mobile_combustion fuel=petrol vehicle=car_average", "1_000 mi", "0.26187"),  # 0.26187
    ("mobile_combustion item=car vehicle=car_small technology=hybrid", "12_000 km",
     "1.36956"),  # 0.11413
    ("mobile_combustion fuel=diesel vehicle=hgv_rigid_gt_17_t technology=laden_average",
     "1_000 km", "0.99156"),
    ("purchased_electricity item=car vehicle=car_small technology=battery_electric", "10_000 km",
     "0.3339"),  # 0.03339
    ("fuel_and_energy_related item=car_electricity_losses vehicle=car_small"
     " technology=battery_electric", "10_000 km", "0.0349"),  # 0.00349
    ("fuel_and_energy_related fuel=natural_gas", "100_000 kWh gross", "3.021"),  # 0.03021
    ("fuel_and_energy_related item=electricity_wtt_generation", "100 MWh", "4.59"),  # 0.0459
    ("fuel_and_energy_related item=electricity_wtt_losses", "100 MWh", "0.397"),  # 0.00397
    ("business_travel item=flight vehicle=long_haul technology=economy_class.with_rf",
     "50_000 pkm", "5.852"),  # 0.11704
    ("business_travel item=flight_wtt vehicle=long_haul technology=economy_class.with_rf",
     "50_000 pkm", "1.2305"),  # 0.02461
    ("business_travel item=rail vehicle=national", "20_000 pkm", "0.7092"),  # 0.03546
    ("business_travel item=taxi vehicle=regular", "200 km", "0.041612"),  # 0.20806
    ("business_travel item=ferry technology=foot_passenger", "1_000 pkm", "0.01871"),
    ("business_travel item=hotel technology=de", "12 nights", "0.1584"),  # 13.2
    ("employee_commuting item=car vehicle=car_average technology=unknown_fuel", "20_000 km",
     "3.345"),  # 0.16725
    ("employee_commuting item=coach", "20_000 pkm", "0.5552"),  # 0.02776
    ("employee_commuting item=homeworking technology=office_equipment_and_heating",
     "1_000 person hour", "0.33378"),
    ("upstream_transportation item=freight vehicle=container_ship technology=average",
     "500_000 tkm", "8.06"),  # 0.01612
    ("downstream_transportation item=freight_wtt vehicle=hgv_average technology=laden_average",
     "500_000 tkm", "11.795"),  # 0.02359
    ("purchased_goods_and_services item=water_supply", "1_000 m3", "0.1913"),  # 0.1913
    ("waste_generated item=water_treatment", "1_000 m3", "0.17088"),
    ("purchased_goods_and_services item=paper_and_board_paper"
     " technology=primary_material_production", "10 t", "13.450779"),  # 1345.0779
    ("waste_generated item=commercial_and_industrial_waste technology=landfill", "10 t",
     "5.205327"),  # 520.5327
    ("upstream_leased_assets item=car vehicle=car_small technology=diesel", "10_000 km", "1.434"),
    ("downstream_leased_assets item=electricity", "10 MWh", "1.77"),  # 0.177
]  # fmt: skip


@pytest.mark.parametrize(("says", "quantity", "tonnes"), USES)
def test_each_kind_of_row_can_be_used(
    tmp_path: Path, says: str, quantity: str, tonnes: str
) -> None:
    category, *words = says.split()
    keys = dict(word.split("=") for word in words)
    found = _run(tmp_path, category=category, quantity=quantity, **keys)
    assert found.inventory is not None, [d.message for d in found.diagnostics]
    (line,) = found.inventory.lines
    assert f"{float(line.co2e('location_based')):.9g}" == tonnes
    factor = line.location_based[0].plan.resolution.factor
    assert factor is not None
    assert factor.pack.id == "desnz-2025"


def test_an_international_flight_and_a_hotel_serve_any_country(tmp_path: Path) -> None:
    flight = {"category": "business_travel", "item": "flight", "quantity": "10_000 pkm",
              "technology": "economy_class.with_rf"}  # fmt: skip
    found = _run(tmp_path, "VN", **flight, vehicle="international")
    assert found.inventory is not None  # 0.10916 kg per pkm
    assert float(found.inventory.lines[0].co2e("location_based")) == pytest.approx(1.0916)
    assert _run(tmp_path, "VN", **flight, vehicle="long_haul").inventory is None
    hotel = {"category": "business_travel", "item": "hotel", "technology": "de"}
    assert _run(tmp_path, "VN", **hotel, quantity="2 nights").inventory is not None


def _errors(found: Run) -> list[tuple[str, str, str, str]]:
    return [
        (d.code, d.message, " ".join(d.notes), d.hint)
        for d in found.diagnostics
        if d.severity is Severity.ERROR
    ]


def test_an_open_vehicle_lists_the_choices(tmp_path: Path) -> None:
    found = _run(tmp_path, category="mobile_combustion", fuel="diesel", quantity="100 km")
    ((code, message, _, hint),) = _errors(found)
    assert code == "ambiguous-factor"
    assert message.startswith("81 factors fit `a` equally well")
    assert hint.startswith("state `vehicle:` (car_average, car_dual_purpose_4x4, car_executive")


def test_an_unknown_vehicle_or_technology_says_what_is_on_offer(tmp_path: Path) -> None:
    line = {"category": "mobile_combustion", "fuel": "diesel", "quantity": "100 km"}
    ((code, message, notes, hint),) = _errors(_run(tmp_path, **line, vehicle="car_tiny"))
    assert (code, "has vehicle `car_tiny`" in message) == ("missing-factor", True)
    assert notes.startswith("on offer as `vehicle:`: car_average")
    assert hint == "did you mean `car_mini` or `car_supermini`?"
    found = _run(tmp_path, **line, vehicle="hgv_average", technology="full")
    ((_, _, notes, hint),) = _errors(found)
    assert notes == "on offer as `technology:`: laden_0pc, laden_100pc, laden_50pc, laden_average"
    assert hint.startswith("state one of the `technology:` on offer")


def test_the_region_does_not_choose_the_haul(tmp_path: Path) -> None:
    line = {"category": "business_travel", "item": "flight", "quantity": "10_000 pkm"}
    found = _run(tmp_path, **line, technology="first_class.with_rf")
    ((code, _, notes, hint),) = _errors(found)
    assert code == "ambiguous-factor"
    assert "flight.international.first_class.with_rf.pkm (international" in notes
    assert (
        hint == "state `vehicle:` (international, long_haul) or pin one with `factor:` on the line"
    )


def test_vehicles_of_a_table(tmp_path: Path) -> None:
    data = {
        "ghgcalc": "1",
        "organization": {"name": "X", "gwp_set": "AR5",
                         "consolidation_approach": "operational_control"},
        "factor_packs": ["desnz-2025"],
        "scope_3": UNDERIVED,
        "facilities": {"here": {"country": "GB"}},
        "tables": {"fleet": {
            "files": "fleet.csv",
            "columns": {"facility": "site", "item": "car", "quantity": "n", "unit": "u",
                        "period": "year"},
            "items": {
                "small diesel": {"category": "mobile_combustion", "fuel": "diesel",
                                 "vehicle": "car_small"},
                "small hybrid": {"category": "mobile_combustion", "item": "car",
                                 "vehicle": "car_small", "technology": "hybrid"},
            },
        }},
    }  # fmt: skip
    rows = "site,car,n,u,year\nhere,small diesel,7000,km,2025\nhere,small diesel,5000,km,2025\n"
    (tmp_path / "fleet.csv").write_text(rows + "here,small hybrid,1000,km,2025\n")
    (tmp_path / "company.yaml").write_text(yaml.safe_dump(data))
    found = compute(tmp_path / "company.yaml")
    assert found.inventory is not None, [d.message for d in found.diagnostics]
    tonnes: dict[str, Fraction] = {}
    for line in found.inventory.lines:  # one line per month
        factor = line.location_based[0].plan.resolution.factor
        assert factor is not None
        tonnes[factor.id] = tonnes.get(factor.id, Fraction(0)) + line.co2e("location_based")
    assert tonnes == {  # 12,000 km x 0.1434 kg, 1,000 km x 0.11413 kg
        "vehicle.diesel.car_small.km": Fraction("1.7208"),
        "vehicle.car_small.hybrid.km": Fraction("0.11413"),
    }


def test_litres_do_not_see_rows_per_kilometre(tmp_path: Path) -> None:
    found = _run(tmp_path, category="mobile_combustion", fuel="diesel", quantity="100 L")
    assert found.inventory is not None
    resolution = found.inventory.lines[0].location_based[0].plan.resolution
    assert resolution.factor is not None
    assert resolution.factor.id == "diesel.l"
    assert not [item for item in resolution.rejected if ".car_" in item.ref]


def test_well_to_tank_of_energy_needs_net_or_gross(tmp_path: Path) -> None:
    line = {"category": "fuel_and_energy_related", "fuel": "natural_gas"}
    ((code, _, _, hint),) = _errors(_run(tmp_path, **line, quantity="100 kWh"))
    assert code == "basis-missing"
    assert hint == "write `kWh gross` (gas bills) or `kWh net`"


def test_a_vehicle_without_fuel_says_item(tmp_path: Path) -> None:
    ((code, _, _, hint),) = _errors(_run(tmp_path, category="mobile_combustion", quantity="100 km"))
    assert code == "missing-key"
    assert hint.endswith("such as `item: car`")
    found = _run(tmp_path, category="stationary_combustion", item="car", quantity="100 km")
    assert sorted(code for code, *_ in _errors(found)) == ["missing-key", "unit-mismatch"]


def test_scope_3_lines_are_offered_cradle_to_gate_and_upstream_rows(tmp_path: Path) -> None:
    glass = {"category": "capital_goods", "item": "glass", "quantity": "1 t",
             "technology": "primary_material_production"}  # fmt: skip
    ((code, _, _, hint),) = _errors(_run(tmp_path, packs="", **glass))
    assert code == "missing-factor"
    assert hint.startswith("name packs under `factor_packs:`")
    ((code, _, _, hint),) = _errors(_run(tmp_path, packs="ipcc-2006", **glass))
    assert hint == "add `desnz` to `factor_packs`"


# the fuel whose CH4 and N2O a biofuel has, as both are per GJ of the same engine
TWINS = {
    "biodiesel_hvo": "diesel", "development_diesel": "diesel", "bioethanol": "petrol",
    "biomethanol": "petrol", "development_petrol": "petrol",
    "renewable_jet_kerosene": "jet_kerosene", "biomethane_compressed": "cng",
    "biomethane_liquefied": "cng",
}  # fmt: skip


@pytest.mark.parametrize("edition", ["2023", "2024", "2025"])
@pytest.mark.parametrize("fuel", TWINS)
def test_biofuels_stand_on_ar4(edition: str, fuel: str) -> None:
    """Parts are printed to 0.00001 kg per kWh: two are right within 0.01 / 3.6 kg per GJ."""
    total = Fraction(_row(edition, "biofuels", f"{fuel}.gj")["CO2e [kg]"])

    def parts(year: str) -> Fraction:
        row = _row(year, "fuels", f"{TWINS[fuel]}.kwh_net")
        return sum(Fraction(row[f"CO2e:{gas} [kg]"]) for gas in ("CH4", "N2O")) / Fraction(
            36, 10**4
        )

    half = Fraction(1, 100) / Fraction(36, 10)
    assert abs(parts("2022") - total) <= half  # AR4
    assert abs(parts("2024") - total) > half  # AR5
    pack = yaml.safe_load((FACTORS / edition / "pack.yaml").read_text(encoding="utf-8"))
    said = {table["file"]: table.get("gwp_set") for table in pack["tables"]}
    assert (said["biofuels.csv"], said["bioenergy.csv"], pack["gwp_set"]) == ("AR4", None, "AR5")


def test_biofuels_did_not_change_with_the_gwps() -> None:
    for fuel in ("biodiesel", "biodiesel_hvo", "bioethanol", "biopropane", "biomethane_compressed"):
        before = _row("2022", "bioenergy", f"{fuel}.gj")["CO2e [kg]"]
        after = {
            _row(year, "biofuels", f"{fuel}.gj")["CO2e [kg]"] for year in ("2023", "2024", "2025")
        }
        assert after == {before}
