"""Facilities held through others: shares along the chain, dates, findings, comparisons."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ghgcalc.activity_data.placement import held_share, place
from ghgcalc.company.holding import Holding, changes_of, frozen, held_through, holding_on
from ghgcalc.company.organization import Facility
from ghgcalc.pipeline.run import compute
from ghgcalc.views.words import rule_words
from support import command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.company.organization import Approach

EQUITY: Approach = "equity_share"
FINANCIAL: Approach = "financial_control"
OPERATIONAL: Approach = "operational_control"
DAY = date(2024, 6, 1)


def facility(**history: dict[str, object]) -> Facility:
    """A facility with states by `d2020_01_01`-like names of days."""
    days = {name.removeprefix("d").replace("_", "-"): state for name, state in history.items()}
    return Facility.model_validate({"country": "US", "history": days})


def shares(facilities: dict[str, Facility], name: str, day: date = DAY) -> list[Fraction]:
    held = holding_on(facilities, name, day)
    assert held is not None
    return [held_share(held, approach) for approach in (EQUITY, FINANCIAL, OPERATIONAL)]


def percents(*values: str) -> list[Fraction]:
    return [Fraction(value) / 100 for value in values]


def test_shares_multiply_over_three_tiers() -> None:
    chain = {
        "top": facility(d2020_01_01={"economic_interest": "80%"}),
        "middle": facility(
            d2020_01_01={"through": "top", "relation": "joint_venture", "economic_interest": "50%"}
        ),
        "plant": facility(d2020_01_01={"through": "middle", "economic_interest": "90%"}),
    }
    # 80 % × 50 % × 90 % = 36 %; 100 % × 50 % × 100 % = 50 %
    assert shares(chain, "plant") == percents("36", "50", "100")
    held = holding_on(chain, "plant", DAY)
    placed = place("process_emissions", held, EQUITY)
    assert placed is not None
    assert placed.rule == "subsidiary through `middle`, equity_share: 80 % × 50 % × 90 %"
    assert rule_words("joint_venture through `a_b`") == "joint venture through `a_b`"


@pytest.mark.parametrize(
    ("holder", "own", "expected"),
    [
        # an associate is not ours under financial control, nor what it holds
        ({"relation": "associate", "economic_interest": "40%", "operated": "false"}, {},
         percents("30", "0", "0")),
        # who runs the plant is a question of the plant where it is answered there
        ({"relation": "associate", "economic_interest": "40%", "operated": "false"},
         {"operated": "true"}, percents("30", "0", "100")),
        ({"economic_interest": "40%"}, {"operated": "false"}, percents("30", "100", "0")),
        ({"relation": "fixed_asset_investment", "economic_interest": "40%", "operated": "false"},
         {}, percents("0", "0", "0")),
    ],
)  # fmt: skip
def test_the_holder_decides_under_control(
    holder: dict[str, object], own: dict[str, object], expected: Sequence[Fraction]
) -> None:
    pair = {
        "holder": facility(d2020_01_01=holder),
        "plant": facility(d2020_01_01={"through": "holder", "economic_interest": "75%", **own}),
    }
    assert shares(pair, "plant") == expected
    held = holding_on(pair, "plant", DAY)
    for approach, share in zip((EQUITY, FINANCIAL, OPERATIONAL), expected, strict=True):
        placed = place("process_emissions", held, approach)
        assert placed is not None
        if share:
            assert (placed.scope, placed.weight) == (1, share)
        else:  # 40 % × 75 %
            assert placed[:3] == (3, "investments", Fraction(30, 100))


@pytest.mark.parametrize(
    ("approach", "category", "weight"),
    [(EQUITY, "upstream_leased_assets", 41.5), (FINANCIAL, "upstream_leased_assets", 100)],
)
def test_leases_of_a_held_facility_follow_the_chain(
    approach: Approach, category: str, weight: float
) -> None:
    pair = {
        "holder": facility(d2020_01_01={"economic_interest": "83%"}),
        "office": facility(
            d2020_01_01={"through": "holder", "economic_interest": "50%",
                         "lease": {"type": "operating", "party": "lessee"}}
        ),
    }  # fmt: skip
    placed = place("purchased_electricity", holding_on(pair, "office", DAY), approach)
    assert placed is not None
    assert (placed.category, placed.weight) == (category, Fraction(str(weight)) / 100)


DATED = {
    "holder": facility(
        d2020_01_01={"economic_interest": "100%"}, d2022_04_01={"economic_interest": "70%"},
        d2024_10_01={"economic_interest": "60%"},
    ),
    "plant": facility(
        d2021_01_01={"through": "holder"}, d2024_01_01={"economic_interest": "30%"},
        d2024_07_01={"through": "holder", "economic_interest": "50%"},
    ),
}  # fmt: skip


def test_changes_of_the_holder_count_while_it_holds() -> None:
    # 2020-01-01 lies before the plant, 2022-04-01 and 2024-10-01 within the two spans
    days = ["2021-01-01", "2022-04-01", "2024-01-01", "2024-07-01", "2024-10-01"]
    assert sorted(changes_of(DATED, "plant")) == [date.fromisoformat(day) for day in days]
    for day, interest in (("2021-06-01", 100), ("2023-01-01", 70), ("2024-03-01", 30),
                          ("2024-08-01", 35), ("2024-11-01", 30)):  # fmt: skip
        held = holding_on(DATED, "plant", date.fromisoformat(day))
        assert held is not None
        assert held.interest == Fraction(interest, 100)
    assert holding_on(DATED, "plant", date(2020, 6, 1)) is None


def test_a_frozen_chain_leaves_the_holder_alone() -> None:
    moved = frozen(DATED, "plant", date(2024, 11, 1), date(2023, 1, 1))
    for day in (date(2023, 1, 1), date(2024, 12, 31)):
        held = holding_on(moved, "plant", day)
        assert isinstance(held, Holding)
        assert held.interest == Fraction(30, 100)
    assert moved["holder"] == DATED["holder"]
    assert held_through(DATED, "holder") == {"holder", "plant"}


FILE = """\
ghgcalc: 1
organization: {{name: Group, consolidation_approach: equity_share, gwp_set: AR5}}
facilities:
  holding: {{country: NL, history: {{{holding}}}}}
  plant: {{country: US, history: {{{plant}}}}}
