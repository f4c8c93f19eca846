"""A file written in some form, looked at, its proposal completed: the sums are the file's."""

from __future__ import annotations

import tempfile
from datetime import date
from fractions import Fraction
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ghgcalc.activity_data.tables.day_formats import DateFormat
from support.looked import sums_of

FORMS = ("YYYY-MM-DD", "DD.MM.YYYY", "MM/DD/YYYY", "D/M/YYYY", "YYYYMMDD", "D-MMM-YY",
         "YYYY年M月D日", "DD/MM/YYYY hh:mm")  # fmt: skip
ROWS = st.lists(
    st.tuples(
        st.dates(date(2023, 1, 1), date(2024, 12, 31)),
        st.decimals(0, 10**7, places=2, allow_nan=False, allow_infinity=False),
    ),
    min_size=2, max_size=8,
)  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(
    rows=ROWS, form=st.sampled_from(FORMS), decimal=st.sampled_from(".,"),
    delimiter=st.sampled_from(";\t|"), encoding=st.sampled_from(("utf-8", "utf-16", "gb18030")),
    preamble=st.integers(0, 3), total=st.booleans(), unit=st.booleans(), grouped=st.booleans(),
    word=st.booleans(),
)  # fmt: skip
def test_the_completed_proposal_gives_the_sums_of_the_file(
    rows: list[tuple[date, object]], form: str, decimal: str, delimiter: str, encoding: str,
    preamble: int, total: bool, unit: bool, grouped: bool,
    word: bool,
) -> None:  # fmt: skip
    """Each form of days, signs, encoding and shape; where it asks, the writer's answer."""
    writer = DateFormat(form)
    lines = [f"Export {'用量'} {n}" for n in range(preamble)]
    lines.append(delimiter.join(["Site", "Read day", "Verbrauch (kWh)", *(["Unit"] * unit)]))
    wanted: dict[str, Fraction] = {}
    for day, number in rows:
        plain = f"{number:,.2f}" if grouped else f"{number:.2f}"
        signs = plain.translate({ord(","): ",."[decimal == ","], ord("."): decimal})
        cells = ["Werk 工", writer.write(day), signs]
        lines.append(delimiter.join([*cells, *(["kWh"] * unit)]))
        month = f"{day:%Y-%m}"
        wanted[month] = wanted.get(month, Fraction(0)) + Fraction(str(number))
    if word:
        lines.append(
            delimiter.join(["Werk 工", writer.write(rows[0][0]), "N/A", *(["kWh"] * unit)])
        )
    if total:
        lines.append(delimiter.join(["Total", "", "5", *([""] * unit)]))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "usage.csv")
        file.write_bytes("\n".join(lines).encode(encoding))
        found = sums_of(file, date=form, decimal=f'"{decimal}"', quantity="Verbrauch (kWh)")
    assert found == wanted
