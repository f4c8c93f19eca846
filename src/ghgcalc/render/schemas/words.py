"""What each key means and an example of it: tables of the pages format and scope-3, examples.yaml.

The tables are the one place where keys are explained; a test holds them to the models.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.text.source import List, Map, SourceFile
from ghgcalc.core.text.yaml_text import parse

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

_MODEL = re.compile(r"^<!-- model: (\w+) -->$", re.MULTILINE)
_CELL_BREAK = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_CODE = re.compile(r"`([^`]+)`")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]+)?")
# tables that are not of one model: their mark, and the name that they have here
SECTIONS, COLUMNS = "sections", "columns"
# cells that point to the same key of another model
_SEE = {"as in activities": "Activity", "as above": "Series"}
_NO_DEFAULT = ("none", "required")


class Row(NamedTuple):
    """One row of a table of keys."""

    meaning: str
    type: str = ""
    default: str = ""

    @property
    def sentences(self) -> str:
        """What the key is, what it takes, and what holds without it."""
        said = [self.meaning[:1].upper() + self.meaning[1:]]
        if self.type:
            said.append(f"Takes: {self.type}")
        if self.default and self.default not in _NO_DEFAULT:
            said.append(f"Without it: {self.default}")
        return " ".join(f"{text.rstrip('.')}." for text in said)


Tables = dict[str, dict[str, Row]]


def tables_of(page: str) -> Tables:
    """The rows of every table of keys, by model and key."""
    found = {
        mark[1]: _rows(page, mark.end())
        for mark in _MODEL.finditer(page)
    }  # fmt: skip
    for name in (SECTIONS, COLUMNS):
        found[name] = _rows(page, page.index(f"<!-- {name} -->"))
    return {model: _resolved(rows, found) for model, rows in found.items()}


def _rows(page: str, start: int) -> dict[str, Row]:
    """The rows of the first table after a place."""
    found: dict[str, Row] = {}
    table = page[page.index("\n|", start) + 1 :].partition("\n\n")[0]
    for line in table.splitlines()[2:]:
        first, *cells = [_plain(cell) for cell in _CELL_BREAK.split(line)[1:-1]]
        *more, meaning = cells
        key = _CODE.findall(first)[0]
        found[key] = Row(meaning, *more)
    return found


def _plain(cell: str) -> str:
    return _LINK.sub(r"\1", cell).replace("\\|", "|").strip()


def _resolved(rows: dict[str, Row], tables: Tables) -> dict[str, Row]:
    """Rows whose meaning is that of another one, in its words."""
    found: dict[str, Row] = {}
    last = Row("")
    for key, row in rows.items():
        see = next((model for words, model in _SEE.items() if row.meaning.startswith(words)), None)
        if see is not None and key in tables[see]:
            rest = row.meaning.partition(next(w for w in _SEE if row.meaning.startswith(w)))[2]
            row = row._replace(meaning=tables[see][key].meaning + rest)
        elif row.meaning == "the same":
            row = row._replace(meaning=last.meaning)
        if row.type in ("as above", "the same"):
            row = row._replace(type=last.type)
        found[key] = last = row
    return found


def examples_of(path: Path) -> dict[str, dict[str, Any]]:
    """Examples by model and key, as an editor's YAML would read them."""
    parsed = parse(SourceFile(path.name, path.read_text("utf-8"), 0))
    assert parsed.value is not None, parsed.diagnostics
    made = _typed(parsed.value)
    assert isinstance(made, dict)
    return made


def _typed(node: Any) -> Any:
    """Numbers and flags as such, all else as text."""
    if isinstance(node, Map):
        return {str(key): _typed(value) for key, value in node.items()}
    if isinstance(node, List):
        return [_typed(value) for value in node]
    if node in ("true", "false"):
        return node == "true"
    if isinstance(node, str) and (match := _NUMBER.fullmatch(node)):
        return float(node) if match[2] else int(node)
    return node
