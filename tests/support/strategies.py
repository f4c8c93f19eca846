"""Small companies as data, their YAML text, and strategies for both.

Own factors only (`own.yaml` beside the company file): a run takes a few milliseconds, and every
expected number can be worked out by hand. GWPs are those of AR6.
"""

from __future__ import annotations

import copy
import io
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.calculation.results.totals import totals_of
from ghgcalc.core.diagnostics import Severity
from ghgcalc.core.numbers import ZERO
from ghgcalc.inventory.inventory import Inventory
from ghgcalc.pipeline.project import open_project
from ghgcalc.pipeline.run import Run, compute, compute_period, year_asked

if TYPE_CHECKING:
    from pathlib import Path

Data = dict[str, Any]


def profile(examples: int) -> settings:
    """Few examples, the same ones every time, no clock."""
    return settings(
        max_examples=examples, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


OWN = """\
pack: own
title: Own factors
gwp_set: AR6
factors:
  power:
    category: purchased_electricity
    kind: grid_average
    per: kWh
    gases: {CO2: 0.4 kg, CH4: 10 mg, N2O: 3 mg}
    source: hand
  residual:
    category: purchased_electricity
    kind: residual_mix
    per: kWh
    gases: {CO2: 0.7 kg}
    source: hand
  diesel:
    category: mobile_combustion
    fuel: diesel
    per: L
    gases: {CO2: 2.66 kg, CH4: 0.14 g, N2O: 0.14 g}
    source: hand
  coal:
    category: stationary_combustion
    fuel: bituminous_coal
    per: t
    gases: {CO2: 2.4 t, CH4: 0.25 kg}
    source: hand
  freight:
    category: upstream_transportation
    item: truck
    per: tkm
    gases: {CO2e: 0.1 kgCO2e}
    source: hand
"""

FACILITIES = ("ks", "dg", "bn")
KINDS: dict[str, tuple[Data, tuple[str, ...]]] = {
    "power": ({"category": "purchased_electricity"}, ("kWh", "MWh", "GJ")),
    "diesel": ({"category": "mobile_combustion", "fuel": "diesel"}, ("L", "gal_us", "m3")),
    "coal": ({"category": "stationary_combustion", "fuel": "bituminous_coal"}, ("t", "kg", "lb")),
    "leak": ({"category": "fugitive_emissions", "gas": "R-410A"}, ("kg", "g")),
    "etch": ({"category": "fugitive_emissions", "gas": "SF6"}, ("kg", "lb")),
    "freight": ({"category": "upstream_transportation", "item": "truck"}, ("tkm",)),
}  # fmt: skip


def company(activities: Data | None = None, **sections: Any) -> Data:
    """A company of three facilities in one market, with the own pack."""
    data: Data = {
        "ghgcalc": "1",
        "organization": {
            "name": "Property Ltd", "consolidation_approach": "operational_control",
            "gwp_set": "AR6",
        },
        "factor_packs": ["./own.yaml"],
        "facilities": {name: {"country": "GB"} for name in FACILITIES},
    }  # fmt: skip
    data.update(copy.deepcopy(sections))
    data["activities"] = copy.deepcopy(activities or {})
    return data


def power(facility: str, amount: str, period: str = "2023") -> Data:
    """An electricity line."""
    return {"facility": facility, "category": "purchased_electricity", "quantity": amount,
            "period": period}  # fmt: skip


def certificate(
    mwh: str, co2: str = "0 kg/MWh", facilities: tuple[str, ...] | None = None, **more: Any
) -> Data:
    """A certificate that meets its criteria."""
    data: Data = {
        "type": "GO", "market": "GB", "volume": mwh, "emission_rate": {"CO2": co2},
        "generated": "2023", "criteria_met": {str(n): "proof.pdf" for n in range(1, 6)}, **more,
    }  # fmt: skip
    if facilities is not None:
        data["facilities"] = list(facilities)
    return data


def text_of(data: Data) -> str:
    """Plain YAML in the order of the data."""
    stream = io.StringIO()
    yaml.safe_dump(data, stream, sort_keys=False, allow_unicode=True, width=200)
    return stream.getvalue()


def run_text(folder: Path, text: str | bytes, own: str = OWN, **asked: Any) -> Run:
    """Compute a company file given as text."""
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    (folder / "company.yaml").write_bytes(raw)
    (folder / "own.yaml").write_text(own, encoding="utf-8")
    return compute(folder / "company.yaml", **asked)


def run_of(folder: Path, data: Data, own: str = OWN, **asked: Any) -> Run:
    """Compute a company given as data."""
    return run_text(folder, text_of(data), own, **asked)


def errors(run: Run) -> list[str]:
    """Codes and messages of the errors."""
    return [f"{d.code}: {d.message}" for d in run.diagnostics if d.severity is Severity.ERROR]


def inventory_of(folder: Path, data: Data, own: str = OWN, **asked: Any) -> Inventory:
    """The inventory of valid data; what hinders it is printed."""
    run = run_of(folder, data, own, **asked)
    assert run.inventory is not None, errors(run)
    return run.inventory


Figures = tuple[Fraction, Fraction, Fraction, Fraction, Fraction]


def figures(inventory: Inventory) -> Figures:
    """Every total: scope 1, scope 2 by both methods, scope 3, biogenic."""
    totals = inventory.totals
    assert totals_of(inventory.lines) == totals
    return (totals.scope_1, totals.scope_2[LOCATION], totals.scope_2[MARKET],
            totals.scope_3 or ZERO, totals.biogenic_co2)  # fmt: skip


def plus(one: Figures, two: Figures) -> Figures:
    """Totals added."""
    a, b, c, d, e = (x + y for x, y in zip(one, two, strict=True))
    return a, b, c, d, e


def check(folder: Path) -> list[str]:
    """What the check command does: open the file, compute every year; gives the codes."""
    opened = open_project(folder / "company.yaml")
    project = opened.value.project
    codes = [item.code for item in opened.diagnostics]
    if project is None:
        return codes
    rule = project.company.year
    years = {rule.name_of(amount.span.last) for amount in project.amounts}
    for year in sorted(years)[:3]:
        run = compute_period(project, year_asked(project, year))
        codes += [item.code for item in run.diagnostics]
    return codes


def decimal_text(units: int, places: int) -> str:
    """Write `units / 10**places` without an exponent."""
    whole, part = divmod(units, 10**places)
    return f"{whole}.{part:0{places}d}" if places else str(whole)


numbers = st.builds(decimal_text, st.integers(0, 10**9), st.integers(0, 6))
kinds = st.sampled_from(sorted(KINDS))
periods = st.sampled_from(["2023", "2023-04", "2023-Q2", "2023-02-10/2023-05-09"])


@st.composite
def activity(draw: st.DrawFn, kind: str | None = None) -> Data:
    """One valid line of any kind."""
    keys, units = KINDS[kind or draw(kinds)]
    amount = f"{draw(numbers)} {draw(st.sampled_from(units))}"
    return {**keys, "facility": draw(st.sampled_from(FACILITIES)), "quantity": amount,
            "period": draw(periods)}  # fmt: skip


def activities(least: int = 0, most: int = 5) -> st.SearchStrategy[Data]:
    """Lines by id."""
    return st.lists(activity(), min_size=least, max_size=most).map(
        lambda lines: {f"line-{index}": line for index, line in enumerate(lines)}
    )


@st.composite
def instruments(draw: st.DrawFn, least: int = 0, most: int = 4) -> Data:
    """Certificates, some of them bound to facilities."""
    found: Data = {}
    for index in range(draw(st.integers(least, most))):
        bound = draw(st.none() | st.sets(st.sampled_from(FACILITIES), min_size=1))
        kind = draw(st.sampled_from(["GO", "PPA", "not_stated"]))
        found[f"cert-{index}"] = certificate(
            f"{draw(numbers)} MWh", draw(st.sampled_from(["0 kg/MWh", "90 kg/MWh"])),
            None if bound is None else tuple(sorted(bound)), type=kind,
        )  # fmt: skip
    return found


# every section once, every key where a typo could hide
RICH = """\
ghgcalc: 1
organization:
  name: Rich Ltd
  consolidation_approach: equity_share
  gwp_set: AR6
  ch4_from_combustion: non_fossil
  reporting_year:
    starts: "04-01"
    named_by: end
factor_packs:
  - ./own.yaml
accept:
  - gap: criteria_assumed
    for:
      instrument: cert
    reason: the registry answers in June
facilities:
  ks:
    country: GB
    region: GB-ENG
    opened: 2001-05-01
    history:
      2001-05-01:
        relation: subsidiary
        economic_interest: 80%
        operated: true
      2023-01-01:
        relation: joint_venture
        economic_interest: 60%
        operated: false
        reason: shares sold
  dg:
    country: GB
    lease:
      type: operating
      party: lessee
    fuel_properties:
      diesel:
        density: 0.84 kg/L
        source: delivery note
boundaries:
  core:
    facilities:
      - dg
    history:
      2022-10-01:
        facilities: all
        reason: new policy
activities:
  grid:
    facility: ks
    category: purchased_electricity
    quantity: 1_250.5 MWh
    period: 2022-04-01/2023-03-31
    supplier: volt
    evidence:
      - bills/grid.pdf
  fleet:
    facility: dg
    category: mobile_combustion
    fuel: diesel
    quantity: 900 kg
    period: 2023-Q2
  chillers:
    facility: dg
    category: fugitive_emissions
    gas: R-410A
    mass_balance:
      inventory_start: 12 kg
      inventory_end: 9 kg
      acquired: 4 kg
    period: 2023
  etch:
    facility: dg
    category: process_emissions
    gas_masses:
      SF6: 1.5 kg
      NF3: 2 kg
    period: 2022-07
    data_quality:
      technology: 2
instruments:
  cert:
    type: GO
    market: GB
    facilities:
      - ks
    volume: 100 MWh
    emission_rate:
      CO2: 0 kg/MWh
    generated: 2023
    retired:
      date: 2023-03-20
      beneficiary: Rich Ltd
    criteria_met:
      1: go.pdf
      2: go.pdf
    serials:
      - first: A100
        last: A199
suppliers:
  volt:
    market: GB
    rates:
      2023:
        emission_rate:
          CO2: 120 kg/MWh
        criteria_met:
          1: t.pdf
          2: t.pdf
          3: t.pdf
          4: t.pdf
          5: t.pdf
          6: t.pdf
metrics:
  revenue:
    unit: million GBP
    values:
      2023: 250
targets:
  half:
    kind: absolute
    scopes:
      - 1
      - 2
    scope_2: market_based
    base: 2022
    by: 2032
    reduction: 50%
expect:
  - period: 2023
    figure: scope_1
    value: 90 t
    within: 90_000 t
exclusions:
  - category: business_travel
    justification: below 0.1 % of the total
periods:
  2023:
    status: draft
base_year:
  year: 2022
  reason: first full year
responsible:
  name: A. Author
"""
