"""The generic importer and the shipped mappings, on small files with made-up numbers."""

from __future__ import annotations

import base64
import csv
import json
import re
import shutil
import zlib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import Result

from ghgcalc.factors.importers.cells import number_text
from ghgcalc.factors.importers.mapping_read import bundled_mappings
from ghgcalc.pipeline.run import compute
from support import command

MAPPING = """\
pack:
  pack: made-up
  version: "1"
  title: Made-up grid factors
  licence: none, invented numbers
  year_rule: data_year
tables:
  - file: electricity.csv
    kind: csv
    columns: {region: Country, year: Year}
    constants: {category: purchased_electricity, kind: grid_average, per: kWh}
    names: {region: {France: FR, Spain: ES}}
    gases:
      CO2: {column: CO2 (g/kWh), unit: g}
      CH4: {column: CH4 (g/kWh), unit: g}
    blank: [".."]
    templates: {id: "grid.{region}.{year}.kwh"}
"""
TABLE = "Country,Year,CO2 (g/kWh),CH4 (g/kWh)\nFrance,2021,111.50,0.0125\nSpain,2021,222.25,..\n"
# a BIFF8 workbook: sheet `Factors`, a title, headings in row 2, three rows of made-up numbers
XLS = (
    "c-rk)O-L0{6#nkaJfE6BPkRa)*h9$F%*a{<p|2m(Hflc$`-2*NFB9cGnRH=`vdl$`A_#({jpU|{)utaRs9jKC)FK"
    "E1t!1mApoKb}b7sb#^%lM;shDq=GxwZ(&Uf#fbMKv>ms3U4<9Etu@B^BlW8Tg|R*Fs0nd2!TP`zz)(Yt2TY5Vx6k"
    "dsY`%nIOP{)-^zkn=qQ4Y!S_B!TyI9zj3al8Ja^8L>n9U@GoIBT0qpWGO(I^r~27m&lbOZ;9t4k=w*_QDh_ePOC$"
    "hini5macA)Xty1a=z`XY)=B-#Zq6E))7N5DS9Nz%8TRmpq-&s*%<Y5Aox0ZM!Zkc`42vY(l@WqY*pS_j(B;wnb*R"
    "DYJuZ!)$H1;c+0Sv=FCKG%Vg(x++CWvOUYanTzoTZhQ>+ZT?pw*1U*AMnbx~-mA<hbKP+25HQObl2<6nZdjS}VxV"
    "-Vmwo-q71|qK38In^Uy5hIUV*wcc!*iLQ76*xzsVBxniL*Gqe{D})y93i+~H@<_(0qg*bMH4~zJfA;35SFN3UqDR"
    "FtEKdUGd9j9v2peZPf`SXACa@rDC1Rb(bHchx%H<-%<U`l0Jtc0Tc|?59OKlakvq|tex;CX;P36&#d+%3_eu&mkd"
    "9r2ZRCw}DbR3m*Cu0=P#|Y|Fof^Bwco6lj%H3Pui7fkRpUKuj?$~Vip;(AH$r0#&!1Yivy2Tz!JXkuKcmEtsBTZk"
    ">bkd9k%^)q{GHYp=HDTr)J(k`x^VQXC+d2u-b&YpA=5$7RA$nTlDCT|c^6F`Lb>R)Vym|_6%VF-Z<HNk1Z|2m6v)"
    "kn~(r_9neXSskImd+alJZ(B!VQuJnzUlv<-yU8{vEmS;lqayA3l8e@bT;5_fdYu(&dfIc_+`3PY~z7&K#Zd{%?~1"
    "7W<H-V}L$PcOgMn3qu*rpHc*r$EB7S<NYsWbWrOSdeJHU=*@Wk()W%^9nX>jL%(kcW!nCHCjI=w?SBJ)WABF"
)


def run(*words: str) -> Result:
    return command.run("factors", *words)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mapping.yaml").write_text(MAPPING, "utf-8")
    (tmp_path / "grid.csv").write_text(TABLE, "utf-8")
    return tmp_path


