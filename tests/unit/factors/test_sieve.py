"""The sieve sees clean tables as clean, and leaves to the judge whatever the judge would find."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghgcalc.factors.library import open_bundled
from ghgcalc.factors.lint import lint_pack
from ghgcalc.factors.own_packs import read_pack_file
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.factors.sieve import clean

if TYPE_CHECKING:
    from ghgcalc.factors.pack import Pack

HEADER = "id,name,category,fuel,item,region,year,basis,per,CO2e [kg],CO2e:CH4 [kg],CH4 low,locator"
GOOD = (
    "r1,One,stationary_combustion,natural_gas,,GB,2024,gross,kWh,0.1,0.02,0.01,T1",
    "r2,Two,business_travel,,flight,,2024,,pkm,0.3,,,T2",
    "r3,Three,business_travel|employee_commuting,,rail,,2024,,pkm,,0.1,,T3",
)
BAD = {
    "a repeated id": GOOD[0].replace("r1", "r2"),
    "no id": GOOD[0].replace("r1", ""),
    "a category": GOOD[0].replace("stationary_combustion", "stationary"),
    "a fuel": GOOD[0].replace("natural_gas", "natural_gaz"),
    "a fuel's other name": GOOD[0].replace("natural_gas", "erdgas"),
    "a country's other name": GOOD[0].replace("GB", "UK"),
    "a unit": GOOD[0].replace("kWh", "kWhh"),
    "an ambiguous unit": GOOD[0].replace("kWh", "ton"),
    "a number": GOOD[0].replace("0.02", "0,02"),
    "an infinite number": GOOD[0].replace("0.02", "inf"),
    "a bound": GOOD[0].replace("0.01", "low"),
    "a year": GOOD[0].replace("2024", "24"),
    "no gas": "r4,Four,business_travel,,rail,,2024,,pkm,,,,T4",
    "no locator": "r4,Four,business_travel,,rail,,2024,,pkm,1,,,",
    "no unit": "r4,Four,business_travel,,rail,,2024,,,1,,,T4",
    "no heating value": GOOD[0].replace("gross", ""),
    "gas without state": GOOD[0].replace("gross,kWh", ",m3"),
    "a short row": "r4,Four",
    "a long row": GOOD[1] + ",more",
    "an open quote": 'r4,"Four,business_travel,,rail,,2024,,pkm,1,,,T4',
}


def pack(folder: Path, rows: list[str], header: str = HEADER, gwp: str = "gwp_set: AR5\n") -> Pack:
    (folder / "rows.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")
    path = folder / "pack.yaml"
    path.write_text(
        f"pack: own\ntitle: t\n{gwp}tables:\n- file: rows.csv\n  holds: factors\n", "utf-8"
    )
    outcome = read_pack_file(path, "pack.yaml")
    if outcome.value is not None:
        return outcome.value[0]
    assert outcome.diagnostics
    from ghgcalc.core.text.source import SourceFile
    from ghgcalc.core.text.yaml_text import parse
    from ghgcalc.factors.model import PackHeader, PackInfo
    from ghgcalc.factors.pack import Pack as Opened

    header_model = PackHeader.model_validate(parse(SourceFile("p", path.read_text("utf-8"))).value)
    return Opened(PackInfo(header_model, True, "", "pack.yaml"), folder, ".")


def test_a_clean_table_is_clean(tmp_path: Path) -> None:
    opened = pack(tmp_path, list(GOOD))
    assert clean(opened)
    assert lint_pack(opened) == []


@pytest.mark.parametrize("what", BAD)
def test_nothing_that_the_judge_finds_passes(tmp_path: Path, what: str) -> None:
    opened = pack(tmp_path, [*GOOD, BAD[what]])
    assert not clean(opened)
    assert lint_pack(opened), what


@pytest.mark.parametrize("column", ["id", "category", "per", "locator"])
def test_a_column_that_is_missing_is_left_to_the_judge(tmp_path: Path, column: str) -> None:
    place = HEADER.split(",").index(column)
    rows = [[cell for at, cell in enumerate(line.split(",")) if at != place] for line in GOOD]
    head = HEADER.replace(f"{column},", "").removesuffix(f",{column}")
    assert not clean(pack(tmp_path, [",".join(row) for row in rows], header=head))


def test_co2e_without_a_set_and_unknown_columns(tmp_path: Path) -> None:
    assert not clean(pack(tmp_path, list(GOOD), gwp=""))
    assert not clean(pack(tmp_path, list(GOOD), header=HEADER.replace("region", "regoin")))


@pytest.mark.parametrize("name", sorted(bundled_packs()))
def test_bundled_packs_are_clean_for_the_judge_too(name: str) -> None:
    opened = open_bundled(name)
    assert opened is not None
    assert lint_pack(opened) == []


@given(st.integers(0, 2), st.integers(0, 12), st.text(max_size=4))
def test_a_cell_that_passes_is_one_the_judge_passes(row: int, column: int, text: str) -> None:
    import tempfile

    cells = [line.split(",") for line in GOOD]
    cells[row][column] = text
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        opened = pack(folder, [])
        with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([HEADER.split(","), *cells])
        del opened.__dict__["tables"]
        if clean(opened):
            from unittest.mock import patch

            with patch("ghgcalc.factors.lint.clean", lambda _: False):
                assert lint_pack(opened) == []
