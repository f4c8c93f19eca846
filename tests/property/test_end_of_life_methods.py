"""Methods of waste and of products sold say the same in any order, unit and splitting."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [ipcc-2006]
facilities: {hq: {country: DE}}
activities:
"""
RATES = {"landfill": 30, "burnt": 7, "reused": 2}
METHODS = {
    "use_of_sold_products": "contains: {gas: HFC-32, charge: 1 kg, released: 40 %}, uses:"
    " {lifetime: 20, energy: 3 kWh}, emission_rate: {CO2: 0.4 kg/kWh}",
    "waste_generated": "wastewater: {cod: 3 kg/m3, sludge: 10 %, b0: 0.25 kg/kg, mcf: 0.8,"
    " source: x}",
}
UNITS = {
    "use_of_sold_products": (("piece", 1), ("piece", 1)),
    "waste_generated": (("m3", 1), ("L", 1000)),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("methods")


def _total(folder: Path, lines: list[str]) -> Fraction:
    body = "".join(f"  a{place}: {{facility: hq, period: 2024, {line}}}\n"
                   for place, line in enumerate(lines))  # fmt: skip
    (folder / "company.yaml").write_text(HEAD + body, "utf-8")
    run = compute(folder / "company.yaml")
    assert run.inventory is not None, [str(d) for d in run.diagnostics]
    return sum((line.co2e("location_based") or Fraction(0) for line in run.inventory.lines),
               Fraction(0))  # fmt: skip


@settings(max_examples=8, deadline=None)
@given(st.permutations(list(RATES)), st.integers(1, 99), st.integers(1, 400))
def test_treatments(folder: Path, order: list[str], first: int, tonnes: int) -> None:
    shares = {"landfill": first, "burnt": 100 - first, "reused": 0}
    told = ", ".join(
        f"{name}: {{share: {shares[name]} %, emission_rate: {{CO2: {RATES[name]} kg/t}}}}"
        for name in order
    )
    keys = f"category: end_of_life_treatment, treatments: {{{told}}}"
    wanted = Fraction(tonnes * (first * 30 + (100 - first) * 7), 100_000)
    assert _total(folder, [f"{keys}, quantity: {tonnes} t"]) == wanted
    halves = [f"{keys}, quantity: {each} kg" for each in (1000 * tonnes - 300, 300)]
    assert _total(folder, halves[:: 1 if first % 2 else -1]) == wanted
    products = f"{keys}, sold: {tonnes} piece, each: {{mass: 900 kg, packaging: 0.1 t}}"
    assert _total(folder, [products]) == wanted


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(sorted(METHODS)), st.integers(2, 10_000), st.data())
def test_gases(folder: Path, category: str, amount: int, data: st.DataObject) -> None:
    (unit, _), (other, size) = UNITS[category]
    keys = f"category: {category}, {METHODS[category]}, quantity: "
    each = {"use_of_sold_products": Fraction("0.4") * 771 + 24,  # kg of HFC-32, and 60 kWh × 0.4
            "waste_generated": Fraction(3 * 9, 10) * Fraction("0.2") * 27}  # fmt: skip
    wanted = each[category] * amount / 1000
    assert _total(folder, [f"{keys}{amount} {unit}"]) == wanted
    part = data.draw(st.integers(1, amount - 1))
    parts = [f"{keys}{part * size} {other}", f"{keys}{amount - part} {unit}"]
    assert _total(folder, data.draw(st.permutations(parts))) == wanted