def change(folder: Path, *pairs: tuple[str, str], file: str = "mapping.yaml") -> None:
    text = (folder / file).read_text("utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    (folder / file).write_text(text, "utf-8")


def book(path: Path, sheet: str, rows: list[list[object]]) -> None:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.title = sheet
    for row in rows:
        made.active.append(row)
    made.save(path)


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def refused(result: Result, *expected: str) -> None:
    assert result.exit_code == 1, result.output
    for text in expected:
        assert text in result.stderr, f"{text!r} is not in\n{result.stderr}"
    assert not Path("out").exists()


IMPORT = ("import", "table", "mapping.yaml", "grid.csv", "-o", "out")


def test_a_csv_becomes_a_pack_that_lints(folder: Path) -> None:
    done = run(*IMPORT)
    assert done.exit_code == 0, done.output
    assert rows_of(folder / "out/electricity.csv") == [
        {"id": "grid.fr.2021.kwh", "region": "FR", "year": "2021", "CO2 [g]": "111.50",
         "CH4 [g]": "0.0125", "locator": "grid.csv, line 2"},
        {"id": "grid.es.2021.kwh", "region": "ES", "year": "2021", "CO2 [g]": "222.25",
         "CH4 [g]": "", "locator": "grid.csv, line 3"},
    ]  # fmt: skip
    header = yaml.safe_load((folder / "out/pack.yaml").read_text("utf-8"))
    assert header["evidence"]["file"] == "grid.csv"
    assert header["evidence"]["class"] == "own"
    assert len(header["evidence"]["sha256"]) == 64
    assert run("lint", "out").stdout == "1 pack, 0 errors, 0 warnings\n"
    first = (folder / "out/pack.yaml").read_bytes()
    assert run(*IMPORT).exit_code == 0
    assert (folder / "out/pack.yaml").read_bytes() == first


def test_all_mistakes_of_the_table_come_at_once_with_their_cell(folder: Path) -> None:
    text = (
        TABLE + "Frence,2021,1,1\nFrance,2021,5,\nSpain,20x2,5,\nSpain,2019,-4,\nSpain,2018,5;3,\n"
    )
    (folder / "grid.csv").write_text(text, "utf-8")
    refused(
        run(*IMPORT),
        "grid.csv:4:1: error[unknown-value]: `Frence` is not among the names of `region`",
        "(near: `France`)",
        "grid.csv:5:1: error[duplicate-key]: id `grid.fr.2021.kwh` appears twice",
        "grid.csv:6:7: error[bad-date]: `20x2` is not a year",
        "grid.csv:7:12: error[negative-quantity]: `-4` is below zero",
        "grid.csv:8:12: error[not-a-number]: `5;3` is not a number",
        " 8 | Spain,2018,5;3,\n   |            ^^^",
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("unit: g}", "unit: gx}", "mapping.yaml:14:40: error[unknown-unit]: unit `gx`"),
        ("kind: csv", "kind: cvs", "mapping.yaml:9:11: error[unknown-value]: `cvs` is not one of"),
        ("region: Country", "regoin: Country", "did you mean `region`?"),
        ("column: CO2 (g", "column: CO2 g", "did you mean `CO2 (g/kWh)`?"),
        ("per: kWh}", "per: kWhh}", "mapping.yaml:11:75: error[unknown-unit]"),
        ("purchased_electricity", "bought_electricity", "is not a category"),
        ("{year}.kwh", "{yaer}.kwh", "`{yaer}` of the template"),
        ("blank:", "blanks:", "did you mean `blank`?"),
        ("CH4: {", "CH5: {", "mapping.yaml:15:7: error[unknown-gas]"),
        ('version: "1"', "factors: {a: {category: x, per: kWh, gases: {CO2: 1 kg}}}",
         "`factors` is no key of a mapped pack"),
        ("electricity.csv", "../electricity.csv", "error[path-outside]"),
        ("title: Made-up grid factors", "titel: x", "did you mean `title`?"),
        ("kind: csv", "kind: csv\n    source: 2", "the table needs file 2, the command names 1"),
        ("kind: csv", "kind: csv\n    cells: {A1: Land}", "expected `Land`, found `Country`"),
        ("kind: csv", "kind: xlsx", "`sheet` of the workbook is missing"),
        ('blank: [".."]', 'blank: ["."]', "`..` is not a number"),
    ],
)  # fmt: skip
def test_mistakes_of_the_mapping(folder: Path, old: str, new: str, expected: str) -> None:
    change(folder, (old, new))
    refused(run(*IMPORT), expected)


def test_a_printed_co2e_needs_its_gwp_set(folder: Path) -> None:
    change(folder, ("CO2: {column", "CO2e: {column"))
    refused(run(*IMPORT), "error[gwp-set-missing]")
    change(folder, ("year_rule: data_year", "year_rule: data_year\n  gwp_set: AR5"))
    assert run(*IMPORT).exit_code == 0


@pytest.mark.parametrize(
    ("stated", "cell", "written"),
    [
        ('decimal: ","', "1234,5", "1234.5"),
        ('decimal: ","\n    thousands: "."', "1.234,5", "1234.5"),
        ('thousands: ","', "1,234.50", "1234.50"),
        ('thousands: ","', "1234.5e-3", "1.2345"),
        ('decimal: ","', "1.234", None),
        ('decimal: ","', "1,234,5", None),
        ('decimal: "."', "1234,5", None),
        ('thousands: ","', "12,34", None),
        ('decimal: "."', "1_234", None),
        ('decimal: "."', "nan", None),
        ('decimal: "."', "1e99", None),
    ],
)
def test_decimal_comma_only_where_stated(
    folder: Path, stated: str, cell: str, written: str | None
) -> None:
    change(folder, ("kind: csv", f'kind: csv\n    delimiter: ";"\n    {stated}'))
    table = f"Country;Year;CO2 (g/kWh);CH4 (g/kWh)\nFrance;2021;{cell};\n"
    (folder / "grid.csv").write_text(table, "utf-8")
    done = run(*IMPORT)
    if written is None:
        refused(done, "grid.csv:2:13: error[n")
    else:
        assert done.exit_code == 0, done.output
        assert rows_of(folder / "out/electricity.csv")[0]["CO2 [g]"] == written


