"""Stated leak rates against published ones: the range, its source and the choice are told.

Source: IPCC 2006 vol. 3 ch. 7 Table 7.9 gives ranges without a point value; picking one is the
user's choice, which must be named.
"""

from __future__ import annotations

from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.diagnostics import Diagnostic, Outcome, Severity
from ghgcalc.core.numbers import parse_factor_number, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghgcalc.core.diagnostics import Location
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.methods.refrigerant_keys import Leakage

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


def judge_leak_rates(
    form: Leakage, name: str, catalog: FactorCatalog, locate: Callable[[str], Location]
) -> Outcome[tuple[str, ...]]:
    """Compare the rates of a `leakage:` block that names `rates`; notes on what was chosen.

    Args:
        form: the block.
        name: the line.
        catalog: the packs of the file.
        locate: where a key of the block stands.

    Diagnosed: `unknown-factor` for rates that no pack of the file has, `leak-rate-outside`.
    """
    if form.rates is None:
        return Outcome(())
    published, names = _published(catalog, form.rates)
    if not published:
        near = get_close_matches(form.rates, names, n=2, cutoff=0.4)
        hint = (
            "did you mean " + " or ".join(f"`{each}`" for each in near) + "?"
            if near
            else "name a pack with leak rates under `factor_packs`, such as `ipcc-2006`"
        )
        text = f"`{name}` names the rates `{form.rates}`, which the packs of this file lack"
        return Outcome((), (Diagnostic("unknown-factor", text, locate("rates"), hint=hint),))
    notes: list[str] = []
    found: list[Diagnostic] = []
    for phase, key in _KEYS.items():
        stated: Fraction | None = getattr(form, key)
        if stated is None:
            continue
        rate = key.replace("_", " ")
        rates = published.get(phase)
        if rates is None:
            notes.append(f"{rate} {_percent(stated)}; {form.rates} publishes none")
            continue
        told = f"published {rates.words} ({form.rates}.{phase}, {rates.source})"
        notes.append(f"{rate} {_percent(stated)}; {told}")
        if not rates.holds(stated):
            found.append(
                Diagnostic(
                    "leak-rate-outside",
                    f"`{name}`: {rate} {_percent(stated)} lies outside {rates.words}"
                    f" of {form.rates} ({rates.source})",
                    locate(key),
                    severity=Severity.WARNING,
                    hint="state a rate within the range; where it is meant, write `checks:"
                    " {leak-rate-outside: {severity: note, reason: …}}`",
                )
            )
    return Outcome(tuple(notes), tuple(found))


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
