"""Forty things that a manufacturer of electronics looks for, and what the packs answer to each."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final, NamedTuple

from ghgcalc.analysis.coverage.cells import ELECTRICITY, RESIDUAL, Cell, cell_of
from ghgcalc.core.gases import blend_id, known_gas
from ghgcalc.factors.holes import hole_of
from ghgcalc.factors.library import BLENDS_PACK, read_blends
from ghgcalc.factors.pack import packs_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.analysis.coverage.asking import Asker

FILE: Final = "looked_for.csv"
FOUND, ACCEPTED, MISSING = "found", "accept", "missing"
_POWER = {"grid_average": ELECTRICITY, "residual_mix": RESIDUAL}


class Sought(NamedTuple):
    """A thing, what is expected of the packs, and what they answer.

    Attributes:
        thing: in the words of who looks for it.
        expected: `found`, `accept` or `missing`, as the data file says.
        cell: the answer; of a gas its GWP pack, or that of the blends.
    """

    thing: str
    expected: str
    cell: Cell

    @property
    def answered(self) -> str:
        """What the packs answer: `found`, `accept` or `missing`."""
        if not self.cell.pack:
            return MISSING
        return ACCEPTED if self.cell.accept else FOUND


def looked_for(asker: Asker) -> list[Sought]:
    """Each thing of the file, asked now."""
    return list(_asked(asker))


def _asked(asker: Asker) -> Iterator[Sought]:
    with (packs_root() / FILE).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            cell = _gas(asker, row) if row["gas"] else _line(asker, row)
            yield Sought(row["thing"], row["expected"], cell)


def _gas(asker: Asker, row: dict[str, str]) -> Cell:
    """A gas or blend needs no factor: the GWP set, or the composition, answers."""
    gas = row["gas"]
    blend = blend_id(gas)
    if blend is not None and blend in read_blends():
        return Cell("gas", blend, "", None, row["unit"], BLENDS_PACK)
    known = known_gas(gas, asker.catalog.gwp)
    pack = asker.catalog.gwp_pack.info.id if known else ""
    return Cell("gas", known or gas, "", None, row["unit"], pack)


def _line(asker: Asker, row: dict[str, str]) -> Cell:
    words = dict(part.split("=") for part in row["words"].split("|") if part)
    places, year = row["place"].split("|"), int(row["year"])
    kind = words.pop("kind", None)
    name = row["fuel"] or row["item"]
    answer = asker.ask(
        row["category"], row["unit"], places, year,
        fuel=row["fuel"] or None, item=row["item"] or None, kind=kind, **words,
    )  # fmt: skip
    cell = cell_of(answer, row["category"], name, places[0], year, row["unit"])
    hole = hole_of(places[0], _POWER.get(kind or "", ""), year)
    if cell.pack or hole is None:
        return cell
    return cell._replace(why=hole.why, do=hole.do)
