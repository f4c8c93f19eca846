"""A comparison as people read it: totals, why, where, like for like, what was not matched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.analysis.compare.causes import CDP
from ghgcalc.analysis.compare.difference import intensities
from ghgcalc.calculation.results.line import MARKET
from ghgcalc.core.numbers import ZERO
from ghgcalc.views.table import (
    Bar,
    Column,
    Fact,
    Number,
    Report,
    Row,
    Table,
    figure_places,
    places_for,
)
from ghgcalc.views.words import METHOD_WORDS, heading_of, plain_id, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from fractions import Fraction

    from ghgcalc.analysis.compare.difference import Change, Difference, Figure
    from ghgcalc.analysis.compare.snapshot import Snapshot
    from ghgcalc.views.table import Phrase

LARGEST = 8
FIGURES = {
    "scope_1": "Scope 1",
    "scope_2": "Scope 2",
    "scope_1_2": "Scope 1 + 2",
    "scope_3": "Scope 3",
    "all_scopes": "Scope 1 + 2 + 3",
}
BY = ("scope", "category", "facility", "gas", "line")


def difference_report(found: Difference, methods: Sequence[str], by: str | None) -> Report:
    """Head, tables and facts of a comparison.

    Args:
        found: the comparison.
        methods: the Scope 2 methods to show.
        by: a dimension that replaces the largest changes: scope, category, facility, gas or line.
    """
    known = [method for method in methods if found.computed(method)]
    tables = [_totals(found, methods)]
    if known:
        where = _by(found, known[-1], by) if by else _largest(found, known[-1])
        tables += [_why(found, known), *([where] if where.rows else [])]
    return Report(_heading(found), tuple(tables), tuple(_facts(found, methods, known)))


def _heading(found: Difference) -> tuple[str, ...]:
    before, after = found.before, found.after
    names = dict.fromkeys([before.name, after.name])
    boundaries = dict.fromkeys([before.boundary, after.boundary])
    words = [" → ".join(names), f"{_label(before)} → {_label(after)}"]
    if len(boundaries) == 1 and before.boundary:
        words.append(f"boundary {before.boundary}")
    words.append(" → ".join(dict.fromkeys([plain_id(before.approach), plain_id(after.approach)])))
    words.append(" → ".join(dict.fromkeys([before.gwp_set, after.gwp_set])))
    return tuple(words)


def _label(side: Snapshot) -> str:
    return side.label if side.period in side.label else f"{side.label} ({side.period})"


def _places(found: Difference) -> int:
    return places_for(value for figure in found.figures for value in (figure.before, figure.after))


def _totals(found: Difference, methods: Sequence[str]) -> Table:
    places = _places(found)
    shown = [figure for figure in found.figures if figure.method in (None, *methods)]
    if not any(line.scope == 3 for side in (found.before, found.after) for line in side.lines):
        shown = [figure for figure in shown if figure.name not in ("scope_3", "all_scopes")]
    columns = (
        Column(""), Column(found.before.label, True), Column(found.after.label, True),
        Column("change", True), Column("%", True),
    )  # fmt: skip
    return Table("Totals", columns, tuple(_figure(f, places) for f in shown), unit="tCO2e")


def _figure(figure: Figure, places: int) -> Row:
    method = f", {METHOD_WORDS[figure.method]}" if figure.method else ""
    percent = None if figure.share is None else Number(figure.share * 100, 1, True)
    cells = (
        f"{FIGURES[figure.name]}{method}", _number(figure.before, places),
        _number(figure.after, places), _number(figure.change, places, True), percent,
    )  # fmt: skip
    return Row(cells)


def _number(value: Fraction | None, places: int, signed: bool = False) -> Number | None:
    return None if value is None else Number(value, places, signed)


def _why(found: Difference, methods: Sequence[str]) -> Table:
    """Causes by method, with the categories that make them, and a bar of the last method."""
    places = _places(found)
    causes = {method: found.causes(method) for method in methods}
    names = list(dict.fromkeys(name for method in methods for name in causes[method]))
    last = methods[-1]
    widest = max((abs(value) for value in causes[last].values()), default=ZERO)
    rows: list[Row] = []
    for name in names:
        parts = _categories(found, methods, name)
        amounts = [causes[method].get(name, ZERO) for method in methods]
        bar = Bar(abs(amounts[-1]) / widest) if widest else ""
        single = f": {words_of(next(iter(parts)))}" if len(parts) == 1 else ""
        rows.append(Row((name + single, *_signed(amounts, places), bar), sums=len(parts) > 1))
        if len(parts) > 1:
            rows += [
                Row((words_of(category), *_signed(values, places), ""), level=1)
                for category, values in parts.items()
            ]
    change = [sum(causes[method].values(), ZERO) for method in methods]
    rows.append(Row(("change", *_signed(change, places), "")))
    heads = (Column(METHOD_WORDS[method], True) for method in methods)
    columns = (Column(""), *heads, Column(""))
    return Table("Why", columns, tuple(rows), ("the causes add up exactly",), "tCO2e")


def _signed(values: Iterable[Fraction], places: int) -> list[Number]:
    return [Number(value, places, True) for value in values]


def _categories(found: Difference, methods: Sequence[str], cause: str) -> dict[str, list[Fraction]]:
    """Tonnes of a cause by category and method, largest first."""
    parts: dict[str, list[Fraction]] = {}
    for change in found.changes:
        values = [change.cause(method, cause) for method in methods]
        if any(values):
            old = parts.get(change.category, [ZERO] * len(methods))
            parts[change.category] = [a + b for a, b in zip(old, values, strict=True)]
    return dict(sorted(parts.items(), key=lambda item: (-abs(item[1][-1]), item[0])))


def _largest(found: Difference, method: str) -> Table:
    moved = [change for change in found.changes if change.change(method)]
    moved.sort(key=lambda change: (-abs(change.change(method) or ZERO), change.pair.first.id))
    groups = [(_line_label(change), [change]) for change in moved[:LARGEST]]
    return _rows_of(found, method, groups, "Largest changes")


def _line_label(change: Change) -> str:
    words = [words_of(change.category)]
    if change.item:
        words.append(plain_id(change.item))
    return f"{', '.join(words)}{f'  {change.facility}' if change.facility else ''}"


def _by(found: Difference, method: str, by: str) -> Table:
    if by == "gas":
        return _by_gas(found, method)
    keys: dict[str, Callable[[Change], str]] = {
        "scope": lambda change: f"Scope {change.scope}",
        "category": lambda change: heading_of(change.category),
        "facility": lambda change: change.facility or "no facility",
        "line": _line_label,
    }
    groups: dict[str, list[Change]] = {}
    for change in found.changes:
        groups.setdefault(keys[by](change), []).append(change)
    return _rows_of(found, method, list(groups.items()), f"By {by}")


def _rows_of(
    found: Difference, method: str, groups: list[tuple[str, list[Change]]], title: str
) -> Table:
    """One row per group: before, after, change, and the cause that made most of it."""
    places = _places(found)
    rows = []
    for label, changes in groups:
        before = sum((change.before[method] or ZERO for change in changes), ZERO)
        after = sum((change.after[method] or ZERO for change in changes), ZERO)
        cells = _side_by_side(before, after, places)
        rows.append(Row((label, *cells), remark=_main_cause(changes, method)))
    return _table_of(found, method, title, rows)


def _side_by_side(before: Fraction, after: Fraction, places: int) -> tuple[Number, ...]:
    change = Number(after - before, places, True)
    return Number(before, places), Number(after, places), change


def _table_of(found: Difference, method: str, title: str, rows: list[Row]) -> Table:
    heads = (Column(word, True) for word in (found.before.label, found.after.label, "change"))
    head = Column(f"{title}, {METHOD_WORDS[method]}")
    return Table(head.heading, (head, *heads), tuple(rows))


def _main_cause(changes: Sequence[Change], method: str) -> str:
    causes: dict[str, Fraction] = {}
    for change in changes:
        for (cause, _), tonnes in change.effects[method].items():
            causes[cause] = causes.get(cause, ZERO) + tonnes
    return max(causes, key=lambda name: (abs(causes[name]), name)) if causes else ""


def _by_gas(found: Difference, method: str) -> Table:
    sums: dict[str, list[Fraction]] = {}
    for index, side in enumerate((found.before, found.after)):
        for line in side.lines:
            for gas in (gas for part in line.parts[method] for gas in part.gases):
                sums.setdefault(gas.gas, [ZERO, ZERO])[index] += gas.tonnes
    places = _places(found)
    rows = [
        Row((name, *_side_by_side(before, after, places)))
        for name, (before, after) in sorted(sums.items())
    ]
    return _table_of(found, method, "By gas", rows)


# ---- facts -----------------------------------------------------------------------------------


def _facts(found: Difference, methods: Sequence[str], known: Sequence[str]) -> Iterable[Fact]:
    """`known` are the methods whose change is computed."""
    places = _places(found)
    open_ = [
        (f"{METHOD_WORDS[method]}: not stated of {', '.join(found.lacking(method))}",)
        for method in methods
        if method not in known
    ]
    if apart := scope_3_apart(found):
        open_.append((apart,))
    if open_:
        yield Fact("Not computed", tuple(open_), alert=True)
    if known:
        yield Fact("Like for like", tuple(_like_for_like(found, known, places)))
    shown = tuple(_intensities(found, methods))
    if shown:
        yield Fact("Intensity", shown)
    if known:
        yield from _unmatched(found, known, places)
    if known and not found.same_period:  # a correction is no change from one year to the next
        yield Fact("CDP 7.10.1", tuple(_cdp(found, known[-1], places)))
    notes = [(note,) for note in dict.fromkeys([*found.before.notes, *found.after.notes])]
    notes += [(text,) for text in differences_of(found)]
    if notes:
        yield Fact("Notes", tuple(notes))


def scope_3_apart(found: Difference) -> str:
    """That Scope 3 stands on one side alone, which is no change of it; empty where it does not."""
    if len(found.not_evaluated) != 1:
        return ""
    figure = found.total("scope_3")
    without, other = ("before", "after") if figure.before is None else ("after", "before")
    return (
        f"Scope 3: not evaluated in {found.not_evaluated[0]} ({without}), which is not 0 t;"
        f" its sources stand only {other}, and Scope 1 + 2 + 3 moves by them: a boundary, not like"
        " for like"
    )


def _like_for_like(found: Difference, methods: Sequence[str], places: int) -> Iterable[Phrase]:
    for method in methods:
        change, base = found.like_for_like(method), found.restated(method)
        if change is None or base is None:
            continue
        phrase: list[str | Number] = [
            f"{METHOD_WORDS[method]}: ", Number(change, places, True), " tCO2e",
        ]  # fmt: skip
        if base > 0:
            phrase += [" (", Number(change / base * 100, 1, True), " %"]
            moved = base != found.total("all_scopes", method).before
            phrase += [" of ", Number(base, places), " restated)"] if moved else [")"]
        yield (*phrase, " without boundary, consolidation, method, GWP set and restatements")


def _intensities(found: Difference, methods: Sequence[str]) -> Iterable[Phrase]:
    """Relative beside absolute: an intensity may fall while emissions rise."""
    for item in intensities(found):
        if item.method in methods and item.before is not None and item.after is not None:
            per = item.unit if item.unit not in ("", "1") else item.label
            phrase: list[str | Number] = [
                f"Scope 1 + 2 per {per}, {METHOD_WORDS[item.method]}: ",
                Number(item.before, figure_places(item.before, 4)), " → ",
                Number(item.after, figure_places(item.after, 4)), " tCO2e",
            ]  # fmt: skip
            if item.before:
                change = (item.after - item.before) / item.before * 100
                phrase += [" (", Number(change, 1, True), " %)"]
            yield tuple(phrase)


def _unmatched(found: Difference, methods: Sequence[str], places: int) -> Iterable[Fact]:
    last = methods[-1]
    for label, side in (("Only before", True), ("Only after", False)):
        alone = [
            change
            for change in found.changes
            if bool(change.pair.before) == side and bool(change.pair.after) != side
        ]
        phrases: list[Phrase] = [
            (f"{_line_label(change)}: ", Number(change.change(last) or ZERO, places, True),
             f" tCO2e, {_main_cause([change], last) or 'no emissions'}")
            for change in alone
        ]  # fmt: skip
        if phrases:
            yield Fact(label, tuple(phrases))


def _cdp(found: Difference, method: str, places: int) -> Iterable[Phrase]:
    sums: dict[str, Fraction] = {}
    for cause, tonnes in found.causes(method, (1, 2)).items():
        sums[CDP[cause]] = sums.get(CDP[cause], ZERO) + tonnes
    before = found.total("scope_1_2", method).before
    for reason, tonnes in sorted(sums.items(), key=lambda item: (-abs(item[1]), item[0])):
        phrase: list[str | Number] = [f"{reason}: ", Number(tonnes, places, True), " t"]
        if before:
            phrase += [" (", Number(tonnes / before * 100, 1, True), " %)"]
        yield (*phrase, f", Scope 1 + 2 {METHOD_WORDS[method]}")


def differences_of(found: Difference) -> Iterable[str]:
    """Choices in which the sides differ, and a warning where much of the change has no reason."""
    before, after = found.before, found.after
    for what, old, new in (
        ("GWP set", before.gwp_set, after.gwp_set),
        ("consolidation approach", plain_id(before.approach), plain_id(after.approach)),
        ("boundary", before.boundary or "every line", after.boundary or "every line"),
    ):
        if old != new:
            yield f"{what} differs: {old} before, {new} after"
    whole = abs(sum(found.causes(MARKET, (1, 2)).values(), ZERO))
    unknown = abs(found.causes(MARKET, (1, 2)).get("reported figure", ZERO))
    if whole and unknown * 10 > whole:
        yield "more than a tenth of the change is unidentified: reported without activity data"
