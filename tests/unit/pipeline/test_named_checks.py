"""Named checks: the tables hold what the functions raise; what a file may say of them."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import ghgcalc
from ghgcalc.activity_data import (
    calendar_gaps,
    cited,
    last_year,
    periods,
    two_categories,
    two_doors,
    unnamed_years,
)  # fmt: skip
from ghgcalc.activity_data import checks as of_data
from ghgcalc.company import checks as of_company
from ghgcalc.company.validate import validate
from ghgcalc.core.codes.registry import CODES
from ghgcalc.core.diagnostics import Severity
from ghgcalc.core.text.document import load_document
from ghgcalc.inventory import checks as of_inventory
from ghgcalc.inventory import (
    expectations,
    far_factors,
    price_years,
    scope_3_checks,
    waste_sources,
    wide_gaps,
)
from ghgcalc.pipeline.check import check
from ghgcalc.pipeline.check_choices import BY_CODE, changes
from ghgcalc.pipeline.run import compute
from ghgcalc.render.terminal import render_terminal
from support.command import run
from support.companies import ERRORS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ghgcalc.core.check import Check

SOURCE = Path(ghgcalc.__file__).parent
EVERY: list[Check[Any]] = [*of_company.CHECKS, *of_data.CHECKS, *of_inventory.CHECKS]

# ---- tables and functions ----------------------------------------------------------------------


@cache
def functions() -> dict[str, ast.FunctionDef]:
    """The functions of the checks of companies, by name; none stands twice where it matters."""
    found: dict[str, ast.FunctionDef] = {}
    for path in sorted((SOURCE / "company" / "checks").glob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                found[f"{path.stem}.{node.name}"] = node
    return found


def literals(node: ast.AST) -> set[str]:
    """The codes that stand in a piece of code."""
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value in CODES
    }


def raised(module: str, name: str, seen: set[str]) -> set[str]:
    """The codes that a function writes, itself or by those it calls in `company.checks`."""
    key = f"{module}.{name}"
    if key not in functions():
        same = [one for one in functions() if one.endswith(f".{name}") and name[0] != "_"]
        key = same[0] if same else ""
    if not key or key in seen:
        return set()
    seen.add(key)
    node = functions()[key]
    found = literals(node)
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            found |= raised(key.partition(".")[0], part.id, seen)
    return found


# these hand on what the arithmetic of units refuses
OF_UNITS = {"check_corrections": {"unit-mismatch"}, "check_gas_amounts": {"basis-mismatch"}}


def by_function(checks: Iterable[Check[Any]]) -> dict[Callable[..., Any], set[str]]:
    found: dict[Callable[..., Any], set[str]] = {}
    for one in checks:
        if one.run is not None:
            found.setdefault(inspect.unwrap(one.run), set()).add(one.code)
    return found


@pytest.mark.parametrize("function", by_function(of_company.CHECKS), ids=lambda one: one.__name__)
def test_each_function_has_an_entry_for_each_code(function: Callable[..., Any]) -> None:
    module, name = function.__module__.rpartition(".")[2], function.__name__
    written = raised(module, name, set()) | OF_UNITS.get(name, set())
    assert by_function(of_company.CHECKS)[function] == written


def test_every_check_of_companies_is_in_the_table() -> None:
    named = {one.__name__ for one in by_function(of_company.CHECKS)}
    written = {name.partition(".")[2] for name in functions()}
    parts = {"check_reported", "check_rates", "check_energy", "check_co2_named", "check_dimension",
             "check_method"}  # fmt: skip
    elsewhere = {"check_ids", "check_regions"}  # of keys as they are read; beside own packs
    assert {name for name in written if name.startswith("check_")} == named | parts | elsewhere


def test_checks_of_data_and_inventories_are_in_their_tables() -> None:
    functions_of = {
        "year-not-named": unnamed_years.unnamed_years,
        "instrument-not-applied": periods.unserved,
        "counted-twice": two_doors.two_doors,
        "counted-in-two-categories": two_categories.two_categories,
        "distant-period": periods.distant_periods,
        "calendar-gap": calendar_gaps.calendar_gaps,
        "far-from-last-year": last_year.far_from_last_year,
        "evidence-missing": cited.evidence_missing,
        "accept-too-wide": wide_gaps.too_wide,
        "accept-unused": wide_gaps.unused,
        "expectation-failed": expectations.as_diagnostics,
        "factor-far-from-bundled": far_factors.far_from_bundled,
        "spend-not-deflated": price_years.not_deflated_spend,
        "scope-3-status": scope_3_checks.contradictions,
        "excluded-share": scope_3_checks.much_left_out,
        "category-unanswered": scope_3_checks.unanswered,
        "method-not-stated": scope_3_checks.without_method,
        "waste-sources-mixed": waste_sources.mixed_waste_sources,
    }
    run_here = [check.code for check in (*of_data.CHECKS, *of_inventory.CHECKS) if check.run]
    assert sorted(run_here) == sorted(functions_of)
    modules = (calendar_gaps, cited, last_year, wide_gaps, expectations, unnamed_years, far_factors,
               price_years, scope_3_checks, waste_sources)  # fmt: skip
    written = {code for one in modules for code in literals(ast.parse(inspect.getsource(one)))}
    written |= literals(ast.parse(inspect.getsource(periods)))
    written |= literals(ast.parse(inspect.getsource(two_doors)))
    written |= literals(ast.parse(inspect.getsource(two_categories)))
    # of what is asked, not of the file
    assert written - {"bad-date", "no-activities"} == set(functions_of)


def test_functions_raise_no_other_code() -> None:
    """Over the smallest file of every message."""
    for path in sorted(ERRORS.glob("*/company.yaml")):
        document = load_document(path).value
        company = validate(document).value if document.complete else None
        for one in () if company is None else of_company.RUN:
            codes = by_function(of_company.CHECKS)[inspect.unwrap(one.run)]
            assert {item.code for item in one.run(company, one.chosen({}))} <= codes, path


# warnings and notes that judge no inventory: saved files, packs, what the command line asks, and
# changes against a base
BESIDE = {"asked-row-missing", "bad-lock", "base-year-method-missing", "base-year-without-data",
          "locator-missing", "lock-lost", "rows-rejected", "subtotal-row", "threshold-exceeded",
          "threshold-not-judged", "unknown-value", "unreadable-file",
          "year-relocked"}  # fmt: skip


def test_every_warning_is_a_check_or_says_why_not() -> None:
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and any(
                word.arg == "severity" and "Severity." in ast.unparse(word.value)
                for word in node.keywords
            ):
                found |= {code for item in node.args for code in literals(item)}
    drift = {code for code in CODES if code.startswith("lock-drift")}
    assert found - BESIDE - drift == {
        check.code for check in EVERY if check.severity is not Severity.ERROR
    }


def test_a_code_has_one_weight() -> None:
    assert {check.code for check in EVERY} <= set(CODES)
    for entry in EVERY:
        first = BY_CODE[entry.code]
        assert (entry.severity, entry.plausibility) == (first.severity, first.plausibility)
        # an error keeps data out of totals: no file lowers it
        assert entry.severity is not Severity.ERROR or not entry.plausibility
        if entry.settings:
            assert entry.run is not None
            assert [one.code for one in EVERY if one.run is entry.run] == [entry.code]


# ---- what a file says --------------------------------------------------------------------------

FILE = """\
ghgcalc: 1
organization:
  name: Example
  consolidation_approach: operational_control
  gwp_set: AR5
