"""Laws of the engine: what must hold for every company, in exact fractions."""

from __future__ import annotations

import copy
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.core.period import ReportingYear, Span, split_at, split_quantity
from support.strategies import (
    FACILITIES,
    KINDS,
    OWN,
    Data,
    activities,
    certificate,
    company,
    decimal_text,
    errors,
    figures,
    instruments,
    inventory_of,
    plus,
    power,
    profile,
    run_of,
)

if TYPE_CHECKING:
    from pathlib import Path

METHODS = (LOCATION, MARKET)
# SI and NIST SP 811: lb 0.45359237 kg, short ton 2,000 lb, US gallon 3.785411784 L; tce 29.3076 GJ
SAME_AMOUNTS = {
    "power": ("8141 kWh", "8.141 MWh", "29307.6 MJ", "29.3076 GJ", "1 tce", "1000 kgce"),
    "diesel": ("3785.411784 L", "1000 gal_us", "3.785411784 m3", "3_785.411_784 litres"),
    "coal": ("907.18474 kg", "0.90718474 t", "2000 lb", "1 short_ton", "907184.74 g"),
    "etch": ("453.59237 kg", "0.45359237 t", "1000 lb", "0.5 short_ton"),
}  # fmt: skip


@pytest.mark.parametrize("kind", SAME_AMOUNTS)
def test_the_unit_of_an_amount_never_shows_in_a_total(tmp_path: Path, kind: str) -> None:
    line = {**KINDS[kind][0], "facility": "ks", "period": "2023"}
    seen = {
        figures(inventory_of(tmp_path, company({"a": {**line, "quantity": text}})))
        for text in SAME_AMOUNTS[kind]
    }
    assert len(seen) == 1
    assert any(seen.pop())


@given(count=st.integers(1, 10**6))
@profile(8)
def test_units_agree_at_any_size(tmp_path: Path, count: int) -> None:
    texts = (f"{count * 36} MJ", f"{count * 10} kWh", f"{decimal_text(count, 2)} MWh",
             f"{decimal_text(count * 36, 3)} GJ")  # fmt: skip
    seen = {figures(inventory_of(tmp_path, company({"a": power("ks", t)}))) for t in texts}
    assert len(seen) == 1


def test_hand_calculated_line(tmp_path: Path) -> None:
    """1 MWh x (0.4 kg CO2 + 10 mg CH4 x 27 + 3 mg N2O x 273) per kWh = 401.089 kg."""
    totals = inventory_of(tmp_path, company({"a": power("ks", "1 MWh")})).totals
    assert totals.scope_2[LOCATION] == Fraction(401_089, 10**6)


@given(one=activities(1, 4), two=activities(1, 4))
@profile(8)
def test_two_companies_add_up(tmp_path: Path, one: Data, two: Data) -> None:
    other = {f"b-{name}": line for name, line in two.items()}
    parts = [
        figures(inventory_of(tmp_path, company(lines), period="2023")) for lines in (one, other)
    ]
    whole = inventory_of(tmp_path, company({**one, **other}), period="2023")
    assert figures(whole) == plus(*parts)


@given(lines=activities(1, 3), cut=st.integers(1, 999))
@profile(10)
def test_a_line_may_be_written_in_two(tmp_path: Path, lines: Data, cut: int) -> None:
    whole = figures(inventory_of(tmp_path, company(lines)))
    halves: Data = {}
    for name, line in lines.items():
        number, unit = line["quantity"].split()
        units = int(Decimal(number).scaleb(6))
        first = units * cut // 1000
        for end, share in (("a", first), ("b", units - first)):
            halves[f"{name}{end}"] = {**line, "quantity": f"{decimal_text(share, 6)} {unit}"}
    assert figures(inventory_of(tmp_path, company(halves))) == whole


@given(lines=activities(1, 4), factor=st.integers(0, 500))
@profile(10)
def test_emissions_are_linear(tmp_path: Path, lines: Data, factor: int) -> None:
    one = figures(inventory_of(tmp_path, company(lines)))
    scaled = copy.deepcopy(lines)
    for line in scaled.values():
        number, unit = line["quantity"].split()
        line["quantity"] = f"{decimal_text(int(Decimal(number).scaleb(6)) * factor, 6)} {unit}"
    many = figures(inventory_of(tmp_path, company(scaled)))
    assert many == tuple(value * factor for value in one)


