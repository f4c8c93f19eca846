"""Every equation that `explain` prints, over all examples and cases, holds as it is printed.

The left side is evaluated from the printed text alone (numbers, units, operators) and must lie
within half a unit of the last printed digit of the right side, in units of the same dimension.
"""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.pipeline.run import compute
from ghgcalc.render.explain import render_explanation
from ghgcalc.views.explain import explain_line
from support.companies import cases, example_run
from support.printed_equations import COUNTED, NUMBER, Amount, evaluate, half_digit, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.pipeline.run import Run
    from ghgcalc.views.equations import Equations

ROOT = Path(__file__).parents[1]
EXAMPLES = [
    (path, period)
    for path in sorted((ROOT / "examples").glob("*/company.yaml"))
    for period in ("2022", "2023", "2024")
]
# at least so many of each kind: a change that prints fewer is seen
LEAST = {"step": 250, "share": 7, "total": 85, "mass": 850, "tonnes": 900, "sum": 550,
         "terms": 15}  # fmt: skip
DANGLING = {"than", "is", "for", "says", "in", "and", "of", ""}


def holds(left: Amount, right: str, *, same: bool = True) -> None:
    """Compare a value with a printed result."""
    wanted, half = evaluate(right), half_digit(right)
    assert not same or left.powers == wanted.powers, f"{left.powers} is not {right}"
    assert abs(left.value - wanted.value) <= half.value, f"{float(left.value)} is not {right}"


def printed(text: str) -> str:
    """The right side of `= 1,234.5 kg CH4`."""
    match = re.fullmatch(rf"= ({NUMBER}.*)", text)
    assert match, text
    return match[1]


def check_part(rows: Equations, counts: Counter[str]) -> None:
    """Check every equation of a part and count it by kind."""
    for row in rows.derived:
        holds(evaluate(row.operation), printed(row.result))
        counts["terms"] += 1
    running = evaluate(rows.quantity)
    total = printed(re.split(r"[,;] ", rows.result)[0])
    for row in rows.steps:
        if row.source == "total as printed":
            holds(running.times(evaluate(row.operation.removeprefix("× "))), printed(row.result))
            assert printed(row.result) == total
            counts["total"] += 1
            continue
        # m3 of a state are Nm3 by the gas law; what methods of Scope 3 count has no unit
        other = row.source.startswith("gas at ") or COUNTED.search(row.operation + row.result)
        after = _after(running, row.operation)
        holds(after, printed(row.result), same=not other)
        running = evaluate(printed(row.result))
        counts["share" if row.source == "consolidated share" else "step"] += 1
    added = Fraction(0)
    for row in rows.gases:
        mass = evaluate(printed(row.mass))
        if row.operation.startswith(("×", "÷")):
            holds(_after(running, row.operation), printed(row.mass))
            counts["mass"] += 1
        elif "×" in row.operation:
            holds(evaluate(row.operation), printed(row.mass))
            counts["mass"] += 1
        if row.gwp != "no GWP":
            holds(_after(mass, row.gwp), printed(row.tonnes))
            added += evaluate(printed(row.tonnes)).value
            counts["tonnes"] += 1
    if rows.gases:
        rest = re.search(rf", of which ({NUMBER}) t no printed gas explains", rows.result)
        if rest:
            added += evaluate(f"{rest[1]} t").value
        holds(Amount(added, unit_of("t").powers), total)
        counts["sum"] += 1


def _after(running: Amount, operation: str) -> Amount:
    """What an operation makes of a running value; `÷ 3.6 MJ/kWh` divides."""
    text = operation.removeprefix("× ")
    if text.startswith("÷ "):
        return running.times(evaluate(text.removeprefix("÷ ")), -1)
    return running.times(evaluate(text))


def check_run(run: Run, counts: Counter[str]) -> list[str]:
    """The equations of a run that do not hold."""
    wrong: list[str] = []
    inventory = run.inventory
    if inventory is None:
        return wrong
    for line in inventory.lines:
        explained = explain_line(inventory, line, (LOCATION, MARKET), {})
        for part in explained.parts:
            try:
                check_part(part.equations, counts)
            except (AssertionError, ValueError) as error:
                wrong.append(f"{line.location} {line.id}: {error}\n{part.equations}")
            for label, text in part.facts:
                if label == "refused" and text.split(" ")[-1] in DANGLING:
                    wrong.append(f"{line.id}: a refusal without a reason: `{text}`")
        shown = "".join(render_explanation(explained).split())
        for part in explained.parts:  # the terminal prints them whole
            for row in (*part.equations.derived, *part.equations.steps, *part.equations.gases):
                wrong += [word for word in " ".join(row).split() if word not in shown]
    return wrong


