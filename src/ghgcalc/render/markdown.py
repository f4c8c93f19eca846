"""The report as Markdown (GitHub tables): the same tables and facts as the terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghgcalc.render.cells import ROUNDING_NOTE, adds_up, cell_text, phrase_text
from ghgcalc.render.text import safe
from ghgcalc.views.report import report_of
from ghgcalc.views.table import Bar

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.render.style import Style
    from ghgcalc.views.table import Fact, Report, Row, Table

_SPECIAL = re.compile(r"([\\`*\[\]|<>]|&(?=#?\w{1,40};))")
# inside a word an underscore is no mark, and ids are copied from the text as it stands
_EDGES = re.compile(r"(?<!\w)_+|_+(?!\w)")
# what GitHub and others turn into a link or a message to somebody: it is parted inside
_LIVE = re.compile(
    r"(?<!\w)@(?=\w)|(?<=\w)@(?=[\w.-]*[^\W\d_])|#(?=\d)|(?<![^\W_])GH-(?=\d)"
    r"|[a-z][a-z0-9+.]*:(?=//)|(?<![^\W_])www(?=\.)"
    r"|\b(?:mailto|xmpp):",
    re.IGNORECASE,
)
_PARTED = "<!-- -->"  # shows nothing, and no mention or address goes across it
_INDENT = "&emsp;"
# not what ends a cell or would be read inside of code otherwise than outside
_CODE = re.compile(r"`([^`\\|<>&\s](?:[^`\\|<>&\n]*[^`\\|<>&\s])?)`")


def render_markdown(inventory: Inventory, by: str | None = None) -> str:
    """Render an inventory as Markdown with LF and a closing line end."""
    return report_markdown(report_of(inventory, by, whole=True))


def report_markdown(
    report: Report, depth: int = 0, *, alerts_first: bool = False, code: bool = False
) -> str:
    """Render head, tables and facts as Markdown.

    Args:
        report: what is shown.
        depth: levels of headings below the top of a page.
        alerts_first: facts that must be read stand before the tables.
        code: what stands between backticks, as in findings, is code.
    """
    shown = coded if code else escaped
    head, below = " · ".join(report.heading), "#" * depth
    first = [fact for fact in report.facts if alerts_first and fact.alert]
    rest = [fact for fact in report.facts if fact not in first]
    parts = [*(_fact(fact, shown) for fact in first),
             *(_table(table, shown) for table in report.tables),
             *(_fact(fact, shown) for fact in rest)]  # fmt: skip
    parts = [f"{below}# {escaped(head)}", *(f"{below}{part}" for part in parts)]
    return "\n\n".join(parts) + "\n"


def report_form(report: Report, _: Style) -> str:
    """The format `markdown` for every view."""
    return report_markdown(report)


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, also inside a table cell: no link, nobody is called."""
    marked = _SPECIAL.sub(r"\\\1", safe(text))
    if "_" in marked:
        marked = _EDGES.sub(lambda run: run[0].replace("_", "\\_"), marked)
    return _LIVE.sub(rf"\g<0>{_PARTED}", marked)


def coded(text: str) -> str:
    """The same, but that words between backticks are code, in which no mark means anything."""
    parts = _CODE.split(safe(text))  # plain and code in turn
    return "".join(f"`{part}`" if at % 2 else escaped(part) for at, part in enumerate(parts))


def _table(table: Table, shown: Callable[[str], str]) -> str:
    drawn = [
        index
        for index, _ in enumerate(table.columns)
        if not any(isinstance(row.cells[index], Bar) for row in table.rows)
    ]
    remarks = any(row.remark for row in table.rows)
    headings = [escaped(table.columns[index].heading.replace("\n", " ")) for index in drawn]
    headings[0] = headings[0] if not table.unit else table.unit
    rules = ["---:" if table.columns[index].numeric else "---" for index in drawn]
    rows = [_row(row, drawn, shown, remarks=remarks) for row in table.rows]
    if remarks:
        headings, rules = [*headings, ""], [*rules, "---"]
    lines = [f"## {escaped(table.title)}", "", _cells(headings), _cells(rules), *rows]
    notes = [*table.notes, *([] if adds_up(table) else [ROUNDING_NOTE])]
    return "\n".join([*lines, *(f"\n{shown(note)}" for note in notes)])


def _row(row: Row, drawn: list[int], shown: Callable[[str], str], *, remarks: bool) -> str:
    texts = [shown(cell_text(row.cells[index])) for index in drawn]
    texts[0] = _INDENT * row.level + texts[0]
    return _cells([*texts, shown(row.remark)] if remarks else texts)


def _cells(texts: list[str]) -> str:
    return f"| {' | '.join(texts)} |"


def _fact(fact: Fact, shown: Callable[[str], str]) -> str:
    items = []
    for phrase in fact.phrases:
        text = phrase_text(phrase)
        indent = "  " if text.startswith(" ") else ""
        items.append(f"{indent}- {shown(text.strip())}")
    return "\n".join([f"## {escaped(fact.label)}", "", *items])
