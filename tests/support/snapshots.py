"""Strategies for arbitrary sides of a comparison."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from ghgcalc.analysis.compare.snapshot import (
    FACTOR,
    MASSES,
    REPORTED,
    REST,
    GasMass,
    SnapLine,
    SnapPart,
    Snapshot,
)
from ghgcalc.core.period import Span
from ghgcalc.inventory.held_days import Site

if TYPE_CHECKING:
    from collections.abc import Callable

amounts = st.fractions(min_value=0, max_value=10**6, max_denominator=1000)
positive = st.fractions(min_value=Fraction(1, 1000), max_value=10**4, max_denominator=1000)
shares = st.fractions(min_value=Fraction(1, 100), max_value=1, max_denominator=100)
gases = st.sampled_from(["CO2", "CH4", "N2O", "unspecified"])


@st.composite
def parts(draw: Callable[..., object], weighted: Fraction) -> tuple[SnapPart, ...]:
    cut = draw(st.lists(shares, min_size=0, max_size=2))
    tranches = ["GEC", "PPA", REST]
    left, found = weighted, []
    for name, share in zip(tranches, [*cut, Fraction(1)], strict=False):  # type: ignore[misc]
        quantity = left * share
        left -= quantity
        masses = tuple(
            GasMass(gas, quantity * draw(positive), draw(positive))  # type: ignore[operator]
            for gas in draw(st.lists(gases, unique=True, max_size=3))  # type: ignore[attr-defined]
        )
        per = draw(st.sampled_from(["kWh", "GJ net", "t"]))
        made = draw(st.sampled_from([FACTOR, FACTOR, MASSES, REPORTED]))
        found.append(SnapPart(name, quantity, draw(positive), per, made, masses))  # type: ignore[arg-type]
    return tuple(found)


@st.composite
def lines(draw: Callable[..., object]) -> SnapLine:
    quantity, weight = draw(amounts), draw(shares)
    located = draw(parts(quantity * weight))  # type: ignore[operator]
    market = located if draw(st.booleans()) else draw(parts(quantity * weight))  # type: ignore[operator]
    name = draw(st.sampled_from("abcdefgh"))
    return SnapLine(
        f"{name}/{draw(st.integers(0, 3))}", name, draw(st.sampled_from(["x", "y", "z", ""])), "CN",  # type: ignore[arg-type]
        draw(st.sampled_from([1, 2, 3])),  # type: ignore[arg-type]
        draw(st.sampled_from(["purchased_electricity", "stationary_combustion"])), "",  # type: ignore[arg-type]
        draw(st.sampled_from(["J", "kg"])), weight, quantity, draw(st.booleans()),  # type: ignore[arg-type]
        {"location_based": located, "market_based": market},
        draw(st.sampled_from([Fraction(1), Fraction(184, 365), Fraction(1, 366)])),  # type: ignore[arg-type]
    )  # fmt: skip


days = st.none() | st.sampled_from(
    [date(2021, 5, 1), date(2022, 1, 1), date(2022, 7, 1), date(2023, 7, 1), date(2024, 2, 1)]
)
sites = st.none() | st.dictionaries(
    st.sampled_from("xyz"), st.builds(Site, days, days, days, days, st.booleans())
)


@st.composite
def snapshots(draw: Callable[..., object]) -> Snapshot:
    year = draw(st.sampled_from([2022, 2023]))
    span = Span(date(year, 1, 1), date(year, 12, 31))  # type: ignore[arg-type]
    found = tuple(draw(st.lists(lines(), max_size=3)))  # type: ignore[arg-type]
    return Snapshot(
        str(year), "A", str(year), span, None, "operational_control", "AR6", found,
        draw(sites),  # type: ignore[arg-type]
    )  # fmt: skip
