"""Headings of quantities that speak of running totals, or of what a counter shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.activity_data.tables.running_words import runs_on, shows_counter
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Location
from ghgcalc.core.period import ReportingYear

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.activity_data.tables.sums import TableSums
    from ghgcalc.core.diagnostics import Outcome

KEYS = {"facility": "ks", "item": "el", "unit": "kWh"}
ROWS = ["2024-01,900", "2024-02,1750", "2024-03,2400"]


def run(folder: Path, header: str, rows: list[str], **more: Any) -> Outcome[TableSums]:
    (folder / "t.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")
    table = Table.model_validate({
        "files": "t.csv", "items": {"el": {"category": "purchased_electricity"}},
        "constants": KEYS, **more,
    })  # fmt: skip
    return collapse(
        "t", table, folder, cuts=[], facilities={"ks", "b"}, year=ReportingYear(),
        locate=lambda path: Location("/".join(map(str, path)), 1, 1),
    )  # fmt: skip


def told(outcome: Outcome[TableSums]) -> list[tuple[str, str]]:
    """Where it is told, and what."""
    return [(each.location.path if each.location else "", each.message)
            for each in outcome.diagnostics if each.code == "running-total"]  # fmt: skip


@pytest.mark.parametrize(
    "heading",
    ["Power YTD (kWh)", "YTD", "kWh_ytd", "kWh year to date", "Usage to date", "Year-to-date kWh",
     "Roanne cumul kWh", "Consommation cumulée", "Cumulé", "CUMULATIVE kWh", "Accumulated use",
     "Verbrauch kumuliert", "aufgelaufener Verbrauch", "Running total", "累计用电量", "累積使用量",
     "Lũy kế", "Consumo acumulado (kWh)", "Consumo cumulativo", "Energia cumulata", "MTD kWh",
     "Zużycie narastająco"],
)  # fmt: skip
def test_words_of_running_totals(heading: str) -> None:
    assert runs_on(heading)


@pytest.mark.parametrize(
    "heading",
    ["Zählerstand kWh", "Meter reading (kWh)", "Meter Read", "Stan licznika", "本月示数",
     "Odometer km", "Meterstand", "Index compteur"],
)  # fmt: skip
def test_words_of_counters(heading: str) -> None:
    assert shows_counter(heading)
    assert not runs_on(heading)


@pytest.mark.parametrize(
    "heading",
    ["Acme Ltd kWh", "Accumulator charging (kWh)", "Cumulus House", "Update kWh", "Total kWh",
     "Meter reading consumption", "Meter reading type", "Verbrauch aus Zählerstand", "Index",
     "Acumulador", "Verbrauch", "Akkumulator kWh"],
)  # fmt: skip
def test_other_words(heading: str) -> None:
    assert not runs_on(heading)
    assert not shows_counter(heading)


COLUMNS = {"quantity": "kWh YTD", "period": "month"}


class TestTables:
    def test_a_heading_of_quantities(self, tmp_path: Path) -> None:
        (found,) = told(run(tmp_path, "month,kWh YTD", ROWS, columns=COLUMNS))
        assert found == (
            "tables/t/columns/quantity",
            "table `t`: heading `kWh YTD` speaks of running totals, and every row is summed as what"
            " was used",
        )

    def test_the_last_row_is_the_whole(self, tmp_path: Path) -> None:
        """What the hint says: 2,400 kWh of the first quarter, once."""
        outcome = run(
            tmp_path, "month,kWh YTD", ROWS, columns={"quantity": "kWh YTD"},
            constants={**KEYS, "period": "2024-Q1"}, filter={"month": {"equals": "2024-03"}},
        )  # fmt: skip
        assert told(outcome) == []
        assert sum(each.quantity for each in outcome.value.sums) == 2400

    def test_one_row_of_each_site_and_year(self, tmp_path: Path) -> None:
        rows = ["ks,2023,900", "b,2023,700", "ks,2024,850", "b,2024,650"]
        columns = {"facility": "site", "quantity": "kWh YTD", "period": "year"}
        constants = {"item": "el", "unit": "kWh"}
        once = run(tmp_path, "site,year,kWh YTD", rows, columns=columns, constants=constants)
        assert told(once) == []
        rows.append("b,2024,800")
        twice = run(tmp_path, "site,year,kWh YTD", rows, columns=columns, constants=constants)
        assert len(told(twice)) == 1

    def test_headings_that_a_pattern_of_a_wide_table_names(self, tmp_path: Path) -> None:
        keys = {name: value for name, value in KEYS.items() if name != "facility"}
        rows = [f"{row},{row[8:]}" for row in ROWS]
        wide = {"columns": {"period": "month"}, "constants": keys,
                "unpivot": {"* (kWh)": {"facility": "ks"}}}  # fmt: skip
        (found,) = told(run(tmp_path, "month,A cumul (kWh),B cumul (kWh)", rows, **wide))
        assert found[0] == "tables/t/unpivot/* (kWh)"
        assert "`A cumul (kWh)` speaks of running totals, and so does one more heading" in found[1]
        last = run(tmp_path, "month,A cumul (kWh),B cumul (kWh)", rows,
                   filter={"month": {"equals": "2024-03"}}, **wide)  # fmt: skip
        assert told(last) == []

    def test_readings_of_a_counter(self, tmp_path: Path) -> None:
        header = "month,Zählerstand kWh"
        columns = {"quantity": "Zählerstand kWh", "period": "month"}
        (found,) = told(run(tmp_path, header, ROWS, columns=columns))
        assert "speaks of readings of a counter" in found[1]
        assert len(told(run(tmp_path, header, ROWS[:1], columns=columns))) == 1
        days = [row.replace(",", "-01,") for row in ROWS]
        read = run(tmp_path, header, days, columns={"reading": "Zählerstand kWh", "day": "month"})
        assert told(read) == []
