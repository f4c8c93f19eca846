"""Hooks of mkdocs: pages are written for the repository, and the site shows them as they are.

A page links to files outside of `docs/` by their paths in the repository. The site holds each of
them as a page under `repository/`, a Markdown file as it is, any other text as a block of code, and
links lead there. Fences that name a file (`yaml import/mapping.yaml`) get it as their title.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, InclusionLevel
from pymdownx.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

DOCS, OUTSIDE = "docs/", "repository/"
_FENCED = re.compile(r"^(`{3,}).*?^\1$", re.M | re.S)
_NAMED = re.compile(r"^(`{3,}\w+) ([^\s=]+)$", re.M)
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def on_config(config: MkDocsConfig) -> None:
    """Headings have the anchors that the repository's own pages give them."""
    config.mdx_configs["toc"]["slugify"] = slugify(case="lower")


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add what pages link to outside of `docs/`, and what those pages link to."""
    root = Path(config.config_file_path).parent
    todo = [DOCS + file.src_uri for file in files.documentation_pages()]
    seen = set(todo)
    while todo:
        page = todo.pop()
        for path in sorted(set(_targets(page, (root / page).read_text("utf-8")))):
            if path in seen or path.startswith(DOCS):
                continue
            seen.add(path)
            text = (root / path).read_text("utf-8")
            if path.endswith(".md"):
                todo.append(path)
            else:
                text = f"# {path}\n\n`````{Path(path).suffix[1:]}\n{text}`````\n"
            files.append(File.generated(config, _place(path), content=text,
                                        inclusion=InclusionLevel.NOT_IN_NAV))  # fmt: skip


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Let links lead to the pages of the site, and fences show the file that they name."""
    uri = page.file.src_uri
    path = uri.removeprefix(OUTSIDE) if uri.startswith(OUTSIDE) else DOCS + uri
    if uri.startswith(OUTSIDE) and Path(uri).with_suffix("").suffix:
        return markdown  # a block of code
    here = posixpath.dirname(uri)

    def linked(link: re.Match[str]) -> str:
        place = _place(_path(path, link[1]))
        return f"]({posixpath.relpath(place, here or '.')}"

    return _outside_fences(_NAMED.sub(_titled, markdown), lambda text: _LINK.sub(linked, text))


def _titled(fence: re.Match[str]) -> str:
    return f'{fence[1]} title="{fence[2]}"' if "." in fence[2] else fence[1]


def _outside_fences(markdown: str, change: Callable[[str], str]) -> str:
    """Markdown whose text outside of fences is changed."""
    parts, last = [], 0
    for fence in _FENCED.finditer(markdown):
        parts += [change(markdown[last : fence.start()]), fence[0]]
        last = fence.end()
    return "".join((*parts, change(markdown[last:])))


def _targets(page: str, markdown: str) -> list[str]:
    """Paths in the repository that a page links to."""
    return [_path(page, target) for target in _LINK.findall(_FENCED.sub("", markdown))]


def _path(page: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), target))


def _place(path: str) -> str:
    """Where the site has a file of the repository."""
    if path.startswith(DOCS):
        return path.removeprefix(DOCS)
    return OUTSIDE + (path if path.endswith(".md") else f"{path}.md")
