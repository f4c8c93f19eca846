"""Grid averages per kWh consumed hold the losses on the way: a line of losses is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.core.diagnostics import Severity
from ghgcalc.factors.library import open_bundled
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.pipeline.run import compute
from support.command import run

if TYPE_CHECKING:
    from pathlib import Path

INSIDE = {"gir-korea-2025", "ispra-italy-2026", "tgo-thailand-2026", "uba-2025"}


def grid_packs() -> dict[str, list[tuple[str, int | None, bool]]]:
    """Region, year and losses inside of the grid averages of each bundled pack."""
    found: dict[str, list[tuple[str, int | None, bool]]] = {}
    for name in bundled_packs():
        pack = open_bundled(name)
        assert pack is not None
        for factor in pack.factors("purchased_electricity", None, None):
            if factor.kind in (None, "grid_average") and not factor.technology:
                row = (factor.region, factor.year, factor.includes_losses)
                found.setdefault(name, []).append(row)
    return found


GRIDS = grid_packs()


def test_the_packs_that_say_so_are_marked_row_by_row() -> None:
    """No pack is left whose notes say that losses are inside and whose rows do not."""
    assert {name for name, rows in GRIDS.items() if any(inside for *_, inside in rows)} == INSIDE
    assert all(inside for name in INSIDE for *_, inside in GRIDS[name])
    assert len(GRIDS) >= 30


@pytest.mark.parametrize("name", GRIDS)
def test_a_line_of_losses(name: str, tmp_path: Path) -> None:
    """Refused where they are inside; 5 % of losses elsewhere are 1/19 of the line's tonnes."""
    region, year, inside = GRIDS[name][-1]
    place = f"country: {region[:2]}"
    if "-" in region:
        key = "grid" if name.startswith(("egrid", "epa-hub")) else "region"
        place += f", {key}: {region}"
    gaps = "".join(
        f"  - {{gap: {gap}, reason: test}}\n"
        for gap in ("co2e_without_gases", "other_gwp_set", "wider_region")
    )
    path = tmp_path / "company.yaml"
    path.write_text(
        "ghgcalc: 1\norganization: {name: X, consolidation_approach: operational_control,"
        f" gwp_set: AR6}}\nfactor_packs: [{name}]\naccept:\n{gaps}"
        "scope_3: {fuel_and_energy_related: {derive: off, reason: not the point of this test}}\n"
        f"facilities: {{f: {{{place}}}}}\nactivities:\n"
        "  power: {facility: f, category: purchased_electricity, quantity: 950 MWh,"
        f" period: {year}}}\n"
        "  lost: {facility: f, category: fuel_and_energy_related, item: losses,"
        f" losses: {{rate: 5%}}, quantity: 950 MWh, period: {year}}}\n"
    )
    found = compute(path, period=str(year))
    errors = [d.code for d in found.diagnostics if d.severity is Severity.ERROR]
    assert errors == (["losses-included"] if inside else [])
    if not inside:
        assert found.inventory is not None
        power, lost = sorted(found.inventory.lines, key=lambda line: line.id, reverse=True)
        assert lost.co2e("location_based") * 19 == power.co2e("location_based")


@pytest.mark.parametrize(("text", "code"), [("true", 0), ("", 0), ("yes", 1)])
def test_the_column_of_own_tables(text: str, code: int, tmp_path: Path) -> None:
    """The documented column was refused as unknown, and `yes` would have read as no."""
    (tmp_path / "pack.yaml").write_text(
        "pack: own\ntitle: Own\ntables:\n  - {file: grid.csv, holds: factors,"
        " constants: {category: purchased_electricity, per: kWh}}\n"
    )
    (tmp_path / "grid.csv").write_text(
        f"id,region,includes_losses,CO2 [kg],locator\nth,TH,{text},0.475,page 1\n"
    )
    done = run("factors", "lint", tmp_path / "pack.yaml")
    assert done.exit_code == code, done.output