def shuffled(draw: st.DrawFn, node: Any) -> Any:
    """The same data with every mapping in another order."""
    if isinstance(node, dict):
        keys = draw(st.permutations(list(node)))
        return {key: shuffled(draw, node[key]) for key in keys}
    return node


@given(lines=activities(2, 5), certificates=instruments(0, 3), data=st.data())
@profile(12)
def test_order_never_matters(
    tmp_path: Path, lines: Data, certificates: Data, data: st.DataObject
) -> None:
    (tmp_path / "more.yaml").write_text(
        "pack: more\ntitle: More\nfactors:\n  rail: {category: upstream_transportation,"
        " item: rail, per: tkm, gases: {CO2: 0.02 kg}, source: hand}\n"
    )
    given_ = company(lines, instruments=certificates)
    given_["factor_packs"] = ["./own.yaml", "./more.yaml"]
    other = data.draw(st.composite(lambda draw: shuffled(draw, given_))())
    other["factor_packs"] = ["./more.yaml", "./own.yaml"]
    first, second = (inventory_of(tmp_path, each) for each in (given_, other))
    assert repr(figures(first)) == repr(figures(second))
    by_id = [
        {line.id: [(m, line.co2e(m)) for m in METHODS] for line in each.lines}
        for each in (first, second)
    ]
    assert by_id[0] == by_id[1]
    assert [(u.id, u.used) for u in first.instruments] == [
        (u.id, u.used) for u in second.instruments
    ]


@given(lines=activities(1, 5), certificates=instruments(0, 2), gwp=st.sampled_from(["AR4", "AR5"]))
@profile(12)
def test_gases_times_gwp_are_the_co2e(
    tmp_path: Path, lines: Data, certificates: Data, gwp: str
) -> None:
    data = company(lines, instruments=certificates)
    data["organization"]["gwp_set"] = gwp
    data["accept"] = [{"gap": "other_gwp_set", "reason": "freight is printed under AR6"}]
    assert_gases(inventory_of(tmp_path, data))


@pytest.mark.parametrize("gwp", ["AR4", "AR5", "AR6"])
def test_gases_of_published_packs(tmp_path: Path, gwp: str) -> None:
    lines = {
        "gas": {"category": "stationary_combustion", "fuel": "natural_gas",
                "quantity": "1000 kWh gross"},
        "van": {"category": "mobile_combustion", "fuel": "diesel", "quantity": "77 L"},
        "grid": {"category": "purchased_electricity", "quantity": "5 MWh"},
        "cool": {"category": "fugitive_emissions", "gas": "R-407C", "quantity": "3 kg"},
    }  # fmt: skip
    for line in lines.values():
        line |= {"facility": "ks", "period": "2023"}
    data = company(lines, factor_packs=["desnz"])
    data["organization"]["gwp_set"] = gwp
    assert_gases(inventory_of(tmp_path, data))


def assert_gases(inventory: Any) -> None:
    for line in inventory.lines:
        for part in (*line.location_based, *line.market_based):
            weighed = sum((rate.kg * (rate.gwp or 0) for rate in part.plan.gases), Fraction(0))
            assert (weighed + part.plan.unspecified) * part.quantity == part.co2e * 1000
            assert sum(part.plan.groups().values(), Fraction(0)) == part.plan.total
            assert all(rate.gwp is not None for rate in part.plan.gases)


# ---- Scope 2 -----------------------------------------------------------------------------------

NO_RESIDUAL = OWN.replace("kind: residual_mix", "kind: fossil_only")
AMOUNTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=3)


def meters(amounts: list[int]) -> Data:
    return {
        f"meter-{index}": power(FACILITIES[index], f"{decimal_text(amount, 3)} MWh")
        for index, amount in enumerate(amounts)
    }


@given(amounts=AMOUNTS)
@profile(10)
def test_without_instruments_the_residual_mix_prices_all(
    tmp_path: Path, amounts: list[int]
) -> None:
    totals = inventory_of(tmp_path, company(meters(amounts))).totals
    assert totals.scope_2[MARKET] == Fraction(sum(amounts), 1000) * Fraction(7, 10)


