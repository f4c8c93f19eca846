"""Accounts of a ledger as a CSV to review: `item` is open (`…`), candidates stand beside it."""

from __future__ import annotations

import csv
from fractions import Fraction
from io import StringIO
from typing import TYPE_CHECKING

from ghgcalc.core.numbers import plain
from ghgcalc.render.csv import guarded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ghgcalc.analysis.accounts import Account

_OPEN = "…"
HEADER = (
    "account", "name", "rows", "spend", "share", "item", "candidate_1", "candidate_2", "candidate_3"
)  # fmt: skip


def render_accounts(accounts: Sequence[Account]) -> str:
    """One account per row; its share is of the spend in each of its currencies."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADER)
    totals = totals_of(accounts)
    for each in accounts:
        spend = "; ".join(f"{plain(amount)} {money}" for money, amount in each.spend.items())
        candidates = [f"{c.item}: {c.name} ({', '.join(c.packs)})" for c in each.candidates]
        candidates += [""] * (3 - len(candidates))
        cells = [each.code, each.name, str(each.rows), spend, shares(each, totals), _OPEN]
        writer.writerow([guarded(cell) for cell in (*cells, *candidates)])
    return stream.getvalue()


def totals_of(accounts: Sequence[Account]) -> dict[str, Fraction]:
    """The spend of all accounts by currency."""
    found: dict[str, Fraction] = {}
    for each in accounts:
        for money, amount in each.spend.items():
            found[money] = found.get(money, Fraction(0)) + amount
    return found


def shares(account: Account, totals: Mapping[str, Fraction]) -> str:
    """Of the spend in each of an account's currencies, its share in percent."""
    return "; ".join(
        f"{plain(amount / totals[money] * 100, 1)} % of {money}"
        for money, amount in account.spend.items()
        if totals[money]
    )
