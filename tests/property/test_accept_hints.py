"""A hint of entries, pasted as printed, computes in one round or meets another cause.

A row of every bundled pack is asked for a year or under a GWP set that it is not for, or by a
facility elsewhere; the entries of the hint are pasted under `accept:`. Rows are sampled by place.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from ghgcalc.core.diagnostics import Severity
from ghgcalc.core.vocabulary.categories import ELECTRICITY
from ghgcalc.factors.library import open_bundled
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ghgcalc.factors.model import Factor

ENTRY = re.compile(r"`- (\{gap: .*?, reason: …\})`")


@cache
def sampled() -> list[Factor]:
    """A row of every pack that holds factors, from its middle, unless it is no grid average."""
    return list(_sampled())


def _sampled() -> Iterator[Factor]:
    for pack_id in bundled_packs():
        pack = open_bundled(pack_id)
        ids = pack.ids() if pack is not None else []
        if pack is not None and ids:
            row = pack.factor(ids[len(ids) // 2])
            if row is not None and (row.kind or "grid_average") == "grid_average":
                yield row


def company(row: Factor, year: int, *, away: bool) -> dict[str, Any]:
    """The smallest file that asks for the row, from its country or from another one."""
    category = min(row.categories)
    words = {
        key: getattr(row, key)
        for key in ("fuel", "item", "sector", "vehicle", "technology")
        if getattr(row, key) is not None
    }
    country = row.region.partition("-")[0] or "DE"
    home = {"country": country, **({"region": row.region} if "-" in row.region else {})}
    return {
        "ghgcalc": 1,
        "organization": {"name": "X", "gwp_set": "AR6",
                         "consolidation_approach": "operational_control"},
        "factor_packs": [row.pack.id],
        "facilities": {"site": {"country": "FR" if country != "FR" else "DE"} if away else home},
        "activities": {"a": {"facility": "site", "category": category, **words,
                             "quantity": f"1 {row.per}", "period": year}},
    }  # fmt: skip


def run(folder: Path, data: dict[str, Any]) -> Run:
    (folder / "company.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return compute(folder / "company.yaml")


def causes(found: Run) -> set[tuple[str, str]]:
    return {(d.code, d.message) for d in found.diagnostics if d.severity is Severity.ERROR}


def one_edition() -> set[str]:
    """The first pack of each publisher."""
    first: dict[str, str] = {}
    for row in sampled():
        first.setdefault(row.pack.publisher, row.pack.id)
    return set(first.values())


def asked() -> Iterator[tuple[Factor, int, bool]]:
    single = one_edition()
    for row in sampled():
        yield row, (row.year or 2024) + 2, False
        if row.pack.id in single:
            yield row, row.year or 2024, not row.categories & ELECTRICITY


def test_pasted_entries_compute_in_one_round(tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for row, year, away in asked():
        data = company(row, year, away=away)
        first = run(tmp_path, data)
        if first.inventory is not None:
            seen["computed at once"] += 1
            continue
        entries = [
            yaml.safe_load(text) for d in first.diagnostics for text in ENTRY.findall(d.hint or "")
        ]
        if not entries:
            seen["no entry offered"] += 1
            continue
        assert all(entry["for"] == {"activity": "a"} for entry in entries)
        kinds.update(entry["gap"] for entry in entries)
        entries = [{**entry, "reason": "no other is published"} for entry in entries]
        again = run(tmp_path, {**data, "accept": entries})
        assert not causes(first) & causes(again), f"{row.ref} {year}: {causes(again)}"
        seen["computed" if again.inventory is not None else "another cause"] += 1
        if again.inventory is not None:
            used = {gap.kind for gap in again.inventory.accepted}
            assert used == {entry["gap"] for entry in entries}, row.ref
    assert seen["computed"] >= 30, seen
    assert set(kinds) >= {"earlier_year", "other_gwp_set", "co2e_without_gases", "foreign_region"}


def test_no_power_of_another_country_is_offered(tmp_path: Path) -> None:
    single = one_edition()
    for row in sampled():
        if row.pack.id in single and row.categories & ELECTRICITY:
            found = run(tmp_path, company(row, row.year or 2024, away=True))
            hints = " ".join(d.hint or "" for d in found.diagnostics)
            assert "foreign_region" not in hints
            assert row.pack.id not in hints
