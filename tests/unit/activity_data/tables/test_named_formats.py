"""Named formats: Green Button, NEM12, Portfolio Manager as rows; hostile files are refused."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ghgcalc.activity_data.tables.formats import safe_xml
from ghgcalc.activity_data.tables.formats.espi_time import EspiClock, read_rule
from ghgcalc.activity_data.tables.formats.nem12 import read_nem12
from ghgcalc.activity_data.tables.formats.registry import FILE_FORMATS, reader_of
from ghgcalc.company.read import FORMAT_OPTIONS, Read
from ghgcalc.pipeline.project import load

HEAD = """\
ghgcalc: 1
organization: {name: X, consolidation_approach: operational_control, gwp_set: AR6}
facilities: {site: {country: US}}
tables:
  t:
    files: FILES
    read: {format: FORMAT}
    columns: {quantity: quantity, unit: unit, from: from, to: to}
    constants: {facility: site, item: power}
    items: {power: {category: purchased_electricity}}
"""


def write(folder: Path, form: str, files: str, more: str = "") -> Path:
    path = folder / "company.yaml"
    text = HEAD.replace("FORMAT", form).replace("FILES", files)
    path.write_text(text + more, "utf-8")
    return path


def sums(path: Path) -> dict[tuple[str, str], Fraction]:
    """By first day of the month and unit."""
    loaded = load(path)
    assert loaded.project is not None
    assert not [item for item in loaded.diagnostics if item.severity == "error"], loaded.diagnostics
    return {
        (each.span.first.isoformat(), each.unit): each.quantity
        for each in loaded.project.tables["t"].sums
    }


def codes(path: Path) -> list[str]:
    return [item.code for item in load(path).diagnostics]


def test_formats_are_those_of_the_key() -> None:
    named = get_args(get_args(Read.model_fields["format"].annotation)[0])
    assert set(named) == set(FILE_FORMATS) == set(FORMAT_OPTIONS)
    assert all(callable(reader_of(name)) for name in FILE_FORMATS)


# ---- the clock of ESPI ---------------------------------------------------------------------------


def rule(month: int, operator: int, day: int, hour: int) -> str:
    """A rule for a Sunday."""
    return f"{month << 28 | operator << 25 | day << 20 | 7 << 17 | hour << 12:08X}"


@pytest.mark.parametrize(
    ("zone", "hours", "begins", "ends"),
    [
        # the rules that North American utilities send: second Sunday of March, first of November
        ("America/Los_Angeles", -8, "360E2000", "B40E2000"),
        ("America/Los_Angeles", -8, rule(3, 1, 8, 2), rule(11, 1, 1, 2)),
        ("Europe/Berlin", 1, rule(3, 7, 0, 2), rule(10, 7, 0, 3)),
        ("Australia/Sydney", 10, rule(10, 2, 0, 2), rule(4, 2, 0, 3)),
        ("Asia/Tokyo", 9, "FFFFFFFF", "FFFFFFFF"),
    ],
)
def test_the_clock_agrees_with_the_zone(zone: str, hours: int, begins: str, ends: str) -> None:
    clock = EspiClock(hours * 3600, 3600, read_rule(begins), read_rule(ends))
    start = datetime(2024, 1, 1, tzinfo=UTC)
    for hour in range(366 * 24):
        moment = start + timedelta(hours=hour)
        offset = moment.astimezone(ZoneInfo(zone)).utcoffset()
        assert clock.offset(int(moment.timestamp())) == offset.total_seconds(), moment  # type: ignore[union-attr]


# ---- Green Button --------------------------------------------------------------------------------

ESPI = """\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:e="http://naesb.org/espi">
<entry><link rel="self" href="/UsagePoint/9"/><link rel="related" href="/LocalTimeParameters/1"/>
<title>Yard</title><content><e:UsagePoint><e:ServiceCategory><e:kind>0</e:kind>
</e:ServiceCategory></e:UsagePoint></content></entry>
ZONE
<entry><link rel="self" href="/UsagePoint/9/MeterReading/1"/>
<link rel="up" href="/UsagePoint/9/MeterReading"/><link rel="related" href="/ReadingType/1"/>
<content><e:MeterReading/></content></entry>
<entry><link rel="self" href="/ReadingType/1"/><content><e:ReadingType>TYPE<e:uom>UOM</e:uom>
</e:ReadingType></content></entry>
<entry><link rel="self" href="/UsagePoint/9/MeterReading/1/IntervalBlock/1"/>
<link rel="up" href="/UsagePoint/9/MeterReading/1/IntervalBlock"/><content>
<e:IntervalBlock><e:interval><e:start>1704092400</e:start></e:interval>READINGS</e:IntervalBlock>
</content></entry></feed>
"""
ZONE = """\
<entry><link rel="self" href="/LocalTimeParameters/1"/><content><e:LocalTimeParameters>
<e:dstEndRule>B40E2000</e:dstEndRule><e:dstOffset>3600</e:dstOffset>
<e:dstStartRule>360E2000</e:dstStartRule><e:tzOffset>-28800</e:tzOffset>
</e:LocalTimeParameters></content></entry>
"""
EVE = 1704092400  # 2023-12-31 23:00 in Los Angeles


def reading(value: object, start: int | None = EVE, hours: int = 1, more: str = "") -> str:
    period = "" if start is None else (
        f"<e:timePeriod><e:duration>{hours * 3600}</e:duration><e:start>{start}</e:start>"
        "</e:timePeriod>"
    )  # fmt: skip
    return f"<e:IntervalReading>{more}{period}<e:value>{value}</e:value></e:IntervalReading>"


def espi(*readings: str, kind: str = "", uom: str = "72", zone: str = ZONE) -> str:
    text = ESPI.replace("READINGS", "".join(readings)).replace("TYPE", kind)
    return text.replace("UOM", uom).replace("ZONE", zone)


def power(text: str) -> str:
    return f"<e:powerOfTenMultiplier>{text}</e:powerOfTenMultiplier>"


def green(folder: Path, text: str, more: str = "") -> Path:
    (folder / "usage.xml").write_text(text, "utf-8")
    return write(folder, "green_button", "usage.xml", more)


def test_an_hour_belongs_to_its_local_day(tmp_path: Path) -> None:
    found = sums(green(tmp_path, espi(reading(900), reading(1100, EVE + 3600))))
    assert found == {("2023-12-01", "Wh"): 900, ("2024-01-01", "Wh"): 1100}


@pytest.mark.parametrize(
    ("value", "multiplier", "wanted"),
    [("12", "3", "12000"), ("1234567", "-3", "1234.567"), ("5", "0", "5"), ("5", "", "5"),
     ("0.5", "1", "5"), ("0", "-9", "0"), ("123456789012", "-6", "123456.789012")],
)  # fmt: skip
def test_the_power_of_ten(tmp_path: Path, value: str, multiplier: str, wanted: str) -> None:
    found = sums(green(tmp_path, espi(reading(value), kind=power(multiplier))))
    assert found == {("2023-12-01", "Wh"): Fraction(wanted)}


@pytest.mark.parametrize(("uom", "unit"), [("169", "therm"), ("31", "J")])
def test_units_are_ours(tmp_path: Path, uom: str, unit: str) -> None:
    assert list(sums(green(tmp_path, espi(reading(7), uom=uom)))) == [("2023-12-01", unit)]


def test_power_is_no_energy_and_units_are_never_overruled(tmp_path: Path) -> None:
    assert codes(green(tmp_path, espi(reading(7), uom="38"))) == ["unknown-unit"]
    path = green(tmp_path, espi(reading(7)))
    path.write_text(path.read_text("utf-8").replace("item: power}", "item: power, unit: kWh}"))
    assert codes(path) == ["conflicting-keys"]


def test_readings_without_a_time_follow_each_other(tmp_path: Path) -> None:
    kind = "<e:intervalLength>3600</e:intervalLength>"
    found = sums(green(tmp_path, espi(reading(1, None), reading(2, None), kind=kind)))
    assert found == {("2023-12-01", "Wh"): 1, ("2024-01-01", "Wh"): 2}
    assert codes(green(tmp_path, espi(reading(1, None)))) == ["bad-meter-file"]


def test_a_month_of_a_bill_ends_on_its_last_day(tmp_path: Path) -> None:
    month = reading(31, EVE + 3600, 31 * 24)
    assert sums(green(tmp_path, espi(month))) == {("2024-01-01", "Wh"): 31}


def test_estimates_are_marked(tmp_path: Path) -> None:
    def quality(code: int) -> str:
        return f"<e:ReadingQuality><e:quality>{code}</e:quality></e:ReadingQuality>"

    text = espi(reading(1, more=quality(17)), reading(2, EVE - 3600, more=quality(8)),
                reading(4, EVE - 7200), kind="<e:defaultQuality>9</e:defaultQuality>")  # fmt: skip
    path = green(tmp_path, text)
    path.write_text(path.read_text("utf-8").replace("to: to}", "to: to, estimated: estimated}"))
    project = load(path).project
    assert project is not None
    (each,) = project.tables["t"].sums
    assert (each.quantity, each.estimated) == (7, 6)


def test_flows_are_never_mixed_and_the_hint_is_right(tmp_path: Path) -> None:
    other = ESPI.partition('<entry><link rel="self" href="/UsagePoint/9/MeterReading/1"/>')[2]
    text = espi(reading(900), kind="<e:flowDirection>1</e:flowDirection>")
    more = '<entry><link rel="self" href="/UsagePoint/9/MeterReading/1"/>' + other
    more = more.replace("MeterReading/1", "MeterReading/2").replace(
        "ReadingType/1", "ReadingType/2"
    )
    more = more.replace("TYPE", "<e:flowDirection>19</e:flowDirection>").replace("UOM", "72")
    both = text.replace("</feed>", more.replace("READINGS", reading(200)))
    assert codes(green(tmp_path, both)) == ["mixed-readings"]
    filtered = "    filter: {flow: {equals: forward}}\n"
    assert sums(green(tmp_path, both, filtered)) == {("2023-12-01", "Wh"): 900}


def test_dials_are_no_consumption(tmp_path: Path) -> None:
    kind = "<e:accumulationBehaviour>3</e:accumulationBehaviour>"
    text = espi(reading(100_000), reading(100_900, EVE - 3600), kind=kind)
    assert codes(green(tmp_path, text)) == ["mixed-readings"]
    assert sums(green(tmp_path, text, "    filter: {kind: {equals: interval}}\n")) == {}
    path = green(tmp_path, text.replace(f"{EVE - 3600}<", f"{EVE + 86_400}<"))
    columns = "{meter: meter, day: from, reading: register, unit: unit}"
    config = path.read_text("utf-8").replace(
        "{quantity: quantity, unit: unit, from: from, to: to}", columns
    )
    path.write_text(config)
    assert sums(path) == {("2023-12-01", "Wh"): 900}


def test_an_export_read_twice_is_refused(tmp_path: Path) -> None:
    green(tmp_path, espi(reading(900)))
    (tmp_path / "usage-2.xml").write_text(espi(reading(900)), "utf-8")
    assert codes(write(tmp_path, "green_button", "usage*.xml")) == ["duplicate-row"]
    half = espi(reading(900), reading(1, EVE + 1800))
    assert codes(green(tmp_path, half)) == ["duplicate-row"]


def test_the_zone_is_asked_for(tmp_path: Path) -> None:
    path = green(tmp_path, espi(reading(900), zone=""))
    assert codes(path) == ["bad-meter-file"]
    zoned = "green_button, time_zone: America/New_York"
    assert sums(write(tmp_path, zoned, "usage.xml")) == {("2024-01-01", "Wh"): 900}
    assert codes(write(tmp_path, "green_button, time_zone: PT", "usage.xml")) == ["unknown-value"]


def test_an_archive_is_read_as_its_files(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "usage.zip", "w") as archive:
        archive.writestr("a.xml", espi(reading(900)))
        archive.writestr("b.xml", espi(reading(50, EVE - 3600)))
        archive.writestr("__MACOSX/._a.xml", b"\0")
    path = write(tmp_path, "green_button", "usage.zip")
    assert sums(path) == {("2023-12-01", "Wh"): 950}


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><feed>&b;</feed>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><feed>&a;</feed>'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BOMB, "bad-xml"), (OUTSIDE, "bad-xml"), ("<feed>" + "<a>" * 100_000, "bad-xml"),
        ('<!DOCTYPE feed SYSTEM "http://x/y.dtd"><feed/>', "bad-xml"), ("<feed><a>", "bad-xml"),
        ('<?xml version="1.0" encoding="no-such"?><feed/>', "bad-xml"), ("no XML", "bad-xml"),
        ("", "bad-xml"), ("<feed/>", "bad-meter-file"),
        (espi(reading(1)).replace(f"{EVE}</e:start></e:timeP", "x</e:start></e:timeP"),
         "bad-meter-file"),
        (espi(reading(1), kind=power("99")), "bad-meter-file"),
        (espi(reading(1), zone=ZONE.replace("360E2000", "0E0E2000")), "bad-meter-file"),
        (espi(reading("1,5")), "not-a-number"), (espi(reading("")), "empty-cell"),
    ],
)  # fmt: skip
def test_hostile_and_broken_xml(tmp_path: Path, text: str, code: str) -> None:
    assert codes(green(tmp_path, text)) == [code]


def test_an_archive_beyond_all_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_xml, "MOST_BYTES", 10_000)
    with zipfile.ZipFile(tmp_path / "usage.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", "<feed>" + " " * 100_000 + "</feed>")
    assert codes(write(tmp_path, "green_button", "usage.zip")) == ["too-large"]
    assert codes(green(tmp_path, "<feed>" + " " * 100_000 + "</feed>")) == ["too-large"]
    (tmp_path / "usage.zip").write_bytes((tmp_path / "usage.zip").read_bytes()[:-20])
    assert codes(write(tmp_path, "green_button", "usage.zip")) == ["bad-xml"]


# ---- NEM12 ---------------------------------------------------------------------------------------


def stream(
    suffix: str = "E1", minutes: int = 30, unit: str = "KWH", meter: str = "NMI0000001"
) -> str:
    return f"200,{meter},E1B1,1,{suffix},N1,METER1,{unit},{minutes},\n"


def day(values: list[str], text: str = "20240630", quality: str = "A") -> str:
    return f"300,{text},{','.join(values)},{quality},,,20240703104523,\n"


def nem(folder: Path, text: str, more: str = "", *, whole: bool = True) -> Path:
    if whole:
        text = f"100,NEM12,202407031055,MDP,RET\n{text}900\n"
    (folder / "nem.csv").write_text(text, "utf-8")
    return write(folder, "nem12", "nem.csv", more)


HALVES = ["0.5"] * 48  # 24 kWh


def test_days_of_intervals(tmp_path: Path) -> None:
    text = stream() + day(HALVES) + day(["1"] * 48, "20240701") + stream(meter="NMI0000002")
    found = sums(nem(tmp_path, text + day(["2"] * 48)))
    assert found == {("2024-06-01", "kWh"): 24 + 96, ("2024-07-01", "kWh"): 48}


@pytest.mark.parametrize(("minutes", "count"), [(5, 288), (15, 96), (30, 48)])
def test_lengths_of_intervals(tmp_path: Path, minutes: int, count: int) -> None:
    assert sums(nem(tmp_path, stream(minutes=minutes) + day(["0.125"] * count))) == {
        ("2024-06-01", "kWh"): Fraction(count, 8)
    }


def test_qualities_of_intervals(tmp_path: Path) -> None:
    text = stream() + day(HALVES, quality="V") + "400,1,40,A,,\n400,41,48,S14,32,\n"
    path = nem(tmp_path, text)
    path.write_text(path.read_text("utf-8").replace("to: to}", "to: to, estimated: estimated}"))
    project = load(path).project
    assert project is not None
    (each,) = project.tables["t"].sums
    assert (each.quantity, each.estimated) == (24, 4)


def test_null_data_are_missing_and_never_zero(tmp_path: Path) -> None:
    text = stream() + day(["0"] * 48, quality="V") + "400,1,47,A,,\n400,48,48,N,,\n"
    assert codes(nem(tmp_path, text)) == ["empty-cell"]


def test_what_is_fed_in_is_told_apart(tmp_path: Path) -> None:
    text = stream() + day(HALVES) + stream("B1") + day(["1"] * 48)
    text += stream("Q1", unit="kvarh") + day(["1"] * 48)
    assert codes(nem(tmp_path, text)) == ["mixed-readings"]
    filtered = "    filter: {flow: {equals: forward}}\n"
    assert sums(nem(tmp_path, text, filtered)) == {("2024-06-01", "kWh"): 24}
    assert sums(nem(tmp_path, text, "    filter: {suffix: {equals: B1}}\n")) == {
        ("2024-06-01", "kWh"): 48
    }


def test_a_day_twice_is_refused(tmp_path: Path) -> None:
    text = stream() + day(HALVES)
    found = load(nem(tmp_path, text + text)).diagnostics
    assert {item.code for item in found} == {"duplicate-row"}
    assert sums(nem(tmp_path, text + stream("E2") + day(HALVES))) == {("2024-06-01", "kWh"): 48}


def test_zipped(tmp_path: Path) -> None:
    nem(tmp_path, stream() + day(HALVES))
    with zipfile.ZipFile(tmp_path / "nem.zip", "w") as archive:
        archive.write(tmp_path / "nem.csv", "nem.csv")
    assert sums(write(tmp_path, "nem12", "nem.zip")) == {("2024-06-01", "kWh"): 24}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (day(HALVES), 2), (stream() + day(HALVES[:-1]), 3),
        (stream() + day([*HALVES, *["1"] * 9]), 3),
        (stream() + day(HALVES, "20240631"), 3), (stream() + day(HALVES, quality="X1"), 3),
        (stream(minutes=7) + day(HALVES), 2), (stream() + day(HALVES, quality="V"), 3),
        (stream() + day(HALVES, quality="V") + "400,1,47,A,,\n", 3),
        (stream() + day(HALVES) + "400,1,49,A,,\n", 4), (stream() + "250,x\n", 3), (stream(), 3),
        (stream() + day(HALVES) + "400,1,2,A,,\n400,2,3,A,,\n", 5), ("400,1,2,A,,\n", 2),
        ("200,NMI\n", 2), ("100,NEM12,,,\n", 2), (stream() + '300,"20240630\n', 4),
    ],
)  # fmt: skip
def test_what_departs_from_the_format(tmp_path: Path, text: str, line: int) -> None:
    (item,) = load(nem(tmp_path, text)).diagnostics
    assert item.code == "bad-meter-file"
    assert item.location is not None
    assert (item.location.path, item.location.line) == ("nem.csv", line)


def test_files_that_are_cut_short_or_another_kind(tmp_path: Path) -> None:
    cut = "100,NEM12,202407031055,MDP,RET\n" + stream() + day(HALVES)
    assert codes(nem(tmp_path, cut, whole=False)) == ["bad-meter-file"]
    assert codes(nem(tmp_path, "100,NEM13,,,\n900\n", whole=False)) == ["bad-meter-file"]
    bare = stream() + day(HALVES)  # an extract of a portal, without header and end
    assert sums(nem(tmp_path, bare, whole=False)) == {("2024-06-01", "kWh"): 24}


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from([5, 15, 30]),
    st.lists(st.decimals(0, 99_999, places=4), min_size=1, max_size=12),
    st.integers(1, 3),
)
def test_every_value_comes_out_once(minutes: int, some: list[object], days: int) -> None:
    count = 1440 // minutes
    values = [f"{some[place % len(some)]}" for place in range(count)]
    text = stream(minutes=minutes)
    text += "".join(day(values, f"202406{number + 10}") for number in range(days))
    with TemporaryDirectory() as folder:
        nem(Path(folder), text)
        rows = list(read_nem12(Path(folder) / "nem.csv", Read()))
    assert [row.cells[4] for row in rows] == values * days
    assert len({(row.row, row.part) for row in rows}) == len(rows)
    assert {(row.moment[1] - row.moment[0]) for row in rows if row.moment} == {minutes * 60}


# ---- Portfolio Manager ---------------------------------------------------------------------------

ENTRIES = """\
ENERGY STAR(R) Portfolio Manager(R)
Generated on 04/02/2025
Portfolio Manager ID,Portfolio Manager Meter ID,Meter Type,Start Date,End Date,Delivery Date,\
Usage/Quantity,Usage Units,Estimation
1,2,Electric - Grid,01/01/2024,01/31/2024,Not Available,100.5,kWh (thousand Watt-hours),No
1,2,Electric - Grid,2024-02-01 00:00:00,2024-02-29,Not Available,20,MBtu/MMBtu (million Btu),Yes
"""


def entries(folder: Path, text: str, more: str = "") -> Path:
    (folder / "entries.csv").write_text(text, "utf-8")
    return write(folder, "portfolio_manager", "entries.csv", more)


def test_entries_below_a_preamble(tmp_path: Path) -> None:
    found = sums(entries(tmp_path, ENTRIES))
    assert found == {("2024-01-01", "kWh"): Fraction("100.5"), ("2024-02-01", "mmBtu"): 20}


def test_what_is_not_available_is_missing(tmp_path: Path) -> None:
    text = ENTRIES.replace("100.5", "Not Available")
    assert codes(entries(tmp_path, text)) == ["empty-cell"]
    delivered = ENTRIES.replace("01/01/2024,01/31/2024,Not Available",
                                "Not Available,Not Available,01/20/2024")  # fmt: skip
    assert set(codes(entries(tmp_path, delivered))) == {"empty-cell"}
    path = entries(tmp_path, delivered, "    filter: {delivery: {not_equals: ''}}\n")
    text = path.read_text("utf-8")
    path.write_text(text.replace("from: from, to: to", "from: delivery, to: delivery"))
    assert sums(path) == {("2024-01-01", "kWh"): Fraction("100.5")}


def test_options_that_act_on_entries(tmp_path: Path) -> None:
    """The end of a bill is the start of the next one; numbers are grouped."""
    text = ENTRIES.replace("01/31/2024", "02/01/2024").replace("100.5", '"1,100.5"')
    (tmp_path / "entries.csv").write_text(text, "utf-8")
    options = "portfolio_manager, to: exclusive, thousands: ','"
    found = sums(write(tmp_path, options, "entries.csv"))
    assert found[("2024-01-01", "kWh")] == Fraction("1100.5")


def test_other_sheets_are_refused(tmp_path: Path) -> None:
    assert codes(entries(tmp_path, "a,b\n1,2\n")) == ["bad-meter-file"]
    assert codes(entries(tmp_path, ENTRIES + "1,2\n")) == ["ragged-row"]


# ---- the keys ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "more", "code"),
    [
        ("nem12, delimiter: ';'", "", "conflicting-keys"),
        ("nem12, date: DD/MM/YYYY", "", "conflicting-keys"),
        ("nem12, time_zone: Australia/Sydney", "", "conflicting-keys"),
        ("nem13", "", "unknown-value"),
        ("nem12", "    filter: {Flow: {equals: forward}}\n", "unknown-column"),
    ],
)
def test_keys_that_cannot_act(tmp_path: Path, form: str, more: str, code: str) -> None:
    nem(tmp_path, stream() + day(HALVES))
    assert codes(write(tmp_path, form, "nem.csv", more)) == [code]


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"%PDF-1.7", "PDF"), (b"100,NEM12,2024\n", "format: nem12"),
        (b"<?xml version='1.0'?><a/>", "format: green_button"),
        (b"\xef\xbb\xbf<feed xmlns='http://www.w3.org/2005/Atom'/>", "format: green_button"),
    ],
)  # fmt: skip
def test_files_that_are_no_tables(tmp_path: Path, content: bytes, part: str) -> None:
    (tmp_path / "usage.csv").write_bytes(content)
    path = write(tmp_path, "nem12", "usage.csv")
    path.write_text(path.read_text("utf-8").replace("    read: {format: nem12}\n", ""))
    (item,) = load(path).diagnostics
    assert item.code == "no-table"
    assert part in f"{item.message} {item.hint}"
