"""A row that entries admit and that another goes before: told at the line and at the entry."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

import ghgcalc

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.core.diagnostics import Diagnostic

HEAT = """\
ghgcalc: 1
organization: {name: H, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [cpcd, gbt-32150, gbt-32151-34]
facilities: {sd: {country: CN, region: CN-SD}}
activities:
  h: {facility: sd, category: purchased_heat, quantity: 1_000 GJ, period: 2025}
accept:
  - {gap: other_gwp_set, for: {activity: h}, reason: x}
  - {gap: co2e_without_gases, for: {activity: h}, reason: x}
"""
HOTEL = """\
ghgcalc: 1
organization: {name: H, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [cpcd, desnz]
facilities: {cn: {country: CN}}
activities:
  h:
    {facility: cn, category: business_travel, item: hotel, technology: cn, quantity: 100 night,
     period: 2024}
accept:
  - {gap: other_gwp_set, for: {activity: h}, reason: x}
"""


def unused(path: Path) -> list[Diagnostic]:
    return [each for each in ghgcalc.check(path).diagnostics if each.code == "accept-unused"]


def tonnes(path: Path) -> str:
    inventory = ghgcalc.compute(path).inventory
    assert inventory is not None
    (line,) = inventory.lines
    return str(line.co2e("location_based"))


@pytest.mark.parametrize(
    ("text", "taken", "admitted", "place", "now", "then", "shown"),
    [
        # 1,000 GJ × 0.11 t CO2 (GB/T 32150); × 75.1 kg CO2e (CPCD, Shandong)
        (HEAT, "gbt-32150-2025/heat.gj", "cpcd-2025/heat.cn-sd.gj", "CN-SD", "110", "751/10",
         "75.1 instead of 110 tCO2e"),
        # 100 nights × 53.5 kg (DESNZ 2024, China, a worldwide list); × 66.52 kg (CPCD)
        (HOTEL, "desnz-2024/hotel.cn.night", "cpcd-2025/hotel.night", "CN", "107/20", "1663/250",
         "6.652 instead of 5.35 tCO2e"),
    ],
)  # fmt: skip
def test_a_nearer_row_that_is_passed_over_is_told_and_taken_by_the_hint(
    text: str, taken: str, admitted: str, place: str, now: str, then: str, shown: str,
    tmp_path: Path,
) -> None:  # fmt: skip
    path = tmp_path / "company.yaml"
    path.write_text(text, "utf-8")
    assert tonnes(path) == now, "an entry permits and prefers nothing"
    inventory = ghgcalc.compute(path).inventory
    assert inventory is not None
    (note,) = [each for each in inventory.notes if admitted in each]
    assert note.startswith(f"h: {taken} (")
    assert f"goes before {admitted} ({place})" in note
    assert note.endswith(shown)
    found = unused(path)
    assert len(found) == text.count("gap:")
    for each in found:
        assert "matches no line" not in each.message
        assert f"`h` takes `{taken}`, which goes before `{admitted}` of {place}" in each.message
    typed = re.search(r"pin it on line `h`: `(factor: \S+)`", found[0].hint or "")
    assert typed is not None
    path.write_text(text.replace("facility: ", f"{typed[1]}, facility: ", 1), "utf-8")
    assert tonnes(path) == then
    assert unused(path) == []
    again = ghgcalc.compute(path).inventory
    assert again is not None
    assert not any("goes before" in each for each in again.notes)


def test_explain_says_what_the_nearer_row_would_give(tmp_path: Path) -> None:
    from support import command

    path = tmp_path / "company.yaml"
    path.write_text(HEAT, "utf-8")
    told = " ".join(command.run("explain", str(path), "h").stdout.split())
    assert "cpcd-2025/heat.cn-sd.gj (CN-SD), which `factor:` takes: 75.1 tCO2e" in told


def test_an_entry_about_years_says_which_row_of_the_exact_year_goes_before(tmp_path: Path) -> None:
    """Both are of GB, so nothing is nearer and no note is made."""
    path = tmp_path / "company.yaml"
    path.write_text(
        HEAT.partition("factor_packs")[0] + "factor_packs: [desnz]\n"
        "facilities: {gb: {country: GB}}\nactivities:\n  h:\n    {facility: gb, category:"
        " purchased_electricity, quantity: 1 MWh, period: 2024}\naccept:\n"
        "  - {gap: earlier_year, for: {activity: h}, reason: x}\n",
        "utf-8",
    )
    (found,) = unused(path)
    assert "`h` takes `desnz-2024/uk.kwh`, which goes before `desnz-2023/uk.kwh`," in found.message
    assert found.hint == "remove the entry", "a pin of 2023 would be a wrong number"
    inventory = ghgcalc.compute(path).inventory
    assert inventory is not None
    assert not any("goes before" in each for each in inventory.notes)


def test_an_entry_that_admits_no_row_matches_no_line(tmp_path: Path) -> None:
    """Without the entry about gases the row of Shandong is refused: one of two is not enough."""
    path = tmp_path / "company.yaml"
    path.write_text("".join(HEAT.splitlines(keepends=True)[:-1]), "utf-8")
    (found,) = unused(path)
    assert found.message.endswith("matches no line")


def test_a_line_of_a_table_is_told_where_its_pin_stands(tmp_path: Path) -> None:
    head = HEAT.partition("activities:")[0]
    (tmp_path / "heat.csv").write_text(
        "site,item,gj,unit,from,to\nsd,warmth,1000,GJ,2025-01-01,2025-12-31\n", "utf-8"
    )
    path = tmp_path / "company.yaml"
    text = (
        head + "tables:\n  heat:\n    files: heat.csv\n"
        "    columns: {facility: site, item: item, quantity: gj, unit: unit, from: from, to: to}\n"
        "    items:\n      warmth: {category: purchased_heat}\naccept:\n"
        "  - {gap: other_gwp_set, for: {category: purchased_heat}, reason: x}\n"
        "  - {gap: co2e_without_gases, for: {category: purchased_heat}, reason: x}\n"
    )
    path.write_text(text, "utf-8")
    found = unused(path)
    assert len(found) == 2
    assert "`heat/sd/warmth` takes `gbt-32150-2025/heat.gj`" in found[0].message
    typed = re.search(r"at its item under table `heat`: `(factor: \S+)`", found[0].hint or "")
    assert typed is not None
    path.write_text(text.replace("purchased_heat}", f"purchased_heat, {typed[1]}}}", 1), "utf-8")
    inventory = ghgcalc.compute(path).inventory
    assert inventory is not None
    assert inventory.totals.scope_2["location_based"] == Fraction("75.1")


def test_who_states_an_own_factor_is_not_told_of_a_published_one(tmp_path: Path) -> None:
    """An own pack goes first by what it is, not for want of a gap: its row is what is meant."""
    (tmp_path / "own.yaml").write_text(
        "pack: own\ntitle: Own\nfactors:\n  steam-park:\n    name: Heat of the park\n"
        "    category: purchased_heat\n    per: GJ\n    gases: {CO2: 98 kg}\n    source: annex\n",
        "utf-8",
    )
    path = tmp_path / "company.yaml"
    path.write_text(HEAT.replace("[cpcd,", "[./own.yaml, cpcd,"), "utf-8")
    assert tonnes(path) == "98"
    inventory = ghgcalc.compute(path).inventory
    assert inventory is not None
    assert not any("goes before" in each for each in inventory.notes)
    assert "`h` takes `own/steam-park`" in unused(path)[0].message
