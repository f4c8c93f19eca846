"""`ghgcalc.lock` as text: sorted, two spaces, one value a line; and its changes for people."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ghgcalc.calculation.lock.model import FORMAT, NOT_STATED, Tonnes
from ghgcalc.calculation.lock.read import seal_of
from ghgcalc.core.numbers import plain
from ghgcalc.core.units import Quantity, Unit
from ghgcalc.inventory.lock_figures import PLACES, effect_text, signed, tonnes_text
from ghgcalc.render.text import plural, safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ghgcalc.calculation.lock.model import (
        LineChange,
        LockedPeriod,
        LockedResolution,
        LockedValues,
        PeriodChange,
        ResolutionChange,
    )

MAX_LINES = 20
HEADER = """\
# Written by `ghgcalc lock`; keep it under version control, do not edit it.
# Tonnes are tCO2e with at most 12 decimals; values of factors are as their packs print them.
"""
_PLAIN = re.compile(r"[\w./+(][\w ./+@%>()\-,:·']*", re.UNICODE)
_NULLS = frozenset({"null", "Null", "NULL", "~", ""})


def render_lock(company: str, sections: Mapping[int, str | LockedPeriod]) -> str:
    """The whole file; a section given as text stays as it is, byte for byte."""
    head = f"{HEADER}ghgcalc_lock: {FORMAT}\ncompany: {scalar(company)}\n"
    if not sections:
        return head
    bodies = [
        value if isinstance(value, str) else render_section(year, value)
        for year, value in sorted(sections.items())
    ]
    return head + "periods:\n" + "".join(bodies)


def render_section(year: int, period: LockedPeriod) -> str:
    """One reporting year with its seal."""
    rows = [f"  {year}:"]
    values = period.model_dump(by_alias=True, exclude={"seal"})
    shown: dict[str, Any] = {
        "tool": values["tool"],
        "rules": list(period.rules),
        "consolidation_approach": values["consolidation_approach"],
        "basis": values["basis"],
        "gwp": values["gwp"],
        "totals": period.totals,
        "inputs": period.inputs,
        "evidence": period.evidence,
        "packs": {key: _filled(values["packs"][key]) for key in sorted(period.packs)},
        "resolutions": {
            key: _resolution(period.resolutions[key]) for key in sorted(period.resolutions)
        },
        "absent": list(period.absent),
        "lines": dict(sorted(period.lines.items())),
    }
    rows.extend(_block(_filled(shown), 4))
    body = "\n".join(rows) + "\n"
    return body.replace("\n", f"\n    seal: {seal_of(body)}\n", 1)


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is not stated."""
    return {k: v for k, v in values.items() if v is not None and v not in ("", {}, [], False)}


def _resolution(entry: LockedResolution) -> dict[str, Any]:
    shown = _values(entry)
    if entry.with_ is not None:
        shown["with"] = _values(entry.with_)
    if entry.properties:
        shown["properties"] = {
            ref: _filled({name: getattr(prop, name) for name in type(prop).model_fields})
            for ref, prop in sorted(entry.properties.items())
        }
    if entry.prices is not None:
        shown["prices"] = entry.prices.model_dump()
    if entry.rates:
        shown["rates"] = {
            ref: _filled(rate.model_dump()) for ref, rate in sorted(entry.rates.items())
        }
    return shown


def _values(entry: LockedValues) -> dict[str, Any]:
    found = {
        name: getattr(entry, name)
        for name in type(entry).model_fields
        if name not in ("with_", "properties", "rates", "prices")
    }
    if found["year_rule"] == "any":
        del found["year_rule"]
    if found["lifecycle"] == "combustion":
        del found["lifecycle"]
    return _filled(found)


def _block(values: Mapping[str, Any], indent: int) -> Iterator[str]:
    space = " " * indent
    for key, value in values.items():
        if isinstance(value, dict):
            yield f"{space}{scalar(str(key))}:"
            yield from _block(value, indent + 2)
        elif isinstance(value, list):
            yield f"{space}{scalar(str(key))}:"
            yield from (f"{space}- {scalar(item)}" for item in value)
        else:
            yield f"{space}{scalar(str(key))}: {scalar(_text(value))}"


