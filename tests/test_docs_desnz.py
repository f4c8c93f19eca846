"""The words of the DESNZ packs in docs/format.md are those of the packs (all editions together)."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import yaml

from ghgcalc.factors.importers import desnz_goods as goods
from ghgcalc.factors.importers import desnz_labels as labels

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/format.md"
START, END = "<!-- desnz words -->\n", "<!-- end of desnz words -->\n"
HGVS = {*labels.HGVS.values(), *labels.COLD_HGVS.values()}
CARS, VANS = set(labels.CARS.values()), set(labels.VANS.values())
SETS = {
    "fuels": set(labels.FUELS.values()),
    "biofuels": set(labels.BIOENERGY.values()),
    "cars": CARS,
    "motorbikes": set(labels.MOTORBIKES.values()),
    "vans": VANS,
    "lorries": HGVS,
    "drives": set(labels.DRIVES.values()),
    "loads": set(labels.LADEN.values()),
    "ships": set(labels.SHIPS.values()),
    "sizes": set(labels.SIZES.values()),
    "wastes": set(goods.WASTES.values()),
}
ELSEWHERE = ("fuels", "biofuels")  # in the page's list of fuels


def _words(found: set[str]) -> str:
    """A cell: sets by name, the other words one by one."""
    names = []
    rest = set(found)
    for name, words in SETS.items():
        if len(words) > 3 and words <= rest:
            names.append(f"*{name}*")
            rest -= words
    return ", ".join([*names, *(f"`{word}`" for word in sorted(rest))])


def _rows() -> dict[tuple[str, str, str], list[set[str]]]:
    """Fuel, vehicle, technology and unit by table, category and item."""
    found: dict[tuple[str, str, str], list[set[str]]] = {}
    for path in sorted((ROOT / "factors/desnz").glob("*/pack.yaml")):
        pack: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
        for table in pack["tables"]:
            if table["holds"] != "factors":
                continue
            with (path.parent / table["file"]).open(encoding="utf-8", newline="") as stream:
                for row in csv.DictReader(stream):
                    cells = {**table["constants"], **row}
                    key = (table["file"], cells["category"], cells.get("item", ""))
                    sets = found.setdefault(key, [set() for _ in range(4)])
                    names = ("fuel", "vehicle", "technology")
                    for words, name in zip(sets, names, strict=False):
                        words |= {cells.get(name, "")} - {""}
                    basis = f" {cells['basis']}" if cells.get("basis") else ""
                    sets[3].add(f"{cells['per']}{basis}")
    return found


def _goods_rows() -> dict[tuple[str, str, str], list[set[str]]]:
    """Rows of materials and wastes in one, their items as a set."""
    merged: dict[tuple[str, str, str], list[set[str]]] = {}
    items: dict[tuple[str, str, str], set[str]] = {}
    for (file, category, item), sets in _rows().items():
        many = file in ("materials.csv", "waste.csv")
        key = (file, category, "" if many else item)
        into = merged.setdefault(key, [set() for _ in range(4)])
        for old, new in zip(into, sets, strict=True):
            old |= new
        items.setdefault(key, set()).add(item)
    return {(f, c, _words(items[f, c, i] - {""})): sets for (f, c, i), sets in merged.items()}


def expected() -> str:
    """The section of the page."""
    lines = [
        "| category | `item` | `fuel` | `vehicle` | `technology` | per | table |",
        "|---|---|---|---|---|---|---|",
    ]
    for (file, category, item), (fuel, vehicle, tech, per) in _goods_rows().items():
        kinds = ", ".join(f"`{name}`" for name in category.split("|"))
        cells = (kinds, item, _words(fuel), _words(vehicle), _words(tech), _words(per), file)
        lines.append("| " + " | ".join(cells) + " |")
    table = "\n".join(lines)
    lines += ["", "| set | words |", "|---|---|"]
    for name in SETS:
        if name in ELSEWHERE or f"*{name}*" not in table:
            continue
        words = ", ".join(f"`{word}`" for word in sorted(SETS[name]))
        lines.append(f"| *{name}* | {words} |")
    return "\n" + "\n".join(lines).replace("|  |", "| – |").replace("|  |", "| – |") + "\n\n"


def test_words_are_those_of_the_packs(snapshot_update: bool) -> None:
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(START)
    found, _, after = rest.partition(END)
    if snapshot_update:
        PAGE.write_text(f"{before}{START}{expected()}{END}{after}", "utf-8", newline="\n")
        return
    assert found == expected()
