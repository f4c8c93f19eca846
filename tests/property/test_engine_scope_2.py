"""Scope 2 through the whole pipeline: bounded, monotone, blind to order, boundary and method."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.inventory.inventory import Inventory
from ghgcalc.pipeline.run import compute
from support.strategies import profile

GRID, RESIDUAL = Fraction("0.5"), Fraction("0.6")
HEAD = """
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [./own.yaml]
facilities:
  a: {country: XX}
  b: {country: XX}
boundaries:
  only-a: {facilities: [a]}
activities:
  power-a: {facility: a, category: purchased_electricity, quantity: 60 MWh, period: 2023}
  power-b: {facility: b, category: purchased_electricity, quantity: 40 MWh, period: 2023}
"""
OWN = """
pack: own
title: Factors of the example
factors:
  grid: {category: purchased_electricity, region: XX, per: MWh, gases: {CO2: 0.5 t}, source: table}
  residual:
    {category: purchased_electricity, kind: residual_mix, region: XX, per: MWh, gases: {CO2: 0.6 t},
     source: table}
"""
MET = "criteria_met: {1: x, 2: x, 3: x, 4: x, 5: x, 6: x, 7: x}"
TYPES = ("GEC", "GO", "PPA", "VPPA", "direct_purchase", "green_tariff", "fund_right")


@st.composite
def ledgers(draw: st.DrawFn) -> list[str]:
    """Up to four instruments; rates are below the residual mix."""
    found = []
    for index in range(draw(st.integers(0, 4))):
        where = draw(st.sampled_from(["", ", facilities: [a]", ", facilities: [b]"]))
        found.append(
            f"  i{index}: {{type: {draw(st.sampled_from(TYPES))}, market: XX,"
            f" volume: {draw(st.integers(0, 120))} MWh, generated: 2023, {MET}{where},"
            f" emission_rate: {{CO2: {draw(st.integers(0, 599))} kg/MWh}}}}"
        )
    return found


def inventory(ledger: list[str], boundary: str | None = None) -> Inventory:
    with TemporaryDirectory() as folder:
        path = Path(folder, "company.yaml")
        tail = "\n".join(["instruments:", *ledger]) if ledger else ""
        path.write_text(HEAD + tail + "\n", encoding="utf-8")
        Path(folder, "own.yaml").write_text(OWN, encoding="utf-8")
        run = compute(path, boundary=boundary)
    assert run.inventory is not None, run.diagnostics
    return run.inventory


@given(ledger=ledgers())
@profile(40)
def test_allocation_exceeds_neither_consumption_nor_volume(ledger: list[str]) -> None:
    found = inventory(ledger)
    for line in found.lines:
        assert sum((part.quantity for part in line.market_based), Fraction(0)) == line.quantity
        assert all(part.quantity > 0 for part in line.market_based)
        assert all(1 <= part.level <= 5 for part in line.market_based)
    spent = {use.id: Fraction(0) for use in found.instruments}
    for part in (part for line in found.lines for part in line.market_based):
        if part.instrument is not None:
            spent[part.instrument] += part.quantity
    for use in found.instruments:
        assert spent[use.id] == use.used <= use.volume
        assert use.used + use.surplus == use.volume


@given(ledger=ledgers(), more=st.integers(1, 200))
@profile(40)
def test_more_of_an_instrument_at_zero_never_raises_the_total(ledger: list[str], more: int) -> None:
    """The instrument has the last level of the market: it displaces the residual mix or dirtier."""

    def total(volume: int) -> Fraction:
        extra = (
            f"  z: {{type: fund_right, market: XX, volume: {volume} MWh, generated: 2023,"
            f" emission_rate: {{CO2: 0 kg/MWh}}, {MET}}}"
        )
        return inventory([*ledger, extra]).totals.scope_2[MARKET]

    without = inventory(ledger).totals.scope_2[MARKET]
    assert total(more + 50) <= total(more) <= without <= 100 * RESIDUAL


@given(volume=st.integers(0, 130), more=st.integers(0, 50), rate=st.integers(0, 599))
@profile(40)
def test_the_total_falls_with_the_volume(volume: int, more: int, rate: int) -> None:
    def total(mwh: int) -> Fraction:
        line = (
            f"  i: {{type: GEC, market: XX, volume: {mwh} MWh, generated: 2023,"
            f" emission_rate: {{CO2: {rate} kg/MWh}}, {MET}}}"
        )
        return inventory([line]).totals.scope_2[MARKET]

    assert total(volume + more) <= total(volume)
    covered = min(volume, 100)
    assert total(volume) == covered * Fraction(rate, 1000) + (100 - covered) * RESIDUAL


@given(ledger=ledgers(), data=st.data())
@profile(40)
def test_order_of_instruments_changes_nothing(ledger: list[str], data: st.DataObject) -> None:
    one, two = inventory(ledger), inventory(data.draw(st.permutations(ledger)))
    assert one.totals == two.totals
    for first, second in zip(one.lines, two.lines, strict=True):
        assert [(p.instrument, p.quantity, p.co2e) for p in first.market_based] == [
            (p.instrument, p.quantity, p.co2e) for p in second.market_based
        ]


@given(ledger=ledgers())
@profile(40)
def test_no_instrument_moves_the_location_based_total(ledger: list[str]) -> None:
    assert inventory(ledger).totals.scope_2[LOCATION] == 100 * GRID


@given(ledger=ledgers())
@profile(30)
def test_a_boundary_never_changes_a_line(ledger: list[str]) -> None:
    (part,) = inventory(ledger, "only-a").lines
    whole = next(line for line in inventory(ledger).lines if line.id == part.id)
    assert part.co2e(LOCATION) == whole.co2e(LOCATION)
    assert [p[1:] for p in part.market_based] == [p[1:] for p in whole.market_based]


@given(volumes=st.lists(st.integers(0, 30), min_size=1, max_size=3), more=st.integers(1, 10),
       rates=st.lists(st.integers(0, 599), min_size=3, max_size=3),
       types=st.lists(st.sampled_from(TYPES), min_size=3, max_size=3),
       which=st.integers(0, 2))  # fmt: skip
@profile(40)
def test_the_total_falls_with_any_volume_that_finds_consumption(
    volumes: list[int], more: int, rates: list[int], types: list[str], which: int
) -> None:
    """Rates below the residual mix, together no more than is consumed: none displaces another."""

    def total(held: list[int]) -> Fraction:
        ledger = [
            f"  i{index}: {{type: {types[index]}, market: XX, volume: {volume} MWh,"
            f" generated: 2023, emission_rate: {{CO2: {rates[index]} kg/MWh}}, {MET}}}"
            for index, volume in enumerate(held)
        ]
        return inventory(ledger).totals.scope_2[MARKET]

    index = which % len(volumes)
    grown = [volume + more * (place == index) for place, volume in enumerate(volumes)]
    saved = more * (RESIDUAL - Fraction(rates[index], 1000))
    assert total(grown) == total(volumes) - saved < total(volumes)
