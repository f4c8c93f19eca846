"""`ghgcalc table` of files that named formats read: the reader and the way to a repository."""

from __future__ import annotations

import shutil
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

import ghgcalc
from support.command import ROOT, run

if TYPE_CHECKING:
    from pathlib import Path

REAL = ROOT / "examples" / "real-files"
HEAD = """ghgcalc: 1
organization: {name: Test, consolidation_approach: operational_control, gwp_set: AR5}
facilities: {leeds: {country: GB}}
"""


@pytest.mark.parametrize(("folder", "name", "reader", "wanted"), [
    ("green-button", "usage-2024.xml", "green_button", "39140"),  # Wh
    ("nem12", "NEM12_MDPEXMPL_20240703.csv", "nem12", "86.5"),  # kWh
])  # fmt: skip
def test_the_reader_is_proposed_and_reads_the_file(
    folder: str, name: str, reader: str, wanted: str, tmp_path: Path
) -> None:
    """The block, filled in, gives the sums worked by hand in the example's company file."""
    shutil.copy(REAL / folder / name, tmp_path)
    done = run("table", name, cwd=tmp_path)
    assert done.exit_code == 0
    assert f"format: {reader} reads the whole file" in done.stdout
    assert f"--from {name}" in " ".join(done.stdout.replace("#", "").split())
    block = done.stdout[done.stdout.index("\ntables:") :]
    assert f"      format: {reader}\n" in block
    block = block.replace("category: …", "category: purchased_electricity")
    block = block.replace("equals: …", "equals: forward").replace(": …\n", ": leeds\n")
    (tmp_path / "company.yaml").write_text(HEAD + block, "utf-8")
    project = ghgcalc.load(tmp_path / "company.yaml").project
    assert project is not None
    (table,) = project.tables.values()
    assert sum(each.quantity for each in table.sums) == Fraction(wanted)


def test_a_broken_file_of_a_portal_is_told_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("100,NEM12,202405011135,MDA1,Ret1\n300,20240101,1\n", "utf-8")
    done = run("table", "x.csv", cwd=tmp_path)
    assert done.exit_code == 1
    assert "x.csv:2:1: error[" in done.stderr


def test_any_other_xml_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_text("<?xml version='1.0'?><a/>", "utf-8")
    done = run("table", "x.xml", cwd=tmp_path)
    assert (done.exit_code, "error[no-table]" in done.stderr) == (1, True)
