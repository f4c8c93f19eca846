"""Category 3 derived from Scopes 1 and 2: factors, stated lines, choices, holes, locked years."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ghgcalc.calculation.derive.stated import Statement, runs
from ghgcalc.core.period import Span, parse_year_start
from ghgcalc.core.vocabulary.scope_3_methods import AVERAGE_DATA, METHODS_OF
from ghgcalc.pipeline.run import compute
from support import command

if TYPE_CHECKING:
    from ghgcalc.pipeline.run import Run

BEFORE = Path(__file__).with_name("locked_before.lock")
HEAD = """
ghgcalc: 1
organization: {name: Test, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities: {leeds: {country: GB}, york: {country: GB}}
"""
TWO = """
activities:
  boiler: {facility: leeds, category: stationary_combustion, fuel: natural_gas,
           quantity: 120_000 kWh gross, period: 2024}
  meter: {facility: leeds, category: purchased_electricity, quantity: 250 MWh, period: 2024}
"""
# DESNZ 2024, flat file: natural gas WTT 0.03021 (J3477), UK electricity WTT of generation 0.0459
# (J3939), T&D 0.0183 (J3627), WTT of T&D 0.00397 (J3940), kg CO2e per kWh
BOTH = {
    "boiler/upstream": Fraction("3.6252"),  # 120,000 × 0.03021
    "meter/upstream": Fraction("11.475"),  # 250,000 × 0.0459
    "meter/losses": Fraction("4.575"),  # 250,000 × 0.0183
    "meter/losses-upstream": Fraction("0.9925"),  # 250,000 × 0.00397
}


def ran(folder: Path, text: str, head: str = HEAD, **asked: str) -> Run:
    """The run of a company file that has no errors."""
    (folder / "company.yaml").write_text(head + text, "utf-8")
    run = compute(folder / "company.yaml", **asked)
    assert run.inventory is not None, run.diagnostics
    return run


def derived(run: Run) -> dict[str, Fraction]:
    """Tonnes of the derived lines by id."""
    lines = [line for line in run.lines if line.derived_from is not None]
    assert all(line.scope == 3 and line.calculated_by == AVERAGE_DATA for line in lines)
    return {line.id: line.co2e("location_based") or Fraction(0) for line in lines}


def notes(run: Run) -> list[str]:
    """The notes about category 3."""
    assert run.inventory is not None
    return [note for note in run.inventory.notes if "category 3" in note]


def test_fuel_and_power(tmp_path: Path) -> None:
    """a, b and c by the printed rows; Scopes 1 and 2 stay; each line names its own."""
    run = ran(tmp_path, TWO)
    assert derived(run) == BOTH
    assert run.inventory is not None
    assert run.inventory.totals.scope_3 == Fraction("20.6677")
    assert run.inventory.totals.scope_1 == Fraction("21.948")  # 120,000 × 0.1829
    origins = {line.id: line.derived_from for line in run.lines if line.derived_from}
    assert origins == {name: name.partition("/")[0] for name in BOTH}
    assert AVERAGE_DATA in METHODS_OF["fuel_and_energy_related"]
    assert notes(run) == [
        "category 3 holds 20.668 tCO2e derived from Scopes 1 and 2: upstream of fuels 3.625;"
        " upstream of energy 11.475; losses of grids 5.568"
    ]


def test_diesel_by_volume_and_distance(tmp_path: Path) -> None:
    """Diesel 0.62409 kg/L (J3507); a small diesel car 0.02613 kg/km (J5477)."""
    run = ran(tmp_path, """
activities:
  van: {facility: leeds, category: mobile_combustion, fuel: diesel, quantity: 1000 L, period: 2024}
  car: {facility: leeds, category: mobile_combustion, fuel: diesel, vehicle: car_mini,
        quantity: 1000 km, period: 2024}
""")  # fmt: skip
    assert derived(run) == {
        "van/upstream": Fraction("0.62409"), "car/upstream": Fraction("0.02613"),
    }  # fmt: skip


def test_no_instrument_lowers_it(tmp_path: Path) -> None:
    """250 MWh of certificates of 0 t leave what is upstream of 250 MWh."""
    run = ran(tmp_path, TWO + """
instruments:
  rego: {type: REGO, market: GB, volume: 250 MWh, emission_rate: {CO2: 0 kg/MWh}, generated: 2024,
         retired: {date: 2024-12-20, beneficiary: Test},
         criteria_met: {1: a.pdf, 2: a.pdf, 3: a.pdf, 4: a.pdf, 5: a.pdf}}
""")  # fmt: skip
    assert run.inventory is not None
    assert run.inventory.totals.scope_2["market_based"] == 0
    assert derived(run) == BOTH


def test_heat_by_network_and_on_site(tmp_path: Path) -> None:
    """1 GWh: WTT 0.03341 (J3941); by a network 0.00946 is lost (J3631), WTT 0.00176 (J3943)."""
    run = ran(tmp_path, """
activities:
  net: {facility: leeds, category: purchased_heat, technology: district, quantity: 1 GWh,
        period: 2024}
  own: {facility: leeds, category: purchased_steam, technology: onsite, quantity: 1 GWh,
        period: 2024}
""")  # fmt: skip
    assert derived(run) == {
        "net/upstream": Fraction("33.41"), "net/losses": Fraction("9.46"),
        "net/losses-upstream": Fraction("1.76"), "own/upstream": Fraction("33.41"),
    }  # fmt: skip


def test_what_has_no_upstream(tmp_path: Path) -> None:
    """Own generation asks nothing; a direct line has no losses, and its upstream is a hole."""
    run = ran(tmp_path, """
activities:
  pv: {facility: leeds, category: self_generated_electricity, attributes: kept, quantity: 10 MWh,
       period: 2024}
  wire: {facility: leeds, category: purchased_electricity, attributes: kept, quantity: 20 MWh,
         technology: wind, emission_rate: {CO2: 0 kg/MWh}, period: 2024}
  leak: {facility: leeds, category: fugitive_emissions, gas_masses: {SF6: 1 kg}, period: 2024}
  other: {facility: leeds, reported: 5 tCO2e, scope: 1, by: landlord, gwp_set: AR5, period: 2024}
accept: [{gap: co2e_without_gases, reason: so}]
""")  # fmt: skip
    assert derived(run) == {}
    assert notes(run) == [
        "category 3 is incomplete, upstream of energy: no factor in the packs of this file:"
        " 20 MWh of direct line in GB"
    ]
    assert run.inventory is not None
    assert run.inventory.totals.scope_3 is None


def test_losses_that_the_factor_includes(tmp_path: Path) -> None:
    """TGO: losses stand in Scope 2 (R26); 1,000 MWh × 0.0812 t/MWh are upstream."""
    run = ran(tmp_path, """
activities:
  meter: {facility: plant, category: purchased_electricity, quantity: 1_000 MWh, period: 2026}
""", """
ghgcalc: 1
organization: {name: Test, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [tgo-thailand]
facilities: {plant: {country: TH}}
accept: [{gap: other_gwp_set, reason: CO2e as printed}, {gap: co2e_without_gases, reason: so}]
""")  # fmt: skip
    assert derived(run) == {"meter/upstream": Fraction("81.2")}
    assert run.inventory is not None
    assert any("includes grid losses" in note for note in run.inventory.notes)


def test_one_factor_for_upstream_and_losses(tmp_path: Path) -> None:
    """Australia prints one: New South Wales 0.03 kg/kWh for both."""
    run = ran(tmp_path, """
activities:
  meter: {facility: plant, category: purchased_electricity, quantity: 1_000 MWh, period: 2025}
""", """
ghgcalc: 1
organization: {name: Test, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz, nga-australia]
facilities: {plant: {country: AU, region: AU-NSW}}
accept: [{gap: other_gwp_set, reason: CO2e as printed}, {gap: co2e_without_gases, reason: so},
         {gap: earlier_year, reason: so}]
""")  # fmt: skip
    assert derived(run) == {"meter/upstream-and-losses": Fraction(30)}


OWN = """
pack: own
title: Own
factors:
  coal: {category: stationary_combustion, fuel: natural_gas, per: kWh gross, source: s,
         gases: {CO2: 0.2 kg, CH4: 0 kg, N2O: 0 kg}}
  near: {category: fuel_and_energy_related, fuel: natural_gas, per: kWh gross, source: s,
         lifecycle: LIFECYCLE, gases: {CO2: 0.05 kg}}
"""


@pytest.mark.parametrize(("lifecycle", "tonnes"), [("upstream", 6), ("combustion", "3.6252")])
def test_own_rows_go_first_by_their_lifecycle(
    tmp_path: Path, lifecycle: str, tonnes: str | int
) -> None:
    """120,000 kWh × 0.05; what is no upstream factor serves no upstream."""
    (tmp_path / "own.yaml").write_text(OWN.replace("LIFECYCLE", lifecycle), "utf-8")
    head = HEAD.replace("[desnz]", "[./own.yaml, desnz]")
    assert derived(ran(tmp_path, TWO, head))["boiler/upstream"] == Fraction(tonnes)


# ---- stated lines ------------------------------------------------------------------------------


def test_stated_wins(tmp_path: Path) -> None:
    """Losses of the meter are stated: nothing of c beside them, 4.575 + 0.9925 are not added."""
    run = ran(tmp_path, TWO + """
  lost: {facility: leeds, category: fuel_and_energy_related, item: grid, quantity: 250 MWh,
         losses: {rate: 5 %}, period: 2024}
""")  # fmt: skip
    assert derived(run) == {name: BOTH[name] for name in ("boiler/upstream", "meter/upstream")}
    assert notes(run)[1:] == [
        "category 3, losses of grids, electricity: stated in lost; 5.568 tCO2e are not derived"
        " beside it"
    ]


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        ("facility: leeds, fuel: natural_gas, quantity: 1 kWh gross", 3),
        ("facility: leeds, fuel: diesel, quantity: 1 L", 4),
        ("facility: york, fuel: natural_gas, quantity: 1 kWh gross", 4),
        ("fuel: natural_gas, quantity: 1 kWh gross", 3),  # of no facility: of all
        ("facility: leeds, item: electricity_wtt_generation, quantity: 1 kWh", 3),
        ("facility: leeds, item: electricity, quantity: 1 kWh", 2),
        ("facility: leeds, reported: 1 tCO2e, by: x, gwp_set: AR5", 0),  # says not of what
    ],
)
def test_of_what_a_stated_line_speaks(tmp_path: Path, keys: str, left: int) -> None:
    """Facility, carrier and part; a line that does not tell them apart speaks of all."""
    country = "organization: {country: GB, name"
    head = HEAD.replace("organization: {name", country)
    text = f"{TWO}  said: {{{keys}, category: fuel_and_energy_related, period: 2024}}\n"
    assert len(derived(ran(tmp_path, text, head))) == left


def test_days_that_no_line_speaks_of(tmp_path: Path) -> None:
    """January to June stated: 184 of 366 days of 120,000 kWh are derived, the rest is named."""
    run = ran(tmp_path, TWO + """
  said: {facility: leeds, category: fuel_and_energy_related, fuel: natural_gas,
         quantity: 60_000 kWh gross, period: 2024-01-01/2024-06-30}
""")  # fmt: skip
    (line,) = [line for line in run.lines if line.derived_from == "boiler"]
    assert line.id == "boiler/upstream/2024-07-01..2024-12-31"
    assert line.quantity == Fraction("60327.868852459")  # 120,000 × 184 ÷ 366, nine decimals
    # (120,000 − 60,327.868852459) kWh × 0.03021 = 1.803 t
    assert any("stated in said; 1.803 tCO2e are not derived" in note for note in notes(run))


def test_runs_of_days() -> None:
    """Days of several statements tile a span."""
    year = parse_year_start("01-01", "start").span(2024)
    days = [
        ("2024-01-01", "2024-02-29"),
        ("2024-03-01", "2024-03-31"),
        ("2024-12-01", "2025-01-31"),
    ]
    told = [Statement("x", None, "a", Span(*map(date.fromisoformat, each))) for each in days]
    found = runs(year, told)
    assert [(str(span), stated) for span, stated in found] == [
        ("2024-01-01/2024-03-31", True), ("2024-04-01/2024-11-30", False),
        ("2024-12-01/2024-12-31", True),
    ]  # fmt: skip


# ---- choices and holes -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("derive: off, reason: r", set()),
        ("parts: {c: {derive: off, reason: r}}", {"boiler/upstream", "meter/upstream"}),
        ("facilities: {leeds: {derive: off, reason: r}}", set()),
        ("facilities: {york: {derive: off, reason: r}}", set(BOTH)),
        ("derive: off, reason: r, parts: {a: {derive: on}}", {"boiler/upstream"}),
        ("derive: off, reason: r, facilities: {leeds: {derive: on}}", set(BOTH)),
    ],
)
def test_off(tmp_path: Path, said: str, left: set[str]) -> None:
    """By part and facility; the reason is printed where it takes something away."""
    run = ran(tmp_path, f"scope_3: {{fuel_and_energy_related: {{{said}}}}}\n{TWO}")
    assert set(derived(run)) == left
    assert any(note.endswith("not derived: r") for note in notes(run)) == (left != set(BOTH))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("derive: off", "missing-key"),
        ("derive: on, reason: r", "conflicting-keys"),
        ("parts: {d: {derive: off, reason: r}}", "unknown-value"),
        ("facilities: {hull: {derive: off, reason: r}}", "unknown-facility"),
        ("derive: no, reason: r", "unknown-value"),
    ],
)
def test_refused_choices(tmp_path: Path, said: str, code: str) -> None:
    """What cannot act, and what says no reason."""
    text = f"{HEAD}scope_3: {{fuel_and_energy_related: {{{said}}}}}\n{TWO}"
    (tmp_path / "company.yaml").write_text(text, "utf-8")
    assert code in {found.code for found in compute(tmp_path / "company.yaml").diagnostics}


def test_holes_are_listed_with_what_frees_them(tmp_path: Path) -> None:
    """Under AR6 the CO2e of WTT rows waits for an entry; with it the figures are those printed."""
    head = HEAD.replace("AR5", "AR6")
    entry = "- {gap: other_gwp_set, for: {category: fuel_and_energy_related}, reason: …}"
    run = ran(tmp_path, TWO, head)
    # losses print their gases: 250,000 × (0.01811 + 0.00008 × 27 ÷ 28 + 0.00011 × 273 ÷ 265)
    losses = 250 * (
        Fraction("0.01811") + Fraction("0.00008") * 27 / 28 + Fraction("0.00011") * 273 / 265
    )
    assert derived(run) == {"meter/losses": losses}
    assert notes(run)[1:] == [
        f"category 3 is incomplete, upstream of fuels: add to `accept:` `{entry}`:"
        " 120,000 kWh of natural gas in GB",
        f"category 3 is incomplete, upstream of energy: add to `accept:` `{entry}`:"
        " 250 MWh of electricity in GB",
    ]
    freed = derived(ran(tmp_path, f"accept:\n  {entry}\n{TWO}".replace("…", "as printed"), head))
    assert freed == {**BOTH, "meter/losses": losses}
    narrow = entry.replace("fuel_and_energy_related", "stationary_combustion").replace("…", "x")
    assert derived(ran(tmp_path, f"accept:\n  {narrow}\n{TWO}", head)) == {"meter/losses": losses}


def test_packs_without_any_row_say_it_once(tmp_path: Path) -> None:
    """One quiet note, however many lines; Scope 3 stays what nobody evaluated."""
    more = "".join(
        f"  m{n}: {{facility: york, category: purchased_electricity, quantity: {n} MWh,"
        " period: 2023}\n"
        for n in range(1, 4)
    )
    head = HEAD.replace("[desnz]", "[./own.yaml]")
    (tmp_path / "own.yaml").write_text(
        "pack: own\ntitle: Own\nfactors:\n  grid: {category: purchased_electricity, per: MWh,"
        " region: GB, gases: {CO2: 300 kg, CH4: 0 kg, N2O: 0 kg}, source: s}\n", "utf-8",
    )  # fmt: skip
    run = ran(tmp_path, f"activities:\n{more}", head)
    assert run.inventory is not None
    assert run.inventory.totals.scope_3 is None
    assert len(notes(run)) == 1
    assert "no pack of this file prints upstream factors" in notes(run)[0]


# ---- tables ------------------------------------------------------------------------------------

TABLE = """
tables:
  bills:
    files: bills.csv
    columns: {facility: site, item: what, quantity: qty, unit: unit, period: month}
    items:
      gas: {category: stationary_combustion, fuel: natural_gas}
      power: {category: purchased_electricity}
"""
ROWS = [
    "leeds,gas,70000,kWh gross,2024-01", "leeds,gas,50000,kWh gross,2024-02",
    "leeds,power,100000,kWh,2024-01", "leeds,power,150000,kWh,2024-03",
]  # fmt: skip


def _by_part(run: Run) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for name, tonnes in derived(run).items():
        key = name.rpartition("/")[2]
        found[key] = found.get(key, Fraction(0)) + tonnes
    return found


def test_tables_are_derived_as_sums_and_split_by_month(tmp_path: Path) -> None:
    """The bills of a year: the same figures as their sums, by any order of rows."""
    wanted = {
        "upstream": BOTH["boiler/upstream"] + BOTH["meter/upstream"],
        "losses": BOTH["meter/losses"],
        "losses-upstream": BOTH["meter/losses-upstream"],
    }
    for rows in (ROWS, ROWS[::-1]):
        text = "\n".join(["site,what,qty,unit,month", *rows])
        (tmp_path / "bills.csv").write_text(text, "utf-8")
        run = ran(tmp_path, TABLE)
        assert _by_part(run) == wanted
        made = [line for line in run.lines if line.derived_from]
        assert len(made) == 8  # of 4 months: gas 2 × 1, power 2 × 3
        assert all(line.id.startswith(f"{line.derived_from}/") for line in made)
    quarter = ran(tmp_path, TABLE, period="2024-02")
    assert _by_part(quarter) == {"upstream": 50 * Fraction("0.03021")}


def test_a_statement_of_some_months_of_a_table(tmp_path: Path) -> None:
    """January's gas is stated: February's alone is derived."""
    text = "\n".join(["site,what,qty,unit,month", *ROWS])
    (tmp_path / "bills.csv").write_text(text, "utf-8")
    run = ran(tmp_path, TABLE + """
activities:
  said: {facility: leeds, category: fuel_and_energy_related, fuel: natural_gas,
         quantity: 70_000 kWh gross, period: 2024-01}
""")  # fmt: skip
    gas = [line for line in run.lines if line.derived_from and line.item == "natural_gas"]
    assert [(line.quantity, str(line.span.first)) for line in gas] == [(50000, "2024-02-01")]


# ---- locks -------------------------------------------------------------------------------------


def _as_locked_before(folder: Path) -> str:
    """The file with the lock that ghgcalc wrote of it before category 3 was derived."""
    text = BEFORE.read_text("utf-8")
    (folder / "ghgcalc.lock").write_text(text, "utf-8", newline="\n")
    (folder / "company.yaml").write_text(HEAD + TWO, "utf-8", newline="\n")
    return text


def test_a_year_locked_before_stays_closed(tmp_path: Path) -> None:
    """scope_3 as locked, no finding, one note with 20.668 t; `--upgrade` adds them for good."""
    text = _as_locked_before(tmp_path)
    company = tmp_path / "company.yaml"
    for locked in (False, True):
        run = compute(company, locked=locked)
        assert run.inventory is not None, run.diagnostics
        assert run.inventory.totals.scope_3 is None
        assert not run.diagnostics
        (note,) = notes(run)
        assert note.startswith("2024 was locked before category 3 was derived: scope_3 stays as it")
        assert "without 20.668 tCO2e; `ghgcalc lock --upgrade --dry-run --period 2024`" in note
    assert command.run("lock", str(company)).exit_code == 0  # keeps the rules of the year
    again = (tmp_path / "ghgcalc.lock").read_text("utf-8")
    assert "wtt" not in again
    assert again.count("resolutions") == text.count("resolutions")
    assert derived(compute(company)) == {}
    assert command.run("lock", str(company), "--upgrade").exit_code == 0
    run = compute(company, locked=True)
    assert derived(run) == BOTH
    assert not run.diagnostics
    first = (tmp_path / "ghgcalc.lock").read_bytes()
    assert command.run("lock", str(company)).exit_code == 0
    assert (tmp_path / "ghgcalc.lock").read_bytes() == first


def test_locked_factors_of_category_3_stand(tmp_path: Path) -> None:
    """A year locked with derived lines keeps their factors when the pack is gone or another."""
    company = tmp_path / "company.yaml"
    (tmp_path / "own.yaml").write_text(OWN.replace("LIFECYCLE", "upstream"), "utf-8")
    head = HEAD.replace("[desnz]", "[./own.yaml, desnz]")
    company.write_text(head + TWO, "utf-8")
    assert command.run("lock", str(company)).exit_code == 0
    (tmp_path / "own.yaml").write_text(
        OWN.replace("LIFECYCLE", "upstream").replace("0.05 kg", "0.07 kg"), "utf-8"
    )
    run = compute(company)
    assert derived(run)["boiler/upstream"] == 6  # as locked, 120,000 kWh × 0.05
    assert "lock-drift-factor" in {each.code for each in run.diagnostics}


# ---- rates of losses ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "tonnes"),
    [
        ("{rate: 8 %, of: consumption}", Fraction("4.141")),  # 51.7625 × 8 %
        ("{rate: 8 %}", Fraction("51.7625") * 8 / 92),  # of what is fed in: × 8 ÷ 92
    ],
)
def test_losses_by_a_stated_rate(tmp_path: Path, said: str, tonnes: Fraction) -> None:
    """The line's own grid factor (0.20705 × 250 MWh = 51.7625 t) goes before a published loss."""
    key = f"scope_3: {{fuel_and_energy_related: {{losses: {{GB: {said}}}}}}}\n"
    run = ran(tmp_path, key + TWO)
    wanted = {name: BOTH[name] for name in ("boiler/upstream", "meter/upstream")}
    assert derived(run) == {**wanted, "meter/losses": tonnes}
    (line,) = [line for line in run.lines if line.id == "meter/losses"]
    steps = [step.text for step in line.location_based[0].plan.steps]
    assert any("8 %" in text for text in steps)
    (tmp_path / "company.yaml").write_text(f"{HEAD}{key.replace('GB:', 'FR:')}{TWO}", "utf-8")
    assert "unknown-value" in {each.code for each in compute(tmp_path / "company.yaml").diagnostics}
