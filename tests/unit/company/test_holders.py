"""A facility frozen as it was held on a day, and all that is held through another."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import get_args

from ghgcalc.activity_data.placement import place
from ghgcalc.company.holding import changes_of, frozen, held_through, holding_on
from ghgcalc.company.organization import Approach, Facility


def facility(**states: dict[str, str]) -> Facility:
    days = {f"{name[1:]}-01-01": state for name, state in states.items()}
    return Facility.model_validate({"country": "US", "history": days})


TREE = {
    "top": facility(y2020={"economic_interest": "80%"}, y2023={"economic_interest": "60%"}),
    "middle": facility(y2020={"through": "top", "economic_interest": "50%"}),
    "plant": facility(y2021={"through": "middle", "economic_interest": "90%"}),
    "once": facility(y2020={"through": "top"}, y2022={"economic_interest": "10%"}),
    "apart": facility(y2020={"economic_interest": "70%"}),
    "bare": Facility.model_validate({"country": "US"}),
}
LATER = date(2025, 1, 1)


def interest(facilities: dict[str, Facility], name: str, day: date = LATER) -> Fraction | None:
    held = holding_on(facilities, name, day)
    return None if held is None else held.interest


def test_all_that_is_ever_held_through_a_facility() -> None:
    assert held_through(TREE, "top") == {"top", "middle", "plant", "once"}
    assert held_through(TREE, "middle") == {"middle", "plant"}
    assert held_through(TREE, "apart") == {"apart"}


def test_a_chain_of_three_is_frozen_whole() -> None:
    """On a day of 2022: 80 % × 50 % × 90 % = 36 %; today it is 60 % × 50 % × 90 % = 27 %."""
    assert interest(TREE, "plant") == Fraction(27, 100)
    kept = frozen(TREE, "plant", date(2022, 6, 1), date(2024, 1, 1))
    assert interest(kept, "plant") == Fraction(36, 100)
    assert interest(kept, "plant", date(2023, 12, 31)) is None  # held so from that day on
    assert changes_of(kept, "plant") == {date(2024, 1, 1)}
    # the holders keep their own lines as they are
    assert interest(kept, "middle") == Fraction(30, 100)
    assert {name: kept[name] for name in TREE if name != "plant"} == {
        name: each for name, each in TREE.items() if name != "plant"
    }
    assert sorted(set(kept) - set(TREE)) == ["\0middle", "\0top"]


def test_what_nobody_holds_is_frozen_alone() -> None:
    kept = frozen(TREE, "once", date(2023, 1, 1), date(2024, 1, 1))
    assert interest(kept, "once") == Fraction(10, 100)
    assert set(kept) == set(TREE)


def test_a_circle_ends() -> None:
    ring = {
        "one": facility(y2020={"through": "two"}),
        "two": facility(y2020={"through": "one"}),
    }
    kept = frozen(ring, "one", LATER, date(2024, 1, 1))
    assert holding_on(kept, "one", LATER) is None
    assert changes_of(ring, "one") == {date(2020, 1, 1)}


def test_the_rule_shows_shares_where_they_multiply() -> None:
    held = holding_on(TREE, "plant", LATER)
    rules: dict[str, str] = {}
    approaches: tuple[Approach, ...] = get_args(Approach)
    for approach in approaches:
        placed = place("process_emissions", held, approach)
        assert placed is not None
        rules[approach] = placed.rule
    assert rules == {
        "equity_share": "subsidiary through `middle`, equity_share: 60 % × 50 % × 90 %",
        "financial_control": "subsidiary through `middle`, financial_control:"
        " 100 % × 100 % × 100 %",
        "operational_control": "subsidiary through `middle`, operational_control",
    }
    alone = place("process_emissions", holding_on(TREE, "apart", LATER), "equity_share")
    assert alone is not None
    assert (alone.rule, alone.weight) == ("subsidiary, equity_share", Fraction(70, 100))


def test_a_holder_counts_in_its_own_days_alone() -> None:
    """Held through `top` in 2020 and 2024, not between: its change of 2023 is no day of `back`."""
    tree = {
        "top": facility(y2019={}, y2021={}, y2022={}, y2023={}, y2025={}),
        "back": facility(y2020={"through": "top"}, y2022={}, y2024={"through": "top"}),
    }
    assert changes_of(tree, "back") == {date(year, 1, 1) for year in (2020, 2021, 2022, 2024, 2025)}
