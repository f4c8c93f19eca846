"""One finding for each cause: rows are counted, texts are listed, what mends them can be pasted."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.pipeline.run import Run, compute
from ghgcalc.render.diagnostics import MOST_LINES, render_json, render_text

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.core.diagnostics import Diagnostic

HEAD = """ghgcalc: 1
organization: {name: Example Ltd, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities:
  leeds: {country: GB}
tables:
  bills:
    files: bills.csv
    columns: {facility: site, item: what, quantity: kwh, unit: unit, period: month, supplier: by}
    items:
      power: {category: purchased_electricity}
"""
HEADER = "site,what,kwh,unit,month,by\n"


def run(folder: Path, rows: list[str], more: str = "", period: str | None = None) -> Run:
    (folder / "bills.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
    (folder / "company.yaml").write_text(HEAD + more, "utf-8")
    return compute(folder / "company.yaml", period=period)


def errors(run: Run) -> list[Diagnostic]:
    return [item for item in run.diagnostics if item.severity == "error"]


def test_unknown_facilities_are_one_finding_with_a_line_for_each(tmp_path: Path) -> None:
    sites = [f"b{number:03}" for number in range(319)]
    rows = [f"{site},power,1,kWh,2024-{month:02},"
            for month in range(1, 13) for site in sites]  # fmt: skip
    (found,) = errors(run(tmp_path, rows))
    assert found.code == "unknown-facility"
    assert found.message == (
        "column `site`: 319 facilities are not known: `b000` and others, in 3,828 rows"
    )
    assert found.location is not None
    assert (found.location.path, found.location.line) == ("bills.csv", 2)
    assert found.paste[:3] == (
        "    names:", "      facility:", "        b000: …  # 12 rows, first bills.csv:2",
    )  # fmt: skip
    assert len(found.paste) == 2 + 319
    text = render_text([found])
    assert text.count("rows, first") == MOST_LINES - 2
    assert f"# and {321 - MOST_LINES} more lines, which `--diagnostics json` lists" in text
    assert json.loads(render_json([found]))[0]["paste"] == list(found.paste)


def test_what_is_pasted_as_printed_is_refused_and_filled_in_is_read(tmp_path: Path) -> None:
    rows = ["Leeds Works,power,1000,kWh,2024-01,", "York Works,power,500,kWh,2024-01,"]
    (found,) = errors(run(tmp_path, rows))
    paste = "".join(f"{line}\n" for line in found.paste)
    assert errors(run(tmp_path, rows, paste))
    filled = run(tmp_path, rows, paste.replace("…", "leeds"))
    assert filled.inventory is not None
    # 1,500 kWh × 0.20705 kg/kWh (DESNZ 2024)
    assert filled.inventory.totals.scope_2["location_based"] == Fraction(310575, 10**6)


def test_lines_go_on_where_the_table_has_names(tmp_path: Path) -> None:
    names = "    names:\n      facility:\n        Works: leeds\n"
    rows = ["Leeds Works,power,1000,kWh,2024-01,", "Works,power,1,kWh,2024-01,"]
    (found,) = errors(run(tmp_path, rows, names))
    assert found.paste == ("        Leeds Works: …  # 1 row, first bills.csv:2",)
    assert run(tmp_path, rows, names + "        Leeds Works: leeds\n").inventory is not None


def test_items_and_units_are_listed_likewise(tmp_path: Path) -> None:
    rows = ["leeds,gas,1,kWh,2024-01,", "leeds,heat,1,kWh,2024-01,", "leeds,gas,2,kWh,2024-02,",
            "leeds,power,1,Kilowatts,2024-01,", "leeds,power,1,Kwhrs,2024-01,"]  # fmt: skip
    items, units = errors(run(tmp_path, rows))
    assert (items.code, units.code) == ("unknown-item", "unknown-unit")
    assert items.paste == (
        "      gas: {category: …}  # 2 rows, first bills.csv:2",
        "      heat: {category: …}  # 1 row, first bills.csv:3",
    )
    assert units.paste[1:] == (
        "      unit:", "        Kilowatts: …  # 1 row, first bills.csv:5",
        "        Kwhrs: …  # 1 row, first bills.csv:6",
    )  # fmt: skip
    assert len(units.notes) == 2


def test_rows_of_sums_are_left_out_and_others_named(tmp_path: Path) -> None:
    rows = ["leeds,power,1000,kWh,2024-01,", "Total,power,1,kWh,2024-01,",
            "Grand total,power,1,kWh,2024-01,", "york,power,1,kWh,2024-01,"]  # fmt: skip
    sums, other = errors(run(tmp_path, rows))
    assert sums.hint == (
        "write `filter: {site: {not_equals: [Total, Grand total]}}` in the table: the rows are sums"
        " of others"
    )
    assert not sums.paste
    assert "york" in other.message


def test_bad_numbers_are_listed_by_text_and_by_what_mends_them(tmp_path: Path) -> None:
    rows = [f"leeds,power,{cell},kWh,2024-01," for cell in ("x", "y", "x", '"1,234,567"')]
    first, second = errors(run(tmp_path, rows))
    assert first.message == "column `kwh`: `x` is not a number; likewise 1 more text, in 3 rows"
    assert first.notes == (
        "`x` stands in 2 rows, first bills.csv:2", "`y` stands in 1 row, first bills.csv:3",
    )  # fmt: skip
    assert "1,234,567" in second.message


def test_a_finding_of_two_stretches_leaves_the_days_between_alone(tmp_path: Path) -> None:
    """Rows of 2022 and 2024 are refused with one cause; 2023 has none of them, and is computed."""
    rows = ["york,power,1,kWh,2022-03,", "leeds,power,1000,kWh,2023-01,",
            "york,power,1,kWh,2024-03,"]  # fmt: skip
    computed = run(tmp_path, rows, period="2023")
    assert computed.inventory is not None
    assert [item.code for item in errors(computed)] == ["unknown-facility"]
    assert run(tmp_path, rows, period="2024").inventory is None


def test_one_column_for_both_ends_of_a_bill_is_told_once(tmp_path: Path) -> None:
    head = HEAD.replace("period: month", "from: month, to: month")
    (tmp_path / "bills.csv").write_text(HEADER + "leeds,power,1,kWh,soon,\n", "utf-8")
    (tmp_path / "company.yaml").write_text(head, "utf-8")
    assert [item.code for item in errors(compute(tmp_path / "company.yaml"))] == ["bad-date"]


class TestDoubts:
    def test_suppliers_of_rows_that_are_not_defined(self, tmp_path: Path) -> None:
        rows = ["leeds,power,1000,kWh,2024-01,Volt", "leeds,power,1,kWh,2024-01,Amp",
                "leeds,power,1,kWh,2024-02,Volt", "leeds,power,1,kWh,2024-02,"]  # fmt: skip
        said = run(tmp_path, rows)
        assert said.inventory is not None
        (found,) = [item for item in said.diagnostics if item.code == "unknown-supplier"]
        assert found.message == (
            "table `bills`: 2 suppliers are not defined: `Volt` and others, in 3 rows"
        )
        assert found.paste[2:] == (
            "        Volt: …  # 2 rows, first bills.csv:2",
            "        Amp: …  # 1 row, first bills.csv:3",
        )
        paste = "".join(f"{line}\n" for line in found.paste)
        assert [item.code for item in errors(run(tmp_path, rows, paste))] == ["unknown-value"]

    def test_a_table_without_a_row_is_told(self, tmp_path: Path) -> None:
        (found, warning) = run(tmp_path, []).diagnostics
        assert (found.code, warning.code) == ("no-activities", "no-rows")
        assert "no row of table `bills` counts" in found.message
        assert warning.message == "table `bills`: `bills.csv` holds a header and no rows"

    def test_a_filter_that_leaves_out_every_row_is_told(self, tmp_path: Path) -> None:
        found = run(tmp_path, ["leeds,power,1,kWh,2024-01,"], "    filter: {what: {equals: gas}}\n")
        assert "its filter leaves out all 1 row" in found.diagnostics[1].message