activities:
  a-2023: {{facility: plant, category: process_emissions, gas_masses: {{CO2: 365 t}}, period: 2023}}
  a-2024: {{facility: plant, category: process_emissions, gas_masses: {{CO2: 366 t}}, period: 2024}}
{more}"""


def written(folder: Path, holding: str, plant: str, more: str = "") -> Path:
    path = folder / "company.yaml"
    path.write_text(FILE.format(holding=holding, plant=plant, more=more), "utf-8")
    return path


@pytest.mark.parametrize(
    ("holding", "plant", "code", "said", "line", "column"),
    [
        ("2020-01-01: {economic_interest: 80%}", "2021-01-01: {through: holdin}",
         "unknown-facility", "facility `plant` names facility `holdin`", 5, 56),
        ("2022-01-01: {economic_interest: 80%}", "2021-01-01: {through: holding}",
         "holder-without-state", "from 2021-01-01, which has no state before 2022-01-01", 5, 56),
        ("2020-01-01: {through: plant}", "2021-01-01: {through: holding}", "holder-cycle",
         "on 2021-01-01 `holding` → `plant` → `holding` hold each other", 4, 58),
        # only from 2023 on
        ("2020-01-01: {economic_interest: 80%}, 2023-01-01: {through: plant}",
         "2021-01-01: {through: holding}", "holder-cycle", "on 2023-01-01", 4, 96),
        ("2020-01-01: {}", "2021-01-01: {through: plant}", "holder-cycle",
         "`plant` → `plant` hold each other", 5, 56),
    ],
)  # fmt: skip
def test_broken_chains_are_refused_with_places(
    holding: str, plant: str, code: str, said: str, line: int, column: int, tmp_path: Path
) -> None:
    run = compute(written(tmp_path, holding, plant))
    assert run.inventory is None
    found = [item for item in run.diagnostics if item.code == code]
    assert len(found) == 1, run.diagnostics
    assert said in found[0].message
    assert found[0].location is not None
    assert (found[0].location.line, found[0].location.column) == (line, column)


def test_a_circle_that_is_over_before_it_closes_is_none(tmp_path: Path) -> None:
    holding = "2020-01-01: {through: plant}, 2021-06-01: {economic_interest: 80%}"
    plant = "2019-01-01: {economic_interest: 90%}, 2022-01-01: {through: holding}"
    run = compute(written(tmp_path, holding, plant))
    assert not [item for item in run.diagnostics if item.code == "holder-cycle"]
    assert run.inventory is not None
    # 80 % of the 366 t of 2024
    assert run.inventory.totals.scope_1 == Fraction(366 * 80, 100)


def told(*args: str | Path) -> str:
    done = command.run(*args)
    assert done.exit_code == 0, done.stderr
    return " ".join(done.stdout.split())


def test_diff_sees_the_effective_share(tmp_path: Path) -> None:
    # the holder goes from 100 % to 50 % with 2024: 365 × 40 % = 146 t, 366 × 20 % = 73.2 t
    path = written(
        tmp_path, "2020-01-01: {}, 2024-01-01: {economic_interest: 50%}",
        "2020-01-01: {through: holding, economic_interest: 40%}",
        "renames: {a-2023: a-2024}\n",
    )  # fmt: skip
    shown = told("diff", "2023", "2024", "--company", path)
    # (20 % − 40 %) × (365 + 366) ÷ 2 = −73.1 t, 1 t × (40 % + 20 %) ÷ 2 = +0.3 t
    assert "activity: process emissions +0.30 +0.30" in shown
    assert "consolidation: process emissions −73.10 −73.10" in shown
    assert "Change in boundary: −73.10 t" in shown


def test_diff_sees_the_days_of_a_holder_that_is_sold(tmp_path: Path) -> None:
    # sold on 1 July: 366 t × 182 ÷ 366 × 40 % = 72.8 t in 2024, beside 146 t in 2023
    sold = "{economic_interest: 0%, operated: false}"
    path = written(
        tmp_path, f"2020-01-01: {{}}, 2024-07-01: {sold}",
        "2020-01-01: {through: holding, economic_interest: 40%}",
        "renames: {a-2023: a-2024}\n",
    )  # fmt: skip
    shown = told("diff", "2023", "2024", "--company", path)
    assert "Scope 1 146.00 72.80 −73.20" in shown
    assert "boundary: process emissions −73" in shown
    assert "consolidation: process emissions" not in shown


def test_base_year_effect_of_a_holder_reaches_what_it_holds(tmp_path: Path) -> None:
    # 2023 at 40 %: 365 × 40 % = 146 t; with the holder at 50 % all year 73 t: −73 t
    path = written(
        tmp_path, "2020-01-01: {}, 2024-07-01: {economic_interest: 50%}",
        "2020-01-01: {through: holding, economic_interest: 40%}",
        "base_year:\n  year: 2023\n  reason: r\n  figure: scope_1\n"
        "  significance_threshold: 5%\n  changes:\n"
        "    - {date: 2024-07-01, kind: structural, description: d, facility: holding}\n",
    )  # fmt: skip
    found = json.loads(told("base-year", path, "--format", "json"))
    (change,) = found["changes"]
    assert (found["emissions_tco2e"], change["effect_tco2e"]) == (146, -73)
    assert found["restated_tco2e"] == 73
