"""Hourly matching: the clock, the rows, what is refused, and that no total ever moves."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest
import yaml
from openpyxl import Workbook

from ghgcalc.calculation.results.matching import HourlyMatch
from ghgcalc.pipeline.run import Run, compute
from ghgcalc.render.json.energy import render_energy_json
from ghgcalc.render.json.inventory import render_json
from ghgcalc.render.terminal import render_report
from ghgcalc.views.energy_report import energy_report
from support import command

ROOT = Path(__file__).parents[3]
COMPANY: dict[str, Any] = {
    "ghgcalc": "1",
    "organization": {"name": "Example", "consolidation_approach": "operational_control",
                     "gwp_set": "AR6"},
    "factor_packs": [],
    "facilities": {"ks": {"country": "CN"}, "bn": {"country": "VN", "opened": "2024-03-31"}},
    "activities": {"vent": {"facility": "ks", "category": "process_emissions",
                            "gas_masses": {"CO2": "1 t"}, "period": "2024"}},
}  # fmt: skip
SERIES: dict[str, Any] = {"files": "used.csv", "columns": {"time": "t", "quantity": "q"},
                          "unit": "MWh"}  # fmt: skip
UTC = ZoneInfo("UTC")


def hours_of(zone: str, first: str, last: str, minutes: int = 60) -> list[datetime]:
    """Every interval from local midnight to local midnight, by the standard library's clock."""
    own = ZoneInfo(zone)
    start = datetime.fromisoformat(first).replace(tzinfo=own).astimezone(UTC)
    end = (datetime.fromisoformat(last) + timedelta(days=1)).replace(tzinfo=own).astimezone(UTC)
    count = int((end - start) / timedelta(minutes=minutes))
    return [(start + timedelta(minutes=minutes * k)).astimezone(own) for k in range(count)]


def local(moments: list[datetime], values: Any = None) -> str:
    """A file of local times without offset."""
    rows = [f"{m:%Y-%m-%d %H:%M},{1 if values is None else values[i]}"
            for i, m in enumerate(moments)]  # fmt: skip
    return "\n".join(["t,q", *rows]) + "\n"


def run(folder: Path, files: dict[str, str], entry: dict[str, Any] | None = None, *,
        period: str = "2024", **series: Any) -> Run:  # fmt: skip
    """Compute a company of one zone; `series` are keys of its consumption."""
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    made = "made.csv" if "made.csv" in files else "used.csv"
    whole = {
        "matching": "hourly", "time_zone": "UTC",
        "consumption": {"meter": {**SERIES, **series}},
        "generation": {"wind": {**SERIES, **series, "files": made}},
        **(entry or {}),
    }  # fmt: skip
    vent = {**COMPANY["activities"]["vent"], "period": period[:4]}  # an inventory needs data
    company = {**COMPANY, "activities": {"vent": vent}, "hourly": {"home": whole}}
    (folder / "company.yaml").write_text(yaml.safe_dump(company, allow_unicode=True), "utf-8")
    return compute(folder / "company.yaml", period=period)


def match(result: Run) -> HourlyMatch:
    assert result.inventory is not None, [(d.code, d.message) for d in result.diagnostics]
    (found,) = result.inventory.hourly
    return found


def errors(result: Run) -> list[tuple[str, str]]:
    assert result.inventory is None
    return [(d.code, f"{d.location}: {d.message}") for d in result.diagnostics]


# ---- the clock -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "period", "hours"),
    [
        ("Europe/Berlin", "2024-03-31/2024-03-31", 23),
        ("Europe/Berlin", "2024-10-27/2024-10-27", 25),
        ("America/Chicago", "2024-11-03/2024-11-03", 25),
        ("America/Havana", "2024-03-10/2024-03-10", 23),  # midnight itself is left out
        ("Asia/Kolkata", "2024-10-27/2024-10-27", 24),
        ("Europe/Berlin", "2024", 8784),
        ("Europe/Berlin", "2023", 8760),
        ("UTC", "2024-02-29/2024-02-29", 24),
    ],
)
@pytest.mark.parametrize("minutes", [60, 30])
def test_local_days_have_their_hours(
    zone: str, period: str, hours: int, minutes: int, tmp_path: Path
) -> None:
    first, _, last = period.partition("/")
    days = (first, last) if last else (f"{period}-01-01", f"{period}-12-31")
    moments = hours_of(zone, *days, minutes)
    text = local(moments, [k % 7 for k in range(len(moments))])
    entry = {"time_zone": zone, "period": period}
    found = match(run(tmp_path, {"used.csv": text}, entry, period=period[:4],
                      interval=f"{minutes} min"))  # fmt: skip
    assert found.hours == hours
    assert found.series[0].rows == len(moments) == hours * 60 // minutes
    assert found.consumption == sum(k % 7 for k in range(len(moments)))
    assert set(found.matched.values()) == {found.consumption}


