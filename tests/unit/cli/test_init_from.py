"""`ghgcalc init --from`: files copied untouched, a company file for review, open places refused.

Sums stand worked by hand beside each file; the examples of real files are compared with the same
data written plainly.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

import openpyxl
import pytest

import ghgcalc
from ghgcalc.pipeline.starter import looks
from ghgcalc.views.amounts import Bucket, by_month, weigh
from support.command import ROOT, run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ghgcalc.calculation.results.line import Line

REAL = ROOT / "examples" / "real-files"
POWER = {r"\{category: …\}": "{category: purchased_electricity}"}
OWN = """pack: own
version: "1"
title: Own
gwp_set: AR6
factors:
  grid: {category: purchased_electricity, region: GB, kind: grid_average, per: kWh, gases: {CO2: 0.5 kg}, source: test}
"""  # noqa: E501
US = "Date,Usage\n01/02/2024,1.234\n03/04/2024,2.345\n"
DUTCH = """Van;Tot;Register;Volume;Eenheid
01-01-2024;31-01-2024;Afname;100,5;kWh
01-01-2024;31-01-2024;Injectie;20,25;kWh
01-02-2024;29-02-2024;Afname;90,5;kWh
01-02-2024;29-02-2024;Injectie;30,25;kWh
"""
CREDITS = """Type,Month,Site,Qty,UoM
INV,2024-01,LDS,1000,kWh
CRN,2024-02,LDS,80,kWh
INV,2024-02,LDS,900,kWh
INV,2024-03,LDS,,kWh
"""
WIDE = "Building,Jan,Feb,Mar\nA,1.5,2,3\nAll sites,1.5,2,3\n"
# text, what stands at each open place (a pattern of the line, and the line), kWh worked by hand
SMALL = {
    "us": (US, {"date: …": "date: MM/DD/YYYY", "decimal: …": 'decimal: "."', "to: …": "to: Date",
                "unit: …": "unit: kWh"}, Fraction("3.579")),
    "dutch": (DUTCH, {"equals: …": "equals: Afname"}, Fraction(191)),
    # 1,000 + 900 less a credit of 80; March has no quantity
    "credits": (CREDITS, {"sign: …": "sign: reversed", "empty_quantities: …":
                          "empty_quantities: skip"}, Fraction(1820)),
    "wide": (WIDE, {"unit: …": "unit: kWh", "…-0": "2024-0", "not_equals: …":
                    "not_equals: [All sites]"}, Fraction("6.5")),
}  # fmt: skip
COMMON = {"^  …:": "  leeds:", "country: …": "country: GB", "facility: …": "facility: leeds"}


def begun(folder: Path, *files: Path, words: str = "") -> str:
    """The company file of a new repository."""
    options = [word for file in files for word in ("--from", file)]
    done = run("init", folder, *options, *words.split())
    assert done.exit_code == 0, done.output
    for file in files:
        assert (folder / "data" / file.name).read_bytes() == file.read_bytes()
    return (folder / "company.yaml").read_text("utf-8")


def filled(text: str, answers: Mapping[str, str]) -> str:
    for pattern, written in answers.items():
        text, count = re.subn(pattern, written, text, flags=re.MULTILINE)
        assert count, pattern
    return text


def open_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if "…" in line.partition("#")[0]]


def tonnes(company: Path) -> Fraction | None:
    """Location-based Scope 2 of 2024; None where errors withhold it."""
    found = ghgcalc.compute(company, period="2024")
    return None if found.inventory is None else found.inventory.totals.scope_2["location_based"]


def months(company: Path) -> Mapping[object, Fraction | None]:
    """Tonnes by month; facilities are not compared, whose ids are made up."""
    done = ghgcalc.compute(company, period="2024")
    assert done.inventory is not None, done.diagnostics

    def bucket(line: Line) -> Bucket:
        return Bucket(line.scope, line.category, None, None, line.span)

    found = by_month(weigh(done.inventory.lines, bucket))
    return {key: each.total("location_based") for key, each in found.items()}


@pytest.mark.parametrize(
    ("name", "file", "country", "answers"),
    [
        ("german-export", ["verbrauch-2024.csv"], "DE", {}),
        ("nem12", ["NEM12_MDPEXMPL_20240703.csv"], "AU", {"equals: …": "equals: forward"}),
        ("green-button", ["usage-2024.xml"], "US", {"equals: …": "equals: forward"}),
        ("computed-cells", ["frame.csv", "releves.csv"], "FR", {}),
    ],
)
def test_real_files_give_what_the_plain_file_gives(
    name: str, file: list[str], country: str, answers: dict[str, str], tmp_path: Path
) -> None:
    """From the files alone: fill in what is open, and the example's own factors give its totals."""
    folder = tmp_path / "new"
    text = begun(folder, *(REAL / name / each for each in file), words=f"--country {country}")
    company = folder / "company.yaml"
    refused = run("check", company)
    assert refused.exit_code == 1
    assert "`…` is not a category" in refused.stderr
    text = filled(re.sub(r"^  - (?!\./).*\n", "", text, flags=re.M), {**POWER, **answers})
    assert not open_lines(text)
    company.write_text(text, "utf-8")
    (folder / "factors" / "own.yaml").write_bytes((REAL / name / "own.yaml").read_bytes())
    done = run("check", company)
    assert done.exit_code == 0, done.output
    plain = REAL / name / "plain" / "company.yaml"
    assert months(company) == months(plain)
    assert tonnes(company) == tonnes(plain)


