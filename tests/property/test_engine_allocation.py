"""Allocation: exact, bounded by consumption and volume, and blind to order."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ghgcalc.calculation.scope_2.allocate import Allocation, Demand, Offer, allocate
from ghgcalc.core.period import Span
from support.strategies import profile

PLACES = ("a", "b", "c")
amounts = st.builds(Fraction, st.integers(0, 10**6), st.sampled_from([1, 3, 1000]))
demands = st.lists(st.builds(Demand, st.sampled_from(PLACES), amounts), max_size=5)


@st.composite
def offers(draw: st.DrawFn, fixed: bool = False) -> list[Offer]:
    found = []
    for index in range(draw(st.integers(0, 5))):
        bound = draw(st.none() | st.frozensets(st.sampled_from(PLACES)))
        stated: tuple[tuple[str, Fraction], ...] = ()
        mwh = draw(amounts)
        if fixed and draw(st.booleans()):
            stated = tuple(
                (place, mwh / 3)
                for place in sorted(draw(st.sets(st.sampled_from(PLACES), min_size=1)))
            )
        found.append(Offer(f"i{index}", mwh, draw(st.integers(1, 3)), bound, stated))
    return found


def total(needs: list[Demand]) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for need in needs:
        found[need.facility] = found.get(need.facility, Fraction(0)) + need.mwh
    return found


def plain(result: Allocation) -> object:
    return (
        {place: dict(sorted(at.items())) for place, at in sorted(result.tranches.items())},
        dict(sorted(result.used.items())), dict(sorted(result.uncovered.items())),
        dict(sorted(result.refused.items())),
    )  # fmt: skip


@given(needs=demands, held=offers(fixed=True))
@profile(200)
def test_nothing_is_spent_twice_or_lost(needs: list[Demand], held: list[Offer]) -> None:
    result = allocate(needs, held)
    volumes = {offer.id: offer.mwh for offer in held}
    for place, demand in total(needs).items():
        covered = sum(result.tranches.get(place, {}).values(), Fraction(0))
        assert covered >= 0
        assert result.uncovered[place] >= 0
        assert covered + result.uncovered[place] == demand
    for offer in held:
        spent = sum((at.get(offer.id, Fraction(0)) for at in result.tranches.values()), Fraction(0))
        assert spent == result.used[offer.id]
        assert 0 <= spent <= volumes[offer.id]
    assert all(mwh > 0 for at in result.tranches.values() for mwh in at.values())


@given(needs=demands, held=offers(), data=st.data())
@profile(150)
def test_order_changes_nothing(needs: list[Demand], held: list[Offer], data: st.DataObject) -> None:
    other = allocate(data.draw(st.permutations(needs)), data.draw(st.permutations(held)))
    assert plain(allocate(needs, held)) == plain(other)


@given(needs=demands, held=offers(fixed=True), data=st.data())
@profile(150)
def test_order_changes_nothing_with_explicit_allocations(
    needs: list[Demand], held: list[Offer], data: st.DataObject
) -> None:
    other = allocate(needs, data.draw(st.permutations(held)))
    assert plain(allocate(needs, held)) == plain(other)


@given(needs=demands, held=offers())
@profile(100)
def test_a_market_instrument_leaves_nothing_uncovered_that_it_could_cover(
    needs: list[Demand], held: list[Offer]
) -> None:
    result = allocate(needs, held)
    left = {offer.id: offer.mwh - result.used[offer.id] for offer in held}
    for offer in held:
        reach = PLACES if offer.facilities is None else offer.facilities
        if left[offer.id] > 0:
            assert not any(result.uncovered.get(place, 0) > 0 for place in reach)


@given(needs=demands, held=offers(), cut=st.integers(1, 9))
@profile(100)
def test_an_instrument_in_two_parts_covers_the_same(
    needs: list[Demand], held: list[Offer], cut: int
) -> None:
    halves = [
        offer._replace(id=f"{offer.id}{end}", mwh=offer.mwh * share / 10)
        for offer in held
        for end, share in (("x", cut), ("y", 10 - cut))
    ]
    whole, parts = allocate(needs, held), allocate(needs, halves)
    assert whole.uncovered == parts.uncovered
    for offer in held:
        assert parts.used[f"{offer.id}x"] + parts.used[f"{offer.id}y"] == whole.used[offer.id]


@given(needs=demands, held=offers(), factor=st.integers(1, 9))
@profile(60)
def test_allocation_scales(needs: list[Demand], held: list[Offer], factor: int) -> None:
    one = allocate(needs, held)
    many = allocate(
        [need._replace(mwh=need.mwh * factor) for need in needs],
        [offer._replace(mwh=offer.mwh * factor) for offer in held],
    )
    assert many.used == {name: mwh * factor for name, mwh in one.used.items()}
    assert many.uncovered == {name: mwh * factor for name, mwh in one.uncovered.items()}


def test_bound_instruments_go_first() -> None:
    """10 MWh at a and b each; 10 bound to a, 10 of the market: nothing is left uncovered."""
    needs = [Demand("a", Fraction(10)), Demand("b", Fraction(10))]
    held = [Offer("free", Fraction(10), 1, None), Offer("own", Fraction(10), 3, frozenset("a"))]
    result = allocate(needs, held)
    assert result.tranches == {"a": {"own": 10}, "b": {"free": 10}}
    assert result.uncovered == {"a": 0, "b": 0}


def test_equal_sets_share_by_volume() -> None:
    held = [Offer("x", Fraction(30), 1, None), Offer("y", Fraction(10), 1, None)]
    result = allocate([Demand("a", Fraction(8)), Demand("b", Fraction(12))], held)
    assert result.used == {"x": 15, "y": 5}
    assert result.tranches["a"] == {"x": 6, "y": 2}


# ---- contracts with days: quarters of a year, and contracts over one to four of them ------------

QUARTERS = [
    Span(date(2025, 1, 1), date(2025, 3, 31)), Span(date(2025, 4, 1), date(2025, 6, 30)),
    Span(date(2025, 7, 1), date(2025, 9, 30)), Span(date(2025, 10, 1), date(2025, 12, 31)),
]  # fmt: skip
DAYS = [Span(QUARTERS[a].first, QUARTERS[b].last) for a in range(4) for b in range(a, 4)]


def in_quarter(place: str, mwh: Fraction, quarter: Span) -> Demand:
    return Demand(place, mwh, frozenset(days for days in DAYS if days.holds(quarter)))


dated_demands = st.lists(
    st.builds(in_quarter, st.sampled_from(PLACES), amounts, st.sampled_from(QUARTERS)), max_size=8
)


@st.composite
def dated_offers(draw: st.DrawFn, fixed: bool = False) -> list[Offer]:
    return [
        offer._replace(days=draw(st.none() | st.sampled_from(DAYS)))
        for offer in draw(offers(fixed=fixed))
    ]


@given(needs=dated_demands, held=dated_offers(fixed=True), data=st.data())
@profile(60)
def test_contracts_with_days_keep_to_them_exactly_and_in_any_order(
    needs: list[Demand], held: list[Offer], data: st.DataObject
) -> None:
    result = allocate(needs, held)
    days_at = {need.place: need.days for need in needs}
    wanted: dict[str, Fraction] = {}
    for need in needs:
        wanted[need.place] = wanted.get(need.place, Fraction(0)) + need.mwh
    for place, mwh in wanted.items():
        covered = sum(result.tranches.get(place, {}).values(), Fraction(0))
        assert covered + result.uncovered[place] == mwh
        assert result.uncovered[place] >= 0
    for offer in held:
        spent = {p: at[offer.id] for p, at in result.tranches.items() if offer.id in at}
        assert sum(spent.values(), Fraction(0)) == result.used[offer.id] <= offer.mwh
        assert all(offer.days is None or offer.days in days_at[place] for place in spent)
    other = allocate(data.draw(st.permutations(needs)), data.draw(st.permutations(held)))
    assert plain(result) == plain(other)


@given(needs=dated_demands, held=dated_offers())
@profile(60)
def test_what_a_contract_has_left_over_its_days_did_not_need(
    needs: list[Demand], held: list[Offer]
) -> None:
    result = allocate(needs, held)
    places = {need.place: need for need in needs}
    for offer in held:
        if result.used[offer.id] < offer.mwh:
            for place, left in result.uncovered.items():
                there = offer.facilities is None or places[place].facility in offer.facilities
                if there and (offer.days is None or offer.days in places[place].days):
                    assert left == 0