@pytest.mark.parametrize(("day", "halves"), [("2024-04-07", 49), ("2024-10-06", 47)])
def test_clocks_that_change_by_half_an_hour(day: str, halves: int, tmp_path: Path) -> None:
    moments = hours_of("Australia/Lord_Howe", day, day, 30)
    assert len(moments) == halves
    entry = {"time_zone": "Australia/Lord_Howe", "period": f"{day}/{day}"}
    found = match(run(tmp_path, {"used.csv": local(moments)}, entry, interval="30 min"))
    assert found.consumption == found.matched["hourly"] == halves


def test_the_repeated_hour_is_two_hours(tmp_path: Path) -> None:
    moments = hours_of("Europe/Berlin", "2024-10-27", "2024-10-27")
    used = local(moments, [5 if k in (2, 3) else 0 for k in range(25)])
    made = local(moments, [7 if k == 3 else 0 for k in range(25)])
    entry = {"time_zone": "Europe/Berlin", "period": "2024-10-27/2024-10-27"}
    found = match(run(tmp_path, {"used.csv": used, "made.csv": made}, entry))
    assert found.matched == {"annual": 7, "monthly": 7, "hourly": 5}


def test_local_times_and_offsets_say_the_same(tmp_path: Path) -> None:
    moments = hours_of("Europe/Berlin", "2024-10-27", "2024-10-27")
    used = local(moments, range(25))
    made = "t,q\n" + "".join(f"{m.isoformat()},{k}\n" for k, m in enumerate(moments))
    made += "2024-10-27T23:00Z,999\n"  # the next day: not asked
    entry = {"time_zone": "Europe/Berlin", "period": "2024-10-27/2024-10-27"}
    found = match(run(tmp_path, {"used.csv": used, "made.csv": made}, entry))
    assert found.matched["hourly"] == sum(range(25))


