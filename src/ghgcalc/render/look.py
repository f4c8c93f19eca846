"""A look at a file for people and for programs."""

from __future__ import annotations

import json
from textwrap import wrap
from typing import TYPE_CHECKING

from ghgcalc.core.text.controls import escaped_json
from ghgcalc.render.text import columns as width_of
from ghgcalc.render.text import plural, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.company.looked import Look, LookedColumn
    from ghgcalc.render.style import Style

WIDTH = 100
_SAMPLE = 24


def text_form(look: Look, _: Style) -> str:
    """Facts, columns and questions as comments of the proposal, which follows ready to paste."""
    lines = [*_head(look), "", *(f"  {line}" for line in _columns(look.columns)), ""]
    if look.questions:
        lines += ["to review", *_questions(look.questions), ""]
    commented = [f"# {line}".rstrip() for line in lines]
    closing = "# fill in each …, review the rest, and paste below the company file's `facilities:`"
    return "".join(f"{safe(line)}\n" for line in (*commented, closing, *look.proposal))


def found_form(look: Look) -> str:
    """What was found and what is asked, for people who have the proposal in a file."""
    lines = [*_head(look), *(f"  {line}" for line in _columns(look.columns))]
    if look.questions:
        lines += ["to review", *_questions(look.questions)]
    return "".join(f"{safe(line).rstrip()}\n" for line in lines)


def _head(look: Look) -> Iterator[str]:
    rows = plural(look.rows, "row") + ("" if look.whole else " looked at, there are more")
    columns = f", {plural(len(look.columns), 'column')}" if look.columns else ""
    yield f"{look.file}: {look.kind}, {rows}{columns}"
    wide = max((len(label) for label, _ in look.facts), default=0)
    for label, text in look.facts:
        yield f"  {label:<{wide}}  {text}"


def _columns(columns: tuple[LookedColumn, ...]) -> Iterator[str]:
    rows = [(column.name, column.kind, _about(column)) for column in columns]
    first = min(max((width_of(name) for name, _, _ in rows), default=0), 32)
    for name, kind, about in rows:
        yield f"{name}{' ' * (first - width_of(name))}  {kind:<7}  {about}".rstrip()


def _about(column: LookedColumn) -> str:
    parts = [" or ".join(column.forms)] if column.forms else []
    if column.kind in ("text", "unit", "flag", "id"):
        parts.append(f"{column.different:,} different")
    samples = [text if len(text) <= _SAMPLE else f"{text[:_SAMPLE]}…" for text in column.samples]
    more = ", …" if column.different > len(samples) else ""
    parts += [", ".join(samples) + more] if samples else []
    parts += [f"without a value: {', '.join(column.missing)}"] if column.missing else []
    parts += [f"not so: {', '.join(column.odd)}"] if column.odd else []
    return "; ".join(parts)


def _questions(questions: tuple[str, ...]) -> Iterator[str]:
    for text in questions:
        yield from wrap(text, WIDTH - 2, initial_indent="  - ", subsequent_indent="    ",
                        break_long_words=False)  # fmt: skip


def json_form(look: Look, _: Style) -> str:
    """The same with names; the proposal is one text."""
    columns = [
        {"name": column.name, "kind": column.kind, "forms": column.forms, "cells": column.cells,
         "different": column.different, "samples": column.samples, "missing": column.missing,
         "odd": column.odd}
        for column in look.columns
    ]  # fmt: skip
    made = {
        "file": look.file, "kind": look.kind, "facts": dict(look.facts), "rows": look.rows,
        "whole": look.whole, "columns": columns, "review": look.questions,
        "proposal": "".join(f"{line}\n" for line in look.proposal),
    }  # fmt: skip
    return escaped_json(json.dumps(made, ensure_ascii=False, indent=1)) + "\n"
