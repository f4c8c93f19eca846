"""The documentation as a site: every page is in it, every link leads somewhere, and it builds."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from support.command import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOCS = ROOT / "docs"
PAGES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))
SITE = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
MKDOCS = importlib.util.find_spec("material") is not None
REQUIRED = os.environ.get("GHGCALC_TOOLS") == "required"


def _names(entry: Any) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, dict):
        for inner in entry.values():
            yield from _names(inner)
    else:
        for inner in entry:
            yield from _names(inner)


def test_the_menu_has_every_page_once() -> None:
    assert sorted(_names(SITE["nav"])) == PAGES


def test_the_first_page_leads_to_every_how_to() -> None:
    first = (DOCS / "index.md").read_text("utf-8")
    for page in PAGES:
        if page.startswith("how-to/"):
            assert f"]({page})" in first, page


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files_of_the_repository(page: str) -> None:
    text = re.sub(r"^(`{3,}).*?^\1$", "", (DOCS / page).read_text("utf-8"), flags=re.M | re.S)
    for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text):
        assert ((DOCS / page).parent / target).is_file(), target


@pytest.mark.skipif(not (MKDOCS or REQUIRED), reason="mkdocs-material is not installed")
def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    """`--strict` fails on a link or an anchor that is not there, and on a page that no menu has."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)],
        cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True,
        check=False, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    # a link out of docs/ leads to that file
    real = (tmp_path / "real-files" / "index.html").read_text("utf-8")
    assert 'href="../repository/examples/real-files/shapes/company.yaml/"' in real
    shapes = tmp_path / "repository/examples/real-files/shapes/company.yaml/index.html"
    assert "unpivot" in shapes.read_text("utf-8")
    assert not list(tmp_path.rglob("*.py"))
    for path in tmp_path.rglob("*.html"):
        html = path.read_text("utf-8")
        article = html[html.find("<article") : html.find("</article")]
        prose = re.sub(r"<(pre|code).*?</\1>", "", article, flags=re.S)
        # what a page writes as a fence, a list or a table is one
        assert "```" not in prose, path
        assert not re.search(r"<p>(?:(?!</p>).)*\n(?:\* |- |\d+\. |\| )", prose, re.S), path
        # nothing is asked of another server
        assert not re.search(r'<(?:script|img|link)[^>]+(?:src|href)="https?:', html), path