def test_a_time_may_say_when_the_interval_ends(tmp_path: Path) -> None:
    stamps = [f"2024-06-01 {hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30)]
    ends = [*stamps[1:], "2024-06-01 24:00"]
    used = "t,q\n" + "".join(f"{stamp},{k}\n" for k, stamp in enumerate(stamps))
    made = "t,q\n" + "".join(f"{stamp},{k}\n" for k, stamp in enumerate(ends))
    series = {**SERIES, "files": "made.csv", "interval": "30 min", "time_marks": "end"}
    entry = {"time_zone": "Asia/Shanghai", "period": "2024-06-01/2024-06-01",
             "generation": {"wind": series}}  # fmt: skip
    found = match(run(tmp_path, {"used.csv": used, "made.csv": made}, entry, interval="30 min"))
    assert found.matched["hourly"] == found.consumption == sum(range(48))
    result = run(tmp_path, {"used.csv": made}, {"period": "2024-06-01/2024-06-01"},
                 interval="30 min")  # fmt: skip
    assert {code for code, _ in errors(result)} == {"bad-date"}
    assert "time_marks: end" in (result.diagnostics[0].hint or "")


def test_reporting_years_bound_the_year_that_is_matched(tmp_path: Path) -> None:
    """Surplus of March is of no use in April, where the reporting year ends in between."""
    moments = hours_of("UTC", "2024-03-31", "2024-04-01")
    used = local(moments, [1] * 48)
    made = local(moments, [2] * 24 + [0] * 24)
    entry = {"period": "2024-03-31/2024-04-01"}
    days = "2024-03-31/2024-04-01"
    found = match(run(tmp_path, {"used.csv": used, "made.csv": made}, entry, period=days))
    assert found.matched == {"annual": 48, "monthly": 24, "hourly": 24}
    assert [month.month for month in found.months] == ["2024-03", "2024-04"]
    path = tmp_path / "company.yaml"
    fiscal = "  reporting_year: {starts: '04-01', named_by: end}\n"
    path.write_text(path.read_text("utf-8").replace("  name: Example\n", fiscal + "  name: E\n"))
    found = match(compute(path, period=days))
    assert found.matched == {"annual": 24, "monthly": 24, "hourly": 24}


# ---- the rows ------------------------------------------------------------------------------------


def test_half_hours_are_summed_to_hours(tmp_path: Path) -> None:
    halves = hours_of("UTC", "2024-01-01", "2024-12-31", 30)
    hours = halves[::2]
    half = [Fraction(k * 37 % 1000, 1000) for k in range(len(halves))]
    whole = [half[2 * k] + half[2 * k + 1] for k in range(len(hours))]
    made = local(hours, [f"{k * 53 % 1400 / 1000}" for k in range(len(hours))])
    wind = {**SERIES, "files": "made.csv"}
    results = []
    for values, moments, minutes in ((half, halves, 30), (whole, hours, 60)):
        used = local(moments, [f"{float(v):.3f}" for v in values])
        files = {"used.csv": used, "made.csv": made}
        entry = {"generation": {"wind": wind}}
        results.append(match(run(tmp_path, files, entry, interval=f"{minutes} min")))
    assert results[0].hours == 8784
    assert results[0].matched == results[1].matched
    expected = sum(min(w, Fraction(k * 53 % 1400, 1000)) for k, w in enumerate(whole))
    assert results[0].matched["hourly"] == expected


def test_columns_of_a_wide_table_are_added_up(tmp_path: Path) -> None:
    hours = hours_of("UTC", "2024-06-01", "2024-06-01")
    rows = [f"{m:%Y-%m-%dT%H:%MZ},{k},{100 * k},7" for k, m in enumerate(hours)]
    made = "\n".join(["t,WND,SUN,NG", *rows]) + "\n"
    wind = {**SERIES, "files": "made.csv", "unit": "kWh",
            "columns": {"time": "t", "quantity": ["WND", "SUN"]}}  # fmt: skip
    entry = {"period": "2024-06-01/2024-06-01", "generation": {"wind": wind}}
    found = match(run(tmp_path, {"used.csv": local(hours), "made.csv": made}, entry))
    assert found.generation == Fraction(101 * sum(range(24)), 1000)
    assert found.series[1].rows == 24


def test_every_source_gives_the_same(tmp_path: Path) -> None:
    hours = hours_of("Europe/Berlin", "2024-06-01", "2024-06-01")
    used = local(hours, range(24))
    frame = pl.DataFrame({"t": [m.astimezone(UTC) for m in hours], "q": list(range(24))})
    frame = frame.with_columns(pl.col("t").dt.cast_time_unit("us"))
    frame.write_parquet(tmp_path / "made.parquet")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["t", "q"])
    for k, moment in enumerate(hours):
        sheet.append([moment.replace(tzinfo=None), k])
    book.save(tmp_path / "made.xlsx")
    entry = {"time_zone": "Europe/Berlin", "period": "2024-06-01/2024-06-01"}
    for name, read in (("made.parquet", {}), ("made.xlsx", {"date": "DD.MM.YYYY"})):
        made = {**SERIES, "files": name, "read": read}
        found = match(run(tmp_path, {"used.csv": used}, {**entry, "generation": {"w": made}}))
        assert found.matched["hourly"] == sum(range(24)), name


def test_a_format_that_shows_another_unit(tmp_path: Path) -> None:
    """Hours read in MWh whose cells show kWh: told, and a missing hour is told all the same."""
    hours = hours_of("Europe/Berlin", "2024-06-01", "2024-06-01")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["t", "q"])
    for k, moment in enumerate(hours[:-1]):
        sheet.append([moment.replace(tzinfo=None), k])
        sheet.cell(k + 2, 2).number_format = '0" kWh"'
    book.save(tmp_path / "made.xlsx")
    entry = {"time_zone": "Europe/Berlin", "period": "2024-06-01/2024-06-01"}
    made = {**SERIES, "files": "made.xlsx", "read": {"date": "DD.MM.YYYY"}}
    made["unit"] = "MWh"
    done = run(tmp_path, {"used.csv": local(hours)}, {**entry, "generation": {"w": made}})
    found = {item.code: item for item in done.diagnostics}
    assert "state `unit: kWh`" in (found["number-format"].hint or "")
    assert "hours-missing" in found


