"""The answer to a query: groups of lines with their tonnes; exact, and they add up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from ghgcalc.analysis.query.atoms import atoms_of
from ghgcalc.analysis.query.fields import FIELDS
from ghgcalc.analysis.query.language import LINE_KEYS, MONTH_KEYS, ORDERED, QueryError
from ghgcalc.calculation.results.line import plus
from ghgcalc.core.numbers import ZERO
from ghgcalc.core.spelling import nearest
from ghgcalc.core.vocabulary.categories import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from fractions import Fraction

    from ghgcalc.analysis.query.atoms import Atom
    from ghgcalc.analysis.query.language import Condition, Query, Value
    from ghgcalc.inventory.inventory import Inventory

# the keys of the rows where nothing says `by`: the lines themselves
EACH_LINE: Final = ("line", "facility", "category", "item")
_IN_ORDER: Final = frozenset({"scope", *MONTH_KEYS})
_FIXED: Final = {"scope": ("1", "2", "3"), "category": tuple(CATEGORIES),
                 "written_category": tuple(CATEGORIES)}  # fmt: skip


@dataclass(slots=True)
class Group:
    """Pieces of lines alike in the keys asked for.

    `quantity` is None where they are of several categories, items or units, whose quantities are
    no sum of one thing, or where the pieces are no shares of it; `unit` likewise.
    """

    keys: tuple[str, ...]
    lines: set[str] = field(default_factory=set)
    location_based: Fraction | None = ZERO
    market_based: Fraction | None = ZERO
    biogenic: Fraction = ZERO
    quantity: Fraction | None = ZERO
    kinds: set[tuple[str, str, str]] = field(default_factory=set)

    @property
    def unit(self) -> str | None:
        """The one unit of the quantities."""
        return next(iter(self.kinds))[-1] if len(self.kinds) == 1 else None

    def add(self, atom: Atom) -> None:
        """Add a piece of a line."""
        self.lines.add(atom.line.id)
        self.location_based = plus(self.location_based, atom.location_based)
        self.market_based = plus(self.market_based, atom.market_based)
        self.biogenic += atom.biogenic
        self.kinds.add((atom.line.source_category, atom.line.item, str(atom.line.unit)))
        self.quantity = plus(self.quantity, atom.quantity) if self.unit else None

    def merge(self, other: Group) -> None:
        """Add another group."""
        self.lines |= other.lines
        self.location_based = plus(self.location_based, other.location_based)
        self.market_based = plus(self.market_based, other.market_based)
        self.biogenic += other.biogenic
        self.kinds |= other.kinds
        self.quantity = plus(self.quantity, other.quantity) if self.unit else None


class Answer(NamedTuple):
    """The groups in order, what `top` leaves out as one group, and all of them together."""

    inventory: Inventory
    text: str
    by: tuple[str, ...]
    groups: tuple[Group, ...]
    others: Group | None
    others_count: int
    whole: Group


def answer(
    inventory: Inventory, query: Query, text: str, known: Mapping[str, Iterable[str]]
) -> Answer:
    """Answer a query over the lines of an inventory.

    Args:
        inventory: without errors.
        query: what is asked.
        text: how it was written.
        known: further names by key that the file holds, such as facilities without lines.

    Raises:
        QueryError: a value is known nowhere in the inventory, or a month lies outside its days.
    """
    atoms = list(atoms_of(inventory.lines, query.keys))
    for condition in query.conditions:
        _judge(condition, atoms, inventory, known.get(condition.key, ()))
    tests = [_test(condition) for condition in query.conditions]
    by = query.by or EACH_LINE
    fields = [FIELDS[key] for key in by]
    found: dict[tuple[str, ...], Group] = {}
    for atom in atoms:
        if all(test(atom) for test in tests):
            keys = tuple(each(atom) for each in fields)
            found.setdefault(keys, Group(keys)).add(atom)
    ordered = _in_order(list(found.values()), by)
    shown, left = _top(ordered, query.top)
    return Answer(inventory, text, by, tuple(shown), _together(left) if left else None, len(left),
                  _together(ordered))  # fmt: skip


def _together(groups: Iterable[Group]) -> Group:
    whole = Group(())
    for each in groups:
        whole.merge(each)
    return whole


def _test(condition: Condition) -> Callable[[Atom], bool]:
    """Whether a piece meets a condition."""
    told, values = FIELDS[condition.key], condition.values
    if condition.sign in ORDERED:
        holds, bound = ORDERED[condition.sign], values[0].text
        return lambda atom: holds(told(atom), bound)
    plain = {each.text for each in values if each.pattern is None}
    patterns = [each.pattern for each in values if each.pattern is not None]
    wanted = condition.sign == "="

    def meets(atom: Atom) -> bool:
        text = told(atom)
        return (text in plain or any(each.fullmatch(text) for each in patterns)) is wanted

    return meets


def _judge(
    condition: Condition, atoms: list[Atom], inventory: Inventory, names: Iterable[str]
) -> None:
    """Refuse a value that nothing in the inventory bears; an empty answer would hide a slip."""
    key = condition.key
    if key in MONTH_KEYS:
        for value in condition.values:
            _judge_month(key, value, inventory)
        return
    told = FIELDS[key]
    known = dict.fromkeys((*(told(atom) for atom in atoms), *names, *_FIXED.get(key, ())))
    for value in condition.values:
        if value.text and value.pattern is None and value.text not in known:
            raise _unknown(key, value.text, [name for name in known if name])


def _unknown(key: str, text: str, known: list[str]) -> QueryError:
    near = nearest(text, known)
    message = f"no line has the {key} `{text}`"
    if near is not None:
        return QueryError(message, f"write `{key}={near}`")
    listed = ", ".join(f"`{name}`" for name in sorted(known)[:8]) or "none"
    more = f", and {len(known) - 8} more: `by {key}` lists them" if len(known) > 8 else ""
    return QueryError(message, f"{key}: {listed}{more}")


def _judge_month(key: str, value: Value, inventory: Inventory) -> None:
    """A month outside the inventory is another period's, and not one without emissions."""
    span, text = inventory.span, value.text
    first, last = (f"{day.year}-{day.month:02}" for day in (span.first, span.last))
    if key == "quarter":
        first, last = (f"{day.year}-Q{(day.month + 2) // 3}" for day in (span.first, span.last))
    if not first <= text <= last:
        raise QueryError(f"{text} lies outside the period {inventory.period}",
                         f"name another period: `--period {text[:4]}`")  # fmt: skip


