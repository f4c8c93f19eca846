"""What LibreOffice makes of our workbooks: it recalculates them, and opens and saves them.

One start of it, which takes seconds, serves all tests of this module.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest
from openpyxl.utils.cell import coordinate_to_tuple
from python_calamine import CalamineWorkbook

from ghgcalc.render.xlsx.saved import snapshot_of_workbook
from support.command import run, verified
from support.companies import COMPANY, EXAMPLES, PACK, SITE, activities_of
from support.workbook_formulas import Workbook, example, near

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workbooks as ghgcalc wrote them; in `out` as LibreOffice saved them."""
    made = tmp_path_factory.mktemp("libreoffice")
    for name in EXAMPLES:
        example(name, made / f"{name}.xlsx")
        _without_values(made / f"{name}.xlsx", made / f"bare-{name}.xlsx")
    (made / "own.yaml").write_text(PACK, "utf-8")
    (made / "company.yaml").write_text(COMPANY, "utf-8")
    (made / "site.yaml").write_text(SITE, "utf-8")
    saved = run("compute", "company.yaml", "-o", "saved.xlsx", cwd=made)
    assert saved.exit_code == 0, saved.output
    form = ("-o", "form.xlsx", "--facility", "leeds", "--period", "2024")
    asked = run("template", "site.yaml", *form, cwd=made)
    assert asked.exit_code == 0, asked.output
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{made}/profile",
               "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", made / "out",
               *sorted(set(made.glob("*.xlsx")) - {made / "minimal.xlsx"})]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return made


def _without_values(path: Path, target: Path) -> None:
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(target, "w") as stripped:
        for member in book.namelist():
            data = book.read(member)
            if member.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
            stripped.writestr(member, data)


@pytest.mark.parametrize("name", EXAMPLES)
def test_libreoffice_recalculates(name: str, folder: Path) -> None:
    """With cached values dropped, LibreOffice comes to ghgcalc's values in every formula cell."""
    ours = Workbook.read(folder / f"{name}.xlsx").cached
    assert not any(value is not None for value in Workbook.read(
        folder / f"bare-{name}.xlsx").cached.values())  # fmt: skip
    book = CalamineWorkbook.from_path(str(folder / "out" / f"bare-{name}.xlsx"))
    theirs = {
        sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        for sheet in book.sheet_names
    }
    assert len(ours) > 200
    wrong = []
    for (sheet, cell), wanted in ours.items():
        row, column = coordinate_to_tuple(cell)
        found = theirs[sheet][row - 1][column - 1]
        if not near(found, wanted):
            wrong.append(f"{sheet}!{cell}: {found}, ghgcalc {wanted}")
    assert not wrong


@pytest.mark.parametrize("name", ["opulent", "luxshare"])
def test_a_workbook_that_was_only_opened_and_saved_is_read(name: str, folder: Path) -> None:
    saved, book = folder / "out" / f"{name}.xlsx", folder / f"{name}.xlsx"
    assert snapshot_of_workbook(saved, "x") == snapshot_of_workbook(book, "x")


def test_a_file_saved_by_libreoffice_is_as_recomputed(folder: Path) -> None:
    saved = folder / "out" / "saved.xlsx"
    code, found = verified(saved, folder / "company.yaml", "--materiality", "5%")
    assert (code, found["changes"]) == (0, [])


def test_a_file_saved_by_libreoffice_loses_nothing(folder: Path) -> None:
    """A site opens the workbook in LibreOffice and saves it."""
    back, site = folder / "back.yaml", folder / "site.yaml"
    assert run("import", folder / "out" / "form.xlsx", site, "-o", back).exit_code == 0
    assert activities_of(back) == {"boiler": activities_of(site)["boiler"]}