def test_meters_and_facilities(tmp_path: Path) -> None:
    """A facility opened within the days owes the hours from that day on; filters choose rows."""
    hours = hours_of("UTC", "2024-03-30", "2024-03-31")
    rows = [f"{m:%Y-%m-%d %H:%M},1,Kunshan,{meter}" for m in hours for meter in "ab"]
    rows += [f"{m:%Y-%m-%d %H:%M},10,bn,c" for m in hours[24:]]
    rows += [f"{m:%Y-%m-%d %H:%M},900,ks,old" for m in hours[:3]]
    series = {
        **SERIES,
        "columns": {"time": "t", "quantity": "q", "facility": "f", "meter": "m"},
        "names": {"facility": {"Kunshan": "ks"}},
        "filter": {"m": {"not_equals": "old"}},
    }
    made = {**SERIES, "files": "made.csv"}
    files = {"used.csv": "\n".join(["t,q,f,m", *rows]) + "\n", "made.csv": local(hours)}
    entry = {"period": "2024-03-30/2024-03-31", "consumption": {"all": series},
             "generation": {"w": made}}  # fmt: skip
    found = match(run(tmp_path, files, entry))
    assert found.consumption == 2 * 48 + 10 * 24
    files["used.csv"] = files["used.csv"].replace("2024-03-31 05:00,10,bn,c\n", "")
    ((code, text),) = errors(run(tmp_path, files, entry))
    assert code == "hours-missing"
    assert "facility `bn`, meter `c` lacks 1 of 24 hours" in text


# ---- what is refused -----------------------------------------------------------------------------

DAY = {"period": "2024-10-27/2024-10-27", "time_zone": "Europe/Berlin"}
BERLIN = hours_of("Europe/Berlin", "2024-10-27", "2024-10-27")


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (lambda rows: rows[:5] + rows[6:], "hours-missing", "lacks 1 of 25 hours"),
        (lambda rows: [*rows, rows[3]], "duplicate-row", "2024-10-27 02:00+01:00"),
        (lambda rows: [*rows[:10], *rows[9:]], "duplicate-row", "used.csv:12:1"),
        (lambda rows: [*rows[:9], rows[9] + "x", *rows[10:]], "not-a-number", "used.csv:11:18"),
        (lambda rows: [*rows[:9], rows[9].replace(",", ",-"), *rows[10:]], "negative-quantity", ""),
        (lambda rows: [*rows[:9], rows[9].split(",")[0] + ",", *rows[10:]], "empty-cell", "`q`"),
        (lambda rows: [*rows, "2024-10-27 07:20,1"], "bad-date", "does not begin an interval"),
        (lambda rows: [*rows, "27.10.2024 07:00,1"], "bad-date", "is not a time written"),
        (lambda rows: [*rows, "2024-10-27 25:00,1"], "bad-date", "is not a time written"),
        (lambda rows: [*rows, "2024-10-27 05:00+15:00,1"], "bad-date", "is not a time written"),
        (lambda rows: [*rows, ",1"], "empty-cell", "`t`: the cell is empty"),
        (lambda rows: [*rows, "2024-03-31 02:00,1"], "bad-date", "does not exist"),
        (lambda rows: rows[::-1], "bad-date", "not in order of time"),
    ],
)
def test_bad_rows_block(change: Any, code: str, words: str, tmp_path: Path) -> None:
    rows = local(BERLIN).splitlines()
    used = "\n".join([rows[0], *change(rows[1:])]) + "\n"
    result = run(tmp_path, {"used.csv": used, "made.csv": local(BERLIN)}, DAY)
    found = errors(result)
    assert {each for each, _ in found} == {code}
    assert words in found[0][1]


def test_rows_of_other_days_are_not_judged(tmp_path: Path) -> None:
    used = local(BERLIN) + "2024-10-29 07:20,x\n2024-10-29 07:20,\n"
    assert match(run(tmp_path, {"used.csv": used}, DAY)).hours == 25


def test_a_year_without_rows_is_told_and_blocks_nothing(tmp_path: Path) -> None:
    hours = hours_of("UTC", "2023-01-01", "2023-01-31")
    result = run(tmp_path, {"used.csv": local(hours)})
    assert result.inventory is not None
    assert result.inventory.hourly == []
    assert any("`home` has no rows in 2024-01-01" in note for note in result.inventory.notes)
    for used in (local(hours), "t,q\n"):
        found = errors(run(tmp_path, {"used.csv": used}, {"period": "2024"}))
        assert [code for code, _ in found] == ["hours-missing"] * 2
        assert "lacks 8,784 of 8,784 hours" in found[0][1]


def test_generation_without_rows_is_no_generation_of_zero(tmp_path: Path) -> None:
    hours = hours_of("UTC", "2024-01-01", "2024-12-31")
    columns = {"time": "t", "quantity": "q", "meter": "m"}
    made = {**SERIES, "files": "made.csv", "columns": columns}
    files = {"used.csv": local(hours), "made.csv": "t,q,m\n2023-01-01 00:00,1,a\n"}
    ((code, text),) = errors(run(tmp_path, files, {"generation": {"wind": made}}))
    assert code == "hours-missing"
    assert "`home/generation/wind` lacks 8,784 of 8,784 hours" in text


