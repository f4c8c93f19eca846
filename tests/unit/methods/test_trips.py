"""Trips of travel and commuting: people × distance × times, ÷ occupancy where factors ask it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.core.diagnostics import Diagnostic

HEAD = """\
ghgcalc: 1
organization: {name: A, consolidation_approach: operational_control, gwp_set: AR6, country: DE}
factor_packs: [./own.yaml]
accept: [{gap: co2e_without_gases, reason: the example gives CO2e only}]
facilities: {hq: {country: DE}}
"""
_BOTH = "business_travel|employee_commuting"
PACK = f"""\
pack: own
title: Example
gwp_set: AR6
factors:
  grid: {{category: purchased_electricity, region: DE, per: kWh,
         gases: {{CO2e: 0.5 kgCO2e}}, source: x}}
  petrol: {{category: {_BOTH}, item: car, vehicle: small, technology: petrol, per: km,
           gases: {{CO2e: 0.2 kgCO2e}}, source: x}}
  diesel: {{category: {_BOTH}, item: car, vehicle: small, technology: diesel, per: km,
           gases: {{CO2e: 0.3 kgCO2e}}, source: x}}
  upstream: {{category: {_BOTH}, item: car_wtt, vehicle: small, technology: petrol, per: km,
             lifecycle: upstream, gases: {{CO2e: 9 kgCO2e}}, source: x}}
  bus: {{category: {_BOTH}, item: bus, per: pkm, gases: {{CO2e: 0.1 kgCO2e}}, source: x}}
  moped: {{category: {_BOTH}, fuel: petrol, vehicle: moped, per: km, gases: {{CO2e: 0.05 kgCO2e}},
          source: x}}
  cab: {{category: {_BOTH}, item: taxi, per: km, gases: {{CO2e: 0.4 kgCO2e}}, source: x}}
  cab-seat: {{category: {_BOTH}, item: taxi, per: pkm, gases: {{CO2e: 0.3 kgCO2e}}, source: x}}
  near: {{category: business_travel, item: flight, vehicle: short_haul,
         technology: economy_class.with_rf, per: pkm, gases: {{CO2e: 0.2 kgCO2e}}, source: x}}
  near-bare: {{category: business_travel, item: flight, vehicle: short_haul,
              technology: economy_class.without_rf, per: pkm,
              gases: {{CO2e: 0.1 kgCO2e}}, source: x}}
  near-business: {{category: business_travel, item: flight, vehicle: short_haul,
                  technology: business_class.with_rf, per: pkm,
                  gases: {{CO2e: 0.6 kgCO2e}}, source: x}}
  home: {{category: employee_commuting, item: homeworking, per: person hour,
         gases: {{CO2e: 0.25 kgCO2e}}, source: x}}
