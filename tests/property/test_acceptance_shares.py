"""What rests on an `accept:` entry is a part of the total of the method it is told of."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.render.terminal import render_report
from ghgcalc.views.report import report_of
from support.strategies import certificate, company, inventory_of, power, profile

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.inventory.inventory import AcceptedGap, Inventory

# 0.4 t per MWh location-based; what is not covered takes the residual mix, 0.7 t with its gases
PACK = """\
pack: own
title: Own
gwp_set: AR6
factors:
  power: {category: purchased_electricity, kind: grid_average, per: MWh,
    gases: {CO2e: 400 kgCO2e}, source: hand}
  residual: {category: purchased_electricity, kind: residual_mix, per: MWh, gases: {CO2: 700 kg},
    source: hand}
  coal: {category: stationary_combustion, fuel: bituminous_coal, per: t, gases: {CO2e: 2 tCO2e},
    source: hand}
"""
STEAM = {"category": "purchased_heat", "emission_rate": {"CO2e": "100 kgCO2e/MWh"},
         "gwp_set": "AR6"}  # fmt: skip
ACCEPT = [{"gap": "co2e_without_gases", "reason": "totals only"}]


def computed(folder: Path, lines: dict[str, Any], mwh: str = "0 MWh") -> Inventory:
    data = company(lines, accept=ACCEPT, instruments={"go": certificate(mwh)})
    return inventory_of(folder, data, PACK, period="2023")


def told(found: AcceptedGap) -> dict[str, tuple[Fraction, Fraction | None]]:
    return {each.method: (each.co2e, each.share) for each in found.shares}


def test_an_entry_of_the_location_based_factor_alone_is_told_of_that_total(tmp_path: Path) -> None:
    """100 MWh, all under the residual mix: 40 t of 40 t, and nothing of the market-based 70 t."""
    found = computed(tmp_path, {"p": power("ks", "100 MWh")})
    (gap,) = found.accepted
    assert told(gap) == {LOCATION: (40, 1)}
    assert "40.00 tCO2e (100.0 % of the location-based total)" in render_report(report_of(found))


def test_an_entry_of_both_is_told_of_both(tmp_path: Path) -> None:
    """Beside it 10 t of coal at 2 t: location-based 20 + 40 of 60 t, market-based 20 of 90 t."""
    coal = {"facility": "ks", "category": "stationary_combustion", "fuel": "bituminous_coal",
            "quantity": "10 t", "period": "2023"}  # fmt: skip
    found = computed(tmp_path, {"p": power("ks", "100 MWh"), "coal": coal})
    (gap,) = found.accepted
    assert told(gap) == {LOCATION: (60, 1), MARKET: (20, Fraction(2, 9))}
    text = " ".join(render_report(report_of(found)).split())
    assert "60.00 tCO2e (100.0 % of the location-based total), 20.00 tCO2e (22.2 % of the" in text
    # heat has the same rate under both methods, so the market-based total tells of all of it
    heat = {"facility": "ks", "quantity": "100 MWh", "period": "2023", **STEAM}
    (gap,) = computed(tmp_path, {"heat": heat}).accepted
    assert told(gap) == {MARKET: (10, 1)}


@profile(12)
@given(
    st.dictionaries(st.sampled_from("abcd"), st.tuples(
        st.sampled_from(["power", "heat", "coal"]), st.sampled_from(["ks", "dg"]),
        st.integers(0, 10**6),
    ), min_size=1),
    st.integers(0, 2 * 10**6),
)  # fmt: skip
def test_a_share_is_of_its_own_methods_total(
    tmp_path_factory: pytest.TempPathFactory, drawn: dict[str, Any], mwh: int
) -> None:
    """Without negative parts no share is below 0 or above 1, however contracts cover the power."""
    lines: dict[str, Any] = {}
    for name, (kind, facility, amount) in drawn.items():
        line = power(facility, f"{amount} MWh")
        if kind == "heat":
            line |= STEAM
        elif kind == "coal":
            line |= {"category": "stationary_combustion", "fuel": "bituminous_coal",
                     "quantity": f"{amount} t"}  # fmt: skip
        lines[name] = line
    found = computed(tmp_path_factory.mktemp("shares"), lines, f"{mwh} MWh")
    for gap in found.accepted:
        assert gap.shares
        for each in gap.shares:
            total = found.totals.all_scopes(each.method)
            assert 0 <= each.co2e <= total
            assert each.share == (each.co2e / total if total else None)