@pytest.mark.parametrize("name", SMALL)
def test_open_places_are_refused_one_by_one(name: str, tmp_path: Path) -> None:
    """With one place left open there is an error and no total; with none, kWh × 0.5 kg."""
    text, answers, amount = SMALL[name]
    file = tmp_path / f"{name}.csv"
    file.write_text(text, "utf-8")
    found = begun(tmp_path / "new", file)
    company = tmp_path / "new" / "company.yaml"
    (tmp_path / "new" / "factors" / "own.yaml").write_text(OWN, "utf-8")
    every = {**POWER, **answers}
    every |= {pattern: to for pattern, to in COMMON.items() if re.search(pattern, found, re.M)}
    whole = filled(found, every)
    assert not open_lines(whole)
    for left in every:
        company.write_text(filled(found, {k: v for k, v in every.items() if k != left}), "utf-8")
        done = ghgcalc.compute(company, period="2024")
        errors = [item for item in done.diagnostics if item.severity == "error"]
        assert errors, left
        assert all(item.hint for item in errors), errors
        assert tonnes(company) is None, left
    company.write_text(whole, "utf-8")
    assert run("check", company).exit_code == 0
    assert tonnes(company) == amount / 2000


def test_where_nothing_is_open_it_computes_at_once(tmp_path: Path) -> None:
    """12 months of 1,000 kWh and one facility more with 500.5: 12,500.5 kWh at DESNZ 2024.

    0.20493 + 0.0009 × 27/28 + 0.00122 × 273/265 kg/kWh, as the test of plain `init` has it.
    """
    rows = "".join(f"Leeds,purchased_electricity,2024-{month:02},1000\n" for month in range(1, 13))
    file = tmp_path / "bills.csv"
    file.write_text(
        f"Site,Category,Month,kWh\n{rows}York,purchased_electricity,2024-01,500.5\n", "utf-8"
    )
    text = begun(tmp_path / "new", file, words="--country GB")
    assert not open_lines(text)
    assert "  - desnz-2024\n" in text
    per_kwh = (Fraction("0.20493") + Fraction("0.0009") * 27 / 28
               + Fraction("0.00122") * 273 / 265)  # fmt: skip
    assert tonnes(tmp_path / "new" / "company.yaml") == Fraction("12500.5") * per_kwh / 1000
    again = run("init", tmp_path / "other", "--from", file, "--country", "GB")
    assert "nothing is open" in again.stdout
    assert "next: ghgcalc compute" in again.stdout


