"""Sums over a reporting year stand for their months: nothing shows that they were summed first.

Rows of tables are summed by item, activities of the company file by what they have in common.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghgcalc.calculation.results.totals import totals_of
from ghgcalc.pipeline.check import check
from ghgcalc.pipeline.lock import lock_years
from ghgcalc.pipeline.run import Run, compute
from ghgcalc.render.json.inventory import render_json
from ghgcalc.render.lock import render_lock
from ghgcalc.render.terminal import render_terminal
from ghgcalc.views.energy import energy_of
from support.strategies import profile

SITES = {
    "suzhou": "{country: CN, region: CN-JS}",
    "wuxi": """{country: CN, region: CN-JS, history: {
      2023-01-01: {relation: subsidiary, economic_interest: 50%, operated: true, reason: bought},
      2023-03-15: {relation: subsidiary, economic_interest: 75%, operated: true, reason: more}}}""",
    "leeds": "{country: GB, opened: 2022-06-01}",
    "york": "{country: GB}",
}
ITEMS = {
    "power": "{category: purchased_electricity}",
    "gas": "{category: stationary_combustion, fuel: natural_gas}",
    "sun": "{category: self_generated_electricity, attributes: kept, technology: solar}",
    "sf6": "{category: fugitive_emissions, gas: SF6}",
}
UNITS = {"power": "kWh", "gas": "kWh gross", "sun": "kWh", "sf6": "g"}
EXTRAS = (
    "",
    "instruments:\n  green: {type: GEC, market: CN, generated: 2023, volume: 0.2 MWh,"
    " emission_rate: {CO2: 0 kg/MWh}}\n",
    "instruments:\n  green: {type: REGO, market: GB, generated: 2023, volume: 0.01 MWh,"
    " emission_rate: {CO2: 0 kg/MWh}, criteria_met: {1: x, 2: x, 3: x, 4: x, 5: x}}\n",
    "boundaries:\n  north: {facilities: [york], history: {2023-02-10: {facilities: [leeds]}}}\n",
    "expect:\n  - {figure: scope_1, period: 2023, value: 0.1 t, within: 5 t}\n",
)
HEAD = """\
ghgcalc: 1
organization: {{name: A, consolidation_approach: {approach}, gwp_set: AR6}}
factor_packs: [{packs}]
{accept}facilities:
{sites}tables:
  meter:
    files: meter.csv
    columns: {{facility: site, item: what, quantity: amount, unit: unit, period: month}}
    items:
{items}{extra}"""
ACCEPT = """\
accept:
  - {gap: earlier_year, for: {period: 2023}, max_years: 9, reason: not published}
  - {gap: residual_mix_not_used, for: {market: GB}, reason: as in the years before}
"""
OWN = """\
pack: own
title: A residual mix
factors:
  mix: {category: purchased_electricity, kind: residual_mix, region: GB, year: 2023, per: kWh,
    gases: {CO2: 0.4 kg}}