@given(
    st.decimals(min_value=0, max_value=10**12, places=6),
    st.sampled_from([(".", ","), (",", "."), (".", " "), (",", "'"), (".", "'")]),
)
def test_printed_numbers_are_read_exactly(number: Decimal, signs: tuple[str, str]) -> None:
    point, group = signs
    printed = f"{number:,f}".replace(",", "G").replace(".", point).replace("G", group)
    assert Decimal(number_text(printed, point, group)) == number


def test_findings_of_a_workbook_as_json(folder: Path) -> None:
    change(folder, ("kind: csv", "kind: xlsx\n    sheet: Factors"))
    head: list[object] = ["Country", "Year", "CO2 (g/kWh)", "CH4 (g/kWh)"]
    book(folder / "grid.xlsx", "Factors", [head, ["France", 2021, "x", None]])
    words = ("import", "table", "mapping.yaml", "grid.xlsx", "-o", "out", "--diagnostics", "json")
    (found,) = json.loads(run(*words).stderr)
    place = (found["path"], found["line"], found["column"])
    assert place == ("grid.xlsx:Factors", 2, 3)
    assert found["related"][0]["path"] == "mapping.yaml"


def test_units_of_co2e_are_mass_of_a_total_or_of_a_gas(folder: Path) -> None:
    """`kgCO2e/kWh` led to `head the column CO2 [kg]`, which no mapping can do."""
    table = "Country,Year,total,methane,unit\nFrance,2021,0.45,0.28,kgCO2e/kWh\n"
    table += "Spain,2021,9,8,g CO2e/kWh\n"
    (folder / "grid.csv").write_text(table, "utf-8")
    change(
        folder,
        ("year_rule: data_year\n", "year_rule: data_year\n  gwp_set: AR5\n"),
        ("year: Year}", "year: Year, unit: unit}"),
        (", per: kWh}", "}"),
        ("CO2: {column: CO2 (g/kWh), unit: g}", "CO2e: {column: total}"),
        ("CH4: {column: CH4 (g/kWh), unit: g}", "CH4: {column: methane}"),
    )
    done = run(*IMPORT)
    assert done.exit_code == 0, done.output
    heads = ("per", "CO2e [kg]", "CO2e:CH4 [kg]", "CO2e [g]", "CO2e:CH4 [g]")
    assert [
        tuple(row[head] for head in heads) for row in rows_of(folder / "out/electricity.csv")
    ] == [
        ("kWh", "0.45", "0.28", "", ""),
        ("kWh", "", "", "9", "8"),
    ]


def test_filters_fill_down_units_and_letters(folder: Path) -> None:
    table = "title,,,\nFrance,a,1.5,lb/MWh\n,b,2,kg / GWh\nSpain,total,9,lb/MWh\nnote,,,\n"
    (folder / "grid.csv").write_text(table, "utf-8")
    mapping = MAPPING[: MAPPING.index("    columns:")] + (
        "    header: 0\n    columns: {region: A, technology: B, unit: D}\n"
        "    constants: {category: purchased_electricity, kind: grid_average}\n"
        "    names: {region: {France: FR, Spain: ES}}\n    fill_down: [region]\n"
        "    units: {kg / GWh: kg/GWh}\n    leave_out: {B: [total, totals]}\n"
        '    gases: {CO2: {column: C}}\n    templates: {id: "{region}.{technology}"}\n'
    )
    (folder / "mapping.yaml").write_text(mapping, "utf-8")
    change(folder, ("header: 0\n", "header: 0\n    year: 2021\n"))
    done = run(*IMPORT)
    assert done.exit_code == 0, done.output
    assert "warning[unknown-value]: no row has `totals` in column `B`" in done.stderr
    assert "2 rows without a value left out" in done.stdout
    rows = rows_of(folder / "out/electricity.csv")
    assert [(r["id"], r["per"], r["CO2 [lb]"], r["CO2 [kg]"]) for r in rows] == [
        ("fr.a", "MWh", "1.5", ""),
        ("fr.b", "GWh", "", "2"),
    ]
    change(folder, ("lb/MWh", "lbs/MWhh"), file="grid.csv")
    shutil.rmtree(folder / "out")
    refused(run(*IMPORT), "grid.csv:2:14: error[unknown-unit]", "to `units:` of the mapping")


