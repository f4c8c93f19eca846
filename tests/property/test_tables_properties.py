"""Properties of tables: order and split do not matter, sums are Python's, nothing raises."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.activity_data.tables.sums import TableSums
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Location, Outcome
from ghgcalc.core.period import ReportingYear

HEADER = "site,item,qty,unit,from,to,kind,est"
QUICK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def run(folder: Path, files: list[bytes], encoding: str = "utf-8") -> Outcome[TableSums]:
    for old in folder.glob("*.csv"):
        old.unlink()
    for index, content in enumerate(files):
        (folder / f"{index:03}.csv").write_bytes(content)
    table = Table.model_validate(
        {
            "files": "*.csv",
            "read": {"encoding": encoding},
            "columns": {
                "facility": "site", "item": "item", "quantity": "qty", "unit": "unit",
                "from": "from", "to": "to", "estimated": "est",
            },
            "items": {"el": {"category": "purchased_electricity"}},
            "corrections": {"column": "kind", "equals": "r", "sign": "as_printed"},
        }
    )  # fmt: skip
    return collapse(
        "t", table, folder, cuts=[date(2023, 1, 15), date(2023, 3, 1)],
        facilities={"ks", "bn"}, year=ReportingYear(), locate=lambda _: Location("c.yaml", 1, 1),
    )  # fmt: skip


def line(site: str, qty: Decimal, unit: str, first: int, days: int, kind: str, est: str) -> str:
    start = date(2023, 1, 1) + timedelta(days=first)
    return f"{site},el,{qty:f},{unit},{start},{start + timedelta(days=days)},{kind},{est}"


QUANTITIES = st.decimals(min_value=0, max_value=Decimal("999999999999999"), places=9)
LINES = st.lists(
    st.builds(
        line, st.sampled_from(["ks", "bn", "?"]), QUANTITIES, st.sampled_from(["kWh", "MWh"]),
        st.integers(0, 60), st.integers(0, 90), st.sampled_from(["", "r"]),
        st.sampled_from(["", "x"]),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


def body(lines: list[str]) -> bytes:
    return "\n".join([HEADER, *lines, ""]).encode()


def facts(outcome: Outcome[TableSums]) -> object:
    value = outcome.value
    sums = [(s.sort_key(), s.quantity, s.rows, s.estimated) for s in value.sums]
    return sums, value.rows_read, value.rows_rejected, value.read_by_unit


@QUICK
@given(LINES, st.randoms(use_true_random=False), st.integers(1, 4))
def test_order_and_split_change_nothing(
    tmp_path: Path, lines: list[str], random: object, parts: int
) -> None:
    whole = run(tmp_path, [body(lines)])
    shuffled = list(lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = run(tmp_path, [body(shuffled[k::parts]) for k in range(parts)])
    assert facts(whole) == facts(again)
    assert sorted(d.code for d in whole.diagnostics) == sorted(d.code for d in again.diagnostics)


@QUICK
@given(LINES)
def test_the_sum_is_pythons(tmp_path: Path, lines: list[str]) -> None:
    outcome = run(tmp_path, [body(lines)])
    cells = [text.split(",") for text in lines]
    good = [row for row in cells if row[0] != "?"]
    with localcontext(prec=60):
        for unit in ("kWh", "MWh"):
            want = sum((Decimal(row[2]) for row in good if row[3] == unit), Decimal(0))
            mine = [s for s in outcome.value.sums if s.unit == unit]
            assert sum((s.quantity for s in mine), Fraction(0)) == want
            assert outcome.value.read_by_unit.get(unit, 0) == want
            marked = [row for row in good if row[3] == unit and row[7]]
            part = sum((Decimal(row[2]) for row in marked), Decimal(0))
            assert sum((s.estimated for s in mine), Fraction(0)) == part
    assert outcome.value.rows_read == len(lines)
    assert outcome.value.rows_used == len(good)


@QUICK
@given(st.binary(max_size=200), st.sampled_from(["utf-8", "gb18030"]), st.booleans())
def test_no_bytes_raise(tmp_path: Path, content: bytes, encoding: str, headed: bool) -> None:
    head = HEADER.encode() + b"\n" if headed else b""
    outcome = run(tmp_path, [head + content], encoding)
    assert outcome.value.rows_read == outcome.value.rows_used + outcome.value.rows_rejected


CELLS = st.text(
    st.sampled_from(list('ks,el"\n\r\t\0 -+_.1290eE\x1f年\ud7ff\U0001f600')), max_size=8
)


@QUICK
@given(st.lists(st.lists(CELLS, min_size=7, max_size=9), max_size=6))
def test_no_rows_raise(tmp_path: Path, rows: list[list[str]]) -> None:
    text = "\n".join([HEADER, *(",".join(row) for row in rows)])
    outcome = run(tmp_path, [text.encode()])
    assert outcome.value.rows_read == outcome.value.rows_used + outcome.value.rows_rejected


@QUICK
@given(st.lists(CELLS.filter(lambda text: "\r" not in text), min_size=1, max_size=5))
def test_quoted_and_plain_files_agree(tmp_path: Path, notes: list[str]) -> None:
    """A quoted file takes the other way through the reader; rows and sums are the same."""
    good = "ks,el,1.5,kWh,2023-01-01,2023-01-31,,"
    plain = run(tmp_path, [body([good] * len(notes))])
    cells = ['"' + note.replace('"', '""') + '"' for note in notes]
    quoted = [f"{HEADER},note", *(f"{good},{cell}" for cell in cells)]
    other = run(tmp_path, ["\n".join(quoted).encode()])
    assert facts(plain) == facts(other)
    assert {item.code for item in other.diagnostics} <= {"equal-rows"}


@QUICK
@given(LINES, st.sampled_from(["", " ", "_", "e", "?", "\r", '"', "\n", "\ufeff", ",", "\xa0"]))
def test_the_short_way_and_the_careful_one_agree(
    tmp_path: Path, lines: list[str], flaw: str
) -> None:
    """Whatever a flaw in one cell does, both ways say the same."""
    broken = [*lines, f"ks,el,1{flaw}0,kWh,2023-01-01,2023-01-31,,"]
    files = [body(lines), body(broken)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ghgcalc.activity_data.tables.polars_engine.quick.SMALLEST", 1 << 40)
        careful = run(tmp_path, files)
        patch.setattr("ghgcalc.activity_data.tables.polars_engine.quick.SMALLEST", 0)
        short = run(tmp_path, files)
    assert short == careful
    assert short.value.excerpts.keys() == careful.value.excerpts.keys()
