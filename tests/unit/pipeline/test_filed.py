"""What a workbook holds beside its inventory, from Python as from the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

import ghgcalc
from ghgcalc.pipeline.filed import filed_of
from ghgcalc.render.xlsx.workbook import workbook_form
from support.command import run

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = """\
ghgcalc: 1
organization: {name: T, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities: {leeds: {country: GB}}
activities:
  m23:
    {facility: leeds, category: purchased_electricity, quantity: 100 MWh, period: 2023,
     evidence: [bill.txt, gone.txt]}
  m24:
    {facility: leeds, category: purchased_electricity, quantity: 100 MWh, period: 2024,
     evidence: [bill.txt, gone.txt]}
"""


@pytest.fixture
def company(tmp_path: Path) -> Path:
    path = tmp_path / "company.yaml"
    path.write_text(COMPANY, "utf-8")
    (tmp_path / "bill.txt").write_text("100 MWh\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("period", "words", "sheet"),
    [
        ("2023", (), True),
        ("2024", ("--values-only",), True),
        ("2024-Q1", (), False),  # part of a year stands beside no years
    ],
)
def test_the_workbook_is_that_of_the_command(
    period: str, words: tuple[str, ...], sheet: bool, company: Path, tmp_path: Path
) -> None:
    done = run("compute", company, "--period", period, "-o", "of-command.xlsx", *words,
               cwd=tmp_path)  # fmt: skip
    assert done.exit_code == 0, done.stderr
    filed = filed_of(ghgcalc.compute(company, period=period), values_only=bool(words))
    workbook_form(filed.value, tmp_path / "ours.xlsx")
    assert (tmp_path / "ours.xlsx").read_bytes() == (tmp_path / "of-command.xlsx").read_bytes()
    names = openpyxl.load_workbook(tmp_path / "ours.xlsx", read_only=True).sheetnames
    assert ("By year" in names) is sheet
    # sha256 of "100 MWh\n" by sha256sum
    digest = "ac62480de06029aa369e22f28e81283e8c7d9d44e222c4643d9ef038feb58af5"
    assert filed.value.digests == {"bill.txt": digest, "gone.txt": None}


def test_verify_agrees(company: Path, tmp_path: Path) -> None:
    workbook_form(filed_of(ghgcalc.compute(company)).value, tmp_path / "ours.xlsx")
    done = run("verify", "ours.xlsx", company, cwd=tmp_path)
    assert done.exit_code == 0, done.stdout + done.stderr


def test_a_run_without_inventory_is_no_workbook(company: Path) -> None:
    blocked = ghgcalc.compute(company, period="1999")
    with pytest.raises(ValueError, match="no inventory; its `diagnostics` say why"):
        filed_of(blocked)