def test_years_side_by_side_become_rows(folder: Path) -> None:
    text = "Country,2021,2022 prov.\nFrance,10,11\nSpain,..,22\n"
    (folder / "grid.csv").write_text(text, "utf-8")
    a, b = MAPPING.index("    gases:"), MAPPING.index("    blank:")
    spread = "    spread: {column: year, headings: [2021, 2022 prov.], gas: CO2, unit: g}\n"
    whole = (MAPPING[:a] + spread + MAPPING[b:]).replace(", year: Year}", "}")
    whole = whole.replace("Spain: ES}}", "Spain: ES}, year: {2021: 2021, 2022 prov.: 2022}}")
    (folder / "mapping.yaml").write_text(whole, "utf-8")
    done = run(*IMPORT)
    assert done.exit_code == 0, done.output
    assert "1 row without a value left out: grid.csv, line 3 Spain" in done.stdout
    rows = rows_of(folder / "out/electricity.csv")
    assert [(r["id"], r["year"], r["CO2 [g]"]) for r in rows] == [
        ("grid.fr.2021.kwh", "2021", "10"),
        ("grid.fr.2022.kwh", "2022", "11"),
        ("grid.es.2022.kwh", "2022", "22"),
    ]
    shutil.rmtree(folder / "out")
    change(folder, ("11\n", "1l\n"), file="grid.csv")
    refused(run(*IMPORT), "grid.csv:2:11: error[not-a-number]: `1l`")
    change(folder, ("headings: [2021", "headings: [2020"))
    refused(run(*IMPORT), "column `2020` is not in row 1", "change `header:`")
    change(folder, ("column: year", "column: yaer"))
    refused(run(*IMPORT), "`yaer` is not one of our free columns")


def test_numbers_out_of_range_and_a_broken_header(folder: Path) -> None:
    (folder / "grid.csv").write_text('"Country,Year\nFrance,1', "utf-8")
    refused(run(*IMPORT), "grid.csv:1:1: error[bad-quoting]")
    change(folder, ("kind: csv", "kind: xlsx\n    sheet: F"))
    head: list[object] = ["Country", "Year", "CO2 (g/kWh)", "CH4 (g/kWh)"]
    book(folder / "big.xlsx", "F", [head, ["France", 2021, 1e300, None]])
    done = run("import", "table", "mapping.yaml", "big.xlsx", "-o", "out")
    refused(done, "big.xlsx:F!C2: error[number-out-of-range]")


def test_a_workbook_names_sheet_and_cell(folder: Path) -> None:
    change(folder, ("kind: csv", "kind: xlsx\n    sheet: Factors\n    header: 2"))
    head: list[object] = ["Country", "Year", "CO2 (g/kWh)", "CH4 (g/kWh)"]
    good: list[list[object]] = [["Made-up"], head, ["France", 2021, 0.1, None], ["Spain", 2021, 3]]
    book(folder / "grid.xlsx", "Factors", good)
    words = ("import", "table", "mapping.yaml", "grid.xlsx", "-o", "out")
    bad = [*good, ["France", 2022, True], ["France", 2023, "#N/A"], ["Spain", 2022, "x"]]
    book(folder / "bad.xlsx", "Factors", bad)
    refused(
        run("import", "table", "mapping.yaml", "bad.xlsx", "-o", "out"),
        "bad.xlsx:Factors!C5: error[not-a-number]: `True` is not a number",
        "bad.xlsx:Factors!C6: error[not-a-number]: `#N/A` is not a number",
        "bad.xlsx:Factors!C7: error[not-a-number]: `x` is not a number",
        "::: mapping.yaml:16   read as CO2",
    )
    assert run(*words).exit_code == 0
    rows = rows_of(folder / "out/electricity.csv")
    assert [(r["CO2 [g]"], r["locator"]) for r in rows] == [
        ("0.1", "Factors!C3:D3"),
        ("3", "Factors!C4:D4"),
    ]
    evidence = yaml.safe_load((folder / "out/pack.yaml").read_text("utf-8"))["evidence"]
    assert (evidence["file"], evidence["sheet"]) == ("grid.xlsx", "Factors")


def test_wrong_sheet_and_wrong_file(folder: Path) -> None:
    change(folder, ("kind: csv", "kind: xlsx\n    sheet: Factor\n    header: 2"))
    book(folder / "grid.xlsx", "Factors", [["a"]])
    words = ("import", "table", "mapping.yaml", "grid.xlsx", "-o", "out")
    refused(run(*words), "has no sheet `Factor`", "write one of its sheets: `Factors`")
    refused(run(*IMPORT), "error[unreadable-file]")


def test_an_old_workbook(folder: Path) -> None:
    change(folder, ("kind: csv", "kind: xls\n    sheet: Factors\n    header: 2"))
    (folder / "old.xls").write_bytes(zlib.decompress(base64.b85decode(XLS)))
    done = run("import", "table", "mapping.yaml", "old.xls", "-o", "out")
    assert done.exit_code == 0, done.output
    rows = rows_of(folder / "out/electricity.csv")
    assert [(r["region"], r["year"], r["CO2 [g]"], r["CH4 [g]"]) for r in rows] == [
        ("FR", "2021", "111.5", "0.0125"),
        ("ES", "2021", "222.25", ""),
        ("FR", "2022", "99", "0.01"),
    ]


