"""The progress bar: on a terminal and for long reads only."""

from __future__ import annotations

import io
import tempfile
from typing import TYPE_CHECKING

import pytest

from ghgcalc.core import progress
from ghgcalc.pipeline.project import open_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMPANY = """\
ghgcalc: 1
organization: {name: A, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities: {leeds: {country: GB}}
tables:
  bills:
    files: bills.csv
    columns: {facility: site, item: what, quantity: amount, unit: unit, period: month}
    items: {power: {category: purchased_electricity}}
"""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _quiet_again() -> Iterator[None]:
    yield
    progress._meters.clear()


def read(folder: Path, stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> str:
    (folder / "company.yaml").write_text(COMPANY)
    rows = "leeds,power,1,kWh,2024-01\n" * 100_000
    (folder / "bills.csv").write_text("site,what,amount,unit,month\n" + rows)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr("sys.stderr", stream)
    progress.show_on_terminal()
    open_project(folder / "company.yaml")
    return stream.getvalue()


def test_a_bar_on_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "SMALLEST", 1000)
    text = read(tmp_path, Terminal(), monkeypatch)
    assert "100 %" in text
    assert text.endswith("\r\x1b[2K")
    assert text.count("\r") <= 103


def test_quiet_when_piped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "SMALLEST", 1000)
    assert read(tmp_path, io.StringIO(), monkeypatch) == ""


def test_quiet_for_short_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(tmp_path, Terminal(), monkeypatch) == ""
