"""Accounts of a ledger of spend, and factors per money whose names their names suggest."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from ghgcalc.activity_data.tables.collapse import engine
from ghgcalc.company.lists import Listing
from ghgcalc.core.diagnostics import Diagnostic, Location, Outcome, has_errors
from ghgcalc.core.numbers import NumberError, parse_quantity_number
from ghgcalc.core.unit_table import CURRENCIES
from ghgcalc.factors.search import search, wanted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ghgcalc.factors.pack import Pack

_SHORTEST, _LOOKED, _SHOWN = 3, 400, 3
# a word stands in the name itself, or is met by a slip, a synonym or what the category is called
_BEGINS, _OTHERWISE = 5, Fraction(1, 50)


class Ledger(Listing):
    """A ledger as a list: which of its columns are an account, its name, an amount, a currency."""

    NEEDS: ClassVar[tuple[str, ...]] = ("account",)

    def _columns_known(self) -> None:
        """Each is set by an option of the command."""


class Candidate(NamedTuple):
    """An item that may be meant, what its factors are called, and the packs that have them."""

    item: str
    name: str
    packs: tuple[str, ...]


@dataclass(slots=True)
class Account:
    """An account: its rows, its spend by currency, and what its name suggests, the best first."""

    code: str
    name: str = ""
    rows: int = 0
    spend: dict[str, Fraction] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()


def accounts_of(ledger: Ledger, folder: Path, currency: str) -> Outcome[list[Account]]:
    """The accounts of a ledger, those of the most spend first.

    Args:
        ledger: its file and columns.
        folder: the folder that its path is below.
        currency: of rows without a column of currencies.

    Diagnosed: what the reader finds of the file, `not-a-number`, `unknown-unit`.
    """
    here = Location(ledger.files[0], 1, 1)
    read = engine().read_list(("ledger",), ledger, folder, locate=lambda _: here)
    if has_errors(read.diagnostics):
        return Outcome([], read.diagnostics)
    found: dict[str, Account] = {}
    problems: list[Diagnostic] = []
    for row in read.value.rows:
        cells = row.cells
        account = found.setdefault(cells["account"], Account(cells["account"]))
        account.name = account.name or cells.get("name", "")
        account.rows += 1
        where = Location(read.value.files[row.file].shown, row.row, 1)
        money = cells.get("currency", currency)
        if "amount" not in cells:
            continue
        if money not in CURRENCIES:
            text = f"`{money}` is not a currency"
            problems.append(Diagnostic("unknown-unit", text, where, hint="write a code like `EUR`"))
            continue
        try:
            amount = Fraction(parse_quantity_number(cells["amount"]))
        except NumberError as error:
            problems.append(Diagnostic(error.code, error.message, where, hint=error.hint))
            continue
        account.spend[money] = account.spend.get(money, Fraction(0)) + amount
    if problems:
        return Outcome([], tuple(problems[:_SHOWN]))
    most = sorted(found.values(), key=lambda each: (-sum(each.spend.values()), each.code))
    return Outcome(most)


def proposed(accounts: Sequence[Account], packs: Sequence[Pack], category: str) -> None:
    """Give each account the items whose names have most of the words of its own; none is chosen."""
    found = cache(lambda word: _items(word, packs, category))
    for account in accounts:
        scores: dict[str, Fraction] = {}
        known: dict[str, Candidate] = {}
        for word in dict.fromkeys(account.name.casefold().split()):
            items = found(word) if len(word) >= _SHORTEST else {}
            for item, candidate in items.items():  # a word that few rows have says the most
                met = Fraction(1 if word[:_BEGINS] in candidate.name.casefold() else _OTHERWISE)
                scores[item] = scores.get(item, Fraction(0)) + met / len(items)
                known[item] = candidate
        best = sorted(scores, key=lambda item: (-scores[item], item))[:_SHOWN]
        account.candidates = tuple(known[item] for item in best)


def _items(word: str, packs: Sequence[Pack], category: str) -> dict[str, Candidate]:
    """The items of factors per money that a word meets."""
    found: dict[str, Candidate] = {}
    for hit in search(packs, wanted(word, category=category), _LOOKED).hits:
        factor = hit.factor
        if factor.item is None or factor.per.dimension not in CURRENCIES:
            continue
        known = found.get(factor.item)
        before = known.packs if known is not None else ()
        name = known.name if known is not None else factor.name
        packs_of = tuple(dict.fromkeys((*before, factor.pack.id)))
        found[factor.item] = Candidate(factor.item, name, packs_of)
    return found