def test_parameters(folder: Path) -> None:
    change(folder, ("pack:\n  pack: made-up", "parameters:\n  edition: {meaning: the year}\n"
                    "pack:\n  pack: made-up-${edition}"))  # fmt: skip
    refused(run(*IMPORT), "parameter `edition` has no value: the year", "`--set edition=…`")
    refused(run(*IMPORT, "--set", "editon=1"), "the mapping has no parameter `editon`")
    assert run(*IMPORT, "--set", "edition").exit_code == 2
    assert run(*IMPORT, "--set", "edition=2024").exit_code == 0
    assert "pack: made-up-2024" in (folder / "out/pack.yaml").read_text("utf-8")


def test_a_region_is_a_country_code_or_worldwide(folder: Path) -> None:
    change(folder, ("    names: {region: {France: FR, Spain: ES}}\n", ""))
    refused(run(*IMPORT), "grid.csv:2:1: error[unknown-value]: region `France` does not start",
            "hint: add `France: FR` under `names: region:`",
            "hint: add `Spain: ES` under `names: region:`")  # fmt: skip
    change(folder, ("grid.{region}.{year}", "grid.{name}"), ("region: Country", "name: Country"))
    assert run(*IMPORT).exit_code == 0


def test_inputs_are_never_overwritten(folder: Path) -> None:
    assert run("import", "table", "mapping.yaml", "grid.csv", "-o", ".").exit_code == 2
    assert run("import", "table", "mapping.yaml", "-o", "out").exit_code == 2
    assert run("import", "desnz", "grid.csv", "-o", "out", "--set", "a=b").exit_code == 2
    assert run("import", "tabel", "grid.csv", "-o", "out").exit_code == 2


# ---- shipped mappings ----------------------------------------------------------------------------


def company(folder: Path, packs: str, country: str, line: str) -> Path:
    path = folder / "company.yaml"
    path.write_text(
        "ghgcalc: 1\norganization:\n  name: Example\n"
        "  consolidation_approach: operational_control\n  gwp_set: AR6\n"
        f"factor_packs: [{packs}]\nfacilities:\n  site: {{{country}}}\n"
        f"activities:\n  line:\n    facility: site\n    period: 2024\n{line}",
        "utf-8",
    )
    return path


POWER = "    category: purchased_electricity\n    quantity: 1_000 MWh\n"


def tonnes(path: Path, method: str = "market_based") -> Fraction:
    done = compute(path)
    assert done.inventory is not None, [str(d.message) for d in done.diagnostics]
    return done.inventory.lines[0].co2e(method)


def test_mappings_are_listed_and_printed() -> None:
    listed = run("mapping").stdout
    for name, path in bundled_mappings().items():
        assert f"{name} " in listed
        assert run("mapping", name).stdout == path.read_text("utf-8")
    assert run("mapping", "aibb").exit_code == 2


def test_aib_residual_mix_and_its_traps(folder: Path) -> None:
    rows: list[list[object]] = [
        ["Table 2"], ["Country", "Direct CO2 (gCO2/kWh)"], ["Austria", 0], ["France", 12.5],
        ["Netherlands", "NA"], ["Italy", 77.25],
    ]  # fmt: skip
    book(folder / "aib.xlsx", "Residual", rows)
    done = run("import", "aib", "aib.xlsx", "-o", "aib", "--set", "year=2024", "--set", "kind=xlsx",
               "--set", "sheet=Residual", "--set", "header=2",
               "--set", "evidence=publisher_file")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "Residual!B3 Austria; Residual!B5 Netherlands" in done.stdout
    assert {r["region"]: r["CO2 [g]"] for r in rows_of(folder / "aib/residual_mix.csv")} == {
        "FR": "12.5",
        "IT": "77.25",
    }
    assert run("lint", "aib").stdout == "1 pack, 0 errors, 0 warnings\n"
    grid = (
        "pack: grid\ntitle: Made-up grid\nfactors:\n"
        "  fr: {category: purchased_electricity, region: FR, per: MWh, gases: {CO2: 50 kg}}\n"
        "  at: {category: purchased_electricity, region: AT, per: MWh, gases: {CO2: 60 kg}}\n"
    )
    (folder / "grid.yaml").write_text(grid, "utf-8")
    packs = "./aib/pack.yaml, ./grid.yaml"
    france = company(folder, packs, "country: FR", POWER)
    assert tonnes(france) == Fraction("12.5")  # 1,000,000 kWh × 12.5 g
    assert tonnes(france, "location_based") == 50
    austria = company(folder, packs, "country: AT", POWER)
    assert tonnes(austria) == 60  # no residual mix is not a residual mix of zero


