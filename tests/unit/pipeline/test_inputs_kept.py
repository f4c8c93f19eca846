"""No command overwrites what it read: tables, packs with their tables, includes, evidence, lock."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.command import run

COMPANY = """
ghgcalc: 1
organization: {name: A, country: GB, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [./own/pack.yaml]
include: [sites/*.md]
facilities: {leeds: {country: GB}}
tables:
  bills:
    files: data/*.csv
    columns: {quantity: qty, period: month}
    constants: {facility: leeds, item: power, unit: kWh}
    items: {power: {category: purchased_electricity, evidence: [proof/bill.txt]}}
hourly:
  leeds-2022:
    matching: hourly
    time_zone: UTC
    period: 2022
    consumption: {plant: {files: [hours/use.csv], columns: {time: t, quantity: q}, unit: kWh}}
    generation: {wind: {files: [hours/wind.csv], columns: {time: t, quantity: q}, unit: kWh}}
"""
SITE = """
activities:
  boiler:
    facility: leeds
    category: process_emissions
    gas_masses: {CO2: 1 t}
    period: 2023
    evidence: [proof/lab.json]
"""
PACK = """
pack: own
title: Own factors
version: "1"
year_rule: data_year
tables: [{file: rows.csv, holds: factors}]
"""
ROWS = """id,category,region,year,per,CO2 [kg],locator
grid.2023,purchased_electricity,GB,2023,kWh,0.2,t1
grid.2024,purchased_electricity,GB,2024,kWh,0.2,t1
"""
FILES = {
    "company.yaml": COMPANY, "sites/site.md": SITE, "own/pack.yaml": PACK, "own/rows.csv": ROWS,
    "data/bills.csv": "qty,month\n1000,2024-01\n500,2023-01\n", "proof/bill.txt": "bill",
    "proof/lab.json": "{}", "hours/use.csv": "t,q\n", "hours/wind.csv": "t,q\n",
}  # fmt: skip
INPUTS = [name for name in FILES if name != "company.yaml"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(words: list[str], name: str) -> None:
    before = Path(name).read_bytes()
    done = run(*words)
    assert Path(name).read_bytes() == before, words
    assert done.exit_code == 2, (words, done.output)
    assert name in done.output


REPORTS = [
    (command, name)
    for command in ("compute", "energy", "diff", "lines")
    for name in INPUTS
    if Path(name).suffix in ((".csv",) if command == "lines" else (".csv", ".md", ".json", ".txt"))
]


@pytest.mark.parametrize(("command", "name"), REPORTS)
def test_a_report_never_replaces_an_input(project: Path, command: str, name: str) -> None:
    words = {"diff": ["diff", "2023", "2024"]}.get(command, [command, "--period", "2024"])
    refused([*words, "-o", name], name)


@pytest.mark.parametrize("name", [*INPUTS, "company.yaml"])
def test_an_import_never_replaces_an_input(project: Path, name: str) -> None:
    form = ["template", "company.yaml", "-o", "form.xlsx", "--facility", "leeds"]
    assert run(*form, "--period", "2024").exit_code == 0
    refused(["import", "form.xlsx", "-o", name], name)
    refused(["import", "form.xlsx", "--replace", "-o", name], name)
    refused(["import", "form.xlsx", "-o", "form.xlsx"], "form.xlsx")


def test_a_link_to_an_input_is_followed(project: Path) -> None:
    Path("out.csv").symlink_to("data/bills.csv")
    refused(["compute", "-o", "out.csv"], "out.csv")
    assert Path("data/bills.csv").read_text("utf-8") == FILES["data/bills.csv"]


def test_a_template_never_replaces_a_table(project: Path) -> None:
    Path("data/bills.xlsx").write_bytes(b"another table")
    Path("company.yaml").write_text(COMPANY.replace("*.csv", "*.xlsx"), "utf-8")
    words = ["template", "-o", "data/bills.xlsx", "--facility", "leeds", "--period", "2024"]
    refused(words, "data/bills.xlsx")


def test_an_import_replaces_what_an_import_wrote(project: Path) -> None:
    form = ["template", "company.yaml", "-o", "form.xlsx", "--facility", "leeds"]
    assert run(*form, "--period", "2023").exit_code == 0
    take = ["import", "form.xlsx", "-o", "leeds.yaml"]
    assert run(*take).exit_code == 0
    written = Path("leeds.yaml").read_text("utf-8")
    assert written.startswith("# written by ghgcalc import: leeds 2023, from form.xlsx\n")
    assert run(*take).exit_code == 0
    # a version before the mark wrote the same file with another first line
    Path("leeds.yaml").write_text(written.replace("written by ghgcalc import: ", ""), "utf-8")
    done = run(*take)
    assert done.exit_code == 2
    assert "--replace" in done.output
    assert run(*take, "--replace").exit_code == 0
    assert Path("leeds.yaml").read_text("utf-8") == written


def test_factors_import_replaces_the_same_pack_alone(project: Path) -> None:
    before = {name: Path(name).read_bytes() for name in ("own/pack.yaml", "own/rows.csv")}
    from ghgcalc.factors.importers.common import ImportSourceError, Table, write_pack

    table = Table("rows.csv", "factors", [{"id": "x", "per": "kWh"}])
    with pytest.raises(ImportSourceError, match="holds the pack `own`, not `grid`"):
        write_pack(Path("own"), {"pack": "grid"}, [table])
    with pytest.raises(ImportSourceError, match="holds files, but no pack `grid`"):
        write_pack(Path("data"), {"pack": "grid"}, [table])
    assert {name: Path(name).read_bytes() for name in before} == before
    write_pack(Path("own"), {"pack": "own"}, [table])
    assert Path("own/rows.csv").read_text("utf-8") == "id,per\nx,kWh\n"