def test_without_a_residual_mix_the_grid_is_used_and_said(tmp_path: Path) -> None:
    inventory = inventory_of(tmp_path, company({"a": power("ks", "5 MWh")}), own=NO_RESIDUAL)
    assert inventory.totals.scope_2[MARKET] == inventory.totals.scope_2[LOCATION] > 0
    assert any("no residual mix for GB" in note for note in inventory.notes)


@given(amounts=AMOUNTS, volumes=st.lists(st.integers(0, 10**6), min_size=2, max_size=4))
@profile(10)
def test_more_zero_certificates_never_raise_the_market_figure(
    tmp_path: Path, amounts: list[int], volumes: list[int]
) -> None:
    seen = []
    for volume in sorted(volumes):
        held = {"cert": certificate(f"{decimal_text(volume, 3)} MWh")}
        inventory = inventory_of(tmp_path, company(meters(amounts), instruments=held))
        uncovered = max(sum(amounts) - volume, 0)
        assert inventory.totals.scope_2[MARKET] == Fraction(uncovered * 7, 10_000)
        seen.append(inventory.totals.scope_2[MARKET])
    assert seen == sorted(seen, reverse=True)


@given(lines=activities(1, 5), certificates=instruments(1, 4))
@profile(12)
def test_certificates_cover_what_is_consumed_and_no_more(
    tmp_path: Path, lines: Data, certificates: Data
) -> None:
    bare = inventory_of(tmp_path, company(lines))
    inventory = inventory_of(tmp_path, company(lines, instruments=certificates))
    assert figures(inventory)[:2] == figures(bare)[:2]
    assert figures(inventory)[3:] == figures(bare)[3:]
    covered: dict[str, Fraction] = {}
    for line in inventory.lines:
        if line.scope != 2:
            assert line.market_based == line.location_based
            continue
        mwh = Fraction(0)
        for part in line.market_based:
            assert part.quantity >= 0
            scale = Fraction(3_600_000_000) if part.instrument else line.unit.size
            mwh += part.quantity * scale
            if part.instrument:
                covered[part.instrument] = covered.get(part.instrument, Fraction(0)) + part.quantity
        assert mwh == line.quantity * line.unit.size
    for use in inventory.instruments:
        assert 0 <= use.used <= use.volume
        assert use.used == covered.get(use.id, 0)
        assert use.used + use.surplus == use.volume or use.rejected


@pytest.mark.parametrize(
    "allocate", [{"ks": "100 MWh"}, {"ks": "-5 MWh"}, {"ks": "6 MWh", "dg": "6 MWh"}]
)
def test_an_explicit_allocation_is_bound_by_the_volume(
    tmp_path: Path, allocate: dict[str, str]
) -> None:
    held = {"cert": certificate("10 MWh", allocate=allocate)}
    data = company({"a": power("ks", "100 MWh"), "b": power("dg", "100 MWh")}, instruments=held)
    run = run_of(tmp_path, data)
    if run.inventory is None:
        return
    (use,) = run.inventory.instruments
    assert 0 <= use.used <= use.volume


def test_a_zero_rate_is_a_rate(tmp_path: Path) -> None:
    held = {"cert": certificate("5 MWh")}
    inventory = inventory_of(tmp_path, company({"a": power("ks", "5 MWh")}, instruments=held))
    assert inventory.totals.scope_2[MARKET] == 0 < inventory.totals.scope_2[LOCATION]


@pytest.mark.parametrize("missing", [1, 2, 3, 4, 5])
def test_an_unanswered_criterion_is_not_met(tmp_path: Path, missing: int) -> None:
    held = {"cert": certificate("5 MWh")}
    del held["cert"]["criteria_met"][str(missing)]
    inventory = inventory_of(tmp_path, company({"a": power("ks", "5 MWh")}, instruments=held))
    assert inventory.totals.scope_2[MARKET] == Fraction(7, 2)
    assert f"criterion {missing}" in inventory.instruments[0].rejected


@given(lines=activities(1, 5), certificates=instruments(0, 3),
       members=st.sets(st.sampled_from(FACILITIES)))  # fmt: skip
