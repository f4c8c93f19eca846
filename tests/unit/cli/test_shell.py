"""What the shell completes: from the company file, quickly, and nothing where it is broken."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ghgcalc.cli.app import command_line
from ghgcalc.pipeline.check_choices import BY_CODE
from support.companies import COMPANY

FILE = (
    COMPANY
    + """
  older: {facility: york, category: process_emissions, item: etch, period: 2022-07, quantity: 1 kg}
tables:
  bills: {files: bills.csv}
boundaries: {sites: {facilities: all}, york-only: {facilities: [york]}}
expect: {total: {period: 2021, figure: scope_1, value: 1 t}}
"""
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "company.yaml").write_text(FILE, "utf-8")
    (tmp_path / "other.yaml").write_text(FILE.replace("york-only", "other-only"), "utf-8")
    (tmp_path / "broken.yaml").write_text(FILE + "activities: {", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def completed(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[str]:
    """What bash is told at the end of a line."""
    words = line.split(" ")
    monkeypatch.setenv("COMP_WORDS", " ".join(words))
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    monkeypatch.setenv("_GHGCALC_COMPLETE", "complete_bash")
    with pytest.raises(SystemExit):
        command_line()(args=[], prog_name="ghgcalc")
    told = capsys.readouterr()
    assert told.err == ""
    return told.out.split()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("ghgcalc compute --period ", ["2024", "2022", "2021"]),
        ("ghgcalc compute --period 202", ["2024", "2022", "2021"]),
        ("ghgcalc compute --period 2024-0", [f"2024-0{month}" for month in range(1, 10)]),
        ("ghgcalc compute --period 2024-Q", ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]),
        ("ghgcalc lock --period 2022", ["2022"]),
        ("ghgcalc compute --boundary ", ["sites", "york-only"]),
        ("ghgcalc compute other.yaml --boundary ", ["sites", "other-only"]),
        ("ghgcalc compute --by facility other.yaml --boundary o", ["other-only"]),
        ("ghgcalc query other.yaml facility=york --boundary o", ["other-only"]),
        ("ghgcalc diff 2022 2024 --boundary y", ["york-only"]),
        ("ghgcalc explain company.yaml o", ["other", "older"]),
        ("ghgcalc explain company.yaml ", ["process", "other", "power", "older", "bills"]),
        ("ghgcalc explain company.yaml power --period 202", ["2024", "2022", "2021"]),
        ("ghgcalc list f", ["fuels"]),
        (
            "ghgcalc list ",
            [
                "categories",
                "fuels",
                "units",
                "grids",
                "regions",
                "packs",
                "items",
                "qualifiers",
                "gases",
            ],
        ),
        ("ghgcalc factors outdated company.yaml --year ", ["2024", "2022", "2021"]),
        ("ghgcalc factors coverage --gwp-set ", ["AR4", "AR5", "AR6"]),
        ("ghgcalc explain broken.yaml ", []),
        ("ghgcalc compute broken.yaml --period ", []),
        ("ghgcalc compute none.yaml --boundary ", []),
        ("ghgcalc compute . --boundary ", ["sites", "york-only"]),
    ],
)
def test_what_bash_is_told(
    line: str, found: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert completed(line, monkeypatch, capsys) == found


def test_every_check_is_completed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert completed("ghgcalc check --select ", monkeypatch, capsys) == sorted(BY_CODE)
    assert "calendar-gap" in completed("ghgcalc check --select cal", monkeypatch, capsys)


def test_it_reads_no_table_and_loads_no_engine(folder: Path) -> None:
    """The installed way: a process of its own, which loads neither Polars nor the models."""
    program = (
        "import sys\n"
        "from ghgcalc.cli.app import command_line\n"
        "try:\n    command_line('explain')(args=[], prog_name='ghgcalc')\n"
        "except SystemExit: pass\n"
        "heavy = {'polars', 'openpyxl', 'ghgcalc.company.company'}\n"
        "print(*sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
        env={**os.environ, "COMP_WORDS": "ghgcalc explain company.yaml pow", "COMP_CWORD": "3",
             "_GHGCALC_COMPLETE": "complete_bash"},
    )  # fmt: skip
    assert told.stdout.split() == ["power"]
    assert told.stderr.split() == []
