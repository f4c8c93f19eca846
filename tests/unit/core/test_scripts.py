"""Ids and names of any script, in one form wherever they are typed, and letters that look alike."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import polars as pl
import pytest
from openpyxl import Workbook

from ghgcalc.activity_data.tables.scan import survey
from ghgcalc.core.text.scripts import composed, id_of, is_id, lookalike
from ghgcalc.core.text.source import SourceFile
from ghgcalc.core.text.yaml_text import parse
from ghgcalc.pipeline.run import compute
from ghgcalc.views.explain import matching

if TYPE_CHECKING:
    from pathlib import Path

NFC, NFD = (unicodedata.normalize(form, "Hà-Nội") for form in ("NFC", "NFD"))
GOOD = (
    "दिल्ली",
    "กรุงเทพ",
    "தமிழ்",
    "Zürich",
    "昆山-plant-2",
    "усадьба",
    "サイトA",
    "القاهرة",
    NFC,
    NFD,
)
COMPANY = """\
ghgcalc: 1
organization: {{name: A, consolidation_approach: operational_control, gwp_set: AR6}}
facilities:
  {key}: {{country: VN}}
boundaries:
  {key}: {{facilities: [{other}]}}
activities:
  lò-{key}:
    facility: {other}
    category: process_emissions
    gas_masses: {{CO2: 2 t}}
    period: 2023
    evidence: [{key}.pdf]
"""
TABLE = """
tables:
  bills:
    files: {key}.{kind}
    columns: {{facility: "{other} nơi", item: what, quantity: qty, unit: unit, period: month}}
    unique: [facility, "số"]
    filter: {{"loại {other}": {{equals: "{key} có"}}}}
    items:
      "điện {key}": {{category: purchased_electricity, emission_rate: {{CO2: 0.5 kg/kWh}}}}
    names: {{facility: {{"nhà {other}": {key}}}, unit: {{"số {key}": kWh}}}}
