"""Newer editions of the packs in use as JSON (schema `ghgcalc-outdated-1`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ghgcalc.core.version import __version__
from ghgcalc.render.json.text import number, written

if TYPE_CHECKING:
    from ghgcalc.analysis.outdated import Moved, Outdated, Used
    from ghgcalc.render.style import Style

SCHEMA = "ghgcalc-outdated-1"


def json_form(found: Outdated, _: Style) -> str:
    """Each pack in use by reporting year, and what newer editions move in all."""
    top: list[tuple[str, Any]] = [
        ("schema", SCHEMA), ("ghgcalc", __version__), ("organization", found.name),
        ("packs", [_used(each) for each in found.used]),
        ("totals", [{"year": year, **_tonnes(moved)} for year, moved in found.totals.items()]),
    ]  # fmt: skip
    return written(top)


def _used(each: Used) -> dict[str, Any]:
    return {
        "year": each.year, "pack": each.pack.ref, "status": each.text,
        "newer": each.newer.ref if each.newer is not None else None,
        **_tonnes(each.moved), "line_ids": list(each.moved.lines),
        "problem": each.problem or None,
    }  # fmt: skip


def _tonnes(moved: Moved) -> dict[str, Any]:
    return {
        "lines": len(moved.lines),
        "location_based_tco2e": number(moved.location),
        "market_based_tco2e": number(moved.market),
    }
