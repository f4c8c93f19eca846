"""Measure a ledger of spend against the engine's own group-by: `python -m benchmarks.spend [rows]`.

300 accounts in two currencies, twelve months, each account brought to the money of its factor
(`spend:`): wall and processor time and peak memory of `ghgcalc compute` and of a bare Polars
streaming scan, group-by and Decimal sum of the same file, taken in turn; medians.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.run import command_line, print_table
from benchmarks.tables import measured
from ghgcalc.factors.library import library

FLOOR = (
    "import sys, polars as pl; name = sys.argv[1];"
    "rows = pl.scan_parquet(name) if name.endswith('.parquet')"
    " else pl.scan_csv(name, infer_schema=False);"
    "rows.with_columns(pl.col('amount').cast(pl.Decimal(38, 9)))"
    ".group_by('account', 'currency', 'month').agg(pl.col('amount').sum(), pl.len())"
    ".collect(engine='streaming')"
)
ACCOUNTS = 300
_PACK = "epa-supply-chain-v1.3"
_COMPANY = """\
ghgcalc: 1
organization: {{name: Buyer, consolidation_approach: operational_control, gwp_set: AR5}}
factor_packs: [epa-supply-chain, fx-fed, price-index-worldbank]
accept: [{{gap: earlier_year, max_years: 1, reason: newest published}}]
facilities: {{hq: {{country: US}}}}
tables:
  ledger:
    files: {name}
    read: {{period: YYYY-MM}}
    columns: {{item: account, quantity: amount, unit: currency, period: month}}
    constants: {{facility: hq}}
    items_from:
      files: accounts.csv
      columns: {{theirs: account, item: item}}
      constants:
        category: purchased_goods_and_services
        technology: with_margins
        spend.year: period
        spend.price_basis: purchaser
        spend.vat: excluded
"""


def ledger_files(folder: Path, rows: int, suffix: str) -> tuple[Path, Path]:
    """A company file with a ledger of so many rows; the two paths."""
    import polars as pl

    items = sorted(library(_PACK).names("purchased_goods_and_services", "item"))[:ACCOUNTS]
    lines = [f"{4000 + place},{item}\n" for place, item in enumerate(items)]
    (folder / "accounts.csv").write_text("account,item\n" + "".join(lines), "utf-8")
    path = folder / f"ledger-{rows}{suffix}"
    at = pl.int_range(rows, eager=True)
    table = pl.DataFrame({
        "account": (4000 + at % ACCOUNTS).cast(pl.String),
        "amount": (at * 7919 % 1_000_003).cast(pl.String) + ".25",
        "currency": pl.select(pl.when(at % 5 == 0).then(pl.lit("EUR")).otherwise(pl.lit("CNY"))),
        "month": "2023-" + (at % 12 + 1).cast(pl.String).str.zfill(2),
    })  # fmt: skip
    if suffix == ".parquet":
        table.write_parquet(path)
    else:
        table.write_csv(path)
    company = folder / f"company-{rows}{suffix[1:]}.yaml"
    company.write_text(_COMPANY.format(name=path.name), "utf-8")
    return company, path


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, default=[1_000_000])
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    lines = [("rows", "kind", "wall", "floor", "ratio", "cpu", "floor", "ratio", "MiB")]
    with tempfile.TemporaryDirectory() as folder:
        for rows in options.rows:
            for suffix in (".csv", ".parquet"):
                lines.append(line(Path(folder), rows, suffix, options.runs))
    print_table(lines)
    return 0


def line(folder: Path, rows: int, suffix: str, runs: int) -> tuple[str, ...]:
    """One row of the table."""
    company, ledger = ledger_files(folder, rows, suffix)
    floors, ours = [], []
    for _ in range(runs):
        floors.append(measured((sys.executable, "-c", FLOOR, str(ledger))))
        ours.append(measured((*command_line(), "compute", str(company))))
    cells: list[str] = []
    for part in ("wall", "cpu"):
        mine, floor = (statistics.median(getattr(t, part) for t in each) for each in (ours, floors))
        cells += [f"{mine:.2f} s", f"{floor:.2f} s", f"{mine / floor:.2f} x"]
    return (f"{rows:,}", suffix[1:], *cells, f"{statistics.median(t.memory for t in ours):.0f}")


if __name__ == "__main__":
    raise SystemExit(main())