@pytest.mark.parametrize(
    ("entry", "series", "code"),
    [
        ({"time_zone": "CST"}, {}, "unknown-value"),
        ({"time_zone": "Asia/Nowhere"}, {}, "unknown-value"),
        ({"matching": "daily"}, {}, "unknown-value"),
        ({"consumption": {}}, {}, "missing-key"),
        ({}, {"unit": "t"}, "unit-mismatch"),
        ({}, {"interval": "45 min"}, "unknown-value"),
        ({}, {"columns": {"time": "t", "quantity": ["q", "q"]}}, "conflicting-keys"),
        ({}, {"columns": {"time": "t", "quantity": []}}, "missing-key"),
        ({}, {"columns": {"time": "t", "quantity": "z"}}, "unknown-column"),
        ({}, {"read": {"date": "YYYY"}}, "unknown-value"),
        ({}, {"names": {"facility": {"x": "nowhere"}}}, "unknown-facility"),
        ({}, {"columns": {"time": "t", "quantity": "q", "facility": "q"}}, "unknown-facility"),
        ({"generation": {"w": {**SERIES, "files": "none.csv"}}}, {}, "file-not-found"),
        ({}, {"zone": "elsewhere"}, "unknown-key"),
    ],
)
def test_bad_entries_block(
    entry: dict[str, Any], series: dict[str, Any], code: str, tmp_path: Path
) -> None:
    found = errors(run(tmp_path, {"used.csv": local(BERLIN)}, {**DAY, **entry}, **series))
    assert code in {each for each, _ in found}


# ---- beside Scope 2 ------------------------------------------------------------------------------


def test_no_total_moves(tmp_path: Path) -> None:
    """The example with all features, with its hours and without: the same lines and totals."""
    shutil.copytree(ROOT / "examples" / "opulent", tmp_path / "o")
    path = tmp_path / "o" / "sites" / "abroad.yaml"
    whole = compute(tmp_path / "o" / "company.yaml", period="2024").inventory
    path.write_text(path.read_text("utf-8").partition("\nhourly:")[0] + "\n", "utf-8")
    bare = compute(tmp_path / "o" / "company.yaml", period="2024").inventory
    assert whole is not None
    assert bare is not None
    assert whole.hourly
    assert not bare.hourly
    one, other = (json.loads(render_json(inventory)) for inventory in (whole, bare))
    assert one["energy"].pop("hourly")["matches"][0]["hours"] == 25
    assert "hourly" not in other["energy"]
    read = {item["path"].rpartition("/")[2] for item in one.pop("inputs")}
    assert read - {item["path"].rpartition("/")[2] for item in other.pop("inputs")} == {
        "hours-naila-2024-10-27.csv", "contracts-2024-10-27.csv"
    }  # fmt: skip
    assert one == other


def test_the_lock_knows_of_no_hours(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "opulent", tmp_path / "o")
    company = tmp_path / "o" / "company.yaml"
    done = command.run("lock", company, "--period", "2024")
    assert done.exit_code == 0, done.output
    assert "hours-naila" not in (tmp_path / "o" / "ghgcalc.lock").read_text("utf-8")
    hours = tmp_path / "o" / "data" / "hours-naila-2024-10-27.csv"
    hours.write_text(hours.read_text("utf-8").replace("165.5", "1"), "utf-8")
    result = compute(company, period="2024", locked=True)
    assert result.inventory is not None
    assert [d.code for d in result.diagnostics if d.code.startswith("lock")] == []


def test_every_report_says_what_it_is(tmp_path: Path) -> None:
    result = run(tmp_path, {"used.csv": local(BERLIN)}, {**DAY, "zone": "DE-LU"})
    inventory = result.inventory
    assert inventory is not None
    text = " ".join(render_report(energy_report(inventory), color=False).split())
    assert "additional information" in text
    assert "not in force; no Scope 2 figure uses it" in text
    assert "home (DE-LU), 2024-10-27, 25 hours of Europe/Berlin" in text
    record = json.loads(render_energy_json(inventory))["hourly"]
    assert "not in force" in record["note"]
    assert record["matches"][0]["matched"]["hourly"] == {"mwh": 25, "share": 1}


def test_nothing_consumed_has_no_share(tmp_path: Path) -> None:
    used = local(BERLIN, [0] * 25)
    result = run(tmp_path, {"used.csv": used, "made.csv": local(BERLIN)}, DAY)
    found = match(result)
    assert found.share("hourly") is None
    assert found.surplus("hourly") == 25
    assert result.inventory is not None
    assert json.loads(render_energy_json(result.inventory))["hourly"]["matches"][0]["matched"][
        "annual"
    ] == {"mwh": 0, "share": None}
