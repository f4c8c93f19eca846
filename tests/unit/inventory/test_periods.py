"""What of a file lies in the asked period: nothing at all, other years, years far from the rest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ghgcalc.core.diagnostics import year_ranges
from ghgcalc.inventory.expectations import as_diagnostics
from ghgcalc.pipeline.check import check
from ghgcalc.pipeline.run import compute
from support import command

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.core.diagnostics import Diagnostic

HEAD = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR5}
facilities: {leeds: {country: GB}, york: {country: GB, opened: 2024-01-01}}
"""


def file(folder: Path, *periods: str, more: str = "", facility: str = "leeds") -> Path:
    """A company with one line of 1 t CO2 for each period."""
    rows = [
        f"  line-{place}: {{facility: {facility}, category: process_emissions,"
        f' gas_masses: {{CO2: 1 t}}, period: "{period}"}}\n'
        for place, period in enumerate(periods, 1)
    ]
    path = folder / "company.yaml"
    path.write_text(HEAD + more + "activities:\n" + "".join(rows), "utf-8")
    return path


def coded(found: tuple[Diagnostic, ...], code: str) -> list[Diagnostic]:
    return [item for item in found if item.code == code]


# ---- a period without data ----------------------------------------------------------------------


@pytest.mark.parametrize("period", ["2030", "2022", "2024-06", "2030-Q2", "2023-12-31/2023-12-31"])
def test_a_period_without_activities_has_no_inventory(tmp_path: Path, period: str) -> None:
    path = file(tmp_path, "2023-01", "2024-01-01/2024-03-31", "2025")
    run = compute(path, period=period)
    assert run.inventory is None
    (found,) = coded(run.diagnostics, "no-activities")
    assert f"`{period}`" in found.message
    assert found.notes == ("reporting years with activity data: 2023 to 2025",)


def test_months_of_alike_activities_are_looked_into(tmp_path: Path) -> None:
    """Bills alike are one sum of the year; a month between them holds nothing."""
    pack = (
        "factor_packs: [./own.yaml]\n"
        "activities:\n"
        "  jan: {facility: leeds, category: mobile_combustion, fuel: diesel, quantity: 1 L,"
        " period: 2024-01}\n"
        "  mar: {facility: leeds, category: mobile_combustion, fuel: diesel, quantity: 1 L,"
        " period: 2024-03}\n"
    )
    (tmp_path / "company.yaml").write_text(HEAD + pack, "utf-8")
    (tmp_path / "own.yaml").write_text(
        "pack: own\ntitle: Own\nfactors:\n  diesel: {category: mobile_combustion, fuel: diesel,"
        " per: L, gases: {CO2: 2 kg, CH4: 0 kg, N2O: 0 kg}, source: hand}\n",
        "utf-8",
    )
    path = tmp_path / "company.yaml"
    assert coded(compute(path, period="2024-02").diagnostics, "no-activities")
    inventory = compute(path, period="2024-03").inventory
    assert inventory is not None
    assert float(inventory.totals.scope_1) == 0.002
    assert [note for note in inventory.notes if "outside" in note] == [
        "1 activity lies outside 2024-03 and in no figure of it: jan"
    ]