"""
SURVEY = "survey: {headcount: 100, responses: 40, working_days: 200}"


def _computed(folder: Path, body: str) -> dict[str, Line]:
    (folder / "own.yaml").write_text(PACK, "utf-8")
    (folder / "company.yaml").write_text(HEAD + body, "utf-8")
    run = compute(folder / "company.yaml")
    assert run.inventory is not None, [str(d) for d in run.diagnostics]
    return {line.id: line for line in run.inventory.lines}


def _tonnes(folder: Path, body: str) -> dict[str, Fraction | None]:
    return {name: line.co2e("location_based") for name, line in _computed(folder, body).items()}


def _found(folder: Path, body: str) -> tuple[Diagnostic, ...]:
    (folder / "own.yaml").write_text(PACK, "utf-8")
    (folder / "company.yaml").write_text(HEAD + body, "utf-8")
    return tuple(compute(folder / "company.yaml").diagnostics)


def _commuting(keys: str) -> str:
    return (
        f"activities:\n  a: {{facility: hq, category: employee_commuting, period: 2024, {keys}}}\n"
    )


def _travel(keys: str) -> str:
    return f"activities:\n  a: {{facility: hq, category: business_travel, period: 2024, {keys}}}\n"


def test_a_survey_stands_for_all(tmp_path: Path) -> None:
    trips = (
        "trips: {car: {share: 50 %, one_way: 10 km, vehicle: small, fuel: gasoline,"
        " occupancy: 1.25}, bus: {share: 30 %, one_way: 5 km, times: 100, item: bus},"
        " walk: {share: 15 %}, cycle: {share: 5 %, one_way: 3 km}}"
    )
    found = _computed(tmp_path, _commuting(f"{SURVEY}, {trips}"))
    # 50 × 200 × 2 × 10 km ÷ 1.25 × 0.2 kg; 30 × 100 × 2 × 5 km × 0.1 kg
    assert {name: line.co2e("location_based") for name, line in found.items()} == {
        "a/car": 32, "a/bus": 3, "a/walk": 0, "a/cycle": 0,
    }  # fmt: skip
    assert {line.calculated_by for line in found.values()} == {"distance_based"}
    assert all(
        line.notes == ("40 of 100 employees answered (40 %): extrapolated to all",)
        for line in found.values()
    )


def test_averages_need_no_answers(tmp_path: Path) -> None:
    keys = (
        "method: average_data, survey: {headcount: 10}, "
        "trips: {bus: {share: 100 %, distance: 5 km, times: 2, item: bus}}"
    )
    (line,) = _computed(tmp_path, _commuting(keys)).values()
    assert line.co2e("location_based") == Fraction("0.01")  # 10 × 2 × 5 km × 0.1 kg
    assert (line.calculated_by, line.notes) == ("average_data", ())


def test_work_at_home_by_hours_or_power(tmp_path: Path) -> None:
    hours = "telework: {share: 20 %, days: 50, hours: 8}"
    power = "telework: {share: 20 %, days: 50, energy: 3 kWh}"
    found = _computed(tmp_path, _commuting(f"{SURVEY}, {hours}"))
    # 20 × 50 × 8 h × 0.25 kg; 20 × 50 × 3 kWh × 0.5 kg
    assert found["a/telework"].co2e("location_based") == 2
    assert found["a/telework"].calculated_by == "average_data"
    assert _tonnes(tmp_path, _commuting(f"{SURVEY}, {power}")) == {"a/telework": Fraction("1.5")}


def test_trips_of_people(tmp_path: Path) -> None:
    keys = (
        "trips: {m: {people: 3, distance: 100 km, vehicle: moped, fuel: petrol, occupancy: 1},"
        " c: {people: 2, one_way: 50 mi, item: taxi, unit_basis: vkm, occupancy: 2},"
        " s: {people: 2, one_way: 50 km, times: 4, item: taxi, unit_basis: pkm},"
        " p: {people: 1, distance: 10 km, factor: own/diesel, occupancy: 1}}"
    )
    found = _tonnes(tmp_path, _travel(keys))
    # 3 × 100 × 0.05; 2 × 100 mi ÷ 2 × 1.609344 × 0.4; 2 × 4 × 100 km × 0.3; 10 × 0.3 kg
    assert found == {
        "a/m": Fraction("0.015"), "a/c": Fraction("0.06437376"), "a/s": Fraction("0.24"),
        "a/p": Fraction("0.003"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("forcing", "kilograms", "note"),
    [("with", 720, "with radiative forcing"), ("without", 360, "without radiative forcing")],
)
def test_flights_say_whether_forcing_is_in(
    tmp_path: Path, forcing: str, kilograms: int, note: str
) -> None:
    keys = (
        "trips: {f: {people: 4, distance: 900 km, haul: short, class: economy,"
        f" radiative_forcing: {forcing}}}}}"
    )
    (line,) = _computed(tmp_path, _travel(keys)).values()
    assert line.co2e("location_based") == Fraction(kilograms, 1000)  # 4 × 900 km × 0.2 or 0.1 kg
    assert line.notes == (note,)


def test_rows_count_people_or_their_km(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text("n,month\n100,2024-01\n50,2024-02\n", "utf-8")
    (tmp_path / "trips.csv").write_text("km,by\n500,car\n40,bus\n", "utf-8")
    body = """\
tables:
  staff:
    files: staff.csv
    read: {period: YYYY-MM}
    columns: {quantity: n, period: month}
    constants: {facility: hq, unit: person, item: all}
    items:
      all:
        category: employee_commuting
        trips: {bus: {share: 60 %, one_way: 5 km, times: 20, item: bus}, walk: {share: 40 %}}
        telework: {share: 10 %, days: 2, hours: 8}
  travel:
    files: trips.csv
    columns: {quantity: km, item: by}
    constants: {facility: hq, unit: pkm, period: 2024}
    items:
      car: {category: business_travel, item: car, technology: diesel, occupancy: 1.5}
      bus: {category: business_travel, item: bus}
