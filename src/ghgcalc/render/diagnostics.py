"""Diagnostics as text with excerpts, or as JSON (DESIGN §6).

The JSON form is a list of objects with the keys `code, severity, message, path, line, column,
end_column, label, related, notes, hint, periods`; columns count from 1 and `end_column` is the one
after the last marked character. `related` holds objects with `path, line, column, label`, `periods`
the reporting years that it touches, where its days are known. A finding that asks for lines of YAML
has them under `paste`. Text shows the first of many notes and lines; JSON has them all.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ghgcalc.core.arguments import mapping_of, taken
from ghgcalc.core.diagnostics import Diagnostic, Severity
from ghgcalc.core.text.controls import escaped_json
from ghgcalc.render.text import Ink, columns, plural, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ghgcalc.core.diagnostics import Location, Related
    from ghgcalc.render.style import Style

MAX_EXCERPT = 120
_BEFORE_CARET = 40
MOST_LINES = 40  # notes, and lines to paste, of one finding


def render_text(
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, Sequence[str]] | None = None,
    *,
    color: bool = False,
) -> str:
    """Render findings in the given order, a blank line after each.

    Args:
        diagnostics: the findings.
        sources: lines of the files read, by the path that locations carry.
        color: whether to colour; the text says the same without.

    Raises:
        TypeError: these are no findings, or `sources` are no lines by path.
    """
    ink = Ink(color)
    mapping_of(sources or {}, "sources", "lines by path, `{s.path: s.lines for s in run.sources}`")
    found = (taken(item, Diagnostic, "diagnostics", "findings") for item in diagnostics)
    return "".join(_one(item, sources or {}, ink) + "\n" for item in found)


def text_form(
    diagnostics: Iterable[Diagnostic], lines: Mapping[str, Sequence[str]], style: Style
) -> str:
    """Findings in the format `text`."""
    return render_text(diagnostics, lines, color=style.color)


def json_form(
    diagnostics: Iterable[Diagnostic], _lines: Mapping[str, Sequence[str]], _: Style
) -> str:
    """Findings in the format `json`."""
    return render_json(diagnostics)


def summary(diagnostics: Iterable[Diagnostic], path: str, *, computed: bool = True) -> str:
    """The closing line: `2 errors, 1 warning in company.yaml; nothing was computed`."""
    found = list(diagnostics)
    counts = counted(found)
    if not counts:
        return ""
    tail = "" if computed else "; nothing was computed"
    return f"{', '.join(counts)} in {safe(path)}{tail}"


def counted(diagnostics: Sequence[Diagnostic], *, zeros: bool = False) -> list[str]:
    """`2 errors`, `1 warning`, `3 notes`; errors and warnings also at zero where asked."""
    words = []
    for severity in Severity:
        count = sum(item.severity is severity for item in diagnostics)
        if count or (zeros and severity is not Severity.NOTE):
            words.append(plural(count, severity.value))
    return words


def render_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Render findings as a JSON list, UTF-8, two spaces, with a closing line end."""
    found = [as_record(item) for item in diagnostics]
    return escaped_json(json.dumps(found, ensure_ascii=False, indent=2)) + "\n"


def as_record(item: Diagnostic) -> dict[str, Any]:
    """One finding as plain data; the keys are part of the documented format."""
    where = item.location
    return {
        "code": item.code,
        "severity": item.severity.value,
        "message": item.message,
        "path": where.path if where else None,
        "line": where.line if where else None,
        "column": where.column if where else None,
        "end_column": where.column + where.width if where else None,
        "label": item.label,
        "related": [
            {"path": span.location.path, "line": span.location.line,
             "column": span.location.column, "label": span.label}
            for span in item.related
        ],
        "notes": list(item.notes),
        "hint": item.hint,
        "periods": list(item.periods),
        **({"paste": list(item.paste)} if item.paste else {}),
        **({"instead": item.instead} if item.instead else {}),
        **({"supposing": item.supposing} if item.supposing else {}),
    }  # fmt: skip


def said(item: Diagnostic) -> str:
    """Message, notes, hint and what to paste as clean text of several lines, without a place."""
    rows = [item.message, *(f"note: {note}" for note in notes_of(item)[:MOST_LINES])]
    rows += [f"hint: {item.hint}"] if item.hint else []
    return "\n".join(map(safe, [*rows, *item.paste[:MOST_LINES]]))


