"""Text that goes out is clean: no control, direction mark or invisible sign leaves as it is."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

import polars as pl
import pytest
import yaml

from ghgcalc.analysis.compare.sides import snapshot_of_json
from ghgcalc.company.collect.read import Collected
from ghgcalc.company.collect.rows import form_of
from ghgcalc.company.collect.write import activities_yaml
from ghgcalc.core.diagnostics import Diagnostic, Location
from ghgcalc.core.period import parse_period_text
from ghgcalc.core.text.controls import escaped_json, escaped_yaml, replaced
from ghgcalc.pipeline.rows import write_lines
from ghgcalc.pipeline.run import Run, compute
from ghgcalc.render.csv import render_csv
from ghgcalc.render.diagnostics import render_json as findings_json
from ghgcalc.render.json.inventory import render_json
from ghgcalc.render.markdown import escaped, render_markdown
from ghgcalc.render.xlsx.template import write_template
from ghgcalc.render.xlsx.workbook import write_workbook

if TYPE_CHECKING:
    from pathlib import Path

# one of each kind: ESC, BEL, DEL, CSI and NEL of C1, zero width, line separator, override, isolate,
# word joiner, byte order mark, tag
SIGNS = "\x1b\x07\x7f\x9b\x85\u200b\u200f\u2028\u202e\u2066\u2060\ufeff\U000e0041"
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
                 "\U000e0000-\U000e007f]")  # fmt: skip
WRITTEN = "".join(f"\\U{ord(sign):08x}" for sign in SIGNS)
COMPANY = f"""
ghgcalc: 1
organization: {{name: "A{WRITTEN}B", consolidation_approach: operational_control, gwp_set: AR6}}
facilities: {{leeds: {{country: GB}}}}
activities:
  melting:
    facility: leeds
    category: process_emissions
    gas_masses: {{CO2: 2 t}}
    period: 2023
    item: "x{WRITTEN}y"
    evidence: ["lab{WRITTEN}.pdf"]
    note: "{WRITTEN}"
    estimated: {{method: "m{WRITTEN}", reason: "r{WRITTEN}"}}
tables:
  bills:
    files: bills.csv
    columns: {{item: what, quantity: qty, period: month}}
    constants: {{facility: leeds, unit: kWh}}
    items:
      "p{WRITTEN}q":
        category: purchased_electricity
        emission_rate: {{CO2: 0.5 kg/kWh}}
        evidence: "e{WRITTEN}"
    names: {{}}
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("signs")
    (folder / "company.yaml").write_text(COMPANY, "utf-8")
    item = f"p{SIGNS}q"
    (folder / "bills.csv").write_text(f"what,qty,month\n{item},100,2023-01\n", "utf-8")
    made = compute(folder / "company.yaml", period="2023")
    assert made.inventory is not None, made.diagnostics
    assert len(made.inventory.lines) == 2
    return made


def test_every_sign_is_replaced_or_escaped() -> None:
    assert replaced(f"a{SIGNS}b") == "a" + "\ufffd" * len(SIGNS) + "b"
    assert replaced("Zürich\t昆山\n") == "Zürich 昆山 "
    text = json.dumps(SIGNS, ensure_ascii=False)
    assert escaped_json(text).isascii()
    assert json.loads(escaped_json(text)) == SIGNS
    assert yaml.safe_load(escaped_yaml(text)) == SIGNS


def test_texts_for_programs_are_escaped_and_read_back(run: Run) -> None:
    assert run.inventory is not None
    text = render_json(run.inventory)
    assert not RAW.search(text)
    read = json.loads(text)
    assert read["organization"] == f"A{SIGNS}B"
    assert any(f"p{SIGNS}q" in line["id"] for line in read["lines"])
    assert [f"lab{SIGNS}.pdf"] in [line["evidence"] for line in read["lines"]]
    finding = Diagnostic("bad-id", f"`{SIGNS}`", Location(f"{SIGNS}.yaml", 1, 1), hint=SIGNS)
    assert not RAW.search(findings_json([finding]))
    assert json.loads(findings_json([finding]))[0]["hint"] == SIGNS


def test_a_saved_json_has_the_ids_of_the_inventory(run: Run) -> None:
    assert run.inventory is not None
    saved = snapshot_of_json(render_json(run.inventory), "saved")
    assert [line.id for line in saved.lines] == [line.id for line in run.inventory.lines]


def test_texts_for_people_are_replaced(run: Run) -> None:
    assert run.inventory is not None
    for text in (render_csv(run.inventory), render_markdown(run.inventory)):
        assert not RAW.search(text)
        assert "\ufffd" in text


def test_ledgers_are_replaced(run: Run, tmp_path: Path) -> None:
    assert run.inventory is not None
    assert run.project is not None
    for name in ("lines.csv", "lines.parquet"):
        write_lines(run.project, run.inventory, tmp_path / name)
        read = pl.read_csv if name.endswith("csv") else pl.read_parquet
        frame = read(tmp_path / name)
        texts = [cell for row in frame.rows() for cell in row if isinstance(cell, str)]
        assert not [text for text in texts if RAW.search(text)]
        shown = "\ufffd" * len(SIGNS)
        assert f"p{shown}q" in texts
        assert f"m{shown}" in texts


def test_workbooks_are_replaced_in_every_part(run: Run, tmp_path: Path) -> None:
    assert run.inventory is not None
    assert run.project is not None
    company = run.project.company
    write_workbook(run.inventory, run.project.catalog, tmp_path / "a.xlsx", {f"lab{SIGNS}": None})
    form = form_of(company, "leeds", "2023", company.year.resolve(parse_period_text("2023")))
    write_template(form, tmp_path / "b.xlsx", datetime(2023, 12, 31))  # noqa: DTZ001
    for name in ("a.xlsx", "b.xlsx"):
        with zipfile.ZipFile(tmp_path / name) as book:
            for part in book.namelist():
                text = book.read(part).decode()
                assert not RAW.search(text), (name, part)
                assert not re.search(r"(?<!_x005F)_x00[01789]", text), (name, part)


def test_an_import_to_the_screen_is_escaped() -> None:
    collected = Collected(f"leeds\n{SIGNS}", "2023")
    collected.activities["boiler"] = {"note": SIGNS, "evidence": [SIGNS]}  # type: ignore[assignment]
    text = activities_yaml(collected, f"{SIGNS}.xlsx")
    assert not RAW.search(text)
    assert yaml.safe_load(text) == {"activities": {"boiler": {"note": SIGNS, "evidence": [SIGNS]}}}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ask @octocat", "ask @<!-- -->octocat"),
        ("(@octo-cat/team)", "(@<!-- -->octo-cat/team)"),
        ("see #1 and x/y#23", "see #<!-- -->1 and x/y#<!-- -->23"),
        ("GH-7", "GH-<!-- -->7"),
        ("https://example.com/a", "https:<!-- -->//example.com/a"),
        ("WWW.example.com _www.b.org", r"WWW<!-- -->.example.com \_www<!-- -->.b.org"),
        ("a.b@example.com", "a.b@<!-- -->example.com"),
        ("&#64;octocat &copy;", r"\&#<!-- -->64;octocat \&copy;"),
        ("desnz-2024@1.0, R&D, 5 % of #, a @ b", "desnz-2024@1.0, R&D, 5 % of #, a @ b"),
    ],
)
def test_markdown_links_nothing_and_calls_nobody(text: str, shown: str) -> None:
    assert escaped(text) == shown
