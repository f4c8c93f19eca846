"""The registry of methods: their keys stand on activities and items; one amount may be several."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from ghgcalc.activity_data.from_file import PLAIN
from ghgcalc.company.activity import Activity
from ghgcalc.company.table import Item
from ghgcalc.core.step import Step
from ghgcalc.methods import registry
from ghgcalc.methods.keys import AmountKeys
from ghgcalc.methods.per_unit import Method, PerUnit
from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = """
ghgcalc: 1
organization: {name: A, country: GB, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [./own.yaml]
facilities: {leeds: {country: GB}}
activities:
  cold: {facility: leeds, category: purchased_cooling, quantity: 10 MWh, period: 2024, cop: 4}
"""
PACK = """
pack: own
title: Own
gwp_set: AR5
factors:
  grid: {category: purchased_electricity, kind: grid_average, region: GB, per: MWh,
         gases: {CO2: 200 kg, CH4: 0 kg, N2O: 0 kg}, source: hand}
"""


def test_every_key_of_a_method_stands_on_activities_and_items() -> None:
    for method in registry.METHODS:
        for key in method.keys:
            assert key in Activity.model_fields, f"{method.name}: {key}"
            known = Item.model_fields.keys() | AmountKeys.model_fields.keys()  # rows state amounts
            assert key in known, f"{method.name}: {key}"


def test_no_key_of_a_method_is_summed_away() -> None:
    """Activities that differ in it must not become one sum before the method has read it."""
    assert not registry.KEYS & PLAIN


def test_an_activity_may_become_several_amounts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two legs of 1/4 and 1/2 of 10 MWh at 200 kg: 0.5 t and 1 t, each under its own id."""

    def legs(amount: PerUnit, _: Any, __: Any) -> tuple[PerUnit, ...]:
        return tuple(
            amount._replace(
                name=name, after=amount.unit, steps=(Step(share, str(share), amount.unit.text),)
            )
            for name, share in (("first", Fraction(1, 4)), ("second", Fraction(1, 2)))
        )

    method = Method("legs", ("cop",), ("purchased_cooling",), expand=legs, prices=True)
    monkeypatch.setattr(registry, "METHODS", (method,))
    (tmp_path / "company.yaml").write_text(COMPANY, "utf-8")
    (tmp_path / "own.yaml").write_text(PACK, "utf-8")
    run = compute(tmp_path / "company.yaml", period="2024")
    assert run.inventory is not None, run.diagnostics
    tonnes = {line.id: line.co2e("location_based") for line in run.inventory.lines}
    assert tonnes == {"cold/first": Fraction(1, 2), "cold/second": 1}
