"""Write `bills.csv` of a folder as Parquet: `parquet_seeds.py FOLDER NAME-OF-TYPES`."""

from __future__ import annotations

import sys
from pathlib import Path

PARQUETS = ("text", "decimal", "whole", "binary", "nested", "category", "empty", "nulls")


def main(folder: Path, name: str) -> None:
    """Write one variant beside the CSV."""
    import polars as pl

    text = pl.read_csv(folder / "bills.csv", infer_schema=False)
    amount, start = pl.col("amount"), pl.col("start")
    columns: list[pl.Expr] = {
        "text": [],
        "decimal": [amount.cast(pl.Decimal(18, 3)), start.str.to_date()],
        "whole": [amount.cast(pl.Int64), start.str.to_datetime("%Y-%m-%d")],
        "binary": [amount.cast(pl.Float64), start.cast(pl.Binary)],
        "nested": [pl.concat_list("amount").alias("amount"), pl.struct("start").alias("start")],
        "category": [pl.col("site").cast(pl.Categorical), amount.cast(pl.UInt8)],
        "empty": [],
        "nulls": [pl.lit(None).alias("amount"), pl.lit(True).alias("unit")],
    }[name]
    frame = text.with_columns(columns)
    frame = frame.clear() if name == "empty" else frame
    frame.write_parquet(folder / f"{name}.parquet", compression="uncompressed")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
