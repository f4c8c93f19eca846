"""Facilities, items and names in tables: entries like those of YAML, placed at their cells."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ghgcalc.pipeline.project import load
from ghgcalc.pipeline.project_files import files_of
from support.command import run

HEAD = """\
ghgcalc: 1
organization: {name: X, consolidation_approach: equity_share, gwp_set: AR6}
"""
SITES = """\
facility_tables:
  register:
    files: sites.csv
    read: {date: DD/MM/YYYY}
    columns: {id: Code, name: Building, country: Land, opened: Opened, from: Since,
              economic_interest: Share}
    names: {country: {United Kingdom: GB}}
"""
ROWS = """\
Code,Building,Land,Opened,Since,Share
A1,"North, Tower",United Kingdom,01/02/2015,01/02/2015,60 %
A1,"North, Tower",,,01/07/2023,100%
B2,South,United Kingdom,,01/01/2010,0.5
"""
TABLE = """\
tables:
  power:
    files: power.csv
    columns: {facility: Building, item: Kind, quantity: kWh, period: Month}
    constants: {unit: kWh gross}
    items_from: {files: items.csv, columns: {theirs: Kind, category: Cat, fuel: Fuel},
                 names: {fuel: {Erdgas: natural_gas}}}
    names_from: {facility: {files: sites.csv, columns: {theirs: Building, ours: Code}}}
"""
FILES = {
    "sites.csv": ROWS,
    "items.csv": "Kind,Cat,Fuel\nElec,purchased_electricity,\nGas,stationary_combustion,Erdgas\n",
    "power.csv": """\
Building,Kind,kWh,Month
"North, Tower",Elec,100,2023-01
South,Gas,300,2023-01
""",
}


def write(folder: Path, company: str, **files: str) -> Path:
    for name, text in {**FILES, **files}.items():
        (folder / name).write_text(text, "utf-8")
    path = folder / "company.yaml"
    path.write_text(HEAD + company, "utf-8")
    return path


def found(path: Path) -> list[tuple[str, str, str]]:
    """Code, place and message of every finding of reading."""
    return [(item.code, str(item.location), item.message) for item in load(path).diagnostics]


def test_rows_are_facilities_with_their_states_by_day(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, SITES))
    assert loaded.project is not None
    assert not loaded.diagnostics
    north, south = loaded.project.company.facilities.values()
    assert (north.country, north.name, north.opened) == ("GB", "North, Tower", date(2015, 2, 1))
    assert {day: state.economic_interest for day, state in north.history.items()} == {
        date(2015, 2, 1): Fraction(3, 5), date(2023, 7, 1): Fraction(1),
    }  # fmt: skip
    assert south.history[date(2010, 1, 1)].economic_interest == Fraction(1, 2)


def test_a_table_of_a_workbook_says_the_same_as_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in csv.reader(ROWS.splitlines()):
        book.active.append(row)
    book.active["D2"] = date(2015, 2, 1)
    book.save(tmp_path / "sites.xlsx")
    as_text = load(write(tmp_path, SITES)).project
    as_book = load(write(tmp_path, SITES.replace("sites.csv", "sites.xlsx"))).project
    assert as_text is not None
    assert as_book is not None
    assert as_text.company.facilities == as_book.company.facilities


def test_words_for_nothing_are_empty_cells(tmp_path: Path) -> None:
    company = SITES.replace("read: {", "read: {empty: [n/a], ")
    rows = ROWS.replace("01/02/2015,01/02/2015", "n/a,01/02/2015")
    project = load(write(tmp_path, company, **{"sites.csv": rows})).project
    assert project is not None
    assert project.company.facilities["A1"].opened is None


def test_items_and_names_read_the_rows(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, SITES + TABLE))
    assert loaded.project is not None
    assert not loaded.diagnostics
    sums = loaded.project.tables["power"].sums
    assert [(e.facility, e.item, e.quantity) for e in sums] == [("A1", "Elec", 100),
                                                                ("B2", "Gas", 300)]  # fmt: skip
    items = loaded.project.company.tables["power"].items
    assert {text: (item.category, item.fuel) for text, item in items.items()} == {
        "Elec": ("purchased_electricity", None), "Gas": ("stationary_combustion", "natural_gas"),
    }  # fmt: skip


def test_a_dot_goes_one_level_down(tmp_path: Path) -> None:
    company = """\
facility_tables:
  register:
    files: leased.csv
    columns: {id: Code, lease.type: Lease, fuel_properties.natural_gas.gcv: GCV}
    constants: {country: FR, lease.party: lessee}
