"""A table whose days are written in another form gives the sums of the plain one."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from ghgcalc.activity_data.tables.polars_engine import quick
from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Location
from ghgcalc.core.period import ReportingYear

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
FORMS: dict[str, Callable[[date], str]] = {
    "M/D/YY": lambda day: f"{day.month}/{day.day}/{day.year % 100:02}",
    "D-MMM-YYYY": lambda day: f"{day.day}-{NAMES[day.month - 1]}-{day.year}",
    "DD.MM.YYYY hh:mm": lambda day: f"{day.day:02}.{day.month:02}.{day.year} 13:45",
    "YYYYMMDDThh:mm:ssoffset": lambda day: f"{day:%Y%m%d}T06:00:00+0{day.month % 3}:00",
    "serial": lambda day: str((day - date(1899, 12, 30)).days),
}
BILLS = st.lists(
    st.tuples(st.integers(0, 20_000), st.integers(0, 70), st.integers(0, 10**9)),
    min_size=1, max_size=8,
)  # fmt: skip
EARLIEST = date(1990, 1, 1)


def sums(rows: list[tuple[str, str, int]], read: dict[str, Any], columns: dict[str, str]) -> object:
    table = Table.model_validate(
        {"files": "t.csv", "read": {"delimiter": ";", **read}, "columns": columns,
         "constants": {"facility": "ks", "item": "el", "unit": "kWh"},
         "items": {"el": {"category": "purchased_electricity"}}}
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        text = "a;b;q\n" + "".join(f"{first};{last};{size}\n" for first, last, size in rows)
        (Path(folder) / "t.csv").write_text(text)
        made = collapse(
            "t", table, Path(folder), cuts=(), facilities={"ks"}, year=ReportingYear(),
            locate=lambda _: Location("c.yaml", 1, 1),
        )  # fmt: skip
    assert made.value.rows_used == len(rows), made.diagnostics
    return [(each.span, each.scaled) for each in made.value.sums]


DAYS = {"from": "a", "to": "b", "quantity": "q"}


@settings(max_examples=12, deadline=None)
@given(BILLS, st.sampled_from(sorted(FORMS)), st.booleans(), st.booleans(), st.booleans())
def test_other_forms_give_the_same(
    bills: list[tuple[int, int, int]], form: str, exclusive: bool, ranged: bool, large: bool
) -> None:
    with patch.object(quick, "SMALLEST", 0 if large else quick.SMALLEST):
        compare(bills, form, exclusive=exclusive, ranged=ranged)


def compare(bills: list[tuple[int, int, int]], form: str, *, exclusive: bool, ranged: bool) -> None:
    spans = [(EARLIEST + timedelta(days=a), EARLIEST + timedelta(days=a + b), q)
             for a, b, q in bills]  # fmt: skip
    plain = sums([(str(first), str(last), size) for first, last, size in spans], {}, DAYS)
    write, step = FORMS[form], timedelta(days=1 if exclusive else 0)
    read = {"date": form, **({"to": "exclusive"} if exclusive else {})}
    cells = [(write(first), write(last + step), size) for first, last, size in spans]
    if not ranged:
        assert sums(cells, read, DAYS) == plain
        return
    joined = [(f"{first} to {last}", "", size) for first, last, size in cells]
    assert sums(joined, {**read, "range": " to "}, {"period": "a", "quantity": "q"}) == plain