def test_json_of_such_a_period_holds_nulls_and_nothing_holds(tmp_path: Path) -> None:
    path = file(tmp_path, "2024")
    result = command.run("compute", path, "--period", "2030", "--format", "json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    assert data["holds"] is False
    totals = data["totals"]
    assert totals.pop("unit") == "tCO2e"
    assert totals.pop("not_evaluated") == ["scope_1", "scope_2", "scope_3", "biogenic_co2"]
    both = {"location_based": None, "market_based": None}
    assert totals == {
        "scope_1": None, "scope_2": both, "scope_1_2": both, "scope_3": None,
        "all_scopes": both, "biogenic_co2": None,
    }  # fmt: skip
    assert [item["code"] for item in data["diagnostics"]] == ["no-activities"]
    table = command.run("compute", path, "--period", "2030")
    assert (table.exit_code, table.stdout) == (1, "")


def test_a_true_zero_is_an_inventory(tmp_path: Path) -> None:
    path = file(tmp_path, "2024")
    path.write_text(path.read_text("utf-8").replace("CO2: 1 t", "CO2: 0 t"), "utf-8")
    inventory = compute(path, period="2024").inventory
    assert inventory is not None
    assert inventory.totals.scope_1 == 0


def test_errors_of_the_period_are_said_alone(tmp_path: Path) -> None:
    path = file(tmp_path, "2024", "2030", more="")
    path.write_text(
        path.read_text("utf-8").replace("line-2: {facility: leeds", "line-2: {facility: x")
    )
    found = compute(path, period="2030").diagnostics
    assert [item.code for item in found if item.severity == "error"] == ["unknown-facility"]


def test_a_year_without_data_is_no_zero_where_all_other_data_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "company.yaml"
    table = (
        "tables: {bills: {files: bills.csv, columns: {item: what, quantity: qty, period: month},"
        " constants: {facility: leeds, unit: kWh},"
        " items: {power: {category: purchased_electricity}}}}"
    )
    path.write_text(f"{HEAD}{table}\n", "utf-8")
    (tmp_path / "bills.csv").write_text("what,qty,month\nx,5,2024-01\ny,7,2024-02\n", "utf-8")
    run = compute(path, period="2023")
    assert run.inventory is None
    (found,) = coded(run.diagnostics, "no-activities")
    assert found.notes == ("reporting years with activity data: 2024",)
    refused = compute(path, period="2024")
    assert refused.inventory is None
    assert not coded(refused.diagnostics, "no-activities")
    monkeypatch.chdir(tmp_path)
    assert command.run("diff", "2023", "2024").exit_code == 1


def test_an_expectation_of_an_empty_period_fails_with_the_reason(tmp_path: Path) -> None:
    expect = "expect: [{period: 2030, figure: scope_1, value: 0 t, within: 1 t}]\n"
    verdict = check(file(tmp_path, "2024", more=expect))
    (found,) = as_diagnostics(verdict.expectations)
    assert "cannot be computed: no activity data in 2030" in found.message


@pytest.mark.parametrize(("figure", "value", "code"), [
    ("s2", "0 t", "unknown-figure"), ("scope_2", "0 t", "unknown-figure"),
    ("scope_1", "5 kWh", "unit-mismatch"), ("scope_1", "5 t/km", "unit-mismatch"),
    ("intensity.x.market_based", "1 t", "unknown-figure"),
])  # fmt: skip
def test_a_wrong_expectation_of_an_empty_period_is_a_finding(
    tmp_path: Path, figure: str, value: str, code: str
) -> None:
    expect = f"expect: [{{period: 2030, figure: {figure}, value: {value}, within: 1 t}}]\n"
    verdict = check(file(tmp_path, "2024", more=expect))
    assert [item.code for item in verdict.diagnostics if item.severity == "error"] == [code]
    assert not verdict.expectations


def test_diff_refuses_an_empty_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file(tmp_path, "2023", "2024")
    monkeypatch.chdir(tmp_path)
    assert command.run("diff", "2022", "2023").exit_code == 1
    assert command.run("diff", "2023", "2030").exit_code == 1
    assert command.run("diff", "2023", "2024").exit_code == 0
    assert command.run("compute", "--period", "2030", "-o", "empty.json").exit_code == 1
    assert command.run("compute", "--period", "2023", "-o", "full.json").exit_code == 0
    refused = command.run("diff", "empty.json", "full.json")
    assert refused.exit_code == 2
    assert "holds no activity data of 2030" in refused.output
    # zeros that an earlier version saved
    data = json.loads((tmp_path / "full.json").read_text("utf-8"))
    zeros = {**data, "lines": [], "totals": {**data["totals"], "scope_1": 0}}
    (tmp_path / "zeros.json").write_text(json.dumps(zeros), "utf-8")
    assert command.run("diff", "zeros.json", "full.json").exit_code == 2


def test_diff_of_a_side_whose_facilities_differ_is_none_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A boundary without lines in one year is a change, not a slip."""
    more = "boundaries: {new: {facilities: [york]}}\n"
    path = file(tmp_path, "2023", more=more)
    row = path.read_text("utf-8").splitlines()[-1]
    path.write_text(
        path.read_text("utf-8") + row.replace("line-1", "line-2").replace("leeds", "york")
        .replace("2023", "2024") + "\n",
        "utf-8",
    )  # fmt: skip
    monkeypatch.chdir(tmp_path)
    done = command.run("diff", "2023", "2024", "--boundary", "new")
    assert done.exit_code == 0, done.output


# ---- what lies outside --------------------------------------------------------------------------


def outside(path: Path, period: str) -> list[str]:
    inventory = compute(path, period=period).inventory
    assert inventory is not None
    return [note for note in inventory.notes if "outside" in note]


def test_what_lies_outside_is_counted_and_named_up_to_five(tmp_path: Path) -> None:
    path = file(tmp_path, "2023", "2024", "2022", "2024-12-01/2025-01-31", "2025")
    assert outside(path, "2024") == [
        "3 activities lie outside 2024 and in no figure of it: line-1, line-3, line-5"
    ]
    path = file(tmp_path, *["2023"] * 7, "2024")
    assert outside(path, "2024") == [
        "7 activities lie outside 2024 and in no figure of it: line-1, line-2, line-3, line-4,"
        " line-5 and 2 more"
    ]
    assert outside(file(tmp_path, "2024", "2024-03"), "2024") == []


# ---- years far from the rest --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("periods", "named"),
    [
        (("2023", "2024", "2042"), ["2042"]),
        (("2023", "2024", "1924-05"), ["1924"]),
        (("2024", "2024", "2042", "2034"), ["2034", "2042"]),
        (("2024", "2042"), ["2042"]),  # one of each: the later one
        (("2024", "2042", "2042"), ["2024"]),
        (("2018", "2023", "2024"), []),
        (("2005", "2006", "2023", "2024"), []),
        (("2024",), []),
    ],
)
def test_a_year_far_from_all_others_is_warned_of(
    tmp_path: Path, periods: tuple[str, ...], named: list[str]
) -> None:
    run = compute(file(tmp_path, *periods))
    found = coded(run.diagnostics, "distant-period")
    assert [item.severity for item in found] == ["warning"] * len(named)
    told = [text for item in found for text in named if f" in {text}," in item.message]
    assert sorted(told) == named
    for item in found:
        assert item.location is not None
    assert run.inventory is not None  # the newest year stays the default, and the warning shows it
    assert run.inventory.period == max(text[:4] for text in periods)


@pytest.mark.parametrize(
    "more",
    [
        "base_year: {year: 2005, reason: first}\n",
        "periods: {2005: {status: verified}}\n",
        "expect: [{period: 2005, figure: scope_1, value: 1 t, within: 1 t}]\n",
        "metrics: {staff: {unit: person, values: {2005: 10}}}\n",
    ],
)
def test_a_year_that_the_file_speaks_of_is_meant(tmp_path: Path, more: str) -> None:
    run = compute(file(tmp_path, "2005", "2024", "2024", more=more))
    assert not coded(run.diagnostics, "distant-period")


def test_a_line_over_many_years_is_warned_of(tmp_path: Path) -> None:
    found = coded(compute(file(tmp_path, "2024-01-01/2042-12-31")).diagnostics, "distant-period")
    assert [item.message for item in found] == [
        "`line-1` covers 19 reporting years, 2024-01-01 to 2042-12-31"
    ]
    assert not coded(compute(file(tmp_path, "2020-01-01/2024-12-31")).diagnostics, "distant-period")


def test_years_in_words() -> None:
    assert year_ranges([2023, 2014, 2016, 2015]) == "2014 to 2016, 2023"
    assert year_ranges([2020, 2021, 2024]) == "2020, 2021, 2024"