def runs(folder: Path) -> Iterator[tuple[str, Run]]:
    """Every example in every year, and every run of every case."""
    for path, period in EXAMPLES:
        yield f"{path.parent.name} {period}", example_run(path.parent.name, period)
    for case_path in sorted((ROOT / "tests" / "cases").glob("*.yaml")):
        case = cases()[case_path.stem]
        place = folder / case_path.stem
        place.mkdir()
        for name, text in {**case.get("files", {}), "company.yaml": case["company"]}.items():
            (place / name).write_text(text, "utf-8")
        for wanted in case["runs"]:
            if not wanted.get("errors"):
                run = compute(
                    place / "company.yaml",
                    period=str(wanted["period"]),
                    boundary=wanted.get("boundary"),
                    approach=wanted.get("approach"),
                )
                yield case_path.stem, run


def test_every_printed_equation_holds(tmp_path: Path) -> None:
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for name, run in runs(tmp_path):
        wrong += [f"{name}: {text}" for text in check_run(run, counts)]
    assert not wrong, f"{len(wrong)} of {counts.total()}\n" + "\n".join(wrong[:20])
    short = {kind: counts[kind] for kind, least in LEAST.items() if counts[kind] < least}
    assert not short, f"fewer equations than {LEAST}: {short}"


UNITS = ("kWh gross", "MJ gross", "GJ gross", "therm gross", "mmBtu gross", "Sm3", "scf", "t", "lb")
ODD = """
ghgcalc: 1
organization: {{name: Odd, consolidation_approach: equity_share, gwp_set: {gwp}}}
factor_packs: [desnz-2024, ipcc-2006]
facilities:
  a: {{country: GB, sector: manufacturing, history: {{2020-01-01: {{economic_interest: 33.3%}}}}}}
activities:
"""


def odd_company(gwp: str, random: Random) -> str:
    """Lines of quantities with many digits, in units whose ratios have no finite decimals."""
    text = ODD.format(gwp=gwp)
    for number, unit in enumerate(UNITS * 4):
        quantity = f"{random.randrange(10 ** random.randrange(1, 12))}.{random.randrange(10**6)}"
        text += f"""  g{number}: {{facility: a, category: stationary_combustion, fuel: natural_gas,
    quantity: {quantity} {unit}, period: 2024}}\n"""
        masses = f"{{R-410A: {quantity} lb, R-404A: {quantity} g, SF6: 1.000001 kg}}"
        text += f"""  m{number}: {{facility: a, category: process_emissions, gas_masses: {masses},
    period: 2024}}\n"""
    return text


@pytest.mark.parametrize("gwp", ["AR4", "AR5", "AR6"])
def test_equations_of_odd_quantities_hold(gwp: str, tmp_path: Path) -> None:
    counts: Counter[str] = Counter()
    path = tmp_path / "company.yaml"
    path.write_text(odd_company(gwp, Random(gwp)), "utf-8")
    run = compute(path)
    assert run.inventory is not None, run.diagnostics
    wrong = check_run(run, counts)
    assert not wrong, "\n".join(wrong[:5])
    assert counts["share"] >= 70
    assert counts["step"] >= 24
    assert counts["sum"] >= 70


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("1,000 MWh × 0.05 kg CO2/kWh", "50 kg CO2"),  # after a step without its units
        ("120,000 kWh × 0.1829 kg CO2e/kWh", "21.94713 tCO2e"),  # of another GWP set
        ("120,000 kWh × 0.00028 kg CO2e of CH4/kWh", "1.2 kg"),  # a mass, still times its GWP
        ("2,322.28 t × 1 (AR6)", "2,322.276 tCO2e"),  # rounded before the product
    ],
)
def test_false_equations_are_seen(left: str, right: str) -> None:
    value, wanted = evaluate(left), evaluate(right)
    near = abs(value.value - wanted.value) <= half_digit(right).value
    assert not (near and value.powers == wanted.powers)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("1 MWh × 1,000 kWh/MWh", "1,000 kWh"),
        ("360 GJ × 25 % × (1 + 3)", "360 GJ"),
        ("100 MWh × 8 % ÷ (100 % − 8 %)", "8.696 MWh"),
        ("1,180,000 Nm3 × 389.31 GJ/10000 Nm3 × 15.3 t C/TJ × 0.99 × 44/12", "2,551.383 t CO2"),
        ("10 kg × 50 % of R-410A × 771 (AR6)", "3.855 tCO2e"),
    ],
)
def test_true_equations_are_seen(left: str, right: str) -> None:
    holds(evaluate(left), right)