"""


@pytest.mark.parametrize("text", GOOD)
def test_letters_of_any_script_make_an_id(text: str) -> None:
    assert is_id(text)
    assert lookalike(composed(text)) is None
    assert is_id(id_of(f"{text} (1)"))


@pytest.mark.parametrize(
    "text", ["\u0301a", "-\u0301", "a b", "", "a\u200bb", "a\u034f", "x" * 300]
)
def test_no_id(text: str) -> None:
    assert not is_id(text)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("plаnt", "U+0430"),
        ("plant-А", "U+0410"),
        ("Αlpha", "U+0391"),
        ("завoд", "U+006F"),
        ("zürich-ο1", "U+03BF"),
    ],
)
def test_letters_that_look_alike_are_named(text: str, sign: str) -> None:
    odd = lookalike(text)
    assert odd is not None
    assert sign in str(odd)


@pytest.mark.parametrize("text", ["завод-plant-2", "Москва-HQ", "Δt", "phase-α", "μgrid", "kΩ"])
def test_scripts_that_may_stand_together(text: str) -> None:
    assert lookalike(text) is None


def test_two_ids_that_print_alike(tmp_path: Path) -> None:
    text = COMPANY.format(key="AB", other="AB").replace(
        "boundaries:", "  АВ: {country: VN}\nboundaries:"
    )
    (tmp_path / "company.yaml").write_text(text, "utf-8")
    (found,) = compute(tmp_path / "company.yaml").diagnostics
    assert (found.code, found.severity.value) == ("mixed-scripts", "warning")
    assert "U+0410 and U+0041" in found.message
    assert found.related


@pytest.mark.parametrize("filler", ["", "# \n" * (1 << 15)])  # both readers of YAML
@pytest.mark.parametrize(("key", "other"), [(NFC, NFD), (NFD, NFC), (NFD, NFD)])
def test_forms_of_one_name_meet(tmp_path: Path, key: str, other: str, filler: str) -> None:
    text = COMPANY.format(key=key, other=other) + filler
    (tmp_path / "company.yaml").write_text(text, "utf-8")
    run = compute(tmp_path / "company.yaml", boundary=other)
    assert run.inventory is not None, run.diagnostics
    (line,) = run.inventory.lines
    assert line.facility == NFC
    assert line.evidence == (f"{key}.pdf",)  # a file on the disk
    assert matching(run.inventory, f"lò-{other}") == [line]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_cells_and_headings_meet(tmp_path: Path, kind: str) -> None:
    """1,000 kWh and 500 kWh in two forms of one facility are one line of 0.75 t."""
    text = COMPANY.format(key=NFC, other=NFC) + TABLE.format(key=NFC, other=NFD, kind=kind)
    (tmp_path / "company.yaml").write_text(text.replace(f"{NFC}.{kind}", f"{NFD}.{kind}"), "utf-8")
    head = [f"{NFC} nơi", "what", "qty", "unit", "month", "số", f"loại {NFC}"]
    rows = [head,
            [f"nhà {NFD}", f"điện {NFD}", "1000", f"số {NFD}", "2023-01", NFC, f"{NFD} có"],
            [NFD, f"điện {NFC}", "500", "kWh", "2023-02", NFD, f"{NFC} có"],
            [NFC, f"điện {NFC}", "7", "kWh", "2023-02", "x", "không"]]  # fmt: skip
    rows[0] = [unicodedata.normalize("NFD", name) for name in head]
    write(tmp_path / f"{NFD}.{kind}", rows)
    run = compute(tmp_path / "company.yaml")
    assert run.inventory is not None, run.diagnostics
    lines = [line for line in run.inventory.lines if line.scope == 2]
    assert {line.facility for line in lines} == {NFC}
    assert sum(line.co2e("location_based") for line in lines) * 100 == 75


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_rows_in_two_forms_repeat_each_other(tmp_path: Path, kind: str) -> None:
    text = COMPANY.format(key=NFC, other=NFC) + TABLE.format(key=NFC, other=NFC, kind=kind)
    (tmp_path / "company.yaml").write_text(text.replace("[facility, ", "["), "utf-8")
    head = [f"{NFC} nơi", "what", "qty", "unit", "month", "số", f"loại {NFC}"]
    row = [NFC, f"điện {NFC}", "500", "kWh", "2023-02"]
    write(tmp_path / f"{NFC}.{kind}", [head, [*row, NFC, f"{NFC} có"], [*row, NFD, f"{NFC} có"]])
    found = compute(tmp_path / "company.yaml").diagnostics
    assert "duplicate-row" in {item.code for item in found}


def write(path: Path, rows: list[list[str]]) -> None:
    if path.suffix == ".csv":
        path.write_text("".join(",".join(row) + "\n" for row in rows), "utf-8")
    elif path.suffix == ".parquet":
        pl.DataFrame(rows[1:], schema=rows[0], orient="row").write_parquet(path)
    else:
        book = Workbook()
        for row in rows:
            book.active.append(row)  # type: ignore[union-attr]
        book.save(path)


def test_keys_that_are_one_after_nfc_are_refused() -> None:
    for text in (f"{NFC}: 1\n{NFD}: 2\n", f'"{NFC}": 1\n"H\\u0061\\u0300-N\\u1ed9i": 2\n'):
        (found,) = parse(SourceFile("a.yaml", text)).diagnostics
        assert found.code == "duplicate-key"
        assert (found.location and found.location.line, found.related[0].location.line) == (2, 1)


def test_an_escape_cannot_write_nul() -> None:
    for text in ('a: "\\0"\n', 'a: ["x\\x00"]\n', '"b\\0": 1\n'):
        assert [item.code for item in parse(SourceFile("a.yaml", text)).diagnostics] == [
            "yaml-syntax"
        ]


def test_texts_in_nfc_are_read_by_the_engine_as_they_are(tmp_path: Path) -> None:
    """Only a mark that composes across the border of two portions, or within one, says no."""
    path = tmp_path / "a.csv"
    for text, exact in (
        ("昆山一厂", True),
        (NFC, True),
        ("दिल्ली", True),
        (NFD, False),
        ("가", True),
    ):
        path.write_text(f"a,b\n{text},1\n", "utf-8")
        assert survey(path, "utf-8", ",", tmp_path / "t").exact is exact, text
    fill = "x" * ((1 << 20) - len(b"a,b\n,") - 1)
    path.write_text(f"a,b\n,{fill}e\u0301\n", "utf-8")  # the portion ends between letter and mark
    assert not survey(path, "utf-8", ",", tmp_path / "t").exact
