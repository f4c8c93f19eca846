"""One line explained: quantity, steps, gases, factor, why it was chosen, what was refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.core.numbers import ZERO, significant
from ghgcalc.core.text.scripts import composed
from ghgcalc.core.vocabulary.fuels import FUELS
from ghgcalc.factors.price_year import prices
from ghgcalc.inventory.passed_over import nearer_words
from ghgcalc.views.equations import DIGITS, Equations, equations, grouped_plain
from ghgcalc.views.words import (
    METHOD_WORDS,
    NOT_FACILITY,
    plain_id,
    rule_words,
    source_words,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import Part, Rejected
    from ghgcalc.factors.model import Factor
    from ghgcalc.inventory.inventory import Inventory

MAX_ALIKE = 3
_KIND = re.compile(r"^is a (.+) factor$")
_REGION = re.compile(r"region ([^,;]+),")


@dataclass(frozen=True, slots=True)
class PartExplained:
    """One priced quantity: heading, its equations, and labelled facts about its factor."""

    heading: str
    equations: Equations
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A line: head words and place, its parts, labelled facts about the line."""

    id: str
    heading: str
    place: str
    parts: tuple[PartExplained, ...]
    facts: tuple[tuple[str, str], ...]


def matching(inventory: Inventory, name: str) -> list[Line]:
    """Lines whose id or activity is `name`; else those below it, `table/facility`."""
    lines, name = inventory.lines, composed(name)
    return (
        [line for line in lines if line.id == name]
        or [line for line in lines if line.activity == name]
        or [line for line in lines if line.id.startswith(f"{name}/")]
    )


def explain_line(
    inventory: Inventory, line: Line, methods: tuple[str, ...], digests: Mapping[str, str | None]
) -> Explanation:
    """Explain a line.

    Args:
        inventory: what the line belongs to; holds the reasons of accepted gaps.
        line: the line.
        methods: methods to show; outside Scope 2 both are the same and shown once.
        digests: sha256 of evidence files, None where there is no such file.
    """
    words = [line.facility or NOT_FACILITY, words_of(line.category)]
    if line.item:  # fuels and gases are words, other items are ids that can be copied
        words.append(plain_id(line.item) if line.item in FUELS else line.item)
    words += [f"Scope {line.scope}", _days(line)]
    shown = methods if line.scope == 2 else (LOCATION,)
    told: set[int] = set()
    parts = tuple(
        _part(inventory, line, part, method if line.scope == 2 else "", told)
        for method in shown
        for part in line.parts(method)
    )
    return Explanation(
        line.id,
        " · ".join(words),
        str(line.location),
        parts,
        tuple(_line_facts(line, shown, digests)),
    )


def _days(line: Line) -> str:
    span = line.span
    whole = (span.first.month, span.first.day, span.last.month, span.last.day) == (1, 1, 12, 31)
    if whole and span.first.year == span.last.year:
        return str(span.first.year)
    return f"{span.first} to {span.last}"


def _line_facts(
    line: Line, methods: tuple[str, ...], digests: Mapping[str, str | None]
) -> list[tuple[str, str]]:
    facts = []
    if line.scope == 2 and len(methods) == 2:
        for method in methods:
            tonnes = line.co2e(method)
            if tonnes is None:
                facts.append((METHOD_WORDS[method], "–  not stated: a second `reported:` line"))
            elif line.parts(method):
                facts.append((METHOD_WORDS[method], f"{significant(tonnes, DIGITS)} tCO2e"))
            elif line.kept:
                facts.append((METHOD_WORDS[method], "0 tCO2e, as locked; nobody states it"))
            else:
                facts.append((METHOD_WORDS[method], "stated in another line of the same source"))
    placed = f"{rule_words(line.placement)}; weight {significant(line.weight * 100)} %"
    if line.source_category != line.category:
        placed += f"; written as {words_of(line.source_category)}"
    facts.append(("placed", placed))
    if line.calculated_by:
        facts.append(("method", plain_id(line.calculated_by)))
    if line.quality:
        scores = ", ".join(f"{name} {score}" for name, score in line.quality.items())
        facts.append(("data quality", f"{scores} (1 very good to 4 poor)"))
    if line.derived_from is not None:
        facts.append(("derived from", line.derived_from))
    if line.supplier:
        facts.append(("supplier", line.supplier))
    if line.rows:
        facts.append(("rows", line.rows))
    facts += _estimate(line)
    noted = "leak rate" if line.derivation is not None else "note"
    facts += [(noted, note) for note in line.notes]
    for name in line.evidence:
        digest = digests.get(name)
        if digest is None:
            facts.append(("evidence", f"{name}  (no such file beside the company file)"))
        else:
            facts += [("evidence", name), ("evidence", f"sha256 {digest}")]
    if not line.evidence:
        facts.append(("evidence", "none stated"))
    return facts


def _estimate(line: Line) -> list[tuple[str, str]]:
    """How much of the quantity is an estimate, how and why."""
    known = line.estimate
    if known is None:
        return []
    how = f"{known.method}: {known.reason}" if known.method else f"rows marked in {known.column}"
    if known.share == 1:
        return [("estimated", how)]
    some, whole = grouped_plain(line.quantity * known.share), grouped_plain(line.quantity)
    part = f"{some} of {whole} {line.unit}"
    return [("estimated", f"{part} ({significant(known.share * 100, 4)} %), {how}")]