def _in_order(groups: list[Group], by: tuple[str, ...]) -> list[Group]:
    """Scopes and months as they follow, else the largest first, level by level."""
    sizes: dict[tuple[str, ...], Group] = {}
    for group in groups:
        for depth in range(1, len(by) + 1):
            sizes.setdefault(group.keys[:depth], Group(())).merge(group)

    def rank(group: Group) -> list[tuple[bool, Fraction, str]]:
        levels = []
        for depth, key in enumerate(by, 1):
            name, total = group.keys[depth - 1], sizes[group.keys[:depth]].market_based
            size = ZERO if key in _IN_ORDER else -(total or ZERO)
            levels.append((total is not None or key in _IN_ORDER, size, name))
        return levels

    if by == EACH_LINE:
        return sorted(groups, key=lambda group: rank(group)[:1])
    return sorted(groups, key=rank)


def _top(groups: list[Group], top: int | None) -> tuple[list[Group], list[Group]]:
    """The `top` largest rows in their order, and the rest."""
    if top is None or len(groups) <= top:
        return groups, []
    unknown_first = sorted(groups, key=lambda group: (group.market_based is not None,
                                                      -(group.market_based or ZERO)))  # fmt: skip
    kept = {id(group) for group in unknown_first[:top]}
    return ([group for group in groups if id(group) in kept],
            [group for group in groups if id(group) not in kept])  # fmt: skip


assert set(EACH_LINE) <= set(LINE_KEYS)
