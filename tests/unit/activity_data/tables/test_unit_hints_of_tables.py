"""Hints about units of table rows can be typed in the company file, and give the right tonnes."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.pipeline.run import Run

COMPANY = """
ghgcalc: 1
organization: {name: T, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz, own.yaml]
facilities: {leeds: {country: GB}}
tables:
  bills:
    files: bills.csv
    columns: {facility: site, item: what, period: p, quantity: q, COLUMN}
    items: {gas: {category: stationary_combustion, fuel: FUEL}}
"""
OWN = """
pack: own
title: O
factors:
  bio: {category: stationary_combustion, fuel: biogas, per: Nm3, gases: {CH4: 0 kg}, source: s}
"""
# DESNZ 2024, fuels: natural gas 0.18290 kgCO2e/kWh gross, 0.20264 net; 1,000 kWh in the file
GROSS, NET = Fraction("0.1829"), Fraction("0.20264")


def run(folder: Path, unit: str, more: str = "", *, column: bool = True) -> Run:
    text = COMPANY.replace("COLUMN", "unit: u" if column else "supplier: s")
    text = text.replace("FUEL", "natural_gas") + (f"    {more}\n" if more else "")
    (folder / "own.yaml").write_text(OWN, "utf-8")
    (folder / "company.yaml").write_text(text, "utf-8")
    (folder / "bills.csv").write_text(f"site,what,p,q,u,s\nleeds,gas,2024,1000,{unit},\n", "utf-8")
    return compute(folder / "company.yaml")


def entries(made: Run, code: str) -> list[str]:
    """The keys that the hint of the only finding gives to paste."""
    (found,) = made.diagnostics
    assert found.code == code
    return re.findall(r"`((?:names|constants): [^`]*)`", found.hint or "")


@pytest.mark.parametrize(
    ("unit", "more", "column"),
    [("kWh", "", True), ("度", "names: {unit: {度: kWh}}", True),
     ("", "constants: {unit: kWh}", False)],
)  # fmt: skip
def test_a_heating_value(tmp_path: Path, unit: str, more: str, *, column: bool) -> None:
    pasted = entries(run(tmp_path, unit, more, column=column), "basis-missing")
    tonnes = []
    for entry in pasted:
        made = run(tmp_path, unit, entry, column=column)
        assert made.inventory is not None, made.diagnostics
        tonnes.append(made.inventory.totals.scope_1)
    assert tonnes == [GROSS, NET]


def test_the_state_of_a_gas(tmp_path: Path) -> None:
    """1 Nm3 is 288.15/273.15 Sm3, so the first entry gives more by that."""
    pasted = entries(run(tmp_path, "m3"), "gas-state-missing")
    made = [run(tmp_path, "m3", entry).inventory for entry in pasted]
    assert len(made) == 3
    assert made[0] is not None
    assert made[1] is not None
    assert made[2] is not None
    zero, fifteen = made[0].totals.scope_1, made[1].totals.scope_1
    assert zero is not None
    assert fifteen is not None
    assert zero / fifteen == Fraction("288.15") / Fraction("273.15")
    twenty = made[2].totals.scope_1
    assert twenty is not None
    assert zero / twenty == Fraction("293.15") / Fraction("273.15")


def test_a_volume_of_another_size_is_not_offered_as_cubic_metres(tmp_path: Path) -> None:
    made = run(tmp_path, "ft3")
    assert entries(made, "gas-state-missing") == []
    assert "at the item `gas_state:" in (made.diagnostics[0].hint or "")


def test_a_liquefied_gas(tmp_path: Path) -> None:
    """1,000 m3 of the liquid are 1,000,000 L: as many tonnes as the file in litres has."""
    lng = COMPANY.replace("FUEL", "lng").replace("COLUMN", "unit: u").replace(", own.yaml", "")
    path = tmp_path / "company.yaml"
    tonnes = []
    for quantity, unit in ((1000, "m3"), (1_000_000, "L")):
        (tmp_path / "bills.csv").write_text(
            f"site,what,p,q,u\nleeds,gas,2024,{quantity},{unit}\n", "utf-8"
        )
        path.write_text(lng, "utf-8")
        made = compute(path)
        if unit == "m3":
            liquid, _ = entries(made, "gas-state-missing")
            path.write_text(lng + f"    {liquid}\n", "utf-8")
            made = compute(path)
        assert made.inventory is not None, made.diagnostics
        tonnes.append(made.inventory.totals.scope_1)
    assert tonnes[0] == tonnes[1] > 0


# ---- power within the day -----------------------------------------------------------------------

INTERVALS = """
ghgcalc: 1
organization: {name: T, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities: {leeds: {country: GB}}
tables:
  load:
    files: load.csv
    read: {date: "YYYY-MM-DD hh:mm"}
    constants: {facility: leeds, item: el}
    columns: {from: a, to: b, quantity: q, unit: u}
    items: {el: {category: purchased_electricity}}
"""


def load(folder: Path, unit: str, minutes: int, *, top: str = "", more: str = "") -> Run:
    """A day of intervals in which 4 of a unit of power was drawn on average."""
    times = [divmod(m, 60) for m in range(0, 24 * 60, minutes)]
    ends = [divmod(m + minutes - 1, 60) for m in range(0, 24 * 60, minutes)]
    rows = (
        f"2024-01-01 {a:02}:{b:02},2024-01-01 {c:02}:{d:02},4,{unit}\n"
        for (a, b), (c, d) in zip(times, ends, strict=True)
    )
    (folder / "load.csv").write_text("a,b,q,u\n" + "".join(rows), "utf-8")
    body = f"{INTERVALS}{f'    {more}' if more else ''}\n{top}\n"
    (folder / "company.yaml").write_text(body, "utf-8")
    return compute(folder / "company.yaml")


@pytest.mark.parametrize(
    ("unit", "minutes", "place", "factor"),
    [("kW", 15, 0, 1), ("kW", 60, 1, 1), ("MW", 15, 0, 1000), ("MW", 60, 1, 1000)],
)
def test_a_mean_power_is_asked_how_long_it_lasts(
    tmp_path: Path, unit: str, minutes: int, place: int, factor: int
) -> None:
    (found,) = load(tmp_path, unit, minutes).diagnostics
    assert (found.hint or "").startswith("how long does one row last?")
    names = re.findall(r"`(names: [^`]*)`", found.hint or "")[place]
    (own,) = re.findall(r"`(units: [^`]*)`", found.hint or "")
    made = load(tmp_path, unit, minutes, top="" if place else own, more=names)
    assert made.inventory is not None
    # 4 kW over 24 h are 96 kWh, at 0.20705 kg/kWh (DESNZ 2024)
    tonnes = made.inventory.totals.scope_2["location_based"]
    assert tonnes == 96 * Fraction("0.00020705") * factor


def test_own_units_of_the_file_are_kept(tmp_path: Path) -> None:
    (found,) = load(tmp_path, "kW", 15, top="units: {own_qh: 9 kWh}").diagnostics
    assert "add `own_qh_load: 0.25 kWh` to top level `units:`" in (found.hint or "")
    names = re.findall(r"`(names: [^`]*)`", found.hint or "")[0]
    made = load(tmp_path, "kW", 15, top="units: {own_qh: 9 kWh, own_qh_load: 0.25 kWh}", more=names)
    assert made.inventory is not None
    assert made.inventory.totals.scope_2["location_based"] == 96 * Fraction("0.00020705")


def test_a_power_beside_a_month_may_be_its_peak(tmp_path: Path) -> None:
    made = run(tmp_path, "kW")
    (found,) = made.diagnostics
    assert "own_" not in (found.hint or "")
    assert "a peak or contracted power is none" in (found.hint or "")


def test_a_liquid_in_cubic_feet_gets_an_own_unit(tmp_path: Path) -> None:
    def made(more: str, top: str = "") -> Run:
        text = COMPANY.replace("COLUMN", "unit: u").replace("FUEL", "lpg") + more
        gases = "gases: {CO2: 2 kg, CH4: 0 kg, N2O: 0 kg}"
        pack = OWN.replace("biogas, per: Nm3, gases: {CH4: 0 kg}", f"lpg, per: L, {gases}")
        (tmp_path / "own.yaml").write_text(pack, "utf-8")
        (tmp_path / "bills.csv").write_text("site,what,p,q,u\nleeds,gas,2024,100,ft3\n", "utf-8")
        text = text.replace("[desnz, own.yaml]", "[own.yaml]")
        (tmp_path / "company.yaml").write_text(f"{text}\n{top}", "utf-8")
        return compute(tmp_path / "company.yaml")

    (found,) = made("").diagnostics
    (unit,) = re.findall(r"`(own_liquid: [^`]*)`", found.hint or "")
    (names,) = re.findall(r"`(names: [^`]*)`", found.hint or "")
    inventory = made(f"    {names}", f"units: {{{unit}}}\n").inventory
    assert inventory is not None
    # 100 ft3 are 2,831.6846592 L, at 2 kg/L
    assert inventory.totals.scope_1 == Fraction("5.6633693184")


def test_a_heading_that_names_the_power_stays_right(tmp_path: Path) -> None:
    """`Load [kW]` read in kWh would be doubted: the file's kW is translated instead."""
    rows = "".join(f"2024-01-01 {h:02}:00,2024-01-01 {h:02}:59,4\n" for h in range(24))
    (tmp_path / "load.csv").write_text("a,b,Load [kW]\n" + rows, "utf-8")
    text = INTERVALS.replace(", unit: u}", "}").replace("quantity: q", "quantity: 'Load [kW]'")
    text = text.replace("item: el}", "item: el, unit: kW}")
    (tmp_path / "company.yaml").write_text(text, "utf-8")
    (found,) = compute(tmp_path / "company.yaml").diagnostics
    (names,) = re.findall(r"of an hour, `(names: [^`]*)`", found.hint or "")
    (tmp_path / "company.yaml").write_text(f"{text}    {names}\n", "utf-8")
    made = compute(tmp_path / "company.yaml")
    assert not made.diagnostics
    assert made.inventory is not None
    assert made.inventory.totals.scope_2["location_based"] == 96 * Fraction("0.00020705")


def test_a_heating_value_of_oil(tmp_path: Path) -> None:
    """0.25 kg for each of 1,000 kWh net; no bill of gas is spoken of, and litres are."""
    own = OWN.replace("bio: ", "oil: ").replace(
        "fuel: biogas, per: Nm3", "fuel: gas_oil, per: kWh net"
    )
    own = own.replace("CH4: 0 kg", "CO2: 0.25 kg")
    text = COMPANY.replace("COLUMN", "unit: u").replace("FUEL", "gas_oil")
    text = re.sub("factor_packs: .*", "factor_packs: [own.yaml]", text)
    (tmp_path / "own.yaml").write_text(own, "utf-8")
    (tmp_path / "bills.csv").write_text("site,what,p,q,u\nleeds,gas,2024,1000,kWh\n", "utf-8")

    def computed(more: str = "") -> Run:
        (tmp_path / "company.yaml").write_text(f"{text}    {more}\n", "utf-8")
        return compute(tmp_path / "company.yaml")

    (found,) = computed().diagnostics
    assert "gas bills" not in (found.hint or "")
    assert "litres" in (found.hint or "")
    net, gross = entries(computed(), "basis-missing")
    made = computed(net)
    assert made.inventory is not None, made.diagnostics
    assert made.inventory.totals.scope_1 == Fraction("0.25")
    assert [each.code for each in computed(gross).diagnostics] == ["basis-mismatch"]