def test_each_sheet_that_is_a_table(tmp_path: Path) -> None:
    """The fullest is proposed, others ask whether they count; the sum of the fullest: 47 kWh."""
    book = openpyxl.Workbook()
    book.active.title = "Detail"
    for row in (("Site", "Month", "kWh"), ("Mill", "2024-01", 12), ("Mill", "2024-02", 30),
                ("mill", "2024-01", 5)):  # fmt: skip
        book.active.append(row)
    for row in (("Month", "kWh"), ("2024-01", 17), ("2024-02", 30)):
        (book["Sum"] if "Sum" in book.sheetnames else book.create_sheet("Sum")).append(row)
    book.create_sheet("Notes")["A1"] = "none"
    book.save(tmp_path / "book.xlsx")
    folder = tmp_path / "new"
    text = begun(folder, tmp_path / "book.xlsx", words="--country GB --facility plant")
    assert "      sheet: Detail\n" in text
    assert "      sheet: …  # Sum if its rows count beside" in text
    assert "        Mill: mill\n        mill: mill-2\n" in text  # two texts are two facilities
    (folder / "factors" / "own.yaml").write_text(OWN, "utf-8")
    company = folder / "company.yaml"
    company.write_text(filled(text, POWER), "utf-8")
    refused = run("check", company)
    assert "sheet `…`" in refused.stderr
    assert tonnes(company) is None
    kept, _, _ = filled(text, POWER).partition("  # data/book.xlsx, sheet `Sum`")
    company.write_text(kept, "utf-8")
    assert tonnes(company) == Fraction(47, 2000)


def test_portfolio_manager_is_taken_as_such(tmp_path: Path) -> None:
    text = begun(tmp_path / "new", REAL / "portfolio-manager" / "My_Properties_2025-04-02.xlsx")
    assert "      format: portfolio_manager\n" in text
    assert "  harbor-tower:\n    country: …" in text
    assert '        "21345678": harbor-tower\n' in text


def test_what_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No table, no amounts, too large, the same name twice, what exists; and nothing is written."""
    (tmp_path / "a").mkdir()
    for name, text in (("bill.csv", "%PDF-1.4 x"), ("sites.csv", "Site,Country\nA,GB\nB,GB\n"),
                       ("us.csv", US), ("a/US.csv", US)):  # fmt: skip
        (tmp_path / name).write_text(text, "utf-8")
    new = tmp_path / "new"
    for words, code, said in (
        (("bill.csv",), 1, "error[no-table]"),
        (("sites.csv",), 1, "holds no column of quantities"),
        (("none.csv",), 2, "is no file"),
        (("us.csv", "a/US.csv"), 2, "would both be kept as data/US.csv"),
    ):
        options = [word for each in words for word in ("--from", tmp_path / each)]
        done = run("init", new, *options)
        assert (done.exit_code, said in done.stderr) == (code, True), done.stderr
    file = tmp_path / "us.csv"
    assert "is not a country code" in run("init", new, "--from", file, "--country", "UK").stderr
    assert "state --country" in run("init", new, "--from", file, "--region", "GB").stderr
    monkeypatch.setattr(looks, "MOST_BYTES", len(US) - 1)
    assert "error[too-large]" in run("init", new, "--from", file).stderr
    monkeypatch.undo()
    assert not new.exists()
    (new / "data").mkdir(parents=True)
    (new / "data" / "us.csv").write_text("ours", "utf-8")
    assert "us.csv exists and is not overwritten" in run("init", new, "--from", file).stderr
    assert (new / "data" / "us.csv").read_text("utf-8") == "ours"
    (new / "data" / "us.csv").write_text(US, "utf-8")  # a file that lies there is begun from
    assert run("init", new, "--from", new / "data" / "us.csv").exit_code == 0
    assert (new / "data" / "us.csv").read_text("utf-8") == US


def test_names_that_would_break_the_file(tmp_path: Path) -> None:
    """Texts with quotes and signs of YAML stay texts."""
    file = tmp_path / "b [1].csv"
    file.write_text('Site,Month,kWh\n"A: ""x"" # {1}",2024-01,5\n"…",2024-02,6\n', "utf-8")
    done = run("init", tmp_path / "new", "--from", file, "--country", "GB", "--name", 'X "{y}"')
    assert done.exit_code == 0, done.output
    text = (tmp_path / "new" / "company.yaml").read_text("utf-8")
    assert "    files: data/b _1_.csv\n" in text or '    files: "data/b _1_.csv"\n' in text
    company = tmp_path / "new" / "company.yaml"
    company.write_text(filled(text, POWER), "utf-8")
    (tmp_path / "new" / "factors" / "own.yaml").write_text(OWN, "utf-8")
    assert tonnes(company) == Fraction(11, 2000)