@profile(12)
def test_a_boundary_selects_and_never_changes_a_line(
    tmp_path: Path, lines: Data, certificates: Data, members: set[str]
) -> None:
    boundaries = {"in": {"facilities": sorted(members)},
                  "out": {"facilities": sorted(set(FACILITIES) - members)}}  # fmt: skip
    data = company(lines, instruments=certificates, boundaries=boundaries)
    whole = inventory_of(tmp_path, data)
    inside, outside = (inventory_of(tmp_path, data, boundary=name) for name in boundaries)
    known = {line.id: line for line in whole.lines}
    assert {line.id for line in inside.lines} | {line.id for line in outside.lines} == set(known)
    for line in (*inside.lines, *outside.lines):
        for method in METHODS:
            assert line.co2e(method) == known[line.id].co2e(method)
        assert (line.quantity, line.scope, line.weight) == (
            known[line.id].quantity, known[line.id].scope, known[line.id].weight)  # fmt: skip
    assert plus(figures(inside), figures(outside)) == figures(whole)


# ---- consolidation -----------------------------------------------------------------------------

APPROACHES = ("equity_share", "financial_control", "operational_control")


@pytest.mark.parametrize("approach", APPROACHES)
@pytest.mark.parametrize("kind", ["finance", "operating"])
@pytest.mark.parametrize("party", ["lessee", "lessor"])
def test_a_lease_moves_emissions_and_loses_none(
    tmp_path: Path, kind: str, party: str, approach: Any
) -> None:
    lines = {
        name: {**KINDS[name][0], "facility": "ks", "quantity": f"7 {KINDS[name][1][0]}",
               "period": "2023"}
        for name in KINDS
    }  # fmt: skip
    free = inventory_of(tmp_path, company(lines), approach=approach).totals
    data = company(lines)
    data["facilities"]["ks"]["lease"] = {"type": kind, "party": party}
    leased = inventory_of(tmp_path, data, approach=approach).totals
    assert leased.all_scopes(LOCATION) == free.all_scopes(LOCATION)
    # Corporate Standard app. F: operational control keeps every lessee's asset in scopes 1 and 2
    kept = (
        party == "lessee"
        if approach == "operational_control"
        else ((party, kind) in {("lessee", "finance"), ("lessor", "operating")})
    )
    assert (leased.scope_1_2(LOCATION) == free.scope_1_2(LOCATION)) is kept
    assert (leased.scope_1_2(LOCATION) == 0) is not kept


@given(share=st.integers(0, 10_000), operated=st.booleans(), approach=st.sampled_from(APPROACHES))
@profile(10)
def test_shares_weigh_exactly(tmp_path: Path, share: int, operated: bool, approach: Any) -> None:
    lines = {
        "a": power("ks", "1000 MWh"),
        "b": {**KINDS["coal"][0], "facility": "ks", "quantity": "3 t", "period": "2023"},
    }
    data = company(lines)
    data["facilities"]["ks"]["history"] = {"2000-01-01": {
        "relation": "joint_venture", "economic_interest": f"{decimal_text(share, 2)}%",
        "operated": str(operated).lower()}}  # fmt: skip
    inventory = inventory_of(tmp_path, data, approach=approach)
    full = inventory_of(tmp_path, company(lines)).totals.all_scopes(LOCATION)
    interest = Fraction(share, 10_000)
    owned = interest if approach != "operational_control" or not operated else Fraction(1)
    assert inventory.totals.all_scopes(LOCATION) == full * owned
    inside = (approach != "operational_control" and share > 0) or (
        approach == "operational_control" and operated
    )
    assert all((line.scope < 3) is inside for line in inventory.lines)


# ---- time --------------------------------------------------------------------------------------


@given(units=st.integers(0, 10**12), first=st.dates(date(1996, 1, 1), date(2032, 1, 1)),
       days=st.integers(1, 800), cuts=st.lists(st.integers(0, 900), max_size=6),
       sign=st.sampled_from([1, -1]))  # fmt: skip