"""
    found = _tonnes(tmp_path, body)
    # 150 × 60 % × 20 × 2 × 5 km × 0.1 kg; 150 × 10 % × 2 × 8 h × 0.25 kg; 500 ÷ 1.5 × 0.3; 40 × 0.1
    assert sum(t or 0 for n, t in found.items() if n.endswith("/bus") and "staff" in n) == Fraction(
        "1.8"
    )
    assert sum(t or 0 for n, t in found.items() if n.endswith("/telework")) == Fraction("0.06")
    assert sum(t or 0 for n, t in found.items() if n.startswith("travel")) == Fraction("0.104")


_BUS = "item: bus, one_way: 5 km"
_CAR = "one_way: 5 km, vehicle: small, technology: petrol"


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        (f"{SURVEY}, trips: {{b: {{share: 90 %, {_BUS}}}}}", "out-of-bounds"),
        (f"{SURVEY}, trips: {{b: {{share: 90 %, {_BUS}}}, c: {{people: 3, {_BUS}}}}}",
         "conflicting-keys"),
        (f"{SURVEY}, trips: {{b: {{{_BUS}}}}}", "missing-key"),
        (f"{SURVEY}, trips: {{b: {{people: 3, {_BUS}}}}}", "conflicting-keys"),
        (f"{SURVEY}, quantity: 3 person, trips: {{b: {{share: 100 %, {_BUS}}}}}",
         "conflicting-keys"),
        (f"{SURVEY}, item: bus, trips: {{b: {{share: 100 %, {_BUS}}}}}", "conflicting-keys"),
        (f"{SURVEY}, occupancy: 2, trips: {{c: {{share: 100 %, {_CAR}, occupancy: 2}}}}",
         "conflicting-keys"),
        (f"{SURVEY}, trips: {{c: {{share: 100 %, {_CAR}}}}}", "missing-key"),
        (f"{SURVEY}, trips: {{c: {{share: 100 %, {_CAR}, occupancy: 0.5}}}}", "out-of-bounds"),
        (f"{SURVEY}, trips: {{b: {{share: 100 %, {_BUS}, occupancy: 2}}}}", "conflicting-keys"),
        (f"{SURVEY}, trips: {{t: {{share: 100 %, one_way: 5 km, item: taxi}}}}", "missing-key"),
        (f"{SURVEY}, trips: {{b: {{share: 100 %, item: bus}}}}", "missing-key"),
        (f"{SURVEY}, trips: {{b: {{share: 100 %, one_way: 5 km}}}}", "missing-key"),
        (f"{SURVEY}, trips: {{b: {{share: 100 %, {_BUS}, distance: 5 km}}}}", "conflicting-keys"),
        (f"{SURVEY}, trips: {{b: {{share: 100 %, item: bus, one_way: 5 kg}}}}", "unit-mismatch"),
        (f"{SURVEY}, trips: {{b: {{share: 100 %, item: bus, one_way: -5 km}}}}",
         "negative-quantity"),
        (f"{SURVEY}, trips: {{b: {{share: 100 %, {_BUS}, class: economy}}}}", "missing-factor"),
        (f"{SURVEY}, trips: {{b: {{share: 100 %, one_way: 5 km, item: tram}}}}", "missing-factor"),
        (f"{SURVEY}, trips: {{c: {{share: 100 %, one_way: 5 km, vehicle: small, fuel: lpg,"
         " occupancy: 1}}", "missing-factor"),
        (f"{SURVEY}, trips: {{c: {{share: 100 %, one_way: 5 km, vehicle: small, occupancy: 1}}}}",
         "ambiguous-factor"),
        (f"{SURVEY}, trips: {{c: {{share: 100 %, one_way: 5 km, factor: own/bus,"
         " vehicle: small}}", "conflicting-keys"),
        (f"{SURVEY}, trips: {{walk: {{share: 100 %, occupancy: 2}}}}", "conflicting-keys"),
        (f"{SURVEY}, trips: {{telework: {{share: 100 %, {_BUS}}}}}", "conflicting-keys"),
        (SURVEY, "missing-key"),
        (f"survey: {{headcount: 10, working_days: 9}}, trips: {{b: {{share: 100 %, {_BUS}}}}}",
         "missing-key"),
        (f"survey: {{headcount: 10, responses: 9}}, trips: {{b: {{share: 100 %, {_BUS}}}}}",
         "missing-key"),
        ("survey: {headcount: 10, responses: 11}, trips: {walk: {share: 100 %}}", "out-of-bounds"),
        (f"trips: {{b: {{people: 10, {_BUS}}}}}", "missing-key"),
        (f"quantity: 10 km, trips: {{b: {{share: 100 %, {_BUS}, times: 3}}}}", "unit-mismatch"),
        (f"{SURVEY}, telework: {{share: 20 %, days: 50}}", "missing-key"),
        (f"{SURVEY}, telework: {{share: 20 %, days: 50, hours: 8, energy: 2 kWh}}",
         "conflicting-keys"),
        (f"{SURVEY}, telework: {{share: 20 %, days: 50, item: x, energy: 2 kWh}}",
         "conflicting-keys"),
        ("quantity: 10 km, item: car, technology: petrol, occupancy: 2", "unit-mismatch"),
        ("quantity: 10 pkm, item: bus, occupancy: 2", "unit-mismatch"),
        ("quantity: 10 pkm, item: car, technology: petrol", "unit-mismatch"),
    ],
)  # fmt: skip
def test_refused(tmp_path: Path, keys: str, code: str) -> None:
    assert {item.code for item in _found(tmp_path, _commuting(keys))} == {code}


@pytest.mark.parametrize(
    ("keys", "hint"),
    [
        ("haul: short, class: economy", "state `radiative_forcing: with` or"),
        ("haul: short, radiative_forcing: with", "state `class:` (business_class, economy_class)"),
        ("haul: shrt", "state one of short_haul"),
        ("vehicle: flight", "write `item: flight`"),
        ("vehicle: short_hual", "did you mean `short_haul`?"),
    ],
)
def test_what_a_flight_leaves_open_is_asked(tmp_path: Path, keys: str, hint: str) -> None:
    (found,) = _found(tmp_path, _travel(f"trips: {{f: {{people: 4, distance: 900 km, {keys}}}}}"))
    assert hint in (found.hint or "")
    assert found.location is not None
    assert (
        "f: {people"
        in (tmp_path / "company.yaml").read_text("utf-8").splitlines()[found.location.line - 1]
    )


def test_a_table_counts_people_itself(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text("n\n100\n", "utf-8")
    body = """\