def test_canadian_provinces_from_a_copy(folder: Path) -> None:
    text = "Province,Consumption intensity (g CO2 eq / kWh)\nOntario,20.5\nNU,x\n"
    (folder / "e.csv").write_text(text, "utf-8")
    done = run("import", "eccc", "e.csv", "-o", "eccc", "--set", "year=2024", "--set",
               "gwp_set=AR6")  # fmt: skip
    assert done.exit_code == 0, done.output
    path = company(folder, "./eccc/pack.yaml", "country: CA, region: CA-ON", POWER)
    accept = "accept:\n  - {gap: co2e_without_gases, reason: totals, for: {region: CA}}\n"
    path.write_text(path.read_text("utf-8") + accept, "utf-8")
    assert tonnes(path, "location_based") == Fraction("20.5")  # 1,000,000 kWh × 20.5 g
    lost = path.read_text("utf-8").replace("quantity:", "losses: 5%\n    quantity:")
    path.write_text(lost, "utf-8")
    assert compute(path).inventory is None  # per kWh consumed


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("country: CA, region: CA-ON", "`ghgcalc factors import eccc FILE"),
        ("country: CH", "no Swiss table is at hand"),
        ("country: PH", "only margins of the CDM are published"),
    ],
)
def test_the_hint_of_power_says_why_nothing_is_bundled(
    folder: Path, place: str, words: str
) -> None:
    found = compute(company(folder, "desnz", place, POWER))
    assert [words in (finding.hint or "") for finding in found.diagnostics] == [True]


def test_green_e_residual_mix(folder: Path) -> None:
    text = "eGRID Subregion,Residual Mix (lb CO2/MWh)\nERCT,1000\nCA-ON,50\n"
    (folder / "g.csv").write_text(text, "utf-8")
    done = run("import", "green-e", "g.csv", "-o", "green", "--set", "year=2024")
    assert done.exit_code == 0, done.output
    grid = (
        "pack: grid\ntitle: Made-up grid\nfactors:\n"
        "  e: {category: purchased_electricity, region: US-ERCT, per: MWh, gases: {CO2: 50 kg}}\n"
    )
    (folder / "grid.yaml").write_text(grid, "utf-8")
    texas = company(folder, "./green/pack.yaml, ./grid.yaml", "country: US, grid: US-ERCT", POWER)
    assert tonnes(texas) == Fraction("453.59237")  # 1,000 MWh × 1,000 lb × 0.45359237 kg
    change(folder, ("ERCT,1000", "ERCT,0\nTEXS,5"), file="g.csv")
    bad = run("import", "green-e", "g.csv", "-o", "out", "--set", "year=2024")
    refused(bad, "g.csv:2:6: error[out-of-bounds]", "g.csv:3:1: error[unknown-value]: `TEXS`")


def test_iea(folder: Path) -> None:
    text = (
        "Country,Year,CO2 (g/kWh),CH4 (g/kWh),N2O (g/kWh)\nVN,2024,500,0.01,0.02\nKR,2024,..,x,c\n"
    )
    (folder / "i.csv").write_text(text, "utf-8")
    done = run("import", "iea", "i.csv", "-o", "iea", "--set", "edition=2025")
    assert done.exit_code == 0, done.output
    hanoi = company(folder, "./iea/pack.yaml", "country: VN", POWER)
    # 500 t + 0.01 t × 27.0 + 0.02 t × 273
    assert tonnes(hanoi, "location_based") == Fraction("505.73")


def test_glec(folder: Path) -> None:
    text = (
        "Vehicle,Characteristics,TTW (g CO2e/t-km),WTT (g CO2e/t-km),WTW (g CO2e/t-km)\n"
        "Made-up lorry,Diesel laden,100,20,120\nMade-up van,Electric,NA,40,40\n"
    )
    (folder / "glec.csv").write_text(text, "utf-8")
    done = run("import", "glec", "glec.csv", "-o", "glec", "--set", "edition=9", "--set",
               "gwp_set=AR6", "--set", "region=DE", "--set", "page=Table 1 page 2")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert run("lint", "glec").stdout == "1 pack, 0 errors, 0 warnings\n"
    freight = (
        "    category: upstream_transportation\n    item: {item}\n    vehicle: made_up_lorry\n"
        "    technology: diesel_laden\n    quantity: 5_000 t-km\n"
    )
    bare = ("import", "glec", "glec.csv", "-o", "any", "--set", "edition=9", "--set",
            "gwp_set=AR6", "--set", "page=Table 1 page 2")  # fmt: skip
    assert run(*bare).exit_code == 0
    line = freight.replace("{item}", "freight_wtw")
    assert tonnes(company(folder, "./any/pack.yaml", "country: VN", line)) == Fraction("0.6")
    for item, kg in (("freight", 500), ("freight_wtt", 100), ("freight_wtw", 600)):
        line = freight.replace("{item}", item)
        path = company(folder, "./glec/pack.yaml", "country: DE", line)
        assert tonnes(path, "location_based") == Fraction(kg, 1000), item