factor_packs: [desnz]
facilities:
  york: {{country: GB}}
activities:
  meter: {{facility: york, category: purchased_electricity, quantity: 10 MWh, period: {period}}}
  old: {{facility: york, category: process_emissions, gas_masses: {{CO2: 1 kg}}, period: {old}}}
{more}"""
# days without data: 2023-01-01 to 2023-01-10 and, with `old` of another category, nothing else
PERIOD = "2023-01-11/2023-12-31"


def file(folder: Path, checks: str = "", *, old: str = "2023", more: str = "") -> Path:
    path = folder / "company.yaml"
    text = f"checks:\n{checks}" if checks else ""
    path.write_text(FILE.format(period=PERIOD, old=old, more=more + text), encoding="utf-8")
    return path


def levels(path: Path) -> dict[str, str]:
    return {item.code: item.severity.value for item in check(path).diagnostics}


def test_without_choices_a_check_weighs_as_ever(tmp_path: Path) -> None:
    assert levels(file(tmp_path)) == {"calendar-gap": "warning"}


@pytest.mark.parametrize(
    ("severity", "left"),
    [("off", {}), ("note", {"calendar-gap": "note"}), ("warning", {"calendar-gap": "warning"}),
     ("error", {"calendar-gap": "error"})],
)  # fmt: skip
def test_severity(tmp_path: Path, severity: str, left: dict[str, str]) -> None:
    path = file(tmp_path, f"  calendar-gap: {{severity: {severity}, reason: vacant until then}}\n")
    assert levels(path) == left


def test_a_lower_severity_has_a_reason(tmp_path: Path) -> None:
    for reason in ("", ", reason: ''"):
        path = file(tmp_path, f"  calendar-gap: {{severity: note{reason}}}\n")
        assert levels(path) == {"missing-key": "error", "calendar-gap": "warning"}
        assert compute(path).inventory is None


@pytest.mark.parametrize("code", [code for code, one in BY_CODE.items() if not one.plausibility])
def test_what_keeps_data_out_is_not_lowered(tmp_path: Path, code: str) -> None:
    path = file(tmp_path, f"  {code}: {{severity: 'off', reason: we know}}\n")
    assert levels(path) == {"check-not-lowered": "error", "calendar-gap": "warning"}


def test_an_error_raised_blocks_as_any_error_does(tmp_path: Path) -> None:
    accept = "accept:\n  - {gap: later_year, reason: first edition}\n"
    held = "  meter2: {facility: york, category: purchased_electricity, quantity: 1 MWh,"
    more = f"{held} period: 2018}}\n{accept}"
    assert compute(file(tmp_path, more=more), period="2018").inventory is not None
    path = file(tmp_path, "  accept-too-wide: {severity: error}\n", more=more)
    raised = compute(path, period="2018")
    found = {item.code: item.severity for item in raised.diagnostics}
    assert found["accept-too-wide"] is Severity.ERROR
    assert raised.inventory is None
    assert compute(path, period="2023").inventory is not None


UNUSED = "accept:\n  - {gap: wider_region, reason: none}\n"
EVERY_YEAR = (
    "  meter2: {facility: york, category: purchased_electricity, quantity: 1 MWh, period: 2022}\n"
)


@pytest.mark.parametrize("code", ["calendar-gap", "accept-unused"])
def test_what_the_whole_file_shows_blocks_too_where_it_is_raised(tmp_path: Path, code: str) -> None:
    """2023 lacks ten days of January, 2022 none; an entry that nothing needs has no days."""
    path = file(tmp_path, f"  {code}: {{severity: error}}\n", more=EVERY_YEAR + UNUSED)
    of_2022 = code == "calendar-gap"
    for year, holds in (("2022", of_2022), ("2023", False)):
        done = compute(path, period=year)
        assert (done.inventory is not None) is holds
        if not holds:
            assert code in {item.code for item in done.diagnostics}
    assert (compute(path, period="2023-02").inventory is not None) is of_2022
    loaded = ghgcalc.load(path).project
    assert loaded is not None
    assert compute(loaded, period="2023").inventory is None
    for command in ("compute", "energy"):
        shown = run(command, path, "--period", "2023")
        assert (shown.exit_code, f"error[{code}]" in shown.stderr) == (1, True), command
    assert run("explain", path, "meter").exit_code == 1
    shown = run("lock", path)
    assert (shown.exit_code, f"error[{code}]" in shown.stderr) == (1, True)
    assert (tmp_path / "ghgcalc.lock").exists() is of_2022
    if of_2022:
        assert "2022:" in (tmp_path / "ghgcalc.lock").read_text("utf-8")
    judged = check(path, select=[code])
    assert [item.severity for item in judged.diagnostics if item.code == code] == [Severity.ERROR]


def test_unless_raised_they_block_nothing(tmp_path: Path) -> None:
    path = file(tmp_path, "  calendar-gap: {severity: warning}\n", more=EVERY_YEAR + UNUSED)
    done = compute(path)
    assert done.inventory is not None
    assert done.diagnostics == ()
    # the other year needs the entry: it is not unused, whatever 2023 is asked
    late = "accept:\n  - {gap: later_year, reason: first edition, for: {activity: meter2}}\n"
    used = file(
        tmp_path, "  accept-unused: {severity: error}\n",
        more=EVERY_YEAR.replace("2022", "2018") + late,
    )  # fmt: skip
    assert compute(used, period="2023").inventory is not None


def test_a_raised_doubt_blocks_the_period_it_touches(tmp_path: Path) -> None:
    """2023 lies seven years from the two lines of 2016; a certificate of 2012 serves no year."""
    late = SURPLUS.partition("expect:")[0].replace("generated: 2023", "generated: 2012")
    for code, more, free in (
        ("distant-period", "", "2016"),
        ("instrument-not-applied", late, "2023"),
    ):
        path = file(tmp_path, f"  {code}: {{severity: error}}\n", old="2016", more=more)
        assert compute(path, period=free).inventory is not None
        assert code in {item.code for item in check(path).diagnostics}
        assert not check(path).holds
        if not more:
            assert compute(path, period="2023").inventory is None


def test_settings(tmp_path: Path) -> None:
    days = "  calendar-gap: {{settings: {{days: {0}}}, reason: billed in weeks}}\n"
    assert levels(file(tmp_path, days.format(10))) == {"calendar-gap": "warning"}
    assert levels(file(tmp_path, days.format(11))) == {}
    # 2017 lies six years from 2023
    far = {"calendar-gap": "warning", "distant-period": "warning"}
    assert levels(file(tmp_path, old="2017")) == far
    years = "  distant-period: {settings: {years: 6}, reason: an old line}\n"
    assert levels(file(tmp_path, years, old="2017")) == {"calendar-gap": "warning"}


def test_a_threshold_that_tells_less_has_a_reason(tmp_path: Path) -> None:
    """Of ten missing days: 8 or more are told, 11 or more are not; 3 years tell more than 5."""
    for setting, code in (("{days: 8}", "calendar-gap"), ("{days: 1_000}", "calendar-gap")):
        path = file(tmp_path, f"  {code}: {{settings: {setting}}}\n")
        assert levels(path) == {"missing-key": "error", code: "warning"}
    path = file(tmp_path, "  distant-period: {settings: {years: 3}}\n", old="2019")
    assert levels(path) == {"calendar-gap": "warning", "distant-period": "warning"}
    path = file(tmp_path, "  calendar-gap: {settings: {days: 1_000}, reason: by year}\n")
    assert levels(path) == {}
    lowered = "  calendar-gap: {severity: 'off', settings: {days: 8}}\n"
    found = check(file(tmp_path, lowered)).diagnostics
    assert [item.code for item in found] == ["calendar-gap", "missing-key"]


@pytest.mark.parametrize(
    ("checks", "said"),
    [("  calendar-gap: {severity: none}\n", "write `off`"),
     ("  calendar-gap: {severity: warn}\n", "write `warning`"),
     ("  calendar-gap: off\n",
      "write `severity:` below it, such as `{severity: off, reason: …}`"),
     ("  missing-factor: {severity: note}\n", "no check raises"),
     ("  expectation-failed: {severity: note}\n", "a figure is not what the file expects")],
)  # fmt: skip
def test_hints_of_choices(tmp_path: Path, checks: str, said: str) -> None:
    found = [
        one
        for one in check(file(tmp_path, checks)).diagnostics
        if one.code != "calendar-gap" or one.severity is Severity.ERROR
    ]
    assert any(said in f"{item.message}; {item.hint}" for item in found), found


def test_hints_that_are_typed_work(tmp_path: Path) -> None:
    more = "expect:\n  - {period: 2023, figure: scope_1, value: 5 t, within: 1 t}\n"
    path = file(tmp_path, more=more)
    (hint,) = [d.hint for d in check(path).diagnostics if d.code == "expectation-failed"]
    assert hint == f"see `ghgcalc compute {path} --period 2023`"
    (gap,) = [d.hint for d in check(path).diagnostics if d.code == "calendar-gap"]
    assert gap is not None
    assert "a line with `0 MWh`" in gap
    closed = more.partition("expect:")[0] + (
        "  none: {facility: york, category: purchased_electricity, quantity: 0 MWh,"
        " period: 2023-01-01/2023-01-10}\n"
    )
    assert levels(file(tmp_path, more=closed)) == {}


LEAK = """\
  store: {facility: york, category: fugitive_emissions, gas: R-404A, period: 2023,
    leakage: {charge: 120 kg, rates: ipcc-2006/industrial_refrigeration, annual_rate: 30%}}