"""
AMOUNTS = st.one_of(st.just("0"), st.decimals(0, 10_000, places=3).map(str))
MONTHS = [*(f"2023-{month:02}" for month in range(1, 7)), "2022-12", "2024-01"]
SUPPLIES = [
    (site, item)
    for site, what in {"suzhou": "power sf6", "wuxi": "power sun", "leeds": "power gas sf6 sun",
                       "york": "power gas"}.items()
    for item in what.split()
]  # fmt: skip
# activities with something of their own, some of them wrong
ODD = (
    "facility: york, category: stationary_combustion, fuel: natural_gas, period: 2023-02,"
    " quantity: 12 kWh gross, note: read by hand",
    "facility: york, category: stationary_combustion, fuel: natural_gas, period: 2023,"
    " quantity: 3 MWh gross",
    "facility: york, category: stationary_combustion, fuel: natural_gas, period: 2023-03,"
    " quantity: 5 m3",
    "facility: leeds, category: purchased_electricity, period: 2022-12-15/2023-01-14,"
    " quantity: 31 kWh",
    "facility: leeds, category: purchased_electricity, period: 2023-05, quantity: -4 kWh",
    "facility: leeds, category: purchased_electricity, period: 2023-05, quantity: 4 kWh,"
    " supplier: nobody",
    "facility: suzhou, category: fugitive_emissions, gas: SF6, period: 2023-01, quantity: 0 kg",
    "facility: suzhou, category: fugitive_emissions, gas: SF5, period: 2023-01, quantity: 1 kg",
    "facility: suzhou, category: fugitive_emissions, gas: SF6, period: 2023-04, quantity: 2 L",
    "category: business_travel, item: nothing known, period: 2023-04, quantity: 2 km",
    "facility: leeds, category: mobile_combustion, fuel: diesel, period: 2023-04, quantity: 9 L,"
    " factor: own/none",
    "facility: leeds, category: mobile_combustion, fuel: diesel, period: 2023-05, quantity: 8 L,"
    " estimated: {method: last year}",
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(SUPPLIES),
        st.dictionaries(st.sampled_from(MONTHS), AMOUNTS, min_size=2, max_size=4),
    ),
    min_size=2, max_size=8,
).map(
    lambda supplies: [
        (*supply, month, amount)
        for supply, months in supplies
        for month, amount in months.items()
    ]
)  # fmt: skip
COMPANIES = st.fixed_dictionaries(
    {
        "approach": st.sampled_from(["operational_control", "equity_share"]),
        "packs": st.sampled_from(
            ["mee-china, desnz", "mee-china, desnz", "mee-china", "desnz, mee-china, ./own.yaml"]
        ),
        "accept": st.sampled_from(["", ACCEPT]),
        "extra": st.sampled_from(EXTRAS),
    }
)


def written(folder: Path, company: dict[str, str], rows: list[tuple[str, str, str, str]]) -> Path:
    text = HEAD.format(
        sites="".join(f"  {name}: {site}\n" for name, site in SITES.items()),
        items="".join(f"      {name}: {item}\n" for name, item in ITEMS.items()),
        **company,
    )
    (folder / "company.yaml").write_text(text, "utf-8")
    (folder / "own.yaml").write_text(OWN, "utf-8")
    lines = [f"{site},{what},{amount},{UNITS[what]},{month}" for site, what, month, amount in rows]
    lines = ["site,what,amount,unit,month", *lines, "york,gas,7,MWh gross,2023-02"]
    (folder / "meter.csv").write_text("\n".join(lines), "utf-8")
    return folder / "company.yaml"


def shown(run: Run) -> list[object]:
    """All that a run says; the terminal first, while its lines are wholes."""
    if run.inventory is None:
        return [run.diagnostics]
    reports = [render_terminal(run.inventory, by) for by in (None, "facility", "country", "gas")]
    return [
        run.diagnostics, reports, energy_of(run.inventory), render_json(run.inventory),
        render_terminal(run.inventory, "month"), run.lines,
    ]  # fmt: skip


def as_activities(
    folder: Path, company: dict[str, str], rows: list[tuple[str, str, str, str]], odd: list[str]
) -> Path:
    """The same company with an activity for each row, and odd ones among them."""
    path = written(folder, company, [])
    text = path.read_text("utf-8")
    before, _, after = text.partition("tables:\n")
    extra = company["extra"] if after.endswith(company["extra"]) else ""
    activities = [
        f"  {what}-{place}: {{facility: {site}, {ITEMS[what].strip('{}')}, period: {month},"
        f" quantity: {amount} {UNITS[what]}, evidence: [bills/{place % 3}.pdf]}}\n"
        for place, (site, what, month, amount) in enumerate(rows)
    ]
    for place, entry in enumerate(odd):
        activities.insert(place * 2, f"  odd-{place}: {{{entry}}}\n")
    path.write_text(f"{before}activities:\n{''.join(activities)}{extra}", "utf-8")
    return path


def judged_alike(
    company: dict[str, str],
    rows: list[tuple[str, str, str, str]],
    period: str,
    boundary: bool,
    odd: list[str] | None = None,
) -> Run:
    """Compute and check with sums and with single lines; everything shown is the same.

    `odd` asks for activities instead of a table: these beside one for each row.
    """
    asked = "north" if boundary and "north" in company["extra"] else None
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        if odd is None:
            path = written(Path(folder), company, rows)
        else:
            path = as_activities(Path(folder), company, rows, odd)
        runs = [compute(path, period=period, boundary=asked)]
        judged = [check(path)]
        patch.setattr("ghgcalc.activity_data.from_tables._Maker.sums_up", lambda *_: False)
        patch.setattr("ghgcalc.activity_data.from_file.ActivitySums._kind", lambda *_: None)
        runs.append(compute(path, period=period, boundary=asked))
        judged.append(check(path))
    whole, single = map(shown, runs)
    assert whole == single
    assert judged[0].diagnostics == judged[1].diagnostics
    assert judged[0].expectations == judged[1].expectations
    return runs[0]


@profile(8)
@given(
    company=COMPANIES,
    rows=ROWS,
    period=st.sampled_from(["2023", "2023", "2023-Q1", "2023-02", "2022"]),
    boundary=st.booleans(),
)
def test_wholes_do_not_show(
    company: dict[str, str], rows: list[tuple[str, str, str, str]], period: str, boundary: bool
) -> None:
    judged_alike(company, rows, period, boundary)


@profile(16)
@given(
    company=COMPANIES,
    rows=st.lists(
        st.tuples(st.sampled_from(SUPPLIES), st.sampled_from(MONTHS), AMOUNTS), min_size=3
    ).map(lambda rows: [(*supply, month, amount) for supply, month, amount in rows]),
    period=st.sampled_from(["2023", "2023", "2023-Q1", "2023-02", "2022"]),
    boundary=st.booleans(),
    odd=st.lists(st.sampled_from(ODD), max_size=4),
)
def test_sums_of_activities_do_not_show(
    company: dict[str, str],
    rows: list[tuple[str, str, str, str]],
    period: str,
    boundary: bool,
    odd: list[str],
) -> None:
    judged_alike(company, rows, period, boundary, odd)


def test_alike_activities_are_one_whole() -> None:
    """Three months of two supplies in turn; lines keep the order of the file."""
    company = {"approach": "operational_control", "packs": "mee-china, desnz", "accept": "",
               "extra": ""}  # fmt: skip
    rows = [
        (site, what, f"2023-{month:02}", f"{month}.5")
        for month in (1, 2, 3)
        for site, what in (("suzhou", "sf6"), ("york", "gas"))
    ]
    run = judged_alike(company, rows, "2023", False, [])
    assert run.inventory is not None, run.diagnostics
    assert [len(line.split(line)) for line in run.inventory.wholes if line.split] == [3, 3]
    assert run.inventory.wholes[0].evidence == ("bills/0.pdf", "bills/2.pdf", "bills/1.pdf")
    assert [line.activity for line in run.inventory.wholes] == ["sf6-0", "gas-1"]
    assert [line.others for line in run.inventory.wholes] == [
        ("sf6-2", "sf6-4"), ("gas-3", "gas-5"),
    ]  # fmt: skip
    assert [line.id for line in run.inventory.lines] == [
        "sf6-0", "gas-1", "sf6-2", "gas-3", "sf6-4", "gas-5",
    ]  # fmt: skip
    # 1.5 + 2.5 + 3.5 g of gas, stated in grams and counted in kilograms
    assert run.inventory.wholes[0].quantity == Fraction(75, 10_000)
    assert "6 activities" in render_terminal(run.inventory)


def test_what_is_said_of_one_activity_keeps_all_apart() -> None:
    """An `accept:` entry for an activity is judged activity by activity."""
    accept = """\