def notes_of(item: Diagnostic) -> tuple[str, ...]:
    """The notes of a finding; first, of one that another hides, when it shows."""
    first = (f"shows once {item.supposing}",) if item.supposing else ()
    return (*first, *item.notes)


def _one(item: Diagnostic, sources: Mapping[str, Sequence[str]], ink: Ink) -> str:
    level = item.severity.value
    head = f"{level}[{item.code}]"
    place = f"{safe(str(item.location))}: " if item.location else ""
    rows = [f"{ink(place, 'bold')}{ink(head, level)}: {safe(item.message)}"]
    width = _gutter(item, sources)
    if item.location is not None:
        rows += _excerpt(item.location, item.label, sources, width, ink, level)
    for span in item.related:
        rows += _related(span, item.location, sources, width, ink)
    margin = " " * (width + 1) + ink("=", "gutter")
    notes = notes_of(item)
    rows += [f"{margin} note: {safe(note)}" for note in notes[:MOST_LINES]]
    if len(notes) > MOST_LINES:
        rows.append(f"{margin} note: {_rest(len(notes), 'notes')}")
    if item.hint:
        rows.append(f"{margin} hint: {safe(item.hint)}")
    rows += ["", *(safe(line) for line in item.paste[:MOST_LINES])] if item.paste else []
    if len(item.paste) > MOST_LINES:
        rows.append(f"# {_rest(len(item.paste), 'lines')}")
    return "".join(f"{row.rstrip()}\n" for row in rows)


def _rest(count: int, what: str) -> str:
    return f"and {count - MOST_LINES:,} more {what}, which `--diagnostics json` lists"


def _line(location: Location, sources: Mapping[str, Sequence[str]]) -> str | None:
    lines = sources.get(location.path)
    if lines is None or not 1 <= location.line <= len(lines):
        return None
    return lines[location.line - 1]


def _gutter(item: Diagnostic, sources: Mapping[str, Sequence[str]]) -> int:
    """Width of the line numbers that this finding shows."""
    places = [span.location for span in item.related]
    if item.location is not None:
        places.append(item.location)
    shown = [len(str(place.line)) for place in places if _line(place, sources) is not None]
    return max(shown, default=1)


def _excerpt(
    where: Location,
    label: str,
    sources: Mapping[str, Sequence[str]],
    width: int,
    ink: Ink,
    level: str,
) -> list[str]:
    text = _line(where, sources)
    if text is None:
        return [f"{' ' * (width + 1)}{ink('=', 'gutter')} here: {safe(label)}"] if label else []
    before, marked, after = _window(text, where.column - 1, where.width)
    bar = ink("|", "gutter")
    blank = " " * (width + 1)
    number = ink(f"{where.line:>{width}}", "gutter")
    carets = "^" * max(columns(marked), 1)
    tail = f" {safe(label)}" if label else ""
    return [
        f"{blank}{bar}",
        f"{number} {bar} {before}{marked}{after}",
        f"{blank}{bar} {' ' * columns(before)}{ink(carets + tail, level)}",
    ]


def _window(text: str, start: int, width: int) -> tuple[str, str, str]:
    """The line before, under and after the caret; a long line is cut around it."""
    text = safe(text)
    start = min(max(start, 0), len(text))
    end = min(start + max(width, 1), len(text))
    first = 0 if len(text) <= MAX_EXCERPT else max(0, min(start, start - _BEFORE_CARET))
    last = min(first + MAX_EXCERPT, len(text))
    end = min(end, last)
    before = ("…" if first else "") + text[first:start]
    return before, text[start:end], text[end:last] + ("…" if last < len(text) else "")


def _related(
    span: Related,
    first: Location | None,
    sources: Mapping[str, Sequence[str]],
    width: int,
    ink: Ink,
) -> list[str]:
    where = span.location
    rows = [
        f"{' ' * (width + 1)}{ink(':::', 'gutter')} {safe(where.path)}:{where.line}"
        f"   {safe(span.label)}"
    ]
    text = _line(where, sources)
    same = first is not None and (first.path, first.line) == (where.path, where.line)
    if text is not None and not same:
        before, marked, after = _window(text, where.column - 1, where.width)
        number = ink(f"{where.line:>{width}}", "gutter")
        rows.append(f"{number} {ink('|', 'gutter')} {before}{marked}{after}")
    return rows
