"""Scope 3 that a side of a comparison does not evaluate: no figure of it, and no change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import ghgcalc
from ghgcalc.render.xlsx.unknown import DASH
from support import command
from support.workbook_formulas import Workbook, recalculated

NEWLY = """\
ghgcalc: 1
organization: {name: A, consolidation_approach: operational_control, gwp_set: AR5}
facilities: {leeds: {country: GB}}
activities:
  vent-23: {facility: leeds, category: process_emissions, item: etch, quantity: 10 t,
    emission_rate: {CO2: 1 t/t}, period: 2023}
  vent-24: {facility: leeds, category: process_emissions, item: etch, quantity: 7 t,
    emission_rate: {CO2: 1 t/t}, period: 2024}
  taxi-24: {facility: leeds, category: business_travel, item: taxi, quantity: 40 km,
    emission_rate: {CO2: 0.1 t/km}, period: 2024}
"""


@pytest.mark.parametrize(
    ("sides", "totals", "where"),
    [
        # by hand: Scope 1 from 10 t to 7 t, 4 t of Scope 3 in 2024 alone
        (("2023", "2024"), (None, 4, 10, 11), "2023 (before)"),
        (("2024", "2023"), (4, None, 11, 10), "2024"),
        (("2023", "2023"), (None, None, 10, 10), ""),
    ],
)
def test_scope_3_that_is_not_evaluated_is_not_nothing(
    tmp_path: Path, sides: tuple[str, str], totals: tuple[int | None, ...], where: str
) -> None:
    path = tmp_path / "company.yaml"
    path.write_text(NEWLY, "utf-8")
    saved = []
    for side in sides:
        saved.append(tmp_path / f"{side}.json")
        asked = ["compute", str(path), "--period", side, "-o", str(saved[-1])]
        assert command.run(*asked).exit_code == 0
    for first, second in (sides, [str(file) for file in saved]):
        found = ghgcalc.diff(first, second, company=path).difference
        assert found is not None
        scope_3 = found.total("scope_3")
        whole = found.total("all_scopes", "market_based")
        assert (scope_3.before, scope_3.after, whole.before, whole.after) == totals
        assert scope_3.change is scope_3.share is None
        asked = ["diff", first, second, "--company", str(path)]
        data = json.loads(command.run(*asked, "--format", "json").stdout)["diff"]
        (figure,) = (item for item in data["totals"] if item["figure"] == "scope_3")
        assert (figure["before"], figure["after"], figure["change"]) == (*totals[:2], None)
        sides = zip(("before", "after"), totals[:2], strict=True)
        assert data["scope_3_not_evaluated"] == [side for side, value in sides if value is None]
        for words in ("table", "markdown"):
            text = " ".join(command.run(*asked, "--format", words).stdout.split())
            assert ("which is not 0 t" in text) == bool(where)
        book = tmp_path / "d.xlsx"
        assert command.run(*asked, "-o", str(book)).exit_code == 0
        assert not recalculated(book)
        known = Workbook.read(book)
        shown = [known.named(f"{side}_SCOPE_3") for side in ("BEFORE", "AFTER", "CHANGE")]
        assert shown == [DASH if value is None else value for value in (*totals[:2], None)]


def test_a_first_evaluation_of_scope_3_is_a_boundary_and_not_like_for_like(tmp_path: Path) -> None:
    """By hand: 10 t to 7 t of Scope 1 is −3 t like for like; 4 t of Scope 3 are the boundary."""
    path = tmp_path / "company.yaml"
    path.write_text(NEWLY, "utf-8")
    for sides, scope_1, scope_3 in ((("2023", "2024"), -3, 4), (("2024", "2023"), 3, -4)):
        found = ghgcalc.diff(*sides, company=path).difference
        assert found is not None
        assert found.causes("market_based", (3,)) == {"boundary": scope_3}
        assert found.like_for_like("market_based") == scope_1
        assert found.total("all_scopes", "market_based").change == scope_1 + scope_3
        shown = " ".join(command.run("diff", *sides, "--company", str(path)).stdout.split())
        assert "Scope 1 + 2 + 3 moves by them: a boundary, not like for like" in shown