@profile(200)
def test_pieces_follow_the_formula_and_sum(
    units: int, first: date, days: int, cuts: list[int], sign: int
) -> None:
    value = sign * Fraction(units, 10**5)
    span = Span(first, date.fromordinal(first.toordinal() + days - 1))
    pieces = split_at(span, [date.fromordinal(first.toordinal() + cut) for cut in cuts])
    assert (pieces[0].first, pieces[-1].last) == span
    assert all(b.first.toordinal() - a.last.toordinal() == 1 for a, b in pairwise(pieces))
    shares = split_quantity(value, span, pieces)
    assert sum(shares) == value
    exact = Context(prec=80, rounding=ROUND_HALF_UP)
    step = Decimal(1).scaleb(-9)
    before = Decimal(0)
    for piece, share in zip(pieces, shares, strict=True):
        passed = piece.last.toordinal() - first.toordinal() + 1
        ratio = exact.divide(Decimal(sign * units * passed).scaleb(-5, exact), Decimal(days))
        upto = ratio.quantize(step, ROUND_HALF_UP, exact)
        assert share == Fraction(upto) - Fraction(before)
        before = upto


@pytest.mark.parametrize(("year", "days"), [(2023, 365), (2024, 366), (2000, 366), (1900, 365)])
def test_leap_years_have_their_day(year: int, days: int) -> None:
    whole = ReportingYear().span(year)
    assert whole.days == days
    pieces = split_at(whole, [date(year, 2, 1), date(year, 3, 1)])
    shares = split_quantity(Fraction(days), whole, pieces)
    assert shares == [31, days - 31 - 306, 306]


@given(units=st.integers(1, 10**9), starts=st.sampled_from(["01-01", "04-01", "07-15"]),
       volume=st.integers(0, 10**9))  # fmt: skip
@profile(6)
def test_quarters_sum_to_the_year(tmp_path: Path, units: int, starts: str, volume: int) -> None:
    lines = {"a": power("ks", f"{decimal_text(units, 4)} MWh"), "b": power("dg", "3 GJ")}
    data = company(lines, instruments={"cert": certificate(f"{decimal_text(volume, 4)} MWh")})
    data["organization"]["reporting_year"] = {"starts": starts}
    whole = figures(inventory_of(tmp_path, data, period="2023"))
    quarters = (
        figures(inventory_of(tmp_path, data, period=f"2023-Q{number}")) for number in range(1, 5)
    )
    assert reduce(plus, quarters) == whole


def test_a_bill_over_new_year_is_cut_by_days(tmp_path: Path) -> None:
    """31 + 29 days of 2023-12-01/2024-01-29: 60 days, 600 kWh."""
    data = company({"a": power("ks", "600 kWh", "2023-12-01/2024-01-29")})
    amounts = [
        sum((line.quantity for line in inventory_of(tmp_path, data, period=year).lines), Fraction())
        for year in ("2023", "2024")
    ]
    assert amounts == [310, 290]


def test_a_finding_of_another_year_does_not_block(tmp_path: Path) -> None:
    data = company({"a": power("ks", "5 MWh"), "old": power("ks", "5 kg", "2020")})
    assert run_of(tmp_path, data, period="2023").inventory is not None
    run = run_of(tmp_path, data, period="2020")
    assert run.inventory is None
    assert len(errors(run)) == 1


# ---- places ------------------------------------------------------------------------------------


@given(country=st.sampled_from(["CN", "GB", "DE", "Germany", "cn", "UK", "XX", ""]),
       region=st.sampled_from([None, "CN-JS", "CN-XX", "JS", "GB-ENG"]),
       level=st.sampled_from(["province", "region", "national"]),
       year=st.integers(2020, 2026))  # fmt: skip
@profile(12)
def test_no_place_or_year_is_replaced_in_silence(
    tmp_path: Path, country: str, region: str | None, level: str, year: int
) -> None:
    data = company({"a": power("ks", "5 MWh", str(year))}, factor_packs=["mee-china", "desnz"])
    data["facilities"]["ks"] = {"country": country} | ({"region": region} if region else {})
    data["organization"]["cn_location"] = level
    off = {"derive": "off", "reason": "not the point of this test"}
    data["scope_3"] = {"fuel_and_energy_related": off}
    run = run_of(tmp_path, data)
    if run.inventory is None:
        assert errors(run)
        return
    (line,) = run.inventory.lines
    for part in (*line.location_based, *line.market_based):
        factor = part.plan.resolution.factor
        assert factor is not None
        assert factor.year == year
        assert factor.region in {country, region}
        if factor.region == "CN" and factor.kind == "grid_average":
            assert level == "national"
        assert not part.plan.resolution.gaps
