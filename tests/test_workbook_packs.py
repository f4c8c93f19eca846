"""Every bundled pack gives a workbook under every GWP set, and the workbook recalculates.

Of each pack one row of each form is priced (its table, the gases it prints, how, with what it is
completed): a form that cannot be led back to printed values would stop the workbook of any line.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ghgcalc.calculation.formula import recipe_of
from ghgcalc.factors.library import open_bundled
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.pipeline.run import compute
from ghgcalc.render.xlsx.workbook import write_workbook
from support.workbook_formulas import Workbook, recalculated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.factors.model import Factor
    from ghgcalc.factors.rows import RowRef
    from ghgcalc.inventory.inventory import Inventory

A_PACK = 3  # rows of a pack at most, of as many forms
GAPS = (
    "earlier_year", "later_year", "wider_region", "foreign_region", "other_gwp_set",
    "co2e_without_gases",
)  # fmt: skip


def form(row: RowRef) -> tuple[object, ...]:
    """What the terms of a row depend on: its table and the columns that it fills."""
    told = sorted(name for name in row.cells if "[" in name or name in ("with", "oxidation"))
    return row.table.file, *told


def sample() -> Iterator[Factor]:
    """The first row of each form of each pack, `A_PACK` of a pack."""
    for name in bundled_packs():
        pack = open_bundled(name)
        assert pack is not None
        rows: dict[tuple[object, ...], str] = {}
        for row in pack.rows("factors"):
            if row.cells.get("kind", "grid_average") == "grid_average":
                rows.setdefault(form(row), row.cells["id"])
        for name in list(rows.values())[:A_PACK]:
            factor = pack.factor(name)
            assert factor is not None
            yield factor


SAMPLE = {f"l{number}": factor for number, factor in enumerate(sample())}


def amount(factor: Factor) -> str:
    """A quantity in the factor's unit; `1000 Nm3` is a number of its own."""
    return str(factor.per) if str(factor.per)[:1].isdigit() else f"1_000 {factor.per}"


def line(name: str, factor: Factor) -> str:
    kind = f"fuel: {factor.fuel}" if factor.fuel else f"item: {factor.item}" if factor.item else ""
    first = sorted(factor.categories)[0]
    return (
        f"  {name}: {{facility: f, category: {first}, {kind + ', ' if kind else ''}"
        f"quantity: {amount(factor)}, factor: {factor.ref}, period: 2024}}\n"
    )


def computed(folder: Path, gwp: str) -> tuple[Inventory, FactorCatalog]:
    """All sampled rows, each pinned by a line of its own, and every departure accepted."""
    packs = dict.fromkeys(factor.pack.id for factor in SAMPLE.values())
    lines = "".join(line(name, factor) for name, factor in SAMPLE.items())
    accepted = "".join(f"  - {{gap: {gap}, reason: any row will do}}\n" for gap in GAPS)
    path = folder / "company.yaml"
    path.write_text(
        "ghgcalc: 1\norganization: {name: X, consolidation_approach: operational_control,"
        f" gwp_set: {gwp}}}\nfactor_packs: [{', '.join(packs)}]\naccept:\n{accepted}"
        f"facilities:\n  f: {{country: US}}\nactivities:\n{lines}",
        "utf-8",
    )
    return made(path)


def made(path: Path) -> tuple[Inventory, FactorCatalog]:
    run = compute(path, period="2024")
    assert run.inventory is not None, run.diagnostics
    assert run.project is not None
    return run.inventory, run.project.catalog


@pytest.mark.parametrize("gwp", ["AR4", "AR5", "AR6"])
def test_every_pack_gives_a_workbook(gwp: str, tmp_path: Path) -> None:
    """Each line's terms give its masses and total exactly, and the workbook is written."""
    inventory, catalog = computed(tmp_path, gwp)
    assert {line.id for line in inventory.lines if line.derived_from is None} == set(SAMPLE)
    for line in inventory.lines:
        for part in line.location_based:
            assert recipe_of(part.plan, catalog, line.id).plan is part.plan
    write_workbook(inventory, catalog, tmp_path / "book.xlsx", {})
    if gwp == "AR6":  # another set than most publishers', so every kind of formula is there
        assert not recalculated(tmp_path / "book.xlsx")


def test_the_sample_holds_every_pack() -> None:
    with_factors = {n for n in bundled_packs() if (p := open_bundled(n)) and p.holding("factors")}
    assert {factor.pack.id for factor in SAMPLE.values()} == with_factors
    assert len(with_factors) >= 46
    assert len(SAMPLE) >= 75


SPEND = """ghgcalc: 1
organization: {name: X, country: US, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [./own.yaml]
accept:
  - {gap: other_gwp_set, reason: totals of AR5}
activities:
  steel: {category: purchased_goods_and_services, item: wire, quantity: 1_000 USD, period: 2024}
"""
OWN = """pack: own
title: A total beside masses
gwp_set: AR5
factors:
  wire:
    {category: purchased_goods_and_services, item: wire, per: USD, source: page 1,
    gases: {CO2e: 1 kg, CO2: 0.9 kg, CH4: 0.002 kg}}
"""


def spend(folder: Path) -> tuple[Inventory, FactorCatalog]:
    (folder / "own.yaml").write_text(OWN, "utf-8")
    (folder / "company.yaml").write_text(SPEND, "utf-8")
    return made(folder / "company.yaml")


def test_the_rest_of_a_total_stays_and_its_gases_move(tmp_path: Path) -> None:
    """By hand: under AR5 the gases leave 1 - 0.9 - 0.002 × 28 = 0.044 kg of a dollar's total.

    Under AR6 a dollar is 0.9 + 0.002 × 27 + 0.044 = 0.998 kg, so 1,000 of them 0.998 t. A total
    printed as 1.1 would leave 0.144; a GWP of 30 in the publisher's set 0.04.
    """
    inventory, catalog = spend(tmp_path)
    write_workbook(inventory, catalog, tmp_path / "book.xlsx", {})
    assert not recalculated(tmp_path / "book.xlsx")
    book = Workbook.read(tmp_path / "book.xlsx")
    assert book.named("ALL_SCOPES_LOCATION_BASED") == pytest.approx(0.998, abs=1e-12)
    for name, value, wanted in (("GWP_AR5_CH4", 30.0, 0.994), ("EF_own_wire_CO2e", 1.1, 1.094)):
        sheet, _, cell = book.names[name].replace("$", "").replace("'", "").partition("!")
        cell = cell if sheet == "GWP" else f"E{cell[1:]}"  # the value as printed
        book.change(sheet, cell, value)
        assert book.named("ALL_SCOPES_LOCATION_BASED") == pytest.approx(wanted, abs=1e-12)


def test_a_broken_recipe_names_its_line(tmp_path: Path) -> None:
    inventory, catalog = spend(tmp_path)
    (line,) = inventory.lines
    plan = replace(line.location_based[0].plan, total=Fraction(2))
    with pytest.raises(AssertionError, match=r"^line `steel`, `own/wire`: total$"):
        recipe_of(plan, catalog, line.id)
