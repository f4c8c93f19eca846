"""Each folder of examples/real-files: a real-looking file, read untouched, equals the plain file.

`company.yaml` reads the file with its options and states a figure worked by hand (`expect:`);
`plain/company.yaml` holds the same data written plainly, by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import ghgcalc
from ghgcalc.views.amounts import Bucket, by_month, group, weigh
from support.command import ROOT, run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction
    from pathlib import Path

    from ghgcalc.calculation.results.line import Line

FOLDER = ROOT / "examples" / "real-files"
CASES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
PAGE = (ROOT / "docs" / "real-files.md").read_text("utf-8")


def _bucket(line: Line) -> Bucket:
    return Bucket(line.scope, line.category, line.facility, None, line.span)


def _amounts(path: Path) -> Mapping[object, tuple[Fraction | None, ...]]:
    """Tonnes by both methods, per scope, category and facility, and per month."""
    done = ghgcalc.compute(path)
    assert done.inventory is not None, done.diagnostics
    weighed = weigh(done.inventory.lines, _bucket)
    found = {**group(weighed, lambda b: (b.scope, b.category, b.facility)), **by_month(weighed)}
    methods = ("location_based", "market_based")
    return {key: tuple(each.total(way) for way in methods) for key, each in found.items()}


@pytest.mark.parametrize("name", CASES)
def test_the_file_as_it_came_gives_what_the_plain_file_gives(name: str) -> None:
    folder = FOLDER / name
    assert _amounts(folder / "company.yaml") == _amounts(folder / "plain" / "company.yaml")


@pytest.mark.parametrize("name", CASES)
def test_the_figure_worked_by_hand_holds(name: str) -> None:
    assert "expect:" in (FOLDER / name / "company.yaml").read_text("utf-8")
    done = run("compute", FOLDER / name / "company.yaml")
    assert done.exit_code == 0, done.stderr


@pytest.mark.parametrize("name", CASES)
def test_the_page_names_the_folder(name: str) -> None:
    assert f"(../examples/real-files/{name}/company.yaml)" in PAGE