"""


def test_the_hint_of_a_leak_rate(tmp_path: Path) -> None:
    def found(choice: str) -> dict[str, str]:
        path = file(tmp_path, choice, more=LEAK)
        path.write_text(path.read_text("utf-8").replace("[desnz]", "[desnz, ipcc-2006]"), "utf-8")
        return {d.code: d.severity.value for d in compute(path).diagnostics}

    assert found("") == {"leak-rate-outside": "warning"}
    typed = "  leak-rate-outside: {severity: note, reason: measured}\n"
    assert found(typed) == {"leak-rate-outside": "note"}


def test_a_finding_names_the_years_it_touches(tmp_path: Path) -> None:
    path = file(tmp_path, "  instrument-surplus: {severity: note}\n", more=SURPLUS)
    years = {item.code: item.periods for item in check(path).diagnostics}
    assert years["calendar-gap"] == (2023,)
    assert years["missing-key"] == ()  # of no days
    early = "  old2: {facility: york, category: process_emissions, gas_masses: {CO2: 1 kg},"
    path = file(tmp_path, more=f"{early} period: 2010-07-01/2017-06-30}}\n")
    (long,) = [item for item in check(path).diagnostics if "`old2` covers" in item.message]
    assert long.periods == (2010, 2011, 2012, 2013, 2014, 2015, 2016, 2017)


def test_days_of_a_meter(tmp_path: Path) -> None:
    """January 1 to 10 is not billed: ten days."""
    (tmp_path / "bills.csv").write_text(
        "meter,item,quantity,unit,from,to\nM1,power,5,MWh,2023-01-11,2023-12-31\n", "utf-8"
    )
    table = (
        "tables:\n  bills:\n    files: bills.csv\n    read: {date: YYYY-MM-DD}\n"
        "    columns: {meter: meter, item: item, quantity: quantity, unit: unit, from: from,"
        " to: to}\n    constants: {facility: york}\n"
        "    items:\n      power: {category: purchased_electricity}\n"
    )
    days = "{{settings: {{days: {0}}}, reason: billed in weeks}}"
    path = file(tmp_path, f"  calendar-gap: {days.format(10)}\n", more=table)
    assert sum("meter `M1`" in item.message for item in check(path).diagnostics) == 1
    assert levels(file(tmp_path, f"  calendar-gap: {days.format(11)}\n", more=table)) == {}


@pytest.mark.parametrize(
    ("checks", "code"),
    [("  calender-gap: {severity: error}\n", "unknown-check"),
     ("  missing-factor: {severity: error}\n", "unknown-check"),
     ("  calendar-gap: {settings: {weeks: 1}}\n", "unknown-key"),
     ("  serials-differ: {settings: {days: 1}}\n", "unknown-key"),
     ("  calendar-gap: {settings: {days: 0}}\n", "out-of-bounds"),
     ("  calendar-gap: {settings: {days: 1.5}}\n", "not-a-number"),
     ("  calendar-gap: {severity: fatal}\n", "unknown-value")],
)  # fmt: skip
def test_choices_that_do_not_hold(tmp_path: Path, checks: str, code: str) -> None:
    assert levels(file(tmp_path, checks)) == {code: "error", "calendar-gap": "warning"}


def test_nothing_changes_in_silence(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        "  calendar-gap: {severity: 'off', settings: {days: 3}, reason: vacant until then}\n"
        "  instrument-surplus: {severity: error}\n  distant-period: {settings: {years: 5}}\n",
    )
    said = (
        "check `calendar-gap` is off instead of warning, `days` 3 instead of 1: vacant until then",
        "check `instrument-surplus` is error instead of warning",
    )
    done = compute(path)
    assert done.inventory is not None
    assert done.project is not None
    assert changes(done.project.company.checks) == said
    assert [note for note in done.inventory.notes if note.startswith("check ")] == list(said)
    shown = " ".join(render_terminal(done.inventory, None, color=False).split())
    assert all(change in shown for change in said)
    assert run("check", path).stdout.splitlines()[1:] == list(said)


# ---- check --select ----------------------------------------------------------------------------


def test_select(tmp_path: Path) -> None:
    path = file(tmp_path, old="2016", more="accept:\n  - {gap: other_gwp_set, reason: none}\n")
    codes = ("accept-unused", "calendar-gap", "distant-period")
    assert set(levels(path)) == set(codes)
    for code in codes:
        one = check(path, select=[code])
        assert {item.code for item in one.diagnostics} == {code}
        assert {item.code for item in one.others} <= set(codes) - {code}
    two = check(path, select=codes[:2])
    assert {item.code for item in two.diagnostics} == set(codes[:2])
    shown = run("check", path, "--select", "distant-period", "--select", "calendar-gap")
    assert shown.exit_code == 0
    assert "not selected: 1 warning" in shown.stdout
    assert run("check", path, "--select", "serials-differ", "--strict").exit_code == 0
    assert run("check", path, "--select", "calendar-gap", "--strict").exit_code == 1


def test_what_is_not_read_is_told_whatever_is_selected(tmp_path: Path) -> None:
    odd = (
        "  odd: {facility: york, category: purchased_electricity, quantity: x MWh, period: 2023}\n"
    )
    path = file(tmp_path, more=odd)
    (read,) = {item.code for item in check(path).diagnostics} - {"calendar-gap"}
    assert {item.code for item in check(path, select=["serials-differ"]).diagnostics} == {read}
    # an error of another check keeps the line out just as well
    path = file(tmp_path, more=odd.replace("york", "leeds").replace("x MWh", "1 MWh"))
    for code in ("serials-differ", "accept-unused", "calendar-gap"):
        selected = check(path, select=[code])
        assert {item.code for item in selected.diagnostics} - {code} == {"unknown-facility"}
        assert not selected.holds
    path = file(tmp_path, more=odd.replace("x MWh", "1 MWh").replace("2023}", "2023-99}"))
    shown = run("check", path, "--select", "calendar-gap")
    assert (shown.exit_code, "error[bad-date]" in shown.stderr) == (1, True)


SURPLUS = """\
instruments:
  rego:
    type: REGO
    market: GB
    volume: 14 MWh
    emission_rate: {CO2: 0 kg/MWh}
    generated: 2023
    criteria_met: {1: c.pdf, 2: c.pdf, 3: c.pdf, 4: c.pdf, 5: c.pdf}
