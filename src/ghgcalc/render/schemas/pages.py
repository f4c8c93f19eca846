"""`docs/schema/`: the schemas as files. `python -m ghgcalc.render.schemas.pages` writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from ghgcalc.core.json_schemas import DRAFTS, SCHEMAS, schema_file
from ghgcalc.render.schemas.documents import Words, document
from ghgcalc.render.schemas.words import examples_of, tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def words_of(root: Path) -> Words:
    """The words of a source tree: its reference, and the examples beside this module."""
    docs = root / "docs"
    page = "".join((docs / name).read_text("utf-8") for name in ("format.md", "scope-3.md"))
    return Words(tables_of(page), examples_of(Path(__file__).with_name("examples.yaml")))


def pages(root: Path) -> Iterator[tuple[str, str]]:
    """Each schema by its path below `docs/schema`."""
    words = words_of(root)
    for name in SCHEMAS:
        for draft in DRAFTS:
            made = document(name, draft, words)
            yield schema_file(name, draft), json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def write(root: Path) -> None:
    """Write the schemas of a source tree."""
    for path, text in pages(root):
        target = root / "docs" / "schema" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(__file__).resolve().parents[4])
