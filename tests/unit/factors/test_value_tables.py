"""Losses, exchange rates and price indices: linted like factors, and shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from ghgcalc.factors.own_packs import read_pack_file
from support.command import run

PACK = "pack: own\ntitle: Values of ours\ntables:\n  - {{file: values.csv, holds: {holds}}}\n"
HEADS = {
    "losses": "id,region,year,value,unit,share_of,locator",
    "exchange_rates": "id,currency,year,value,unit,locator",
    "price_indices": "id,series,region,year,value,unit,locator",
}


def _found(folder: Path, holds: str, *rows: str) -> list[tuple[str, str]]:
    (folder / "own.yaml").write_text(PACK.format(holds=holds), "utf-8")
    (folder / "values.csv").write_text("\n".join([HEADS[holds], *rows, ""]), "utf-8")
    outcome = read_pack_file(folder / "own.yaml", "own.yaml")
    return [(item.code, item.message) for item in outcome.diagnostics]


@pytest.mark.parametrize(
    ("holds", "row"),
    [
        ("losses", "a,US-ERCT,2023,4.2,%,generation,K343"),
        ("losses", "a,GB,2023,0,%,consumption,p. 3"),
        ("exchange_rates", "a,CNY,2023,7.0809,CNY/USD,line 2"),
        ("price_indices", "a,cpi,USA,2023,-1.5,%,line 2"),
    ],
)
def test_good_values(tmp_path: Path, holds: str, row: str) -> None:
    assert _found(tmp_path, holds, row) == []


@pytest.mark.parametrize(
    ("holds", "row", "code", "message"),
    [
        ("losses", "a,US,2023,0.042,1,generation,K1", "unknown-value", "`a`: a loss in `1`"),
        ("losses", "a,US,2023,100,%,generation,K1", "wrong-shape", "`a`: a loss of 100 %"),
        ("losses", "a,US,2023,4,%,input,K1", "unknown-value", "`a`: `share_of` is `input`"),
        ("losses", "a,,2023,4,%,generation,K1", "missing-key", "`a` has no `region`"),
        ("losses", "a,US,23,4,%,generation,K1", "bad-date", "`23` is not a year"),
        ("losses", "a,US,2023,4.2%,%,generation,K1", "not-a-number", "own"),
        ("exchange_rates", "a,ATS,2023,13.7,ATS/USD,l", "unknown-value", "`a`: `ATS` is not a cur"),
        ("exchange_rates", "a,EUR,2023,1.08,USD/EUR,l", "unknown-value", "`a`: unit `USD/EUR` of"),
        ("exchange_rates", "a,EUR,2023,0,EUR/USD,l", "wrong-shape", "`a`: a rate of 0"),
        (
            "price_indices",
            "a,cpi,USA,2023,104.3,index,l",
            "unknown-value",
            "`a`: a price change in",
        ),
        ("price_indices", "a,cpi,USA,2023,-100,%,l", "wrong-shape", "`a`: a change of -100 %"),
        ("price_indices", "a,cpi,,2023,1,%,l", "missing-key", "row `a` has no `region`"),
        ("price_indices", "a,,USA,2023,1,%,l", "missing-key", "`a` has no `series`"),
        ("price_indices", "a,cpi,USA,2023,1,%,", "locator-missing", "`a` has no locator"),
    ],
)
def test_bad_values(tmp_path: Path, holds: str, row: str, code: str, message: str) -> None:
    found = _found(tmp_path, holds, row)
    assert [item[0] for item in found][:1] == [code], found
    assert message == "own" or message in found[0][1], found


def test_the_same_id_twice(tmp_path: Path) -> None:
    row = "a,CNY,2023,7.0809,CNY/USD,line 2"
    assert _found(tmp_path, "exchange_rates", row, row) == [
        ("duplicate-key", "id `a` appears twice")
    ]


def test_a_column_that_is_missing(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(PACK.format(holds="losses"), "utf-8")
    (tmp_path / "values.csv").write_text("id,region,value,unit,locator\n", "utf-8")
    outcome = read_pack_file(tmp_path / "own.yaml", "own.yaml")
    assert [item.message for item in outcome.diagnostics] == [
        "`values.csv` has no column `share_of`"
    ]


def _shown(ref: str) -> str:
    result = run("factors", "show", ref)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_values_are_shown_with_their_place() -> None:
    loss = _shown("egrid-2023/grid_gross_loss.us_erct")
    for text in ("4.2 % of generation", "US-ERCT", "2023", "ERCT: gridLoss.display", "losses.csv:"):
        assert text in loss
    pound = _shown("fx-fed-2025/gbp_per_usd.2023")
    for text in ("0.8043 GBP/USD", "mean of twelve monthly means", "transcription, grade A"):
        assert text in pound


def test_a_pack_counts_its_values() -> None:
    assert "exchange rates  546 rows" in " ".join(_shown("fx-fed-2025").split("\n"))
    egrid = _shown("egrid-2021")
    assert "purchased_electricity: 28 rows" in egrid
    assert any(line.split() == ["losses", "28", "rows"] for line in egrid.splitlines())
