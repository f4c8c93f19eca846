"""The field's words for ids: categories, approaches, kinds of tranche."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.numbers import significant
from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.core.vocabulary.scope_3_methods import NOT_STATED

if TYPE_CHECKING:
    from ghgcalc.calculation.results.line import Line
    from ghgcalc.calculation.results.plan import Part
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.inventory.scope_3_methods import MethodsOf

METHOD_WORDS = {"location_based": "location-based", "market_based": "market-based"}
NOT_FACILITY = "no facility"
NOT_COUNTRY = "no country"


def heading_of(category: str) -> str:
    """Heading of a category in tables, `Stationary combustion`, `6 Business travel`."""
    known = CATEGORIES.get(category)
    if known is not None:
        return known.heading
    if category.startswith("reported_scope_"):
        return "Reported by another party"
    return category.replace("_", " ").capitalize()


def words_of(category: str) -> str:
    """A category inside a sentence, `stationary combustion`, `business travel`."""
    text = heading_of(category).lstrip("0123456789 ")
    return text[:1].lower() + text[1:]


def methods_words(methods: MethodsOf) -> str:
    """By which methods a Scope 3 category was calculated, with their shares."""
    several = len(methods.tonnes) > 1
    found = []
    for word in methods.tonnes:
        share = methods.share(word)
        known = several and share is not None
        percent = f" {significant(share * 100, 2)} %" if known and share is not None else ""
        found.append(f"{'method not stated' if word == NOT_STATED else hyphened(word)}{percent}")
    partners = methods.of_partners
    if several and partners:
        found.append(f"partners' data {significant(partners * 100, 2)} %")
    return ", ".join(found)


def hyphened(method: str) -> str:
    """A method as the guidance writes it, `average-data`."""
    return method.replace("_", "-")


def plain_id(text: str) -> str:
    """An id as words: underscores become spaces."""
    return text.replace("_", " ")


def rule_words(rule: str) -> str:
    """A rule of placement as words; a holder's id between backticks stays as it is."""
    parts = rule.split("`")
    return "`".join(part if index % 2 else plain_id(part) for index, part in enumerate(parts))


def tranche_of(part: Part) -> str:
    """What kind of tranche a market-based part is: instrument type, `uncovered` and others."""
    return part.tranche or source_words(part)


def source_words(part: Part) -> str:
    """What prices a part: the type of an instrument as words; ids of others can be copied."""
    return part.source if part.instrument is None else plain_id(part.source)


def about(line: Line) -> str:
    """Category and item of a line, `stationary combustion, natural gas`."""
    item = plain_id(line.item)
    return f"{words_of(line.category)}, {item}" if item else words_of(line.category)


def heading_words(inventory: Inventory) -> tuple[str, ...]:
    """The parts of the head line: name, period, boundary, approach, GWP set, status."""
    span = inventory.span
    period = inventory.period
    if period != str(span.first.year) or (span.first.month, span.first.day) != (1, 1):
        period = f"{period} ({span.first} to {span.last})" if "/" not in period else period
    words = [inventory.name, f"GHG inventory {period}"]
    if inventory.part_of_year:
        words.append(inventory.part_of_year)
    if inventory.boundary is not None:
        words.append(f"boundary {inventory.boundary}")
    words += [plain_id(inventory.approach), f"{inventory.gwp_set} (100-year)"]
    if inventory.status:
        words.append(inventory.status)
    return tuple(words)
