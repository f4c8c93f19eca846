"""DESNZ conversion factors: which table each Level 1 and Level 2 of the flat file belongs to.

Every pair of levels has a theme here, or its Level 1 is left out with its reason; any other pair
stops the importer.
"""

from __future__ import annotations

from ghgcalc.factors.importers import desnz_goods as goods
from ghgcalc.factors.importers import desnz_keys as keys
from ghgcalc.factors.importers import desnz_labels as labels
from ghgcalc.factors.importers.common import ImportSourceError
from ghgcalc.factors.importers.desnz_files import SAME_LEVEL
from ghgcalc.factors.importers.desnz_keys import Group, Theme

_UNUSED = frozenset({"", "kWh", "2020", "Energy - Gross CV", "Energy - Net CV", "Volume", "Tonnes"})
_HEAT = {"Onsite heat and steam": "onsite", "District heat and steam": "district"}
_UK, _LOSS = "Electricity: UK", "5% loss"
_CELL = ("label", "column")
_ROW = ("label", "detail")
_SEAT = ("label", "detail", "column")
PLACES: dict[tuple[str, str], Theme] = {
    ("UK electricity", "Electricity generated"): Theme("electricity.csv", "uk", keys.only(_UK)),
    ("Heat and steam", "Heat and steam"): Theme(
        "heat.csv", "heat_and_steam", keys.by_label(_HEAT, "technology")
    ),
    ("Transmission and distribution", "T&D- UK electricity"): Theme(
        "t_and_d.csv", "losses", keys.only(_UK, item="electricity")
    ),
    ("Transmission and distribution", "Distribution - district heat & steam"): Theme(
        "t_and_d.csv", "losses", keys.only(_LOSS, item="heat_and_steam")
    ),
    ("WTT- UK electricity", "WTT- UK electricity (generation)"): Theme(
        "wtt_energy.csv", "", keys.only(_UK, item="electricity_wtt_generation", region="GB")
    ),
    ("WTT- UK electricity", "WTT- UK electricity (T&D)"): Theme(
        "wtt_energy.csv", "", keys.only(_UK, item="electricity_wtt_losses", region="GB")
    ),
    ("WTT- UK electricity", "WTT- overseas electricity (generation)"): Theme(
        "wtt_energy.csv", "", keys.abroad("electricity_wtt_generation")
    ),
    ("WTT- UK electricity", "WTT- overseas electricity (T&D)"): Theme(
        "wtt_energy.csv", "", keys.abroad("electricity_wtt_losses")
    ),
    ("WTT- heat and steam", "WTT- heat and steam"): Theme(
        "wtt_energy.csv",
        "",
        keys.in_gb(keys.by_label(_HEAT, "technology", item="heat_and_steam_wtt")),
    ),
    ("WTT- heat and steam", "WTT- district heat & steam distribution"): Theme(
        "wtt_energy.csv", "", keys.only(_LOSS, item="heat_and_steam_wtt_losses", region="GB")
    ),
    ("Water supply", "Water supply"): Theme(
        "water_supply.csv", "", keys.only("Water supply", item="water_supply")
    ),
    ("Water treatment", "Water treatment"): Theme(
        "water_treatment.csv", "", keys.only("Water treatment", item="water_treatment")
    ),
    ("Hotel stay", "Hotel stay"): Theme("hotel.csv", "", keys.hotel),
}
for _name in ("Gaseous fuels", "Liquid fuels", "Solid fuels"):
    PLACES["Fuels", _name] = Theme("fuels.csv", "", keys.by_label(labels.FUELS, "fuel"))
    _wtt = Theme("wtt_fuels.csv", "wtt", keys.by_label(labels.FUELS, "fuel"))
    PLACES["WTT- fuels", _name] = PLACES["WTT- fuels", f"WTT- {_name.lower()}"] = _wtt
for _name in ("Biofuel", "Biomass", "Biogas"):
    PLACES["Bioenergy", _name] = Theme("bioenergy.csv", "", keys.by_label(labels.BIOENERGY, "fuel"))
    PLACES["WTT- bioenergy", f"WTT- {_name.lower()}"] = Theme(
        "wtt_fuels.csv", "wtt", keys.by_label(labels.BIOENERGY, "fuel")
    )
for _level, _file, _start, _suffix in (
    ("UK electricity for EVs", "electric_vehicles.csv", "ev", ""),
    (
        "UK electricity T&D for EVs",
        "electric_vehicles_t_and_d.csv",
        "",
        "_electricity_losses",
    ),
):
    for _name, _item, _table in (
        ("Cars (by market segment)", "car", labels.CARS),
        ("Cars (by size)", "car", labels.CARS),
        ("Vans", "van", labels.VANS),
    ):
        _keys = keys.vehicle(f"{_item}{_suffix}", _table, labels.DRIVES)
        PLACES[_level, _name] = Theme(_file, _start, _keys, _CELL)
for _name in ("Cars (by market segment)", "Cars (by size)"):
    _own = keys.own_vehicle("car", labels.CARS)
    _travel = keys.vehicle("car", labels.CARS, labels.DRIVES)
    PLACES["Passenger vehicles", _name] = Theme("vehicles.csv", "vehicle", _own, _CELL)
    PLACES["Business travel- land", _name] = Theme("travel_land.csv", "travel", _travel, _CELL)
    PLACES["WTT- pass vehs & travel- land", f"WTT- c{_name[1:]}"] = Theme(
        "wtt_travel.csv", "", keys.in_gb(keys.vehicle("car_wtt", labels.CARS, labels.DRIVES)), _CELL
    )
    PLACES["Managed assets- vehicles", f"Managed c{_name[1:]}"] = Theme(
        "managed_vehicles.csv", "managed", _travel, _CELL
    )
