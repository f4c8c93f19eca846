"""A verification as text or JSON: changed cells, misstatement per scope, verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ghgcalc.core.numbers import grouped, signed
from ghgcalc.render.json.text import indented, number
from ghgcalc.render.text import safe
from ghgcalc.views.words import METHOD_WORDS

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.analysis.compare.misstatement import Misstatement
    from ghgcalc.analysis.compare.saved_changes import Change
    from ghgcalc.render.style import Style

SHOWN, ITEMS = 40, 5
_FIGURES = {"scope_1": "Scope 1", "scope_2": "Scope 2", "scope_3": "Scope 3",
            "scope_1_2_3": "Scope 1 + 2 + 3"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verification:
    """What `ghgcalc verify` found.

    Attributes:
        sources: inputs and packs whose sha256 differs from the saved file's, and other versions.
        materiality: the threshold, or None where none is stated.
    """

    file: str
    changes: list[Change]
    sources: list[str]
    figures: list[Misstatement]
    materiality: Fraction | None

    @property
    def good(self) -> bool:
        """No misstatement reaches the threshold; without one, there is none at all."""
        if self.materiality is None:
            return not any(figure.gross for figure in self.figures)
        return not any(figure.material(self.materiality) for figure in self.figures)


def render_text(found: Verification) -> str:
    """As text."""
    lines = [f"{safe(text)}" for text in found.sources]
    if found.changes:
        lines.append(f"{len(found.changes):,} {_places(found.changes)}:")
    else:
        lines.append("every cell is as recomputed" if found.file.endswith(".xlsx")
                     else "every value is as recomputed")  # fmt: skip
    for change in found.changes[:SHOWN]:
        lines.append(f"  {safe(found.file)}:{safe(change.place)}")
        lines.append(f"    stated {safe(change.stated)}, recomputed {safe(change.recomputed)}")
    if len(found.changes) > SHOWN:
        lines.append(f"  and {len(found.changes) - SHOWN:,} more; `--format json` lists all")
    lines += ["", *_table(found)]
    if found.materiality is None:
        lines.append("no materiality is stated: add `--materiality 5%`, or `materiality:` under"
                     " `assurance:`")  # fmt: skip
    return "\n".join(lines) + "\n"


def _places(items: list[Any]) -> str:
    return "place differs" if len(items) == 1 else "places differ"


def _table(found: Verification) -> list[str]:
    head = ("misstatement, tCO2e", "stated", "recomputed", "net", "gross", "%", "")
    rows = [head, *(_row(figure, found.materiality) for figure in found.figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    lines = []
    for index, row in enumerate(rows):
        cells = [row[0].ljust(widths[0])]
        cells += [row[place].rjust(widths[place]) for place in range(1, 6)]
        lines.append("  ".join([*cells, row[6]]).rstrip())
        if index:
            lines += _items(found.figures[index - 1])
    return lines


def _row(figure: Misstatement, materiality: Fraction | None) -> tuple[str, ...]:
    label = _FIGURES[figure.figure]
    if figure.figure in ("scope_2", "scope_1_2_3"):
        label += f", {METHOD_WORDS[figure.method]}"
    share = figure.share
    percent = "–" if share is None else grouped(share * 100, 2)
    verdict = ""
    if materiality is not None:
        limit = f"{grouped(materiality * 100, 1)} %"
        verdict = f"material, {limit}" if figure.material(materiality) else f"below {limit}"
    return (label, _tonnes(figure.stated), _tonnes(figure.recomputed),
            signed(figure.net, 3), grouped(figure.gross, 3), percent, verdict)  # fmt: skip


def _tonnes(value: Fraction | None) -> str:
    return "–" if value is None else grouped(value, 3)


def _items(figure: Misstatement) -> list[str]:
    if figure.figure == "scope_1_2_3":
        return []
    ranked = sorted(figure.items, key=lambda item: (-abs(item[1]), item[0]))
    lines = [f"  {safe(what)}: {signed(change, 3)}" for what, change in ranked[:ITEMS]]
    more = len(ranked) - ITEMS
    return [*lines, f"  and {more:,} more"] if more > 0 else lines


def render_json(found: Verification) -> str:
    """As JSON, schema `ghgcalc-verification-1`."""
    return indented({
        "schema": "ghgcalc-verification-1", "file": found.file, "good": found.good,
        "materiality": number(found.materiality), "sources": found.sources,
        "changes": [change._asdict() for change in found.changes],
        "figures": [
            {
                "figure": f.figure, "method": f.method, "stated": number(f.stated),
                "recomputed": number(f.recomputed), "net": number(f.net),
                "gross": number(f.gross), "share": number(f.share),
                "material": None if found.materiality is None else f.material(found.materiality),
                "items": [{"line": what, "tco2e": number(change)} for what, change in f.items],
            }
            for f in found.figures
        ],
    })  # fmt: skip


def text_form(found: Verification, _: Style) -> str:
    """A verification in the format `table`, which the command calls text."""
    return render_text(found)


def json_form(found: Verification, _: Style) -> str:
    """A verification in the format `json`."""
    return render_json(found)
