"""Worked examples, published or constructed on published rules, one YAML file each in `cases/`.

A case holds `reference`, a `company:` file as text, other `files:`, and `runs:` with what each must
give. A value is compared exactly (Fractions) within half a unit of its last printed digit, or
within its entry under `tolerance:`, which may be a quantity or `exact`. Figures are those of
`ghgcalc.company.figure_names` and, for single lines (`*` matches within an id):

    line.<id>                tonnes CO2e (add .location_based or .market_based in Scope 2)
    gas.<id>.<gas>           mass of a gas, location-based; `CO2_biogenic` among them
    market_gas.<id>.<gas>    the same, market-based
    instrument.<id>.used     energy covered, or `.surplus`
    hourly.<id>.<what>       energy `consumption`, `generation`, `outside`; matched `annual`,
                             `monthly` or `hourly`; `uncovered`, `surplus` by the matching asked
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.core.diagnostics import Severity
from ghgcalc.core.units import Quantity, Unit, parse_quantity, parse_unit
from ghgcalc.inventory.expectations import figure_value
from ghgcalc.inventory.inventory import Inventory
from ghgcalc.pipeline.run import Run, compute
from support.companies import CASES, cases

KEYS = {"id", "title", "reference", "tolerance", "published_slip", "note", "company", "files",
        "runs"}  # fmt: skip
RUN_KEYS = {"period", "boundary", "approach", "expect", "errors", "warnings", "notes"}
WEIGHTS = {"kg", "kgCO2e"}


def actual(run: Run, inventory: Inventory, figure: str) -> tuple[Fraction, Unit]:
    """The computed value of a figure and its unit."""
    kind, _, rest = figure.partition(".")
    if kind == "instrument":
        name, _, what = rest.rpartition(".")
        (use,) = [use for use in inventory.instruments if use.id == name]
        return getattr(use, what), parse_unit("MWh")
    if kind == "hourly":
        name, _, what = rest.rpartition(".")
        (match,) = [match for match in inventory.hourly if match.id == name]
        if what in match.matched:
            return match.matched[what], parse_unit("MWh")
        value = getattr(match, what)
        return value(match.matching) if callable(value) else value, parse_unit("MWh")
    if kind not in ("line", "gas", "market_gas"):
        assert run.project is not None
        year = run.project.company.year.name_of(inventory.span.last)
        value, unit = figure_value(run.project.company, inventory.lines, figure, year)
        assert value is not None, f"{figure} has no value"
        return value, unit
    tail = ""
    if kind != "line" or rest.endswith((f".{LOCATION}", f".{MARKET}")):
        rest, _, tail = rest.rpartition(".")
    lines = [line for line in inventory.lines if fnmatchcase(line.id, rest)]
    known = ", ".join(line.id for line in inventory.lines)
    assert lines, f"{figure}: no such line; lines are {known}"
    if kind == "line":
        assert tail or all(line.scope != 2 for line in lines), f"{figure} names no method"
        return sum((line.co2e(tail or LOCATION) for line in lines), Fraction(0)), parse_unit("t")
    method = LOCATION if kind == "gas" else MARKET
    kilograms = Fraction(0)
    for part in (part for line in lines for part in line.parts(method)):
        if tail == "CO2_biogenic":
            kilograms += part.plan.biogenic * part.quantity
        for rate in (*part.plan.gases, *part.plan.outside):
            if rate.gas == tail:
                kilograms += rate.kg * part.quantity
    return kilograms, parse_unit("kg")


def in_unit(value: Fraction, unit: Unit, wanted: Unit) -> Fraction:
    """A value in another unit; tonnes of CO2e may be written `t`."""
    same = {unit.dimension, wanted.dimension} <= WEIGHTS or unit.dimension == wanted.dimension
    metric = unit.dimension.replace("kgCO2e/", "kg/") == wanted.dimension
    assert same or metric, f"{unit} is not {wanted}"
    return value * unit.size / wanted.size


def slack(expected: Quantity, stated: Any, figure: str) -> Fraction:
    """The tolerance of a figure in the unit of its expected value."""
    own = stated.get(figure) if isinstance(stated, dict) else stated
    if own == "exact":
        return Fraction(0)
    if own is None:
        exponent = expected.number.as_tuple().exponent
        assert isinstance(exponent, int)
        return Fraction(10) ** exponent / 2
    within = parse_quantity(own)
    return in_unit(within.value, within.unit, expected.unit)


def differences(run: Run, case: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    """What a run got wrong, one line each."""
    found = {
        severity: sorted(
            {d.code for d in run.diagnostics if d.severity is severity and not d.supposing}
        )
        for severity in Severity
    }
    wrong: list[str] = []
    errors = sorted(wanted.get("errors", []))
    if errors != found[Severity.ERROR]:
        wrong.append(f"errors   expected {errors}, found {found[Severity.ERROR]}")
        wrong += [f"         {d.code}: {d.message}" for d in run.diagnostics]
    for code in wanted.get("warnings", []):
        if code not in found[Severity.WARNING]:
            wrong.append(f"warnings expected {code}, found {found[Severity.WARNING]}")
    if run.inventory is None:
        return wrong if errors else [*wrong, "no inventory"]
    if errors:
        wrong.append("an inventory in spite of the errors")
    for text in wanted.get("notes", []):
        if not any(text in note for note in run.inventory.notes):
            wrong.append(f"notes    expected `{text}`, found {run.inventory.notes}")
    for figure, text in wanted.get("expect", {}).items():
        expected = parse_quantity(text)
        value, unit = actual(run, run.inventory, figure)
        got = in_unit(value, unit, expected.unit)
        within = slack(expected, case.get("tolerance"), figure)
        if abs(got - expected.value) > within:
            wrong.append(
                f"{figure}: expected {expected} ± {float(within):g},"
                f" actual {float(got):,.9f} {expected.unit}"
                f" (difference {float(got - expected.value):+g})"
            )
    return wrong


def _runs() -> list[Any]:
    found = []
    for path in CASES:
        case = cases()[path.stem]
        for number, wanted in enumerate(case["runs"], 1):
            name = path.stem if len(case["runs"]) == 1 else f"{path.stem}-{number}"
            found.append(pytest.param(path, case, wanted, id=name))
    return found


@pytest.mark.parametrize(("path", "case", "wanted"), _runs())
def test_case(path: Path, case: dict[str, Any], wanted: dict[str, Any], tmp_path: Path) -> None:
    """Every figure of a worked example comes out as published, or as corrected."""
    assert set(case) <= KEYS, set(case) - KEYS
    assert set(wanted) <= RUN_KEYS, set(wanted) - RUN_KEYS
    assert wanted.keys() & {"expect", "errors"}, "a run asserts something"
    assert case["id"] == path.stem
    for name, text in {**case.get("files", {}), "company.yaml": case["company"]}.items():
        (tmp_path / name).write_text(text, "utf-8")
    run = compute(
        tmp_path / "company.yaml",
        period=str(wanted["period"]),
        boundary=wanted.get("boundary"),
        approach=wanted.get("approach"),
    )
    wrong = differences(run, case, wanted)
    assert not wrong, f"\n{path.name} ({case['title']})\n" + "\n".join(wrong)
