"""The unit definitions: pint lines over our own base units, aliases, ambiguous names.

Sources: SI Brochure 9th ed.; NIST SP 811 (pound, gallon, Btu, calories); tce 7,000 kcal(IT)/kg
(GB/T 2589: 29.3076 GJ); toe 41.868 GJ (IPCC 2006 vol. 1 annex 8A.1); gas states by the ideal gas
law at 101.325 kPa. Amounts of gas (`Nm3` 0 °C, `Sm3` 15 °C, `m3_20C`, `scf` 60 °F) are a dimension of
their own: a volume without a state never converts to them.
"""

from __future__ import annotations

DEFINITIONS: tuple[str, ...] = (
    # energy
    "J = [energy]",
    "kJ = 1000 * J",
    "MJ = 1000000 * J",
    "GJ = 1000000000 * J",
    "TJ = 1000000000000 * J",
    "PJ = 1000000000000000 * J",
    "Wh = 3600 * J",
    "kWh = 3600000 * J",
    "MWh = 1000 * kWh",
    "GWh = 1000000 * kWh",
    "TWh = 1000000000 * kWh",
    "cal_IT = 41868 / 10000 * J",
    "kcal_IT = 1000 * cal_IT",
    "Mcal_IT = 1000000 * cal_IT",
    "Gcal_IT = 1000000000 * cal_IT",
    "cal_th = 4184 / 1000 * J",
    "kcal_th = 1000 * cal_th",
    "Gcal_th = 1000000000 * cal_th",
    "Btu_IT = 105505585262 / 100000000 * J",
    "Btu_th = 41840000000 / 39683207 * J",
    "Btu_59F = 105480400 / 100000 * J",
    "mmBtu = 1000000 * Btu_IT",
    "therm = 100000 * Btu_IT",
    "therm_US = 100000 * Btu_59F",
    "tce = 293076 / 10 * MJ",
    "kgce = 293076 / 10000 * MJ",
    "toe = 41868 * MJ",
    "ktoe = 41868000 * MJ",
    # power and time
    "s = [time]",
    "minute = 60 * s",
    "hour = 3600 * s",
    "day = 86400 * s",
    "week = 604800 * s",
    "kW = 1000 * J / s",
    "MW = 1000000 * J / s",
    "kWp = [peak_power]",
    "MWp = 1000 * kWp",
    # mass
    "kg = [mass]",
    "g = kg / 1000",
    "mg = kg / 1000000",
    "t = 1000 * kg",
    "kt = 1000000 * kg",
    "Mt = 1000000000 * kg",
    "Gg = 1000000 * kg",
    "lb = 45359237 / 100000000 * kg",
    "short_ton = 2000 * lb",
    "long_ton = 2240 * lb",
    # volume (liquids, solids, gases of unstated state)
    "m3 = [volume]",
    "L = m3 / 1000",
    "mL = m3 / 1000000",
    "kL = m3",
    "hL = m3 / 10",
    "gal_us = 3785411784 / 1000000000000 * m3",
    "gal_imp = 454609 / 100000000 * m3",
    "bbl = 42 * gal_us",
    "ft3 = 28316846592 / 1000000000000 * m3",
    # amounts of gas: volume at a state
    "Nm3 = [gas_volume]",
    "Sm3 = 27315 / 28815 * Nm3",
    "m3_20C = 27315 / 29315 * Nm3",
    "m3_60F = 49167 / 51967 * Nm3",
    "scf = 28316846592 / 1000000000000 * m3_60F",
    # length, area, transport
    "km = [length]",
    "m = km / 1000",
    "mi = 1609344 / 1000000 * km",
    "nmi = 1852 / 1000 * km",
    "m2 = [area]",
    "ha = 10000 * m2",
    "ft2 = 9290304 / 100000000 * m2",
    "tkm = t * km",
    "pkm = person * km",
    # counts
    "person = [person]",
    "night = [night]",
    "vehicle = [vehicle]",
    "piece = [count]",
    "TEU = [container]",
    # temperature differences never appear: states are read by `gas_state`
    "Pa = [pressure]",
    "kPa = 1000 * Pa",
    "MPa = 1000000 * Pa",
    "bar = 100000 * Pa",
    "mbar = 100 * Pa",
    "atm = 101325 * Pa",
    # emissions
    "kgCO2e = [co2e]",
    "gCO2e = kgCO2e / 1000",
    "tCO2e = 1000 * kgCO2e",
    "ktCO2e = 1000000 * kgCO2e",
    "MtCO2e = 1000000000 * kgCO2e",
)
NATURAL: frozenset[str] = frozenset(line.split(" = ")[0] for line in DEFINITIONS)

CURRENCIES: frozenset[str] = frozenset(
    ["AED", "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RON", "SEK", "SGD", "THB", "TRY", "TWD", "USD", "VND", "ZAR"]
)

