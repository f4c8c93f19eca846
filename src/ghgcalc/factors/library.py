"""The bundled packs: each opened once a process, GWP sets and refrigerant blends among them."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from ghgcalc.core.gases import Blend, GwpSet
from ghgcalc.core.numbers import parse_factor_number
from ghgcalc.core.text.source import SourceFile
from ghgcalc.core.text.yaml_text import parse
from ghgcalc.factors.model import PackHeader, PackInfo
from ghgcalc.factors.pack import Pack, bundled_packs, file_digest, share_of

if TYPE_CHECKING:
    from pathlib import Path

BLENDS_PACK = "refrigerants-ashrae-34-2019"


def open_bundled(pack_id: str) -> Pack | None:
    """A bundled pack by id; None where none is bundled under it.

    Each is opened once a process and shared by all that read it: a released pack never changes.
    """
    folder = bundled_packs().get(pack_id)
    return None if folder is None else _opened(folder)


def library(pack_id: str) -> Pack:
    """A bundled pack that no file names, for hints."""
    pack = open_bundled(pack_id)
    assert pack is not None, "the library lists what is bundled"
    return pack


def open_gwp_set(name: str) -> tuple[Pack, GwpSet]:
    """A bundled GWP set with its pack; methane of combustion as the default has it."""
    pack = open_bundled(f"gwp-{name.lower()}")
    assert pack is not None, "the GWP packs are bundled"
    return pack, gwp_set_of(pack, name)


@cache
def _opened(folder: Path) -> Pack:
    source = SourceFile(str(folder / "pack.yaml"), (folder / "pack.yaml").read_text("utf-8"))
    tree = parse(source).value
    header = PackHeader.model_validate(tree)
    shown = f"factors/{folder.parent.name}/{folder.name}"
    info = PackInfo(header, False, file_digest(folder), shown)
    return Pack(info, folder, shown)


def gwp_set_of(
    pack: Pack, name: str, combustion: Any = "non_fossil", ar5_fossil: bool = False
) -> GwpSet:
    """A GWP set of a bundled pack, methane as the company chooses it."""
    values, groups = _gwp_values(pack.folder)
    return GwpSet(
        name, f"{pack.info.id}@{pack.header.version}", values, groups, combustion, ar5_fossil
    )


@cache
def _gwp_values(folder: Path) -> tuple[dict[str, Fraction], dict[str, str]]:
    """GWP and group of each gas of a bundled pack."""
    values: dict[str, Fraction] = {}
    groups: dict[str, str] = {}
    for row in _opened(folder).rows("gwp"):
        gas = row.cells["gas"]
        values[gas] = Fraction(parse_factor_number(row.cells["gwp"]))
        groups[gas] = row.cells["group"]
    return values, groups


@cache
def read_blends() -> dict[str, Blend]:
    """The refrigerant blends of the bundled pack, by number."""
    pack = open_bundled(BLENDS_PACK)
    assert pack is not None, "the refrigerant blends are bundled"
    shares: dict[str, dict[str, Fraction]] = {}
    locators: dict[str, str] = {}
    for row in pack.rows("blends"):
        name = row.cells["blend"]
        part = shares.setdefault(name, {})
        part[row.cells["component"]] = share_of(row.cells["mass_percent"])
        locators[name] = row.cells.get("locator", "")
    return {name: Blend(name, part, pack.info.id, locators[name]) for name, part in shares.items()}
