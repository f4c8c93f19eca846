"""The names of figures that `expect:` and `stated:` speak of."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.refusal import Refused
from ghgcalc.core.vocabulary.categories import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Collection

# energy figures that `stated:` may speak of, and the unit each is computed in (None: a share)
ENERGY_FIGURES: dict[str, str | None] = {
    "energy.renewable_share": None, "energy.renewable_mwh": "MWh",
    "energy.attributed_reduction": "t", "energy.location_minus_market": "t",
}  # fmt: skip
METHODS = ("location_based", "market_based")
_DUAL = ("scope_2", "scope_1_2", "all_scopes")
_SINGLE = ("scope_1", "scope_3", "biogenic_co2")


class FigureError(Refused):
    """A figure name that does not exist (`unknown-figure`)."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__("unknown-figure", message, hint)


class Figure(NamedTuple):
    """`total` with its method, a category, or an intensity of a metric."""

    total: str
    method: str | None = None
    metric: str | None = None


def figure_names(metrics: Collection[str]) -> list[str]:
    """Every figure name, for hints and the documentation."""
    names = [*_SINGLE]
    names += [f"{total}.{method}" for total in _DUAL for method in METHODS]
    names += [f"intensity.{metric}.{method}" for metric in metrics for method in METHODS]
    for category in CATEGORIES.values():
        if category.scope == 2:
            names += [f"{category.id}.{method}" for method in METHODS]
        else:
            names.append(category.id)
    return names


def parse_figure(name: str, metrics: Collection[str]) -> Figure:
    """Read a figure name such as `scope_2.market_based` or `intensity.revenue.location_based`.

    Raises:
        FigureError: with the nearest names.
    """
    names = figure_names(metrics)
    if name not in names:
        near = get_close_matches(name, names, n=2, cutoff=0.5)
        hint = (
            "did you mean " + " or ".join(f"`{n}`" for n in near) + "?"
            if near
            else ("figures: " + ", ".join(names[:9]) + " …")
        )
        if name in _DUAL:
            hint = f"state the method: `{name}.location_based` or `{name}.market_based`"
        raise FigureError(f"figure `{name}` is not known", hint)
    parts = name.split(".")
    if parts[0] == "intensity":
        return Figure("scope_1_2", parts[-1], ".".join(parts[1:-1]))
    return Figure(parts[0], parts[1] if len(parts) > 1 else None)
