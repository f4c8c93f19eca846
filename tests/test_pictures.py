"""The pictures are what their script draws, and pages show each of them."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
from types import ModuleType
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from support.command import ROOT, run

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / "docs" / "pictures"
TOOLS = shutil.which("soffice") and shutil.which("pdftoppm")
ALL = os.environ.get("GHGCALC_TOOLS") == "required"


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pictures", ROOT / "docs" / "pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = _script()


@pytest.mark.parametrize("name", sorted(SCRIPT.TERMINALS))
def test_a_terminal_is_drawn_as_it_is(
    name: str, snapshot_update: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    svg = SCRIPT.drawn(name)
    if snapshot_update:
        (FOLDER / name).write_text(svg, "utf-8")
    assert svg == (FOLDER / name).read_text("utf-8")
    # what the command says stands in it, in order and in colour, and nothing is fetched
    root = ElementTree.fromstring(svg)
    rows: dict[str, str] = {}
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        if text.get("clip-path"):
            row = rows.setdefault(text.get("y", ""), "")
            rows[text.get("y", "")] = row + "".join(text.itertext())
    done = run(*SCRIPT.TERMINALS[name], cwd=ROOT)
    said = re.sub(r"\s", "", done.output)
    assert re.sub(r"\s", "", "".join([*rows.values()][1:])) == said
    assert len(set(re.findall(r"fill: (#\w+)", svg))) >= (2 if name == "finding.svg" else 1)
    assert "url(http" not in svg
    assert "@font-face" not in svg


def test_pages_show_every_picture() -> None:
    shown = {
        path.rpartition("/")[2]
        for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"))
        for path in re.findall(r"\]\(([^)]*pictures/[^)]+)\)", page.read_text("utf-8"))
    }
    assert shown == {path.name for path in FOLDER.iterdir()}
    assert shown == {*SCRIPT.TERMINALS, "workbook.png"}


@pytest.mark.skipif(not (ALL and TOOLS), reason="LibreOffice draws in .ci/run --all")
def test_the_workbook_is_drawn(tmp_path: Path) -> None:
    """The same frame; the pixels are those of the installed LibreOffice."""
    SCRIPT.draw_workbook(tmp_path / "workbook.png")
    made, shown = ((folder / "workbook.png").read_bytes() for folder in (tmp_path, FOLDER))
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    assert made[16:24] == shown[16:24]  # width and height
    assert len(made) > len(shown) / 2
