"""Scores of data quality: time by years, means weighed by emissions, what is refused (S3-08)."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.core.vocabulary.data_quality import time_score
from ghgcalc.pipeline.run import compute
from ghgcalc.render.json.inventory import render_json

if TYPE_CHECKING:
    from pathlib import Path

PACK = """
pack: own
title: Own factors
gwp_set: AR6
factors:
  new: {category: purchased_goods_and_services, item: new, per: kg, gases: {CO2: 1 kg}, year: 2023,
        source: lab}
  old: {category: purchased_goods_and_services, item: old, per: kg, gases: {CO2: 1 kg}, year: 2018,
        source: lab}
"""
COMPANY = """
ghgcalc: 1
organization: {name: Test, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [own.yaml]
activities:
  a: {category: purchased_goods_and_services, factor: own/new, item: new, quantity: 30 t,
      period: 2024, data_quality: {technology: 1, reliability: 4}}
  b: {category: purchased_goods_and_services, factor: own/old, item: old, quantity: 10 t,
      period: 2024, data_quality: {technology: 3}}
  c: {category: purchased_goods_and_services, method: supplier_specific, reported: 60 tCO2e,
      gwp_set: AR6, by: the mill, period: 2024, data_quality: {time: 2}}
"""


def write(folder: Path, text: str) -> Path:
    (folder / "own.yaml").write_text(PACK, "utf-8")
    path = folder / "company.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("data_year", "score"),
    # table 7.6: less than 3, 6 and 10 years of difference; else poor, as what is unknown
    [(2024, 1), (2022, 1), (2021, 2), (2019, 2), (2018, 3), (2015, 3), (2014, 4), (None, 4),
     (2026, 1), (2027, 2)],
)  # fmt: skip
def test_time_by_the_years_between(data_year: int | None, score: int) -> None:
    assert time_score(2024, data_year) == score


def test_means_are_weighed_by_emissions(tmp_path: Path) -> None:
    run = compute(write(tmp_path, COMPANY))
    assert run.inventory is not None, run.diagnostics
    found = run.inventory.data_quality["purchased_goods_and_services"]
    # time: 30 t of 2023 are 1, 10 t of 2018 are 3, 60 t stated as 2: (30 + 30 + 120) / 100
    assert found["time"] == (Fraction(9, 5), 1)
    # technology: (30 x 1 + 10 x 3) / 40, of 40 of 100 t
    assert found["technology"] == (Fraction(3, 2), Fraction(2, 5))
    assert found["reliability"] == (4, Fraction(3, 10))
    assert found["geography"] == (None, 0)
    (told,) = json.loads(render_json(run.inventory))["by_category"]
    assert told["data_quality"]["time"] == {"score": 1.8, "share": 1}


def test_what_takes_off_weighs_by_its_size(tmp_path: Path) -> None:
    text = (
        COMPANY
        + """\
  d: {corrects: c, category: purchased_goods_and_services, method: supplier_specific, by: the mill,
      reported: -20 tCO2e, gwp_set: AR6, period: 2024, data_quality: {time: 4}}
"""
    )
    run = compute(write(tmp_path, text))
    assert run.inventory is not None, run.diagnostics
    found = run.inventory.data_quality["purchased_goods_and_services"]
    # (30 x 1 + 10 x 3 + 60 x 2 + 20 x 4) / 120
    assert found["time"].mean == Fraction(260, 120)


@pytest.mark.parametrize(
    ("scores", "code"),
    [("{technolgy: 1}", "unknown-value"), ("{time: 0}", "out-of-bounds"),
     ("{time: 5}", "out-of-bounds")],
)  # fmt: skip
def test_other_names_and_scores_are_refused(tmp_path: Path, scores: str, code: str) -> None:
    text = COMPANY.replace("{technology: 3}", scores)
    run = compute(write(tmp_path, text))
    assert [item.code for item in run.diagnostics] == [code]
