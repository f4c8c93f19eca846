"""`ghgcalc factors match`: the accounts of a ledger, with items that their names suggest."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ghgcalc.cli.factor_search import known_category, packs_named
from ghgcalc.cli.options import FindingsOption
from ghgcalc.cli.output import DATA, report, usage, write_file
from ghgcalc.render.registry import TEXT


def match(
    ledger: Annotated[Path, typer.Argument(metavar="LEDGER", help="A CSV, .xlsx or .parquet.")],
    account: Annotated[str, typer.Option(help="The heading of the account or material group.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The CSV to review.")],
    name: Annotated[str | None, typer.Option(help="The heading of what it is called.")] = None,
    amount: Annotated[str | None, typer.Option(help="The heading of the amounts.")] = None,
    currency: Annotated[
        str | None, typer.Option(help="The heading of the currencies, or one such as EUR.")
    ] = None,
    category: Annotated[
        str, typer.Option(help="Whose factors are looked for.")
    ] = "purchased_goods_and_services",
    pack: Annotated[
        list[str] | None, typer.Option(help="Only in this pack or publisher, or an own pack.")
    ] = None,
    diagnostics: FindingsOption = TEXT,
) -> None:
    """Write each account of a ledger with its spend and the items whose names fit its own.

    Nothing is chosen: `item` stays open (`…`) until somebody writes one. `items_from:` of a table
    reads the file; a file that exists is never overwritten.

    Example: `ghgcalc factors match ledger.csv --account Account --name Text --amount Amount
    --currency EUR -o accounts.csv`
    """
    from ghgcalc.analysis.accounts import Ledger, accounts_of, proposed
    from ghgcalc.core.unit_table import CURRENCIES
    from ghgcalc.render.accounts import render_accounts

    known_category(category)
    if (amount is None) != (currency is None):
        usage("--amount and --currency go together: amounts of which money?")
    if not ledger.is_file():
        usage(f"{ledger} is not a file")
    if os.path.lexists(output):
        usage(f"{output} exists and is not overwritten; name another file")
    constant = currency if currency in CURRENCIES else None
    headings = {"account": account, "name": name, "amount": amount}
    if constant is None:
        headings["currency"] = currency
    columns = {key: heading for key, heading in headings.items() if heading is not None}
    rules = Ledger(files=(ledger.name,), columns=columns)
    read = accounts_of(rules, ledger.resolve().parent, constant or "")
    report(list(read.diagnostics), [], ledger.as_posix(), diagnostics, closing=False)
    if not read.value:
        raise typer.Exit(DATA)
    proposed(read.value, packs_named(pack), category)
    write_file(output, [render_accounts(read.value)], [ledger])
    without = sum(not each.candidates for each in read.value)
    typer.echo(
        f"{output}: {len(read.value):,} accounts, `item` open in each; no name fits {without:,}"
    )
