"""Which rows of CPCD's core table make factors, by product id, and what lines call them.

Each line: id, then its words. What the table prints twice with two values, per pieces and brands of
one maker, per gas volume without a state, buildings, food and farming is left out; so are its fuels
of 2025, which are the IPCC's CO2 under the head CO2e, three of them carbon contents.
"""

from __future__ import annotations

from typing import Final

# id, region
HEAT: Final = """
17300X0172025C CN-SH
17300X0062025C CN-NM
17300X0032025C CN-BJ
17300X0092025C CN-JL
17300X0042025C CN-TJ
17300X0152025C CN-NX
17300X0112025C CN-SD
17300X0072025C CN-SX
17300X0162025C CN-XJ
17300X0052025C CN-HE
17300X0122025C CN-HA
17300X0142025C CN-GS
17300X0082025C CN-LN
17300X0132025C CN-SN
17300X0102025C CN-HL
"""

# id, vehicle, technology
FREIGHT: Final = """
65119X0272024C truck_average diesel
65119X0372024C truck_average petrol
65119X0442024C truck_average natural_gas
65119X0402024C truck_average battery_electric
65119X0392024C truck_micro petrol
65119X0482024C truck_micro natural_gas
65119X0432024C truck_micro battery_electric
65119X0362024C truck_light diesel
65119X0382024C truck_light petrol
65119X0472024C truck_light natural_gas
65119X0422024C truck_light battery_electric
65119X0322024C truck_medium diesel
65119X0352024C truck_medium diesel.7000_to_8500_kg
65119X0342024C truck_medium diesel.8500_to_10500_kg
65119X0332024C truck_medium diesel.10500_to_12500_kg
65119X0462024C truck_medium natural_gas
65139X0012024C truck_medium battery_electric
65119X0282024C truck_heavy diesel
65119X0312024C truck_heavy diesel.16000_to_20000_kg
65119X0302024C truck_heavy diesel.20000_to_25000_kg
65119X0292024C truck_heavy diesel.25000_to_31000_kg
65119X0452024C truck_heavy natural_gas
65119X0412024C truck_heavy battery_electric
65111X0062024C truck_micro_refrigerated petrol
65111X0142024C truck_micro_refrigerated natural_gas
65111X0102024C truck_micro_refrigerated battery_electric
65111X0042024C truck_light_refrigerated diesel
65111X0052024C truck_light_refrigerated petrol
65111X0132024C truck_light_refrigerated natural_gas
65111X0092024C truck_light_refrigerated battery_electric
65111X0032024C truck_medium_refrigerated diesel
65111X0122024C truck_medium_refrigerated natural_gas
65111X0082024C truck_medium_refrigerated battery_electric
65111X0022024C truck_heavy_refrigerated diesel
65111X0112024C truck_heavy_refrigerated natural_gas
65111X0072024C truck_heavy_refrigerated battery_electric
65129X0032024C rail
65319X0012024C aircraft
65219X0932024C sea_ship_average
65219X0862024C sea_bulk_carrier
65213X0062024C sea_container_ship
65219X0902024C sea_general_cargo_ship
65219X0922024C sea_multipurpose_ship
65219X0872024C sea_oil_tanker
65219X0882024C sea_liquefied_gas_tanker
65219X0892024C sea_other_tanker
65219X0912024C sea_other_cargo_ship
65229X0052024C inland_bulk_carrier
65229X0062024C inland_container_ship
65229X0072024C inland_roro_ship
65229X0082024C inland_tug
65222X0012024C inland_oil_tanker
"""

# id, item, vehicle or -, technology
TRAVEL: Final = """
64250X0012024C flight domestic
64250X0022024C flight domestic
64250X0032024C rail high_speed
64210X0232024C rail high_speed
64115X0052024C taxi - average
64115X0072024C taxi - petrol
64115X0092024C taxi - battery_electric
64115X0062024C taxi - average
64115X0082024C taxi - petrol
64115X0102024C taxi - battery_electric
63290X0012024C hotel
63290X0022024C hotel
64119X0162023C car car_small petrol
64119X0152023C car car_compact petrol
64119X0122023C car car_medium petrol
64119X0112023C car car_large petrol
64119X0132023C car suv_small petrol
64119X0142023C car suv_compact petrol
64119X0102023C car suv_medium petrol
64119X0392023C car suv_large petrol
64119X0172023C car car_small battery_electric
64119X0182023C car car_medium battery_electric
64119X0192023C car car_large battery_electric
"""

# id, fuel
UPSTREAM: Final = """
12010X0072024C diesel
12010X0062024C petrol
"""

# id, item, technology
MATERIALS: Final = """
41122A0052021C steel
41232X0092022C carbon_steel market_average
41265X0342022C carbon_steel basic_oxygen_furnace
41265X0352022C carbon_steel electric_arc_furnace
41265X0362022C cold_rolled_steel_sheet
41121A0012022C hot_rolled_steel small_sections
41121A0022022C hot_rolled_steel medium_sections
41121A0032022C hot_rolled_steel large_beams_billets
41121A0042022C hot_rolled_steel large_beams_rails
41121A0052022C hot_rolled_steel plates
41121A0062022C hot_rolled_steel h_beams
41121A0072022C hot_rolled_steel wide_strip
41121A0082022C hot_rolled_steel rebar
41121A0092022C hot_rolled_steel wire_rod
41121A0102022C hot_rolled_steel bars
41111A0012022C pig_iron steelmaking
41111A0022022C pig_iron foundry
34740F0042021C polypropylene
26422X0012022C pet_filament recycled
26422X0022022C pet_filament virgin
26360X0012021C cotton_yarn
32153X2652021C linerboard
36114X0032021C tyres
37129X0022023C glass_fibre
37115X0182021C automotive_tempered_glass bt
37115X0172021C automotive_tempered_glass gt
37560X0112023C concrete c40
37330X1762023C gypsum_mortar
15200X0502025C limestone
34280D0052022C ammonia coal
34250E0042022C ammonia natural_gas
34250E0032022C ammonia coke_oven_gas
17500C0192023C hydrogen grey
17500D0082023C hydrogen grey_coal
17500C0222023C hydrogen grey_natural_gas
17500B0062023C hydrogen blue_coal
17500B0052023C hydrogen blue_natural_gas
17500A0082023C hydrogen green
34170R0162022C r32
33380X0032023C lubricating_grease
35499X0672021C silicone_adhesive
46430X0172025C lithium_iron_phosphate
46420X0172021C lithium_iron_phosphate_battery_pack
47150X0962025C silicon_wafer_182_mm monocrystalline
47150X0972025C silicon_wafer_182_mm multicrystalline
47150X0982025C solar_cell_182_mm monocrystalline
47150X0992025C solar_cell_182_mm multicrystalline
"""


def words(table: str) -> dict[str, list[str]]:
    """The words of each id of a table; `-` is none."""
    rows = [line.split() for line in table.split("\n") if line]
    return {name: ["" if word == "-" else word for word in rest] for name, *rest in rows}