def _part(
    inventory: Inventory, line: Line, part: Part, method: str, told: set[int]
) -> PartExplained:
    """Explain a part; a factor already told is only named."""
    plan = part.plan
    known = id(plan) in told
    told.add(id(plan))
    heading = ""
    if method:
        heading = f"{METHOD_WORDS[method]}: {source_words(part)}"
        if part.instrument:
            heading += f" {part.instrument}"
        if method == MARKET and len(line.market_based) > 1:
            heading += _share(line, part)
    return PartExplained(
        heading,
        equations(line, part),
        _told(part) if known else tuple(_factor_facts(inventory, part)),
    )


def _told(part: Part) -> tuple[tuple[str, str], ...]:
    factor = part.plan.resolution.factor
    return (("factor", f"{factor.ref}, as above"),) if factor else ()


def _share(line: Line, part: Part) -> str:
    """Share of the line's energy that a tranche covers."""

    def joules(other: Part) -> Fraction:
        unit = other.plan.unit or line.unit
        return other.quantity * unit.size

    whole = sum((joules(other) for other in line.market_based), ZERO)
    return f", {significant(joules(part) / whole * 100, 4)} % of the line" if whole else ""


def _mass(tonnes: Fraction) -> str:
    if tonnes and abs(tonnes) < 1:
        return f"{significant(tonnes * 1000)} kg"
    return f"{significant(tonnes)} t"


def refusals(rejected: tuple[Rejected, ...]) -> list[str]:
    """Refused candidates in few lines.

    Many of one pack with the same reason share a line; other kinds of factor share one in all.
    """
    groups: dict[tuple[str, str], list[Rejected]] = {}
    kinds: dict[str, int] = {}
    for item in rejected:
        kind = _KIND.match(item.reason)
        if kind:
            kinds[kind[1]] = kinds.get(kind[1], 0) + 1
            continue
        key = (item.ref.partition("/")[0], _REGION.sub("region …,", item.reason))
        groups.setdefault(key, []).append(item)
    found: list[str] = []
    for (pack, reason), members in groups.items():
        if len(members) <= MAX_ALIKE:
            found += [f"{item.ref}  {item.reason}" for item in members]
        else:
            found.append(f"{pack}, {len(members)} factors  {_shared(reason, members)}")
    if kinds:
        listed = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        found.append(f"other kinds of factor: {listed}")
    return found


def _shared(reason: str, members: list[Rejected]) -> str:
    matches = [match[1] for item in members if (match := _REGION.match(item.reason))]
    regions = list(dict.fromkeys(matches))
    if len(regions) < 2:
        return members[0].reason
    return f"{reason.replace('region …', 'other regions')} ({regions[0]} … {regions[-1]})"


def _complement(other: Factor | None) -> list[tuple[str, str]]:
    """The row of the other gases: its figures may have reached us in another way."""
    if other is None:
        return []
    how = "" if other.pack.own else f"; {other.evidence.label}"
    row = f"{other.ref}@{other.pack.header.version}  {other.locator}".rstrip()
    return [("with", f"{row}{how}")]


def _nearer(part: Part) -> list[tuple[str, str]]:
    """A row nearer in region that another one goes before, with what it would give."""
    taken, other = part.plan.resolution.factor, part.plan.resolution.nearer
    if taken is None or other is None or other.instead is None:
        return []
    theirs = significant(part.quantity * other.instead / 1000, DIGITS)
    return [("nearer", f"{nearer_words(taken, other)}: {theirs} tCO2e")]


def _factor_facts(inventory: Inventory, part: Part) -> list[tuple[str, str]]:
    resolution = part.plan.resolution
    factor = resolution.factor
    facts: list[tuple[str, str]] = []
    if factor is None:
        facts.append(("factor", "none needed"))
    else:
        where = factor.locator or (str(factor.location) if factor.location else "")
        facts.append(("factor", f"{factor.ref}@{factor.pack.header.version}  {where}".rstrip()))
        how = "" if factor.pack.own else f"; {factor.evidence.label}"
        facts.append(("from", f"{factor.pack.header.title}{how}"))
        if prices(factor):
            facts.append(("prices", f"{prices(factor)}; no amount is deflated by itself"))
        if factor.note:
            facts.append(("note", factor.note))
        facts += _complement(part.plan.complement)
    facts.append(("chosen", resolution.chosen))
    if resolution.lock is not None:
        facts.append(("locked", str(resolution.lock)))
    reasons = {gap.entry: gap for gap in inventory.accepted}
    for gap in resolution.gaps:
        entry = reasons.get(gap.entry)
        why = f": {entry.reason} ({entry.location})" if entry else ""
        facts.append(("accepted", f"{plain_id(gap.kind)}, {gap.detail}{why}"))
    facts += _nearer(part)
    if part.plan.partial:
        facts.append(("not printed", f"{part.plan.partial}: the publisher gives no value"))
    facts += [("refused", text) for text in refusals(resolution.rejected)]
    for rate in part.plan.outside:
        facts.append(
            (
                "outside",
                f"{rate.gas} {_mass(part.quantity * rate.kg / 1000)}, not one of"
                " the seven gases, in no total",
            )
        )
    return facts