"""
    path = write(tmp_path, company, **{"leased.csv": "Code,Lease,GCV\nA,operating,39.5 MJ/Nm3\n"})
    project = load(path).project
    assert project is not None
    facility = project.company.facilities["A"]
    assert facility.lease is not None
    assert (facility.lease.type, facility.lease.party) == ("operating", "lessee")
    assert str(facility.fuel_properties["natural_gas"].gcv) == "39.5 MJ/Nm3"


def test_the_files_are_inputs_and_no_output_may_overwrite_them(tmp_path: Path) -> None:
    path = write(tmp_path, "factor_packs: [desnz]\n" + SITES + TABLE)
    project = load(path).project
    assert project is not None
    for name in ("sites.csv", "items.csv", "power.csv"):
        assert project.inputs[name] == hashlib.sha256(FILES[name].encode()).hexdigest()
        assert tmp_path / name in files_of(project)
    done = run("compute", path, "--output", tmp_path / "items.csv")
    assert done.exit_code == 2, done.stderr
    assert (tmp_path / "items.csv").read_text("utf-8") == FILES["items.csv"]


@pytest.mark.parametrize(
    ("company", "files", "code", "place"),
    [
        (SITES + "facilities: {A1: {country: GB}}\n", {}, "duplicate-key", "sites.csv:2:1"),
        (SITES, {"sites.csv": ROWS + "B2,South,,,01/01/2010,1\n"}, "duplicate-key",
         "sites.csv:5:12"),
        (SITES, {"sites.csv": ROWS + "C3,x,GB,2015-01-02,,\n"}, "bad-date", "sites.csv:5:9"),
        (SITES, {"sites.csv": ROWS + "C3,x,GB,,,50 %\n"}, "empty-cell", "sites.csv:5:10"),
        (SITES, {"sites.csv": ROWS + ",x,GB,,,\n"}, "empty-cell", "sites.csv:5:1"),
        (SITES, {"sites.csv": ROWS + "C3,x,,,,\n"}, "missing-key", "sites.csv:5:1"),
        (SITES, {"sites.csv": ROWS + "C 3,x,GB,,,\n"}, "bad-id", "sites.csv:5:1"),
        (SITES, {"sites.csv": ROWS + "C3,x,GB,,01/01/2010,150 %\n"}, "out-of-bounds",
         "sites.csv:5:21"),
        (SITES, {"sites.csv": ROWS + "A1,Other,,,02/07/2023,1\n"}, "conflicting-keys",
         "sites.csv:5:4"),
        (SITES, {"sites.csv": ROWS + "C3,x\n"}, "ragged-row", "sites.csv:5:1"),
        (SITES.replace("from: Since,", ""), {}, "missing-key", "company.yaml:4:3"),
        (SITES.replace("Land", "Country"), {}, "unknown-column", "company.yaml:7:50"),
        (SITES.replace("sites.csv", "../sites.csv"), {}, "path-outside", "company.yaml:5:12"),
        (SITES.replace("sites.csv", "none.csv"), {}, "file-not-found", "company.yaml:5:12"),
        (SITES.replace("DD/MM/YYYY", "day"), {}, "unknown-value", "company.yaml:6:18"),
        (SITES.replace("read: {", "read: {empty_quantities: skip, "), {}, "conflicting-keys",
         "company.yaml:4:3"),
        (SITES + TABLE, {"items.csv": FILES["items.csv"].replace(",purchased_e", ",e")},
         "unknown-value", "items.csv:2:6"),
        (SITES + TABLE + "    items: {Gas: {category: stationary_combustion}}\n", {},
         "duplicate-key", "items.csv:3:1"),
        (SITES + TABLE + "    names: {facility: {South: B2}}\n", {}, "duplicate-key",
         "sites.csv:4:4"),
    ],
)  # fmt: skip
def test_findings_stand_at_the_cell(
    tmp_path: Path, company: str, files: dict[str, str], code: str, place: str
) -> None:
    assert (code, place) in [item[:2] for item in found(write(tmp_path, company, **files))]


def test_an_id_in_both_names_both_places(tmp_path: Path) -> None:
    path = write(tmp_path, SITES + "facilities:\n  A1: {country: GB}\n")
    (item,) = load(path).diagnostics
    assert item.message == "`A1` of `facilities` stands in `sites.csv` and in `company.yaml`"
    assert [str(related.location) for related in item.related] == ["company.yaml:11:3"]


def test_a_list_that_cannot_be_read_is_the_only_finding(tmp_path: Path) -> None:
    company = (SITES + TABLE).replace("sites.csv\n", "none.csv\n")
    assert [item[0] for item in found(write(tmp_path, company))] == ["file-not-found"]


def test_many_bad_rows_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"C{number},x,GB,2015,,\n" for number in range(100))
    findings = found(write(tmp_path, SITES, **{"sites.csv": ROWS + rows}))
    assert len(findings) == 21
    assert findings[-1][2] == "and 80 more rows of the list with `bad-date`"


@pytest.mark.parametrize(
    ("totals", "message"),
    [
        # 100 + 300 of the rows
        ("{kWh gross: 400 kWh gross, Elec: {kWh gross: 0.1 MWh gross}}", None),
        ("{Gas: {kWh gross: 300.000000001 kWh gross}}",
         "table `power`: the rows of item `Gas` sum to 300 kWh gross, the control total states"
         " 300.000000001 kWh gross"),
        ("{Oil: {kWh gross: 300 kWh gross}}",
         "`Oil` of `control_totals` is no item of table `power`"),
    ],
)  # fmt: skip
def test_control_totals_of_an_item(tmp_path: Path, totals: str, message: str | None) -> None:
    path = write(tmp_path, SITES + TABLE + f"    control_totals: {totals}\n")
    assert [item[2] for item in found(path)] == ([] if message is None else [message])


def test_shown_control_totals_are_exact(tmp_path: Path) -> None:
    power = FILES["power.csv"].replace("100", "100.123456789")
    company = "factor_packs: [desnz]\n" + SITES + TABLE
    text = run("compute", write(tmp_path, company, **{"power.csv": power})).stdout
    assert "400.123456789 of 400.123456789 kWh gross used" in " ".join(text.split())


SITE = st.tuples(
    st.from_regex(r"[A-Z][a-z0-9_.-]{0,6}", fullmatch=True),
    st.sampled_from(["GB", "FR", "CN"]),
    st.text("abc é\"',;#:{}[]-0", max_size=8),
    st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2020, 1, 1))),
    st.lists(st.tuples(st.dates(date(2001, 1, 1), date(2020, 1, 1)), st.integers(0, 100)),
             max_size=3, unique_by=lambda each: each[0]),
)  # fmt: skip


@settings(max_examples=8, deadline=None)
@given(st.lists(SITE, min_size=1, max_size=5, unique_by=lambda site: site[0]))
def test_a_list_gives_the_facilities_that_yaml_gives(sites: list[Any]) -> None:
    rows, yaml = [["Code", "Land", "Name", "Opened", "Since", "Share"]], "facilities:\n"
    for code, land, text, opened, states in sites:
        name = text.strip()
        shown = opened.strftime("%d/%m/%Y") if opened else ""
        for place, (day, share) in enumerate(states or [(None, None)]):
            first = [land, name, shown] if place == 0 else ["", "", ""]
            rows.append(
                [code, *first, f"{day:%d/%m/%Y}" if day else "", f"{share} %" if day else ""]
            )
        yaml += f"  {json.dumps(code)}:\n    country: {land}\n"
        yaml += f"    name: {json.dumps(name)}\n" if name else ""
        yaml += f"    opened: {opened.isoformat()}\n" if opened else ""
        yaml += "    history:\n" if states else ""
        for day, share in states:
            yaml += f"      {day.isoformat()}: {{economic_interest: {share}%}}\n"
    listed = SITES.replace("name: Building", "name: Name").split("    names:")[0]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "company.yaml"
        with (Path(folder) / "sites.csv").open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows(rows)
        path.write_text(HEAD + listed, "utf-8")
        from_list = load(path)
        path.write_text(HEAD + yaml, "utf-8")
        from_yaml = load(path)
    assert from_list.project is not None, from_list.diagnostics
    assert from_yaml.project is not None, from_yaml.diagnostics
    assert from_list.project.company.facilities == from_yaml.project.company.facilities


@pytest.mark.parametrize("decimal", [",", "."])
def test_numbers_of_a_list_have_the_form_of_the_company_file(decimal: str) -> None:
    """A sign that would not act is refused: `1.000 kWh` would be 1 kWh."""
    from pydantic import ValidationError

    from ghgcalc.company.lists import NameList

    given = {"files": "n.csv", "columns": {"theirs": "t", "ours": "o"}}
    if decimal == ".":
        assert NameList.model_validate({**given, "read": {"decimal": "."}}).read.decimal == "."
        return
    with pytest.raises(ValidationError, match="does not act on a list"):
        NameList.model_validate({**given, "read": {"decimal": decimal}})