for _name, _table, _techs in (
    ("HGV (all diesel)", labels.HGVS, True),
    ("HGV refrigerated (all diesel)", labels.COLD_HGVS, True),
    ("Vans", labels.VANS, False),
):
    _kind = "hgv" if _techs else "van"
    _column = labels.LADEN if _techs else labels.DRIVES
    _scope_1 = _name.replace("HGV refrigerated", "HGVs refrigerated")
    _low = _name[0].lower() + _name[1:] if not _techs else _name
    PLACES["Delivery vehicles", _scope_1] = Theme(
        "vehicles.csv", "vehicle", keys.own_vehicle("van", _table, _techs), _CELL
    )
    PLACES["Freighting goods", _name] = Theme(
        "freight.csv", "", keys.in_gb(keys.vehicle("freight", _table, _column)), _CELL
    )
    PLACES["WTT- delivery vehs & freight", f"WTT- {_low}"] = Theme(
        "wtt_freight.csv", "", keys.in_gb(keys.vehicle("freight_wtt", _table, _column)), _CELL
    )
    PLACES["Managed assets- vehicles", f"Managed {_low}"] = Theme(
        "managed_vehicles.csv", "managed", keys.vehicle(_kind, _table, _column), _CELL
    )
PLACES["Passenger vehicles", "Motorbike"] = Theme(
    "vehicles.csv", "vehicle", keys.vehicle("motorbike", labels.MOTORBIKES, None)
)
PLACES["Managed assets- vehicles", "Managed motorbikes"] = Theme(
    "managed_vehicles.csv", "managed", keys.vehicle("motorbike", labels.MOTORBIKES, None)
)
for _level, _mark, _file, _start, _suffix in (
    ("Business travel- land", "", "travel_land.csv", "travel", ""),
    ("WTT- pass vehs & travel- land", "WTT- ", "wtt_travel.csv", "", "_wtt"),
):
    for _name, _keys in (
        ("Motorbike", keys.vehicle(f"motorbike{_suffix}", labels.MOTORBIKES, None)),
        ("Taxis", keys.vehicle(f"taxi{_suffix}", labels.TAXIS, None)),
        ("Bus", keys.bus(_suffix)),
        ("Rail", keys.vehicle(f"rail{_suffix}", labels.RAIL, None)),
    ):
        _title = f"{_mark}{_name.lower() if _mark else _name}"
        PLACES[_level, _title] = Theme(_file, _start, keys.in_gb(_keys) if _mark else _keys)
for _level, _mark, _file, _start, _suffix in (
    ("Business travel- sea", "Ferry", "travel_sea.csv", "travel", ""),
    ("WTT- business travel- sea", "WTT- ferry", "wtt_travel.csv", "", "_wtt"),
):
    _keys = keys.by_label(labels.FERRY, "technology", item=f"ferry{_suffix}")
    PLACES[_level, _mark] = Theme(_file, _start, keys.in_gb(_keys) if _suffix else _keys)
for _level, _mark, _file, _suffix in (
    ("Business travel- air", "Flights", "travel_air.csv", ""),
    ("WTT- business travel- air", "WTT- flights", "wtt_travel.csv", "_wtt"),
):
    PLACES[_level, _mark] = Theme(_file, "", keys.flight(f"flight{_suffix}"), _SEAT)
for _level, _mark, _file, _item in (
    ("Freighting goods", "", "freight.csv", "freight"),
    ("WTT- delivery vehs & freight", "WTT- ", "wtt_freight.csv", "freight_wtt"),
):
    for _name, _theme in (
        ("Freight flights", Theme(_file, "", keys.freight_flight(_item), _CELL)),
        (
            "Rail",
            Theme(_file, "", keys.only("Freight train", item=_item, vehicle="rail", region="GB")),
        ),
        ("Sea tanker", Theme(_file, "", keys.ship(_item), _ROW)),
        ("Cargo ship", Theme(_file, "", keys.ship(_item), _ROW)),
    ):
        PLACES[_level, f"{_mark}{_name.lower() if _mark else _name}"] = _theme
for _name in ("Electricity generated", "UK electricity generated (managed assets)"):
    PLACES["Managed assets- electricity", _name] = Theme(
        "managed_electricity.csv", "managed", keys.only(_UK, item="electricity")
    )
for _name in labels.HOMEWORKING:
    PLACES["Homeworking", _name] = Theme("homeworking.csv", "", keys.homeworking)
for _name in (
    "Construction", "Other", "Organic", "Refuse", "Electrical items", "Metal", "Plastic", "Paper",
):  # fmt: skip
    PLACES["Material use", _name] = Theme(
        "materials.csv", "material", keys.by_goods(goods.MATERIALS, goods.ROUTES), _CELL
    )
    PLACES["Waste disposal", _name] = Theme(
        "waste.csv", "waste", keys.by_goods(goods.WASTES, goods.TREATMENTS), _CELL
    )


def theme_of(group: Group) -> Theme:
    """The theme of a group.

    Raises:
        ImportSourceError: the levels are unknown, or a level is filled that the theme has no key
            for.
    """
    level = SAME_LEVEL.get(group.level_1, group.level_1)
    theme = PLACES.get((level, group.level_2))
    if theme is None:
        raise ImportSourceError(
            f"{group.cells}: unknown levels {group.level_1!r} / {group.level_2!r}"
        )
    for name in {"detail", "column"} - set(theme.uses):
        if getattr(group, name) not in _UNUSED:
            raise ImportSourceError(f"{group.cells}: unexpected {getattr(group, name)!r}")
    return theme
