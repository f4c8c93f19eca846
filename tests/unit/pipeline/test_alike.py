"""Findings of many lines with one cause are said once; different causes stay apart."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic, Location, in_order
from ghgcalc.pipeline.check import check
from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

HERE = Location("company.yaml", 7, 3)


def finding(
    line: str, cause: str = "GB", where: Location | None = HERE, day: int = 1
) -> Diagnostic:
    days = (date(2023, 1, day), date(2023, 1, day))
    return Diagnostic("missing-factor", f"no factor for `{line}` ({cause})", where, days=days)


def test_three_are_shown_and_more_are_counted() -> None:
    assert len(in_order([finding(f"t/{n}") for n in range(3)])) == 3
    found = in_order([finding(f"t/{n:04d}", day=n % 28 + 1) for n in range(1200)])
    assert [item.message for item in found] == ["no factor for `t/0000` (GB)"]
    assert found[0].notes == ("the same for 1,199 more lines, the last `t/1199`",)
    assert in_order(found) == found


def test_other_causes_and_places_stay() -> None:
    lines = [finding(f"t/{n}", cause) for n in range(5) for cause in ("GB", "VN")]
    apart = [finding(f"u/{n}", where=Location("company.yaml", 9 + n, 1)) for n in range(5)]
    nowhere = [finding(f"v/{n}", where=None) for n in range(5)]
    found = in_order([*lines, *apart, *nowhere])
    assert [item.message.partition("(")[2] for item in found if item.location == HERE] == [
        "GB)", "VN)",
    ]  # fmt: skip
    assert len(found) == 2 + 5 + 5


def test_a_table_without_a_factor_says_so_once_per_cause(tmp_path: Path) -> None:
    """Six sites of two countries and twelve months: 72 lines, two causes."""
    sites = [("GB", n) for n in range(3)] + [("VN", n) for n in range(3)]
    head = "ghgcalc: 1\norganization:\n  name: A\n  consolidation_approach: operational_control\n"
    text = head + "  gwp_set: AR6\nfactor_packs: [mee-china]\nfacilities:\n"
    text += "".join(f"  {country}{n}: {{country: {country}}}\n" for country, n in sites)
    text += "tables:\n  t:\n    files: t.csv\n    columns: {facility: f, item: i, quantity: q,"
    text += " unit: u, period: p}\n    items:\n      el: {category: purchased_electricity}\n"
    (tmp_path / "company.yaml").write_text(text, encoding="utf-8")
    rows = [f"{c}{n},el,1,kWh,2023-{m:02d}" for c, n in sites for m in range(1, 13)]
    (tmp_path / "t.csv").write_text("f,i,q,u,p\n" + "\n".join(rows) + "\n", encoding="utf-8")
    run = compute(tmp_path / "company.yaml")
    found = [item for item in run.diagnostics if item.code == "missing-factor"]
    assert run.inventory is None
    assert [item.notes[-1] for item in found] == [
        "the same for 35 more lines, the last `t/GB2/el/2023-12`",
        "the same for 35 more lines, the last `t/VN2/el/2023-12`",
    ]


# ---- several reporting years --------------------------------------------------------------------


def of_year(year: int, line: str = "t/a/x", hint: str = "add it", month: int = 1) -> Diagnostic:
    days = (date(year, month, 1), date(year, month, 28))
    text = f"no factor for `{line}/{year}` (waste, {year}, per t)"
    notes = (f"edition 2021, the line needs {year}",)
    return Diagnostic("missing-factor", text, HERE, notes=notes, hint=hint, days=days)


def test_years_of_one_slip_are_one_finding() -> None:
    found = in_order([of_year(year, month=month) for year in range(2005, 2025) for month in (1, 2)])
    assert [item.message for item in found] == ["no factor for `t/a/x/2005` (waste, 2005, per t)"]
    assert found[0].periods == tuple(range(2005, 2025))
    assert found[0].days == (date(2005, 1, 1), date(2024, 2, 28))
    told = "the same for 19 more lines, the last `t/a/x/2024`, in the reporting years 2005 to 2024"
    assert found[0].notes == ("edition 2021, the line needs 2005", told)
    assert in_order(found) == found
    # two years are enough, and what was folded before folds on
    two = in_order([of_year(2023), of_year(2024)])
    assert [item.periods for item in two] == [(2023, 2024)]
    more = in_order([*in_order([of_year(y) for y in (2021, 2022)]), *two])
    assert [(item.lines, item.periods) for item in more] == [(4, (2021, 2022, 2023, 2024))]
    assert more[0].notes[1:] == (
        "the same for 3 more lines, the last `t/a/x/2024`, in the reporting years 2021 to 2024",
    )


def test_other_hints_and_years_outside_the_days_stay_apart() -> None:
    assert len(in_order([of_year(2023), of_year(2024, hint="pin one")])) == 2
    old = [
        Diagnostic("x-y", f"`a`: edition {edition}", HERE, days=(date(day, 1, 1), date(day, 1, 2)))
        for edition, day in ((2011, 2023), (2015, 2024))
    ]
    assert len(in_order(old)) == 2


def test_a_line_cut_into_segments_says_it_once() -> None:
    found = in_order([finding("meter", day=day) for day in (1, 9, 17)])
    assert [item.notes for item in found] == [()]
    assert found[0].days == (date(2023, 1, 1), date(2023, 1, 17))


def test_reporting_years_name_the_folded_ones() -> None:
    """April to March, named by its end: May 2023 and May 2024 are 2024 and 2025."""
    spans = [of_year(year, month=5) for year in (2023, 2024)]
    (found,) = in_order(spans, lambda day: day.year + (day.month > 3))
    assert found.periods == (2024, 2025)


def test_check_of_a_table_of_many_years(tmp_path: Path) -> None:
    """Ten years, twelve months each, five gases that no GWP set knows: five findings."""
    gases = "abcde"
    rows = "".join(f"{year},{gas},1\n" for year in range(2014, 2024) for gas in gases)
    (tmp_path / "t.csv").write_text(f"year,gas,kg\n{rows}", encoding="utf-8")
    items = "".join(
        f"      {gas}: {{category: fugitive_emissions, gas: HFC-99{gas}}}\n" for gas in gases
    )
    (tmp_path / "company.yaml").write_text(
        "ghgcalc: 1\norganization: {name: A, consolidation_approach: operational_control,"
        " gwp_set: AR5}\nfacilities: {a: {country: US}}\ntables:\n  t:\n    files: t.csv\n"
        "    columns: {period: year, quantity: kg, item: gas}\n"
        f"    constants: {{facility: a, unit: kg}}\n    items:\n{items}",
        encoding="utf-8",
    )
    found = check(tmp_path / "company.yaml").diagnostics
    assert [item.code for item in found] == ["unknown-gas"] * 5
    assert {item.periods for item in found} == {tuple(range(2014, 2024))}
    assert {item.lines for item in found} == {120}


def test_lines_before_the_first_dated_state_are_one_note(tmp_path: Path) -> None:
    rows = "".join(
        f"  k{month}: {{facility: a, category: process_emissions, gas_masses: {{CO2: 1 t}},"
        f" period: 2024-{month:02d}}}\n"
        for month in range(1, 9)
    )
    (tmp_path / "company.yaml").write_text(
        "ghgcalc: 1\norganization: {name: A, consolidation_approach: operational_control,"
        " gwp_set: AR5}\nfacilities: {a: {country: US, history: {2024-07-01: {operated: true}}}}\n"
        f"activities:\n{rows}",
        encoding="utf-8",
    )
    inventory = compute(tmp_path / "company.yaml").inventory
    assert inventory is not None
    assert [note for note in inventory.notes if note.startswith("not consolidated")] == [
        "not consolidated: k1, k2, k3, k4, k5 and 1 more: a before 2024-07-01"
    ]
