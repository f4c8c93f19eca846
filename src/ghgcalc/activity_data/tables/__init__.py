"""Tables of activity data: files to exact sums per key, by one engine (DESIGN §2)."""

from __future__ import annotations

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.activity_data.tables.sums import KeyedSum, TableSums

__all__ = ["KeyedSum", "TableSums", "collapse"]
