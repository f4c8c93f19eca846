"""Stated leak rates against published ones: the range, its source and the choice are told.

Source: IPCC 2006 vol. 3 ch. 7 Table 7.9 gives ranges without a point value; picking one is the
user's choice, which must be named.
"""

from __future__ import annotations

from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.diagnostics import Diagnostic, Severity
from ghgcalc.core.numbers import parse_factor_number, plain

if TYPE_CHECKING:
    from ghgcalc.activity_data.elementary import Elementary
    from ghgcalc.company.activity import Activity
    from ghgcalc.company.company import Company
    from ghgcalc.factors.catalogue import FactorCatalog

# key of `leakage` by phase of the published row
_KEYS = {
    "annual": "annual_rate", "installation": "installation_rate", "remaining": "remaining",
    "recovery": "recovery",
}  # fmt: skip
_PERCENT = 100


class Published(NamedTuple):
    """Published rates of one phase as shares; a range, a value, or both."""

    low: Fraction | None
    high: Fraction | None
    value: Fraction | None
    source: str

    @property
    def words(self) -> str:
        """Such as `7–25%`, or `2% (1–3%)`."""
        if self.low is None or self.high is None:
            return _percent(self.value) if self.value is not None else "nothing"
        between = f"{plain(self.low * _PERCENT, 6)}–{_percent(self.high)}"
        return between if self.value is None else f"{_percent(self.value)} ({between})"

    def holds(self, share: Fraction) -> bool:
        """Whether a share lies in the range; a value without a range binds nobody."""
        if self.low is None or self.high is None:
            return True
        return self.low <= share <= self.high


def check_leak_rates(
    company: Company, catalog: FactorCatalog, activity: Activity, made: Elementary
) -> list[Diagnostic]:
    """Compare the rates of a `leakage:` block that names `rates`; the line keeps what was chosen.

    Diagnosed: `unknown-factor` for rates that no pack of the file has, `leak-rate-outside`.
    """
    form = activity.leakage
    if form is None or form.rates is None:
        return []
    where = (*made.path, "leakage")
    published, names = _published(catalog, form.rates)
    days = (made.span.first, made.span.last)
    if not published:
        near = get_close_matches(form.rates, names, n=2, cutoff=0.4)
        hint = (
            "did you mean " + " or ".join(f"`{name}`" for name in near) + "?"
            if near
            else "name a pack with leak rates under `factor_packs`, such as `ipcc-2006`"
        )
        text = f"`{made.id}` names the rates `{form.rates}`, which the packs of this file lack"
        place = company.document.locate((*where, "rates"))
        return [Diagnostic("unknown-factor", text, place, hint=hint, days=days)]
    found: list[Diagnostic] = []
    for phase, key in _KEYS.items():
        stated: Fraction | None = getattr(form, key)
        if stated is None:
            continue
        name = key.replace("_", " ")
        rates = published.get(phase)
        if rates is None:
            made.notes = (*made.notes, f"{name} {_percent(stated)}; {form.rates} publishes none")
            continue
        told = f"published {rates.words} ({form.rates}.{phase}, {rates.source})"
        made.notes = (*made.notes, f"{name} {_percent(stated)}; {told}")
        if not rates.holds(stated):
            found.append(
                Diagnostic(
                    "leak-rate-outside",
                    f"`{made.id}`: {name} {_percent(stated)} lies outside {rates.words}"
                    f" of {form.rates} ({rates.source})",
                    company.document.locate((*where, key)),
                    severity=Severity.WARNING,
                    hint="state a rate within the range, or keep it and say why in `source:`",
                    days=days,
                )
            )
    return found


def _published(catalog: FactorCatalog, ref: str) -> tuple[dict[str, Published], list[str]]:
    """Rates by phase of `pack/equipment`, and every such name on offer."""
    wanted, _, equipment = ref.partition("/")
    found: dict[str, Published] = {}
    names: dict[str, None] = {}
    for pack in catalog.packs:
        for row in pack.rows("leak_rates"):
            cells = row.cells
            names[f"{pack.info.id}/{cells['equipment']}"] = None
            if (pack.info.id, cells["equipment"]) == (wanted, equipment):
                found[cells["phase"]] = _rates(cells)
    return found, list(names)


def _rates(cells: dict[str, str]) -> Published:
    scale = _PERCENT if cells["unit"] == "%" else 1
    low, high, value = (
        Fraction(parse_factor_number(cells[name])) / scale if cells.get(name) else None
        for name in ("low", "high", "value")
    )
    return Published(low, high, value, cells.get("locator", ""))


def _percent(share: Fraction) -> str:
    return f"{plain(share * _PERCENT, 6)}%"
