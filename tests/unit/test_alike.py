"""Findings of many lines with one cause are said once; different causes stay apart."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ghgcalc.diagnostics import Diagnostic, Location, in_order
from ghgcalc.pipeline import compute

if TYPE_CHECKING:
    from pathlib import Path

HERE = Location("company.yaml", 7, 3)


def finding(
    line: str, cause: str = "GB", where: Location | None = HERE, day: int = 1
) -> Diagnostic:
    days = (date(2023, 1, day), date(2023, 1, day))
    return Diagnostic("missing-factor", f"no factor for `{line}` ({cause})", where, days=days)


def test_three_are_shown_and_more_are_counted() -> None:
    assert len(in_order([finding(f"t/{n}") for n in range(3)])) == 3
    found = in_order([finding(f"t/{n:04d}", day=n % 28 + 1) for n in range(1200)])
    assert [item.message for item in found] == ["no factor for `t/0000` (GB)"]
    assert found[0].notes == ("the same for 1,199 more lines, the last `t/1199`",)
    assert in_order(found) == found


def test_other_causes_and_places_stay() -> None:
    lines = [finding(f"t/{n}", cause) for n in range(5) for cause in ("GB", "VN")]
    apart = [finding(f"u/{n}", where=Location("company.yaml", 9 + n, 1)) for n in range(5)]
    nowhere = [finding(f"v/{n}", where=None) for n in range(5)]
    found = in_order([*lines, *apart, *nowhere])
    assert [item.message.partition("(")[2] for item in found if item.location == HERE] == [
        "GB)", "VN)",
    ]  # fmt: skip
    assert len(found) == 2 + 5 + 5


def test_a_table_without_a_factor_says_so_once_per_cause(tmp_path: Path) -> None:
    """Six sites of two countries and twelve months: 72 lines, two causes."""
    sites = [("GB", n) for n in range(3)] + [("VN", n) for n in range(3)]
    head = "ghgcalc: 1\norganization:\n  name: A\n  consolidation_approach: operational_control\n"
    text = head + "  gwp_set: AR6\nfactor_packs: [mee-china]\nfacilities:\n"
    text += "".join(f"  {country}{n}: {{country: {country}}}\n" for country, n in sites)
    text += "tables:\n  t:\n    files: t.csv\n    columns: {facility: f, item: i, quantity: q,"
    text += " unit: u, period: p}\n    items:\n      el: {category: purchased_electricity}\n"
    (tmp_path / "company.yaml").write_text(text, encoding="utf-8")
    rows = [f"{c}{n},el,1,kWh,2023-{m:02d}" for c, n in sites for m in range(1, 13)]
    (tmp_path / "t.csv").write_text("f,i,q,u,p\n" + "\n".join(rows) + "\n", encoding="utf-8")
    run = compute(tmp_path / "company.yaml")
    found = [item for item in run.diagnostics if item.code == "missing-factor"]
    assert run.inventory is None
    assert [item.notes[-1] for item in found] == [
        "the same for 35 more lines, the last `t/GB2/el/2023-12`",
        "the same for 35 more lines, the last `t/VN2/el/2023-12`",
    ]
