"""Two versions of one year are a correction; like for like is measured on the restated base."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from ghgcalc.analysis.compare.difference import Difference, difference
from ghgcalc.analysis.compare.saved import snapshot_of_json
from ghgcalc.analysis.compare.snapshot import METHODS, Snapshot, snapshot
from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.render.json.inventory import render_json
from support import command
from support.strategies import certificate, company, power, run_of, text_of

if TYPE_CHECKING:
    from pathlib import Path

# location-based 0.4 t per MWh exactly; what no certificate covers takes the residual mix, 0.7 t
PACK = """\
pack: own
title: Own
factors:
  power: {category: purchased_electricity, kind: grid_average, per: MWh, gases: {CO2: 400 kg},
          source: hand}
  residual: {category: purchased_electricity, kind: residual_mix, per: MWh, gases: {CO2: 700 kg},
             source: hand}
  etch: {category: process_emissions, item: etch, per: t, gases: {CO2: 1 t}, source: hand}
"""


def version(
    folder: Path, mwh: str, certified: str = "600 MWh", **more: Any
) -> tuple[dict[str, Any], Snapshot]:
    data = company(
        {"ks": power("ks", mwh), "dg": power("dg", "500 MWh"), **more},
        instruments={"go": certificate(certified)},
    )
    found = run_of(folder, data, PACK, period="2023").inventory
    assert found is not None
    return data, snapshot(found, mwh)


def compared(folder: Path, one: str, other: str, **certified: str) -> Difference:
    before = version(folder, one)[1]
    return difference(before, version(folder, other, **certified)[1])


def test_with_the_same_certificates_the_whole_change_is_a_correction(tmp_path: Path) -> None:
    """1,000 → 1,500 MWh at ks beside 500 MWh at dg, 600 MWh of certificates over both.

    Location-based 500 × 0.4 = +200 t; market-based (1,500 − 600) × 0.7 = 630 t before and
    (2,000 − 600) × 0.7 = 980 t after: +350 t. dg lost certificates to ks; nothing was bought.
    """
    found = compared(tmp_path, "1_000 MWh", "1_500 MWh")
    assert found.causes(LOCATION) == {"data correction": 200}
    assert found.causes(MARKET) == {"data correction": 350}
    assert {m: found.like_for_like(m) for m in METHODS} == {LOCATION: 0, MARKET: 0}
    assert {m: found.restated(m) for m in METHODS} == {LOCATION: 800, MARKET: 980}


def test_certificates_that_were_added_are_instruments(tmp_path: Path) -> None:
    # 600 → 800 MWh of certificates: −200 × 0.7 t, and nothing was corrected
    found = compared(tmp_path, "1_000 MWh", "1_000 MWh", certified="800 MWh")
    assert found.causes(MARKET) == {"instruments": -140}
    both = compared(tmp_path, "1_000 MWh", "1_500 MWh", certified="900 MWh")
    assert set(both.causes(MARKET)) == {"data correction", "instruments"}
    assert sum(both.causes(MARKET).values()) == 350 - 210


def test_a_certificate_that_covers_nothing_at_first_is_the_same_one(tmp_path: Path) -> None:
    """No consumption on one side: the certificate is not used there, yet it did not change."""
    before = run_of(tmp_path, company(instruments={"go": certificate("6 MWh")}) | {
        "activities": {"d": {"facility": "ks", "category": "process_emissions", "item": "etch",
                             "quantity": "1 t", "period": "2023"}},
    }, PACK, period="2023").inventory  # fmt: skip
    after = run_of(tmp_path, company(
        {"ks": power("ks", "10 MWh")}, instruments={"go": certificate("6 MWh")}
    ), PACK, period="2023").inventory  # fmt: skip
    assert before is not None
    assert after is not None
    assert before.instruments[0].rejected
    sides = snapshot(before, "a"), snapshot(after, "b")
    assert sides[0].contracts == sides[1].contracts
    assert set(difference(*sides).causes(MARKET)) == {"data correction"}


def test_a_corrected_statement_of_another_party_is_a_correction(tmp_path: Path) -> None:
    def side(tonnes: str) -> Snapshot:
        line = {"facility": "ks", "category": "process_emissions", "reported": tonnes,
                "gwp_set": "AR6", "period": "2023"}  # fmt: skip
        data = company({"s": line}, accept=[{"gap": "co2e_without_gases", "reason": "stated"}])
        found = run_of(tmp_path, data, PACK, period="2023").inventory
        assert found is not None
        return snapshot(found, tonnes)

    found = difference(side("12.5 tCO2e"), side("13 tCO2e"))
    assert found.causes(MARKET) == {"data correction": Fraction(1, 2)}


def test_saved_sides_know_the_instruments(tmp_path: Path) -> None:
    for name, mwh in (("a", "1_000 MWh"), ("b", "1_500 MWh")):
        data, _ = version(tmp_path, mwh)
        (tmp_path / "company.yaml").write_text(text_of(data), "utf-8")
        for kind in ("json", "xlsx"):
            made = ["compute", tmp_path / "company.yaml", "-o", tmp_path / f"{name}.{kind}"]
            assert command.run(*made).exit_code == 0
    for kinds in (("json", "json"), ("xlsx", "json")):
        sides = [tmp_path / f"{name}.{kind}" for name, kind in zip("ab", kinds, strict=True)]
        found = diff(*sides, "--format", "json")
        by_cause = {item["cause"]: item["market_based"] for item in found["diff"]["causes"]}
        assert by_cause == {"data correction": 350}
        assert [item["cdp_reason"] for item in found["diff"]["causes"]] == [None]


def diff(*args: object) -> Any:
    done = command.run("diff", *args)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout, parse_float=Decimal, parse_int=Decimal)


def test_no_output_asks_cdps_question_of_two_versions(tmp_path: Path) -> None:
    for name, mwh in (("a", "1_000 MWh"), ("b", "1_500 MWh")):
        data, _ = version(tmp_path, mwh)
        found = run_of(tmp_path, data, PACK, period="2023").inventory
        assert found is not None
        (tmp_path / f"{name}.json").write_text(render_json(found), "utf-8")
    sides = ["diff", str(tmp_path / "a.json"), str(tmp_path / "b.json")]
    for more in ([], ["--format", "markdown"]):
        text = command.run(*sides, *more).stdout
        assert "data correction" in text
        assert "CDP" not in text
        assert "instruments" not in text
    command.run(*sides, "-o", tmp_path / "d.xlsx")
    book = load_workbook(tmp_path / "d.xlsx")
    assert "CDP reasons" not in book.sheetnames
    causes = list(book["Causes"].iter_rows(min_row=2, max_col=2, values_only=True))
    assert ("data correction", None) in causes


# ---- like for like ----------------------------------------------------------------------------


def saved(folder: Path, year: int, histories: dict[str, Any], **tonnes: str) -> Snapshot:
    """A year of sources of 1 t of CO2 per tonne, one per facility."""
    data = company({
        name: {"facility": name, "category": "process_emissions", "item": "etch",
               "quantity": amount, "period": str(year)}
        for name, amount in tonnes.items()
    })  # fmt: skip
    for name, more in histories.items():
        data["facilities"][name].update(more)
    found = run_of(folder, data, PACK, period=str(year)).inventory
    assert found is not None
    return snapshot_of_json(render_json(found), str(year))


HELD = {"2000-01-01": {"relation": "subsidiary"}}
SOLD = {"dg": {"history": {**HELD, "2024-01-01": {"economic_interest": "0%", "operated": False}}}}


def test_after_a_sale_like_for_like_is_of_what_was_kept(tmp_path: Path) -> None:
    """Corporate Standard, chapter 5: 75 t, of them 25 t sold; 60 t after: 50 → 60 is +20 %."""
    before = saved(tmp_path, 2023, SOLD, ks="50 t", dg="25 t")
    after = saved(tmp_path, 2024, SOLD, ks="60 t")
    found = difference(before, after)
    assert found.causes(MARKET) == {"activity": 10, "boundary": -25}
    assert (found.like_for_like(MARKET), found.restated(MARKET)) == (10, 50)
    back = difference(after, before)  # 60 + 25 bought back, of which 75 are left: −10
    assert (back.like_for_like(MARKET), back.restated(MARKET)) == (-10, 85)


def test_every_output_gives_the_percentage_of_the_restated_base(tmp_path: Path) -> None:
    data = company({
        "a": {"facility": "ks", "category": "process_emissions", "item": "etch",
              "quantity": "50 t", "period": "2023"},
        "b": {"facility": "dg", "category": "process_emissions", "item": "etch",
              "quantity": "25 t", "period": "2023"},
        "c": {"facility": "ks", "category": "process_emissions", "item": "etch",
              "quantity": "60 t", "period": "2024"},
    })  # fmt: skip
    data["facilities"]["dg"].update(SOLD["dg"])
    (tmp_path / "own.yaml").write_text(PACK, "utf-8")
    (tmp_path / "company.yaml").write_text(text_of(data), "utf-8")
    asked = ["2023", "2024", "--company", tmp_path / "company.yaml"]
    text = command.run("diff", *asked).stdout
    assert "+10.00 tCO2e (+20.0 % of 50.00 restated)" in text
    found = diff(*asked, "--format", "json")["diff"]
    assert found["restated_before"] == {LOCATION: 50, MARKET: 50}
    command.run("diff", *asked, "-o", tmp_path / "d.xlsx")
    rows = load_workbook(tmp_path / "d.xlsx", data_only=True)["Like for like"].iter_rows(
        max_col=3, values_only=True
    )
    shown = {str(row[0]): row[1:] for row in rows}
    assert shown["Before, restated"] == (50, 50)
    assert shown["% of before, restated"] == (0.2, 0.2)


def test_a_facility_opened_after_the_year_before_is_growth_whoever_buys_it(tmp_path: Path) -> None:
    """Opened in February 2024, bought in July: it was in no base of 2023, so nothing is restated.

    50 t in 2023; 60 t and the new one's 20 t in 2024: +30 of 50.
    """
    life = {"dg": {"opened": "2024-02-01", "history": {"2024-07-01": {"relation": "subsidiary"}}}}
    before = saved(tmp_path, 2023, life, ks="50 t")
    data = company({
        "ks": {"facility": "ks", "category": "process_emissions", "item": "etch",
               "quantity": "60 t", "period": "2024"},
        "dg": {"facility": "dg", "category": "process_emissions", "item": "etch",
               "quantity": "20 t", "period": "2024-07-01/2024-12-31"},
    })  # fmt: skip
    data["facilities"]["dg"].update(life["dg"])
    run = run_of(tmp_path, data, PACK, period="2024")
    assert run.inventory is not None
    after = snapshot(run.inventory, "2024")
    for side in (before, snapshot_without(before, "dg")):  # an older file does not know it at all
        found = difference(side, after)
        assert found.causes(MARKET) == {"activity": 10, "opened": 20}
        assert (found.like_for_like(MARKET), found.restated(MARKET)) == (30, 50)
        assert difference(after, side).causes(MARKET) == {"activity": -10, "opened": -20}


def snapshot_without(side: Snapshot, facility: str) -> Snapshot:
    from dataclasses import replace

    assert side.sites is not None
    return replace(side, sites={n: s for n, s in side.sites.items() if n != facility})