ALIASES: dict[str, str] = {
    "kwh": "kWh", "KWH": "kWh", "kWH": "kWh", "mwh": "MWh", "MWH": "MWh", "gwh": "GWh",
    "度": "kWh", "千瓦时": "kWh", "兆瓦时": "MWh", "吉焦": "GJ",
    "kilowatt-hour": "kWh", "kilowatthour": "kWh",
    "MMBtu": "mmBtu", "MMBTU": "mmBtu", "mmbtu": "mmBtu", "therms": "therm", "therm_EC": "therm",
    "tonne": "t", "tonnes": "t", "metric ton": "t", "metric tons": "t", "metric_ton": "t",
    "吨": "t", "千克": "kg", "公斤": "kg", "kilogram": "kg", "kilograms": "kg", "gram": "g",
    "short ton": "short_ton", "short tons": "short_ton", "US ton": "short_ton",
    "long ton": "long_ton", "long tons": "long_ton", "imperial ton": "long_ton",
    "lbs": "lb", "pound": "lb", "pounds": "lb",
    "l": "L", "litre": "L", "litres": "L", "liter": "L", "liters": "L", "升": "L",
    "m³": "m3", "立方米": "m3", "cubic metre": "m3", "cubic metres": "m3", "m^3": "m3",
    "Nm³": "Nm3", "标立方米": "Nm3", "Sm³": "Sm3", "m²": "m2", "m^2": "m2",
    "US gallon": "gal_us", "US gallons": "gal_us", "US gal": "gal_us", "gal_US": "gal_us",
    "imperial gallon": "gal_imp", "imperial gallons": "gal_imp", "gal_UK": "gal_imp",
    "UK gallon": "gal_imp",
    "barrel": "bbl", "barrels": "bbl", "cubic feet": "ft3", "cubic foot": "ft3", "ft³": "ft3",
    "mile": "mi", "miles": "mi", "vehicle-mile": "mi", "vehicle-km": "km", "nautical mile": "nmi",
    "t-km": "tkm", "tonne-km": "tkm", "p-km": "pkm", "passenger-km": "pkm",
    "passenger.km": "pkm", "tonne.km": "tkm",
    "p": "person", "persons": "person", "people": "person", "employee": "person",
    "employees": "person", "FTE": "person", "nights": "night", "room-night": "night",
    "room night": "night", "pieces": "piece", "unit": "piece", "units": "piece", "pcs": "piece",
    "h": "hour", "hours": "hour", "d": "day", "days": "day",
    "RMB": "CNY", "yuan": "CNY", "元": "CNY",
    "kg CO2e": "kgCO2e", "t CO2e": "tCO2e", "g CO2e": "gCO2e",
    "kg C": "kg", "kgC": "kg", "t C": "t", "tC": "t", "tCO2": "t", "kgCO2": "kg",
}  # fmt: skip

AMBIGUOUS: dict[str, tuple[tuple[str, str], ...]] = {
    "ton": (("t", "1,000 kg"), ("short_ton", "907.18474 kg"), ("long_ton", "1,016.0469 kg")),
    "gallon": (("gal_us", "3.785411784 L"), ("gal_imp", "4.54609 L")),
    "Btu": (("Btu_IT", "1,055.06 J"), ("Btu_59F", "1,054.80 J"), ("Btu_th", "1,054.35 J")),
    "MBtu": (("mmBtu", "a million Btu"), ("1000 Btu_IT", "a thousand Btu")),
    "cal": (("cal_IT", "4.1868 J"), ("cal_th", "4.184 J")),
    "kcal": (("kcal_IT", "4.1868 kJ"), ("kcal_th", "4.184 kJ")),
    "Gcal": (("Gcal_IT", "4.1868 GJ"), ("Gcal_th", "4.184 GJ")),
    "ccf": (("100 ft3", "with `gas_state`"), ("100 scf", "at 60 °F")),
    "Mcf": (("1000 scf", "a thousand cubic feet at 60 °F"), ("1000000 scf", "a million")),
    "cf": (("ft3", "with `gas_state`"), ("scf", "at 60 °F, 101.325 kPa")),
    "MT": (("t", "a metric ton"), ("Mt", "a million metric tons")),
    "¥": (("CNY", "yuan"), ("JPY", "yen")),
    "ncm": (("Nm3", "at 0 °C"), ("Sm3", "at 15 °C")),
    "$": (("USD", "US dollar"), ("CAD", "Canadian dollar"), ("AUD", "Australian dollar")),
}
for _same, _name in (
    ("tons", "ton"), ("Ton", "ton"), ("TON", "ton"), ("gal", "gallon"), ("gallons", "gallon"),
    ("BTU", "Btu"), ("btu", "Btu"), ("MBTU", "MBtu"), ("mbtu", "MBtu"), ("CCF", "ccf"),
    ("MCF", "Mcf"), ("mcf", "Mcf"), ("cft", "cf"),
):  # fmt: skip
    AMBIGUOUS[_same] = AMBIGUOUS[_name]

DIMENSION_NAMES: dict[str, str] = {
    "J": "energy",
    "J/s": "power",
    "kWp": "peak power",
    "kg": "mass",
    "m3": "volume",
    "Nm3": "gas volume at a state",
    "km": "distance",
    "m2": "area",
    "kg·km": "transport (mass × distance)",
    "km·person": "passenger transport",
    "person": "persons",
    "night": "nights",
    "piece": "count",
    "kgCO2e": "CO2 equivalents",
    "s": "time",
    "Pa": "pressure",
}