accept:
  - {gap: earlier_year, for: {activity: gas-0}, max_years: 9, reason: not published}
"""
    company = {"approach": "operational_control", "packs": "mee-china, desnz",
               "accept": accept, "extra": ""}  # fmt: skip
    rows = [("york", "gas", f"2023-0{month}", "5") for month in (1, 2)]
    run = judged_alike(company, rows, "2023", False, [])
    assert run.inventory is not None, run.diagnostics
    assert all(line.split is None for line in run.inventory.wholes)
    assert len(run.inventory.wholes) == len(rows)


@pytest.mark.parametrize("extra", range(len(EXTRAS)))
@pytest.mark.parametrize("strict", [False, True])
def test_every_supply_over_the_year(extra: int, strict: bool) -> None:
    packs = "mee-china, desnz" if strict else "desnz, mee-china, ./own.yaml"
    company = {"approach": "equity_share", "packs": packs, "accept": "" if strict else ACCEPT,
               "extra": EXTRAS[extra]}  # fmt: skip
    rows = [
        (site, what, f"2023-{month:02}", f"{(month - 2) * (place + 1)}.125")
        for place, (site, what) in enumerate(SUPPLIES)
        for month in (2, 3, 7)
    ]
    run = judged_alike(company, rows, "2023", extra == 3)
    assert run.inventory is not None
    said = bool(run.diagnostics) or bool(run.inventory.accepted)
    assert said or any(line.split for line in run.wholes)
    assert bool(run.inventory.accepted) is not strict


def test_months_of_a_supply_are_one_whole(tmp_path: Path) -> None:
    company = {"approach": "equity_share", "packs": "mee-china, desnz", "accept": "",
               "extra": ""}  # fmt: skip
    rows = [
        (site, what, f"2023-{month:02}", f"{month}.5")
        for site in SITES
        for what in ("power", "sf6")
        for month in (1, 2, 3)
    ]
    run = compute(written(tmp_path, company, rows), period="2023")
    assert run.inventory is not None, run.diagnostics
    wholes = run.inventory.wholes
    assert {line.facility for line in wholes if line.split} == {"suzhou", "leeds", "york"}
    assert all(len(line.split(line)) == 4 for line in wholes if line.split)  # March is cut
    assert totals_of(wholes) == totals_of(run.inventory.lines) == run.inventory.totals
    assert len(run.inventory.lines) > len(wholes)


def test_a_lock_judges_single_lines(tmp_path: Path) -> None:
    """A locked year is compared line by line, whichever way it was summed."""
    company = {"approach": "equity_share", "packs": "mee-china, desnz", "accept": "",
               "extra": ""}  # fmt: skip
    rows = [("york", what, f"2023-0{month}", f"{month}") for what in ("power", "gas")
            for month in (1, 2)]  # fmt: skip
    path = written(tmp_path, company, rows)
    made = lock_years(path, [2023])
    (tmp_path / "ghgcalc.lock").write_text(render_lock("company.yaml", made.sections), "utf-8")
    held = compute(path, period="2023", locked=True)
    assert not held.diagnostics
    assert held.inventory is not None
    assert any(line.split for line in held.inventory.wholes)
    written(tmp_path, company, [rows[0], ("york", "power", "2023-02", "3"), *rows[2:]])
    moved = [compute(path, period="2023", locked=True).diagnostics]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ghgcalc.activity_data.from_tables._Maker.sums_up", lambda *_: False)
        moved.append(compute(path, period="2023", locked=True).diagnostics)
    assert moved[0] == moved[1]
    assert {found.code for found in moved[0]} == {"lock-drift-figure", "lock-drift-input"}
    assert "meter/york/power/2023-02" in (tmp_path / "ghgcalc.lock").read_text("utf-8")
