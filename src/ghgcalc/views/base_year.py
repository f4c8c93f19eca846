"""The decision table of the base year as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.analysis.base_effects import COUNTS
from ghgcalc.views.table import Column, Fact, Number, Report, Row, Table, places_for

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.analysis.base_effects import Effect
    from ghgcalc.analysis.base_year import Decision
    from ghgcalc.views.table import Phrase


def base_year_report(name: str, decision: Decision) -> Report:
    """Head, the changes with their running sum, the published figures, the verdict."""
    boundary = f"boundary {decision.boundary}" if decision.boundary else "every line"
    heading = (name, f"base year {decision.year}", decision.figure, boundary)
    tables = [_changes(decision)] if decision.effects else []
    tables += [_stated(decision)] if decision.stated else []
    tables += [_scope_2(decision)] if any(t.tonnes is not None for t in decision.scope_2) else []
    return Report(heading, tuple(tables), (_verdict(decision),))


def _places(decision: Decision) -> int:
    known = [effect.tonnes for effect in decision.effects if effect.tonnes is not None]
    return places_for([decision.emissions] if decision.emissions is not None else known)


def _changes(decision: Decision) -> Table:
    columns = (
        Column("date"), Column("change"), Column("effect\ntCO2e", True), Column("%", True),
        Column("running sum\n%", True), Column(""),
    )  # fmt: skip
    return Table("Changes", columns, tuple(_change(decision, item) for item in decision.effects))


def _change(decision: Decision, effect: Effect) -> Row:
    change = effect.change
    how = "computed" if effect.computed and not effect.why else ""
    how = "not computed" if effect.tonnes is None else how
    standing = effect.standing if effect.standing != COUNTS else change.declined and "declined"
    remark = ", ".join(word for word in (how, standing or "", effect.why) if word)
    shown = None if effect.tonnes is None else Number(effect.tonnes, _places(decision), True)
    cells = (
        str(change.date), f"{change.kind}: {change.description}", shown,
        _percent(decision, effect.tonnes), _percent(decision, effect.running), remark,
    )  # fmt: skip
    return Row(cells)


def _percent(decision: Decision, tonnes: Fraction | None) -> Number | None:
    if not decision.emissions or tonnes is None:
        return None
    return Number(tonnes / decision.emissions * 100, 2, True)


def _stated(decision: Decision) -> Table:
    places = _places(decision)
    columns = (
        Column("figure"), Column("stated\ntCO2e", True), Column("computed now\ntCO2e", True),
        Column("difference", True),
    )  # fmt: skip
    rows = []
    for item in decision.stated:
        now = Number(item.computed, places) if item.computed is not None else None
        change = (
            Number(item.computed - item.stated, places, True) if item.computed is not None else None
        )
        label = f"{item.period} {item.figure}, {item.status.replace('_', ' ')}"
        rows.append(Row((label, Number(item.stated, places), now, change), remark=item.reason))
    return Table("Published figures", columns, tuple(rows))


def _scope_2(decision: Decision) -> Table:
    """Both methods of the base year, and where each total comes from (S2-09, R35)."""
    columns = (Column("Scope 2 of the base year"), Column("tCO2e", True))
    places = _places(decision)
    rows = []
    for total in decision.scope_2:
        shown = None if total.tonnes is None else Number(total.tonnes, places)
        rows.append(Row((total.method.replace("_", "-"), shown), remark=total.origin))
    return Table("Scope 2 of the base year", columns, tuple(rows))


def _verdict(decision: Decision) -> Fact:
    places = _places(decision)
    phrases: list[Phrase] = [_emissions(decision, places), _shares(decision)]
    if decision.due:
        phrases.append(("recalculation is due", *_to(decision.restated, places)))
    elif decision.undecided:
        phrases.append((f"undecided: {'; '.join(decision.undecided)}",))
    elif decision.offsetting:
        phrases.append(("no recalculation is due, but changes that offset each other reach it",))
    else:
        phrases.append(("no recalculation is due",))
    return Fact("Decision", tuple(phrases), alert=decision.due or bool(decision.undecided))


def _emissions(decision: Decision, places: int) -> Phrase:
    if decision.emissions is None:
        return ("base year emissions not known: ", decision.origin)
    return (
        "base year emissions ",
        Number(decision.emissions, places),
        f" tCO2e, {decision.origin}",
    )


def _shares(decision: Decision) -> Phrase:
    known = [effect.tonnes is not None for effect in decision.open]
    measured = decision.emissions is not None and (any(known) or not known)
    return (
        f"largest single {'' if all(known) else 'known '}effect ",
        *_share(decision.largest if measured else None), "; sum of effects ",
        *_share(decision.sum_share), "; sizes together ", *_share(decision.gross),
        "; threshold ", Number(decision.threshold * 100, 2), " %",
    )  # fmt: skip


def _share(share: Fraction | None) -> Phrase:
    return ("not computed",) if share is None else (Number(share * 100, 2), " %")


def _to(restated: Fraction | None, places: int) -> Phrase:
    if restated is None:
        return (", to what is not known before every effect is",)
    return (": to ", Number(restated, places), " tCO2e")
