"""Diagnostics as text and JSON."""

from __future__ import annotations

import json

import pytest

from ghgcalc.core.diagnostics import Diagnostic, Location, Related, Severity
from ghgcalc.render.diagnostics import counted, render_json, render_text, summary

LINES = ["activities:", "  vans:", "    fuel: diesel", "    quantity: 4_812 kg"]
MISMATCH = Diagnostic(
    "unit-mismatch",
    "`vans` is in kg (mass) but its factor is per L (volume)",
    Location("company.yaml", 4, 15, 8),
    label="mass",
    related=(Related(Location("factors/desnz/2025/fuels.csv", 61, 1), "desnz-2025/diesel, per L"),),
    notes=("density is not stated",),
    hint="report litres, or add `density: 0.83 kg/L` with its source",
)
GOLDEN = """\
company.yaml:4:15: error[unit-mismatch]: `vans` is in kg (mass) but its factor is per L (volume)
  |
4 |     quantity: 4_812 kg
  |               ^^^^^^^^ mass
  ::: factors/desnz/2025/fuels.csv:61   desnz-2025/diesel, per L
  = note: density is not stated
  = hint: report litres, or add `density: 0.83 kg/L` with its source

"""


def test_text_has_excerpt_caret_related_note_and_hint() -> None:
    assert render_text([MISMATCH], {"company.yaml": LINES}) == GOLDEN


def test_related_place_of_a_known_file_shows_its_line() -> None:
    item = Diagnostic(
        "duplicate-key",
        "key `a` appears twice",
        Location("c.yaml", 12, 1),
        related=(Related(Location("c.yaml", 2, 1), "first here"),),
    )
    lines = ["x: 1", "a: 1", *["#"] * 9, "a: 2"]
    assert render_text([item], {"c.yaml": lines}) == (
        "c.yaml:12:1: error[duplicate-key]: key `a` appears twice\n"
        "   |\n12 | a: 2\n   | ^\n   ::: c.yaml:2   first here\n 2 | a: 1\n\n"
    )


def test_without_place_or_source() -> None:
    plain = Diagnostic("no-activities", "the file holds no activity data")
    assert render_text([plain]) == "error[no-activities]: the file holds no activity data\n\n"
    placed = Diagnostic("x", "m", Location("a.yaml", 9, 1), label="here")
    assert render_text([placed], {"a.yaml": ["one line"]}) == (
        "a.yaml:9:1: error[x]: m\n  = here: here\n\n"
    )


def test_user_text_cannot_drive_the_terminal() -> None:
    item = Diagnostic("x", "bad \x1b[31mred\x9b2J\nline\u202e", Location("a\x1b.yaml", 1, 3))
    text = render_text([item], {"a\x1b.yaml": ["k: \x1b]0;title\x07"]})
    assert not any(ord(char) < 32 and char != "\n" for char in text)
    assert "\x9b" not in text
    assert "\u202e" not in text
    assert text.count("\n") == 5


def test_caret_stands_below_wide_characters() -> None:
    item = Diagnostic("x", "m", Location("a", 1, 5, 2))
    text = render_text([item], {"a": ["工厂: 电力"]})
    assert text.splitlines()[3] == "  |       ^^^^"


def test_long_lines_are_cut_around_the_caret() -> None:
    item = Diagnostic("x", "m", Location("a", 1, 5001, 3))
    rows = render_text([item], {"a": ["y" * 5000 + "bad" + "z" * 5000]}).splitlines()
    assert rows[2].startswith("1 | …yyyy")
    assert rows[2].endswith("…")
    assert len(rows[2]) < 130
    assert rows[2][rows[3].index("^") :][:3] == "bad"


def test_colour_only_adds_escapes() -> None:
    import re

    colored = render_text([MISMATCH], {"company.yaml": LINES}, color=True)
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == GOLDEN


def test_summary_counts() -> None:
    warning = Diagnostic("w", "w", severity=Severity.WARNING)
    found = [MISMATCH, MISMATCH, warning]
    assert summary(found, "company.yaml", computed=False) == (
        "2 errors, 1 warning in company.yaml; nothing was computed"
    )
    assert summary([warning], "company.yaml") == "1 warning in company.yaml"
    assert summary([], "company.yaml") == ""
    assert counted([], zeros=True) == ["0 errors", "0 warnings"]


def test_json_form() -> None:
    text = render_json([MISMATCH])
    assert text.endswith("]\n")
    (record,) = json.loads(text)
    assert list(record) == [
        "code",
        "severity",
        "message",
        "path",
        "line",
        "column",
        "end_column",
        "label",
        "related",
        "notes",
        "hint",
        "periods",
    ]
    assert (record["line"], record["column"], record["end_column"]) == (4, 15, 23)
    assert record["related"] == [
        {
            "path": "factors/desnz/2025/fuels.csv",
            "line": 61,
            "column": 1,
            "label": "desnz-2025/diesel, per L",
        }
    ]
    assert render_json([]) == "[]\n"


@pytest.mark.parametrize("column", [0, 1, 400])
def test_any_column_is_survived(column: int) -> None:
    assert "^" in render_text([Diagnostic("x", "m", Location("a", 1, column))], {"a": ["abc"]})