expect:
  - {period: 2023, figure: scope_3, value: 0 t, within: 1 t}
  - {period: 2019, figure: scope_3, value: 0 t, within: 1 t}
"""


def test_an_expectation_that_is_not_judged_does_not_hold(tmp_path: Path) -> None:
    """14 MWh over 10 MWh, raised to an error: 2023 has no totals; 2019 has no data."""
    path = file(tmp_path, more=SURPLUS)
    assert check(path).unjudged == ()
    raised = file(tmp_path, "  instrument-surplus: {severity: error}\n", more=SURPLUS)
    for select in ([], ["expectation-failed"], ["calendar-gap"], ["serials-differ"]):
        judged = check(raised, select=select)
        assert [result.period for result in judged.unjudged] == ["2023"]
        assert [result.period for result in judged.expectations] == ["2019"]
        assert not judged.holds
        assert "instrument-surplus" in {item.code for item in judged.diagnostics}
        shown = run("check", raised, *(word for code in select for word in ("--select", code)))
        assert shown.exit_code == 1
        assert "1 expectation, not judged: errors block the totals of 2023\n" in shown.stdout


def test_check_and_compute_tell_the_same_of_a_year(tmp_path: Path) -> None:
    """An entry without `for:` serves Scope 2 in a year before the first edition."""
    early = "  meter2: {facility: york, category: purchased_electricity, quantity: 1 MWh,"
    more = f"{early} period: 2018}}\naccept:\n  - {{gap: later_year, reason: first edition}}\n"
    for severity in ("warning", "error"):
        path = file(tmp_path, f"  accept-too-wide: {{severity: {severity}}}\n", more=more)
        assert levels(path) == {"accept-too-wide": severity, "calendar-gap": "warning"}
        computed = compute(path, period="2018").diagnostics
        assert {item.code: item.severity.value for item in computed} == {
            "accept-too-wide": severity
        }
        assert run("check", path).exit_code == (1 if severity == "error" else 0)


@pytest.mark.parametrize(("code", "said"), [("calender-gap", "did you mean `calendar-gap`?"),
                                            ("missing-factor", "no check raises")])  # fmt: skip
def test_select_asks_for_a_check(tmp_path: Path, code: str, said: str) -> None:
    shown = run("check", file(tmp_path), "--select", code)
    assert shown.exit_code == 2
    assert said in shown.stderr


def test_select_of_python_asks_for_a_check(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="`calender-gap` is no check: did you mean `cal"):
        check(file(tmp_path), select=["calender-gap", "calendar-gap"])
    assert check(file(tmp_path), select=["calendar-gap"]).holds