tables:
  staff:
    files: staff.csv
    columns: {quantity: n}
    constants: {facility: hq, unit: person, item: all, period: 2024}
    items: {all: {category: business_travel, trips: {b: {people: 6, distance: 5 km, item: bus}}}}
"""
    (found,) = _found(tmp_path, body)
    assert (found.code, found.hint) == ("conflicting-keys", "state `share:` in each trip")


@pytest.mark.parametrize("distance", ["10 km", "10_000 m", "5.39956803455724 nmi"])
def test_distances_in_other_units_are_km(tmp_path: Path, distance: str) -> None:
    """Rows per km and per mile are equally far from metres; km is asked."""
    extra = PACK + (
        "  petrol-mi: {category: business_travel, item: car, vehicle: small, technology: petrol,"
        " per: mi,\n              gases: {CO2e: 7 kgCO2e}, source: x}\n"
    )
    (tmp_path / "own.yaml").write_text(extra, "utf-8")
    trip = f"{{people: 3, distance: {distance}, vehicle: small, fuel: petrol, occupancy: 1.5}}"
    (tmp_path / "company.yaml").write_text(HEAD + _travel(f"trips: {{c: {trip}}}"), "utf-8")
    run = compute(tmp_path / "company.yaml")
    assert run.inventory is not None, [str(d) for d in run.diagnostics]
    (line,) = run.inventory.lines
    tonnes = line.co2e("location_based")
    assert tonnes is not None
    # 3 × 10 km ÷ 1.5 × 0.2 kg = 4 kg; 10 km are 5.39956803455724… nautical miles of 1.852 km
    assert abs(tonnes - Fraction("0.004")) < Fraction(1, 10**15)


@pytest.mark.parametrize(
    ("quantity", "kilograms"),
    [("100 pkm", 10), ("100_000 person·m", 10), ("100 person·mi", Fraction("16.09344"))],
)
def test_occupancy_of_any_passenger_distance(
    tmp_path: Path, quantity: str, kilograms: Fraction
) -> None:
    keys = f"quantity: {quantity}, item: car, technology: petrol, occupancy: 2"
    # 100 ÷ 2 × 0.2 kg; 1 mi is 1.609344 km
    assert _tonnes(tmp_path, _travel(keys)) == {"a": Fraction(kilograms) / 1000}
