"""A fuel without a factor is told what the packs call it; nothing is taken in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.core.diagnostics import Severity
from ghgcalc.core.vocabulary.fuel_kin import _KIN
from ghgcalc.core.vocabulary.fuels import FUELS, fuel_id
from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from pathlib import Path


def run(folder: Path, packs: str, country: str, fuel: str, quantity: str) -> Run:
    path = folder / "company.yaml"
    path.write_text(
        "ghgcalc: 1\norganization: {name: X, consolidation_approach: operational_control,"
        f" gwp_set: AR6, sector: manufacturing}}\nfactor_packs: [{packs}]\n"
        f"facilities: {{a: {{country: {country}}}}}\nactivities:\n"
        f"  l: {{facility: a, category: stationary_combustion, fuel: {fuel}, quantity: {quantity},"
        " period: 2025}\n",
        "utf-8",
    )
    return compute(path, period="2025")


def hint(found: Run) -> tuple[str, str]:
    (error,) = [d for d in found.diagnostics if d.severity is Severity.ERROR]
    return error.code, error.hint or ""


RANKS = "`anthracite`, `bituminous_coal`, `sub_bituminous_coal`, `lignite`"
HUB_NO_2 = "epa-hub-2025 calls it `distillate_fuel_oil_no_2` (Distillate Fuel Oil No. 2)"


@pytest.mark.parametrize(
    ("fuel", "told"),
    [
        ("E10", "a blend of up to 10 % bioethanol: in place of `fuel:`, state its shares as"
         " `parts: {petrol: …, bioethanol: …}`, or `fuel: petrol_average_biofuel_blend` in the UK"),
        ("b7", "a blend of up to 7 % biodiesel: in place of `fuel:`, state its shares as"
         " `parts: {diesel: …, biodiesel: …}`, or `fuel: diesel_average_biofuel_blend` in the UK"),
        ("B20", "a blend of up to 20 % biodiesel: in place of `fuel:`, state its shares as"
         " `parts: {diesel: …, biodiesel: …}`"),
        ("e100x", "see the fuels in docs/format.md"),
    ],
)  # fmt: skip
def test_the_name_of_a_blend_is_told_its_parts(fuel: str, told: str, tmp_path: Path) -> None:
    assert hint(run(tmp_path, "desnz", "GB", fuel, "100 L")) == ("unknown-fuel", told)


@pytest.mark.parametrize(
    ("packs", "country", "fuel", "told"),
    [
        ("ipcc-2006", "DE", "gas_oil", "ipcc-2006 calls it `diesel` (Gas/Diesel Oil)"),
        ("ipcc-2006", "DE", "red_diesel", "ipcc-2006 calls it `diesel` (Gas/Diesel Oil)"),
        ("ipcc-2006, desnz", "DE", "gas_oil", "ipcc-2006 calls it `diesel` (Gas/Diesel Oil)"),
        ("desnz", "DE", "gas_oil", "add `ipcc` to `factor_packs`, which calls it `diesel`"),
        ("ipcc-2006", "DE", "propane", "ipcc-2006 calls it `lpg` (Liquefied Petroleum Gases)"),
        ("ipcc-2006", "FR", "wood_pellets", "ipcc-2006 calls it `wood` (Wood / Wood Waste)"),
        ("epa-hub-2025", "US", "diesel", f"{HUB_NO_2}; or add `ipcc` to `factor_packs`"),
        ("epa-hub-2025, ipcc-2006", "US", "gas_oil",
         "state which fuel it is: `diesel` (ipcc-2006), `distillate_fuel_oil_no_2` (epa-hub-2025)"),
    ],
)  # fmt: skip
def test_what_the_packs_call_a_fuel(
    packs: str, country: str, fuel: str, told: str, tmp_path: Path
) -> None:
    code, said = hint(run(tmp_path, packs, country, fuel, "1 t"))
    assert (code, said.partition("; or add to `accept:`")[0]) == ("missing-factor", told)


@pytest.mark.parametrize("fuel", ["raw_coal", "原煤", "hard_coal"])
def test_a_word_that_leaves_the_rank_open(fuel: str, tmp_path: Path) -> None:
    found = hint(run(tmp_path, "gbt-32151-34", "CN", fuel, "1 t"))
    assert found == ("unknown-fuel", f"state which fuel it is: {RANKS}")


def test_the_name_typed_as_printed_is_priced(tmp_path: Path) -> None:
    """By hand, per TJ of table 2.3: 43 GJ/t x (74,100 + 3 x 27 + 0.6 x 273) = 3,196.8264 kg.

    A US genset: 100 gal x (10.21 + 0.41 g x 27 + 0.08 g x 273) = 1,024.291 kg.
    """
    found = run(tmp_path, "ipcc-2006", "DE", "diesel", "1 t")
    assert found.inventory is not None
    assert float(found.inventory.totals.scope_1) == pytest.approx(3.1968264)
    found = run(tmp_path, "epa-hub-2025", "US", "distillate_fuel_oil_no_2", "100 gal_us")
    assert found.inventory is not None
    assert float(found.inventory.totals.scope_1) == pytest.approx(1.024291)


def test_names_stay_of_one_kind() -> None:
    """Every name told is a fuel, never the word itself, and wood is never told for oil."""
    for word, told in _KIN.items():
        assert set(told) <= FUELS.keys()
        assert word not in told
        known = fuel_id(word)
        assert known in (None, word)  # keys are ids: other names of a fuel are read as it
        kinds = {FUELS[name].biogenic for name in told}
        assert kinds == ({FUELS[word].biogenic} if known else kinds)
        assert len(kinds) == 1