def _text(value: Any) -> str:
    if value is None:
        return NOT_STATED
    if isinstance(value, Tonnes):
        return tonnes_text(value)
    if isinstance(value, Quantity):
        return f"{value.number:f} {value.unit}"
    if isinstance(value, Unit):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):  # a share of carbon oxidised
        return f"{plain(value * 100, 30)}%"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def scalar(text: str) -> str:
    """A text as one YAML scalar: plain where that is safe, else in double quotes."""
    safe_plain = (
        _PLAIN.fullmatch(text)
        and text not in _NULLS
        and not text.endswith((" ", ":"))
        and ": " not in text
    )
    return text if safe_plain else '"' + "".join(map(_escaped, text)) + '"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    if letter.isprintable():
        return letter
    code = ord(letter)
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


# ---- changes, for people ------------------------------------------------------------------------


def render_changes(changes: list[PeriodChange], shown: str, *, written: bool) -> str:
    """What a lock changes: per question the factors and their effect, lines, totals."""
    rows: list[str] = []
    for change in changes:
        rows += _period(change)
    same = all(not (c.new or c.resolutions or c.lines or _moved(c)) for c in changes)
    if changes:
        verb = "written" if written else "nothing written (--dry-run)"
        rows.append(f"{safe(shown)}: {verb}{', no resolution or figure changes' if same else ''}")
    return "".join(f"{row}\n" for row in rows)


def _moved(change: PeriodChange) -> bool:
    return any(total.before != total.after for total in change.totals)


def _period(change: PeriodChange) -> list[str]:
    count = plural(change.count, "resolution")
    state = "new" if change.new else f"{len(change.resolutions)} changed"
    rows = [f"{change.year}: {count}, {state}"]
    for item in change.resolutions:
        rows += _question(item)
    if change.lines:
        rows.append("  lines")
        rows += [f"    {_line(item)}" for item in change.lines[:MAX_LINES]]
        if len(change.lines) > MAX_LINES:
            rows.append(f"    and {len(change.lines) - MAX_LINES:,} more")
    rows.append("  totals, tCO2e")
    rows += [f"    {t.figure}: {_from_to(t.before, t.after)}" for t in change.totals]
    return rows


def _question(item: ResolutionChange) -> list[str]:
    rows = [f"  {safe(item.asked)}"]
    for sign, entry in (("-", item.before), ("+", item.after)):
        if entry is not None:
            rows.append(f"    {sign} {safe(entry.factor)}: {safe(_printed(entry))}")
    if item.effect is not None:
        rows.append(f"    effect {effect_text(*item.effect)}")
    return rows


def _printed(entry: LockedResolution) -> str:
    gases = ", ".join(f"{amount} {gas}" for gas, amount in entry.gases.items())
    properties = "".join(f"; {ref} {p.value}" for ref, p in sorted(entry.properties.items()))
    properties += "".join(f"; {ref} {rate.value}" for ref, rate in sorted(entry.rates.items()))
    other = f"; with {entry.with_.factor}" if entry.with_ is not None else ""
    return f"{gases} per {entry.per}{properties}{other}"


def _line(item: LineChange) -> str:
    if item.after is None:
        return f"{safe(item.id)}: {_text(item.before)} -> no such line"
    if item.before is None:
        return f"{safe(item.id)}: new, {_text(item.after)}"
    pairs = [(a, b) for a, b in zip(item.before, item.after, strict=True)]
    change = [Fraction(b) - Fraction(a) for a, b in pairs if a is not None and b is not None]
    if len(change) < len(pairs):
        return f"{safe(item.id)}: {_text(item.before)} -> {_text(item.after)}"
    signs = signed(change[0]) if change[0] == change[1] else " / ".join(map(signed, change))
    return f"{safe(item.id)}: {_text(item.before)} -> {_text(item.after)} ({signs})"


def _from_to(before: Decimal | str | None, after: Decimal | str) -> str:
    new = _total(after)
    if before is None or before == after:
        return new
    if isinstance(before, str) or isinstance(after, str):
        return f"{_total(before)} -> {new}"
    return f"{_total(before)} -> {new} ({signed(Fraction(after) - Fraction(before))})"


def _total(value: Decimal | str) -> str:
    return value if isinstance(value, str) else plain(Fraction(value), PLACES)