@pytest.mark.parametrize(
    ("name", "settings", "item", "quantity", "kg"),
    [
        ("exiobase", ("year=2024", "gwp_set=AR5"), "exiobase_made_up_cereal", "100 EUR", 250),
        ("figaro", ("edition=2026", "licence=CC BY 4.0", "attribution=credit"),
         "figaro_made_up_cereal", "1_000 EUR", 2500),
        ("oefdb", ("edition=1", "category=purchased_goods_and_services", "gwp_set=AR5",
                   "lifecycle=lifecycle"), "made_up_cereal", "100 EUR", 250),
    ],
)  # fmt: skip
def test_spend(
    folder: Path, name: str, settings: tuple[str, ...], item: str, quantity: str, kg: int
) -> None:
    unit, value = ("kg CO2e/kEUR", "2500") if name == "figaro" else ("kg CO2e/EUR", "2.5")
    total = "supply view, total scopes 1+2+3 upstream"
    text = (
        f'id,name,value,unit,region,year,table\na,Made-up cereal,{value},{unit},DE,2024,"{total}"\n'
    )
    if name == "figaro":
        text += f'b,Made-up cereal,9999,{unit},DE,2024,"supply view, scopes 1+2"\n'
    (folder / "spend.csv").write_text(text, "utf-8")
    words = [word for setting in settings for word in ("--set", setting)]
    done = run("import", name, "spend.csv", "-o", name, *words)
    assert done.exit_code == 0, done.output
    assert run("lint", name).stdout == "1 pack, 0 errors, 0 warnings\n"
    line = (
        f"    category: purchased_goods_and_services\n    item: {item}\n    quantity: {quantity}\n"
    )
    path = company(folder, f"./{name}/pack.yaml", "country: DE", line)
    path.write_text(path.read_text("utf-8").replace("gwp_set: AR6", "gwp_set: AR5"), "utf-8")
    assert tonnes(path, "location_based") == Fraction(kg, 1000)


# ---- factors new, factors lint -------------------------------------------------------------------


def test_new_pack_lints_computes_and_is_never_overwritten(folder: Path) -> None:
    done = run("new", "factors/own.yaml")
    assert done.exit_code == 0, done.output
    assert run("lint", "factors/own.yaml").stdout == "1 pack, 0 errors, 0 warnings\n"
    line = "    category: stationary_combustion\n    fuel: coolant_oil\n    quantity: 3 t\n"
    path = company(folder, "./factors/own.yaml", "country: CN", line)
    # 3 t × 40 GJ/t = 120 GJ; × (75 kg + 3 g × 27.0 + 1 g × 273) = 9,042.48 kg
    assert tonnes(path, "location_based") == Fraction("9.04248")
    (folder / "factors/own.yaml").write_text("kept", "utf-8")
    assert run("new", "factors/own.yaml").exit_code == 2
    assert (folder / "factors/own.yaml").read_text("utf-8") == "kept"
    assert run("new", "factors/own.txt").exit_code == 2


def test_new_pack_explains_every_key(folder: Path) -> None:
    from ghgcalc.factors.template import OWN_PACK

    stated = {}
    for line in OWN_PACK.splitlines():
        key, colon, rest = line.strip().removeprefix("# ").partition(":")
        if colon and re.fullmatch(r"[a-z_]+", key):
            stated.setdefault(key, rest)
    for key in ("pack", "title", "version", "organisation", "licence", "year_rule", "gwp_set",
                "category", "region", "year", "per", "gases", "source", "fuel", "item",
                "property"):  # fmt: skip
        assert "# " in stated[key], f"`{key}` is not explained"


PACK = "pack: own\ntitle: Own\ntables:\n  - file: rows.csv\n    holds: factors\n"
HEAD = "id,category,fuel,per,CO2 [kg],locator\n"


