"""Laws of matching: the finer the time, the less is matched; rows may stand in any order."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ghgcalc.activity_data.tables.hour_sums import HourSums
from ghgcalc.activity_data.tables.polars_engine.hourly import read_series
from ghgcalc.calculation.scope_2.hourly import match_of
from ghgcalc.company.hourly import Series
from ghgcalc.core.diagnostics import Location
from ghgcalc.core.period import Span

QUICK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
START = datetime(2024, 6, 1)  # noqa: DTZ001 - a clock reading
COUNTS = st.integers(0, 10**24)


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=60), st.integers(1, 12), st.data())
def test_the_finer_the_time_the_less_is_matched(
    pairs: list[tuple[int, int]], size: int, data: st.DataObject
) -> None:
    hours = [START + timedelta(hours=k) for k in range(len(pairs))]
    used = {hour: pair[0] for hour, pair in zip(hours, pairs, strict=True)}
    made = {hour: pair[1] for hour, pair in zip(hours, pairs, strict=True)}
    hourly = match_of(used, made, ((h, h) for h in hours))
    monthly = match_of(used, made, ((h, k // size) for k, h in enumerate(hours)))
    annual = match_of(used, made, ((h, k // (3 * size)) for k, h in enumerate(hours)))
    assert 0 <= hourly <= monthly <= annual <= min(sum(used.values()), sum(made.values()))
    assert match_of(made, used, ((h, h) for h in hours)) == hourly
    mixed = data.draw(st.permutations(hours))
    assert match_of(used, made, ((h, h) for h in mixed)) == hourly


def read(folder: Path, files: list[list[str]], zone: str, minutes: int = 60) -> HourSums:
    for old in folder.glob("*.csv"):
        old.unlink()
    for index, rows in enumerate(files):
        (folder / f"{index:03}.csv").write_text("\n".join(["t,site,q", *rows]) + "\n", "utf-8")
    series = Series.model_validate(
        {
            "files": "*.csv", "unit": "kWh", "interval": f"{minutes} min",
            "columns": {"time": "t", "quantity": "q", "facility": "site"},
        }
    )  # fmt: skip
    day = START.date()
    outcome = read_series(
        ("hourly", "x", "consumption", "y"), series, zone, Span(day, day), folder,
        facilities={"ks": (None, None), "bn": (None, None)},
        locate=lambda _: Location("c.yaml", 1, 1),
    )  # fmt: skip
    assert outcome.diagnostics == ()
    assert outcome.value.missing == ()
    return outcome.value


QUANTITIES = st.decimals(min_value=0, max_value=10**14, places=9)


@QUICK
@given(st.lists(QUANTITIES, min_size=192, max_size=192), st.data(),
       st.sampled_from(["UTC", "Asia/Shanghai", "Asia/Kolkata", "Asia/Kathmandu"]))  # fmt: skip
def test_order_and_files_do_not_matter_and_sums_are_exact(
    tmp_path: Path, quantities: list[object], data: st.DataObject, zone: str
) -> None:
    texts = [f"{value:f}" for value in quantities]
    stamps = [START + timedelta(minutes=15 * k) for k in range(96)]
    rows = [
        f"{stamp:%Y-%m-%d %H:%M},{site},{texts[2 * k + j]}"
        for k, stamp in enumerate(stamps)
        for j, site in enumerate(("ks", "bn"))
    ]
    plain = read(tmp_path, [rows], zone, 15)
    expected = [sum(Fraction(t) for t in texts[8 * h : 8 * h + 8]) * 10**9 for h in range(24)]
    assert list(plain.hours.values()) == expected
    mixed = data.draw(st.permutations(rows))
    cut = data.draw(st.integers(1, len(mixed) - 1))
    assert read(tmp_path, [mixed[:cut], mixed[cut:]], zone, 15).hours == plain.hours


@QUICK
@given(st.lists(st.integers(0, 10**6), min_size=24, max_size=24))
def test_halves_make_hours(tmp_path: Path, values: list[int]) -> None:
    whole, halves = [], []
    for hour, value in enumerate(values):
        whole.append(f"2024-06-01 {hour:02}:00,ks,{value}")
        for minute, part in (("00", value // 3), ("30", value - value // 3)):
            halves.append(f"2024-06-01 {hour:02}:{minute},ks,{part}")
    assert read(tmp_path, [whole], "UTC").hours == read(tmp_path, [halves], "UTC", 30).hours
