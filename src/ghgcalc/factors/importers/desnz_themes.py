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

Places = dict[tuple[str, str], Theme]
_UNUSED = frozenset({"", "kWh", "2020", "Energy - Gross CV", "Energy - Net CV", "Volume", "Tonnes"})
_HEAT = {"Onsite heat and steam": "onsite", "District heat and steam": "district"}
_UK, _LOSS = "Electricity: UK", "5% loss"
_CELL = ("label", "column")
_ROW = ("label", "detail")
_SEAT = ("label", "detail", "column")
_SINGLE: Places = {
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
_CAR_TITLES = ("Cars (by market segment)", "Cars (by size)")


def _fuels() -> Places:
    found: Places = {}
    for name in ("Gaseous fuels", "Liquid fuels", "Solid fuels"):
        by_fuel = keys.by_label(labels.FUELS, "fuel")
        found["Fuels", name] = Theme("fuels.csv", "", by_fuel)
        found["WTT- fuels", name] = Theme("wtt_fuels.csv", "wtt", by_fuel)
        found["WTT- fuels", f"WTT- {name.lower()}"] = found["WTT- fuels", name]  # 2021
    for name in ("Biofuel", "Biomass", "Biogas"):
        by_fuel = keys.by_label(labels.BIOENERGY, "fuel")
        found["Bioenergy", name] = Theme("bioenergy.csv", "", by_fuel)
        found["WTT- bioenergy", f"WTT- {name.lower()}"] = Theme("wtt_fuels.csv", "wtt", by_fuel)
    return found


def _electric_vehicles() -> Places:
    found: Places = {}
    losses = "electric_vehicles_t_and_d.csv"
    for name in (*_CAR_TITLES, "Vans"):
        item, table = ("van", labels.VANS) if name == "Vans" else ("car", labels.CARS)
        power = keys.vehicle(item, table, labels.DRIVES)
        lost = keys.vehicle(f"{item}_electricity_losses", table, labels.DRIVES)
        found["UK electricity for EVs", name] = Theme("electric_vehicles.csv", "ev", power, _CELL)
        found["UK electricity T&D for EVs", name] = Theme(losses, "", lost, _CELL)
    return found


def _cars() -> Places:
    found: Places = {}
    own = keys.own_vehicle("car", labels.CARS)
    other = keys.vehicle("car", labels.CARS, labels.DRIVES)
    wtt = keys.in_gb(keys.vehicle("car_wtt", labels.CARS, labels.DRIVES))
    for name in _CAR_TITLES:
        low = f"c{name[1:]}"
        managed = ("Managed assets- vehicles", f"Managed {low}")
        found["Passenger vehicles", name] = Theme("vehicles.csv", "vehicle", own, _CELL)
        found["Business travel- land", name] = Theme("travel_land.csv", "travel", other, _CELL)
        found["WTT- pass vehs & travel- land", f"WTT- {low}"] = Theme(
            "wtt_travel.csv", "", wtt, _CELL
        )
        found[managed] = Theme("managed_vehicles.csv", "managed", other, _CELL)
    return found


def _vans_and_lorries() -> Places:
    found: Places = {}
    for name, scope_1, low, table in (
        ("Vans", "Vans", "vans", labels.VANS),
        ("HGV (all diesel)", "HGV (all diesel)", "HGV (all diesel)", labels.HGVS),
        (
            "HGV refrigerated (all diesel)",
            "HGVs refrigerated (all diesel)",
            "HGV refrigerated (all diesel)",
            labels.COLD_HGVS,
        ),
    ):
        lorry = name != "Vans"
        techs = labels.LADEN if lorry else labels.DRIVES
        own = keys.own_vehicle("van", table, lorry)
        goods_in = keys.in_gb(keys.vehicle("freight", table, techs))
        wtt = keys.in_gb(keys.vehicle("freight_wtt", table, techs))
        leased = keys.vehicle("hgv" if lorry else "van", table, techs)
        managed = ("Managed assets- vehicles", f"Managed {low}")
        found["Delivery vehicles", scope_1] = Theme("vehicles.csv", "vehicle", own, _CELL)
        found["Freighting goods", name] = Theme("freight.csv", "", goods_in, _CELL)
        found["WTT- delivery vehs & freight", f"WTT- {low}"] = Theme(
            "wtt_freight.csv", "", wtt, _CELL
        )
        found[managed] = Theme("managed_vehicles.csv", "managed", leased, _CELL)
    return found


def _travel() -> Places:
    bike = keys.vehicle("motorbike", labels.MOTORBIKES, None)
    found: Places = {
        ("Passenger vehicles", "Motorbike"): Theme("vehicles.csv", "vehicle", bike),
        ("Managed assets- vehicles", "Managed motorbikes"): Theme(
            "managed_vehicles.csv", "managed", bike
        ),
    }
    direct, wtt = "Business travel- ", "WTT- pass vehs & travel- land"
    for name, by_suffix in (
        ("Motorbike", lambda end: keys.vehicle(f"motorbike{end}", labels.MOTORBIKES, None)),
        ("Taxis", lambda end: keys.vehicle(f"taxi{end}", labels.TAXIS, None)),
        ("Bus", keys.bus),
        ("Rail", lambda end: keys.vehicle(f"rail{end}", labels.RAIL, None)),
    ):
        found[f"{direct}land", name] = Theme("travel_land.csv", "travel", by_suffix(""))
        found[wtt, f"WTT- {name.lower()}"] = Theme(
            "wtt_travel.csv", "", keys.in_gb(by_suffix("_wtt"))
        )
    ferry = keys.by_label(labels.FERRY, "technology", item="ferry")
    ferry_wtt = keys.in_gb(keys.by_label(labels.FERRY, "technology", item="ferry_wtt"))
    found[f"{direct}sea", "Ferry"] = Theme("travel_sea.csv", "travel", ferry)
    found[f"{direct}air", "Flights"] = Theme("travel_air.csv", "", keys.flight("flight"), _SEAT)
    found["WTT- business travel- sea", "WTT- ferry"] = Theme("wtt_travel.csv", "", ferry_wtt)
    found["WTT- business travel- air", "WTT- flights"] = Theme(
        "wtt_travel.csv", "", keys.flight("flight_wtt"), _SEAT
    )
    return found


def _freight() -> Places:
    """Freight by air, rail and sea; vans and lorries stand above."""
    found: Places = {}
    for level, file, item, titles in (
        (
            "Freighting goods",
            "freight.csv",
            "freight",
            ("Freight flights", "Rail", "Sea tanker", "Cargo ship"),
        ),
        (
            "WTT- delivery vehs & freight",
            "wtt_freight.csv",
            "freight_wtt",
            ("WTT- freight flights", "WTT- rail", "WTT- sea tanker", "WTT- cargo ship"),
        ),
    ):
        train = keys.only("Freight train", item=item, vehicle="rail", region="GB")
        flights, rail, *ships = titles
        found[level, flights] = Theme(file, "", keys.freight_flight(item), _CELL)
        found[level, rail] = Theme(file, "", train)
        for name in ships:
            found[level, name] = Theme(file, "", keys.ship(item), _ROW)
    return found


def _others() -> Places:
    found: Places = {}
    for name in ("Electricity generated", "UK electricity generated (managed assets)"):
        found["Managed assets- electricity", name] = Theme(
            "managed_electricity.csv", "managed", keys.only(_UK, item="electricity")
        )
    for name in labels.HOMEWORKING:
        found["Homeworking", name] = Theme("homeworking.csv", "", keys.homeworking)
    material = keys.by_goods(goods.MATERIALS, goods.ROUTES)
    waste = keys.by_goods(goods.WASTES, goods.TREATMENTS)
    for name in (
        "Construction", "Other", "Organic", "Refuse", "Electrical items", "Metal", "Plastic",
        "Paper",
    ):  # fmt: skip
        found["Material use", name] = Theme("materials.csv", "material", material, _CELL)
        found["Waste disposal", name] = Theme("waste.csv", "waste", waste, _CELL)
    return found


PLACES: Places = {
    **_SINGLE,
    **_fuels(),
    **_electric_vehicles(),
    **_cars(),
    **_vans_and_lorries(),
    **_travel(),
    **_freight(),
    **_others(),
}


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