def own(folder: Path, table: str, pack: str = PACK) -> Path:
    (folder / "own").mkdir(exist_ok=True)
    (folder / "own/pack.yaml").write_text(pack, "utf-8")
    (folder / "own/rows.csv").write_text(table, "utf-8")
    return folder / "own"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (HEAD + "a,mobile_combustion,diesel,L,2.6x,p\n",
         "own/rows.csv:2:30: error[not-a-number]: `a`: `2.6x` is not a number\n  |\n"
         "2 | a,mobile_combustion,diesel,L,2.6x,p\n  |                              ^^^^\n"),
        (HEAD + "a,mobile_combustion,deisel,L,2.6,p\n",
         "own/rows.csv:2:21: error[unknown-fuel]: fuel `deisel` is not known\n  |\n"
         "2 | a,mobile_combustion,deisel,L,2.6,p\n  |                     ^^^^^^\n"
         "  = hint: did you mean `diesel`?"),
        (HEAD + "a,mobile_combustion,diesel,Ltr,2.6,p\n", "own/rows.csv:2:28: error[unknown-unit]"),
        (HEAD + "a,mobile_combustoin,diesel,L,2.6,p\n", "did you mean `mobile_combustion`?"),
        (HEAD.replace("locator", "locater") + "a,mobile_combustion,diesel,L,2.6,p\n",
         "own/rows.csv:1:31: error[unknown-column]: column `locater` is not known\n  |\n"
         "1 | id,category,fuel,per,CO2 [kg],locater\n  |                               "),
        (HEAD.replace("CO2 [kg]", "CO3 [kg]") + "a,mobile_combustion,diesel,L,2.6,p\n",
         "own/rows.csv:1:22: error[unknown-gas]"),
        (HEAD.replace("[kg]", "[kWh]") + "a,mobile_combustion,diesel,L,2.6,p\n",
         "own/rows.csv:1:22: error[unit-mismatch]"),
        (HEAD + 'a,mobile_combustion,diesel,L,2.6,"p, 1\n', "error[bad-quoting]"),
        (HEAD + "a,mobile_combustion,diesel,L,2.6,p,1\n", "own/rows.csv:2:1: error[ragged-row]"),
        (HEAD + "a,mobile_combustion,diesel,L,2,p\na,mobile_combustion,diesel,kg,2,p\n",
         "own/rows.csv:3:1: error[duplicate-key]: id `a` appears twice"),
        (HEAD + "a,stationary_combustion,natural_gas,m3,2,p\n", "error[gas-state-missing]"),
        (HEAD + "a,stationary_combustion,natural_gas,GJ,2,p\n", "error[basis-missing]"),
        (HEAD + "a,stationary_combustion,wood,t,2,p\n", "own/rows.csv:2:32: error[biogenic-co2]"),
        (HEAD + "a,mobile_combustion,diesel,L,,p\n", "`a` has no gas value"),
        (HEAD + ",mobile_combustion,diesel,L,2,p\n", "own/rows.csv:2:1: error[missing-key]"),
        (HEAD.replace("CO2 [kg]", "CO2e [kg]") + "a,mobile_combustion,diesel,L,2,p\n",
         "own/rows.csv:2:30: error[gwp-set-missing]"),
    ],
)  # fmt: skip
def test_lint_points_at_the_cell(folder: Path, table: str, expected: str) -> None:
    own(folder, table)
    for name in ("own", "own/pack.yaml"):
        done = run("lint", name)
        assert done.exit_code == 1, done.output
        assert expected in done.stderr, done.stderr
    power = company(folder, "./own/pack.yaml", "country: CN", POWER)
    checked = command.run("check", power.name)
    assert checked.exit_code == 1
    assert expected in checked.stderr, checked.stderr


@pytest.mark.parametrize(
    ("holds", "table", "expected"),
    [
        ("exchange_rates", "id,currency,year,value,unit,locator\na,EUR,2023,1.x,USD/EUR,p\n",
         "own/rows.csv:2:12: error[not-a-number]"),
        ("exchange_rates", "id,currency,year,value,locator\na,EUR,23,1.1,p\n",
         "own/rows.csv:2:7: error[bad-date]"),
        ("price_indices", "id,serie,year,value,locator\na,cpi,2023,1.1,p\n",
         "own/rows.csv:1:4: error[unknown-column]: column `serie` is not known"),
        ("leak_rates", "id,equipment,phase,value,unit,locator\na,chiller,annual,2,%,p\n"
         "a,chiller,annual,3,%,p\n", "own/rows.csv:3:1: error[duplicate-key]"),
        ("fuel_properties", "id,fuel,property,value,unit,locator\na,diesel,ncv,43,GJ/t,p\n",
         "own/rows.csv:2:10: error[unknown-value]"),
        ("fuel_properties", "id,fuel,property,value,unit,locator\n"
         "a,diesel,density,43,GJ/x,p\n", "own/rows.csv:2:21: error[unknown-unit]"),
        ("factors", HEAD + "a,mobile_combustion,derv,L,2.6,p\n",
         "`derv` is another name of fuel `diesel`, not its id"),
    ],
)  # fmt: skip
def test_lint_judges_every_kind_of_table(
    folder: Path, holds: str, table: str, expected: str
) -> None:
    own(folder, table, PACK.replace("holds: factors", f"holds: {holds}"))
    done = run("lint", "own")
    assert done.exit_code == 1, done.output
    assert expected in done.stderr, done.stderr


def test_lint_says_everything_at_once(folder: Path) -> None:
    table = HEAD.replace("fuel", "feul") + "a,mobile_combustion,diesel,L,x,\n"
    bad = PACK + "gwp_set: AR7\n"
    own(folder, table, bad)
    found = run("lint", "own").stderr
    for code in ("unknown-column", "not-a-number", "locator-missing", "unknown-value"):
        assert f"[{code}]" in found, found
