"""Laws of the lock: it changes no figure, and neither order nor a second writing changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.pipeline.lock import lock_years
from ghgcalc.render.lock import render_lock
from support.strategies import (
    OWN,
    Data,
    activities,
    company,
    errors,
    figures,
    instruments,
    inventory_of,
    profile,
    run_of,
)

if TYPE_CHECKING:
    from pathlib import Path


def lock(folder: Path, *, upgrade: bool = False) -> str:
    """Write the lock beside the company file of a folder and give its text."""
    made = lock_years(folder / "company.yaml", [], upgrade=upgrade)
    assert not made.refused
    assert made.sections
    text = render_lock("company.yaml", made.sections)
    (folder / "ghgcalc.lock").write_text(text, "utf-8", newline="\n")
    return text


@given(lines=activities(1, 5), certificates=instruments(0, 3))
@profile(15)
def test_a_lock_changes_no_figure_and_is_written_alike(
    tmp_path: Path, lines: Data, certificates: Data
) -> None:
    (tmp_path / "ghgcalc.lock").unlink(missing_ok=True)
    data = company(lines, instruments=certificates)
    plain = inventory_of(tmp_path, data)
    text = lock(tmp_path)
    run = run_of(tmp_path, data, locked=True)
    assert run.inventory is not None, errors(run)
    assert figures(run.inventory) == figures(plain)
    for one, two in zip(plain.lines, run.inventory.lines, strict=True):
        assert one.id == two.id
        for method in (LOCATION, MARKET):
            assert one.co2e(method) == two.co2e(method)
            assert [p.plan.gases for p in one.parts(method)] == [
                p.plan.gases for p in two.parts(method)
            ]
    assert run.inventory.packs == plain.packs
    assert lock(tmp_path) == text
    assert lock(tmp_path, upgrade=True) == text


@given(lines=activities(2, 5), certificates=instruments(0, 2), data=st.data())
@profile(10)
def test_the_order_of_lines_never_shows_in_a_lock(
    tmp_path: Path, lines: Data, certificates: Data, data: st.DataObject
) -> None:
    texts = []
    for names in (list(lines), data.draw(st.permutations(list(lines)))):
        (tmp_path / "ghgcalc.lock").unlink(missing_ok=True)
        inventory_of(tmp_path, company({n: lines[n] for n in names}, instruments=certificates))
        rows = lock(tmp_path).splitlines()
        # the company file is another one, and so is the seal over its hash
        texts.append([r for r in rows if not r.startswith(("    seal:", "      company.yaml:"))])
    assert texts[0] == texts[1]


@given(lines=activities(1, 5))
@profile(10)
def test_locked_figures_do_not_follow_the_pack(tmp_path: Path, lines: Data) -> None:
    (tmp_path / "ghgcalc.lock").unlink(missing_ok=True)
    data = company(lines)
    before = inventory_of(tmp_path, data)
    lock(tmp_path)
    other = OWN.replace("2.66 kg", "3.66 kg").replace("0.4 kg", "0.5 kg").replace("2.4 t", "9 t")
    assert figures(inventory_of(tmp_path, data, other)) == figures(before)
